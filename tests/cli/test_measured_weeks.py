"""Two weeks that a browser measured, and nothing typed by hand: what can be said is said, the rest in one line."""

from __future__ import annotations

import random
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
    assert "no activities named; `tracker edit ID activity=reply` names one" in said


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
    assert "no activities named in this week or the usual one" in said
    assert "| no activity |" not in said
    assert "| LinkedIn |" in said


def test_one_named_activity_brings_the_tables_back(measured: Tracker) -> None:
    day = measured.run("day 2026-11-20 --json").json()
    long = next(row["id"] for row in day["sessions"] if not row["check"])
    assert measured.run(f"edit {long} activity=create").code == 0
    assert "| no activity |" in measured.run("review 2026-W47").out
    assert "no activity" in measured.run("week 2026-W47").out


def test_the_day_says_nothing_of_plans_intentions_or_activities(measured: Tracker) -> None:
    said = measured.run("day 2026-11-20").out
    assert "social " in said
    for word in ("planned", "intention", "no activity", "0 urges", "0 results"):
        assert word not in said
