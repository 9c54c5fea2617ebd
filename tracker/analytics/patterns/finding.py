"""What a pattern finds in a log, and what detectors share to say it."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from tracker.domain.record import Record
from tracker.formatting.numbers import format_significant, round_half_up, round_to_int
from tracker.formatting.times import format_duration
from tracker.locale import N_, _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Literal

    State = Literal["quiet", "flagged", "not enough data"]
    Figure = int | float | str | None

QUIET: State = "quiet"
FLAGGED: State = "flagged"
NOT_ENOUGH: State = "not enough data"

#: The states of a finding, in the reader's words.
STATES = {"quiet": N_("quiet"), "flagged": N_("flagged"), "not enough data": N_("not enough data")}


class Cluster(Record):
    """A burst of openings that chance and the user's own habits do not explain.

    `start` and `end` are the instants (UTC seconds) of the first and the last opening, `openings` how many there were,
    and `expected` how many are usual from `start` on, over 30 minutes or to `end` where that is later. A burst can
    outlast 30 minutes; the `peak_` figures are those of its strongest 30 minutes, and `p` is the chance of so many
    there, with `peak_expected` a mean over `usual_days` days and counts that stray `spread` times as far as by chance.
    `sessions` are ids in the order the sessions began.
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
    usual_days: float
    spread: float
    channels: tuple[str, ...]
    sessions: tuple[int, ...]


class BarChart(Record):
    """One bar for each label, and beside it the usual value where there is one.

    `unit` says what is counted, `usual_is` what the second series is, both in the reader's language. With `hours` the
    values are hours and are written as durations.
    """

    unit: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    usual: tuple[float, ...] = ()
    usual_is: str = ""
    hours: bool = False

    def say(self, value: float, digits: int = 3) -> str:
        """A value as people read it: `12`, `0.37`; of hours `22m`."""
        return format_duration(round_to_int(3600 * value)) if self.hours else format_significant(value, digits)


class Finding(Record):
    """What one pattern says about one log. `evidence` is one sentence in the reader's language.

    `figures` has English keys. `first_date` and `last_date` are the first and last day looked at (logged ones, or of
    whole weeks), None where there is none. `sessions` are the ids that the evidence rests on, `events` what can be
    shown one by one. `usual`, `chance` and `others` are a clause each or empty: what is usual for this person, what
    chance would do, what is known of others. `margin` is how far past its threshold a flagged finding is: its figure
    over the threshold, so 1 is just there.
    """

    name: str
    state: State
    evidence: str
    first_date: str | None
    last_date: str | None
    figures: dict[str, Figure]
    sessions: tuple[int, ...] = ()
    events: tuple[Cluster, ...] = ()
    usual: str = ""
    chance: str = ""
    others: str = ""
    margin: float = 0.0
    chart: BarChart | None = None


def finding(
    name: str, flagged: bool, evidence: str, window: Sequence[str], figures: dict[str, Figure], **more: object
) -> Finding:
    """A finding over the dates of a window, `flagged` or `quiet`; `more` are its other fields."""
    first, last = (window[0], window[-1]) if window else (None, None)
    return Finding(name, FLAGGED if flagged else QUIET, evidence, first, last, figures)._replace(**more)  # type: ignore[arg-type]


def not_enough(name: str, window: Sequence[str], figures: Mapping[str, Figure], *needs: str) -> Finding:
    """A finding without enough data; `needs` says in the reader's words what is still missing, one thing or several.

    Empty needs are left out.
    """
    needs = tuple(filter(None, needs))
    if len(needs) > 1:
        evidence = _("needs {days} and {sessions}").format(days=", ".join(needs[:-1]), sessions=needs[-1])
    else:
        evidence = _("needs {more}").format(more=needs[0])
    first, last = (window[0], window[-1]) if window else (None, None)
    return Finding(name, NOT_ENOUGH, evidence, first, last, dict(figures))


def more_days(count: int) -> str:
    """`3 more logged days`; empty for none."""
    return ngettext("{days} more logged day", "{days} more logged days", count).format(days=count) if count else ""


def more_openings(count: int) -> str:
    """`3 more openings`."""
    return ngettext("{n} more opening", "{n} more openings", count).format(n=count)


def say_usual_openings(expected: float) -> str:
    """`usually about 18`, `usually fewer than 1`, `usually none`: the openings that are usual at some time."""
    if expected < 0.05:
        return _("usually none")
    if expected < 0.95:
        return _("usually fewer than 1")
    return _("usually about {number}").format(number=round_to_int(expected))


def share_figures(share: float, low: float, high: float) -> dict[str, Figure]:
    """A share and its interval, as figures."""
    return {"share": round_half_up(share, 4), "share_low": round_half_up(low, 4), "share_high": round_half_up(high, 4)}


def duration_bins(durations: Iterable[int], cuts: Sequence[int]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Labels, and how many durations are below the first cut, from there below the next, … and from the last on.

    Durations and cuts are in seconds, the cuts ascending.
    """
    ordered = sorted(durations)
    edges = (0, *(bisect_left(ordered, cut) for cut in cuts), len(ordered))
    labels = (*(_("< {time}").format(time=format_duration(cut)) for cut in cuts), _("longer"))
    return labels, tuple(stop - first for first, stop in pairwise(edges))
