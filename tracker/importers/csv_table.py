"""A CSV file as spreadsheets and other programs write it: its header, and its rows with their lines."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.files import file_access
from tracker.importers.source_text import open_text
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

#: The first line by which Excel says what separates the cells.
_SEPARATOR = "sep="


class CsvTable:
    """A table in a file: the cells of its header, and how many rows it has."""

    def __init__(self, path: str, first: int, delimiter: str) -> None:
        """`first` is the index of the line of the header. Raises TrackerError for a table that cannot be read."""
        self._path, self._first, self._delimiter = path, first, delimiter
        self.header: list[str] = []
        self.count = sum(1 for _row in self.rows())

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the cells of each row that has any, with the line at which the row begins.

        Raises TrackerError for a quotation mark that is never closed.
        """
        row_lines: list[str] = []
        with open_text(self._path) as text:
            for _line in range(self._first):
                text.readline()
            reader = csv.reader(self._lines(text, row_lines), delimiter=self._delimiter)
            begins = ends = self._first  # where the last row begins and ends, as indexes: a note may have several lines
            try:
                self.header = next(reader, [])
                ends = self._first + reader.line_num
                last_lines = row_lines.copy()
                row_lines.clear()
                for cells in reader:
                    begins, ends = ends, self._first + reader.line_num
                    last_lines = row_lines.copy()
                    row_lines.clear()
                    if any(cells):
                        yield begins + 1, cells
            except csv.Error as error:
                line = self._first + reader.line_num
                message = _("{path}, line {line}: {reason}")
                raise TrackerError(message.format(path=self._path, line=line, reason=error)) from None
        if _is_open(last_lines, self._delimiter):
            message = _("{path}, line {line}: a quotation mark is opened and never closed")
            raise TrackerError(message.format(path=self._path, line=begins + 1))

    def _lines(self, text: TextIO, row_lines: list[str]) -> Iterator[str]:
        """The lines of a text, which are put into `row_lines` too."""
        for line in text:
            if "\0" in line:
                raise TrackerError(_("{path} is not a text file").format(path=self._path))
            row_lines.append(line)
            yield line


def read_table(path: str) -> CsvTable:
    """The table in a file whose cells are separated by commas, semicolons or tabs.

    Raises TrackerError for a file that is empty or no text, and for a quotation mark that is never closed: it would
    make one cell of all rows after it.
    """
    with open_text(path) as text:
        first, line = next(((number, line) for number, line in enumerate(text) if line.strip()), (0, ""))
    if not line:
        raise TrackerError(_("{path} is empty").format(path=path))
    if line.lstrip()[0] in "<{[":
        raise TrackerError(_("{path} is not a CSV file").format(path=path))
    delimiter = max(",;\t", key=line.count)
    if line.lower().startswith(_SEPARATOR) and len(line.strip()) == len(_SEPARATOR) + 1:
        delimiter = line[len(_SEPARATOR)]
        first += 1
    csv.field_size_limit(file_access.MOST_BYTES)  # a cell that is too long spoils its row, not the file
    return CsvTable(path, first, delimiter)


def _is_open(lines: Sequence[str], delimiter: str) -> bool:
    """Whether the last row, in these lines, ends inside quotation marks."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False
