"""A plain CSV file: `start,end,channel,activity,note`, in any order, with a header line.

Further columns are read if they exist: `planned_seconds` (or `planned`, a duration as people write it), `intention`,
`trigger`, `person`, `ring`, `zone` (of this row), `kind` (of a new channel) and `estimated`; others are ignored.
Commas, semicolons or tabs separate. Instants are ISO 8601 with an offset, or wall times in the zone of the row or else
of the user. The standard library parses them, not `arrow`, which takes 3.5 s for 100,000 and accepts other texts.

A person wrote each row, so it is one session as it is, and a channel that does not exist yet is made, of the kind in
the row or else `social`. An unknown activity joins the note. Rows of one file with the same channel, start and end but
other words are different records; rows that agree in everything are one record. A row without an end is a session that
was running when the file was written: it is ignored.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.calendar.durations import parse_duration
from tracker.calendar.zones import is_zone, to_utc
from tracker.domain.errors import TrackerError
from tracker.domain.models import KINDS, LONGEST_SESSION, RINGS
from tracker.domain.text import clean_lines, entered, one_line, quoted
from tracker.exporters.csv_export import from_cell
from tracker.files import file_access
from tracker.importers.channel_matcher import new_channel_name
from tracker.importers.imported_record import (
    FIRST_INSTANT,
    LAST_INSTANT,
    MEASURED,
    UNTIL_NEXT,
    IgnoredRows,
    ImportedRecord,
    NewChannel,
    ReadContext,
    RecordDetails,
    RejectedRow,
    hash_text,
    record_key,
)
from tracker.importers.source import Source, SourceDescription
from tracker.importers.source_text import read_text
from tracker.locale import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.domain.models import Kind
    from tracker.importers.imported_record import Row

_REQUIRED = ("start", "end", "channel")

#: Columns with the words of a person; the others are times, numbers and names of ours.
_TEXTS = ("channel", "activity", "note", "intention", "trigger", "person", "override", "overrun")
_COLUMNS = (*_REQUIRED, *_TEXTS[1:], "planned_seconds", "planned", "ring", "zone", "kind", "estimated")

_YES = ("1", "true", "yes")


class CsvFile(Source):
    """Any CSV file with a start, an end and a channel in each row."""

    def describe(self) -> SourceDescription:
        return SourceDescription("csv", N_("CSV file: start,end,channel,activity,note"), recorded=True)

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield the rows. Raises TrackerError for a file that is no CSV file, or lacks a required column."""
        yield from _rows(path, context)


SOURCES = (CsvFile(),)


def _rows(path: str, context: ReadContext) -> Iterator[Row]:
    text = read_text(path)
    csv.field_size_limit(file_access.MOST_BYTES)  # a cell that is too long spoils its row, not the file
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines = max(text.count("\n"), 1)
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        missing = [name for name in _REQUIRED if name not in header]
        if missing:
            raise TrackerError(
                _("{path} has no column {names}: a CSV file begins with start,end,channel,activity,note").format(
                    path=path, names=", ".join(missing)
                )
            )
        parser = _RowParser(header, context)
        line = rows.line_num + 1  # where the next row begins: a note may have several lines
        for index, cells in enumerate(rows):
            if not index % 5_000:
                context.report_progress(min(line / lines, 1.0))
            if any(cells):
                try:
                    record = parser.parse(cells)
                except TrackerError as error:
                    yield RejectedRow(line, str(error))
                else:
                    yield record or IgnoredRows()
            line = rows.line_num + 1
    except csv.Error as error:
        raise TrackerError(
            _("{path}, line {line}: {reason}").format(path=path, line=rows.line_num, reason=error)
        ) from None
    for name, (title, kind) in parser.new_channels.items():
        yield NewChannel(name, title, kind)


