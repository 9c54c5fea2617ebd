"""The parts of a day, and which times of day lie in them.

Nobody says `3 this afternoon` of the night: an hour from 1 to 11 is moved to the half of the day that was named, and
what then lies outside of it (`14:00 in the morning`, `9 in the afternoon`) or may be two things (`3 in the evening`) is
no time at all. Evenings and nights go on after midnight, which is the calendar's next day: `last night at 1`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.durations import HOUR
from tracker.calendar.zones import DAY
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.calendar.viewpoint import Viewpoint

MORNING, AFTERNOON, EVENING, NIGHT = "morning", "afternoon", "evening", "night"

#: The night that is now or has just gone: French `cette nuit` is last night's.
THIS_NIGHT = "this night"

#: The words for the parts, in plain text.
PARTS = {
    word: part
    for part, words in {
        MORNING: "morning matin",
        AFTERNOON: "afternoon apres-midi aprem",
        EVENING: "evening soir",
        NIGHT: "night nuit",
    }.items()
    for word in words.split()
}
_TONIGHT = ("tonight", "tonite")
#: What stands for a day in front of its part: `this morning`, `ce soir`, `last night`.
_DAY_OF = {"this": "today", "ce": "today", "cet": "today", "cette": "today", "last": "yesterday"}

#: Which hours said in a part are those after noon; 12 in the evening or at night is midnight.
_AFTER_NOON = {AFTERNOON: range(1, 8), EVENING: range(5, 12), NIGHT: range(5, 12), THIS_NIGHT: range(5, 12)}
#: The hours of each part by the clock.
_HOURS = {
    MORNING: {*range(12)},
    AFTERNOON: {*range(12, 20)},
    EVENING: {*range(17, 24), 0},
    NIGHT: {*range(17, 24), *range(5)},
    THIS_NIGHT: {*range(17, 24), *range(5)},
}
#: Times before this hour belong to the night before them.
_DAWN = 5 * HOUR


def clock_in_part(clock: int, part: str, exact: bool) -> int | None:
    """The time of day (seconds after midnight) as meant in a part of the day; None where it does not lie there.

    `exact` is a time with am or pm, or a name, as noon.
    """
    hour = clock // HOUR
    if part == MORNING and clock == DAY:
        return None
    if not exact and hour in _AFTER_NOON.get(part, ()):
        clock += 12 * HOUR
    elif not exact and hour == 12 and part not in (MORNING, AFTERNOON):
        clock -= 12 * HOUR
    clock %= DAY  # midnight is the calendar's next day
    return clock if clock // HOUR in _HOURS[part] else None


def calendar_days(clock: int, part: str | None) -> int | None:
    """How many days after the one named with its part a time of day lies by the calendar; None where that is open."""
    if part == MORNING:
        return 0
    return 1 if part in (EVENING, NIGHT) and clock < _DAWN else None


def day_and_part(said: str) -> tuple[str, str | None]:
    """`yesterday evening` → (`yesterday`, EVENING): a day, and which part of it is meant; None where unsaid."""
    if said in _TONIGHT:
        return "today", NIGHT
    day, _space, word = said.rpartition(" ")
    part = PARTS.get(word)
    if part is None or not day or (day == "last" and part == MORNING):
        return said, None
    return _DAY_OF.get(day, day), THIS_NIGHT if part == NIGHT and day in ("this", "cette") else part


def part_of(word: str) -> str | None:
    """The part of the day that a plain word names: `tonight`, `l'apres-midi`, `soir`."""
    return NIGHT if word in _TONIGHT else PARTS.get(word.removeprefix("l'"))


def says_part(word: str) -> bool:
    """Whether a plain word names a part of the day."""
    return part_of(word) is not None


def time_outside(
    said: Sequence[str], own: Sequence[bool], first: int, behind: int, clock: str | None, view: Viewpoint
) -> str | None:
    """The time that does not lie in the part of the day which plain words name: `14:00` beside `in the morning`.

    `clock` is the start of what was read, if it was a span; else words beside them may be one: `3 in the evening`.
    """
    part = next(filter(None, (part_of(word) for word in said[first:behind])), None)
    if part is None:
        return None
    if clock:
        spoken = view.read(clock)
        return clock if spoken and clock_in_part(spoken.clock, part, exact=True) is None else None
    for many in (5, 4, 3, 2, 1):
        before = max(0, first - many)
        for begin, end in ((before, first), (before, first - 1), (before, first - 2), (behind, behind + many)):
            text = " ".join(said[begin:end]) if begin < end and not any(own[begin:end]) else ""
            spoken = view.read(text.rpartition("-")[2], weak=True) if text else None
            if spoken and spoken.at is None and clock_in_part(spoken.clock, part, spoken.half) is None:
                return text
    return None


def does_not_go(part: str, time: str) -> TrackerError:
    """The error for a time of day in a line that is not in the part of the day beside it."""
    message = _(
        "“{part}” does not go with “{time}”; leave one out, or write the time as in 14:05."
        ' If it is part of the note, put it in quotes: "{part}"'
    )
    return TrackerError(message.format(part=quoted(part), time=quoted(time)))


def names_part(said: str) -> bool:
    """Whether plain text names a part of the day beside a number, which may be a time outside of it."""
    words = said.split(" ")
    return any(says_part(word) for word in words) and any(letter.isdigit() for letter in said)


def not_in_part(text: str) -> TrackerError:
    """The error for a time of day that is not in the part of the day beside it, or may be two in it."""
    return TrackerError(
        _("“{text}” says a time of day and a part of the day that do not go together; say it as in 14:05").format(
            text=quoted(text)
        )
    )
