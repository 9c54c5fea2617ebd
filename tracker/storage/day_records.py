"""What a person records of a day beside sessions: its note, the urges that were resisted, and declared pauses.

A note has the user's own words, the important task, and whether the day is confirmed as zero or closed. A pause is an
abstinence from every social channel; at most one is current.
"""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, DayNote, Pause, Urge
from tracker.domain.text import all_entered, typed, with_entered
from tracker.formatting.text import channel_word
from tracker.formatting.times import format_recorded_date
from tracker.locale import _
from tracker.storage.session_table import refuse_future
from tracker.storage.undo_steps import undo_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypedDict, Unpack

    from tracker.storage.database import Database

    class UrgeDetails(TypedDict, total=False):
        """What an urge may have."""

        trigger: str | None
        note: str | None


#: The longest pause, in seconds: a longer one is a holiday and needs no countdown.
LONGEST_PAUSE = 31 * DAY


def get_note(database: Database, date: str) -> DayNote:
    """The note of a day; an empty one where there is none."""
    return database.record(DayNote, "WHERE date = ?", (date,)) or DayNote(date)


def notes_in_span(database: Database, first: str, last: str) -> list[DayNote]:
    """The notes from one date to another, both included."""
    return database.records(DayNote, "WHERE date BETWEEN ? AND ? ORDER BY date", (first, last))


def first_closed_day(database: Database) -> str | None:
    """The date of the first day that was closed."""
    (date,) = database.row("SELECT min(date) FROM day_note WHERE closed = 1")
    return date if date is None else str(date)


def write_note(database: Database, date: str, note: str | None, *, now: int) -> DayNote:
    """Set the words of a day; empty or None deletes them. Raises TrackerError for too long a text."""
    return _change_note(database, date, _("wrote the note for {date}"), now, note=typed("day", note))


def confirm_zero(database: Database, date: str, zero: bool, *, now: int) -> DayNote:
    """Confirm that a day without records had no social time (zero), or say that it is unknown after all."""
    says = _("confirmed {date} as zero") if zero else _("{date} is unknown again")
    return _change_note(database, date, says, now, zero=zero)


def set_task(database: Database, date: str, task: str | None, *, now: int) -> DayNote:
    """Set the important task of a day, not done yet; empty or None deletes it. TrackerError for too long a text."""
    says = _("set the important task of {date}")
    return _change_note(database, date, says, now, task=typed("task", task), task_done=False)


def do_task(database: Database, date: str, done: bool, *, now: int) -> DayNote:
    """Mark the important task of a day as done, or as not done."""
    says = (
        _("marked the important task of {date} as done")
        if done
        else _("marked the important task of {date} as not done")
    )
    return _change_note(database, date, says, now, task_done=done)


def close_day(database: Database, date: str, closed: bool, *, now: int) -> DayNote:
    """Mark a day as closed, which says that its records are complete, or open it again."""
    says = _("closed {date}") if closed else _("opened {date} again")
    return _change_note(database, date, says, now, closed=closed)


def _change_note(database: Database, date: str, says: str, now: int, **fields: Any) -> DayNote:
    with undo_step(database, says.format(date=format_recorded_date(date, now)), now):
        before = get_note(database, date)
        after = before._replace(**fields)
        if after == DayNote(date):
            database.change("DELETE FROM day_note WHERE date = ?", (date,))
        elif after != before:
            database.upsert("day_note", ("date",), after._asdict())
    return after


# Urges.


def add_urge(database: Database, channel: str, at: int, zone: str, *, now: int, **details: Unpack[UrgeDetails]) -> Urge:
    """Record a resisted urge at the instant `at`.

    Raises TrackerError for a future time or too long a text.
    """
    urge = Urge(0, channel, at, zone, **all_entered(details))
    refuse_future(at, now)
    with undo_step(database, _("resisted urge: {channel}").format(channel=channel_word(channel)), now):
        database.ensure_zone(zone)
        return urge._replace(id=database.insert("urge", urge))


