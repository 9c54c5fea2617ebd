"""What the detectors of the patterns are given, from loaded days and the tables beside the sessions.

Two loaded spans go in, the same one unless a longer span was asked for. `whole` is the span that is judged: its social
slices become openings, seconds, posts and plans. `recent` are the last RECENT days, for what is judged over these days
only: estimates, and what the time brought. Of both, the social channels are enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import compress

from tracker.analytics.day_slices import LEAST_DAYS, DaySlices, LoadedDays
from tracker.analytics.patterns.detector_input import (
    ANSWERS,
    RECENT,
    WINDOW_DAYS,
    DetectorInput,
    DeviceChanges,
    EndedPause,
    Notification,
    Planned,
    Post,
    Return,
    ReturnSummary,
    SourceSeconds,
    WeekEstimate,
    device_changes,
)
from tracker.analytics.patterns.openings import Openings, joined
from tracker.calendar.days import WallClock, day_bounds, day_of, next_date
from tracker.domain.errors import TrackerError
from tracker.domain.models import BY_HAND, WORK_PURPOSES, Outcome, SessionColumns, chosen_values
from tracker.domain.record import Record
from tracker.domain.text import quoted
from tracker.locale import _
from tracker.reports.load_days import Switches, load_days, load_switches, span_of_days
from tracker.storage import Database, channels, day_records, imported_facts, outcomes, reviews, session_table
from tracker.workspace import Workspace

#: How many logged days the nights that `night` compares take.
NIGHTS = 63

#: How many days back are read for the window of one pattern, step by step: a week may be missing before more is read.
LOOK_BACK_FOR_OPENINGS = (WINDOW_DAYS + 7, RECENT)

PUBLISH = "publish"


class PatternRequest(Record):
    """Whose patterns are asked for, in the reader's zone at `now` (UTC seconds), as of the day `last`.

    `social` are the channels whose openings count, `channel` the only one of them if one was asked for. `days` is the
    window's length in logged days; None takes every day of the span that was asked for.
    """

    workspace: Workspace
    now: int
    last: str
    social: Collection[str]
    channel: str | None = None
    days: int | None = WINDOW_DAYS


def since_when(last: str) -> str:
    """The first of the RECENT days up to `last`."""
    return next_date(last, 1 - RECENT)


def log(
    workspace: Workspace,
    *,
    first: str | None = None,
    last: str | None = None,
    channel: str | None = None,
    loaded: LoadedDays | None = None,
) -> DetectorInput:
    """The input of all detectors over the last 28 logged days of the 91 up to `last` (default today), or over all days
    from `first` on.

    Of all social channels, or one of them. `loaded` is used where it reaches back far enough. Raises TrackerError for
    an unknown channel and for one that is not social.
    """
    with workspace.database.snapshot():
        request = _request(workspace, last, channel)
        recent = loaded if loaded and loaded.first <= since_when(request.last) else _recent_days(request)
        if first is None:
            return detector_inputs(request, recent, recent)
        request = request._replace(days=None)
        if first >= recent.first:
            logged = {date for date in recent.logged if date >= first}
            return detector_inputs(request, recent._replace(first=first, logged=logged), recent)
        whole = load_days(workspace, first, request.last, only=request.social)
        return detector_inputs(request, whole, recent)


def logs(workspace: Workspace, lasts: Sequence[str]) -> Iterator[DetectorInput]:
    """The detectors' input as of each of these days, the earliest first.

    One at a time, and each read anew: to read all days at once and to copy those of each would take half as much memory
    again.
    """
    with workspace.database.snapshot():
        for last in lasts:
            yield log(workspace, last=last)


def log_of_openings(workspace: Workspace, *, last: str) -> DetectorInput:
    """The input of `check_cluster` as of the day `last`, without what the other detectors need: it is asked all day."""
    request = _request(workspace, last, None)
    for days in LOOK_BACK_FOR_OPENINGS:
        first = next_date(last, 1 - days)
        loaded = load_days(workspace, first, last, only=request.social)
        if len(loaded.logged) >= WINDOW_DAYS:
            break
    dates = window_of(request, loaded.logged)
    slices = loaded.slices.of_channels(request.social).between(dates[0] if dates else request.last, request.last)
    switches = _switches(request, slices, _sources(request, slices))
    openings = joined(slices.sessions)
    return _log(request, dates, openings)._replace(switched_to=switches.starts, by_gap=switches.by_gap)


def _request(workspace: Workspace, last: str | None, channel: str | None) -> PatternRequest:
    """The request as of the day `last`, or of today where that is to come: the current week says what today says."""
    now, today = workspace.now(), workspace.today()
    last = min(last or today, today)
    social = channels.names_of(workspace.database, "social")
    if channel is None:
        return PatternRequest(workspace, now, last, social)
    if channel not in social:
        raise TrackerError(
            _("{channel} is not a social channel; patterns are only for those").format(channel=quoted(channel)),
            _("`tracker channel kind {channel} social` changes that").format(channel=quoted(channel)),
        )
    return PatternRequest(workspace, now, last, {channel}, channel)


def _recent_days(request: PatternRequest) -> LoadedDays:
    social = channels.names_of(request.workspace.database, "social")
    return load_days(request.workspace, since_when(request.last), request.last, only=social)


def window_of(request: PatternRequest, logged: Collection[str]) -> list[str]:
    """The logged dates of the window, oldest first: all of a span that was asked for, else the recent ones."""
    since = "" if request.days is None else since_when(request.last)
    return sorted(date for date in logged if since <= date <= request.last)


def _begins_before(workspace: Workspace, date: str) -> bool:
    """Whether anything was recorded before this date."""
    first = channels.first_use(workspace.database)
    return first is not None and workspace.day_of(first) < date


def detector_inputs(request: PatternRequest, whole: LoadedDays, recent: LoadedDays) -> DetectorInput:
    """The whole input."""
    database, last = request.workspace.database, request.last
    dates = window_of(request, whole.logged)
    first = dates[0] if dates else last
    since, until = span_of_days(request.workspace, first, last)
    # The openings come last: what is made before them needs as much memory for a moment.
    life = _signs_of_life(request, recent, dates)
    worth = _worth(request, recent, whole.first)
    estimates = _estimates(request, recent)
    social = whole.slices.of_channels(request.social)
    slices = social.between(first, last)
    sources = _sources(request, slices)
    switches = _switches(request, slices, sources)
    by_source = _seconds_by_source(slices, sources, _device_changes(request, switches, since, until))
    posts, plans = _posts(slices.sessions), _plans(slices, session_table.planned(database, since, until))
    return _log(request, dates, joined(slices.sessions))._replace(
        older=request.days is not None and _begins_before(request.workspace, since_when(last)),
        seconds={date: seconds for date, seconds in social.seconds_by_date().items() if first <= date <= last},
        sources=by_source,
        switched_to=switches.starts,
        by_gap=switches.by_gap,
        posts=posts,
        work=_work(database, slices.sessions),
        plans=plans,
        notifications=tuple(
            map(Notification._make, imported_facts.notifications_in_span(database, since - ANSWERS, until))
        ),
        pauses=_ended_pauses(request, since, until),
        estimates=estimates,
        life=life,
        worth=worth,
        sleep=request.workspace.settings.sleep,
        wakes_at=request.workspace.settings.wakes_at,
    )


def _log(request: PatternRequest, dates: Sequence[str], openings: Openings) -> DetectorInput:
    return DetectorInput(
        openings=openings,
        logged_dates=tuple(dates),
        zone=request.workspace.zone,
        now=request.now,
        starts_at=request.workspace.settings.day_starts_at,
        until=day_bounds(request.last, request.workspace.zone, request.workspace.settings.day_starts_at)[1],
        check_seconds=request.workspace.settings.check_seconds,
        days=request.days,
        thresholds=dict(request.workspace.settings.patterns),
    )


def _posts(sessions: SessionColumns) -> tuple[Post, ...]:
    """The sessions of publishing that have ended."""
    if PUBLISH not in sessions.activity:  # in an imported log there are none
        return ()
    columns = zip(sessions.start, sessions.end, sessions.zone, sessions.id, sessions.activity, strict=True)
    return tuple(
        Post(start, end, zone, id)
        for start, end, zone, id, activity in columns
        if activity == PUBLISH and end is not None
    )


def _plans(slices: DaySlices, planned: Mapping[int, int]) -> tuple[Planned, ...]:
    """The sessions with a plan that have ended; `planned` has the planned seconds by the session's id."""
    sessions = slices.sessions
    return tuple(
        Planned(date, planned[sessions.id[index]], end - sessions.start[index], sessions.id[index])
        for date, begin, stop in (slices.runs() if planned else ())
        for index in compress(range(begin, stop), map(planned.__contains__, sessions.id[begin:stop]))
        if (end := sessions.end[index]) is not None
    )


