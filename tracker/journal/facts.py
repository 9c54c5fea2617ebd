"""What imports have read, and the many sessions they write at once."""

from __future__ import annotations

from tracker.journal.overlaps import RECORDED
from tracker.model import BY_HAND, LONGEST_SESSION, Session
from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from tracker.journal.file import Journal

FIELDS = Session._fields
_COLUMNS = ", ".join(f'"{field}"' for field in FIELDS)


class Known(Record):
    """A fact read before, as it was read last: channel, interval in UTC seconds, how its end was estimated (0: not)."""

    channel: str
    start: int
    end: int
    estimated: int


def known(journal: Journal, format: str) -> dict[int, Known]:
    """Every fact of `format` that stands, by key: those of an import that was undone are as if never read."""
    rows = journal.rows(
        'SELECT key, channel, start, "end", estimated FROM imported_fact WHERE format = ? AND action NOT IN '
        "(SELECT id FROM action WHERE state IN ('undone', 'dropped')) ORDER BY key, action",
        (format,),
    )
    # The last import that stands and read a fact has the say about it.
    return {row[0]: Known._make(row[1:]) for row in rows}


def remember(journal: Journal, format: str, action: int, facts: Iterable[tuple[int, str, int, int, int]]) -> None:
    """Note facts (key, channel, start, end, estimated) as read by `action`. Inside that action; quickest by key."""
    journal.connection.executemany(
        'INSERT INTO imported_fact(format, action, key, channel, start, "end", estimated) VALUES (?, ?, ?, ?, ?, ?, ?)',
        ((format, action, *fact) for fact in facts),
    )


def imported(journal: Journal, sources: tuple[str, ...], lo: int, hi: int) -> dict[str, list[Session]]:
    """The sessions from these sources that touch [lo, hi], by channel and start."""
    found: dict[str, list[Session]] = {}
    for row in _touching(journal, _COLUMNS, sources, lo, hi):
        session = Session._make((*row[:-1], row[-1] == 1))
        found.setdefault(session.channel, []).append(session)
    return found


def recorded(journal: Journal, lo: int, hi: int, *, but: str) -> dict[str, list[tuple[int, int]]]:
    """The time that is taken in [lo, hi], by channel: recorded by hand or by another tracker, source `but` apart.

    A session that runs takes everything from its start on.
    """
    sources = tuple(source for source in (*BY_HAND, *RECORDED) if source != but)
    found: dict[str, list[tuple[int, int]]] = {}
    for channel, start, end in _touching(journal, 'channel, start, "end"', sources, lo, hi):
        found.setdefault(channel, []).append((start, end))
    for channel, start in journal.rows('SELECT channel, start FROM session WHERE "end" IS NULL AND start <= ?', (hi,)):
        found.setdefault(channel, []).append((start, max(start, hi) + LONGEST_SESSION))
    return found


def write(journal: Journal, added: Iterable[Session], changed: Iterable[Session], deleted: Iterable[int]) -> None:
    """Insert sessions (whatever their ids), set others to what they are given as, and delete by id. In an action."""
    journal.connection.executemany("DELETE FROM session WHERE id = ?", ((id,) for id in deleted))
    changes = ", ".join(f'"{field}" = ?' for field in FIELDS[1:])
    journal.connection.executemany(
        f"UPDATE session SET {changes} WHERE id = ?", ((*session[1:], session.id) for session in changed)
    )
    journal.connection.executemany(
        f"INSERT INTO session({_COLUMNS.partition(', ')[2]}) VALUES ({', '.join('?' * (len(FIELDS) - 1))})",
        (session[1:] for session in added),
    )


def _touching(journal: Journal, columns: str, sources: tuple[str, ...], lo: int, hi: int) -> list[Any]:
    # No session is longer than LONGEST_SESSION, so the index on start bounds the look-back.
    return journal.rows(
        f'SELECT {columns} FROM session WHERE start BETWEEN ? AND ? AND "end" >= ? '
        f"AND source IN ({', '.join('?' * len(sources))}) ORDER BY start, id",
        (lo - LONGEST_SESSION, hi, lo, *sources),
    )
