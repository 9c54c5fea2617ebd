"""What a pattern says about a log."""

from __future__ import annotations

from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    State = Literal["quiet", "flagged", "not enough data"]
    Figure = int | float | str | None

QUIET: State = "quiet"
FLAGGED: State = "flagged"
NOT_ENOUGH: State = "not enough data"


class Cluster(Record):
    """A burst of openings that chance and the user's own habits do not explain.

    `start` and `end` are the instants of the first and the last opening, `openings` how many there were, and `expected`
    how many are usual from `start` on, over 30 minutes or to `end` where that is later. A burst can outlast
    30 minutes; the `peak_` figures are those of its strongest 30 minutes, and `p` is the chance of that many there.
    """

    date: str
    start: int
    end: int
    zone: str
    openings: int
    expected: float
    p: float
    peak_start: int
    peak_openings: int
    peak_expected: float
    channels: tuple[str, ...]
    #: Ids of the sessions, in the order they began.
    sessions: tuple[int, ...]


class Finding(Record):
    """One pattern over one window. `evidence` is one sentence in the reader's language; `figures` has English keys."""

    name: str
    state: State
    evidence: str
    #: First and last logged day looked at; None when there is none.
    first_date: str | None
    last_date: str | None
    figures: dict[str, Figure]
    #: Ids of the sessions the evidence rests on.
    sessions: tuple[int, ...] = ()
    #: What can be shown one by one: the clusters of `check_cluster`.
    events: tuple[Cluster, ...] = ()
