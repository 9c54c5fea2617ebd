"""What each channel costs and brings, the three tests of its time, and the verdict on it. Pure.

The settings say what an hour costs, what a client is worth and which share of the leads become clients; once the log
has enough sales, it says the last two itself. Leads are events of a Poisson process: with Jeffreys' prior and L leads
in H hours, the rate in leads an hour is known as Gamma(L + ½, H).

Amounts are in hundredths of the currency of the settings; amounts in other currencies stand beside them and are never
added to them. Instants are in UTC seconds, lengths in seconds, shares from 0 to 1, rates in leads an hour. None is what
is not known. "(P)" marks a choice of the product.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import ceil

from tracker.analytics.exact_statistics import gamma_cdf, gamma_ppf, probability_rate_greater
from tracker.domain.models import DAY, HOUR, Outcome, Spend, Verdict, counts_in
from tracker.domain.record import Record
from tracker.domain.text import same_name
from tracker.formatting.numbers import divide_rounded, round_to_int
from tracker.settings import AMOUNTS, Settings, amount_in_set_currency, currency_of

#: The kinds of outcome that make a person a lead.
LEAD_KINDS = ("recommendation", "prospect", "client")

#: A lead younger than this, in seconds, is open and not lost.
LEAD_STAYS_OPEN = 30 * DAY

#: From this number of sales on, the log is used instead of the settings. Every payment is a sale, whoever paid it: six
#: months of one retainer are six. The value of a client is what a buyer paid in all, on average, because a lead that
#: becomes a client brings all of it.
ENOUGH_SALES = 5

#: Where a figure of `UnitEconomics` comes from.
LOG, SETTINGS = "log", "settings"

#: The state of a test. A verdict is one of `models.VERDICTS`, or NOT_ENOUGH_DATA.
PASS, FAIL, NOT_ENOUGH_DATA = "pass", "fail", "not enough data"

TESTS = ("procrastination", "return", "time")

#: Jeffreys' prior of a Poisson rate counts as half a lead in no time.
PRIOR = 0.5
#: With less time than this, in seconds, no share of the time and nothing per hour is given.
LEAST_SECONDS = HOUR
#: Procrastination fails when more than this share of the time was not intended (P).
UNINTENDED_LIMIT = 0.33
#: The return is judged from this many hours on the channel, and this many leads over all channels, on.
LEAST_HOURS, LEAST_LEADS = 10, 3
#: The return fails when the rate is below the break-even with the first probability or more; it passes with the second
#: or less.
SURELY_BELOW, SURELY_NOT_BELOW = 0.90, 0.10
#: The share of the hours may be this many times the share of the leads, or of the income (P).
OUT_OF_PROPORTION = 2
#: With fewer leads to be expected from its hours, a channel without a lead is not called out of proportion.
LEAST_EXPECTED = 1
#: The verdict is "more" when an hour here brings more leads than one on each other channel with this probability (P).
#: Two equal channels are at 0.5.
BETTER = 0.75
#: An answer that takes more hours than this is not in sight.
MOST_HOURS = 1000


class Buyer(Record):
    """What one buyer paid: `amount` is the sum of all `payments`, the other values are those of the first payment.

    Each payment without a person's name is a buyer of its own.
    """

    person: str | None
    at: int
    zone: str
    channel: str | None
    amount: int
    currency: str
    payments: int = 1


class UnitEconomics(Record):
    """The figures of the break-even, in hundredths of `currency`; None for what neither settings nor log say.

    `value_from` and `share_from` say whether the value of a sale and the share of leads that become clients come from
    LOG or SETTINGS. `converted` of `settled` leads became clients: the share from the log.
    """

    currency: str
    hour_cost: int | None
    margin: float
    sale_value: int | None
    value_from: str | None
    client_share: float | None
    share_from: str | None
    buyers: tuple[Buyer, ...]
    converted: int
    settled: int
    #: (name, hundredths, currency) of each setting that is not used, because it is in another currency.
    unused_settings: tuple[tuple[str, int, str], ...] = ()
    #: Whether any outcome was ever recorded: before the first, what a channel brought is not known, which is not zero.
    has_results: bool = True

    @property
    def payments(self) -> int:
        """The number of sales: all payments of all buyers."""
        return sum(buyer.payments for buyer in self.buyers)

    @property
    def break_even(self) -> float | None:
        """Leads an hour that pay for it: hour cost / (sale value · client share · margin); None if one is missing."""
        if self.hour_cost is None or not self.sale_value or not self.client_share:
            return None
        return self.hour_cost / (self.sale_value * self.client_share * self.margin)

    @property
    def missing_settings(self) -> tuple[str, ...]:
        """The names of the settings that the break-even needs."""
        missing = (
            ("hour_cost", self.hour_cost is None),
            ("sale_value", not self.sale_value),
            ("client_share", not self.client_share),
        )
        return tuple(name for name, is_missing in missing if is_missing)


def unit_economics(settings: Settings, outcomes: Sequence[Outcome], as_of: int) -> UnitEconomics:
    """The figures as they stood at the instant `as_of`; `outcomes` are all outcomes until then, by time."""
    buyers = payments_by_buyer(outcomes, settings.currency)
    converted, settled = conversions(outcomes, as_of)
    has_enough_sales = sum(buyer.payments for buyer in buyers) >= ENOUGH_SALES
    value = amount_in_set_currency(settings, "sale_value")
    value_from = SETTINGS if value else None
    share, share_from = settings.client_share, SETTINGS if settings.client_share else None
    if has_enough_sales:
        value, value_from = divide_rounded(sum(buyer.amount for buyer in buyers), len(buyers)), LOG
    if has_enough_sales and converted:
        share, share_from = converted / settled, LOG
    return UnitEconomics(
        currency=settings.currency,
        hour_cost=amount_in_set_currency(settings, "hour_cost"),
        margin=settings.margin,
        sale_value=value,
        value_from=value_from,
        client_share=share,
        share_from=share_from,
        buyers=tuple(buyers),
        converted=converted,
        settled=settled,
        unused_settings=tuple(
            (name, getattr(settings, name), currency_of(settings, name))
            for name in AMOUNTS
            if getattr(settings, name) is not None and amount_in_set_currency(settings, name) is None
        ),
        has_results=bool(outcomes),
    )


def new_leads(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes that brought a new person: the first of each name, and every one without a name.

    `outcomes` are all there are, by time: a prospect of last year is no new lead as this year's client.
    """
    names: set[str] = set()
    leads = []
    for outcome in outcomes:
        if outcome.kind not in LEAD_KINDS:
            continue
        name = _person(outcome)
        if name is None or name not in names:
            leads.append(outcome)
        if name is not None:
            names.add(name)
    return leads


