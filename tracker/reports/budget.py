"""How a channel and the day stand against their budgets: what is said before a session begins.

`tracker start` asks for it, so it imports no more than `status` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.days import day_of
from tracker.reports.reach import covered
from tracker.reports.status import today_of
from tracker.storage import channels

if TYPE_CHECKING:
    from tracker.settings import Settings
    from tracker.storage import Journal


class Standing(NamedTuple):
    """What one channel, and all social channels together, have had today; None where no budget or limit is set."""

    channel: str
    social: bool
    channel_seconds: int
    channel_budget: int | None
    seconds: int
    budget: int | None
    checks: int
    check_limit: int | None

    @property
    def channel_over(self) -> bool:
        """Whether nothing is left of the channel's own budget."""
        return self.social and self.channel_budget is not None and self.channel_seconds >= self.channel_budget

    @property
    def day_over(self) -> bool:
        """Whether nothing is left of the day's budget."""
        return self.social and self.budget is not None and self.seconds >= self.budget

    @property
    def over(self) -> bool:
        """Whether beginning now goes past a budget."""
        return self.channel_over or self.day_over


def standing(journal: Journal, settings: Settings, channel: str, *, zone: str, now: int) -> Standing:
    """How today stands for a session about to begin on `channel`, one that runs counted until now.

    Raises TrackerError for a channel that is not there.
    """
    with journal.snapshot():
        everything = channels.channels(journal)
        one = next((found for found in everything if found.name == channel), None) or channels.find(journal, channel)
        social = {found.name for found in everything if found.kind == "social"}
        today = day_of(now, zone, settings.day_starts_at)
        had = list(today_of(journal, settings, {*social, channel}, today, zone, now))
    return Standing(
        channel=channel,
        social=one.kind == "social",
        channel_seconds=covered((since, until) for name, since, until, _began, _check in had if name == channel),
        channel_budget=one.budget_seconds,
        seconds=covered((since, until) for name, since, until, _began, _check in had if name in social),
        budget=settings.daily_budget,
        checks=sum(began and check for name, _since, _until, began, check in had if name in social),
        check_limit=settings.check_limit,
    )
