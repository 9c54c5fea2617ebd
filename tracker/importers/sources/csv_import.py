"""A plain CSV file: `start,end,channel,activity,note`, in any order, with a header line.

Further columns are read if they exist: `planned_seconds` (or `planned`, a duration as people write it), `intention`,
`trigger`, `person`, `ring`, `zone` (of this row), `kind` (of a new channel) and `estimated`; others are ignored.
Commas, semicolons or tabs separate. Instants are ISO 8601 with an offset, or wall times in the zone of the row or else
of the user, also as a spreadsheet writes them (csv_table.py). The standard library parses them, not `arrow`, which
takes 3.5 s for 100,000 and accepts other texts. Columns may have other names (csv_table.py).

A person wrote each row, so it is one session as it is, and a channel that does not exist yet is made, of the kind in
the row or else `social`. An unknown activity joins the note. Rows of one file with the same channel, start and end but
other words are different records; rows that agree in everything are one record. A row without an end is a session that
was running when the file was written: it is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tracker.calendar.clock import is_zone, refuse_skipped, to_utc
from tracker.calendar.durations import parse_duration
from tracker.domain.errors import TrackerError
from tracker.domain.models import KINDS, RINGS
from tracker.domain.text import clean_lines, entered, one_line, quoted, refusal
from tracker.exporters.csv_export import from_cell
from tracker.importers.csv_table import LENGTHS, ColumnNames, CsvTable, date_order, parse_written_time, read_table
from tracker.importers.imported_record import (
    FIRST_INSTANT,
    LAST_INSTANT,
    IgnoredRows,
    ImportedRecord,
    NewChannel,
    ReadContext,
    RecordDetails,
    RejectedRow,
    Row,
    hash_text,
    new_channel_name,
    record_key,
    refuse_impossible,
)
from tracker.importers.source import Source, SourceDescription
from tracker.locale import N_, _
from tracker.storage.channels import refuse_unreadable
from tracker.storage.imported_facts import MEASURED, UNTIL_NEXT

if TYPE_CHECKING:
    from tracker.domain.models import Kind

_REQUIRED = ("start", "end", "channel")

#: Columns with the words of a person; the others are times, numbers and names of ours.
_TEXTS = ("channel", "activity", "note", "intention", "trigger", "person", "override", "overrun")

_YES = ("1", "true", "yes")

#: A number without a unit, and one that may have a comma between its thousands.
_NUMBER, _THOUSANDS = re.compile(r"\d+([.,]\d+)?"), re.compile(r"[1-9]\d{0,2},\d{3}")


class CsvFile(Source):
    """Any CSV file with a start, an end and a channel in each row."""

    def describe(self) -> SourceDescription:
        return SourceDescription("csv", N_("CSV file: start,end,channel,activity,note"), recorded=True)

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield the rows. Raises TrackerError for a file that is not a CSV file, or lacks a required column."""
        yield from _rows(path, context)


SOURCES = (CsvFile(),)


def _rows(path: str, context: ReadContext) -> Iterator[Row]:
    table = read_table(path)
    names = context.columns or ColumnNames()
    indexes = names.indexes(table.header, path)
    parser = _RowParser(len(table.header), indexes, context)
    if "duration" in indexes:
        _refuse_bare_numbers(table, indexes, names)
    parser.decide_date_order((cells for _line, cells in table.rows()), names.option())
    for index, (line, cells) in enumerate(table.rows()):
        if not index % 5_000:
            context.report_progress(index / table.count)
        try:
            record = parser.parse(cells)
        except TrackerError as error:
            yield RejectedRow(line, str(error))
        else:
            yield record or IgnoredRows()
    for name, (title, kind) in parser.new_channels.items():
        yield NewChannel(name, title, kind)


def _refuse_bare_numbers(table: CsvTable, indexes: dict[str, int], names: ColumnNames) -> None:
    """Raise TrackerError where a duration in place of an end is a number, of which nobody has said what it counts."""
    width = len(table.header)
    for _line, cells in table.rows():
        padded = [*cells, *[""] * (width - len(cells))]
        number = padded[indexes["duration"]].strip()
        has_end = "end" in indexes and padded[indexes["end"]].strip()
        if not has_end and _NUMBER.fullmatch(number) and number.strip("0.,"):
            column = table.header[indexes["duration"]].strip()
            message = _(
                "the numbers in the column {column} ({number}) may be hours, minutes or seconds; for hours: "
                "`{option}`, for others minutes= or seconds= in place of hours="
            )
            option = names.option_with_hours(column)
            raise TrackerError(message.format(column=quoted(column), number=number, option=option))


