"""HTML written so that it cannot be broken: whatever is not markup of ours is escaped on its way in.

A child that is a plain string is text, and is escaped; only `Safe` ones, which `tag` and `joined` make, are markup.
Attributes are escaped always. What no HTML page may hold (controls, halves of a pair) is left out or replaced.
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

#: What Unicode says is no character.
_NEVER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_PLACE = re.compile(r"\{(\w+)\}")
_HALVES = re.compile("[\ud800-\udfff]")


class Safe(str):
    """Markup, to be taken as it is."""

    __slots__ = ()


EMPTY = Safe("")


def text(words: str) -> Safe:
    """Words as they are to be read, whatever letters they are made of."""
    return Safe(escape(plain(words)))


def plain(words: str) -> str:
    """Words without what no page may hold."""
    return _NEVER.sub("", clean_lines(_HALVES.sub("\ufffd", words)))


def tag(name: str, /, *children: str, **attributes: str | bool | None) -> Safe:
    """An element. `class_` is the attribute class, `aria_label` is aria-label; None and False are left out."""
    said = ""
    for key, value in attributes.items():
        if value is not None and value is not False:
            key = key.rstrip("_").replace("_", "-")
            said += f" {key}" if value is True else f' {key}="{escape(plain(value))}"'
    if name in VOID:
        return Safe(f"<{name}{said}>")
    return Safe(f"<{name}{said}>{joined(children)}</{name}>")


def joined(children: Iterable[str], between: str = "") -> Safe:
    """Children one after the other; text is escaped."""
    gap = between if isinstance(between, Safe) else text(between)
    return Safe(gap.join(child if isinstance(child, Safe) else text(child) for child in children))


def user(words: str) -> Safe:
    """What the user wrote, within a line of ours: its direction stays its own."""
    return tag("bdi", words)


def filled(words: str, **values: str) -> Safe:
    """`If {cue}, then {plan}.` with its places filled: by text that is escaped, and never read for places again."""
    parts = _PLACE.split(words)
    return joined(values.get(part, "") if place % 2 else text(part) for place, part in enumerate(parts))
