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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, Any, TextIO

from tracker.domain.errors import TrackerError
from tracker.domain.record import Record
from tracker.files import file_access
from tracker.files.file_access import say_os_error
from tracker.locale import _

if TYPE_CHECKING:
    import zipfile

#: The keys in objects, and the index in a list of rows, that lead to a value of a JSON file.
Keys = tuple[str | int, ...]

_ZIP = b"PK\x03\x04"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

#: Files are looked for in folders so deep inside the one that was given.
_DEEPEST_FOLDER = 6

#: Values of JSON are looked for in objects so deep inside each other; what is deeper is a part of a value.
_DEEPEST_OBJECT = 6

#: What the files of a download may be that are looked into, the better form first, and how many of them at most.
_PAGE = ".html"
_KINDS, _MOST_LOOKED_INTO = (".json", ".txt", _PAGE), 500

#: How much of a JSON file is read at once, in bytes, and how long a value may be, in characters.
_CHUNK, _LONGEST_VALUE = 1 << 18, 1 << 24

_BLANKS = re.compile(r"[ \t\r\n]*")
_BEGINNINGS = ("{", "[", '"')
_COMMA = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")


class OpenDownload(Record):
    """A file of a download, open to be read from its beginning to its end, and its size in bytes (at least 1)."""

    file: IO[bytes]
    size: int


class Wanted(Record):
    """What is looked for in a zip or a folder: the file with one of `names` (in lower case), the first one first.

    Where there is none, a file whose first bytes `is_like`, as in an account's language whose names are not known.
    """

    names: Sequence[str]
    is_like: Callable[[bytes], bool] = lambda _beginning: False


@contextmanager
def os_errors_of(path: str) -> Iterator[None]:
    """Raise TrackerError for an error of the system while what is at `path` is read in the block.

    Where macOS does not let this program read it, the error says what to allow.
    """
    try:
        yield
    except OSError as error:
        message = _("cannot read {path}: {reason}")
        if sys.platform == "darwin" and isinstance(error, PermissionError):
            message = _(
                "macOS does not let this terminal read {path}; allow it in System Settings > Privacy & Security > "
                "Full Disk Access, restart the terminal, then import again"
            )
        raise TrackerError(message.format(path=path, reason=say_os_error(error))) from None


@contextmanager
def open_download(path: str, wanted: Wanted | None = None) -> Iterator[OpenDownload]:
    """Open a file, or what is wanted of a zip.

    Raises TrackerError for what cannot be read, also while it is read, and for a zip of which nothing is wanted.
    """
    with os_errors_of(path), file_access.open_to_read(path) as file:
        if file.read(len(_ZIP)) != _ZIP:
            file.seek(0)
            yield OpenDownload(file, max(os.fstat(file.fileno()).st_size, 1))
            return
        if not wanted:
            raise TrackerError(_("{path} is a zip archive or a spreadsheet, not text").format(path=path))
        with _open_archive(file, path) as archive:
            member = _member(archive, wanted)
            if member is None:
                raise TrackerError(_("{path} has no {name}").format(name=wanted.names[0], path=path))
            with archive.open(member) as inside:
                yield OpenDownload(inside, max(member.file_size, 1))


@contextmanager
def _open_archive(file: IO[bytes], path: str) -> Iterator[zipfile.ZipFile]:
    """Open a zip file. Raises TrackerError for one that is damaged or locked, also while it is read."""
    import zipfile  # here, because it takes 5 ms, and importing other sources needs none

    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OverflowError):
        raise TrackerError(_("{path} is a damaged or locked zip file").format(path=path)) from None


def _member(archive: zipfile.ZipFile, wanted: Wanted) -> zipfile.ZipInfo | None:
    """The wanted file of a zip; of several with one name the one with the shortest path."""
    members = sorted(archive.infolist(), key=lambda member: -len(member.filename))
    by_name = {member.filename.rpartition("/")[2].lower(): member for member in members}
    named = next((by_name[name] for name in wanted.names if name in by_name), None)
    if named:
        return named

    def beginning(member: zipfile.ZipInfo) -> bytes:
        with archive.open(member) as inside:
            return inside.read(_CHUNK)

    kinds = [[member for member in reversed(members) if _kind(member.filename) == kind] for kind in _KINDS]
    candidates = [member for of_kind in kinds for member in of_kind][:_MOST_LOOKED_INTO]
    return next((member for member in candidates if wanted.is_like(beginning(member))), None)


