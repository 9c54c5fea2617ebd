"""The two real phones among the samples: `python -m tests.studies.phones`, with `--write` into docs/patterns.md.

Reads both exports with the real importer into files of their own and writes, as a section of Markdown, what every
pattern says of them as of their last day, and draws what is flagged, so that each flag can be judged by looking. Absent
samples make an empty section.

A flag is drawn by when the screen was dark, when it was lit, and when anything social was in front. Dark screens come
from the exports themselves: the importer keeps only those that part sessions. Both exports are in English.
"""

from __future__ import annotations

import argparse
import csv
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from tests.studies.page import PAGE, with_phones
from tracker.analytics.patterns.detector_input import DetectorInput, pick_ups
from tracker.analytics.patterns.detectors.night import NIGHTS
from tracker.analytics.patterns.pattern import FLAGGED, Finding
from tracker.analytics.patterns.registry import find, pattern
from tracker.calendar.clock import iso
from tracker.calendar.days import WallClock
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions
from tracker.reports.detector_inputs import log, logs
from tracker.settings import Settings
from tracker.storage import Database, session_table
from tracker.workspace import Workspace

SAMPLES = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "samples"
ZONE = "Europe/Paris"
STARTS_AT = 14_400
#: Noon of the day after the later of the two exports: what is imported lies before it.
NOW = 1_576_062_000
#: Nobody declared when they sleep: hours that most people would, so that the night can be looked at too.
SETTINGS = Settings(day_starts_at=STARTS_AT, sleep=(23 * 3600, 7 * 3600))


Span = tuple[int, int]

#: Seconds that one character of a drawing stands for.
CELL = 900
#: A drawn night is from 21:00 to noon, in hours after the midnight of its date.
EVENING, NOON = 21, 36
#: Lit for at most so many seconds does not end a dark stretch.
GLANCE = 120

DARK, LIT, SOCIAL = "█", "·", "o"

LEGEND = (
    "One character is 15 minutes: `█` the screen was dark for at least half of them, `·` it was lit, `o` something "
    "social was in front. A night is drawn from 21:00 to 12:00.\n"
)

#: What was seen in the drawings.
JUDGED = """
**Judged by these drawings**, flag by flag:

- *At night*, phone 1: in nearly every flagged night the social time runs on from the evening, and the long dark
  stretch begins where it ends, at one or two o'clock. That is a late bedtime, not broken sleep, and its owner would not
  nod. (Two nights fewer than in an earlier version: after those the morning came late too.) It is flagged because
  23:00 to 07:00 is our guess. With the hours in which the phone was dark longest the
  pattern is quiet: it is as good as the hours it is given, and says nothing until it is given any. On phone 2 it sees
  that the nights have moved, and asks for other sleep hours, as it should.
- What is left with those hours are nights like that of 1 December on phone 1: dark from ten, a glance at a quarter to
  three, 18 minutes at four, and again from six. Those are what the pattern is for, and too few for a flag.
- No burst is flagged any more. What was flagged before (11 on phone 1, 2 on phone 2) was mostly one unbroken use in
  which apps alternate: now that is one opening.
- No other pattern is flagged on any evening. Those that need plans, posts, pauses or more days say so.
"""


def dark_screens(export: Path, zone: str) -> list[Span]:
    """When the screen was dark, by time, in UTC seconds; glances at it joined."""
    spans = []
    with export.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            if len(row) == 4 and row[0].startswith("Screen off"):
                begins = datetime.strptime(f"{row[1]} {row[2]}", "%m/%d/%y %H:%M:%S").replace(tzinfo=ZoneInfo(zone))
                hours, minutes, seconds = map(int, row[3].split(":"))
                start = int(begins.timestamp())
                spans.append((start, start + 3600 * hours + 60 * minutes + seconds))
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] <= GLANCE:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def covered(spans: Sequence[Span], lo: int, hi: int) -> int:
    """How many seconds of [lo, hi) lie in disjoint spans, which are given by time."""
    first = bisect_left(spans, lo, key=lambda span: span[1])
    total = 0
    for start, end in spans[first:]:
        if start >= hi:
            break
        total += max(min(end, hi) - max(start, lo), 0)
    return total


