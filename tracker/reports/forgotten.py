"""A timer that may have been forgotten: when to ask, and what it may really have lasted.

A *sign of life* is what only somebody who is there can do: a key pressed or a click in the screens (kept once a
minute while a session runs, `state.ALIVE`), or a change of the log by whatever program, undo included. (An import that
a machine starts by itself cannot be told from one that its user does, and is taken for a sign too.) Screens that merely
stand open all night are none, nor is the clock they show. A machine that fell asleep, or a clock that jumped, while the
screens were open is asked about at once; the moment before it counts as a sign of life, because a lid is closed by
somebody.

Of the answers the likely one is the later of the plan's end and the last sign of life: whoever touched the program
after the plan's end was still at it, and whoever did not has most likely stopped when they meant to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.storage import state
from tracker.storage.undo_steps import last_change

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.storage import Journal

#: What "keep" is remembered under: the session's id, and from which instant on it may be asked about again.
KEPT = "kept"

#: A sign nearer to the start than this, in seconds, is the start itself.
_AT_ONCE = 60


class Doubt(NamedTuple):
    """A running session and when it may really have ended: instants, None where there is no such moment."""

    session: Session
    #: The last sign of life after its start.
    life: int | None
    #: The end of its plan.
    planned: int | None

    @property
    def likely(self) -> int | None:
        """The likeliest end; None where only the user can know."""
        return max((at for at in (self.life, self.planned) if at is not None), default=None)


def is_forgotten(journal: Journal, session: Session, forgotten_after: int, now: int) -> bool:
    """Whether a running session may have been forgotten, and was not said to be right since.

    After "keep" it is asked again once another `forgotten_after` has passed.
    """
    if now - session.start <= forgotten_after:
        return False
    id, _space, until = (state.get(journal, KEPT) or "").partition(" ")
    return not (id == str(session.id) and until.isdecimal() and now <= int(until))


def keep(journal: Journal, session: Session, forgotten_after: int, now: int) -> None:
    """Remember that the user said this session is right as it is."""
    state.put(journal, KEPT, f"{session.id} {now + forgotten_after}")


def doubt(journal: Journal, session: Session, now: int, seen: int | None = None) -> Doubt:
    """What is known of when `session` may have ended; `seen` is a sign of life that is not in the file."""
    life = max((at for at in (last_sign(journal, now), seen) if at is not None and at <= now), default=None)
    planned = session.start + session.planned_seconds if session.planned_seconds else None
    return Doubt(
        session,
        life if life is not None and life > session.start + _AT_ONCE else None,
        planned if planned is not None and planned < now else None,
    )


def last_sign(journal: Journal, now: int) -> int | None:
    """The last sign of life in the file, not after `now`: a clock that was wrong may have written later ones."""
    alive = state.get(journal, state.ALIVE) or ""
    signs = (int(alive) if alive.isdecimal() else None, last_change(journal, now))
    return max((at for at in signs if at is not None and at <= now), default=None)
