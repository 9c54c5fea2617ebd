"""Notifications: when a channel asked for attention, as a phone's export tells it.

Of channels the file knows, whatever their kind: a messenger may be made social later. What a channel said is not kept.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.journal.file import Journal

#: A channel asked at an instant, in UTC seconds.
Asked = tuple[str, int]


def unknown(journal: Journal, asked: Iterable[Asked]) -> list[Asked]:
    """Those of them that are not in the file yet, each once, by time."""
    fresh = {(at, channel) for channel, at in asked}
    if not fresh:
        return []
    known = journal.rows(
        "SELECT at, channel FROM notification WHERE at BETWEEN ? AND ?", (min(fresh)[0], max(fresh)[0])
    )
    return [(channel, at) for at, channel in sorted(fresh.difference(known))]


def insert(journal: Journal, asked: Sequence[Asked], zone: str) -> None:
    """Keep notifications that are not in the file yet. Inside an action."""
    if asked:
        journal.ensure_zone(zone)
    journal.connection.executemany(
        "INSERT INTO notification(channel, at, zone) VALUES (?, ?, ?)", ((channel, at, zone) for channel, at in asked)
    )


def in_span(journal: Journal, lo: int, hi: int) -> list[tuple[str, int, str]]:
    """(channel, at, zone) of the notifications in [lo, hi), by time."""
    found: list[tuple[str, int, str]] = journal.rows(
        "SELECT channel, at, zone FROM notification WHERE at >= ? AND at < ? ORDER BY at, channel", (lo, hi)
    )
    return found
