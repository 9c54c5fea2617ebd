"""The rows of the Worth report: what each channel took and brought, its figures, tests and verdict.

Amounts are in hundredths of the currency of the settings; amounts in other currencies stand beside them and are never
added to them. Lengths are in seconds, shares from 0 to 1, rates in leads an hour. None is what is not known.
"""

from __future__ import annotations

from tracker.analytics.worth import judgement
from tracker.analytics.worth.judgement import LEAST_SECONDS, NOT_ENOUGH_DATA
from tracker.domain.models import HOUR
from tracker.domain.record import Record
from tracker.formatting.numbers import divide_rounded, round_to_int

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tracker.analytics.worth.judgement import LeadRate, WorthTest
    from tracker.analytics.worth.unit_economics import UnitEconomics
    from tracker.domain.models import Outcome, Spend, Verdict

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


class ChannelTotals(Record):
    """What one channel took and brought, or all in-person channels as one. Outcomes are attributed by last touch.

    `checks` are not among `sessions`. `unintended_seconds` is the time inside focus hours without an intention, or past
    its plan. `first_touch` counts the leads, whatever they are attributed to, whose person was first met here.
    """

    channel: str
    title: str
    kind: str
    channels: tuple[str, ...]
    seconds: int
    sessions: int
    checks: int
    unintended_seconds: int
    spends: tuple[Spend, ...]
    outcomes: OutcomeTotals
    first_touch: int

    @property
    def leads(self) -> int:
        """The number of new people."""
        return self.outcomes.leads

    @property
    def stored_channel(self) -> str | None:
        """The name of the channel in the file: None for real contact, which is no channel there."""
        return None if self.channel == REAL_CONTACT else self.channel

    @property
    def is_used(self) -> bool:
        """Whether anything was recorded or anyone was first met here."""
        return bool(
            self.sessions or self.checks or self.seconds or self.spends or self.outcomes.records or self.first_touch
        )


class WorthRow(Record):
    """A channel judged beside the others: `cost` = `time_cost` + `spend`, `earned` = income · margin.

    The fields up to `first_touch` are those of ChannelTotals: a NamedTuple cannot have another one as its base, a
    dataclass takes 5 ms to import and create, which is a third of a bare command, and a field `totals` would make
    `row.seconds` and `row.outcomes` longer at a hundred places to save eleven lines here.
    """

    channel: str
    title: str
    kind: str
    channels: tuple[str, ...]
    seconds: int
    sessions: int
    checks: int
    unintended_seconds: int
    spends: tuple[Spend, ...]
    outcomes: OutcomeTotals
    first_touch: int

    economics: UnitEconomics
    all_leads: int
    time_cost: int | None
    spend: int
    other_spend: OtherAmounts
    cost: int | None
    earned: int
    roi_percent: float | None
    cost_per_lead: int | None
    #: These three are None below an hour of time: the luck of a minute is no rate.
    net_per_hour: int | None
    rate: LeadRate | None
    below_break_even: float | None
    tests: tuple[WorthTest, ...]
    verdict: str
    #: The channels it was not compared with, because they have too little time.
    not_compared: tuple[str, ...]
    #: How much longer the test of the return takes (`judgement.seconds_to_settle`); None where no answer is needed too.
    seconds_to_settle: int | None
    #: The user's own verdict of this week, and the last one of a week before.
    your_verdict: Verdict | None
    last_verdict: Verdict | None

    @property
    def leads(self) -> int:
        """The number of new people."""
        return self.outcomes.leads

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


