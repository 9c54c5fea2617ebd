"""Durations: the ways people write them in English and French, and integer seconds.

The daily commands import this module, so it must not import `re`: durations in words are left to `words`.
"""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, HOUR, MINUTE, WEEK
from tracker.domain.text import refusal
from tracker.locale import _

#: A longer duration is a typing error, and would leave the calendar.
LONGEST = 100_000 * HOUR

UNITS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "seconde", "secondes"), 1),
    **dict.fromkeys(("m", "mn", "min", "mins", "minute", "minutes", "'"), MINUTE),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "heure", "heures"), HOUR),
    **dict.fromkeys(("d", "day", "days", "j", "jour", "jours"), DAY),
}

#: The unit of a number without one, by the unit before it: `25`, `1h30`, `2m30`.
NEXT_UNIT = {None: MINUTE, HOUR: MINUTE, MINUTE: 1}

#: A plan that is written like a time of day and is longer was hardly meant as a length: `--for 23:50`.
LONGEST_CLOCK = 8 * HOUR


def parse_duration(text: str) -> int:
    """The seconds meant by `25m`, `1h30`, `1 h 30`, `1h 30m`, `90s`, `1.5h`, `1:30` (hours), `0:01:30`, `90` (minutes).

    Words are understood too: `half an hour`, `une heure et demie`, `twenty minutes`. TrackerError for anything else,
    and for more than 100,000 h.
    """
    seconds = read_duration(text.strip().casefold())
    if seconds is None:
        raise refusal(_("“{text}” is not a duration; write 25m, 1h30 or 90s"), text=text)
    return seconds


def parse_plan(text: str) -> int:
    """The seconds a session is planned for. TrackerError for what is no duration, or looks like a time of day."""
    seconds = parse_duration(text)
    if ":" in text and seconds > LONGEST_CLOCK:
        message = _("“{text}” looks like a time of day; write the planned length as 25m or 1h30")
        raise refusal(message, text=text)
    return seconds


def parse_budget(text: str) -> int:
    """The seconds of a day's budget. TrackerError for what is no duration, and for more than a day has."""
    seconds = parse_duration(text)
    if seconds > DAY:
        raise refusal(_("“{text}” is more than a day; a daily budget is 24h at most"), text=text)
    return seconds


def parse_estimate(text: str) -> int:
    """The seconds somebody estimates for a week. TrackerError for what is no duration, or is longer than a week.

    A number alone is refused: elsewhere it means minutes, but here somebody who writes 22 means hours.
    """
    seconds, bare = parse_duration(text), text.strip()
    if seconds and not bare.strip("0123456789.,"):
        raise TrackerError(_("hours or minutes? Write {n}h or {n}m").format(n=bare))
    if seconds > WEEK:
        raise refusal(_("“{text}” is longer than a week, which has 168h"), text=bare)
    return seconds


def read_duration(text: str) -> int | None:
    """Like `parse_duration`, for lower-case text; None where it is no duration."""
    seconds = _clock(text) if ":" in text else _counted(text)
    if seconds is None and (" " in text or "-" in text):
        from tracker.calendar.words import duration_in_figures, plain  # they import `re`

        figures = duration_in_figures(plain(text))
        if figures != text and any(word in UNITS for word in figures.split(" ")):
            seconds = _counted(figures)
    return seconds if seconds is not None and seconds <= LONGEST else None


def _clock(text: str) -> int | None:
    """The seconds of `1:30` (hours and minutes) and `0:01:30` (with seconds)."""
    parts = text.split(":")
    if len(parts) > 3 or not all(part.isascii() and part.isdigit() and len(part) <= 6 for part in parts):
        return None
    hours, minutes, seconds = (*map(int, parts), 0)[:3]
    return hours * HOUR + minutes * MINUTE + seconds if minutes < 60 and seconds < 60 else None


def _counted(text: str) -> int | None:
    """The seconds of `1h 30m`, `1h30`, `1.5h`: numbers with units, from large to small; a lone number is minutes."""
    total, last_unit = 0.0, None
    index, length = 0, len(text)
    while index < length:
        begin = index
        while index < length and (text[index] in ".," or "0" <= text[index] <= "9"):
            index += 1
        number = _number(text[begin:index])
        begin = index
        while index < length and not "0" <= text[index] <= "9":
            index += 1
        word = text[begin:index].strip()
        unit = UNITS.get(word) if word else NEXT_UNIT.get(last_unit)
        if unit is None or number is None or (last_unit is not None and unit >= last_unit):
            return None
        if not word and last_unit is not None and (number >= 60 or number % 1):
            return None
        total += number * unit
        last_unit = unit if word else 0  # nothing may follow a number without a unit
    return None if last_unit is None else round(total)


def _number(digits: str) -> float | None:
    whole, _point, fraction = digits.replace(",", ".").partition(".")
    if not whole.isdigit() or (fraction and not fraction.isdigit()) or len(digits) > 12:
        return None
    return float(f"{whole}.{fraction or 0}")
