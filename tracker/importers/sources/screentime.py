"""Apple's Screen Time: what was in front on a Mac, and on the iPhones and iPads that share their Screen Time with it.

**knowledgeC.db** (`~/Library/Application Support/Knowledge`) has a row in ZOBJECT for each time that an app was in
front, in the stream `/app/usage`, and on systems before that in `/app/inFocus`; the row's ZSOURCE says on which device,
none on this one. Where a device has both, `/app/inFocus` counts until `/app/usage` begins. The stream `/app/webUsage`
has the sites that were in front in a browser, by their domains.

**Biome** (`~/Library/Biome/streams/restricted/App.InFocus`) has an event each time that an app came to the front or
left it. From macOS 14 on the events of other devices are there, in a folder for each device, and no longer in
knowledgeC.db. An app is in front until it leaves or another one comes on the same device. Folders called `tombstone`
have no events.

A new use of a device begins after its screen went dark: the streams `/display/isBacklit` and `/device/isLocked` say so
of this Mac; on any device it did where no app was in front for a while.

Dates are seconds since 2001 in UTC. Both need the permission "Full Disk Access" on a Mac.

**SEGB files**, in which Biome keeps its streams, are a list of records, each with bytes of its own. Both versions are
read by their published layout (Cellebrite, "Understanding and decoding the newest iOS SEGB format",
2023, and the notes of ccl-segb). No package on PyPI reads them.

Version 1: a header of 56 bytes, the offset of the data's end (uint32) first and `SEGB` last; then records, each at a
multiple of 8: length and state (int32), two dates (float64), CRC-32 and a number (int32), the bytes.

Version 2: a header of 32 bytes, `SEGB` first, then the number of records (int32); then records at multiples of 4:
CRC-32, a number, the bytes. At the end of the file, for each record: its end after the header and its state (int32), a
date (float64).
"""

from __future__ import annotations

import os
import re
import sqlite3
import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, BinaryIO, NamedTuple
from zlib import crc32

from tracker.domain.errors import TrackerError
from tracker.domain.models import LONGEST_SESSION
from tracker.files import file_access
from tracker.importers import browser_history
from tracker.importers.imported_record import (
    IgnoredRows,
    ImportedRecord,
    ReadContext,
    ReadResult,
    RejectedRow,
    Row,
    device_key,
    hash_text,
    in_the_future,
    record_key,
)
from tracker.importers.shared_reading import EndsOfUse, Spans, results_of_uses
from tracker.importers.source import Source, SourceDescription
from tracker.importers.source_files import is_closed, os_errors_of
from tracker.locale import N_, _
from tracker.storage.staging import sorted_rows

#: UTC seconds of 2001-01-01, where Apple counts from.
APPLE_EPOCH = 978_307_200

#: In seconds from 2001: what is outside is no date. (1990 to 2100, as for browsers.)
FIRST_DATE, LAST_DATE = 631_152_000 - APPLE_EPOCH, 4_102_444_800 - APPLE_EPOCH

KNOWLEDGE_FOLDER = "~/Library/Application Support/Knowledge"
KNOWLEDGE = "knowledgeC.db"
BIOME = "~/Library/Biome/streams/restricted/App.InFocus"

USAGE, IN_FOCUS, WEB_USAGE = "/app/usage", "/app/inFocus", "/app/webUsage"

#: Streams whose spans say whether the screen is on or locked, with the value that is nobody's use.
SCREEN = {"/display/isBacklit": 0, "/device/isLocked": 1}

#: What is in front of a Mac that is locked or left alone.
_NOBODY = frozenset(("com.apple.loginwindow", "com.apple.screensaver.engine"))

#: The column with the domain of a site, in ZSTRUCTUREDMETADATA.
_DOMAIN = "Z_DKDIGITALHEALTHMETADATAKEY__WEBDOMAIN"

#: The fields of an event in App.InFocus: whether the app came to the front, when, and its bundle id.
_CAME, _WHEN, _BUNDLE = 3, 4, 6

