"""Writing, one undo step at a time: all of it or nothing, in turn with every other program that writes.

A step is the run of rows that its statements left in the change log, so the triggers that write the log need to know
nothing about steps. Rows after the last step's are another program's; they get steps of their own before ours begins.
"""

from __future__ import annotations

import sqlite3

from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.storage.opening import VERSION, newer
from tracker.storage.touches import follow, say_moved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType

    from tracker.storage.file import Journal

#: How long undo reaches back, in seconds.
UNDO_LASTS = 30 * 86_400

#: At every so many steps the old ones are dropped: not by the clock, which may be wrong, nor each time, for speed.
FORGETS_EVERY = 50

_DAY = 86_400


class Transaction:
    """BEGIN IMMEDIATE to COMMIT: a writer that waits its turn instead of being refused half-way.

    Within one that is open already it is part of that one. Leaving it by an exception takes everything back, and
    whatever SQLite refused (locked for five seconds, read-only, disk full) leaves it as a TrackerError. `before` and
    `after` are statements to run right before its BEGIN, and when it has ended.
    """

    def __init__(self, journal: Journal, before: Sequence[str] = (), after: Sequence[str] = ()) -> None:
        self._journal = journal
        self._outermost = False
        self._before, self._after = before, after
        self._changes = 0

    def __enter__(self) -> None:
        journal = self._journal
        if journal.connection.in_transaction:
            return
        self._outermost = True
        try:
            journal.verify()  # may open the file anew: what is set up before a transaction is set up now
            if journal.refusal:
                raise TrackerError(journal.refusal)
            for statement in self._before:
                journal.connection.execute(statement)
            journal.connection.execute("BEGIN IMMEDIATE")
            journal.writing, self._changes = True, journal.connection.total_changes
            if journal.row("PRAGMA user_version")[0] != VERSION:
                raise newer(journal.path)
            journal.after_begin()
        except BaseException as error:
            self._take_back(error)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._outermost:
            return
        if error is None:
            try:
                self._journal.connection.execute("COMMIT")
            except sqlite3.Error as refused:
                error = refused
            else:
                self._journal.writing = False
                if self._journal.cache:
                    self._journal.cache.committed(self._journal.connection.total_changes - self._changes)
                self._journal.after_commit()
                if self._journal.moving is not None:
                    self._journal.moved, self._journal.moving = self._journal.moving, None
                self._tidy()
        if error is not None:
            self._take_back(error)

    def _tidy(self) -> None:
        for statement in self._after:
            try:
                self._journal.connection.execute(statement)
            except sqlite3.Error:
                continue  # it was not set up: the transaction never began

    def _take_back(self, error: BaseException) -> None:
        self._journal.moving, self._journal.writing = None, False
        if self._journal.cache:
            self._journal.cache.rolled_back()
        try:
            if self._journal.connection.in_transaction:
                self._journal.connection.execute("ROLLBACK")
        except sqlite3.Error:
            pass  # SQLite has rolled back by itself; what it refused is told below
        self._tidy()
        if isinstance(error, (sqlite3.Error, UnicodeError, OverflowError)):
            raise TrackerError(
                _("cannot write {path}: {reason}").format(path=self._journal.path, reason=self._journal.why(error))
            ) from None


def attempt(journal: Journal, write: Callable[[], object]) -> None:
    """Write what may be lost, without waiting for the disk nor for another program; nothing where it is refused.

    Within a transaction that is open already it is part of that one.
    """
    if journal.connection.in_transaction:
        write()
        return
    hasty = ("PRAGMA busy_timeout = 0", "PRAGMA synchronous = NORMAL")
    careful = ("PRAGMA synchronous = FULL", "PRAGMA busy_timeout = 5000")
    try:
        with Transaction(journal, hasty, careful):
            write()
    except (TrackerError, sqlite3.Error):
        return


