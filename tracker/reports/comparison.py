"""Weeks compared: one with the usual week and with what its written review says of it, and many side by side.

The usual value of everything is of the same weeks and days as `Week.usual_seconds`, by the rule of `usual_seconds`. For
a weekday only those weeks count in which it was logged. In the longer look a week without a logged day has no figures
(None): unknown is not zero, and a chart shows a gap there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tracker.analytics import day_slices
from tracker.analytics.channel_worth import new_leads
from tracker.analytics.day_slices import LEAST_DAYS, DaySlices, LoadedDays, days_begun
from tracker.analytics.exact_statistics import median
from tracker.calendar.clock import format_time_of_day
from tracker.calendar.days import dates as every_date
from tracker.calendar.days import next_week
from tracker.domain.errors import TrackerError
from tracker.domain.models import HOUR, MINUTE, PURPOSES, Commitment, Review, over_plan
from tracker.formatting.numbers import format_signed_percent, percent_change, round_to_int
from tracker.formatting.text import labelled
from tracker.formatting.times import format_duration, format_near_date, format_week, whole_minutes
from tracker.locale import N_, _, plural
from tracker.reports.commitments import results_of
from tracker.reports.detector_inputs import known_until
from tracker.reports.load_days import load_days, span_of_days
from tracker.reports.week import Week, WeekRecords, compared_days, day_seconds, load_week, summarise_week, usual_seconds
from tracker.reports.worth import REAL_CONTACT_TITLE, VerdictFollowUp, verdict_history
from tracker.reports.worth_wording import say_verdict, say_what_followed
from tracker.storage import channels, reviews, session_table
from tracker.workspace import Workspace

#: Seconds by the name of a channel, an activity or a purpose.
SecondsByName = dict[str | None, int]

#: A change of less than half an hour, or of less than a tenth of the usual week, is not reported.
LEAST_CHANGE, LEAST_SHARE = HOUR // 2, 0.1

#: Seconds below which the difference to an estimate is not mentioned.
SMALL_DIFFERENCE = 5 * MINUTE

#: So many differences between a review and its week are listed; the others are counted.
_MOST_DIFFERENCES = 4


class WeekChange(NamedTuple):
    """Seconds of one thing in the week, and usually; `what` is `total`, `day`, `channel`, `activity` or `purpose`.

    `name` is a date, the name of a channel or activity, or a purpose (None: without one); `kind` a channel's.
    `usual` is None where there is no week, no such weekday, or no week with known activities, to compare with.
    `logged` is False for an unknown day, and for a week of which no day was logged; `compared` is False where its week
    was logged on too few days.
    """

    what: str
    name: str | None
    title: str
    seconds: int
    usual: int | None
    kind: str | None = None
    logged: bool = True
    compared: bool = True

    @property
    def difference(self) -> int:
        """Seconds more than usual; negative for less, 0 where nothing is usual or nothing can be compared."""
        return 0 if self.usual is None or not self.compared else self.seconds - self.usual

    @property
    def percent(self) -> int | None:
        """The difference in percent of the usual; None where the usual is under an hour, or nothing can be compared."""
        return percent_change(self.seconds, self.usual) if self.compared else None


class WeekComparison(NamedTuple):
    """A week against the usual one. Channels are of every kind, activities and purposes of social time alone."""

    total: WeekChange
    days: tuple[WeekChange, ...]
    channels: tuple[WeekChange, ...]
    activities: tuple[WeekChange, ...]
    purposes: tuple[WeekChange, ...]
    logged_days: int
    #: How many of its days have begun, today included.
    elapsed: int
    usual_weeks: int
    #: Whether every day of the week is past.
    over: bool
    #: How many days of this week the usual is of.
    usual_for: int = 7

    @property
    def most(self) -> WeekChange | None:
        """The largest change of a social channel, a purpose or an activity, in this order where they are equal.

        None where nothing changed much, or too little is known. Of a week that is not over only what is more than usual
        already counts: everything is less until it is over.
        """
        if self.total.usual is None or self.logged_days < LEAST_DAYS:
            return None
        least = max(LEAST_CHANGE, LEAST_SHARE * self.total.usual)
        social = [change for change in self.channels if change.kind == "social"]
        named = [
            change
            for change in (*self.purposes, *self.activities)
            if change.name is not None
            and (unsaid := self._unsaid_seconds(change)) < least <= abs(change.difference) - unsaid
        ]
        changes = [change for change in (*social, *named) if self.over or change.difference > 0]
        most = max(changes, key=lambda change: abs(change.difference), default=None)
        return None if most is None or abs(most.difference) < least else most

    def _unsaid_seconds(self, change: WeekChange) -> int:
        """The seconds without an activity on the side that has less of a purpose or an activity: they may be of it too.

        To say what the time of this week was for, and of no week before, changes what is known, not what was done.
        """
        untold = next((other for other in self.purposes if other.name is None), None)
        if untold is None:
            return 0
        return (untold.usual or 0) if change.difference > 0 else untold.seconds


def compare(workspace: Workspace, records: WeekRecords, week: Week) -> WeekComparison:
    """A week, of which these are the records, against the usual one."""
    loaded = records.loaded
    activities = channels.activities_by_name(workspace.database)
    titles: dict[str, dict[str, str]] = {
        "channel": {name: channel.title for name, channel in loaded.channels.items()},
        "activity": {name: activity.title for name, activity in activities.items()},
    }
    by_date, places = loaded.by_date(), compared_days(records)
    this_week = _seconds_by_name(week.channels, week.activities, week.purposes)

    def seconds_of_day(date: str) -> dict[str, SecondsByName] | None:
        if date not in loaded.logged:
            return None
        parts, settings = by_date.get(date, []), workspace.settings
        social = loaded.only_social(parts)
        return _seconds_by_name(
            day_slices.by_channel(parts, loaded.channels, settings),
            day_slices.by_activity(social, activities, settings),
            day_slices.by_purpose(social, activities, PURPOSES),
        )

    before = [tuple(map(seconds_of_day, usual.dates)) for usual in records.usual]
    is_logged, compared = week.logged_days > 0, week.logged_days >= LEAST_DAYS

    def changes(what: str) -> tuple[WeekChange, ...]:
        changed = []
        of_days = [tuple(None if day is None else day[what] for day in days) for days in before]
        for name, seconds, usual in _this_week_and_usual(this_week[what], of_days, places, whole=what == "purpose"):
            title = say_purpose(name) if what == "purpose" or name is None else titles[what].get(name, name)
            kind = loaded.channels[name].kind if what == "channel" and name else None
            changed.append(WeekChange(what, name, title, seconds, usual, kind, is_logged, compared))
        return tuple(changed if what == "purpose" else sorted(changed, key=_order))

    return WeekComparison(
        total=WeekChange("total", None, "", week.seconds or 0, week.usual_seconds, logged=is_logged, compared=compared),
        days=tuple(
            WeekChange("day", day.date, day.date, day.seconds or 0, usual, logged=day.logged, compared=compared)
            for day, usual in zip(week.days, _usual_days(records), strict=True)
        ),
        channels=changes("channel"),
        activities=changes("activity"),
        purposes=changes("purpose"),
        logged_days=week.logged_days,
        elapsed=week.elapsed,
        usual_weeks=week.usual_weeks,
        usual_for=week.usual_for,
        over=records.dates[-1] < workspace.today(),
    )


def _seconds_by_name(
    channels: Iterable[day_slices.ChannelTotal],
    activities: Iterable[day_slices.ActivityTotal],
    purposes: Iterable[day_slices.PurposeTotal],
) -> dict[str, SecondsByName]:
    return {
        "channel": {total.channel: total.seconds for total in channels},
        "activity": {total.activity: total.seconds for total in activities},
        "purpose": {total.purpose: total.seconds for total in purposes},
    }


def _usual_days(records: WeekRecords) -> list[int | None]:
    """The median seconds of each weekday over the usual weeks in which it was logged; None where it was in none."""
    usual = []
    for weekday in range(len(records.dates)):
        of_weekday = (week.seconds[weekday] for week in records.usual)
        logged = [seconds for seconds in of_weekday if seconds is not None]
        usual.append(round_to_int(median(logged)) if logged else None)
    return usual


def _this_week_and_usual(
    this_week: SecondsByName, before: Sequence[Sequence[SecondsByName | None]], places: Sequence[int], *, whole: bool
) -> Iterator[tuple[str | None, int, int | None]]:
    """(name, seconds this week, usual seconds) of what was there this week or usually is; with `whole` of every name.

    `before` are the seven days of each of the usual weeks, None for one that was not logged; what a logged day does not
    have is zero. Where most of the time of a week has no activity, its activities and purposes are not known: it is not
    compared in them, nor do they become usual by it.
    """
    telling = [week for week in before if _is_told(day for day in week if day)] if _is_told([this_week]) else []
    names = (name for week in telling for day in week if day for name in day)
    for name in dict.fromkeys((*this_week, *names)):
        of_name = [tuple(None if day is None else day.get(name, 0) for day in week) for week in telling]
        seconds, usual = this_week.get(name, 0), usual_seconds(of_name, places)
        if seconds or usual or (whole and name):
            yield name, seconds, usual


def _is_told(days: Iterable[SecondsByName]) -> bool:
    """Whether at least half of the time of these days has a name."""
    return sum(seconds if name else -seconds for day in days for name, seconds in day.items()) >= 0


def _order(change: WeekChange) -> tuple[bool, int, int, str]:
    return change.kind not in (None, "social"), -change.seconds, -(change.usual or 0), change.name or ""


def say_most(comparison: WeekComparison) -> str:
    """What changed most, in one sentence, computed from the minutes that are shown elsewhere."""
    if comparison.total.usual is None:
        return _("no usual week to compare with yet")
    if comparison.logged_days < LEAST_DAYS:
        return _("too few days logged to compare with a usual week")
    most = comparison.most
    message = _say_change(most) if most else _("about the same as usual")
    return message if comparison.over else _("so far: {said}").format(said=message)


def _say_change(most: WeekChange) -> str:
    assert most.usual is not None, "there are weeks to compare with"
    this_week, usual = whole_minutes(most.seconds), whole_minutes(most.usual)
    if not most.usual:
        message = _("{what}: {seconds}, usually nothing")
    elif not most.seconds:
        message = _("{what}: nothing, usually {usual}")
    elif this_week > usual:
        message = _("{what}: {change} more than usual, {seconds} instead of {usual}")
    else:
        message = _("{what}: {change} less than usual, {seconds} instead of {usual}")
    change, seconds, often = map(format_duration, (abs(this_week - usual), most.seconds, most.usual))
    return message.format(what=most.title, change=change, seconds=seconds, usual=often)


def say_purpose(purpose: str | None) -> str:
    """A purpose in the reader's words; time without an activity has none."""
    return _(purpose) if purpose else _("no activity")