class OpportunityCost(Record):
    """What the hours of a channel would have been worth: money at the user's rate, and calls of the usual length."""

    money: int | None
    calls: int | None


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
    unjudged: tuple[ChannelTotals, ...]
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
        return judgement.probability_better(row.seconds, row.leads, other_row.seconds, other_row.leads)

    def opportunity_cost(self, row: WorthRow) -> OpportunityCost:
        """What the hours of a row would have been worth otherwise."""
        call = self.usual_call_seconds
        return OpportunityCost(row.time_cost, row.seconds // call if call else None)


def outcome_totals(
    outcomes: Iterable[Outcome], *, leads: Collection[int], open_leads: Collection[int], currency: str
) -> OutcomeTotals:
    """The totals of some outcomes; `leads` and `open_leads` are the ids of all outcomes that are such."""
    records = tuple(outcomes)
    kinds = [outcome.kind for outcome in records]
    income = sum_by_currency(
        (outcome.currency or "", outcome.income) for outcome in records if outcome.income is not None
    )
    return OutcomeTotals(
        recommendations=kinds.count("recommendation"),
        prospects=kinds.count("prospect"),
        clients=kinds.count("client"),
        leads=sum(outcome.id in leads for outcome in records),
        open_leads=sum(outcome.id in open_leads for outcome in records),
        income=income.pop(currency, 0),
        other_income=tuple(sorted(income.items())),
        records=records,
        lead_ids=tuple(outcome.id for outcome in records if outcome.id in leads),
    )


def worth_row(
    totals: ChannelTotals,
    everything: Sequence[ChannelTotals],
    economics: UnitEconomics,
    *,
    has_focus_hours: bool,
    your_verdict: Verdict | None = None,
    last_verdict: Verdict | None = None,
) -> WorthRow:
    """One channel judged beside `everything`: all rows of the report, this one too."""
    seconds, outcomes, leads = totals.seconds, totals.outcomes, totals.leads
    others = [other for other in everything if other.channel != totals.channel]
    all_leads = sum(row.leads for row in everything)
    spent = sum_by_currency((spend.currency, spend.amount) for spend in totals.spends)
    spend = spent.pop(economics.currency, 0)
    time_cost = None if economics.hour_cost is None else divide_rounded(seconds * economics.hour_cost, HOUR)
    cost = None if time_cost is None else time_cost + spend
    earned = round_to_int(outcomes.income * economics.margin)
    roi_percent = net_per_hour = None
    if cost is not None and not outcomes.has_only_other_income:
        net_per_hour = judgement.per_hour(earned - cost, seconds)
        # No percentage of less than an hour with nothing else put in.
        if cost and (seconds >= LEAST_SECONDS or spend > 0):
            roi_percent = 100 * (earned - cost) / cost
    below = judgement.probability_below(seconds, leads, economics.break_even)
    tests = (
        judgement.procrastination_test(seconds, totals.unintended_seconds, has_focus_hours=has_focus_hours),
        judgement.return_test(seconds, below, all_leads, economics.missing_settings),
        judgement.time_test(
            seconds,
            sum(row.seconds for row in everything),
            leads,
            all_leads,
            outcomes.income,
            0 if outcomes.has_only_other_income else sum(row.outcomes.income for row in everything),
        ),
    )
    best = seconds > 0 and judgement.is_best(seconds, leads, [(other.seconds, other.leads) for other in others])
    verdict = judgement.verdict(tests, best=best)
    to_settle = None
    if verdict == NOT_ENOUGH_DATA and economics.break_even is not None:
        to_settle = judgement.seconds_to_settle(seconds, leads, all_leads, economics.break_even)
    return WorthRow(
        *totals,
        economics=economics,
        all_leads=all_leads,
        time_cost=time_cost,
        spend=spend,
        other_spend=tuple(sorted(spent.items())),
        cost=cost,
        earned=earned,
        roi_percent=roi_percent,
        cost_per_lead=divide_rounded(cost, leads) if cost is not None and leads else None,
        net_per_hour=net_per_hour,
        rate=judgement.lead_rate(seconds, leads),
        below_break_even=below,
        tests=tests,
        verdict=verdict,
        not_compared=tuple(
            other.channel
            for other in others
            if not judgement.is_comparable(other.seconds) and (other.seconds or other.leads)
        ),
        seconds_to_settle=to_settle,
        your_verdict=your_verdict,
        last_verdict=last_verdict,
    )


def sum_by_currency(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """currency → the sum of the (currency, hundredths) given."""
    sums: dict[str, int] = {}
    for currency, amount in amounts:
        sums[currency] = sums.get(currency, 0) + amount
    return sums