#: The name of a device's folder: the device's UUID, or `local` for this Mac.
_DEVICE = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|local")

#: What this Mac is called as a device in Biome.
_THIS_MAC = "local"

#: In seconds: an app without an event that it left the front was not in front for longer.
_LONGEST_LOOK = 4 * 3600

#: The columns of ZOBJECT that every such database has.
_NEEDED = {"Z_PK", "ZSTREAMNAME", "ZVALUESTRING", "ZSTARTDATE", "ZENDDATE"}

#: Folders are looked for so deep.
_DEEPEST = 6


class ScreenTime(Source):
    """Apple's Screen Time, of a Mac and of the devices that share theirs with it."""

    def describe(self) -> SourceDescription:
        return SourceDescription(
            "screentime",
            N_("Apple's Screen Time, of a Mac and of its user's iPhone and iPad"),
            N_("on the iPhone: Settings > Screen Time > Share Across Devices; on the Mac: Full Disk Access"),
            reads_folders=True,
        )

    def detect(self) -> list[str]:
        if sys.platform == "darwin":
            knowledge, biome = os.path.expanduser(KNOWLEDGE_FOLDER), os.path.expanduser(BIOME)
            path = os.path.join(knowledge, KNOWLEDGE)
            paths = [path] if os.path.isfile(path) or is_closed(knowledge) else []
            folders = [folder for folder in _device_folders(biome) if not paths or os.path.basename(folder) != "local"]
            return paths + (folders or ([biome] if is_closed(biome) else []))
        return []

    def files_in(self, path: str) -> list[str]:
        if not os.path.isdir(path):
            return [path]
        knowledge = os.path.join(path, KNOWLEDGE)
        paths = ([knowledge] if os.path.isfile(knowledge) else []) + _device_folders(path)
        if not paths:
            raise TrackerError(
                _("{path} has no {first} or {second}").format(path=path, first=KNOWLEDGE, second="App.InFocus")
            )
        return paths

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield what knowledgeC.db has, or the events of a device's folder or of one file of it."""
        if os.path.isdir(path):
            yield from _read_events(path, _segments(path), context)
        elif is_segb(_beginning(path)):
            yield from _read_events(os.path.dirname(path), [path], context)
        else:
            yield from _read_knowledge(path, context)


SOURCES = (ScreenTime(),)


class _InFront(NamedTuple):
    """A row of ZOBJECT: its id and stream, the device (empty for this Mac), the bundle id of the app, the app or site
    that was in front, when it began (seconds since 2001), from when to when it was there (UTC seconds, None where these
    are no dates), and what else identifies it."""

    id: int
    stream: str
    device: str
    bundle: str
    name: str
    date: float
    span: tuple[int, int] | None
    uuid: str


class _DeviceLooks:
    """What knowledgeC.db has of one device, in UTC seconds: from when to when there is anything, when no app was in
    front any more, and the records."""

    def __init__(self, first: int) -> None:
        self.first, self.last = first, first
        self.ends = EndsOfUse()
        self.records = Spans()


def _read_knowledge(path: str, context: ReadContext) -> Iterator[Row]:
    with browser_history.open_history(path, "Screen Time") as connection:
        if not browser_history.columns(connection, "ZOBJECT") >= _NEEDED:
            raise TrackerError(_("{path} is not a Screen Time database: it has no ZOBJECT").format(path=path))
        knowledge = _Knowledge(connection)
        usage_begins = knowledge.usage_begins()
        looks: dict[str, _DeviceLooks] = {}
        for seen in knowledge.in_front():
            if seen is None:
                yield IgnoredRows()
                continue
            row = _row_of(seen, usage_begins.get(seen.device, LAST_DATE), context)
            if seen.span:
                known = looks.get(seen.device) or looks.setdefault(seen.device, _DeviceLooks(seen.span[0]))
                known.last = max(known.last, seen.span[1])
                if seen.stream != WEB_USAGE and seen.bundle.lower() not in _NOBODY:
                    known.ends.in_front(*seen.span)
                if isinstance(row, ImportedRecord):
                    known.records.add(row.start, row.end)
            yield row
        dark_here = knowledge.dark()
        for device, known in looks.items():
            if known.records:
                every_dark = merge(known.ends.instants, sorted(() if device else dark_here))
                dark = array("I", (at for at in every_dark if at <= context.now))
                yield from results_of_uses(dark, known.records)
                key = _device_key(device or knowledge.this_mac())
                yield ReadResult(devices={key: (known.first, min(known.last, context.now))})


