"""One week, as the Week screen and `tracker week` show it, its checking, the weeks around it, and the
sentences that open it.

`seconds` means social seconds. Unknown is not zero: what no logged day tells is None, and sums are those of the logged
days.
"""

from __future__ import annotations

from tracker.analytics import day_slices
from tracker.analytics.channel_worth import NOT_ENOUGH_DATA, WorthReport
from tracker.analytics.exact_statistics import median
from tracker.analytics.patterns.registry import within
from tracker.calendar.days import WallClock, next_date, next_week, weekday
from tracker.domain.models import PURPOSES, RINGS
from tracker.domain.record import Record
from tracker.domain.text import same_name
from tracker.formatting.numbers import divide_rounded, format_percent, round_to_int
from tracker.formatting.times import format_duration, format_growing_duration
from tracker.locale import N_, _
from tracker.reports.load_days import load_days
from tracker.reports.patterns import RECENT_WEEKS, findings
from tracker.reports.worth_wording import say_title
from tracker.storage import channels, reviews, session_table
from tracker.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tracker.analytics.day_slices import ActivityTotal, ChannelTotal, DaySlice, LoadedDays, PurposeTotal
    from tracker.analytics.patterns.pattern import Finding
    from tracker.domain.models import Kind, Outcome, Session
    from tracker.settings import Settings

#: The seconds of the seven days of a week, in their order; None for one that was not logged.
DaySeconds = tuple[int | None, ...]

#: How many logged weeks make the usual one.
USUAL_WEEKS = 8

#: How many weeks are searched for them: first as many as Worth and the patterns need, so that everything is read once;
#: then twice as many. What was done longer ago is no longer usual.
_LOOK_BACK = (13, 26)


class DaySum(Record):
    """One day of a week; seconds and checks are None where it was not logged.

    `first` is the first opening, `last` the end of the last social session (UTC seconds, each with the zone of its
    session); None without one.
    """

    date: str
    seconds: int | None
    checks: int | None
    logged: bool
    first: int | None
    first_zone: str | None
    last: int | None
    last_zone: str | None
    #: (channel, seconds), in the order of the week's channels.
    channels: tuple[tuple[str, int], ...]


class Week(Record):
    """Seven days as they stand at `now`; days after today are there, not logged."""

    week: str
    dates: tuple[str, ...]
    #: How many of the days have begun, today included: `logged_days` are counted out of these.
    elapsed: int
    seconds: int | None
    checks: int | None
    #: The social seconds that are usual on `usual_for` days of it; None before there is a week to tell.
    usual_seconds: int | None
    usual_weeks: int
    #: How many days of those weeks were logged.
    usual_days: int
    logged_days: int
    days: tuple[DaySum, ...]
    channels: tuple[ChannelTotal, ...]
    activities: tuple[ActivityTotal, ...]
    purposes: tuple[PurposeTotal, ...]
    #: 7×24 checks, first weekday first, by the hour of the wall clock; 24 times None for a day that was not logged.
    hours: tuple[tuple[int | None, ...], ...]
    #: (ring, number of talks).
    contacts: tuple[tuple[str, int | None], ...]
    #: How many people those talks were with: each name once; a talk without a name adds nobody.
    people: int | None
    outcomes: tuple[Outcome, ...]
    urges: int | None
    #: Empty where they were not asked for.
    patterns: tuple[Finding, ...] = ()
    #: What each channel is worth over the weeks up to this one; None where it was not asked for.
    worth: WorthReport | None = None
    #: How many of its days `usual_seconds` are of: those that were logged, all seven where these are too few.
    usual_for: int = 7

    @property
    def talks(self) -> int:
        """The talks on any ring, and on none."""
        return sum(count or 0 for _ring, count in self.contacts)

    @property
    def over(self) -> bool:
        """Whether all of its days have begun."""
        return self.elapsed == len(self.dates)

    def by_hour(self) -> list[int]:
        """The checks of all its logged days, by the 24 hours of the clock."""
        return [sum(row[hour] or 0 for row in self.hours) for hour in range(24)]


