"""What a change of a session did: the typed result of the services that record, change, start and stop sessions."""

from __future__ import annotations

from tracker.domain.record import Record
from tracker.storage import effects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.domain.models import Session
    from tracker.services.forgotten_timer import PossibleEnd
    from tracker.storage.effects import Effects
    from tracker.workspace import Workspace


class Recorded(Record):
    """A session as it was recorded, changed, started or stopped, and everything that this did.

    `stopped` is the session that ended so that this one could start. `doubt` is what was known of the real end of a
    stopped session, where it may have been forgotten.
    """

    session: Session
    effects: Effects
    stopped: Session | None = None
    doubt: PossibleEnd | None = None


def record(workspace: Workspace, change: Callable[[], Session], before: Sequence[Session] = ()) -> Recorded:
    """Make a change that returns one session, in one transaction; `before` are the sessions it stands on."""
    with workspace.transaction():
        since = effects.log_position(workspace.database)
        session = change()
        return Recorded(session, effects.effects(workspace.database, since, (session,), before or (session,)))
