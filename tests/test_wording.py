"""Messages are written where the catalogue's reader can find them."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).resolve().parent.parent / "tracker"


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
STORED = {"storage/overlaps.py", "importers/recorded_entries.py"}


def test_parts_are_joined_by_the_readers_semicolon() -> None:
    """French has a narrow space before it: the sign between phrases is in the catalogue, as `_("; ")`."""
    texts = {path.relative_to(HOUSE).as_posix(): path.read_text("utf-8") for path in HOUSE.rglob("*.py")}
    assert {name for name, text in texts.items() if '"; ".join' in text} == STORED
