"""Colours: a contrast of 4.5 to 1 for every text on every ground, and channels that keep theirs."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from tracker.domain.default_channels import HUES
from tracker.tui import theme


def contrast(first: str, second: str) -> float:
    """WCAG 2: (L1 + 0.05) / (L2 + 0.05)."""

    def luminance(colour: str) -> float:
        parts = [channel / 255 for channel in Color.parse(colour).rgb]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


BARS = [*(f"channel-{hue}" for hue in HUES), "good", "over", "neutral"]
TEXT = [*BARS, "flag", "faint", "strong"]

THEMES = [theme.DARK, theme.LIGHT, *theme.ANSI]

#: Of the sixteen colours, those that nobody can read on white.
PALE = ["ansi_white", "ansi_bright_white", "ansi_bright_yellow", "ansi_bright_green", "ansi_bright_cyan"]


@pytest.mark.parametrize("ours", [theme.DARK, theme.LIGHT], ids=lambda ours: ours.name)
@pytest.mark.parametrize("ink", TEXT)
def test_text_can_be_read_on_every_ground(ours: Theme, ink: str) -> None:
    colours = theme.variables(ours)
    for ground in (ours.background, ours.surface, colours["cursor"]):
        assert contrast(colours[ink], ground or "") >= 4.5


@pytest.mark.parametrize("ours", [theme.DARK, theme.LIGHT], ids=lambda ours: ours.name)
def test_letters_can_be_read_on_the_bars(ours: Theme) -> None:
    colours = theme.variables(ours)
    for hue in HUES:
        assert contrast(colours["on-ink"], colours[f"channel-{hue}"]) >= 4.5


@pytest.mark.parametrize("ours", THEMES, ids=lambda ours: ours.name)
def test_amber_is_what_is_over_and_nothing_else(ours: Theme) -> None:
    colours = theme.variables(ours)
    assert [name for name, colour in colours.items() if colour == colours["over"]] == ["over"]
    assert colours["over"] not in (ours.primary, ours.accent)


@pytest.mark.parametrize("ours", THEMES, ids=lambda ours: ours.name)
def test_a_bar_differs_from_its_track(ours: Theme) -> None:
    colours = theme.variables(ours)
    assert [bar for bar in BARS if colours[bar] == colours["track"]] == []


def test_a_light_terminal_shows_every_name() -> None:
    colours = theme.variables(theme.ANSI[1])
    assert [ink for ink in TEXT if colours[ink] in PALE] == []


def test_no_purpose_has_the_colour_of_a_channel() -> None:
    assert not [purpose for purpose, variable in theme.PURPOSES.items() if variable.startswith("$channel-")]


def test_a_channel_keeps_its_colour() -> None:
    assert theme.hue("linkedin") == "$channel-blue"
    assert theme.hue("my-own-forum") == theme.hue("my-own-forum")
