"""A CSV file as spreadsheets and other programs write it: its header, and its rows with their lines."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.errors import TrackerError
from tracker.files import file_access
from tracker.importers.source_text import read_text
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The first line by which Excel says what separates the cells.
_SEPARATOR = "sep="


class CsvTable(NamedTuple):
    """The cells of the header, and of each row that has any, with the line at which the row begins."""

    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(path: str) -> CsvTable:
    """The table in a file whose cells are separated by commas, semicolons or tabs.

    Raises TrackerError for a file that is empty or no text, and for a quotation mark that is never closed: it would
    make one cell of all rows after it.
    """
    text = read_text(path)
    if not text.strip():
        raise TrackerError(_("{path} is empty").format(path=path))
    if text.lstrip()[0] in "<{[":
        raise TrackerError(_("{path} is not a CSV file").format(path=path))
    lines = list(io.StringIO(text, newline=""))
    first = next(number for number, line in enumerate(lines) if line.strip())
    delimiter = max(",;\t", key=lines[first].count)
    if lines[first].lower().startswith(_SEPARATOR) and len(lines[first].strip()) == len(_SEPARATOR) + 1:
        delimiter = lines[first][len(_SEPARATOR)]
        first += 1
    csv.field_size_limit(file_access.MOST_BYTES)  # a cell that is too long spoils its row, not the file
    reader = csv.reader(lines[first:], delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    begins = first  # where the last row begins, as an index: a note may have several lines
    try:
        header = next(reader, [])
        ends = first + reader.line_num
        for cells in reader:
            begins, ends = ends, first + reader.line_num
            if any(cells):
                rows.append((begins + 1, cells))
    except csv.Error as error:
        line = first + reader.line_num
        raise TrackerError(_("{path}, line {line}: {reason}").format(path=path, line=line, reason=error)) from None
    if _is_open(lines[begins:], delimiter):
        message = _("{path}, line {line}: a quotation mark is opened and never closed")
        raise TrackerError(message.format(path=path, line=begins + 1))
    return CsvTable(header, rows)


def _is_open(lines: Sequence[str], delimiter: str) -> bool:
    """Whether the last row, in these lines, ends inside quotation marks."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False