class UsualWeek(Record):
    """One of the weeks that make the usual one: its dates, the social seconds of each (None: not logged), and how many
    were logged."""

    dates: tuple[str, ...]
    seconds: DaySeconds
    days: int


class WeekRecords(Record):
    """A week, what was recorded in it and in the weeks before it, and the usual weeks, the latest first."""

    week: str
    dates: tuple[str, ...]
    loaded: LoadedDays
    usual: tuple[UsualWeek, ...]


class RecentWeek(Record):
    """One of the last five weeks. Seconds and checks are None where no day was logged."""

    week: str
    seconds: int | None
    checks: int | None
    logged_days: int
    #: (social channel, seconds)
    channels: tuple[tuple[str, int], ...]

    @property
    def known(self) -> bool:
        """Whether enough of it was logged to be compared with others."""
        return self.logged_days >= day_slices.LEAST_DAYS


def week(workspace: Workspace, name: str, *, with_worth: bool = False) -> Week:
    """The week `name` (`2026-W48`) as it stands at `now`; `with_worth` adds what each channel is worth by its end."""
    with workspace.database.snapshot():
        kinds: tuple[Kind, ...] = ("social", "in_person") if with_worth else ("social",)
        records = load_week(workspace, name, kinds)
        summary = summarise_week(workspace, records)._replace(patterns=patterns_of_week(workspace, records))
        return summary._replace(worth=worth_of_week(workspace, records)) if with_worth else summary


def load_week(workspace: Workspace, name: str, kinds: Collection[Kind] | None = None) -> WeekRecords:
    """What is recorded of the week `name` and of the weeks before it, read once for all reports on it.

    The weeks before have every channel, or those of these kinds: patterns need the social ones, Worth also those in
    person.
    """
    dates = tuple(workspace.week_dates(name))
    only = None if kinds is None else channels.names_of(workspace.database, *kinds)
    for weeks in _LOOK_BACK:
        first = next_date(dates[0], -7 * weeks)
        loaded = load_days(workspace, first, dates[-1], only=only, every_from=dates[0])
        usual = _usual_weeks(loaded, dates[0], weeks)
        if len(usual) == USUAL_WEEKS or not _has_older(workspace, first):
            break
    return WeekRecords(name, dates, loaded, usual)


def load_weeks(workspace: Workspace, names: Sequence[str]) -> list[WeekRecords]:
    """What `load_week` returns, of weeks near each other, read at once; each looks back `_LOOK_BACK[0]` weeks."""
    spans = [tuple(workspace.week_dates(name)) for name in names]
    weeks = _LOOK_BACK[0]
    first, last = next_date(min(span[0] for span in spans), -7 * weeks), max(span[-1] for span in spans)
    everything = load_days(workspace, first, last)
    records = []
    for name, dates in zip(names, spans, strict=True):
        loaded = everything.between(next_date(dates[0], -7 * weeks), dates[-1])
        records.append(WeekRecords(name, dates, loaded, _usual_weeks(loaded, dates[0], weeks)))
    return records


def summarise_week(workspace: Workspace, records: WeekRecords) -> Week:
    """The week from its records, without its patterns and what each channel is worth: they take longest."""
    name, dates, loaded, usual = records
    settings = workspace.settings
    slices = list(loaded.slices.between(dates[0], dates[-1]))
    social = loaded.only_social(slices)
    activities = channels.activities_by_name(workspace.database)
    days = tuple(_day_sum(date, [part for part in social if part.date == date], loaded, settings) for date in dates)
    known = any(day.logged for day in days)
    talks = [
        session_table.get(workspace.database, part.id)
        for part in slices
        if part.begins and loaded.channels[part.channel].kind == "in_person"
    ]
    compared = compared_days(records)
    return Week(
        week=name,
        dates=dates,
        elapsed=day_slices.days_begun(dates, loaded.logged, workspace.today()),
        seconds=sum(day.seconds or 0 for day in days) if known else None,
        checks=sum(day.checks or 0 for day in days) if known else None,
        usual_seconds=usual_seconds([before.seconds for before in usual], compared),
        usual_for=len(compared),
        usual_weeks=len(usual),
        usual_days=sum(before.days for before in usual),
        logged_days=sum(day.logged for day in days),
        days=days,
        channels=day_slices.by_channel(slices, loaded.channels, settings),
        activities=day_slices.by_activity(social, activities, settings),
        purposes=day_slices.by_purpose(social, activities, PURPOSES),
        hours=tuple(_checks_by_hour(date, social, loaded, settings) for date in dates),
        contacts=_talks_by_ring(talks, known=known),
        people=len({same_name(talk.person) for talk in talks if talk.person}) if known else None,
        outcomes=tuple(outcome for date, outcome in loaded.outcomes if date in dates),
        urges=sum(date in dates for date, _urge in loaded.urges) if known else None,
    )


