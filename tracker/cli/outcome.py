"""`tracker outcome`: what came of the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.durations import DAY
from tracker.calendar.money import read_money
from tracker.cli.context import at_once
from tracker.cli.grammar import Argument, Command, Option
from tracker.cli.timer import AT
from tracker.domain.models import EARNING_KINDS, OUTCOME_KINDS
from tracker.domain.text import one_line
from tracker.formatting.durations import format_duration
from tracker.formatting.money import format_money
from tracker.formatting.serialize import outcome_row
from tracker.formatting.text import read_term
from tracker.locale import N_, _, ngettext
from tracker.storage import channels, last_touch, outcomes
from tracker.storage.person_names import known_as

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.domain.models import Outcome
    from tracker.storage.last_touch import Touch


def outcome(context: Context, given: Given) -> None:
    """Note a recommendation, a prospect, a client or income."""
    values = given.values
    amount, currency = None, None
    if "amount" in values:
        amount, currency = read_money(values["amount"], context.settings.currency)
    via = channels.find(context.journal, values["via"]).name if "via" in values else None
    at = context.time(values.get("at"))
    touch = None if via else last_touch.last_touch(context.journal, at, known_as(context.journal, values.get("with")))
    found = outcomes.add(
        context.journal,
        kind(given.one("KIND")),
        at,
        context.zone,
        now=context.now,
        channel=via,
        amount=amount,
        currency=currency,
        person=known_as(context.journal, values.get("with")),
        note=one_line(values.get("note")),
    )
    other = outcomes.possible_duplicate(context.journal, found)
    if context.json:
        context.dump([outcome_row(found) | {"double_of": other and other.id}])
    else:
        told = said(found, context.settings.currency, None if via else _say_touch(found, touch))
        context.say(_("noted {outcome}").format(outcome=told) + _uncounted(found) + doubled(other))


def doubled(other: Outcome | None) -> str:
    """What is added for a sale that may be noted twice."""
    return _("; ") + outcomes.say_duplicate(other) if other else ""


def _uncounted(found: Outcome) -> str:
    """What is added for an amount that is no income: nobody has paid it."""
    if found.amount is None or found.kind in EARNING_KINDS:
        return ""
    return _("; its amount counts in no income: nobody has paid it yet")


def said(found: Outcome, own: str, via: str | None = None) -> str:
    """`client €480 (counted as income) from Samia via linkedin (last touch)`; `own` is the set currency.

    `via` is what is said of the channel instead, for an outcome that is noted right now.
    """
    parts = [_(found.kind)]
    if found.amount is not None and found.currency:
        parts.append(_say_amount(found, own))
    if found.person:
        parts.append(_("from {person}").format(person=found.person))
    if via:
        parts.append(via)
    elif found.channel is None:
        parts.append(_("(channel unknown)"))
    elif found.attribution == "last touch":
        parts.append(_("via {channel} (last touch)").format(channel=found.channel))
    else:
        parts.append(_("via {channel}").format(channel=found.channel))
    if found.note:
        parts.append(f"– {found.note}")
    return " ".join(parts)


def _say_amount(found: Outcome, own: str) -> str:
    """With how it counts, where that is not plain."""
    assert found.amount is not None
    assert found.currency is not None
    how = outcomes.say_counted(found.kind, found.currency, own)
    said = format_money(found.amount, found.currency)
    return f"{said} ({how})" if how else said


def _say_touch(found: Outcome, touch: Touch | None) -> str:
    """The last touch decides what a channel is worth, so it is said by what rule it was found; `--via` wins over it."""
    day, days = _span(last_touch.WITH_ANYBODY), _span(last_touch.WITH_PERSON)
    if touch is None and found.person:
        says = _("(channel unknown: no session with {person} in the {days} before, nor any other in the {day} before)")
    elif touch is None:
        says = _("(channel unknown: no session in the {day} before)")
    elif touch.person:
        says = _("via {channel} (last touch with {person}, {time} before; limit {days})")
    else:
        says = _("via {channel} (last touch, {time} before; limit {day})")
    gone = touch.gone(found.at) if touch else 0
    if touch and not gone:
        says = (
            _("via {channel} (last touch with {person}, just then)")
            if touch.person
            else _("via {channel} (last touch, just then)")
        )
    return says.format(channel=touch and touch.channel, person=found.person, time=_span(gone), day=day, days=days)


def _span(seconds: int) -> str:
    """`52m`, `24h`, `3 days`: how long before."""
    if seconds <= DAY:
        return format_duration(seconds)
    days = seconds // DAY
    return ngettext("{n} day", "{n} days", days).format(n=days)


def kind(word: str) -> str:
    """The kind that a word names or begins; any other word as it is, to be refused."""
    word = read_term(word, OUTCOME_KINDS)
    begun = [one for one in OUTCOME_KINDS if len(word) > 2 and one.startswith(word)]
    return begun[0] if len(begun) == 1 else word


COMMANDS = {
    "outcome": Command(
        at_once(outcome),
        (Argument("KIND", completes="outcome"),),
        (
            Option(("--via",), "CHANNEL", N_("the channel it came by; without it, the last touch"), "channel"),
            Option(("--amount",), "AMOUNT", N_("how much: 480, 1,200.50, £480, 480 GBP")),
            Option(("--with",), "WHO", N_("from or with whom"), "person"),
            Option(("--note",), "TEXT", N_("a note")),
            AT,
        ),
        N_(
            "KIND is recommendation, prospect, client or income.\n"
            "tracker outcome income --amount 480 --with Samia\n"
            "A client's amount counts as income too: note a sale once.\n"
            "Without --via it is attributed to the last touch: the last session with that person that ended in the 90 "
            "days before, else the last session on a social channel or in person that ended in the 24 hours before. A "
            "session that is logged, changed or deleted later changes it; what --via said stays."
        ),
    )
}