def payments_by_buyer(outcomes: Iterable[Outcome], currency: str) -> list[Buyer]:
    """The buyers whose payments count in `currency`, by first payment; other amounts are left out."""
    buyers: dict[object, Buyer] = {}
    for outcome in outcomes:
        if outcome.income is None or not counts_in(outcome.currency or "", currency):
            continue
        key = _person(outcome) or outcome.id
        if buyer := buyers.get(key):
            buyers[key] = buyer._replace(amount=buyer.amount + outcome.income, payments=buyer.payments + 1)
        else:
            buyers[key] = Buyer(outcome.person, outcome.at, outcome.zone, outcome.channel, outcome.income, currency)
    return list(buyers.values())


def conversions(outcomes: Sequence[Outcome], as_of: int) -> tuple[int, int]:
    """(leads that became clients, all leads), of those at least LEAD_STAYS_OPEN old at the instant `as_of`.

    Younger leads are left out even if they became clients: to count only the quick ones would flatter the share.
    """
    clients = _clients(outcomes)
    settled = [lead for lead in new_leads(outcomes) if lead.at <= as_of - LEAD_STAYS_OPEN]
    return sum(lead.kind == "client" or _person(lead) in clients for lead in settled), len(settled)


def open_leads(leads: Iterable[Outcome], outcomes: Iterable[Outcome], as_of: int) -> list[Outcome]:
    """The `leads` that are younger than LEAD_STAYS_OPEN at the instant `as_of` and not yet clients."""
    clients = _clients(outcomes)
    return [
        lead
        for lead in leads
        if lead.at > as_of - LEAD_STAYS_OPEN and lead.kind != "client" and _person(lead) not in clients
    ]


def _clients(outcomes: Iterable[Outcome]) -> set[str | None]:
    return {_person(outcome) for outcome in outcomes if outcome.kind in ("client", "income")} - {None}


def _person(outcome: Outcome) -> str | None:
    """The person's name in the form in which names are compared; None without a name."""
    return same_name(outcome.person or "") or None


