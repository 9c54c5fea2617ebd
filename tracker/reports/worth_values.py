"""What "Is it worth it?" shows: figures with the parts of every sum, so that each can be redone by hand.

Money is in hundredths of the currency of the settings; amounts in other currencies stand beside it, never added to it.
Lengths are in seconds, shares from 0 to 1, rates in leads an hour. None is what the log or the settings cannot say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.domain.models import Outcome, Spend, Verdict
    from tracker.reports.business import Business

#: What a test says; a verdict is one of `model.VERDICTS`, or not enough data too.
PASS, FAIL, NOT_ENOUGH = "pass", "fail", "not enough data"

TESTS = ("procrastination", "return", "time")

#: The name and kind of the row in which all in-person channels are one.
REAL_CONTACT = "in_person"


class Rate(NamedTuple):
    """Leads an hour: L / H as counted, which is what tables show; the mean and 95 % interval of Gamma(L + ½, H)."""

    counted: float
    mean: float
    low: float
    high: float


class WorthTest(NamedTuple):
    """One of the three tests: its answer, its figures, and what is lacking where there is not enough data.

    `lacks` has names of settings, and `minutes`, `hours` (on this channel) or `leads` (over all channels).
    """

    name: str
    state: str
    figures: Mapping[str, float | None]
    lacks: tuple[str, ...] = ()


class Brought(NamedTuple):
    """What came of something: counts of outcomes, those that brought somebody new (`leads`), and income.

    `open_leads` are the new ones younger than 30 days that are not clients yet; `outcomes` are all of it, by time, and
    `new` the ids of the leads among them.
    """

    recommendations: int = 0
    prospects: int = 0
    clients: int = 0
    leads: int = 0
    open_leads: int = 0
    income: int = 0
    other_income: tuple[tuple[str, int], ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    new: tuple[int, ...] = ()

    @property
    def is_foreign(self) -> bool:
        """Whether there is income, but all of it in other currencies: what is reckoned with income is not known."""
        return bool(self.other_income) and not self.income


class Elsewhere(NamedTuple):
    """A channel that is neither social nor in person, with what it brought and how many leads were first met there."""

    channel: str
    title: str
    kind: str
    seconds: int
    sessions: int
    checks: int
    brought: Brought
    first_touch: int


class Comparison(NamedTuple):
    """The probability that an hour on `channel` brings more leads than one on `other`."""

    channel: str
    other: str
    probability: float


class Row(NamedTuple):
    """A social channel, or real contact: all in-person channels as one. Outcomes are attributed by last touch.

    `first_touch` counts the leads, whatever they are attributed to, whose person was first met here.
    """

    channel: str
    title: str
    kind: str
    channels: tuple[str, ...]
    business: Business
    seconds: int
    #: Checks excluded, as everywhere; a row of real contact has none.
    sessions: int
    checks: int
    #: Time that was not meant: inside focus hours without an intention, or past its plan.
    unmeant_seconds: int
    #: H·c, E and C = H·c + E.
    time_cost: int | None
    spend: int
    cost: int | None
    other_spend: tuple[tuple[str, int], ...]
    spends: tuple[Spend, ...]
    brought: Brought
    first_touch: int
    #: R·m.
    earned: int
    roi_percent: float | None
    cost_per_lead: int | None
    #: These three say nothing of less than an hour: a minute's luck is no rate.
    net_per_hour: int | None
    rate: Rate | None
    #: P(leads an hour < break-even).
    below: float | None
    tests: tuple[WorthTest, ...]
    verdict: str
    #: The rows it was not compared with, as they have too little time: `more` says nothing of them.
    not_compared: tuple[str, ...]
    #: How much longer it takes here, at the rate so far, until the test of the return can be answered (what LEAST_HOURS
    #: lack where there is no rate yet; 0 where only leads are lacking); None where no answer is in sight or needed.
    settle_seconds: int | None
    #: The user's own verdict of this week, and the last one of a week before.
    your_verdict: Verdict | None
    last_verdict: Verdict | None

    @property
    def leads(self) -> int:
        """L."""
        return self.brought.leads

    @property
    def decided(self) -> str:
        """What counts: the user's verdict where there is one, else the computed one."""
        return self.your_verdict.verdict if self.your_verdict else self.verdict

    def test(self, name: str) -> WorthTest:
        """The test of this name."""
        return next(test for test in self.tests if test.name == name)


class Bought(NamedTuple):
    """What the hours of a channel would have bought: money at the user's rate, and calls of the usual length."""

    money: int | None
    calls: int | None


class WorthTable(NamedTuple):
    """Every social channel used, the longest first, then real contact; from the day `first` to the day `last`.

    `days` are those of the span that have come, `logged_days` those of them with a record or confirmed as zero. `week`
    is the one that `last` is in. `unknown` is what nothing is known of to attribute it to; `elsewhere` the channels
    that are neither social nor in person, such as messaging, where they brought something: they are not judged.
    `first_unknown` counts leads of which nobody knows where they were first met. `usual_call_seconds` is the median of
    the span's calls and video calls.
    """

    first: str
    last: str
    week: str
    weeks: int
    days: int
    logged_days: int
    business: Business
    rows: tuple[Row, ...]
    unknown: Brought
    elsewhere: tuple[Elsewhere, ...]
    first_unknown: int
    comparisons: tuple[Comparison, ...]
    usual_call_seconds: int | None

    def row(self, channel: str) -> Row | None:
        """The row of a channel; real contact for REAL_CONTACT and for every in-person channel."""
        return next((row for row in self.rows if channel in (row.channel, *row.channels)), None)

    def more_likely(self, channel: str, other: str) -> float | None:
        """P(λ₁ > λ₂): that an hour on one brings more leads than one on the other; None under an hour of either."""
        for found in self.comparisons:
            if (found.channel, found.other) == (channel, other):
                return found.probability
            if (found.other, found.channel) == (channel, other):
                return 1 - found.probability
        return None

    def bought(self, row: Row) -> Bought:
        """What the hours of a row would have bought."""
        call = self.usual_call_seconds
        return Bought(row.time_cost, row.seconds // call if call else None)
