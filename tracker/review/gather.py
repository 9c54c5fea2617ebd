"""From the file's rows to days: what was recorded between two dates, cut at the day boundaries of its own zones.

One pass over plain tuples serves weeks, usual weeks and patterns alike: a heavy user's nine weeks are 17,000 rows, and
objects for each would cost more than the query.
"""

from __future__ import annotations

from tracker.calendar.days import Wall, dates, next_date
from tracker.journal import channels, notes, outcomes, sessions, urges
from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tracker.journal import Journal
    from tracker.model import Channel, Outcome, Urge
    from tracker.settings import Settings

    Interval = tuple[int, int]


class Slice(Record):
    """The part of a session inside one day; `opened` is the whole session's start, `lasted` its whole length.

    `lasted` is None while it runs. Instants and lengths in seconds.
    """

    date: str
    start: int
    end: int
    channel: str
    activity: str | None
    zone: str
    id: int
    opened: int
    lasted: int | None
    estimated: bool


class Known(dict[str, "Channel"]):
    """The channels by name. One that is not there, because another program took it away, stands for itself only."""

    def __missing__(self, name: str) -> Channel:
        from tracker.model import Channel

        return Channel(name, name, "messaging")


class Gathered(Record):
    """Everything between two dates that sums and patterns need, by start."""

    first: str
    last: str
    slices: list[Slice]
    urges: list[tuple[str, Urge]]
    outcomes: list[tuple[str, Outcome]]
    #: Dates with at least one record of any kind, or confirmed as zero.
    logged: set[str]
    channels: dict[str, Channel]


def gather(
    journal: Journal,
    settings: Settings,
    first: str,
    last: str,
    *,
    zone: str,
    now: int,
    only: Collection[str] | None = None,
) -> Gathered:
    """What was recorded from the day `first` to the day `last`, both included; a running session lasts until now.

    With `only`, the slices are those of these channels; which days were logged is told all the same.
    """
    lo, hi = widest(journal, first, last, zone, settings.day_starts_at)
    wanted = set(dates(first, last))
    starts_at = settings.day_starts_at
    slices = [part for part in _cut(sessions.spans(journal, lo, hi, only), starts_at, now) if part[0] in wanted]
    felt = [(Wall.of(urge.zone, starts_at).day(urge.at), urge) for urge in urges.in_span(journal, lo, hi)]
    brought = [(Wall.of(found.zone, starts_at).day(found.at), found) for found in outcomes.in_span(journal, lo, hi)]
    noted = {note.date for note in notes.in_span(journal, first, last) if note.zero}
    logged = ({part[0] for part in slices} | {date for date, _record in (*felt, *brought)} | noted) & wanted
    if only is not None:
        logged |= _logged_otherwise(journal, settings, sorted(wanted - logged), zone, now)
    return Gathered(
        first,
        last,
        slices,
        [pair for pair in felt if pair[0] in wanted],
        [pair for pair in brought if pair[0] in wanted],
        logged,
        Known((channel.name, channel) for channel in channels.channels(journal)),
    )


def _logged_otherwise(journal: Journal, settings: Settings, missing: list[str], zone: str, now: int) -> set[str]:
    """Those of the dates that a session of any channel touches. Few rows, if most days have something else on them."""
    found: set[str] = set()
    place = 0
    while place < len(missing):
        stop = place + 1
        while stop < len(missing) and missing[stop] == next_date(missing[stop - 1]):
            stop += 1
        rows = sessions.spans(
            journal, *widest(journal, missing[place], missing[stop - 1], zone, settings.day_starts_at)
        )
        found.update(part.date for part in _cut(rows, settings.day_starts_at, now))
        place = stop
    return found.intersection(missing)


def widest(journal: Journal, first: str, last: str, zone: str, starts_at: int) -> Interval:
    """The span that covers the days `first` to `last` in every zone anything was recorded in, and in `zone`."""
    walls = [Wall.of(name, starts_at) for name in {zone, *journal.zones()}]
    return min(wall.bounds(first)[0] for wall in walls), max(wall.bounds(last)[1] for wall in walls)


def _cut(
    rows: Iterable[tuple[int, str, int, int | None, str, str | None, int]], starts_at: int, now: int
) -> Iterable[Slice]:
    # Rows come by start, so most lie within the day of the row before: its bounds are kept at hand.
    clock, date, lo, hi = "", "", 0, 0
    for id, channel, start, end, zone, activity, estimated in rows:
        until = max(start, now) if end is None else end
        lasted = None if end is None else end - start
        if zone == clock and lo <= start and until <= hi and start < hi:
            yield Slice._make((date, start, until, channel, activity, zone, id, start, lasted, estimated == 1))
            continue
        wall = Wall.of(zone, starts_at)
        for date, since, to in wall.cut(start, until):
            yield Slice._make((date, since, to, channel, activity, zone, id, start, lasted, estimated == 1))
        clock, (lo, hi) = zone, wall.bounds(date)


def covered(intervals: Iterable[Interval]) -> int:
    """Seconds covered by intervals, each moment once however many overlap there."""
    total, reached = 0, None
    for start, end in sorted(intervals):
        if reached is None or start > reached:
            total, reached = total + end - start, end
        elif end > reached:
            total, reached = total + end - reached, end
    return total


def is_check(part: Slice, settings: Settings) -> bool:
    """Whether this slice begins a social session that has ended within `check_seconds`; the caller knows it is social.

    A session counts once, in the day it began, however many days it touches.
    """
    return part.start == part.opened and part.lasted is not None and part.lasted < settings.check_seconds
