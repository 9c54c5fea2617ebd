"""Undo steps: each change of the user's is one transaction and one step that undo can take back.

Triggers write every change of a row into the table `change`. A step is a row of `action`: the range of changes that its
statements caused, and the sentence that history shows. Changes behind the last step are another program's; they get
steps of their own before ours begins. An automatic import is a step too, with the entry of the setting `sources` that
it is of: it is no step of the user's.

The program tells the user about a change from what the log says was really written (`effects_on_sessions`): in the
question about an overlap, which is asked before, and in the message after it. The screens ask the log what changed
since they were drawn (`follow_log`, `touched_from`).
"""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import BY_PEOPLE, DAY, Effects, Session, lies_in
from tracker.files.file_access import lazy_context
from tracker.locale import _
from tracker.storage.database import record_of
from tracker.storage.imported_facts import IS_READ
from tracker.storage.last_touch import follow, say_reattributed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from tracker.domain.models import Reattributed
    from tracker.storage.database import Database


#: How long undo reaches back, in seconds.
UNDO_LASTS = 30 * DAY

#: Old steps are deleted at every so many steps: not by the clock, which may be wrong, and not each time, for speed.
FORGETS_EVERY = 50

#: The column that says when a row of these tables happened.
_TIMES = {"session": "start", "urge": "at", "outcome": "at", "notification": "at"}
#: Changes to these tables change no recorded time.
_TIMELESS = (
    *("habit", "habit_day", "pause", "person", "pattern_mark", "spend"),
    *("estimate", "review", "verdict", "commitment"),
)

#: More changes than these are not looked at one by one.
_FEW = 50


@lazy_context
def undo_step(
    database: Database, says: str, now: int, about: tuple[str, int] | None = None, *, source: str | None = None
) -> Generator[int, None, None]:
    """One change of the user's: all of it or nothing, and one step for undo; `with` gives the step's id.

    `says` is the sentence that history and undo show. A step inside a step is part of it. A step that changes nothing
    leaves no trace. `about` names a row (its table and id): if the last step added that row, the change becomes part of
    that step, and one undo takes both back. `source` is the entry of the setting `sources` whose automatic import the
    step is: it leaves what can be redone as it is. Raises TrackerError when the file cannot be written.
    """
    if database.step is not None:
        yield database.step
        return
    with database.transaction():
        adopt_foreign_changes(database)
        database.reattributed = []
        database.reattributing = database.reattributing or []
        step = _continued_step(database, about) if about else None
        step = step or begin_step(database, says, now, state="done", source=source)
        database.step = step
        try:
            if step % FORGETS_EVERY == 0:
                _forget_old_steps(database)
            yield step
        finally:
            database.step = None
        _finish(database, step, source)


def _continued_step(database: Database, about: tuple[str, int]) -> int | None:
    """The last step, if it added the row that the next step is about."""
    row = database.row(
        "SELECT id FROM (SELECT * FROM action ORDER BY id DESC LIMIT 1) AS latest WHERE state = 'done' AND EXISTS ("
        'SELECT 1 FROM change WHERE change.id BETWEEN first AND last AND "table" = ? AND row = ? '
        "AND what = 'insert')",
        about,
    )
    return int(row[0]) if row else None


def _finish(database: Database, step: int, source: str | None) -> None:
    first, last, undone, moved = end_step(database, step)
    # Where an import moves measured time it says so itself.
    if moved and not database.row(f"SELECT 1 FROM imported_fact WHERE action = ? AND {IS_READ} LIMIT 1", (step,)):
        from tracker.storage import measured_time  # which few steps need

        measured_time.note_changes(database, step, first, last)
    reattributed = follow(database, first) if last >= first else []
    if reattributed:
        end_step(database, step)
        database.say_also(say_reattributed(reattributed, lasting=True), step)
        ids = {outcome.id for outcome in reattributed}
        earlier = [outcome for outcome in database.reattributing or () if outcome.id not in ids]
        database.reattributing = [*earlier, *reattributed]
    if last >= first or database.row("SELECT 1 FROM imported_fact WHERE action = ?", (step,)):
        if undone and source is None:
            database.change("UPDATE action SET state = 'dropped' WHERE state = 'undone'")
    else:
        database.change("DELETE FROM action WHERE id = ?", (step,))


