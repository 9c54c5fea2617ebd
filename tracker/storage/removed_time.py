"""Measured time that a person took away: by deleting or shortening a session, or by putting it on another channel.

It is noted as facts of the undo step that did it, of a format of their own and with their channel (the table
`imported_fact`). So undo of that step takes the note back, and it goes along into merged files and exports.
"""

from __future__ import annotations

from tracker.domain.models import BY_PEOPLE, LONGEST_SESSION, RECORDED
from tracker.storage.session_table import in_span
from tracker.storage.time_intervals import subtract, union

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.domain.models import Session
    from tracker.storage.database import Database
    from tracker.storage.time_intervals import Interval

#: SQL for "the import of this fact was not undone".
STANDS = "action NOT IN (SELECT id FROM action WHERE state IN ('undone', 'dropped'))"

#: What the format of such a fact begins with; the format of the measured time follows.
_REMOVED = "removed "

#: SQL for a fact that an import has read.
IS_READ = f"substr(format, 1, {len(_REMOVED)}) <> '{_REMOVED}'"


def is_removal(format: str) -> bool:
    """Whether the facts of this format are those of `note`."""
    return format.startswith(_REMOVED)


def note(database: Database, step: int, before: Iterable[Session], after: Iterable[Session]) -> None:
    """Note in the undo step `step` the measured time that a person took away by deleting or changing sessions.

    `before` are the sessions before it, `after` what there is of them now. Those that were recorded do not matter.
    """
    kept: dict[str, list[Interval]] = {}
    for session in after:
        kept.setdefault(session.channel, []).append((session.start, session.end or session.start))
    for session in before:
        if session.end is None or session.source in BY_PEOPLE:
            continue
        whole = (session.start, max(session.end, session.start + 1), 0)
        removed = [part[:2] for part in subtract([whole], union(kept.get(session.channel, ())))]
        if not removed:
            continue
        for format in _formats_of(database, session):
            database.change_many(
                'INSERT INTO imported_fact(action, key, format, channel, start, "end", estimated) '
                "VALUES (?, ?, ?, ?, ?, ?, 0)",
                [
                    (step, _key(format, session.channel, *part), _REMOVED + format, session.channel, *part)
                    for part in removed
                ],
            )


def of(database: Database, format: str, channel: str, since: int, until: int) -> list[Interval]:
    """The time in [since, until) that a person took away from what this format has measured of a channel."""
    rows: list[Interval] = database.rows(
        'SELECT start, "end" FROM imported_fact WHERE format = ? AND channel = ? AND start < ? AND "end" > ? '
        f"AND {STANDS}",
        (_REMOVED + format, channel, until, since),
    )
    return rows


def without(database: Database, format: str, sessions: Iterable[Session]) -> list[Session]:
    """Sessions of a format that are to be added, without the time that a person took away."""
    parts = []
    for session in sessions:
        start, end = session.start, session.end or session.start
        removed = union(of(database, format, session.channel, start, max(end, start + 1)))
        spans = subtract([(start, end, int(session.estimated))], removed)
        parts += [session._replace(start=first, end=last, estimated=rest > 0) for first, last, rest in spans]
    return parts


def _formats_of(database: Database, session: Session) -> list[str]:
    """The formats of which the facts make a measured session.

    A browser's history is one format whatever the browser is called. Where two formats have facts of this time, the one
    that is shown as another session is not meant.
    """
    end = session.end or session.start
    rows = database.rows(
        'SELECT DISTINCT format FROM imported_fact WHERE channel = ? AND start BETWEEN ? AND ? AND "end" >= ? '
        f"AND format NOT IN ({', '.join('?' * len(RECORDED))}) AND {IS_READ} AND {STANDS}",
        (session.channel, session.start - LONGEST_SESSION, end, session.start, *RECORDED),
    )
    formats = [format for (format,) in rows]
    if session.source in formats:
        return [session.source]
    others = {other.source for other in in_span(database, session.start, end + 1, session.channel)} - {session.source}
    return [format for format in formats if format not in others] or formats


def _key(*values: object) -> int:
    """A key of 64 bits, the same on every machine."""
    from hashlib import blake2b

    return int.from_bytes(blake2b(repr(values).encode(), digest_size=8).digest(), "big", signed=True)
