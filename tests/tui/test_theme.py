"""Colours: a contrast of 4.5 to 1 for every text on every ground, and channels that keep theirs."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from tracker.reports.channel_colours import HUES
from tracker.tui import theme


def contrast(one: str, other: str) -> float:
    """WCAG 2: (L1 + 0.05) / (L2 + 0.05)."""

    def luminance(colour: str) -> float:
        parts = [channel / 255 for channel in Color.parse(colour).rgb]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


TEXT = [*(f"channel-{hue}" for hue in HUES), "good", "flag", "faint", "strong"]


@pytest.mark.parametrize("ours", [theme.DARK, theme.LIGHT], ids=lambda one: one.name)
@pytest.mark.parametrize("ink", TEXT)
def test_text_can_be_read_on_every_ground(ours: Theme, ink: str) -> None:
    colours = theme.variables(ours)
    for ground in (ours.background, ours.surface, colours["cursor"]):
        assert contrast(colours[ink], ground or "") >= 4.5


@pytest.mark.parametrize("ours", [theme.DARK, theme.LIGHT], ids=lambda one: one.name)
def test_letters_can_be_read_on_the_bars(ours: Theme) -> None:
    colours = theme.variables(ours)
    for hue in HUES:
        assert contrast(colours["on-ink"], colours[f"channel-{hue}"]) >= 4.5


def test_a_channel_keeps_its_colour() -> None:
    assert theme.hue("linkedin") == "$channel-blue"
    assert theme.hue("my-own-forum") == theme.hue("my-own-forum")
