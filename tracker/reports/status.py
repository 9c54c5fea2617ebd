"""What runs and where today stands: the daily commands ask for it, so it imports only what it needs."""

from __future__ import annotations

from tracker.calendar.days import Wall, day_of
from tracker.reports.reach import covered, widest
from tracker.reports.together import together
from tracker.reports.values import Status
from tracker.storage import channels, pauses, session_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tracker.reports.pauses import Abstinence
    from tracker.settings import Settings
    from tracker.storage import Journal


def status(journal: Journal, settings: Settings, *, zone: str, now: int, patterns: bool = True) -> Status:
    """The running session and today's social figures; `patterns` says whether to look for those flagged today."""
    with journal.snapshot():
        return _status(journal, settings, zone, now, patterns)


def _status(journal: Journal, settings: Settings, zone: str, now: int, patterns: bool) -> Status:
    today = day_of(now, zone, settings.day_starts_at)
    everything = channels.channels(journal)
    social = {channel.name for channel in everything if channel.kind == "social"}
    intervals, checks, began, first, last = [], 0, 0, None, None
    for _channel, since, until, opened, check in today_of(journal, settings, social, today, zone, now):
        intervals.append((since, until))
        last = max(last or 0, min(until, now))  # a check lasts until after the instant it is logged at
        if opened:
            first = since if first is None else min(first, since)
            checks += check
            began += 1
    return Status(
        running=session_table.running(journal),
        date=today,
        logged=bool(intervals) or _logged(journal, settings, today, zone, now),
        seconds=covered(intervals),
        budget_seconds=settings.daily_budget,
        checks=checks,
        sessions=began - checks,
        first=first,
        last=last,
        patterns=_flagged(journal, settings, today, zone, now, social) if patterns and began else (),
        pause=_pause(journal, now),
    )


def today_of(
    journal: Journal, settings: Settings, names: Collection[str], today: str, zone: str, now: int
) -> Iterator[tuple[str, int, int, bool, bool]]:
    """(channel, since, until, counts today, is a check) of what those channels have had today, cut at its bounds.

    What counts as one with a session before it (`together`) has its time, and counts no more.
    """
    starts_at = settings.day_starts_at
    span = widest(journal, today, today, zone, starts_at)
    rows = [row for row in session_table.spans(journal, *span) if row[1] in names]
    columns = [[row[place] for row in rows] for place in range(4)]
    one = together(journal, *columns, span=span, check_seconds=settings.check_seconds)  # type: ignore[arg-type]
    for id, channel, start, end, at_zone, _activity, _estimated in rows:
        lo, hi = Wall.of(at_zone, starts_at).bounds(today)
        since, until = max(start, lo), min(max(start, now) if end is None else end, hi)
        if since > until or start >= hi or (until == lo and start < lo):
            continue
        lasted = one.lasted.get(id, None if end is None else end - start)
        check = lasted is not None and lasted < settings.check_seconds
        yield channel, since, until, start >= lo and id not in one.heads, check


def _logged(journal: Journal, settings: Settings, today: str, zone: str, now: int) -> bool:
    """Whether there is a record of any other kind today, or today was confirmed as zero."""
    from tracker.storage import notes, outcomes, urges

    if notes.get(journal, today).zero:
        return True
    starts_at = settings.day_starts_at
    span = widest(journal, today, today, zone, starts_at)
    for table in (urges, outcomes):
        if any(Wall.of(one.zone, starts_at).day(one.at) == today for one in table.in_span(journal, *span)):
            return True
    names = {row[1] for row in session_table.spans(journal, *span)}
    return any(True for _part in today_of(journal, settings, names, today, zone, now))


def _pause(journal: Journal, now: int) -> Abstinence | None:
    if not pauses.current(journal, now):
        return None  # as almost always: what judges it need not be imported
    from tracker.reports.pauses import under_way

    return under_way(journal, now)


def _flagged(
    journal: Journal, settings: Settings, today: str, zone: str, now: int, social: set[str]
) -> tuple[str, ...]:
    from tracker.reports.live import clusters_today

    if not clusters_today(journal, settings, today, zone=zone, now=now, social=social):
        return ()
    from tracker.analytics.patterns.detectors.check_cluster import NAME

    return (NAME,)
