"""SQLite's files as plain bytes (a write-ahead log, a rollback journal), and private copies of databases.

The formats are https://sqlite.org/fileformat2.html (sections "The Write-Ahead Log" and "The Rollback Journal").
`make_current` merges a database and the files next to it into the one file that SQLite would read, so that a program's
open database can be read from a copy.
"""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from io import SEEK_END, BytesIO
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from tracker.files import file_access

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, Protocol

    class Content(Protocol):
        """The content of a file: bytes, or an object that reads those that are asked for as a slice."""

        def __len__(self) -> int: ...

        def __getitem__(self, part: slice, /) -> bytes: ...


#: Lengths of a log's header and of what stands before each page in it.
WAL_HEADER, FRAME_HEADER = 32, 24

_WAL_HEADER = Struct(">8I")
_FRAME_HEADER = Struct(">6I")
_WAL_MAGIC = 0x377F0682  # with 1 added where the checksums are of big-endian words
_WAL_VERSION = 3007000
_MASK = 0xFFFFFFFF

_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_JOURNAL_HEADER = Struct(">8s5I")
_TO_THE_END = 0xFFFFFFFF
_WORD = Struct(">I")

#: How many bytes of pages that were never written a database may end with.
_SPARSE = 1 << 24

#: The byte that locks are taken on: the page that holds it is never written.
_LOCK_BYTE = 0x40000000


class WalHeader(NamedTuple):
    """The first 32 bytes of a write-ahead log: `salts` mark the frames written since it was last started over."""

    page_size: int
    checkpoint: int
    salts: "tuple[int, int]"
    checksum: "tuple[int, int]"
    big_endian: bool


class WalFrame(NamedTuple):
    """One page in a log: `offset` is where its content begins, `commit_size` the pages of the database after a commit.

    `commit_size` is 0 for a frame that ends no transaction.
    """

    page: int
    commit_size: int
    offset: int


def wal_header(data: "Content") -> "WalHeader | None":
    """The header of a write-ahead log; None where there is none, or none that SQLite would accept."""
    if len(data) < WAL_HEADER:
        return None
    magic, version, page_size, checkpoint, *salts, first, second = _WAL_HEADER.unpack(data[:WAL_HEADER])
    big_endian = magic == _WAL_MAGIC + 1
    if (
        magic & ~1 != _WAL_MAGIC
        or version != _WAL_VERSION
        or not _is_page_size(page_size)
        or _checksum(data[:24], (0, 0), big_endian) != (first, second)
    ):
        return None
    return WalHeader(page_size, checkpoint, (salts[0], salts[1]), (first, second), big_endian)


def wal_frames(data: "Content") -> "list[WalFrame]":
    """The frames of a log that are whole, from its beginning to the first one that is not.

    Only those up to the last with a `commit_size` count: what follows it was never committed.
    """
    header = wal_header(data)
    if not header:
        return []
    frames = []
    checksum = header.checksum
    for frame, salts, stored in _frames(data, header, WAL_HEADER):
        content = data[frame.offset : frame.offset + header.page_size]
        begin = frame.offset - FRAME_HEADER
        checksum = _checksum(data[begin : begin + 8] + content, checksum, header.big_endian)
        if not frame.page or salts != header.salts or stored != checksum:
            break
        frames.append(frame)
    return frames


def wal_frames_beyond(data: "Content", whole: int | None = None) -> "list[WalFrame]":
    """The frames behind the first one that is not whole which carry the salts of the log's header.

    Their content is not to be trusted. One with a `commit_size` is a commit that was written to this log and can no
    longer be read: the log is damaged, or a power cut came before that commit was confirmed. Those without are also
    left behind by a large transaction that was rolled back. `whole` is the number of whole ones, where it is known.
    """
    header = wal_header(data)
    if not header:
        return []
    begin = WAL_HEADER + (len(wal_frames(data)) if whole is None else whole) * (FRAME_HEADER + header.page_size)
    return [frame for frame, salts, _stored in _frames(data, header, begin) if salts == header.salts]