class _RowParser:
    """Makes records of rows. `new_channels` collects the channels that do not exist yet: name to (title, kind)."""

    def __init__(self, header: list[str], context: ReadContext) -> None:
        self.new_channels: dict[str, tuple[str, Kind]] = {}
        self._width = len(header)
        self._least_width = max(header.index(name) for name in _REQUIRED) + 1
        self._indexes = {name: header.index(name) for name in _COLUMNS if name in header}
        self._context = context
        self._channels: dict[str, str] = {}
        self._hashes: dict[str, int] = {}

    def parse(self, cells: list[str]) -> ImportedRecord | None:
        """The record of a row; None for a session without an end. Raises TrackerError for a row that is no session."""
        if len(cells) > self._width:
            raise TrackerError(_("the row has more columns than the header"))
        if len(cells) < self._least_width:
            raise TrackerError(_("the row has too few columns"))
        cells += [""] * (self._width - len(cells))
        row = {name: cells[index] for name, index in self._indexes.items()}
        row = {name: clean_lines(from_cell(cell)) if name in _TEXTS else cell.strip() for name, cell in row.items()}
        now = self._context.now
        zone = row.get("zone") or self._context.zone
        if zone != self._context.zone and not is_zone(zone):
            raise TrackerError(_("no time zone is called “{name}”").format(name=quoted(zone)))
        if row["start"] and not row["end"]:
            if _parse_instant(row["start"], zone) > now:
                raise TrackerError(_("that time is still to come"))
            return None
        start, end = _parse_instant(row["start"], zone), _parse_instant(row["end"], zone)
        if end < start and not datetime.fromisoformat(row["end"]).tzinfo:
            end = _parse_instant(row["end"], zone, fold=1)
        if end < start:
            raise TrackerError(_("a session cannot end before it starts"))
        if end > now:
            raise TrackerError(_("that time is still to come"))
        if end - start > LONGEST_SESSION:
            raise TrackerError(_("a session cannot last over a week"))
        details = self._details(row, zone)
        channel = self._channel(row["channel"], row.get("kind", "").lower())
        estimated = UNTIL_NEXT if row.get("estimated", "").lower() in _YES else MEASURED
        return ImportedRecord(channel, start, end, self._key(channel, start, end, details), estimated, details)

    def _key(self, channel: str, start: int, end: int, details: RecordDetails) -> int:
        """The key of a record. Keys are stored, so the text that is hashed must never change."""
        text = channel
        if details.zone != self._context.zone:
            fields = ", ".join(f"{field}={value!r}" for field, value in details._asdict().items())
            text = f"{channel}\nDetails({fields})"
        elif any(details[1:]):  # the user's own zone is no part of the key: the same file may be read anywhere
            text = f"{channel}\n{details[1:]}"
        if text not in self._hashes:
            self._hashes[text] = hash_text(text)
        return record_key(start, (self._hashes[text] + (end - start)) & ((1 << 64) - 1))

    def _details(self, row: dict[str, str], zone: str) -> RecordDetails:
        activity = row.get("activity", "").strip()
        note = row.get("note")
        if activity and activity.lower() not in self._context.activities:
            activity, note = "", f"{activity}; {note}" if note else activity
        ring = row.get("ring", "").lower()
        if ring and ring not in RINGS:
            raise TrackerError(
                _("a ring is one of {rings}, not “{word}”").format(rings=", ".join(RINGS), word=quoted(ring))
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
            raise TrackerError(_("the row names no channel"))
        entered("name", word)
        if word not in self._channels:
            matcher = self._context.matcher
            name = new_channel_name(word)
            known = matcher.by_word(word) or matcher.by_word(name)
            if not known:
                if (kind or "social") not in KINDS:
                    raise TrackerError(
                        _("a channel's kind is one of {kinds}, not “{kind}”").format(
                            kinds=", ".join(KINDS), kind=quoted(kind)
                        )
                    )
                title = word[:1].upper() + word[1:]
                self.new_channels.setdefault(name, (title, kind or "social"))  # type: ignore[arg-type]  # checked
            self._channels[word] = known or name
        return self._channels[word]


def _parse_instant(text: str, zone: str, fold: int = 0) -> int:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo:
            instant = int(moment.timestamp() // 1)
        elif len(text) < len("2026-11-23T15"):
            raise ValueError
        else:
            wall = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
            instant = to_utc(zone, *wall, fold)
    except (ValueError, OverflowError):
        raise TrackerError(
            _("“{text}” is no instant: it is written like 2026-11-23T15:12:00+01:00").format(text=quoted(text))
        ) from None
    if not FIRST_INSTANT <= instant < LAST_INSTANT:
        raise TrackerError(_("“{text}” lies outside the years 1970 to 2099").format(text=quoted(text)))
    return instant


def _parse_plan(seconds: str, duration: str) -> int | None:
    """The planned seconds: a number of seconds, or else a duration as people write it; None for neither."""
    if not seconds and not duration:
        return None
    planned = parse_duration(f"{seconds}s" if seconds.isdigit() else seconds or duration)
    if not planned:
        raise TrackerError(_("a plan takes some time"))
    return planned
