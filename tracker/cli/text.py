"""Text for terminals: lines of a set width, and columns that line up whatever the script."""

from __future__ import annotations

import os
import sys

from tracker.locale import _
from tracker.locale.wording import glued, unglued

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def joined(*sentences: str) -> str:
    """What is said one after the other in one line."""
    return _("; ").join(filter(None, sentences))


def wrapped(text: str, room: int, indent: str = "") -> list[str]:
    """`text` on lines of at most `room` columns, those after the first indented; a word too long for one is broken.

    A number stays with its unit.
    """
    if width(text) <= room:
        return [text]
    lines, line = [], ""
    for word in glued(text).split(" "):
        longer = f"{line} {word}" if line.strip() or not word else line + word
        if line.strip() and width(longer) > room:
            lines.append(line)
            longer = indent + word
        while width(longer) > room > len(indent):
            lines.append(longer[:room])
            longer = indent + longer[room:]
        line = longer
    return [unglued(line) for line in (*lines, line)]


def columns() -> int:
    """How many columns there are to write in: `COLUMNS`, else the terminal's, else 80."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (OSError, ValueError, AttributeError):
        return 80


def draws() -> bool:
    """Whether blocks can be drawn: a terminal that is not dumb and speaks UTF-8."""
    return (
        bool(sys.stdout and sys.stdout.isatty())
        and os.environ.get("TERM") != "dumb"
        and (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    )


def width(text: str) -> int:
    """How many columns `text` takes: wide letters two, combining ones none."""
    if text.isascii():
        return len(text)
    from tracker.review import pictures

    return pictures.width(text)


def fit(text: str, room: int) -> str:
    """`text`, its end replaced by … where it is wider than `room` columns."""
    if width(text) <= room:
        return text
    while text and width(text) > room - 1:
        text = text[:-1]
    return f"{text.rstrip()}…" if room > 0 else ""


def left(text: str, room: int) -> str:
    """`text` filled up with spaces behind it."""
    return text + " " * (room - width(text))


def right(text: str, room: int) -> str:
    """`text` filled up with spaces before it."""
    return " " * (room - width(text)) + text


def table(rows: Sequence[tuple[str, ...]], shape: str, room: int, *, prose: bool = False) -> list[str]:
    """Rows as aligned lines of at most `room` columns; `shape` has `<` or `>` for each column.

    The last column gives way when there is no room for all of it; where it is prose, it goes on below instead.
    """
    wide = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        *cells, last = (
            (left if side == "<" else right)(cell, space) for cell, space, side in zip(row, wide, shape, strict=True)
        )
        begin = "  ".join(cells) + "  " if cells else ""
        if prose:
            lines += wrapped((begin + last).rstrip(), room, " " * width(begin))
            continue
        lines.append((begin + fit(last.rstrip() if shape[-1] == "<" else last, max(room - width(begin), 8))).rstrip())
    return lines
