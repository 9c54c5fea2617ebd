"""`tracker pause`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


def test_a_pause_is_declared_asked_about_and_called_off(tracker: Tracker) -> None:
    assert tracker.run("pause").said() == "no pause is running; `tracker pause 2h` starts one"
    assert tracker.run("pause 2h").said() == "pause until 17:12, for 2h"
    assert tracker.run("pause", now="2026-11-23T15:42").said() == "pause until 17:12, 1h 30m left"
    assert tracker.run("pause off", now="2026-11-23T15:52").said() == "pause ended after 40m"
    assert "no pause is running" in tracker.run("pause off").refused()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("pause until 18:00", "pause until 18:00, for 2h 48m"),
        ("pause until evening", "pause until 18:00, for 2h 48m"),
        ("pause 45m", "pause until 15:57, for 45m"),
        ("pause until tomorrow 9:00", "pause until 09:00, for 17h 48m"),
        ("pause until 2026-11-25 09:00", "pause until 2026-11-25 09:00, for 41h 48m"),
    ],
)
def test_how_it_is_said(inside: Inside, line: str, said: str) -> None:
    assert inside.run(line).said() == said


@pytest.mark.parametrize("line", ["pause soon", "pause 0m", "pause until yesterday", "pause 40d", "pause until"])
def test_what_cannot_be_changes_nothing(inside: Inside, line: str) -> None:
    inside.run("pause 1h")
    before = inside.data()
    inside.run(line).refused()
    assert inside.data() == before


def test_a_time_that_may_be_a_length_is_refused_with_both_ways_to_write_it(inside: Inside) -> None:
    assert inside.run("pause 18h").refused().endswith("write “until 18h” or “for 18h”")
    assert inside.run("pause until 18h").said() == "pause until 18:00, for 2h 48m"
    assert inside.run("pause for 18h").said().endswith("for 18h")


def test_an_opening_inside_is_said_in_its_line_and_shown_by_the_day(tracker: Tracker) -> None:
    tracker.run("pause until 16:00", now="2026-11-23T14:00")
    said = tracker.run("check linkedin likes", now="2026-11-23T14:20").said()
    assert said == "checked linkedin at 14:20: likes; during the pause until 16:00"
    said = tracker.run("start instagram", now="2026-11-23T14:30").said()
    assert said == "instagram running since 14:30; during the pause until 16:00"
    assert tracker.run("stop", now="2026-11-23T14:31").said().endswith("14:30–14:31")
    assert "pause 14:00–16:00: opened linkedin 14:20, and 1 more time" in tracker.run("day").out
    [row] = tracker.run("day --json").json()["pauses"]
    assert (row["state"], row["sessions"], row["left_seconds"]) == ("broken", [1, 2], 48 * 60)
    assert (row["start"], row["end"], row["ended"]) == (
        "2026-11-23T14:00:00+01:00",
        "2026-11-23T16:00:00+01:00",
        None,
    )


def test_what_is_not_social_is_no_opening(tracker: Tracker) -> None:
    tracker.run("pause 2h", now="2026-11-23T14:00")
    assert "pause" not in tracker.run("start work", now="2026-11-23T14:10").said()
    assert "pause 14:00–16:00, running" in tracker.run("day", now="2026-11-23T15:00").out
    assert "pause 14:00–16:00, kept" in tracker.run("day", now="2026-11-23T16:00").out


def test_the_status_carries_it(tracker: Tracker) -> None:
    assert tracker.run("status --json").json()["pause"] is None
    tracker.run("pause 2h")
    assert tracker.run("status", now="2026-11-23T15:42").out.splitlines()[-1] == "pause until 17:12, 1h 30m left"
    pause = tracker.run("status --json", now="2026-11-23T15:42").json()["pause"]
    assert (pause["state"], pause["left_seconds"]) == ("under way", 5400)


def test_a_pause_stops_nothing_and_says_what_goes_on(tracker: Tracker) -> None:
    tracker.run("start linkedin reply", now="2026-11-23T15:00")
    assert tracker.run("pause 1h").said().endswith("; linkedin reply is still running, `tracker stop` stops it")


def test_answers_in_json_are_the_rows_touched(tracker: Tracker) -> None:
    assert tracker.run("pause --json").json() == []
    [begun] = tracker.run("pause 2h --json").json()
    assert begun["left_seconds"] == 7200
    assert tracker.run("pause --json").json() == [begun]
    [off] = tracker.run("pause off --json", now="2026-11-23T15:22").json()
    assert (off["id"], off["state"], off["ended"]) == (begun["id"], "called off", "2026-11-23T15:22:00+01:00")


def test_undo_takes_it_back(tracker: Tracker) -> None:
    tracker.run("pause 2h")
    tracker.run("undo")
    assert tracker.run("pause --json").json() == []
