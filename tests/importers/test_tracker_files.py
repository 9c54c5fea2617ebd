"""Two tracker files meet: each record is there once, the later change stays, and what was deleted stays deleted."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import fresh
from tests.conftest import NOW
from tests.importers.makers import PARIS, Page, at, phone, watched
from tests.storage.files import delete_record
from tracker.domain.errors import TrackerError
from tracker.domain.models import REFUSE, TAKE, Commitment, Habit, Session
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions
from tracker.importers.sources.own_logs import TrackerFile
from tracker.services import queries
from tracker.settings import Settings
from tracker.storage import Database, channels, day_records, habits, outcomes, reviews, session_table, sessions, undo
from tracker.storage.schema import LOGGED, quote_column
from tracker.storage.undo_steps import undo_step
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tracker.importers.importing import ImportReport

TEN = at("2026-11-20 10:00:00")


@cache
def new_log() -> bytes:
    """A new log with three of its channels: a merge compares each, and most of its time would go to the others."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        with Database.open(str(path)) as log, log.transaction():
            for table, name in (("channel_match", "channel"), ("channel", "name")):
                log.change(f"DELETE FROM {table} WHERE {name} NOT IN ('x', 'linkedin', 'instagram')")
            log.change("DELETE FROM change")
        with closing(sqlite3.connect(path)) as file:
            file.execute("VACUUM")
        return path.read_bytes()


class Machine:
    """A machine with a tracker file of its own, which others read from a folder that is synchronised.

    It stays open from its first use on, as on the screens; `close` closes it until the next.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database: Database | None = None
        if not path.exists():
            path.write_bytes(new_log())

    @property
    def database(self) -> Database:
        if self._database is None:
            self._database = Database.open(str(self.path))
        return self._database

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def __enter__(self) -> Machine:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def do(self, action: Callable[[Database], object]) -> None:
        action(self.database)
        _wait_a_millisecond()

    def log(self, start: int, seconds: int, channel: str = "x", **fields: str) -> None:
        session = Session(0, channel, start, start + seconds, PARIS)._replace(**fields)  # type: ignore[arg-type]
        self.do(lambda database: add(database, session))

    def read(self, format: str, path: str | Path, *, dry_run: bool = False) -> ImportReport:
        """Import a file."""
        report = importing.import_files(self.database, format, str(path), ImportOptions(PARIS, NOW, dry_run=dry_run))
        _wait_a_millisecond()
        return report

    def undo(self, steps: int = 1) -> None:
        self.do(lambda log: undo.undo(log, steps, now=NOW))

    def redo(self, steps: int = 1) -> None:
        self.do(lambda log: undo.redo(log, steps, now=NOW))

    def merge(self, other: Machine, *, dry_run: bool = False) -> ImportReport:
        other.close()  # a process reads no log that it has open itself
        report = self.read("tracker", other.path, dry_run=dry_run)
        assert report.read == report.added + report.already + report.ignored + len(report.rejected)
        return report

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Every record, without the numbers of the rows and the order of channels."""
        return {
            table: sorted(self.database.rows(f"SELECT {_compared(columns)} FROM {table}"), key=repr)
            for table, columns in LOGGED.items()
        }

    def spans(self) -> list[tuple[str, int, int]]:
        return self.database.rows('SELECT channel, start - ?, "end" - start FROM session ORDER BY start', (TEN,))


def _compared(columns: Iterable[str]) -> str:
    return ", ".join(quote_column(column) for column in columns if column not in ("id", "position"))


def add(database: Database, session: Session) -> None:
    with undo_step(database, "logged", NOW):
        database.ensure_zone(session.zone)
        database.insert("session", session)


def _wait_a_millisecond() -> None:
    """The change log tells milliseconds apart; machines are minutes apart."""
    before = time.time_ns() // 1_000_000
    while time.time_ns() // 1_000_000 == before:
        pass


@contextmanager
def three_machines(folder: Path) -> Iterator[list[Machine]]:
    """Three machines with new files, whatever an example before has left in the folder."""
    for path in (*folder.glob("*.db*"), *folder.glob("History*")):
        path.unlink()
    with ExitStack() as stack:
        yield [stack.enter_context(Machine(folder / f"{name}.db")) for name in "abc"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Machine]:
    with Machine(tmp_path / "desk.db") as machine:
        yield machine


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Machine]:
    with Machine(tmp_path / "laptop.db") as machine:
        yield machine


def a_life(machine: Machine) -> None:
    """Records of every kind."""
    machine.log(TEN, 600, note="a note", person="Samia")
    machine.do(lambda log: channels.add(log, "vimeo", title="Vimeo", kind="social", now=NOW))
    machine.log(TEN + 900, 60, "vimeo")
    machine.do(lambda log: day_records.add_urge(log, "x", TEN, PARIS, trigger="bored", now=NOW))
    earned = {"channel": "vimeo", "amount": 48000, "currency": "EUR"}
    machine.do(lambda log: outcomes.add(log, "income", TEN + 5000, PARIS, now=NOW, **earned))  # type: ignore[arg-type]
    machine.do(lambda log: day_records.write_note(log, "2026-11-20", "a good day", now=NOW))
    machine.do(lambda log: habits.add(log, Habit(0, "Walk", created="2026-11-01"), now=NOW))
    machine.do(lambda log: habits.tick(log, "Walk", "2026-11-20", 1.0, now=NOW))
    machine.do(
        lambda log: outcomes.add_spend(log, "vimeo", TEN, PARIS, amount=900, currency="EUR", note="ads", now=NOW)
    )
    machine.do(
        lambda log: reviews.add_commitment(log, Commitment(0, "2026-W48", "I am bored", "I walk", at=NOW), now=NOW)
    )
    machine.do(lambda log: reviews.begin(log, "2026-W47", PARIS, now=NOW))


def test_an_empty_file_becomes_equal(desk: Machine, laptop: Machine, tmp_path: Path) -> None:
    a_life(desk)
    phone(tmp_path / "phone.csv", ["X,11/19/26,10:00:00,0:01:00"])
    desk.read("app-usage", tmp_path / "phone.csv")
    before = desk.rows()
    laptop.merge(desk)
    assert laptop.rows() == before
    for table in LOGGED:
        every = f"SELECT * FROM {table}"
        assert laptop.database.rows(every) == desk.database.rows(every)
    report = laptop.merge(desk)
    assert (report.added, report.completed, report.deleted) == (0, 0, 0)
    again = laptop.read("app-usage", tmp_path / "phone.csv")
    assert (again.added, again.already) == (0, 1), "what the phone measured is known, too"


def test_both_machines_come_to_the_same(desk: Machine, laptop: Machine) -> None:
    for machine in (desk, laptop):
        machine.path.write_bytes(fresh.new())  # with every channel of a first run
    a_life(desk)
    laptop.log(TEN + 7200, 300, "linkedin", intention="answer Samia")
    laptop.do(lambda log: day_records.write_note(log, "2026-11-21", "rain", now=NOW))
    laptop.do(lambda log: day_records.add_urge(log, "instagram", TEN, PARIS, now=NOW))
    laptop.merge(desk)
    desk.merge(laptop)
    assert laptop.rows() == desk.rows()
    assert desk.spans() == [("x", 0, 600), ("vimeo", 900, 60), ("linkedin", 7200, 300)]
    for here, there in ((desk, laptop), (laptop, desk)):
        before = here.rows()
        report = here.merge(there)
        assert (report.added, report.completed, report.deleted) == (0, 0, 0)
        assert here.rows() == before


