"""What the eight steps of the weekly review show, and its figures, from one state of the file.

`tracker review --json` answers the figures, and the written page is built from them. The rules of
`formatting.serialize` hold; shares are whole percent, and only of what is an hour or more. Seconds and checks of a day
that was not logged are null, and so are the week's and those of its channels, activities and purposes where no day was
logged. A difference to the usual week is null where fewer than 4 days were logged. Texts (`changed`, `evidence`,
`title`, `said`) are in the `language` they were made in. `format` grows when the meaning of a key changes, not when a
key is added. The figures of a written review are kept, and never computed again.

The review also asks, once for each channel, what measured time was for: a phone or a browser does not know. What a
person timed or logged is never asked about.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from tracker.analytics.channel_worth import WorthReport
from tracker.analytics.day_slices import LEAST_DAYS, double_counted_seconds
from tracker.analytics.habit_days import DONE, MISSED, PART, UNKNOWN, week_progress
from tracker.analytics.habit_wording import say_progress
from tracker.analytics.patterns.registry import pattern
from tracker.calendar.days import next_week
from tracker.domain.models import MINUTE, REVIEW_STEPS, Channel, Commitment, Outcome, Review
from tracker.domain.text import as_json
from tracker.formatting.numbers import percent_change, round_to_int
from tracker.formatting.serialize import instant, rounded, row
from tracker.formatting.times import format_duration
from tracker.locale import N_, _, language
from tracker.reports.commitments import CommitmentResult, Suggestion, results, say_source, suggest
from tracker.reports.comparison import WeekChange, WeekComparison, compare, say_most
from tracker.reports.contacts import Outreach, outreach
from tracker.reports.habit_histories import HabitHistory, habits
from tracker.reports.json_rows import commitment_result_row, commitment_row
from tracker.reports.load_days import load_days
from tracker.reports.patterns import Flag, PatternLook, looks_of_five_weeks, marked_flags
from tracker.reports.week import (
    RecentWeek,
    Week,
    WeekRecords,
    load_week,
    patterns_of_week,
    recent_weeks,
    summarise_week,
    worth_of_week,
)
from tracker.reports.worth_columns import stored_rows
from tracker.reports.worth_wording import say_reason
from tracker.storage import Database, channels, reviews, session_table
from tracker.workspace import Workspace

Row = dict[str, Any]

#: So many flags are shown first, with their evidence; the others can be opened.
MOST_FLAGS = 3


_STEP_TITLES = (
    N_("How long do you think it was?"), N_("The week against your usual"), N_("When you check"), N_("The patterns"),
    N_("Is it worth it?"), N_("Commitments and habits"), N_("The coming week"), N_("The week in your own words"),
)  # fmt: skip
#: The title of each step, to be translated.
STEPS = dict(zip(REVIEW_STEPS, _STEP_TITLES, strict=True))


class ComparedEstimate(NamedTuple):
    """An estimate of the user's and what was logged, in seconds; `channel` None for all social channels together.

    `logged` is None where no day of the week was logged.
    """

    channel: str | None
    title: str
    estimated: int
    logged: int | None


def to_estimate(workspace: Workspace, week: str) -> tuple[Channel, ...]:
    """The social channels used in the week, in the user's order; an order by time would give the answer away."""
    dates = workspace.week_dates(week)
    with workspace.database.snapshot():
        used = load_days(workspace, dates[0], dates[-1]).slices.channels()
        social = (channel for channel in channels.channels(workspace.database) if channel.kind == "social")
        return tuple(channel for channel in social if channel.name in used)


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
        patterns = patterns_of_week(self.workspace, self.records) if self.deep else ()
        return self.summary._replace(patterns=patterns)

    @cached_property
    def summary(self) -> Week:
        """The week without its patterns, which take longest to find."""
        return summarise_week(self.workspace, self.records)

    @cached_property
    def estimates(self) -> tuple[ComparedEstimate, ...]:
        """How long the week was thought to be."""
        week, known = self.week, self.records.loaded.channels
        logged: dict[str | None, int | None] = {total.channel: total.seconds for total in week.channels}
        logged[None] = week.seconds
        compared = []
        for estimate in reviews.estimates_of_week(self.workspace.database, self.name):
            title = known[estimate.channel].title if estimate.channel else ""
            spent = logged.get(estimate.channel, 0) if week.logged_days else None
            compared.append(ComparedEstimate(estimate.channel, title, estimate.seconds, spent))
        return tuple(compared)

    @cached_property
    def comparison(self) -> WeekComparison:
        """The week against the usual one."""
        return compare(self.workspace, self.records, self.summary)

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
        verdicts = [(row.channel, row.effective_verdict, say_reason(row)) for row in rows if row.kind == "social"]
        return suggest(self.workspace.settings, self.week, self.outreach, flagged=flagged, verdicts=verdicts)