class _RowParser:
    """Makes records of rows. `new_channels` collects the channels that do not exist yet: name to (title, kind)."""

    def __init__(self, width: int, indexes: dict[str, int], context: ReadContext) -> None:
        self.new_channels: dict[str, tuple[str, Kind]] = {}
        self._width = width
        self._least_width = max(indexes[name] for name in _REQUIRED if name in indexes) + 1
        self._indexes = indexes
        self._order = context.date_order
        self._context = context
        self._channels: dict[str, str] = {}
        self._hashes: dict[str, int] = {}

    def parse(self, cells: list[str]) -> ImportedRecord | None:
        """The record of a row; None for a session without an end. Raises TrackerError for a row that is no session."""
        if len(cells) > self._width:
            raise TrackerError(_("the row has more columns than the header"))
        if len(cells) < self._least_width:
            raise TrackerError(_("the row has too few columns"))
        row = self._row(cells)
        now = self._context.now
        zone = row.get("zone") or self._context.zone
        if zone != self._context.zone and not is_zone(zone):
            raise TrackerError(_("unknown time zone “{name}”").format(name=quoted(zone)))
        start = self._instant(row["start"], zone)
        duration = row.get("duration") or next((_length(row[unit], unit) for unit in LENGTHS if row.get(unit)), "")
        if not row["end"] and not duration:
            refuse_impossible(start, None, now)
            return None
        end = self._instant(row["end"], zone) if row["end"] else start + parse_duration(duration)
        if end < start and row["end"] and not _has_offset(row["end"]):
            end = self._instant(row["end"], zone, fold=1)
            if end < start and row.get("date"):
                end = self._instant(row["end"], zone, days=1)
        refuse_impossible(start, end, now)
        details = self._details(row, zone)
        channel = self._channel(row["channel"], row.get("kind", "").lower())
        estimated = UNTIL_NEXT if row.get("estimated", "").lower() in _YES else MEASURED
        return ImportedRecord(channel, start, end, self._key(channel, start, end, details), estimated, details)

    def _row(self, cells: list[str]) -> dict[str, str]:
        """The cells of a row by their columns; the times with their date."""
        row = {name: cells[index] if index < len(cells) else "" for name, index in self._indexes.items()}
        row = {name: clean_lines(from_cell(cell)) if name in _TEXTS else cell.strip() for name, cell in row.items()}
        row.setdefault("end", "")
        if date := row.get("date"):
            row.update({name: f"{date} {row[name]}" for name in ("start", "end") if row[name]})
        return row

    def decide_date_order(self, rows: Iterable[list[str]], options: str = "") -> None:
        """Find the order of the numbers in the dates of all rows. Raises TrackerError where it cannot be told: it names
        the `options` to type beside it."""
        if self._order:
            return
        spans = []
        for cells in rows:
            row = self._row(cells)
            start = parse_written_time(row["start"])
            if start and not start.is_year_first:
                spans.append((start, parse_written_time(row["end"])))
        self._order = date_order(spans, self._context.now, self._context.zone, options) if spans else None

    def _instant(self, text: str, zone: str, *, fold: int = 0, days: int = 0) -> int:
        """The UTC seconds that a text says: ISO 8601, or as a spreadsheet writes it. Raises TrackerError."""
        written = parse_written_time(text)
        if not written or text[4:5] == "-":
            return _parse_instant(text, zone, fold, days)
        try:
            instant = written.shown_instant(self._order or "", zone, fold, days)
        except (ValueError, OverflowError):
            raise _no_instant(text) from None
        return _checked(instant, text)

    def _key(self, channel: str, start: int, end: int, details: RecordDetails) -> int:
        """The key of a record. Keys are stored, so the text that is hashed must never change."""
        text = channel
        if details.zone != self._context.zone:
            fields = ", ".join(f"{field}={value!r}" for field, value in details._asdict().items())
            text = f"{channel}\nDetails({fields})"
        elif any(details[1:]):  # the user's own zone is no part of the key: the same file may be read anywhere
            text = f"{channel}\n{details[1:]}"
        text_hash = self._hashes.get(text) or hash_text(text)
        if text == channel:  # those with words are many
            self._hashes[text] = text_hash
        return record_key(start, (text_hash + (end - start)) & ((1 << 64) - 1))

    def _details(self, row: dict[str, str], zone: str) -> RecordDetails:
        activity = row.get("activity", "").strip()
        note = row.get("note")
        if activity and activity.lower() not in self._context.activities:
            activity, note = "", f"{activity}; {note}" if note else activity
        ring = row.get("ring", "").lower()
        if ring and ring not in RINGS:
            raise TrackerError(
                _("a ring must be one of {rings}, not “{word}”").format(rings=", ".join(RINGS), word=quoted(ring))
            )
        texts = {**row, "note": note}
        return RecordDetails(
            zone,
            activity.lower() or None,
            _parse_plan(row.get("planned_seconds", ""), row.get("planned", "")),
            ring=ring or None,
            **{
                field: entered(field, texts.get(field) or None)
                for field in ("intention", "trigger", "person", "note", "override", "overrun")
            },
        )

    def _channel(self, word: str, kind: str) -> str:
        """The channel that a row names, which is new if it does not exist yet."""
        word = one_line(word) or ""
        if not word:
            raise TrackerError(_("the row has no channel"))
        entered("name", word)
        if word not in self._channels:
            matcher = self._context.matcher
            name = new_channel_name(word)
            known = matcher.by_word(word) or matcher.by_word(name)
            if not known:
                refuse_unreadable(name)
                if (kind or "social") not in KINDS:
                    raise TrackerError(
                        _("a channel's kind must be one of {kinds}, not “{kind}”").format(
                            kinds=", ".join(KINDS), kind=quoted(kind)
                        )
                    )
                title = word[:1].upper() + word[1:]
                self.new_channels.setdefault(name, (title, kind or "social"))  # type: ignore[arg-type]  # checked
            self._channels[word] = known or name
        return self._channels[word]