def _row_of(seen: _InFront, usage_begins: float, context: ReadContext) -> Row:
    """What becomes of a row, where the stream USAGE of its device begins at `usage_begins` (seconds since 2001)."""
    matcher = context.matcher
    channel = matcher.by_host(seen.name) if seen.stream == WEB_USAGE else matcher.by_app(seen.name)
    if channel is None:
        return IgnoredRows(1, _unknown(seen.name))
    if not seen.span:
        return RejectedRow(seen.id, _("the visit has no date"))
    if seen.stream == IN_FOCUS and seen.date >= usage_begins:
        return IgnoredRows()
    start, end = seen.span
    if start > context.now:
        return RejectedRow(seen.id, in_the_future())
    what = seen.uuid or f"{seen.device}\n{seen.stream}\n{seen.name}"
    return ImportedRecord(channel, start, min(end, context.now), record_key(start, hash_text(what)))


class _Knowledge:
    """An open knowledgeC.db."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        from sqlite_utils import Database  # here, because it takes 75 ms, and importing other sources needs none

        self._connection = connection
        self._objects = Database(connection, execute_plugins=False).table("ZOBJECT")
        self._devices = _values(connection, "ZSOURCE", "ZDEVICEID")
        self._domains = _values(connection, "ZSTRUCTUREDMETADATA", _DOMAIN)

    def _device_of(self, row: dict[str, Any]) -> str:
        device = self._devices.get(row.get("ZSOURCE"))
        return str(device) if device else ""

    def usage_begins(self) -> dict[str, float]:
        """When the stream USAGE of each device begins, in seconds since 2001."""
        begins: dict[str, float] = {}
        for row in self._objects.rows_where("ZSTREAMNAME = ?", [USAGE], order_by="ZSTARTDATE"):
            if isinstance(row["ZSTARTDATE"], int | float):
                begins.setdefault(self._device_of(row), row["ZSTARTDATE"])
        return begins

    def in_front(self) -> Iterator[_InFront | None]:
        """Yield what was in front, by start; None for a row that does not say what."""
        streams = [USAGE, IN_FOCUS, WEB_USAGE]
        for row in self._objects.rows_where("ZSTREAMNAME IN (?, ?, ?)", streams, order_by="ZSTARTDATE, Z_PK"):
            stream, bundle, date, uuid = row["ZSTREAMNAME"], row["ZVALUESTRING"], row["ZSTARTDATE"], row.get("ZUUID")
            name = self._domains.get(row.get("ZSTRUCTUREDMETADATA")) if stream == WEB_USAGE else bundle
            if not isinstance(bundle, str) or not isinstance(name, str):
                yield None
            else:
                span, identity = _span(date, row["ZENDDATE"]), uuid if isinstance(uuid, str) else ""
                yield _InFront(row["Z_PK"], stream, self._device_of(row), bundle, name, date, span, identity)

    def dark(self) -> set[int]:
        """When the screen of this Mac went dark or was locked, in UTC seconds."""
        instants: set[int | None] = set()
        if "ZVALUEINTEGER" in self._objects.columns_dict:
            for stream, dark in SCREEN.items():
                rows = self._objects.rows_where("ZSTREAMNAME = ? AND ZVALUEINTEGER = ?", [stream, dark])
                instants.update(_seconds(row["ZSTARTDATE"]) for row in rows)
        return {at for at in instants if at is not None}

    def this_mac(self) -> str:
        """The id of the Mac that wrote the database: Core Data gives each its own, so that two Macs are told apart."""
        if "Z_UUID" not in browser_history.columns(self._connection, "Z_METADATA"):
            return _THIS_MAC
        ids = self._connection.execute("SELECT Z_UUID FROM Z_METADATA WHERE typeof(Z_UUID) = 'text' LIMIT 1")
        (id,) = ids.fetchone() or (_THIS_MAC,)
        return str(id)


def _values(connection: sqlite3.Connection, table: str, column: str) -> dict[Any, Any]:
    """The values of a column by the keys of their rows; empty where there is no such table or column."""
    if not browser_history.columns(connection, table) >= {"Z_PK", column}:
        return {}
    return dict(connection.execute(f"SELECT Z_PK, {column} FROM {table}"))


class _FocusEvent(NamedTuple):
    """An app came to the front, or left it: seconds since 2001, whether it came, its bundle id."""

    when: float
    came: bool
    bundle: str

    @property
    def at(self) -> int:
        """When, in UTC seconds."""
        return int(self.when + APPLE_EPOCH)


def _read_events(folder: str, segments: list[str], context: ReadContext) -> Iterator[Row]:
    """The looks of one device. An app that is still in front at the last event is read with the next import."""
    name = os.path.basename(os.path.abspath(folder))
    device = name if _DEVICE.fullmatch(name) else ""
    damaged = array("q")
    written = _events_as_written(segments, damaged, context.report_progress)
    events = _without_copies(sorted_rows(written, columns=4, by=2))
    earliest = next(events, None)  # now all files are read
    for offset in damaged:
        yield RejectedRow(offset, _("the record is damaged"))
    in_front: _FocusEvent | None = None
    first = last = earliest.at if earliest else 0
    records, ends = Spans(), EndsOfUse()
    for number, event in enumerate(chain((earliest,) if earliest else (), events)):
        last = event.at
        if in_front is not None and (event.came or event.bundle == in_front.bundle):
            row = _look(number, in_front, last, device, context)
            if isinstance(row, ImportedRecord):
                records.add(row.start, row.end)
            yield row
            if in_front.bundle.lower() not in _NOBODY:
                ends.in_front(in_front.at, last)
            in_front = None
        if event.came:
            in_front = event
    if in_front is not None:
        yield IgnoredRows()
        ends.in_front(in_front.at, in_front.at)
    yield from results_of_uses(ends.instants[: bisect_right(ends.instants, context.now)], records)
    if device and records:
        yield ReadResult(devices={_device_key(device): (first, min(last, context.now))})


def _events_as_written(
    segments: list[str], damaged: array[int], report_progress: Callable[[float], None]
) -> Iterator[tuple[float, int, bool, str]]:
    """(when, its place among the events, whether the app came, its bundle id) for each event of several files.

    `damaged` gets where records are that are damaged.
    """
    place = 0
    for number, path in enumerate(segments):
        for fraction, offset, event in _segment_events(path):
            if event is None:
                damaged.append(offset)
                continue
            yield event.when, place, event.came, event.bundle
            place += 1
            if not place % 5_000:
                report_progress((number + fraction) / len(segments))
        report_progress((number + 1) / len(segments))


def _without_copies(rows: Iterable[tuple[float, int, int, str]]) -> Iterator[_FocusEvent]:
    """The events, which come by time; those of one instant stay in the order in which they were written.

    An event that is in several files is there once.
    """
    for when, at_once in groupby(rows, key=itemgetter(0)):
        for came, bundle in dict.fromkeys((came, bundle) for _when, _place, came, bundle in at_once):
            yield _FocusEvent(when, bool(came), bundle)


def _device_key(device: str) -> int:
    return device_key("screentime", device.upper())


def _look(number: int, came: _FocusEvent, left: int, device: str, context: ReadContext) -> Row:
    """What becomes of an app that came to the front, and left it at the instant `left` (UTC seconds)."""
    channel = context.matcher.by_app(came.bundle)
    if channel is None:
        return IgnoredRows(1, _unknown(came.bundle))
    if came.at > context.now:
        return RejectedRow(number, in_the_future())
    if left - came.at > _LONGEST_LOOK:
        return RejectedRow(number, _("nothing says when the app left the front"))
    key = record_key(int(came.when * 1_000), hash_text(f"{device}\n{came.bundle}"))
    return ImportedRecord(channel, came.at, min(left, context.now), key)


def _segment_events(path: str) -> Iterator[tuple[float, int, _FocusEvent | None]]:
    """(how much of the file is read, where the record is in it, the event) for each event; None for a damaged one."""
    try:
        with os_errors_of(path), file_access.open_to_read(path) as file:
            size = max(os.fstat(file.fileno()).st_size, 1)
            for record in read_segb(file):
                if record.state == WRITTEN:
                    yield min(record.offset / size, 1.0), record.offset, _event(record)
    except ValueError:
        raise TrackerError(_("{path} is not a file of a Biome stream").format(path=path)) from None


def _event(record: StreamRecord) -> _FocusEvent | None:
    """What a record of App.InFocus says; None where it is damaged."""
    if not record.is_whole:
        return None
    try:
        fields = read_message(record.content)
        when, bundle = fields[_WHEN], fields[_BUNDLE]
        if isinstance(when, float) and FIRST_DATE <= when < LAST_DATE and isinstance(bundle, bytes):
            return _FocusEvent(when, bool(fields.get(_CAME)), bundle.decode())
    except (ValueError, KeyError):
        pass
    return None


def _device_folders(path: str) -> list[str]:
    """The folders at `path` and below that have files of the stream App.InFocus, one for each device."""
    of_devices = []
    path = os.path.abspath(path)
    for folder, folders, _files in os.walk(path):
        depth = os.path.relpath(folder, path).count(os.sep)
        folders[:] = sorted(name for name in folders if name != "tombstone") if depth < _DEEPEST else []
        if (folder == path or "App.InFocus" in folder.split(os.sep)) and _segments(folder):
            of_devices.append(folder)
    return of_devices


def _segments(folder: str) -> list[str]:
    """The SEGB files in a folder."""
    paths = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name[0] != "."]
    files = [path for path in paths if os.path.isfile(path) and not file_access.is_database(path)]
    return [path for path in files if is_segb(_beginning(path))]


def _beginning(path: str) -> bytes:
    """The first bytes of a file, enough for `is_segb`. Raises TrackerError for one that cannot be read."""
    with os_errors_of(path), file_access.open_to_read(path) as file:
        return file.read(64)


def _span(begin: Any, stop: Any) -> tuple[int, int] | None:
    """The start and the end in UTC seconds; None where they are no dates, or too far apart."""
    start, end = _seconds(begin), _seconds(stop)
    if start is None or end is None or not start <= end <= start + LONGEST_SESSION:
        return None
    return start, end


def _seconds(date: Any) -> int | None:
    """UTC seconds of seconds since 2001; None for what is no date."""
    if not isinstance(date, int | float) or not FIRST_DATE <= date < LAST_DATE:
        return None
    return int(date + APPLE_EPOCH)


def _unknown(name: str) -> str | None:
    """The name to show of an app or site of no channel; the system's own are no channels ever."""
    return None if name.lower().startswith("com.apple.") else name


