"""Sessions as they are stored: finding them, and writing one row. What may be written is decided in `sessions`."""

from __future__ import annotations

from itertools import islice

from tracker.domain.models import BY_HAND, LONGEST_SESSION, RECORDED, Session, SessionColumns, TrackerError
from tracker.domain.text import named, same_name
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from sqlite3 import Cursor
    from typing import Any

    from tracker.storage.file import Journal

FIELDS = Session._fields
COLUMNS = ", ".join(f'"{field}"' for field in FIELDS)
UPDATE = "UPDATE session SET " + ", ".join(f'"{field}" = ?' for field in FIELDS[1:]) + " WHERE id = ?"
_SELECT = f"SELECT {COLUMNS} FROM session"

#: What the index session_by_hand holds, in the very words SQLite needs to see to use it.
_BY_HAND = "source IN ('timer', 'log') AND \"end\" IS NOT NULL"


def get(journal: Journal, id: int) -> Session:
    """The session with this id. Raises TrackerError if there is none."""
    session = find(journal, id)
    if not session:
        raise TrackerError(_("there is no session {id}").format(id=id), _("`tracker day` prints the ids"))
    return session


def find(journal: Journal, id: int) -> Session | None:
    """The session with this id, if it is there."""
    row = journal.row(f"{_SELECT} WHERE id = ?", (id,))
    return _session(row) if row else None


def running(journal: Journal) -> Session | None:
    """The session that runs, if one does."""
    row = journal.row(f'{_SELECT} WHERE "end" IS NULL')
    return _session(row) if row else None


def last(journal: Journal, channel: str | None = None) -> Session | None:
    """The last session that a person timed or logged and that has ended, on one channel or on any; checks apart."""
    of_channel = "" if channel is None else " AND channel = ?"
    row = journal.row(
        f"{_SELECT} WHERE {_BY_HAND}{of_channel} ORDER BY start DESC, id DESC LIMIT 1",
        () if channel is None else (channel,),
    )
    return _session(row) if row else None


def combinations(journal: Journal, channel: str, most: int) -> list[tuple[str | None, str | None, int | None, int]]:
    """(activity, intention, planned_seconds, last start) a person began `channel` with, the last first, each once.

    Sessions that said none of them are left out; so is what lies further back than the last few hundred.
    """
    found: list[tuple[str | None, str | None, int | None, int]] = journal.rows(
        "SELECT activity, intention, planned_seconds, max(start) FROM (SELECT activity, intention, planned_seconds, "
        f"start FROM session WHERE {_BY_HAND} AND channel = ? ORDER BY start DESC LIMIT 300) "
        "WHERE coalesce(activity, intention, planned_seconds) IS NOT NULL "
        "GROUP BY 1, 2, 3 ORDER BY max(start) DESC LIMIT ?",
        (channel, most),
    )
    return found


def in_span(journal: Journal, lo: int, hi: int, channel: str | None = None) -> list[Session]:
    """The sessions that touch [lo, hi), by start; a running one touches everything after its start."""
    return [_session(row) for row in _rows_in_span(journal, COLUMNS, lo, hi, None if channel is None else (channel,))]


def spans(
    journal: Journal, lo: int, hi: int, only: Collection[str] | None = None
) -> list[tuple[int, str, int, int | None, str, str | None, int]]:
    """(id, channel, start, end, zone, activity, estimated) of what touches [lo, hi): what sums and patterns need.

    Of every channel, or of those in `only`, by start. Answered from an index alone, as plain tuples: a year of a heavy
    user is a hundred thousand of them.
    """
    # In the index's own order: to put those of one start by their ids would cost half as much again.
    return _rows_in_span(journal, 'id, channel, start, "end", zone, activity, estimated', lo, hi, only, order="start")


def spans_in_columns(journal: Journal, lo: int, hi: int, only: Collection[str] | None = None) -> SessionColumns:
    """The same, in columns: what is done to many sessions at once needs no object for each of them."""
    # Where everything was recorded in one zone it need not be read half a million times.
    zones = journal.zones()
    names = [*SessionColumns._fields[:-1], *(SessionColumns._fields[-1:] if len(zones) != 1 else ())]
    columns: list[list[Any]] = [[] for _name in SessionColumns._fields]
    channel = SessionColumns._fields.index("channel")
    known: dict[str, str] = {}  # a name is kept once, not as often as it was read
    for rows in _many_in_span(journal, ", ".join(f'"{name}"' for name in names), lo, hi, only):
        for column, values in zip(columns[: len(names)], zip(*rows, strict=True), strict=True):
            column.extend(values if column is not columns[channel] else map(known.setdefault, values, values))
    found = SessionColumns._make(columns)
    if len(zones) == 1:
        found.zone.extend(zones * len(found.id))
    return found


def planned(journal: Journal, lo: int, hi: int) -> dict[int, int]:
    """The planned seconds, by id, of the sessions that began in [lo, hi) with a plan."""
    return dict(
        journal.rows(
            "SELECT id, planned_seconds FROM session INDEXED BY session_by_meaning "
            "WHERE planned_seconds IS NOT NULL AND start >= ? AND start < ?",
            (lo, hi),
        )
    )


def measured(journal: Journal, ids: Iterable[int]) -> set[int]:
    """Those of the sessions with these ids that a phone, a browser or the like measured."""
    found: set[int] = set()
    # SQLite takes 32,766 values in one statement.
    wanted = iter(ids)
    recorded = ", ".join("?" * len(BY_HAND + RECORDED))
    while some := tuple(islice(wanted, 10_000)):
        marks = ", ".join("?" * len(some))
        rows = journal.rows(
            f"SELECT id FROM session WHERE id IN ({marks}) AND source NOT IN ({recorded})",
            (*some, *BY_HAND, *RECORDED),
        )
        found.update(id for (id,) in rows)
    return found


