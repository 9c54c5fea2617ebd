"""A pattern: its definition in words, its thresholds and their origin, its detector; and what that finds in a log.

The texts are the one source of `tracker patterns --explain` and of docs/patterns.md.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from tracker.domain.record import Record
from tracker.formatting.numbers import (
    format_percent,
    format_significant,
    localize_numbers,
    round_half_up,
    round_to_int,
    with_percent_sign,
)
from tracker.formatting.times import format_duration
from tracker.locale import N_, _, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from tracker.analytics.patterns.detector_input import DetectorInput

    Detector = Callable[[DetectorInput], "Finding"]
    State = Literal["quiet", "flagged", "not enough data"]

Figure = int | float | str | None

QUIET: State = "quiet"
FLAGGED: State = "flagged"
NOT_ENOUGH: State = "not enough data"

#: The chance that one judgement of one pattern (`registry.judge`) is wrong, at most.
WRONG = 0.005

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
    name: str,
    flagged: bool,
    evidence: str,
    window: Sequence[str],
    figures: Mapping[str, Figure],
    *,
    sessions: Iterable[int] = (),
    margin: float = 0.0,
    **more: object,
) -> Finding:
    """A finding over the dates of a window, `flagged` or `quiet`; `more` are its other fields.

    A quiet finding rests on no sessions and has no margin: those that are given are not looked at.
    """
    first, last = (window[0], window[-1]) if window else (None, None)
    judged = Finding(name, FLAGGED if flagged else QUIET, evidence, first, last, dict(figures))
    if flagged:
        more |= {"sessions": tuple(sessions), "margin": margin}
    return judged._replace(**more)  # type: ignore[arg-type]


def not_enough(name: str, window: Sequence[str], figures: Mapping[str, Figure], *needs: str) -> Finding:
    """A finding without enough data; `needs` says in the reader's words what is still missing, one thing or several.

    Empty needs are left out.
    """
    needs = tuple(filter(None, needs))
    if len(needs) > 1:
        evidence = _("needs {days} and {sessions}").format(days=", ".join(needs[:-1]), sessions=needs[-1])
    else:
        evidence = _("needs {more}").format(more=needs[0])
    return finding(name, False, evidence, window, figures, state=NOT_ENOUGH)


def more_days(count: int) -> str:
    """`3 more logged days`; empty for none."""
    return plural(count, "{days} more logged day", "{days} more logged days", days=count) if count else ""


def more_openings(count: int) -> str:
    """`3 more openings`."""
    return plural(count, "{n} more opening", "{n} more openings")


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


#: Where a threshold comes from.
MARKS = {"E": N_("reported in the literature"), "O": N_("calibrated in our own studies"), "P": N_("a product choice")}

#: Words of the figures that several patterns have, by their names in JSON.
COMMON_FIGURES = {
    "logged_days": N_("logged days"),
    "days_needed": N_("logged days still needed"),
    "openings_needed": N_("openings still needed"),
    "share_low": N_("share, lower end of the interval"),
    "share_high": N_("share, upper end of the interval"),
    "p": N_("chance of it"),
}

#: How a key figure is written: as a number, a percentage, a multiple, a duration in seconds.
AS_NUMBER, AS_SHARE, AS_TIMES, AS_TIME = "number", "share", "times", "time"


class Threshold(Record):
    """A number that decides, in words, with the mark (MARKS) that says where it comes from.

    One with a `key` can be changed by the user, from `least` to `most`: `{value}` in the text is its current value.
    """

    text: str
    mark: str
    key: str = ""
    value: float = 0.0
    least: float = 0.0
    most: float = 0.0

    def write(self, value: float) -> str:
        """`25%`, `10`: a value as the screens show it, and read it."""
        if "{percent}" in self.text:
            return with_percent_sign(format_significant(round(100 * value, 6)))
        return format_significant(value)


class KeyFigure(Record):
    """The figure that stands for a pattern week by week.

    `figure` is its name among the figures (of a figure per channel the common part), `words` say what it is and over
    which days, `form` is one of AS_NUMBER, AS_SHARE, AS_TIMES, AS_TIME.
    """

    figure: str
    words: str
    form: str = AS_NUMBER

    def say(self, value: float) -> str:
        """`3`, `58 %`, `×4.5`, `1h 10m`."""
        if self.form == AS_SHARE:
            return format_percent(value)
        if self.form == AS_TIME:
            return format_duration(round_to_int(value))
        said = format_significant(value, 2)
        return f"×{said}" if self.form == AS_TIMES else said


class Pattern(Record):
    """One pattern: in words, and as a function. Texts are English message ids, translated where they are shown.

    `plain` says what it is in a sentence or two without statistics, `text` defines it. A threshold that the user may
    change stands in both by its key, `{nights}`, or as a percentage, `{share_percent}`, in the thresholds as `{value}`
    or `{percent}`.
    `place` is its place among the patterns, `figures` has the words of the figures of its findings, `asks` names the
    settings it needs, and `note` is what to bear in mind. `calculation` gives further paragraphs for `--explain`.
    Without `can_be_flagged` it is a figure only.
    """

    place: int
    name: str
    heading: str
    text: str
    thresholds: tuple[Threshold, ...]
    silent_before: str
    source: str
    detect: Detector
    figures: Mapping[str, str]
    plain: str = ""
    note: str = ""
    asks: tuple[str, ...] = ()
    key_figure: KeyFigure = KeyFigure("", "")
    calculation: Callable[[Finding, DetectorInput], list[str]] | None = None
    can_be_flagged: bool = True

    @property
    def title(self) -> str:
        """Its plain-word name in the reader's language."""
        return _(self.heading)

    def limits(self) -> dict[str, Threshold]:
        """The thresholds the user may change, by the name they have in the settings."""
        return {f"{self.name}.{limit.key}": limit for limit in self.thresholds if limit.key}

    def words(self, figure: str, titles: Mapping[str, str]) -> str:
        """What a figure of its findings is, in the reader's words; `hours.linkedin` is one channel's, by its title.

        Raises KeyError for any other name.
        """
        name, _dot, channel = figure.partition(".")
        words = _(self.figures.get(name) or COMMON_FIGURES[name])
        return f"{words}, {titles.get(channel, channel)}" if channel else words

    def define(self, chosen: Mapping[str, float]) -> str:
        """What it is in the reader's words, exactly, with the thresholds as they are set."""
        return self._with_limits(self.text, chosen)

    def describe(self, chosen: Mapping[str, float]) -> str:
        """The same in a sentence or two that need no statistics."""
        return self._with_limits(self.plain or self.text, chosen)

    def _with_limits(self, text: str, chosen: Mapping[str, float]) -> str:
        values = {limit.key: self._value(limit, chosen) for limit in self.thresholds if limit.key}
        percents = {f"{key}_percent": _say_percent(value) for key, value in values.items()}
        return _(text).format(**{key: say_value(value) for key, value in values.items()}, **percents)

    def say(self, limit: Threshold, chosen: Mapping[str, float]) -> str:
        """A threshold in the reader's words, as it is set."""
        value = self._value(limit, chosen)
        return localize_numbers(_(limit.text).format(value=say_value(value), percent=_say_percent(value)))

    def _value(self, limit: Threshold, chosen: Mapping[str, float]) -> float:
        return chosen.get(f"{self.name}.{limit.key}", limit.value) if limit.key else limit.value


def _say_percent(value: float) -> str:
    return say_value(round(100 * value, 6))


def say_value(value: float) -> str:
    """`0.6`, `10`: a threshold as it is written in the settings."""
    return f"{value:g}"
