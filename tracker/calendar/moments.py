"""Dates and times of day as people type them, in English and French, whatever the language of the interface.

Reading has two steps. `ReadingContext.read` takes a text apart into a `Moment`: an instant, or a time of day, perhaps
with a date and a part of the day. `ReadingContext.resolve` finds the instant that a moment means, by these rules:

- `14:05` alone, or `today 14:05`, lies in the current day (which began at `starts_at`): at 00:40, `23:50` is this
  evening and `00:30` ten minutes ago. A time before `starts_at` that would be in the future is that of the night just
  gone: at 15:12, `02:00` is last night. Any other time in the future is refused, not moved to yesterday; the message
  shows how to write `yesterday`.
- A relative date (`yesterday`, `-2`, `mon`) is such a day too: `yesterday 00:30` is at the end of yesterday's evening.
  A weekday is the last one whose time has come. A date that is written out (`2026-11-22 00:30`, `22 nov 00:30`) is the
  calendar's.
- A part of a relative date is the calendar's: `yesterday morning 1:00` is yesterday at 01:00, `last night 1:00` today.
- On a screen that shows another day (`day`), a time alone lies in that day.
- A time that the clock showed twice is its first showing; without a date, the later one that has come. A time that the
  clock skipped in spring is refused.

What is recorded has begun: of the functions here only `parse_until` gives an instant after `now`.
"""

from __future__ import annotations

import datetime
import re

from tracker.calendar.clock import EPOCH_ORDINAL, offset_at, refuse_skipped, to_utc, wall_instant
from tracker.calendar.days import YEARS, WallClock, next_date
from tracker.calendar.durations import read_duration
from tracker.calendar.words import (
    CLEAR_WEEKDAYS,
    DAYS,
    HOUR_WORDS,
    WEEKDAYS,
    clock_in_figures,
    is_days_ago,
    is_relative_date,
    plain,
    read_date,
)
from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, HOUR, MINUTE
from tracker.domain.record import Record
from tracker.domain.text import lazy_regex, refusal
from tracker.locale import _

#: How long a span over midnight whose end has no date, or a duration alone, may be.
LONGEST_SPAN = 12 * HOUR

#: A length of the form of a clock behind a minus, `-0:10`: a longer one, `-14:00`, is the end of a span.
LONGEST_CLOCK_FORM = 4 * HOUR

NOW = ("now", "maintenant")
NAMED_TIMES = {"noon": 12 * HOUR, "midi": 12 * HOUR, "midnight": DAY, "minuit": DAY}

#: Longer texts are no moment, and are not taken apart.
MOST_WORDS = 10

#: A date without its year that comes within so many days is hardly the one of a year ago.
SOON = 31

MORNING, AFTERNOON, EVENING, NIGHT = "morning", "afternoon", "evening", "night"
#: The current night, or the one that has just gone: French `cette nuit` is last night's.
THIS_NIGHT = "this night"

PARTS = {
    **dict.fromkeys(("morning", "matin"), MORNING),
    **dict.fromkeys(("afternoon", "apres-midi", "aprem"), AFTERNOON),
    **dict.fromkeys(("evening", "soir"), EVENING),
    **dict.fromkeys(("night", "nuit"), NIGHT),
}
_TONIGHT = ("tonight", "tonite")
#: The day in front of its part: `this morning`, `ce soir`, `last night`.
_DAY_OF_PART = {"this": "today", "ce": "today", "cet": "today", "cette": "today", "last": "yesterday"}
#: The hours of a part that mean hours after noon; 12 in the evening or at night is midnight.
_AFTER_NOON = {AFTERNOON: range(1, 8), EVENING: range(5, 12), NIGHT: range(5, 12), THIS_NIGHT: range(5, 12)}
_HOURS_OF_PART = {
    MORNING: {*range(12)},
    AFTERNOON: {*range(12, 20)},
    EVENING: {*range(17, 24), 0},
    NIGHT: {*range(17, 24), *range(5)},
    THIS_NIGHT: {*range(17, 24), *range(5)},
}
#: Evenings and nights go on after midnight, up to this time of the calendar's next day.
_DAWN = 5 * HOUR

