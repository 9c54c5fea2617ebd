"""The columns of the Worth report: the one table from which every rendering of it is made.

`tracker worth` as text, with `--explain` and `--json`, the written review and the screens all read `COLUMNS`. A new
column is a new entry there.
"""

from __future__ import annotations

from tracker.analytics.channel_worth import LEAST_SECONDS, NOT_ENOUGH_DATA, TESTS, worth_row
from tracker.domain.models import HOUR
from tracker.domain.record import Record
from tracker.formatting import serialize
from tracker.formatting.money import format_money, rounded_as_shown
from tracker.formatting.numbers import format_decimal, format_signed_percent, round_half_up
from tracker.locale import N_, _
from tracker.reports import worth_explanations as explanations
from tracker.reports.worth_wording import (
    TEST_SIGNS,
    say_amount,
    say_break_even,
    say_compared,
    say_hours,
    say_hours_alone,
    say_not_added,
    say_opportunity_cost,
    say_spend_and_margin,
    say_test,
    say_test_result,
    say_title,
    say_verdict,
    say_what_settles,
    say_with_others,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from tracker.analytics.channel_worth import ChannelTotals, LeadRate, OtherAmounts, WorthReport, WorthRow
    from tracker.domain.models import Verdict

    Explain = Callable[[WorthReport, WorthRow], list[str]]

    #: One channel's figures as a written review stores them: the `stored` keys of the columns. Older reviews lack some.
    StoredFigures = Mapping[str, Any]


class WorthColumn(Record):
    """One column of the Worth report.

    `title` is its heading, `heading` a shorter one for the screens. `cell` writes it for a table. `explain` gives the
    lines that redo the sum of a cell. `values` gives its keys and values for JSON, of which a written review stores
    those in `stored`. `page_cell` writes it from what a review stored: a column with it is in the table of the written
    page and of `tracker worth`.

    On the screens, columns of the highest `rank` are left out first where there is not enough room; one without a rank
    is not there. `width` is the least width, in cells.
    """

    key: str
    title: str
    cell: Callable[[WorthRow], str]
    explain: Explain
    values: Callable[[WorthReport, WorthRow], dict[str, Any]] | None = None
    stored: tuple[str, ...] = ()
    page_cell: Callable[[StoredFigures], str] | None = None
    heading: str = ""
    rank: int | None = None
    width: int = 7

    @property
    def short_title(self) -> str:
        """The heading for the screens, in the reader's language."""
        return _(self.heading or self.title)


# --- Cells


def _say_cell(row: WorthRow, hundredths: int | None, others: OtherAmounts) -> str:
    """`€1,350 +`: an amount, with a plus where there are others; a dash for what is not known."""
    if hundredths is None or not others:
        return say_amount(hundredths, row.economics.currency)
    known = [(row.economics.currency, hundredths)] * bool(hundredths) + list(others)
    currency, first = known[0]
    return format_money(first, currency) + (" +" if len(known) > 1 else "")


def _calculated_cell(row: WorthRow, hundredths: int | None, others: OtherAmounts = ()) -> str:
    """The same of an amount that was calculated, rounded."""
    return _say_cell(row, None if hundredths is None else rounded_as_shown(hundredths), others)


def _break_even_cell(row: WorthRow) -> str:
    return "–" if row.economics.break_even is None else say_break_even(row.economics.break_even)


def decided_verdict(row: WorthRow) -> str:
    """The verdict that counts, with a star where it is the user's own: `- cut *`."""
    return say_verdict(row.effective_verdict, short=True) + (" *" if row.your_verdict else "")


# --- Cells of a written review


def stored_hundredths(amount: str) -> int:
    """A stored decimal string in hundredths."""
    from decimal import Decimal

    return int(Decimal(amount).scaleb(2))


def stored_income(figures: StoredFigures) -> str:
    """`€1,350 + $700`: a stored income, and beside it those in other currencies; a dash for what is not known."""
    return _stored_sum(figures, figures["income"] and stored_hundredths(figures["income"]), "other_income")


def stored_cost(figures: StoredFigures) -> str:
    """The same of a stored cost, which was calculated and is rounded."""
    return _stored_sum(figures, figures["cost"] and rounded_as_shown(stored_hundredths(figures["cost"])), "other_spend")


def _stored_sum(figures: StoredFigures, hundredths: int | None, others_key: str) -> str:
    if hundredths is None:
        return "–"
    return say_with_others(hundredths, figures["currency"], _stored_others(figures, others_key))


def stored_not_added(figures: StoredFigures) -> list[str]:
    """Sentences that the amounts in other currencies are in no sum."""
    return say_not_added(_stored_others(figures, "other_income"), _stored_others(figures, "other_spend"))


def _stored_others(figures: StoredFigures, key: str) -> OtherAmounts:
    return tuple((other["currency"], stored_hundredths(other["amount"])) for other in figures.get(key, ()))


def is_stored_used(figures: StoredFigures) -> bool:
    """Whether there is anything to say of a channel."""
    spent = figures["spend"] not in (None, "0.00", "0") or figures.get("other_spend")
    return bool(figures["seconds"] or figures["leads"] or spent or figures.get("other_income"))


def has_stored_rate(figures: StoredFigures) -> bool:
    """Whether there was time enough for leads an hour; older reviews store a rate of less time as well."""
    return bool(figures["leads_per_hour"]) and figures["seconds"] >= LEAST_SECONDS


def stored_rate(figures: StoredFigures) -> float:
    """Leads an hour as counted, which older reviews do not store."""
    return float(figures["leads"] * HOUR / figures["seconds"])


def stored_rate_cell(figures: StoredFigures) -> str:
    """`0.15 (0.04–0.40)`: as counted, and the 95 % interval."""
    if not has_stored_rate(figures):
        return "–"
    rate = figures["leads_per_hour"]
    return f"{format_decimal(stored_rate(figures))} ({format_decimal(rate['low'])}–{format_decimal(rate['high'])})"


# --- Values for JSON


def _decimal(row: WorthRow, hundredths: int | None) -> str | None:
    return serialize.amount(hundredths, row.economics.currency)


def _rate_values(rate: LeadRate | None) -> dict[str, float | None]:
    return {name: None if rate is None else getattr(rate, name) for name in ("mean", "low", "high", "counted")}


def _income_values(report: WorthReport, row: WorthRow) -> dict[str, Any]:
    return {
        "income": _decimal(row, row.outcomes.income),
        "other_income": serialize.amounts(row.outcomes.other_income),
        "currency": row.economics.currency,
        "unused_settings": [
            {"name": name, "amount": serialize.amount(hundredths, currency), "currency": currency}
            for name, hundredths, currency in row.economics.unused_settings
        ],
    }


def _verdict_values(report: WorthReport, row: WorthRow) -> dict[str, Any]:
    money, calls = report.opportunity_cost(row)
    yours, last = row.your_verdict, row.last_verdict
    return {
        "tests": {test.name: test.state for test in row.tests},
        "test_figures": {test.name: dict(test.figures) for test in row.tests},
        "lacks": {test.name: list(test.lacks) for test in row.tests},
        "verdict": row.verdict,
        "not_compared": list(row.not_compared),
        "your_verdict": yours.verdict if yours else None,
        "why": yours.why if yours else None,
        "last_verdict": last.verdict if last else None,
        "last_verdict_week": last.week if last else None,
        "settle_hours": None if row.seconds_to_settle is None else -(-row.seconds_to_settle // HOUR),
        "hours_would_buy": {"money": _decimal(row, money), "calls": calls},
        # The probability that an hour here brings more leads than one on each other channel.
        "more_leads_than": {
            other.channel: chance
            for other in report.rows
            if (chance := report.probability_better(row.channel, other.channel)) is not None
        },
    }


# --- The table


def _count_column(kind: str, title: str, heading: str = "") -> WorthColumn:
    key = f"{kind}s"
    return WorthColumn(
        key,
        title,
        lambda row: str(getattr(row.outcomes, key)),
        explanations.explain_kind(kind),
        values=lambda report, row: {key: getattr(row.outcomes, key)},
        stored=(key,),
        heading=heading,
        rank=5,
    )


def _test_column(name: str, title: str, heading: str, explain: Explain, *, width: int = 2) -> WorthColumn:
    return WorthColumn(
        name, title, lambda row: TEST_SIGNS[row.test(name).state], explain, heading=heading, rank=2, width=width
    )


# fmt: off
_ALL = (
    WorthColumn("hours", N_("hours"), lambda row: say_hours(row.seconds), explanations.explain_hours,
                lambda report, row: serialize.row(row, "seconds sessions checks unmeant_seconds=unintended_seconds"),
                stored=("seconds",), page_cell=lambda figures: say_hours_alone(figures["seconds"]), rank=0),
    WorthColumn("cost", N_("cost"), lambda row: _calculated_cell(row, row.cost, row.other_spend),
                explanations.explain_cost,
                lambda report, row: {"cost": _decimal(row, row.cost), "time_cost": _decimal(row, row.time_cost)},
                stored=("cost",), page_cell=stored_cost, rank=2),
    WorthColumn("spend", N_("spent"), lambda row: _say_cell(row, row.spend, row.other_spend),
                explanations.explain_spend,
                lambda report, row: {"spend": _decimal(row, row.spend),
                                     "other_spend": serialize.amounts(row.other_spend)},
                stored=("spend", "other_spend"), rank=6),
    _count_column("recommendation", N_("recommendations"), N_("recom.")),
    _count_column("prospect", N_("prospects"), N_("prosp.")),
    _count_column("client", N_("clients")),
    WorthColumn("leads", N_("leads"), lambda row: format_decimal(row.leads, 0), explanations.explain_leads,
                lambda report, row: {"leads": row.leads, "open_leads": row.outcomes.open_leads},
                stored=("leads", "open_leads"), page_cell=lambda figures: str(figures["leads"]), rank=0),
    WorthColumn("first_touch", N_("first touch"), lambda row: str(row.first_touch), explanations.explain_first_touch,
                lambda report, row: {"first_touch": row.first_touch}, heading=N_("first met"), rank=8),
    WorthColumn("income", N_("income"), lambda row: _say_cell(row, row.outcomes.income, row.outcomes.other_income),
                explanations.explain_income, _income_values, stored=("income", "other_income", "currency"),
                page_cell=stored_income, rank=1),
    WorthColumn("roi", N_("return"), lambda row: format_signed_percent(row.roi_percent), explanations.explain_roi,
                lambda report, row: {"roi_percent": row.roi_percent}, stored=("roi_percent",),
                page_cell=lambda figures: format_signed_percent(figures["roi_percent"]), rank=3),
    WorthColumn("cost_per_lead", N_("cost of a lead"),
                lambda row: _calculated_cell(row, row.cost_per_lead), explanations.explain_cost_per_lead,
                lambda report, row: {"cost_per_lead": _decimal(row, row.cost_per_lead)},
                stored=("cost_per_lead",), heading=N_("a lead"), rank=7),
    WorthColumn("net_per_hour", N_("net/h"), lambda row: _calculated_cell(row, row.net_per_hour),
                explanations.explain_net_per_hour,
                lambda report, row: {"net_per_hour": _decimal(row, row.net_per_hour)}, rank=7),
    WorthColumn("leads_per_hour", N_("leads/h"),
                lambda row: "–" if row.rate is None else format_decimal(row.rate.counted), explanations.explain_rate,
                lambda report, row: {"leads_per_hour": _rate_values(row.rate)},
                stored=("leads_per_hour",), page_cell=stored_rate_cell, rank=4),
    WorthColumn("break_even", N_("break-even"), _break_even_cell, explanations.explain_break_even,
                lambda report, row: {"break_even": row.economics.break_even, "below_break_even": row.below_break_even}),
    _test_column("procrastination", N_("procrastination"), "P", explanations.explain_procrastination, width=3),
    _test_column("return", N_("return test"), "R", explanations.explain_return_test),
    _test_column("time", N_("time test"), "T", explanations.explain_time_test),
    WorthColumn("verdict", N_("verdict"), lambda row: say_verdict(row.verdict, short=True),
                explanations.explain_verdict, _verdict_values, stored=("tests", "verdict"),
                page_cell=lambda figures: say_verdict(figures["verdict"], short=True)),
)
# fmt: on

#: Every column by its key, in the order of the tables.
COLUMNS = {column.key: column for column in _ALL}


def explain_cell(report: WorthReport, row: WorthRow, key: str) -> list[str]:
    """The lines that redo the sum of one cell, in the reader's language. KeyError for what is no column."""
    return COLUMNS[key].explain(report, row)


# --- Rows of values


def _row_values(report: WorthReport, row: WorthRow) -> dict[str, Any]:
    values = {"channel": row.channel, "title": row.title, "kind": row.kind, "channels": list(row.channels)}
    for column in COLUMNS.values():
        values |= column.values(report, row) if column.values else {}
    return values


def worth_json(report: WorthReport) -> list[dict[str, Any]]:
    """The rows as `--json` prints them; amounts are decimal strings in `currency`, other currencies beside them.

    What is said an hour (`leads_per_hour`, `net_per_hour`, `below_break_even`, `more_leads_than`) is null, or leaves a
    row out, below an hour of time. `leads_per_hour` is an object all the same, with null for each of its values.

    After real contact come the channels that are neither social nor in person, such as messaging, where they brought
    something or a lead was first met there: their `kind` says so. They are not judged, and are part of no other row.
    """
    coverage = {"coverage": _coverage(report)}
    rows = [_rounded(_row_values(report, row)) for row in report.rows]
    return [row | coverage for row in [*rows, *(_unjudged_values(report, channel) for channel in report.unjudged)]]


def _unjudged_values(report: WorthReport, channel: ChannelTotals) -> dict[str, Any]:
    """A channel that is not judged: the same keys, null for what is not worked out."""
    counted = ("channel", "title", "kind", "channels", "seconds", "sessions", "checks", "income", "other_income")
    kinds = ("recommendations", "prospects", "clients", "leads", "open_leads", "first_touch", "currency")
    row = worth_row(channel, [channel], report.economics, has_focus_hours=False)
    values = _row_values(report, row)
    return {key: value if key in counted or key in kinds else None for key, value in values.items()} | {
        "other_spend": [],
        "unused_settings": [],
        "leads_per_hour": _rate_values(None),
        "tests": dict.fromkeys(TESTS, NOT_ENOUGH_DATA),
        "test_figures": {name: {} for name in TESTS},
        "lacks": {name: ["social"] for name in TESTS},
        "verdict": NOT_ENOUGH_DATA,
        "not_compared": [],
        "hours_would_buy": {"money": None, "calls": None},
        "more_leads_than": {},
    }


def _coverage(report: WorthReport) -> dict[str, Any]:
    """What every row rests on, and what belongs to none of them."""
    unattributed, currency = report.unattributed, report.economics.currency
    own_income = ((currency, unattributed.income),) if unattributed.income else ()
    return {
        "from": report.first,
        "to": report.last,
        **serialize.row(report, "weeks days logged_days"),
        "sales": report.economics.payments,
        "buyers": len(report.economics.buyers),
        "unknown_leads": unattributed.leads,
        "unknown_income": serialize.amounts((*own_income, *unattributed.other_income)),
        "first_touch_unknown": report.first_touch_unknown,
    }


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    """The values with numbers rounded to four decimals, percentages to one."""
    rounded = {}
    for key, value in values.items():
        if isinstance(value, dict):
            value = _rounded(value)
        elif isinstance(value, float):
            value = round_half_up(value, 1 if key == "roi_percent" else 4)
        rounded[key] = value
    return rounded


def stored_rows(report: WorthReport) -> list[dict[str, Any]]:
    """The rows as a written review stores them: not rounded, with the sentences of that day."""
    return [_stored_row(report, row) for row in report.rows]


def _stored_row(report: WorthReport, row: WorthRow) -> dict[str, Any]:
    values = _row_values(report, row)
    stored = {key: values[key] for column in COLUMNS.values() for key in column.stored}
    index = list(stored).index("verdict")
    sentences = {test.name: f"{say_test_result(test)} – {say_test(row, test)}" for test in row.tests}
    return {
        "channel": row.channel,
        "title": say_title(row),
        "kind": row.kind,
        "from": report.first,
        "to": report.last,
        **dict(list(stored.items())[:index]),
        "tests_said": sentences,
        "verdict": row.verdict,
        "your_verdict": _stored_verdict(row.your_verdict),
        "last_verdict": _stored_verdict(row.last_verdict),
        "cost_and_return": say_spend_and_margin(row),
        "settling": say_what_settles(row) or None,
        "compared": say_compared(report, row) or None,
        "otherwise": say_opportunity_cost(report, row) if row.effective_verdict == "stop" else None,
    }


def _stored_verdict(given: Verdict | None) -> dict[str, Any] | None:
    return given and serialize.row(given, "week verdict why")
