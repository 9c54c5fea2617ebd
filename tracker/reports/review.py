"""What the eight steps of the weekly review show, from one state of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.weeks import next_week
from tracker.domain.models import REVIEW_STEPS
from tracker.locale import N_
from tracker.reports import pattern_flags
from tracker.reports.commitments import results
from tracker.reports.comparison import compare
from tracker.reports.contacts import outreach
from tracker.reports.habit_histories import habits
from tracker.reports.load_days import load_days
from tracker.reports.patterns import looks_of_five_weeks
from tracker.reports.suggestions import suggest
from tracker.reports.week import checking_days, load_week, recent_weeks, summarise_week, worth_of_week
from tracker.storage import channels, commitments, estimates, reviews

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.analytics.worth.rows import WorthReport
    from tracker.domain.models import Channel, Commitment, Review
    from tracker.reports.commitments import CommitmentResult
    from tracker.reports.comparison import WeekComparison
    from tracker.reports.contacts import Outreach
    from tracker.reports.habit_histories import HabitHistory
    from tracker.reports.pattern_flags import Flag
    from tracker.reports.patterns import PatternLook
    from tracker.reports.suggestions import Suggestion
    from tracker.reports.week import CheckingDay, RecentWeek, Week, WeekRecords
    from tracker.workspace import Workspace


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


class ReviewData(NamedTuple):
    """Everything the steps show. `review` is the draft, the written review, or None.

    `day_starts_at` is in seconds after midnight.
    """

    day_starts_at: int
    review: Review | None
    week: Week
    felt: tuple[ComparedEstimate, ...]
    comparison: WeekComparison
    checking: tuple[CheckingDay, ...]
    five_weeks: tuple[RecentWeek, ...]
    #: Every pattern with what the user said of it. Empty, and `worth` None, where patterns and worth were left out.
    patterns: tuple[Flag, ...]
    #: Pattern name → the pattern as of each of the five weeks.
    looks: Mapping[str, tuple[PatternLook, ...]]
    worth: WorthReport | None
    habits: tuple[HabitHistory, ...]
    #: The commitments for this week and how they went.
    results: tuple[CommitmentResult, ...]
    #: The commitments for the coming week, and suggestions for more.
    planned: tuple[Commitment, ...]
    suggestions: tuple[Suggestion, ...]
    outreach: Outreach

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The standing flags, neither dismissed nor expected, the furthest past its threshold first."""
        return tuple(sorted((flag for flag in self.patterns if flag.stands), key=lambda flag: -flag.finding.margin))


def to_estimate(workspace: Workspace, week: str) -> tuple[Channel, ...]:
    """The social channels used in the week, in the user's order; an order by time would give the answer away."""
    dates = workspace.week_dates(week)
    with workspace.database.snapshot():
        used = load_days(workspace, dates[0], dates[-1]).slices.channels()
        return tuple(one for one in channels.channels(workspace.database) if one.kind == "social" and one.name in used)


def review_data(workspace: Workspace, week: str) -> ReviewData:
    """Everything the steps show of a week, as it stands at `now`."""
    with workspace.database.snapshot():
        records = load_week(workspace, week)
        review = reviews.draft(workspace.database, week) or reviews.latest(workspace.database, week)
        histories = habits(workspace, last=records.dates[-1])
        data = review_data_of(workspace, records, review, histories)
        return data._replace(looks=looks_of_five_weeks(workspace, week))


def review_data_of(
    workspace: Workspace,
    records: WeekRecords,
    review: Review | None,
    histories: tuple[HabitHistory, ...],
    *,
    deep: bool = True,
) -> ReviewData:
    """The same from a week that is loaded already, without the five weeks of each pattern.

    `histories` are the habits with their days up to the last of the week. Without `deep`, patterns and worth are left
    out.
    """
    today = workspace.today()
    week = summarise_week(workspace, records, patterns=deep)
    people = outreach(workspace)
    patterns = pattern_flags.marked(workspace.database, week.patterns, today)
    worth = worth_of_week(workspace, records) if deep else None
    logged: dict[str | None, int | None] = {None: week.seconds}
    logged |= {total.channel: total.seconds for total in week.channels}
    return ReviewData(
        day_starts_at=workspace.settings.day_starts_at,
        review=review,
        week=week,
        felt=tuple(
            ComparedEstimate(
                estimate.channel,
                records.loaded.channels[estimate.channel].title if estimate.channel else "",
                estimate.seconds,
                logged.get(estimate.channel, 0) if week.logged_days else None,
            )
            for estimate in estimates.of_week(workspace.database, records.week)
        ),
        comparison=compare(workspace, records),
        checking=checking_days(records, workspace.settings),
        five_weeks=recent_weeks(records, workspace.settings),
        patterns=patterns,
        looks={},
        worth=worth,
        habits=histories,
        results=results(workspace, records.week),
        planned=tuple(commitments.of_week(workspace.database, next_week(records.week))),
        suggestions=suggest(
            *(workspace.settings, week, people),
            flagged=[flag.finding for flag in patterns if flag.stands],
            verdicts=[(row.channel, row.effective_verdict) for row in worth.rows if row.kind == "social"]
            if worth
            else (),
        ),
        outreach=people,
    )
