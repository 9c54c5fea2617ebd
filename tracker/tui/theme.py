"""Our two themes, and the variables with which every theme colours the channels.

Drawings never name a colour. They name a variable (`$channel-blue`, `$flag`, `$track`) that each theme defines, so a
change of theme recolours everything, and the terminal's own sixteen colours stay as they are. Every text colour here
has a contrast of at least 4.5:1 on its background (a test computes it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.theme import Theme

from tracker.reports.channel_colours import HUES, hue_of

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The variable of each purpose: making and relating are the intended ones.
PURPOSES = {"make": "$good", "relate": "$channel-teal", "monitor": "$flag", "scroll": "$channel-red"}

#: Our variables, in a dark theme, a light one, and the terminal's own colours.
COLOURS = {
    "good": ("#93c572", "#3d6b1e", "ansi_green"),
    "flag": ("#efb44a", "#8a5a00", "ansi_yellow"),
    "faint": ("#8a94a4", "#5a626d", "ansi_bright_black"),
    "track": ("#222a36", "#e2ded4", "ansi_bright_black"),
    "line": ("#36404f", "#c6c1b4", "ansi_bright_black"),
    "strong": ("#f4f6f9", "#14181d", "ansi_default"),
    "on-ink": ("#0e1218", "#ffffff", "ansi_black"),
    "heat-0": ("#161b24", "#efece4", "ansi_default"),
    "cursor": ("#22301d", "#dde8cf", "ansi_default"),
    "heat-1": ("#5c4a24", "#ecd9ac", "ansi_yellow"),
    "heat-2": ("#86692b", "#dcb662", "ansi_yellow"),
    "heat-3": ("#b98a33", "#bd8418", "ansi_yellow"),
    "heat-4": ("#efb44a", "#8a5a00", "ansi_bright_yellow"),
}

_DARK, _LIGHT, _ANSI = 0, 1, 2

DARK = Theme(
    name="tracker-dark",
    primary="#93c572",
    secondary="#6cb2f0",
    accent="#efb44a",
    warning="#efb44a",
    error="#f2776b",
    success="#93c572",
    foreground="#d5dbe4",
    background="#0f131a",
    surface="#151a23",
    panel="#1d2430",
    dark=True,
    variables={"block-cursor-background": "#93c572", "block-cursor-foreground": "#0e1218"},
)

LIGHT = Theme(
    name="tracker-light",
    primary="#3d6b1e",
    secondary="#1766b3",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#b8382c",
    success="#3d6b1e",
    foreground="#22272e",
    background="#faf8f3",
    surface="#f3f0e8",
    panel="#e9e5da",
    dark=False,
    variables={"block-cursor-background": "#3d6b1e", "block-cursor-foreground": "#ffffff"},
)


def hue(channel: str) -> str:
    """The variable that colours a channel, the same on every day and in every theme: `$channel-blue`."""
    return f"$channel-{hue_of(channel)}"


def themes_in_order(names: Iterable[str]) -> list[str]:
    """Themes in the order to offer them: ours, the terminal's own sixteen colours, the rest by name."""
    return sorted(names, key=lambda name: (not name.startswith("tracker"), "ansi" not in name, name))


def variables(theme: Theme) -> dict[str, str]:
    """Our variables as `theme` shows them."""
    column = _ANSI if theme.ansi else _DARK if theme.dark else _LIGHT
    colours = {f"channel-{name}": shades[column] for name, shades in HUES.items()}
    return colours | {name: shades[column] for name, shades in COLOURS.items()}
