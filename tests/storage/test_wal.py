"""The write-ahead log beside the file: applied where it belongs, refused where it is damaged, gone, or another's."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import HANGS_AFTER, NOW
from tests.storage.files import PARIS, minutes_ago, python
from tracker.domain.errors import TrackerError, UnfitLog
from tracker.storage import Database, session_table, sessions, wal

#: Leaves so many checks in the log beside the file, in a transaction each, and is killed.
DIE = """
import os, signal, sys
from tracker.storage import Database, sessions
now = int(sys.argv[2])
database = Database.open(sys.argv[1])
for number in range(int(sys.argv[3])):
    sessions.check(database, "reddit", now - 600 + number * 9, "Europe/Paris", f"killed {number}", now=now)
os.kill(os.getpid(), signal.SIGKILL)
"""

#: Has the file open until its stdin is closed.
HOLD = """
import sys
from tracker.storage import Database, sessions
now = int(sys.argv[2])
with Database.open(sys.argv[1]) as database:
    sessions.check(database, "reddit", now, "Europe/Paris", "held", now=now)
    print("ready", flush=True)
    sys.stdin.read()
"""


#: Opens the file, records and closes it, again and again.
COME_AND_GO = """
import sys
from tracker.storage import Database, sessions
now, number = int(sys.argv[2]), int(sys.argv[3])
for turn in range(15):
    with Database.open(sys.argv[1]) as database:
        at = now - 40_000 + number * 10_000 + turn * 60
        sessions.check(database, "reddit", at, "Europe/Paris", f"{number} {turn}", now=now)
