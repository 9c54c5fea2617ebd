"""`tracker day`."""

from __future__ import annotations

import sqlite3

import pytest

from tests.cli.conftest import Inside, Tracker
from tests.importers.makers import phone

KEYS = ["date", "seconds", "checks", "sessions", "channels", "habits", "outcomes", "urges", "note"]
SESSION_KEYS = (
    *("id", "channel", "activity", "start", "end", "seconds", "check", "planned_seconds", "intention", "trigger"),
    *("person", "ring", "note", "source"),
)


def a_day(tracker: Tracker) -> None:
    tracker.run("log linkedin create 14:00-14:25 carousel for Samia @samia")
    tracker.run("check linkedin likes --at 14:42")
    tracker.run("log work 9:00-12:00")
    tracker.run("start insta reply --for 20m -i 'answer Anna' --at 15:02")
    tracker.run("urge x --trigger bored")
    tracker.run("outcome income --amount 480 --with samia")


def test_day_as_json_carries_the_contract(tracker: Tracker) -> None:
    a_day(tracker)
    day = tracker.run("day --json").json()
    assert set(KEYS) <= set(day)
    assert (day["date"], day["seconds"], day["checks"]) == ("2026-11-23", 25 * 60 + 15 + 600, 1)
    assert all(set(SESSION_KEYS) <= set(row) for row in day["sessions"])
    assert [row["channel"] for row in day["sessions"]] == ["work", "linkedin", "linkedin", "instagram"]
    running = day["sessions"][-1]
    assert (running["end"], running["seconds"], running["planned_seconds"]) == (None, 600, 1200)
    assert {"channel": "linkedin", "kind": "social", "seconds": 1515, "checks": 1, "sessions": 1}.items() <= next(
        row for row in day["channels"] if row["channel"] == "linkedin"
    ).items()
    assert day["urges"] == 1
    assert day["habits"] == []
    assert [row["amount"] for row in day["outcomes"]] == ["480.00"]
    assert day["note"] is None


def test_day_in_words_has_the_ids_and_fits_80_columns(tracker: Tracker) -> None:
    a_day(tracker)
    lines = tracker.run("day").out.splitlines()
    assert lines[0] == "Monday 23 November 2026"
    assert lines[1].startswith("social 35m · 1 check · 2 sessions")
    assert any(line.split()[:5] == ["1", "14:00", "14:25", "25m", "linkedin"] for line in lines)
    assert any("check" in line and "likes" in line for line in lines)
    assert any("now" in line and "planned 20m" in line for line in lines)
    assert all(len(line) <= 80 for line in lines)


def test_what_was_picked_up_once_is_one_spell(tracker: Tracker) -> None:
    rows = [
        "YouTube,11/23/26,10:00:00,0:01:00",
        "Instagram,11/23/26,10:02:00,0:01:00",
        "Screen off,11/23/26,10:03:00,0:02:00",
        "YouTube,11/23/26,10:05:00,0:01:00",
    ]
    tracker.run(["import", "app-usage", phone(tracker.folder / "phone.csv", rows)])
    tracker.run("log linkedin 10:01-10:02")
    spells = {row["start"][11:16]: row["spell"] for row in tracker.run("day --json").json()["sessions"]}
    assert spells == {"10:00": 1, "10:01": None, "10:02": 1, "10:05": 2}
    lines = tracker.run("day").out.splitlines()
    assert any("╭ 10:00" in line and "youtube" in line for line in lines)
    assert any("╰ 10:02" in line and "instagram" in line for line in lines)
    assert any("one pick-up" in line for line in lines)
    assert any("┊ 10:01" in line and "linkedin" in line for line in lines)
    joined = [line for line in lines if "╭" in line or "╰" in line or "│" in line]
    assert len(joined) == 3, "two sessions and what the signs mean"
    assert "pick-up" not in tracker.run("day yesterday").out


