"""What a pattern is made of: its words, its thresholds with where they come from, and its detector.

The one text behind `tracker patterns --explain` and docs/patterns.md. Marks on a threshold: E reported in the
literature, O our own calibration on null models, P a product choice.
"""

from __future__ import annotations

from tracker.domain.record import Record
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import format_percent, format_significant, localize_numbers, round_to_int
from tracker.locale import N_, _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.analytics.patterns.finding import Finding
    from tracker.analytics.patterns.log import Log

    Detector = Callable[[Log], Finding]

MARKS = {
    "E": N_("reported in the literature"),
    "O": N_("our own calibration on null models"),
    "P": N_("a product choice"),
}


#: Figures that several patterns have, by their names in JSON, in words.
COMMON = {
    "logged_days": N_("logged days"),
    "days_needed": N_("logged days still needed"),
}


#: The states of a finding, in the reader's words.
STATES = {"quiet": N_("quiet"), "flagged": N_("flagged"), "not enough data": N_("not enough data")}


class Threshold(Record):
    """A number that decides, in words, and the mark that says where it comes from.

    One with a `key` is the user's to change, from `least` to `most`: `{value}` in the text is what it is now.
    """

    text: str
    mark: str
    key: str = ""
    value: float = 0.0
    least: float = 0.0
    most: float = 0.0


#: How a figure is said: as a number, as a share of a hundred, as so many times, as a time in seconds.
AS_NUMBER, AS_SHARE, AS_TIMES, AS_TIME = "number", "share", "times", "time"


class Headline(Record):
    """The figure that stands for a pattern week by week.

    `figure` is its name among the figures, of those that each channel has their common name; `words` say what it is
    and over which days; `form` is how it is said.
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

    A threshold that the user may change stands in `text` by its key, `{nights}`, or as `{share_percent}`. `place` is
    where it stands among the others. `figures` has the words of the figures of its findings. `asks` names the settings
    it needs, and `note` is what to bear in mind.
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
    note: str = ""
    asks: tuple[str, ...] = ()
    headline: Headline = Headline("", "")

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
        said = self.figures.get(name) or COMMON.get(name)
        return figure if said is None else f"{_(said)}, {titles.get(channel, channel)}" if channel else _(said)

    def define(self, chosen: Mapping[str, float]) -> str:
        """What it is in the reader's words, with the thresholds as they are set."""
        values = {limit.key: self._set(limit, chosen) for limit in self.thresholds if limit.key}
        percents = {f"{key}_percent": say_value(round(100 * value, 6)) for key, value in values.items()}
        return _(self.text).format(**{key: say_value(value) for key, value in values.items()}, **percents)

    def say(self, limit: Threshold, chosen: Mapping[str, float]) -> str:
        """A threshold in the reader's words, as it is set."""
        return localize_numbers(_(limit.text).format(value=say_value(self._set(limit, chosen))))

    def _set(self, limit: Threshold, chosen: Mapping[str, float]) -> float:
        return chosen.get(f"{self.name}.{limit.key}", limit.value) if limit.key else limit.value


def say_value(value: float) -> str:
    """`0.6`, `10`: as it is written in the settings."""
    return f"{value:g}"
