"""Wall times as exports and spreadsheets write them, and which of a date's numbers is the month.

`2026-11-23 14:05:00`, and what Excel makes of it when the file is saved again: `23/11/2026 14:05`, `11/23/26 2:05 PM`,
`23.11.2026 14:05`. One row cannot tell 9 November from 11 September, so the whole file decides: an order of the numbers
under which a row has no such date, lies in the future, ends before it starts or lasts over a week is the wrong one.
Where both orders are possible, the user is asked.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.clock import refuse_not_shown, wall_instant
from tracker.domain.errors import TrackerError
from tracker.domain.models import LONGEST_SESSION
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Iterable

_WRITTEN = re.compile(
    r"(\d{4}|\d{1,2}) ([-/.]) (\d{1,2}) \2 (\d{4}|\d{1,2})  [ T,]+"
    r"(\d{1,2}) [:h] (\d{2}) (?: [:m] (\d{2}) (?:\.\d+)? )?  \s* ([ap])? \.? (?:m\.?)?",
    re.IGNORECASE | re.VERBOSE,
)

#: The orders between which a date of small numbers does not decide.
DAY_FIRST, MONTH_FIRST = "D/M/Y", "M/D/Y"


class WrittenTime(NamedTuple):
    """A date and time as written: the three numbers of the date in their order, and seconds after midnight."""

    numbers: tuple[str, str, str]
    second: int

    @property
    def is_year_first(self) -> bool:
        """Whether the date says its own order: the year has four digits and comes first."""
        return len(self.numbers[0]) == 4

    def instant(self, order: str, zone: str, fold: int = 0, days: int = 0) -> int:
        """The UTC seconds at which the clocks of `zone` showed it, or so many days later.

        Raises ValueError where there is no such date.
        """
        first, second, third = map(int, self.numbers)
        if self.is_year_first or order == "Y/M/D":
            year, month, day = first, second, third
        else:
            year = third
            month, day = (second, first) if order == DAY_FIRST else (first, second)
        whole = date(year + 2000 if year < 100 else year, month, day) + timedelta(days)
        return wall_instant(zone, whole, self.second, fold)

    def shown_instant(self, order: str, zone: str, fold: int = 0, days: int = 0) -> int:
        """The same. Raises TrackerError for a time that a change of the clocks skipped: no clock has shown it."""
        instant = self.instant(order, zone, fold, days)
        refuse_not_shown(zone, instant, self.second)
        return instant


def parse_written_time(text: str) -> WrittenTime | None:
    """The date and time that a text says; None for any other text."""
    match = _WRITTEN.fullmatch(text.strip().replace("\u202f", " ").replace("\xa0", " "))
    if not match:
        return None
    hours, minutes, seconds = int(match[5]), int(match[6]), int(match[7] or 0)
    if match[8]:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if match[8] in "pP" else 0)
    if hours > 23 or minutes > 59 or seconds > 59 or len(match[1] + match[4]) > 6:
        return None
    return WrittenTime((match[1], match[3], match[4]), hours * 3600 + minutes * 60 + seconds)


def date_order(spans: Iterable[tuple[WrittenTime, WrittenTime | None]], now: int, zone: str) -> str:
    """The order of the numbers in a file's dates, decided by its spans of a start and an end (None: not known).

    Raises TrackerError where both orders are possible and differ.
    """
    spans = list(dict.fromkeys(span for span in spans if not span[0].is_year_first))
    wrong = {order: sum(_is_wrong(*span, order, now, zone) for span in spans) for order in (DAY_FIRST, MONTH_FIRST)}
    if wrong[DAY_FIRST] == wrong[MONTH_FIRST]:
        differing = next((start for start, _end in spans if int(start.numbers[0]) != int(start.numbers[1])), None)
        if differing and wrong[DAY_FIRST]:
            raise TrackerError(
                _(
                    "the dates of this file fit neither day first nor month first ({date}); correct them, or say the "
                    "order: `--dates D/M/Y` or `--dates M/D/Y`"
                ).format(date=_examples(spans, now, zone))
            )
        if differing:
            raise TrackerError(
                _(
                    "the dates of this file can be read day first or month first ({date}); "
                    "say which: `--dates D/M/Y` or `--dates M/D/Y`"
                ).format(date="/".join(differing.numbers))
            )
    return min(wrong, key=wrong.__getitem__)


def _examples(spans: Iterable[tuple[WrittenTime, WrittenTime | None]], now: int, zone: str) -> str:
    """A date that is impossible with the day first, and one with the month first."""
    return ", ".join(
        next("/".join(start.numbers) for start, end in spans if _is_wrong(start, end, order, now, zone))
        for order in (DAY_FIRST, MONTH_FIRST)
    )


def _is_wrong(start: WrittenTime, end: WrittenTime | None, order: str, now: int, zone: str) -> bool:
    try:
        first = start.instant(order, zone)
        last = end.instant(order, zone, 1) if end else first
    except ValueError:
        return True
    return not (first <= last <= now and last - first <= LONGEST_SESSION + 3600)
