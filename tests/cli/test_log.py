"""`tracker log`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


def test_a_line_is_written_down(tracker: Tracker) -> None:
    said = tracker.run(["log", "linkedin create 14:00-14:25 carousel for Samia"]).said()
    assert said == "logged 1: linkedin create, 14:00–14:25, 25m"
    [row] = tracker.sessions()
    assert (row["channel"], row["activity"], row["note"]) == ("linkedin", "create", "carousel for Samia")
    assert (row["seconds"], row["source"]) == (1500, "log")


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("linkedin 14:00-14:25", "2026-11-23T14:00", "2026-11-23T14:25"),
        ("linkedin 25m", "2026-11-23T14:47", "2026-11-23T15:12"),
        ("linkedin yesterday 21:00+40m", "2026-11-22T21:00", "2026-11-22T21:40"),
        ("linkedin hier 21h-21h40", "2026-11-22T21:00", "2026-11-22T21:40"),
        ("linkedin 2026-11-20 23:30-00:15", "2026-11-20T23:30", "2026-11-21T00:15"),
    ],
)
def test_times_as_people_write_them(inside: Inside, line: str, start: str, end: str) -> None:
    [row] = inside.run(["log", line, "--json"]).json()
    assert (row["start"][:16], row["end"][:16]) == (start, end)


def test_unquoted_words_company_and_ring(tracker: Tracker) -> None:
    [row] = tracker.run("log call 25m @samia street about the site --json").json()
    assert (row["person"], row["ring"], row["note"]) == ("samia", "street", "about the site")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("log", 2),
        ("log linkedin", 1),
        ("log 25m", 1),
        ("log nowhere 25m", 1),
        ("log linkedin 14:25-14:00", 1),
        ("log linkedin 16:00-17:00", 1),
        ("log linkedin 14:00", 1),
    ],
)
def test_a_line_that_tells_of_no_session_changes_nothing(inside: Inside, line: str, code: int) -> None:
    before = inside.data()
    inside.run(line).refused(code)
    assert inside.data() == before


def test_two_records_by_hand_never_overlap_silently(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:30")
    before = tracker.data()
    assert "session 1" in tracker.run("log linkedin 14:20-14:40").refused()
    assert tracker.data() == before


def test_a_check_does_not_stand_in_the_way_of_its_session(tracker: Tracker) -> None:
    tracker.run("check facebook likes --at 14:10")
    tracker.run("log facebook 14:00-14:30").said()
    [row] = tracker.sessions()
    assert (row["seconds"], row["note"]) == (1800, "likes")
    tracker.run("undo")
    [row] = tracker.sessions()
    assert row["check"]