MAGIC = b"SEGB"

#: The state of a record that was written and not deleted.
WRITTEN = 1

#: A longer record, in bytes, is no event of an app.
_LONGEST_RECORD = 1 << 16

_HEADER_1, _RECORD_1 = 56, struct.Struct("<iiddIi")
_HEADER_2, _RECORD_2, _TRAILER = 32, struct.Struct("<Ii"), struct.Struct("<iid")


class StreamRecord(NamedTuple):
    """One record: where it begins in the file, its state, its bytes, and whether they are those that were written."""

    offset: int
    state: int
    content: bytes
    is_whole: bool


def is_segb(content: bytes) -> bool:
    """Whether a file that begins with this content (56 bytes or more of it) is a SEGB file."""
    return content[:4] == MAGIC or content[_HEADER_1 - 4 : _HEADER_1] == MAGIC


def read_segb(file: BinaryIO) -> Iterator[StreamRecord]:
    """Yield the records of an open SEGB file up to where it is damaged, each as it is read.

    Raises ValueError for what is no SEGB file.
    """
    size = file.seek(0, os.SEEK_END)
    header = _part(file, 0, _HEADER_1)
    if header[:4] == MAGIC and size >= _HEADER_2:
        return _version_2(file, header, size)
    if header[_HEADER_1 - 4 :] == MAGIC:
        return _version_1(file, header, size)
    raise ValueError


