"""The longer look: so many weeks up to a given one, week by week, and every day of them.

One pass over the log gives all of it; the screens gather a year and cut thirteen weeks from it. A week without a logged
day has no figures (None): unknown is never zero, and a chart shows a gap there.
"""

from __future__ import annotations

from statistics import median

from tracker.calendar.days import dates as every_date
from tracker.calendar.days import day_of
from tracker.calendar.durations import say_duration
from tracker.calendar.weeks import next_week, week_dates
from tracker.journal import estimates, outcomes, sessions
from tracker.locale import _
from tracker.record import Record
from tracker.review import totals
from tracker.review.gather import gather, is_check, widest
from tracker.review.measure import kept_of
from tracker.review.shares import change_percent
from tracker.review.week import LEAST_DAYS, first_weekday

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.journal import Journal
    from tracker.model import Channel
    from tracker.review.gather import Gathered, Slice
    from tracker.settings import Settings

QUARTER, YEAR = 13, 52

#: Fewer whole weeks than this are not compared.
LEAST_WEEKS = 3

#: What counts as a lead. Income is what came of one.
LEADS = ("recommendation", "prospect", "client")


class WeekSum(Record):
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


class Longer(Record):
    """The weeks, the oldest first, and their days."""

    weeks: tuple[WeekSum, ...]
    #: Social channels with time in the span, the most first: name → title.
    channels: dict[str, str]
    #: Every day of the span that has begun: its social seconds, None where it was not logged.
    days: tuple[tuple[str, int | None], ...]

    @property
    def coverage(self) -> tuple[int, int]:
        """How many days were logged, and how many have begun."""
        return sum(one.logged for one in self.weeks), sum(one.elapsed for one in self.weeks)

    def usual(self, figure: Callable[[WeekSum], float | None]) -> float | None:
        """The median of a figure over the weeks that are whole; None before there is one."""
        found = [value for value in map(figure, filter(lambda one: one.whole, self.weeks)) if value is not None]
        return median(found) if found else None

    def shift(self) -> tuple[float, float] | None:
        """Median social seconds of the last quarter of its weeks, and of those before; of whole weeks alone.

        None where either is fewer than LEAST_WEEKS: a median of two is hardly one.
        """
        recent = max(len(self.weeks) // 4, LEAST_WEEKS + 1)
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
        return Longer(kept, _by_time(kept, self.channels), tuple(pair for pair in self.days if pair[0] >= first))


def say_shift(found: Longer) -> str | None:
    """`lately 9h 6m a week, 9h 40m before … −6 %`: medians; None where too few weeks are known to say so."""
    shift = found.shift()
    if shift is None:
        return None
    now, before = shift
    said = _("lately {now} a week, {before} before (medians of whole weeks)").format(
        now=say_duration(round(now)), before=say_duration(round(before))
    )
    change = change_percent(round(now), round(before))
    return said if change is None else f"{said} · {_signed(change)}"


def say_distortion(one: WeekSum) -> str:
    """`thought, −21 %`: how far off an estimate was; in percent only of more than an hour."""
    change = None if one.estimate is None else change_percent(one.estimate, one.seconds)
    return _("thought") if change is None else _("thought, {percent}").format(percent=_signed(change))


def _signed(percent: int) -> str:
    return f"{percent:+} %".replace("-", "−")


def longer(journal: Journal, settings: Settings, name: str, *, zone: str, now: int, weeks: int = YEAR) -> Longer:
    """The `weeks` weeks up to the week `name` (`2026-W48`), as they stand at `now`."""
    with journal.snapshot():
        return _longer(journal, settings, [next_week(name, n) for n in range(1 - weeks, 1)], zone, now)


def _longer(journal: Journal, settings: Settings, names: Sequence[str], zone: str, now: int) -> Longer:
    starts = first_weekday(settings)
    weeks = {name: tuple(week_dates(name, starts)) for name in names}
    first, last = weeks[names[0]][0], weeks[names[-1]][-1]
    today = day_of(now, zone, settings.day_starts_at)
    gathered = gather(journal, settings, first, last, zone=zone, now=now)
    plans = sessions.planned(journal, *widest(journal, first, last, zone, settings.day_starts_at))
    by_date = _by_date(gathered)
    leads = _leads(journal, gathered)
    thought = {one.week: one.seconds for one in estimates.totals(journal)}
    sums = tuple(
        _week(name, dates, by_date, gathered, settings, plans, leads, thought, today) for name, dates in weeks.items()
    )
    kind = {one.name: one.title for one in gathered.channels.values() if one.kind == "social"}
    days = tuple(
        (date, totals.seconds(_social(by_date[date], gathered.channels)) if date in gathered.logged else None)
        for date in every_date(first, last)
        if date <= today
    )
    return Longer(sums, _by_time(sums, kind), days)


def _week(
    name: str,
    dates: tuple[str, ...],
    by_date: dict[str, list[Slice]],
    gathered: Gathered,
    settings: Settings,
    plans: dict[int, int],
    leads: dict[str, int],
    thought: dict[str, int],
    today: str,
) -> WeekSum:
    logged = sum(date in gathered.logged for date in dates)
    here = [part for date in dates for part in by_date[date]]
    social = _social(here, gathered.channels)
    kept, planned = kept_of(social, plans)
    met = [part for part in here if gathered.channels[part.channel].kind == "in_person" and part.start == part.opened]
    return WeekSum(
        week=name,
        dates=dates,
        logged=logged,
        elapsed=sum(date <= today for date in dates),
        seconds=totals.seconds(social) if logged else None,
        channels=_channels(social),
        checks=sum(is_check(part, settings) for part in social) if logged else None,
        kept=kept,
        planned=planned,
        leads=sum(leads.get(date, 0) for date in dates) if logged else None,
        contacts=len(met) if logged else None,
        estimate=thought.get(name),
    )


def _by_date(gathered: Gathered) -> dict[str, list[Slice]]:
    days: dict[str, list[Slice]] = {date: [] for date in every_date(gathered.first, gathered.last)}
    for part in gathered.slices:
        days[part.date].append(part)
    return days


def _social(parts: Sequence[Slice], channels: dict[str, Channel]) -> list[Slice]:
    return [part for part in parts if channels[part.channel].kind == "social"]


def _channels(social: Sequence[Slice]) -> dict[str, int]:
    """Overlaps on one channel count once; two channels at once count for both."""
    names = dict.fromkeys(part.channel for part in social)
    found = {name: totals.seconds(part for part in social if part.channel == name) for name in names}
    return {name: seconds for name, seconds in found.items() if seconds}


def _leads(journal: Journal, gathered: Gathered) -> dict[str, int]:
    """date → new leads: who became a prospect and then a client is one, on the day of the first."""
    found: dict[str, int] = {}
    inside = {one.id: date for date, one in gathered.outcomes}
    known: set[str] = set()
    for one in outcomes.in_span(journal, 0, max((one.at for _date, one in gathered.outcomes), default=0) + 1):
        who = (one.person or "").casefold()
        if one.kind not in LEADS or who in known:
            continue
        known |= {who} if who else set()
        if one.id in inside:
            found[inside[one.id]] = found.get(inside[one.id], 0) + 1
    return found


def _by_time(weeks: Sequence[WeekSum], titles: dict[str, str]) -> dict[str, str]:
    spent = {name: sum(week.channels.get(name, 0) for week in weeks) for name in titles}
    return {name: titles[name] for name in sorted(titles, key=lambda name: (-spent[name], name)) if spent[name]}
