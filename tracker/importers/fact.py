"""What a source says: facts, and the rows it could not make sense of."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from tracker.importers.recognise import Recogniser

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.domain.models import Kind

_BITS = (1 << 64) - 1

#: Odd, and the golden ratio of 2**64: spreads neighbouring instants over all 64 bits.
_SPREAD = 0x9E3779B97F4A7C15

#: How sure a fact's end is, the surest first. Of two readings of one fact the surer one is believed. IN_FRONT is the
#: time that the thing was really looked at; MEASURED is what the source says it lasted; the others are estimates.
IN_FRONT, MEASURED, UNTIL_NEXT, NOTHING_FOLLOWED = -1, 0, 1, 2

#: Instants from 1970 to 2100, in UTC seconds: what lies outside is no date anybody logged.
FIRST_INSTANT, LAST_INSTANT = 0, 4_102_444_800


class Details(NamedTuple):
    """What a person wrote beside a fact; only recorded sources have it."""

    zone: str
    activity: str | None = None
    planned_seconds: int | None = None
    intention: str | None = None
    trigger: str | None = None
    person: str | None = None
    ring: str | None = None
    note: str | None = None
    override: str | None = None
    overrun: str | None = None


class Fact(NamedTuple):
    """An interval on a channel, in UTC seconds, as one row of a source tells it.

    `key` identifies the fact within its source, whatever file it is read from: 64 bits made of what never changes
    about it (not its end, which browsers complete later). `estimated` is one of IN_FRONT, MEASURED, UNTIL_NEXT,
    NOTHING_FOLLOWED. `further` marks a second fact of one row: the row is counted with its first.
    """

    channel: str
    start: int
    end: int
    key: int
    estimated: int = MEASURED
    details: Details | None = None
    further: bool = False


class Rejected(NamedTuple):
    """A row that says nothing usable: its line (or row id) in the source, and why."""

    line: int
    reason: str


class Reading(NamedTuple):
    """A source, read: its rows are the facts, the ignored ones and the rejected ones.

    `kinds` names the channels that the facts need and the journal does not have yet, with the title and
    kind of each. `notifications` are the channels that asked for attention, and when (UTC seconds): their rows
    are among the ignored ones, for no session comes of them. `strangers` are the apps or hosts of the ignored rows that
    are no channel's, with how many rows each has; what was never in front is not among them.

    Earlier versions read some rows wrongly, and what they read may be in the file; importing the source again mends it.
    `never` are the keys of rows that are no facts, `ahead` those of rows that lie in the future. `formerly` gives the
    key that a fact was read under before, by its key; where one such key can belong to another fact by chance,
    `by_chance` says so, and only a file whose facts are mostly known under those keys was read wrongly. `misplaced`
    are notifications at the times that they would have been read at then, and those that lie in the future.

    `dates` is the order of the numbers in dates, such as `D/M/Y`, where only the way they are written told it.
    """

    facts: list[Fact]
    ignored: int
    rejected: list[Rejected]
    kinds: dict[str, tuple[str, Kind]]
    notifications: tuple[tuple[str, int], ...] = ()
    strangers: Mapping[str, int] = {}
    never: frozenset[int] = frozenset()
    ahead: frozenset[int] = frozenset()
    formerly: Mapping[int, int] = {}
    by_chance: bool = False
    misplaced: tuple[tuple[str, int], ...] = ()
    dates: str | None = None


class Reader(NamedTuple):
    """What a source is read with: the zone of its wall times, the instant it is, how to find a channel, the activities
    there are, a function told how far the reading is (0 to 1), and the order of the numbers in its dates (such as
    `D/M/Y`) where the user has said it."""

    zone: str
    now: int
    recogniser: Recogniser
    activities: frozenset[str]
    progress: Callable[[float], None]
    dates: str | None = None


def hashed(text: str) -> int:
    """64 bits of `text`, the same on every machine and in every run."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def key_of(instant: int, text_hash: int) -> int:
    """The key of what happened at `instant` (any unit) to something with this hash; signed, as SQLite stores it.

    Mixed by one multiplication instead of a hash of both: a hundred thousand visits share a few thousand addresses.
    """
    mixed = (text_hash ^ (instant * _SPREAD)) & _BITS
    return mixed - (1 << 64) if mixed >> 63 else mixed