"""


def killed(path: str, changes: int = 3) -> None:
    """A program recorded so many checks in the file and was killed: they are in the log beside it alone."""
    child = python(DIE, path, str(NOW), str(changes))
    _out, err = child.communicate(timeout=HANGS_AFTER)
    assert child.returncode == -signal.SIGKILL, err
    assert os.path.getsize(f"{path}-wal")


def notes(path: str) -> list[str | None]:
    with Database.open(path) as database:
        return [session.note for session in session_table.in_span(database, 0, NOW + 3600)]


def refused(path: str) -> str:
    """The kind of log for which the file is not opened; nothing is changed by trying."""
    before = {file.name: file.read_bytes() for file in Path(path).parent.iterdir() if not file.name.endswith("-shm")}
    with pytest.raises(UnfitLog) as error:
        Database.open(path)
    after = {file.name: file.read_bytes() for file in Path(path).parent.iterdir() if not file.name.endswith("-shm")}
    assert after == before
    assert path in str(error.value)
    assert "restore" in error.value.hint
    return error.value.kind


@pytest.fixture
def used(path: str) -> str:
    """A file with one check in it and nothing beside it."""
    with Database.open(path) as database:
        sessions.check(database, "x", minutes_ago(30), PARIS, "before", now=NOW)
    return path


def test_what_a_killed_program_confirmed_is_there(used: str) -> None:
    killed(used)
    assert notes(used) == ["before", "killed 0", "killed 1", "killed 2"]
    killed(used)
    assert len(notes(used)) == 7


@pytest.mark.parametrize("wrong", ["", "damaged", "another's"])
def test_a_log_that_is_read_in_parts_is_judged_as_any_other(used: str, wrong: str) -> None:
    if wrong == "another's":
        with Database.open(used) as database:
            copy = database.file.backup(f"{used}.copy")
    large = 'database.connection.execute("INSERT INTO state VALUES (?, ?)", ("large", "large" * 2_000_000))\nos.kill'
    child = python(DIE.replace("os.kill", large), used, str(NOW), "3")
    child.communicate(timeout=HANGS_AFTER)
    assert os.path.getsize(f"{used}-wal") > 9_000_000
    if wrong == "another's":
        shutil.copy(copy, used)
        assert refused(used) == UnfitLog.FOREIGN
    elif wrong == "damaged":
        with open(f"{used}-wal", "r+b") as log:
            log.seek(5000)
            log.write(b"damaged")
        assert refused(used) == UnfitLog.DAMAGED
    else:
        assert len(notes(used)) == 4
        with Database.open(used) as database:
            assert database.state("large") == "large" * 2_000_000


def test_a_killed_programs_log_is_judged_where_the_disk_has_no_room_for_a_copy(
    used: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copy(used, tmp_path / "copy.db")
    killed(used)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    assert len(notes(used)) == 4
    with Database.open(used) as database:
        sessions.check(database, "x", minutes_ago(20), PARIS, "later", now=NOW)
    killed(used)
    shutil.copy(copy, used)
    assert refused(used) in (UnfitLog.FOREIGN, UnfitLog.OLDER)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says the peak of one process")
def test_a_large_file_is_not_read_into_memory_to_judge_its_log(
    used: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    with closing(sqlite3.connect(used)) as connection, connection:
        connection.execute("CREATE TABLE large AS SELECT zeroblob(40000000) AS bytes")
    killed(used)
    assert os.path.getsize(f"{used}-wal") < 1_000_000
    peak = 'print(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])'
    code = f"import sys\nfrom tracker.storage import Database\nDatabase.open(sys.argv[1]).close()\n{peak}"
    out, err = python(code, used).communicate(timeout=HANGS_AFTER)
    assert not err
    assert int(out) < 40_000, "kB"
    assert not list((tmp_path / "temporary").iterdir())


@pytest.mark.parametrize("how", ["copied by hand", "copied by us", "moved here"])
def test_a_backup_over_a_killed_programs_file_is_not_undone_by_its_log(used: str, tmp_path: Path, how: str) -> None:
    copy = str(tmp_path / "copy.db")
    if how == "copied by us":
        with Database.open(used) as database:
            copy = database.file.backup(copy)
    else:
        shutil.copy(used, copy)
    killed(used)
    if how == "moved here":
        os.replace(copy, used)
    else:
        shutil.copy(copy, used)
    later = os.stat(f"{used}-wal").st_mtime_ns + 10**9
    os.utime(used, ns=(later, later))
    assert refused(used) == (UnfitLog.FOREIGN if how == "copied by us" else UnfitLog.OLDER)


def test_a_backup_of_an_earlier_time_is_known_by_its_mark_alone(used: str, tmp_path: Path) -> None:
    shutil.copy(used, tmp_path / "copy.db")
    assert notes(used) == ["before"]
    with Database.open(used) as database:
        sessions.check(database, "x", minutes_ago(20), PARIS, "later", now=NOW)
    killed(used)
    then = os.stat(f"{used}-wal").st_mtime_ns - 10**9
    shutil.copy(tmp_path / "copy.db", used)
    os.utime(used, ns=(then, then))
    assert refused(used) == UnfitLog.FOREIGN


def test_file_and_log_copied_together_are_whole(used: str, tmp_path: Path) -> None:
    killed(used)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for ending in ("-wal", ""):
        shutil.copy(used + ending, elsewhere / f"tracker.db{ending}")
    stamp = os.stat(elsewhere / "tracker.db").st_mtime_ns + 1
    os.utime(elsewhere / "tracker.db-wal", ns=(stamp, stamp))
    assert len(notes(str(elsewhere / "tracker.db"))) == 4


def test_a_checkpoint_cut_short_is_no_other_file(used: str, tmp_path: Path) -> None:
    killed(used)
    shutil.copy(used, tmp_path / "whole.db")
    shutil.copy(f"{used}-wal", tmp_path / "whole.db-wal")
    Database.open(str(tmp_path / "whole.db")).close()
    # As a kill leaves it: the first pages of the log are in the file, and the log is still beside it.
    pages = bytearray(Path(used).read_bytes())
    from tracker.files.sqlite_format import wal_frames

    log = Path(f"{used}-wal").read_bytes()
    first = min(frame.page for frame in wal_frames(log))
    done = (tmp_path / "whole.db").read_bytes()
    pages[(first - 1) * 4096 : first * 4096] = done[(first - 1) * 4096 : first * 4096]
    Path(used).write_bytes(pages)
    assert len(notes(used)) == 4


def test_a_checkpoint_cut_short_anywhere_loses_nothing(used: str, tmp_path: Path) -> None:
    """A checkpoint copies the pages in their order, and the first one says how many there will be."""
    from tracker.files.sqlite_format import wal_frames

    killed(used, 60)
    for ending in ("", "-wal"):
        shutil.copy(used + ending, tmp_path / f"whole.db{ending}")
    before, log = Path(used).read_bytes(), Path(f"{used}-wal").read_bytes()
    Database.open(str(tmp_path / "whole.db")).close()
    after = (tmp_path / "whole.db").read_bytes()
    assert len(after) > len(before), "the file has grown"
    cut = tmp_path / "cut" / "tracker.db"
    cut.parent.mkdir()
    pages = bytearray(before)
    for page in sorted({frame.page for frame in wal_frames(log)}):
        start, end = (page - 1) * 4096, page * 4096
        pages[start:end] = after[start:end]
        for left in cut.parent.iterdir():
            left.unlink()
        Path(f"{cut}-wal").write_bytes(log)
        cut.write_bytes(pages)
        assert wal.marks_match(wal.read_mark_at(str(cut), "immutable=1"), wal.read_mark_at(str(cut), "mode=ro")), end
        assert len(notes(str(cut))) == 61, end


def test_a_deleted_log_is_noticed(used: str) -> None:
    killed(used)
    os.unlink(f"{used}-wal")
    assert refused(used) == UnfitLog.MISSING


def test_an_emptied_log_is_noticed(used: str) -> None:
    killed(used)
    os.truncate(f"{used}-wal", 0)
    assert refused(used) == UnfitLog.MISSING


def test_a_log_with_nothing_in_it_may_be_deleted(used: str) -> None:
    Path(f"{used}-shm").write_bytes(bytes(32768))
    assert notes(used) == ["before"]


def test_after_a_power_cut_the_index_is_not_believed(used: str) -> None:
    killed(used)
    os.unlink(f"{used}-wal")
    os.utime(f"{used}-shm", (0, 0))
    assert notes(used) == ["before"]


@pytest.mark.parametrize("place", [5, 40, 60, 700, 5000])
def test_a_damaged_log_is_noticed_wherever_the_damage_is(used: str, place: int) -> None:
    killed(used)
    log = bytearray(Path(f"{used}-wal").read_bytes())
    log[place] ^= 0x40
    Path(f"{used}-wal").write_bytes(log)
    assert refused(used) == UnfitLog.DAMAGED


def test_a_last_change_that_cannot_be_read_is_said_and_kept(used: str) -> None:
    """After a power cut it may never have been confirmed: nobody is locked out, and nothing is thrown away."""
    killed(used)
    log = bytearray(Path(f"{used}-wal").read_bytes())
    log[-100] ^= 0x40
    Path(f"{used}-wal").write_bytes(log)
    assert refused(used) == UnfitLog.DAMAGED  # as long as it is sure that the change was confirmed
    os.utime(f"{used}-shm", (0, 0))
    with Database.open(used) as database:
        assert database.file.warning
        assert "cannot be read" in database.file.warning
        assert [session.note for session in session_table.in_span(database, 0, NOW)] == [
            "before",
            "killed 0",
            "killed 1",
        ]
    kept = Path(f"{used}-wal.kept-1")
    assert kept.read_bytes() == log
    assert kept.stat().st_mode & 0o777 == 0o600
    with Database.open(used) as database:
        assert database.file.warning is None


def damaged_before_the_last_change(path: str, place: int) -> None:
    """Damage one byte of the frame that ended the last change but one, `place` bytes from where its page begins; what
    the index says of the log is not believed."""
    from tracker.files.sqlite_format import wal_frames

    log = bytearray(Path(f"{path}-wal").read_bytes())
    commits = [frame for frame in wal_frames(bytes(log)) if frame.commit_size]
    log[commits[-2].offset + place] ^= 0x40
    Path(f"{path}-wal").write_bytes(log)
    os.utime(f"{path}-shm", (0, 0))


def test_a_change_before_the_last_was_confirmed_and_is_damage(used: str) -> None:
    """The change after it was begun once it was on the disk: no power cut explains that it cannot be read."""
    killed(used)
    damaged_before_the_last_change(used, 100)
    assert refused(used) == UnfitLog.DAMAGED


#: Leaves two checks in the log, and between them, twice, what a program stores for itself; and is killed.
DIE_ALIVE = """
import os, signal, sys
from tracker.storage import Database, sessions
now = int(sys.argv[2])
database = Database.open(sys.argv[1])
sessions.check(database, "reddit", now - 600, "Europe/Paris", "on the disk", now=now)
database.set_state("alive", "1")
database.set_state("alive", "2")
sessions.check(database, "reddit", now - 300, "Europe/Paris", "not confirmed yet", now=now)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("which", [-2, -3])
def test_a_power_cut_may_lose_what_did_not_wait_for_the_disk_and_keep_what_followed(used: str, which: int) -> None:
    """No sync came between them: the disk may have written the frames of the change that was being confirmed first."""
    from tracker.files.sqlite_format import wal_frames

    child = python(DIE_ALIVE, used, str(NOW))
    _out, err = child.communicate(timeout=HANGS_AFTER)
    assert child.returncode == -signal.SIGKILL, err
    log = bytearray(Path(f"{used}-wal").read_bytes())
    lost = [frame for frame in wal_frames(bytes(log)) if frame.commit_size][which]
    log[lost.offset + 100 : lost.offset + 4096] = bytes(3996)
    Path(f"{used}-wal").write_bytes(log)
    os.utime(f"{used}-shm", (0, 0))
    with Database.open(used) as database:
        assert database.file.warning
        assert [session.note for session in session_table.in_span(database, 0, NOW)] == ["before", "on the disk"]


