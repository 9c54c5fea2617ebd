"""`tracker week`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker

KEYS = (
    *("week", "from", "to", "seconds", "usual_seconds", "days", "channels", "activities", "purposes", "hours"),
    *("patterns", "worth", "habits", "commitments", "contacts", "review"),
)


def test_week_as_json_carries_every_key_of_the_contract(tracker: Tracker) -> None:
    tracker.run("log linkedin create 14:00-14:25")
    tracker.run("check x --at 13:10")
    tracker.run("log call 10:00-10:20 @samia street")
    week = tracker.run("week --json").json()
    assert set(KEYS) <= set(week)
    assert (week["week"], week["from"], week["to"]) == ("2026-W48", "2026-11-23", "2026-11-29")
    assert week["seconds"] == week["days"][0]["seconds"] == 1515
    assert week["days"][0]["date"] == "2026-11-23"
    assert {"date", "seconds", "checks"} <= set(week["days"][0])
    assert [len(hours) for hours in week["hours"]] == [24] * 7
    assert week["hours"][0][13] == 1
    assert sum(week["hours"][0]) == week["days"][0]["checks"] == 1
    for day, hours in zip(week["days"][1:], week["hours"][1:], strict=True):
        assert (day["seconds"], day["checks"], day["logged"]) == (None, None, False), "unknown, not zero"
        assert hours == [None] * 24
    assert (week["logged_days"], week["elapsed_days"]) == (1, 1)
    assert (week["people"], week["urges"]) == (1, 0)
    assert [row["channel"] for row in week["worth"]] == ["linkedin", "x", "in_person"]
    assert (week["habits"], week["commitments"], week["review"]) == ([], [], None)
    assert week["contacts"]["street"] == 1
    assert len(week["patterns"]) == 14
    assert week["usual_seconds"] is None
    assert {row["purpose"]: row["seconds"] for row in week["purposes"]}["make"] == 1500


def test_a_new_file_has_a_week_too(tracker: Tracker) -> None:
    week = tracker.run("week --json").json()
    assert (week["seconds"], week["checks"], week["urges"], week["people"]) == (None,) * 4
    assert week["channels"] == []
    assert week["contacts"] == dict.fromkeys(["building", "street", "district", "city", "beyond"])
    assert {purpose["seconds"] for purpose in week["purposes"]} == {None}
    assert "0 of 1 day logged so far" in tracker.run("week").out


def test_a_day_confirmed_as_zero_is_zero(tracker: Tracker) -> None:
    tracker.run("day yesterday --zero").said()
    week = tracker.run("week last --json").json()
    assert [day["seconds"] for day in week["days"]] == [None] * 6 + [0]
    assert (week["seconds"], week["checks"], week["hours"][6]) == (0, 0, [0] * 24)
    assert (week["logged_days"], week["elapsed_days"]) == (1, 7)
    assert "1 of 7 days logged\n" in tracker.run("week last").out


@pytest.mark.parametrize(
    ("word", "week"),
    [("", "2026-W48"), ("last", "2026-W47"), ("-2", "2026-W46"), ("2026-W01", "2026-W01"), ("2026-11-01", "2026-W44")],
)
def test_a_week_as_people_name_it(inside: Inside, word: str, week: str) -> None:
    assert inside.run(f"week {word} --json").json()["week"] == week


@pytest.mark.parametrize("word", ["2026-W54", "someweek", "2026-W", "0001-W01", "9999-W52"])
def test_no_such_week(inside: Inside, word: str) -> None:
    inside.run(f"week {word}").refused()


def test_week_in_words_shows_its_coverage_and_fits_80_columns(tracker: Tracker) -> None:
    tracker.run("log linkedin create 2026-11-17 14:00-14:25")
    tracker.run("check x --at '2026-11-18 13:10'")
    lines = tracker.run("week last").out.splitlines()
    assert lines[0] == "2026-W47 · 16 – 22 Nov 2026"
    assert "2 of 7 days logged" in lines[1]
    assert sum("not logged" in line for line in lines) == 5
    assert any(line.startswith("LinkedIn") for line in lines)
    assert all(len(line) <= 80 for line in lines)
    assert "█" not in "".join(lines)


def test_the_week_begins_where_the_setting_says(tracker: Tracker) -> None:
    tracker.run("config first_weekday sunday")
    week = tracker.run("week --json").json()
    assert (week["from"], week["to"]) == ("2026-11-22", "2026-11-28")


def test_the_usual_week_is_what_the_weeks_before_were(tracker: Tracker) -> None:
    tracker.run("log linkedin 2026-11-10 14:00-15:00")
    tracker.run("log linkedin 2026-11-17 14:00-16:00")
    for date in (*range(11, 14), *range(18, 21)):
        tracker.run(f"day 2026-11-{date} --zero")
    # Mondays and weekends were logged in neither: they count as the mean of each week's own four days, 15 and 30 min.
    assert tracker.run("week --json").json()["usual_seconds"] == (60 + 3 * 15 + 120 + 3 * 30) * 60 // 2
    assert "usual 2h 37m (from 2 weeks, 8 of 14 days logged)" in tracker.run("week").out