_CLOCK = lazy_regex(
    r"(?P<hour>\d{1,2})(?:(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?| ?h(?:eures?)? ?(?P<minute_behind_h>\d\d)?)"
    r"(?: ?(?P<half>[ap])\.?m\.?)?| ?(?P<half_alone>[ap])\.?m\.?)",
    re.ASCII,
)
#: An hour alone, or with its minutes behind a dot: a time only where the context says so.
_BARE_HOUR = lazy_regex(r"(\d{1,2})(?:\.(\d\d))?(?: ?([ap])\.?m\.?)?", re.ASCII)
_AT = lazy_regex(r"(?:at|a|vers|around) ")
_AGO = lazy_regex(r"-(?P<minus>\d.*)|(?P<ago>[^:]+) ago|il y a (?P<il_y_a>[^:]+)")
#: Days are counted to a date, which needs a time of day: `3 days ago 10:00`.
_DAYS_AGO = lazy_regex(r"(?:\d|[a-z]) ?(?:d|days?|j|jours?|weeks?|semaines?)\b", re.ASCII)
#: ISO 8601. With a space for the `T`, a minus after whole minutes is the hyphen of a span, not of an offset.
_INSTANT = lazy_regex(
    r"\d{4}-\d\d-\d\d(?:t\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?"
    r"| \d\d:\d\d(?::\d\d(?:\.\d+)?(?:z|[+-]\d\d:\d\d)|z|\+\d\d:\d\d))",
    re.ASCII,
)
#: ISO 8601 without an offset: a time on the clock.
_LOCAL_INSTANT = lazy_regex(r"\d{4}-\d\d-\d\dt[\d:.]+")
#: Words around the date in `yesterday at 21:00`, `le 22/11 à 21h`.
_BEFORE_DATE = lazy_regex(r"^(?:on|le) ")
_AFTER_DATE = lazy_regex(r"(?:,| at| a)$")
#: The part of the day behind a time: `9 in the evening`, `9h du soir`.
_IN_PART = lazy_regex(
    r"(.+?) (?:in the (morning|afternoon|evening|night)|at (night)|[dl][ue] (matin|soir)|(?:de )?l'(apres-midi)"
    r"|(?:de )?la (nuit))"
)
#: A date with its year in figures, or with its month in letters.
_WRITTEN_DATE = lazy_regex(r"\d{4}|\d(?:er|st|nd|rd|th)? (?:of )?[a-z]{3}|[a-z]{3,} \d", re.ASCII)


class Moment(Record):
    """One moment as it was written: `at` where it is an instant (UTC seconds), else `clock`, with or without `date`."""

    at: int | None = None
    #: Plain text that `words.read_date` understands.
    date: str | None = None
    #: Seconds after midnight; 86,400 is 24:00.
    clock: int = 0
    #: Whether it was written with am or pm, or otherwise says which half of the day it is in.
    half: bool = False
    #: The part of the day that was written with it, a value of PARTS.
    part: str | None = None


