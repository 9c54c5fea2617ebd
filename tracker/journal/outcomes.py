"""Outcomes: the recommendations, prospects, clients and income that the time brought."""

from __future__ import annotations

from tracker.calendar.quoting import quoted
from tracker.journal.people import known_as
from tracker.locale import _
from tracker.model import OUTCOME_KINDS, Outcome, TrackerError
from tracker.record import Record
from tracker.text import typed, with_entered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.journal.file import Journal

#: Without a person to go by, the last touch is a session that ended at most so many seconds before.
LAST_TOUCH_LASTS = 86_400


class Touch(Record):
    """The session an outcome is attributed to when nobody says otherwise; `end` is None while it runs.

    `person` is set where the person was what it was found by.
    """

    channel: str
    start: int
    end: int | None
    person: str | None


_SELECT = "SELECT id, kind, at, zone, channel, attribution, amount, currency, person, note FROM outcome"


def add(
    journal: Journal,
    kind: str,
    at: int,
    zone: str,
    *,
    now: int,
    channel: str | None = None,
    amount: int | None = None,
    currency: str | None = None,
    person: str | None = None,
    note: str | None = None,
) -> Outcome:
    """Record an outcome; `amount` is in hundredths of `currency`.

    Without a channel it is attributed to the last touch: the last session with that person, else the last social or
    in-person session of the day before; else it stays unknown. Raises TrackerError for an unknown kind, an income
    without an amount, a time still to come, or too long a text.
    """
    note = typed("note", note)
    _check(kind, amount, at, now)
    attribution = "user"
    with journal.action(_("noted the outcome {kind}").format(kind=_(kind)), now):
        person = known_as(journal, person)
        if channel is None:
            channel, attribution = _attributed(journal, at, person)
        journal.ensure_zone(zone)
        values = (kind, at, zone, channel, attribution, amount, currency if amount is not None else None, person, note)
        id = journal.change(
            "INSERT INTO outcome(kind, at, zone, channel, attribution, amount, currency, person, note) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
    return Outcome(id, *values)


def edit(journal: Journal, id: int, *, now: int, **fields: Any) -> Outcome:
    """Change fields of an outcome. A channel the user did not name follows the last touch, if time or person changed.

    Raises TrackerError for what `add` would refuse.
    """
    with journal.transaction():
        before = get(journal, id)
        if fields.get("person") and fields["person"] != before.person:
            fields["person"] = known_as(journal, fields["person"], outcome=id)
        after = with_entered(before, fields)
        if fields.get("channel"):
            after = after._replace(attribution="user")
        elif "channel" in fields or (before.attribution != "user" and fields.keys() & {"at", "person"}):
            channel, attribution = _attributed(journal, after.at, after.person)
            after = after._replace(channel=channel, attribution=attribution)
        _check(after.kind, after.amount, after.at, max(now, before.at))
        with journal.action(_("edited the outcome {kind}").format(kind=_(before.kind)), now):
            if after != before:
                names = ", ".join(f"{name} = ?" for name in Outcome._fields[1:])
                journal.change(f"UPDATE outcome SET {names} WHERE id = ?", (*after[1:], id))
    return after


def _check(kind: str, amount: int | None, at: int, now: int) -> None:
    if kind not in OUTCOME_KINDS:
        raise TrackerError(
            _("an outcome is one of {kinds}, not “{kind}”").format(kinds=", ".join(OUTCOME_KINDS), kind=quoted(kind))
        )
    if kind == "income" and amount is None:
        raise TrackerError(_("income needs its amount: --amount 480"))
    if amount is not None and amount <= 0:
        raise TrackerError(_("an amount is more than nothing"))
    if at > now:
        raise TrackerError(_("that time is still to come"))


def _attributed(journal: Journal, at: int, person: str | None) -> tuple[str | None, str]:
    touch = last_touch(journal, at, person)
    return (touch.channel, "last touch") if touch else (None, "unknown")


def last_touch(journal: Journal, at: int, person: str | None) -> Touch | None:
    """The last session before `at` with this person, or else with anybody or anything within the day before."""
    if person:
        row = journal.row(
            'SELECT channel, start, "end", person FROM session WHERE person = ? COLLATE NOCASE AND start <= ? '
            "ORDER BY start DESC LIMIT 1",
            (person, at),
        )
        if row:
            return Touch._make(row)
    row = journal.row(
        'SELECT session.channel, start, "end", NULL FROM session JOIN channel ON channel.name = session.channel '
        "WHERE start <= ?1 AND start > ?1 - ?2 AND kind IN ('social', 'in_person') ORDER BY start DESC LIMIT 1",
        (at, LAST_TOUCH_LASTS),
    )
    return Touch._make(row) if row else None


def in_span(journal: Journal, lo: int, hi: int) -> list[Outcome]:
    """The outcomes in [lo, hi), by time."""
    return [Outcome._make(row) for row in journal.rows(f"{_SELECT} WHERE at >= ? AND at < ? ORDER BY at, id", (lo, hi))]


def get(journal: Journal, id: int) -> Outcome:
    """The outcome with this id. Raises TrackerError if there is none."""
    row = journal.row(f"{_SELECT} WHERE id = ?", (id,))
    if not row:
        raise TrackerError(_("there is no outcome {id}").format(id=id), _("`tracker day` prints the ids"))
    return Outcome._make(row)


def delete(journal: Journal, id: int, *, now: int) -> Outcome:
    """Delete an outcome (undo brings it back); returns what it was. Raises TrackerError if there is none."""
    with journal.transaction():
        gone = get(journal, id)
        with journal.action(_("deleted the outcome {kind}").format(kind=_(gone.kind)), now):
            journal.change("DELETE FROM outcome WHERE id = ?", (id,))
    return gone
