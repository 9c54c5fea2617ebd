"""Toggl Track: the detailed report as CSV. Times are wall times of the account's zone.

The columns are told by their names: `Project`, `Client`, `Task`, `Description`, `Tags`, `Start date`, `Start time`,
`End date` and `End time` (`Stop date` and `Stop time` in newer reports), and `Email` or `User`. `Duration` is not read:
some exports write it as `18:25 min`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tracker.domain.errors import TrackerError
from tracker.exporters.csv_export import from_cell
from tracker.importers.csv_table import CsvTable, WrittenTime, date_order, parse_written_time, read_table
from tracker.importers.imported_record import ReadContext, RejectedRow, Row
from tracker.importers.shared_reading import RecordedEntry, read_entries
from tracker.importers.source import Source, SourceDescription
from tracker.locale import N_, _

#: The cells of a row by the names of their columns.
_Row = dict[str, str]


class Toggl(Source):
    """Toggl Track."""

    def describe(self) -> SourceDescription:
        return SourceDescription("toggl", N_("Toggl Track's detailed report"), recorded=True, has_wall_times=True)

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield the entries of a detailed report. Raises TrackerError for any other file."""
        table = _table(path)
        spans = ((_written(row, "start"), _written(row, "end")) for _line, row in _rows(table))
        order = context.date_order or date_order(
            ((start, end) for start, end in spans if start), context.now, context.zone
        )
        return read_entries(lambda: _entries(table, order, context.zone), context)


SOURCES = (Toggl(),)


def _table(path: str) -> CsvTable:
    """The table of a report. Raises TrackerError for any other file."""
    table = read_table(path)
    missing = [name for name in ("start date", "start time", "end date", "end time") if name not in _names(table)]
    if missing:
        raise TrackerError(
            _("{path} is not a detailed report of Toggl: it has no column {names}").format(
                path=path, names=", ".join(missing)
            )
        )
    return table


def _names(table: CsvTable) -> list[str]:
    return [name.strip().lower().replace("stop ", "end ") for name in table.header]


def _rows(table: CsvTable) -> Iterator[tuple[int, _Row]]:
    """The rows of a report, by the names of their columns, each with its line."""
    names = _names(table)
    for line, cells in table.rows():
        yield line, {name: from_cell(cell).strip() for name, cell in zip(names, cells, strict=False)}


def _entries(table: CsvTable, order: str, zone: str) -> Iterator[RecordedEntry | RejectedRow]:
    same_start: Counter[tuple[str, int]] = Counter()
    for line, row in _rows(table):
        start_written, end_written = _written(row, "start"), _written(row, "end")
        try:
            if not start_written or (not end_written and row.get("end time")):
                raise ValueError
            start = start_written.shown_instant(order, zone)
            end = end_written.shown_instant(order, zone) if end_written else None
            if end_written and end is not None and end < start:  # the night that has an hour twice
                end = end_written.shown_instant(order, zone, fold=1)
        except TrackerError as error:
            yield RejectedRow(line, str(error))
            continue
        except ValueError:
            yield RejectedRow(line, _("there is no such date or time"))
            continue
        who = row.get("email") or row.get("user") or row.get("member") or ""
        same_start[who, start] += 1
        tags = [tag.strip() for tag in row.get("tags", "").split(",")]
        names = (row.get("client", ""), row.get("task", ""), *tags)
        yield RecordedEntry(
            line,
            start,
            end,
            row.get("project"),
            tuple(filter(None, names)),
            row.get("description"),
            f"{who}\n{same_start[who, start]}",
        )


def _written(row: _Row, which: str) -> WrittenTime | None:
    return parse_written_time(f"{row.get(f'{which} date', '')} {row.get(f'{which} time', '')}")
