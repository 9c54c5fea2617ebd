"""SEGB files, in which Apple's Biome keeps its streams: a list of records, each with bytes of its own.

Both versions are read by their published layout (Cellebrite, "Understanding and decoding the newest iOS SEGB format",
2023, and the notes of ccl-segb). No package on PyPI reads them.

Version 1: a header of 56 bytes, the offset of the data's end (uint32) first and `SEGB` last; then records, each at a
multiple of 8: length and state (int32), two dates (float64), CRC-32 and a number (int32), the bytes.

Version 2: a header of 32 bytes, `SEGB` first, then the number of records (int32); then records at multiples of 4:
CRC-32, a number, the bytes. At the end of the file, for each record: its end after the header and its state (int32), a
date (float64).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"SEGB"

#: The state of a record that was written and not deleted.
WRITTEN = 1

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


def read_segb(content: bytes) -> Iterator[StreamRecord]:
    """Yield the records of a SEGB file up to where it is damaged. Raises ValueError for what is no SEGB file."""
    if content[:4] == MAGIC and len(content) >= _HEADER_2:
        return _version_2(content)
    if content[_HEADER_1 - 4 : _HEADER_1] == MAGIC:
        return _version_1(content)
    raise ValueError


def _version_1(content: bytes) -> Iterator[StreamRecord]:
    end_of_data = min(int.from_bytes(content[:4], "little"), len(content))
    offset = _HEADER_1
    while offset + _RECORD_1.size <= end_of_data:
        length, state, _date, _other_date, checksum, _number = _RECORD_1.unpack_from(content, offset)
        begin = offset + _RECORD_1.size
        if length < 0 or begin + length > len(content):
            return
        record = content[begin : begin + length]
        yield StreamRecord(offset, state, record, crc32(record) == checksum)
        offset = begin + length
        offset += -offset % 8


def _version_2(content: bytes) -> Iterator[StreamRecord]:
    count = int.from_bytes(content[4:8], "little", signed=True)
    trailer = len(content) - count * _TRAILER.size
    if count < 0 or trailer < _HEADER_2:
        return
    ends = sorted(_TRAILER.unpack_from(content, trailer + number * _TRAILER.size)[:2] for number in range(count))
    offset = _HEADER_2
    for end, state in ends:
        end += _HEADER_2
        if not offset + _RECORD_2.size <= end <= trailer:
            continue
        checksum, _number = _RECORD_2.unpack_from(content, offset)
        record = content[offset + _RECORD_2.size : end]
        yield StreamRecord(offset, state, record, crc32(record) == checksum)
        offset = end + -end % 4


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
