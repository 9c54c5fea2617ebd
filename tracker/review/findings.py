"""The patterns over this file: from gathered slices to the Log the detectors are given."""

from __future__ import annotations

from tracker.calendar.days import day_of, next_date
from tracker.journal import sessions
from tracker.model import UNSAID, Session
from tracker.patterns.log import WINDOW_DAYS, Log
from tracker.patterns.openings import openings
from tracker.review.gather import LOOK_BACK, gather

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.journal import Journal
    from tracker.patterns.finding import Finding
    from tracker.review.gather import Gathered, Slice
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
    with journal.snapshot():
        return _of_span(journal, settings, zone, now, first, last)


def _of_span(journal: Journal, settings: Settings, zone: str, now: int, first: str | None, last: str | None) -> Log:
    until = last or day_of(now, zone, settings.day_starts_at)
    if first:
        gathered = gather(journal, settings, first, until, zone=zone, now=now)
        return _log(gathered, settings, until, zone, now, days=None)
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
    return _log(gathered, settings, last, zone, now, days=WINDOW_DAYS)


def _log(gathered: Gathered, settings: Settings, last: str, zone: str, now: int, days: int | None) -> Log:
    logged = sorted(date for date in gathered.logged if date <= last)
    window = logged if days is None else logged[-days:]
    first = window[0] if window else last
    social = {name for name, channel in gathered.channels.items() if channel.kind == "social"}
    return Log(
        openings=openings(
            _session(part)
            for part in gathered.slices
            if part.start == part.opened and first <= part.date <= last and part.channel in social
        ),
        logged_dates=tuple(window),
        zone=zone,
        now=now,
        starts_at=settings.day_starts_at,
        check_seconds=settings.check_seconds,
        days=days,
    )


def _session(part: Slice) -> Session:
    """What openings need to know of the session a slice begins; its words stay in the file."""
    end = None if part.lasted is None else part.opened + part.lasted
    return Session._make(
        (part.id, part.channel, part.opened, end, part.zone, part.activity, *UNSAID[1:], "log", part.estimated)
    )