class ReviewChange(NamedTuple):
    """One figure as the written review has it, and as the week has it now; None where it is not known.

    `what` is the figure's key in the review (`seconds`, `checks` …), or a channel's name where `title` is its title.
    """

    what: str
    then: Any
    now: Any
    title: str = ""


def changes(workspace: Workspace, review: Review | None, week: Week) -> tuple[ReviewChange, ...]:
    """How `week` as it is now differs from its written `review`; empty where it does not, or nothing is written.

    A later import, an edit, another first weekday or another start of the day changes a week; a written review stays.
    Compared are the dates, the start of the days, the logged days, social time, checks, resisted urges and results;
    where the social time is the same, also the time of each channel. A figure that another program spoilt is left out.
    """
    if review is None or review.written is None:
        return ()
    try:
        figures = reviews.figures(review)
    except TrackerError:
        return ()
    logged = bool(week.logged_days)
    now = {
        "from": week.dates[0],
        "day_starts_at": workspace.settings.day_starts_at,
        "logged": week.logged_days,
        "seconds": week.seconds if logged else None,
        "checks": week.checks if logged else None,
        "urges": week.urges,
        "outcomes": len(week.outcomes),
    }
    then = {**figures}
    if isinstance(coverage := figures.get("coverage"), dict):
        then["logged"] = coverage.get("logged")
    if isinstance(outcomes := figures.get("outcomes"), list):
        then["outcomes"] = len(outcomes)
    changed = tuple(
        ReviewChange(what, then[what], value)
        for what, value in now.items()
        if what in then and then[what] != value and isinstance(then[what], str if what == "from" else int | None)
    )
    if any(change.what == "seconds" for change in changed):
        return changed
    return changed + _by_channel(workspace, figures, week)


