"""What the time brought, and what it cost in money.

Outcomes are recommendations, prospects, clients and income; expenses are such as advertising, a subscription or the
train to a meeting.
"""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import EARNING_KINDS, OUTCOME_KINDS, Outcome, Spend, counts_in
from tracker.domain.text import all_entered, quoted, same_name, with_entered
from tracker.formatting.text import channel_word, list_terms
from tracker.locale import _
from tracker.storage.last_touch import attributed
from tracker.storage.person_names import known_as
from tracker.storage.session_table import refuse_future
from tracker.storage.undo_steps import undo_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Required, TypedDict, Unpack

    from tracker.storage.database import Database

    class OutcomeDetails(TypedDict, total=False):
        """What an outcome may have; `amount` is in hundredths of `currency`."""

        channel: str | None
        amount: int | None
        currency: str | None
        note: str | None

    class SpendDetails(TypedDict, total=False):
        """What an expense has; `amount` is in hundredths of `currency`."""

        amount: Required[int]
        currency: Required[str]
        note: str | None


def add(
    database: Database,
    kind: str,
    at: int,
    zone: str,
    *,
    now: int,
    person: str | None = None,
    **details: Unpack[OutcomeDetails],
) -> Outcome:
    """Record an outcome.

    Without a channel it is attributed to the last touch (`last_touch`), or unknown until there is one. Raises
    TrackerError for an unknown kind, an income without an amount, a time in the future, or too long a text.
    """
    outcome = Outcome(0, kind, at, zone, attribution="user")._replace(**all_entered(details))
    _check(kind, outcome.amount, at, now)
    with undo_step(database, _("recorded the result: {kind}").format(kind=_(kind)), now):
        outcome = outcome._replace(person=known_as(database, person))
        if outcome.channel is None:
            channel, attribution = attributed(database, at, outcome.person)
            outcome = outcome._replace(channel=channel, attribution=attribution)
        if outcome.amount is None:
            outcome = outcome._replace(currency=None)
        database.ensure_zone(zone)
        return outcome._replace(id=database.insert("outcome", outcome))


def edit(database: Database, id: int, *, now: int, **fields: Any) -> Outcome:
    """Change fields of an outcome. A channel that the user did not name is attributed again if time or person change.

    Raises TrackerError for what `add` would refuse.
    """
    with database.transaction():
        before = get(database, id)
        if fields.get("person") and fields["person"] != before.person:
            fields["person"] = known_as(database, fields["person"], outcome=id)
        after = with_entered(before, fields)
        if fields.get("channel"):
            after = after._replace(attribution="user")
        elif "channel" in fields or (before.attribution != "user" and fields.keys() & {"at", "person"}):
            channel, attribution = attributed(database, after.at, after.person)
            after = after._replace(channel=channel, attribution=attribution)
        _check(after.kind, after.amount, after.at, max(now, before.at))
        with undo_step(database, _("edited the result: {kind}").format(kind=_(before.kind)), now):
            if after != before:
                database.update("outcome", after)
    return after


def _check(kind: str, amount: int | None, at: int, now: int) -> None:
    if kind not in OUTCOME_KINDS:
        message = _("a result must be one of {kinds}, not “{kind}”")
        raise TrackerError(message.format(kinds=list_terms(OUTCOME_KINDS), kind=quoted(kind)))
    if kind == "income" and amount is None:
        raise TrackerError(_("income needs an amount: --amount 480"))
    _check_amount(amount, at, now)


def possible_duplicate(database: Database, outcome: Outcome) -> Outcome | None:
    """The client whose amount an income repeats, or the other way round: same person, amount and currency.

    None where several outcomes of one kind have that amount, because those are regular payments.
    """
    if outcome.income is None or not outcome.person:
        return None
    amount_and_currency = (outcome.amount, outcome.currency)
    payments = [
        other
        for other in database.records(Outcome, "WHERE amount = ? AND currency = ? ORDER BY at, id", amount_and_currency)
        if other.id != outcome.id
        and other.income is not None
        and same_name(other.person or "") == same_name(outcome.person)
    ]
    regular = any(other.kind == outcome.kind for other in payments)
    return payments[-1] if payments and not regular else None


def in_span(database: Database, since: int, until: int) -> list[Outcome]:
    """The outcomes in [since, until), by time."""
    return database.records(Outcome, "WHERE at >= ? AND at < ? ORDER BY at, id", (since, until))


def get(database: Database, id: int) -> Outcome:
    """The outcome with this id. Raises TrackerError if there is none."""
    outcome = database.record(Outcome, "WHERE id = ?", (id,))
    if not outcome:
        raise TrackerError(_("result {id} does not exist").format(id=id), _("`tracker day` shows the ids"))
    return outcome


def uncounted_amounts(database: Database, before: str, after: str) -> int:
    """How many amounts of outcomes and of spending count in the currency `before`, and would not in `after`."""
    marks = ", ".join("?" for _kind in EARNING_KINDS)
    rows = database.rows(
        f"SELECT currency FROM outcome WHERE currency IS NOT NULL AND kind IN ({marks}) "
        "UNION ALL SELECT currency FROM spend",
        EARNING_KINDS,
    )
    return sum(counts_in(currency, before) and not counts_in(currency, after) for (currency,) in rows)


# Expenses.


def add_spend(
    database: Database, channel: str, at: int, zone: str, *, now: int, **details: Unpack[SpendDetails]
) -> Spend:
    """Record what was spent on a channel.

    Raises TrackerError for an amount of 0 or less, a time in the future, or too long a text.
    """
    spend = Spend(0, channel, at, zone, **all_entered(details))
    _check_amount(spend.amount, at, now)
    with undo_step(database, _("recorded spending on {channel}").format(channel=channel_word(channel)), now):
        database.ensure_zone(zone)
        return spend._replace(id=database.insert("spend", spend))


def edit_spend(database: Database, id: int, *, now: int, **fields: Any) -> Spend:
    """Change fields of an expense. Raises TrackerError for what `add` would refuse."""
    with database.transaction():
        before = get_spend(database, id)
        after = with_entered(before, fields)
        _check_amount(after.amount or 0, after.at, max(now, before.at))
        with undo_step(database, _("edited spending on {channel}").format(channel=channel_word(before.channel)), now):
            if after != before:
                database.update("spend", after)
    return after


def get_spend(database: Database, id: int) -> Spend:
    """The expense with this id. Raises TrackerError if there is none."""
    spend = database.record(Spend, "WHERE id = ?", (id,))
    if not spend:
        hint = _("`tracker worth --explain CHANNEL` shows the ids")
        raise TrackerError(_("spending {id} does not exist").format(id=id), hint)
    return spend


def spends_in_span(database: Database, since: int, until: int) -> list[Spend]:
    """The expenses in [since, until), by time."""
    return database.records(Spend, "WHERE at >= ? AND at < ? ORDER BY at, id", (since, until))


def _check_amount(amount: int | None, at: int, now: int) -> None:
    if amount is not None and amount <= 0:
        raise TrackerError(_("the amount must be above zero"))
    refuse_future(at, now)