def begin_step(
    database: Database, says: str, now: int, state: str | None, target: int | None = None, source: str | None = None
) -> int:
    """Begin a step, to which all changes until `end_step` belong; returns its id."""
    return database.change(
        "INSERT INTO action(at, says, state, target, source, first, last) "
        "SELECT ?, ?, ?, ?, ?, coalesce(max(id), 0) + 1, coalesce(max(id), 0) FROM change",
        (now, says, state, target, source),
    )


#: Whether measured time was moved, cut or deleted in a step. Where a channel was renamed, its facts were, too.
_MOVED = (
    "EXISTS (SELECT 1 FROM change WHERE change.id BETWEEN first AND last AND what <> 'insert' "
    f"AND \"table\" = 'session' AND json_extract(before, '$.source') NOT IN ({', '.join(map(repr, BY_PEOPLE))}) "
    "AND json_extract(before, '$.channel') IN (SELECT name FROM channel))"
)


def end_step(database: Database, step: int) -> tuple[int, int, bool, bool]:
    """End a step with the last change so far.

    Returns its first and last change (last < first for none), whether there are undone steps, and `_MOVED`.
    """
    row: tuple[int, int, bool, bool] = database.row(
        "UPDATE action SET last = (SELECT coalesce(max(id), 0) FROM change) WHERE id = ? "
        f"RETURNING first, last, EXISTS (SELECT 1 FROM action AS other WHERE other.state = 'undone'), {_MOVED}",
        (step,),
    )
    return row


def take_reattributed(database: Database) -> list[Reattributed]:
    """The outcomes to which the step being written, else the last one, gave another channel.

    Those of the last one are returned once.
    """
    moved, database.reattributed = database.reattributing or database.reattributed, []
    return moved


def foreign_changes(database: Database) -> list[tuple[int, str, int, int, int]]:
    """What other programs changed since our last step: (UTC ms, tables, rows, first id, last id) of each statement."""
    statements: list[tuple[int, str, int, int, int]] = database.rows(
        # After the clock was set back the same instant may occur twice, with others in between.
        'SELECT at, group_concat(DISTINCT "table"), count(DISTINCT "table" || row), min(id), max(id) FROM (SELECT *, '
        "id - row_number() OVER (PARTITION BY at ORDER BY id) AS run FROM change "
        "WHERE id > coalesce((SELECT last FROM action ORDER BY id DESC LIMIT 1), 0)) "
        "GROUP BY at, run ORDER BY min(id)"
    )
    return statements


