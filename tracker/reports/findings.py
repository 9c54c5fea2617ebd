"""The patterns over this file, as of any day: from gathered days to the findings of every detector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.patterns.log import RECENT, WINDOW_DAYS
from tracker.calendar.days import day_of, next_date
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _
from tracker.reports.gather import gather
from tracker.reports.material import Asked, complete, openings_only, since_when
from tracker.storage import channels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.analytics.patterns.finding import Finding
    from tracker.analytics.patterns.log import Log
    from tracker.reports.gather import Gathered
    from tracker.settings import Settings
    from tracker.storage import Journal

#: How many days back are read for the window of one pattern, step by step: a week may be missing before more is read.
LOOK_BACK_FOR_OPENINGS = (WINDOW_DAYS + 7, RECENT)


def findings(
    journal: Journal,
    settings: Settings,
    *,
    zone: str,
    now: int,
    first: str | None = None,
    last: str | None = None,
    channel: str | None = None,
) -> tuple[Finding, ...]:
    """Every pattern, over the last 28 logged days of the 91 up to `last` (default today), or over the days from `first`
    on.

    Over all social channels, or one of them. Raises TrackerError for a channel that is none, or not social.
    """
    from tracker.analytics.patterns.registry import find

    return tuple(find(log(journal, settings, zone=zone, now=now, first=first, last=last, channel=channel)))


def log(
    journal: Journal,
    settings: Settings,
    *,
    zone: str,
    now: int,
    first: str | None = None,
    last: str | None = None,
    channel: str | None = None,
) -> Log:
    """What the detectors are given for that window. Raises TrackerError as `findings` does."""
    with journal.snapshot():
        asked = _asked(journal, settings, zone, now, last, channel)
        if first is None:
            gathered = _gathered(asked)
            return complete(asked, gathered, gathered)
        return _of_span(asked._replace(days=None), first)


def findings_of(
    journal: Journal, settings: Settings, gathered: Gathered, last: str, *, zone: str, now: int
) -> tuple[Finding, ...]:
    """Every pattern as of the day `last`, from what was gathered already where it reaches back far enough."""
    from tracker.analytics.patterns.registry import find

    asked = _asked(journal, settings, zone, now, last, None)
    reaching = _gathered(asked, gathered)
    return tuple(find(complete(asked, reaching, reaching)))


def logs(journal: Journal, settings: Settings, lasts: Sequence[str], *, zone: str, now: int) -> Iterator[Log]:
    """What the detectors are given as of each of these days, the earliest first, from days gathered once.

    One at a time, so that no more than one of them is in memory.
    """
    with journal.snapshot():
        asked = [_asked(journal, settings, zone, now, last, None) for last in lasts]
        gathered = _gathered(asked[0], until=lasts[-1])
        for one in asked:
            yield complete(one, gathered, gathered)


def log_of_openings(journal: Journal, settings: Settings, *, zone: str, now: int, last: str) -> Log:
    """What `check_cluster` is given as of the day `last`, and nothing that others would need besides."""
    asked = _asked(journal, settings, zone, now, last, None)
    for days in LOOK_BACK_FOR_OPENINGS:
        first = next_date(last, 1 - days)
        gathered = gather(journal, settings, first, last, zone=zone, now=now, only=asked.social)
        if len(gathered.logged) >= WINDOW_DAYS:
            break
    return openings_only(asked, gathered)


def _asked(journal: Journal, settings: Settings, zone: str, now: int, last: str | None, channel: str | None) -> Asked:
    """As of the day `last`, or as of today where that is still to come: the week that runs says what today says."""
    today = day_of(now, zone, settings.day_starts_at)
    last = min(last or today, today)
    social = {one.name for one in channels.channels(journal) if one.kind == "social"}
    if channel is None:
        return Asked(journal, settings, zone, now, last, social)
    if channel not in social:
        raise TrackerError(
            _("{channel} is no social channel; patterns look at those").format(channel=quoted(channel)),
            _("`tracker channel kind {channel} social` makes it one").format(channel=quoted(channel)),
        )
    return Asked(journal, settings, zone, now, last, {channel}, channel)


def _of_span(asked: Asked, first: str) -> Log:
    """Every day from `first` on; of a span longer than the recent days only the social sessions are read."""
    recent = _gathered(asked)
    if first >= recent.first:
        return complete(asked, _from(recent, first), recent)
    whole = gather(asked.journal, asked.settings, first, asked.last, zone=asked.zone, now=asked.now, only=asked.social)
    return complete(asked, whole, recent)


def _from(recent: Gathered, first: str) -> Gathered:
    return recent._replace(first=first, logged={date for date in recent.logged if date >= first})


def _gathered(asked: Asked, gathered: Gathered | None = None, until: str | None = None) -> Gathered:
    """The recent days up to the last one; from what was gathered, where that reaches back far enough.

    What comes after, up to the day `until`, is gathered with it.
    """
    since = since_when(asked.last)
    if gathered is not None and gathered.first <= since:
        return gathered
    return gather(asked.journal, asked.settings, since, until or asked.last, zone=asked.zone, now=asked.now)
