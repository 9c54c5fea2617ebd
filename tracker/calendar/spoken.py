"""What was said about one moment, before it is settled when that was: an instant outright, or a date and a time of day.

Everything here works on plain text (`words.plain`) and only reads; `moments` decides which day an undated time means.
"""

from __future__ import annotations

import re
from datetime import datetime

from tracker.calendar.days import YEARS
from tracker.calendar.durations import HOUR, MINUTE, read_duration
from tracker.calendar.quoting import quoted
from tracker.calendar.words import DAYS, WEEKDAYS, read_date
from tracker.calendar.zones import DAY, to_utc
from tracker.locale import _
from tracker.model import TrackerError
from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = ("now", "maintenant")
NAMED_TIMES = {"noon": 12 * HOUR, "midi": 12 * HOUR, "midnight": DAY, "minuit": DAY}

#: No moment is said in more words; longer text is not worth taking apart.
MOST_WORDS = 8

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?| ?h ?(?P<past>\d\d)?)"
    r"(?: ?(?P<half>[ap])\.?m\.?)?| ?(?P<bare>[ap])\.?m\.?)",
    re.ASCII,
)
_AGO = re.compile(r"-(?P<minus>[^-].*)|(?P<ago>.+) ago|il y a (?P<il_y_a>.+)")
#: ISO 8601. With a space for the `T`, a minus after whole minutes is the hyphen of a span, not of an offset.
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d(?:t\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?"
    r"| \d\d:\d\d(?::\d\d(?:\.\d+)?(?:z|[+-]\d\d:\d\d)|z|\+\d\d:\d\d))",
    re.ASCII,
)
#: Words between a date and its time: `yesterday at 21:00`, `le 22/11 à 21h`.
_BEFORE_DATE = re.compile(r"(?:on|le) ")
_AFTER_DATE = re.compile(r"(?:,| at| a)$")


class Spoken(Record):
    """One moment as it was said: `at` where it is an instant outright, else `clock`, with or without a `date`."""

    at: int | None = None
    #: Plain text that `words.read_date` understands.
    date: str | None = None
    #: Seconds after midnight; 86,400 is 24:00.
    clock: int = 0
    #: Whether it was said with am or pm.
    half: bool = False


def read_moment(said: str, now: int, today: str, zone: str) -> Spoken | None:
    """The moment plain text speaks of; None where it is none. TrackerError for a time like 25:99."""
    if said in NOW:
        return Spoken(at=now)
    if ago := _AGO.fullmatch(said):
        seconds = read_duration(next(filter(None, ago.groups())).strip())
        if seconds is not None:
            return Spoken(at=now - seconds)
    if _INSTANT.fullmatch(said):
        return _read_instant(said, zone)
    if clock := _read_clock(said):
        return clock
    return _read_dated(said, today)


def _read_instant(said: str, zone: str) -> Spoken | None:
    """ISO 8601 with a `T` or an offset; without an offset it is by the clocks of `zone`."""
    try:
        moment = datetime.fromisoformat(said.upper())
    except ValueError:
        raise no_time_of_day(said) from None
    if moment.year not in YEARS:
        return None
    if moment.tzinfo is None:
        return Spoken(at=to_utc(zone, *moment.timetuple()[:6]))
    return Spoken(at=int(moment.timestamp()))


def _read_dated(said: str, today: str) -> Spoken | None:
    """A date before its time of day, or behind it where it cannot be taken for a word of a note."""
    for before, behind in _in_two(said):
        date = _AFTER_DATE.sub("", _BEFORE_DATE.sub("", before))
        if read_date(date, today) and (clock := _read_clock(behind)):
            return clock._replace(date=date)
        if _stands_behind(behind) and read_date(behind, today) and (clock := _read_clock(before)):
            return clock._replace(date=behind)
    return None


def _stands_behind(date: str) -> bool:
    """French `14:00 mon …`, and Sam, are no weekdays: behind a time, only a whole word or a number is a date."""
    return date in DAYS or (date in WEEKDAYS and len(date) > 4) or date[:4].isdecimal()


def _in_two(said: str) -> Iterator[tuple[str, str]]:
    words = said.split(" ")
    if len(words) <= MOST_WORDS:
        for place in range(1, len(words)):
            yield " ".join(words[:place]), " ".join(words[place:])


def _read_clock(said: str) -> Spoken | None:
    """`14:05`, `14:05:30`, `14h`, `14h05`, `2pm`, `2:05 p.m.`, `noon`, `minuit` (24:00)."""
    if said in NAMED_TIMES:
        return Spoken(clock=NAMED_TIMES[said])
    found = _CLOCK.fullmatch(said)
    if not found:
        return None
    half = found["half"] or found["bare"]
    hour, minute, second = int(found["hour"]), int(found["minute"] or found["past"] or 0), int(found["second"] or 0)
    if half:
        if not 1 <= hour <= 12:
            raise no_time_of_day(said)
        hour = hour % 12 + (12 if half == "p" else 0)
    clock = hour * HOUR + minute * MINUTE + second
    if minute > 59 or second > 59 or clock > DAY:
        raise no_time_of_day(said)
    return Spoken(clock=clock, half=bool(half))


def no_time_of_day(said: str) -> TrackerError:
    """The error for what has the form of a time and is none."""
    return TrackerError(
        _("“{text}” is no time of day; times are written 14:05, 14h05 or 2:05pm").format(text=quoted(said))
    )


def no_date(said: str) -> TrackerError:
    """The error for what is no date, or has the form of one and is not in the calendar."""
    return TrackerError(
        _("no date: “{text}”; dates are written 2026-11-22, yesterday, monday or -2").format(text=quoted(said))
    )
