"""The effects of a change on sessions, read from the change log: the sessions it wrote, and what happened to others.

The program tells the user about a change from what was really written: in the question about an overlap, which is asked
before, and in the message after it.
"""

from __future__ import annotations

from tracker.domain.models import Effects, Session, lies_in
from tracker.storage.session_table import session_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.storage.database import Database


#: Each changed session as it was before the change, and as it is now.
#: SQLite reads the JSON of the change log: importing `json` would cost a daily command 5 ms.
_CHANGED_SESSIONS = (
    "SELECT "
    + ", ".join(f"json_extract(before, '$.{field}')" for field in Session._fields)
    + ", "
    + ", ".join(f'session."{field}"' for field in Session._fields)
    + ", row FROM change LEFT JOIN session ON session.id = change.row "
    + "WHERE change.id > ? AND \"table\" = 'session' ORDER BY change.id"
)


def log_position(database: Database) -> int:
    """The number of the last change in the change log; 0 before the first.

    It differs once any program has changed anything that undo covers. `effects` tells of the changes after it, in the
    same transaction.
    """
    return int(database.row("SELECT coalesce(max(id), 0) FROM change")[0])


def effects(database: Database, since: int, wanted: Sequence[Session], seen: Sequence[Session] = ()) -> Effects:
    """What was done since a `log_position`; `seen` are those of `wanted` that existed, as they were."""
    # Each session as it was before its first change, None for a new one; and as it is, None for one that is gone.
    changed: dict[int, tuple[Session | None, Session | None]] = {}
    count = len(Session._fields)
    for *fields, id in database.rows(_CHANGED_SESSIONS, (since,)):
        before, now = (None if row[0] is None else session_of(row) for row in (fields[:count], fields[count:]))
        changed.setdefault(id, (before, now))
    own = {session.id: session for session in seen}
    mine = [session for id, session in own.items() if id not in changed]
    others: dict[Session, list[Session]] = {}
    new = []
    for id, (was, after) in changed.items():
        if was is None or id in own:
            new += [after] if after else []
        elif after is None or after.placement != was.placement:
            others[was] = [after] if after else []
    shown_again = []
    for session in new:
        if session.id in own or any(_is_piece_of(session, whole) for whole in wanted):
            mine.append(session)
        elif cut := next((was for was in others if _is_piece_of(session, was)), None):
            others[cut].append(session)
        else:
            shown_again.append(session)
    return Effects(
        tuple(wanted),
        _by_start(mine),
        tuple((was, _by_start(others[was])) for was in _by_start(others)),
        _by_start(shown_again),
    )


def _by_start(sessions: Iterable[Session]) -> tuple[Session, ...]:
    return tuple(sorted(sessions, key=lambda session: (session.start, session.id)))


def _is_piece_of(session: Session, whole: Session) -> bool:
    return lies_in(session, whole) and session.channel == whole.channel and session.source == whole.source
