"""The story of a channel's verdicts: what was decided, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics import totals
from tracker.analytics.coverage import LEAST_DAYS
from tracker.calendar.days import dates, day_of, next_date
from tracker.calendar.weeks import week_dates
from tracker.formatting.numbers import round_to_int
from tracker.reports.detector_inputs import known_until
from tracker.reports.leads import leads
from tracker.reports.load_days import first_weekday, load_days
from tracker.storage import channels as channel_table
from tracker.storage import verdicts

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.analytics.day_slices import LoadedDays
    from tracker.domain.models import Outcome, Verdict
    from tracker.settings import Settings
    from tracker.storage import Journal

#: How many weeks up to a verdict's own say what the hours were before it.
WEEKS_BEFORE = 4


class Taken(NamedTuple):
    """The seconds that a channel took in some days, `days` of which were logged."""

    seconds: int
    days: int

    @property
    def a_week(self) -> int | None:
        """Seconds in seven logged days: a day that was not logged is unknown, not zero. None where none was."""
        return round_to_int(7 * self.seconds / self.days) if self.days else None

    @property
    def is_enough(self) -> bool:
        """Whether that says what a week was like: of fewer days than LEAST_DAYS only the sum is told."""
        return self.days >= LEAST_DAYS


class Chapter(NamedTuple):
    """One verdict, and the time from the day after its week (`since`) to the end of the next verdict's week, or today.

    `before` and `after` are the time in the WEEKS_BEFORE weeks up to the verdict's, and since. Leads (by first
    appearance) and income, in hundredths of the currency of the settings, are those attributed to the channel since;
    `other_income` is what came in other currencies.
    """

    verdict: Verdict
    since: str
    until: str
    before: Taken
    after: Taken
    leads: int
    income: int
    other_income: tuple[tuple[str, int], ...]


def story(
    journal: Journal, settings: Settings, channel: str | None, *, zone: str, now: int, most: int | None = None
) -> tuple[Chapter, ...]:
    """The verdicts on a channel, or (None) on real contact, by week, each with what came of it; the last `most`."""
    with journal.snapshot():
        given = verdicts.on(journal, channel)
        told = given[-most:] if most else given
        if not told:
            return ()
        today = day_of(now, zone, settings.day_starts_at)
        ends = [min(week_dates(one.week, first_weekday(settings))[-1], today) for one in told]
        gathered = load_days(journal, settings, _before(ends[0]), today, zone=zone, now=now)
        known, _as_of = known_until(journal, settings, today, zone=zone, now=now)
        new = {one.id for one in leads(known)}
        names = _names(journal, channel)
        return tuple(
            _chapter(one, end, until, gathered, names, new, settings.currency)
            for one, end, until in zip(told, ends, [*ends[1:], today], strict=True)
        )


def _names(journal: Journal, channel: str | None) -> tuple[str, ...]:
    if channel is not None:
        return (channel,)
    return tuple(one.name for one in channel_table.channels(journal) if one.kind == "in_person")


def _before(end: str) -> str:
    """The first day of the weeks before a verdict whose week ends on `end`."""
    return next_date(end, 1 - 7 * WEEKS_BEFORE)


def _chapter(
    verdict: Verdict,
    end: str,
    until: str,
    gathered: LoadedDays,
    names: Collection[str],
    new: Collection[int],
    currency: str,
) -> Chapter:
    since = next_date(end)
    came = [one for date, one in gathered.outcomes if since <= date <= until and one.channel in names]
    income = _income(came)
    return Chapter(
        verdict=verdict,
        since=since,
        until=until,
        before=_taken(gathered, names, _before(end), end),
        after=_taken(gathered, names, since, until),
        leads=sum(one.id in new for one in came),
        income=income.pop(currency, 0),
        other_income=tuple(sorted(income.items())),
    )


def _taken(gathered: LoadedDays, names: Collection[str], first: str, last: str) -> Taken:
    logged = sum(date in gathered.logged for date in dates(first, last)) if first <= last else 0
    parts = [part for part in gathered.slices if part.channel in names and first <= part.date <= last]
    return Taken(totals.seconds(parts), logged)


def _income(outcomes: list[Outcome]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in outcomes:
        if one.income is not None and one.currency:
            found[one.currency] = found.get(one.currency, 0) + one.income
    return found
