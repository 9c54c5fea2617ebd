"""What habits measure, day by day, from what was gathered for the whole span at once.

A day without any record, and not confirmed as zero, has no value: unknown is never zero. A day that was logged has one,
0 where the thing did not happen; only what has no value of its own then (the time of the first opening of a day without
openings, the share of kept plans of a day without plans) is None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.days import Wall
from tracker.calendar.zones import DAY
from tracker.domain.models import over_plan
from tracker.reports import totals
from tracker.reports.gather import gather, is_check
from tracker.reports.reach import widest
from tracker.storage import session_table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from tracker.reports.gather import Gathered
    from tracker.reports.slices import Slice
    from tracker.settings import Settings
    from tracker.storage import Journal

    #: A measure, and the channel whose part of it is meant.
    Measured = tuple[str, str | None]
    #: Date → value, for every logged day.
    Values = dict[str, float | None]


def measure(
    journal: Journal, settings: Settings, wanted: Collection[Measured], first: str, last: str, *, zone: str, now: int
) -> dict[Measured, Values]:
    """The values of each wanted measure on every logged day from `first` to `last`, both included."""
    if not wanted or first > last:
        return {one: {} for one in wanted}
    gathered = gather(journal, settings, first, last, zone=zone, now=now)
    return measured(journal, settings, wanted, gathered, zone=zone)


def measured(
    journal: Journal, settings: Settings, wanted: Collection[Measured], gathered: Gathered, *, zone: str
) -> dict[Measured, Values]:
    """The same on every logged day of what was gathered."""
    plans = {}
    if any(name == "plan_kept" for name, _channel in wanted):
        plans = session_table.planned(
            journal, *widest(journal, gathered.first, gathered.last, zone, settings.day_starts_at)
        )
    days = _by_day(gathered)
    return {(name, channel): _values(name, channel, days, gathered, settings, plans) for name, channel in wanted}


def _by_day(gathered: Gathered) -> dict[str, list[Slice]]:
    days: dict[str, list[Slice]] = {date: [] for date in sorted(gathered.logged)}
    for part in gathered.slices:
        days[part.date].append(part)
    return days


def _values(
    name: str,
    channel: str | None,
    days: dict[str, list[Slice]],
    gathered: Gathered,
    settings: Settings,
    plans: dict[int, int],
) -> Values:
    if name == "urges_resisted":
        found: Values = dict.fromkeys(days, 0.0)
        for date, urge in gathered.urges:
            if channel in (None, urge.channel):
                found[date] = (found[date] or 0.0) + 1
        return found
    kind = _KINDS.get(name, "social")
    names = {one.name for one in gathered.channels.values() if one.kind == kind} if channel is None else {channel}
    of_day: Callable[[list[Slice]], float | None] = {
        "social_minutes": _minutes,
        "focus_minutes": _minutes,
        "contacts": lambda parts: float(sum(1 for _opening in _openings(parts))),
        "checks": lambda parts: float(sum(is_check(part, settings) for part in parts)),
        "first_opening": lambda parts: _clock(next(_openings(parts), None)),
        "last_opening": lambda parts: _clock(next(_openings(reversed(parts)), None)),
        "plan_kept": lambda parts: _kept(parts, plans),
    }[name]
    return {date: of_day([part for part in parts if part.channel in names]) for date, parts in days.items()}


_KINDS = {"focus_minutes": "focus", "contacts": "in_person"}


def _minutes(parts: list[Slice]) -> float:
    return totals.seconds(parts) / 60


def _openings(parts: Iterable[Slice]) -> Iterator[Slice]:
    return (part for part in parts if part.begins)


def _clock(part: Slice | None) -> float | None:
    """When an opening was, in seconds after the midnight before the day began: past 86,400 for the night after it."""
    if part is None:
        return None
    wall = Wall.of(part.zone)
    night = wall.day(part.opened) > part.date
    return float(wall.second_of_day(part.opened) + (DAY if night else 0))


def _kept(parts: list[Slice], plans: dict[int, int]) -> float | None:
    """Percent of the planned sessions that began here and ended in time."""
    kept, planned = kept_of(parts, plans)
    return 100 * kept / planned if planned else None


def kept_of(parts: Iterable[Slice], plans: dict[int, int]) -> tuple[int, int]:
    """Of the sessions that began here with a plan and have ended: how many did in time, and how many there are."""
    planned = [part for part in _openings(parts) if part.id in plans and part.lasted is not None]
    return sum(not over_plan(part.lasted or 0, plans[part.id]) for part in planned), len(planned)