# --- The figures

FORMAT = 1


def review_figures(review_data: ReviewData) -> Row:
    """The whole review as it stands now, of one state of the file, by the clocks of the reader's zone."""
    with review_data.workspace.database.snapshot():
        return _figures(review_data, review_data.workspace)


def _figures(review_data: ReviewData, workspace: Workspace) -> Row:
    week, review, comparison = review_data.week, review_data.review, review_data.comparison
    reviewed = review.reviewed if review else ()
    titles = {change.name: change.title for change in comparison.channels if change.name}
    marked = [flag for flag in review_data.patterns if not flag.stands]
    return {
        "format": FORMAT,
        "week": week.week,
        "revision": review.revision if review else 1,
        "from": week.dates[0],
        "to": week.dates[-1],
        "made": instant(workspace.now(), workspace.zone),
        "begun": instant(review.begun, review.zone) if review else None,
        "language": language(),
        "over": comparison.over,
        "steps": {"reviewed": list(reviewed), "skipped": [step for step in REVIEW_STEPS if step not in reviewed]},
        "words": review.words if review else None,
        "coverage": {"logged": week.logged_days, "days": week.elapsed},
        "estimate": _estimate(review_data.estimates, known=week.logged_days >= LEAST_DAYS),
        **row(week, "seconds checks"),
        "twice_seconds": double_counted_seconds(week) if week.logged_days else None,
        **row(week, "usual_seconds usual_for_days=usual_for usual_weeks usual_logged_days=usual_days"),
        "difference_percent": comparison.total.percent,
        "changed": say_most(comparison),
        "days": _days(review_data),
        "channels": _channels(review_data),
        "activities": [_change(change, "activity") for change in comparison.activities],
        "purposes": [_change(change, "purpose") for change in comparison.purposes],
        "day_starts_at": workspace.settings.day_starts_at,
        "hours": [list(hours) for hours in week.hours],
        "weeks": [
            row(recent, "week known logged_days seconds checks") | {"channels": _seconds_by_channel(recent.channels)}
            for recent in review_data.five_weeks
        ],
        "patterns": [_pattern(flag, review_data) for flag in (*review_data.flags, *marked)],
        "worth": stored_rows(review_data.worth) if review_data.deep else [],
        "habits": [_habit(habit, week.dates) for habit in review_data.habits],
        "kept": [commitment_result_row(result, titles) for result in review_data.results],
        "commitments": [commitment_row(commitment, titles) for commitment in review_data.planned],
        "suggestions": [_suggestion(suggestion, titles) for suggestion in review_data.suggestions],
        "outreach": _outreach(review_data.outreach),
        "contacts": dict(week.contacts),
        "people": week.people,
        "outcomes": [_outcome(outcome, titles) for outcome in week.outcomes],
        "urges": week.urges,
    }


def _seconds_by_channel(seconds: Iterable[tuple[str, int]]) -> list[Row]:
    return [{"channel": channel, "seconds": of_channel} for channel, of_channel in seconds]


