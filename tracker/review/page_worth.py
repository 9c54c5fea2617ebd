"""The parts of a written page about what the time is worth, and what it brought."""

from __future__ import annotations

from decimal import Decimal

from tracker.calendar.durations import HOUR
from tracker.calendar.say import say_money, say_near_date
from tracker.locale import _, ngettext
from tracker.locale.wording import labelled
from tracker.review.markdown import escaped, section, table
from tracker.review.worth_numbers import say_number, say_return
from tracker.review.worth_sums import LEAST_SECONDS
from tracker.review.worth_values import NOT_ENOUGH
from tracker.review.worth_words import say_round_amount, say_verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Row = Mapping[str, Any]


def worth(found: Row) -> str:
    """Hours, what they cost and brought, and the verdicts; what is lacking and what a stop would free, in words."""
    rows = [one for one in found["worth"] if one["seconds"] or one["leads"] or one["spend"] not in (None, "0.00", "0")]
    if not rows:
        return ""
    head = ("", _("hours"), _("cost"), _("leads"), _("income"), _("return"), _("leads/h"), _("verdict"), _("yours"))
    lines = [
        (
            escaped(one["title"]),
            say_number(one["seconds"] / HOUR, 1),
            _money(one["cost"], one["currency"]),
            str(one["leads"]),
            _money(one["income"], one["currency"]),
            say_return(one["roi_percent"]),
            _rate(one),
            escaped(say_verdict(one["verdict"], short=True)),
            escaped(say_verdict(one["your_verdict"]["verdict"], short=True)) if one["your_verdict"] else "",
        )
        for one in rows
    ]
    first, last = (say_near_date(rows[0][key], None) for key in ("from", "to"))
    span = _("{first} to {last}").format(first=first, last=last)
    beside = []
    for one in rows:
        why = one["your_verdict"] and one["your_verdict"]["why"]
        tests = [said for name, said in one["tests_said"].items() if one["tests"][name] != NOT_ENOUGH]
        said = [*tests, one["settling"], one.get("compared"), one["otherwise"], why and _("“{text}”").format(text=why)]
        if any(said):
            told = escaped(_("; ").join(filter(None, said)))
            beside.append("- " + labelled(f"**{escaped(one['title'])}**", told))
    return section(_("Is it worth it?"), span, table(head, lines), "\n".join(beside))


def _money(amount: str | None, currency: str) -> str:
    if amount is None:
        return "–"
    return say_round_amount(round(100 * Decimal(amount)), currency)


def _rate(one: Row) -> str:
    """`0.15 (0.04–0.40)`: as counted, and between what it lies; a dash where there was too little time to tell."""
    rate = one["leads_per_hour"]
    if not timed(one):
        return "–"
    return f"{say_number(counted(one))} ({say_number(rate['low'])}–{say_number(rate['high'])})"


def timed(one: Row) -> bool:
    """Whether there was time enough for leads an hour; reviews written earlier have a rate of less as well."""
    return bool(one["leads_per_hour"]) and one["seconds"] >= LEAST_SECONDS


def counted(one: Row) -> float:
    """Leads an hour as they were counted, which reviews written earlier do not have of themselves."""
    return float(one["leads"] * HOUR / one["seconds"])


def brought(found: Row) -> str:
    """The outcomes of the week and the urges resisted."""
    lines = [f"- {_outcome(one)}" for one in found["outcomes"]]
    urges = ngettext("{n} urge resisted", "{n} urges resisted", found["urges"]).format(n=found["urges"])
    return section(_("What it brought"), "\n".join(lines), urges if found["urges"] else "")


def _outcome(one: Row) -> str:
    """`client, Agathe: six masks (meeting)`."""
    titles = one["title"] or one["channel"]
    said = ", ".join(filter(None, (_(one["kind"]), _amount(one), one["person"] and escaped(one["person"]))))
    said = labelled(said, escaped(one["note"])) if one["note"] else said
    return f"{said} ({escaped(titles)})" if titles else said


def _amount(one: Row) -> str:
    if one["amount"] is None:
        return ""
    return say_money(round(100 * Decimal(one["amount"])), one["currency"])
