"""What becomes true by time alone: the plan's end once, and jumps of the clock in both directions."""

from __future__ import annotations

import pytest

from tests.conftest import NOW
from tracker.domain.models import Session
from tracker.tui.clock_monitor import ClockWatch

SESSION = Session(7, "linkedin", NOW, None, "Europe/Paris", planned_seconds=1500)


def told(watch: ClockWatch, session: Session | None, *seconds: int) -> list[int]:
    return [second for second in seconds if watch.plan_ended(session, NOW + second)]


def test_the_end_of_a_plan_is_told_once() -> None:
    assert told(ClockWatch(), SESSION, 1498, 1499, 1500, 1501, 1502) == [1500]


def test_a_second_that_was_missed_makes_no_difference() -> None:
    assert told(ClockWatch(), SESSION, 1490, 1512, 1513) == [1512]


def test_a_plan_that_was_over_when_first_seen_is_not_told() -> None:
    assert told(ClockWatch(), SESSION, 1500, 1501) == []


def test_one_that_ended_while_nobody_could_be_told_is_not_told() -> None:
    assert told(ClockWatch(), SESSION, 1499, 9000) == []


def test_another_end_is_told_again_whoever_set_it() -> None:
    watch = ClockWatch()
    assert told(watch, SESSION, 1499, 1500, 1600) == [1500]
    longer = SESSION._replace(planned_seconds=1800)
    assert told(watch, longer, 1601, 1799, 1800, 1801) == [1800]


def test_one_changed_to_end_in_the_past_is_not_told() -> None:
    watch = ClockWatch()
    assert told(watch, SESSION, 600) == []
    assert told(watch, SESSION._replace(planned_seconds=300), 601, 602) == []


def test_another_session_begins_anew() -> None:
    watch = ClockWatch()
    assert told(watch, SESSION, 1499) == []
    assert told(watch, SESSION._replace(id=8, start=NOW), 1500) == []
    assert told(watch, None, 1501) == told(watch, SESSION._replace(planned_seconds=None), 1502) == []


@pytest.mark.parametrize(
    ("passed", "ran", "jumps"),
    [
        (1, 1.0, False),
        (3, 1.2, False),
        (119, 1.0, False),
        (3600, 1.0, True),  # asleep, the steady clock too; or set forward
        (-3600, 1.0, True),  # set back
        (3600, 3600.0, True),  # asleep or stopped, the steady clock running on
        (1, 400.0, True),
    ],
)
def test_a_jump_of_the_clock(passed: int, ran: float, jumps: bool) -> None:
    watch = ClockWatch()
    assert watch.jumped(NOW, 50.0) is None
    jump = watch.jumped(NOW + passed, 50.0 + ran)
    assert jump == ((NOW, NOW + passed) if jumps else None)
    assert watch.jumped(NOW + passed + 1, 51.0 + ran) is None


def test_a_frozen_clock_never_jumps() -> None:
    watch = ClockWatch()
    assert watch.jumped(NOW, None) is watch.jumped(NOW + 9999, None) is None
    assert watch.jumped(NOW + 20_000, 1.0) is None
