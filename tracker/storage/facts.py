"""What imports have read, and the many sessions they write at once."""

from __future__ import annotations

from operator import itemgetter

from tracker.domain.models import BY_HAND, CHECK_LASTS, LONGEST_SESSION, RECORDED, Session
from tracker.storage.session_rows import COLUMNS, FIELDS, UPDATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from tracker.storage.file import Journal

#: A fact as it was read last: channel, start and end in UTC seconds, how the end was estimated (0 or less: not).
Known = tuple[str, int, int, int]

#: What stands for `estimated` where a fact was read by mistake: from that import on it is as if never read.
GONE = 9

#: Of which import's facts: not of one that was undone.
_STANDS = "action NOT IN (SELECT id FROM action WHERE state IN ('undone', 'dropped'))"

#: Rows are written so many at a time: a statement has a cost of its own, and values are limited to 32,766.
_AT_ONCE = 100

#: From so many new sessions on, logging them one by one is not worth it.
_MANY = 5_000

#: How many sessions are written before progress is told.
_PIECE = 5_000

#: An import touches many pages of many indexes: SQLite's own 2 MB of cache would go round and round.
_CACHE_KB = 65_536


def known(journal: Journal, format: str) -> dict[int, Known]:
    """Every fact of `format` that stands, by key: those of an import that was undone are as if never read."""
    rows = journal.rows(
        'SELECT key, channel, start, "end", estimated FROM imported_fact WHERE format = ? AND '
        f"{_STANDS} ORDER BY action",
        (format,),
    )
    # The last import that stands and read a fact has the say about it.
    latest = {row[0]: row[1:] for row in rows}
    return {key: fact for key, fact in latest.items() if fact[3] != GONE}


def last_used(journal: Journal) -> int:
    """The latest instant at which this file was changed, whatever the clock says now."""
    (latest,) = journal.row("SELECT coalesce(max(at), 0) FROM action")
    return int(latest)


def measured_near(journal: Journal, channel: str, lo: int, hi: int) -> dict[str, list[tuple[int, int, int]]]:
    """(start, end, how the end was estimated) of every measured fact of a channel about [lo, hi), by format.

    "About" is so wide that every session which meets [lo, hi) is there with all of its facts.
    """
    rows = journal.rows(
        'SELECT format, key, start, "end", estimated FROM imported_fact WHERE channel = ? AND start < ? AND "end" >= ? '
        f"AND format NOT IN ({', '.join('?' * len(RECORDED))}) AND {_STANDS} ORDER BY action",
        (channel, hi + LONGEST_SESSION, lo - LONGEST_SESSION, *RECORDED),
    )
    latest = {(format, key): span for format, key, *span in rows}
    found: dict[str, list[tuple[int, int, int]]] = {}
    for (format, _key), (start, end, estimated) in latest.items():
        if estimated != GONE:
            found.setdefault(format, []).append((start, end, estimated))
    return found


def remember(journal: Journal, format: str, action: int, facts: Sequence[tuple[int, str, int, int, int]]) -> None:
    """Note facts (key, channel, start, end, estimated) as read by `action`. Inside that action; quickest by key."""
    _insert(
        journal,
        'imported_fact(action, format, key, channel, start, "end", estimated)',
        "(?1, ?2, ?, ?, ?, ?, ?)",
        facts,
        (action, format),
    )


def imported(journal: Journal, sources: tuple[str, ...], lo: int, hi: int) -> dict[str, list[Session]]:
    """The sessions from these sources that touch [lo, hi], by channel and start."""
    found: dict[str, list[Session]] = {}
    for row in _touching(journal, COLUMNS, sources, lo, hi):
        session = Session._make((*row[:-1], row[-1] == 1))
        found.setdefault(session.channel, []).append(session)
    return found


