"""A plain CSV file: `start,end,channel,activity,note`, in any order, with a header line.

Further columns are read where they are there: `planned_seconds` (or `planned`, as people write durations), `intention`,
`trigger`, `person`, `ring`, `zone` (of this row), `kind` (of a channel that is new) and `estimated`; others are
ignored. Commas, semicolons or tabs separate. Instants are ISO 8601 with an offset, or wall times in the row's zone or
the user's.

A row was written by somebody, so it is one session as it stands, and a channel that is not known yet is made, of the
kind the row says or else `social`. An activity that is not known joins the note. Rows of one file that share channel,
start and end but differ in what they say are different; rows that agree in everything are one fact told twice. A row
without an end is a session that still ran when the file was written: it is ignored.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.calendar.durations import parse_duration
from tracker.calendar.zones import is_zone, to_utc
from tracker.domain.models import KINDS, LONGEST_SESSION, RINGS, TrackerError
from tracker.domain.text import clean_lines, entered, one_line, quoted
from tracker.exporters.formulas import read_back
from tracker.files import file_access
from tracker.importers.fact import (
    FIRST_INSTANT,
    LAST_INSTANT,
    MEASURED,
    UNTIL_NEXT,
    Details,
    Fact,
    Reader,
    Reading,
    Rejected,
    hashed,
    key_of,
)
from tracker.locale import _

if TYPE_CHECKING:
    from tracker.domain.models import Kind

NEEDED = ("start", "end", "channel")
COLUMNS = (
    *("start", "end", "channel", "activity", "note", "planned_seconds", "planned", "intention", "trigger", "person"),
    *("ring", "zone", "kind", "estimated", "override", "overrun"),
)

#: Those that hold what somebody wrote; the others are times, numbers and names of ours.
TEXTS = ("channel", "activity", "note", "intention", "trigger", "person", "override", "overrun")

#: In no name: what the command line gives a meaning of its own.
_NOT_IN_NAMES = "@=/"

_YES = ("1", "true", "yes")


def read(path: str, reader: Reader) -> Reading:
    """The facts of a CSV file. Raises TrackerError for a file that is none, or has not the columns needed."""
    text = _text(path)
    csv.field_size_limit(file_access.MOST_BYTES)  # a cell that is too long is its row's fault, not the file's
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        missing = [name for name in NEEDED if name not in header]
        if missing:
            raise TrackerError(
                _("{path} has no column {names}: a CSV file begins with start,end,channel,activity,note").format(
                    path=path, names=", ".join(missing)
                )
            )
        return _Rows(header, reader).read(_numbered(rows), max(text.count("\n"), 1))
    except csv.Error as error:
        raise TrackerError(
            _("{path}, line {line}: {reason}").format(path=path, line=rows.line_num, reason=error)
        ) from None


def _text(path: str) -> str:
    try:
        text = file_access.read_bytes(path).decode("utf-8-sig")
    except OSError as error:
        raise TrackerError(_("cannot read {path}: {reason}").format(path=path, reason=error.strerror)) from None
    except UnicodeDecodeError:
        raise TrackerError(_("{path} is no text in UTF-8").format(path=path)) from None
    if "\0" in text:
        raise TrackerError(_("{path} is no text in UTF-8").format(path=path))
    return text


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _numbered(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it starts on: a note may span several."""
    line = rows.line_num + 1  # type: ignore[attr-defined]  # csv's own reader
    for row in rows:
        yield line, row
        line = rows.line_num + 1  # type: ignore[attr-defined]


