"""The head of a written page: its figures as YAML that a person reads too, the week's main figures first.

Text of several lines stands as it was written, in a block of its own; what is long stands below its key, a row a line,
and rows too long for a line go on below. Every YAML reader takes it, but for three things seen to here: letters that
YAML calls unprintable or takes for line breaks are written by number, in quotes as JSON has them; a number with an
exponent has a point, without which some take it for a word; and no line is `---` but the first and the last.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

#: What comes first, as far as it is there: which week, the user's words, and what it came to.
FIRST = (
    *("week", "from", "to", "revision", "words", "seconds", "usual_seconds", "difference_percent", "checks"),
    *("urges", "coverage", "changed", "estimate", "kept", "commitments"),
)

#: Lines are at most so long, but for text that is longer.
WIDTH = 100

#: Controls, also of writing directions, what breaks lines in YAML though not in JSON, marks of byte order, no letters.
_BY_NUMBER = re.compile("[\x7f-\xa0\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
#: Keys that need no quotes, but for the words YAML has for yes, no and nothing.
_PLAIN = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][a-z0-9_]*")
#: Text that can stand in a block as it is: no control but the ends of its lines, no space where it would be lost.
_BLOCK = re.compile(r"[^\s\x00-\x1f](?:[^\x00-\x09\x0b-\x1f]*[^\s\x00-\x1f])?")


def front_matter(figures: Mapping[str, Any]) -> str:
    """The lines from `---` to `---`, both included."""
    keys = sorted(figures, key=lambda key: FIRST.index(key) if key in FIRST else len(FIRST))
    lines = (line for key in keys for line in _entry(key, figures[key], ""))
    return "\n".join(["---", *lines, "---"]) + "\n"


def _entry(key: str, value: Any, indent: str) -> Iterator[str]:
    """A key and its value: on one line where that is short, else the value below it, indented by two."""
    below, named = f"{indent}  ", f"{indent}{_key(key)}:"
    whole = f"{named} {_flow(value)}"
    if isinstance(value, str):
        if "\n" in value and _BLOCK.fullmatch(value) and not _BY_NUMBER.search(value):
            yield f"{named} |-"
            yield from (f"{below}{line}" if line else "" for line in value.split("\n"))
        else:
            yield whole
    elif len(whole) <= WIDTH or not isinstance(value, dict | list | tuple):
        yield whole
    elif isinstance(value, dict):
        yield named
        for name, one in value.items():
            yield from _entry(str(name), one, below)
    else:
        yield named
        for one in value:
            yield from _filled(f"{below}- ", _pieces(one), f"{below}    ")


def _filled(begins: str, pieces: Iterator[str], indent: str) -> Iterator[str]:
    """The pieces one after the other, on as many lines as they take; none is broken."""
    line, fresh = begins, True
    for piece in pieces:
        if not fresh and len(line) + len(piece.rstrip()) > WIDTH:
            yield line.rstrip()
            line = indent
        line, fresh = line + piece, False
    yield line.rstrip()


def _pieces(value: Any, before: str = "", behind: str = "") -> Iterator[str]:
    """A value in pieces between which a line may end; `before` and `behind` stay with the first and the last."""
    whole = before + _flow(value) + behind
    if not isinstance(value, dict | list | tuple) or len(whole) <= WIDTH // 2:
        yield whole
        return
    opens, closes = "{}" if isinstance(value, dict) else "[]"
    parts = _named(value) if isinstance(value, dict) else [("", one) for one in value]
    for place, (name, one) in enumerate(parts):
        begins = before + opens if place == 0 else ""
        ends = closes + behind if place == len(parts) - 1 else ", "
        yield from _pieces(one, begins + name, ends)


def _named(value: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(f"{_key(str(key))}: ", one) for key, one in value.items()]


def _flow(value: Any) -> str:
    """One value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(name + _flow(one) for name, one in _named(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, float):
        return _number(value)
    return _BY_NUMBER.sub(_escaped, json.dumps(value, ensure_ascii=False))


def _key(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else _scalar(name)


def _number(value: float) -> str:
    said = json.dumps(value)
    mantissa, mark, exponent = said.partition("e")
    return said if not mark or "." in mantissa else f"{mantissa}.0e{exponent}"


def _escaped(letter: re.Match[str]) -> str:
    return f"\\u{ord(letter[0]):04x}"
