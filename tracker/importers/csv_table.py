"""CSV files as spreadsheets and other programs write them: rows, names of columns, dates and times.

Where a header has other names than ours, the user says once which columns are the start, the end, the channel …, as in
`--columns start=Began,end=Ended,channel=App`. It is remembered for files with the same header.

A duration says its unit (`1:30`, `1h30`, `90m`), or its header does (`minutes`, `duration_minutes`, `Duration (h)`), or
the user does, as in `--columns hours=duration`: nobody can tell 2 hours from 2 minutes by a number.

Times are written as `2026-11-23 14:05:00`, or as Excel makes of it when the file is saved again: `23/11/2026 14:05`,
`11/23/26 2:05 PM`, `23.11.2026 14:05`. One row cannot tell 9 November from 11 September, so the whole file decides: an
order of the numbers under which a row has no such date, lies in the future, ends before it starts or lasts over a week
is the wrong one. Where both orders are possible, the user is asked.
"""

from __future__ import annotations

import csv
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from tracker.calendar.clock import refuse_skipped, wall_instant
from tracker.calendar.durations import UNITS
from tracker.domain.errors import TrackerError
from tracker.domain.models import HOUR, LONGEST_SESSION, MINUTE
from tracker.domain.text import quoted
from tracker.files import file_access
from tracker.importers.source_files import text_lines
from tracker.locale import _

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
        last_lines: list[str] = []
        begins = ends = self._first  # where the last row begins and ends, as indexes: a note may have several lines
        reader = csv.reader(self._lines(row_lines), delimiter=self._delimiter)
        try:
            for cells in reader:
                begins, ends = ends, self._first + reader.line_num
                last_lines = row_lines.copy()
                row_lines.clear()
                if begins == self._first:
                    self.header = cells
                elif any(cells):
                    yield begins + 1, cells
        except csv.Error as error:
            line = self._first + reader.line_num
            message = _("{path}, line {line}: {reason}")
            raise TrackerError(message.format(path=self._path, line=line, reason=error)) from None
        if _is_open(last_lines, self._delimiter):
            message = _("{path}, line {line}: a quotation mark is opened and never closed")
            raise TrackerError(message.format(path=self._path, line=begins + 1))

    def _lines(self, row_lines: list[str]) -> Iterator[str]:
        """The lines of the table, which are put into `row_lines` too."""
        for line in islice(text_lines(self._path), self._first, None):
            row_lines.append(line)
            yield line


def read_table(path: str) -> CsvTable:
    """The table in a file whose cells are separated by commas, semicolons or tabs.

    Raises TrackerError for a file that is empty or no text, and for a quotation mark that is never closed: it would
    make one cell of all rows after it.
    """
    first, line = next(((number, line) for number, line in enumerate(text_lines(path)) if line.strip()), (0, ""))
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


#: The columns of numbers that stand for an end, with their unit in seconds.
LENGTHS = {"hours": HOUR, "minutes": MINUTE, "seconds": 1}

#: What the header of a duration begins with.
_DURATION = ("duration", "durée", "duree", "dauer", "duración", "durata", "duur")

#: The columns that a file can have. `date` is put before the times of `start` and `end`; `duration`, or one of LENGTHS,
#: stands for an end.
COLUMNS = (
    *(
        "start",
        "end",
        "date",
        "duration",
        *LENGTHS,
        "channel",
        "activity",
        "note",
        "planned_seconds",
        "planned",
        "intention",
    ),
    *("trigger", "person", "ring", "zone", "kind", "estimated", "override", "overrun"),
)