def explain_urge(database: Database, id: int, trigger: str | None, *, now: int) -> Urge:
    """Say what triggered an urge; right after the urge, it is part of the same undo step.

    Raises TrackerError if there is no such urge, or for too long a text.
    """
    trigger = typed("trigger", trigger)
    with database.transaction():
        urge = get_urge(database, id)
        says = _("set the trigger of the urge: {channel}").format(channel=channel_word(urge.channel))
        with undo_step(database, says, now, about=("urge", id)):
            database.change("UPDATE urge SET trigger = ? WHERE id = ?", (trigger, id))
    return urge._replace(trigger=trigger)


def blame_task(database: Database, id: int, trigger: str, task: str, date: str, *, now: int) -> Urge:
    """Say that an urge came from avoiding `task`, which becomes the important task of `date`; in the urge's step."""
    says = _("set the important task of {date}").format(date=format_recorded_date(date, now))
    with undo_step(database, says, now, about=("urge", id)):
        if get_note(database, date).task != task:
            set_task(database, date, task, now=now)
        return explain_urge(database, id, trigger, now=now)


def get_urge(database: Database, id: int) -> Urge:
    """The urge with this id. Raises TrackerError if there is none."""
    urge = database.record(Urge, "WHERE id = ?", (id,))
    if not urge:
        raise TrackerError(_("urge {id} does not exist").format(id=id), _("`tracker day` shows the ids"))
    return urge


def edit_urge(database: Database, id: int, *, now: int, **fields: Any) -> Urge:
    """Change fields of an urge. Raises TrackerError for a future time, or too long a text."""
    with database.transaction():
        before = get_urge(database, id)
        after = with_entered(before, fields)
        refuse_future(after.at, max(now, before.at))
        with undo_step(database, _("edited the urge ({channel})").format(channel=channel_word(before.channel)), now):
            if after != before:
                database.update("urge", after)
    return after


def urges_in_span(database: Database, since: int, until: int) -> list[Urge]:
    """The urges in [since, until), by time."""
    return database.records(Urge, "WHERE at >= ? AND at < ? ORDER BY at, id", (since, until))


# Pauses.


def begin_pause(database: Database, end: int, zone: str, *, now: int) -> Pause:
    """Declare a pause from now until the instant `end`; it replaces a current one.

    Raises TrackerError for an end that is not in the future, or more than a month ahead.
    """
    if end <= now:
        raise TrackerError(_("a pause must end in the future"))
    if end - now > LONGEST_PAUSE:
        raise TrackerError(_("a pause can last a month at most"))
    with undo_step(database, _("started a pause"), now):
        database.ensure_zone(zone)
        before = current_pause(database, now)
        if before and before.start == now:
            database.delete("pause", before.id)
        elif before:
            database.change("UPDATE pause SET ended = ? WHERE id = ?", (max(now, before.start), before.id))
        pause = Pause(0, now, end, zone)
        return pause._replace(id=database.insert("pause", pause))


def call_off_pause(database: Database, *, now: int) -> Pause:
    """End the current pause before its time. Raises TrackerError if there is none."""
    with database.transaction():
        pause = current_pause(database, now)
        if not pause:
            raise TrackerError(_("no pause is running"), _("`tracker pause 2h` starts one"))
        ended = max(now, pause.start)
        with undo_step(database, _("ended the pause"), now):
            database.change("UPDATE pause SET ended = ? WHERE id = ?", (ended, pause.id))
    return pause._replace(ended=ended)


def current_pause(database: Database, now: int) -> Pause | None:
    """The pause at the instant `now`, if there is one.

    A pause begins when it is declared: one that begins after `now` was declared before the clock was set back.
    """
    return database.record(
        Pause, 'WHERE "end" > ?1 AND "end" <= ?1 + ?2 AND ended IS NULL ORDER BY id DESC LIMIT 1', (now, LONGEST_PAUSE)
    )


def pauses_in_span(database: Database, since: int, until: int) -> list[Pause]:
    """The pauses that overlap [since, until), by start."""
    return database.records(
        Pause, 'WHERE "end" > ?1 AND start < ?2 AND coalesce(ended, "end") > ?1 ORDER BY start, id', (since, until)
    )
