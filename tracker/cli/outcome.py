"""`tracker outcome`: record a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.context import Context, in_transaction
from tracker.cli.parser import Argument, Command, Option, ParsedArguments
from tracker.cli.timer import AT
from tracker.domain.models import DAY, EARNING_KINDS, OUTCOME_KINDS, Outcome
from tracker.domain.text import one_line
from tracker.formatting.money import format_money, read_money
from tracker.formatting.serialize import OUTCOME, row
from tracker.formatting.text import channel_word, format_day_count, read_term
from tracker.formatting.times import format_duration
from tracker.locale import N_, _
from tracker.reports.record_wording import last_touch_limits, say_counted, say_duplicate
from tracker.services import contacts, noted_records, queries

if TYPE_CHECKING:
    from tracker.domain.models import Touch


def outcome(context: Context, args: ParsedArguments) -> None:
    """Note a recommendation, a prospect, a client or income."""
    values = args.values
    amount, currency = None, None
    if "amount" in values:
        amount, currency = read_money(values["amount"], context.settings.currency)
    workspace = context.workspace
    via = queries.find_channel(workspace, values["via"]).name if "via" in values else None
    at = context.time(values.get("at"))
    person = contacts.known_spelling(workspace, values.get("with"))
    touch = None if via else noted_records.last_touch(workspace, person, at)
    kind = kind_of(args.required("KIND"))
    recorded = noted_records.record_outcome(
        workspace, kind, via, amount, currency, person, one_line(values.get("note")), at
    )
    double = noted_records.possible_duplicate(workspace, recorded)
    result = say_outcome(recorded, context.settings.currency, None if via else _say_touch(recorded, touch))
    line = _("recorded {result}").format(result=result)
    if recorded.amount is not None and recorded.kind not in EARNING_KINDS:
        line += _("; not counted as income: nobody has paid it yet")
    context.answer([row(recorded, OUTCOME) | {"double_of": double and double.id}], line + say_recorded_twice(double))


def say_recorded_twice(other: Outcome | None) -> str:
    """The words about a sale that may be recorded twice; empty for None."""
    return _("; ") + say_duplicate(other) if other else ""


def say_outcome(outcome: Outcome, currency: str, via: str | None = None) -> str:
    """`client €480 (counted as income) from Samia via linkedin (last touch)`; `currency` is the set one.

    `via` replaces the words about the channel, for an outcome that is being recorded.
    """
    parts = [_(outcome.kind)]
    if outcome.amount is not None and outcome.currency:
        amount = format_money(outcome.amount, outcome.currency)
        counts_as = say_counted(outcome.kind, outcome.currency, currency)
        parts.append(f"{amount} ({counts_as})" if counts_as else amount)
    if outcome.person:
        parts.append(_("from {person}").format(person=outcome.person))
    if via:
        parts.append(via)
    elif outcome.channel is None:
        parts.append(_("(channel unknown)"))
    elif outcome.attribution == "last touch":
        parts.append(_("via {channel} (last touch)").format(channel=channel_word(outcome.channel)))
    else:
        parts.append(_("via {channel}").format(channel=channel_word(outcome.channel)))
    if outcome.note:
        parts.append(f"– {outcome.note}")
    return " ".join(parts)


def _say_touch(outcome: Outcome, touch: Touch | None) -> str:
    """The last touch and the rule that found it, because it decides what a channel is worth; `--via` overrules it."""
    ago = touch.gone(outcome.at) if touch else 0
    if touch is None and outcome.person:
        message = _(
            "(channel unknown: no session with {person} in the {days} before, nor any other in the {day} before)"
        )
    elif touch is None:
        message = _("(channel unknown: no session in the {day} before)")
    elif touch.person and ago:
        message = _("via {channel} (last touch with {person}, {time} before; limit {days})")
    elif touch.person:
        message = _("via {channel} (last touch with {person}, just then)")
    elif ago:
        message = _("via {channel} (last touch, {time} before; limit {day})")
    else:
        message = _("via {channel} (last touch, just then)")
    return message.format(
        channel=touch and channel_word(touch.channel),
        person=outcome.person,
        time=_say_length(ago),
        **last_touch_limits(),
    )


def _say_length(seconds: int) -> str:
    if seconds <= DAY:
        return format_duration(seconds)
    return format_day_count(seconds // DAY)


def kind_of(word: str) -> str:
    """The kind that a word names or begins; any other word as it is, to be refused."""
    word = read_term(word, OUTCOME_KINDS)
    begun = [kind for kind in OUTCOME_KINDS if len(word) > 2 and kind.startswith(word)]
    return begun[0] if len(begun) == 1 else word


COMMANDS = {
    "outcome": Command(
        in_transaction(outcome),
        (Argument("KIND", completes="outcome"),),
        (
            Option(("--via",), "CHANNEL", N_("the channel it came from (default: the last touch)"), "channel"),
            Option(("--amount",), "AMOUNT", N_("how much: 480, 1,200.50, £480, 480 GBP")),
            Option(("--with",), "WHO", N_("the person"), "person"),
            Option(("--note",), "TEXT", N_("a note")),
            AT,
        ),
        N_(
            "KIND is recommendation, prospect, client or income.\n"
            "tracker outcome income --amount 480 --with Samia\n"
            "A client's amount counts as income too: record each sale once.\n"
            "Without --via, the result goes to the last touch: your last session with that person in "
            "the 90 days before, otherwise your last session on a social channel or in person in the "
            "24 hours before. Sessions you log, edit or delete later can change it; --via stays."
        ),
    )
}
