"""How long weeks were felt to be, as the patterns read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.storage.file import Journal


def weeks(journal: Journal, channel: str | None, first: str, last: str) -> list[tuple[str, int]]:
    """(ISO week, seconds) of the estimates from one week to another, of a channel or, for None, of all together."""
    found: list[tuple[str, int]] = journal.rows(
        "SELECT week, seconds FROM estimate WHERE channel IS ? AND week BETWEEN ? AND ? ORDER BY week",
        (channel, first, last),
    )
    return found
