"""Reading the files of other programs: text, JSON, downloads in a zip or a folder, and what macOS keeps.

The rows of a JSON file that may be larger than the memory are read one by one. The standard library's decoder reads
each row; only the way to the rows is walked here. Not by `ijson`, which keeps the path of each nested value: a file of
100,000 brackets makes it take more memory than a machine has.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import struct
import sys
import zlib
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.domain.errors import TrackerError
from tracker.files import file_access
from tracker.files.file_access import say_os_error
from tracker.locale import _

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Collection, Iterator, Sequence
    from typing import IO, TextIO


_ZIP = b"PK\x03\x04"


def read_text(path: str) -> str:
    """The text of a file in UTF-8, or in UTF-16 with a byte order mark. Raises TrackerError for any other file."""
    try:
        return decode_text(file_access.read_bytes(path), path)
    except OSError as error:
        raise TrackerError(_("cannot read {path}: {reason}").format(path=path, reason=say_os_error(error))) from None


@contextmanager
def open_text(path: str) -> Iterator[TextIO]:
    """A text file in UTF-8, or in UTF-16 with a byte order mark, open to be read in parts; line ends are kept.

    Raises TrackerError for any other file, also while it is read.
    """
    try:
        with file_access.open_to_read(path) as file:
            begins = file.read(4)
            file.seek(0)
            if begins == _ZIP:
                raise TrackerError(_("{path} is a zip archive or a spreadsheet, not text").format(path=path))
            is_utf_16 = begins.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            with TextIOWrapper(file, "utf-16" if is_utf_16 else "utf-8-sig", newline="") as text:
                yield text
    except OSError as error:
        raise TrackerError(_("cannot read {path}: {reason}").format(path=path, reason=say_os_error(error))) from None
    except UnicodeDecodeError as error:
        if b"\0" in error.object:
            raise TrackerError(_("{path} is not a text file").format(path=path)) from None
        raise TrackerError(_("{path} is not UTF-8 text; save it again as UTF-8").format(path=path)) from None


def decode_text(content: bytes, path: str) -> str:
    """The text that is the content of a file in UTF-8, or in UTF-16 with a byte order mark, as Excel's Unicode Text.

    Raises TrackerError for any other content.
    """
    if content.startswith(_ZIP):
        raise TrackerError(_("{path} is a zip archive or a spreadsheet, not text").format(path=path))
    is_utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" not in content:
            raise TrackerError(_("{path} is not UTF-8 text; save it again as UTF-8").format(path=path)) from None
        text = "\0"
    if "\0" in text:
        raise TrackerError(_("{path} is not a text file").format(path=path))
    return text


def parse_json(text: str, path: str) -> Any:
    """The value of a JSON text. Raises TrackerError for a text that is no JSON."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        message = _("{path} is not valid JSON: line {line}, column {column}")
        raise TrackerError(message.format(path=path, line=error.lineno, column=error.colno)) from None
    except ValueError as error:  # such as a number with too many digits
        raise TrackerError(_("{path} is not valid JSON: {reason}").format(path=path, reason=error)) from None
    except RecursionError:
        raise TrackerError(_("{path} is not valid JSON: it is nested too deeply").format(path=path)) from None


#: Files are looked for in folders so deep inside the one that was given.
_DEEPEST = 6


class OpenDownload(NamedTuple):
    """A file of a download, open to be read from its beginning to its end, and its size in bytes (at least 1)."""

    file: IO[bytes]
    size: int


def files_named(path: str, names: Sequence[str]) -> list[str]:
    """The files that a path means: a file or a zip as it is; of a folder the files with one of `names`, else its zips.

    `names` are in lower case. Raises TrackerError for a folder without any.
    """
    if not os.path.isdir(path):
        return [path]
    found, zips = [], []
    for folder, folders, files in os.walk(path):
        if os.path.relpath(folder, path).count(os.sep) >= _DEEPEST:
            folders.clear()
        folders.sort()
        found += [os.path.join(folder, name) for name in sorted(files) if name.lower() in names]
        zips += [os.path.join(folder, name) for name in sorted(files) if name.lower().endswith(".zip")]
    paths = found or [name for name in zips if _member(name, names)]
    if not paths:
        raise TrackerError(_("{path} has no {name}").format(name=names[0], path=path))
    return paths


@contextmanager
def open_download(path: str, names: Sequence[str]) -> Iterator[OpenDownload]:
    """Open a file, or the file with one of `names` (in lower case) in a zip.

    Raises TrackerError for what cannot be read, also while it is read.
    """
    import zipfile  # here, because it takes 5 ms, and importing other sources needs none

    try:
        with file_access.open_to_read(path) as file:
            if file.read(len(_ZIP)) != _ZIP:
                file.seek(0)
                yield OpenDownload(file, max(os.fstat(file.fileno()).st_size, 1))
                return
            with zipfile.ZipFile(file) as archive:
                member = _named(archive, names)
                if member is None:
                    raise TrackerError(_("{path} has no {name}").format(name=names[0], path=path))
                with archive.open(member) as inside:
                    yield OpenDownload(inside, max(member.file_size, 1))
    except OSError as error:
        refuse_without_permission(error, path)
        raise TrackerError(_("cannot read {path}: {reason}").format(path=path, reason=say_os_error(error))) from None
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OverflowError):
        raise TrackerError(_("{path} is a damaged or locked zip file").format(path=path)) from None