def test_what_was_placed_in_its_hour_was_not_picked_up_once(tracker: Tracker) -> None:
    """RescueTime does not say when in the hour its seconds were."""
    rows = [f"2026-11-23T10:00:00,1200,1,{name}.com,,-2" for name in ("linkedin", "reddit", "youtube")]
    report = tracker.folder / "rescuetime.csv"
    report.write_text("\n".join(["Date,Time Spent (seconds),Number of People,Activity,Category,Productivity", *rows]))
    tracker.run(["import", "rescuetime", str(report)])
    day = tracker.run("day").out
    assert day.splitlines()[1].startswith("social 1h ")
    assert "pick-up" not in day


@pytest.mark.parametrize(
    ("word", "date"),
    [
        ("", "2026-11-23"),
        ("today", "2026-11-23"),
        ("yesterday", "2026-11-22"),
        ("hier", "2026-11-22"),
        ("-2", "2026-11-21"),
        ("friday", "2026-11-20"),
        ("2026-11-01", "2026-11-01"),
    ],
)
def test_a_date_as_people_write_it(inside: Inside, word: str, date: str) -> None:
    assert inside.run(f"day {word} --json").json()["date"] == date


def test_a_day_nobody_logged_is_unknown_until_it_is_confirmed_as_zero(tracker: Tracker) -> None:
    assert "unknown, not zero" in tracker.run("day yesterday").out
    assert tracker.run("day yesterday --json").json()["logged"] is False
    assert tracker.run("day yesterday --zero").said() == "2026-11-22 is confirmed as zero"
    assert tracker.run("day yesterday --json").json()["logged"] is True
    tracker.run("day yesterday --unknown")
    assert tracker.run("day yesterday --json").json()["logged"] is False


def test_the_line_of_the_day(tracker: Tracker) -> None:
    assert tracker.run(["day", "yesterday", "--note", "a good day"]).said() == "2026-11-22: “a good day”"
    assert "“a good day”" in tracker.run("day yesterday").out
    assert tracker.run("day yesterday --json").json()["note"] == "a good day"
    tracker.run("day yesterday --note ''")
    assert tracker.run("day yesterday --json").json()["note"] is None


@pytest.mark.parametrize(
    ("line", "code"),
    [("day tomorrow", 1), ("day someday", 1), ("day 2026-02-30", 1), ("day --zero --unknown", 2), ("day --note", 2)],
)
def test_no_such_day(inside: Inside, line: str, code: int) -> None:
    before = inside.data()
    inside.run(line).refused(code)
    assert inside.data() == before


def test_a_session_over_the_day_boundary_counts_in_both_days_to_the_second(tracker: Tracker) -> None:
    tracker.run("log linkedin 2026-11-22 03:30-04:30")
    before, after = (tracker.run(f"day {date} --json").json() for date in ("2026-11-21", "2026-11-22"))
    assert (before["seconds"], after["seconds"]) == (1800, 1800)
    assert before["sessions"][0]["end"] == after["sessions"][0]["start"] == "2026-11-22T04:00:00+01:00"
    assert after["sessions"][0]["whole_start"] == "2026-11-22T03:30:00+01:00"
    assert len(before["sessions"]) == len(after["sessions"]) == 1
    assert "…04:00" in tracker.run("day 2026-11-22").out


def test_after_midnight_belongs_to_the_evening_before(tracker: Tracker) -> None:
    tracker.run("check linkedin", now="2026-11-24T00:40")
    day = tracker.run("day --json", now="2026-11-24T00:41").json()
    assert (day["date"], day["checks"]) == ("2026-11-23", 1)


def test_the_day_starts_when_the_setting_says(tracker: Tracker) -> None:
    tracker.run("config day_starts_at 00:00")
    tracker.run("check linkedin", now="2026-11-24T00:40")
    assert tracker.run("day --json", now="2026-11-24T00:41").json()["date"] == "2026-11-24"


