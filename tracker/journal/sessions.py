"""Sessions: reading them, and the changes a person makes to them by hand.

One rule settles time recorded twice on one channel: what a person recorded wins over what was imported, so imported
time is cut around it; two records by hand never overlap silently - the second is refused, naming the first.
"""

from __future__ import annotations

from tracker.calendar.durations import say_duration
from tracker.locale import _
from tracker.model import BY_HAND, CHECK_LASTS, LONGEST_SESSION, RINGS, Session, TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from tracker.journal.file import Journal

FIELDS = Session._fields
_COLUMNS = ", ".join(f'"{field}"' for field in FIELDS)
_SELECT = f"SELECT {_COLUMNS} FROM session"

#: Imports of what a person or another tracker recorded: as good as by hand, and never cut.
RECORDED = ("csv", "tracker", "timewarrior", "watson", "toggl")


def get(journal: Journal, id: int) -> Session:
    """The session with this id. Raises TrackerError if there is none."""
    row = journal.row(f"{_SELECT} WHERE id = ?", (id,))
    if not row:
        raise TrackerError(_("there is no session {id}; `tracker day` prints the ids").format(id=id))
    return _session(row)


def running(journal: Journal) -> Session | None:
    """The session that runs, if one does."""
    row = journal.row(f'{_SELECT} WHERE "end" IS NULL')
    return _session(row) if row else None


def last(journal: Journal, channel: str | None = None) -> Session | None:
    """The session that ended last (checks apart), on one channel or on any."""
    row = journal.row(
        f"{_SELECT} WHERE \"end\" IS NOT NULL AND source <> 'check' AND (?1 IS NULL OR channel = ?1) "
        "ORDER BY start DESC LIMIT 1",
        (channel,),
    )
    return _session(row) if row else None


def in_span(journal: Journal, lo: int, hi: int, channel: str | None = None) -> list[Session]:
    """The sessions that touch [lo, hi), by start; a running one touches everything after its start."""
    return [_session(row) for row in _rows_in_span(journal, _COLUMNS, lo, hi, channel)]


def spans(journal: Journal, lo: int, hi: int) -> list[tuple[int, str, int, int | None, str, str | None, int]]:
    """(id, channel, start, end, zone, activity, estimated) of what touches [lo, hi): what sums and patterns need.

    Answered from an index alone, as plain tuples: a year of a heavy user is a hundred thousand of them.
    """
    return _rows_in_span(journal, 'id, channel, start, "end", zone, activity, estimated', lo, hi, None)


def first_and_last(journal: Journal) -> tuple[int, int] | None:
    """The starts of the earliest and the latest session; None without any."""
    lo, hi = journal.row("SELECT (SELECT min(start) FROM session), (SELECT max(start) FROM session)")
    return None if lo is None else (lo, hi)


def start(journal: Journal, channel: str, at: int, zone: str, *, now: int, **details: Any) -> Session:
    """Start a session on `channel` at the instant `at`. `details` are further fields of Session.

    Raises TrackerError if another session runs, or if `at` is in the future or inside recorded time of the channel.
    """
    _refuse_second(journal)
    _refuse_future(at, now)
    with journal.action(_("started {channel}").format(channel=channel), now):
        return get(journal, _begin(journal, channel, at, zone, details))


def stop(journal: Journal, at: int, *, now: int) -> Session:
    """End the running session at the instant `at`. Raises TrackerError if none runs or the end cannot be."""
    session = _running(journal)
    with journal.action(_("stopped {channel}").format(channel=session.channel), now):
        return _end(journal, session, at, now)


def cancel(journal: Journal, *, now: int) -> Session:
    """Drop the running session, as if it had not been started; returns what it was."""
    session = _running(journal)
    with journal.action(_("cancelled {channel}").format(channel=session.channel), now):
        journal.change("DELETE FROM session WHERE id = ?", (session.id,))
    return session


