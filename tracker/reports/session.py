"""The weekly review session: its eight steps, and what each of them stands on.

    found = begin(journal, settings, week, zone=zone, now=now)     the draft, or the one that was left half-way
    place = reviews.place(journal, found)                          the step to come back to
    onward(journal, week, place, now=now)                          marks it as reviewed; returns the next
    past(journal, week, place, now=now)                            the same without marking: skipped is not reviewed
    back(journal, week, place)                                     the one before
    material(journal, settings, week, zone=zone, now=now)          everything the steps show, from one state of the file
    write(journal, settings, week, zone=zone, now=now)             the written review, with its figures and its page

In between, `estimates.put` (before any figure is shown), `commitments.add`, `change`, `keep` and `delete`, and
`reviews.set_words` keep what the user says at once, each a step of undo: leaving half-way loses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.days import day_of
from tracker.calendar.weeks import next_week, week_dates, week_of
from tracker.domain.models import REVIEW_STEPS, TrackerError
from tracker.domain.text import as_json
from tracker.locale import N_, _
from tracker.reports import flags
from tracker.reports import habits as habit_review
from tracker.reports.checking import checking, last_five
from tracker.reports.commitments import results
from tracker.reports.compare import compare
from tracker.reports.due import refuse_ahead, refuse_unfinished
from tracker.reports.five_weeks import five_weeks
from tracker.reports.gather import gather
from tracker.reports.outreach import outreach
from tracker.reports.suggest import suggest
from tracker.reports.week import around, assemble, first_weekday, worth_around
from tracker.storage import channels, estimates, reviews
from tracker.storage import commitments as commitment_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.analytics.worth.rows import WorthReport
    from tracker.domain.models import Channel, Commitment, Estimate, Review
    from tracker.reports.checking import Checking, OneOfFive
    from tracker.reports.commitments import Result
    from tracker.reports.compare import Comparison
    from tracker.reports.five_weeks import Look
    from tracker.reports.flags import Flag
    from tracker.reports.habits import Kept
    from tracker.reports.outreach import Outreach
    from tracker.reports.suggest import Suggestion
    from tracker.reports.values import Week
    from tracker.reports.week import Around
    from tracker.settings import Settings
    from tracker.storage import Journal


#: At most so many flags are shown first, with their evidence; the others wait behind them.
MOST_FLAGS = 3


class Step(NamedTuple):
    """One step: its name (of model.REVIEW_STEPS), and what it asks, to be translated."""

    name: str
    title: str


STEPS = tuple(
    map(
        Step,
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


class Felt(NamedTuple):
    """An estimate beside what was logged: seconds; `channel` None for all social channels together.

    `logged` is None where no day of the week was: unknown is never zero.
    """

    channel: str | None
    title: str
    felt: int
    logged: int | None


class Material(NamedTuple):
    """Everything the steps show, of one state of the file. `review` is the draft, the written one, or None.

    `day_starts_at` is in seconds after midnight.
    """

    day_starts_at: int
    review: Review | None
    week: Week
    felt: tuple[Felt, ...]
    comparison: Comparison
    checking: tuple[Checking, ...]
    five_weeks: tuple[OneOfFive, ...]
    #: Every pattern with what the user said of it, and as of each of the five weeks by its name; both empty, and
    #: `worth` None, where only the figures were looked at.
    patterns: tuple[Flag, ...]
    looks: Mapping[str, tuple[Look, ...]]
    worth: WorthReport | None
    habits: tuple[Kept, ...]
    #: The commitments for this week and how they went.
    results: tuple[Result, ...]
    #: Those made for the coming week, and what there is to choose from.
    planned: tuple[Commitment, ...]
    suggestions: tuple[Suggestion, ...]
    outreach: Outreach

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What stands, neither dismissed nor expected: the furthest past its threshold first, MOST_FLAGS at first."""
        return tuple(sorted((flag for flag in self.patterns if flag.stands), key=lambda flag: -flag.finding.margin))


def begin(journal: Journal, settings: Settings, week: str, *, zone: str, now: int) -> Review:
    """The draft of a week's review, begun now or left half-way.

    Raises TrackerError for a week that is still to come, or whose review is written.
    """
    refuse_ahead(settings, week, zone=zone, now=now)
    return reviews.begin(journal, week, zone, now=now)


def last_week(settings: Settings, *, zone: str, now: int) -> str:
    """The last week that is over: the one to review unless another is named."""
    return next_week(week_of(day_of(now, zone, settings.day_starts_at), first_weekday(settings)), -1)


def onward(journal: Journal, week: str, step: str, *, now: int) -> str:
    """Mark the step of the draft as reviewed and go to the next (the last stays); returns where it stands now."""
    with journal.action(_("reviewed a step of {week}").format(week=week), now):
        reviews.mark(journal, week, step, now=now)
        _seen(journal, week, step, now)
    return _moved(journal, week, step, 1)


