"""What the longer look shows: the figures of each week, the days, and what came of each verdict. Pure.

A week without a logged day has no figures (None): unknown is never zero, and a chart shows a gap there.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from tracker.reports.coverage import LEAST_DAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.reports.verdict_history import VerdictFollowUp

#: Fewer whole weeks than this are not compared.
LEAST_WEEKS = 3


class WeekSum(NamedTuple):
    """One week of many. Durations in seconds; what no logged day tells is None."""

    week: str
    dates: tuple[str, ...]
    #: Days with a record or confirmed as zero, and days that have begun.
    logged: int
    elapsed: int
    seconds: int | None
    #: social channel → its seconds, those with any.
    channels: dict[str, int]
    checks: int | None
    #: Planned social sessions that ended in time, and how many there were.
    kept: int
    planned: int
    #: New recommendations, prospects and clients, each person once, when first named.
    leads: int | None
    #: In-person sessions that began.
    contacts: int | None
    #: How long the user thought it was, said before any figure was shown.
    estimate: int | None = None
    #: Commitments for the week that were kept, and how many of them are decided.
    commitments_kept: int = 0
    commitments: int = 0

    @property
    def whole(self) -> bool:
        """Whether it is over, and enough of it was logged to be compared with others."""
        return self.elapsed == len(self.dates) and self.logged >= LEAST_DAYS

    @property
    def checks_a_day(self) -> float | None:
        """Checks a logged day."""
        return None if self.checks is None else self.checks / self.logged

    @property
    def plan_kept(self) -> float | None:
        """The share of plans kept, 0 to 1; None in a week without any."""
        return self.kept / self.planned if self.planned else None

    @property
    def commitment_kept(self) -> float | None:
        """The share of commitments kept, 0 to 1; None in a week without any."""
        return self.commitments_kept / self.commitments if self.commitments else None


class Story(NamedTuple):
    """A verdict of the user's and what came of it, under the title of its channel."""

    title: str
    chapter: VerdictFollowUp


class Longer(NamedTuple):
    """The weeks, the oldest first, and their days."""

    weeks: tuple[WeekSum, ...]
    #: Social channels with time in the span, the most first: name → title.
    channels: dict[str, str]
    #: Every day of the span that has begun: its social seconds, None where it was not logged.
    days: tuple[tuple[str, int | None], ...]
    #: The verdicts given in the span, by channel, and by week.
    stories: tuple[Story, ...] = ()

    @property
    def coverage(self) -> tuple[int, int]:
        """How many days were logged, and how many have begun."""
        return sum(one.logged for one in self.weeks), sum(one.elapsed for one in self.weeks)

    def usual(self, figure: Callable[[WeekSum], float | None]) -> float | None:
        """The median of a figure over the weeks that are whole; None before there is one."""
        found = [value for value in map(figure, filter(lambda one: one.whole, self.weeks)) if value is not None]
        return median(found) if found else None

    @property
    def recent(self) -> int:
        """How many weeks its last quarter is: one more than LEAST_WEEKS at least, as the last of them may run yet."""
        return max(len(self.weeks) // 4, LEAST_WEEKS + 1)

    def shift(self) -> tuple[float, float] | None:
        """Median social seconds of the last quarter of its weeks, and of those before; of whole weeks alone.

        None where either is fewer than LEAST_WEEKS: a median of two is hardly one.
        """
        recent = self.recent
        parts = [
            [one.seconds for one in part if one.whole and one.seconds is not None]
            for part in (self.weeks[-recent:], self.weeks[:-recent])
        ]
        now, before = parts
        return (median(now), median(before)) if min(len(now), len(before)) >= LEAST_WEEKS else None

    def last(self, weeks: int) -> Longer:
        """The last weeks of it."""
        kept = self.weeks[-weeks:]
        first = kept[0].dates[0]
        days = tuple(pair for pair in self.days if pair[0] >= first)
        stories = tuple(one for one in self.stories if one.chapter.verdict.week >= kept[0].week)
        return Longer(kept, by_time(kept, self.channels), days, stories)


def by_time(weeks: Sequence[WeekSum], titles: dict[str, str]) -> dict[str, str]:
    """Those of the channels (name → title) with time in the weeks, the most first."""
    spent = {name: sum(week.channels.get(name, 0) for week in weeks) for name in titles}
    return {name: titles[name] for name in sorted(titles, key=lambda name: (-spent[name], name)) if spent[name]}
