"""Reading the files of other programs: text, JSON, downloads in a zip or a folder, and what macOS keeps.

A JSON file may be larger than the memory, so its values are read one by one. The standard library's decoder reads each;
only the way to them is walked here. Not by `ijson`, which keeps the path of each nested value: a file of 100,000
brackets makes it take more memory than a machine has.
"""

from __future__ import annotations

import codecs
import errno
import json
import os
import re
import struct
import sys
import zlib
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.errors import TrackerError
from tracker.files import file_access
from tracker.files.file_access import say_os_error
from tracker.locale import _

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Iterator, Sequence
    from typing import IO, Any, TextIO

    #: The keys in objects, and the index in a list of rows, that lead to a value of a JSON file.
    Keys = tuple[str | int, ...]

_ZIP = b"PK\x03\x04"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

#: Files are looked for in folders so deep inside the one that was given.
_DEEPEST_FOLDER = 6

#: Values of JSON are looked for in objects so deep inside each other; what is deeper is a part of a value.
_DEEPEST_OBJECT = 6

#: How much of a JSON file is read at once, in bytes, and how long a value may be, in characters.
_CHUNK, _LONGEST_VALUE = 1 << 18, 1 << 24

_BLANKS = re.compile(r"[ \t\r\n]*")
_BEGINNINGS = ("{", "[", '"')
_COMMA = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")


class OpenDownload(NamedTuple):
    """A file of a download, open to be read from its beginning to its end, and its size in bytes (at least 1)."""

    file: IO[bytes]
    size: int


@contextmanager
def open_download(path: str, names: Sequence[str] = ()) -> Iterator[OpenDownload]:
    """Open a file, or the file with one of `names` (in lower case) in a zip.

    Raises TrackerError for what cannot be read, also while it is read, and for a zip where there are no `names`.
    """
    try:
        with file_access.open_to_read(path) as file:
            if file.read(len(_ZIP)) == _ZIP:
                if not names:
                    raise TrackerError(_("{path} is a zip archive or a spreadsheet, not text").format(path=path))
                with _open_member(file, path, names) as download:
                    yield download
            else:
                file.seek(0)
                yield OpenDownload(file, max(os.fstat(file.fileno()).st_size, 1))
    except OSError as error:
        refuse_without_permission(error, path)
        raise TrackerError(_("cannot read {path}: {reason}").format(path=path, reason=say_os_error(error))) from None


@contextmanager
def _open_member(file: IO[bytes], path: str, names: Sequence[str]) -> Iterator[OpenDownload]:
    import zipfile  # here, because it takes 5 ms, and importing other sources needs none

    try:
        with zipfile.ZipFile(file) as archive:
            member = _named(archive, names)
            if member is None:
                raise TrackerError(_("{path} has no {name}").format(name=names[0], path=path))
            with archive.open(member) as inside:
                yield OpenDownload(inside, max(member.file_size, 1))
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OverflowError):
        raise TrackerError(_("{path} is a damaged or locked zip file").format(path=path)) from None


def _named(archive: zipfile.ZipFile, names: Sequence[str]) -> zipfile.ZipInfo | None:
    """The file with the first of these names that there is; of several the one with the shortest path."""
    members = sorted(archive.infolist(), key=lambda member: -len(member.filename))
    by_name = {member.filename.rpartition("/")[2].lower(): member for member in members}
    return next((by_name[name] for name in names if name in by_name), None)


def file_in(path: str, name: str) -> str:
    """The file that a path means: itself, or that of this name in a folder. Raises TrackerError where it has none."""
    if not os.path.isdir(path):
        return path
    file = os.path.join(path, name)
    if not os.path.isfile(file):
        raise TrackerError(_("{path} has no {name}").format(name=name, path=path))
    return file


def files_named(path: str, names: Sequence[str]) -> list[str]:
    """The files that a path means: a file or a zip as it is; of a folder the files with one of `names`, else its zips.

    `names` are in lower case. Raises TrackerError for a folder without any.
    """
    if not os.path.isdir(path):
        return [path]
    found, zips = [], []
    for folder, folders, files in os.walk(path):
        if os.path.relpath(folder, path).count(os.sep) >= _DEEPEST_FOLDER:
            folders.clear()
        folders.sort()
        found += [os.path.join(folder, name) for name in sorted(files) if name.lower() in names]
        zips += [os.path.join(folder, name) for name in sorted(files) if name.lower().endswith(".zip")]
    paths = found or [name for name in zips if _has_member(name, names)]
    if not paths:
        raise TrackerError(_("{path} has no {name}").format(name=names[0], path=path))
    return paths


