"""SQLite itself is the judge of what stands in its files: the same rows are read from them by both."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.files import sqlite_format

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a connection does next, with how many rows.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "change", "remove", "commit", "roll back", "checkpoint", "vacuum"]), st.integers(1, 40)
    ),
    max_size=14,
)
SIZES = st.sampled_from([512, 1024, 4096])


def work(base: sqlite3.Connection, steps: list[tuple[str, int]]) -> None:
    """The steps, on a connection in which nothing commits by itself."""
    chance = random.Random(7)
    for step, count in steps:
        if step in ("add", "change", "remove") and not base.in_transaction:
            base.execute("BEGIN")
        if step == "add":
            base.executemany(
                "INSERT INTO t(x) VALUES (?)", [(chance.randbytes(chance.randrange(300)),) for _ in range(count)]
            )
        elif step == "change":
            base.execute("UPDATE t SET x = CAST(x || ? AS BLOB) WHERE id % ? = 0", (bytes(count), count))
        elif step == "remove":
            base.execute("DELETE FROM t WHERE id % 3 = ?", (count % 3,))
        elif step == "commit" and base.in_transaction:
            base.execute("COMMIT")
        elif step == "roll back" and base.in_transaction:
            base.execute("ROLLBACK")
        elif step == "checkpoint" and not base.in_transaction:
            base.execute(f"PRAGMA wal_checkpoint({'TRUNCATE' if count > 20 else 'PASSIVE'})")
        elif step == "vacuum" and not base.in_transaction:
            base.execute("VACUUM")


def made(path: str, mode: str, size: int, cache: int = 4) -> sqlite3.Connection:
    """A database whose small cache spills: its files hold pages of transactions that are not finished."""
    base = sqlite3.connect(path, isolation_level=None)
    base.execute(f"PRAGMA page_size={size}")
    base.execute(f"PRAGMA journal_mode={mode}")
    base.execute(f"PRAGMA cache_size={cache}")
    base.execute("PRAGMA wal_autocheckpoint=0")
    base.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, x)")
    base.execute("CREATE INDEX i ON t(x)")
    return base


def copied(path: str, target: str) -> tuple[bytes, bytes, bytes]:
    """What a killed program would have left behind, as files and as bytes."""
    headers = []
    for suffix in ("", "-wal", "-journal"):
        if os.path.exists(path + suffix):
            shutil.copyfile(path + suffix, target + suffix)
        headers.append(Path(path + suffix).read_bytes() if os.path.exists(path + suffix) else b"")
    return headers[0], headers[1], headers[2]


def rows(base: sqlite3.Connection) -> list[object]:
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return base.execute("SELECT * FROM t ORDER BY id").fetchall()


def in_memory(parts: tuple[bytes, bytes, bytes]) -> list[object]:
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(bytes(sqlite_format.current(*parts)))
        return rows(base)


def on_disk(path: str) -> list[object]:
    with closing(sqlite3.connect(path)) as base:
        return rows(base)


@pytest.mark.parametrize("mode", ["WAL", "DELETE", "PERSIST"])
@given(steps=STEPS, size=SIZES)
def test_what_a_killed_program_left_behind_is_read_as_sqlite_reads_it(
    mode: str, steps: list[tuple[str, int]], size: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, copy = f"{folder}/a.db", f"{folder}/b.db"
        with closing(made(path, mode, size)) as base:
            work(base, steps)
            parts = copied(path, copy)
        assert in_memory(parts) == on_disk(copy)


@given(steps=STEPS, cut=st.floats(0, 1), damage=st.floats(0, 1))
def test_a_log_cut_off_or_damaged_counts_as_far_as_sqlite_reads_it(
    steps: list[tuple[str, int]], cut: float, damage: float
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, copy = f"{folder}/a.db", f"{folder}/b.db"
        with closing(made(path, "WAL", 512, cache=100)) as base:
            work(base, [step for step in steps if step[0] != "checkpoint"])
            main, wal, journal = copied(path, copy)
        broken = bytearray(wal[: round(len(wal) * cut)])
        if broken:
            broken[int((len(broken) - 1) * damage)] ^= 0x55
        Path(f"{copy}-wal").write_bytes(broken)
        with closing(sqlite3.connect(copy)) as base:
            try:
                expected: object = rows(base)
            except sqlite3.DatabaseError:
                return  # the table itself was only in the log
        assert in_memory((main, bytes(broken), journal)) == expected


@pytest.fixture
def wal(tmp_path: Path) -> Iterator[bytes]:
    with closing(made(str(tmp_path / "a.db"), "WAL", 512, cache=100)) as base:
        work(base, [("add", 20), ("commit", 1)] * 3)
        yield (tmp_path / "a.db-wal").read_bytes()


def test_frames_behind_a_damaged_one_are_seen(wal: bytes) -> None:
    frames = sqlite_format.wal_frames(wal)
    assert [frame.offset for frame in frames] == list(range(56, len(wal), 536))
    assert sqlite_format.wal_frames_beyond(wal) == []
    damaged = bytearray(wal)
    damaged[frames[4].offset + 100] ^= 1
    assert sqlite_format.wal_frames(bytes(damaged)) == frames[:4]
    assert sqlite_format.wal_frames_beyond(bytes(damaged)) == frames[4:]


def test_what_is_no_log_has_no_frames(wal: bytes) -> None:
    for text in (b"", b"x" * 5000, wal[:31], bytes(32) + wal[32:], wal[:20] + b"\x01" + wal[21:]):
        assert sqlite_format.wal_header(text) is None
        assert sqlite_format.wal_frames(text) == sqlite_format.wal_frames_beyond(text) == []


def test_a_made_up_size_is_not_given_memory() -> None:
    journal = (
        bytes.fromhex("d9d505f920a163d7")
        + b"\xff\xff\xff\xff" * 3
        + (512).to_bytes(4, "big")
        + (65536).to_bytes(4, "big")
    )
    assert len(sqlite_format.current(bytes(512), journal=journal + bytes(600))) < 1 << 25


@given(st.binary(max_size=3000), st.binary(max_size=200), st.binary(max_size=3000), st.booleans())
def test_any_bytes_are_taken(main: bytes, head: bytes, rest: bytes, journal: bool) -> None:
    magic = bytes.fromhex("d9d505f920a163d7") if journal else bytes.fromhex("377f0682002de218")
    sqlite_format.current(main, magic + head + rest, magic + head + rest)
    sqlite_format.super_journal(rest + magic)