def changes_now(workspace: Workspace, review: Review | None) -> tuple[ReviewChange, ...]:
    """How the week of a review, as the file has it now, differs from what was written; empty for a draft or None."""
    if review is None or review.written is None:
        return ()
    with workspace.database.snapshot():
        week = summarise_week(workspace, load_week(workspace, review.week))
    return changes(workspace, review, week)


def _by_channel(workspace: Workspace, figures: Mapping[str, Any], week: Week) -> tuple[ReviewChange, ...]:
    """The channels whose time changed; none where a channel was renamed since: its figures cannot be matched."""
    now = {total.channel: total for total in week.channels}
    then = {row["channel"]: row for row in figures.get("channels", ()) if row.get("seconds")}
    if then.keys() - {channel.name for channel in channels.channels(workspace.database)}:
        return ()
    changed = []
    for name in {**then, **now}:
        before = then[name]["seconds"] if name in then else 0
        after = now[name].seconds if name in now else 0
        if before != after:
            changed.append(ReviewChange(name, before, after, now[name].title if name in now else then[name]["title"]))
    return tuple(changed)


def change_row(change: ReviewChange) -> dict[str, Any]:
    """A difference as `--json` has it; `channel` is null for a figure of the whole week."""
    what, channel = ("seconds", change.what) if change.title else (change.what, None)
    return {"what": what, "channel": channel, "then": change.then, "now": change.now}