def test_the_later_change_stays(desk: Machine, laptop: Machine) -> None:
    desk.log(TEN, 600, note="first")
    laptop.merge(desk)
    desk.do(lambda log: sessions.edit(log, 1, now=NOW, note="from the desk", start=TEN + 60))
    laptop.do(lambda log: sessions.edit(log, 1, now=NOW, note="from the laptop", end=TEN + 700))
    assert desk.merge(laptop).completed == 1
    assert laptop.merge(desk).completed == 0
    assert desk.rows() == laptop.rows()
    assert desk.spans() == [("x", 0, 700)]


def test_what_was_deleted_stays_deleted_unless_it_was_changed_since(desk: Machine, laptop: Machine) -> None:
    for number in range(3):
        desk.log(TEN + 1000 * number, 600)
    laptop.merge(desk)
    desk.do(lambda log: sessions.delete(log, [1], now=NOW))
    laptop.do(lambda log: sessions.delete(log, [2], now=NOW))
    laptop.do(lambda log: sessions.edit(log, 1, now=NOW, note="changed since"))
    desk.do(lambda log: sessions.delete(log, [3], now=NOW))
    report = desk.merge(laptop)
    assert (report.added, report.deleted) == (1, 1)
    assert laptop.merge(desk).deleted == 1
    assert desk.rows() == laptop.rows()
    assert desk.spans() == [("x", 0, 600)]


def test_a_copied_file_is_the_same_log_that_went_two_ways(desk: Machine, tmp_path: Path) -> None:
    desk.log(TEN, 600)
    desk.close()
    shutil.copy(desk.path, tmp_path / "copy.db")
    desk.log(TEN + 1000, 60, "linkedin")
    with Machine(tmp_path / "copy.db") as copy:
        copy.log(TEN + 2000, 60, "instagram")
        copy.do(lambda log: sessions.edit(log, 1, now=NOW, note="edited on the copy", start=TEN + 30))
        desk.merge(copy)
        copy.merge(desk)
        assert desk.rows() == copy.rows()
    assert desk.spans() == [("x", 30, 570), ("linkedin", 1000, 60), ("instagram", 2000, 60)]


def test_a_merge_can_be_undone_and_takes_nothing_from_the_other(desk: Machine, laptop: Machine) -> None:
    a_life(desk)
    laptop.log(TEN + 7200, 300)
    before, there = laptop.rows(), desk.rows()
    laptop.merge(desk)
    laptop.undo()
    assert laptop.rows() == before
    assert desk.merge(laptop).deleted == 0
    assert len(desk.spans()) == 3
    assert len(there["session"]) == 2
    assert laptop.merge(desk).added
    assert laptop.spans() == desk.spans()


def test_a_dry_run_writes_nothing(desk: Machine, laptop: Machine) -> None:
    a_life(desk)
    laptop.log(TEN + 7200, 300)
    laptop.close()
    content = laptop.path.read_bytes()
    expected = laptop.merge(desk, dry_run=True)
    laptop.close()
    assert laptop.path.read_bytes() == content
    assert laptop.merge(desk) == expected._replace(dry_run=False)


def test_a_channel_that_was_renamed_is_the_same_channel(desk: Machine, laptop: Machine) -> None:
    desk.log(TEN, 600)
    laptop.merge(desk)
    desk.do(lambda log: channels.rename(log, channels.find(log, "x"), "twitter-x", title=None, now=NOW))
    desk.log(TEN + 1000, 60, "twitter-x")
    laptop.log(TEN + 2000, 60)
    laptop.merge(desk)
    desk.merge(laptop)
    assert desk.rows() == laptop.rows()
    assert {channel for channel, _start, _seconds in laptop.spans()} == {"twitter-x"}


def test_what_was_measured_on_both_is_there_once(desk: Machine, laptop: Machine, tmp_path: Path) -> None:
    phone(tmp_path / "a.csv", ["X,11/20/26,10:00:00,0:01:00", "X,11/20/26,10:01:10,0:01:00"])
    phone(tmp_path / "b.csv", ["X,11/20/26,10:01:10,0:01:00", "X,11/20/26,10:02:20,0:01:00"])
    for machine, name in ((desk, "a.csv"), (laptop, "b.csv")):
        path = str(tmp_path / name)
        machine.read("app-usage", path)
    report = laptop.merge(desk)
    assert (report.added, laptop.spans()) == (1, [("x", 0, 200)])
    desk.merge(laptop)
    assert desk.spans() == [("x", 0, 200)]


def test_measured_time_yields_to_what_was_recorded_on_the_other(desk: Machine, laptop: Machine, tmp_path: Path) -> None:
    phone(tmp_path / "a.csv", ["X,11/20/26,10:00:00,0:10:00"])
    path = str(tmp_path / "a.csv")
    laptop.read("app-usage", path)
    desk.log(TEN + 100, 200, note="for Samia")
    laptop.merge(desk)
    assert laptop.spans() == [("x", 0, 100), ("x", 100, 200), ("x", 300, 300)]
    desk.merge(laptop)
    assert desk.spans() == laptop.spans()


def test_what_was_measured_and_then_deleted_there_is_not_shown_here(
    desk: Machine, laptop: Machine, tmp_path: Path
) -> None:
    phone(tmp_path / "a.csv", ["X,11/20/26,10:00:00,0:01:00", "X,11/20/26,11:00:00,0:01:00"])
    path = str(tmp_path / "a.csv")
    desk.read("app-usage", path)
    desk.do(lambda log: sessions.delete(log, [1], now=NOW))
    laptop.log(TEN - 600, 60, "linkedin")
    laptop.merge(desk)
    assert laptop.spans() == [("linkedin", -600, 60), ("x", 3600, 60)]
    laptop.log(TEN - 60, 300)
    laptop.do(lambda log: sessions.delete(log, [session_table.in_span(log, TEN - 60, TEN)[0].id], now=NOW))
    assert laptop.spans() == [("linkedin", -600, 60), ("x", 3600, 60)], "nor when a record of that time is deleted"


def test_what_still_runs_there_comes_when_it_has_ended(desk: Machine, laptop: Machine) -> None:
    desk.do(lambda log: sessions.start(log, "x", TEN, PARIS, now=TEN))
    laptop.log(TEN - 600, 60, "linkedin")
    assert laptop.merge(desk).ignored == 1
    desk.do(lambda log: sessions.stop(log, TEN + 60, now=TEN + 60))
    laptop.merge(desk)
    assert laptop.spans() == [("linkedin", -600, 60), ("x", 0, 60)]


