"""What a pattern says about a log."""

from __future__ import annotations

from itertools import pairwise

from tracker.domain.record import Record
from tracker.formatting.numbers import round_to_int

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from tracker.analytics.statistics.tally import Tally

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


class Chart(Record):
    """A picture that says more than words: one bar for each label, and where there is one the usual beside it.

    `unit` says what is counted, in the reader's language; `usual_is` what the second series is. With
    `hours` the values are hours, and said as durations.
    """

    unit: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    usual: tuple[float, ...] = ()
    usual_is: str = ""
    hours: bool = False

    def say(self, value: float, digits: int = 3) -> str:
        """A value as people read it: `12`, `0.37`, of hours `22m`."""
        from tracker.formatting.durations import format_duration
        from tracker.formatting.numbers import format_significant

        return format_duration(round_to_int(3600 * value)) if self.hours else format_significant(value, digits)


def binned(numbers: Tally, cuts: Sequence[float]) -> tuple[int, ...]:
    """How many of the numbers are below the first cut, from there below the next, … and from the last on."""
    edges = (0, *(numbers.below(cut) for cut in cuts), len(numbers))
    return tuple(stop - first for first, stop in pairwise(edges))


class Finding(Record):
    """One pattern over one window. `evidence` is one sentence in the reader's language; `figures` has English keys."""

    name: str
    state: State
    evidence: str
    #: First and last day looked at, logged ones but for whole weeks; None when there is none.
    first_date: str | None
    last_date: str | None
    figures: dict[str, Figure]
    #: Ids of the sessions the evidence rests on.
    sessions: tuple[int, ...] = ()
    #: What can be shown one by one: the clusters of `check_cluster`.
    events: tuple[Cluster, ...] = ()
    #: What is usual for this person, what chance would do, what is known of others: a clause each, or nothing.
    usual: str = ""
    chance: str = ""
    others: str = ""
    #: How far past its threshold a flagged one is: its figure over the threshold, so 1 is just there.
    margin: float = 0.0
    chart: Chart | None = None


def found(
    name: str, flagged: bool, evidence: str, window: Sequence[str], figures: dict[str, Figure], **more: object
) -> Finding:
    """A finding over the days of a window; what was flagged or not says its state."""
    first, last = (window[0], window[-1]) if window else (None, None)
    return Finding(name, FLAGGED if flagged else QUIET, evidence, first, last, figures)._replace(**more)  # type: ignore[arg-type]


def missing(name: str, window: Sequence[str], figures: dict[str, Figure], *needs: str) -> Finding:
    """Not enough data: `needs` says in the reader's words what is still missing, one thing or several."""
    from tracker.locale import _

    if len(needs) > 1:
        evidence = _("needs {days} and {sessions}").format(days=", ".join(needs[:-1]), sessions=needs[-1])
    else:
        evidence = _("needs {more}").format(more=needs[0])
    first, last = (window[0], window[-1]) if window else (None, None)
    return Finding(name, NOT_ENOUGH, evidence, first, last, figures)


def more_days(count: int) -> str:
    """`3 more logged days`."""
    from tracker.locale import ngettext

    return ngettext("{days} more logged day", "{days} more logged days", count).format(days=count)
