"""Plain text: lines of a set width, columns that line up in every script, charts that every viewer and pipe shows, and
Markdown that shows a text as it is.

Widths are in cells of a terminal: wide letters (Chinese, emoji) take two, combining marks none.
"""

from __future__ import annotations

from functools import cache

from tracker.domain.text import clean, lazy_regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: Stands for a space at which no line breaks: a private character, as wide as a space.
GLUE = "\ue000"

#: A column that is truncated keeps this many cells.
_LEAST = 8

#: Characters with a meaning anywhere in Markdown, and at the beginning of a line only.
_MARKDOWN = lazy_regex(r"([\\`*_\[\]<>|~$&])")
_MARKDOWN_FIRST = lazy_regex(r"^(?=[#+=-])|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])")

_BEFORE_UNIT = r"(?<=\d) (?=(?:%|h|min|m|s|€)(?!\w))|(?<=\d h) (?=\d)"


@cache
def _letter_width(letter: str) -> int:
    from unicodedata import category, east_asian_width

    if category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def cell_width(text: str) -> int:
    """How many cells `text` takes."""
    return len(text) if text.isascii() else sum(map(_letter_width, text))


def take_cells(text: str, width: int, start: int = 0) -> str:
    """As much of `text` from `start` on as takes at most `width` cells, with the marks on its last letter."""
    piece = text[start : start + max(width, 0) + 1]  # one more: it may be a mark on the last letter
    if piece.isascii():
        return piece[: max(width, 0)]
    end = start
    while end < len(text) and (width := width - _letter_width(text[end])) >= 0:
        end += 1
    return text[start:end]


def truncate(text: str, width: int) -> str:
    """`text` in at most `width` cells, its end replaced by … where it is wider."""
    if cell_width(text) <= width:
        return text
    return f"{take_cells(text, width - 1).rstrip()}…" if width > 0 else ""


def ljust(text: str, width: int) -> str:
    """`text` with spaces behind it up to `width` cells."""
    return text + " " * (width - cell_width(text))


def rjust(text: str, width: int) -> str:
    """`text` with spaces before it up to `width` cells."""
    return " " * (width - cell_width(text)) + text


def glue_units(text: str) -> str:
    """`text` with GLUE between a number and its unit: wrap it, and then call `unglue`."""
    import re

    return re.sub(_BEFORE_UNIT, GLUE, text)


def unglue(text: str) -> str:
    """`text` with plain spaces where `glue_units` put GLUE."""
    return text.replace(GLUE, " ")


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """`text` on lines of at most `width` cells, those after the first indented.

    A number stays on one line with its unit. A word that is too long for a line is broken anywhere.
    """
    if cell_width(text) <= width:
        return [text]
    lines: list[str] = []
    # The line that is being filled, its width, and whether there is more than spaces in it.
    line, taken, filled = "", 0, False
    for word in glue_units(text).split(" "):
        space = " " if filled or not word else ""
        needed = cell_width(word)
        if filled and taken + len(space) + needed > width:
            lines.append(line)
            line, taken, filled, space = indent, len(indent), False, ""
        line, taken, filled = line + space + word, taken + len(space) + needed, filled or bool(word.strip())
        if taken > width > len(indent):
            start, before = 0, ""
            while start < len(line):
                # A letter that is wider than a line gets a line anyway.
                piece = take_cells(line, width - len(before), start) or line[start]
                lines.append(before + piece)
                start, before = start + len(piece), indent
            line = lines.pop()
            taken, filled = cell_width(line), bool(line.strip())
    return [unglue(line) for line in (*lines, line)]


