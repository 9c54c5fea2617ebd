"""The Markdown of a written review as lines on the screen: headings, quotations, tables, lists, pictures of plain text.

Only the Markdown that `reports.renderers.markdown` writes is laid out; anything else is shown as it stands. Nothing in
it is read as Textual's markup.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.content import Content

from tracker.tui import ink

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: `**bold**`, `*leaning*`, `` `as it is` ``, and what a backslash takes the meaning from.
_INLINE = re.compile(r"\\(?P<plain>[^\w\s])|\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*\s][^*]*?)\*|`(?P<code>[^`]+)`")
_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<words>.*)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?P<words>.*)")
_RULE = re.compile(r"\|?\s*:?-{2,}")
_CELL = re.compile(r"(?<!\\)\|")

_STYLES = {"bold": "bold $strong", "italic": "italic", "code": "$secondary"}


def drawn(page: str, width: int) -> list[Content]:
    """The page in lines of `width` cells."""
    found: list[Content] = []
    for block in _blocks(page.split("\n")):
        found += _drawn(block, width)
    return found


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines that belong together: a picture, a table, a quotation; every other line by itself."""
    block: list[str] = []
    for line in lines:
        fenced = bool(block) and block[0].startswith("```")
        if fenced:
            block.append(line)
            if line.startswith("```"):
                yield block
                block = []
        elif block and line[:1] == block[0][:1] and line[:1] in "|>" and line:
            block.append(line)
        else:
            if block:
                yield block
            block = [line]
    if block:
        yield block


def _drawn(block: list[str], width: int) -> list[Content]:
    first = block[0]
    if first.startswith("```"):
        return [ink.left(ink.text(line, "$secondary"), width) for line in block[1:] if not line.startswith("```")]
    if first.startswith("|"):
        return _table(block, width)
    if first.startswith(">"):
        return [line for each in block for line in _quoted(each[1:].removeprefix(" "), width)]
    if match := _HEADING.match(first):
        style = "bold $strong" if len(match["level"]) == 1 else "bold $primary"
        return [line.stylize(style) for line in _wrapped(match["words"], width)]
    if match := _ITEM.match(first):
        said = _wrapped(match["words"], width - 2)
        return [ink.row(ink.text("· ", "$faint") if not n else "  ", line) for n, line in enumerate(said)]
    if first.strip() in ("---", "***"):
        return [ink.text("─" * width, "$line")]
    return _wrapped(first, width) or [ink.BLANK]


def _quoted(words: str, width: int) -> list[Content]:
    """One's own words, to the letter."""
    lines = ink.wrapped(words, width - 2, "$strong") or [ink.BLANK]
    return [ink.row(ink.text("▎ ", "$good"), line) for line in lines]


def _wrapped(words: str, width: int) -> list[Content]:
    return ink.folded(inline(words), max(width, 1)) if words.strip() else []


def inline(words: str) -> Content:
    """One line with what is bold, leaning or code in it."""
    parts: list[Content] = []
    place = 0
    for match in _INLINE.finditer(words):
        parts.append(ink.text(words[place : match.start()]))
        kind = match.lastgroup or "plain"
        said = match[kind]
        parts.append(ink.text(_plain(said) if kind != "code" else said, _STYLES.get(kind, "")))
        place = match.end()
    return ink.row(*parts, ink.text(words[place:]))


def _plain(words: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", words)


def _table(block: list[str], width: int) -> list[Content]:
    """In columns: the heading faint, figures at the right; the first column gives way where it is too wide."""
    rows = [_cells(line) for line in block if not _RULE.match(line)]
    ends = [cell.plain.endswith(":") for line in block[1:2] for cell in _cells(line) if _RULE.match(line)]
    count = max(map(len, rows), default=0)
    if not count:
        return [ink.BLANK]
    rows = [row + [ink.BLANK] * (count - len(row)) for row in rows]
    widths = [max(row[place].cell_length for row in rows) for place in range(count)]
    over = sum(widths) + 2 * (count - 1) - width
    if over > 0:
        widths[0] = max(widths[0] - over, 6)
    found = []
    for number, row in enumerate(rows):
        cells = [
            ink.right(cell, widths[place])
            if place and place < len(ends) and ends[place]
            else ink.left(cell, widths[place])
            for place, cell in enumerate(row)
        ]
        line = Content("  ").join(cells)
        found.append(ink.left(line.stylize("$faint") if not number else line, width))
    return found


def _cells(line: str) -> list[Content]:
    return [inline(cell.strip()) for cell in _CELL.split(line.strip().removeprefix("|").removesuffix("|"))]
