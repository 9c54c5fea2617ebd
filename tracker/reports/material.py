"""What the detectors are given, put together: from days gathered once, and the few tables beside the sessions.

Two gathered spans go in, the same one unless more was asked for. `whole` is what is looked at: its social slices become
openings, seconds, posts and plans. `recent` is the last RECENT days with every channel, for what only lately matters:
signs of life, estimates, and what the time brought.
"""

from __future__ import annotations

from itertools import compress, count, repeat
from operator import eq
from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.detector_input import (
    ANSWERS,
    RECENT,
    WINDOW_DAYS,
    DetectorInput,
    EndedPause,
    Notification,
    Planned,
    Post,
    ReturnSummary,
    WeekEstimate,
)
from tracker.analytics.patterns.openings import joined
from tracker.calendar.days import Wall, day_bounds, day_of, next_date
from tracker.reports.coverage import LEAST_DAYS
from tracker.reports.pauses import declared
from tracker.reports.reach import widest
from tracker.reports.weekdays import first_weekday
from tracker.storage import estimates, notifications, session_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tracker.analytics.patterns.openings import Openings
    from tracker.reports.gather import Gathered
    from tracker.reports.slices import Slices
    from tracker.settings import Settings
    from tracker.storage import Journal
    from tracker.storage.session_table import SessionColumns

#: How many logged days the window and what it is compared with take: `rapid_return` looks at the most.
KEPT = 42

PUBLISH = "publish"


class Asked(NamedTuple):
    """Whose log is put together, and as of when: the reader's zone and now (UTC seconds), and the last day.

    `social` are the channels whose openings count, `channel` the only one of them if one was asked for. `days` is the
    window's length in logged days; None takes every day of the span as asked for.
    """

    journal: Journal
    settings: Settings
    zone: str
    now: int
    last: str
    social: Collection[str]
    channel: str | None = None
    days: int | None = WINDOW_DAYS


class Sums(NamedTuple):
    """What the social slices of some days come to, each list by time."""

    openings: Openings
    seconds: dict[str, int]
    posts: tuple[Post, ...]
    plans: tuple[Planned, ...]


def window_of(asked: Asked, logged: Collection[str]) -> list[str]:
    """The logged dates that a log reaches back to, oldest first: all of a span that was asked for, else the last KEPT
    of the RECENT days."""
    if asked.days is None:
        return sorted(date for date in logged if date <= asked.last)
    since = since_when(asked.last)
    return sorted(date for date in logged if since <= date <= asked.last)[-KEPT:]


def since_when(last: str) -> str:
    """The first of the RECENT days up to `last`."""
    return next_date(last, 1 - RECENT)


def openings_only(asked: Asked, whole: Gathered) -> DetectorInput:
    """The log as far as `check_cluster` looks at it: cheap, for what is asked all day long."""
    dates = window_of(asked, whole.logged)
    first = dates[0] if dates else asked.last
    return _log(asked, dates, sums(whole.slices, asked.social, first, asked.last, {}).openings)


def complete(asked: Asked, whole: Gathered, recent: Gathered) -> DetectorInput:
    """The whole log."""
    dates = window_of(asked, whole.logged)
    first = dates[0] if dates else asked.last
    lo, hi = widest(asked.journal, first, asked.last, asked.zone, asked.settings.day_starts_at)
    planned = session_table.planned(asked.journal, lo, hi)
    found = sums(whole.slices, asked.social, first, asked.last, planned)
    return _log(asked, dates, found.openings)._replace(
        older=asked.days is not None and _older(asked),
        seconds=found.seconds,
        posts=found.posts,
        plans=found.plans,
        notifications=_notifications(asked, lo, hi),
        pauses=_pauses(asked, lo, hi),
        estimates=_estimates(asked, recent),
        life=_life(asked, recent, dates),
        worth=_worth(asked, recent, whole.first),
        sleep=asked.settings.sleep,
        wakes_at=asked.settings.wakes_at,
    )


def _log(asked: Asked, dates: Sequence[str], openings: Openings) -> DetectorInput:
    return DetectorInput(
        openings=openings,
        logged_dates=tuple(dates),
        zone=asked.zone,
        now=asked.now,
        starts_at=asked.settings.day_starts_at,
        until=day_bounds(asked.last, asked.zone, asked.settings.day_starts_at)[1],
        check_seconds=asked.settings.check_seconds,
        days=asked.days,
        thresholds=dict(asked.settings.patterns),
    )


