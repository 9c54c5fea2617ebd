"""`tracker outcome`: what came of the time."""

from __future__ import annotations

from tracker.calendar.durations import say_duration
from tracker.calendar.money import read_money
from tracker.calendar.say import say_money
from tracker.cli import rows, words
from tracker.cli.context import at_once
from tracker.cli.grammar import Argument, Command, Option
from tracker.cli.timer import AT
from tracker.journal import channels, outcomes
from tracker.locale import N_, _, terms
from tracker.model import EARNING_KINDS, OUTCOME_KINDS
from tracker.text import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.journal.outcomes import Touch
    from tracker.model import Outcome


def outcome(context: Context, given: Given) -> None:
    """Note a recommendation, a prospect, a client or income."""
    values = given.values
    amount, currency = None, None
    if "amount" in values:
        amount, currency = read_money(values["amount"], context.settings.currency)
    via = channels.find(context.journal, values["via"]).name if "via" in values else None
    at = context.time(values.get("at"))
    touch = None if via else outcomes.last_touch(context.journal, at, words.person(context, values.get("with")))
    found = outcomes.add(
        context.journal,
        kind(given.one("KIND")),
        at,
        context.zone,
        now=context.now,
        channel=via,
        amount=amount,
        currency=currency,
        person=words.person(context, values.get("with")),
        note=one_line(values.get("note")),
    )
    if context.json:
        context.dump([rows.outcome(found)])
    else:
        own = context.settings.currency
        context.say(_("noted {outcome}").format(outcome=said(found, own, touch)) + _uncounted(found))


def _uncounted(found: Outcome) -> str:
    """What is added for an amount that is no income: nobody has paid it."""
    if found.amount is None or found.kind in EARNING_KINDS:
        return ""
    return _("; its amount counts in no income: nobody has paid it yet")


def said(found: Outcome, own: str, touch: Touch | None = None) -> str:
    """`client €480 (counted as income) from Samia via linkedin (last touch)`; `own` is the set currency.

    With the touch itself, how long before that was too.
    """
    parts = [_(found.kind)]
    if found.amount is not None and found.currency:
        parts.append(_say_amount(found, own))
    if found.person:
        parts.append(_("from {person}").format(person=found.person))
    if found.channel is None:
        parts.append(_("(channel unknown)"))
    elif found.attribution == "last touch" and touch:
        parts.append(_say_touch(found, touch))
    elif found.attribution == "last touch":
        parts.append(_("via {channel} (last touch)").format(channel=found.channel))
    else:
        parts.append(_("via {channel}").format(channel=found.channel))
    if found.note:
        parts.append(f"– {found.note}")
    return " ".join(parts)


def _say_amount(found: Outcome, own: str) -> str:
    """With whether it counts: a client's amount is income that need not be noted again; only `own` is added up."""
    assert found.amount is not None
    assert found.currency is not None
    says = "{amount}"
    if found.income is not None and found.currency != own:
        says = _("{amount} (beside your income in {currency}, not converted)")
    elif found.kind == "client":
        says = _("{amount} (counted as income)")
    return says.format(amount=say_money(found.amount, found.currency), currency=own)


def _say_touch(found: Outcome, touch: Touch) -> str:
    """The last touch decides what a channel is worth, so it is said on what ground; `--via` says otherwise."""
    if touch.end is None or touch.end >= found.at:
        return _("via {channel} (last touch, just then)").format(channel=touch.channel)
    gone = say_duration(found.at - touch.end)
    return _("via {channel} (last touch, {time} before)").format(channel=touch.channel, time=gone)


def kind(word: str) -> str:
    """The kind that a word names or begins; any other word as it is, to be refused."""
    word = terms.read(word, OUTCOME_KINDS)
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
            "A client's amount counts as income too: note a sale once."
        ),
    )
}