def test_two_reviews_of_one_week_are_both_kept(desk: Machine, laptop: Machine) -> None:
    def write(log: Database) -> None:
        review = reviews.begin(log, "2026-W46", PARIS, now=NOW)
        log.change(
            "UPDATE review SET written = ?, figures = '{}', page = ? WHERE id = ?", (NOW, log.file.path, review.id)
        )

    for machine in (desk, laptop):
        machine.do(write)
    for _time in range(2):
        desk.merge(laptop)
        laptop.merge(desk)
    for machine in (desk, laptop):
        kept = sorted((review.revision, review.page) for review in reviews.listed(machine.database))
        assert [revision for revision, _page in kept] == [1, 2]
        assert {page for _revision, page in kept} == {str(desk.path), str(laptop.path)}


@pytest.mark.parametrize("is_new", [True, False])
def test_a_merge_that_brought_written_reviews_can_be_undone(desk: Machine, laptop: Machine, *, is_new: bool) -> None:
    def write(log: Database) -> None:
        for week in ("2026-W45", "2026-W46"):
            review = reviews.begin(log, week, PARIS, now=NOW)
            log.change("UPDATE review SET written = ?, figures = '{}', page = 'p' WHERE id = ?", (NOW, review.id))

    desk.do(write)
    if not is_new:
        laptop.log(TEN, 60)
        laptop.do(lambda log: reviews.begin(log, "2026-W46", PARIS, now=NOW))
    before = laptop.rows()
    laptop.merge(desk)
    merged = laptop.rows()
    laptop.undo()
    assert laptop.rows() == before
    laptop.redo()
    assert laptop.rows() == merged
    laptop.undo()
    assert desk.merge(laptop).deleted == 0
    assert len(desk.rows()["review"]) == 2


def test_the_other_file_is_not_touched(desk: Machine, laptop: Machine) -> None:
    a_life(desk)
    desk.close()
    program = (
        "import sqlite3, sys; log = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "for line in sys.stdin: print(log.execute(line).fetchone(), flush=True)"
    )
    words = [sys.executable, "-c", program, str(desk.path)]
    insert = "INSERT INTO urge(channel, at, zone) VALUES ('x', {}, 'UTC') RETURNING id\n"
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program_there:
        assert program_there.stdin
        assert program_there.stdout
        for number in (1, 2):
            program_there.stdin.write(insert.format(TEN + number))
            program_there.stdin.flush()
            program_there.stdout.readline()
            files = {path.name: path.read_bytes() for path in desk.path.parent.glob("desk.db*")}
            assert files["desk.db-wal"]
            laptop.read("tracker", desk.path)
            assert {path.name: path.read_bytes() for path in desk.path.parent.glob("desk.db*")} == files
            assert len(laptop.rows()["urge"]) == 1 + number


def test_what_a_merge_notes_in_its_copy_is_one_transaction(desk: Machine) -> None:
    with TrackerFile().open(str(desk.path)) as (log, _rejected):
        assert log.connection.in_transaction, "else each record waits for the disk"


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"\0" * 4096])
def test_another_file_is_refused(laptop: Machine, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a file").write_bytes(content)
    with pytest.raises(TrackerError, match="a file"):
        laptop.read("tracker", tmp_path / "a file")
    with pytest.raises(TrackerError, match="file of tracker itself"):
        laptop.read("tracker", laptop.path)
    with closing(sqlite3.connect(tmp_path / "newer.db")) as newer:
        newer.executescript(f"PRAGMA application_id = {0x74726B72}; PRAGMA user_version = 99; CREATE TABLE a(b)")
    with pytest.raises(TrackerError, match="newer tracker"):
        laptop.read("tracker", tmp_path / "newer.db")


#: What somebody does on one of three machines: a machine, what, which record or which other machine.
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(
            (
                *(
                    "log",
                    "log",
                    "same",
                    "words",
                    "move",
                    "delete",
                    "urge",
                    "last urge away",
                    "channel",
                    "habit",
                    "tick",
                ),
                *("undo", "redo", "merge", "merge", "merge"),
            )
        ),
        st.integers(0, 5),
    ),
    max_size=24,
)


def words(machine: Machine) -> set[str]:
    """Every word of the notes of sessions and urges, and the ticked days."""
    notes = machine.database.rows("SELECT note FROM session UNION ALL SELECT note FROM urge")
    days = machine.database.rows("SELECT date FROM habit_day")
    return {word for (note,) in notes if note for word in note.split("; ")} | {date for (date,) in days}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=12)
@given(STEPS)
def test_whatever_is_done_on_three_machines_all_end_equal(tmp_path: Path, steps: list[tuple[int, str, int]]) -> None:
    with three_machines(tmp_path) as machines:
        #: What somebody took away or wrote over, on any machine.
        may_go: set[str] = set()
        written: set[str] = set()
        for number, (which, what, place) in enumerate(steps):
            machine = machines[which]
            before = words(machine)

            def step(log: Database, what: str = what, place: int = place, number: int = number) -> None:
                ids = [session.id for session in session_table.in_span(log, 0, 1 << 40)]
                with suppress(TrackerError):
                    if what in ("log", "same"):  # the same time may be logged on each machine
                        start = TEN + 1000 * (number if what == "log" else -1 - place)
                        sessions.add(log, "x", start, start + 60, PARIS, now=NOW, note=f"{number}")
                    elif what == "channel":
                        channels.add(log, f"own{place}", title=None, kind="social", now=NOW)
                        sessions.add(log, f"own{place}", TEN, TEN + 60, PARIS, now=NOW, note=f"{number}")
                    elif what == "habit":
                        habits.add(log, Habit(0, "Walk", created="2026-11-01"), now=NOW)
                    elif what == "tick":
                        habits.tick(log, "Walk", f"2026-11-{number + 1:02}", 1.0, now=NOW)
                    elif what == "undo":
                        undo.undo(log, 1, now=NOW)
                    elif what == "redo":
                        undo.redo(log, 1, now=NOW)
                    elif what == "urge":
                        day_records.add_urge(log, "x", TEN + place, PARIS, now=NOW, note=f"{number}")
                    elif what == "last urge away":
                        delete_record(log, "urge", log.row("SELECT coalesce(max(id), 0) FROM urge")[0], now=NOW)
                    elif ids and what == "words":
                        sessions.edit(log, ids[place % len(ids)], now=NOW, note=f"{number}")
                    elif ids and what == "move":
                        sessions.edit(log, ids[place % len(ids)], now=NOW, start=TEN - 100_000 - number * 1000)
                    elif ids and what == "delete":
                        sessions.delete(log, [ids[place % len(ids)]], now=NOW)

            if what == "merge":
                machine.merge(machines[(which + 1 + place % 2) % 3])
            else:
                machine.do(step)
                after = words(machine)
                may_go |= before - after
                if what == "words":
                    may_go |= after - before  # a later change of the same record stays
                written |= after
        for _round in range(2):
            for here, there in ((0, 1), (1, 2), (2, 0), (1, 0), (2, 1), (0, 2)):
                machines[here].merge(machines[there])
        assert machines[0].rows() == machines[1].rows() == machines[2].rows()
        for here, there in ((0, 1), (1, 2), (2, 0)):
            report = machines[here].merge(machines[there])
            assert (report.added, report.completed, report.deleted, report.rejected) == (0, 0, 0, ())
        assert written - may_go <= words(machines[0])


