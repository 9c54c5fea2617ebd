"""Two weeks that a browser measured, and nothing typed by hand: what can be said is said, the rest in one line."""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta
from typing import Any
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
    assert [channel["channel"] for channel in asked] == ["youtube", "linkedin", "reddit"], "three at most"
    assert asked == sorted(asked, key=lambda channel: -channel["seconds"])
    week = measured.run("week 2026-W47 --json").json()
    seconds = {row["channel"]: row["seconds"] for row in week["channels"]}
    assert all(channel["seconds"] == seconds[channel["channel"]] for channel in asked)
    assert "measured without an activity: YouTube" in measured.run("review 2026-W47").out


def test_an_answer_is_counted_by_purpose_and_the_question_is_gone(measured: Tracker) -> None:
    _youtube, linkedin, _reddit = measured.run("review 2026-W47 --json").json()["unnamed"]
    said = measured.run("review 2026-W47 --mostly linkedin=reply --mostly youtube=mixed").out
    assert re.match(r"linkedin: reply, \d+ sessions; youtube: mixed, not asked again\n", said)
    week = measured.run("week 2026-W47 --json").json()
    related = {row["purpose"]: row["seconds"] for row in week["purposes"]}["relate"]
    at_once = sum(row["seconds"] for row in week["channels"]) - week["seconds"]
    assert linkedin["seconds"] - at_once <= related <= linkedin["seconds"], "two at once count once"
    assert [channel["channel"] for channel in measured.run("review 2026-W47 --json").json()["unnamed"]] == ["reddit"]
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

    assert unmeant() == 0  # nobody was asked yet
    assert measured.run("review 2026-W47 --mostly linkedin=reply").code == 0
    assert unmeant() == 0
    assert measured.run("undo").code == 0
    assert measured.run("review 2026-W47 --mostly linkedin=scroll").code == 0
    assert unmeant() > 3600


def test_the_day_says_nothing_of_plans_intentions_or_activities(measured: Tracker) -> None:
    said = measured.run("day 2026-11-20").out
    assert "social " in said
    for word in ("planned", "intention", "no activity", "0 urges", "0 results"):
        assert word not in said


# --- What nobody typed is not known


def _economics(tracker: Tracker) -> None:
    for setting in ("hour_cost 50", "sale_value 1500", "client_share 0.2"):
        assert tracker.run(f"config {setting}").code == 0


@pytest.fixture
def months(tracker: Tracker) -> Tracker:
    """Six weeks of three hours of YouTube a day, measured by a browser, most of it in the working hours."""
    pages = []
    for number in range(42):
        noon = datetime(2026, 10, 12, 10, tzinfo=PARIS) + timedelta(days=number)
        for part in range(3):
            moment = int((noon + timedelta(hours=2 * part)).timestamp())
            pages.append(Page("https://www.youtube.com/watch", moment, 3700, 3600))
    watched(tracker.folder / "History", pages)
    tracker.now = NOW
    assert tracker.run("import chrome History").code == 0
    _economics(tracker)
    return tracker


def _row(tracker: Tracker, channel: str = "youtube") -> dict[str, Any]:
    rows: list[dict[str, Any]] = tracker.run("worth --json").json()
    return next(row for row in rows if row["channel"] == channel)


def _pays(tracker: Tracker) -> dict[str, Any]:
    rows: list[dict[str, Any]] = tracker.run("patterns --json").json()
    return next(row for row in rows if row["name"] == "time_without_return")


def test_before_any_result_what_a_channel_brought_is_not_known(months: Tracker) -> None:
    row = _row(months)
    brought = ("recommendations", "prospects", "clients", "leads", "open_leads", "first_touch", "income")
    assert {row[key] for key in brought} == {None}
    assert (row["roi_percent"], row["net_per_hour"], row["below_break_even"]) == (None, None, None)
    assert set(row["leads_per_hour"].values()) == {None}
    assert row["cost"] == "6300.00"
    assert row["verdict"] == "not enough data"
    assert row["lacks"]["return"] == ["results"]
    said = months.run("worth").out
    assert not re.search(r"\b0 (leads|new leads|recommendations|prospects|clients)", said)
    assert "−100%" not in said
    assert "a first result" in said
    explained = " ".join(months.run("worth --explain youtube").out.split())
    redone: dict[str, list[str]] = months.run("worth --explain youtube --json").json()
    assert all(" ".join(line.split()) in explained for lines in redone.values() for line in lines)
    for key in (*brought[:4], "first_touch", "income", "cost_per_lead", "leads_per_hour"):
        assert ["a first result" in line for line in redone[key]] == [True], key
    assert "under an hour" not in explained


def test_nor_does_the_pattern_say_that_it_does_not_pay(months: Tracker) -> None:
    pattern = _pays(months)
    assert pattern["state"] == "not enough data"
    assert pattern["evidence"] == "needs a first result (a recommendation, prospect, client or income)"


def test_pattern_and_verdict_say_the_same_from_the_first_result_to_the_third_lead(months: Tracker) -> None:
    for number in range(1, 4):
        made = months.run(f"outcome prospect --with Person{number} --via linkedin --at 2026-11-20T12:00")
        assert made.code == 0, made.err
        row, pattern = _row(months), _pays(months)
        assert row["leads"] == 0
        assert (pattern["state"] == "flagged") == (row["tests"]["return"] == "fail") == (number == 3)
    assert row["verdict"] in ("cut", "stop")


def test_the_review_of_measured_weeks_writes_no_leads(months: Tracker) -> None:
    said = months.run("review 2026-W47").out
    assert not any(said_of_none in said for said_of_none in ("0 leads", "0 new leads", "0 clients"))
    assert "−100" not in said
    assert months.run("review 2026-W47 --format html").out.count("0 leads") == 0


def test_measured_time_that_nobody_was_asked_about_is_not_unplanned(months: Tracker) -> None:
    months.run("config focus_hours 09:00-12:00,14:00-17:00")
    row = _row(months)
    assert row["tests"]["procrastination"] == "not enough data"
    assert row["lacks"]["procrastination"] == ["purpose"]
    assert row["unmeant_seconds"] == 0
    assert row["verdict"] == "not enough data"
    assert "nobody said what it was for" in months.run("worth").out


def test_once_it_is_said_it_counts_and_the_rest_is_left_out(months: Tracker) -> None:
    months.run("config focus_hours 09:00-12:00,14:00-17:00")
    assert months.run("review 2026-W47 --mostly youtube=scroll").code == 0
    row = _row(months)
    assert row["tests"]["procrastination"] == "fail"
    # Of the week that was asked about: 10 to 11 and 14 to 15 of the three hours of each day.
    assert row["test_figures"]["procrastination"]["share"] == pytest.approx(2 / 3, abs=1e-4)
    assert "of the 21.0 h of which you said what they were for: 67% unplanned" in " ".join(
        months.run("worth").out.split()
    )


def test_a_suggestion_says_the_reason_that_holds(months: Tracker) -> None:
    months.run("config focus_hours 09:00-12:00,14:00-17:00")
    assert months.run("review 2026-W47 --mostly youtube=scroll").code == 0
    because = [row["because"] for row in months.run("review 2026-W47 --json").json()["suggestions"]]
    assert "YouTube: often unplanned" in because
    assert "YouTube: does not pay" not in because
