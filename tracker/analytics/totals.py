"""Totals of day slices by channel, by activity and by purpose. Pure.

Within each total, moments at which several of its slices overlap count once. Social checks are not among `sessions`.
"""

from __future__ import annotations

from tracker.analytics.day_slices import is_check
from tracker.analytics.intervals import covered
from tracker.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Protocol, TypeVar

    from tracker.analytics.day_slices import DaySlice
    from tracker.domain.models import Activity, Channel, Purpose
    from tracker.settings import Settings

    Key = TypeVar("Key")

    class HasTotals(Protocol):
        """A day or a week."""

        @property
        def seconds(self) -> int | None:
            """Social seconds."""

        @property
        def channels(self) -> Sequence[ChannelTotal]:
            """The total of each channel."""


class ChannelTotal(Record):
    """The total of one channel of any kind over a span."""

    channel: str
    title: str
    kind: str
    seconds: int
    checks: int
    sessions: int
    budget_seconds: int | None = None


class ActivityTotal(Record):
    """The social total of one activity; `activity` is None for time without one."""

    activity: str | None
    purpose: str | None
    seconds: int
    checks: int
    sessions: int


class PurposeTotal(Record):
    """The social seconds of one purpose; `purpose` is None for time without an activity."""

    purpose: str | None
    seconds: int


def seconds(parts: Iterable[DaySlice]) -> int:
    """The seconds covered by slices."""
    # `start` and `end` by their places in the tuple: this runs for tens of thousands of slices.
    return covered([part[1:3] for part in parts])


def by_channel(
    slices: Iterable[DaySlice], channels: dict[str, Channel], settings: Settings
) -> tuple[ChannelTotal, ...]:
    """One total for each channel that has a slice: social channels first, the longest first."""
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


def by_activity(
    social: Iterable[DaySlice], activities: dict[str, Activity], settings: Settings
) -> tuple[ActivityTotal, ...]:
    """One total for each activity of social slices, the longest first."""
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
    social: Iterable[DaySlice], activities: dict[str, Activity], purposes: tuple[Purpose, ...]
) -> tuple[PurposeTotal, ...]:
    """One total for each purpose, in their order, then time without an activity where there is any."""
    grouped = _grouped(social, lambda part: _purpose(activities, part.activity))
    totals: list[PurposeTotal] = [PurposeTotal(purpose, seconds(grouped.get(purpose, []))) for purpose in purposes]
    if None in grouped:
        totals.append(PurposeTotal(None, seconds(grouped[None])))
    return tuple(totals)


def twice(of: HasTotals) -> int:
    """By how many seconds the social channels add up to more than the total, where two were open at once."""
    added = sum(total.seconds for total in of.channels if total.kind == "social")
    return max(added - (of.seconds or 0), 0)


def _purpose(activities: dict[str, Activity], name: str | None) -> str | None:
    """None without an activity, and for an activity whose row another program deleted."""
    activity = activities.get(name) if name else None
    return activity.purpose if activity else None


def _grouped(slices: Iterable[DaySlice], key: Callable[[DaySlice], Key]) -> dict[Key, list[DaySlice]]:
    groups: dict[Key, list[DaySlice]] = {}
    for part in slices:
        groups.setdefault(key(part), []).append(part)
    return groups
