"""One week, as the Week screen and `tracker week` show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.registry import within
from tracker.analytics.statistics.middle import median
from tracker.calendar.days import Wall, day_of, next_date
from tracker.calendar.weeks import week_dates
from tracker.domain.models import PURPOSES, RINGS
from tracker.domain.text import same_name
from tracker.formatting.numbers import round_to_int
from tracker.reports import totals
from tracker.reports.coverage import LEAST_DAYS, begun
from tracker.reports.findings import findings_of
from tracker.reports.gather import gather, is_check
from tracker.reports.values import DaySum, Week
from tracker.reports.weekdays import first_weekday as first_weekday  # the week's own, for those who ask for one
from tracker.storage import channels as channel_table
from tracker.storage import sessions
from tracker.storage.earliest import earliest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.worth.rows import WorthReport
    from tracker.domain.models import Session
    from tracker.reports.gather import Gathered
    from tracker.reports.slices import Slice
    from tracker.settings import Settings
    from tracker.storage import Journal

#: How many logged weeks make the usual one.
USUAL_WEEKS = 8

#: How far back they are looked for, in weeks: a year's holidays apart, older habits are no longer "usual". First as
#: far as "is it worth it?" and the patterns look, so that everything is read once.
_LOOK_BACK = (13, 26)


class Before(NamedTuple):
    """One of the weeks that make the usual one: its dates, social seconds, and how many of its days were logged."""

    dates: tuple[str, ...]
    seconds: int
    days: int


class Around(NamedTuple):
    """A week's dates, what was recorded in it and before it, and the logged weeks before it, the latest first."""

    week: str
    dates: tuple[str, ...]
    gathered: Gathered
    usual: tuple[Before, ...]


def week(journal: Journal, settings: Settings, name: str, *, zone: str, now: int, with_worth: bool = False) -> Week:
    """The week `name` (`2026-W48`) as it stands at `now`; `with_worth`: and what each channel is worth by its end."""
    with journal.snapshot():
        whole = around(journal, settings, name, zone=zone, now=now)
        found = assemble(journal, settings, whole, zone=zone, now=now)
        return found._replace(worth=worth_around(journal, settings, whole, zone=zone, now=now)) if with_worth else found


def around(journal: Journal, settings: Settings, name: str, *, zone: str, now: int) -> Around:
    """What is recorded of the week `name` and of the weeks it is compared with: gathered once for all that is said."""
    dates = tuple(week_dates(name, first_weekday(settings)))
    gathered, usual = _with_usual(journal, settings, dates, zone=zone, now=now)
    return Around(name, dates, gathered, tuple(usual))


def around_each(journal: Journal, settings: Settings, names: Sequence[str], *, zone: str, now: int) -> list[Around]:
    """The same for several weeks of one time, gathered once, and looked back from as far as weeks mostly are."""
    spans = [tuple(week_dates(name, first_weekday(settings))) for name in names]
    first, last = min(span[0] for span in spans), max(span[-1] for span in spans)
    weeks, _farther = _LOOK_BACK
    reach = next_date(first, -7 * weeks)
    whole = gather(journal, settings, reach, last, zone=zone, now=now)
    found = []
    for name, dates in zip(names, spans, strict=True):
        since = next_date(dates[0], -7 * weeks)
        part = whole._replace(
            first=since,
            last=dates[-1],
            slices=whole.slices.between(since, dates[-1]),
            urges=[pair for pair in whole.urges if since <= pair[0] <= dates[-1]],
            outcomes=[pair for pair in whole.outcomes if since <= pair[0] <= dates[-1]],
            logged={date for date in whole.logged if since <= date <= dates[-1]},
        )
        found.append(Around(name, dates, part, tuple(_usual(part, dates[0], weeks))))
    return found


