"""Texts as long as another program may have written them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Inside


def test_notes_of_a_hundred_thousand_letters_are_shown(inside: Inside) -> None:
    """Written by another program, past every limit: every command that reads them answers."""
    inside.run("log linkedin 10:00-10:30 short @anna")
    for text in ("a" * 120_000, "word and " * 13_000, "漢" * 60_000):
        rewrite(inside, text)
        for line in ("day", "status", "history", "week", "worth", "patterns", "review", "export csv", "day --json"):
            assert inside.run(line).code == 0, line
        assert text[:8] in inside.run("day").out


def rewrite(inside: Inside, text: str) -> None:
    import sqlite3

    base = sqlite3.connect(inside.db)
    with base:
        base.execute("UPDATE session SET note = ?1, intention = ?1, trigger = ?1, person = ?1", (text,))
        base.execute("INSERT OR REPLACE INTO day_note(date, note, task) VALUES ('2026-11-23', ?1, ?1)", (text,))
    base.close()
