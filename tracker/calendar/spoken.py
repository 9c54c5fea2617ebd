"""What was said about one moment, before it is settled when that was: an instant outright, or a date and a time of day.

Everything here works on plain text (`words.plain`) and only reads; `moments` decides which day an undated time means.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.days import YEARS
from tracker.calendar.durations import HOUR, MINUTE, read_duration
from tracker.calendar.parts import PARTS, clock_in_part, day_and_part
from tracker.calendar.words import CLEAR_WEEKDAYS, DAYS, HOUR_WORDS, is_days_ago, read_date
from tracker.calendar.zones import DAY, refuse_skipped, to_utc
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = ("now", "maintenant")
NAMED_TIMES = {"noon": 12 * HOUR, "midi": 12 * HOUR, "midnight": DAY, "minuit": DAY}

#: No moment is said in more words; longer text is not worth taking apart.
MOST_WORDS = 10

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?| ?h(?:eures?)? ?(?P<past>\d\d)?)"
    r"(?: ?(?P<half>[ap])\.?m\.?)?| ?(?P<bare>[ap])\.?m\.?)",
    re.ASCII,
)
#: An hour alone, or with its minutes behind a dot: a time only where something else in the text says so.
_WEAK = re.compile(r"(\d{1,2})(?:\.(\d\d))?(?: ?([ap])\.?m\.?)?", re.ASCII)
_AT = re.compile(r"(?:at|a|vers|around) ")
_AGO = re.compile(r"-(?P<minus>\d.*)|(?P<ago>[^:]+) ago|il y a (?P<il_y_a>[^:]+)")
#: Days are counted to a date, which needs a time of day: `3 days ago 10:00`.
_DAYS_AGO = re.compile(r"(?:\d|[a-z]) ?(?:d|days?|j|jours?|weeks?|semaines?)\b", re.ASCII)
#: ISO 8601. With a space for the `T`, a minus after whole minutes is the hyphen of a span, not of an offset.
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d(?:t\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?"
    r"| \d\d:\d\d(?::\d\d(?:\.\d+)?(?:z|[+-]\d\d:\d\d)|z|\+\d\d:\d\d))",
    re.ASCII,
)
#: Words between a date and its time: `yesterday at 21:00`, `le 22/11 à 21h`.
_BEFORE_DATE = re.compile(r"^(?:on|le) ")
_AFTER_DATE = re.compile(r"(?:,| at| a)$")
#: The part of the day behind a time: `9 in the evening`, `9h du soir`.
_IN_PART = re.compile(
    r"(.+?) (?:in the (morning|afternoon|evening|night)|at (night)|[dl][ue] (matin|soir)|(?:de )?l'(apres-midi)"
    r"|(?:de )?la (nuit))"
)

#: A date with its year in figures, or with its month in letters.
_WRITTEN = re.compile(r"\d{4}|\d(?:er|st|nd|rd|th)? (?:of )?[a-z]{3}|[a-z]{3,} \d", re.ASCII)


class Spoken(NamedTuple):
    """One moment as it was said: `at` where it is an instant outright, else `clock`, with or without a `date`."""

    at: int | None = None
    #: Plain text that `words.read_date` understands.
    date: str | None = None
    #: Seconds after midnight; 86,400 is 24:00.
    clock: int = 0
    #: Whether it was said with am or pm.
    half: bool = False
    #: The part of the day that was said with it, one of `parts`.
    part: str | None = None


def read_moment(said: str, now: int, today: str, zone: str, weak: bool = False) -> Spoken | None:
    """The moment plain text speaks of; None where it is none. TrackerError for a time like 25:99.

    An hour alone is a time where `weak` says so, and behind `at`: in `9:30 - 10` the 10 is one.
    """
    if said in NOW:
        return Spoken(at=now)
    if (ago := _AGO.fullmatch(said)) and not _DAYS_AGO.search(said):
        seconds = read_duration(next(filter(None, ago.groups())).strip())
        if seconds is not None:
            return Spoken(at=now - seconds)
    if _INSTANT.fullmatch(said):
        return _read_instant(said, zone)
    if (at := _AT.match(said)) and (moment := read_moment(said[at.end() :], now, today, zone, weak=True)):
        return moment
    return _read_clock(said, weak) or _read_dated(said, today, weak)


def _read_instant(said: str, zone: str) -> Spoken | None:
    """ISO 8601 with a `T` or an offset; without an offset it is by the clocks of `zone`."""
    try:
        moment = datetime.fromisoformat(said.upper())
    except ValueError:
        raise no_time_of_day(said) from None
    if moment.year not in YEARS:
        return None
    if moment.tzinfo is None:
        at = to_utc(zone, *moment.timetuple()[:6])
        refuse_skipped(zone, at, moment.hour * HOUR + moment.minute * MINUTE + moment.second)
        return Spoken(at=at)
    return Spoken(at=int(moment.timestamp()))


def _read_dated(said: str, today: str, weak: bool) -> Spoken | None:
    """A date before its time of day, or behind it where it cannot be taken for a word of a note."""
    for before, behind in _in_two(said):
        date = _AFTER_DATE.sub("", _BEFORE_DATE.sub("", before))
        for named, clock in ((date, behind), (behind, before) if stands_behind(behind) else ("", "")):
            day, part = day_and_part(named)
            clock = clock.removeprefix("at ")
            if read_date(day, today) and (spoken := _read_clock(clock, weak or date != before)):
                return _in_part(spoken._replace(date=day), part, clock)
    return None


def stands_behind(date: str) -> bool:
    """Whether the text of a date may follow its time: French `14:00 mon …`, Sam and `3/4` may be words of a note."""
    day, part = day_and_part(date)
    if part is not None or day in DAYS or is_days_ago(day):
        return True
    *before, last = day.split(" ")
    return last in CLEAR_WEEKDAYS or last == "dernier" or before[:1] == ["last"] or _WRITTEN.search(day) is not None


def _in_part(spoken: Spoken, part: str | None, said: str) -> Spoken | None:
    """The time in the part of the day that was named; None for what cannot be, `14:00 in the morning`."""
    if part is None:
        return spoken
    clock = clock_in_part(spoken.clock, part, exact=spoken.half or said in NAMED_TIMES)
    return None if clock is None else spoken._replace(clock=clock, half=True, part=part)


def _in_two(said: str) -> Iterator[tuple[str, str]]:
    words = said.split(" ")
    if len(words) <= MOST_WORDS:
        for place in range(1, len(words)):
            yield " ".join(words[:place]), " ".join(words[place:])


def _read_clock(said: str, weak: bool = False) -> Spoken | None:
    """`14:05`, `14:05:30`, `14h`, `14h05`, `2pm`, `2:05 p.m.`, `noon`, `minuit` (24:00), `half past nine`.

    Where `weak`, also `14`, `14.05` and `nine`.
    """
    if said in NAMED_TIMES:
        return Spoken(clock=NAMED_TIMES[said])
    found = _CLOCK.fullmatch(said)
    if found:
        half = found["half"] or found["bare"]
        return _clock(said, found["hour"], found["minute"] or found["past"], found["second"], half)
    found = _WEAK.fullmatch(said)
    if found and (weak or found[3]) and int(found[1]) <= 24 and int(found[2] or 0) <= 59:
        return _clock(said, found[1], found[2], None, found[3])
    if weak and said in HOUR_WORDS:
        return Spoken(clock=HOUR_WORDS[said] * HOUR)
    if found := _IN_PART.fullmatch(said):
        time, part = found[1], next(filter(None, found.groups()[1:]))
        spoken = _read_clock(time, weak=True)
        return spoken and _in_part(spoken, PARTS[part], time)
    if " " in said:
        from tracker.calendar.spelled import spelled_clock

        figures = spelled_clock(said)
        return _read_clock(figures) if figures else None
    return None


def _clock(said: str, hours: str, minutes: str | None, seconds: str | None, half: str | None) -> Spoken:
    hour, minute, second = int(hours), int(minutes or 0), int(seconds or 0)
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


def day_without_time(text: str) -> TrackerError:
    """The error for a day where a time of day is needed."""
    return TrackerError(_("“{text}” needs a time of day, as in {text} 21:00").format(text=quoted(text)))


def no_date(said: str) -> TrackerError:
    """The error for what is no date, or has the form of one and is not in the calendar."""
    return TrackerError(
        _("no date: “{text}”; dates are written 2026-11-22, yesterday, monday or -2").format(text=quoted(said))
    )
