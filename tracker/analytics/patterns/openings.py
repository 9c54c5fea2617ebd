"""Openings, what the patterns are computed on; their times by the wall clock; and spells of them.

A *spell* is one unbroken use of a device (the *session* of Parry & Toth 2025, who part Android event logs into glances,
sessions and app episodes). Patterns count the openings that begin a spell: somebody who looks at three networks in turn
and puts the phone away picked it up once. The sessions are kept as they are.

Where the source knows when the screen went dark, a new spell begins after it did, or when nothing social was in front
for LIT_GAP: on a lit screen that long ago is another look. Where it does not, a new spell begins after SPELL_GAP.

One source may stand for several devices (a Mac, and the iPhone that shares its Screen Time with it), and a session does
not say on which of them it was. But its source says from when to when each device was used without a dark screen (a
*use*), and a session belongs to the use that began last of those it lies in. Two devices used at the same moment have
spells of their own.

Both gaps were measured on two real phones, whose dark screens are known: docs/patterns.md has the figures.

What a person recorded is no measurement of a device: each of those sessions is an opening of its own.

`tracker status` imports this all day: import nothing heavy.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress, islice, repeat
from operator import sub

from tracker.analytics.intervals import ended
from tracker.calendar.days import by_day
from tracker.domain.models import BY_PEOPLE, DAY, FOREVER, Session, SessionColumns, chosen_values
from tracker.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Social sessions of one channel this close together, in seconds, are one opening.
MERGE_GAP = 30
#: Openings in a window before it is looked at, and the length of a window in seconds.
LEAST_IN_WINDOW, WINDOW_SECONDS = 5, 1800
#: Seconds without anything social after which a new spell begins: of a source that does not know the screen, and of one
#: that does while the screen stays on.
SPELL_GAP, LIT_GAP = 120, 600
#: The screen is known of a session if it went dark at most so many seconds before it, or after.
KNOWN_WITHIN = DAY
#: Seconds are rounded: what ends with the screen may end so many seconds after it.
ROUNDING = 2


class Opening(Record):
    """The start of a social session, or of several of one channel with gaps of at most MERGE_GAP seconds.

    `end` is None while it runs. `estimated` says that an end inside it was inferred, so `end - start` is no true
    duration.
    """

    start: int
    end: int | None
    channel: str
    zone: str
    estimated: bool
    session_ids: tuple[int, ...]


class Openings(Sequence[Opening]):
    """Openings by start, as columns of one length; an `Opening` is made when it is looked at.

    Ten years have half a million openings, and most patterns need one or two columns of them.
    """

    __slots__ = ("channels", "ends", "estimated", "first_ids", "joined_ids", "starts", "zones")

    def __init__(
        self,
        starts: list[int],
        ends: list[int],
        channels: list[str],
        zones: list[str],
        estimated: bytearray,
        first_ids: list[int],
        joined_ids: Mapping[int, tuple[int, ...]],
    ) -> None:
        """`ends` has FOREVER for an opening that runs. `first_ids` are the ids of the sessions that they begin with.

        `joined_ids` has, by that id, all ids of each opening that several sessions are joined to.
        """
        self.starts, self.ends, self.channels, self.zones = starts, ends, channels, zones
        self.estimated, self.first_ids, self.joined_ids = estimated, first_ids, joined_ids

    @classmethod
    def of(cls, openings: Iterable[Opening]) -> Openings:
        """Openings stored in columns."""
        if isinstance(openings, Openings):
            return openings
        openings = tuple(openings)
        return cls(
            [opening.start for opening in openings],
            [FOREVER if opening.end is None else opening.end for opening in openings],
            [opening.channel for opening in openings],
            [opening.zone for opening in openings],
            bytearray(opening.estimated for opening in openings),
            [opening.session_ids[0] for opening in openings],
            {opening.session_ids[0]: opening.session_ids for opening in openings if len(opening.session_ids) > 1},
        )

    def only(self, chosen: Collection[int]) -> Openings:
        """The openings whose value in `chosen`, one for each opening, is true."""
        return self._of_columns(chosen_values(column, chosen) for column in self._columns())

    def between(self, first: int, stop: int) -> Openings:
        """The openings that start from the instant `first` on and before `stop`, in UTC seconds."""
        return self[bisect_left(self.starts, first) : bisect_left(self.starts, stop)]  # type: ignore[no-any-return]

    def since(self, first: int) -> Openings:
        """The openings that start from the instant `first` on, in UTC seconds."""
        return self[bisect_left(self.starts, first) :]  # type: ignore[no-any-return]

    @property
    def session_ids(self) -> Iterator[tuple[int, ...]]:
        """The ids of the sessions of each opening."""
        return (self.joined_ids.get(id) or (id,) for id in self.first_ids)

    def known_ends(self) -> Iterator[int | None]:
        """The end of each opening, None for one that runs."""
        return (None if end == FOREVER else end for end in self.ends)

    def _columns(self) -> tuple[Any, ...]:
        return self.starts, self.ends, self.channels, self.zones, self.estimated, self.first_ids

    def _of_columns(self, columns: Iterable[Any]) -> Openings:
        starts, ends, channels, zones, estimated, first_ids = columns
        return Openings(starts, ends, channels, zones, estimated, first_ids, self.joined_ids)

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Opening]:
        estimated = map(bool, self.estimated)
        columns = (self.starts, self.known_ends(), self.channels, self.zones, estimated, self.session_ids)
        return map(Opening._make, zip(*columns, strict=True))

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice) and index.indices(len(self)) == (0, len(self), 1):
            return self
        if isinstance(index, slice):
            return self._of_columns(column[index] for column in self._columns())
        place = range(len(self))[index]
        return next(iter(self[place : place + 1]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def openings(sessions: Iterable[Session]) -> tuple[Opening, ...]:
    """The openings among social sessions, by start; the caller leaves out what is not social."""
    ordered = sorted(sessions, key=lambda session: (session.start, session.id))
    return tuple(joined(SessionColumns.of(ordered)))


def joined(sessions: SessionColumns) -> Openings:
    """The openings among social sessions.

    Sessions of one channel are joined whatever happened on other channels in between. A session that begins while an
    earlier one of its channel still runs is part of it. The first session's zone is the opening's.
    """
    ids, guessed = sessions.id, sessions.estimated[:]
    until = [FOREVER if end is None else end for end in sessions.end]
    joins: list[tuple[int, int]] = []  # index of an opening's first session, index of another one of it
    #: Of each channel: the index of its last opening's first session, and when that opening ends.
    heads: dict[str, int] = {}
    reached: dict[str, int] = {}
    never = -FOREVER
    for index, (channel, start, end) in enumerate(zip(sessions.channel, sessions.start, until, strict=True)):
        if start - reached.get(channel, never) > MERGE_GAP:
            heads[channel], reached[channel] = index, end
        else:
            joins.append((heads[channel], index))
            reached[channel] = max(reached[channel], end)
    joined_ids: dict[int, tuple[int, ...]] = {}
    first_sessions = bytearray(b"\1") * len(ids)
    for head, index in joins:
        joined_ids[ids[head]] = (*joined_ids.get(ids[head], (ids[head],)), ids[index])
        until[head] = max(until[head], until[index])
        guessed[head] |= guessed[index]
        first_sessions[index] = False
    every = Openings(sessions.start, until, sessions.channel, sessions.zone, guessed, ids, joined_ids)
    return every.only(first_sessions) if joins else every


class WallTimes(Record):
    """The times of openings by the wall clock of their zones, as three columns of one length.

    `starts` are instants in UTC seconds, `days` the numbers of the days they belong to (since 1970-01-01), `seconds`
    the seconds of the clock since midnight.
    """

    starts: list[int]
    days: list[int]
    seconds: list[int]

    def since(self, place: int) -> WallTimes:
        """The times from a place on."""
        return WallTimes(self.starts[place:], self.days[place:], self.seconds[place:])

    def only(self, chosen: Collection[object]) -> WallTimes:
        """The times for which `chosen`, of the same length, is true."""
        columns: tuple[Any, ...] = self
        return WallTimes._make(chosen_values(column, chosen) for column in columns)


def wall_times(openings: Iterable[Opening], starts_at: int) -> WallTimes:
    """The wall times of openings, which are given by start; a day begins `starts_at` seconds after midnight."""
    columns = Openings.of(openings)
    starts = columns.starts
    days: list[int] = []
    seconds: list[int] = []
    for first, stop, wall in by_day(starts, columns.zones, starts_at):
        begins, ends, _date = wall.around(starts[first])
        offset = wall.offset(begins)
        days += [wall.day_number(starts[first])] * (stop - first)
        if offset == wall.offset(ends - 1):
            midnight = begins - (begins + offset) % DAY
            next_date = bisect_left(starts, midnight + DAY, first, stop)  # from there on it is the next date's clock
            seconds.extend(map(sub, starts[first:next_date], repeat(midnight)))
            seconds.extend(map(sub, starts[next_date:stop], repeat(midnight + DAY)))
        else:  # on the two days a year when the clock changes
            seconds.extend(map(wall.second_of_day, starts[first:stop]))
    return WallTimes(starts, days, seconds)


def crowded_windows(starts: Sequence[int], least: int = LEAST_IN_WINDOW) -> list[tuple[int, int]]:
    """(first, last) index of the openings in each window that begins with an opening and holds at least `least`.

    `starts` are instants in seconds, ascending; a window lasts WINDOW_SECONDS seconds, both ends included.
    """
    windows = []
    last, count = 0, len(starts)
    durations = map(sub, islice(starts, least - 1, None), starts)
    for first in compress(range(count), map(WINDOW_SECONDS.__ge__, durations)):
        last = max(last, first + least - 1)
        while last + 1 < count and starts[last + 1] - starts[first] <= WINDOW_SECONDS:
            last += 1
        windows.append((first, last))
    return windows


def spell_starts(
    ids: Sequence[int],
    starts: Sequence[int],
    ends: Sequence[int | None],
    sources: Sequence[str | None],
    uses: Mapping[str, Sequence[tuple[int, int]]],
) -> dict[int, int]:
    """The sessions that do not begin a spell: for the id of each, the id of the session that began its spell.

    Social sessions by start are given in columns; what a person recorded, or has no source, is in no spell. `uses` are
    the uses of each source's devices by start: from the first session to when the screen went dark. A use without
    length only says when some screen went dark. All in UTC seconds.
    """
    inside: dict[int, int] = {}
    for source in {source for source in {*sources} if source and source not in BY_PEOPLE}:
        is_its = [of_session == source for of_session in sources]
        measured = zip(*(compress(column, is_its) for column in (ids, starts, ended(starts, ends))), strict=True)
        if spans := uses.get(source):
            _follow_screens(measured, _ScreenUse(spans), inside)
            continue
        head, until = -1, -FOREVER
        for id, start, end in measured:
            if start - until > SPELL_GAP:
                head = id
            else:
                inside[id] = head
            if end > until:
                until = end
    return inside


def _follow_screens(sessions: Iterable[tuple[int, int, int]], use: _ScreenUse, inside: dict[int, int]) -> None:
    """Put into `inside` the sessions of one source that do not begin a spell, where the source knows the screen."""
    #: The spell that goes on, by when its screen will go dark: who began it, and until when it lasts.
    spells: dict[int | None, tuple[int, int]] = {}
    for id, start, end in sessions:
        dark = use.dark_after(start, end)
        gap = LIT_GAP if dark is not None or use.known(start) else SPELL_GAP
        head, until = spells.get(dark, (id, start))
        if start - until > gap:
            head, until = id, start
        if head != id:
            inside[id] = head
        spells[dark] = head, max(until, end)
        if dark is not None and dark < end - ROUNDING:
            # It was joined over a dark moment: the spell goes on in the use that it ends in.
            spells[use.dark_after_end(dark, end)] = spells[dark]


class _ScreenUse:
    """The screens of one source's devices, asked about sessions by their starts."""

    def __init__(self, uses: Sequence[tuple[int, int]]) -> None:
        self._uses = [use for use in uses if use[0] < use[1]]
        self._dark = sorted(end for _start, end in uses)
        #: Only when, not on which device: of imports by earlier versions of the program.
        self._moments = [end for start, end in uses if start == end]
        self._next = 0
        #: The ends of the uses that have begun, the last one at the end.
        self._begun: list[int] = []

    def dark_after(self, start: int, end: int) -> int | None:
        """When the screen on which a session was went dark after it; None where that is not known."""
        while self._next < len(self._uses) and self._uses[self._next][0] <= start:
            self._begun.append(self._uses[self._next][1])
            self._next += 1
        while self._begun and self._begun[-1] <= start:
            self._begun.pop()
        if self._begun:
            return self._begun[-1]
        place = bisect_left(self._moments, max(end - ROUNDING, start + 1))
        moment = self._moments[place] if place < len(self._moments) else None
        return moment if moment is not None and moment - end <= KNOWN_WITHIN else None

    def dark_after_end(self, dark: int, end: int) -> int:
        """When the screen went dark after a session that began before it did at `dark`, and ended later."""
        place = bisect_right(self._uses, (end, end)) - 1
        while place >= 0 and self._uses[place][0] >= dark:
            if self._uses[place][1] >= end - ROUNDING:
                return self._uses[place][1]
            place -= 1
        return dark

    def known(self, start: int) -> bool:
        """Whether a screen went dark lately."""
        place = bisect_right(self._dark, start) - 1
        return place >= 0 and start - self._dark[place] <= KNOWN_WITHIN
