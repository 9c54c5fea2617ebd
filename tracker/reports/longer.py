"""The longer look: so many weeks up to a given one, week by week, and every day of them.

One pass over the log gives all of it but what is measured where it is shown first: the commitments, week by week as the
review does, and what came of verdicts. The screens gather a year and cut thirteen weeks from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.worth.unit_economics import new_leads
from tracker.calendar.days import dates as every_date
from tracker.calendar.days import day_of
from tracker.calendar.weeks import next_week, week_dates
from tracker.locale import _
from tracker.reports import totals
from tracker.reports.commitments import results_of
from tracker.reports.coverage import begun
from tracker.reports.gather import gather, is_check
from tracker.reports.longer_values import Longer, Story, WeekSum, by_time
from tracker.reports.measure import kept_of
from tracker.reports.reach import widest
from tracker.reports.verdict_history import verdict_history
from tracker.reports.week import first_weekday
from tracker.reports.worth import REAL_CONTACT_TITLE
from tracker.storage import commitments as table
from tracker.storage import estimates, outcomes, sessions, verdicts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tracker.domain.models import Channel, Commitment
    from tracker.reports.gather import Gathered
    from tracker.reports.slices import Slice
    from tracker.settings import Settings
    from tracker.storage import Journal

QUARTER, YEAR = 13, 52


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
    new = _new_leads(journal, gathered)
    thought = {one.week: one.seconds for one in estimates.totals(journal)}
    promised = _commitments(journal, settings, weeks, zone, now)
    sums = tuple(_week(name, dates, by_date, gathered, settings, plans, new, today) for name, dates in weeks.items())
    sums = tuple(
        one._replace(estimate=thought.get(one.week), commitments_kept=kept, commitments=decided)
        for one in sums
        for kept, decided in [promised.get(one.week, (0, 0))]
    )
    kind = {one.name: one.title for one in gathered.channels.values() if one.kind == "social"}
    days = tuple(
        (date, totals.seconds(_social(by_date[date], gathered.channels)) if date in gathered.logged else None)
        for date in every_date(first, last)
        if date <= today
    )
    return Longer(sums, by_time(sums, kind), days, _stories(journal, settings, gathered, weeks, zone, now))


def _week(
    name: str,
    dates: tuple[str, ...],
    by_date: dict[str, list[Slice]],
    gathered: Gathered,
    settings: Settings,
    plans: dict[int, int],
    new: dict[str, int],
    today: str,
) -> WeekSum:
    logged = sum(date in gathered.logged for date in dates)
    here = [part for date in dates for part in by_date[date]]
    social = _social(here, gathered.channels)
    kept, planned = kept_of(social, plans)
    met = [part for part in here if gathered.channels[part.channel].kind == "in_person" and part.begins]
    return WeekSum(
        week=name,
        dates=dates,
        logged=logged,
        elapsed=begun(dates, gathered.logged, today),
        seconds=totals.seconds(social) if logged else None,
        channels=_channels(social),
        checks=sum(is_check(part, settings) for part in social) if logged else None,
        kept=kept,
        planned=planned,
        leads=sum(new.get(date, 0) for date in dates) if logged else None,
        contacts=len(met) if logged else None,
    )


def _commitments(
    journal: Journal, settings: Settings, weeks: Iterable[str], zone: str, now: int
) -> dict[str, tuple[int, int]]:
    """week → how many of the commitments for it were kept, and how many are decided; those still open are left out."""
    made: dict[str, list[Commitment]] = {name: [] for name in weeks}
    for one in table.every(journal):
        if one.week in made:
            made[one.week].append(one)
    found = {}
    for name in filter(made.get, made):
        results = results_of(journal, settings, made[name], name, zone=zone, now=now)
        decided = [one.kept for one in results if one.kept is not None]
        found[name] = (sum(decided), len(decided))
    return found


def _stories(
    journal: Journal, settings: Settings, gathered: Gathered, weeks: Collection[str], zone: str, now: int
) -> tuple[Story, ...]:
    """The verdicts given in those weeks, channel by channel, then on real contact, each with what came of it."""
    found = []
    for name in (*gathered.channels, None):
        if any(one.week in weeks for one in verdicts.on(journal, name)):
            title = gathered.channels[name].title if name else _(REAL_CONTACT_TITLE)
            chapters = verdict_history(journal, settings, name, zone=zone, now=now)
            found += [Story(title, chapter) for chapter in chapters if chapter.verdict.week in weeks]
    return tuple(found)


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


def _new_leads(journal: Journal, gathered: Gathered) -> dict[str, int]:
    """date → leads: who became a prospect and then a client is one, on the day of the first."""
    last = max((one.at for _date, one in gathered.outcomes), default=0)
    new = {one.id for one in new_leads(outcomes.in_span(journal, 0, last + 1))}
    found: dict[str, int] = {}
    for date, one in gathered.outcomes:
        if one.id in new:
            found[date] = found.get(date, 0) + 1
    return found
