"""The rows of a JSON file that may be larger than the memory, read one by one.

The standard library's decoder reads each row; only the way to the rows is walked here. Not by `ijson`, which keeps the
path of each nested value: a file of 100,000 brackets makes it take more memory than a machine has.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any

from tracker.domain.errors import TrackerError
from tracker.importers.download import open_download
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from tracker.importers.download import OpenDownload

#: How much is read at once, in bytes, and how long a row may be, in characters.
_CHUNK, _LONGEST_ROW = 1 << 18, 1 << 24

#: Lists are looked for in objects so deep inside each other; what is deeper belongs to a row.
_DEEPEST = 6

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
    elif first == "{" and depth < _DEEPEST:
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
    elif first == "{" and len(keys) < _DEEPEST:
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
