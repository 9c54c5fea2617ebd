"""Commitments: the if-then plans for a week, one to three of them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from tracker.domain.models import Commitment, TrackerError
from tracker.domain.text import entered
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from tracker.storage.file import Journal

#: More than so many for one week are wishes.
MOST = 3

_SELECT = f"SELECT {', '.join(Commitment._fields)} FROM commitment"


def add(journal: Journal, commitment: Commitment, *, now: int) -> Commitment:
    """Add one to its week, behind those it has; id and position are given to it.

    Raises TrackerError for a fourth one, for no words or too many, or for a measure that cannot be.
    """
    with journal.transaction():
        there = of_week(journal, commitment.week)
        if len(there) >= MOST:
            raise TrackerError(_("{week} has three commitments; more are wishes").format(week=commitment.week))
        placed = _worded(commitment)._replace(at=now, position=there[-1].position + 1 if there else 0)
        with journal.action(_("committed to: {plan}").format(plan=placed.plan), now):
            names, marks = ", ".join(Commitment._fields[1:]), ", ".join("?" * (len(Commitment._fields) - 1))
            id = _written(journal, f"INSERT INTO commitment({names}) VALUES ({marks})", placed[1:])
    return placed._replace(id=id)


def change(journal: Journal, commitment: Commitment, *, now: int, was: Commitment | None = None) -> Commitment:
    """Write every field of one that is there. Raises TrackerError for what `add` would refuse.

    Also where it is not what it `was` any more: another program has changed it meanwhile.
    """
    worded = _worded(commitment)
    with journal.transaction():
        there = get(journal, commitment.id)
        if was is not None and there != was:
            raise TrackerError(_("another program changed this commitment meanwhile; nothing was written"))
        with journal.action(_("changed the commitment: {plan}").format(plan=worded.plan), now):
            names = ", ".join(f"{name} = ?" for name in Commitment._fields[1:])
            _written(journal, f"UPDATE commitment SET {names} WHERE id = ?", (*worded[1:], worded.id))
    return worded


def keep(journal: Journal, id: int, kept: bool | None, *, now: int) -> Commitment:
    """Say whether one was kept (None: not said), where the log cannot tell. Raises TrackerError if there is none."""
    with journal.transaction():
        found = get(journal, id)
        with journal.action(_("said how it went: {plan}").format(plan=found.plan), now):
            journal.change("UPDATE commitment SET kept = ? WHERE id = ?", (kept, id))
    return found._replace(kept=kept)


def delete(journal: Journal, id: int, *, now: int) -> Commitment:
    """Take one back (undo brings it again); returns what it was. Raises TrackerError if there is none."""
    with journal.transaction():
        gone = get(journal, id)
        with journal.action(_("took back: {plan}").format(plan=gone.plan), now):
            journal.change("DELETE FROM commitment WHERE id = ?", (id,))
    return gone


def get(journal: Journal, id: int) -> Commitment:
    """The commitment with this id. Raises TrackerError if there is none."""
    row = journal.row(f"{_SELECT} WHERE id = ?", (id,))
    if not row:
        raise TrackerError(_("there is no commitment {id}").format(id=id))
    return _commitment(row)


def of_week(journal: Journal, week: str) -> list[Commitment]:
    """Those for a week, in their order."""
    return [_commitment(row) for row in journal.rows(f"{_SELECT} WHERE week = ? ORDER BY position, id", (week,))]


def every(journal: Journal) -> list[Commitment]:
    """All of them, by week."""
    return [_commitment(row) for row in journal.rows(f"{_SELECT} ORDER BY week, position, id")]


def _worded(commitment: Commitment) -> Commitment:
    """With its words on one line each."""
    cue, plan = (" ".join(words.split()) for words in (commitment.cue, commitment.plan))
    if not cue or not plan:
        raise TrackerError(_("a commitment has a cue and a plan: if …, then …"))
    return commitment._replace(cue=entered("cue", cue) or "", plan=entered("plan", plan) or "")


def _written(journal: Journal, sql: str, values: Sequence[Any]) -> int:
    try:
        return journal.change(sql, values)
    except sqlite3.IntegrityError as error:
        raise TrackerError(_("that commitment cannot be: {reason}").format(reason=error)) from None


def _commitment(row: Sequence[Any]) -> Commitment:
    found = Commitment._make(row)
    return found if found.kept is None else found._replace(kept=bool(found.kept))
