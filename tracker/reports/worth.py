"""Is it worth it? The report on every social channel, and real contact beside them, over some weeks.

This reads the file and adds up what each channel took and brought; `tracker.analytics.worth` judges the sums.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING

from tracker.analytics.coverage import begun
from tracker.analytics.intervals import covered
from tracker.analytics.statistics.descriptive import median
from tracker.analytics.worth.rows import REAL_CONTACT, ChannelTotals, WorthReport, outcome_totals, worth_row
from tracker.analytics.worth.unit_economics import new_leads, open_leads, unit_economics
from tracker.calendar.days import WallClock, dates, next_date
from tracker.domain.models import over_plan
from tracker.formatting.numbers import round_to_int
from tracker.locale import N_
from tracker.reports.detector_inputs import WORK, known_until
from tracker.reports.load_days import load_days, span_of_days
from tracker.storage import channels, people, session_table, spend, verdicts
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tracker.analytics.day_slices import DaySlice, DaySlices, LoadedDays
    from tracker.analytics.intervals import Interval
    from tracker.analytics.worth.rows import OutcomeTotals
    from tracker.domain.models import Channel, Outcome
    from tracker.storage import Database

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
        gathered = load_days(workspace, next_date(last, 1 - 7 * weeks), last)
        return worth_report_of(workspace, gathered, last, weeks=weeks)


def worth_report_of(workspace: Workspace, gathered: LoadedDays, last: str, *, weeks: int = WEEKS) -> WorthReport:
    """The report from days that are already loaded; `gathered` must reach back `weeks` weeks from `last`."""
    starts_at = workspace.settings.day_starts_at
    first = next_date(last, 1 - 7 * weeks)
    since, until = span_of_days(workspace, first, last)
    known, as_of = known_until(workspace, last)
    economics = unit_economics(workspace.settings, known, as_of)
    leads = new_leads(known)
    lead_ids, open_ids = ({lead.id for lead in some} for some in (leads, open_leads(leads, known, as_of)))
    outcomes = [outcome for date, outcome in gathered.outcomes if first <= date <= last]
    touched = [_first_touch(workspace.database, gathered, outcome) for outcome in outcomes if outcome.id in lead_ids]
    spends = [
        spent
        for spent in spend.in_span(workspace.database, since, until)
        if first <= WallClock.of(spent.zone, starts_at).day(spent.at) <= last
    ]
    known_channels = gathered.channels.values()
    in_person = [channel.name for channel in known_channels if channel.kind == "in_person"]
    # Sums of columns: a heavy user's thirteen weeks have twenty-five thousand slices, too many for objects.
    slices = gathered.slices.between(first, last)
    seconds, begun_sessions = slices.seconds_by_channel(), slices.begun_by_channel()
    talks = slices.of_channels(in_person)
    brief = slices.checks_by_channel(workspace.settings.check_seconds)

    def brought(names: Collection[str | None]) -> OutcomeTotals:
        chosen = (outcome for outcome in outcomes if outcome.channel in names)
        return outcome_totals(chosen, leads=lead_ids, open_leads=open_ids, currency=workspace.settings.currency)

    has_focus_hours = bool(workspace.settings.focus_hours)
    plans = session_table.meant(workspace.database, since, until, planned=not has_focus_hours)
    if has_focus_hours:
        plans = {**plans, **_named_later(workspace.database, slices, plans)}
    unmeant: dict[str, list[DaySlice]] = {}  # what may be: within focus hours all of it, else what had a plan
    for part in slices if has_focus_hours else slices.of_sessions(plans):
        unmeant.setdefault(part.channel, []).append(part)

    def channel_totals(channel: str, title: str, kind: str, names: Sequence[str]) -> ChannelTotals:
        checks = brief[channel] if kind == "social" else 0
        focus_hours = workspace.settings.focus_hours if kind != "in_person" else ()
        parts = [part for name in names for part in unmeant.get(name, ())]
        return ChannelTotals(
            channel=channel,
            title=title,
            kind=kind,
            channels=tuple(names),
            seconds=talks.seconds() if channel == REAL_CONTACT else seconds.get(channel, 0),
            sessions=sum(begun_sessions[name] for name in names) - checks,
            checks=checks,
            unintended_seconds=covered(_unintended(parts, plans, focus_hours)),
            spends=tuple(spent for spent in spends if spent.channel in names),
            outcomes=brought(names),
            first_touch=touched.count(channel),
        )

    def totals_of(channel: Channel) -> ChannelTotals:
        return channel_totals(channel.name, channel.title, channel.kind, (channel.name,))

    rows = [totals_of(channel) for channel in known_channels if channel.kind == "social"]
    rows = sorted((row for row in rows if row.is_used), key=lambda row: (-row.seconds, row.channel))
    contact = channel_totals(REAL_CONTACT, REAL_CONTACT_TITLE, "in_person", in_person)
    if rows or contact.is_used:
        rows.append(contact)
    with_outcomes = {*touched, *(outcome.channel for outcome in outcomes)}
    unjudged = [
        channel
        for channel in known_channels
        if channel.kind not in ("social", "in_person") and channel.name in with_outcomes
    ]
    week = workspace.week_of(last)
    given, before = verdicts.given(workspace.database, week), verdicts.before(workspace.database, week)
    judged = tuple(
        worth_row(
            row,
            rows,
            economics,
            has_focus_hours=has_focus_hours,
            your_verdict=given.get(row.stored_channel),
            last_verdict=before.get(row.stored_channel),
        )
        for row in rows
    )
    calls = [seconds for seconds in talks.of_channels(CALLS).lengths() if seconds]
    return WorthReport(
        first=first,
        last=last,
        week=week,
        weeks=weeks,
        days=begun(dates(first, last), gathered.logged, workspace.today()),
        logged_days=sum(first <= date <= last for date in gathered.logged),
        economics=economics,
        rows=judged,
        unattributed=brought((None,)),
        unjudged=tuple(map(totals_of, unjudged)),
        first_touch_unknown=touched.count(None),
        usual_call_seconds=round_to_int(median(calls)) if calls else None,
    )


def _first_touch(database: Database, gathered: LoadedDays, lead: Outcome) -> str | None:
    """The channel, or REAL_CONTACT, on which the person of a lead was first met; None if nobody knows."""
    person = people.find(database, lead.person) if lead.person else None
    channel = gathered.channels.get(person.met) if person and person.met else None
    if channel and channel.kind != "in_person":
        return channel.name
    return REAL_CONTACT if channel or (person and person.met_ring) else None


def _named_later(database: Database, slices: DaySlices, plans: Plans) -> dict[int, tuple[bool, int | None]]:
    """The measured sessions of which the user said that they were work: nobody could give an intention before them."""
    work = {activity.name for activity in channels.activities(database) if activity.purpose in WORK}
    sessions = slices.sessions
    worked = {*compress(sessions.id, map(work.__contains__, sessions.activity))}
    worked.update(part.id for _place, part in slices.later if part.activity in work)
    return {id: (True, plans.get(id, (True, None))[1]) for id in session_table.measured(database, worked)}


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