def assemble(
    journal: Journal, settings: Settings, whole: Around, *, zone: str, now: int, patterns: bool = True
) -> Week:
    """The week from what was gathered around it; `patterns` says whether to look for them, which takes longest."""
    name, dates, gathered, usual = whole
    inside = set(dates)
    here = list(gathered.slices.between(dates[0], dates[-1]))
    social = [part for part in here if gathered.channels[part.channel].kind == "social"]
    activities = {activity.name: activity for activity in channel_table.activities(journal)}
    days = tuple(_day_sum(date, social, gathered, settings) for date in dates)
    today = day_of(now, zone, settings.day_starts_at)
    known = any(day.logged for day in days)
    talks = [part for part in here if part.begins and gathered.channels[part.channel].kind == "in_person"]
    met = [sessions.get(journal, part.id) for part in talks]
    return Week(
        week=name,
        dates=dates,
        elapsed=begun(dates, gathered.logged, today),
        seconds=sum(day.seconds or 0 for day in days) if known else None,
        checks=sum(day.checks or 0 for day in days) if known else None,
        usual_seconds=round_to_int(median(before.seconds for before in usual)) if usual else None,
        usual_weeks=len(usual),
        usual_days=sum(before.days for before in usual),
        logged_days=sum(day.logged for day in days),
        days=days,
        channels=totals.by_channel(here, gathered.channels, settings),
        activities=totals.by_activity(social, activities, settings),
        purposes=totals.by_purpose(social, activities, PURPOSES),
        hours=_hours(dates, social, gathered.logged, settings),
        patterns=within(
            findings_of(journal, settings, gathered, dates[-1], zone=zone, now=now) if patterns else (),
            dates,
            gathered.logged,
            today,
        ),
        contacts=_contacts(met, known=known),
        people=len({same_name(one.person) for one in met if one.person}) if known else None,
        outcomes=tuple(found for date, found in gathered.outcomes if date in inside),
        urges=sum(date in inside for date, _urge in gathered.urges) if known else None,
    )


def worth_around(journal: Journal, settings: Settings, whole: Around, *, zone: str, now: int) -> WorthReport:
    """What each channel is worth by the end of the week, from what was gathered around it."""
    from tracker.reports.worth import worth_report_of

    return worth_report_of(journal, settings, whole.gathered, whole.dates[-1], zone=zone, now=now)


def _with_usual(
    journal: Journal, settings: Settings, dates: tuple[str, ...], *, zone: str, now: int
) -> tuple[Gathered, list[Before]]:
    """What was recorded up to the week, far enough back for the usual ones, and those as `_usual` tells them."""
    for weeks in _LOOK_BACK:
        first = next_date(dates[0], -7 * weeks)
        gathered = gather(journal, settings, first, dates[-1], zone=zone, now=now)
        usual = _usual(gathered, dates[0], weeks)
        if len(usual) == USUAL_WEEKS or not _older(journal, first, zone, settings):
            break
    return gathered, usual


def _older(journal: Journal, date: str, zone: str, settings: Settings) -> bool:
    """Whether anything was logged before a date, by whatever clock: none is over a day from the reader's."""
    at, zero = earliest(journal)
    return (zero is not None and zero < date) or (
        at is not None and day_of(at, zone, settings.day_starts_at) < next_date(date, 2)
    )


def _usual(gathered: Gathered, before: str, weeks: int) -> list[Before]:
    """The last USUAL_WEEKS weeks that were logged well enough, the latest first."""
    social = {name for name, channel in gathered.channels.items() if channel.kind == "social"}
    by_date = gathered.slices.only(social, gathered.first, gathered.last).seconds_by_date()
    found = []
    for back in range(1, weeks + 1):
        dates = [next_date(before, offset - 7 * back) for offset in range(7)]
        days = sum(date in gathered.logged for date in dates)
        if days >= LEAST_DAYS:
            seconds = sum(by_date.get(date, 0) for date in dates)
            found.append(Before(tuple(dates), seconds, days))
        if len(found) == USUAL_WEEKS:
            break
    return found


def _day_sum(date: str, social: list[Slice], gathered: Gathered, settings: Settings) -> DaySum:
    here = [part for part in social if part.date == date]
    channels = totals.by_channel(here, gathered.channels, settings)
    logged = date in gathered.logged
    return DaySum(
        date=date,
        seconds=totals.seconds(here) if logged else None,
        checks=sum(is_check(part, settings) for part in here) if logged else None,
        logged=logged,
        channels=tuple((total.channel, total.seconds) for total in channels),
    )


def _hours(
    dates: tuple[str, ...], social: list[Slice], logged: set[str], settings: Settings
) -> tuple[tuple[int | None, ...], ...]:
    """Checks by day of the week and hour of the wall clock; 00:40 belongs to the evening before, as everywhere."""
    counts = {date: [0] * 24 for date in dates}
    for part in social:
        if is_check(part, settings):
            counts[part.date][Wall.of(part.zone).hour(part.opened)] += 1
    return tuple(tuple(counts[date]) if date in logged else (None,) * 24 for date in dates)


def _contacts(talks: list[Session], *, known: bool) -> tuple[tuple[str, int | None], ...]:
    """How many talks there were on each ring; those without one come last, as `unknown`, if there are any."""
    rings = [one.ring for one in talks]
    counts = [(ring, rings.count(ring) if known else None) for ring in RINGS]
    return tuple(counts) + ((("unknown", rings.count(None)),) if None in rings else ())