class ColumnNames:
    """The names that the user gave (ours to the file's), and where those of earlier files are remembered.

    `used` is what an import remembers: the name under which, and the names as the user gave them.
    """

    def __init__(
        self, given: Mapping[str, str] | None = None, recall: Callable[[str], str | None] = lambda _name: None
    ) -> None:
        self.given = given or {}
        self.recall = recall
        self._names: dict[str, str] = {}
        self.used: tuple[str, str] | None = None

    def indexes(self, header: Sequence[str], path: str) -> dict[str, int]:
        """The index of each of COLUMNS that a file with this header has.

        Raises TrackerError where it lacks a start, an end or a channel, or a column that the user named.
        """
        header = [name.strip().lower() for name in header]
        name = f"csv columns {chr(31).join(header)}"
        self._names = dict(self.given or parse_columns(self.recall(name) or ""))
        if self.given:
            self.used = name, _written(self.given)
        indexes = {ours: header.index(ours) for ours in COLUMNS if ours in header}
        for ours, theirs in self._names.items():
            if theirs.lower() not in header:
                raise _lacks(path, theirs, header)
            indexes[ours] = header.index(theirs.lower())
        _find_length(indexes, header, self._names)
        missing = [ours for ours in ("start", "channel") if ours not in indexes]
        if not indexes.keys() & {"end", "duration", *LENGTHS}:
            missing.insert(1, "end")
        if missing:
            raise _lacks(path, ", ".join(missing), header)
        return indexes

    def option(self) -> str:
        """The option `--columns` as the user gave it, to be typed again, with a space behind it; empty without it."""
        return f"--columns {shlex.quote(_written(self.given))} " if self.given else ""

    def option_with_hours(self, column: str) -> str:
        """The option `--columns` by which the numbers of a column of the header are hours, and all else is as it is."""
        names = {ours: theirs for ours, theirs in self._names.items() if ours != "duration"}
        return f"--columns {shlex.quote(_written(names | {'hours': column}))}"


def _written(names: Mapping[str, str]) -> str:
    """The names as a user writes them: `start=Began,end=Ended`."""
    return ",".join(f"{ours}={theirs}" for ours, theirs in names.items())


def _find_length(indexes: dict[str, int], header: Sequence[str], given: Mapping[str, str]) -> None:
    """Put the column that stands for an end under the name of its unit, where its header or the user says the unit;
    without the others of LENGTHS."""
    if "duration" not in indexes and "end" not in indexes:
        named = [index for index, name in enumerate(header) if name.startswith(_DURATION)]
        if len(named) == 1 and not given.keys() & LENGTHS.keys():
            indexes["duration"] = named[0]
    told = next((unit for unit in LENGTHS if unit in given), None)
    if "duration" in indexes and not told and (unit := unit_in(header[indexes["duration"]])):
        indexes[unit] = indexes["duration"]
        told = unit
    if told or "duration" in indexes or "end" in indexes:
        for unit in LENGTHS:
            if unit != told:
                indexes.pop(unit, None)
    if told:
        indexes.pop("duration", None)


def unit_in(name: str) -> str | None:
    """The one of LENGTHS that the name of a column says: `hours` for `Duration (h)`; None for none and for several."""
    words = re.findall(r"[^\W\d_]+", name.lower())
    written = {UNITS.get(word, UNITS.get(word[:1]) if word in ("hh", "mm", "ss") else None) for word in words} - {None}
    return next((unit for unit, seconds in LENGTHS.items() if written == {seconds}), None)


def parse_columns(text: str) -> dict[str, str]:
    """The names in `start=Began,end=Ended`. Raises TrackerError for what is written otherwise."""
    names: dict[str, str] = {}
    for part in filter(None, text.split(",")):
        ours, _sign, theirs = (word.strip() for word in part.partition("="))
        if ours not in COLUMNS or not theirs:
            raise TrackerError(
                _("columns are written start=NAME,end=NAME,channel=NAME, not “{text}”; there are: {names}").format(
                    text=quoted(part), names=", ".join(COLUMNS)
                )
            )
        names[ours] = theirs
    return names


def _lacks(path: str, names: str, header: Sequence[str]) -> TrackerError:
    return TrackerError(
        _(
            "{path} has no column {names}; it has: {header}. Say which is which: "
            "`--columns start=NAME,end=NAME,channel=NAME`"
        ).format(path=path, names=quoted(names), header=quoted(", ".join(header)))
    )


_WRITTEN = re.compile(
    r"(\d{4}|\d{1,2}) ([-/.]) (\d{1,2}) \2 (\d{4}|\d{1,2})  [ T,]+"
    r"(\d{1,2}) [:h] (\d{2}) (?: [:m] (\d{2}) (?:\.\d+)? )?  \s* ([ap])? \.? (?:m\.?)?",
    re.IGNORECASE | re.VERBOSE,
)