def _member(path: str, names: Sequence[str]) -> bool:
    """Whether a zip has a file with one of these names."""
    import zipfile

    try:
        with file_access.open_to_read(path) as file, zipfile.ZipFile(file) as archive:
            return _named(archive, names) is not None
    except (OSError, TrackerError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


def _named(archive: zipfile.ZipFile, names: Sequence[str]) -> zipfile.ZipInfo | None:
    by_name = {member.filename.rpartition("/")[2].lower(): member for member in archive.infolist()}
    return next((by_name[name] for name in names if name in by_name), None)


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


#: How much is read at once, in bytes, and how long a row may be, in characters.
_CHUNK, _LONGEST_ROW = 1 << 18, 1 << 24

#: Lists are looked for in objects so deep inside each other; what is deeper belongs to a row.
_DEEPEST_LIST = 6

_BLANKS = re.compile(r"[ \t\r\n]*")
_BEGINNINGS = ("{", "[", '"')
_COMMA = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")


def json_rows(
    path: str, lists: Collection[str], report_progress: Callable[[float], None], names: Sequence[str] = ()
) -> Iterator[tuple[str, Any]]:
    """Yield (place, element) for each element of the lists in a JSON file whose place is one of `lists`.

    A place is the key of the list with as many keys of the objects around it as matter, joined with full stops: `b.c`
    for the lists of {"b": {"c": []}} and {"a": {"b": {"c": []}}}. That of a list at the top is empty. Raises
    TrackerError for a file that cannot be read, and where it is not JSON; the rows before that place were yielded. Of a
    zip, the file with one of `names` (in lower case) is read.
    """
    with open_download(path, names) as download:
        try:
            text = _Text(download, report_progress)
            if text.peek() == "<":
                raise TrackerError(_("{path} is a web page; ask for the download again, as JSON").format(path=path))
            yield from _lists(text, "", lists, 0)
            if text.peek():
                raise ValueError
        except (ValueError, RecursionError):
            raise TrackerError(_("{path} is no JSON file, or it is damaged").format(path=path)) from None


def json_members(
    path: str, elements_of: str, report_progress: Callable[[float], None]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield (keys, value) for each value in the objects of a JSON file, by the keys that lead to it.

    Of a list called `elements_of` each element is a value; other lists, empty objects and what is deep inside are
    values as they are. Raises TrackerError as `json_rows` does.
    """
    with open_download(path, ()) as download:
        try:
            text = _Text(download, report_progress)
            yield from _members(text, (), elements_of)
            if text.peek():
                raise ValueError
        except (ValueError, RecursionError):
            raise TrackerError(_("{path} is no JSON file, or it is damaged").format(path=path)) from None


class _Text:
    """The text of a JSON file, of which a part is in the memory. Raises ValueError for what is no JSON in UTF-8."""

    def __init__(self, download: OpenDownload, report_progress: Callable[[float], None]) -> None:
        self._file, self._size = download
        self._report_progress = report_progress
        self._to_text = codecs.getincrementaldecoder("utf-8-sig")()
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
                if len(self._held) - self._place > _LONGEST_ROW or not self._read_more():
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
            self._ended = not part
            self._held += self._to_text.decode(part, final=self._ended)
            wanted -= len(part)
        self._report_progress(min(self._file.tell() / self._size, 1.0))
        return True


def _lists(text: _Text, keys: str, lists: Collection[str], depth: int) -> Iterator[tuple[str, Any]]:
    """Go past one value, to which these keys lead, and yield the elements of the lists in it."""
    first = text.peek()
    place = next((name for name in lists if f".{keys}".endswith(f".{name}")), None) if first == "[" else None
    if place is not None and (place or not keys):
        for value in text.elements():
            yield place, value
    elif first == "{" and depth < _DEEPEST_LIST:
        text.take("{")
        while text.peek() != "}":
            name = text.value()
            if not isinstance(name, str):
                raise ValueError
            text.take(":")
            yield from _lists(text, f"{keys}.{name}" if keys else name, lists, depth + 1)
            if text.take(",}") == "}":
                return
        text.take("}")
    else:
        text.value()


def _members(text: _Text, keys: tuple[str, ...], elements_of: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Go past one value, to which these keys lead, and yield what is in it."""
    first = text.peek()
    if first == "[" and keys[-1:] == (elements_of,):
        for value in text.elements():
            yield keys, value
    elif first == "{" and len(keys) < _DEEPEST_LIST:
        text.take("{")
        if text.peek() == "}":
            yield keys, {}
        while text.peek() != "}":
            name = text.value()
            if not isinstance(name, str):
                raise ValueError
            text.take(":")
            yield from _members(text, (*keys, name), elements_of)
            if text.take(",}") == "}":
                return
        text.take("}")
    else:
        yield keys, text.value()