def _day_sum(date: str, social: list[DaySlice], loaded: LoadedDays, settings: Settings) -> DaySum:
    """A day from its social slices."""
    logged = date in loaded.logged
    first = min((part for part in social if part.begins), key=lambda part: part.start, default=None)
    last = max(social, key=lambda part: part.end, default=None)
    return DaySum(
        date=date,
        seconds=day_slices.covered_seconds(social) if logged else None,
        checks=sum(day_slices.is_check(part, settings) for part in social) if logged else None,
        logged=logged,
        first=first.start if first else None,
        first_zone=first.zone if first else None,
        last=last.end if last else None,
        last_zone=last.zone if last else None,
        channels=tuple(
            (total.channel, total.seconds) for total in day_slices.by_channel(social, loaded.channels, settings)
        ),
    )


def _checks_by_hour(
    date: str, social: list[DaySlice], loaded: LoadedDays, settings: Settings
) -> tuple[int | None, ...]:
    """The checks of a date in each hour of the clock; None for each where the date was not logged."""
    if date not in loaded.logged:
        return (None,) * 24
    hours = [0] * 24
    for part in social:
        if part.date == date and day_slices.is_check(part, settings):
            hours[WallClock.of(part.zone).hour(part.opened)] += 1
    return tuple(hours)


def _talks_by_ring(talks: list[Session], *, known: bool) -> tuple[tuple[str, int | None], ...]:
    """The number of talks on each ring, None where no day is logged; those without a ring under `unknown`, if any."""
    rings = [talk.ring for talk in talks]
    counts: list[tuple[str, int | None]] = [(ring, rings.count(ring) if known else None) for ring in RINGS]
    return tuple([*counts, ("unknown", rings.count(None))] if None in rings else counts)


def patterns_of_week(workspace: Workspace, records: WeekRecords) -> tuple[Finding, ...]:
    """Every pattern as of the end of the week, or as of today in a week that is not over."""
    every = findings(workspace, last=records.dates[-1], loaded=records.loaded)
    return within(every, records.dates, records.loaded.logged, workspace.today())


def worth_of_week(workspace: Workspace, records: WeekRecords) -> WorthReport:
    """What each channel is worth by the end of the week."""
    from tracker.reports.worth import worth_report_of

    return worth_report_of(workspace, records.loaded, records.dates[-1])


def recent_weeks(records: WeekRecords, settings: Settings) -> tuple[RecentWeek, ...]:
    """The week and the RECENT_WEEKS - 1 before it, the earliest first."""
    weeks, all_social = [], records.loaded.slices.of_channels(records.loaded.names_of("social"))
    for back in range(RECENT_WEEKS - 1, -1, -1):
        dates = [next_date(date, -7 * back) for date in records.dates]
        social = all_social.between(dates[0], dates[-1])
        logged = sum(date in records.loaded.logged for date in dates)
        seconds = sum(social.seconds_by_date().values()) if logged else None
        checks = social.checks_by_channel(settings.check_seconds).total() if logged else None
        by_channel = sorted(social.seconds_by_channel().items(), key=lambda pair: (-pair[1], pair[0]))
        weeks.append(RecentWeek(next_week(records.week, -back), seconds, checks, logged, tuple(by_channel)))
    return tuple(weeks)


def _has_older(workspace: Workspace, date: str) -> bool:
    """Whether anything was logged before a date by any clock; no clock is more than a day from the reader's."""
    at, zero = session_table.earliest_record(workspace.database)
    return (zero is not None and zero < date) or (at is not None and workspace.day_of(at) < next_date(date, 2))