def test_where_more_than_the_last_change_is_lost_nobody_is_told_of_one(used: str) -> None:
    """Damage to the salts of a frame looks like a frame of an earlier log: how many changes are lost is not known."""
    killed(used)
    damaged_before_the_last_change(used, -14)
    with Database.open(used) as database:
        assert database.file.warning
        assert "the last changes may be missing" in database.file.warning
        assert [session.note for session in session_table.in_span(database, 0, NOW)] == ["before", "killed 0"]


@pytest.mark.parametrize("length", [10, 24, 2000])
def test_a_log_cut_off_in_an_unfinished_change_is_whole(used: str, length: int) -> None:
    killed(used)
    log = Path(f"{used}-wal").read_bytes()
    Path(f"{used}-wal").write_bytes(log + log[-4120 : length - 4120])
    assert len(notes(used)) == 4


def test_a_file_that_is_gone_is_not_begun_again_over_its_log(used: str) -> None:
    killed(used)
    os.rename(used, f"{used}.elsewhere")
    with pytest.raises(TrackerError, match="its last changes are in"):
        Database.open(used)
    assert not os.path.exists(used)
    os.rename(f"{used}.elsewhere", used)
    assert len(notes(used)) == 4


def test_an_emptied_file_does_not_take_its_log_with_it(used: str) -> None:
    killed(used)
    os.truncate(used, 0)
    assert refused(used) == UnfitLog.FOREIGN


