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


def test_checks_inside_are_part_of_it_and_that_is_said(tracker: Tracker) -> None:
    tracker.run("check instagram", now="2026-11-23T15:05")
    tracker.run("check instagram likes", now="2026-11-23T15:05:17")
    assert tracker.run("log instagram 10m").said() == (
        "logged 3: instagram, 15:02–15:12, 10m; 2 checks inside it are part of it now, with the note “likes”"
    )
    assert (
        tracker.run("history").out.splitlines()[0].endswith("logged instagram; 2 checks inside it are part of it now")
    )
    assert [row["note"] for row in tracker.run("day --json").json()["sessions"]] == ["likes"]


def test_a_timer_that_ends_over_a_check_says_so(tracker: Tracker) -> None:
    tracker.run("check instagram --at 15:05")
    tracker.run("start instagram --at 15:00")
    assert tracker.run("stop").said().endswith("; 1 check inside it is part of it now")


def test_a_session_made_longer_over_a_check_says_so(tracker: Tracker) -> None:
    tracker.run("check instagram likes --at 14:20")
    tracker.run("log instagram 14:00-14:10")
    said = tracker.run("edit 2 end=14:30").said()
    assert said.endswith("; 1 check inside it is part of it now, with the note “likes”")


def test_nothing_is_said_of_what_is_not_inside(tracker: Tracker) -> None:
    tracker.run("check instagram --at 14:00")
    tracker.run("check x --at 14:05")
    assert "inside it" not in tracker.run("log instagram 14:01-14:10").said()


def test_the_small_hours_say_which_day_they_count_for(tracker: Tracker) -> None:
    said = tracker.run("log linkedin 00:10-00:20", now="2026-11-23T05:30").said()
    assert said == "logged 1: linkedin, 2026-11-23 00:10–00:20, 10m; it counts for 2026-11-22"


def test_a_slip_in_an_activity_is_a_note_and_a_question(tracker: Tracker) -> None:
    said = tracker.run("log linkedin crate 10m").said()
    assert said.endswith("; note “crate”; did you mean create?")
    assert tracker.sessions()[0]["note"] == "crate"
    for line in ("log x create 14:00-14:10 crate", "log x 13:00-13:10 carousel"):
        assert "did you mean" not in tracker.run(line).said()