class _Rows:
    def __init__(self, header: list[str], reader: Reader) -> None:
        self._width = len(header)
        self._least = max(header.index(name) for name in NEEDED) + 1
        self._places = {name: header.index(name) for name in COLUMNS if name in header}
        self._reader = reader
        self._channels: dict[str, str] = {}
        self._kinds: dict[str, tuple[str, Kind]] = {}
        self._hashes: dict[str, int] = {}

    def read(self, rows: Iterator[tuple[int, list[str]]], lines: int) -> Reading:
        facts: list[Fact] = []
        rejected: list[Rejected] = []
        ignored = 0
        for place, (line, cells) in enumerate(rows):
            if not place % 5_000:
                self._reader.progress(min(line / lines, 1.0))
            if not any(cells):
                continue
            try:
                fact = self._fact(cells)
            except TrackerError as error:
                rejected.append(Rejected(line, str(error)))
                continue
            if fact:
                facts.append(fact)
            else:
                ignored += 1
        return Reading(facts, ignored, rejected, self._kinds)

    def _fact(self, cells: list[str]) -> Fact | None:
        if len(cells) > self._width:
            raise TrackerError(_("the row has more columns than the header"))
        if len(cells) < self._least:
            raise TrackerError(_("the row has too few columns"))
        cells += [""] * (self._width - len(cells))
        row = {name: cells[place] for name, place in self._places.items()}
        row |= {name: clean_lines(read_back(row[name])) for name in TEXTS if name in row}
        zone = row.get("zone", "").strip() or self._reader.zone
        if zone != self._reader.zone and not is_zone(zone):
            raise TrackerError(_("no time zone is called “{name}”").format(name=quoted(zone)))
        if row["start"].strip() and not row["end"].strip():
            if _instant(row["start"], zone) > self._reader.now:
                raise TrackerError(_("that time is still to come"))
            return None
        start, end = _instant(row["start"], zone), _instant(row["end"], zone)
        if end < start and not _has_offset(row["end"]):
            end = _instant(row["end"], zone, fold=1)
        if end < start:
            raise TrackerError(_("a session cannot end before it starts"))
        if end > self._reader.now:
            raise TrackerError(_("that time is still to come"))
        if end - start > LONGEST_SESSION:
            raise TrackerError(_("a session cannot last over a week"))
        details = self._details(row, zone)
        channel = self._channel(row["channel"].strip(), row.get("kind", "").strip().lower())
        estimated = UNTIL_NEXT if row.get("estimated", "").strip().lower() in _YES else MEASURED
        return Fact(channel, start, end, self._key(channel, start, end, details), estimated, details)

    def _details(self, row: dict[str, str], zone: str) -> Details:
        activity = row.get("activity", "").strip()
        note = row.get("note")
        if activity and activity.lower() not in self._reader.activities:
            activity, note = "", f"{activity}; {note}" if note else activity
        ring = row.get("ring", "").strip().lower()
        if ring and ring not in RINGS:
            raise TrackerError(
                _("a ring is one of {rings}, not “{word}”").format(rings=", ".join(RINGS), word=quoted(ring))
            )
        return Details(
            zone,
            activity.lower() or None,
            _planned(row.get("planned_seconds", ""), row.get("planned", "")),
            entered("intention", row.get("intention") or None),
            entered("trigger", row.get("trigger") or None),
            entered("person", row.get("person") or None),
            ring or None,
            entered("note", note or None),
            entered("override", row.get("override") or None),
            entered("overrun", row.get("overrun") or None),
        )

    def _channel(self, word: str, kind: str) -> str:
        word = one_line(word) or ""
        if not word:
            raise TrackerError(_("the row names no channel"))
        entered("name", word)
        if word not in self._channels:
            self._channels[word] = self._reader.recogniser.word(word) or self._made(word, kind)
        return self._channels[word]

    def _made(self, word: str, kind: str) -> str:
        name = "".join("-" if letter in _NOT_IN_NAMES else letter for letter in "-".join(word.lower().split()))
        known = self._reader.recogniser.word(name)
        if known:
            return known
        if (kind or "social") not in KINDS:
            raise TrackerError(
                _("a channel's kind is one of {kinds}, not “{kind}”").format(kinds=", ".join(KINDS), kind=quoted(kind))
            )
        self._kinds.setdefault(name, (word[:1].upper() + word[1:], kind or "social"))  # type: ignore[arg-type]  # checked
        return name

    def _key(self, channel: str, start: int, end: int, details: Details) -> int:
        # The user's own zone is no word of the row's: the same file is read wherever they are.
        said = details if details.zone != self._reader.zone else details[1:]
        name = f"{channel}\n{said}" if any(said) else channel
        if name not in self._hashes:
            self._hashes[name] = hashed(name)
        return key_of(start, (self._hashes[name] + (end - start)) & ((1 << 64) - 1))


def _instant(text: str, zone: str, fold: int = 0) -> int:
    text = text.strip()
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


def _has_offset(text: str) -> bool:
    return datetime.fromisoformat(text.strip()).tzinfo is not None


def _planned(seconds: str, words: str) -> int | None:
    seconds, words = seconds.strip(), words.strip()
    if not seconds and not words:
        return None
    planned = parse_duration(f"{seconds}s" if seconds.isdigit() else seconds or words)
    if not planned:
        raise TrackerError(_("a plan takes some time"))
    return planned
