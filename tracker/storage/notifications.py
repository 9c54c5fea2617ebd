"""Notifications: when a channel notifications for attention, from the export of a phone.

Of every known channel of any kind, because a messenger may be made social later. Their text is not stored.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.storage.database import Database

#: A channel, and the instant of its notification in UTC seconds.
Notification = tuple[str, int]


def unknown(database: Database, notifications: Iterable[Notification]) -> list[Notification]:
    """The notifications that are not in the file yet, each once, by time."""
    pairs = {(at, channel) for channel, at in notifications}
    return [(channel, at) for at, channel in sorted(pairs.difference(_stored_near(database, pairs)))]


def known(database: Database, notifications: Iterable[Notification]) -> list[Notification]:
    """The notifications that are in the file already, each once, by time."""
    pairs = {(at, channel) for channel, at in notifications}
    return [(channel, at) for at, channel in sorted(pairs.intersection(_stored_near(database, pairs)))]


def _stored_near(database: Database, pairs: set[tuple[int, str]]) -> list[tuple[int, str]]:
    """(at, channel) of the notifications in the file from the first to the last instant of `pairs`."""
    if not pairs:
        return []
    rows: list[tuple[int, str]] = database.rows(
        "SELECT at, channel FROM notification WHERE at BETWEEN ? AND ?", (min(pairs)[0], max(pairs)[0])
    )
    return rows


def delete(database: Database, notifications: Iterable[Notification]) -> None:
    """Delete notifications. Inside an undo step."""
    database.change_many("DELETE FROM notification WHERE channel = ? AND at = ?", notifications)


def insert(database: Database, notifications: Sequence[Notification], zone: str) -> None:
    """Insert notifications that are not in the file yet. Inside an undo step."""
    if notifications:
        database.ensure_zone(zone)
    database.change_many(
        "INSERT INTO notification(channel, at, zone) VALUES (?, ?, ?)",
        ((channel, at, zone) for channel, at in notifications),
    )


def in_span(database: Database, since: int, until: int) -> list[tuple[str, int, str]]:
    """(channel, at, zone) of the notifications in [since, until), by time."""
    rows: list[tuple[str, int, str]] = database.rows(
        "SELECT channel, at, zone FROM notification WHERE at >= ? AND at < ? ORDER BY at, channel", (since, until)
    )
    return rows