def _part(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)


def _record(file: BinaryIO, offset: int, head: int, state: int, length: int, checksum: int) -> StreamRecord:
    """The record at an offset, whose bytes come after its `head`."""
    content = _part(file, offset + head, length) if length <= _LONGEST_RECORD else b""
    return StreamRecord(offset, state, content, len(content) == length and crc32(content) == checksum)


def _version_1(file: BinaryIO, header: bytes, size: int) -> Iterator[StreamRecord]:
    end_of_data = min(int.from_bytes(header[:4], "little"), size)
    offset = _HEADER_1
    while offset + _RECORD_1.size <= end_of_data:
        head = _part(file, offset, _RECORD_1.size)
        if len(head) < _RECORD_1.size:
            return  # it became shorter
        length, state, _date, _other_date, checksum, _number = _RECORD_1.unpack(head)
        end = offset + _RECORD_1.size + length
        if length < 0 or end > size:
            return
        yield _record(file, offset, _RECORD_1.size, state, length, checksum)
        offset = end + -end % 8


def _version_2(file: BinaryIO, header: bytes, size: int) -> Iterator[StreamRecord]:
    count = int.from_bytes(header[4:8], "little", signed=True)
    trailer = size - count * _TRAILER.size
    if count < 0 or trailer < _HEADER_2:
        return
    offset = _HEADER_2
    for end, state in sorted_rows(_ends(file, trailer, size), columns=2, by=2):
        end += _HEADER_2
        if not offset + _RECORD_2.size <= end <= trailer:
            continue
        head = _part(file, offset, _RECORD_2.size)
        if len(head) < _RECORD_2.size:
            return  # it became shorter
        checksum, _number = _RECORD_2.unpack(head)
        yield _record(file, offset, _RECORD_2.size, state, end - offset - _RECORD_2.size, checksum)
        offset = end + -end % 4