class Snapshot:
    """BEGIN to COMMIT around reads: all of them see one state of the file, whatever other programs write meanwhile.

    Within a transaction that is open already it is part of that one. Alone it refuses to write: a change would not
    have waited its turn, nor become a step.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal, self._connection = journal, journal.connection
        self._outermost = False

    def __enter__(self) -> None:
        self._outermost = not self._connection.in_transaction
        if self._outermost:
            self._connection.execute("PRAGMA query_only = ON")
            self._connection.execute("BEGIN")
            if self._journal.cache:
                self._journal.data_version()  # begins the snapshot: what is remembered is of this state of the file

    def __exit__(self, *exception: object) -> None:
        if self._outermost:
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")
            self._connection.execute("PRAGMA query_only = OFF")


class Step:
    """One change of the user's, and one step for undo; `with` gives the step's id.

    A step within a step is part of it. A step in which nothing changed leaves no trace. `about` names a row (its table
    and id): where the very last step is the one that added it, this becomes part of it, and one undo takes back both.
    """

    def __init__(self, journal: Journal, says: str, now: int, about: tuple[str, int] | None = None) -> None:
        self._journal = journal
        self._says = says
        self._now = now
        self._about = about
        self._transaction = Transaction(journal)
        self._outermost = False

    def __enter__(self) -> int:
        journal = self._journal
        if journal.step is not None:
            return journal.step
        self._transaction.__enter__()
        try:
            adopt_foreign_changes(journal)
            journal.moved = []
            journal.moving = journal.moving or []
            journal.step = self._goes_on() or open_step(journal, self._says, self._now, state="done")
            if journal.step % FORGETS_EVERY == 0:
                _forget_old_steps(journal)
        except BaseException as error:
            self._transaction.__exit__(type(error), error, None)
            raise
        self._outermost = True
        return journal.step

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        step = self._journal.step
        if not self._outermost or step is None:
            return
        self._journal.step = None
        if error is None:
            try:
                self._finish(step)
            except BaseException as refused:
                self._transaction.__exit__(type(refused), refused, None)
                raise
        self._transaction.__exit__(kind, error, trace)

    def _goes_on(self) -> int | None:
        """The last step, if it is the one that added the row this step is about."""
        if self._about is None:
            return None
        row = self._journal.row(
            "SELECT id FROM (SELECT * FROM action ORDER BY id DESC LIMIT 1) AS latest WHERE state = 'done' AND EXISTS ("
            'SELECT 1 FROM change WHERE change.id BETWEEN first AND last AND "table" = ? AND row = ? '
            "AND what = 'insert')",
            self._about,
        )
        return int(row[0]) if row else None

    def _finish(self, step: int) -> None:
        journal = self._journal
        moved = follow(journal, journal.row("SELECT first FROM action WHERE id = ?", (step,))[0])
        if moved:
            add_to_step(journal, step, say_moved(moved, lasting=True))
            again = {one.id for one in moved}
            journal.moving = [*(one for one in journal.moving or () if one.id not in again), *moved]
        if close_step(journal, step) or journal.row("SELECT 1 FROM imported_fact WHERE action = ?", (step,)):
            journal.change("UPDATE action SET state = 'dropped' WHERE state = 'undone'")
        else:
            journal.change("DELETE FROM action WHERE id = ?", (step,))


def open_step(journal: Journal, says: str, now: int, state: str | None, target: int | None = None) -> int:
    """Begin a step: changes from here on are its own, up to `close_step`. Returns its id."""
    return journal.change(
        "INSERT INTO action(at, says, state, target, first, last) "
        "SELECT ?, ?, ?, ?, coalesce(max(id), 0) + 1, coalesce(max(id), 0) FROM change",
        (now, says, state, target),
    )


def add_to_step(journal: Journal, step: int, says: str) -> None:
    """Let a step that is being written say something more, which is known only now."""
    journal.change("UPDATE action SET says = says || ? WHERE id = ?", (_("; ") + says, step))


def close_step(journal: Journal, step: int) -> bool:
    """End a step; returns whether anything changed in it."""
    journal.change("UPDATE action SET last = (SELECT coalesce(max(id), 0) FROM change) WHERE id = ?", (step,))
    return bool(journal.row("SELECT last >= first FROM action WHERE id = ?", (step,))[0])


def foreign_changes(journal: Journal) -> list[tuple[int, str, int, int, int]]:
    """What other programs changed since our last step: (UTC ms, tables, count, first id, last id) a statement."""
    last = journal.row("SELECT last FROM action ORDER BY id DESC LIMIT 1")
    found: list[tuple[int, str, int, int, int]] = journal.rows(
        # Under a clock that was set back the same instant may come twice, with others in between.
        'SELECT at, group_concat(DISTINCT "table"), count(DISTINCT "table" || row), min(id), max(id) FROM (SELECT *, '
        "id - row_number() OVER (PARTITION BY at ORDER BY id) AS run FROM change WHERE id > ?) "
        "GROUP BY at, run ORDER BY min(id)",
        (last[0] if last else 0,),
    )
    return found


def last_change(journal: Journal, now: int) -> int | None:
    """When the log was last changed by whatever program, in UTC seconds; instants after `now` are passed over."""
    at: int | None
    at, last = journal.row("SELECT max(at) FILTER (WHERE at <= ?), max(last) FROM action", (now,))
    (foreign,) = journal.row("SELECT max(at) FROM change WHERE id > ? AND at <= ?", (last or 0, now * 1000))
    return at if foreign is None else max(at or 0, foreign // 1000)


def adopt_foreign_changes(journal: Journal) -> None:
    """Give changes made by other programs (`sqlite3`, Datasette) a step each, so that undo can name them.

    Changes of one statement carry the same instant, cascades included, and are one step. Inside a transaction.
    """
    changes = foreign_changes(journal)
    for at, tables, count, first, last in changes:
        journal.change("UPDATE action SET state = 'dropped' WHERE state = 'undone'")
        journal.change(
            "INSERT INTO action(at, says, state, first, last) VALUES (?, ?, 'done', ?, ?)",
            (at // 1000, says_foreign(tables, count), first, last),
        )
        _know_new_zones(journal)
    if changes and follow(journal, changes[0][3]):
        # It is undone with the last of them: an outcome follows its sessions whoever changed them.
        journal.change("UPDATE action SET last = (SELECT max(id) FROM change) WHERE id = (SELECT max(id) FROM action)")


def says_foreign(tables: str, count: int) -> str:
    """The sentence for a change by another program."""
    return _("another program changed {table} ({count})").format(table=tables.replace(",", ", "), count=count)


def _know_new_zones(journal: Journal) -> None:
    for (zone,) in journal.rows("SELECT name FROM zone WHERE name NOT IN (SELECT zone FROM zone_offset)"):
        try:
            journal.ensure_zone(zone)
        except TrackerError:
            continue  # nobody knows this zone: it stays without offsets, and `doctor` names it


def _forget_old_steps(journal: Journal) -> None:
    """Drop what undo can no longer reach; the last change stays, so that ids only grow."""
    last = last_out_of_reach(journal.connection.execute("SELECT id, at FROM action ORDER BY id DESC"))
    if last is None:
        return
    journal.change(
        "DELETE FROM imported_fact WHERE action IN "
        "(SELECT id FROM action WHERE id <= ? AND state IN ('undone', 'dropped'))",
        (last,),
    )
    journal.change("DELETE FROM action WHERE id <= ?", (last,))
    journal.change(
        "DELETE FROM change WHERE id < (SELECT first FROM action ORDER BY id LIMIT 1) "
        "AND id < (SELECT max(id) FROM change)"
    )


def last_out_of_reach(newest_first: Iterable[tuple[int, int]]) -> int | None:
    """The id of the newest of these steps (id, at) that is older than UNDO_LASTS; None where none is.

    A clock may be wrong, by a century and either way, so a step's age is counted along the steps themselves. A step was
    made no later than any step after it says. Between two steps a day passed at most: one leap of the clock makes
    everything before it older by a day, never by more.
    """
    age, later = 0, None
    for id, at in newest_first:
        if later is not None:
            at = min(at, later)
            age += min(later - at, _DAY)
        if age > UNDO_LASTS:
            return id
        later = at
    return None
