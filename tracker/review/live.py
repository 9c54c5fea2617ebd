"""What today shows, as it happens: the patterns that can be told within one day.

`status` asks for this all day long, so the month it is judged against is counted in one loop over plain tuples, and
only once today has as many openings within half an hour as could be a cluster at all.
"""

from __future__ import annotations

from tracker.calendar.days import Wall, next_date
from tracker.journal import notes, outcomes, sessions, urges
from tracker.patterns import check_cluster
from tracker.patterns.log import WINDOW_DAYS
from tracker.patterns.openings import MERGE_GAP, Opening
from tracker.patterns.rates import Usual
from tracker.review.gather import LOOK_BACK, widest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tracker.journal import Journal
    from tracker.patterns.finding import Cluster
    from tracker.settings import Settings

    Row = tuple[int, str, int, int | None, str, str | None, int]


def clusters_today(
    journal: Journal, settings: Settings, today: str, *, zone: str, social: Collection[str]
) -> tuple[Cluster, ...]:
    """Today's clusters of openings, against the other 27 logged days; `social` names the channels that count.

    The same clusters as the finding `check_cluster` reports for today.
    """
    starts_at = settings.day_starts_at
    rows = sessions.spans(journal, *widest(journal, today, today, zone, starts_at))
    openings = [
        opening
        for opening in _openings(row for row in rows if row[1] in social)
        if Wall.of(opening.zone, starts_at).day(opening.start) == today
    ]
    if not check_cluster.crowds([opening.start for opening in openings]):
        return ()
    return check_cluster.today(openings, _usual(journal, settings, today, zone, social), starts_at)


def _openings(rows: Iterable[Row]) -> list[Opening]:
    openings: list[Opening] = []
    latest: dict[str, int] = {}
    for id, channel, start, end, zone, _activity, estimated in rows:
        place = latest.get(channel)
        before = openings[place] if place is not None else None
        if place is not None and before and (before.end is None or start - before.end <= MERGE_GAP):
            until = None if before.end is None or end is None else max(before.end, end)
            openings[place] = before._replace(end=until, session_ids=(*before.session_ids, id))
        else:
            latest[channel] = len(openings)
            openings.append(Opening(start, end, channel, zone, estimated == 1, (id,)))
    return openings


def _usual(journal: Journal, settings: Settings, today: str, zone: str, social: Collection[str]) -> Usual:
    """Openings by hour of the wall clock on the last 27 logged days before today."""
    last = next_date(today, -1)
    oldest = (sessions.first_and_last(journal) or (0, 0))[0]
    for days in LOOK_BACK:
        first = next_date(today, -days)
        lo, hi = widest(journal, first, last, zone, settings.day_starts_at)
        rows = sessions.spans(journal, lo, hi)
        logged, hours = _count(rows, social, settings.day_starts_at)
        logged |= _otherwise_logged(journal, settings, first, last, lo, hi)
        dates = sorted(date for date in logged if first <= date <= last)[1 - WINDOW_DAYS :]
        if len(dates) >= WINDOW_DAYS - 1 or oldest >= lo:
            break
    counts = [hours[date] for date in dates if date in hours]
    return Usual(tuple(map(sum, zip(*counts, strict=True))) if counts else (0,) * 24, len(dates))


def _otherwise_logged(journal: Journal, settings: Settings, first: str, last: str, lo: int, hi: int) -> set[str]:
    starts_at = settings.day_starts_at
    felt = {Wall.of(urge.zone, starts_at).day(urge.at) for urge in urges.in_span(journal, lo, hi)}
    brought = {Wall.of(outcome.zone, starts_at).day(outcome.at) for outcome in outcomes.in_span(journal, lo, hi)}
    return felt | brought | {note.date for note in notes.in_span(journal, first, last) if note.zero}


def _count(rows: Sequence[Row], social: Collection[str], starts_at: int) -> tuple[set[str], dict[str, list[int]]]:
    """The dates with a session, and openings by date and hour: `openings`, counted without making any."""
    logged: set[str] = set()
    hours: dict[str, list[int]] = {}
    ended: dict[str, int] = {}
    lo = hi = 0
    clock = ""
    for _id, channel, start, end, zone, _activity, _estimated in rows:
        if not lo <= start < hi or zone != clock:
            wall = Wall.of(zone, starts_at)
            clock, date = zone, wall.day(start)
            lo, hi = wall.bounds(date)
            logged.add(date)
            today = hours.setdefault(date, [0] * 24)
        if channel in social:
            if start - ended.get(channel, -MERGE_GAP - 1) > MERGE_GAP:
                today[wall.hour(start)] += 1
            until = start if end is None else end
            if until > ended.get(channel, 0):
                ended[channel] = until
    # A session that reaches into the next day makes that one a logged day too; its own sessions mostly do already.
    return logged, hours