def resume(journal: Journal, at: int, zone: str, *, now: int) -> Session:
    """Start again what ended last, with its activity, intention and company. Raises TrackerError if nothing did."""
    _refuse_second(journal)
    before = last(journal)
    if not before:
        raise TrackerError(_("there is nothing to resume yet; start with `tracker start CHANNEL`"))
    kept = {field: getattr(before, field) for field in ("activity", "planned_seconds", "intention", "person", "ring")}
    with journal.action(_("resumed {channel}").format(channel=before.channel), now):
        return get(journal, _begin(journal, before.channel, at, zone, kept))


def switch(journal: Journal, channel: str, at: int, zone: str, *, now: int, **details: Any) -> tuple[Session, Session]:
    """End the running session and start another at the same instant, as one step; returns both."""
    session = _running(journal)
    _refuse_future(at, now)
    with journal.action(_("switched to {channel}").format(channel=channel), now):
        ended = _end(journal, session, at, now)
        return ended, get(journal, _begin(journal, channel, at, zone, details))


def check(journal: Journal, channel: str, at: int, zone: str, note: str | None, *, now: int) -> Session:
    """Record a check: a look of CHECK_LASTS seconds at a channel. Raises TrackerError while that channel runs."""
    _refuse_future(at, now)
    session = running(journal)
    if session and session.channel == channel and at >= session.start:
        raise TrackerError(
            _("{channel} is running: a look there is part of it; `tracker stop` ends it").format(channel=channel)
        )
    with journal.action(_("checked {channel}").format(channel=channel), now):
        return _insert(journal, channel, at, at + CHECK_LASTS, zone, {"note": note, "source": "check"})


def add(journal: Journal, channel: str, start: int, end: int, zone: str, *, now: int, **details: Any) -> Session:
    """Record a session after the fact. Raises TrackerError if it is in the future, too long, or recorded already."""
    _refuse_future(end, now)
    with journal.action(_("logged {channel}").format(channel=channel), now):
        return _insert(journal, channel, start, end, zone, details)


def edit(journal: Journal, id: int, *, now: int, **fields: Any) -> Session:
    """Change fields of a session; what it then overlaps is settled by the rule above.

    Raises TrackerError for a start after the end, a time in the future, or an end taken from a finished session.
    """
    before = get(journal, id)
    after = before._replace(**fields)
    _refuse_future(after.end if after.end is not None else after.start, now)
    if before.end is not None and after.end is None:
        raise TrackerError(_("session {id} has ended; `tracker resume` starts it anew").format(id=id))
    with journal.action(_("edited {what}").format(what=_naming(before)), now):
        _check_span(after.start, after.end)
        if (after.channel, after.start, after.end) != (before.channel, before.start, before.end):
            _make_room(journal, after.channel, after.start, after.end, source=after.source, but=(id,))
            after = after._replace(estimated=after.estimated and after.end == before.end)
        _update(journal, after)
    return get(journal, id)


def split(journal: Journal, id: int, at: int, *, now: int) -> tuple[Session, Session]:
    """Cut a session in two at the instant `at`; the second part keeps all its fields. A running one runs on."""
    session = get(journal, id)
    end = session.end if session.end is not None else now
    if not session.start < at < end:
        raise TrackerError(_("that time is not inside session {id}").format(id=id))
    with journal.action(_("split {what}").format(what=_naming(session)), now):
        _update(journal, session._replace(end=at, estimated=False))
        rest = session._replace(start=at)
        second = _write(journal, rest)
    return get(journal, id), get(journal, second)


