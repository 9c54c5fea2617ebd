"""Sessions cut at the day boundaries of their own zones, everything else recorded of some days, and its totals. Pure.

Ten years of a heavy user are a million sessions. What is done to all of them is therefore done to columns (plain lists
of one length, one for each field); an object for each slice is made only for those who loop over the slices.

In totals, moments at which several slices overlap count once, and social checks are not among the sessions. A day that
was not logged is unknown, not zero.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress, repeat, starmap
from operator import sub

from tracker.analytics.intervals import NONE_MERGED, MergedSessions, covered, covered_by, ended
from tracker.calendar.days import WallClock, by_day
from tracker.domain.models import Activity, Channel, Outcome, SessionColumns, Urge, joined_stretches
from tracker.domain.record import Record
from tracker.locale import _, ngettext
from tracker.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol, TypeVar

    from tracker.domain.models import Purpose

    Key = TypeVar("Key")

    class HasTotals(Protocol):
        """A day or a week."""

        @property
        def seconds(self) -> int | None:
            """Social seconds."""

        @property
        def channels(self) -> Sequence[ChannelTotal]:
            """The total of each channel."""


#: A week with fewer logged days is not compared with others.
LEAST_DAYS = 4


class DaySlice(Record):
    """The part of a session that lies in one day. Instants and lengths in seconds.

    `opened` is the start of the whole session, `lasted` its length, None while it runs. `counts_with` is the id of the
    session it counts as one with (`MergedSessions`), None if it counts by itself; `counted` is the length of what
    counts as one.
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
        """Whether the session is counted on this day: it begins here and is not part of an earlier one."""
        # start == opened and counts_with is None: names take 20 % longer, and this is asked for every slice.
        return self[1] == self[7] and self[10] is None


def is_check(part: DaySlice, settings: Settings) -> bool:
    """Whether a check is counted with this slice of a social session: it begins here and is brief."""
    return part.begins and is_brief(part, settings)


def is_brief(part: DaySlice, settings: Settings) -> bool:
    """Whether the whole of a social session, of whatever days, is a check: it ended within `check_seconds`."""
    return part.counts_with is None and part.counted is not None and part.counted < settings.check_seconds