def _length(text: str, unit: str) -> str:
    """A duration with its unit: `1.5h` for the text `1,5` of a column of hours. Raises TrackerError for `1,500` minutes
    or seconds, of which nobody can tell whether they are more than a thousand."""
    if unit != "hours" and _THOUSANDS.fullmatch(text):
        raise refusal(_("“{text}” is not a duration; write 25m, 1h30 or 90s"), text=text)
    return f"{text}{unit[0]}" if _NUMBER.fullmatch(text) else text


def _parse_instant(text: str, zone: str, fold: int, days: int) -> int:
    try:
        moment = datetime.fromisoformat(text) + timedelta(days)
        if moment.tzinfo:
            instant = int(moment.timestamp() // 1)
        elif len(text) < len("2026-11-23T15"):
            raise ValueError
        else:
            wall = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
            instant = to_utc(zone, *wall, fold)
            refuse_skipped(zone, instant, moment.hour * 3600 + moment.minute * 60 + moment.second)
    except (ValueError, OverflowError):
        raise _no_instant(text) from None
    return _checked(instant, text)


def _has_offset(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _no_instant(text: str) -> TrackerError:
    return TrackerError(_("“{text}” is not a date and time; write 2026-11-23T15:12:00+01:00").format(text=quoted(text)))


def _checked(instant: int, text: str) -> int:
    if not FIRST_INSTANT <= instant < LAST_INSTANT:
        raise TrackerError(_("“{text}” is outside the years 1970 to 2099").format(text=quoted(text)))
    return instant


def _parse_plan(seconds: str, duration: str) -> int | None:
    """The planned seconds: a number of seconds, or else a duration as people write it; None for neither."""
    if not seconds and not duration:
        return None
    planned = parse_duration(f"{seconds}s" if seconds.isdigit() else seconds or duration)
    if not planned:
        raise TrackerError(_("the planned length must be above zero"))
    return planned
