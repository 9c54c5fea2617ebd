"""Sessions cut at the day boundaries of their own zones, in columns.

A heavy user's nine weeks are 17,000 rows and ten years a million: an object for each would cost more than the query.
What is done day by day is therefore done to stretches of plain lists; objects are made for those who loop over them.
"""

from __future__ import annotations

from itertools import accumulate, chain, compress, repeat
from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.days import by_day
from tracker.reports.reach import apart, covered, disjoint
from tracker.reports.together import NOTHING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from tracker.calendar.days import Wall
    from tracker.reports.reach import Interval
    from tracker.reports.together import Together
    from tracker.storage.session_table import SessionColumns

    #: Intervals by start: where they begin, and where they end.
    Stretch = tuple[Sequence[int], Sequence[int]]


class Slice(NamedTuple):
    """The part of a session inside one day; `opened` is the whole session's start, `lasted` its whole length.

    `lasted` is None while it runs. Instants and lengths in seconds. `counts_with` is the id of the session it counts as
    one with, None if it counts by itself, and `counted` the length of what counts as one (`together`).
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
    counts_with: int | None
    counted: int | None

    @property
    def begins(self) -> bool:
        """Whether a session or check is counted here: it begins on this day, and counts with none before it."""
        return self[1] == self[7] and self[10] is None


class Slices:
    """The slices of some days, in the order of their sessions' starts.

    `of` are the sessions that began on these days, in columns, and `untils` where the first slice of each ends. `days`
    says (date, index after its last) of each stretch of them: in several zones a date can have more than one. The
    slices that follow, of a session over the end of its day, are in `later`, each with the number of first slices that
    come before it.
    """

    __slots__ = ("_made", "days", "later", "of", "one", "untils")

    def __init__(
        self,
        of: SessionColumns,
        untils: list[int],
        days: list[tuple[str, int]],
        later: list[tuple[int, Slice]],
        one: Together = NOTHING,
    ) -> None:
        self.of = of
        self.untils = untils
        self.days = days
        self.later = later
        self.one = one
        self._made: list[Slice] | None = None

    def __iter__(self) -> Iterator[Slice]:
        if self._made is None:
            self._made = self._objects()
        return iter(self._made)

    def dates(self) -> set[str]:
        """The days that have any."""
        return {date for date, _stop in self.days} | {part.date for _place, part in self.later}

    def stretches(self) -> Iterator[tuple[str, int, int]]:
        """(date, index of the first, index after the last) of each stretch of the columns."""
        first = 0
        for date, stop in self.days:
            yield date, first, stop
            first = stop

    def seconds_by_date(self) -> dict[str, int]:
        """The seconds of each day that has any slices, each moment once however many channels were open."""
        days: dict[str, list[Stretch]] = {}
        for date, first, stop in self.stretches():
            days.setdefault(date, []).append((self.of.start[first:stop], self.untils[first:stop]))
        for _place, part in self.later:
            days.setdefault(part.date, []).append(((part.start,), (part.end,)))
        return {date: _seconds(stretches) for date, stretches in days.items()}

    def seconds_by_channel(self, channels: Iterable[str], first: str, last: str) -> dict[str, int]:
        """The seconds of each of these channels that has any slices in the days from `first` to `last`."""
        found: dict[str, list[Interval]] = {name: [] for name in channels}
        for date, begins, stop in self.stretches():
            if first <= date <= last:
                intervals = zip(self.of.start[begins:stop], self.untils[begins:stop], strict=True)
                for channel, interval in zip(self.of.channel[begins:stop], intervals, strict=True):
                    if channel in found:
                        found[channel].append(interval)
        for _place, part in self.later:
            if part.channel in found and first <= part.date <= last:
                found[part.channel].append((part.start, part.end))
        return {name: covered(intervals) for name, intervals in found.items() if intervals}

    def by_channel(self, first: str, last: str) -> dict[str, list[Slice]]:
        """Those in the days from `first` to `last`, by their channels."""
        found: dict[str, list[Slice]] = {}
        # By their places: a heavy user's thirteen weeks have twenty thousand slices.
        for part in self:
            if first <= part[0] <= last:
                found.setdefault(part[3], []).append(part)
        return found

    def between(self, first: str, last: str) -> Slices:
        """Those in the days from `first` to `last`."""
        return self.only(self.names(), first, last)

    def names(self) -> set[str]:
        """The channels that have any."""
        return {*self.of.channel, *(part.channel for _place, part in self.later)}

    def only(self, channels: Collection[str], first: str, last: str) -> Slices:
        """Those of some channels, in the days from `first` to `last`."""
        wanted = set(channels)
        if wanted.issuperset(self.names()) and all(first <= date <= last for date in self.dates()):
            return self
        keeps = list(map(wanted.__contains__, self.of.channel))
        for date, begins, stop in self.stretches():
            if not first <= date <= last:
                keeps[begins:stop] = repeat(False, stop - begins)
        return self._kept(keeps, [part.channel in wanted and first <= part.date <= last for _place, part in self.later])

    def since(self, instant: int) -> Slices:
        """Those of sessions that began at an instant or later."""
        if all(part.opened >= instant for _place, part in self.later) and all(map(instant.__le__, self.of.start)):
            return self
        keeps = list(map(instant.__le__, self.of.start))
        return self._kept(keeps, [part.opened >= instant for _place, part in self.later])

    def _kept(self, keeps: list[bool], keeps_later: list[bool]) -> Slices:
        """Those first slices, and those of the ones that follow, for which it is said."""
        before = list(accumulate(keeps, initial=0))
        return Slices(
            self.of.only(keeps),
            list(compress(self.untils, keeps)),
            [(date, before[stop]) for date, begins, stop in self.stretches() if before[begins] < before[stop]],
            [(before[place], part) for place, part in compress(self.later, keeps_later)],
            self.one,
        )

    def _objects(self) -> list[Slice]:
        of = self.of
        dates = chain.from_iterable(repeat(date, stop - first) for date, first, stop in self.stretches())
        lasted = [None if end is None else end - start for start, end in zip(of.start, of.end, strict=True)]
        guessed = map(bool, of.estimated)
        heads, counted = self._counted(lasted)
        columns = (
            *(dates, of.start, self.untils, of.channel, of.activity, of.zone, of.id, of.start, lasted, guessed),
            *(heads, counted),
        )
        firsts = list(map(Slice._make, zip(*columns, strict=True)))
        if not self.later:
            return firsts
        made: list[Slice] = []
        done = 0
        for place, part in self.later:
            made += firsts[done:place]
            made.append(part)
            done = place
        return made + firsts[done:]

    def _counted(self, lasted: list[int | None]) -> tuple[Iterable[int | None], list[int | None]]:
        """For each of the columns, the session it counts with, and the length of what counts as one."""
        if not self.one.lasted:
            return repeat(None, len(lasted)), lasted
        counted = [self.one.lasted.get(id, length) for id, length in zip(self.of.id, lasted, strict=True)]
        return list(map(self.one.heads.get, self.of.id)), counted


def cut(of: SessionColumns, starts_at: int, now: int, wanted: Collection[str], one: Together = NOTHING) -> Slices:
    """The slices of sessions that lie in the wanted days; a running one lasts until `now`.

    `one` says which of the sessions count as one.
    """
    untils = [max(start, now) if end is None else end for start, end in zip(of.start, of.end, strict=True)]
    days: list[tuple[str, int]] = []
    later: list[tuple[int, Slice]] = []
    kept: list[slice] = []
    count = 0
    for first, stop, wall in by_day(of.start, of.zone, starts_at):
        _begins, over, date = wall.around(of.start[first])
        inside = date in wanted
        if max(untils[first:stop]) > over:
            for place in [place for place in range(first, stop) if untils[place] > over]:
                before = count + (place + 1 - first) * inside
                later += [(before, part) for part in _after(of, place, wall, untils[place], one) if part.date in wanted]
                untils[place] = over
        if inside:
            follows = bool(kept) and kept[-1].stop == first
            kept[-1:] = [slice(kept[-1].start, stop)] if follows else [*kept[-1:], slice(first, stop)]
            count += stop - first
            days.append((date, count))
    if count < len(untils):
        of = of.within(kept)
        untils = list(chain.from_iterable(map(untils.__getitem__, kept)))
    return Slices(of, untils, days, later, one)


def _seconds(stretches: Sequence[Stretch]) -> int:
    """Seconds covered by intervals by start; on most days one is over before the next begins."""
    starts, ends = stretches[0]
    if len(stretches) == 1 and apart(starts, ends):
        return disjoint(starts, ends)
    return covered(chain.from_iterable(zip(*stretch, strict=True) for stretch in stretches))


def _after(of: SessionColumns, place: int, wall: Wall, until: int, one: Together) -> Iterator[Slice]:
    """The slices of a session but the first, of the days it reaches into."""
    start, end = of.start[place], of.end[place]
    lasted = None if end is None else end - start
    for date, since, to in wall.cut(start, until)[1:]:
        yield Slice(
            date=date,
            start=since,
            end=to,
            channel=of.channel[place],
            activity=of.activity[place],
            zone=of.zone[place],
            id=of.id[place],
            opened=start,
            lasted=lasted,
            estimated=of.estimated[place] == 1,
            counts_with=one.heads.get(of.id[place]),
            counted=one.lasted.get(of.id[place], lasted),
        )