class DaySlices:
    """The slices of some days, in order of the starts of their sessions.

    `sessions` are the sessions that began on these days, in columns, and `starts` and `ends` the instants at which
    their first slices begin and end. `days` has (date, index after the last session) for each run of sessions of
    one date; with several zones a date may have several runs. `later` has the second and further slices of sessions
    that lasted past the end of a day, each with the number of first slices that come before it. `merged` says which
    sessions count as one.
    """

    __slots__ = ("_by_date", "_objects", "_of_channels", "_sessions", "days", "ends", "later", "merged", "starts")

    def __init__(
        self,
        sessions: SessionColumns | Callable[[], SessionColumns],
        starts: list[int],
        ends: list[int],
        days: list[tuple[str, int]],
        later: list[tuple[int, DaySlice]],
        merged: MergedSessions = NONE_MERGED,
    ) -> None:
        """`sessions` may be given as a function: sums of seconds need two of the eight columns."""
        self._sessions = sessions
        self.starts = starts
        self.ends = ends
        self.days = days
        self.later = later
        self.merged = merged
        self._objects: list[DaySlice] | None = None
        self._of_channels: dict[frozenset[str], DaySlices] = {}
        self._by_date: dict[str, int] | None = None

    @property
    def sessions(self) -> SessionColumns:
        """The sessions that began on these days."""
        if not isinstance(self._sessions, SessionColumns):
            self._sessions = self._sessions()
        return self._sessions

    def __iter__(self) -> Iterator[DaySlice]:
        if self._objects is None:
            self._objects = self._make_objects()
        return iter(self._objects)

    def dates(self) -> set[str]:
        """The days that have any slice."""
        return {date for date, _stop in self.days} | {part.date for _place, part in self.later}

    def channels(self) -> set[str]:
        """The channels that have any slice."""
        return {*self.sessions.channel, *(part.channel for _place, part in self.later)}

    def runs(self) -> Iterator[tuple[str, int, int]]:
        """(date, index of the first session, index after the last) of each run of sessions of one date."""
        first = 0
        for date, stop in self.days:
            yield date, first, stop
            first = stop

    def seconds(self) -> int:
        """The seconds of all slices; a moment on several channels counts once."""
        starts, ends = (self.starts[:], self.ends[:]) if self.later else (self.starts, self.ends)
        for _place, part in self.later:
            _insert(starts, ends, part)
        return covered_by(starts, ends)

    def seconds_by_date(self) -> dict[str, int]:
        """The seconds of each day that has any slice; a moment on several channels counts once. Added up once."""
        if self._by_date is None:
            self._by_date = self._add_up_by_date()
        return self._by_date

    def _add_up_by_date(self) -> dict[str, int]:
        days: dict[str, list[tuple[Sequence[int], Sequence[int]]]] = {}
        for date, first, stop in self.runs():
            days.setdefault(date, []).append((self.starts[first:stop], self.ends[first:stop]))
        for _place, part in self.later:
            days.setdefault(part.date, []).append(((part.start,), (part.end,)))
        return {
            date: covered_by(*runs[0]) if len(runs) == 1 else covered(chain.from_iterable(starmap(zip, runs)))
            for date, runs in days.items()
        }

    def seconds_by_channel(self) -> dict[str, int]:
        """The seconds of each channel that has any slice, in order of the first slices."""
        names = dict.fromkeys(self.sessions.channel) | dict.fromkeys(part.channel for _place, part in self.later)
        columns: dict[str, tuple[list[int], list[int]]] = {name: ([], []) for name in names}
        for channel, start, end in zip(self.sessions.channel, self.starts, self.ends, strict=True):
            starts, ends = columns[channel]
            starts.append(start)
            ends.append(end)
        for _place, part in self.later:
            _insert(*columns[part.channel], part)
        ordered = sorted(columns, key=lambda channel: (columns[channel][0][0], columns[channel][1][0]))
        return {channel: covered_by(*columns[channel]) for channel in ordered}

    def begun_by_channel(self) -> Counter[str]:
        """The number of sessions and checks of each channel that began on these days, merged ones as one."""
        begun = Counter(self.sessions.channel)
        if self.merged.heads:
            begun -= Counter(compress(self.sessions.channel, map(self.merged.heads.__contains__, self.sessions.id)))
        return begun

    def checks_by_channel(self, check_seconds: int) -> Counter[str]:
        """The number of sessions of each channel that began on these days and ended within `check_seconds`."""
        heads, lasted = self._merged_columns()
        briefs = [length is not None and length < check_seconds for length in lasted]
        if self.merged.heads:
            briefs = [brief and head is None for head, brief in zip(heads, briefs, strict=False)]
        return Counter(compress(self.sessions.channel, briefs))

    def lengths(self) -> list[int]:
        """The seconds of each session that began on these days and has ended, merged ones as one."""
        heads, lasted = self._merged_columns()
        pairs = zip(heads, lasted, strict=False)  # without merged sessions, there is no end of heads
        return [length for head, length in pairs if head is None and length is not None]

    def between(self, first: str, last: str) -> DaySlices:
        """The slices of the days from `first` to `last`. The work grows with these days, not with all of them."""
        runs = [run for run in self.runs() if first <= run[0] <= last]
        later = [(index, part) for index, part in self.later if first <= part.date <= last]
        if len(runs) == len(self.days) and len(later) == len(self.later):
            return self
        begins = [begin for _date, begin, _stop in runs]
        kept = list(accumulate((stop - begin for _date, begin, stop in runs), initial=0))

        def kept_before(index: int) -> int:
            run = bisect_right(begins, index) - 1
            return 0 if run < 0 else kept[run] + min(index - begins[run], kept[run + 1] - kept[run])

        stretches: list[slice] = []
        for _date, begin, stop in runs:
            _add_stretch(stretches, begin, stop)
        return DaySlices(
            lambda: self.sessions.within(stretches),
            joined_stretches(self.starts, stretches),
            joined_stretches(self.ends, stretches),
            [(date, total) for (date, _begin, _stop), total in zip(runs, kept[1:], strict=True)],
            [(kept_before(index), part) for index, part in later],
            self.merged,
        )

    def of_channels(self, channels: Collection[str]) -> DaySlices:
        """The slices of these channels, selected once: several reports on a week ask for the social ones."""
        wanted = frozenset(channels)
        if wanted not in self._of_channels:
            keeps = list(map(wanted.__contains__, self.sessions.channel))
            keeps_later = [part.channel in wanted for _place, part in self.later]
            if all(keeps) and all(keeps_later):
                return self  # not kept: a cycle of references would keep the columns until the garbage is collected
            self._of_channels[wanted] = self._where(keeps, keeps_later)
        return self._of_channels[wanted]

    def of_sessions(self, ids: Collection[int]) -> DaySlices:
        """The slices of the sessions with these ids."""
        keeps = list(map(ids.__contains__, self.sessions.id))
        return self._where(keeps, [part.id in ids for _place, part in self.later])

    def only(self, chosen: list[bool]) -> DaySlices:
        """The slices of those of the sessions that began on these days for which `chosen` is true."""
        later = {part.id for _place, part in self.later}
        kept = later.intersection(compress(self.sessions.id, chosen)) if later else later
        return self._where(chosen, [part.id in kept for _place, part in self.later])

    def since(self, instant: int) -> DaySlices:
        """The slices of sessions that began at an instant (UTC seconds) or later."""
        keeps = list(map(instant.__le__, self.starts))
        keeps_later = [part.opened >= instant for _place, part in self.later]
        return self if all(keeps) and all(keeps_later) else self._where(keeps, keeps_later)

    def _where(self, keeps: list[bool], keeps_later: list[bool]) -> DaySlices:
        """The first slices for which `keeps` is true, and the later ones for which `keeps_later` is."""
        days: list[tuple[str, int]] = []
        before = {0: 0}  # of a place: how many are kept before it
        for date, begin, stop in self.runs():
            before[stop] = before[begin] + keeps[begin:stop].count(True)
            if before[begin] < before[stop]:
                days.append((date, before[stop]))
        later: list[tuple[int, DaySlice]] = []
        for index, part in compress(self.later, keeps_later):
            if index not in before:
                before[index] = keeps[:index].count(True)
            later.append((before[index], part))
        starts, ends = (list(compress(column, keeps)) for column in (self.starts, self.ends))
        return DaySlices(lambda: self.sessions.only(keeps), starts, ends, days, later, self.merged)

    def _make_objects(self) -> list[DaySlice]:
        sessions = self.sessions
        dates = chain.from_iterable(repeat(date, stop - first) for date, first, stop in self.runs())
        lasted = self._lengths()
        heads, counted = self._merged_columns(lasted)
        slices = (dates, sessions.start, self.ends, sessions.channel, sessions.activity, sessions.zone, sessions.id)
        wholes = (sessions.start, lasted, map(bool, sessions.estimated), heads, counted)
        # `tuple.__new__` without `DaySlice._make` in between: half the time.
        firsts: list[DaySlice] = list(map(tuple.__new__, repeat(DaySlice), zip(*slices, *wholes, strict=False)))
        objects: list[DaySlice] = []
        done = 0
        for index, part in self.later:
            objects += [*firsts[done:index], part]
            done = index
        return objects + firsts[done:]

    def _lengths(self) -> list[int | None]:
        """The length of each session; None for one that runs."""
        ends = self.sessions.end
        if None not in ends:
            return list(map(sub, ends, self.sessions.start))
        return [None if end is None else end - start for start, end in zip(self.sessions.start, ends, strict=True)]

    def _merged_columns(self, lasted: list[int | None] | None = None) -> tuple[Iterable[int | None], list[int | None]]:
        """For each session the id of the one it counts with, if any, and the length of what counts as one."""
        lasted = self._lengths() if lasted is None else lasted
        if not self.merged.lasted:
            return repeat(None), lasted
        counted = [self.merged.lasted.get(id, length) for id, length in zip(self.sessions.id, lasted, strict=True)]
        return list(map(self.merged.heads.get, self.sessions.id)), counted