def _usual_weeks(loaded: LoadedDays, before: str, weeks: int) -> tuple[UsualWeek, ...]:
    """Of the `weeks` weeks before a date, the last USUAL_WEEKS with enough logged days, the latest first."""
    by_date = loaded.slices.of_channels(loaded.names_of("social")).seconds_by_date()
    usual_weeks: list[UsualWeek] = []
    for back in range(1, weeks + 1):
        dates = tuple(next_date(before, offset - 7 * back) for offset in range(7))
        days = sum(date in loaded.logged for date in dates)
        if days >= day_slices.LEAST_DAYS:
            usual_weeks.append(UsualWeek(dates, day_seconds(dates, by_date, loaded.logged), days))
        if len(usual_weeks) == USUAL_WEEKS:
            break
    return tuple(usual_weeks)


def day_seconds(dates: Sequence[str], by_date: Mapping[str, int], logged: Collection[str]) -> DaySeconds:
    """The seconds of each of these dates: 0 where nothing is said of a logged one, None where it was not logged."""
    return tuple(by_date.get(date, 0) if date in logged else None for date in dates)


def compared_days(records: WeekRecords) -> list[int]:
    """The places (0 to 6) of the days of the week that are compared with the usual: those that were logged.

    All seven where too few were, as nothing is compared then: the usual is that of a whole week.
    """
    logged = [place for place, date in enumerate(records.dates) if date in records.loaded.logged]
    return logged if len(logged) >= day_slices.LEAST_DAYS else list(range(len(records.dates)))


def usual_seconds(weeks: Sequence[DaySeconds], places: Sequence[int]) -> int | None:
    """The one rule of the usual: the median over some weeks of their seconds on these days (0 to 6); None without any.

    Unknown is not zero: a day that was not logged counts as the mean of that day in the other weeks, and where it was
    logged in none, as the mean of the logged days of its own week. Both are rounded to a second.
    """
    if not weeks:
        return None
    means = {place: _mean(week[place] for week in weeks) for place in places}
    sums = []
    for week in weeks:
        own = None if None not in week else _mean(week)
        days = (week[place] if week[place] is not None else means[place] for place in places)
        sums.append(sum((own or 0) if day is None else day for day in days))
    return round_to_int(median(sums))


def _mean(days: Iterable[int | None]) -> int | None:
    """The mean of the days that were logged, rounded to a second; None without one."""
    known = [seconds for seconds in days if seconds is not None]
    return divide_rounded(sum(known), len(known)) if known else None


# --- The sentences that open the week

#: A change of a smaller share than this is none.
LEAST_CHANGE = 0.01

#: A busiest hour with fewer checks says nothing of weekdays.
LEAST_CHECKS = 4
#: This share of the busiest hour's checks makes it an hour of weekdays, or of weekends.
MOSTLY = 0.8

#: Under each verdict the channels it is for, the best news first.
VERDICT_GROUPS = {
    "more": N_("More: {names}"),
    "keep": N_("Keep: {names}"),
    "cut": N_("Cut down: {names}"),
    "stop": N_("Stop: {names}"),
    NOT_ENOUGH_DATA: N_("Too early: {names}"),
}


class BusiestHour(Record):
    """The hour of the clock with the most checks, and on which days it is: "", "weekdays" or "weekends"."""

    hour: int
    days: str


def say_usual(seconds: int, days: int) -> str:
    """`9h 6m`, what is usual in a whole week; `7h 30m in those 6 days`, in as many of its days as were logged."""
    time = format_duration(seconds)
    return time if days == 7 else _("{time} in those {n} days").format(time=time, n=days)


