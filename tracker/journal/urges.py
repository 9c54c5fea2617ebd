"""Urges: wishes to open a channel that were noticed and resisted."""

from __future__ import annotations

from tracker.locale import _
from tracker.model import TrackerError, Urge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.journal.file import Journal

_SELECT = "SELECT id, channel, at, zone, trigger, note FROM urge"


def add(
    journal: Journal, channel: str, at: int, zone: str, *, now: int, trigger: str | None = None, note: str | None = None
) -> Urge:
    """Record an urge resisted at the instant `at`. Raises TrackerError for a time still to come."""
    if at > now:
        raise TrackerError(_("that time is still to come"))
    with journal.action(_("resisted {channel}").format(channel=channel), now):
        journal.ensure_zone(zone)
        id = journal.change(
            "INSERT INTO urge(channel, at, zone, trigger, note) VALUES (?, ?, ?, ?, ?)",
            (channel, at, zone, trigger, note),
        )
    return Urge(id, channel, at, zone, trigger, note)


def in_span(journal: Journal, lo: int, hi: int) -> list[Urge]:
    """The urges in [lo, hi), by time."""
    return [Urge._make(row) for row in journal.rows(f"{_SELECT} WHERE at >= ? AND at < ? ORDER BY at, id", (lo, hi))]