def urge(machine: Machine, note: str) -> None:
    machine.do(lambda log: day_records.add_urge(log, "x", TEN, PARIS, now=NOW, note=note))


def urge_notes(machine: Machine) -> list[object]:
    return sorted(note for (note,) in machine.database.rows("SELECT note FROM urge"))


def delete_last_urge(machine: Machine) -> None:
    """The next urge gets the same number."""
    machine.do(lambda log: delete_record(log, "urge", log.row("SELECT max(id) FROM urge")[0], now=NOW))


def edit_urge(machine: Machine, old: str, new: str) -> None:
    def edit(log: Database) -> None:
        with undo_step(log, "edited", NOW):
            log.change("UPDATE urge SET note = ? WHERE note = ?", (new, old))

    machine.do(edit)


def meet(machine: Machine, other: Machine) -> None:
    """Both merge the other's file, twice."""
    for _time in range(2):
        machine.merge(other)
        other.merge(machine)


@pytest.mark.parametrize("is_folded_between", [False, True])
def test_a_new_record_under_the_number_of_a_deleted_one_is_another_record(
    desk: Machine, laptop: Machine, *, is_folded_between: bool
) -> None:
    urge(desk, "old")
    laptop.merge(desk)
    delete_last_urge(desk)
    if is_folded_between:
        desk.merge(laptop)
    urge(desk, "new")
    edit_urge(laptop, "old", "edited since")
    meet(desk, laptop)
    assert urge_notes(desk) == urge_notes(laptop) == ["edited since", "new"]


def test_the_deletion_of_a_record_is_not_that_of_the_new_one_under_its_number(desk: Machine, laptop: Machine) -> None:
    urge(desk, "old")
    laptop.merge(desk)
    delete_last_urge(laptop)
    delete_last_urge(desk)
    urge(desk, "new")
    meet(laptop, desk)
    assert urge_notes(desk) == urge_notes(laptop) == ["new"]
    delete_last_urge(laptop)
    urge(laptop, "newer")
    meet(desk, laptop)
    assert urge_notes(desk) == urge_notes(laptop) == ["newer"]


def test_undo_and_redo_bring_back_the_record_that_had_the_number(desk: Machine, laptop: Machine) -> None:
    urge(desk, "old")
    laptop.merge(desk)
    assert desk.database.row("SELECT id FROM urge") == (1,)
    delete_last_urge(desk)
    urge(desk, "new")
    desk.undo(2)
    meet(desk, laptop)
    assert urge_notes(desk) == urge_notes(laptop) == ["old"]


@pytest.mark.parametrize("merges", [(), (1,), (2,), (1, 2)])
def test_redo_brings_the_new_record_and_the_deletion_of_the_old(
    desk: Machine, laptop: Machine, merges: tuple[int, ...]
) -> None:
    urge(desk, "old")
    laptop.merge(desk)
    delete_last_urge(desk)
    urge(desk, "new")
    for place, play in enumerate((desk.undo, desk.redo)):
        if place + 1 in merges:
            laptop.merge(desk)
        play(2)
    meet(laptop, desk)
    assert urge_notes(desk) == urge_notes(laptop) == ["new"]
    edit_urge(desk, "new", "edited")
    meet(laptop, desk)
    assert urge_notes(desk) == urge_notes(laptop) == ["edited"]


def test_what_undo_forgets_is_still_told_apart(desk: Machine, laptop: Machine) -> None:
    """Steps older than a month are deleted at every fiftieth step, with the changes of deleted records."""
    then = NOW - 40 * 86_400
    desk.do(lambda log: day_records.add_urge(log, "x", then, PARIS, now=then, note="old"))
    laptop.merge(desk)
    desk.do(lambda log: delete_record(log, "urge", 1, now=then))
    desk.do(lambda log: day_records.add_urge(log, "x", then, PARIS, now=then, note="new"))
    for number in range(120):
        later = then + number * 40 * 864
        desk.do(lambda log, later=later: day_records.write_note(log, "2026-11-01", f"{later}", now=later))  # type: ignore[misc]
    assert desk.database.row("SELECT count(*) FROM change WHERE \"table\" = 'urge'") == (0,)
    meet(laptop, desk)
    assert urge_notes(desk) == urge_notes(laptop) == ["new"]


def test_a_day_that_was_unticked_and_ticked_again_is_ticked(desk: Machine, laptop: Machine) -> None:
    desk.do(lambda log: habits.add(log, Habit(0, "Walk", created="2026-11-01"), now=NOW))
    desk.do(lambda log: habits.tick(log, "Walk", "2026-11-20", 1.0, now=NOW))
    desk.do(lambda log: habits.tick(log, "Walk", "2026-11-21", 1.0, now=NOW))
    laptop.merge(desk)
    desk.do(lambda log: habits.tick(log, "Walk", "2026-11-20", None, now=NOW))
    desk.do(lambda log: habits.tick(log, "Walk", "2026-11-20", 0.5, now=NOW))
    desk.do(lambda log: habits.tick(log, "Walk", "2026-11-21", None, now=NOW))
    desk.do(lambda log: habits.tick(log, "Walk", "2026-11-22", 1.0, now=NOW))
    meet(laptop, desk)
    assert laptop.rows() == desk.rows()
    assert [row[1:3] for row in laptop.rows()["habit_day"]] == [("2026-11-20", 0.5), ("2026-11-22", 1.0)]


def test_a_new_habit_with_the_first_name_of_a_renamed_one_is_another_habit(desk: Machine, laptop: Machine) -> None:
    desk.do(lambda log: habits.add(log, Habit(0, "Walk", created="2026-11-01"), now=NOW))
    desk.do(lambda log: habits.tick(log, "Walk", "2026-11-20", 1.0, now=NOW))
    laptop.merge(desk)

    def rename(log: Database) -> None:
        habit = habits.find(log, "Walk")
        habits.change(log, habit._replace(name="Long walk"), was=habit, now=NOW)

    desk.do(rename)
    desk.do(lambda log: habits.add(log, Habit(0, "Walk", created="2026-11-21"), now=NOW))
    desk.do(lambda log: habits.tick(log, "Walk", "2026-11-21", 1.0, now=NOW))
    meet(laptop, desk)
    assert laptop.rows() == desk.rows()
    assert [row[:2] for row in laptop.rows()["habit_day"]] == [("Long walk", "2026-11-20"), ("Walk", "2026-11-21")]


def test_an_undone_merge_comes_again_and_forgets_no_deletion(desk: Machine, laptop: Machine) -> None:
    urge(desk, "old")
    laptop.merge(desk)
    delete_last_urge(laptop)
    edit_urge(desk, "old", "edited since")
    laptop.merge(desk)
    assert urge_notes(laptop) == ["edited since"]
    laptop.undo()
    assert urge_notes(laptop) == []
    desk.merge(laptop)
    assert urge_notes(desk) == ["edited since"]
    laptop.merge(desk)
    assert urge_notes(laptop) == ["edited since"]


