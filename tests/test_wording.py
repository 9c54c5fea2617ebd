"""Numbers and labels in the reader's language, and messages that the catalogue can find."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tracker import locale
from tracker.formatting.numbers import (
    format_decimal,
    format_percent,
    format_signed,
    format_signed_percent,
    format_significant,
    localize_numbers,
)
from tracker.formatting.text import as_sentence, capitalized, labelled

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).resolve().parent.parent / "tracker"


@pytest.fixture
def french() -> Iterator[None]:
    locale.use("fr")
    yield
    locale.use("en")


def test_numbers_in_english() -> None:
    assert [format_significant(value) for value in (7, 1.25, 123.4, 2e-7, 0.0001234)] == [
        "7", "1.25", "123", "2·10⁻⁷", "0.000123",
    ]  # fmt: skip
    assert (format_decimal(15.61, 1), format_significant(0.6), format_significant(10.0)) == ("15.6", "0.6", "10")
    assert (format_signed(11), format_signed(-9), format_signed(0)) == ("+11", "−9", "0")
    assert (format_percent(0.624), format_percent(-0.34), format_signed_percent(-3)) == ("62 %", "−34 %", "−3 %")


@pytest.mark.usefixtures("french")
def test_numbers_in_french() -> None:
    assert (format_significant(1.25), format_decimal(15.61, 1), format_significant(0.6)) == ("1,25", "15,6", "0,6")
    assert localize_numbers("p < 0.01, 8.33e-03. 12 h") == "p < 0,01, 8,33·10⁻³. 12 h"


def test_labels_have_the_readers_colon(french: None) -> None:
    assert labelled("O", "étude").replace("\xa0", " ").replace("\u202f", " ") == "O : étude"
    locale.use("en")
    assert labelled("O", "a study") == "O: a study"


@pytest.mark.parametrize(
    ("text", "said"), [("a b", "A b."), ("A b.", "A b."), ("why?", "Why?"), ("and …", "And …"), ("", "")]
)
def test_a_sentence(text: str, said: str) -> None:
    assert as_sentence(text) == said
    assert capitalized(text) == said[:1] + text[1:]


def is_message(node: ast.AST) -> bool:
    """Whether it is a call that the catalogue's reader looks for, with words of its own."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return False
    return node.func.id in ("_", "N_", "ngettext") and any(isinstance(one, ast.Constant) for one in node.args)


def hidden(file: Path) -> Iterator[str]:
    """The messages that stand inside an f-string, where the catalogue's reader does not look."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            parts = (part for part in ast.walk(node) if is_message(part))
            yield from (f"{file.relative_to(HOUSE)}:{part.lineno}" for part in parts)  # type: ignore[attr-defined]


def test_no_message_stands_inside_an_f_string() -> None:
    assert [place for file in sorted(HOUSE.rglob("*.py")) for place in hidden(file)] == []


#: Notes of one session that are stored together: what the user wrote, in no language of the program's.
STORED = {"storage/words.py"}


def test_parts_are_joined_by_the_readers_semicolon() -> None:
    """French has a narrow space before it: the sign between phrases is in the catalogue, as `_("; ")`."""
    texts = {path.relative_to(HOUSE).as_posix(): path.read_text("utf-8") for path in HOUSE.rglob("*.py")}
    assert {name for name, text in texts.items() if '"; ".join' in text} == STORED