#: The orders between which a date of small numbers does not decide.
DAY_FIRST, MONTH_FIRST = "D/M/Y", "M/D/Y"


class WrittenTime(NamedTuple):
    """A date and time as written: the three numbers of the date in their order, and seconds after midnight."""

    numbers: tuple[str, str, str]
    second: int

    @property
    def is_year_first(self) -> bool:
        """Whether the date says its own order: the year has four digits and comes first."""
        return len(self.numbers[0]) == 4

    def instant(self, order: str, zone: str, fold: int = 0, days: int = 0) -> int:
        """The UTC seconds at which the clocks of `zone` showed it, or so many days later.

        Raises ValueError where there is no such date.
        """
        first, second, third = map(int, self.numbers)
        if self.is_year_first or order == "Y/M/D":
            year, month, day = first, second, third
        else:
            year = third
            month, day = (second, first) if order == DAY_FIRST else (first, second)
        whole = date(year + 2000 if year < 100 else year, month, day) + timedelta(days)
        return wall_instant(zone, whole, self.second, fold)

    def shown_instant(self, order: str, zone: str, fold: int = 0, days: int = 0) -> int:
        """The same. Raises TrackerError for a time that a change of the clocks skipped: no clock has shown it."""
        instant = self.instant(order, zone, fold, days)
        refuse_skipped(zone, instant, self.second)
        return instant


def parse_written_time(text: str) -> WrittenTime | None:
    """The date and time that a text says; None for any other text.

    Not by `arrow.get`, which takes 4.5 s for 100,000 with one format; here the order of the numbers is not known yet.
    """
    match = _WRITTEN.fullmatch(text.strip().replace("\u202f", " ").replace("\xa0", " "))
    if not match:
        return None
    hours, minutes, seconds = int(match[5]), int(match[6]), int(match[7] or 0)
    if match[8]:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if match[8] in "pP" else 0)
    if hours > 23 or minutes > 59 or seconds > 59 or len(match[1] + match[4]) > 6:
        return None
    return WrittenTime((match[1], match[3], match[4]), hours * 3600 + minutes * 60 + seconds)


def date_order(spans: Iterable[tuple[WrittenTime, WrittenTime | None]], now: int, zone: str, options: str = "") -> str:
    """The order of the numbers in a file's dates, decided by its spans of a start and an end (None: not known).

    Raises TrackerError where both orders are possible and differ: it says what to type, with the `options` that were
    typed and are not remembered yet.
    """
    spans = list(dict.fromkeys(span for span in spans if not span[0].is_year_first))
    wrong = {order: sum(_is_wrong(*span, order, now, zone) for span in spans) for order in (DAY_FIRST, MONTH_FIRST)}
    if wrong[DAY_FIRST] == wrong[MONTH_FIRST]:
        differing = next((start for start, _end in spans if int(start.numbers[0]) != int(start.numbers[1])), None)
        if differing and wrong[DAY_FIRST]:
            raise TrackerError(
                _(
                    "the dates of this file fit neither day first nor month first ({date}); correct them, or say the "
                    "order: `{options}--dates D/M/Y` or `{options}--dates M/D/Y`"
                ).format(date=_examples(spans, now, zone), options=options)
            )
        if differing:
            raise TrackerError(
                _(
                    "the dates of this file can be read day first or month first ({date}); "
                    "say which: `{options}--dates D/M/Y` or `{options}--dates M/D/Y`"
                ).format(date="/".join(differing.numbers), options=options)
            )
    return min(wrong, key=wrong.__getitem__)


def _examples(spans: Iterable[tuple[WrittenTime, WrittenTime | None]], now: int, zone: str) -> str:
    """A date that is impossible with the day first, and one with the month first."""
    return ", ".join(
        next("/".join(start.numbers) for start, end in spans if _is_wrong(start, end, order, now, zone))
        for order in (DAY_FIRST, MONTH_FIRST)
    )


def _is_wrong(start: WrittenTime, end: WrittenTime | None, order: str, now: int, zone: str) -> bool:
    try:
        first = start.instant(order, zone)
        last = end.instant(order, zone, 1) if end else first
    except ValueError:
        return True
    return not (first <= last <= now and last - first <= LONGEST_SESSION + 3600)