def merge(journal: Journal, ids: Sequence[int], *, now: int) -> Session:
    """Make one session of several of the same channel, from the first start to the last end.

    The first keeps its id; empty fields are filled from the others, notes are joined. Raises TrackerError for fewer
    than two, for different channels, or when something else of the channel lies between.
    """
    parts = sorted((get(journal, id) for id in set(ids)), key=lambda part: part.start)
    if len(parts) < 2:
        raise TrackerError(_("merging takes two sessions or more"))
    if len({part.channel for part in parts}) > 1:
        raise TrackerError(_("only sessions of one channel can be merged"))
    whole = _joined(parts)
    with journal.action(_("merged {what}").format(what=_naming(parts[0])), now):
        _check_span(whole.start, whole.end)
        for part in parts[1:]:
            journal.change("DELETE FROM session WHERE id = ?", (part.id,))
        _make_room(journal, whole.channel, whole.start, whole.end, source=whole.source, but=(whole.id,))
        _update(journal, whole)
    return get(journal, whole.id)


def delete(journal: Journal, ids: Sequence[int], *, now: int) -> list[Session]:
    """Delete sessions (undo brings them back); returns what they were."""
    gone = [get(journal, id) for id in dict.fromkeys(ids)]
    with journal.action(_("deleted {what}").format(what=", ".join(_naming(session) for session in gone)), now):
        for session in gone:
            journal.change("DELETE FROM session WHERE id = ?", (session.id,))
    return gone


def people(journal: Journal) -> list[str]:
    """Everybody a session was shared with, the last first."""
    return [
        name
        for (name,) in journal.rows(
            "SELECT person FROM session WHERE person IS NOT NULL GROUP BY person ORDER BY max(start) DESC"
        )
    ]


def _rows_in_span(journal: Journal, columns: str, lo: int, hi: int, channel: str | None) -> list[Any]:
    # No finished session is longer than LONGEST_SESSION, so the index on start bounds the look-back. The running one
    # may be older; it is asked for apart, because in one query SQLite would scan the table for it.
    of_channel = "" if channel is None else " AND channel = :channel"
    values = {"lo": lo, "hi": hi, "since": lo - LONGEST_SESSION, "channel": channel}
    found = journal.connection.execute(
        f'SELECT {columns} FROM session WHERE start >= :since AND start < :hi AND ("end" > :lo OR start >= :lo) '
        f'AND "end" IS NOT NULL{of_channel} ORDER BY start, id',
        values,
    ).fetchall()
    running = journal.connection.execute(
        # SQLite would rather walk the index on start; the one over what runs has a single row.
        f'SELECT {columns} FROM session INDEXED BY one_session_runs WHERE "end" IS NULL AND start < :hi{of_channel}',
        values,
    ).fetchall()
    return sorted(found + running, key=_start_of(columns)) if running else found


def _start_of(columns: str) -> Callable[[Any], tuple[int, int]]:
    place = [name.strip(' "') for name in columns.split(",")].index("start")
    return lambda row: (row[place], row[0])


def _begin(journal: Journal, channel: str, at: int, zone: str, details: dict[str, Any]) -> int:
    journal.ensure_zone(zone)
    _make_room(journal, channel, at, None, source="timer")
    return _write(journal, Session(0, channel, at, None, zone, source="timer")._replace(**details))


def _end(journal: Journal, session: Session, at: int, now: int) -> Session:
    _refuse_future(at, now)
    _check_span(session.start, at)
    _make_room(journal, session.channel, session.start, at, source=session.source, but=(session.id,))
    journal.change('UPDATE session SET "end" = ? WHERE id = ?', (at, session.id))
    return get(journal, session.id)


def _insert(journal: Journal, channel: str, start: int, end: int, zone: str, details: dict[str, Any]) -> Session:
    _check_span(start, end)
    journal.ensure_zone(zone)
    session = Session(0, channel, start, end, zone)._replace(**details)
    _make_room(journal, channel, start, end, source=session.source)
    return get(journal, _write(journal, session))


def _write(journal: Journal, session: Session) -> int:
    marks = ", ".join("?" * (len(FIELDS) - 1))
    return journal.change(f"INSERT INTO session({_COLUMNS.partition(', ')[2]}) VALUES ({marks})", session[1:])


def _update(journal: Journal, session: Session) -> None:
    changes = ", ".join(f'"{field}" = ?' for field in FIELDS[1:])
    journal.change(f"UPDATE session SET {changes} WHERE id = ?", (*session[1:], session.id))