def adopt_foreign_changes(database: Database) -> None:
    """Give changes of other programs (`sqlite3`, Datasette) a step each, so that undo can take them back.

    Changes of one statement have the same instant, cascades included, and are one step. Inside a transaction.
    """
    statements = foreign_changes(database)
    for at, tables, count, first, last in statements:
        database.change("UPDATE action SET state = 'dropped' WHERE state = 'undone'")
        step = database.change(
            "INSERT INTO action(at, says, state, first, last) VALUES (?, ?, 'done', ?, ?)",
            (at // 1000, say_foreign(tables, count), first, last),
        )
        if "session" in tables.split(","):
            from tracker.storage import measured_time

            measured_time.note_changes(database, step, first, last)
        for (zone,) in database.rows("SELECT name FROM zone WHERE name NOT IN (SELECT zone FROM zone_offset)"):
            try:
                database.ensure_zone(zone)
            except TrackerError:
                continue  # an unknown zone has no offsets, and `doctor` names it
    if statements and follow(database, statements[0][3]):
        # Part of the last of these steps: outcomes follow their sessions, whichever program changed them.
        database.change("UPDATE action SET last = (SELECT max(id) FROM change) WHERE id = (SELECT max(id) FROM action)")


def say_foreign(tables: str, count: int) -> str:
    """The sentence for a change by another program."""
    return _("another program changed {table} ({count})").format(table=tables.replace(",", ", "), count=count)


def _forget_old_steps(database: Database) -> None:
    """Delete the steps that undo can no longer reach; the last change stays, so that ids only grow."""
    last = last_out_of_reach(database.stream("SELECT id, at FROM action ORDER BY id DESC"))
    if last is None:
        return
    from tracker.storage import identities, imported_facts, measured_time

    identities.fold_changes(database)
    imported_facts.keep_unwanted_facts(database, last)
    measured_time.keep_changes(database, last)
    database.change(
        "DELETE FROM imported_fact WHERE action IN "
        "(SELECT id FROM action WHERE id <= ? AND state IN ('undone', 'dropped'))",
        (last,),
    )
    database.change("DELETE FROM action WHERE id <= ?", (last,))
    database.change(
        "DELETE FROM change WHERE id < (SELECT first FROM action ORDER BY id LIMIT 1) "
        "AND id < (SELECT max(id) FROM change)"
    )


def last_out_of_reach(newest_first: Iterable[tuple[int, int]]) -> int | None:
    """The id of the newest of these steps (id, at) that is older than UNDO_LASTS; None where none is.

    The clock may be wrong by a century either way, so the age is the sum of the times between the steps. A step was
    made no later than any step after it. Between two steps at most a day is counted: one wrong clock makes all steps
    before it a day older at most.
    """
    age, later = 0, None
    for id, at in newest_first:
        if later is not None:
            at = min(at, later)
            age += min(later - at, DAY)
        if age > UNDO_LASTS:
            return id
        later = at
    return None


def last_change(database: Database, now: int) -> int | None:
    """When the file was last changed by any program, in UTC seconds; instants after `now` are ignored."""
    at: int | None
    at, last = database.row("SELECT max(at) FILTER (WHERE at <= ?), max(last) FROM action", (now,))
    (foreign,) = database.row("SELECT max(at) FROM change WHERE id > ? AND at <= ?", (last or 0, now * 1000))
    return at if foreign is None else max(at or 0, foreign // 1000)


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


def effects_on_sessions(
    database: Database, since: int, wanted: Sequence[Session], seen: Sequence[Session] = ()
) -> Effects:
    """What was done since a `log_position`; `seen` are those of `wanted` that existed, as they were."""
    # Each session as it was before its first change, None for a new one; and as it is, None for one that is gone.
    changed: dict[int, tuple[Session | None, Session | None]] = {}
    count = len(Session._fields)
    for *fields, id in database.rows(_CHANGED_SESSIONS, (since,)):
        before, now = (None if row[0] is None else record_of(Session, row) for row in (fields[:count], fields[count:]))
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


def last_entry(database: Database) -> tuple[int, int]:
    """The last entry of the change log: its number, and its time in milliseconds; zeros before the first."""
    row = database.row("SELECT id, at FROM change ORDER BY id DESC LIMIT 1")
    return (row[0], row[1]) if row else (0, 0)


def follow_log(database: Database, entry: tuple[int, int]) -> tuple[bool, tuple[int, int]]:
    """Whether the change log still holds this earlier `last_entry`, and its last entry now.

    It does not where a backup was restored since.
    """
    number, at = entry
    times = dict(database.rows("SELECT id, at FROM change WHERE id IN (?, (SELECT max(id) FROM change))", (number,)))
    latest = max(times.items(), default=(0, 0))
    return times[number] == at if number in times else latest[0] >= number, latest  # entries are deleted after a month


def touched_from(database: Database, since: int) -> int | None:
    """The earliest instant that the changes after the number `since` concern; None where they concern none.

    0 where they may concern any: a channel's kind, what was said of a day, many changes at once.
    """
    import json  # here, because most changes ask for nothing of this

    rows = database.rows('SELECT "table", row, before FROM change WHERE id > ? LIMIT ?', (since, _FEW + 1))
    if len(rows) > _FEW or database.log_position() < since:  # a backup was restored
        return 0
    instants: list[int] = []
    for table, row, before in rows:
        if table in _TIMELESS:
            continue
        if table not in _TIMES:
            return 0
        now = database.row(f"SELECT {_TIMES[table]} FROM {table} WHERE id = ?", (row,))
        instants += [now[0]] if now else []
        instants += [json.loads(before)[_TIMES[table]]] if before else []
    return min(instants, default=None)
