"""Urges: wishes to open a channel that were noticed and resisted."""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import Urge
from tracker.domain.text import typed, with_entered
from tracker.formatting.text import channel_word
from tracker.formatting.times import format_recorded_date
from tracker.locale import _
from tracker.storage import notes
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
    trigger: str | None = None,
    note: str | None = None,
) -> Urge:
    """Record a resisted urge at the instant `at`. Raises TrackerError for a future time or too long a text."""
    trigger, note = typed("trigger", trigger), typed("note", note)
    if at > now:
        raise TrackerError(_("that time is in the future"))
    with undo_step(database, _("resisted urge: {channel}").format(channel=channel_word(channel)), now):
        database.ensure_zone(zone)
        urge = Urge(0, channel, at, zone, trigger, note)
        return urge._replace(id=database.insert("urge", urge))


def explain(database: Database, id: int, trigger: str | None, *, now: int) -> Urge:
    """Say what triggered an urge; right after the urge, it is part of the same undo step.

    Raises TrackerError if there is no such urge, or for too long a text.
    """
    trigger = typed("trigger", trigger)
    with database.transaction():
        urge = get(database, id)
        with undo_step(
            database,
            _("set the trigger of the urge: {channel}").format(channel=channel_word(urge.channel)),
            now,
            about=("urge", id),
        ):
            database.change("UPDATE urge SET trigger = ? WHERE id = ?", (trigger, id))
    return urge._replace(trigger=trigger)


def blame_task(database: Database, id: int, trigger: str, task: str, date: str, *, now: int) -> Urge:
    """Say that an urge came from avoiding `task`, which becomes the important task of `date`; in the urge's step."""
    says = _("set the important task of {date}").format(date=format_recorded_date(date, now))
    with undo_step(database, says, now, about=("urge", id)):
        if notes.get(database, date).task != task:
            notes.set_task(database, date, task, now=now)
        return explain(database, id, trigger, now=now)


def get(database: Database, id: int) -> Urge:
    """The urge with this id. Raises TrackerError if there is none."""
    urge = database.record(Urge, "WHERE id = ?", (id,))
    if not urge:
        raise TrackerError(_("urge {id} does not exist").format(id=id), _("`tracker day` shows the ids"))
    return urge


def edit(database: Database, id: int, *, now: int, **fields: Any) -> Urge:
    """Change fields of an urge. Raises TrackerError for a future time, or too long a text."""
    with database.transaction():
        before = get(database, id)
        after = with_entered(before, fields)
        if after.at > max(now, before.at):
            raise TrackerError(_("that time is in the future"))
        with undo_step(database, _("edited the urge ({channel})").format(channel=channel_word(before.channel)), now):
            if after != before:
                database.update("urge", after)
    return after


def delete(database: Database, id: int, *, now: int) -> Urge:
    """Delete an urge; returns it. Raises TrackerError if there is none."""
    with database.transaction():
        deleted = get(database, id)
        with undo_step(database, _("deleted the urge ({channel})").format(channel=channel_word(deleted.channel)), now):
            database.delete("urge", id)
    return deleted


def in_span(database: Database, since: int, until: int) -> list[Urge]:
    """The urges in [since, until), by time."""
    return database.records(Urge, "WHERE at >= ? AND at < ? ORDER BY at, id", (since, until))