@pytest.mark.skipif(
    wal.is_locked("/", wal.INDEX_BYTES) is None and os.name != "posix", reason="locks cannot be asked about here"
)
class TestInUse:
    """Another process has the file open: its log is its own to watch, but not that of another file of that name."""

    def test_its_log_is_shared(self, used: str) -> None:
        child = python(HOLD, used, str(NOW))
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        assert notes(used) == ["before", "held"]
        assert wal.is_locked(f"{used}-shm", wal.INDEX_BYTES)
        _out, err = child.communicate("", timeout=HANGS_AFTER)
        assert (child.returncode, err) == (0, "")
        assert wal.is_locked(f"{used}-shm", wal.INDEX_BYTES) is False

    @pytest.mark.parametrize("replaced", [False, True])
    def test_another_file_at_its_place_is_refused(self, used: str, tmp_path: Path, replaced: bool) -> None:
        shutil.copy(used, tmp_path / "copy.db")
        child = python(HOLD, used, str(NOW))
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        os.rename(used, f"{used}.moved")
        if replaced:
            os.rename(tmp_path / "copy.db", used)
        with pytest.raises(TrackerError, match="still has the file open"):
            Database.open(used)
        child.communicate("", timeout=HANGS_AFTER)
        assert notes(f"{used}.moved") == ["before", "held"]

    @pytest.mark.parametrize("endings", [("-wal",), ("-shm",), ("-wal", "-shm")])
    def test_its_deleted_log_is_refused(self, used: str, endings: tuple[str, ...]) -> None:
        child = python(HOLD, used, str(NOW))
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        for ending in endings:
            os.unlink(used + ending)
        with pytest.raises(UnfitLog, match="try again"):
            Database.open(used)
        child.communicate("", timeout=HANGS_AFTER)
        assert child.returncode == 0
        assert notes(used) == ["before", "held"]

    @pytest.mark.parametrize("by_us", [False, True])
    def test_a_file_written_over_while_changes_wait_is_refused(self, used: str, tmp_path: Path, by_us: bool) -> None:
        if by_us:
            with Database.open(used) as database:
                copy = database.file.backup(str(tmp_path / "copy.db"))
        else:
            copy = str(tmp_path / "copy.db")
            with Database.open(copy) as database:
                sessions.check(database, "x", NOW, PARIS, "another", now=NOW)
        child = python(HOLD, used, str(NOW))
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        shutil.copy(copy, used)
        with pytest.raises(UnfitLog, match="written over"):
            Database.open(used)
        child.communicate("", timeout=HANGS_AFTER)
        assert child.returncode == 0