def say_against_usual(week: Week, *, grows: bool = False) -> str:
    """`10h 4m of social time, 11% more than your usual 9h 6m.`; `grows` while a timer adds to it."""
    if week.seconds is None:
        return _("No day is logged: the time is unknown, not zero.")
    time = format_growing_duration(week.seconds, grows)
    if week.usual_seconds is None:
        return _("{time} of social time; no earlier week to compare with yet.").format(time=time)
    usual = say_usual(week.usual_seconds, week.usual_for)
    if not week.over and week.usual_for < len(week.dates):
        return _("{time} of social time so far; usually {usual}.").format(time=time, usual=usual)
    if not week.over:
        return _("{time} of social time so far; usually {usual} in a whole week.").format(time=time, usual=usual)
    if week.logged_days < day_slices.LEAST_DAYS:
        return _("{time} of social time; too few days logged to compare with your usual {usual}.").format(
            time=time, usual=usual
        )
    if week.seconds and not week.usual_seconds:
        return _("{time} of social time; usually {usual}.").format(time=time, usual=usual)
    change = week.seconds / week.usual_seconds - 1 if week.usual_seconds else 0.0
    if abs(change) < LEAST_CHANGE:
        return _("{time} of social time, as usual ({usual}).").format(time=time, usual=usual)
    message = (
        _("{time} of social time, {percent} more than your usual {usual}.")
        if change > 0
        else _("{time} of social time, {percent} less than your usual {usual}.")
    )
    return message.format(time=time, percent=format_percent(abs(change)), usual=usual)


def say_verdicts(report: WorthReport) -> list[str]:
    """`More: Real contact`, `Stop: Instagram, YouTube`, `Too early: LinkedIn`: every row under its verdict."""
    if not report.rows:
        return [_("No verdict yet: no time on a social channel or in person.")]
    if all(row.effective_verdict == NOT_ENOUGH_DATA for row in report.rows):
        return [_("Too early to tell what it was worth.")]
    groups = [
        (message, [say_title(row) for row in report.rows if row.effective_verdict == verdict])
        for verdict, message in VERDICT_GROUPS.items()
    ]
    return [_(message).format(names=", ".join(names)) for message, names in groups if names]


def busiest_hour(week: Week) -> BusiestHour | None:
    """The hour with the most checks of the logged days; None without a check."""
    by_hour = week.by_hour()
    if not any(by_hour):
        return None
    hour = by_hour.index(max(by_hour))
    #: Its checks on the logged days of Monday to Friday, and of the weekend.
    checks: dict[str, list[int]] = {"weekdays": [], "weekends": []}
    for date, row in zip(week.dates, week.hours, strict=True):
        if (count := row[hour]) is not None:
            checks["weekends" if weekday(date) > 4 else "weekdays"].append(count)
    days = ""
    if all(checks.values()) and by_hour[hour] >= LEAST_CHECKS:
        most = MOSTLY * by_hour[hour]
        days = next((days for days, counts in checks.items() if sum(counts) >= most), "")
    return BusiestHour(hour, days)


def say_busiest(week: Week, *, short: bool = False) -> str:
    """`mostly 9–10 on weekdays`, or in `short` the hour alone; empty where no day is logged."""
    busiest = busiest_hour(week)
    if busiest is None:
        return _("no checks") if week.logged_days else ""
    messages = {
        "": _("mostly {start}–{end}"),
        "weekdays": _("mostly {start}–{end} on weekdays"),
        "weekends": _("mostly {start}–{end} at weekends"),
    }
    return messages["" if short else busiest.days].format(start=busiest.hour, end=(busiest.hour + 1) % 24)


# --- Which weeks can be reviewed


def last_week(workspace: Workspace) -> str:
    """The last week that is over: the one to review unless another is named."""
    return next_week(workspace.this_week(), -1)


def unreviewed(workspace: Workspace) -> str | None:
    """The last week that is over, if it was logged and its review is not written. Earlier weeks are left alone."""
    week = last_week(workspace)
    return None if reviews.latest(workspace.database, week) or not is_logged(workspace, week) else week


def is_reviewable(workspace: Workspace, week: str) -> bool:
    """Whether there is anything to look back on in a week: a logged day, or a commitment made for it."""
    return is_logged(workspace, week) or bool(reviews.commitments_of_week(workspace.database, week))


def is_logged(workspace: Workspace, week: str) -> bool:
    """Whether any day of the week was logged."""
    dates = workspace.week_dates(week)
    return bool(load_days(workspace, dates[0], dates[-1]).logged)