def _work(database: Database, sessions: SessionColumns) -> frozenset[int]:
    """The ids of the sessions whose activity is work."""
    work = {activity.name for activity in channels.activities(database) if activity.purpose in WORK_PURPOSES}
    if work.isdisjoint(sessions.activity):
        return frozenset()
    return frozenset(compress(sessions.id, map(work.__contains__, sessions.activity)))


def _sources(request: PatternRequest, slices: DaySlices) -> list[str]:
    """The source of each session that began in these slices."""
    sessions = slices.sessions
    if not sessions.id:
        return []
    return session_table.sources(request.workspace.database, sessions.id, sessions.start[0], sessions.start[-1] + 1)


def _switches(request: PatternRequest, slices: DaySlices, sources: Sequence[str]) -> Switches:
    """The sessions that do not begin a spell, with the one that did."""
    sessions = slices.sessions
    return load_switches(request.workspace.database, sessions.id, sessions.start, sessions.end, sources)


def _device_changes(request: PatternRequest, switches: Switches, since: int, until: int) -> dict[str, DeviceChanges]:
    """The changes of each source's devices, where there was any in [since, until), in UTC seconds."""
    changes = {
        source: device_changes(devices, since, until, request.workspace.day_of)
        for source, devices in switches.devices.items()
    }
    return {source: change for source, change in changes.items() if any(change)}


