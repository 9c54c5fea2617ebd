"""Durations as people write and read them, in English and French; integer seconds in between."""

from __future__ import annotations

from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MINUTE, HOUR, DAY = 60, 3_600, 86_400
WEEK = 7 * DAY

#: Longer is a slip of the finger, and would leave the calendar.
LONGEST = 100_000 * HOUR

UNITS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "seconde", "secondes"), 1),
    **dict.fromkeys(("m", "mn", "min", "mins", "minute", "minutes", "'"), MINUTE),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "heure", "heures"), HOUR),
    **dict.fromkeys(("d", "day", "days", "j", "jour", "jours"), DAY),
}

#: What a number without a unit counts when it follows a unit: `1h30`, `2m30`.
NEXT_UNIT = {HOUR: MINUTE, MINUTE: 1}


#: What is written like a time of day and is longer was hardly meant as the length of a session: `--for 23:50`.
LONGEST_CLOCK = 8 * HOUR


def parse_duration(text: str, signed: bool = False) -> int:
    """The seconds meant by `25m`, `1h30`, `1 h 30`, `1h 30m`, `90s`, `1.5h`, `1:30` (hours), `0:01:30`, `90` (minutes).

    Words are understood too: `half an hour`, `une heure et demie`, `twenty minutes`.
    A leading minus is understood where `signed` allows it. TrackerError for anything else, and for more than 100,000 h.
    """
    said = text.strip().casefold().replace("−", "-")
    sign = -1 if signed and said.startswith("-") else 1
    seconds = read_duration(said.removeprefix("-") if sign < 0 else said)
    if seconds is None:
        raise TrackerError(_("no duration: “{text}”; durations are written 25m, 1h30 or 90s").format(text=quoted(text)))
    return sign * seconds


def parse_plan(text: str) -> int:
    """The seconds a session is planned for. TrackerError for what is no duration, or looks like a time of day."""
    seconds = parse_duration(text)
    if ":" in text and seconds > LONGEST_CLOCK:
        message = _("“{text}” looks like a time of day; a plan is a length, as in 25m or 1h30")
        raise TrackerError(message.format(text=quoted(text)))
    return seconds


def parse_budget(text: str) -> int:
    """The seconds of a day's budget. TrackerError for what is no duration, and for more than a day has."""
    seconds = parse_duration(text)
    if seconds > DAY:
        raise TrackerError(_("a budget is for one day, of 24 hours; “{text}” is more").format(text=quoted(text)))
    return seconds


def parse_guess(text: str) -> int:
    """The seconds that a week is thought to have been. TrackerError for what is no duration, or more than a week has.

    A number alone is minutes elsewhere; of a week somebody who writes 22 means hours, so it is asked which it is.
    """
    seconds, bare = parse_duration(text), text.strip()
    if seconds and not bare.strip("0123456789.,"):
        raise TrackerError(_("hours or minutes? write {n}h or {n}m").format(n=bare))
    if seconds > WEEK:
        raise TrackerError(_("a week has 168 hours; {time} is more").format(time=quoted(bare)))
    return seconds


def read_duration(said: str) -> int | None:
    """Like `parse_duration`, unsigned, for lower-case text; None where it is no duration."""
    seconds = _clock(said) if ":" in said else counted(said)
    if seconds is None and (" " in said or "-" in said):
        from tracker.calendar.spelled import spelled_duration  # costs `re`, which what is in figures does not need

        seconds = spelled_duration(said)
    return seconds if seconds is not None and seconds <= LONGEST else None


def _clock(said: str) -> int | None:
    """`1:30` is hours and minutes, `0:01:30` has seconds too."""
    parts = said.split(":")
    if len(parts) > 3 or not all(part.isascii() and part.isdigit() and len(part) <= 6 for part in parts):
        return None
    hours, *rest = (int(part) for part in parts)
    if any(part > 59 for part in rest):
        return None
    minutes, seconds = (*rest, 0)[:2]
    return hours * HOUR + minutes * MINUTE + seconds


def counted(said: str) -> int | None:
    """`1h 30m`, `1h30`, `1.5h`: numbers, each with its unit, the units falling; a lone number is minutes."""
    total, last = 0.0, None
    for number, word in _pairs(said):
        unit = UNITS.get(word) if word else MINUTE if last is None else NEXT_UNIT.get(last)
        if unit is None or number is None or (last is not None and unit >= last):
            return None
        if not word and last is not None and (number >= 60 or number % 1):
            return None
        total, last = total + number * unit, unit
        if not word:
            last = 0  # nothing can be smaller than what had no unit
    return None if last is None else round(total)


def _pairs(said: str) -> Iterator[tuple[float | None, str]]:
    """`1h 30` → (1, "h"), (30, ""); the number is None where it cannot be read."""
    place, length = 0, len(said)
    while place < length:
        begin = place
        while place < length and (said[place] in ".," or "0" <= said[place] <= "9"):
            place += 1
        number = said[begin:place]
        begin = place
        while place < length and not "0" <= said[place] <= "9":
            place += 1
        yield _number(number), said[begin:place].strip()


def _number(digits: str) -> float | None:
    whole, _point, rest = digits.replace(",", ".").partition(".")
    if not whole.isdigit() or (rest and not rest.isdigit()) or len(digits) > 12:
        return None
    return float(f"{whole}.{rest or 0}")
