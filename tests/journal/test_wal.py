"""The write-ahead log beside the file: applied where it belongs, refused where it is damaged, gone, or another's."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.journal.files import PARIS, minutes_ago, python
from tracker.journal import Journal, backup, sessions, wal
from tracker.model import TrackerError

#: Leaves so many checks in the log beside the file, in a transaction each, and is killed.
DIE = """
import os, signal, sys
from tracker.journal import Journal, sessions
now = int(sys.argv[2])
journal = Journal.open(sys.argv[1])
for number in range(int(sys.argv[3])):
    sessions.check(journal, "reddit", now - 600 + number * 60, "Europe/Paris", f"killed {number}", now=now)
os.kill(os.getpid(), signal.SIGKILL)
"""

#: Has the file open until its stdin is closed.
HOLD = """
import sys
from tracker.journal import Journal, sessions
now = int(sys.argv[2])
with Journal.open(sys.argv[1]) as journal:
    sessions.check(journal, "reddit", now, "Europe/Paris", "held", now=now)
    print("ready", flush=True)
    sys.stdin.read()
"""


def killed(path: str, changes: int = 3) -> None:
    """A program recorded so many checks in the file and was killed: they are in the log beside it alone."""
    child = python(DIE, path, str(NOW), str(changes))
    _out, err = child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL, err
    assert os.path.getsize(f"{path}-wal")


def notes(path: str) -> list[str | None]:
    with Journal.open(path) as journal:
        return [session.note for session in sessions.in_span(journal, 0, NOW + 3600)]


def refused(path: str) -> str:
    """The kind of log for which the file is not opened; nothing is changed by trying."""
    before = {file.name: file.read_bytes() for file in Path(path).parent.iterdir() if not file.name.endswith("-shm")}
    with pytest.raises(wal.UnfitLog) as error:
        Journal.open(path)
    after = {file.name: file.read_bytes() for file in Path(path).parent.iterdir() if not file.name.endswith("-shm")}
    assert after == before
    assert path in str(error.value)
    assert "tracker restore" in error.value.hint
    return error.value.kind


@pytest.fixture
def used(path: str) -> str:
    """A file with one check in it and nothing beside it."""
    with Journal.open(path) as journal:
        sessions.check(journal, "x", minutes_ago(30), PARIS, "before", now=NOW)
    return path


def test_what_a_killed_program_confirmed_is_there(used: str) -> None:
    killed(used)
    assert notes(used) == ["before", "killed 0", "killed 1", "killed 2"]
    killed(used)
    assert len(notes(used)) == 7


@pytest.mark.parametrize("how", ["copied by hand", "copied by us", "moved here"])
def test_a_backup_over_a_killed_programs_file_is_not_undone_by_its_log(used: str, tmp_path: Path, how: str) -> None:
    copy = str(tmp_path / "copy.db")
    if how == "copied by us":
        with Journal.open(used) as journal:
            copy = backup.copy(journal, copy)
    else:
        shutil.copy(used, copy)
    killed(used)
    if how == "moved here":
        os.replace(copy, used)
    else:
        shutil.copy(copy, used)
    later = os.stat(f"{used}-wal").st_mtime_ns + 10**9
    os.utime(used, ns=(later, later))
    assert refused(used) == wal.FOREIGN


def test_a_backup_of_an_earlier_time_is_known_by_its_mark_alone(used: str, tmp_path: Path) -> None:
    shutil.copy(used, tmp_path / "copy.db")
    assert notes(used) == ["before"]
    with Journal.open(used) as journal:
        sessions.check(journal, "x", minutes_ago(20), PARIS, "later", now=NOW)
    killed(used)
    then = os.stat(f"{used}-wal").st_mtime_ns - 10**9
    shutil.copy(tmp_path / "copy.db", used)
    os.utime(used, ns=(then, then))
    assert refused(used) == wal.FOREIGN


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
    Journal.open(str(tmp_path / "whole.db")).close()
    # As a kill leaves it: the first pages of the log are in the file, and the log is still beside it.
    pages = bytearray(Path(used).read_bytes())
    from tracker.sqlite_files import wal_frames

    log = Path(f"{used}-wal").read_bytes()
    first = min(frame.page for frame in wal_frames(log))
    done = (tmp_path / "whole.db").read_bytes()
    pages[(first - 1) * 4096 : first * 4096] = done[(first - 1) * 4096 : first * 4096]
    Path(used).write_bytes(pages)
    assert len(notes(used)) == 4


def test_a_deleted_log_is_noticed(used: str) -> None:
    killed(used)
    os.unlink(f"{used}-wal")
    assert refused(used) == wal.MISSING


def test_an_empty_log_may_be_deleted(used: str) -> None:
    killed(used)
    assert notes(used)
    Path(f"{used}-shm").write_bytes(bytes(32768))
    assert len(notes(used)) == 4


@pytest.mark.parametrize("place", [5, 40, 60, 700, 5000])
def test_a_damaged_log_is_noticed_wherever_the_damage_is(used: str, place: int) -> None:
    killed(used)
    log = bytearray(Path(f"{used}-wal").read_bytes())
    log[place] ^= 0x40
    Path(f"{used}-wal").write_bytes(log)
    assert refused(used) == wal.DAMAGED


def test_damage_to_the_last_change_is_noticed(used: str) -> None:
    killed(used)
    log = bytearray(Path(f"{used}-wal").read_bytes())
    log[-100] ^= 0x40
    Path(f"{used}-wal").write_bytes(log)
    assert refused(used) == wal.DAMAGED


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
        Journal.open(used)
    assert not os.path.exists(used)
    os.rename(f"{used}.elsewhere", used)
    assert len(notes(used)) == 4


def test_an_emptied_file_does_not_take_its_log_with_it(used: str) -> None:
    killed(used)
    os.truncate(used, 0)
    assert refused(used) == wal.FOREIGN


@pytest.mark.skipif(wal.is_used("/") is None and os.name != "posix", reason="locks cannot be asked about here")
class TestInUse:
    """Another process has the file open: its log is its own to watch, but not that of another file of that name."""

    def test_its_log_is_shared(self, used: str) -> None:
        child = python(HOLD, used, str(NOW))
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        assert notes(used) == ["before", "held"]
        assert wal.is_used(f"{used}-shm")
        _out, err = child.communicate("", timeout=60)
        assert (child.returncode, err) == (0, "")
        assert wal.is_used(f"{used}-shm") is False

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
            Journal.open(used)
        child.communicate("", timeout=60)
        assert notes(f"{used}.moved") == ["before", "held"]

    def test_its_deleted_log_is_refused(self, used: str) -> None:
        child = python(HOLD, used, str(NOW))
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        os.unlink(f"{used}-wal")
        with pytest.raises(wal.UnfitLog, match="try again"):
            Journal.open(used)
        child.communicate("", timeout=60)
        assert child.returncode == 0


def test_what_is_no_log_is_damaged_and_nothing_is_no_damage() -> None:
    assert not wal.is_damaged(b"")
    assert not wal.is_damaged(b"\x37\x7f\x06\x82")
    assert wal.is_damaged(b"junk" * 100)
