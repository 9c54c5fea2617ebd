"""The longer look: the weeks up to a given one, side by side, every day of them, and what came of the verdicts.

A week without a logged day has no figures (None): unknown is not zero, and a chart shows a gap there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from tracker.analytics.channel_worth import new_leads
from tracker.analytics.day_slices import LEAST_DAYS, DaySlices, LoadedDays, days_begun
from tracker.analytics.exact_statistics import median
from tracker.calendar.days import dates as every_date
from tracker.calendar.days import next_week
from tracker.domain.models import Commitment, over_plan
from tracker.formatting.numbers import format_signed_percent, percent_change
from tracker.formatting.text import labelled
from tracker.formatting.times import format_duration, format_week
from tracker.locale import _
from tracker.reports.commitments import results_of
from tracker.reports.comparison import say_more_than_estimated
from tracker.reports.detector_inputs import known_until
from tracker.reports.load_days import load_days, span_of_days
from tracker.reports.week import day_seconds, usual_seconds
from tracker.reports.worth import REAL_CONTACT_TITLE, VerdictFollowUp, verdict_history
from tracker.reports.worth_wording import say_verdict, say_what_followed
from tracker.storage import reviews, session_table
from tracker.workspace import Workspace

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
