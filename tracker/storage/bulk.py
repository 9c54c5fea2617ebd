"""Filling a fresh file with many records at once, for the demo and for studies: quick, and no step of undo."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.domain.models import (
    Commitment,
    DayNote,
    Estimate,
    Habit,
    Outcome,
    Pause,
    Review,
    Session,
    Spend,
    Tick,
    TrackerError,
    Urge,
    Verdict,
)
from tracker.locale import _
from tracker.storage.habits import stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from tracker.storage.file import Journal


def fill(
    journal: Journal,
    *,
    now: int,
    sessions: Sequence[Session],
    urges: Sequence[Urge] = (),
    outcomes: Sequence[Outcome] = (),
    notes: Sequence[DayNote] = (),
    habits: Sequence[Habit] = (),
    ticks: Sequence[Tick] = (),
    pauses: Sequence[Pause] = (),
    notifications: Sequence[tuple[str, int, str]] = (),
    spends: Sequence[Spend] = (),
    verdicts: Sequence[Verdict] = (),
    budgets: Mapping[str, int] | None = None,
) -> None:
    """Write everything in one transaction, in the order given; the ids of the records are not looked at.

    The caller answers for what the modules beside this one check: no session in the future, none over another of its
    channel. `notifications` are (channel, instant, zone), `budgets` seconds a day by channel. Afterwards undo has
    nothing to take back. Raises TrackerError, with nothing written, for a file that has sessions already.
    """
    if journal.row("SELECT 1 FROM session"):
        raise TrackerError(_("{path} has sessions already; this needs a new file").format(path=journal.path))
    with journal.action("", now), _unlogged(journal):
        groups: tuple[Sequence[Session | Urge | Outcome | Pause | Spend], ...] = (
            *(sessions, urges, outcomes, pauses, spends),
        )
        zones = [record.zone for group in groups for record in group] + [zone for _channel, _at, zone in notifications]
        for zone in dict.fromkeys(zones):
            journal.ensure_zone(zone)
        for channel, seconds in (budgets or {}).items():
            journal.change("UPDATE channel SET budget_seconds = ? WHERE name = ?", (seconds, channel))
        _insert(journal, "session", Session._fields[1:], (session[1:] for session in sessions))
        _insert(journal, "urge", Urge._fields[1:], (urge[1:] for urge in urges))
        _insert(journal, "outcome", Outcome._fields[1:], (outcome[1:] for outcome in outcomes))
        _insert(journal, "day_note", DayNote._fields, notes)
        _insert(journal, "pause", Pause._fields[1:], (pause[1:] for pause in pauses))
        _insert(journal, "notification", ("channel", "at", "zone"), notifications)
        _insert(journal, "spend", Spend._fields[1:], (spend[1:] for spend in spends))
        _insert(journal, "verdict", Verdict._fields[1:], (verdict[1:] for verdict in verdicts))
        _insert(journal, "habit", Habit._fields[1:], map(stored, habits))
        _insert(journal, "habit_day", Tick._fields, ticks)


def look_back(
    journal: Journal,
    *,
    now: int,
    estimates: Sequence[Estimate] = (),
    commitments: Sequence[Commitment] = (),
    reviews: Sequence[Review] = (),
) -> None:
    """Write what weekly reviews leave beside the records of `fill`, in the same way; no step of undo either."""
    with journal.action("", now), _unlogged(journal):
        _insert(journal, "estimate", Estimate._fields, estimates)
        _insert(journal, "commitment", Commitment._fields[1:], (one[1:] for one in commitments))
        stored = (one._replace(reviewed=" ".join(one.reviewed)) for one in reviews)  # type: ignore[arg-type]  # as stored
        _insert(journal, "review", Review._fields[1:], (one[1:] for one in stored))


@contextmanager
def _unlogged(journal: Journal) -> Iterator[None]:
    """Put the change log's triggers aside: what a file begins with is not the user's to undo, and is written faster.

    A step that logged no change leaves no trace. All this is one transaction, which no other program sees half-way.
    """
    triggers = journal.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, _sql in triggers:
        journal.change(f"DROP TRIGGER {name}")
    yield
    for _name, sql in triggers:
        journal.change(sql)


def _insert(journal: Journal, table: str, fields: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
    names = [f'"{field}"' for field in fields]
    journal.change_many(f"INSERT INTO {table}({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows)
