"""Two weeks that a browser measured, and nothing typed by hand: what can be said is said, the rest in one line."""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cli.conftest import Tracker
from tests.importers.makers import Page, watched

PARIS = ZoneInfo("Europe/Paris")
HOSTS = ("www.linkedin.com", "www.linkedin.com", "www.instagram.com", "www.youtube.com", "www.reddit.com")

#: The Monday after the two weeks.
NOW = "2026-11-23T09:00"


@pytest.fixture
def measured(tracker: Tracker) -> Tracker:
    chance = random.Random(5)
    pages = []
    for number in range(14):
        day = datetime(2026, 11, 9, 8, tzinfo=PARIS) + timedelta(days=number)
        for _visit in range(chance.randint(8, 20)):
            moment = int((day + timedelta(seconds=chance.randrange(14 * 3600))).timestamp())
            front = chance.choice((5, 12, 20, 90, 300, 900))
            pages.append(Page(f"https://{chance.choice(HOSTS)}/feed", moment, 2 * front, front))
    pages.sort(key=lambda page: page.moment)
    watched(tracker.folder / "History", pages)
    tracker.now = NOW
    assert tracker.run("import chrome History").code == 0
    return tracker


def test_the_week_says_what_was_measured(measured: Tracker) -> None:
    said = measured.run("week 2026-W47").out
    assert "7 of 7 days logged" in said
    assert "LinkedIn" in said
    assert "Mostly brief checks" in said


def test_the_week_counts_what_has_nothing_to_say(measured: Tracker) -> None:
    said = measured.run("week 2026-W47").out
    assert "not enough data" not in said
    assert "patterns need more data; `tracker patterns` shows what each needs" in said
    assert "no activity" not in said
    assert said.count("too early") == 1
    assert "no activities named; `tracker review 2026-W47 --mostly youtube=reply` says what" in said


def test_a_week_that_has_just_begun_is_short(measured: Tracker) -> None:
    lines = measured.run("week").out.splitlines()
    assert "? 14 patterns need more data; `tracker patterns` shows what each needs" in lines
    assert len(lines) < 20


def test_the_week_in_json_has_every_pattern_and_every_verdict_all_the_same(measured: Tracker) -> None:
    week = measured.run("week 2026-W47 --json").json()
    assert len(week["patterns"]) == 14
    assert {row["verdict"] for row in week["worth"]} == {"not enough data"}
    assert [row["activity"] for row in week["activities"]] == [None]


def test_the_review_has_no_tables_of_no_activity(measured: Tracker) -> None:
    said = measured.run("review 2026-W47").out
    assert "no session of this week or the usual one has an activity" in said
    assert "| no activity |" not in said
    assert "| LinkedIn |" in said


def test_one_named_activity_brings_the_tables_back(measured: Tracker) -> None:
    day = measured.run("day 2026-11-20 --json").json()
    long = next(row["id"] for row in day["sessions"] if not row["check"])
    assert measured.run(f"edit {long} activity=create").code == 0
    assert "| no activity |" in measured.run("review 2026-W47").out
    assert "no activity" in measured.run("week 2026-W47").out


def test_the_review_asks_what_measured_time_was_for_the_largest_first(measured: Tracker) -> None:
    asked = measured.run("review 2026-W47 --json").json()["unnamed"]
    assert [one["channel"] for one in asked] == ["youtube", "linkedin", "reddit"], "three at most"
    assert asked == sorted(asked, key=lambda one: -one["seconds"])
    week = measured.run("week 2026-W47 --json").json()
    seconds = {row["channel"]: row["seconds"] for row in week["channels"]}
    assert all(one["seconds"] == seconds[one["channel"]] for one in asked)
    assert "measured without an activity: YouTube" in measured.run("review 2026-W47").out