def _add_stretch(stretches: list[slice], begin: int, stop: int) -> None:
    """Add a stretch of places, as part of the last one where it follows it directly."""
    if stretches and stretches[-1].stop == begin:
        begin = stretches.pop().start
    stretches.append(slice(begin, stop))


def _insert(starts: list[int], ends: list[int], part: DaySlice) -> None:
    """Insert a slice into columns of starts and ends that are in order of start."""
    index = bisect_right(starts, part.start)
    starts.insert(index, part.start)
    ends.insert(index, part.end)


def cut_into_days(
    sessions: SessionColumns, starts_at: int, now: int, wanted: Collection[str], merged: MergedSessions = NONE_MERGED
) -> DaySlices:
    """The slices of sessions that lie in the `wanted` dates; a running session lasts until `now`.

    `sessions` are taken over: those that began on other days are dropped from them. A day starts at `starts_at`, in
    seconds after midnight by the wall clock of the session's zone.
    """
    ends = ended(sessions.start, sessions.end, now)
    days: list[tuple[str, int]] = []
    later: list[tuple[int, DaySlice]] = []
    kept: list[slice] = []
    total = 0
    for first, stop, wall in by_day(sessions.start, sessions.zone, starts_at):
        _begins, day_end, date = wall.around(sessions.start[first])
        inside = date in wanted
        if max(ends[first:stop]) > day_end:
            for index in [index for index in range(first, stop) if ends[index] > day_end]:
                before = total + (index + 1 - first) * inside
                parts = _later_slices(sessions, index, wall, ends[index], merged)
                later += [(before, part) for part in parts if part.date in wanted]
                ends[index] = day_end
        if inside:
            _add_stretch(kept, first, stop)
            total += stop - first
            days.append((date, total))
    if total < len(ends):
        sessions.keep(kept)
        ends = joined_stretches(ends, kept)
    return DaySlices(sessions, sessions.start, ends, days, later, merged)


