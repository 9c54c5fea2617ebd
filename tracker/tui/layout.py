"""Text layout: lines of a given width in cells, and bars to an eighth of a cell. Pure: values in, `Content` out.

Text that users typed enters only through `text`, as plain characters: nothing in it is read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from textual.content import Content

from tracker.domain.text import clean
from tracker.formatting.plain_text import GLUE, glue_units

#: Content, plain characters, or these with their style.
Part = Content | str | tuple[str, str]

EIGHTHS = " ▏▎▍▌▋▊▉"
RISING = " ▁▂▃▄▅▆▇█"
SHADES = "·░▒▓█"
BLANK = Content("")

#: The number of spare cells from which on lines are centred.
MARGIN = 16

#: No-break spaces, as French typography has them before `:` and in numbers. `Content` would break lines at them, so
#: private characters stand for them while it wraps.
_NO_BREAK, _STAND_INS = "\xa0\u202f", "\ue001\ue002"
_TO_STAND_INS = str.maketrans(_NO_BREAK, _STAND_INS)
_FROM_STAND_INS = str.maketrans({GLUE: " "} | dict(zip(_STAND_INS, _NO_BREAK, strict=True)))


def text(words: str, style: str = "") -> Content:
    """One line of plain characters, whatever was typed."""
    return Content.styled(clean(words), style)


def title(words: str) -> str:
    """Words for a border, escaped: Textual reads markup there."""
    return clean(words).replace("[", "\\[")


def left(words: str | Content, width: int, style: str = "") -> Content:
    """`words` in exactly `width` cells, cut with … where they are longer."""
    content = words if isinstance(words, Content) else text(words, style)
    return content.truncate(width, ellipsis=True, pad=True) if width > 0 else BLANK


def column(words: str | Content, width: int, style: str = "") -> Content:
    """`words` in a column of `width` cells of which the last is a gap, also where they are cut."""
    return left(words, width - 1, style) + " " if width > 0 else BLANK


def right(words: str | Content, width: int, style: str = "") -> Content:
    """`words` against the right edge of `width` cells."""
    content = words if isinstance(words, Content) else text(words, style)
    return left(content.pad_left(max(width - content.cell_length, 0)), width)


def row(*parts: Part) -> Content:
    """The parts one after the other."""
    return BLANK.join(map(_content, parts))


def _content(part: Part) -> Content:
    if isinstance(part, Content):
        return part
    return text(*part) if isinstance(part, tuple) else text(part)


def join_with_dots(*parts: Part) -> Content:
    """The parts that are not empty, with dots between them."""
    return text(" · ", "$faint").join([part for part in map(row, parts) if part.cell_length])


def lit(line: Content = BLANK) -> Content:
    """A line among others that was looked for: lit, with a mark at its edge where colours cannot tell."""
    return row(("▌", "$primary"), line).stylize("on $cursor")


def marked(line: Content, width: int, lit: int = 0) -> Content:
    """The chosen line of a list: with a mark at its edge where colours cannot tell, and `lit` cells lit, 0 for all."""
    return row(text("▌", "$primary"), left(line, width - 1)).stylize("on $cursor", 0, lit + 1 if lit else None)


def hanging(sign: Part, lines: Iterable[Content]) -> list[Content]:
    """The lines behind a sign, the further ones indented by its width."""
    first = row(sign)
    return [row(" " * first.cell_length if number else first, line) for number, line in enumerate(lines)]


def indented(cells: int, lines: Iterable[Content]) -> list[Content]:
    """The lines further to the right."""
    return [row(" " * cells, line) for line in lines]


def keycap(key: str | None) -> Content:
    """A key to press; blank where there is none."""
    return Content.styled(f" {key or ' '} ", "bold $strong on $panel")


def keyed(words: str) -> Content:
    """A faint sentence of ours in which keys stand in brackets, as in `[z] undoes`: the keys are set apart."""
    parts = re.split(r"(\[[^]]+\])", words)
    return row(*((part, "bold $accent" if number % 2 else "$faint") for number, part in enumerate(parts)))


def ends(start: Part, end: Part, width: int) -> Content:
    """`start` at the left and `end` at the right of a line; `start` is cut first."""
    first, last = row(start), row(end)
    available = width - last.cell_length - 1
    return row(left(first, max(available, 0)), " ", last) if last.cell_length else left(first, width)


def in_room(parts: Sequence[str], room: int) -> str:
    """The parts with dots between them, as many from the first on as fit in `room` cells: none of them is cut."""
    lines = (" · ".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((line for line in lines if cell_len(line) <= room), "")


def widest(words: Iterable[str]) -> int:
    """The number of cells that the longest of `words` needs."""
    return max((cell_len(word) for word in words), default=0)


def wrapped(words: str, width: int, style: str = "", most: int = 99) -> list[Content]:
    """`words` over as many lines as they need, at most `most`; the last one is cut where they need more."""
    if width <= 0 or most <= 0:
        return []
    lines = folded(text(words, style), width)
    if len(lines) > most:
        rest = " ".join(line.plain for line in lines[most - 1 :])
        lines = [*lines[: most - 1], left(rest, width, style).rstrip()]
    return lines


def paragraphs(texts: Iterable[str], width: int, style: str = "") -> list[Content]:
    """Each of the texts over as many lines as it needs."""
    return [line for words in texts for line in wrapped(words, width, style)]


def folded(content: Content, width: int) -> list[Content]:
    """Content over lines of `width` cells; the spaces of French typography, and those before units, do not break.

    A window may be too narrow for a single cell: then there are no lines.
    """
    if width <= 0:
        return []
    unbroken = Content(glue_units(content.plain).translate(_TO_STAND_INS), spans=list(content.spans))
    lines = (line.rstrip() for line in unbroken.wrap(width))
    return [Content(line.plain.translate(_FROM_STAND_INS), spans=list(line.spans)) for line in lines]


def packed(parts: Iterable[Content], gap: str, width: int) -> list[Content]:
    """The parts on as few lines as they need, none of them broken."""
    lines: list[Content] = []
    for part in parts:
        if lines and lines[-1].cell_length + len(gap) + part.cell_length <= width:
            lines[-1] = row(lines[-1], gap, part)
        elif part:
            lines.append(part)
    return lines


def bar(value: float, whole: float, width: int, style: str) -> Content:
    """A bar of `width` cells on a track, filled by `value` of `whole` to an eighth of a cell.

    Anything above zero fills at least an eighth.
    """
    return stacked([(value, style, "")], whole, width)


def stacked(parts: Sequence[tuple[float, str, str]], whole: float, width: int, track: float | None = None) -> Content:
    """Parts `(value, style, letter)` end to end in `width` cells that stand for `whole`, on a track up to `track`.

    A part that is two cells longer than its letter begins with it, so that parts differ without colours too.
    """
    if width <= 0:
        return BLANK
    eighths, tracked = width * 8 / whole if whole > 0 else 0, width
    if track is not None:
        tracked = min(width, round(track * width / whole)) if whole > 0 else 0
    total, end, pieces = 0.0, 0, []
    for value, style, letter in parts:
        start, total = end, total + max(value, 0)
        end = min(round(total * eighths), width * 8)
        if value > 0 and len(parts) == 1:
            end = max(end, 1)
        if end > start:
            pieces.append((end, style, letter))
    return row(*_cells(pieces, width, tracked))


def _cells(pieces: list[tuple[int, str, str]], width: int, tracked: int) -> list[Content]:
    """The cells of `pieces`, each `(end in eighths, style, letter)`; a cell shared by several shows the first one."""
    cells: list[Content] = []
    cell = 0
    for index, (end, style, letter) in enumerate(pieces):
        full = end // 8 - cell
        if full > 0:
            mark = letter if full >= cell_len(letter) + 2 else ""
            cells.append(Content.styled(mark, f"$on-ink on {style}"))
            cells.append(Content.styled("█" * (full - cell_len(mark)), f"{style} on {style}"))
            cell += full
        if cell * 8 < end:
            grounds = [ground for _end, ground, _letter in pieces[index + 1 :]] + ["$track"] * (cell < tracked)
            cells.append(Content.styled(EIGHTHS[end % 8], f"{style} on {grounds[0]}" if grounds else style))
            cell += 1
    cells.append(Content.styled(" " * (tracked - cell), "on $track"))
    cells.append(Content(" " * (width - max(cell, tracked))))
    return cells


def centred(lines: list[Content], width: int, height: int) -> list[Content]:
    """The lines in a room of `width` × `height` cells, a little above its middle.

    Where the room is hardly larger than they are, they stay where they are.
    """
    wide = max((line.cell_length for line in lines), default=0)
    left = (width - wide) // 2 if width - wide > MARGIN else 0
    above = (height - len(lines)) // 3 if height - len(lines) > MARGIN // 2 else 0
    return [*[BLANK] * above, *(row(" " * left, line) for line in lines)]


def spread(lines: list[Content], height: int, most: int = 2) -> list[Content]:
    """The lines with blank ones between them, where `height` has room: equally many each, at most `most - 1`."""
    gap = min((height - len(lines)) // max(len(lines) - 1, 1), most - 1)
    return [part for line in lines for part in (line, *[BLANK] * gap)][:-gap] if gap > 0 else lines