def _kind(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def file_in(path: str, name: str) -> str:
    """The file that a path means: itself, or that of this name in a folder. Raises TrackerError where it has none."""
    if not os.path.isdir(path):
        return path
    file = os.path.join(path, name)
    if not os.path.isfile(file):
        raise TrackerError(_("{path} has no {name}").format(name=name, path=path))
    return file


def files_wanted(path: str, wanted: Wanted) -> list[str]:
    """The files that a path means: a file or a zip as it is; of a folder the files that are wanted, else its zips.

    A web page is the last choice: whoever reads it says that it is one. Raises TrackerError for a folder without any.
    """
    if not os.path.isdir(path):
        return [path]
    every = []
    for folder, folders, files in os.walk(path):
        if os.path.relpath(folder, path).count(os.sep) >= _DEEPEST_FOLDER:
            folders.clear()
        folders.sort()
        every += [os.path.join(folder, name) for name in sorted(files)]
    likely = [name for name in every if os.path.basename(name).lower() in wanted.names]
    if not likely:
        candidates = [name for name in every if _kind(name) in _KINDS][:_MOST_LOOKED_INTO]
        likely = [name for name in candidates if wanted.is_like(_beginning(name))]
    paths = [name for name in likely if _kind(name) != _PAGE]
    paths = paths or [name for name in every if _kind(name) == ".zip" and _has_member(name, wanted)] or likely
    if not paths:
        raise TrackerError(_("{path} has no {name}").format(name=wanted.names[0], path=path))
    return paths


def _beginning(path: str) -> bytes:
    try:
        with file_access.open_to_read(path) as file:
            return file.read(_CHUNK)
    except OSError:
        return b""


def _has_member(path: str, wanted: Wanted) -> bool:
    with suppress(OSError, TrackerError), file_access.open_to_read(path) as file, _open_archive(file, path) as archive:
        return _member(archive, wanted) is not None
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


def read_text(path: str, wanted: Wanted | None = None) -> str:
    """The text of a file of at most MOST_BYTES bytes, or of what is wanted of a zip. Raises TrackerError as `open_text`
    does, and for a NUL."""
    with open_download(path, wanted) as (file, size):
        if size > file_access.MOST_BYTES:
            raise OSError(errno.EFBIG, file_access.larger_than(file_access.MOST_BYTES), path)
        content = file.read()
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


def json_rows(
    path: str,
    is_rows: Callable[[Keys], bool],
    report_progress: Callable[[float], None] = lambda _fraction: None,
    wanted: Wanted | None = None,
    missing: str = "",
) -> Iterator[Any]:
    """Yield each element of the lists in a JSON file to which keys lead for which `is_rows` is true.

    Raises TrackerError as `json_values` does; and with the words `missing`, if they are given, for a file without any
    such list: an empty one, or null under a key, is a list.
    """
    has_list = not missing
    for keys, value in json_values(path, is_rows, report_progress, wanted):
        if keys and isinstance(keys[-1], int):
            has_list = True
            yield value
        elif is_rows(keys) and (value == [] or (keys and value is None)):
            has_list = True
    if not has_list:
        raise TrackerError(missing.format(path=path))


def json_values(
    path: str,
    is_rows: Callable[[Keys], bool],
    report_progress: Callable[[float], None] = lambda _fraction: None,
    wanted: Wanted | None = None,
) -> Iterator[tuple[Keys, Any]]:
    """Yield (keys, value) for each value in the objects of a JSON file, by the keys that lead to it.

    Of a list for whose keys `is_rows` is true each element is a value, whose last key is its index. Other lists, empty
    ones, empty objects and what is deep inside are values as they are.

    Raises TrackerError for a file that cannot be read, and where it is not JSON; the values before that place were
    yielded. Of a zip, the `wanted` file is read.
    """
    with open_download(path, wanted) as download:
        try:
            yield from values_in(download, is_rows, report_progress, path if wanted else "")
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