class ReadingContext(Record):
    """When and where a text is read, and the day in which a time without a date lies (None: the current one)."""

    now: int
    zone: str
    starts_at: int
    day: str | None = None

    @property
    def today(self) -> str:
        """The date of the current day."""
        return WallClock.of(self.zone, self.starts_at).day(self.now)

    @property
    def shows_another_day(self) -> bool:
        """Whether a time without a date lies in another day than the current one."""
        return self.day not in (None, self.today)

    def read(self, text: str, bare_hour: bool = False) -> Moment | None:
        """The moment that plain text means; None where it is none. TrackerError for a time like 25:99.

        `bare_hour` takes an hour alone for a time, such as the 10 in `9:30 - 10`; behind `at` it always is one.
        """
        if text in NOW:
            return Moment(at=self.now)
        if (ago := _AGO.fullmatch(text)) and not _DAYS_AGO.search(text):
            length = next(filter(None, ago.groups())).strip()
            seconds = read_duration(length)
            if seconds is not None and not (":" in length and seconds > LONGEST_CLOCK_FORM):
                return Moment(at=self.now - seconds)
        if _INSTANT.fullmatch(text):
            return _read_instant(text, self.zone)
        if (at := _AT.match(text)) and text.count(" ") <= MOST_WORDS and (moment := self.read(text[at.end() :], True)):
            return moment
        return _read_clock(text, bare_hour) or _read_dated(text, self.today, bare_hour)

    def resolve(self, moment: Moment, night_gone: bool = False) -> int:
        """The instant that was meant; where `night_gone`, what would be in the future was a day earlier.

        Raises TrackerError for a time that the clock skipped.
        """
        if moment.at is not None:
            return moment.at
        return self.checked_clock(self._resolve(moment, night_gone), moment.clock)

    def checked_clock(self, instant: int, clock: int) -> int:
        """`instant`. Raises TrackerError where the clock then does not show `clock` (seconds after midnight)."""
        refuse_skipped(self.zone, instant, clock)
        return instant

    def resolve_past(self, moment: Moment, text: str, night_gone: bool = False) -> int:
        """Like `resolve`. Raises TrackerError, quoting `text`, for an instant in the future."""
        instant = self.resolve(moment, night_gone)
        if instant <= self.now:
            return instant
        if moment.at is None and moment.date is None and self.day is None:
            message = _("“{text}” is in the future. For the day before, write “yesterday {text}”")
        else:
            message = _("“{text}” is in the future; write a past time, for example yesterday 21:00")
        raise refusal(message, text=text)

    def next_showing(self, clock: int, after: int) -> int:
        """The first instant after `after` at which the clock shows `clock` seconds after midnight."""
        day = (after + offset_at(self.zone, after)) // DAY + EPOCH_ORDINAL
        showings = (
            wall_instant(self.zone, datetime.date.fromordinal(day + n), clock % DAY, fold)
            for n in range(3)
            for fold in (0, 1)
        )
        return next(instant for instant in showings if instant > after)

    def _resolve(self, moment: Moment, night_gone: bool) -> int:
        # How many days after the date a time in a part of it lies by the calendar; None where that is open.
        days_later = 0 if moment.part == MORNING else None
        if moment.part in (EVENING, NIGHT) and moment.clock < _DAWN:
            days_later = 1
        if moment.date is None or (DAYS.get(moment.date) == 0 and not days_later):
            night_gone = night_gone and (moment.date is None or moment.part in (None, THIS_NIGHT))
            return self._without_date(self.day if moment.date is None else None, moment.clock, night_gone)
        date = read_date(moment.date, self.today)
        assert date is not None, "`read` gives no other"
        if not is_relative_date(moment.date):
            year = str(int(date[:4]) + 1)
            if date[:4] not in moment.date and self.today < year + date[4:] <= next_date(self.today, SOON):
                message = _("“{date}” is in the future; for last year’s, write {full}")
                raise refusal(message, date=moment.date, full=date)
            return self._on_date(next_date(date, days_later or 0), moment.clock)

        def on_relative(date: str) -> int:
            if days_later is None:
                return self._in_day(date, moment.clock)
            return self._on_date(next_date(date, days_later), moment.clock)

        instant = on_relative(date)
        if instant > self.now and date == self.today and moment.date in WEEKDAYS and days_later != 1:
            return on_relative(next_date(date, -7))
        return instant

    def _without_date(self, day: str | None, clock: int, night_gone: bool) -> int:
        day = day or self.today
        instant = self._in_day(day, clock)
        if instant > self.now:
            night_gone = night_gone or clock == DAY or clock < self.starts_at
            return self._in_day(next_date(day, -1), clock) if night_gone and day == self.today else instant
        second_showing = self._in_day(day, clock, fold=1)
        return second_showing if second_showing <= self.now else instant

    def _in_day(self, day: str, clock: int, fold: int = 0) -> int:
        """A time within the day that begins at `starts_at`: 00:30 is at its end."""
        return self._on_date(day if clock >= self.starts_at else next_date(day), clock, fold)

    def _on_date(self, date: str, clock: int, fold: int = 0) -> int:
        return wall_instant(self.zone, datetime.date.fromisoformat(date), clock, fold)


def parse_time(text: str, now: int, zone: str, starts_at: int, day: str | None = None, after: int | None = None) -> int:
    """The instant, not after `now`, that `text` means; a time without a date lies in `day`, by default today.

    `after` is the start of what the time ends or cuts: a time without a date that would lie before it is the next such
    time, where that is at most LONGEST_SPAN away (a session over the start of a day ends in the next one).

    `14:05`, `14h05`, `2:05pm`, `noon`, `yesterday 21:00`, `hier à 21h`, `mon 14:00`, `2026-11-22 21:00`,
    `2026-11-22T21:00:00+01:00`, `-10m` or `10m ago`, `now`, and an hour alone, `9`. TrackerError for anything else.
    """
    context = ReadingContext(now, zone, starts_at, day)
    moment = context.read(plain(text), bare_hour=True)
    if moment is None:
        if _names_part(plain(text)):
            raise refusal(_("“{text}” contradicts itself; write the time as 14:05"), text=text)
        if read_date(plain(text), context.today):
            raise day_without_time(text)
        raise refusal(_("“{text}” is not a time; write 14:05, yesterday 21:00 or -10m"), text=text)
    instant = context.resolve_past(moment, text)
    if after is not None and instant <= after and moment.at is None and moment.date is None:
        following = context.next_showing(moment.clock, after=after)
        if following <= min(now, after + LONGEST_SPAN):
            return context.checked_clock(following, moment.clock)
    return instant


