"""Outcomes: the recommendations, prospects, clients and income that the time brought."""

from __future__ import annotations

from tracker.domain.models import EARNING_KINDS, OUTCOME_KINDS, Outcome, TrackerError
from tracker.domain.text import quoted, same_name, typed, with_entered
from tracker.locale import _
from tracker.storage.people import known_as
from tracker.storage.touches import attributed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.storage.file import Journal

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

    Without a channel it is attributed to the last touch (`touches`), or stays unknown until a session comes that is
    one. Raises TrackerError for an unknown kind, an income without an amount, a time still to come, or too long a text.
    """
    note = typed("note", note)
    _check(kind, amount, at, now)
    attribution = "user"
    with journal.action(_("noted the outcome {kind}").format(kind=_(kind)), now):
        person = known_as(journal, person)
        if channel is None:
            channel, attribution = attributed(journal, at, person)
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
            channel, attribution = attributed(journal, after.at, after.person)
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


def double(journal: Journal, found: Outcome) -> Outcome | None:
    """The client that an income is the amount of, or the other way round: the same person, amount and currency.

    None where several of one kind have that amount: those are payments that come again.
    """
    if found.income is None or not found.person:
        return None
    paid = [
        one
        for one in map(
            Outcome._make,
            journal.rows(
                f"{_SELECT} WHERE amount = ? AND currency = ? ORDER BY at, id", (found.amount, found.currency)
            ),
        )
        if one.id != found.id and one.income is not None and same_name(one.person or "") == same_name(found.person)
    ]
    again = any(one.kind == found.kind for one in paid)
    return paid[-1] if paid and not again else None


def say_counted(kind: str, currency: str | None, own: str) -> str:
    """How an amount counts where that is not plain, `counted as income`; empty where it is. `own` is the set currency,
    and only what is in it is added up; a client's amount is income that need not be noted again."""
    if currency is None or kind not in EARNING_KINDS:
        return ""
    if currency != own:
        return _("beside your income in {currency}, not converted").format(currency=own)
    return _("counted as income") if kind == "client" else ""


def say_double(other: Outcome) -> str:
    """`client o3 has the same person and amount …`: one sale may be noted twice."""
    return _(
        "{kind} {id} has the same person and amount, and both count as income: if it is one sale, delete one of them"
    ).format(kind=_(other.kind), id=f"o{other.id}")


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
