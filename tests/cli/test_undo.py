"""`tracker undo`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


def test_every_change_is_taken_back_by_another_process(tracker: Tracker) -> None:
    states = [tracker.data()]
    lines = (
        *("start linkedin create", "stop", "check x likes", "urge x", "log call 10:00-10:20 @anna", "edit 3 note=hi"),
        *("split 3 10:10", "merge 3 4", "delete 3", "outcome income --amount 480", "day --note fine"),
        *("channel add mine", "channel budget mine 10m", "channel alias mine m", "activity add dm --purpose relate"),
    )
    for line in lines:
        assert tracker.run(line).code == 0, line
        states.append(tracker.data())
    for line, state in zip(reversed(lines), reversed(states[:-1]), strict=True):
        assert tracker.run("undo").said().startswith("undone: "), line
        assert tracker.data() == state, line


def test_several_steps_at_once(tracker: Tracker) -> None:
    before = tracker.data()
    tracker.run("check x")
    tracker.run("check linkedin")
    assert [row["says"] for row in tracker.run("undo 2 --json").json()] == ["checked linkedin", "checked x"]
    assert tracker.data() == before


def test_more_than_there_is_undoes_nothing(tracker: Tracker) -> None:
    tracker.run("check x")
    before = tracker.data()
    assert tracker.run("undo 5").refused() == "only 1 change can be undone"
    assert tracker.data() == before
    tracker.run("undo")
    assert "nothing to undo" in tracker.run("undo 5").refused()


@pytest.mark.parametrize("word", ["0", "x", "-1", "1.5"])
def test_no_number_of_steps(inside: Inside, word: str) -> None:
    assert word in inside.run(["undo", word]).refused(2)


def test_undo_reaches_back_thirty_days(tracker: Tracker) -> None:
    tracker.run("check x", now="2026-10-01T12:00")
    assert "30 days" in tracker.run("undo").refused()


def test_several_steps_are_refused_with_the_reason(tracker: Tracker) -> None:
    tracker.run("check x", now="2026-10-01T12:00")
    tracker.run("check linkedin")
    before = tracker.data()
    said = tracker.run("undo 2").refused()
    assert said.startswith("only 1 change can be undone: the last change is more than 30 days old")
    assert tracker.data() == before
