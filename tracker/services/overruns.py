"""A session that runs past its plan, or may have been forgotten: five minutes more, why it goes on, when it ended.

A *sign of life* is something that only a present user can do: a key pressed or a click in the screens (stored once a
minute while a session runs, `ALIVE`), or a change of the log by any program, undo included. An import that a
machine starts by itself cannot be told from one that its user starts, and counts as a sign too. Screens that are open
all night, and their clock, are no sign. When the machine fell asleep, or the clock jumped, while the screens were open,
they ask at once; the moment before it counts as a sign of life, because a person closes a lid.

The likely end is the later of the plan's end and the last sign of life: a user who touched the program after the plan's
end was still there, and a user who did not has most likely stopped as planned.
"""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import over_plan
from tracker.domain.record import Record
from tracker.locale import _
from tracker.storage import session_table, sessions
from tracker.storage.undo_steps import last_change

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.workspace import Workspace

#: The name of the last instant (UTC seconds) at which a key or the mouse was used in the screens while a timer ran.
ALIVE = "alive"

#: The state under which the id of the session is kept that was asked why it goes on, or was extended knowingly.
ASKED_STATE = "asked why"

#: The state of the answer "keep": the session's id, and the instant after which it may be asked about again.
KEEP_RUNNING_STATE = "kept"

#: A sign of life within so many seconds of the start belongs to the start.
_START_SECONDS = 60


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


def extend(workspace: Workspace, seconds: int) -> Session:
    """Plan so much more: from now where the plan is over, from its end where it is not. TrackerError if none runs.

    Extending a plan that is over is an answer in itself: it is not asked why any more.
    """
    now = workspace.now()
    with workspace.transaction():
        session = session_table.running(workspace.database)
        if session is None:
            raise TrackerError(_("no timer running"))
        spent = max(now - session.start, 0)
        planned = max(session.planned_seconds or 0, spent) + seconds
        extended = sessions.edit(workspace.database, session.id, now=now, planned_seconds=planned)
    if session.planned_seconds and spent > session.planned_seconds:
        workspace.database.set_state(ASKED_STATE, str(session.id))
    return extended


def explain_overrun(workspace: Workspace, id: int, why: str) -> Session:
    """Keep why a session went on past its plan."""
    return sessions.edit(workspace.database, id, now=workspace.now(), overrun=why)


def asks_why(workspace: Workspace, session: Session) -> bool:
    """Whether to ask why a session still goes on: well past its plan, and neither answered nor extended."""
    over = over_plan(workspace.now() - session.start, session.planned_seconds)
    if not over or session.overrun is not None:
        return False
    return over >= workspace.settings.overrun_after and workspace.database.state(ASKED_STATE) != str(session.id)


def is_forgotten(workspace: Workspace, session: Session) -> bool:
    """Whether a running session may have been forgotten: it lasts longer than the setting `forgotten_after`.

    After the answer "keep" it is asked about again once as long has passed again.
    """
    now = workspace.now()
    if now - session.start <= workspace.settings.forgotten_after:
        return False
    id, _space, until = (workspace.database.state(KEEP_RUNNING_STATE) or "").partition(" ")
    return not (id == str(session.id) and until.isdecimal() and now <= int(until))


def keep_running(workspace: Workspace, session: Session) -> None:
    """Remember that the user said this session is right as it is."""
    until = workspace.now() + workspace.settings.forgotten_after
    workspace.database.set_state(KEEP_RUNNING_STATE, f"{session.id} {until}")


def possible_end(workspace: Workspace, session: Session, seen: int | None = None) -> PossibleEnd:
    """When a running session may have ended; `seen` is a sign of life (UTC seconds) that is not in the file."""
    now = workspace.now()
    alive = workspace.database.state(ALIVE) or ""
    signs = (int(alive) if alive.isdecimal() else None, last_change(workspace.database, now), seen)
    # Later ones were written by a wrong clock.
    life = max((at for at in signs if at is not None and at <= now), default=None)
    planned = session.start + session.planned_seconds if session.planned_seconds else None
    return PossibleEnd(
        session,
        life if life is not None and life > session.start + _START_SECONDS else None,
        planned if planned is not None and planned < now else None,
    )


def note_sign_of_life(workspace: Workspace, at: int) -> None:
    """Somebody was here at that instant."""
    workspace.database.set_state(ALIVE, str(at))