def test_many_programs_that_come_and_go_never_find_the_log_unfit(used: str) -> None:
    children = [python(COME_AND_GO, used, str(NOW), str(number)) for number in range(3)]
    answers = [child.communicate(timeout=HANGS_AFTER) for child in children]
    assert [err for _out, err in answers] == [""] * 3
    assert len(notes(used)) == 1 + 3 * 15


def test_what_is_no_log_is_damaged_and_nothing_is_no_damage() -> None:
    assert wal._damage(b"", []) is None
    assert wal._damage(b"\x37\x7f\x06\x82", []) is None
    assert wal._damage(b"junk" * 100, []) == UnfitLog.DAMAGED


def test_a_log_cut_short_after_a_kill_is_damaged_wherever_it_ends(used: str) -> None:
    killed(used)
    whole = Path(f"{used}-wal").read_bytes()
    for length in (0, 32, 33, 12_000, len(whole) - 1):
        Path(f"{used}-wal").write_bytes(whole[:length])
        assert refused(used) in (UnfitLog.DAMAGED, UnfitLog.MISSING)
    Path(f"{used}-wal").write_bytes(whole)
    assert len(notes(used)) == 4


def test_a_file_with_two_names_is_read_and_not_written(used: str) -> None:
    os.link(used, f"{used}.second")
    for path in (used, f"{used}.second"):
        with Database.open(path) as database:
            assert len(session_table.in_span(database, 0, NOW)) == 1
            with pytest.raises(TrackerError, match="second name"):
                sessions.check(database, "x", NOW, PARIS, "lost", now=NOW)
    os.unlink(f"{used}.second")
    with Database.open(used) as database:
        sessions.check(database, "x", NOW, PARIS, "kept", now=NOW)


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_what_is_no_file_at_the_place_of_the_log_is_refused(used: str, kind: str) -> None:
    killed(used)
    os.unlink(f"{used}-wal")
    if kind == "pipe":
        os.mkfifo(f"{used}-wal")
    else:
        os.mkdir(f"{used}-wal")
    with pytest.raises(UnfitLog):
        Database.open(used)


def test_a_log_that_was_begun_again_has_a_new_mark(used: str, tmp_path: Path) -> None:
    """A copy from before fits no log that was begun again since, whatever its time says."""
    with Database.open(used) as database:
        sessions.check(database, "x", minutes_ago(20), PARIS, "one", now=NOW)
        # Another program copies the log into the file, and SQLite begins the log again from its start.
        with closing(sqlite3.connect(used)) as another:
            another.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        shutil.copy2(used, tmp_path / "copy.db")
        for number in range(3):
            sessions.check(database, "x", minutes_ago(15 - number), PARIS, f"two {number}", now=NOW)
        with closing(sqlite3.connect(used)) as another:
            another.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    killed(used)
    shutil.copy2(tmp_path / "copy.db", used)
    assert refused(used) == UnfitLog.FOREIGN
