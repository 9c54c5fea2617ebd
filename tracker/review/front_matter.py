"""The head of a written page: its figures as YAML, one key a line, in the part of YAML that is JSON.

Every YAML reader takes JSON's lists, strings and numbers, but for three things seen to here: letters that YAML calls
unprintable or takes for line breaks are written by number; a number with an exponent has a point, without which some
take it for a word; and lines break between keys only.
"""

from __future__ import annotations

import json
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

#: Controls, what breaks lines in YAML though not in JSON, marks of byte order and what is no letter.
_BY_NUMBER = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def front_matter(figures: Mapping[str, Any]) -> str:
    """The lines from `---` to `---`, both included."""
    lines = [f"{key}: {_value(value)}" for key, value in figures.items()]
    return "\n".join(["---", *lines, "---"]) + "\n"


def _value(value: Any) -> str:
    """One value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_value(str(key))}: {_value(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, float):
        return _number(value)
    return _BY_NUMBER.sub(_escaped, json.dumps(value, ensure_ascii=False))


def _number(value: float) -> str:
    said = json.dumps(value)
    mantissa, mark, exponent = said.partition("e")
    return said if not mark or "." in mantissa else f"{mantissa}.0e{exponent}"


def _escaped(letter: re.Match[str]) -> str:
    return f"\\u{ord(letter[0]):04x}"
