"""Which openings belong to some days, and where they lie in them."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date as calendar_date
from itertools import compress

from tracker.analytics.patterns.openings import Openings
from tracker.analytics.patterns.rates import Places, places
from tracker.calendar.zones import DAY, EPOCH_ORDINAL
from tracker.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.log import Log
    from tracker.analytics.patterns.openings import Opening

#: A notification answers for an opening that begins at most so many seconds after it.
ANSWERS = 300


class Placed(Record):
    """The openings of a window that were placed, and for which log's openings, which dates and which start of days."""

    openings: Sequence[Opening]
    window: Sequence[str]
    starts_at: int
    kept: Openings
    where: Places


#: The last window asked for: half of the patterns ask for the same one, and over ten years it takes half a second.
_last: Placed | None = None


def placed(log: Log, dates: Sequence[str] | None = None) -> tuple[Openings, Places]:
    """The openings that belong to the dates (the log's window, if none are given), and where they lie."""
    global _last
    if dates is not None:
        return _placed(log, dates)
    last, window = _last, log.window
    if last and last.openings is log.openings and last.starts_at == log.starts_at and last.window == window:
        return last.kept, last.where
    kept, where = _placed(log, window)
    _last = Placed(log.openings, window, log.starts_at, kept, where)
    return kept, where


def _placed(log: Log, wanted: Sequence[str]) -> tuple[Openings, Places]:
    if not wanted:
        return Openings.of(()), Places([], [], [])
    # Whatever the zone, a day begins within a day of its date's midnight in UTC: enough to skip what is long past.
    earliest = (day_number(wanted[0]) - 1) * DAY
    every = Openings.of(log.openings)
    recent = every[bisect_left(every.starts, earliest) :]
    where = places(recent, log.starts_at)
    days = {day_number(date) for date in wanted}
    if days.issuperset(where.days):
        return recent, where
    inside = list(map(days.__contains__, where.days))
    return recent.only(inside), Places._make(list(compress(column, inside)) for column in where)


def in_window(log: Log, dates: Sequence[str] | None = None) -> Openings:
    """The openings that belong to the dates, by default those of the window."""
    return placed(log, dates)[0]


def day_number(date: str) -> int:
    """The number of a date's day, as `Places` has it."""
    return calendar_date.fromisoformat(date).toordinal() - EPOCH_ORDINAL


class Notified:
    """Whether a channel had asked for attention shortly before it was opened."""

    def __init__(self, log: Log) -> None:
        self._at: dict[str, list[int]] = {}
        for notification in log.notifications:
            self._at.setdefault(notification.channel, []).append(notification.at)

    def before(self, channel: str, start: int) -> bool:
        """Whether a notification of the channel came at most ANSWERS seconds before an opening's start, or with it."""
        times = self._at.get(channel, ())
        place = bisect_left(times, start + 1) - 1
        return place >= 0 and start - times[place] <= ANSWERS
