"""What becomes true by time alone while the screens are open: a plan ends, the machine slept, the clock jumped.

Pure: it is handed the moment once a second, and remembers no more than the second before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tracker.domain.models import Session

#: The clock on the wall may run away from the steady one by so many seconds before it is called a jump.
LEAST_JUMP = 120

#: A plan that ended longer ago than this, in seconds, ended while nobody could be told: asleep, or before the jump.
LATE = 60


class Jump(NamedTuple):
    """The clock on the wall showed `since`, and the next second `until`: later by far, or earlier."""

    since: int
    until: int


class Watch:
    """Looks at each second beside the one before."""

    def __init__(self) -> None:
        self._before: tuple[int, float] | None = None
        self._awaited: tuple[int, int] | None = None

    def plan_ended(self, session: Session | None, now: int) -> bool:
        """Whether the plan of what runs has just come to its end: once for each end, whoever set it.

        A plan that was over when it was first seen is not told, nor is one that was changed to end in the past.
        """
        awaited, self._awaited = self._awaited, None
        if session is None or not session.planned_seconds:
            return False
        end = session.start + session.planned_seconds
        if now < end:
            self._awaited = (session.id, end)
            return False
        return awaited == (session.id, end) and now - end <= LATE

    def jumped(self, now: int, steady: float | None) -> Jump | None:
        """The jump of the clock since the last look, if it made one; `steady` is None while the clock is frozen.

        On most systems the steady clock stands still while the machine sleeps; where it runs on, or where the program
        was stopped, the seconds between two looks tell.
        """
        before, self._before = self._before, None if steady is None else (now, steady)
        if before is None or steady is None:
            return None
        passed, ran = now - before[0], steady - before[1]
        return Jump(before[0], now) if abs(passed - ran) > LEAST_JUMP or ran > LEAST_JUMP else None