def recorded(journal: Journal, lo: int, hi: int, *, but: str) -> dict[str, list[tuple[int, int]]]:
    """The time that is taken in [lo, hi], by channel: recorded by hand or by another tracker, source `but` apart.

    A session that runs takes none yet: it takes its time from what is there when it ends. Nor does a check, whose
    seconds nobody measured.
    """
    sources = tuple(source for source in (*BY_HAND, *RECORDED) if source != but)
    found: dict[str, list[tuple[int, int]]] = {}
    for channel, start, end, source in _touching(journal, 'channel, start, "end", source', sources, lo, hi):
        if source != "check" or end - start > CHECK_LASTS:
            found.setdefault(channel, []).append((start, end))
    return found


def places(journal: Journal, lo: int, hi: int) -> set[tuple[str, int, int]]:
    """(channel, start, end) of every session that began in [lo, hi] and has ended."""
    return set(
        journal.rows(
            'SELECT channel, start, "end" FROM session WHERE start BETWEEN ? AND ? AND "end" IS NOT NULL', (lo, hi)
        )
    )


def write(journal: Journal, changed: Iterable[Session], deleted: Iterable[int]) -> None:
    """Set sessions to what they are given as, and delete others by id. Inside an action."""
    journal.change_many("DELETE FROM session WHERE id = ?", ((id,) for id in deleted))
    journal.change_many(UPDATE, ((*session[1:], session.id) for session in changed))


def insert(journal: Journal, added: Sequence[Session], tell: Callable[[float], None]) -> None:
    """Add sessions, whatever their ids, quickest by start; `tell` hears how far that is (0 to 1). Inside an action.

    The zones must be known (`ensure_zone`). Many are logged in one go instead of one by one by triggers, which would
    take longer than the sessions themselves: the same rows, in the same transaction.
    """
    many = len(added) >= _MANY
    quiet = _without_triggers(journal) if many else ()
    (last,) = journal.row("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'session'") if many else (0,)
    for place in range(0, len(added), _PIECE):
        piece = added[place : place + _PIECE]
        used = [at for at, given in enumerate(zip(*piece, strict=True)) if at and given.count(None) < len(given)]
        names, values = ", ".join(f'"{FIELDS[at]}"' for at in used), itemgetter(*used)
        _insert(journal, f"session({names})", f"({', '.join('?' * len(used))})", [values(row) for row in piece])
        tell((place + len(piece)) / len(added))
    if many:
        journal.change(
            'INSERT INTO change("table", row, what) '
            "SELECT 'session', id, 'insert' FROM session WHERE id > ? ORDER BY id",
            (last,),
        )
    for statement in quiet:
        journal.change(statement)


def _without_triggers(journal: Journal) -> list[str]:
    """Take away what runs at each inserted session; returns the statements that put it back."""
    found = journal.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'session' "
        "AND name IN ('session_inserted', 'session_replaced', 'session_zone_inserted')"
    )
    for name, _sql in found:
        journal.change(f"DROP TRIGGER {name}")
    return [sql for _name, sql in found]


def _insert(
    journal: Journal, into: str, marks: str, rows: Sequence[tuple[Any, ...]], first: tuple[Any, ...] = ()
) -> None:
    """Insert rows, many a statement; `first` are values that `marks` names by number and all rows share."""
    journal.change(f"PRAGMA cache_size = -{_CACHE_KB}")
    for size in (_AT_ONCE, 1):
        statement = f"INSERT INTO {into} VALUES {', '.join([marks] * size)}"
        whole = len(rows) - len(rows) % size
        for place in range(0, whole, size):
            values = [value for row in rows[place : place + size] for value in row]
            journal.change(statement, (*first, *values))
        rows = rows[whole:]


def _touching(journal: Journal, columns: str, sources: tuple[str, ...], lo: int, hi: int) -> list[Any]:
    # No session is longer than LONGEST_SESSION, so the index on start bounds the look-back.
    return journal.rows(
        f'SELECT {columns} FROM session WHERE start BETWEEN ? AND ? AND "end" >= ? '
        f"AND source IN ({', '.join('?' * len(sources))}) ORDER BY start, id",
        (lo - LONGEST_SESSION, hi, lo, *sources),
    )