class LeadRate(Record):
    """Leads an hour: `counted` = L / H, which tables show; the mean and 95 % interval of Gamma(L + ½, H)."""

    counted: float
    mean: float
    low: float
    high: float


class WorthTest(Record):
    """The result of one of TESTS, with its figures.

    `lacks` says what is missing when there is not enough data: names of settings, and `minutes` or `hours` (on this
    channel), `leads` (over all channels), `results` (none was ever recorded) or `purpose` (nobody said of enough of the
    time what it was for).
    """

    name: str
    state: str
    figures: Mapping[str, float | None]
    lacks: tuple[str, ...] = ()


def lead_rate(seconds: int, leads: int) -> LeadRate | None:
    """The rate of so many leads in so many seconds; None below LEAST_SECONDS."""
    if seconds < LEAST_SECONDS:
        return None
    hours, shape = seconds / HOUR, leads + PRIOR
    low, high = (gamma_ppf(share, shape=shape) / hours for share in (0.025, 0.975))
    return LeadRate(leads / hours, shape / hours, low, high)


def per_hour(hundredths: int, seconds: int) -> int | None:
    """An amount divided by the hours in `seconds`; None below LEAST_SECONDS."""
    return None if seconds < LEAST_SECONDS else divide_rounded(hundredths * HOUR, seconds)


def probability_below(seconds: int, leads: int, break_even: float | None) -> float | None:
    """P(leads an hour < `break_even`); None below LEAST_SECONDS, or without a break-even."""
    if seconds < LEAST_SECONDS or break_even is None:
        return None
    return gamma_cdf(break_even * seconds / HOUR, shape=leads + PRIOR)


def probability_better(seconds: int, leads: int, other_seconds: int, other_leads: int) -> float:
    """P(λ₁ > λ₂): that an hour here brings more leads than one there. ValueError without any time on either."""
    return probability_rate_greater(leads + PRIOR, seconds / HOUR, other_leads + PRIOR, other_seconds / HOUR)


def procrastination_test(
    seconds: int, told_seconds: int, unintended_seconds: int, *, has_focus_hours: bool
) -> WorthTest:
    """Whether too much of the time was not intended, of the `told_seconds`; needs declared focus hours."""
    lacks: tuple[str, ...] = () if has_focus_hours else ("focus_hours",)
    if told_seconds < LEAST_SECONDS:
        lacks += ("minutes",) if seconds < LEAST_SECONDS else ("purpose",)
    if lacks:
        return WorthTest("procrastination", NOT_ENOUGH_DATA, {"share": None}, lacks)
    share = unintended_seconds / told_seconds
    return WorthTest("procrastination", FAIL if share > UNINTENDED_LIMIT else PASS, {"share": share})


def return_test(
    seconds: int, below: float | None, all_leads: int, missing_settings: Sequence[str], *, has_results: bool = True
) -> WorthTest:
    """Whether the leads an hour pay for the hour; `below` is the probability that they do not."""
    figures = {"below": below}
    lacks = (
        *missing_settings,
        *(("hours",) if seconds < LEAST_HOURS * HOUR else ()),
        *_lacking_leads(all_leads, has_results=has_results),
    )
    if lacks or below is None:
        return WorthTest("return", NOT_ENOUGH_DATA, figures, lacks)
    if SURELY_NOT_BELOW < below < SURELY_BELOW:
        return WorthTest("return", NOT_ENOUGH_DATA, figures, ("hours",))
    return WorthTest("return", FAIL if below >= SURELY_BELOW else PASS, figures)


def _lacking_leads(all_leads: int, *, has_results: bool) -> tuple[str, ...]:
    if has_results:
        return ("leads",) if all_leads < LEAST_LEADS else ()
    return ("results",)


