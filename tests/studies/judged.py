"""Each flag on the real phones drawn: when the screen was dark, when it was lit, and when anything social was in front.

Dark screens come from the exports themselves: the importer keeps only those that part sessions. Both exports are in
English.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from tracker.calendar.clock import iso

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
    found = []
    with export.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            if len(row) == 4 and row[0].startswith("Screen off"):
                begins = datetime.strptime(f"{row[1]} {row[2]}", "%m/%d/%y %H:%M:%S").replace(tzinfo=ZoneInfo(zone))
                hours, minutes, seconds = map(int, row[3].split(":"))
                start = int(begins.timestamp())
                found.append((start, start + 3600 * hours + 60 * minutes + seconds))
    joined: list[Span] = []
    for start, end in sorted(found):
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
    found = [(span, at_hour(date, 0, zone)) for date in dates if (span := longest(date, dark, zone))]
    begins, ends = (
        round(median(span[side] - midnight for span, midnight in found) / CELL) * CELL % 86_400 for side in (0, 1)
    )
    return begins, ends


def nights(dates: Sequence[str], dark: Sequence[Span], social: Sequence[Span], zone: str) -> Iterator[str]:
    """A line for the night that begins on each of these dates, with its longest dark stretch."""
    yield f"           {ruler()}  dark longest"
    for date in dates:
        stretch = longest(date, dark, zone)
        said = "–".join(iso(instant, zone)[11:16] for instant in stretch or ())
        yield f"{date} {drawn(*night_of(date, zone), dark, social)}  {said}"
