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
from tracker.domain.models import BY_PEOPLE, DAY, FOREVER, Session
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
KNOWN = DAY
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

    __slots__ = ("channels", "ends", "estimated", "session_ids", "starts", "zones")

    def __init__(
        self,
        starts: list[int],
        ends: list[int | None],
        channels: list[str],
        zones: list[str],
        estimated: list[bool],
        session_ids: list[tuple[int, ...]],
    ) -> None:
        self.starts, self.ends, self.channels, self.zones = starts, ends, channels, zones
        self.estimated, self.session_ids = estimated, session_ids

    @classmethod
    def of(cls, openings: Iterable[Opening]) -> Openings:
        """Openings stored in columns."""
        if isinstance(openings, Openings):
            return openings
        columns = list(map(list, zip(*openings, strict=True)))
        return cls(*columns) if columns else cls([], [], [], [], [], [])

    def only(self, chosen: Collection[int]) -> Openings:
        """The openings whose value in `chosen`, one for each opening, is true."""
        return Openings(*(list(compress(column, chosen)) for column in self._columns()))

    def between(self, first: int, stop: int) -> Openings:
        """The openings that start from the instant `first` on and before `stop`, in UTC seconds."""
        return self[bisect_left(self.starts, first) : bisect_left(self.starts, stop)]  # type: ignore[no-any-return]

    def since(self, first: int) -> Openings:
        """The openings that start from the instant `first` on, in UTC seconds."""
        return self[bisect_left(self.starts, first) :]  # type: ignore[no-any-return]

    def _columns(self) -> tuple[list[Any], ...]:
        return self.starts, self.ends, self.channels, self.zones, self.estimated, self.session_ids

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Opening]:
        return map(Opening._make, zip(*self._columns(), strict=True))

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice) and index.indices(len(self)) == (0, len(self), 1):
            return self
        columns = [column[index] for column in self._columns()]
        return Openings(*columns) if isinstance(index, slice) else Opening._make(columns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def openings(sessions: Iterable[Session]) -> tuple[Opening, ...]:
    """The openings among social sessions, by start; the caller leaves out what is not social."""
    rows = [
        (session.id, session.channel, session.start, session.end, session.estimated, session.zone)
        for session in sorted(sessions, key=lambda session: (session.start, session.id))
    ]
    return tuple(joined(*map(list, zip(*rows, strict=True)))) if rows else ()


def joined(
    ids: list[int],
    channels: list[str],
    starts: list[int],
    ends: list[int | None],
    estimated: list[int],
    zones: list[str],
) -> Openings:
    """The openings among social sessions, which are given by start, as columns of one length.

    Sessions of one channel are joined whatever happened on other channels in between. A session that begins while an
    earlier one of its channel still runs is part of it. The first session's zone is the opening's.
    """
    runs = None in ends
    until: list[int] = [FOREVER if end is None else end for end in ends] if runs else list(ends)  # type: ignore[arg-type]
    joins: list[tuple[int, int]] = []  # index of an opening's first session, index of another one of it
    last_opening: dict[str, int] = {}
    for index, (channel, start) in enumerate(zip(channels, starts, strict=True)):
        head = last_opening.get(channel)
        if head is not None and start - until[head] <= MERGE_GAP:
            joins.append((head, index))
            until[head] = max(until[head], until[index])
        else:
            last_opening[channel] = index
    session_ids: list[tuple[int, ...]] = list(zip(ids, strict=True))
    guessed = list(map(bool, estimated)) if any(estimated) else [False] * len(session_ids)
    first_sessions = bytearray(b"\1") * len(starts)
    for head, index in joins:
        session_ids[head] += session_ids[index]
        guessed[head] = guessed[head] or guessed[index]
        first_sessions[index] = False
    known_ends: list[int | None] = [*until]
    if runs:
        known_ends = [None if end == FOREVER else end for end in until]
    every = Openings(starts, known_ends, channels, zones, guessed, session_ids)
    return every.only(first_sessions) if joins else every


class WallTimes(Record):
    """The times of openings by the wall clock of their zones, as three lists of one length.

    `starts` are instants in UTC seconds, `days` the numbers of the days they belong to (since 1970-01-01), `seconds`
    the seconds of the clock since midnight.
    """

    starts: list[int]
    days: list[int]
    seconds: list[int]


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
            seconds += map(sub, starts[first:next_date], repeat(midnight))
            seconds += map(sub, starts[next_date:stop], repeat(midnight + DAY))
        else:  # on the two days a year when the clock changes
            seconds += map(wall.second_of_day, starts[first:stop])
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
            _follow_screens(measured, _Screens(spans), inside)
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


def _follow_screens(sessions: Iterable[tuple[int, int, int]], screens: _Screens, inside: dict[int, int]) -> None:
    """Put into `inside` the sessions of one source that do not begin a spell, where the source knows the screen."""
    #: The spell that goes on, by when its screen will go dark: who began it, and until when it lasts.
    spells: dict[int | None, tuple[int, int]] = {}
    for id, start, end in sessions:
        dark = screens.dark_after(start, end)
        gap = LIT_GAP if dark is not None or screens.known(start) else SPELL_GAP
        head, until = spells.get(dark, (id, start))
        if start - until > gap:
            head, until = id, start
        if head != id:
            inside[id] = head
        spells[dark] = head, max(until, end)
        if dark is not None and dark < end - ROUNDING:
            # It was joined over a dark moment: the spell goes on in the use that it ends in.
            spells[screens.dark_after_end(dark, end)] = spells[dark]


class _Screens:
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
        found = self._moments[place] if place < len(self._moments) else None
        return found if found is not None and found - end <= KNOWN else None

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
        return place >= 0 and start - self._dark[place] <= KNOWN
