"""When one checks: the days of a week, and the last five weeks beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.days import next_date
from tracker.calendar.weeks import next_week
from tracker.reports import totals
from tracker.reports.coverage import LEAST_DAYS
from tracker.reports.five_weeks import WEEKS
from tracker.reports.gather import is_check

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.reports.slices import Slice
    from tracker.reports.week import Around
    from tracker.settings import Settings


class Checking(NamedTuple):
    """One day: first opening and end of the last session (instants, each with its zone; None without one), checks.

    `checks` is None where it was not logged.
    """

    date: str
    first: int | None
    first_zone: str | None
    last: int | None
    last_zone: str | None
    checks: int | None
    logged: bool


class OneOfFive(NamedTuple):
    """One of the last five weeks: social seconds and checks, and seconds by channel; `logged_days` of its seven.

    Seconds and checks are None where no day was logged.
    """

    week: str
    seconds: int | None
    checks: int | None
    logged_days: int
    #: social channel → seconds
    channels: tuple[tuple[str, int], ...]

    @property
    def known(self) -> bool:
        """Whether enough of it was logged to stand beside others."""
        return self.logged_days >= LEAST_DAYS


def _social(whole: Around, dates: Iterable[str]) -> dict[str, list[Slice]]:
    """The social slices of each date."""
    found: dict[str, list[Slice]] = {date: [] for date in dates}
    for part in whole.gathered.slices:
        if part.date in found and whole.gathered.channels[part.channel].kind == "social":
            found[part.date].append(part)
    return found


def checking(whole: Around, settings: Settings) -> tuple[Checking, ...]:
    """The days of the week: when the first and the last moment were, and how many checks."""
    days = []
    for date, parts in _social(whole, whole.dates).items():
        first = min((part for part in parts if part.begins), key=lambda part: part.start, default=None)
        last = max(parts, key=lambda part: part.end, default=None)
        days.append(
            Checking(
                date,
                first.start if first else None,
                first.zone if first else None,
                last.end if last else None,
                last.zone if last else None,
                sum(is_check(part, settings) for part in parts) if date in whole.gathered.logged else None,
                date in whole.gathered.logged,
            )
        )
    return tuple(days)


def last_five(whole: Around, settings: Settings) -> tuple[OneOfFive, ...]:
    """The week and the four before it, the earliest first."""
    found = []
    for back in range(WEEKS - 1, -1, -1):
        dates = [next_date(date, -7 * back) for date in whole.dates]
        days = _social(whole, dates)
        every = [part for parts in days.values() for part in parts]
        logged = sum(date in whole.gathered.logged for date in dates)
        by_channel = totals.by_channel(every, whole.gathered.channels, settings)
        found.append(
            OneOfFive(
                next_week(whole.week, -back),
                sum(totals.seconds(parts) for parts in days.values()) if logged else None,
                sum(is_check(part, settings) for part in every) if logged else None,
                logged,
                tuple((total.channel, total.seconds) for total in by_channel),
            )
        )
    return tuple(found)