def _seconds_by_source(
    slices: DaySlices, sources: Sequence[str], changes: Mapping[str, DeviceChanges]
) -> tuple[SourceSeconds, ...]:
    """The seconds by date of each source, if there are several, or if the devices of one changed; what a person timed,
    logged or checked is one source."""
    names = {source: BY_HAND[0] if source in BY_HAND else source for source in set(sources)}
    if len(set(names.values())) < 2 and not changes:
        return ()
    titles = {BY_HAND[0]: _("your own records")}
    by_session = list(map(names.__getitem__, sources))
    by_source = []
    for name in sorted(set(names.values())):
        is_its = [of_session == name for of_session in by_session]
        seconds, ids = slices.only(is_its).seconds_by_date(), chosen_values(slices.sessions.id, is_its)
        by_source.append(SourceSeconds(titles.get(name, name), seconds, ids, changes.get(name, DeviceChanges())))
    return tuple(by_source)


def _ended_pauses(request: PatternRequest, since: int, until: int) -> tuple[EndedPause, ...]:
    """The pauses that have ended, each as one with those it replaced; one called off counts as long as it held.

    They begin one second late, because what began in the second of the declaration is no opening inside the pause.
    """
    if not day_records.pauses_in_span(request.workspace.database, since, until):
        return ()
    from tracker.reports.day import declared_pauses

    starts_at = request.workspace.settings.day_starts_at
    as_of = min(request.now, day_bounds(request.last, request.workspace.zone, starts_at)[1])
    pauses = []
    for pause in declared_pauses(request.workspace.database, since, until):
        ended = pause.end if pause.ended is None else pause.ended
        if pause.start + 1 < ended <= as_of:
            pauses.append(EndedPause(day_of(pause.start, pause.zone, starts_at), pause.start + 1, ended))
    return tuple(pauses)


def _estimates(request: PatternRequest, recent: LoadedDays) -> tuple[WeekEstimate, ...]:
    """The estimated weeks that lie wholly in the recent days and have enough logged days to be compared."""
    from tracker.calendar.days import week_of

    since = since_when(request.last)
    first, last = week_of(since, 0), week_of(request.last, 6)
    by_week = reviews.estimated_seconds(request.workspace.database, request.channel)
    estimates = [(week, estimated) for week, estimated in by_week.items() if first <= week <= last]
    if not estimates:
        return ()
    seconds = recent.slices.of_channels(request.social).seconds_by_date()
    compared = []
    for week, estimated in estimates:
        dates = request.workspace.week_dates(week)
        known = sum(date in recent.logged for date in dates) >= LEAST_DAYS
        if known and since <= dates[0] and dates[-1] <= request.last:
            logged = sum(seconds.get(date, 0) for date in dates)
            compared.append(WeekEstimate(week, estimated, logged, dates[0], dates[-1]))
    return tuple(compared)


