"""Openings: what the patterns are computed on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress

from tracker.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import Any

    from tracker.domain.models import Session

#: Social sessions of one channel this close together, in seconds, are one opening.
MERGE_GAP = 30
#: The end of what still runs: after everything.
FOREVER = 1 << 62


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
    """Openings by start, in columns of one length; each is made when it is looked at.

    Of ten years there are half a million, and most patterns want a column or two of them.
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
        """The same openings in columns."""
        if isinstance(openings, Openings):
            return openings
        columns = list(map(list, zip(*openings, strict=True)))
        return cls(*columns) if columns else cls([], [], [], [], [], [])

    def only(self, chosen: Collection[int]) -> Openings:
        """Those that are chosen: `chosen` has a truth for each of them."""
        return Openings(*(list(compress(column, chosen)) for column in self._columns()))

    def between(self, first: int, stop: int) -> Openings:
        """Those that begin from the instant `first` on and before `stop`."""
        return self[bisect_left(self.starts, first) : bisect_left(self.starts, stop)]  # type: ignore[no-any-return]

    def _columns(self) -> tuple[list[Any], ...]:
        return self.starts, self.ends, self.channels, self.zones, self.estimated, self.session_ids

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Opening]:
        return map(Opening._make, zip(*self._columns(), strict=True))

    def __getitem__(self, place: Any) -> Any:
        columns = [column[place] for column in self._columns()]
        return Openings(*columns) if isinstance(place, slice) else Opening._make(columns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def openings(sessions: Iterable[Session]) -> tuple[Opening, ...]:
    """The openings among social sessions, by start; the caller leaves out what is not social."""
    rows = [
        (one.id, one.channel, one.start, one.end, one.estimated, one.zone) for one in sorted(sessions, key=_by_start)
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
    """The openings among social sessions given by start, in columns of one length.

    Sessions of one channel are joined whatever happened on other channels in between. What follows a session that
    still runs, or lies inside a longer one, is part of it. The first session's zone is the opening's.
    """
    reaching = [FOREVER if end is None else end for end in ends]
    joins = _joins(channels, starts, reaching)
    own: list[tuple[int, ...]] = list(zip(ids, strict=True))
    guessed = list(map(bool, estimated)) if any(estimated) else [False] * len(own)
    for head, place in joins:
        own[head] += own[place]
        guessed[head] = guessed[head] or guessed[place]
    closed: list[int | None] = [*reaching]
    if None in ends:
        closed = [None if end == FOREVER else end for end in reaching]
    found = Openings(starts, closed, channels, zones, guessed, own)
    if not joins:
        return found
    first = bytearray(b"\1") * len(starts)
    for _head, place in joins:
        first[place] = False
    return found.only(first)


def _joins(channels: Sequence[str], starts: Sequence[int], reaching: list[int]) -> list[tuple[int, int]]:
    """(the opening's first session, another one of it), by index; `reaching` is moved on to where each opening ends."""
    joins = []
    heads: dict[str, int] = {}  # where a channel's last opening is
    for place, (channel, start) in enumerate(zip(channels, starts, strict=True)):
        head = heads.get(channel)
        if head is not None and start - reaching[head] <= MERGE_GAP:
            joins.append((head, place))
            reaching[head] = max(reaching[head], reaching[place])
        else:
            heads[channel] = place
    return joins


def _by_start(session: Session) -> tuple[int, int]:
    return session.start, session.id