def _has_member(path: str, names: Sequence[str]) -> bool:
    import zipfile

    try:
        with file_access.open_to_read(path) as file, zipfile.ZipFile(file) as archive:
            return _named(archive, names) is not None
    except (OSError, TrackerError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


@contextmanager
def open_text(path: str) -> Iterator[TextIO]:
    """A text file in UTF-8, or in UTF-16 with a byte order mark, open to be read in parts; line ends are kept.

    Raises TrackerError for any other file, also while it is read.
    """
    with open_download(path) as (file, _size):
        encoding = "utf-16" if file.read(2) in _UTF_16 else "utf-8-sig"
        file.seek(0)
        try:
            with TextIOWrapper(file, encoding, newline="") as text:
                yield text
        except UnicodeDecodeError as error:
            raise _no_text(path, error.object) from None


def text_lines(path: str) -> Iterator[str]:
    """Yield the lines of a text file, with their ends. Raises TrackerError as `open_text` does, and for a NUL."""
    with open_text(path) as text:
        for line in text:
            if "\0" in line:
                raise _no_text(path, b"\0")
            yield line


def read_text(path: str) -> str:
    """The text of a file of at most MOST_BYTES bytes. Raises TrackerError as `open_text` does, and for a NUL."""
    with open_download(path) as (file, size):
        if size > file_access.MOST_BYTES:
            raise OSError(errno.EFBIG, file_access.larger_than(file_access.MOST_BYTES), path)
        return decode_text(file.read(), path)


def decode_text(content: bytes, path: str) -> str:
    """The text that is the content of a file in UTF-8, or in UTF-16 with a byte order mark, as Excel's Unicode Text.

    Raises TrackerError for any other content.
    """
    try:
        text = content.decode("utf-16" if content[:2] in _UTF_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise _no_text(path, content) from None
    if "\0" in text:
        raise _no_text(path, b"\0")
    return text


def _no_text(path: str, content: bytes) -> TrackerError:
    if b"\0" in content:
        return TrackerError(_("{path} is not a text file").format(path=path))
    return TrackerError(_("{path} is not UTF-8 text; save it again as UTF-8").format(path=path))


def is_closed(folder: str) -> bool:
    """Whether a folder is there and the system does not let this program look into it."""
    try:
        os.listdir(folder)
    except PermissionError:
        return True
    except OSError:
        pass
    return False


def refuse_without_permission(error: OSError, path: str) -> None:
    """Raise TrackerError with what macOS asks for, if that is why a file could not be read."""
    if sys.platform == "darwin" and isinstance(error, PermissionError):
        raise TrackerError(
            _(
                "macOS does not let this terminal read {path}; allow it in System Settings > Privacy & Security > "
                "Full Disk Access, restart the terminal, then import again"
            ).format(path=path)
        ) from None


def json_rows(
    path: str,
    is_rows: Callable[[Keys], bool],
    report_progress: Callable[[float], None] = lambda _fraction: None,
    names: Sequence[str] = (),
) -> Iterator[Any]:
    """Yield each element of the lists in a JSON file to which keys lead for which `is_rows` is true.

    Raises TrackerError as `json_values` does.
    """
    for keys, value in json_values(path, is_rows, report_progress, names):
        if keys and isinstance(keys[-1], int):
            yield value


def json_values(
    path: str,
    is_rows: Callable[[Keys], bool],
    report_progress: Callable[[float], None] = lambda _fraction: None,
    names: Sequence[str] = (),
) -> Iterator[tuple[Keys, Any]]:
    """Yield (keys, value) for each value in the objects of a JSON file, by the keys that lead to it.

    Of a list for whose keys `is_rows` is true each element is a value, whose last key is its index. Other lists, empty
    ones, empty objects and what is deep inside are values as they are.

    Raises TrackerError for a file that cannot be read, and where it is not JSON; the values before that place were
    yielded. Of a zip, the file with one of `names` (in lower case) is read.
    """
    with open_download(path, names) as download:
        try:
            yield from values_in(download, is_rows, report_progress, path if names else "")
        except (ValueError, RecursionError):
            raise TrackerError(_("{path} is not a JSON file, or it is damaged").format(path=path)) from None


def values_in(
    download: OpenDownload, is_rows: Callable[[Keys], bool], report_progress: Callable[[float], None], page: str = ""
) -> Iterator[tuple[Keys, Any]]:
    """Yield the values of an open JSON file as `json_values` does. Raises ValueError for what is no JSON, and
    TrackerError for a web page called `page`."""
    text = _JsonText(download, report_progress)
    if page and text.peek() == "<":
        raise TrackerError(_("{path} is a web page; ask for the download again, as JSON").format(path=page))
    yield from _values(text, (), is_rows)
    if text.peek():
        raise ValueError


class _JsonText:
    """The text of a JSON file (UTF-8, or UTF-16 with a mark), of which a part is in the memory. Raises ValueError."""

    def __init__(self, download: OpenDownload, report_progress: Callable[[float], None]) -> None:
        self._file, self._size = download
        self._report_progress = report_progress
        self._to_text: codecs.IncrementalDecoder | None = None
        self._read = 0
        self._decode = json.JSONDecoder().raw_decode
        self._held = ""
        self._place = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is no blank; empty at the end of the file."""
        while True:
            match = _BLANKS.match(self._held, self._place)
            self._place = match.end() if match else self._place
            if self._place < len(self._held) or not self._read_more():
                return self._held[self._place : self._place + 1]

    def take(self, characters: str) -> str:
        """Go past the next character, which is one of `characters`."""
        character = self.peek()
        if not character or character not in characters:
            raise ValueError
        self._place += 1
        return character

    def value(self) -> Any:
        """The next value, whole."""
        if self._held[self._place : self._place + 1] not in _BEGINNINGS:
            self.peek()
        while True:
            try:
                value, end = self._decode(self._held, self._place)
            except json.JSONDecodeError:
                if len(self._held) - self._place > _LONGEST_VALUE or not self._read_more():
                    raise
                continue
            # A number at the end of what was read may go on.
            if end < len(self._held) or not self._read_more():
                self._place = end
                return value

    def elements(self) -> Iterator[Any]:
        """The elements of the next value, which is a list."""
        self.take("[")
        if self.peek() == "]":
            self._place += 1
            return
        while True:
            yield self.value()
            comma = _COMMA.match(self._held, self._place)
            if comma and comma.end() < len(self._held):  # as nearly always: the next element is there
                self._place = comma.end()
            elif self.take(",]") == "]":
                return

    def _read_more(self) -> bool:
        """Hold at least twice as much of the file, without what was read; false at its end."""
        if self._ended:
            return False
        self._held = self._held[self._place :]
        self._place = 0
        wanted = max(_CHUNK, len(self._held))
        while wanted > 0 and not self._ended:
            part = self._file.read(wanted)
            if self._to_text is None:
                self._to_text = codecs.getincrementaldecoder("utf-16" if part[:2] in _UTF_16 else "utf-8-sig")()
            self._ended = not part
            self._held += self._to_text.decode(part, final=self._ended)
            self._read += len(part)
            wanted -= len(part)
        self._report_progress(min(self._read / self._size, 1.0))
        return True


def _values(text: _JsonText, keys: Keys, is_rows: Callable[[Keys], bool]) -> Iterator[tuple[Keys, Any]]:
    """Go past one value, to which these keys lead, and yield what is in it."""
    first = text.peek()
    if first == "[" and is_rows(keys):
        index = -1
        for index, value in enumerate(text.elements()):
            yield (*keys, index), value
        if index < 0:
            yield keys, []
    elif first == "{" and len(keys) < _DEEPEST_OBJECT:
        text.take("{")
        if text.peek() == "}":
            yield keys, {}
        while text.peek() != "}":
            name = text.value()
            if not isinstance(name, str):
                raise ValueError
            text.take(":")
            yield from _values(text, (*keys, name), is_rows)
            if text.take(",}") == "}":
                return
        text.take("}")
    else:
        yield keys, text.value()