@pytest.fixture
def phone_file(tmp_path: Path) -> Iterator[Machine]:
    """A third machine."""
    with Machine(tmp_path / "phone.db") as machine:
        yield machine


def test_a_session_that_was_logged_on_two_machines_is_one_with_the_words_of_both(
    desk: Machine, laptop: Machine
) -> None:
    desk.log(TEN, 60, note="carousel")
    laptop.log(TEN, 60, note="for Samia", person="Samia")
    meet(desk, laptop)
    assert desk.rows() == laptop.rows()
    assert desk.spans() == [("x", 0, 60)]
    assert words(desk) == {"carousel", "for Samia"}


@pytest.mark.parametrize("how", ["deleted", "moved"])
def test_a_third_machine_knows_a_record_by_any_of_its_identities(
    desk: Machine, laptop: Machine, phone_file: Machine, how: str
) -> None:
    for machine in (desk, laptop):
        machine.log(TEN, 60)
    for machine in (phone_file, desk):
        machine.merge(laptop)
    if how == "deleted":
        desk.do(lambda log: sessions.delete(log, [1], now=NOW))
    else:
        desk.do(lambda log: sessions.edit(log, 1, now=NOW, start=TEN - 60))
    phone_file.merge(desk)
    assert phone_file.spans() == ([] if how == "deleted" else [("x", -60, 120)])


def test_a_channel_whose_adding_was_undone_is_there_again_where_it_was_used(desk: Machine, laptop: Machine) -> None:
    desk.do(lambda log: channels.add(log, "vimeo", title=None, kind="social", now=NOW))
    laptop.merge(desk)
    laptop.log(TEN, 60, "vimeo")
    desk.undo()
    assert desk.merge(laptop).rejected == ()
    assert desk.spans() == [("vimeo", 0, 60)]
    meet(desk, laptop)
    assert desk.rows() == laptop.rows()


def test_a_habit_whose_adding_was_undone_keeps_the_days_ticked_elsewhere(desk: Machine, laptop: Machine) -> None:
    desk.do(lambda log: habits.add(log, Habit(0, "Walk", created="2026-11-01"), now=NOW))
    laptop.merge(desk)
    laptop.do(lambda log: habits.tick(log, "Walk", "2026-11-20", 1.0, now=NOW))
    desk.undo()
    meet(laptop, desk)
    assert [row[0] for row in laptop.rows()["habit_day"]] == ["Walk"]
    assert desk.rows() == laptop.rows()


def test_two_records_of_one_time_on_one_channel_both_stay_and_the_import_says_so(
    desk: Machine, laptop: Machine
) -> None:
    for machine, start in ((desk, 0), (laptop, 300)):
        machine.do(lambda log, start=start: sessions.add(log, "x", TEN + start, TEN + start + 600, PARIS, now=NOW))  # type: ignore[misc]
        machine.do(lambda log: sessions.add(log, "x", TEN - 900, TEN - 300, PARIS, now=NOW))
    assert laptop.merge(desk).overlapping == 1
    assert desk.merge(laptop).overlapping == 1
    assert desk.rows() == laptop.rows()
    assert desk.spans() == [("x", -900, 600), ("x", 0, 600), ("x", 300, 600)]
    assert queries.day(Workspace(desk.database, Settings(), PARIS, now=NOW), "2026-11-20").seconds == 1500
    for _time in range(2):
        assert desk.merge(laptop).overlapping == laptop.merge(desk).overlapping == 0
    laptop.do(lambda log: sessions.delete(log, [session_at(log, 700).id], now=NOW))
    meet(desk, laptop)
    assert desk.spans() == laptop.spans() == [("x", -900, 600), ("x", 0, 600)]


def test_two_urges_of_one_second_with_other_words_are_two(desk: Machine, laptop: Machine) -> None:
    urge(desk, "bored")
    urge(laptop, "waiting")
    meet(desk, laptop)
    assert urge_notes(desk) == urge_notes(laptop) == ["bored", "waiting"]


def test_measured_time_is_shown_again_where_a_merge_deletes_or_moves_the_record_over_it(
    desk: Machine, laptop: Machine, phone_file: Machine, tmp_path: Path
) -> None:
    """Wherever the minutes of the phone were imported, and whoever hears first that the record is gone."""
    desk.log(TEN, 600)
    for machine in (laptop, phone_file):
        machine.merge(desk)
    path = phone(tmp_path / "a.csv", ["X,11/20/26,10:02:00,0:01:00"])
    laptop.read("app-usage", path)
    assert laptop.spans() == [("x", 0, 600)]
    phone_file.do(lambda log: sessions.edit(log, 1, now=NOW, start=TEN - 3600, end=TEN - 3000))
    phone_file.merge(laptop)
    for machine in (laptop, desk):
        machine.merge(phone_file)
    assert phone_file.spans() == [("x", -3600, 600), ("x", 120, 60)]
    assert laptop.spans() == desk.spans() == phone_file.spans()
    desk.do(lambda log: sessions.delete(log, [1], now=NOW))
    laptop.merge(desk)
    assert laptop.spans() == [("x", 120, 60)]


def test_a_record_that_a_merge_moves_takes_its_time_from_what_was_measured(
    desk: Machine, laptop: Machine, tmp_path: Path
) -> None:
    desk.log(TEN - 3600, 60)
    laptop.merge(desk)
    path = phone(tmp_path / "a.csv", ["X,11/20/26,10:00:00,0:10:00"])
    laptop.read("app-usage", path)
    desk.do(lambda log: sessions.edit(log, 1, now=NOW, start=TEN + 60, end=TEN + 120))
    laptop.merge(desk)
    assert laptop.spans() == [("x", 0, 60), ("x", 60, 60), ("x", 120, 480)]


def measured_on(machine: Machine, tmp_path: Path, *minutes: int) -> None:
    """Import what a phone measured: a minute on X at each of these minutes after ten."""
    lines = [f"X,11/20/26,{10 + minute // 60}:{minute % 60:02}:00,0:01:00" for minute in minutes]
    machine.read("app-usage", phone(tmp_path / "phone.csv", lines))


def delete_at(machine: Machine, minute: int) -> None:
    def delete(log: Database) -> None:
        start = TEN + 60 * minute
        sessions.delete(log, [session.id for session in session_table.in_span(log, start, start + 60)], now=NOW)

    machine.do(delete)


def test_measured_time_that_was_deleted_on_one_machine_goes_on_the_other(
    desk: Machine, laptop: Machine, tmp_path: Path
) -> None:
    for machine in (desk, laptop):
        measured_on(machine, tmp_path, 0, 10, 20)
    delete_at(desk, 10)
    assert laptop.merge(desk).deleted == 1
    assert laptop.spans() == desk.spans() == [("x", 0, 60), ("x", 1200, 60)]
    again = laptop.merge(desk)
    assert (again.added, again.completed, again.deleted) == (0, 0, 0)
    measured_on(laptop, tmp_path, 0, 10, 20)
    assert laptop.spans() == desk.spans(), "nor does the phone bring it again"
    laptop.undo()
    assert [start for _x, start, _seconds in laptop.spans()] == [0, 600, 1200]
    desk.merge(laptop)
    assert len(desk.spans()) == 2, "undo of a merge is of one machine"
    laptop.merge(desk)
    assert laptop.spans() == desk.spans()