def say_changes(changes: tuple[ReviewChange, ...]) -> str:
    """`social time: 8h 40m, now 9h 10m; checks: 12, now 15`; empty without a change."""
    parts = [_say_difference(change) for change in changes[:_MOST_DIFFERENCES]]
    if len(changes) > _MOST_DIFFERENCES:
        more = len(changes) - _MOST_DIFFERENCES
        parts.append(plural(more, "{n} more difference", "{n} more differences"))
    return _("; ").join(parts)


def _say_difference(change: ReviewChange) -> str:
    name = change.title or _(_FIGURE_NAMES[change.what])
    write = _FIGURE_WRITERS.get("seconds" if change.title else change.what, str)
    then, now = ("?" if value is None else write(value) for value in (change.then, change.now))
    if then == now:  # what is shown to the minute may differ by seconds
        more = format_duration(abs(change.now - change.then))
        message = _("{what}: {time} more now") if change.now > change.then else _("{what}: {time} less now")
        return message.format(what=name, time=more)
    return _("{what}: {then}, now {now}").format(what=name, then=then, now=now)


_FIGURE_NAMES = {
    "from": N_("first day"),
    "day_starts_at": N_("start of the day"),
    "logged": N_("days logged"),
    "seconds": N_("social time"),
    "checks": N_("checks"),
    "urges": N_("resisted urges"),
    "outcomes": N_("results"),
}

_FIGURE_WRITERS: dict[str, Callable[[Any], str]] = {
    "from": lambda date: format_near_date(date, None),
    "day_starts_at": format_time_of_day,
    "seconds": format_duration,
}


# --- The longer look

QUARTER, YEAR = 13, 52

#: Fewer whole weeks than this are not compared.
LEAST_WEEKS = 3


class WeekFigures(NamedTuple):
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
    #: New recommendations, prospects and clients, each person once, when first named; None where no result was ever
    #: recorded too.
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
        """Whether the week is over, and enough of it was logged to be compared with others."""
        return self.elapsed == len(self.dates) and self.logged >= LEAST_DAYS

    @property
    def checks_a_day(self) -> float | None:
        """The number of checks per logged day; None where nothing is known."""
        return None if self.checks is None else self.checks / self.logged

    @property
    def plan_kept(self) -> float | None:
        """The share of plans kept, 0 to 1; None in a week without any."""
        return self.kept / self.planned if self.planned else None

    @property
    def commitment_kept(self) -> float | None:
        """The share of commitments kept, 0 to 1; None in a week without any."""
        return self.commitments_kept / self.commitments if self.commitments else None


class VerdictResult(NamedTuple):
    """A verdict of the user's and what came of it, under the title of its channel."""

    title: str
    follow_up: VerdictFollowUp


