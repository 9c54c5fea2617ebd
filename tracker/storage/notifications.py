"""Notifications: when a channel asked for attention, as a phone's export tells it.

Of channels the file knows, whatever their kind: a messenger may be made social later. What a channel said is not kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.storage.file import Journal

#: A channel asked at an instant, in UTC seconds.
Asked = tuple[str, int]


def unknown(journal: Journal, asked: Iterable[Asked]) -> list[Asked]:
    """Those of them that are not in the file yet, each once, by time."""
    fresh = {(at, channel) for channel, at in asked}
    return [(channel, at) for at, channel in sorted(fresh.difference(_among(journal, fresh)))]


def known(journal: Journal, asked: Iterable[Asked]) -> list[Asked]:
    """Those of them that are in the file, each once, by time."""
    some = {(at, channel) for channel, at in asked}
    return [(channel, at) for at, channel in sorted(some.intersection(_among(journal, some)))]


def _among(journal: Journal, some: set[tuple[int, str]]) -> list[tuple[int, str]]:
    """(at, channel) of the notifications in the file between the first of `some` and the last."""
    if not some:
        return []
    found: list[tuple[int, str]] = journal.rows(
        "SELECT at, channel FROM notification WHERE at BETWEEN ? AND ?", (min(some)[0], max(some)[0])
    )
    return found


def delete(journal: Journal, asked: Iterable[Asked]) -> None:
    """Take notifications out of the file. Inside an action."""
    journal.change_many("DELETE FROM notification WHERE channel = ? AND at = ?", asked)


def insert(journal: Journal, asked: Sequence[Asked], zone: str) -> None:
    """Keep notifications that are not in the file yet. Inside an action."""
    if asked:
        journal.ensure_zone(zone)
    journal.change_many(
        "INSERT INTO notification(channel, at, zone) VALUES (?, ?, ?)", ((channel, at, zone) for channel, at in asked)
    )


def in_span(journal: Journal, lo: int, hi: int) -> list[tuple[str, int, str]]:
    """(channel, at, zone) of the notifications in [lo, hi), by time."""
    found: list[tuple[str, int, str]] = journal.rows(
        "SELECT channel, at, zone FROM notification WHERE at >= ? AND at < ? ORDER BY at, channel", (lo, hi)
    )
    return found
