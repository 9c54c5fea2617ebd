"""Sums over slices: by channel, by activity and by purpose. Overlaps count once in each sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.reports.gather import is_check
from tracker.reports.reach import covered
from tracker.reports.values import ActivityTotal, ChannelTotal, PurposeTotal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeVar

    from tracker.domain.models import Activity, Channel, Purpose
    from tracker.reports.slices import Slice
    from tracker.reports.values import Day, Week
    from tracker.settings import Settings

    Key = TypeVar("Key")


def by_channel(slices: Iterable[Slice], channels: dict[str, Channel], settings: Settings) -> tuple[ChannelTotal, ...]:
    """One total for each channel with a record here, social ones first, the longest first."""
    totals = []
    for name, parts in _grouped(slices, lambda part: part.channel).items():
        channel = channels[name]
        began = [part for part in parts if part.begins]
        checks = sum(is_check(part, settings) for part in began) if channel.kind == "social" else 0
        totals.append(
            ChannelTotal(
                channel=name,
                title=channel.title,
                kind=channel.kind,
                seconds=seconds(parts),
                checks=checks,
                sessions=len(began) - checks,
                budget_seconds=channel.budget_seconds,
            )
        )
    return tuple(sorted(totals, key=lambda total: (total.kind != "social", -total.seconds, total.channel)))


def twice(found: Day | Week) -> int:
    """By how many seconds the social channels add up to more than the total: each moment on two at once is one."""
    added = sum(total.seconds for total in found.channels if total.kind == "social")
    return max(added - (found.seconds or 0), 0)


def by_activity(
    social: Iterable[Slice], activities: dict[str, Activity], settings: Settings
) -> tuple[ActivityTotal, ...]:
    """One total for each activity of social time, the longest first."""
    totals = []
    for name, parts in _grouped(social, lambda part: part.activity).items():
        checks = sum(is_check(part, settings) for part in parts)
        totals.append(
            ActivityTotal(
                activity=name,
                purpose=_purpose(activities, name),
                seconds=seconds(parts),
                checks=checks,
                sessions=sum(part.begins for part in parts) - checks,
            )
        )
    return tuple(sorted(totals, key=lambda total: (-total.seconds, total.activity or "")))


def by_purpose(
    social: Iterable[Slice], activities: dict[str, Activity], purposes: tuple[Purpose, ...]
) -> tuple[PurposeTotal, ...]:
    """One total for each purpose, in their order, then time without an activity where there is any."""
    grouped = _grouped(social, lambda part: _purpose(activities, part.activity))
    totals: list[PurposeTotal] = [PurposeTotal(purpose, seconds(grouped.get(purpose, []))) for purpose in purposes]
    if None in grouped:
        totals.append(PurposeTotal(None, seconds(grouped[None])))
    return tuple(totals)


def seconds(parts: Iterable[Slice]) -> int:
    """Seconds covered by slices, overlaps once."""
    # `start` and `end` by their places: a week and its usual ones ask for them some ten thousand times.
    return covered([part[1:3] for part in parts])


def _purpose(activities: dict[str, Activity], name: str | None) -> str | None:
    """None without an activity, and for one that another program took away."""
    found = activities.get(name) if name else None
    return found.purpose if found else None


def _grouped(slices: Iterable[Slice], key: Callable[[Slice], Key]) -> dict[Key, list[Slice]]:
    groups: dict[Key, list[Slice]] = {}
    for part in slices:
        groups.setdefault(key(part), []).append(part)
    return groups
