"""Spans as people type them: a start and an end, a start and a length in either order, or a length that ended now.

A span's undated end is the first such time after its start, over midnight too, but then at most 12 hours away:
`14:25-14:00` is a slip. `23:30-00:15` typed the day after is the night just gone. A date before or behind a span is
that of its start. Nothing recorded ends after now.

Hours alone are times where something beside them is one: `9:30 - 10`, `from 9 to 10`, `9-10 pm`. Two of them with
nothing else, `9-10`, may as well be chapters: `Place` says whether they stand where a time is expected. A length in
hours alone that may be a time of day, `9h30`, is asked about where it is long: nobody means 9 h 30 min by it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.durations import HOUR, read_duration
from tracker.calendar.parts import day_and_part
from tracker.calendar.spoken import NAMED_TIMES, stands_behind
from tracker.calendar.words import DAYS, in_figures, is_days_ago, is_full_date, read_date
from tracker.calendar.zones import DAY, offset_at
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.calendar.spoken import Spoken
    from tracker.calendar.viewpoint import Viewpoint

#: How long a span over midnight whose end has no date, or a duration alone, may be.
LONGEST_SPAN = 12 * HOUR

#: How long a span of two hours alone (`9-10`), or a length that has the form of a time of day (`2h30`), may be.
LONGEST_WEAK = 4 * HOUR

#: No span is said in more letters; longer text is not worth taking apart.
MOST_LETTERS = 80

_ABOUT = re.compile(r"(?:about|around|approximately|environ|vers) |~ ?")
_SINCE = re.compile(r"(?:since|depuis) ")
_FROM = re.compile(r"(?:from|de|between|entre) ")
_TO = re.compile(r" ?(?:->?|~|\.{2,}) ?| (?:to|a|till|until|jusqu'a|and|et) ")
#: What stands between a start and its length, or nothing but a space.
_LASTING = re.compile(r" ?\+ ?|,? (?:for|pendant|durant) |,? ")
#: The same behind a length.
_BEGINNING = re.compile(r",? (?:at|from|a partir de|a|des|starting at|starting) |,? ")
_LONE = re.compile(r"(?:for (?:the )?(?:last |past )?|(?:the )?(?:last|past) |pendant |durant |depuis |\+)")
_DOTTED = re.compile(r"\b\d{1,2}\.\d\d\b")
#: A number without a unit is no length.
_UNITLESS = re.compile(r"(?:.*m(?:in\w*)? )?\d+(?:[.,]\d+)?")
#: `1-2h` may as well be a guess of how long it was.
_H_ALONE = re.compile(r"\d{1,2} ?h")
#: What parts two times without making a span of them, and the times: `13:00/13:20`, `14h00 14h20`.
_BETWEEN_TWO = re.compile(r"[,;]? | ?[/|;,&] ?")
_CLOCK_OF_TWO = re.compile(r"\d{1,2} ?(?::|h) ?\d\d(?: ?[ap]m)?|\d{1,2} ?(?:h|[ap]m)", re.ASCII)
_CLOCK_LIKE = re.compile(r"\d{1,2} ?h(?:eures?)?(?: ?\d\d)?|\d{1,2} ?h \d+ ?m.*|\d{1,2}[.,]\d\d ?h.*")


class Place(NamedTuple):
    """Where a text stands in a line: whether a time is expected there, and whether the line goes on without a word.

    A number alone belongs to the word behind it: `2-3 posts`, `at 9 clients`.
    """

    begins: bool = True
    ends: bool = True


#: A text that is all of a line.
ALONE = Place()


def read_span(said: str, view: Viewpoint, place: Place = ALONE) -> tuple[int, int] | None:
    """The span plain text means, where it has the form of one with a start; TrackerError where that cannot be."""
    if len(said) > MOST_LETTERS or view.read(said):  # the hyphens and the plus of a moment are not a span's
        return None
    if ":" not in said and read_duration(said) is not None:  # `1h 30m` is no start with a length
        return None
    if about := _ABOUT.match(said):
        said = said[about.end() :]
    if since := _SINCE.match(said):
        said = said[since.end() :]
        if _may_be_length(said):
            raise time_or_length(said)
        start = view.read(said, weak=place.ends)
        if start and start.at is None and start.date is None and view.is_elsewhere:
            raise no_end(said)
        return _checked(view.begun(start, said), view.now, view, said) if start else None
    _refuse_day_without_time(said, view.today)
    for day, rest in _without_day(said, view.today):
        if span := _start_and_end(day, rest, view, said, place) or _start_and_length(day, rest, view, said, place):
            return span
    return None


def read_lone_duration(said: str, view: Viewpoint) -> tuple[int, int] | None:
    """The span of a duration alone, which ended now; TrackerError where it may be a time of day (`14h05`, `9h30`)."""
    lone = _LONE.match(said) or _ABOUT.match(said)
    seconds = read_duration(said[lone.end() :] if lone else said)
    if seconds is None:
        return None
    if ":" in said and seconds > LONGEST_WEAK:
        return None
    if view.is_elsewhere:  # what ended now is no part of the day that is shown
        raise _day_and_length(said, view.day or "", said[lone.end() :] if lone else said)
    if seconds > LONGEST_SPAN:
        raise no_end(said)
    if not lone and seconds > LONGEST_WEAK and is_clock_like(said):
        raise time_or_length(said)
    return _checked(view.now - seconds, view.now, view, said)


def no_end(text: str) -> TrackerError:
    """The error for a start without an end."""
    return TrackerError(
        _("“{text}” has no end; a span is written 14:00-14:25, 14:00+25m or 14:00-now").format(text=quoted(text))
    )


def _without_day(said: str, today: str) -> Iterator[tuple[str, str]]:
    """The text as it is, then with the day in front or behind taken out of it: `yesterday from 9 to 10`."""
    yield "", said
    words = said.split(" ")
    for place in range(1, len(words)):
        before, behind = " ".join(words[:place]), " ".join(words[place:])
        if read_date(day_and_part(before.rstrip(","))[0], today):
            yield before.rstrip(",") + " ", behind
        if stands_behind(behind) and read_date(day_and_part(behind)[0], today):
            yield behind + " ", before.rstrip(",")


def _start_and_length(day: str, rest: str, view: Viewpoint, said: str, place: Place) -> tuple[int, int] | None:
    """`14:00+25m`, `at 9 for 20m`, `20m at 9:30`; with nothing between the two, the time must be plain."""
    for between, behind in ((_LASTING, False), (_BEGINNING, True)):
        for mark in between.finditer(rest):
            sides = rest[: mark.start()], rest[mark.end() :]
            time, length = reversed(sides) if behind else sides
            joined = mark[0].strip(" ,")
            seconds = _length(length, joined)
            if seconds is None or not (joined or _is_plain_time(time)):
                continue
            start = view.read(day + time, weak=behind and bool(joined) and place.ends)
            if start and start.at != view.now:  # `20m now`
                begin = view.begun(start, said)
                return _checked(begin, begin + seconds, view, said)
    return None


def _length(text: str, joined: str) -> int | None:
    """The seconds of a length beside a start; `20` is one behind a plus, `1:30` where anything joins the two."""
    text = text.removeprefix("for ").removeprefix("pendant ")
    seconds = read_duration(text)
    if seconds is None or (_UNITLESS.fullmatch(text) and joined != "+") or (":" in text and not joined):
        return None
    said_so = joined in ("+", "for", "pendant", "durant") and ":" not in text
    return None if seconds > LONGEST_WEAK and not said_so and (":" in text or is_clock_like(text)) else seconds


def _is_plain_time(text: str) -> bool:
    """Whether a time cannot be taken for a length: `9:30`, `at 9`, `noon`; not `9h`."""
    return ":" in text or text.startswith(("at ", "a ")) or read_duration(text) is None


def _start_and_end(day: str, rest: str, view: Viewpoint, said: str, place: Place) -> tuple[int, int] | None:
    framed = _FROM.match(rest)
    if framed:
        rest = rest[framed.end() :]
    for to in _TO.finditer(rest):
        if to[0] in (" and ", " et ") and not (framed and framed[0] in ("between ", "entre ")):
            continue
        left, right = rest[: to.start()], rest[to.end() :]
        if not (start := view.read(day + left, weak=True)) or not (end := view.read(right, weak=True)):
            continue
        if to[0] == " a " and not framed and not end.half and view.read(right) and _may_be_length(left):  # `1h à 2h`
            raise time_or_length(left)
        if left.isdecimal() and day == "" and not framed and _H_ALONE.fullmatch(right) and _may_be_length(right):
            raise time_or_lengths(said, left, right)
        weak_end = not view.read(right)
        if left in NAMED_TIMES and weak_end:  # `noon to 1`
            start = start._replace(half=True)
        if weak_end and not view.read(day + left):
            return _weak_span(start, end, view, said, place, bool(framed))
        return _between(*_same_half(*_date_in_front(start, end)), view, said)
    return None


def _may_be_length(time: str) -> bool:
    """Whether a time may as well be a length somebody spent: `2h30`."""
    return is_clock_like(time) and (read_duration(time) or DAY) <= LONGEST_WEAK


def is_clock_like(time: str) -> bool:
    """Whether plain text may be a time of day and a length alike: `9h30`, `une heure`."""
    figures = f"1{time.removeprefix('une')}" if time.startswith("une h") else in_figures(time)
    return bool(_CLOCK_LIKE.fullmatch(figures))


def _weak_span(
    start: Spoken, end: Spoken, view: Viewpoint, said: str, place: Place, framed: bool
) -> tuple[int, int] | None:
    """Two hours alone: a span where a time is expected, and then not a long one; `from 9 to 10` is plainer."""
    dotted = bool(_DOTTED.search(said))  # `9.30-10.15`
    if not (place.begins and (place.ends or dotted)) and not (framed and (place.begins or place.ends)):
        return None
    start, end = _same_half(*_date_in_front(start, end))
    return _between(start, end, view, said) if framed or (end.clock - start.clock) % DAY <= LONGEST_WEAK else None


def _between(start: Spoken, end: Spoken, view: Viewpoint, said: str) -> tuple[int, int]:
    if end.at == view.now and start.at is None and start.date is None and view.is_elsewhere:
        raise no_end(said)
    if end.at is not None or end.date:
        return _checked(view.begun(start, said), view.settle(end), view, said)
    begin = view.begun(start, said, night_gone=end.clock % DAY < start.clock % DAY)
    stop = view.shown(view.next_showing(end.clock, after=begin), end.clock)
    if stop - begin > LONGEST_SPAN and _over_midnight(begin, stop, view.zone):
        raise _ends_too_early(said)
    return _checked(begin, stop, view, said)


def _over_midnight(begin: int, stop: int, zone: str) -> bool:
    return (begin + offset_at(zone, begin)) // DAY < (stop - 1 + offset_at(zone, stop - 1)) // DAY


def _date_in_front(start: Spoken, end: Spoken) -> tuple[Spoken, Spoken]:
    """`14:00-14:25 yesterday`: a date behind the span is that of its start."""
    if end.date and not start.date and start.at is None:
        return start._replace(date=end.date, part=end.part), end._replace(date=None)
    return start, end


def _same_half(start: Spoken, end: Spoken) -> tuple[Spoken, Spoken]:
    """`2:05-2:30pm`, `11:30pm-12:15`: am or pm said once means the shorter of the two spans."""
    if start.half == end.half or start.at is not None or end.at is not None:
        return start, end
    if end.half:
        return min(_halves(start), key=lambda half: (end.clock - half.clock) % DAY), end
    return start, min(_halves(end), key=lambda half: (half.clock - start.clock) % DAY)


def _halves(spoken: Spoken) -> tuple[Spoken, ...]:
    if spoken.clock >= 13 * HOUR:
        return (spoken,)
    return spoken, spoken._replace(clock=(spoken.clock + 12 * HOUR) % DAY)


def _checked(start: int, end: int, view: Viewpoint, said: str) -> tuple[int, int]:
    if end <= start:
        raise _ends_too_early(said)
    if end > view.now:
        raise TrackerError(
            _("“{text}” ends after now; an entry ends now at the latest, as in 14:00-now").format(text=quoted(said))
        )
    return start, end


def _refuse_day_without_time(said: str, today: str) -> None:
    """`25m yesterday` would else have ended now, with a puzzling note."""
    for day, length in (said.partition(" ")[::2], said.rpartition(" ")[::-2]):
        past = DAYS.get(day, 0) < 0 or is_days_ago(day) or (is_full_date(day) and read_date(day, today) is not None)
        if past and read_duration(length) is not None:
            raise _day_and_length(said, day, length)


def _day_and_length(text: str, day: str, length: str) -> TrackerError:
    return TrackerError(
        _("“{text}” needs a time of day, as in {day} 21:00+{length}").format(text=quoted(text), day=day, length=length)
    )


def two_times_among(said: Sequence[str], own: Sequence[bool], view: Viewpoint) -> TrackerError | None:
    """The error for the first one or two plain words that are two times; words of their `own` part them."""
    for place, word in enumerate(said):
        both = "" if any(own[place : place + 2]) else " ".join(said[place : place + 2])
        if error := two_times(word, view) or two_times(both, view):
            return error
    return None


def two_times(said: str, view: Viewpoint) -> TrackerError | None:
    """The error for plain text that is two times of day with nothing that makes a span of them; None for other text."""
    for between in _BETWEEN_TWO.finditer(said):
        first, second = said[: between.start()], said[between.end() :]
        if all(_CLOCK_OF_TWO.fullmatch(text) and view.read(text) for text in (first, second)):
            return TrackerError(
                _("“{text}” is two times of day; a span of them is written {first}-{second}").format(
                    text=quoted(said), first=quoted(first), second=quoted(second)
                )
            )
    return None


def time_or_length(text: str) -> TrackerError:
    """The error for what may be either."""
    return TrackerError(
        _(
            "“{text}” may be a time of day, which needs an end (14:00-14:25), or a length: then write “for {text}”"
        ).format(text=quoted(text))
    )


def time_or_lengths(text: str, least: str, most: str) -> TrackerError:
    """The error for hours that may be times of day, or a guess of a length."""
    most = most.rstrip("h ")
    return TrackerError(
        _("“{text}” may be times of day, as in {least}:00-{most}:00, or a length, as in {most}h").format(
            text=quoted(text), least=least, most=most
        )
    )


def _ends_too_early(text: str) -> TrackerError:
    return TrackerError(
        _("“{text}” does not end after it starts; over midnight it may last 12 hours, as in 23:30-00:15").format(
            text=quoted(text)
        )
    )