def time_test(
    seconds: int,
    all_seconds: int,
    leads: int,
    all_leads: int,
    income: int,
    all_income: int,
    *,
    has_results: bool = True,
) -> WorthTest:
    """Whether the share of the hours is over OUT_OF_PROPORTION times both the share of the leads and of the income.

    Without any income only the share of the leads is compared. Where fewer than LEAST_EXPECTED leads were to be
    expected from the hours, a channel without a lead is not judged.
    """
    # The ratio of the shares from whole numbers, so that twice is exactly twice.
    leads_times, income_times = (
        seconds * total / (all_seconds * part) if part and all_seconds else None
        for part, total in ((leads, all_leads), (income, all_income))
    )
    expected = seconds * all_leads / all_seconds if all_seconds and has_results else None
    figures = {
        "hours_share": seconds / all_seconds if all_seconds else None,
        "leads_share": leads / all_leads if all_leads else None,
        "income_share": income / all_income if all_income else None,
        "leads_times": leads_times,
        "income_times": income_times,
        "expected_leads": expected,
    }
    lacks = (*(("minutes",) if seconds < LEAST_SECONDS else ()), *_lacking_leads(all_leads, has_results=has_results))
    if lacks or expected is None:
        return WorthTest("time", NOT_ENOUGH_DATA, figures, lacks)
    if any(times is not None and times <= OUT_OF_PROPORTION for times in (leads_times, income_times)):
        return WorthTest("time", PASS, figures)
    if expected < LEAST_EXPECTED:
        return WorthTest("time", NOT_ENOUGH_DATA, figures, ("hours",))
    return WorthTest("time", FAIL, figures)


def verdict(tests: Iterable[WorthTest], *, best: bool) -> str:
    """The verdict of the three tests; `best` says that no channel has a better hour."""
    states = {test.name: test.state for test in tests}
    if failures := list(states.values()).count(FAIL):
        return "stop" if failures > 1 else "cut"
    if states["return"] == PASS:
        return "more" if best else "keep"
    return NOT_ENOUGH_DATA


def is_comparable(seconds: int) -> bool:
    """Whether a channel has enough time for others to be compared with it."""
    return seconds >= LEAST_HOURS * HOUR


def is_best(seconds: int, leads: int, others: Iterable[tuple[int, int]]) -> bool:
    """Whether an hour here is better than one on each comparable other channel, by a probability of BETTER or more.

    `others` are their (seconds, leads). False where no other channel is comparable.
    """
    comparable = [other for other in others if is_comparable(other[0])]
    return bool(comparable) and all(probability_better(seconds, leads, *other) >= BETTER for other in comparable)


def seconds_to_settle(seconds: int, leads: int, all_leads: int, break_even: float) -> int | None:
    """How many more seconds here it takes until the return can be judged; 0 where more of them would not help.

    Before there are LEAST_LEADS over all channels, or LEAST_SECONDS here, there is no rate: then it is the time missing
    to LEAST_HOURS. After that it is the time it takes if leads continue at the rate so far, to a whole number of hours
    in total. None where that is over MOST_HOURS away: the rate is too near to the break-even.
    """
    if all_leads < LEAST_LEADS or seconds < LEAST_SECONDS:
        return max(LEAST_HOURS * HOUR - seconds, 0)
    hours = seconds / HOUR
    leads_an_hour = leads / hours

    def is_settled(total: float) -> bool:
        below = gamma_cdf(break_even * total, shape=leads_an_hour * total + PRIOR)
        return below >= SURELY_BELOW or below <= SURELY_NOT_BELOW

    if hours >= LEAST_HOURS and is_settled(hours):
        return 0
    totals = range(max(LEAST_HOURS, ceil(hours)), int(MOST_HOURS + hours) + 1)
    place = bisect_left(totals, True, key=is_settled)
    return totals[place] * HOUR - seconds if place < len(totals) else None


#: The channel name and kind of the row in which all in-person channels are one.
REAL_CONTACT = "in_person"

#: Amounts in other currencies: (currency, hundredths) of each, by currency.
OtherAmounts = tuple[tuple[str, int], ...]


class OutcomeTotals(Record):
    """Counts of outcomes, of the new people among them (`leads`, of which `open_leads` are open), and their income.

    `records` are the outcomes themselves, by time, and `lead_ids` the ids of the leads among them.
    """

    recommendations: int = 0
    prospects: int = 0
    clients: int = 0
    leads: int = 0
    open_leads: int = 0
    income: int = 0
    other_income: OtherAmounts = ()
    records: tuple[Outcome, ...] = ()
    lead_ids: tuple[int, ...] = ()

    @property
    def has_only_other_income(self) -> bool:
        """Whether all income is in other currencies: then no figure with income in it is known."""
        return bool(self.other_income) and not self.income


#: The tests of a channel that is not judged, because it is neither social nor in person.
_NOT_JUDGED = tuple(WorthTest(name, NOT_ENOUGH_DATA, {}, ("social",)) for name in TESTS)


