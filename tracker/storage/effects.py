"""What a change did to sessions, read from the change log: which pieces it made, and what became of the others.

Whatever is said of a change (before it, in the question whose time it is; after it, in a notice) is read here from what
was really written, so that it cannot differ from the file.
"""

from __future__ import annotations

from tracker.domain.models import Session, lies_in
from tracker.domain.record import Record
from tracker.storage.session_rows import find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.storage.file import Journal


class Effects(Record):
    """What a change did. `wanted`: the sessions it was asked for, at the places they were to have (id 0: a new one).

    `mine`: what is there of them now, by start; none where nothing is. `others`: each session that was changed besides,
    as it was, and the pieces that are left of it; no piece where it is gone. `shown_again`: measured time that a record
    has let go of.
    """

    wanted: tuple[Session, ...]
    mine: tuple[Session, ...]
    others: tuple[tuple[Session, tuple[Session, ...]], ...]
    shown_again: tuple[Session, ...]


def mark(journal: Journal) -> int:
    """Where the change log stands: what is changed from here on is told by `effects`. In the same transaction."""
    return int(journal.row("SELECT coalesce(max(id), 0) FROM change")[0])


def effects(journal: Journal, since: int, wanted: Sequence[Session], seen: Sequence[Session] = ()) -> Effects:
    """What was done since a `mark`; `seen` are those of `wanted` that were there, as they were."""
    changed: dict[int, str | None] = {}  # what each row was before its first change
    for row, before in journal.rows(
        "SELECT row, before FROM change WHERE id > ? AND \"table\" = 'session' ORDER BY id", (since,)
    ):
        changed.setdefault(row, before)
    own = {session.id: session for session in seen}
    mine = [session for id, session in own.items() if id not in changed]
    others: dict[Session, list[Session]] = {}
    new = []
    for id, before in changed.items():
        after = find(journal, id)
        if before is None or id in own:
            new += [after] if after else []
            continue
        was = _session(before)
        if after is None or _place(after) != _place(was):
            others[was] = [after] if after else []
    shown_again = []
    for session in new:
        if session.id in own or any(_is_piece_of(session, one) for one in wanted):
            mine.append(session)
        elif whole := next((was for was in others if _is_piece_of(session, was)), None):
            others[whole].append(session)
        else:
            shown_again.append(session)
    return Effects(
        tuple(wanted),
        _by_start(mine),
        tuple((was, _by_start(others[was])) for was in _by_start(others)),
        _by_start(shown_again),
    )


def _session(image: str) -> Session:
    import json

    fields = json.loads(image)
    return Session(**fields)._replace(estimated=fields["estimated"] == 1)


def _place(session: Session) -> tuple[str, int, int | None]:
    return session.channel, session.start, session.end


def _by_start(found: Sequence[Session] | dict[Session, list[Session]]) -> tuple[Session, ...]:
    return tuple(sorted(found, key=lambda session: (session.start, session.id)))


def _is_piece_of(session: Session, whole: Session) -> bool:
    """Whether a new session is a piece of one that was asked for, or of one that was cut."""
    return lies_in(session, whole) and session.channel == whole.channel and session.source == whole.source