def _later_slices(
    sessions: SessionColumns, index: int, wall: WallClock, until: int, merged: MergedSessions
) -> Iterator[DaySlice]:
    """The slices of one session after its first, in the days it reaches into."""
    start, end, id = sessions.start[index], sessions.end[index], sessions.id[index]
    lasted = None if end is None else end - start
    for date, begins, ends in wall.cut(start, until)[1:]:
        yield DaySlice(
            date=date,
            start=begins,
            end=ends,
            channel=sessions.channel[index],
            activity=sessions.activity[index],
            zone=sessions.zone[index],
            id=id,
            opened=start,
            lasted=lasted,
            estimated=sessions.estimated[index] == 1,
            counts_with=merged.heads.get(id),
            counted=merged.lasted.get(id, lasted),
        )


class ChannelsByName(dict[str, Channel]):
    """The channels by name. A name that is not there (another program deleted its row) gives a plain channel."""

    def __missing__(self, name: str) -> Channel:
        return Channel(name, name, "messaging")


class LoadedDays(Record):
    """Everything recorded between two dates, both included, in order of time."""

    first: str
    last: str
    slices: DaySlices
    #: Each with the date it belongs to.
    urges: list[tuple[str, Urge]]
    outcomes: list[tuple[str, Outcome]]
    #: The dates with at least one record of any kind, or confirmed as zero.
    logged: set[str]
    channels: dict[str, Channel]

    def names_of(self, kind: str) -> set[str]:
        """The names of the channels of one kind."""
        return {name for name, channel in self.channels.items() if channel.kind == kind}

    def only_social(self, parts: Iterable[DaySlice]) -> list[DaySlice]:
        """Those of these slices that are on a social channel."""
        social = self.names_of("social")
        return [part for part in parts if part.channel in social]

    def between(self, first: str, last: str) -> LoadedDays:
        """What lies between two of these dates."""
        return self._replace(
            first=first,
            last=last,
            slices=self.slices.between(first, last),
            urges=[pair for pair in self.urges if first <= pair[0] <= last],
            outcomes=[pair for pair in self.outcomes if first <= pair[0] <= last],
            logged={date for date in self.logged if first <= date <= last},
        )

    def by_date(self) -> dict[str, list[DaySlice]]:
        """The slices of each date, as objects; a date without slices has an empty list when it is asked for."""
        slices: dict[str, list[DaySlice]] = {}
        for part in self.slices:
            slices.setdefault(part.date, []).append(part)
        return slices


class ChannelTotal(Record):
    """The total of one channel of any kind over a span."""

    channel: str
    title: str
    kind: str
    seconds: int
    checks: int
    sessions: int
    budget_seconds: int | None = None


class ActivityTotal(Record):
    """The social total of one activity; `activity` is None for time without one."""

    activity: str | None
    purpose: str | None
    seconds: int
    checks: int
    sessions: int