def meant(journal: Journal, lo: int, hi: int) -> dict[int, tuple[bool, int | None]]:
    """(whether an intention was said, planned seconds), by id, of the sessions in [lo, hi) that said either of them."""
    rows = journal.rows(
        "SELECT id, intention IS NOT NULL, planned_seconds FROM session INDEXED BY session_by_meaning "
        "WHERE start >= ? AND start < ? AND (intention IS NOT NULL OR planned_seconds IS NOT NULL)",
        (lo - LONGEST_SESSION, hi),
    )
    return {id: (said == 1, planned) for id, said, planned in rows}


def first_and_last(journal: Journal) -> tuple[int, int] | None:
    """The starts of the earliest and the latest session; None without any."""
    lo, hi = journal.row("SELECT (SELECT min(start) FROM session), (SELECT max(start) FROM session)")
    return None if lo is None else (lo, hi)


def people(journal: Journal) -> list[str]:
    """Everybody a session was shared with, the last first."""
    found: dict[str, str] = {}
    for (name,) in journal.rows(
        "SELECT person FROM session WHERE person IS NOT NULL GROUP BY person COLLATE NOCASE ORDER BY max(start) DESC"
    ):
        found.setdefault(same_name(name), named(name))
    return list(found.values())


def write(journal: Journal, session: Session) -> int:
    """Insert a session, its own id left aside; returns the new id. Inside an action."""
    marks = ", ".join("?" * (len(FIELDS) - 1))
    return journal.change(f"INSERT INTO session({COLUMNS.partition(', ')[2]}) VALUES ({marks})", session[1:])


def update(journal: Journal, session: Session) -> None:
    """Write every field of a session that is there. Inside an action."""
    journal.change(UPDATE, (*session[1:], session.id))


def refuse_future(at: int, now: int) -> None:
    """Raises TrackerError for an instant after `now`."""
    if at > now:
        raise TrackerError(_("that time is still to come"))


def check_span(start: int, end: int | None) -> None:
    """Raises TrackerError for an end before its start, or a session longer than any is."""
    if end is not None and end < start:
        raise TrackerError(_("a session cannot end before it starts"))
    if end is not None and end - start > LONGEST_SESSION:
        raise TrackerError(_("that session would last over a week"), _("say when it ended with --at"))


def _rows_in_span(
    journal: Journal, columns: str, lo: int, hi: int, only: Collection[str] | None, order: str = "start, id"
) -> list[Any]:
    ended, running = _in_span(journal, columns, lo, hi, only, order)
    found = journal.fetched(ended, None)
    return sorted(found + running, key=_start_of(columns)) if running else found


def _many_in_span(
    journal: Journal, columns: str, lo: int, hi: int, only: Collection[str] | None
) -> Iterator[Sequence[Sequence[Any]]]:
    """The same rows by start, some at a time: a thousand tuples that are made again and again cost a third less than
    half a million of them."""
    ended, running = _in_span(journal, columns, lo, hi, only, "start")
    start = _start_of(columns)
    while rows := journal.fetched(ended, 1000):
        if running and start(running[0]) < start(rows[-1]):
            rows, running = sorted(rows + running, key=start), []
        yield rows
    if running:
        yield running


def _in_span(
    journal: Journal, columns: str, lo: int, hi: int, only: Collection[str] | None, order: str
) -> tuple[Cursor, list[Any]]:
    """The sessions that have ended, still to be fetched, and the one that runs."""
    # No finished session is longer than LONGEST_SESSION, so the index on start bounds the look-back. The running one
    # may be older; it is asked for apart, because in one query SQLite would scan the table for it.
    # Few channels are looked up one by one, of a span every row is looked at: the + keeps SQLite from choosing else.
    if only is not None and not only:
        return journal.connection.execute("SELECT NULL WHERE 0"), []  # SQLite finds no way to look for nobody
    where, names = _one_of(only, "+channel" if only and len(only) > 1 else "channel")
    values = {"lo": lo, "hi": hi, "since": lo - LONGEST_SESSION} | names
    ended = journal.cursor(
        f'SELECT {columns} FROM session WHERE start >= :since AND start < :hi AND ("end" > :lo OR start >= :lo) '
        f'AND "end" IS NOT NULL{where} ORDER BY {order}',
        values,
    )
    running = journal.cursor(
        # SQLite would rather walk the index on start; the one over what runs has a single row.
        f'SELECT {columns} FROM session INDEXED BY one_session_runs WHERE "end" IS NULL AND start < :hi{where}',
        values,
    ).fetchall()
    return ended, running


def _one_of(only: Collection[str] | None, column: str = "channel") -> tuple[str, dict[str, str]]:
    """SQL that narrows a query to some channels, and its values by name; nothing for None, nobody for none."""
    if only is None:
        return "", {}
    names = {f"channel{place}": name for place, name in enumerate(only)}
    return f" AND {column} IN ({', '.join(f':{place}' for place in names)})", names


def _start_of(columns: str) -> Callable[[Any], tuple[int, int]]:
    place = [name.strip(' "') for name in columns.split(",")].index("start")
    return lambda row: (row[place], row[0])


def _session(row: Sequence[Any]) -> Session:
    return Session._make((*row[:-1], row[-1] == 1))
