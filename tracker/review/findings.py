"""The patterns over this file: from gathered slices to the Log the detectors are given."""

from __future__ import annotations

from tracker.calendar.days import day_of, next_date
from tracker.journal import sessions
from tracker.model import Session
from tracker.patterns.log import WINDOW_DAYS, Log
from tracker.patterns.openings import openings
from tracker.review.gather import LOOK_BACK, gather

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.journal import Journal
    from tracker.patterns.finding import Finding
    from tracker.review.gather import Gathered
    from tracker.settings import Settings


def findings(
    journal: Journal, settings: Settings, *, zone: str, now: int, first: str | None = None, last: str | None = None
) -> tuple[Finding, ...]:
    """Every pattern, over the last 28 logged days up to `last` (default today), or over the days from `first` on."""
    from tracker.patterns.registry import find

    return tuple(find(log(journal, settings, zone=zone, now=now, first=first, last=last)))


def log(
    journal: Journal, settings: Settings, *, zone: str, now: int, first: str | None = None, last: str | None = None
) -> Log:
    """What the detectors are given for that window."""
    until = last or day_of(now, zone, settings.day_starts_at)
    if first:
        gathered = gather(journal, settings, first, until, zone=zone, now=now)
        return _log(gathered, settings, until, zone, now)._replace(days=None)
    return _window(journal, settings, None, until, zone, now)


def findings_of(
    journal: Journal, settings: Settings, gathered: Gathered, last: str, *, zone: str, now: int
) -> tuple[Finding, ...]:
    """Every pattern as of the day `last`, from what was gathered already where it reaches back far enough."""
    from tracker.patterns.registry import find

    return tuple(find(_window(journal, settings, gathered, last, zone, now)))


def _window(journal: Journal, settings: Settings, gathered: Gathered | None, last: str, zone: str, now: int) -> Log:
    oldest = sessions.first_and_last(journal)
    reach = day_of(oldest[0], zone, settings.day_starts_at) if oldest else last
    for days in LOOK_BACK:
        first = next_date(last, 1 - days)
        if gathered is None or gathered.first > first:
            gathered = gather(journal, settings, first, last, zone=zone, now=now)
        if len(gathered.logged) >= WINDOW_DAYS or first <= reach:
            break
    assert gathered is not None, "the loop ran"
    return _log(gathered, settings, last, zone, now)


def _log(gathered: Gathered, settings: Settings, last: str, zone: str, now: int) -> Log:
    social = (
        Session(
            part.id,
            part.channel,
            part.opened,
            None if part.lasted is None else part.opened + part.lasted,
            part.zone,
            part.activity,
            estimated=part.estimated,
        )
        for part in gathered.slices
        if part.start == part.opened and part.date <= last and gathered.channels[part.channel].kind == "social"
    )
    return Log(
        openings=openings(social),
        logged_dates=tuple(sorted(date for date in gathered.logged if date <= last)),
        zone=zone,
        now=now,
        starts_at=settings.day_starts_at,
        check_seconds=settings.check_seconds,
    )