def test_measured_time_that_was_shortened_on_one_machine_is_shorter_on_the_other(
    desk: Machine, laptop: Machine, tmp_path: Path
) -> None:
    for machine in (desk, laptop):
        measured_on(machine, tmp_path, 0, 1, 10)
    assert laptop.spans() == [("x", 0, 120), ("x", 600, 60)]
    desk.do(lambda log: sessions.edit(log, session_table.in_span(log, TEN, TEN + 9)[0].id, now=NOW, start=TEN + 90))
    report = laptop.merge(desk)
    assert (report.deleted, laptop.spans()) == (1, [("x", 90, 30), ("x", 600, 60)])


@pytest.mark.parametrize("is_old", [False, True])
def test_an_undone_deletion_of_measured_time_is_undone_everywhere(
    desk: Machine, laptop: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_old: bool
) -> None:
    for machine in (desk, laptop):
        measured_on(machine, tmp_path, 0, 10)
    delete_at(desk, 10)
    laptop.merge(desk)
    desk.undo()
    seen: list[object] = []
    if is_old:  # the steps are forgotten after a month
        monkeypatch.setattr("tracker.storage.undo_steps.FORGETS_EVERY", 1)
        for day in range(40):
            desk.do(lambda log, day=day: day_records.add_urge(log, "x", NOW, PARIS, now=NOW + day * 86_400))  # type: ignore[misc]
        desk.do(lambda log: seen.extend(log.rows("SELECT 1 FROM action WHERE state = 'undone' OR target IS NOT NULL")))
        assert seen == []
    desk.merge(laptop)
    assert [start for _x, start, _seconds in desk.spans()] == [0, 600]
    report = laptop.merge(desk)
    assert (report.completed, laptop.spans()) == (1, desk.spans())
    if not is_old:
        desk.redo()
        laptop.merge(desk)
        assert laptop.spans() == desk.spans() == [("x", 0, 60)]


def test_measured_time_that_was_given_words_after_it_was_deleted_elsewhere_stays(
    desk: Machine, laptop: Machine, tmp_path: Path
) -> None:
    for machine in (desk, laptop):
        measured_on(machine, tmp_path, 0, 10)
        machine.do(lambda log: sessions.edit(log, 2, now=NOW, note="early"))
    delete_at(desk, 0)
    delete_at(desk, 10)
    laptop.do(lambda log: sessions.edit(log, 1, now=NOW, note="for Samia"))
    laptop.merge(desk)
    assert laptop.spans() == [("x", 0, 60)]
    desk.merge(laptop)
    assert desk.spans() == laptop.spans()
    assert words(desk) == {"for Samia"}


def session_at(log: Database, second: int, channel: str = "x") -> Session:
    return session_table.in_span(log, TEN + second, TEN + second + 1, channel)[0]


def test_measured_time_that_was_split_is_split_on_the_other_machine(
    desk: Machine, laptop: Machine, phone_file: Machine, tmp_path: Path
) -> None:
    for machine in (desk, laptop):
        measured_on(machine, tmp_path, 0, 10)
    desk.do(lambda log: sessions.split(log, 1, TEN + 20, now=NOW))
    desk.do(lambda log: sessions.edit(log, session_at(log, 20).id, now=NOW, note="for Samia"))
    desk.merge(laptop)
    report = laptop.merge(desk)
    assert (report.added, report.completed, report.deleted) == (0, 2, 0)
    assert laptop.spans() == desk.spans() == [("x", 0, 20), ("x", 20, 40), ("x", 600, 60)]
    assert laptop.rows() == desk.rows()
    phone_file.log(TEN - 600, 60, "linkedin")
    phone_file.merge(laptop)
    assert phone_file.spans()[1:] == desk.spans(), "also where nothing of it was measured"
    for play in (desk.undo, desk.redo):
        play(2)
        phone_file.merge(desk)
        laptop.merge(phone_file)
        assert laptop.spans()[1:] == phone_file.spans()[1:] == desk.spans()
        assert words(laptop) == words(phone_file) == words(desk)


def test_measured_sessions_that_were_merged_are_one_on_the_other_machine(
    desk: Machine, laptop: Machine, tmp_path: Path
) -> None:
    for machine in (desk, laptop):
        measured_on(machine, tmp_path, 0, 10, 20)
    desk.do(lambda log: sessions.split(log, 1, TEN + 20, now=NOW))
    laptop.merge(desk)
    laptop.do(lambda log: sessions.merge(log, [session_at(log, 0).id, session_at(log, 20).id], now=NOW))
    laptop.do(lambda log: sessions.merge(log, [session_at(log, 600).id, session_at(log, 1200).id], now=NOW))
    desk.merge(laptop)
    assert desk.spans() == laptop.spans() == [("x", 0, 60), ("x", 600, 660)]
    measured_on(desk, tmp_path, 0, 10, 20)
    assert desk.spans() == laptop.spans(), "nor does the phone part them again"
    laptop.undo()
    meet(desk, laptop)
    assert desk.spans() == laptop.spans() == [("x", 0, 60), ("x", 600, 60), ("x", 1200, 60)]


def test_undoing_an_addition_takes_nothing_from_what_others_added_or_measured(
    desk: Machine, laptop: Machine, tmp_path: Path
) -> None:
    for machine in (desk, laptop):
        measured_on(machine, tmp_path, 0, 20)
    desk.do(lambda log: sessions.edit(log, 1, now=NOW, end=TEN + 900))
    laptop.merge(desk)
    assert laptop.spans() == desk.spans() == [("x", 0, 900), ("x", 1200, 60)]
    desk.undo()
    laptop.merge(desk)
    assert laptop.spans() == desk.spans() == [("x", 0, 60), ("x", 1200, 60)]
    laptop.do(lambda log: sessions.edit(log, session_at(log, 0).id, now=NOW, end=TEN + 90))
    measured_on(laptop, tmp_path, 0, 10, 20)
    meet(desk, laptop)
    assert laptop.spans() == desk.spans() == [("x", 0, 90), ("x", 600, 60), ("x", 1200, 60)]


def test_measured_time_on_another_channel_goes_everywhere_when_it_is_deleted_there(
    desk: Machine, laptop: Machine, tmp_path: Path
) -> None:
    for machine in (desk, laptop):
        measured_on(machine, tmp_path, 0, 10)
    desk.do(lambda log: sessions.edit(log, 1, now=NOW, channel="linkedin"))
    laptop.merge(desk)
    assert laptop.spans() == desk.spans() == [("linkedin", 0, 60), ("x", 600, 60)]
    laptop.do(lambda log: sessions.delete(log, [session_at(log, 0, "linkedin").id], now=NOW))
    meet(desk, laptop)
    assert laptop.spans() == desk.spans() == [("x", 600, 60)]