def says_instant(text: str, now: int, zone: str) -> bool:
    """Whether `text` is an instant in itself, `now`, `10m ago` or one with its offset, not a time on the clock."""
    moment = ReadingContext(now, zone, 0).read(plain(text))
    return moment is not None and moment.at is not None and not _LOCAL_INSTANT.fullmatch(plain(text))


def parse_until(text: str, now: int, zone: str, starts_at: int) -> int:
    """The instant after `now` that `text` means: the next `18:00`, `tomorrow 9:00`, `2026-12-24 18:00`, `+2h`.

    An hour alone, `18`, is a time here. TrackerError for anything else.
    """
    context = ReadingContext(now, zone, starts_at)
    plain_text = plain(text)
    moment = context.read(plain_text, bare_hour=True)
    if moment is None and plain_text.startswith("+") and (seconds := read_duration(plain_text[1:].lstrip())):
        moment = Moment(at=now + seconds)
    if moment is None:
        raise refusal(_("“{text}” is not a time; write 18:00, tomorrow 9:00 or +2h"), text=text)
    if moment.at is None and moment.date is None:
        until = context.checked_clock(context.next_showing(moment.clock, after=now), moment.clock)
    elif moment.date in WEEKDAYS:  # here `friday 9:00` is the next one, today's too
        last = read_date(moment.date, context.today) or ""
        candidates = (context.resolve(moment._replace(date=next_date(last, days))) for days in (0, 7))
        until = next((instant for instant in candidates if instant > now), now)
    else:
        until = context.resolve(moment)
    if until <= now:
        raise refusal(_("“{text}” is in the past; write 18:00, tomorrow 9:00 or +2h"), text=text)
    return until


def parse_date(text: str, now: int, zone: str, starts_at: int) -> str:
    """The date that `text` means: `today`, `hier`, `-2`, `monday`, `22/11`, `22 nov`, `2026-11-22`.

    In numbers the day comes first; a weekday is the last one, today included. TrackerError for anything else.
    """
    date = read_date(plain(text), ReadingContext(now, zone, starts_at).today)
    if date is None:
        raise no_date(text)
    return date


def _read_instant(text: str, zone: str) -> Moment | None:
    """ISO 8601 with a `T` or an offset; without an offset it is by the clocks of `zone`."""
    try:
        moment = datetime.datetime.fromisoformat(text.upper())
    except ValueError:
        raise _no_time_of_day(text) from None
    if moment.year not in YEARS:
        return None
    if moment.tzinfo is not None:
        return Moment(at=int(moment.timestamp()))
    at = to_utc(zone, *moment.timetuple()[:6])
    refuse_skipped(zone, at, moment.hour * HOUR + moment.minute * MINUTE + moment.second)
    return Moment(at=at)


def _read_dated(text: str, today: str, bare_hour: bool) -> Moment | None:
    """A date before its time of day, or behind it where it cannot be taken for a word of a note."""
    words = text.split(" ")
    for index in range(1, len(words) if len(words) <= MOST_WORDS else 1):
        before, behind = " ".join(words[:index]), " ".join(words[index:])
        date = _AFTER_DATE.sub("", _BEFORE_DATE.sub("", before))
        for dated, clock in ((date, behind), (behind, before) if stands_behind(behind) else ("", "")):
            day, part = day_and_part(dated)
            clock = clock.removeprefix("at ")
            if read_date(day, today) and (moment := _read_clock(clock, bare_hour or date != before)):
                return _in_part(moment._replace(date=day), part, clock)
    return None


def stands_behind(date: str) -> bool:
    """Whether a date may follow its time: French `14:00 mon …`, `sam` and `3/4` may be words of a note."""
    day, part = day_and_part(date)
    if part is not None or day in DAYS or is_days_ago(day):
        return True
    *before, last = day.split(" ")
    return last in CLEAR_WEEKDAYS or last == "dernier" or before[:1] == ["last"] or bool(_WRITTEN_DATE.search(day))


