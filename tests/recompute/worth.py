"""Is it worth it? Every social channel, and real contact as one, over some weeks."""

from __future__ import annotations

from fractions import Fraction
from statistics import median
from typing import Any, NamedTuple

from scipy.special import betaincc, gammainc, gammaincinv

from tests.recompute import day as days
from tests.recompute.life import KINDS, Life, Outcome
from tests.recompute.people import met
from tests.recompute.unmeant import told, unmeant_seconds
from tests.recompute.wall import bounds, day_of

HOUR, DAY = 3600, 86_400
REAL_CONTACT = "in_person"
PASS, FAIL, NOT_ENOUGH = "pass", "fail", "not enough data"

#: From so many payments on the value of a sale and the share of clients come from the log.
ENOUGH_SALES = 5
#: A lead that is younger is open: neither won nor lost.
STAYS_OPEN = 30 * DAY
#: Nothing is said an hour of less than an hour; the return and rivals are judged from ten on, and three leads in all.
LEAST_HOURS, LEAST_LEADS = 10, 3
#: So much of the time may be unplanned; the share of hours may be so many times the shares of what it brings.
MOST_UNMEANT, MOST_TIMES = Fraction(33, 100), 2
#: An hour is better than another if it brings more leads with this probability.
BETTER = 0.75
#: What is null before any result was ever recorded.
UNKNOWN_RESULTS: dict[str, Any] = {
    **dict.fromkeys(("recommendations", "prospects", "clients", "leads", "open_leads", "first_touch", "income")),
    **dict.fromkeys(("roi_percent", "net_per_hour", "below_break_even")),
    "leads_per_hour": dict.fromkeys(("mean", "low", "high", "counted")),
    "more_leads_than": {},
}


class Sums(NamedTuple):
    """What one row comes to, before it is judged beside the others."""

    seconds: int
    leads: int
    income: int
    #: Whether all of its income is in currencies that are not added up.
    only_foreign: bool


class Known(NamedTuple):
    """The outcomes by time, as they stand at an instant: nothing later is known."""

    outcomes: list[Outcome]
    at: int

    def leads(self) -> list[Outcome]:
        """Those that brought somebody new: the first of each person, and every one without a name."""
        names, rows = set(), []
        for outcome in self.outcomes:
            if outcome.kind != "income" and (outcome.person is None or outcome.person.casefold() not in names):
                rows.append(outcome)
                names.add((outcome.person or "").casefold())
        return rows

    def won(self, lead: Outcome) -> bool:
        """Whether a lead became a client: it is noted as one, or its person is anywhere, or paid."""
        return lead.kind == "client" or any(
            outcome.kind in ("client", "income") and _same(outcome.person, lead.person) for outcome in self.outcomes
        )

    def is_settled(self, lead: Outcome) -> bool:
        """Whether a lead is old enough to be counted as won or lost."""
        return lead.at <= self.at - STAYS_OPEN


def known(life: Life, last: str) -> Known:
    """What there was up to a day by the clock of the place, as it stands at that day's end, or now if earlier."""
    starts_at = life.choices.day_starts_at
    ordered = sorted(life.outcomes, key=lambda outcome: outcome.at)
    there = [outcome for outcome in ordered if day_of(outcome.at, outcome.zone, starts_at) <= last]
    return Known(there, min(bounds(last, life.zone, starts_at)[1], life.now))


def _same(first: str | None, second: str | None) -> bool:
    return first is not None and second is not None and first.casefold() == second.casefold()


def _income(outcome: Outcome) -> int:
    """What was earned: what a recommendation or a prospect may be worth is none."""
    return (outcome.amount or 0) if outcome.kind in ("client", "income") else 0


def break_even(life: Life, by_then: Known) -> float | None:
    """How many leads an hour pay for it; None where a figure of it is missing."""
    choices = life.choices
    value, share = choices.sale_value, choices.client_share
    paid = payments(by_then, choices.currency)
    if len(paid) >= ENOUGH_SALES:
        buyers = len({outcome.person.casefold() for outcome in paid if outcome.person}) + sum(
            outcome.person is None for outcome in paid
        )
        value = round_half_up(Fraction(sum(map(_income, paid)), buyers))
        settled = [outcome for outcome in by_then.leads() if by_then.is_settled(outcome)]
        if became := sum(map(by_then.won, settled)):
            share = became / len(settled)
    if choices.hour_cost is None or value is None or share is None:
        return None
    return choices.hour_cost / (value * share * choices.margin)


def payments(by_then: Known, currency: str) -> list[Outcome]:
    """Every payment in a currency: each is a sale."""
    return [outcome for outcome in by_then.outcomes if _income(outcome) and outcome.currency == currency]


def round_half_up(value: Fraction) -> int:
    """As people round: half a cent is a cent more, away from zero."""
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def worth(life: Life, dates: list[str], every: list[days.Part], logged: set[str]) -> dict[str, dict[str, Any]]:
    """The rows by channel over these dates: social channels that were used, real contact, and what came elsewhere."""
    table = _Table(life, dates, every, logged)
    return table.rows() | table.elsewhere()


