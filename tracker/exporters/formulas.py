"""Cells of a CSV file that a spreadsheet would run as formulas, and back.

Spreadsheets run a cell that begins with `=`, `+`, `-` or `@`, some of them also behind a tab or the end of a line, or
in the full width of Chinese and Japanese letters. An apostrophe in front makes it text. A cell that begins so behind
apostrophes of its own gets one more, so that taking one off gives the same text whatever it was.
"""

from __future__ import annotations

from tracker.domain.text import clean_lines

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")


def defused(text: str | None) -> str | None:
    """The text as a cell: no control characters, and an apostrophe in front where it begins like a formula."""
    text = text and clean_lines(text)
    return f"'{text}" if text and _is_formula(text) else text


def read_back(cell: str) -> str:
    """The text that `defused` made this cell of."""
    return cell[1:] if cell[:1] == "'" and _is_formula(cell) else cell


def _is_formula(text: str) -> bool:
    return text.lstrip("'").startswith(_BEGINNINGS)
