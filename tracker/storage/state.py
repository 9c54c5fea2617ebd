"""Small things the programs remember for themselves: where the screens were left, the last sign of life.

None of it is the user's record: undo does not know it, and losing it loses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.storage.steps import attempt

if TYPE_CHECKING:
    from tracker.storage.file import Journal

#: The last moment, in UTC seconds, at which somebody pressed a key or clicked in the screens beside a running timer.
ALIVE = "alive"


def get(journal: Journal, name: str) -> str | None:
    """What was remembered under this name."""
    row = journal.row("SELECT value FROM state WHERE name = ?", (name,))
    return str(row[0]) if row else None


def put(journal: Journal, name: str, value: str) -> None:
    """Remember a value, without waiting for the disk nor for another program that is writing: it may be lost."""
    attempt(
        journal,
        lambda: journal.change(
            "INSERT INTO state(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
            (name, value),
        ),
    )