def drawn(lo: int, hi: int, dark: Sequence[Span], social: Sequence[Span]) -> str:
    """The time from `lo` to `hi`, a character for each quarter of an hour."""

    def cell(start: int) -> str:
        if any(begin < start + CELL and start <= max(end, begin) for begin, end in social):
            return SOCIAL
        return DARK if 2 * covered(dark, start, start + CELL) >= CELL else LIT

    return "".join(map(cell, range(lo, hi, CELL)))


def at_hour(date: str, hour: int, zone: str) -> int:
    """The instant so many hours after the midnight that the date begins with, on a day of 24 hours."""
    return int(datetime.fromisoformat(date).replace(tzinfo=ZoneInfo(zone)).timestamp()) + 3600 * hour


def night_of(date: str, zone: str) -> Span:
    """What is drawn of the night that begins on a date."""
    return at_hour(date, EVENING, zone), at_hour(date, NOON, zone)


def ruler() -> str:
    """The hours above drawn nights."""
    return "".join(f"{hour % 24:02}".ljust(3600 // CELL) for hour in range(EVENING, NOON))


def longest(date: str, dark: Sequence[Span], zone: str) -> Span | None:
    """The longest dark stretch of a night, None for a night without any."""
    lo, hi = night_of(date, zone)
    inside = [(max(start, lo), min(end, hi)) for start, end in dark if start < hi and lo < end]
    return max(inside, key=lambda span: span[1] - span[0], default=None)


def usual_sleep(dates: Sequence[str], dark: Sequence[Span], zone: str) -> Span:
    """From when to when the screen was dark longest, in the middle of these nights: seconds after midnight."""
    slept = [(span, at_hour(date, 0, zone)) for date in dates if (span := longest(date, dark, zone))]
    begins, ends = (
        round(median(span[side] - midnight for span, midnight in slept) / CELL) * CELL % 86_400 for side in (0, 1)
    )
    return begins, ends


def nights(dates: Sequence[str], dark: Sequence[Span], social: Sequence[Span], zone: str) -> Iterator[str]:
    """A line for the night that begins on each of these dates, with its longest dark stretch."""
    yield f"           {ruler()}  dark longest"
    for date in dates:
        stretch = longest(date, dark, zone)
        said = "–".join(iso(instant, zone)[11:16] for instant in stretch or ())
        yield f"{date} {drawn(*night_of(date, zone), dark, social)}  {said}"


@contextmanager
def opened() -> Iterator[dict[str, tuple[Database, Path]]]:
    """A file for each real phone, filled by the importer, and its export; none where the samples are absent."""
    phones: dict[str, tuple[Database, Path]] = {}
    with TemporaryDirectory() as folder:
        for number, export in enumerate(sorted((SAMPLES / "app-usage").glob("user*.csv")), 1):
            database = Database.open(str(Path(folder) / f"{number}.db"))
            importing.import_files(database, "app-usage", str(export), ImportOptions(ZONE, NOW))
            phones[f"phone {number}"] = database, export
        yield phones
        for database, _export in phones.values():
            database.close()


def last_day(database: Database) -> str:
    """The day of the latest session."""
    reach = session_table.first_and_last(database)
    assert reach, "an export has sessions"
    return WallClock.of(ZONE, STARTS_AT).day(reach[1])


def log_of(database: Database, settings: Settings = SETTINGS) -> DetectorInput:
    """What the detectors are given as of the phone's last day: its window of 28 logged days."""
    return log(Workspace(database, settings, ZONE, now=NOW), last=last_day(database))


def phones() -> dict[str, DetectorInput]:
    """The log of each real phone; none where the samples are absent."""
    with opened() as phone:
        return {name: log_of(database) for name, (database, _export) in phone.items()}


def section() -> str:
    """The section: what every pattern says of each phone, each flag drawn, and what was judged; empty without them."""
    parts: list[str] = []
    with opened() as phone:
        for name, (database, export) in phone.items():
            parts += _phone(name, database, dark_screens(export, ZONE))
    if not parts:
        return ""
    head = (
        "## Two real phones\n",
        "Their owners declared nothing. Sleep from 23:00 to 07:00 is put in the place of their own hours, so that "
        "`night` says here what it would say to somebody who had declared those.\n",
        LEGEND,
    )
    return "\n".join([*head, *parts, JUDGED])


def _phone(name: str, database: Database, dark: Sequence[Span]) -> Iterator[str]:
    data = log_of(database)
    said = find(data)
    days = f"{data.logged_dates[0]} to {data.logged_dates[-1]}, {len(data.logged_dates)} logged days"
    picked_up = len(pick_ups(data, data.logged_dates)[0])
    yield f"### {name.capitalize()}: {days}, {len(data.openings)} openings, {picked_up} of them picked up\n"
    rows = [
        f"| {pattern(finding.name).title} (`{finding.name}`) | {finding.state} | {finding.evidence} |"
        for finding in said
    ]
    yield "\n".join(("| pattern | state | evidence |", "| --- | --- | --- |", *rows)) + "\n"
    yield _every_evening(database)
    social = [(id, start, end) for id, _channel, start, end in _spans(database)]
    for line in said:
        if line.state == FLAGGED:
            yield f"**{pattern(line.name).title}** (`{line.name}`, margin {line.margin:.2f}): {line.evidence}\n"
            yield "\n".join(("```text", *_drawn(line, social, dark), "```\n"))
    if any(finding.name == "night" and finding.state == FLAGGED for finding in said):
        yield _own_hours(database, data, dark)


def _every_evening(database: Database) -> str:
    """What was flagged as of each day there is, as somebody sees it who looks every evening."""
    workspace = Workspace(database, SETTINGS, ZONE, now=NOW)
    dates = log_of(database).logged_dates
    flags = Counter(
        finding.name for data in logs(workspace, dates) for finding in find(data) if finding.state == FLAGGED
    )
    said = ", ".join(f"`{name}` flagged on {evenings}" for name, evenings in flags.most_common())
    return f"Looked at on each of these {len(dates)} evenings: {said or 'nothing flagged'}.\n"


def _spans(database: Database) -> list[tuple[int, str, int, int]]:
    sessions = session_table.in_span(database, 0, NOW, order="start")
    return [
        (session.id, session.channel, session.start, session.start if session.end is None else session.end)
        for session in sessions
    ]


def _drawn(finding: Finding, sessions: Sequence[tuple[int, int, int]], dark: Sequence[Span]) -> list[str]:
    """The nights, or the days, of the sessions that a flag rests on."""
    spans = [(start, end) for _id, start, end in sessions]
    rests = {*finding.sessions}
    starts = [start for id, start, _end in sessions if id in rests]
    if finding.name == "night":
        # A night belongs to the day before: noon is on its far side.
        dates = dict.fromkeys(iso(start - 12 * 3600, ZONE)[:10] for start in starts)
        return [*nights([*dates], dark, spans, ZONE)]
    wall = WallClock.of(ZONE, STARTS_AT)
    lines = []
    for day in dict.fromkeys(map(wall.day, starts)):
        begin, end = wall.bounds(day)
        clocks = " ".join(iso(start, ZONE)[11:16] for start in starts if begin <= start < end)
        lines += [f"{day} {drawn(begin, end, dark, spans)}", f"           from 04:00; openings {clocks}"]
    return lines


def _own_hours(database: Database, data: DetectorInput, dark: Sequence[Span]) -> str:
    """What `night` says where the sleep hours are those in which the screen was dark longest."""
    begins, until = usual_sleep(data.last(NIGHTS), dark, ZONE)
    [said] = find(log_of(database, SETTINGS._replace(sleep=(begins, until))), ["night"])
    hours = "–".join(f"{second // 3600:02}:{second % 3600 // 60:02}" for second in (begins, until))
    return f"The screen was usually dark longest {hours}. With those hours: {said.state}, {said.evidence}.\n"


def main() -> None:
    """Print the section, or write it into docs/patterns.md."""
    asked = argparse.ArgumentParser(prog="python -m tests.studies.phones", description=__doc__)
    asked.add_argument("--write", action="store_true", help="write the section into docs/patterns.md")
    text = section()
    if text and asked.parse_args().write:
        PAGE.write_text(with_phones(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
