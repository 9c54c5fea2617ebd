"""A timer that may have been forgotten: when to ask, and when the session may really have ended.

A *sign of life* is something that only a present user can do: a key pressed or a click in the screens (stored once a
minute while a session runs, `state.ALIVE`), or a change of the log by any program, undo included. An import that a
machine starts by itself cannot be told from one that its user starts, and counts as a sign too. Screens that are open
all night, and their clock, are no sign. When the machine fell asleep, or the clock jumped, while the screens were open,
they ask at once; the moment before it counts as a sign of life, because a person closes a lid.

The likely end is the later of the plan's end and the last sign of life: a user who touched the program after the plan's
end was still there, and a user who did not has most likely stopped as planned.
"""

from __future__ import annotations

from tracker.domain.record import Record
from tracker.storage import state
from tracker.storage.undo_steps import last_change

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.storage import Database

#: The key in `state` of the answer "keep": the session's id, and the instant after which it may be asked about again.
KEPT = "kept"

#: A sign of life within so many seconds of the start belongs to the start.
_AT_ONCE = 60


class PossibleEnd(Record):
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


def is_forgotten(database: Database, session: Session, forgotten_after: int, now: int) -> bool:
    """Whether a running session may have been forgotten: it lasts longer than `forgotten_after` seconds.

    After the answer "keep" it is asked about again once another `forgotten_after` has passed.
    """
    if now - session.start <= forgotten_after:
        return False
    id, _space, until = (state.get(database, KEPT) or "").partition(" ")
    return not (id == str(session.id) and until.isdecimal() and now <= int(until))


def keep(database: Database, session: Session, forgotten_after: int, now: int) -> None:
    """Remember that the user said this session is right as it is."""
    state.put(database, KEPT, f"{session.id} {now + forgotten_after}")


def possible_end(database: Database, session: Session, now: int, seen: int | None = None) -> PossibleEnd:
    """When `session` may have ended; `seen` is a sign of life that is not in the file."""
    life = max((at for at in (last_sign(database, now), seen) if at is not None and at <= now), default=None)
    planned = session.start + session.planned_seconds if session.planned_seconds else None
    return PossibleEnd(
        session,
        life if life is not None and life > session.start + _AT_ONCE else None,
        planned if planned is not None and planned < now else None,
    )


def last_sign(database: Database, now: int) -> int | None:
    """The last sign of life in the file up to `now`; later ones were written by a wrong clock."""
    alive = state.get(database, state.ALIVE) or ""
    signs = (int(alive) if alive.isdecimal() else None, last_change(database, now))
    return max((at for at in signs if at is not None and at <= now), default=None)
