"""Elements of HTML that no text can break: what is not markup of ours is escaped.

A child that is a plain string is text and is escaped; only `Safe` strings, which these functions return, are markup.
Attributes are always escaped. Characters that no HTML page may hold are left out, and lone surrogates replaced.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from tracker.domain.text import clean_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Elements that hold nothing and are not closed.
VOID = ("meta", "hr", "br")

#: Noncharacters of Unicode.
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


class Safe(str):
    """Markup, which is not escaped."""

    __slots__ = ()


EMPTY = Safe("")


def escaped_text(words: str) -> Safe:
    """Text as markup."""
    return Safe(escape(printable(words)))


def printable(words: str) -> str:
    """The text without the characters that no page may hold."""
    return _NONCHARACTERS.sub("", clean_lines(_SURROGATES.sub("\ufffd", words)))


def tag(name: str, /, *children: str, **attributes: str | bool | None) -> Safe:
    """An element; `class_` is written class, `aria_label` aria-label, and an attribute of None or False is left out."""
    written = ""
    for key, value in attributes.items():
        if value is not None and value is not False:
            key = key.rstrip("_").replace("_", "-")
            written += f" {key}" if value is True else f' {key}="{escape(printable(value))}"'
    if name in VOID:
        return Safe(f"<{name}{written}>")
    return Safe(f"<{name}{written}>{joined(children)}</{name}>")


def joined(children: Iterable[str], between: str = "") -> Safe:
    """The children one after the other, with `between` between them; text is escaped."""
    gap = between if isinstance(between, Safe) else escaped_text(between)
    return Safe(gap.join(child if isinstance(child, Safe) else escaped_text(child) for child in children))
