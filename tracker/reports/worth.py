"""Is it worth it? The report on every social channel, and real contact beside them, over some weeks.

This reads the file and adds up what each channel took and brought; `analytics.channel_worth` judges the sums.
`verdict_history` has the user's own verdicts, each with what came of it.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import compress

from tracker.analytics import channel_worth
from tracker.analytics.channel_worth import REAL_CONTACT, WorthReport, WorthRow
from tracker.analytics.day_slices import LEAST_DAYS, DaySlice, DaySlices, LoadedDays, days_begun
from tracker.analytics.exact_statistics import median
from tracker.analytics.intervals import covered
from tracker.calendar.days import WallClock, dates, day_of, next_date
from tracker.domain.models import WORK_PURPOSES, Channel, Outcome, Verdict, over_plan
from tracker.domain.record import Record
from tracker.formatting.numbers import round_to_int
from tracker.locale import N_
from tracker.reports.detector_inputs import known_until
from tracker.reports.load_days import load_days, read_slices, span_of_days
from tracker.storage import Database, channels, outcomes, reviews, session_table
from tracker.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tracker.analytics.channel_worth import OutcomeTotals, UnitEconomics
    from tracker.analytics.intervals import Interval

    #: session id → (whether an intention was given, planned seconds).
    Plans = Mapping[int, tuple[bool, int | None]]

#: How many weeks the report covers by default.
WEEKS = 13

#: The channels whose sessions say how long a call of the user is.
CALLS = ("call", "video")

#: The title of the row of all in-person channels, to be translated where it is shown.
REAL_CONTACT_TITLE = N_("Real contact")


def worth_report(workspace: Workspace, *, weeks: int = WEEKS, last: str | None = None) -> WorthReport:
    """The report over `weeks` weeks up to the day `last`; without it, up to the end of this week."""
    last = last or workspace.week_dates(workspace.this_week())[-1]
    with workspace.database.snapshot():
        judged = channels.names_of(workspace.database, "social", "in_person")
        loaded = load_days(workspace, next_date(last, 1 - 7 * weeks), last, only=judged)
        return worth_report_of(workspace, loaded, last, weeks=weeks)


def worth_report_of(workspace: Workspace, loaded: LoadedDays, last: str, *, weeks: int = WEEKS) -> WorthReport:
    """The report from days that are already loaded.

    `loaded` must reach back `weeks` weeks from `last`, with the social channels and those in person.
    """
    first, week = next_date(last, 1 - 7 * weeks), workspace.week_of(last)
    known, as_of = known_until(workspace, last)
    economics = channel_worth.unit_economics(workspace.settings, known, as_of)
    span = _SpanTotals(workspace, loaded, first, last, economics, known, as_of)
    social = [span.row(channel) for channel in loaded.channels.values() if channel.kind == "social"]
    rows = sorted((row for row in social if row.is_used), key=lambda row: (-row.seconds, row.channel))
    contact = span.real_contact()
    if rows or contact.is_used:
        rows.append(contact)
    given = reviews.verdicts_of_week(workspace.database, week)
    before = reviews.verdicts_before(workspace.database, week)
    return WorthReport(
        first=first,
        last=last,
        week=week,
        weeks=weeks,
        days=days_begun(dates(first, last), loaded.logged, workspace.today()),
        logged_days=sum(first <= date <= last for date in loaded.logged),
        economics=economics,
        rows=tuple(
            channel_worth.judged(
                row,
                rows,
                has_focus_hours=bool(workspace.settings.focus_hours),
                your_verdict=given.get(row.stored_channel),
                last_verdict=before.get(row.stored_channel),
            )
            for row in rows
        ),
        unattributed=span.brought((None,)),
        unjudged=tuple(map(span.row, span.unjudged)),
        first_touch_unknown=span.touched.count(None),
        usual_call_seconds=span.usual_call_seconds(),
    )


class _SpanTotals:
    """What was recorded from the day `first` to the day `last`, added up for each channel."""

    def __init__(
        self,
        workspace: Workspace,
        loaded: LoadedDays,
        first: str,
        last: str,
        economics: UnitEconomics,
        known: Sequence[Outcome],
        as_of: int,
    ) -> None:
        """`known` are all outcomes until `as_of` (UTC seconds), which tell who is a lead."""
        self._settings = settings = workspace.settings
        self._economics = economics
        leads = channel_worth.new_leads(known)
        self._lead_ids = {lead.id for lead in leads}
        self._open_ids = {lead.id for lead in channel_worth.open_leads(leads, known, as_of)}
        #: The outcomes of the span, and where the person of each lead among them was first met (None: not known).
        self.outcomes = [outcome for date, outcome in loaded.outcomes if first <= date <= last]
        self.touched = [
            _first_touch(workspace.database, loaded, outcome)
            for outcome in self.outcomes
            if outcome.id in self._lead_ids
        ]
        credited = {*self.touched, *(outcome.channel for outcome in self.outcomes)}
        #: The channels that are neither social nor in person and brought something.
        self.unjudged = [
            channel
            for channel in loaded.channels.values()
            if channel.kind not in ("social", "in_person") and channel.name in credited
        ]
        since, until = span_of_days(workspace, first, last)
        self._spends = [
            spent
            for spent in outcomes.spends_in_span(workspace.database, since, until)
            if first <= day_of(spent.at, spent.zone, settings.day_starts_at) <= last
        ]
        # Sums of columns: a heavy user's thirteen weeks have twenty-five thousand slices, too many for objects.
        others = read_slices(workspace, first, last, only=[channel.name for channel in self.unjudged])
        social = loaded.slices.of_channels(loaded.names_of("social")).between(first, last)
        self._seconds = social.seconds_by_channel() | others.seconds_by_channel()
        self._checks = social.checks_by_channel(settings.check_seconds)
        self._in_person = [name for name, channel in loaded.channels.items() if channel.kind == "in_person"]
        self._talks = loaded.slices.of_channels(self._in_person).between(first, last)
        self._begun = social.begun_by_channel() | self._talks.begun_by_channel() | others.begun_by_channel()
        has_focus_hours = bool(settings.focus_hours)
        self._plans: Plans = session_table.meant(workspace.database, since, until, planned=not has_focus_hours)
        #: Measured sessions of which nobody said what they were for: no activity, no intention, no plan.
        self._untold: set[int] = set()
        #: By channel, the slices that may be unintended: with focus hours all of them, else those that had a plan.
        self._perhaps_unintended: dict[str, list[DaySlice]] = {}
        for parts in (social, self._talks, others):
            may_be_unintended: Iterable[DaySlice] = ()
            if has_focus_hours:
                self._untold |= _untold(workspace.database, parts, self._plans)
                self._plans = {**self._plans, **_named_later(workspace.database, parts, self._plans)}
                may_be_unintended = parts
            elif self._plans:
                may_be_unintended = parts.of_sessions(self._plans)
            for part in may_be_unintended:
                self._perhaps_unintended.setdefault(part.channel, []).append(part)

    def brought(self, names: Collection[str | None]) -> OutcomeTotals:
        """The outcomes of these channels; of None, those of no known channel."""
        chosen = (outcome for outcome in self.outcomes if outcome.channel in names)
        return channel_worth.outcome_totals(
            chosen, leads=self._lead_ids, open_leads=self._open_ids, currency=self._settings.currency
        )

    def row(self, channel: Channel) -> WorthRow:
        """What one channel took and brought, not judged yet."""
        seconds = self._seconds.get(channel.name, 0)
        checks = self._checks[channel.name] if channel.kind == "social" else 0
        return self._row(channel.name, channel.title, channel.kind, (channel.name,), seconds, checks)

    def real_contact(self) -> WorthRow:
        """What all in-person channels took and brought together."""
        return self._row(REAL_CONTACT, REAL_CONTACT_TITLE, "in_person", self._in_person, self._talks.seconds(), 0)

    def usual_call_seconds(self) -> int | None:
        """The median length of a call or video call; None without one."""
        calls = [seconds for seconds in self._talks.of_channels(CALLS).lengths() if seconds]
        return round_to_int(median(calls)) if calls else None

    def _row(self, channel: str, title: str, kind: str, names: Sequence[str], seconds: int, checks: int) -> WorthRow:
        parts = [part for name in names for part in self._perhaps_unintended.get(name, ())]
        focus_hours, told_seconds = self._settings.focus_hours if kind != "in_person" else (), seconds
        if self._untold and kind != "in_person":
            told = [part for part in parts if part.id not in self._untold]
            if len(told) < len(parts):
                parts, told_seconds = told, covered((part.start, part.end) for part in told)
        return WorthRow(
            channel=channel,
            title=title,
            kind=kind,
            channels=tuple(names),
            seconds=seconds,
            sessions=sum(self._begun[name] for name in names) - checks,
            checks=checks,
            told_seconds=told_seconds,
            unintended_seconds=covered(_unintended(parts, self._plans, focus_hours)),
            spends=tuple(spent for spent in self._spends if spent.channel in names),
            outcomes=self.brought(names),
            first_touch=self.touched.count(channel),
            economics=self._economics,
        )


def _first_touch(database: Database, loaded: LoadedDays, lead: Outcome) -> str | None:
    """The channel, or REAL_CONTACT, on which the person of a lead was first met; None if nobody knows."""
    from tracker.storage import people

    person = people.find(database, lead.person) if lead.person else None
    channel = loaded.channels.get(person.met) if person and person.met else None
    if channel and channel.kind != "in_person":
        return channel.name
    return REAL_CONTACT if channel or (person and person.met_ring) else None


def _named_later(database: Database, slices: DaySlices, plans: Plans) -> dict[int, tuple[bool, int | None]]:
    """The measured sessions of which the user said that they were work: nobody could give an intention before them."""
    work = {activity.name for activity in channels.activities(database) if activity.purpose in WORK_PURPOSES}
    worked = _sessions_of(slices, work)
    return {id: (True, plans.get(id, (True, None))[1]) for id in session_table.measured(database, worked)}


def _untold(database: Database, slices: DaySlices, plans: Plans) -> set[int]:
    """The measured sessions without an activity, an intention and a plan: what they were for is not known."""
    return session_table.measured(database, _sessions_of(slices, {None}) - plans.keys())


def _sessions_of(slices: DaySlices, activities: Collection[str | None]) -> set[int]:
    """The ids of the sessions that have one of these activities."""
    days_begun = set(compress(slices.sessions.id, map(activities.__contains__, slices.sessions.activity)))
    return days_begun | {part.id for _place, part in slices.later if part.activity in activities}


def _unintended(parts: Sequence[DaySlice], plans: Plans, focus_hours: tuple[Interval, ...]) -> Iterator[Interval]:
    """The intervals inside focus hours without an intention, or past the plan of their session; they may overlap.

    `focus_hours` are in seconds after midnight, by the wall clock of each session. There are none for talks, which need
    no intention: the person it was with says what it was for. Measured time has one where its activity is work.
    """
    # At most one session runs, and its last part reaches until now.
    now = max((part.end for part in parts if part.lasted is None), default=0)
    # Unpacked by place: with focus hours, these are all slices of the weeks.
    for date, since, until, _channel, _activity, zone, id, opened, lasted, *_rest in parts:
        intended, planned = plans.get(id, (False, None))
        over = over_plan(now - opened if lasted is None else lasted, planned)
        if planned is not None and over and opened + planned < until:
            yield max(since, opened + planned), until
        if focus_hours and not intended:
            for start, end in _focus_intervals(focus_hours, zone, date):
                if start < until and since < end:
                    yield max(start, since), min(end, until)


@lru_cache(maxsize=4096)
def _focus_intervals(focus_hours: tuple[Interval, ...], zone: str, date: str) -> tuple[Interval, ...]:
    """The focus hours of a date and of the next one, into which the day of the log reaches, as instants."""
    return tuple(
        (WallClock.of(zone, start).bounds(day)[0], WallClock.of(zone, end).bounds(day)[0])
        for day in (date, next_date(date))
        for start, end in focus_hours
    )


# --- The user's verdicts

#: How many weeks up to the week of a verdict say what the hours were before it.
WEEKS_BEFORE = 4


class LoggedTime(Record):
    """The seconds a channel took in some days, `days` of which were logged."""

    seconds: int
    days: int

    @property
    def weekly_seconds(self) -> int | None:
        """Seconds in seven logged days: a day that was not logged is unknown, not zero. None without logged days."""
        return round_to_int(7 * self.seconds / self.days) if self.days else None

    @property
    def is_enough(self) -> bool:
        """Whether enough days were logged to speak of a week."""
        return self.days >= LEAST_DAYS


class VerdictFollowUp(Record):
    """A verdict, and what came of it from the day after its week (`since`) to the end of the next verdict's week.

    After the last verdict, `until` is today. `before` is the time in the WEEKS_BEFORE weeks up to the verdict, `after`
    the time since. Leads (by first appearance; None before any result was recorded) and income (in hundredths of the
    currency of the settings) are those attributed to the channel since; `other_income` is in other currencies.
    """

    verdict: Verdict
    since: str
    until: str
    before: LoggedTime
    after: LoggedTime
    leads: int | None
    income: int
    other_income: tuple[tuple[str, int], ...]


def verdict_history(
    workspace: Workspace, channel: str | None, *, most: int | None = None
) -> tuple[VerdictFollowUp, ...]:
    """The verdicts on a channel, or on real contact (None), by week; with `most`, only the last ones."""
    with workspace.database.snapshot():
        verdicts_given = reviews.verdicts_on(workspace.database, channel)
        verdicts_given = verdicts_given[-most:] if most else verdicts_given
        if not verdicts_given:
            return ()
        today = workspace.today()
        ends = [min(workspace.week_dates(verdict.week)[-1], today) for verdict in verdicts_given]
        loaded = load_days(workspace, next_date(ends[0], 1 - 7 * WEEKS_BEFORE), today)
        known, _as_of = known_until(workspace, today)
        lead_ids = {lead.id for lead in channel_worth.new_leads(known)}
        names = {channel} if channel else channels.names_of(workspace.database, "in_person")

    def logged_time(first: str, last: str) -> LoggedTime:
        seconds = loaded.slices.of_channels(names).between(first, last).seconds()
        return LoggedTime(seconds, sum(date in loaded.logged for date in dates(first, last)))

    history = []
    for verdict, end, until in zip(verdicts_given, ends, [*ends[1:], today], strict=True):
        since = next_date(end)
        outcomes = [outcome for date, outcome in loaded.outcomes if since <= date <= until and outcome.channel in names]
        income, other_income = channel_worth.add_up_income(outcomes, workspace.settings.currency)
        history.append(
            VerdictFollowUp(
                verdict=verdict,
                since=since,
                until=until,
                before=logged_time(next_date(end, 1 - 7 * WEEKS_BEFORE), end),
                after=logged_time(since, until),
                leads=sum(outcome.id in lead_ids for outcome in outcomes) if known else None,
                income=income,
                other_income=other_income,
            )
        )
    return tuple(history)
