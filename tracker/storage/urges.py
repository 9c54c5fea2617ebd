"""Urges: wishes to open a channel that were noticed and resisted."""

from __future__ import annotations

from tracker.domain.models import TrackerError, Urge
from tracker.domain.text import typed, with_entered
from tracker.locale import _
from tracker.storage import notes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.storage.file import Journal

_SELECT = "SELECT id, channel, at, zone, trigger, note FROM urge"


def add(
    journal: Journal, channel: str, at: int, zone: str, *, now: int, trigger: str | None = None, note: str | None = None
) -> Urge:
    """Record an urge resisted at the instant `at`. Raises TrackerError for a time still to come or too long a text."""
    trigger, note = typed("trigger", trigger), typed("note", note)
    if at > now:
        raise TrackerError(_("that time is still to come"))
    with journal.action(_("resisted {channel}").format(channel=channel), now):
        journal.ensure_zone(zone)
        id = journal.change(
            "INSERT INTO urge(channel, at, zone, trigger, note) VALUES (?, ?, ?, ?, ?)",
            (channel, at, zone, trigger, note),
        )
    return Urge(id, channel, at, zone, trigger, note)


def explain(journal: Journal, id: int, trigger: str | None, *, now: int) -> Urge:
    """Say what set an urge off; at once, it is one step with the urge itself.

    Raises TrackerError if it is gone, or for too long a text.
    """
    trigger = typed("trigger", trigger)
    with journal.transaction():
        urge = get(journal, id)
        with journal.action(_("said what set off {channel}").format(channel=urge.channel), now, about=("urge", id)):
            journal.change("UPDATE urge SET trigger = ? WHERE id = ?", (trigger, id))
    return urge._replace(trigger=trigger)


def put_off(journal: Journal, id: int, trigger: str, task: str, date: str, *, now: int) -> Urge:
    """Say that an urge put off `task`, which becomes the important task of `date`; one step with the urge itself."""
    says = _("set the important task of {date}").format(date=date)
    with journal.action(says, now, about=("urge", id)):
        if notes.get(journal, date).task != task:
            notes.set_task(journal, date, task, now=now)
        return explain(journal, id, trigger, now=now)


def get(journal: Journal, id: int) -> Urge:
    """The urge with this id. Raises TrackerError if there is none."""
    row = journal.row(f"{_SELECT} WHERE id = ?", (id,))
    if not row:
        raise TrackerError(_("there is no urge {id}").format(id=id), _("`tracker day` prints the ids"))
    return Urge._make(row)


def edit(journal: Journal, id: int, *, now: int, **fields: Any) -> Urge:
    """Change fields of an urge. Raises TrackerError for a time still to come, or too long a text."""
    with journal.transaction():
        before = get(journal, id)
        after = with_entered(before, fields)
        if after.at > max(now, before.at):
            raise TrackerError(_("that time is still to come"))
        with journal.action(_("edited the urge ({channel})").format(channel=before.channel), now):
            if after != before:
                names = ", ".join(f"{name} = ?" for name in Urge._fields[1:])
                journal.change(f"UPDATE urge SET {names} WHERE id = ?", (*after[1:], id))
    return after


def delete(journal: Journal, id: int, *, now: int) -> Urge:
    """Delete an urge (undo brings it back); returns what it was. Raises TrackerError if there is none."""
    with journal.transaction():
        gone = get(journal, id)
        with journal.action(_("deleted the urge ({channel})").format(channel=gone.channel), now):
            journal.change("DELETE FROM urge WHERE id = ?", (id,))
    return gone


def in_span(journal: Journal, lo: int, hi: int) -> list[Urge]:
    """The urges in [lo, hi), by time."""
    return [Urge._make(row) for row in journal.rows(f"{_SELECT} WHERE at >= ? AND at < ? ORDER BY at, id", (lo, hi))]