@pytest.mark.parametrize("change", [{"channel": "linkedin", "note": "kept"}, {"start": TEN + 90, "end": TEN + 90}])
def test_a_look_without_length_that_was_changed_is_on_both_machines(
    desk: Machine, laptop: Machine, tmp_path: Path, change: dict[str, object]
) -> None:
    path = phone(tmp_path / "phone.csv", ["X,11/20/26,10:00:00,0:00:00", "X,11/20/26,10:10:00,0:01:00"])
    for machine in (desk, laptop):
        machine.read("app-usage", path)
    desk.do(lambda log: sessions.edit(log, 1, now=NOW, **change))  # type: ignore[arg-type]
    for _time in range(2):
        meet(desk, laptop)
        assert len(desk.spans()) == 2
        assert desk.rows() == laptop.rows()
    for play in (desk.undo, desk.redo):
        play()
        meet(desk, laptop)
        assert desk.spans() == laptop.spans()


def test_a_shorter_reading_of_time_that_was_deleted_elsewhere_takes_nothing(
    desk: Machine, laptop: Machine, tmp_path: Path
) -> None:
    for machine, lasted in ((desk, "1:00:00"), (laptop, "0:30:00")):
        path = phone(tmp_path / f"{machine.path.stem}.csv", [f"X,11/20/26,10:00:00,{lasted}"])
        machine.read("app-usage", path)
    laptop.do(lambda log: sessions.delete(log, [1], now=NOW))
    desk.merge(laptop)
    assert desk.spans() == [("x", 1800, 1800)]
    desk.do(lambda log: sessions.add(log, "x", TEN + 1500, TEN + 3900, PARIS, now=NOW))
    desk.do(lambda log: sessions.delete(log, [session_at(log, 1500).id], now=NOW))
    assert desk.spans() == [("x", 1800, 1800)], "what lay under the record is shown again"


def test_words_of_measured_time_come_once_however_often_two_machines_meet(
    desk: Machine, laptop: Machine, tmp_path: Path
) -> None:
    phone_path = phone(tmp_path / "phone.csv", ["X,11/20/26,10:00:00,1:00:00"])
    browser = watched(
        tmp_path / "History", [Page("https://x.com/", TEN + minute * 60, 60, 60) for minute in (5, 20, 40)]
    )
    for machine in (desk, laptop):
        for format, path in (("app-usage", phone_path), ("chrome", browser)):
            machine.read(format, path)
    laptop.do(lambda log: sessions.edit(log, session_at(log, 300).id, now=NOW, start=TEN + 310))
    laptop.do(lambda log: sessions.edit(log, session_at(log, 370).id, now=NOW, note="once"))
    for _time in range(4):
        desk.merge(laptop)
        assert desk.database.row("SELECT count(*) FROM session WHERE note = 'once'") == (1,)


def test_the_later_words_of_measured_time_stay(desk: Machine, laptop: Machine, tmp_path: Path) -> None:
    for machine in (desk, laptop):
        measured_on(machine, tmp_path, 0, 10)
    desk.do(lambda log: sessions.edit(log, 1, now=NOW, note="early"))
    meet(desk, laptop)
    laptop.do(lambda log: sessions.edit(log, 1, now=NOW, note="late"))
    meet(desk, laptop)
    assert words(desk) == words(laptop) == {"late"}
    desk.do(lambda log: sessions.edit(log, 1, now=NOW, note=None))
    meet(desk, laptop)
    assert words(desk) == words(laptop) == set()
    assert desk.rows() == laptop.rows()


def test_measured_time_beside_a_cut_is_the_same_whichever_came_first(
    desk: Machine, laptop: Machine, tmp_path: Path
) -> None:
    measured_on(desk, tmp_path, 0)
    desk.do(lambda log: sessions.split(log, 1, TEN + 20, now=NOW))
    laptop.merge(desk)
    measured_on(desk, tmp_path, 0, 1)
    measured_on(laptop, tmp_path, 0, 1, 2)
    meet(desk, laptop)
    assert desk.spans() == laptop.spans()
    assert sum(seconds for _x, _start, seconds in desk.spans()) == 180


def test_time_that_became_longer_on_one_machine_is_longer_on_the_other(
    desk: Machine, laptop: Machine, tmp_path: Path
) -> None:
    for machine, seconds in ((desk, 30), (laptop, 90)):
        page = [Page("https://x.com/", TEN, 100, seconds)]
        path = watched(tmp_path / machine.path.stem, page)
        machine.read("chrome", path)
    meet(desk, laptop)
    assert desk.spans() == laptop.spans() == [("x", 0, 90)]


@pytest.mark.parametrize("at_second", [0, 30, 60])
def test_a_session_that_was_shortened_to_no_length_is_a_moment_with_its_words_on_the_other_machine(
    desk: Machine, laptop: Machine, tmp_path: Path, at_second: int
) -> None:
    for machine in (desk, laptop):
        measured_on(machine, tmp_path, 0, 10)
    moment = TEN + at_second
    desk.do(lambda log: sessions.edit(log, 1, now=NOW, start=moment, end=moment, note="only a look"))
    meet(desk, laptop)
    assert desk.rows() == laptop.rows()
    assert laptop.spans() == [("x", at_second, 0), ("x", 600, 60)]
    assert words(laptop) == {"only a look"}
    for play in (desk.undo, desk.redo):
        play()
        meet(desk, laptop)
        assert desk.rows() == laptop.rows()
    assert len(laptop.spans()) == 2


@pytest.mark.parametrize("by", [-30, -20, -1, 1, 20, 30])
def test_a_look_without_length_that_was_moved_a_little_is_where_it_was_put(
    desk: Machine, laptop: Machine, tmp_path: Path, by: int
) -> None:
    path = phone(tmp_path / "phone.csv", ["X,11/20/26,10:00:00,0:00:00"])
    for machine in (desk, laptop):
        machine.read("app-usage", path)
    desk.do(lambda log: sessions.edit(log, 1, now=NOW, start=TEN + by, end=TEN + by))
    meet(desk, laptop)
    assert laptop.spans() == desk.spans() == [("x", by, 0)]
    laptop.do(lambda log: sessions.edit(log, session_at(log, by).id, now=NOW, start=TEN, end=TEN))
    meet(desk, laptop)
    assert laptop.spans() == desk.spans() == [("x", 0, 0)]


def browsed_on(machine: Machine, tmp_path: Path, *pages: Page) -> None:
    """Import what a browser has of these pages."""
    tmp_path.joinpath(f"History {machine.path.stem} {len(pages)}").unlink(missing_ok=True)
    path = watched(tmp_path / f"History {machine.path.stem} {len(pages)}", pages)
    machine.read("chrome", path)


def test_an_edit_that_cuts_what_another_source_measured_cuts_it_on_both_machines(
    desk: Machine, laptop: Machine, tmp_path: Path
) -> None:
    for machine in (desk, laptop):
        measured_on(machine, tmp_path, 0, 10)
        browsed_on(machine, tmp_path, Page("https://x.com/", TEN + 100, 300, 300))
    desk.do(lambda log: sessions.edit(log, session_at(log, 0).id, now=NOW, end=TEN + 200))
    assert desk.spans() == [("x", 0, 200), ("x", 200, 200), ("x", 600, 60)]
    meet(desk, laptop)
    assert laptop.rows() == desk.rows()
    for play in (desk.undo, desk.redo):
        play()
        meet(desk, laptop)
        assert laptop.rows() == desk.rows()


