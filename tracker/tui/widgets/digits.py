"""Big figures, three lines high, for the running clock: solid blocks that read across a room."""

from __future__ import annotations

from textual.content import Content

_FONT = {
    "0": ("█▀█", "█ █", "▀▀▀"),
    "1": ("▀█ ", " █ ", "▀▀▀"),
    "2": ("▀▀█", "█▀▀", "▀▀▀"),
    "3": ("▀▀█", " ▀█", "▀▀▀"),
    "4": ("█ █", "▀▀█", "  ▀"),
    "5": ("█▀▀", "▀▀█", "▀▀▀"),
    "6": ("█▀▀", "█▀█", "▀▀▀"),
    "7": ("▀▀█", "  █", "  ▀"),
    "8": ("█▀█", "█▀█", "▀▀▀"),
    "9": ("█▀█", "▀▀█", "▀▀▀"),
    ":": ("▄", "▄", " "),
    "–": ("   ", "▀▀▀", "   "),
}


def big(figures: str, style: str) -> list[Content]:
    """`0:37:12` in three lines."""
    return [Content.styled(" ".join(_FONT[sign][line] for sign in figures), style) for line in range(3)]
