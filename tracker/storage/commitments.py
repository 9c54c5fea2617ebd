"""Commitments: the if-then plans for a week, one to three of them."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager

from tracker.domain.errors import TrackerError
from tracker.domain.models import Commitment
from tracker.domain.text import entered
from tracker.formatting.times import format_week
from tracker.locale import _
from tracker.storage.undo_steps import undo_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.storage.database import Database

#: The most commitments for one week.
MOST = 3


def add(database: Database, commitment: Commitment, *, now: int) -> Commitment:
    """Add a commitment to its week, behind the others; it gets its id and position here.

    Raises TrackerError for a fourth one, for no words or too many, or for a measure that cannot be.
    """
    with database.transaction():
        existing = of_week(database, commitment.week)
        if len(existing) >= MOST:
            raise TrackerError(
                _("{week} already has three commitments, which is the maximum").format(
                    week=format_week(commitment.week)
                )
            )
        placed = _worded(commitment)._replace(at=now, position=existing[-1].position + 1 if existing else 0)
        with undo_step(database, _("committed to: {plan}").format(plan=placed.plan), now), _refusing():
            return placed._replace(id=database.insert("commitment", placed))


def change(database: Database, commitment: Commitment, *, now: int, was: Commitment | None = None) -> Commitment:
    """Write every field of an existing commitment. Raises TrackerError for what `add` would refuse.

    Also where it differs from what it `was`, because another program has changed it meanwhile.
    """
    worded = _worded(commitment)
    with database.transaction():
        current = get(database, commitment.id)
        if was is not None and current != was:
            raise TrackerError(_("another program changed this commitment in the meantime; nothing was saved"))
        with undo_step(database, _("changed the commitment: {plan}").format(plan=worded.plan), now), _refusing():
            database.update("commitment", worded)
    return worded


def answer(database: Database, id: int, kept: bool | None, *, now: int) -> Commitment:
    """Say whether a commitment was kept (None: unknown). Raises TrackerError if there is none."""
    with database.transaction():
        commitment = get(database, id)
        with undo_step(database, _("marked whether it was kept: {plan}").format(plan=commitment.plan), now):
            database.change("UPDATE commitment SET kept = ? WHERE id = ?", (kept, id))
    return commitment._replace(kept=kept)


def delete(database: Database, id: int, *, now: int) -> Commitment:
    """Delete a commitment; returns it. Raises TrackerError if there is none."""
    with database.transaction():
        deleted = get(database, id)
        with undo_step(database, _("removed the commitment: {plan}").format(plan=deleted.plan), now):
            database.delete("commitment", id)
    return deleted


def get(database: Database, id: int) -> Commitment:
    """The commitment with this id. Raises TrackerError if there is none."""
    commitment = database.record(Commitment, "WHERE id = ?", (id,))
    if not commitment:
        raise TrackerError(_("commitment {id} does not exist").format(id=id))
    return _with_bool(commitment)


def of_week(database: Database, week: str) -> list[Commitment]:
    """The commitments for a week, in their order."""
    return [*map(_with_bool, database.records(Commitment, "WHERE week = ? ORDER BY position, id", (week,)))]


def every(database: Database) -> list[Commitment]:
    """Every commitment, by week."""
    return [*map(_with_bool, database.records(Commitment, "ORDER BY week, position, id"))]


def _worded(commitment: Commitment) -> Commitment:
    """The commitment with cue and plan on one line each. Raises TrackerError without both, or for too long a text."""
    cue, plan = (" ".join(words.split()) for words in (commitment.cue, commitment.plan))
    if not cue or not plan:
        raise TrackerError(_("a commitment needs both parts: if …, then …"))
    return commitment._replace(cue=entered("cue", cue) or "", plan=entered("plan", plan) or "")


@contextmanager
def _refusing() -> Iterator[None]:
    """Raise TrackerError for a row that the table's checks refuse."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise TrackerError(_("this commitment is not possible: {reason}").format(reason=error)) from None


def _with_bool(commitment: Commitment) -> Commitment:
    return commitment if commitment.kept is None else commitment._replace(kept=bool(commitment.kept))
