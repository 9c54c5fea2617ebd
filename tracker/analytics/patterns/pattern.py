"""A pattern: its definition in words, its thresholds and their origin, and its detector.

The texts are the one source of `tracker patterns --explain` and of docs/patterns.md.
"""

from __future__ import annotations

from tracker.domain.record import Record
from tracker.formatting.numbers import (
    format_percent,
    format_significant,
    localize_numbers,
    round_to_int,
    with_percent_sign,
)
from tracker.formatting.times import format_duration
from tracker.locale import N_, _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.finding import Finding

    Detector = Callable[[DetectorInput], Finding]

#: Where a threshold comes from.
MARKS = {
    "E": N_("reported in the literature"),
    "O": N_("calibrated in our own studies"),
    "P": N_("a product choice"),
}

#: Words of the figures that several patterns have, by their names in JSON.
COMMON_FIGURES = {
    "logged_days": N_("logged days"),
    "days_needed": N_("logged days still needed"),
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

    @property
    def title(self) -> str:
        """Its plain-word name in the reader's language."""
        return _(self.heading)

    def limits(self) -> dict[str, Threshold]:
        """The thresholds the user may change, by the name they have in the settings."""
        return {f"{self.name}.{limit.key}": limit for limit in self.thresholds if limit.key}

    def words(self, figure: str, titles: Mapping[str, str]) -> str:
        """What a figure is, in the reader's words, or its name; `hours.linkedin` is one channel's, by its title."""
        name, _dot, channel = figure.partition(".")
        words = self.figures.get(name) or COMMON_FIGURES.get(name)
        if words is None:
            return figure
        return f"{_(words)}, {titles.get(channel, channel)}" if channel else _(words)

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
