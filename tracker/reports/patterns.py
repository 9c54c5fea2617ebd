"""The patterns over this file, as of any day, and as of each of five weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.log import RECENT, WINDOW_DAYS
from tracker.analytics.patterns.registry import PATTERNS, find, within
from tracker.calendar.days import day_of, next_date
from tracker.calendar.quoting import quoted
from tracker.calendar.weeks import next_week, week_dates
from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.reports.detector_inputs import PatternRequest, detector_inputs, opening_inputs, since_when
from tracker.reports.load_days import first_weekday, load_days
from tracker.storage import channels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.analytics.day_slices import LoadedDays
    from tracker.analytics.patterns.finding import Finding, State
    from tracker.analytics.patterns.log import Log
    from tracker.settings import Settings
    from tracker.storage import Journal

#: How many days back are read for the window of one pattern, step by step: a week may be missing before more is read.
LOOK_BACK_FOR_OPENINGS = (WINDOW_DAYS + 7, RECENT)

#: How many weeks are shown beside each other, the one asked for included.
RECENT_WEEKS = 5


class PatternLook(NamedTuple):
    """A pattern as of the day `date`, the last of its week or today; `figure` is the one that is drawn."""

    week: str
    date: str
    state: State
    figure: float | None


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
    """Every pattern, over the last 28 logged days of the 91 up to `last` (default today), or over all days from
    `first` on.

    Over all social channels, or one of them. Raises TrackerError for an unknown channel and for one that is not social.
    """
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
    """The detectors' input for that window. Raises TrackerError as `findings` does."""
    with journal.snapshot():
        request = _request(journal, settings, zone, now, last, channel)
        recent = _recent_days(request)
        if first is None:
            return detector_inputs(request, recent, recent)
        request = request._replace(days=None)
        if first >= recent.first:
            logged = {date for date in recent.logged if date >= first}
            return detector_inputs(request, recent._replace(first=first, logged=logged), recent)
        # Of a span longer than the recent days only the social sessions are read.
        whole = load_days(journal, settings, first, request.last, zone=zone, now=now, only=request.social)
        return detector_inputs(request, whole, recent)


def findings_of(
    journal: Journal, settings: Settings, loaded: LoadedDays, last: str, *, zone: str, now: int
) -> tuple[Finding, ...]:
    """Every pattern as of the day `last`; `loaded` is used where it reaches back far enough."""
    request = _request(journal, settings, zone, now, last, None)
    recent = loaded if loaded.first <= since_when(request.last) else _recent_days(request)
    return tuple(find(detector_inputs(request, recent, recent)))


def logs(journal: Journal, settings: Settings, lasts: Sequence[str], *, zone: str, now: int) -> Iterator[Log]:
    """The detectors' input as of each of these days, the earliest first; one at a time, to save memory."""
    with journal.snapshot():
        requests = [_request(journal, settings, zone, now, last, None) for last in lasts]
        loaded = _recent_days(requests[0], until=lasts[-1])
        for request in requests:
            yield detector_inputs(request, loaded, loaded)


def log_of_openings(journal: Journal, settings: Settings, *, zone: str, now: int, last: str) -> Log:
    """The input of `check_cluster` as of the day `last`, without what the other detectors need."""
    request = _request(journal, settings, zone, now, last, None)
    for days in LOOK_BACK_FOR_OPENINGS:
        first = next_date(last, 1 - days)
        loaded = load_days(journal, settings, first, last, zone=zone, now=now, only=request.social)
        if len(loaded.logged) >= WINDOW_DAYS:
            break
    return opening_inputs(request, loaded)


def looks_of_five_weeks(
    journal: Journal, settings: Settings, week: str, *, zone: str, now: int
) -> dict[str, tuple[PatternLook, ...]]:
    """Pattern name → the pattern as of the end of the week and of the four before it, the earliest first.

    A week that has not begun is left out.
    """
    today = day_of(now, zone, settings.day_starts_at)
    first = first_weekday(settings)
    weeks = {name: week_dates(name, first) for name in (next_week(week, back) for back in range(1 - RECENT_WEEKS, 1))}
    ends = {name: min(dates[-1], today) for name, dates in weeks.items() if dates[0] <= today}
    if not ends:
        return {}
    found = [
        within(find(inputs), weeks[name], set(inputs.logged_dates), today)
        for name, inputs in zip(ends, logs(journal, settings, list(ends.values()), zone=zone, now=now), strict=True)
    ]
    return {
        pattern.name: tuple(
            PatternLook(name, date, findings[place].state, _headline(findings[place], pattern.headline.figure))
            for (name, date), findings in zip(ends.items(), found, strict=True)
        )
        for place, pattern in enumerate(PATTERNS)
    }


def _headline(finding: Finding, name: str) -> float | None:
    """The figure of that name; where there is one for each channel, that of the channel the finding names."""
    figures = finding.figures
    value = figures.get(name, figures.get(f"{name}.{figures.get('channel')}"))
    return value if isinstance(value, (int, float)) else None


def _request(
    journal: Journal, settings: Settings, zone: str, now: int, last: str | None, channel: str | None
) -> PatternRequest:
    """As of the day `last`, or as of today where that is still to come: the current week says what today says."""
    today = day_of(now, zone, settings.day_starts_at)
    last = min(last or today, today)
    social = {one.name for one in channels.channels(journal) if one.kind == "social"}
    if channel is None:
        return PatternRequest(journal, settings, zone, now, last, social)
    if channel not in social:
        raise TrackerError(
            _("{channel} is no social channel; patterns look at those").format(channel=quoted(channel)),
            _("`tracker channel kind {channel} social` makes it one").format(channel=quoted(channel)),
        )
    return PatternRequest(journal, settings, zone, now, last, {channel}, channel)


def _recent_days(request: PatternRequest, until: str | None = None) -> LoadedDays:
    """The recent days up to the last one of the request, or up to `until`."""
    since = since_when(request.last)
    return load_days(
        request.journal, request.settings, since, until or request.last, zone=request.zone, now=request.now
    )
