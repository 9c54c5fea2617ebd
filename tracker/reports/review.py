"""What the eight steps of the weekly review show, from one state of the file."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.days import next_week
from tracker.domain.models import MINUTE, REVIEW_STEPS
from tracker.formatting.times import format_duration, whole_minutes
from tracker.locale import N_, _
from tracker.reports.commitments import results, suggest
from tracker.reports.comparison import compare
from tracker.reports.contacts import outreach
from tracker.reports.habit_histories import habits
from tracker.reports.load_days import load_days
from tracker.reports.patterns import looks_of_five_weeks, marked_flags
from tracker.reports.week import load_week, recent_weeks, summarise_week, worth_of_week
from tracker.storage import channels, reviews

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.analytics.channel_worth import WorthReport
    from tracker.domain.models import Channel, Commitment, Review
    from tracker.reports.commitments import CommitmentResult, Suggestion
    from tracker.reports.comparison import WeekComparison
    from tracker.reports.contacts import Outreach
    from tracker.reports.habit_histories import HabitHistory
    from tracker.reports.patterns import Flag, PatternLook
    from tracker.reports.week import RecentWeek, Week, WeekRecords
    from tracker.workspace import Workspace


#: Seconds below which the difference to a guess is not mentioned.
SMALL_DIFFERENCE = 5 * MINUTE

#: So many flags are shown first, with their evidence; the others can be opened.
MOST_FLAGS = 3


class ReviewStep(NamedTuple):
    """One step: its name (of `models.REVIEW_STEPS`), and what it asks, to be translated."""

    name: str
    title: str


STEPS = tuple(
    map(
        ReviewStep,
        REVIEW_STEPS,
        (
            N_("How long do you think it was?"),
            N_("The week against your usual"),
            N_("When you check"),
            N_("The patterns"),
            N_("Is it worth it?"),
            N_("Habits and the week's commitments"),
            N_("The coming week"),
            N_("Your own words"),
        ),
    )
)


class ComparedEstimate(NamedTuple):
    """An estimate of the user's and what was logged, in seconds; `channel` None for all social channels together.

    `logged` is None where no day of the week was logged.
    """

    channel: str | None
    title: str
    felt: int
    logged: int | None


def say_more_than_guessed(guessed: int, logged: int | None) -> str:
    """`2h 37m more`, `20m less`, `as guessed`: what was logged against the guess, both in seconds; empty if unknown.

    It is computed of the whole minutes that are shown, so that the sum is right.
    """
    if logged is None:
        return ""
    more = whole_minutes(logged) - whole_minutes(guessed)
    if abs(more) < SMALL_DIFFERENCE:
        return _("as guessed")
    message = _("{time} more") if more > 0 else _("{time} less")
    return message.format(time=format_duration(abs(more)))


def to_estimate(workspace: Workspace, week: str) -> tuple[Channel, ...]:
    """The social channels used in the week, in the user's order; an order by time would give the answer away."""
    dates = workspace.week_dates(week)
    with workspace.database.snapshot():
        used = load_days(workspace, dates[0], dates[-1]).slices.channels()
        return tuple(
            channel
            for channel in channels.channels(workspace.database)
            if channel.kind == "social" and channel.name in used
        )


class ReviewData:
    """The figures of the week `name` that its review shows: each is computed when it is first asked for, and kept.

    What is read together is of one state of the file within `database.snapshot()` only. A caller that has loaded a part
    already sets it.
    """

    def __init__(self, workspace: Workspace, name: str, *, deep: bool = True) -> None:
        """Without `deep`, no patterns are looked for."""
        self.workspace, self.name, self.deep = workspace, name, deep
        self.dates = workspace.week_dates(name)

    @cached_property
    def review(self) -> Review | None:
        """The draft, else the written review."""
        return reviews.draft(self.workspace.database, self.name) or reviews.latest(self.workspace.database, self.name)

    @cached_property
    def records(self) -> WeekRecords:
        """What was recorded in the week and in the usual ones before it."""
        return load_week(self.workspace, self.name)

    @cached_property
    def week(self) -> Week:
        """The week, with its patterns."""
        return summarise_week(self.workspace, self.records, patterns=self.deep)

    @cached_property
    def felt(self) -> tuple[ComparedEstimate, ...]:
        """How long the week was thought to be."""
        week, known = self.week, self.records.loaded.channels
        logged: dict[str | None, int | None] = {total.channel: total.seconds for total in week.channels}
        logged[None] = week.seconds
        return tuple(
            ComparedEstimate(
                estimate.channel,
                known[estimate.channel].title if estimate.channel else "",
                estimate.seconds,
                logged.get(estimate.channel, 0) if week.logged_days else None,
            )
            for estimate in reviews.estimates_of_week(self.workspace.database, self.name)
        )

    @cached_property
    def comparison(self) -> WeekComparison:
        """The week against the usual one."""
        return compare(self.workspace, self.records)

    @cached_property
    def five_weeks(self) -> tuple[RecentWeek, ...]:
        """The week and the four before it."""
        return recent_weeks(self.records, self.workspace.settings)

    @property
    def patterns(self) -> tuple[Flag, ...]:
        """Every pattern with what the user said of it."""
        return marked_flags(self.workspace.database, self.week.patterns, self.workspace.today())

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The standing flags, neither dismissed nor expected, the furthest past its threshold first."""
        return tuple(sorted((flag for flag in self.patterns if flag.stands), key=lambda flag: -flag.finding.margin))

    @cached_property
    def looks(self) -> Mapping[str, tuple[PatternLook, ...]]:
        """Pattern name → the pattern as of each of the five weeks."""
        return looks_of_five_weeks(self.workspace, self.name)

    @cached_property
    def worth(self) -> WorthReport:
        """The Worth report of the weeks up to the last day."""
        return worth_of_week(self.workspace, self.records)

    @cached_property
    def habits(self) -> tuple[HabitHistory, ...]:
        """The habits up to the end of the week."""
        return habits(self.workspace, last=self.dates[-1])

    @cached_property
    def results(self) -> tuple[CommitmentResult, ...]:
        """The commitments for this week and how they went."""
        return results(self.workspace, self.name)

    @cached_property
    def planned(self) -> list[Commitment]:
        """The commitments for the coming week."""
        return reviews.commitments_of_week(self.workspace.database, next_week(self.name))

    @cached_property
    def outreach(self) -> Outreach:
        """Who to talk to."""
        return outreach(self.workspace)

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What one could commit to, by the flags of the week and, with `deep`, the verdicts on the channels."""
        flagged = [flag.finding for flag in self.patterns if flag.stands]
        rows = self.worth.rows if self.deep else ()
        verdicts = [(row.channel, row.effective_verdict) for row in rows if row.kind == "social"]
        return suggest(self.workspace.settings, self.week, self.outreach, flagged=flagged, verdicts=verdicts)
