"""Values that the program stores for itself, such as where the screens were left and the last sign of life.

They are no records of the user's: undo does not cover them, and losing them loses nothing.
"""

from __future__ import annotations

from tracker.storage.database import write_if_possible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.storage.database import Database

#: The name of the last instant (UTC seconds) at which a key or the mouse was used in the screens while a timer ran.
ALIVE = "alive"


def get(database: Database, name: str) -> str | None:
    """The value stored under this name; None where there is none."""
    row = database.row("SELECT value FROM state WHERE name = ?", (name,))
    return str(row[0]) if row else None


def put(database: Database, name: str, value: str) -> None:
    """Store a value without waiting for the disk or for another program: it may be lost."""
    write_if_possible(
        database,
        lambda: database.change(
            "INSERT INTO state(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
            (name, value),
        ),
    )