def test_an_answer_is_counted_by_purpose_and_the_question_is_gone(measured: Tracker) -> None:
    _youtube, linkedin, _reddit = measured.run("review 2026-W47 --json").json()["unnamed"]
    said = measured.run("review 2026-W47 --mostly linkedin=reply --mostly youtube=mixed").out
    assert re.match(r"linkedin: reply, \d+ sessions; youtube: mixed, not asked again\n", said)
    week = measured.run("week 2026-W47 --json").json()
    related = {row["purpose"]: row["seconds"] for row in week["purposes"]}["relate"]
    at_once = sum(row["seconds"] for row in week["channels"]) - week["seconds"]
    assert linkedin["seconds"] - at_once <= related <= linkedin["seconds"], "two at once count once"
    assert [one["channel"] for one in measured.run("review 2026-W47 --json").json()["unnamed"]] == ["reddit"]
    for channel in ("linkedin", "youtube", "instagram", "tiktok"):
        again = measured.run(f"review 2026-W47 --mostly {channel}=scroll")
        assert (again.code, again.out) == (1, ""), channel
    assert [row["activity"] for row in measured.run("week 2026-W46 --json").json()["activities"]] == [None]


def test_an_answer_is_one_step_and_asked_again_once_it_is_undone(measured: Tracker) -> None:
    before = measured.run("review 2026-W47 --json").json()["unnamed"]
    assert measured.run("review 2026-W47 --mostly linkedin=reply").code == 0
    assert measured.run("undo").code == 0
    assert measured.run("review 2026-W47 --json").json()["unnamed"] == before
    assert [row["activity"] for row in measured.run("week 2026-W47 --json").json()["activities"]] == [None]


def test_importing_the_same_again_changes_nothing_of_an_answered_week(measured: Tracker) -> None:
    assert measured.run("review 2026-W47 --mostly linkedin=reply").code == 0
    week = measured.run("week 2026-W47 --json").out
    assert " 0 added" in measured.run("import chrome History").out
    assert measured.run("week 2026-W47 --json").out == week


def test_a_week_that_goes_on_is_not_asked_about(measured: Tracker) -> None:
    measured.now = "2026-11-22T20:00"
    assert measured.run("review 2026-W47 --json").json()["unnamed"] == []


def test_what_a_person_logged_is_not_touched_by_an_answer(measured: Tracker) -> None:
    assert measured.run("log 'linkedin 2026-11-20 23:00-23:40'").code == 0
    assert measured.run("review 2026-W47 --mostly linkedin=reply").code == 0
    day = measured.run("day 2026-11-20 --json").json()
    activities = {row["source"]: row["activity"] for row in day["sessions"] if row["channel"] == "linkedin"}
    assert activities == {"chrome": "reply", "log": None}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("linkedin=publish", "“publish” is no answer; choose one of: create, "),
        ("linkedin", "write for example --mostly linkedin=reply"),
        ("linkedin=dancing", "unknown activity “dancing”"),
    ],
)
def test_an_answer_that_is_none_is_refused_in_one_line(measured: Tracker, answer: str, said: str) -> None:
    refused = measured.run(f"review 2026-W47 --mostly {answer}")
    assert refused.code == 1
    assert said in refused.err
    assert refused.err.count("\n") == 1
    assert len(measured.run("review 2026-W47 --json").json()["unnamed"]) == 3


def test_work_that_was_named_later_is_no_time_without_an_intention(measured: Tracker) -> None:
    assert measured.run("config focus_hours 08:00-23:00").code == 0

    def unmeant() -> int:
        rows = measured.run("worth --json").json()
        return sum(row["unmeant_seconds"] for row in rows if row["channel"] == "linkedin")

    before = unmeant()
    assert measured.run("review 2026-W47 --mostly linkedin=reply").code == 0
    named = unmeant()
    assert named < before / 1.5
    assert measured.run("undo").code == 0
    assert measured.run("review 2026-W47 --mostly linkedin=scroll").code == 0
    assert unmeant() == before


def test_the_day_says_nothing_of_plans_intentions_or_activities(measured: Tracker) -> None:
    said = measured.run("day 2026-11-20").out
    assert "social " in said
    for word in ("planned", "intention", "no activity", "0 urges", "0 results"):
        assert word not in said
