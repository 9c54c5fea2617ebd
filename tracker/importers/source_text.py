"""The text files that other programs export: UTF-8 text, JSON, and the instants in them."""

from __future__ import annotations

import codecs
import json
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.files import file_access
from tracker.files.os_errors import say_os_error
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TextIO

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
