"""Spans as people type them: a start and an end, a start and a length, or a length that ended now.

A span's undated end is the first such time after its start, over midnight too, but then at most 12 hours away:
`14:25-14:00` is a slip. `23:30-00:15` typed the day after is the night just gone. A date behind a span is that of its
start. Nothing recorded ends after now.
"""

from __future__ import annotations

import re

from tracker.calendar.durations import HOUR, read_duration
from tracker.calendar.quoting import quoted
from tracker.calendar.words import DAYS, is_full_date
from tracker.calendar.zones import DAY, offset_at
from tracker.locale import _
from tracker.model import TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.calendar.spoken import Spoken
    from tracker.calendar.viewpoint import Viewpoint

#: How long a span over midnight whose end has no date, or a duration alone, may be.
LONGEST_SPAN = 12 * HOUR

#: No span is said in more letters; longer text is not worth taking apart.
MOST_LETTERS = 80

_SINCE = re.compile(r"(?:since|depuis) ")
_FROM = re.compile(r"(?:from|de) ")
_TO = re.compile(r" ?- ?| (?:to|a|till|until|jusqu'a) ")


def read_span(said: str, view: Viewpoint) -> tuple[int, int] | None:
    """The span plain text means, where it has the form of one with a start; TrackerError where that cannot be."""
    if len(said) > MOST_LETTERS or view.read(said):  # the hyphens and the plus of a moment are not a span's
        return None
    if since := _SINCE.match(said):
        said = said[since.end() :]
        start = view.read(said)
        return _checked(view.begun(start, said), view.now, view, said) if start else None
    if from_ := _FROM.match(said):
        said = said[from_.end() :]
    _refuse_day_without_time(said)
    return _start_and_length(said, view) or _start_and_end(said, view)


def read_lone_duration(said: str, view: Viewpoint) -> tuple[int, int] | None:
    """The span of a duration alone, which ended now; TrackerError where it must be a time of day (`14h05`)."""
    seconds = read_duration(said)
    if seconds is None:
        return None
    if seconds > LONGEST_SPAN:
        raise no_end(said)
    return _checked(view.now - seconds, view.now, view, said)


def no_end(text: str) -> TrackerError:
    """The error for a start without an end."""
    return TrackerError(
        _("“{text}” has no end; a span is written 14:00-14:25, 14:00+25m or 14:00-now").format(text=quoted(text))
    )


def _start_and_length(said: str, view: Viewpoint) -> tuple[int, int] | None:
    left, _plus, right = said.rpartition("+")
    start, seconds = view.read(left.rstrip()), read_duration(right.lstrip())
    if start is None or seconds is None:
        return None
    begin = view.begun(start, said)
    return _checked(begin, begin + seconds, view, said)


def _start_and_end(said: str, view: Viewpoint) -> tuple[int, int] | None:
    for to in _TO.finditer(said):
        start = view.read(said[: to.start()])
        if start and (end := view.read(said[to.end() :])):
            return _between(*_same_half(*_date_in_front(start, end)), view, said)
    return None


def _between(start: Spoken, end: Spoken, view: Viewpoint, said: str) -> tuple[int, int]:
    if end.at is not None or end.date:
        return _checked(view.begun(start, said), view.settle(end), view, said)
    begin = view.begun(start, said, night_gone=end.clock % DAY < start.clock % DAY)
    stop = view.next_showing(end.clock, after=begin)
    if stop - begin > LONGEST_SPAN and _over_midnight(begin, stop, view.zone):
        raise _ends_too_early(said)
    return _checked(begin, stop, view, said)


def _over_midnight(begin: int, stop: int, zone: str) -> bool:
    return (begin + offset_at(zone, begin)) // DAY < (stop - 1 + offset_at(zone, stop - 1)) // DAY


def _date_in_front(start: Spoken, end: Spoken) -> tuple[Spoken, Spoken]:
    """`14:00-14:25 yesterday`: a date behind the span is that of its start."""
    if end.date and not start.date and start.at is None:
        return start._replace(date=end.date), end._replace(date=None)
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


def _refuse_day_without_time(said: str) -> None:
    """`25m yesterday` would else have ended now, with a puzzling note."""
    for day, length in (said.partition(" ")[::2], said.rpartition(" ")[::-2]):
        if (DAYS.get(day, 0) < 0 or is_full_date(day)) and read_duration(length) is not None:
            raise TrackerError(
                _("“{text}” needs a time of day, as in {day} 21:00+{length}").format(
                    text=quoted(said), day=day, length=length
                )
            )


def _ends_too_early(text: str) -> TrackerError:
    return TrackerError(
        _("“{text}” does not end after it starts; over midnight it may last 12 hours, as in 23:30-00:15").format(
            text=quoted(text)
        )
    )