class _Table:
    def __init__(self, life: Life, dates: list[str], every: list[days.Part], logged: set[str]) -> None:
        self.life, self.dates, self.logged = life, dates, logged
        self.by_then = known(life, dates[-1])
        starts_at = life.choices.day_starts_at
        self.parts = [part for part in every if part.day in dates]
        self.outcomes = [
            outcome for outcome in self.by_then.outcomes if day_of(outcome.at, outcome.zone, starts_at) in dates
        ]
        self.leads = [outcome for outcome in self.by_then.leads() if outcome in self.outcomes]
        self.spends = [spend for spend in life.spends if day_of(spend.at, spend.zone, starts_at) in dates]
        self.first_met = [met(life, outcome.person) if outcome.person else None for outcome in self.leads]
        self.even = break_even(life, self.by_then)

    def rows(self) -> dict[str, dict[str, Any]]:
        """The rows that are judged."""
        named = {name: [name] for name, kind in KINDS.items() if kind == "social" and self._used([name], name)}
        contact = [name for name, kind in KINDS.items() if kind == "in_person"]
        if named or self._used(contact, REAL_CONTACT):
            named[REAL_CONTACT] = contact
        sums = {name: self._sums(channels) for name, channels in named.items()}
        return {name: self._row(name, channels, sums) for name, channels in named.items()}

    def elsewhere(self) -> dict[str, dict[str, Any]]:
        """The channels that are neither social nor in person, where they brought something or somebody was met."""
        names = [name for name, kind in KINDS.items() if kind in ("messaging", "focus")]
        return {
            name: self._brought([name], name) | {"verdict": NOT_ENOUGH}
            for name in names
            if any(outcome.channel == name for outcome in self.outcomes) or name in self.first_met
        }

    def _used(self, channels: list[str], name: str) -> bool:
        return (
            any(part.session.channel in channels for part in self.parts)
            or any(outcome.channel in channels for outcome in self.outcomes)
            or any(spend.channel in channels for spend in self.spends)
            or name in self.first_met
        )

    def _of(self, channels: list[str]) -> list[days.Part]:
        return [part for part in self.parts if part.session.channel in channels]

    def _sums(self, channels: list[str]) -> Sums:
        paid = self._earned(channels)
        return Sums(
            days.seconds(self._of(channels)),
            sum(outcome.channel in channels for outcome in self.leads),
            paid.get(self.life.choices.currency, 0),
            bool(paid) and self.life.choices.currency not in paid,
        )

    def _earned(self, channels: list[str] | list[None]) -> dict[str, int]:
        """Income by currency."""
        totals: dict[str, int] = {}
        for outcome in self.outcomes:
            if outcome.channel in channels and outcome.currency and _income(outcome):
                totals[outcome.currency] = totals.get(outcome.currency, 0) + _income(outcome)
        return totals

    def _spent(self, channels: list[str]) -> dict[str, int]:
        """Spending by currency."""
        totals: dict[str, int] = {}
        for spend in self.spends:
            if spend.channel in channels:
                totals[spend.currency] = totals.get(spend.currency, 0) + spend.amount
        return totals

    def _brought(self, channels: list[str], name: str) -> dict[str, Any]:
        """What came of some channels, and the time on them."""
        here = self._of(channels)
        kinds = [outcome.kind for outcome in self.outcomes if outcome.channel in channels]
        leads = [outcome for outcome in self.leads if outcome.channel in channels]
        paid, currency = self._earned(channels), self.life.choices.currency
        return {
            "seconds": days.seconds(here),
            "checks": days.checks(self.life, here),
            "sessions": days.sessions(self.life, here),
            "recommendations": kinds.count("recommendation"),
            "prospects": kinds.count("prospect"),
            "clients": kinds.count("client"),
            "leads": len(leads),
            "open_leads": sum(
                not self.by_then.is_settled(outcome) and not self.by_then.won(outcome) for outcome in leads
            ),
            "first_touch": self.first_met.count(name),
            "income": paid.get(currency, 0),
            "other_income": {code: amount for code, amount in paid.items() if code != currency},
        }

    def _row(self, name: str, channels: list[str], sums: dict[str, Sums]) -> dict[str, Any]:
        choices, own = self.life.choices, sums[name]
        seconds, leads, income, only_foreign = own
        spent = self._spent(channels)
        spend = spent.pop(choices.currency, 0)
        said = told(self._of(channels)) if choices.focus_hours else self._of(channels)
        unmeant = unmeant_seconds(self.life, said)
        time_cost = self._at_the_rate(seconds)
        cost = None if time_cost is None else time_cost + spend
        earned = round_half_up(income * Fraction(repr(choices.margin)))
        tests = {
            "procrastination": self._procrastination(days.seconds(said), unmeant),
            "return": self._returning(own, sums),
            "time": _proportion(own, sums),
        }
        row = {
            **self._brought(channels, name),
            "unmeant_seconds": unmeant,
            "time_cost": time_cost,
            "spend": spend,
            "other_spend": spent,
            "cost": cost,
            "roi_percent": 100 * (earned - cost) / cost
            if cost and (seconds >= HOUR or spend) and not only_foreign
            else None,
            "cost_per_lead": None if cost is None or not leads else round_half_up(Fraction(cost, leads)),
            "net_per_hour": None
            if cost is None or seconds < HOUR or only_foreign
            else round_half_up(Fraction((earned - cost) * HOUR, seconds)),
            "leads_per_hour": rate(seconds, leads),
            "break_even": self.even,
            "below_break_even": self._below(own),
            "tests": tests,
            "verdict": _verdict(name, tests, sums),
            "more_leads_than": {
                other: more_likely(own, its)
                for other, its in sums.items()
                if other != name and min(seconds, its.seconds) >= HOUR
            },
            "hours_would_buy": {"money": time_cost, "calls": self._calls(seconds)},
            "coverage": self._coverage(),
        }
        return row if self.by_then.outcomes else row | UNKNOWN_RESULTS

    def _at_the_rate(self, seconds: int) -> int | None:
        cost = self.life.choices.hour_cost
        return None if cost is None else round_half_up(Fraction(cost * seconds, HOUR))

    def _below(self, own: Sums) -> float | None:
        """The probability that the leads an hour are below break-even."""
        if self.even is None or own.seconds < HOUR:
            return None
        return float(gammainc(own.leads + 0.5, self.even * own.seconds / HOUR))

    def _procrastination(self, seconds: int, unmeant: int) -> str:
        if not self.life.choices.focus_hours or seconds < HOUR:
            return NOT_ENOUGH
        return FAIL if Fraction(unmeant, seconds) > MOST_UNMEANT else PASS

    def _returning(self, own: Sums, sums: dict[str, Sums]) -> str:
        below = self._below(own)
        too_few = sum(sum_.leads for sum_ in sums.values()) < LEAST_LEADS
        if below is None or own.seconds < LEAST_HOURS * HOUR or too_few:
            return NOT_ENOUGH
        return FAIL if below >= 0.9 else PASS if below <= 0.1 else NOT_ENOUGH

    def _calls(self, seconds: int) -> int | None:
        """How many calls of the usual length so many seconds are: the median of those that began in the span."""
        calls = [part for part in self.parts if part.opens and part.session.channel in ("call", "video")]
        lasted = [part.lasts for part in calls if part.lasts]
        usual = round_half_up(Fraction(median(lasted))) if lasted else 0
        return seconds // usual if usual else None

    def _coverage(self) -> dict[str, Any]:
        return {
            "days": days.begun(self.life, self.dates, self.logged),
            "logged_days": sum(date in self.logged for date in self.dates),
            "sales": len(payments(self.by_then, self.life.choices.currency)),
            "unknown_leads": sum(outcome.channel is None for outcome in self.leads),
            "unknown_income": self._earned([None]),
            "first_touch_unknown": self.first_met.count(None),
        }


