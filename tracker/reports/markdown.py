"""Markdown: headings, tables, quotations and pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Letters that mean something to Markdown anywhere, and what means something where a line begins.
_MEANS = re.compile(r"([\\`*_\[\]<>|~$&])")
_BEGINS = re.compile(r"^(?=[#+=-])|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])")


def quotation(words: str) -> str:
    """Words as a quotation of Markdown, each line as it is behind its mark."""
    return "\n".join(f"> {line}" if line else ">" for line in words.split("\n"))


def escaped(text: str) -> str:
    """Text on one line that Markdown shows as it is."""
    return _BEGINS.sub(r"\\", _MEANS.sub(r"\\\1", " ".join(text.split())))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown, the first column to the left and the others to the right; empty without rows."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if not lines:
        return ""
    rule = "| " + " | ".join([":--", *("--:" for _column in head[1:])]) + " |"
    return "\n".join([f"| {' | '.join(head)} |", rule, *lines])


def picture(lines: Sequence[str]) -> str:
    """Lines of plain text that stay as they are."""
    return "\n".join(["```text", *lines, "```"])


def section(title: str, *parts: str) -> str:
    """A heading and what stands below it; nothing where nothing does."""
    said = [part for part in parts if part]
    return "\n\n".join([f"## {title}", *said]) if said else ""