class WorthRow(Record):
    """What one channel took and brought, or all in-person channels as one, and how it was judged beside the others.

    Outcomes are attributed by last touch. `checks` are not among `sessions`. `told_seconds` are the `seconds` without
    the measured time of which nobody said what it was for. `unintended_seconds` is the part of them inside focus hours
    without an intention, or past its plan. `first_touch` counts the leads, whatever they are attributed to, whose
    person was first met here.

    The fields after `economics` are those that `judged` fills in; `cost` = `time_cost` + `spend`.
    """

    channel: str
    title: str
    kind: str
    channels: tuple[str, ...]
    seconds: int
    sessions: int
    checks: int
    told_seconds: int
    unintended_seconds: int
    spends: tuple[Spend, ...]
    outcomes: OutcomeTotals
    first_touch: int
    economics: UnitEconomics

    all_leads: int = 0
    time_cost: int | None = None
    spend: int = 0
    other_spend: OtherAmounts = ()
    cost: int | None = None
    roi_percent: float | None = None
    cost_per_lead: int | None = None
    #: These three are None below an hour of time (the luck of a minute is no rate), and before any result was recorded.
    net_per_hour: int | None = None
    rate: LeadRate | None = None
    below_break_even: float | None = None
    tests: tuple[WorthTest, ...] = _NOT_JUDGED
    verdict: str = NOT_ENOUGH_DATA
    #: The channels it was not compared with, because they have too little time.
    not_compared: tuple[str, ...] = ()
    #: How much longer the test of the return takes (the function of that name); None where no answer is needed too.
    seconds_to_settle: int | None = None
    #: The user's own verdict of this week, and the last one of a week before.
    your_verdict: Verdict | None = None
    last_verdict: Verdict | None = None

    @property
    def leads(self) -> int:
        """The number of new people."""
        return self.outcomes.leads

    @property
    def is_used(self) -> bool:
        """Whether anything was recorded or anyone was first met here."""
        return bool(
            self.sessions or self.checks or self.seconds or self.spends or self.outcomes.records or self.first_touch
        )

    @property
    def has_results(self) -> bool:
        """Whether it is known what it brought."""
        return self.economics.has_results

    @property
    def stored_channel(self) -> str | None:
        """The name of the channel in the file: None for real contact, which is no channel there."""
        return None if self.channel == REAL_CONTACT else self.channel

    @property
    def effective_verdict(self) -> str:
        """The user's verdict where there is one, else the computed one."""
        return self.your_verdict.verdict if self.your_verdict else self.verdict

    def test(self, name: str) -> WorthTest:
        """The test of this name."""
        return next(test for test in self.tests if test.name == name)


class WorthReport(Record):
    """Every social channel used, the longest first, then real contact; from the day `first` to the day `last`.

    `week` is the ISO week of `last`. `days` counts the days of the span that have come, `logged_days` those with a
    record or confirmed as zero. `unattributed` are outcomes of no known channel. `unjudged` are the channels that are
    neither social nor in person and brought something. `first_touch_unknown` counts the leads of which nobody knows
    where they were first met. `usual_call_seconds` is the median length of the span's calls and video calls.
    """

    first: str
    last: str
    week: str
    weeks: int
    days: int
    logged_days: int
    economics: UnitEconomics
    rows: tuple[WorthRow, ...]
    unattributed: OutcomeTotals
    unjudged: tuple[WorthRow, ...]
    first_touch_unknown: int
    usual_call_seconds: int | None

    def row(self, channel: str) -> WorthRow | None:
        """The row of a channel; real contact for REAL_CONTACT and for every in-person channel."""
        return next((row for row in self.rows if channel in (row.channel, *row.channels)), None)

    def probability_better(self, channel: str, other: str) -> float | None:
        """P(an hour on `channel` brings more leads than one on `other`); None if either has less than an hour."""
        row, other_row = self.row(channel), self.row(other)
        if row is None or other_row is None or row is other_row or not (row.rate and other_row.rate):
            return None
        return probability_better(row.seconds, row.leads, other_row.seconds, other_row.leads)

    def opportunity_cost(self, row: WorthRow) -> tuple[int | None, int | None]:
        """What the hours of a row would have been worth otherwise: money at the user's rate, and calls of the usual
        length."""
        call = self.usual_call_seconds
        return row.time_cost, row.seconds // call if call else None