def _older(asked: Asked) -> bool:
    span = session_table.first_and_last(asked.journal)
    return span is not None and day_of(span[0], asked.zone, asked.settings.day_starts_at) < since_when(asked.last)


def sums(slices: Slices, social: Collection[str], first: str, last: str, planned: dict[int, int]) -> Sums:
    """What the slices of these channels in those days come to; `planned` has planned seconds by session id."""
    chosen = slices.only(social, first, last)
    of = chosen.of
    return Sums(
        joined(of.id, of.channel, of.start, of.end, of.estimated, of.zone),
        chosen.seconds_by_date(),
        tuple(_posts(of)),
        tuple(_plans(chosen, planned)),
    )


def _posts(of: SessionColumns) -> Iterator[Post]:
    for place in compress(count(), map(eq, of.activity, repeat(PUBLISH))):
        end = of.end[place]
        if end is not None:
            yield Post(of.start[place], end, of.zone[place], of.id[place])


def _plans(slices: Slices, planned: Mapping[int, int]) -> Iterator[Planned]:
    of = slices.of
    if not planned:
        return
    for date, first, stop in slices.stretches():
        for place in compress(range(first, stop), map(planned.__contains__, of.id[first:stop])):
            start, end, id = of.start[place], of.end[place], of.id[place]
            if end is not None:
                yield Planned(date, planned[id], end - start, id)


def _notifications(asked: Asked, lo: int, hi: int) -> tuple[Notification, ...]:
    found = notifications.in_span(asked.journal, lo - ANSWERS, hi)
    return tuple(map(Notification._make, found))


def _pauses(asked: Asked, lo: int, hi: int) -> tuple[EndedPause, ...]:
    """The pauses that are over, as they were meant: one that replaced another goes on from it.

    What began in the very second a pause was declared in is no opening inside it, as everywhere. One called off counts
    as long as it held.
    """
    starts_at = asked.settings.day_starts_at
    as_of = min(asked.now, day_bounds(asked.last, asked.zone, starts_at)[1])
    found = []
    for pause in declared(asked.journal, lo, hi):
        until = pause.end if pause.ended is None else pause.ended
        if pause.start + 1 < until <= as_of:
            found.append(EndedPause(Wall.of(pause.zone, starts_at).day(pause.start), pause.start + 1, until))
    return tuple(found)


def _estimates(asked: Asked, recent: Gathered) -> tuple[WeekEstimate, ...]:
    """The weeks that were estimated, lie in the recent days as a whole and were logged well enough to be compared."""
    from tracker.calendar.weeks import week_dates, week_of

    since = since_when(asked.last)
    said = estimates.seconds_by_week(asked.journal, asked.channel, week_of(since, 0), week_of(asked.last, 6))
    if not said:
        return ()
    seconds = sums(recent.slices, asked.social, since, asked.last, {}).seconds
    found = []
    for week, guess in said:
        dates = week_dates(week, first_weekday(asked.settings))
        known = sum(date in recent.logged for date in dates) >= LEAST_DAYS
        if known and since <= dates[0] and dates[-1] <= asked.last:
            logged = sum(seconds.get(date, 0) for date in dates)
            found.append(WeekEstimate(week, guess, logged, dates[0], dates[-1]))
    return tuple(found)


def _life(asked: Asked, recent: Gathered, dates: Sequence[str]) -> tuple[int, ...]:
    """When anything but these channels began or ended, in the days a morning is looked for in."""
    first = dates[-KEPT] if len(dates) >= KEPT else dates[0] if dates else asked.last
    others = recent.slices.only(recent.slices.names().difference(asked.social), first, asked.last)
    ended = (until for until, end in zip(others.untils, others.of.end, strict=True) if end is not None)
    found = [*others.of.start, *ended]
    for _place, part in others.later:
        found += (part.start,) if part.lasted is None else (part.start, part.end)
    found += [urge.at for date, urge in recent.urges if first <= date <= asked.last]
    found += [outcome.at for date, outcome in recent.outcomes if first <= date <= asked.last]
    return tuple(sorted(found))


def _worth(asked: Asked, recent: Gathered, first: str) -> ReturnSummary:
    """What the channels took and brought in the recent days, or since the first day asked for where that is later."""
    from tracker.reports.returns import returns_of

    since = max(since_when(asked.last), first if asked.days is None else "")
    worth = returns_of(asked.journal, asked.settings, recent, since, asked.last, zone=asked.zone, now=asked.now)
    return worth._replace(returns=tuple(one for one in worth.returns if one.channel in asked.social))