class LongerReport(NamedTuple):
    """The weeks, the oldest first, and their days."""

    weeks: tuple[WeekFigures, ...]
    #: Social channels with time in the span, the most first: name → title.
    channels: dict[str, str]
    #: Every day of the span that has begun: its social seconds, None where it was not logged.
    days: tuple[tuple[str, int | None], ...]
    #: The verdicts given in the span, by channel, and by week.
    verdicts: tuple[VerdictResult, ...] = ()
    #: channel → its seconds by date, where it has any.
    by_channel: Mapping[str, Mapping[str, int]] = {}

    @property
    def coverage(self) -> tuple[int, int]:
        """How many days were logged, and how many have begun."""
        return sum(week.logged for week in self.weeks), sum(week.elapsed for week in self.weeks)

    def usual(self, figure: Callable[[WeekFigures], float | None]) -> float | None:
        """The median of a figure over the whole weeks; None before there is one."""
        values = [value for week in self.weeks if week.whole and (value := figure(week)) is not None]
        return median(values) if values else None

    def usual_seconds(self, channel: str | None = None) -> int | None:
        """The seconds of the median week, of all social channels or of one (`week.usual_seconds`); None before there is
        a whole week."""
        return self._median_week(self.weeks, channel)

    def _median_week(self, weeks: Iterable[WeekFigures], channel: str | None = None) -> int | None:
        known = {date: seconds for date, seconds in self.days if seconds is not None}
        by_date = known if channel is None else self.by_channel.get(channel, {})
        whole = [day_seconds(week.dates, by_date, known) for week in weeks if week.whole]
        return usual_seconds(whole, range(7))

    @property
    def recent(self) -> int:
        """How many weeks the last quarter has: at least LEAST_WEEKS + 1, as the last of them may not be over."""
        return max(len(self.weeks) // 4, LEAST_WEEKS + 1)

    def shift(self) -> tuple[int, int] | None:
        """The median week's social seconds, of the whole weeks of the last quarter and of those before it.

        None where either has fewer than LEAST_WEEKS weeks.
        """
        parts = self.weeks[-self.recent :], self.weeks[: -self.recent]
        if min(sum(week.whole for week in part) for part in parts) < LEAST_WEEKS:
            return None
        now, before = map(self._median_week, parts)
        return None if now is None or before is None else (now, before)

    def last(self, weeks: int) -> LongerReport:
        """The last weeks of it."""
        kept = self.weeks[-weeks:]
        first = kept[0].dates[0]
        days = tuple(pair for pair in self.days if pair[0] >= first)
        verdicts = tuple(result for result in self.verdicts if result.follow_up.verdict.week >= kept[0].week)
        used = by_time(kept, self.channels)
        by_channel = {
            name: {date: seconds for date, seconds in self.by_channel[name].items() if date >= first} for name in used
        }
        return LongerReport(kept, used, days, verdicts, by_channel)


def by_time(weeks: Sequence[WeekFigures], titles: dict[str, str]) -> dict[str, str]:
    """The channels (name → title) that have time in the weeks, the one with the most time first."""
    spent = {name: sum(week.channels.get(name, 0) for week in weeks) for name in titles}
    return {name: titles[name] for name in sorted(titles, key=lambda name: (-spent[name], name)) if spent[name]}


def longer_look(workspace: Workspace, name: str, *, weeks: int = YEAR) -> LongerReport:
    """The `weeks` weeks up to the week `name` (`2026-W48`), as they stand at `now`."""
    names = [next_week(name, back) for back in range(1 - weeks, 1)]
    dates_of = {week: tuple(workspace.week_dates(week)) for week in names}
    first, last = dates_of[names[0]][0], dates_of[names[-1]][-1]
    today = workspace.today()
    with workspace.database.snapshot():
        loaded = load_days(workspace, first, last)
        plans = session_table.planned(workspace.database, *span_of_days(workspace, first, last))
        known, _as_of = known_until(workspace, last)
        # Who became a prospect and then a client is one lead, on the day of the first.
        lead_ids = {lead.id for lead in new_leads(known)}
        leads_by_date = Counter(date for date, outcome in loaded.outcomes if outcome.id in lead_ids)
        estimates = reviews.estimated_seconds(workspace.database, None)
        commitments = _commitments(workspace, dates_of)
        social = loaded.names_of("social")

        def figures_of(week: str, dates: tuple[str, ...]) -> WeekFigures:
            logged = sum(date in loaded.logged for date in dates)
            slices = loaded.slices.between(dates[0], dates[-1])
            of_social = slices.of_channels(social)
            kept, planned = _plans_kept(of_social, plans)
            commitments_kept, decided = commitments.get(week, (0, 0))
            seconds = of_social.seconds_by_channel()
            checks = of_social.checks_by_channel(workspace.settings.check_seconds)
            talks = slices.of_channels(loaded.names_of("in_person")).begun_by_channel()
            return WeekFigures(
                week=week,
                dates=dates,
                logged=logged,
                elapsed=days_begun(dates, loaded.logged, today),
                seconds=of_social.seconds() if logged else None,
                channels={channel: spent for channel, spent in seconds.items() if spent},
                checks=checks.total() if logged else None,
                kept=kept,
                planned=planned,
                leads=sum(leads_by_date[date] for date in dates) if logged and known else None,
                contacts=talks.total() if logged else None,
                estimate=estimates.get(week),
                commitments_kept=commitments_kept,
                commitments=decided,
            )

        figures = [figures_of(week, dates) for week, dates in dates_of.items()]
        seconds = loaded.slices.of_channels(social).seconds_by_date()
        begun_days = (date for date in every_date(first, last) if date <= today)
        days = tuple((date, seconds.get(date, 0) if date in loaded.logged else None) for date in begun_days)
        used = by_time(figures, {channel: loaded.channels[channel].title for channel in social})
        by_channel = {name: loaded.slices.of_channels([name]).seconds_by_date() for name in used}
        return LongerReport(tuple(figures), used, days, _verdicts(workspace, loaded, names), by_channel)


def _plans_kept(slices: DaySlices, plans: dict[int, int]) -> tuple[int, int]:
    """Of the planned sessions that began here and have ended: how many ended in time, and how many there are."""
    begun_here = slices.sessions
    lengths = [
        (plans[id], end - start)
        for id, start, end in zip(begun_here.id, begun_here.start, begun_here.end, strict=True)
        if id in plans and end is not None and id not in slices.merged.heads
    ]
    return sum(not over_plan(lasted, planned) for planned, lasted in lengths), len(lengths)


def _commitments(workspace: Workspace, weeks: Collection[str]) -> dict[str, tuple[int, int]]:
    """week → how many of its commitments were kept, and how many are decided."""
    commitments_of: dict[str, list[Commitment]] = {}
    for commitment in reviews.every_commitment(workspace.database):
        commitments_of.setdefault(commitment.week, []).append(commitment)
    counts = {}
    for name in commitments_of.keys() & weeks:
        results = results_of(workspace, commitments_of[name], name)
        decided = [result.kept for result in results if result.kept is not None]
        counts[name] = (sum(decided), len(decided))
    return counts


def _verdicts(workspace: Workspace, loaded: LoadedDays, weeks: Collection[str]) -> tuple[VerdictResult, ...]:
    """The verdicts given in those weeks, channel by channel, then on real contact, each with what came of it."""
    results = []
    for name in (*loaded.channels, None):
        if any(verdict.week in weeks for verdict in reviews.verdicts_on(workspace.database, name)):
            title = loaded.channels[name].title if name else _(REAL_CONTACT_TITLE)
            follow_ups = verdict_history(workspace, name)
            results += [VerdictResult(title, follow_up) for follow_up in follow_ups if follow_up.verdict.week in weeks]
    return tuple(results)


def say_shift(report: LongerReport) -> str | None:
    """`last 4 weeks: 9h 6m a week, 9h 40m before … −6 %`: medians; None where too few weeks are known to say so."""
    shift = report.shift()
    if shift is None:
        return None
    now, before = shift
    sentence = _("last {n} weeks: {now} per week, {before} before (medians of whole weeks)")
    sentence = sentence.format(n=report.recent, now=format_duration(now), before=format_duration(before))
    change = percent_change(now, before)
    return sentence if change is None else f"{sentence} · {format_signed_percent(change)}"


def say_more_than_estimated(estimated: int, logged: int | None) -> str:
    """`2h 37m more`, `20m less`, `as guessed`: what was logged against the estimate, both in seconds; empty if unknown.

    It is computed of the whole minutes that are shown, so that the sum is right.
    """
    if logged is None:
        return ""
    more = whole_minutes(logged) - whole_minutes(estimated)
    if abs(more) < SMALL_DIFFERENCE:
        return _("as guessed")
    message = _("{time} more") if more > 0 else _("{time} less")
    return message.format(time=format_duration(abs(more)))


def say_logged_beside_estimate(week: WeekFigures) -> str:
    """`logged, 2h 37m more`: what was logged beside the estimate; `logged` alone where too few days were."""
    if week.estimate is None or week.logged < LEAST_DAYS:
        return _("logged")
    return _("logged, {difference}").format(difference=say_more_than_estimated(week.estimate, week.seconds))


def say_verdict_result(result: VerdictResult, currency: str) -> str:
    """`2026-W40: × stop (calculated: - cut down) · 2h 10m a week before · 40m a week since · 1 new lead since`."""
    follow_up, verdict = result.follow_up, result.follow_up.verdict
    head = labelled(format_week(verdict.week), say_verdict(verdict.verdict))
    if verdict.computed != verdict.verdict:
        head += _(" (calculated: {computed})").format(computed=say_verdict(verdict.computed))
    return " · ".join((head, *say_what_followed(follow_up, currency)))