def test_an_estimated_end_is_estimated_on_both_machines_whatever_was_made_of_the_session(
    desk: Machine, laptop: Machine, tmp_path: Path
) -> None:
    for machine in (desk, laptop):
        measured_on(machine, tmp_path, 0)
        browsed_on(machine, tmp_path, Page("https://x.com/", TEN + 10, 300, None))
    desk.do(lambda log: sessions.edit(log, session_at(log, 250).id, now=NOW, start=TEN + 90))
    desk.do(lambda log: sessions.edit(log, session_at(log, 250).id, now=NOW, channel="linkedin"))
    meet(desk, laptop)
    assert laptop.rows() == desk.rows()
    rows = laptop.database.rows("SELECT channel, estimated FROM session ORDER BY start")
    assert rows == [("x", 0), ("linkedin", 1)]


@pytest.mark.parametrize("is_noted", [False, True])
def test_a_record_that_takes_time_from_measured_time_with_words_leaves_as_much_on_both_machines(
    desk: Machine, laptop: Machine, tmp_path: Path, *, is_noted: bool
) -> None:
    for machine in (desk, laptop):
        measured_on(machine, tmp_path, 0, 1, 2)
    if is_noted:
        desk.do(lambda log: sessions.edit(log, 1, now=NOW, note="for Samia"))
    desk.do(lambda log: sessions.add(log, "x", TEN + 30, TEN + 90, PARIS, now=NOW, on_overlap=TAKE))
    meet(desk, laptop)
    assert laptop.rows() == desk.rows()
    desk.do(lambda log: sessions.delete(log, [session_at(log, 30).id], now=NOW))
    meet(desk, laptop)
    assert laptop.rows() == desk.rows()
    assert words(laptop) == ({"for Samia"} if is_noted else set())


#: What happens to time that a phone and a browser measured, on one of three machines: a machine, what, which minute or
#: machine.
MEASURED_STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(
            (
                *("import", "import", "browser", "delete", "shorten", "lengthen", "split", "split", "join", "channel"),
                *("words", "no words", "to a moment", "nudge", "onto another", "record", "take", "unrecord"),
                *("undo", "undo", "redo", "merge", "merge", "merge"),
            )
        ),
        st.integers(0, 3),
    ),
    max_size=20,
)


def change_measured(log: Database, what: str, place: int, number: int) -> None:
    """What a person does to measured time."""
    every = session_table.in_span(log, 0, 1 << 40)
    measured = [session for session in every if session.source in ("app-usage", "chrome")]
    by_hand = [session for session in every if session.source == "log"]
    if what == "undo":
        undo.undo(log, 1, now=NOW)
    elif what == "redo":
        undo.redo(log, 1, now=NOW)
    elif what in ("record", "take"):
        on_overlap = TAKE if what == "take" else REFUSE
        sessions.add(log, "x", TEN + 30 + 60 * place, TEN + 90 + 60 * place, PARIS, now=NOW, on_overlap=on_overlap)
    elif what == "unrecord" and by_hand:
        sessions.delete(log, [by_hand[place % len(by_hand)].id], now=NOW)
    if not measured:
        return
    session, other = measured[place % len(measured)], measured[(place + 1) % len(measured)]
    assert session.end is not None
    assert other.end is not None
    if what == "delete":
        sessions.delete(log, [session.id], now=NOW)
    elif what == "shorten":
        sessions.edit(log, session.id, now=NOW, end=session.start + 20)
    elif what == "lengthen":
        sessions.edit(log, session.id, now=NOW, end=session.end + 20)
    elif what == "to a moment":
        moment = session.end if place % 2 else session.start
        sessions.edit(log, session.id, now=NOW, start=moment, end=moment)
    elif what == "nudge":
        by = (-30, -10, 10, 30)[place]
        sessions.edit(log, session.id, now=NOW, start=session.start + by, end=session.end + by)
    elif what == "onto another":
        sessions.edit(log, session.id, now=NOW, start=other.start + 5, end=other.end + 5, channel=other.channel)
    elif what == "split":
        sessions.split(log, session.id, session.start + 10 * (1 + place), now=NOW)
    elif what == "join":
        same = [other.id for other in measured if other.channel == session.channel and other.start >= session.start]
        sessions.merge(log, same[:2], now=NOW, across=True)
    elif what == "channel":
        sessions.edit(log, session.id, now=NOW, channel="linkedin" if session.channel == "x" else "x")
    elif what == "words":
        sessions.edit(log, session.id, now=NOW, note=f"{number}")
    elif what == "no words":
        sessions.edit(log, session.id, now=NOW, note=None)


def measured_by_two(machine: Machine, tmp_path: Path, what: str, place: int) -> None:
    """Import minutes and looks without length of a phone, or pages of a browser of the same times."""
    if what == "browser":
        pages = [
            Page("https://x.com/", TEN + 40 + 300 * minute, 50, None if minute == 1 else 50)
            for minute in range(place + 1)
        ]
        browsed_on(machine, tmp_path, *pages)
        return
    minutes = [*range(place + 1), *(10 * minute for minute in range(1, place + 1))]
    lines = [f"X,11/20/26,10:{minute:02}:00,0:01:00" for minute in minutes]
    lines += [f"X,11/20/26,10:{15 * minute + 5:02}:{20 * minute:02},0:00:00" for minute in range(place)]
    path = phone(tmp_path / "phone.csv", lines)
    machine.read("app-usage", path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=15)
@given(MEASURED_STEPS)
def test_changed_measured_time_is_the_same_on_three_machines(tmp_path: Path, steps: list[tuple[int, str, int]]) -> None:
    with three_machines(tmp_path) as machines:
        for machine in machines[:2]:
            for what in ("import", "browser"):
                measured_by_two(machine, tmp_path, what, 1)
        for number, (which, what, place) in enumerate(steps):
            machine = machines[which]
            if what in ("import", "browser"):
                measured_by_two(machine, tmp_path, what, place)
            elif what == "merge":
                machine.merge(machines[(which + 1 + place % 2) % 3])
            else:

                def step(log: Database, what: str = what, place: int = place, number: int = number) -> None:
                    with suppress(TrackerError):
                        change_measured(log, what, place, number)

                machine.do(step)
        for here, there in ((0, 1), (1, 2), (2, 0), (1, 0), (2, 1), (0, 2)):
            machines[here].merge(machines[there])
        assert machines[0].rows() == machines[1].rows() == machines[2].rows()
        for here, there in ((0, 1), (1, 2), (2, 0)):
            before = machines[here].rows()
            report = machines[here].merge(machines[there])
            assert (report.added, report.completed, report.deleted, report.rejected) == (0, 0, 0, ())
            assert machines[here].rows() == before