def _estimate(estimates: Iterable[ComparedEstimate], *, known: bool) -> Row | None:
    """How long the week was thought to be, beside what was logged; None without an estimate.

    The difference is None too where the week is not `known`: too few of its days were logged.
    """
    keys = ("seconds", "logged_seconds", "difference_seconds", "percent")
    total: Row = dict.fromkeys(keys)
    channels = []
    for estimate in estimates:
        difference = estimate.estimated - estimate.logged if known and estimate.logged is not None else None
        percent = percent_change(estimate.estimated, estimate.logged) if known else None
        row = dict(zip(keys, (estimate.estimated, estimate.logged, difference, percent), strict=True))
        if estimate.channel:
            channels.append({"channel": estimate.channel, "title": estimate.title} | row)
        else:
            total = row
    return total | {"channels": channels} if channels or total["seconds"] is not None else None


def _change(change: WeekChange, key: str) -> Row:
    seconds = {"seconds": change.seconds if change.logged else None}
    return row(change, f"{key}=name title") | seconds | row(change, "usual_seconds=usual difference_percent=percent")


def _days(review_data: ReviewData) -> list[Row]:
    days = zip(review_data.comparison.days, review_data.week.days, strict=True)
    return [
        row(day, "date logged")
        | {
            "begun": number < review_data.week.elapsed,
            "seconds": day.seconds,
            "usual_seconds": change.usual,
            "checks": day.checks,
            "first": instant(day.first, day.first_zone),
            "last": instant(day.last, day.last_zone),
            "channels": _seconds_by_channel(day.channels),
        }
        for number, (change, day) in enumerate(days)
    ]


def _channels(review_data: ReviewData) -> list[Row]:
    totals = {total.channel: total for total in review_data.week.channels}
    rows = []
    for change in review_data.comparison.channels:
        total, nothing = totals.get(change.name or ""), 0 if change.logged else None
        figures: Row = {"checks": nothing, "sessions": nothing, "budget_seconds": None}
        if total:
            figures = row(total, "checks sessions budget_seconds")
        rows.append(_change(change, "channel") | {"kind": change.kind} | figures)
    return rows


def _pattern(flag: Flag, review_data: ReviewData) -> Row:
    """A pattern, what the user said of it, and its state and figure as of each of the five weeks."""
    finding, about = flag.finding, pattern(flag.finding.name)
    return {
        "name": finding.name,
        "title": about.title,
        "state": finding.state,
        **row(flag, "dismissed_until expected"),
        **row(finding, "evidence from=first_date to=last_date"),
        "figures": dict(finding.figures),
        "sessions": list(finding.sessions),
        "weeks": [
            row(look, "week state figure")
            | {"said": None if look.figure is None else about.key_figure.say(look.figure)}
            for look in review_data.looks.get(finding.name, ())
        ],
    }


def _habit(habit: HabitHistory, dates: tuple[str, ...]) -> Row:
    marks = habit.within(dates)
    counted = week_progress(habit.habit, marks)
    return {
        "name": habit.habit.name,
        "done": sum(mark.state == DONE for mark in marks),
        "days": sum(mark.state in (DONE, PART, MISSED) for mark in marks),
        "achieved": rounded(counted.achieved, 2),
        "asked": rounded(counted.asked, 2),
        "said": say_progress(habit.habit, counted),
        "unknown": sum(mark.state == UNKNOWN for mark in marks),
        "strength_percent": None if habit.strength is None else round_to_int(100 * habit.strength),
        "marks": [row(mark, "date state") for mark in marks],
    }


def _suggestion(suggestion: Suggestion, titles: Mapping[str, str]) -> Row:
    origin = row(suggestion, "source about") | {"because": say_source(suggestion, titles)}
    return commitment_row(suggestion.commitment, titles) | {"id": None} | origin