class PurposeTotal(Record):
    """The social seconds of one purpose; `purpose` is None for time without an activity."""

    purpose: str | None
    seconds: int


def covered_seconds(parts: Iterable[DaySlice]) -> int:
    """The seconds covered by slices."""
    return covered([(part.start, part.end) for part in parts])


def by_channel(
    slices: Iterable[DaySlice], channels: dict[str, Channel], settings: Settings
) -> tuple[ChannelTotal, ...]:
    """One total for each channel that has a slice: social channels first, the longest first."""
    totals = []
    for name, parts in _grouped(slices, lambda part: part.channel).items():
        channel = channels[name]
        began = [part for part in parts if part.begins]
        checks = sum(is_check(part, settings) for part in began) if channel.kind == "social" else 0
        totals.append(
            ChannelTotal(
                channel=name,
                title=channel.title,
                kind=channel.kind,
                seconds=covered_seconds(parts),
                checks=checks,
                sessions=len(began) - checks,
                budget_seconds=channel.budget_seconds,
            )
        )
    return tuple(sorted(totals, key=lambda total: (total.kind != "social", -total.seconds, total.channel)))


def by_activity(
    social: Iterable[DaySlice], activities: dict[str, Activity], settings: Settings
) -> tuple[ActivityTotal, ...]:
    """One total for each activity of social slices, the longest first."""
    totals = []
    for name, parts in _grouped(social, lambda part: part.activity).items():
        checks = sum(is_check(part, settings) for part in parts)
        totals.append(
            ActivityTotal(
                activity=name,
                purpose=_purpose(activities, name),
                seconds=covered_seconds(parts),
                checks=checks,
                sessions=sum(part.begins for part in parts) - checks,
            )
        )
    return tuple(sorted(totals, key=lambda total: (-total.seconds, total.activity or "")))


def by_purpose(
    social: Iterable[DaySlice], activities: dict[str, Activity], purposes: tuple[Purpose, ...]
) -> tuple[PurposeTotal, ...]:
    """One total for each purpose, in their order, then time without an activity where there is any."""
    grouped = _grouped(social, lambda part: _purpose(activities, part.activity))
    totals: list[PurposeTotal] = [
        PurposeTotal(purpose, covered_seconds(grouped.get(purpose, []))) for purpose in purposes
    ]
    if None in grouped:
        totals.append(PurposeTotal(None, covered_seconds(grouped[None])))
    return tuple(totals)


def double_counted_seconds(of: HasTotals) -> int:
    """By how many seconds the social channels add up to more than the total, where two were open at once."""
    added = sum(total.seconds for total in of.channels if total.kind == "social")
    return max(added - (of.seconds or 0), 0)


def _purpose(activities: dict[str, Activity], name: str | None) -> str | None:
    """None without an activity, and for an activity whose row another program deleted."""
    activity = activities.get(name) if name else None
    return activity.purpose if activity else None


def _grouped(slices: Iterable[DaySlice], key: Callable[[DaySlice], Key]) -> dict[Key, list[DaySlice]]:
    groups: dict[Key, list[DaySlice]] = {}
    for part in slices:
        groups.setdefault(key(part), []).append(part)
    return groups


def days_begun(dates: Sequence[str], logged: Collection[str], today: str) -> int:
    """How many of these dates, in order, have begun.

    The last one that has is today's, or a later one that is `logged`: a person who flew west over the date line has
    records of what is tomorrow by their clock.
    """
    last = max([today, *(date for date in dates if date in logged)])
    return sum(date <= last for date in dates)


def say_logged(logged: int, days: int, *, over: bool = True) -> str:
    """`6 of 7 days logged`, of `days` that have begun; `over` is False while days of the span are still to come."""
    if over:
        message = ngettext("{logged} of {days} day logged", "{logged} of {days} days logged", days)
    else:
        message = ngettext("{logged} of {days} day logged so far", "{logged} of {days} days logged so far", days)
    return message.format(logged=logged, days=days)


def say_too_few_days(logged_days: int, days: int = 7) -> str:
    """`1 of 7 days logged: too few to compare`, of `days` that have begun; empty where enough was logged."""
    if logged_days >= LEAST_DAYS:
        return ""
    return _("{n} of {days} days logged: too few to compare").format(n=logged_days, days=days)
