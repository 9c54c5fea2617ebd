"""Colours and signs: our two themes, the variables that colour the channels, and the signs of the screens.

Drawings never name a colour. They name a variable (`$channel-blue`, `$flag`, `$track`) that each theme defines, so a
change of theme recolours everything, and the terminal's own sixteen colours stay as they are. Every text colour here
has a contrast of at least 4.5:1 on its background (a test computes it).

A state is shown by a sign, never by a colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from textual.css.stylesheet import Stylesheet
from textual.theme import BUILTIN_THEMES, Theme

from tracker.domain.default_channels import HUES, hue_of

#: The variable of each purpose: making and relating are the intended ones. A channel's colour is never a purpose's.
PURPOSES = {"make": "$good", "relate": "$good", "monitor": "$neutral", "scroll": "$neutral"}

#: Our variables, in a dark theme, a light one, and the terminal's own sixteen colours on a dark and on a light ground.
#: `over` is amber: over the plan, the budget or the limit, and nothing else.
COLOURS = {
    "good": ("#93c572", "#3d6b1e", "ansi_green", "ansi_green"),
    "over": ("#efb44a", "#8a5a00", "ansi_yellow", "ansi_yellow"),
    "flag": ("#f4f6f9", "#14181d", "ansi_default", "ansi_default"),
    "faint": ("#8a94a4", "#5a626d", "ansi_bright_black", "ansi_bright_black"),
    "neutral": ("#8a94a4", "#5a626d", "ansi_white", "ansi_bright_black"),
    "track": ("#222a36", "#e2ded4", "ansi_bright_black", "ansi_white"),
    "line": ("#36404f", "#c6c1b4", "ansi_bright_black", "ansi_bright_black"),
    "strong": ("#f4f6f9", "#14181d", "ansi_default", "ansi_default"),
    "on-ink": ("#0e1218", "#ffffff", "ansi_black", "ansi_bright_white"),
    "cursor": ("#22301d", "#dde8cf", "ansi_default", "ansi_default"),
    "on-heat": ("#f4f6f9", "#14181d", "ansi_black", "ansi_black"),
    "heat-0": ("#161b24", "#efece4", "ansi_default", "ansi_default"),
    "heat-1": ("#2a3444", "#dfe3ea", "ansi_bright_black", "ansi_white"),
    "heat-2": ("#43536b", "#b9c2d0", "ansi_white", "ansi_white"),
    "heat-3": ("#7d92b1", "#61708a", "ansi_white", "ansi_bright_black"),
    "heat-4": ("#b3c5de", "#3f4a5c", "ansi_bright_white", "ansi_black"),
}


def _scrollbars(column: int) -> dict[str, str]:
    """Bar and track as those of the drawings; Textual's own track is a black stripe on our dark ground."""
    bar, track = COLOURS["line"][column], COLOURS["track"][column]
    bars = dict.fromkeys(("scrollbar", "scrollbar-hover", "scrollbar-active"), bar)
    grounds = ("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active")
    return bars | dict.fromkeys((*grounds, "scrollbar-corner-color"), track)


#: Textual's colours that differ between our two themes and are none of our variables.
_OWN = ("secondary", "error", "foreground", "background", "surface", "panel")


def _theme(name: str, column: int, *own: str) -> Theme:
    """One of our themes, by the column of COLOURS and the values of _OWN."""
    good, over, ink = (COLOURS[variable][column] for variable in ("good", "over", "on-ink"))
    variables = {"block-cursor-background": good, "block-cursor-foreground": ink, **_scrollbars(column)}
    theme = Theme(name, primary=good, accent=good, success=good, warning=over, dark=not column, variables=variables)
    named: dict[str, Any] = dict(zip(_OWN, own, strict=True))
    return replace(theme, **named)


DARK = _theme("tracker-dark", 0, "#6cb2f0", "#f2776b", "#d5dbe4", "#0f131a", "#151a23", "#1d2430")
LIGHT = _theme("tracker-light", 1, "#1766b3", "#b8382c", "#22272e", "#faf8f3", "#f3f0e8", "#e9e5da")

#: The terminal's own colours as Textual has them, with our green for titles and keys: blue is a channel's.
ANSI = tuple(
    replace(BUILTIN_THEMES[name], primary="ansi_green", accent="ansi_green") for name in ("ansi-dark", "ansi-light")
)

#: Signs that more than one module prints. Each has one meaning: tests/tui/test_signs.py lists all that are printed.
RUNS, PAUSE, OVERLAPS, OVER, TALK, COMMITMENT, YES = "●", "‖", "∩", "▲", "◆", "⇒", "✓"
NOW = "╹"

#: The sign and style of a commitment that was kept, was not kept, or is not known.
RESULT_SIGNS = {True: (YES, "bold $good"), False: ("✗", "bold $strong"), None: ("?", "$faint")}

#: Numbers of the steps of a review: to come, and the one that is shown.
NUMBERS, HERE = "①②③④⑤⑥⑦⑧", "❶❷❸❹❺❻❼❽"


def hue(channel: str) -> str:
    """The variable that colours a channel, the same on every day and in every theme: `$channel-blue`."""
    return f"$channel-{hue_of(channel)}"


def themes_in_order(names: Iterable[str]) -> list[str]:
    """Themes in the order to offer them: ours, the terminal's own sixteen colours, the rest by name."""
    return sorted(names, key=lambda name: (not name.startswith("tracker"), "ansi" not in name, name))


def variables(theme: Theme) -> dict[str, str]:
    """Our variables as `theme` shows them."""
    column = 2 * theme.ansi + (not theme.dark)
    colours = {f"channel-{name}": shades[column] for name, shades in HUES.items()}
    return colours | {name: shades[column] for name, shades in COLOURS.items()}


class Styles(Stylesheet):
    """A stylesheet that is parsed again only where a variable has changed.

    Textual parses all styles before the first paint, and a second time because a theme was chosen since the app was
    made. That is a tenth of the time to the first paint.
    """

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._current = variables

    def read_all(self, paths: Sequence[PurePath]) -> None:
        """Read those of the files that were not read yet."""
        if new := [path for path in paths if not self.has_source(str(path))]:
            super().read_all(new)
            self.parse()

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other variables, if they are others."""
        if variables != self._current:
            super().set_variables(variables)
            self._current = variables

    def reparse(self) -> None:
        """Parse what is new, or all with other variables: Textual keeps what it has parsed until they change."""
        self.parse()