def test_the_night_the_clocks_go_back_has_an_hour_more_and_totals_still_add_up(tracker: Tracker) -> None:
    now = "2026-10-25T12:00"
    tracker.run("log linkedin 2026-10-25 01:00-04:30", now=now)
    [row] = tracker.sessions("2026-10-24")
    first, second = (tracker.run(f"day {date} --json", now=now).json() for date in ("2026-10-24", "2026-10-25"))
    assert first["seconds"] == 4 * 3600
    assert second["seconds"] == 1800
    assert row["seconds"] == 4 * 3600


def test_the_night_the_clocks_go_forward_has_an_hour_less(tracker: Tracker) -> None:
    tracker.run("log linkedin 2026-03-29 01:00-03:30", now="2026-03-29T12:00")
    assert tracker.run("day 2026-03-28 --json").json()["seconds"] == 90 * 60


def test_a_session_keeps_the_clock_of_where_it_was_recorded(tracker: Tracker) -> None:
    tracker.run("log linkedin 21:00-21:30", now="2026-11-20T22:00", env={"TZ": "America/Montreal"})
    [row] = tracker.sessions("2026-11-20")
    assert (row["start"], row["zone"]) == ("2026-11-20T21:00:00-05:00", "America/Montreal")
    assert "21:00" in tracker.run("day 2026-11-20").out


def test_contacts_say_where_each_was_met_and_which_crossed_the_bridge(tracker: Tracker) -> None:
    tracker.run("log linkedin 2026-11-20 14:00-14:10 @Samia")
    said = tracker.run("log call 14:00-14:20 @samia street").said()
    assert said.endswith("; Samia crossed the bridge: from linkedin to a call")
    tracker.run("log meeting 14:30-14:40 @Théo building")
    day = tracker.run("day --json").json()
    assert [(row["person"], row["met"], row["met_ring"], row["bridge"]) for row in day["contacts"]] == [
        ("Samia", "linkedin", None, True),
        ("Théo", "meeting", "building", False),
    ]
    assert "Samia crossed the bridge: from linkedin to a call" in tracker.run("day").out
    assert tracker.run("log linkedin 14:50-14:55 @théo").said().endswith("from your building to linkedin")


def test_a_day_is_closed_and_opened_again(tracker: Tracker) -> None:
    assert tracker.run("day yesterday --zero --close").said() == "2026-11-22 is confirmed as zero; 2026-11-22 is closed"
    assert tracker.run("day yesterday --json").json()["closed"] is True
    assert "day closed" in tracker.run("day yesterday").out
    assert tracker.run("day yesterday --open").said() == "2026-11-22 is open again"
    assert tracker.run("day yesterday --json").json()["closed"] is False
    tracker.run("undo")
    assert tracker.run("day yesterday --json").json()["closed"] is True
    tracker.run("day --close --open").refused(2)


def test_two_channels_at_once_are_explained(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-15:00")
    assert "at once" not in tracker.run("day").out
    assert "at once" not in tracker.run("week").out
    tracker.run("log instagram 14:30-15:00")
    for page in ("day", "week", "review this"):
        assert "30m on 2 channels at once, counted once" in tracker.run(page).out, page


def test_first_and_last_are_said_by_the_clock_of_their_own_zone(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:30")
    assert "first 14:00, last 14:30" in tracker.run("day", env={"TZ": "Europe/London"}).out


def test_a_session_that_two_sources_measured_is_marked(tracker: Tracker) -> None:
    """A browser, and the window it was in: both rows are listed, and one of them says that it counts with the other."""
    tracker.run("log reddit 2026-11-20 14:00-14:30")
    first, zone = 1_795_000_000, "'Europe/Paris'"
    with sqlite3.connect(tracker.db) as file:
        for source, start, end in (("activitywatch", first, first + 600), ("chrome", first + 5, first + 590)):
            file.execute(
                f'INSERT INTO session(channel, start, "end", zone, source) VALUES (?, ?, ?, {zone}, ?)',
                ("reddit", start, end, source),
            )
    file.close()
    page = tracker.run("day 2026-11-18").out
    assert page.count("counted with 2") == 1
    assert next(line for line in page.splitlines() if "counted with 2" in line).split()[0] == "3"
    assert "counted with" not in tracker.run("day 2026-11-20").out