def _signs_of_life(request: PatternRequest, recent: LoadedDays, dates: Sequence[str]) -> Sequence[int]:
    """When anything but these channels began or ended, in the last NIGHTS of the dates, as far as they are recent.

    Of the window only, and the day before it, where no sleep is declared: nothing else looks at the nights before.
    """
    kept = NIGHTS if request.days is None or request.workspace.settings.sleep else WINDOW_DAYS + 1
    first = max(dates[-kept:][0], recent.first) if dates else request.last
    starts_at = request.workspace.settings.day_starts_at
    (since, _end), (_begin, until) = (
        day_bounds(date, request.workspace.zone, starts_at) for date in (first, request.last)
    )
    beside = session_table.times_beside(request.workspace.database, since, until, request.social)
    instants: list[int] = []
    for rows in beside:  # all at once would be the peak of the memory
        instants += [start for start, _end, _zone in rows]
        instants += [end for _start, end, _zone in rows if end is not None]
        for start, end, zone in rows:
            if end is not None and zone is not None:  # a long one also gives a sign where a day begins in it
                instants += [begins for _date, begins, _ends in WallClock.of(zone, starts_at).cut(start, end)[1:]]
    days = recent.between(first, request.last)
    instants += [urge.at for _date, urge in days.urges]
    instants += [outcome.at for _date, outcome in days.outcomes]
    return sorted([at for at in instants if since <= at <= until])


def _worth(request: PatternRequest, recent: LoadedDays, first: str) -> ReturnSummary:
    """What the channels took and brought in the recent days, or since the first day asked for where that is later."""
    since = max(since_when(request.last), first if request.days is None else "")
    worth = returns_of(request.workspace, recent, since, request.last)
    return worth._replace(returns=tuple(returns for returns in worth.returns if returns.channel in request.social))


def known_until(workspace: Workspace, last: str) -> tuple[list[Outcome], int]:
    """Every outcome there was by the end of the day `last`, by time, and that end (or now, if that is earlier)."""
    starts_at = workspace.settings.day_starts_at
    recorded = outcomes.in_span(workspace.database, 0, span_of_days(workspace, last, last)[1])
    known = [outcome for outcome in recorded if day_of(outcome.at, outcome.zone, starts_at) <= last]
    return known, min(workspace.now(), day_bounds(last, workspace.zone, starts_at)[1])


def returns_of(workspace: Workspace, loaded: LoadedDays, first: str, last: str) -> ReturnSummary:
    """Seconds and leads of every social channel from the day `first` to the day `last`, which `loaded` must include.

    Every channel with time or a lead in the span is there, in the channels' order. A lead is counted by the first
    appearance of a person in the whole log, on the channel that outcome is attributed to. `all_leads` are those of the
    channels that Worth judges, in its whole weeks up to that of `last`: its return test asks for as many.
    """
    from tracker.analytics.channel_worth import new_leads, unit_economics

    known, as_of = known_until(workspace, last)
    new = {lead.id for lead in new_leads(known)}
    days = loaded.between(first, last)
    social = [name for name, channel in loaded.channels.items() if channel.kind == "social"]
    seconds = loaded.slices.of_channels(social).between(first, last).seconds_by_channel()
    brought: Counter[str] = Counter()
    in_weeks = next_date(workspace.week_dates(workspace.week_of(last))[-1], 1 - RECENT)
    all_leads = 0
    for date, outcome in days.outcomes:
        if outcome.id in new and outcome.channel:
            brought[outcome.channel] += 1
            all_leads += date >= in_weeks and loaded.channels[outcome.channel].kind in ("social", "in_person")
    economics = unit_economics(workspace.settings, known, as_of)
    logged = sorted(days.logged)
    used = [name for name in social if name in seconds or name in brought]
    return ReturnSummary(
        returns=tuple(Return(name, seconds.get(name, 0), brought[name]) for name in used),
        days=len(logged),
        break_even=economics.break_even,
        lacking=economics.missing_settings,
        titles={name: loaded.channels[name].title for name in used},
        dates=(logged[0], logged[-1]) if logged else (),
        all_leads=all_leads,
        has_results=economics.has_results,
    )
