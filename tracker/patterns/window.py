"""Which openings belong to some days, and where they lie in them."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date as calendar_date

from tracker.calendar.zones import DAY, EPOCH_ORDINAL
from tracker.patterns.rates import Places, places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.patterns.log import Log
    from tracker.patterns.openings import Opening

#: A notification answers for an opening that begins at most so many seconds after it.
ANSWERS = 300


def placed(log: Log, dates: Sequence[str] | None = None) -> tuple[Sequence[Opening], Places]:
    """The openings that belong to the dates (the log's window, if none are given), and where they lie."""
    wanted = log.window if dates is None else dates
    if not wanted:
        return (), Places([], [], [])
    # Whatever the zone, a day begins within a day of its date's midnight in UTC: enough to skip what is long past.
    earliest = (day_number(wanted[0]) - 1) * DAY
    recent = log.openings[bisect_left(log.openings, earliest, key=_start) :]
    where = places(recent, log.starts_at)
    days = {day_number(date) for date in wanted}
    if days.issuperset(where.days):
        return recent, where
    kept = [one for one, day in zip(recent, where.days, strict=True) if day in days]
    return kept, places(kept, log.starts_at)


def in_window(log: Log, dates: Sequence[str] | None = None) -> Sequence[Opening]:
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

    def before(self, opening: Opening) -> bool:
        """Whether a notification of the channel came at most ANSWERS seconds before the opening, or with it."""
        times = self._at.get(opening.channel, ())
        place = bisect_left(times, opening.start + 1) - 1
        return place >= 0 and opening.start - times[place] <= ANSWERS


def _start(opening: Opening) -> int:
    return opening.start