def _outreach(outreach: Outreach) -> Row:
    return {
        **row(outreach, "ring=current next_ring=proposed to_go"),
        "rings": [
            {"ring": ring.ring, "talks": ring.talks, "waiting": [person._asdict() for person in ring.waiting]}
            for ring in outreach.rings
        ],
        "follow_ups": [person._asdict() for person in outreach.follow_ups],
    }


def _outcome(outcome: Outcome, titles: Mapping[str, str]) -> Row:
    title = {"title": titles.get(outcome.channel or "", outcome.channel)}
    return row(outcome, "kind at channel") | title | row(outcome, "amount currency person note")


# --- Measured time without an activity

#: Less time on a channel is not asked about, in seconds.
SHORTEST_ASKED = 30 * MINUTE
#: So many channels a week are asked about, those with most time.
MOST_ASKED = 3


class UnnamedTime(NamedTuple):
    """A social channel with its seconds of a week without an activity, and the ids of the sessions they are of."""

    channel: Channel
    seconds: int
    sessions: tuple[int, ...]


def unnamed_time(workspace: Workspace, week: str) -> tuple[UnnamedTime, ...]:
    """What is still to be asked of a week that is over, most time first; nothing of one that goes on.

    The sessions are those that began in the week. A channel that was answered is not asked about again.
    """
    dates = workspace.week_dates(week)
    if workspace.today() <= dates[-1]:
        return ()
    with workspace.database.snapshot():
        loaded = load_days(workspace, dates[0], dates[-1])
        social = loaded.slices.of_channels(loaded.names_of("social"))
        sessions = social.sessions
        measured = session_table.measured(workspace.database, sessions.id)
        known: dict[str, set[str]] = {}
        unnamed: dict[str, list[int]] = {}
        for id, channel, activity in zip(sessions.id, sessions.channel, sessions.activity, strict=True):
            if id in measured and activity is None:
                unnamed.setdefault(channel, []).append(id)
            elif id in measured and activity:
                known.setdefault(channel, set()).add(activity)
        answers = _answers(workspace.database, week)
    # An answer that was undone is none any more.
    answered = {channel for channel, activity in answers.items() if not activity or activity in known.get(channel, ())}
    seconds = {channel: social.of_sessions(set(ids)).seconds_by_channel()[channel] for channel, ids in unnamed.items()}
    waiting = [
        UnnamedTime(loaded.channels[channel], seconds[channel], tuple(ids))
        for channel, ids in unnamed.items()
        if channel not in answered and seconds[channel] >= SHORTEST_ASKED
    ]
    waiting.sort(key=lambda time: (-time.seconds, time.channel.name))
    return tuple(waiting[: max(MOST_ASKED - len(answered), 0)])


def say_unnamed(times: Sequence[UnnamedTime]) -> str:
    """`measured without an activity: LinkedIn 5h 52m, Reddit 1h`."""
    listed = (f"{time.channel.title} {format_duration(time.seconds)}" for time in times)
    return _("measured without an activity: {times}").format(times=", ".join(listed))


def say_how_to_name(week: str, times: Sequence[UnnamedTime]) -> str:
    """The command that answers what the time on the first of these channels was for."""
    message = _("`tracker review {week} --mostly {channel}=reply` says what you were mostly doing there, or `=mixed`")
    return message.format(week=week, channel=times[0].channel.name)


def remember_answer(database: Database, week: str, channel: str, activity: str | None) -> None:
    """Remember that a channel was asked about; without an activity the user does not know, or did several things."""
    answers = _answers(database, week) | {channel: activity or ""}
    database.set_state(_answers_name(week), as_json(answers))


def _answers(database: Database, week: str) -> dict[str, str]:
    """The activity that was answered by channel, empty where it is not known."""
    stored = database.state(_answers_name(week))
    return dict(json.loads(stored)) if stored else {}


def _answers_name(week: str) -> str:
    return f"measured time of {week}"
