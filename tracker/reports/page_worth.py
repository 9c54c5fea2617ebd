"""The parts of a written page about what the time is worth, and what it brought."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tracker.calendar.durations import HOUR
from tracker.formatting.money import format_money
from tracker.formatting.numbers import format_decimal, format_signed_percent
from tracker.formatting.text import labelled
from tracker.formatting.times import format_near_date
from tracker.locale import _, ngettext
from tracker.reports.markdown import escaped, section, table
from tracker.reports.worth_amounts import say_others, say_with_others
from tracker.reports.worth_numbers import say_hours_alone
from tracker.reports.worth_sums import LEAST_SECONDS
from tracker.reports.worth_values import NOT_ENOUGH
from tracker.reports.worth_words import say_verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Row = Mapping[str, Any]


def worth(found: Row) -> str:
    """Hours, what they cost and brought, and the verdicts; what is lacking and what a stop would free, in words."""
    rows = list(filter(used, found["worth"]))
    if not rows:
        return ""
    head = ("", _("hours"), _("cost"), _("leads"), _("income"), _("return"), _("leads/h"), _("verdict"), _("yours"))
    lines = [
        (
            escaped(one["title"]),
            say_hours_alone(one["seconds"]),
            say_sum(one, "cost", "other_spend"),
            str(one["leads"]),
            say_sum(one, "income", "other_income"),
            format_signed_percent(one["roi_percent"]),
            _rate(one),
            escaped(say_verdict(one["verdict"], short=True)),
            escaped(say_verdict(one["your_verdict"]["verdict"], short=True)) if one["your_verdict"] else "",
        )
        for one in rows
    ]
    first, last = (format_near_date(rows[0][key], None) for key in ("from", "to"))
    span = _("{first} to {last}").format(first=first, last=last)
    beside = []
    for one in rows:
        why = one["your_verdict"] and one["your_verdict"]["why"]
        tests = [said for name, said in one["tests_said"].items() if one["tests"][name] != NOT_ENOUGH]
        settled = (one["settling"], one.get("compared"), one["otherwise"])
        said = [*tests, *not_added(one), *settled, why and _("“{text}”").format(text=why)]
        if any(said):
            told = escaped(_("; ").join(filter(None, said)))
            beside.append("- " + labelled(f"**{escaped(one['title'])}**", told))
    return section(_("Is it worth it?"), span, table(head, lines), "\n".join(beside))


def used(one: Row) -> bool:
    """Whether there is anything to say of a channel; reviews written earlier have nothing of other currencies."""
    spent = one["spend"] not in (None, "0.00", "0") or one.get("other_spend")
    return bool(one["seconds"] or one["leads"] or spent or one.get("other_income"))


def say_sum(one: Row, name: str, others: str) -> str:
    """`€1,350 + $700`: an amount of a row, and beside it those in other currencies; a dash for what is not known."""
    if one[name] is None:
        return "–"
    return say_with_others(hundredths(one[name]), one["currency"], _others(one, others))


def not_added(one: Row) -> list[str]:
    """That the amounts in other currencies are in no sum."""
    found = (
        (_("income in other currencies, not added up: {amounts}"), _others(one, "other_income")),
        (_("spent in other currencies, not added up: {amounts}"), _others(one, "other_spend")),
    )
    return [says.format(amounts=say_others(amounts)) for says, amounts in found if amounts]


def _others(one: Row, name: str) -> tuple[tuple[str, int], ...]:
    return tuple((other["currency"], hundredths(other["amount"])) for other in one.get(name, ()))


def hundredths(amount: str) -> int:
    """A decimal string of the page's figures in hundredths."""
    return int(Decimal(amount).scaleb(2))


def _rate(one: Row) -> str:
    """`0.15 (0.04–0.40)`: as counted, and between what it lies; a dash where there was too little time to tell."""
    rate = one["leads_per_hour"]
    if not timed(one):
        return "–"
    return f"{format_decimal(counted(one))} ({format_decimal(rate['low'])}–{format_decimal(rate['high'])})"


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
    return format_money(hundredths(one["amount"]), one["currency"])