def _ends(file: BinaryIO, trailer: int, size: int) -> Iterator[tuple[int, int]]:
    """The end and the state of each record of version 2, as the end of the file has them."""
    many = 4_096 * _TRAILER.size
    for offset in range(trailer, size, many):
        part = _part(file, offset, min(many, size - offset))
        for end, state, _date in _TRAILER.iter_unpack(part[: len(part) // _TRAILER.size * _TRAILER.size]):
            yield end, state


def read_message(content: bytes) -> dict[int, int | float | bytes]:
    """The fields of a protobuf message by number, the last of each: integers, doubles and bytes.

    Raises ValueError for what is no message.
    """
    fields: dict[int, int | float | bytes] = {}
    offset = 0
    while offset < len(content):
        tag, offset = _varint(content, offset)
        number, kind = tag >> 3, tag & 7
        if kind == 0:
            fields[number], offset = _varint(content, offset)
        elif kind == 1 and offset + 8 <= len(content):
            (fields[number],) = struct.unpack_from("<d", content, offset)
            offset += 8
        elif kind == 2:
            length, offset = _varint(content, offset)
            if offset + length > len(content):
                raise ValueError
            fields[number] = content[offset : offset + length]
            offset += length
        elif kind == 5 and offset + 4 <= len(content):
            (fields[number],) = struct.unpack_from("<f", content, offset)
            offset += 4
        else:
            raise ValueError
    return fields


def _varint(content: bytes, offset: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if offset >= len(content):
            break
        byte = content[offset]
        offset += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, offset
    raise ValueError
