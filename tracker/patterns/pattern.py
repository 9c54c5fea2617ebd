"""What a pattern is made of: its words, its thresholds with where they come from, and its detector.

The one text behind `tracker patterns --explain` and docs/patterns.md. Marks on a threshold: E reported in the
literature, O our own calibration on null models, P a product choice.
"""

from __future__ import annotations

from tracker.locale import N_, _
from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.patterns.finding import Finding
    from tracker.patterns.log import Log

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
    #: The figure that is drawn week by week; of figures that each channel has, their common name.
    headline: str = ""

    @property
    def title(self) -> str:
        """Its plain-word name in the reader's language."""
        return _(self.heading)

    def limits(self) -> dict[str, Threshold]:
        """The thresholds the user may change, by the name they have in the settings."""
        return {f"{self.name}.{limit.key}": limit for limit in self.thresholds if limit.key}

    def words(self, figure: str) -> str:
        """What a figure is, in the reader's words, or its name; `hours.linkedin` is one channel's."""
        name, _dot, channel = figure.partition(".")
        said = self.figures.get(name) or COMMON.get(name)
        return figure if said is None else f"{_(said)}, {channel}" if channel else _(said)

    def define(self, chosen: Mapping[str, float]) -> str:
        """What it is in the reader's words, with the thresholds as they are set."""
        values = {limit.key: self._set(limit, chosen) for limit in self.thresholds if limit.key}
        percents = {f"{key}_percent": say_value(round(100 * value, 6)) for key, value in values.items()}
        return _(self.text).format(**{key: say_value(value) for key, value in values.items()}, **percents)

    def say(self, limit: Threshold, chosen: Mapping[str, float]) -> str:
        """A threshold in the reader's words, as it is set."""
        return _(limit.text).format(value=say_value(self._set(limit, chosen)))

    def _set(self, limit: Threshold, chosen: Mapping[str, float]) -> float:
        return chosen.get(f"{self.name}.{limit.key}", limit.value) if limit.key else limit.value


def say_value(value: float) -> str:
    """`0.6`, `10`: as it is written in the settings."""
    return f"{value:g}"
