"""Expenses: what channels cost in money, such as advertising, a subscription or the train to a meeting."""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import Spend
from tracker.domain.text import typed, with_entered
from tracker.formatting.text import channel_word
from tracker.locale import _
from tracker.storage.undo_steps import undo_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.storage.database import Database


def add(
    database: Database,
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

    Raises TrackerError for an amount of 0 or less, a time in the future, or too long a text.
    """
    note = typed("note", note)
    _check(amount, at, now)
    with undo_step(database, _("recorded spending on {channel}").format(channel=channel_word(channel)), now):
        database.ensure_zone(zone)
        spend = Spend(0, channel, at, zone, amount, currency, note)
        return spend._replace(id=database.insert("spend", spend))


def edit(database: Database, id: int, *, now: int, **fields: Any) -> Spend:
    """Change fields of an expense. Raises TrackerError for what `add` would refuse."""
    with database.transaction():
        before = get(database, id)
        after = with_entered(before, fields)
        _check(after.amount, after.at, max(now, before.at))
        with undo_step(database, _("edited spending on {channel}").format(channel=channel_word(before.channel)), now):
            if after != before:
                database.update("spend", after)
    return after


def delete(database: Database, id: int, *, now: int) -> Spend:
    """Delete an expense; returns it. Raises TrackerError if there is none."""
    with database.transaction():
        deleted = get(database, id)
        with undo_step(database, _("deleted spending on {channel}").format(channel=channel_word(deleted.channel)), now):
            database.delete("spend", id)
    return deleted


def get(database: Database, id: int) -> Spend:
    """The expense with this id. Raises TrackerError if there is none."""
    spend = database.record(Spend, "WHERE id = ?", (id,))
    if not spend:
        raise TrackerError(
            _("spending {id} does not exist").format(id=id), _("`tracker worth --explain CHANNEL` shows the ids")
        )
    return spend


def in_span(database: Database, since: int, until: int) -> list[Spend]:
    """The expenses in [since, until), by time."""
    return database.records(Spend, "WHERE at >= ? AND at < ? ORDER BY at, id", (since, until))


def _check(amount: int | None, at: int, now: int) -> None:
    if not amount or amount < 0:
        raise TrackerError(_("the amount must be above zero"))
    if at > now:
        raise TrackerError(_("that time is in the future"))
