"""`tracker outcome`: what came of the time."""

from __future__ import annotations

import re

from tracker.calendar.durations import say_duration
from tracker.calendar.money import parse_money
from tracker.calendar.say import say_money
from tracker.cli import rows, words
from tracker.cli.context import at_once
from tracker.cli.grammar import Argument, Command, Option
from tracker.cli.timer import AT
from tracker.journal import channels, outcomes
from tracker.locale import N_, _, terms
from tracker.model import OUTCOME_KINDS, TrackerError
from tracker.text import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.journal.outcomes import Touch
    from tracker.model import Outcome

#: A currency before or behind the digits: its three letters, or the sign of a common one.
_AMOUNT = re.compile(r"(?P<before>[A-Za-z]{3}|[€$£])?(?P<digits>[^A-Za-z€$£]+)(?P<behind>[A-Za-z]{3}|[€$£])?")
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}


def outcome(context: Context, given: Given) -> None:
    """Note a recommendation, a prospect, a client or income."""
    values = given.values
    amount, currency = None, None
    if "amount" in values:
        amount, currency = read_amount(values["amount"], context.settings.currency)
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
        context.say(_("noted {outcome}").format(outcome=said(found, touch)) + _uncounted(found))


def _uncounted(found: Outcome) -> str:
    """What is added for an amount that is no income: nobody has paid it."""
    if found.amount is None or found.kind in ("client", "income"):
        return ""
    return _("; its amount counts in no income: nobody has paid it yet")


def said(found: Outcome, touch: Touch | None = None) -> str:
    """`client €480.00 (counted as income) from Samia via linkedin (last touch)`.

    With the touch itself, how long before that was too.
    """
    parts = [_(found.kind)]
    if found.amount is not None and found.currency:
        parts.append(_say_amount(found.kind, say_money(found.amount, found.currency)))
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


def _say_amount(kind: str, amount: str) -> str:
    """A client's amount is income that need not be noted again, so it is said that it counts."""
    return _("{amount} (counted as income)").format(amount=amount) if kind == "client" else amount


def _say_touch(found: Outcome, touch: Touch) -> str:
    """The last touch decides what a channel is worth, so it is said on what ground; `--via` says otherwise."""
    if touch.end is None or touch.end >= found.at:
        return _("via {channel} (last touch, just then)").format(channel=touch.channel)
    gone = say_duration(found.at - touch.end)
    return _("via {channel} (last touch, {time} before)").format(channel=touch.channel, time=gone)


def read_amount(text: str, currency: str) -> tuple[int, str]:
    """The hundredths and their currency, `currency` where none is written. Raises TrackerError for no amount."""
    found = _AMOUNT.fullmatch(text.strip())
    written = found and (found["before"] or found["behind"])
    currency = _SIGNS.get(written, written.upper()) if written else currency
    hundredths = parse_money(found["digits"] if found else text, currency)
    if not hundredths:
        raise TrackerError(_("an amount is more than nothing: --amount 480"))
    return hundredths, currency


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
            Option(("--amount",), "AMOUNT", N_("how much: 480, 480.50, 480 EUR")),
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