def _read_clock(text: str, bare_hour: bool = False) -> Moment | None:
    """`14:05`, `14:05:30`, `14h`, `14h05`, `2pm`, `2:05 p.m.`, `noon`, `minuit` (24:00), `half past nine`.

    Where `bare_hour`, also `14`, `14.05` and `nine`.
    """
    if text in NAMED_TIMES:
        return Moment(clock=NAMED_TIMES[text])
    if match := _CLOCK.fullmatch(text):
        half = match["half"] or match["half_alone"]
        return _clock(text, match["hour"], match["minute"] or match["minute_behind_h"], match["second"], half)
    match = _BARE_HOUR.fullmatch(text)
    if match and (bare_hour or match[3]) and int(match[1]) <= 24 and int(match[2] or 0) <= 59:
        return _clock(text, match[1], match[2], None, match[3])
    if bare_hour and text in HOUR_WORDS:
        return Moment(clock=HOUR_WORDS[text] * HOUR)
    if match := _IN_PART.fullmatch(text):
        moment = _read_clock(match[1], bare_hour=True)
        return moment and _in_part(moment, PARTS[next(filter(None, match.groups()[1:]))], match[1])
    figures = clock_in_figures(text) if " " in text else None
    return _read_clock(figures) if figures else None


def _clock(text: str, hours: str, minutes: str | None, seconds: str | None, half: str | None) -> Moment:
    hour, minute, second = int(hours), int(minutes or 0), int(seconds or 0)
    if half:
        if not 1 <= hour <= 12:
            raise _no_time_of_day(text)
        hour = hour % 12 + (12 if half == "p" else 0)
    clock = hour * HOUR + minute * MINUTE + second
    if minute > 59 or second > 59 or clock > DAY:
        raise _no_time_of_day(text)
    return Moment(clock=clock, half=bool(half))


def _in_part(moment: Moment, part: str | None, clock_text: str) -> Moment | None:
    """The moment in a part of the day; None for what cannot be: `14:00 in the morning`."""
    if part is None:
        return moment
    clock = clock_in_part(moment.clock, part, exact=moment.half or clock_text in NAMED_TIMES)
    return None if clock is None else moment._replace(clock=clock, half=True, part=part)


def clock_in_part(clock: int, part: str, exact: bool) -> int | None:
    """The time of day (seconds after midnight) as meant in a part of the day; None where it does not lie there.

    `3 this afternoon` is 15:00: an hour from 1 to 11 is moved to the half of the day that the part is in. What lies
    outside of the part (`9 in the afternoon`) or may be two times (`3 in the evening`) is none. `exact` keeps a time
    with am or pm, or one with a name such as noon, where it is.
    """
    hour = clock // HOUR
    if part == MORNING and clock == DAY:
        return None
    if not exact and hour in _AFTER_NOON.get(part, ()):
        clock += 12 * HOUR
    elif not exact and hour == 12 and part not in (MORNING, AFTERNOON):
        clock -= 12 * HOUR
    clock %= DAY  # midnight is the calendar's next day
    return clock if clock // HOUR in _HOURS_OF_PART[part] else None


def day_and_part(text: str) -> tuple[str, str | None]:
    """A day and its part: `yesterday evening` → (`yesterday`, EVENING); None where the text names no part."""
    if text in _TONIGHT:
        return "today", NIGHT
    day, _space, word = text.rpartition(" ")
    part = PARTS.get(word)
    if part is None or not day or (day == "last" and part == MORNING):
        return text, None
    return _DAY_OF_PART.get(day, day), THIS_NIGHT if part == NIGHT and day in ("this", "cette") else part


def part_of(word: str) -> str | None:
    """The part of the day that a plain word names: `tonight`, `l'apres-midi`, `soir`."""
    return NIGHT if word in _TONIGHT else PARTS.get(word.removeprefix("l'"))


def _names_part(text: str) -> bool:
    """Whether plain text names a part of the day beside a number, which may be a time outside of it."""
    return any(part_of(word) for word in text.split(" ")) and any(letter.isdigit() for letter in text)


def day_without_time(text: str) -> TrackerError:
    """The error for a day where a time of day is needed."""
    return refusal(_("“{text}” needs a time of day, for example {text} 21:00"), text=text)


def no_date(text: str) -> TrackerError:
    """The error for what is no date, or has the form of one and is not in the calendar."""
    return refusal(_("“{text}” is not a date; write 2026-11-22, yesterday, monday or -2"), text=text)


def _no_time_of_day(text: str) -> TrackerError:
    return refusal(_("“{text}” is not a time of day; write 14:05, 14h05 or 2:05pm"), text=text)
