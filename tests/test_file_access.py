"""The one door to files: what it keeps away from, what it leaves behind, and that nothing else opens a file."""

from __future__ import annotations

import ast
import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.test_house import FILES, ROOT, nodes
from tracker.domain.errors import TrackerError
from tracker.files import file_access

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A log that is open, with another name and a link of each kind beside it."""
    path = tmp_path / "log.db"
    path.write_text("the log")
    (tmp_path / "log.db-wal").write_text("what is not in it yet")
    os.link(path, tmp_path / "hard")
    os.link(tmp_path / "log.db-wal", tmp_path / "hard-wal")
    (tmp_path / "soft").symlink_to(path)
    (tmp_path / "folder").symlink_to(tmp_path)
    file_access.protect(str(path))
    yield path
    file_access.release(str(path))


NAMES = ("log.db", "log.db-wal", "log.db-shm", "log.db-journal", "hard", "hard-wal", "soft", "folder/log.db-shm")


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_an_open_log_is_read_or_written(log: Path, name: str) -> None:
    path, before = str(log.parent / name), {file.name for file in log.parent.iterdir()}
    for follow in (False, True):
        with (
            pytest.raises(TrackerError, match="file of tracker itself"),
            file_access.atomic_replace(path, follow=follow),
        ):
            pass
    with pytest.raises(TrackerError, match="file of tracker itself"):
        file_access.read_bytes(path)
    if not os.path.exists(path):
        with file_access.temporary_file(path) as made, pytest.raises(TrackerError, match="file of tracker itself"):
            file_access.rename_to_free_name(made, path)
    assert {file.name for file in log.parent.iterdir()} == before
    assert log.read_text() == "the log"


def test_a_log_is_known_where_it_was_moved_to(log: Path) -> None:
    log.rename(log.parent / "moved")
    for name in ("moved", "log.db", "hard"):
        assert file_access.is_database(str(log.parent / name))
    assert not file_access.is_database(str(log.parent / "other"))


def test_a_log_opened_twice_is_let_go_when_it_was_closed_twice(log: Path) -> None:
    file_access.protect(str(log))
    file_access.release(str(log))
    assert file_access.is_database(str(log))
    file_access.release(str(log))
    assert not file_access.is_database(str(log))
    file_access.release(str(log))
    assert file_access.is_database(str(log), databases=(str(log),)), "one that is not open, but named"


def test_a_new_file_is_private_and_one_that_was_there_keeps_its_permissions(tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    old.write_text("before")
    old.chmod(0o644)
    for path in (new, old):
        with file_access.atomic_replace(str(path)) as file:
            file.write("été\r\n")
            assert [folder.stat().st_mode & 0o777 for folder in tmp_path.glob(".tracker-*")] == [0o600]
    assert (stat.S_IMODE(new.stat().st_mode), stat.S_IMODE(old.stat().st_mode)) == (0o600, 0o644)
    assert file_access.read_text(str(old)) == "été\r\n"
    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["new", "old"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, TrackerError])
def test_after_a_failure_all_is_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "old"
    path.write_text("before")

    def write() -> None:
        with file_access.atomic_replace(str(path)) as file:
            file.write("half of it")
            file.flush()
            raise error

    with pytest.raises(error):
        write()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_replaced_or_followed_as_asked(tmp_path: Path) -> None:
    own, link, dangling = tmp_path / "own", tmp_path / "link", tmp_path / "dangling"
    own.write_text("mine")
    own.chmod(0o640)
    link.symlink_to(own)
    dangling.symlink_to(tmp_path / "made")
    for path in (link, dangling):
        with file_access.atomic_replace(str(path), follow=True) as file:
            file.write("changed")
        assert path.is_symlink()
    assert (own.read_text(), (tmp_path / "made").read_text()) == ("changed", "changed")
    assert stat.S_IMODE(own.stat().st_mode) == 0o640
    with file_access.atomic_replace(str(link)) as file:
        file.write("a file")
    assert not link.is_symlink()
    assert (own.read_text(), link.read_text(), stat.S_IMODE(link.stat().st_mode)) == ("changed", "a file", 0o600)


def test_a_link_planted_at_a_temporary_name_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    victim = tmp_path / "victim"
    victim.write_text("dear")
    (tmp_path / ".tracker-guessed.tmp").symlink_to(victim)
    monkeypatch.setattr(tempfile, "_get_candidate_names", lambda: iter(["guessed", "other"]))
    with file_access.atomic_replace(str(tmp_path / "x")) as file:
        file.write("x")
    assert victim.read_text() == "dear"
    assert (tmp_path / ".tracker-guessed.tmp").is_symlink()


@pytest.mark.parametrize("links", [True, False])
def test_a_file_put_beside_others_takes_the_first_free_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def refused(*names: str) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    if not links:
        monkeypatch.setattr(os, "link", refused)
    (tmp_path / "b.db").write_text("another's")
    (tmp_path / "b-2.db").symlink_to(tmp_path / "nowhere")
    with file_access.temporary_file(str(tmp_path / "b.db")) as made:
        Path(made).write_text("the backup")
        assert file_access.rename_to_free_name(made, str(tmp_path / "b.db"), ".db") == str(tmp_path / "b-3.db")
    assert (tmp_path / "b.db").read_text() == "another's"
    assert (tmp_path / "b-3.db").read_text() == "the backup"
    assert stat.S_IMODE((tmp_path / "b-3.db").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b-2.db", "b-3.db", "b.db"]


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices are POSIX's")
def test_only_regular_files_of_a_known_size_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "long").write_bytes(b"x" * 5000)
    for path, reason in ((tmp_path / "pipe", "regular"), ("/dev/zero", "regular"), (tmp_path, "folder")):
        with pytest.raises(OSError, match=reason):
            file_access.read_bytes(str(path))
    with pytest.raises(OSError, match="larger than 2 KiB"):
        file_access.read_bytes(str(tmp_path / "long"), limit=2048)
    assert len(file_access.read_bytes(str(tmp_path / "long"), limit=5000)) == 5000


@pytest.mark.skipif(os.name != "posix", reason="pipes are POSIX's")
def test_a_pipe_is_written_to_as_it_stands_and_never_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="no program reads"), file_access.atomic_replace(str(pipe)):
        pass
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with file_access.atomic_replace(str(pipe)) as file:
        file.write("all of it")
    assert os.read(reader, 100) == b"all of it"
    os.close(reader)
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.parametrize("folders", [True, False])
def test_a_lock_is_held_by_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folders: bool) -> None:
    fcntl = pytest.importorskip("fcntl")
    flock = fcntl.flock

    def files_only(descriptor: int, how: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EBADF, "no locks on folders here")
        flock(descriptor, how)

    if not folders:
        monkeypatch.setattr(fcntl, "flock", files_only)
    monkeypatch.setattr(file_access, "PATIENCE", 0)
    path = str(tmp_path / "deep" / "s.toml")
    for _again in range(2):
        with (
            file_access.locked(path),
            pytest.raises(TrackerError, match="another program is changing"),
            file_access.locked(path),
        ):
            pass
    assert os.listdir(tmp_path / "deep") == ([] if folders else [".s.toml.lock"])


def test_a_link_planted_at_the_lock_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refused(descriptor: int, how: int) -> None:
        raise OSError(errno.EBADF, "no locks here")

    monkeypatch.setattr(fcntl, "flock", refused)
    (tmp_path / ".s.toml.lock").symlink_to(tmp_path / "victim")
    with pytest.raises(OSError), file_access.locked(str(tmp_path / "s.toml")):  # noqa: PT011 - each system has its words
        pass
    assert not (tmp_path / "victim").exists()


#: What opens, makes, moves or removes a file by a name of it.
_OS = {"open", "fdopen", "replace", "rename", "renames", "link", "symlink", "unlink", "remove", "truncate", "mkfifo"}
_PATH = {"read_bytes", "read_text", "write_bytes", "write_text", "unlink", "symlink_to", "hardlink_to"}
_MODULES = {"shutil": None, "tempfile": {"mkstemp", "NamedTemporaryFile", "TemporaryFile"}, "os": _OS, "io": {"open"}}

#: Who may, beside file_access.py, and what it is.
_ALLOWED = {
    "tracker/__init__.py": "the data files of the package",
    "tracker/files/file_access.py": "the door itself",
    "tracker/files/sqlite_format.py": "a copy of its own, of another program's database",
    "tracker/storage/database_file.py": "the log's only connections",
    "tracker/storage/file_format.py": "the log, before its one connection is open",
    "tracker/storage/repair.py": "the log, which is not open then, set aside for a backup of it",
    "tracker/storage/wal.py": "the log's own write-ahead log, and its locks, before the only connection is open",
    "tracker/importers/contract.py": "for the tests of a source: its samples, and a log of its own that is closed",
    "tracker/cli/context.py": "/dev/null, in place of a stdout that is gone",
    "tracker/cli/screens.py": "the temporary folder of the demo, removed in a signal handler",
    "tracker/cli/transfer.py": "stdout, by its descriptor",
    "tracker/calendar/clock.py": "the file with the name of the machine's time zone",
    "tracker/reports/html_page.py": "a style sheet of the package",
}


def opens_a_file(call: ast.Call) -> bool:
    function = call.func
    if isinstance(function, ast.Name):
        return function.id in ("open", "copyfile", "mkstemp")
    if not isinstance(function, ast.Attribute):
        return False
    owner = function.value
    if isinstance(owner, ast.Name) and owner.id in _MODULES:
        named = _MODULES[owner.id]
        return function.attr != "which" if named is None else function.attr in named
    of_path = isinstance(owner, ast.Call) and isinstance(owner.func, ast.Name) and owner.func.id == "Path"
    of_door = isinstance(owner, ast.Name) and owner.id == "file_access"
    return (not of_door and function.attr in _PATH) or (of_path and function.attr in ("open", "rename", "replace"))


@pytest.mark.parametrize(
    ("code", "opens"),
    [
        ("open(path)", True),
        ("os.open(path, 0)", True),
        ("Path(path).open()", True),
        ("found.read_bytes()", True),
        ("shutil.copy(one, other)", True),
        ("shutil.which(command)", False),
        ("os.replace(one, other)", True),
        ("Database.open(path)", False),
        ("file_access.read_text(path)", False),
        ("text.replace('a', 'b')", False),
    ],
)
def test_what_opens_a_file_is_recognised(code: str, opens: bool) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert opens_a_file(call) is opens


def test_no_other_module_opens_a_file() -> None:
    opening = {
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in FILES
        if str(file.relative_to(ROOT)) not in _ALLOWED
        for node in nodes(file)
        if isinstance(node, ast.Call) and opens_a_file(node)
    }
    assert opening == set()
