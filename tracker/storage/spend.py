"""What channels cost beside the hours: advertising, a subscription, the train to a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import Spend, TrackerError
from tracker.domain.text import typed, with_entered
from tracker.locale import _

if TYPE_CHECKING:
    from typing import Any

    from tracker.storage.file import Journal

_SELECT = "SELECT id, channel, at, zone, amount, currency, note FROM spend"


def add(
    journal: Journal,
    channel: str,
    at: int,
    zone: str,
    *,
    now: int,
    amount: int,
    currency: str,
    note: str | None = None,
) -> Spend:
    """Record `amount` (hundredths of `currency`) as spent on a channel.

    Raises TrackerError for none, for a time still to come, or for too long a text.
    """
    note = typed("note", note)
    _check(amount, at, now)
    values = (channel, at, zone, amount, currency, note)
    with journal.action(_("noted what was spent on {channel}").format(channel=channel), now):
        journal.ensure_zone(zone)
        id = journal.change(
            "INSERT INTO spend(channel, at, zone, amount, currency, note) VALUES (?, ?, ?, ?, ?, ?)", values
        )
    return Spend(id, *values)


def edit(journal: Journal, id: int, *, now: int, **fields: Any) -> Spend:
    """Change fields of what was spent. Raises TrackerError for what `add` would refuse."""
    with journal.transaction():
        before = get(journal, id)
        after = with_entered(before, fields)
        _check(after.amount, after.at, max(now, before.at))
        with journal.action(_("edited what was spent on {channel}").format(channel=before.channel), now):
            if after != before:
                names = ", ".join(f"{name} = ?" for name in Spend._fields[1:])
                journal.change(f"UPDATE spend SET {names} WHERE id = ?", (*after[1:], id))
    return after


def delete(journal: Journal, id: int, *, now: int) -> Spend:
    """Delete what was spent (undo brings it back); returns what it was. Raises TrackerError if it is not there."""
    with journal.transaction():
        gone = get(journal, id)
        with journal.action(_("deleted what was spent on {channel}").format(channel=gone.channel), now):
            journal.change("DELETE FROM spend WHERE id = ?", (id,))
    return gone


def get(journal: Journal, id: int) -> Spend:
    """What was spent, by its id. Raises TrackerError if there is none."""
    row = journal.row(f"{_SELECT} WHERE id = ?", (id,))
    if not row:
        raise TrackerError(
            _("there is no spending {id}").format(id=id), _("`tracker worth --explain CHANNEL` prints the ids")
        )
    return Spend._make(row)


def in_span(journal: Journal, lo: int, hi: int) -> list[Spend]:
    """What was spent in [lo, hi), by time."""
    return [Spend._make(row) for row in journal.rows(f"{_SELECT} WHERE at >= ? AND at < ? ORDER BY at, id", (lo, hi))]


def _check(amount: int | None, at: int, now: int) -> None:
    if not amount or amount < 0:
        raise TrackerError(_("what was spent is more than nothing"))
    if at > now:
        raise TrackerError(_("that time is still to come"))