def _proportion(own: Sums, sums: dict[str, Sums]) -> str:
    """Whether the share of the hours is at most twice the share of the leads, or of the income."""
    all_seconds, all_leads, all_income, _foreign = (sum(column) for column in zip(*sums.values(), strict=True))
    if own.seconds < HOUR or all_leads < LEAST_LEADS:
        return NOT_ENOUGH
    hours = Fraction(own.seconds, all_seconds)
    shares = [
        Fraction(own.leads, all_leads),
        *([Fraction(own.income, all_income)] if all_income and not own.only_foreign else []),
    ]
    if any(hours <= MOST_TIMES * share for share in shares):
        return PASS
    return NOT_ENOUGH if hours * all_leads < 1 else FAIL


def _verdict(name: str, tests: dict[str, str], sums: dict[str, Sums]) -> str:
    failed = list(tests.values()).count(FAIL)
    if failed:
        return "stop" if failed > 1 else "cut"
    if tests["return"] != PASS:
        return NOT_ENOUGH
    rivals = [mine for other, mine in sums.items() if other != name and mine.seconds >= LEAST_HOURS * HOUR]
    return "more" if rivals and all(more_likely(sums[name], rival) >= BETTER for rival in rivals) else "keep"


def rate(seconds: int, leads: int) -> dict[str, float | None]:
    """Leads an hour: counted, and the mean and 95 % interval of Gamma(L + ½, H)."""
    if seconds < HOUR:
        return dict.fromkeys(("mean", "low", "high", "counted"))
    hours = seconds / HOUR
    low, high = (float(gammaincinv(leads + 0.5, share)) / hours for share in (0.025, 0.975))
    return {"mean": (leads + 0.5) / hours, "low": low, "high": high, "counted": leads / hours}


def more_likely(sums: Sums, other: Sums) -> float:
    """P(λ₁ > λ₂) of two Gamma variables: of G₁/(G₁ + G₂), which is Beta(L₁ + ½, L₂ + ½), being over H₁/(H₁ + H₂)."""
    share = sums.seconds / (sums.seconds + other.seconds)
    return float(betaincc(sums.leads + 0.5, other.leads + 0.5, share))
