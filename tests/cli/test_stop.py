"""`tracker stop`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


def test_stop_says_how_long_it_lasted_against_its_plan(tracker: Tracker) -> None:
    tracker.run("start linkedin create --for 25m", now="2026-11-23T14:00")
    said = tracker.run("stop", now="2026-11-23T14:40").said()
    assert said == "stopped linkedin create after 40m, 15m over plan (25m), 14:00–14:40"


def test_stop_at_a_time(tracker: Tracker) -> None:
    tracker.run("start linkedin --at 14:00")
    [row] = tracker.run("stop --at 14:20 --json").json()
    assert (row["end"], row["seconds"], row["check"]) == ("2026-11-23T14:20:00+01:00", 1200, False)


def test_a_session_shorter_than_half_a_minute_is_a_check(tracker: Tracker) -> None:
    tracker.run("start linkedin", now="2026-11-23T14:00:00")
    [row] = tracker.run("stop --json", now="2026-11-23T14:00:20").json()
    assert row["check"] is True


@pytest.mark.parametrize(
    ("channel", "seconds", "check"), [("linkedin", 15, True), ("linkedin", 30, False), ("call", 15, False)]
)
def test_a_planned_session_that_was_a_check_is_told_so(
    tracker: Tracker, channel: str, seconds: int, check: bool
) -> None:
    tracker.run(f"start {channel} --for 25m", now="2026-11-23T14:00:00")
    said = tracker.run("stop", now=f"2026-11-23T14:00:{seconds}").said()
    assert said.startswith(f"stopped {channel} after {seconds}s of 25m, 14:00–14:00")
    assert said.endswith("; it counts as a check") is check


@pytest.mark.parametrize(
    ("line", "says"), [("stop --at 13:00", "before it starts"), ("stop --at 16:00", "16:00"), ("stop --at x", "x")]
)
def test_an_end_that_cannot_be_changes_nothing(inside: Inside, line: str, says: str) -> None:
    inside.run("start linkedin --at 14:00")
    before = inside.data()
    assert says in inside.run(line).refused()
    assert inside.data() == before


def test_nothing_to_stop(tracker: Tracker) -> None:
    assert "no timer running" in tracker.run("stop").refused()


def test_a_forgotten_timer_is_neither_silently_cut_nor_silently_kept(tracker: Tracker) -> None:
    tracker.run("start linkedin --for 30m", now="2026-11-23T09:00")
    result = tracker.run("stop", now="2026-11-23T18:00")
    assert result.code == 0
    assert "stopped linkedin after 9h" in result.out
    assert "`tracker edit 1 end=09:30`" in result.err
    assert result.err.count("\n") == 1
    said = tracker.run("edit 1 end=09:30", now="2026-11-23T18:00").said()
    assert said.endswith("09:00–09:30, 30m; end: 18:00 → 09:30")


def test_the_correction_it_offers_after_a_night_is_one_that_works(tracker: Tracker) -> None:
    tracker.run("start linkedin --for 30m", now="2026-11-22T22:00")
    result = tracker.run("stop", now="2026-11-23T09:00")
    assert '`tracker edit 1 "end=2026-11-22 22:30"`' in result.err
    tracker.run(["edit", "1", "end=2026-11-22 22:30"], now="2026-11-23T09:00").said()


def test_a_time_said_with_at_is_no_forgotten_one(tracker: Tracker) -> None:
    tracker.run("start linkedin", now="2026-11-23T09:00")
    assert tracker.run("stop --at 17:00", now="2026-11-23T18:00").err == ""


def test_an_end_that_is_saved_already_is_not_proposed(tracker: Tracker) -> None:
    tracker.run("start linkedin", now="2026-11-23T09:00")
    tracker.run("urge x", now="2026-11-23T18:00:10")
    said = tracker.run("stop", now="2026-11-23T18:00:20").err
    assert said == "tracker: it ran for 9h; if you forgot to stop it: `tracker edit 1 end=TIME`\n"
    tracker.run("start linkedin --for 30m", now="2026-11-23T19:00")
    tracker.run("urge x", now="2026-11-23T23:59")
    said = tracker.run("stop", now="2026-11-23T23:59:20").err
    assert "this ends it as planned: `tracker edit 2 end=19:30`" in said


def test_the_last_sign_of_life_is_the_ready_answer(tracker: Tracker) -> None:
    tracker.run("start linkedin --for 30m", now="2026-11-23T09:00")
    tracker.run("check x", now="2026-11-23T10:10")
    assert "`tracker stop --at 10:10` stops it at the last sign of life" in tracker.run("status").out
    running = tracker.run("status --json").json()["running"]
    assert (running["forgotten"], running["last_sign_of_life"]) == (True, "2026-11-23T10:10:00+01:00")
    result = tracker.run("stop", now="2026-11-23T18:00")
    assert "this ends it at the last sign of life: `tracker edit 1 end=10:10`" in result.err
    said = tracker.run("edit 1 end=10:10", now="2026-11-23T18:00").said()
    assert said.endswith("09:00–10:10, 1h 10m; end: 18:00 → 10:10")


def test_without_any_sign_only_the_user_knows(tracker: Tracker) -> None:
    tracker.run("start linkedin", now="2026-11-23T09:00")
    assert "`tracker stop --at TIME` stops it at the time it ended" in tracker.run("status").out
    assert "`tracker edit 1 end=TIME`" in tracker.run("stop", now="2026-11-23T18:00").err


def test_switching_away_from_a_forgotten_one_says_so_too(tracker: Tracker) -> None:
    tracker.run("start linkedin --for 30m", now="2026-11-23T09:00")
    assert (
        "this ends it as planned: `tracker edit 1 end=09:30`" in tracker.run("switch work", now="2026-11-23T18:00").err
    )


def test_one_that_is_not_forgotten_says_nothing(tracker: Tracker) -> None:
    tracker.run("start linkedin", now="2026-11-23T12:00")
    assert tracker.run("status --json").json()["running"]["forgotten"] is False
    assert tracker.run("stop").err == ""