def past(journal: Journal, week: str, step: str, *, now: int) -> str:
    """Go to the next step without marking this one. Past the first, figures are shown and estimates come too late."""
    _seen(journal, week, step, now)
    return _moved(journal, week, step, 1)


def _seen(journal: Journal, week: str, step: str, now: int) -> None:
    if step == REVIEW_STEPS[0]:
        reviews.reveal(journal, week, now=now)


def back(journal: Journal, week: str, step: str) -> str:
    """Go to the step before (the first stays); returns where the draft stands now."""
    return _moved(journal, week, step, -1)


def _moved(journal: Journal, week: str, step: str, by: int) -> str:
    place = min(max(REVIEW_STEPS.index(step) + by, 0), len(REVIEW_STEPS) - 1)
    found = reviews.draft(journal, week)
    if found:
        reviews.go_to(journal, found, REVIEW_STEPS[place])
    return REVIEW_STEPS[place]


def to_estimate(journal: Journal, settings: Settings, week: str, *, zone: str, now: int) -> tuple[Channel, ...]:
    """The social channels used in the week, in the user's order: their time would say too much already."""
    dates = week_dates(week, first_weekday(settings))
    with journal.snapshot():
        used = {part.channel for part in gather(journal, settings, dates[0], dates[-1], zone=zone, now=now).slices}
        return tuple(one for one in channels.channels(journal) if one.kind == "social" and one.name in used)


def material(journal: Journal, settings: Settings, week: str, *, zone: str, now: int) -> Material:
    """Everything the steps show of a week, as it stands at `now`."""
    with journal.snapshot():
        whole = around(journal, settings, week, zone=zone, now=now)
        review = reviews.draft(journal, week) or reviews.latest(journal, week)
        habits = habit_review.habits(journal, settings, zone=zone, now=now, last=whole.dates[-1])
        found = from_around(journal, settings, whole, review, habits, zone=zone, now=now)
        return found._replace(looks=five_weeks(journal, settings, week, zone=zone, now=now))


def from_around(
    journal: Journal,
    settings: Settings,
    whole: Around,
    review: Review | None,
    habits: tuple[Kept, ...],
    *,
    zone: str,
    now: int,
    deep: bool = True,
) -> Material:
    """The same from what was gathered already, without the five weeks of each pattern; `deep`: with patterns and worth.

    `habits` are those with their days up to the last of the week.
    """
    today = day_of(now, zone, settings.day_starts_at)
    found = assemble(journal, settings, whole, zone=zone, now=now, patterns=deep)
    people = outreach(journal, settings, zone=zone, now=now)
    patterns = flags.marked(journal, found.patterns, today)
    table = worth_around(journal, settings, whole, zone=zone, now=now) if deep else None
    return Material(
        day_starts_at=settings.day_starts_at,
        review=review,
        week=found,
        felt=_felt(estimates.of_week(journal, whole.week), found, whole),
        comparison=compare(journal, settings, whole, today),
        checking=checking(whole, settings),
        five_weeks=last_five(whole, settings),
        patterns=patterns,
        looks={},
        worth=table,
        habits=habits,
        results=results(journal, settings, whole.week, zone=zone, now=now),
        planned=tuple(commitment_table.of_week(journal, next_week(whole.week))),
        suggestions=suggest(
            *(settings, found, people),
            flagged=[flag.finding for flag in patterns if flag.stands],
            verdicts=[(row.channel, row.effective_verdict) for row in table.rows if row.kind == "social"]
            if table
            else (),
        ),
        outreach=people,
    )


def write(journal: Journal, settings: Settings, week: str, *, zone: str, now: int, unfinished: bool = False) -> Review:
    """Write the review under way: its figures as they are now and its page, once and for good.

    Raises TrackerError if none is under way, and for a week that goes on unless it is meant to be written `unfinished`.
    """
    from tracker.reports.review_figures import review_figures
    from tracker.reports.review_page import review_markdown

    with journal.transaction():
        if not reviews.draft(journal, week):
            raise TrackerError(_("no review of {week} is under way").format(week=week))
        if not unfinished:
            refuse_unfinished(settings, week, zone=zone, now=now)
        found = review_figures(material(journal, settings, week, zone=zone, now=now), zone=zone, now=now)
        return reviews.write(journal, week, as_json(found), review_markdown(found), now=now)


def _felt(said: Iterable[Estimate], week: Week, whole: Around) -> tuple[Felt, ...]:
    logged = {total.channel: total.seconds for total in week.channels}

    def seconds(channel: str | None) -> int | None:
        if not week.logged_days:
            return None
        return logged.get(channel, 0) if channel else week.seconds

    return tuple(
        Felt(
            one.channel,
            whole.gathered.channels[one.channel].title if one.channel else "",
            one.seconds,
            seconds(one.channel),
        )
        for one in said
    )
