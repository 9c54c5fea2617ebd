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

    A number stays with its unit. Each letter is measured once, however long the text is.
    """
    if width(text) <= room:
        return [text]
    lines: list[str] = []
    # The line that is being filled: its words, the columns they take, and whether there is more than spaces in it.
    line, taken, said = "", 0, False
    for word in glued(text).split(" "):
        space = " " if said or not word else ""
        wide = width(word)
        if said and taken + len(space) + wide > room:
            lines.append(line)
            line, taken, said, space = indent, len(indent), False, ""
        line, taken, said = line + space + word, taken + len(space) + wide, said or bool(word.strip())
        if taken > room > len(indent):
            *broken, line = _broken(line, room, indent)
            lines += broken
            taken, said = width(line), bool(line.strip())
    return [unglued(line) for line in (*lines, line)]


def _broken(text: str, room: int, indent: str) -> list[str]:
    """`text` cut into lines of at most `room` columns, those after the first indented, wherever the letters fall."""
    lines, place, begins = [], 0, ""
    while place < len(text):
        # A letter too wide for the line stands in it all the same.
        piece = beginning(text, room - len(begins), place) or text[place]
        lines.append(begins + piece)
        place, begins = place + len(piece), indent
    return lines


def columns() -> int:
    """How many columns there are to write in: `COLUMNS`, else the terminal's, else 80."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and len(said) < 10 and int(said):
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
    from tracker.reports.renderers import text_charts

    return text_charts.width(text)


def fit(text: str, room: int) -> str:
    """`text`, its end replaced by … where it is wider than `room` columns."""
    if width(text) <= room:
        return text
    return f"{beginning(text, room - 1).rstrip()}…" if room > 0 else ""


def beginning(text: str, room: int, place: int = 0) -> str:
    """As much of `text` from `place` on as takes at most `room` columns."""
    piece = text[place : place + max(room, 0) + 1]  # one more: it may combine with the last letter
    if piece.isascii():
        return piece[: max(room, 0)]
    from tracker.reports.renderers import text_charts

    return text_charts.beginning(text, room, place)


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
    wide = [min(max(map(width, column)), room) for column in zip(*rows, strict=True)]
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


def hush() -> None:
    """Nothing more can be written to stdout: keep the interpreter from trying again on its way out."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return
