"""What habits and commitments measure, day by day. Pure.

A day that was not logged has no value. A logged day has one, 0 where the thing did not happen; it is None where there
is nothing to measure: the time of the first opening of a day without openings, the share of kept plans of a day
without plans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics import totals
from tracker.analytics.day_slices import is_check
from tracker.calendar.days import WallClock
from tracker.domain.models import DAY, over_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from tracker.analytics.day_slices import DaySlice, LoadedDays
    from tracker.settings import Settings

    #: The name of a measure, and the channel it is limited to.
    Measured = tuple[str, str | None]

    #: Date → value, for every logged day. Minutes, counts, percent, or seconds after midnight, by the measure.
    MeasuredValues = dict[str, float | None]

#: The kind of channel that a measure is about, where it is not social.
_KINDS = {"focus_minutes": "focus", "contacts": "in_person"}


def measured_values(
    loaded: LoadedDays, settings: Settings, wanted: Collection[Measured], plans: dict[int, int]
) -> dict[Measured, MeasuredValues]:
    """The values of each wanted measure on every logged day; `plans` has the planned seconds by session id."""
    days: dict[str, list[DaySlice]] = {date: [] for date in sorted(loaded.logged)}
    for part in loaded.slices:
        days[part.date].append(part)
    value_of: dict[str, Callable[[list[DaySlice]], float | None]] = {
        "social_minutes": lambda parts: totals.seconds(parts) / 60,
        "focus_minutes": lambda parts: totals.seconds(parts) / 60,
        "contacts": lambda parts: float(sum(part.begins for part in parts)),
        "checks": lambda parts: float(sum(is_check(part, settings) for part in parts)),
        "first_opening": lambda parts: _opening_time(parts),
        "last_opening": lambda parts: _opening_time(reversed(parts)),
        "plan_kept": lambda parts: _percent_kept(parts, plans),
    }
    values: dict[Measured, MeasuredValues] = {}
    for name, channel in wanted:
        if name == "urges_resisted":
            urges = [date for date, urge in loaded.urges if channel in (None, urge.channel)]
            values[name, channel] = {date: float(urges.count(date)) for date in days}
            continue
        names = loaded.names_of(_KINDS.get(name, "social")) if channel is None else {channel}
        values[name, channel] = {
            date: value_of[name]([part for part in parts if part.channel in names]) for date, parts in days.items()
        }
    return values


def plans_kept(parts: Iterable[DaySlice], plans: dict[int, int]) -> tuple[int, int]:
    """Of the planned sessions that began here and have ended: how many ended in time, and how many there are."""
    planned = [part for part in parts if part.begins and part.id in plans and part.lasted is not None]
    return sum(not over_plan(part.lasted or 0, plans[part.id]) for part in planned), len(planned)


def _percent_kept(parts: Iterable[DaySlice], plans: dict[int, int]) -> float | None:
    kept, planned = plans_kept(parts, plans)
    return 100 * kept / planned if planned else None


def _opening_time(parts: Iterable[DaySlice]) -> float | None:
    """When the first of these openings was, in seconds after the midnight before the day began.

    In the night after the day these are more than 86,400.
    """
    part = next((part for part in parts if part.begins), None)
    if part is None:
        return None
    wall = WallClock.of(part.zone)
    night = wall.day(part.opened) > part.date
    return float(wall.second_of_day(part.opened) + (DAY if night else 0))