def outcome_totals(
    outcomes: Iterable[Outcome], *, leads: Collection[int], open_leads: Collection[int], currency: str
) -> OutcomeTotals:
    """The totals of some outcomes; `leads` and `open_leads` are the ids of all outcomes that are such."""
    records = tuple(outcomes)
    kinds = [outcome.kind for outcome in records]
    income, other_income = add_up_income(records, currency)
    return OutcomeTotals(
        recommendations=kinds.count("recommendation"),
        prospects=kinds.count("prospect"),
        clients=kinds.count("client"),
        leads=sum(outcome.id in leads for outcome in records),
        open_leads=sum(outcome.id in open_leads for outcome in records),
        income=income,
        other_income=other_income,
        records=records,
        lead_ids=tuple(outcome.id for outcome in records if outcome.id in leads),
    )


def judged(
    row: WorthRow,
    rows: Sequence[WorthRow],
    *,
    has_focus_hours: bool,
    your_verdict: Verdict | None = None,
    last_verdict: Verdict | None = None,
) -> WorthRow:
    """The row with what its channel cost, and judged beside `rows`: all rows of the report, this one too."""
    economics, seconds, outcomes, leads = row.economics, row.seconds, row.outcomes, row.leads
    others = [other for other in rows if other.channel != row.channel]
    all_leads = sum(other.leads for other in rows)
    spend, other_spend = add_up(((spend.currency, spend.amount) for spend in row.spends), economics.currency)
    time_cost = None if economics.hour_cost is None else divide_rounded(seconds * economics.hour_cost, HOUR)
    cost = None if time_cost is None else time_cost + spend
    roi_percent = net_per_hour = None
    has_results = economics.has_results
    if cost is not None and has_results and not outcomes.has_only_other_income:
        net = round_to_int(outcomes.income * economics.margin) - cost
        net_per_hour = per_hour(net, seconds)
        # No percentage of less than an hour with nothing else put in.
        if cost and (seconds >= LEAST_SECONDS or spend > 0):
            roi_percent = 100 * net / cost
    below = probability_below(seconds, leads, economics.break_even) if has_results else None
    tests = (
        procrastination_test(seconds, row.told_seconds, row.unintended_seconds, has_focus_hours=has_focus_hours),
        return_test(seconds, below, all_leads, economics.missing_settings, has_results=has_results),
        time_test(
            seconds,
            sum(other.seconds for other in rows),
            leads,
            all_leads,
            outcomes.income,
            0 if outcomes.has_only_other_income else sum(other.outcomes.income for other in rows),
            has_results=has_results,
        ),
    )
    best = seconds > 0 and is_best(seconds, leads, [(other.seconds, other.leads) for other in others])
    decided = verdict(tests, best=best)
    to_settle = None
    if decided == NOT_ENOUGH_DATA and economics.break_even is not None:
        to_settle = seconds_to_settle(seconds, leads, all_leads, economics.break_even)
    return row._replace(
        all_leads=all_leads,
        time_cost=time_cost,
        spend=spend,
        other_spend=other_spend,
        cost=cost,
        roi_percent=roi_percent,
        cost_per_lead=divide_rounded(cost, leads) if cost is not None and leads else None,
        net_per_hour=net_per_hour,
        rate=lead_rate(seconds, leads) if has_results else None,
        below_break_even=below,
        tests=tests,
        verdict=decided,
        not_compared=tuple(
            other.channel for other in others if not is_comparable(other.seconds) and (other.seconds or other.leads)
        ),
        seconds_to_settle=to_settle,
        your_verdict=your_verdict,
        last_verdict=last_verdict,
    )


def add_up_income(outcomes: Iterable[Outcome], currency: str) -> tuple[int, OtherAmounts]:
    """`add_up` of what these outcomes brought in."""
    amounts = ((outcome.currency or "", outcome.income) for outcome in outcomes if outcome.income is not None)
    return add_up(amounts, currency)


def add_up(amounts: Iterable[tuple[str, int]], currency: str) -> tuple[int, OtherAmounts]:
    """The sum of those (currency, hundredths) that count in `currency`, and the sums of the others beside it."""
    sums = sum_by_currency(amounts)
    counted = sum(sums.pop(other) for other in list(sums) if counts_in(other, currency))
    return counted, tuple(sorted(sums.items()))


def sum_by_currency(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """currency → the sum of the (currency, hundredths) given."""
    sums: dict[str, int] = {}
    for currency, amount in amounts:
        sums[currency] = sums.get(currency, 0) + amount
    return sums