def format_table(rows: Sequence[tuple[str, ...]], alignment: str, width: int, *, wrap_last: bool = False) -> list[str]:
    """Rows as aligned lines of at most `width` cells; `alignment` has `<` (left) or `>` (right) for each column.

    Where there is no room, the last column is truncated, or with `wrap_last` continues on further lines. Where there is
    none left for it, the widest of the columns aligned to the left is truncated too.
    """
    widths = [min(max(map(cell_width, column)), width) for column in zip(*rows, strict=True)]
    texts = [index for index, side in enumerate(alignment[:-1]) if side == "<"]
    room = width - 2 * (len(widths) - 1) - min(widths[-1], _LEAST)
    while texts and sum(widths[:-1]) > room:
        widest = max(texts, key=widths.__getitem__)
        if widths[widest] <= _LEAST:
            break
        widths[widest] -= 1
    lines = []
    for row in rows:
        fitting = [*map(truncate, row[:-1], widths), row[-1]]
        *cells, last = (
            ljust(cell, column_width) if side == "<" else rjust(cell, column_width)
            for cell, column_width, side in zip(fitting, widths, alignment, strict=True)
        )
        start = "  ".join(cells) + "  " if cells else ""
        if wrap_last:
            lines += wrap((start + last).rstrip(), width, " " * cell_width(start))
            continue
        last = last.rstrip() if alignment[-1] == "<" else last
        lines.append((start + truncate(last, max(width - cell_width(start), _LEAST))).rstrip())
    return lines


# --- Charts

#: From nothing to the most.
SHADES = "·░▒▓█"
SPARKS = "▁▂▃▄▅▆▇█"

#: A week that is not known, in a line of weeks.
GAP = "?"

#: How many letters of a name, and how many blocks of the longest bar.
NAME_WIDTH, BAR_WIDTH = 16, 28


def bars(rows: Sequence[tuple[str, int, str]]) -> list[str]:
    """One line for each (name, amount, words behind), the longest bar for the largest amount."""
    most = max((amount for _name, amount, _words in rows), default=0)
    space = min(max((cell_width(name) for name, _amount, _words in rows), default=0), NAME_WIDTH)
    return [
        f"{_fitted(name, space)}  {bar(amount, most)}{' ' if amount else ''}{words}" for name, amount, words in rows
    ]


def bar(amount: int, most: int, room: int = BAR_WIDTH) -> str:
    """A bar of blocks, to an eighth of one."""
    blocks, eighths = divmod(round(amount * room * 8 / most) if most else 0, 8)
    return "█" * blocks + " ▏▎▍▌▋▊▉"[eighths].strip()


def heatmap(
    names: Sequence[str], hours: Sequence[Sequence[int | None]], first_hour: int = 0, begun: int = 7
) -> list[str]:
    """Days by the 24 hours of the clock from `first_hour` on, one shade each: · for none, █ for the most of any.

    A day that is not known has None in its hours, and `?` for each; those after the first `begun` are to come.
    """
    order = [(first_hour + hour) % 24 for hour in range(24)]
    most = max((count or 0 for day in hours for count in day), default=0)
    space = max((cell_width(name) for name in names), default=0)
    lines = [" " * (space + 2) + "".join(f"{hour:<6}" for hour in order[::6]).rstrip()]
    for weekday, (name, day) in enumerate(zip(names, hours, strict=True)):
        shades = "".join(shade(day[hour], most) for hour in order) if weekday < begun else ""
        lines.append(f"{_fitted(name, space)}  {shades}")
    return lines


def shade(count: int | None, most: int) -> str:
    """One of SHADES; anything at all is more than ·. GAP for what is not known."""
    if count is None:
        return GAP
    return SHADES[-(-count * (len(SHADES) - 1) // most)] if count and most else SHADES[0]


def sparkline(values: Sequence[int | None], most: int) -> str:
    """One block for each value, from nothing to `most`; `?` where there is none."""
    top = len(SPARKS) - 1
    return "".join(GAP if value is None else SPARKS[round(value * top / (most or 1))] for value in values)


def _fitted(text: str, room: int) -> str:
    """Exactly `room` columns of it; what would end the picture or break its line is left out."""
    text = clean(text).replace("`", "'")
    if cell_width(text) > room:
        text = take_cells(text, room - 1) + "…"
    return ljust(text, room)


def escape_markdown(text: str) -> str:
    """A text that Markdown shows as it is, where something stands before it on its line."""
    return _MARKDOWN.sub(r"\\\1", text)


def markdown_line(text: str) -> str:
    """A text on one line that Markdown shows as it is, also where a line begins with it."""
    return _MARKDOWN_FIRST.sub(r"\\", escape_markdown(" ".join(text.split())))
