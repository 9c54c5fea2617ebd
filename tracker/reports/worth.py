"""Is it worth it? Every social channel, and real contact beside them, over some weeks.

Computed once, for the screens, the command line and the written review alike. The arithmetic is in `worth_sums`, what
can be said of it in `worth_words`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.coverage import begun
from tracker.analytics.statistics.middle import median
from tracker.calendar.days import Wall, dates, day_of, next_date
from tracker.calendar.weeks import week_dates, week_of
from tracker.formatting.numbers import round_to_int
from tracker.reports.business import business
from tracker.reports.detector_inputs import known_until
from tracker.reports.load_days import first_weekday, load_days, span_of_days
from tracker.reports.worth_rows import elsewhere, row, span, sums
from tracker.reports.worth_sums import compared
from tracker.reports.worth_values import REAL_CONTACT, Comparison, WorthTable
from tracker.storage import people, sessions, spend, verdicts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.day_slices import LoadedDays
    from tracker.domain.models import Spend
    from tracker.reports.worth_rows import Span
    from tracker.reports.worth_values import Row
    from tracker.settings import Settings
    from tracker.storage import Journal

#: How many weeks are looked at unless said otherwise.
WEEKS = 13

#: The channels whose sessions say how long a call of the user's is.
CALLS = ("call", "video")


def worth(
    journal: Journal, settings: Settings, *, zone: str, now: int, weeks: int = WEEKS, last: str | None = None
) -> WorthTable:
    """The table over so many weeks up to the day `last`; without it, this week is the last of them."""
    if last is None:
        begins_on = first_weekday(settings)
        last = week_dates(week_of(day_of(now, zone, settings.day_starts_at), begins_on), begins_on)[-1]
    with journal.snapshot():
        gathered = load_days(journal, settings, next_date(last, 1 - 7 * weeks), last, zone=zone, now=now)
        return worth_of(journal, settings, gathered, last, zone=zone, now=now, weeks=weeks)


def worth_of(
    journal: Journal, settings: Settings, gathered: LoadedDays, last: str, *, zone: str, now: int, weeks: int = WEEKS
) -> WorthTable:
    """The same from what was gathered already, which must reach back that far."""
    first, today = next_date(last, 1 - 7 * weeks), day_of(now, zone, settings.day_starts_at)
    lo, hi = span_of_days(journal, first, last, zone, settings.day_starts_at)
    known, as_of = known_until(journal, settings, last, zone=zone, now=now)
    money = business(settings, known, as_of)
    within = span(
        *(settings, money, gathered, known, _spent(journal, settings, lo, hi, first, last)),
        sessions.meant(journal, lo, hi),
        first=first,
        last=last,
        as_of=as_of,
    )
    week = week_of(last, first_weekday(settings))
    touched = _first_touches(journal, within)
    rows = _rows(journal, within, week, touched)
    return WorthTable(
        first=first,
        last=last,
        week=week,
        weeks=weeks,
        days=begun(dates(first, last), gathered.logged, today),
        logged_days=sum(first <= date <= last for date in gathered.logged),
        business=money,
        rows=rows,
        unknown=within.brought(one for one in within.outcomes if one.channel is None),
        elsewhere=elsewhere(within, touched),
        first_unknown=touched.count(None),
        comparisons=_comparisons(rows),
        usual_call_seconds=_usual_call(within),
    )


def _rows(journal: Journal, within: Span, week: str, touched: Sequence[str | None]) -> tuple[Row, ...]:
    found = sums(within, touched)
    given, before = verdicts.given(journal, week), verdicts.before(journal, week)
    return tuple(
        row(
            *(within, one, found),
            first_touch=touched.count(one.channel),
            yours=given.get(_stored(one.channel)),
            before=before.get(_stored(one.channel)),
        )
        for one in found
    )


def _stored(channel: str) -> str | None:
    """How a row is named in the file: real contact is no channel."""
    return None if channel == REAL_CONTACT else channel


def _spent(journal: Journal, settings: Settings, lo: int, hi: int, first: str, last: str) -> list[Spend]:
    """What was spent on the days from `first` to `last`, by the clock where it was."""
    starts_at = settings.day_starts_at
    found = spend.in_span(journal, lo, hi)
    return [one for one in found if first <= Wall.of(one.zone, starts_at).day(one.at) <= last]


def _first_touches(journal: Journal, within: Span) -> list[str | None]:
    """The row, or other channel, each lead's person was first met in; None where nobody knows."""
    touched: list[str | None] = []
    for lead in (one for one in within.outcomes if one.id in within.new):
        person = people.find(journal, lead.person) if lead.person else None
        channel = within.channels.get(person.met) if person and person.met else None
        if channel and channel.kind != "in_person":
            touched.append(channel.name)
        else:
            touched.append(REAL_CONTACT if channel or (person and person.met_ring) else None)
    return touched


def _comparisons(rows: Sequence[Row]) -> tuple[Comparison, ...]:
    """Every two rows with time enough for a rate, in their order."""
    timed = [one for one in rows if one.rate]
    return tuple(
        Comparison(one.channel, other.channel, compared(one.seconds, one.leads, other.seconds, other.leads))
        for place, one in enumerate(timed)
        for other in timed[place + 1 :]
    )


def _usual_call(within: Span) -> int | None:
    """The median length of the calls and video calls that began and ended in the span; None without any."""
    lengths = [
        part.counted
        for name in CALLS
        for part in within.parts.get(name, ())
        if within.channels[name].kind == "in_person" and part.begins and part.counted
    ]
    return round_to_int(median(lengths)) if lengths else None