def _frames(
    data: "Content", header: WalHeader, begin: int
) -> "Iterator[tuple[WalFrame, tuple[int, int], tuple[int, int]]]":
    """Every frame there is room for from `begin` on, with its salts and the checksum it carries."""
    step = FRAME_HEADER + header.page_size
    for offset in range(begin, len(data) - step + 1, step):
        page, commit_size, *salts, first, second = _FRAME_HEADER.unpack(data[offset : offset + FRAME_HEADER])
        yield WalFrame(page, commit_size, offset + FRAME_HEADER), (salts[0], salts[1]), (first, second)


def _checksum(data: bytes, before: "tuple[int, int]", big_endian: bool) -> "tuple[int, int]":
    """The log's running checksum after `data`, whose length is a multiple of 8."""
    first, second = before
    for odd, even in (_BIG if big_endian else _LITTLE).iter_unpack(data):
        first = (first + odd + second) & _MASK
        second = (second + even + first) & _MASK
    return first, second


_BIG, _LITTLE = Struct(">2I"), Struct("<2I")


def _is_page_size(size: int) -> bool:
    return 512 <= size <= 65_536 and not size & (size - 1)


def current(database: bytes, wal: bytes = b"", journal: bytes = b"") -> bytearray:
    """The database as SQLite would read it from these files, as one file that needs no other: see `make_current`."""
    pages = BytesIO(database)
    make_current(pages, wal, journal)
    return bytearray(pages.getbuffer())


def make_current(
    pages: "BinaryIO", wal: "Content" = b"", journal: bytes = b"", frames: "list[WalFrame] | None" = None
) -> None:
    """Turn a copy of a database, an open file, into the one that SQLite would read with the files next to it.

    An unfinished transaction in the `journal` is rolled back, what was committed to the `wal` is put in its place, and
    the header says rollback mode, without which a copy in memory cannot be opened. A damaged journal or log counts as
    far as it is whole, as it does for SQLite. `frames` are those of the log that are whole, where they are known.
    """
    _roll_back(pages, journal)
    _apply(pages, wal, wal_frames(wal) if frames is None else [*frames])
    if pages.seek(0, SEEK_END) >= 20:
        pages.seek(18)
        pages.write(b"\x01\x01")


def _apply(pages: "BinaryIO", wal: "Content", frames: "list[WalFrame]") -> None:
    """Put what was committed to the log into the database's pages."""
    header = wal_header(wal)
    while frames and not frames[-1].commit_size:
        frames.pop()
    if not header or not frames:
        return
    size = header.page_size
    length = _resize(pages, frames[-1].commit_size * size, wal)
    latest = {frame.page: frame.offset for frame in frames}
    for page, offset in latest.items():
        if page * size <= length:
            pages.seek((page - 1) * size)
            pages.write(wal[offset : offset + size])


