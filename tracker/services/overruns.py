"""A session that runs past its plan, or may have been forgotten: five minutes more, why it goes on, when it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.domain.models import over_plan
from tracker.locale import _
from tracker.services import forgotten_timer
from tracker.storage import session_table, sessions, state

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.services.forgotten_timer import PossibleEnd
    from tracker.workspace import Workspace

#: The state under which the id of the session is kept that was asked why it goes on, or was extended knowingly.
ASKED = "asked why"


def extend(workspace: Workspace, seconds: int) -> Session:
    """Plan so much more: from now where the plan is over, from its end where it is not. TrackerError if none runs.

    Extending a plan that is over is an answer in itself: it is not asked why any more.
    """
    now = workspace.now()
    with workspace.transaction():
        session = session_table.running(workspace.database)
        if session is None:
            raise TrackerError(_("nothing runs; s starts a session"))
        spent = max(now - session.start, 0)
        planned = max(session.planned_seconds or 0, spent) + seconds
        extended = sessions.edit(workspace.database, session.id, now=now, planned_seconds=planned)
    if session.planned_seconds and spent > session.planned_seconds:
        state.put(workspace.database, ASKED, str(session.id))
    return extended


def explain_overrun(workspace: Workspace, id: int, why: str) -> Session:
    """Keep why a session went on past its plan."""
    return sessions.edit(workspace.database, id, now=workspace.now(), overrun=why)


def asks_why(workspace: Workspace, session: Session) -> bool:
    """Whether to ask why a session still goes on: well past its plan, and neither answered nor extended."""
    over = over_plan(workspace.now() - session.start, session.planned_seconds)
    if not over or session.overrun is not None:
        return False
    return over >= workspace.settings.overrun_after and state.get(workspace.database, ASKED) != str(session.id)


def is_forgotten(workspace: Workspace, session: Session) -> bool:
    """Whether a running session may have been forgotten."""
    return forgotten_timer.is_forgotten(
        workspace.database, session, workspace.settings.forgotten_after, workspace.now()
    )


def doubt_about(workspace: Workspace, session: Session, seen: int | None = None) -> PossibleEnd:
    """When a running session may really have ended; `seen` is the last key pressed in this program (UTC seconds)."""
    return forgotten_timer.possible_end(workspace.database, session, workspace.now(), seen)


def keep_running(workspace: Workspace, session: Session) -> None:
    """The user says that a session is right as it is."""
    forgotten_timer.keep(workspace.database, session, workspace.settings.forgotten_after, workspace.now())


def note_sign_of_life(workspace: Workspace, at: int) -> None:
    """Somebody was here at that instant."""
    state.put(workspace.database, state.ALIVE, str(at))
