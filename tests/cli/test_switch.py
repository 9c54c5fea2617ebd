"""`tracker switch`."""

from __future__ import annotations

from tests.cli.conftest import Tracker


def test_switch_ends_one_and_starts_the_other_at_the_same_instant(tracker: Tracker) -> None:
    tracker.run("start linkedin", now="2026-11-23T14:00")
    ended, begun = tracker.run("switch work create --for 1h --json", now="2026-11-23T14:20").json()
    assert ended["end"] == begun["start"] == "2026-11-23T14:20:00+01:00"
    assert (begun["channel"], begun["planned_seconds"], begun["end"]) == ("work", 3600, None)


def test_switch_says_both_in_one_line(tracker: Tracker) -> None:
    tracker.run("start linkedin", now="2026-11-23T14:00")
    said = tracker.run("switch x", now="2026-11-23T14:20").said()
    assert said == "stopped linkedin after 20m, 14:00–14:20; x running since 14:20"


def test_switch_is_one_step_for_undo(tracker: Tracker) -> None:
    tracker.run("start linkedin", now="2026-11-23T14:00")
    before = tracker.data()
    tracker.run("switch x", now="2026-11-23T14:20")
    tracker.run("undo", now="2026-11-23T14:20")
    assert tracker.data() == before


def test_switch_with_nothing_running_is_refused(tracker: Tracker) -> None:
    before = tracker.data()
    assert "no timer running" in tracker.run("switch x").refused()
    assert tracker.data() == before


def test_a_switch_to_an_unknown_channel_leaves_the_timer_running(tracker: Tracker) -> None:
    tracker.run("start linkedin")
    before = tracker.data()
    tracker.run("switch nowhere").refused()
    assert tracker.data() == before
