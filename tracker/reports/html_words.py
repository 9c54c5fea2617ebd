"""What the sections of the HTML page have in common: headings, tables, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.text import labelled
from tracker.reports.markup import EMPTY, Safe, joined, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def section(title: str, *parts: Safe) -> Safe:
    """A heading and what stands below it; nothing where nothing does."""
    said = [part for part in parts if part]
    return tag("section", tag("h2", title), *said) if said else EMPTY


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], kind: str | None = None) -> Safe:
    """Rows whose first cell names them; empty without rows. Wider than the page, it scrolls by itself."""
    lines = [tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:])) for row in rows]
    if not lines:
        return EMPTY
    heads = tag("tr", *(tag("th", name, scope="col") if name else tag("td") for name in head))
    whole = tag("table", tag("caption", caption), tag("thead", heads), tag("tbody", joined(lines)), class_=kind)
    return tag("div", whole, class_="scroll")


def items(rows: Iterable[str]) -> Safe:
    """A list without bullets; empty without rows."""
    lines = [tag("li", row) for row in rows]
    return tag("ul", *lines, class_="plain") if lines else EMPTY


def line(words: str, kind: str | None = None) -> Safe:
    """A paragraph; nothing of nothing."""
    return tag("p", words, class_=kind) if words else EMPTY


def named(words: str) -> str:
    """A name to begin a sentence's explanation with: `Bursts of checking: `."""
    return labelled(words, "")