def _make_room(
    journal: Journal, channel: str, start: int, end: int | None, *, source: str, but: tuple[int, ...] = ()
) -> None:
    """Settle what this channel already has in [start, end): imported time is cut, a check gives up its tail.

    Raises TrackerError when something recorded by hand, or by another tracker, is there. Imported time that is itself
    edited or merged (`source` not by hand) counts as touched by a person from then on.
    """
    until = end if end is not None else start + 1
    for other in in_span(journal, start, until, channel):
        if other.id in but or (other.end is not None and other.end <= start):
            continue
        if other.source == "check" and other.start < start:
            # A check's fifteen seconds are nominal: the next record of the channel ends it.
            journal.change('UPDATE session SET "end" = ? WHERE id = ?', (start, other.id))
        elif other.source in (*BY_HAND, *RECORDED) or other.end is None:
            if source == "check" and other.source == "check":
                continue
            raise TrackerError(
                _("{channel} is already recorded then: session {id}, {what}").format(
                    channel=channel, id=other.id, what=_naming(other)
                )
            )
        else:
            cut_out(journal, other, start, until)


def cut_out(journal: Journal, session: Session, lo: int, hi: int) -> None:
    """Take [lo, hi) out of an imported session: shorten it, split it or remove it. Inside an action."""
    end = session.end if session.end is not None else hi
    if session.start < lo and end > hi:
        _write(journal, session._replace(start=hi))
    if session.start < lo:
        _update(journal, session._replace(end=lo, estimated=False))
    elif end > hi:
        _update(journal, session._replace(start=hi))
    else:
        journal.change("DELETE FROM session WHERE id = ?", (session.id,))


def _joined(parts: list[Session]) -> Session:
    whole = parts[0]
    for part in parts[1:]:
        filled = {
            field: getattr(part, field)
            for field in ("activity", "planned_seconds", "intention", "trigger", "person", "ring")
            if getattr(whole, field) is None
        }
        whole = whole._replace(**filled)
    notes = dict.fromkeys(part.note for part in parts if part.note)
    ends = [part.end for part in parts]
    last_end = None if None in ends else max(end for end in ends if end is not None)
    return whole._replace(
        end=last_end,
        note="; ".join(notes) or None,
        estimated=any(part.estimated for part in parts if part.end == last_end),
        source="timer" if last_end is None else whole.source,
    )


def _running(journal: Journal) -> Session:
    session = running(journal)
    if not session:
        raise TrackerError(_("nothing is running; `tracker start CHANNEL` starts a session"))
    return session


def _refuse_second(journal: Journal) -> None:
    session = running(journal)
    if session:
        raise TrackerError(
            _("{channel} is already running (session {id}); `tracker stop` or `tracker switch CHANNEL` first").format(
                channel=session.channel, id=session.id
            )
        )


def _refuse_future(at: int, now: int) -> None:
    # A check lasts fifteen seconds from now, so editing one at once must not be called the future.
    if at > now + CHECK_LASTS:
        raise TrackerError(_("that time is still to come"))


def _check_span(start: int, end: int | None) -> None:
    if end is not None and end < start:
        raise TrackerError(_("a session cannot end before it starts"))
    if end is not None and end - start > LONGEST_SESSION:
        raise TrackerError(_("that session would last over a week; say when it ended with --at"))


def _naming(session: Session) -> str:
    words = [session.channel, session.activity or ""]
    if session.end is not None:
        words.append(say_duration(session.end - session.start))
    return " ".join(word for word in words if word)


def _session(row: Sequence[Any]) -> Session:
    return Session._make((*row[:-1], row[-1] == 1))


def valid_ring(word: str) -> str:
    """The ring that `word` names. Raises TrackerError for any other word."""
    if word.lower() not in RINGS:
        raise TrackerError(_("a ring is one of {rings}, not “{word}”").format(rings=", ".join(RINGS), word=word))
    return word.lower()
