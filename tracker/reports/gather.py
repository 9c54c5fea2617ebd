"""From the file's rows to days: what was recorded between two dates, gathered once for weeks, usual weeks and patterns
alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.days import Wall, dates, next_date
from tracker.reports.reach import widest
from tracker.reports.slices import cut
from tracker.reports.together import together
from tracker.storage import channels, notes, outcomes, session_table, urges

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.domain.models import Channel, Outcome, Urge
    from tracker.reports.slices import Slice, Slices
    from tracker.settings import Settings
    from tracker.storage import Journal


class Known(dict[str, "Channel"]):
    """The channels by name. One that is not there, because another program took it away, stands for itself only."""

    def __missing__(self, name: str) -> Channel:
        from tracker.domain.models import Channel

        return Channel(name, name, "messaging")


class Gathered(NamedTuple):
    """Everything between two dates that sums and patterns need, by start."""

    first: str
    last: str
    slices: Slices
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
    of = session_table.spans_in_columns(journal, lo, hi, only)
    one = together(*(journal, of.id, of.channel, of.start, of.end), span=(lo, hi), check_seconds=settings.check_seconds)
    slices = cut(of, starts_at, now, wanted, one)
    felt = [(Wall.of(urge.zone, starts_at).day(urge.at), urge) for urge in urges.in_span(journal, lo, hi)]
    brought = [(Wall.of(found.zone, starts_at).day(found.at), found) for found in outcomes.in_span(journal, lo, hi)]
    noted = {note.date for note in notes.in_span(journal, first, last) if note.zero}
    logged = (slices.dates() | {date for date, _record in (*felt, *brought)} | noted) & wanted
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
        touched = session_table.spans_in_columns(
            journal, *widest(journal, missing[place], missing[stop - 1], zone, settings.day_starts_at)
        )
        found |= cut(touched, settings.day_starts_at, now, missing).dates()
        place = stop
    return found


def is_check(part: Slice, settings: Settings) -> bool:
    """Whether a check is counted with this slice: what it counts as has ended within `check_seconds`, and begins here.

    The caller knows that it is social. It counts once, in the day it began, however many days it touches.
    """
    return part.begins and is_brief(part, settings)


def is_brief(part: Slice, settings: Settings) -> bool:
    """Whether this is a slice of what is a check by its whole length; a row that counts with another is none."""
    return part.counts_with is None and part.counted is not None and part.counted < settings.check_seconds