def _roll_back(pages: "BinaryIO", journal: bytes) -> None:
    """Put back the pages that an unfinished transaction has overwritten."""
    if len(journal) < _JOURNAL_HEADER.size or not journal.startswith(_JOURNAL_MAGIC):
        return
    _magic, count, nonce, before, sector, size = _JOURNAL_HEADER.unpack_from(journal)
    if not _is_page_size(size) or not 32 <= sector <= 65_536 or sector & (sector - 1):
        return
    length = _resize(pages, before * size, journal)
    record = size + 8
    restored = {0, _LOCK_BYTE // size + 1}
    begin = 0
    while journal[begin : begin + 8] == _JOURNAL_MAGIC and begin + sector <= len(journal):
        _magic, count, nonce, *_rest = _JOURNAL_HEADER.unpack_from(journal, begin)
        begin += sector
        if count == _TO_THE_END:
            count = (len(journal) - begin) // record
        for _record in range(count):
            content = journal[begin + 4 : begin + 4 + size]
            if begin + record > len(journal):
                return
            (page,) = _WORD.unpack_from(journal, begin)
            (stored,) = _WORD.unpack_from(journal, begin + 4 + size)
            if page in (0, _LOCK_BYTE // size + 1):
                return
            begin += record
            if page * size > length or page in restored:
                continue
            if (nonce + sum(content[size - 200 : 0 : -200])) & _MASK != stored:
                return
            restored.add(page)
            pages.seek((page - 1) * size)
            pages.write(content)
        begin = -(-begin // sector) * sector


def super_journal(journal: bytes) -> str:
    """The path of the journal that this one is a part of, where a transaction was on several databases; else empty.

    Where that file is gone, the transaction was committed: there is nothing to roll back.
    """
    if len(journal) < 16 or not journal.endswith(_JOURNAL_MAGIC):
        return ""
    length, checksum = Struct(">2I").unpack_from(journal, len(journal) - 16)
    name = journal[-16 - length : -16] if length <= len(journal) - 20 else b""
    # SQLite sums `char`s, which are signed on most machines and not on others.
    signed = sum(letter - 256 if letter > 127 else letter for letter in name)
    if not name or checksum not in (sum(name) & _MASK, signed & _MASK):
        return ""
    return name.decode("utf-8", "surrogateescape")


def _resize(pages: "BinaryIO", wanted: int, beside: "Content") -> int:
    """Cut `pages`, or fill it with zeros, to `wanted` bytes; returns its length.

    A number of pages far above what was read is made up, and does not get the space it asks for.
    """
    length = pages.seek(0, SEEK_END)
    wanted = min(wanted, length + len(beside) + _SPARSE)
    if wanted < length:
        pages.truncate(wanted)
    else:
        pages.write(bytes(wanted - length))
    return wanted


#: How the names of copies begin.
PREFIX = "tracker-copy-"

#: The files of one database: itself, its write-ahead log, its rollback journal.
_SUFFIXES = ("", "-wal", "-journal")

#: How often the files are read again because the other program wrote meanwhile.
_ATTEMPTS = 3

#: No larger database is copied, in bytes.
_LARGEST_FILE = 1 << 32

#: How much of a database is copied at once, in bytes.
_COPIED_AT_ONCE = 1 << 18


@contextmanager
def private_copy(path: str) -> Iterator[tuple[str, int]]:
    """The path and the size in bytes of a copy of a database with its log applied, which is removed at the end.

    It lies in the folder for temporary files, and only its owner can open it. The files are read again if the other
    program wrote meanwhile, so that they fit together. Raises OSError where they cannot be read or are too large.
    """
    import tempfile  # here, because it takes 5 ms, and importing other sources needs none

    descriptor, name = tempfile.mkstemp(".db", PREFIX)
    try:
        with open(descriptor, "w+b") as copy:
            for _attempt in range(_ATTEMPTS):
                before = _states(path)
                copy.seek(0)
                copy.truncate()
                with file_access.open_to_read(path) as database:
                    if os.fstat(database.fileno()).st_size > _LARGEST_FILE:
                        raise OSError(errno.EFBIG, file_access.larger_than(_LARGEST_FILE), path)
                    while part := database.read(_COPIED_AT_ONCE):
                        copy.write(part)
                wal, journal = (
                    file_access.read_bytes(path + suffix, limit=_LARGEST_FILE) if state else b""
                    for suffix, state in zip(_SUFFIXES[1:], before[1:], strict=True)
                )
                if _states(path) == before:
                    break
            super_name = super_journal(journal)
            is_obsolete = super_name and not os.path.exists(super_name)
            make_current(copy, wal, b"" if is_obsolete else journal)
            size = copy.seek(0, os.SEEK_END)
        yield name, size
    finally:
        remove_name(name)


def remove_name(copy: str) -> None:
    """Remove the name of a copy that is open: nothing is left of it, however the program ends.

    Windows keeps a file that is open; there `private_copy` removes it at the end.
    """
    with suppress(OSError):
        os.unlink(copy)


def _states(path: str) -> list[tuple[int, int] | None]:
    """(time of the last change, size) of each of the database's files; None for a file that does not exist."""
    states = (file_access.status_of(path + suffix) for suffix in _SUFFIXES)
    return [status and (status.st_mtime_ns, status.st_size) for status in states]
