"""Moments, spans and dates as people type them, in English and in French whatever the language of the interface.

`viewpoint` says how a time finds its day, `spans` how a span finds its end. What is recorded has begun: nothing here
but `parse_until` gives an instant after `now`.
"""

from __future__ import annotations

import re

from tracker.calendar.days import next_date
from tracker.calendar.durations import read_duration
from tracker.calendar.parts import names_part, not_in_part
from tracker.calendar.spans import LONGEST_SPAN, no_end, read_lone_duration, read_span, two_times
from tracker.calendar.spoken import Spoken, day_without_time, no_date
from tracker.calendar.viewpoint import Viewpoint
from tracker.calendar.words import WEEKDAYS, plain, read_date
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _

#: ISO 8601 without an offset: a time on the clock.
_LOCAL = re.compile(r"\d{4}-\d\d-\d\dt[\d:.]+")


def parse_time(text: str, now: int, zone: str, starts_at: int, day: str | None = None, after: int | None = None) -> int:
    """The instant, not after `now`, that `text` means; a time without a date lies in `day`, by default today.

    `after` is the start of what the time ends or cuts: a time without a date that would lie before it is the next such
    time, where that is at most LONGEST_SPAN away (a session over the start of a day ends in the next one).

    `14:05`, `14h05`, `2:05pm`, `noon`, `yesterday 21:00`, `hier à 21h`, `mon 14:00`, `2026-11-22 21:00`,
    `2026-11-22T21:00:00+01:00`, `-10m` or `10m ago`, `now`, and an hour alone, `9`. TrackerError for anything else.
    """
    view = Viewpoint(now, zone, starts_at, day)
    spoken = view.read(plain(text), weak=True)
    if spoken is None:
        if names_part(plain(text)):
            raise not_in_part(text)
        if read_date(plain(text), view.today):
            raise day_without_time(text)
        raise TrackerError(
            _("no time: “{text}”; times are written 14:05, yesterday 21:00 or -10m").format(text=quoted(text))
        )
    instant = view.begun(spoken, text)
    if after is not None and instant <= after and spoken.at is None and spoken.date is None:
        coming = view.next_showing(spoken.clock, after=after)
        return view.shown(coming, spoken.clock) if coming <= min(now, after + LONGEST_SPAN) else instant
    return instant


def says_instant(text: str, now: int, zone: str) -> bool:
    """Whether text names an instant outright, `now`, `10m ago` or one with its offset, not a time on the clock."""
    said = plain(text)
    spoken = Viewpoint(now, zone, 0).read(said)
    return spoken is not None and spoken.at is not None and not _LOCAL.fullmatch(said)


def parse_until(text: str, now: int, zone: str, starts_at: int) -> int:
    """The instant after `now` that `text` means: the next `18:00`, `tomorrow 9:00`, `2026-12-24 18:00`, `+2h`.

    An hour alone is a time here, `18`. TrackerError for anything else.
    """
    view = Viewpoint(now, zone, starts_at)
    said = plain(text)
    spoken = view.read(said, weak=True)
    if spoken is None and said.startswith("+") and (seconds := read_duration(said[1:].lstrip())):
        spoken = Spoken(at=now + seconds)
    if spoken is None:
        raise TrackerError(
            _("no time: “{text}”; say until when as 18:00, tomorrow 9:00 or +2h").format(text=quoted(text))
        )
    if spoken.at is None and spoken.date is None:
        until = view.shown(view.next_showing(spoken.clock, after=now), spoken.clock)
    elif spoken.date in WEEKDAYS:  # `friday 9:00` is the next one here, today's too
        last = read_date(spoken.date, view.today) or ""
        days = (view.settle(spoken._replace(date=next_date(last, n))) for n in (0, 7))
        until = next((instant for instant in days if instant > now), now)
    else:
        until = view.settle(spoken)
    if until <= now:
        raise TrackerError(
            _("“{text}” is past; say until when as 18:00, tomorrow 9:00 or +2h").format(text=quoted(text))
        )
    return until


def parse_range(text: str, now: int, zone: str, starts_at: int, day: str | None = None) -> tuple[int, int]:
    """The start and end, neither after `now`, that `text` means; times without a date lie in `day`, by default today.

    `14:00-14:25`, `14h à 14h25`, `2:05-2:30pm`, `yesterday 21:00+40m`, `23:30-00:15`, `since 14:05`, `-1h-now`; a
    duration alone (`25m`, `1h30`, `25`) ended now. TrackerError for anything else.
    """
    view = Viewpoint(now, zone, starts_at, day)
    said = plain(text)
    span = read_span(said, view) or read_lone_duration(said, view)
    if span:
        return span
    if view.read(said):
        raise no_end(text)
    if error := two_times(said, view):
        raise error
    if names_part(said):
        raise not_in_part(text)
    raise TrackerError(
        _("no time span: “{text}”; they are written 14:00-14:25, yesterday 21:00+40m or 25m").format(text=quoted(text))
    )


def parse_date(text: str, now: int, zone: str, starts_at: int) -> str:
    """The date that `text` means: `today`, `hier`, `-2`, `monday`, `22/11`, `22 nov`, `2026-11-22`.

    Numbers are day first, a weekday is the last one (today included). TrackerError for anything else.
    """
    date = read_date(plain(text), Viewpoint(now, zone, starts_at).today)
    if date is None:
        raise no_date(text)
    return date
