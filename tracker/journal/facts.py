"""What imports have read: each fact of a source once, however often and in whatever pieces it is imported."""

from __future__ import annotations

from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.journal.file import Journal


class Known(Record):
    """A fact read before: its interval as it was then (UTC seconds), and the session it went into, if any."""

    start: int
    end: int
    session: int | None


def known(journal: Journal, format: str) -> dict[int, Known]:
    """Every fact of `format` that stands: those of an import that was undone are as if never read."""
    rows = journal.rows(
        'SELECT key, start, "end", session FROM imported_fact WHERE format = ? AND action NOT IN '
        "(SELECT id FROM action WHERE state IN ('undone', 'dropped')) ORDER BY key, action",
        (format,),
    )
    # The last import that stands and read a fact has the say about it.
    return {key: Known(start, end, session) for key, start, end, session in rows}


def remember(journal: Journal, format: str, action: int, facts: Iterable[tuple[int, int, int, int | None]]) -> None:
    """Note facts (key, start, end, session) as read by `action`. Inside that action."""
    journal.connection.executemany(
        'INSERT INTO imported_fact(format, key, start, "end", session, action) VALUES (?, ?, ?, ?, ?, ?) '
        'ON CONFLICT(format, key, action) DO UPDATE SET start = excluded.start, "end" = excluded."end", '
        "session = excluded.session",
        ((format, key, start, end, session, action) for key, start, end, session in facts),
    )
