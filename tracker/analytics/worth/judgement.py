"""The rate of leads of a channel, the three tests of its time, and the verdict they lead to.

Leads are events of a Poisson process. With Jeffreys' prior and L leads in H hours, its rate in leads an hour is known
as Gamma(L + ½, H). "(P)" marks a choice of the product.
"""

from __future__ import annotations

from math import ceil

from tracker.analytics.statistics.distributions import gamma_cdf, gamma_ppf, probability_rate_greater
from tracker.domain.models import HOUR
from tracker.domain.record import Record
from tracker.formatting.numbers import divide_rounded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


class LeadRate(Record):
    """Leads an hour: `counted` = L / H, which tables show; the mean and 95 % interval of Gamma(L + ½, H)."""

    counted: float
    mean: float
    low: float
    high: float


class WorthTest(Record):
    """The result of one of TESTS, with its figures.

    `lacks` says what is missing when there is not enough data: names of settings, and `minutes` or `hours` (on this
    channel) or `leads` (over all channels).
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


def procrastination_test(seconds: int, unintended_seconds: int, *, has_focus_hours: bool) -> WorthTest:
    """Whether too much of the time was not intended; needs declared focus hours."""
    lacks = (() if has_focus_hours else ("focus_hours",)) + (("minutes",) if seconds < LEAST_SECONDS else ())
    if lacks:
        return WorthTest("procrastination", NOT_ENOUGH_DATA, {"share": None}, lacks)
    share = unintended_seconds / seconds
    return WorthTest("procrastination", FAIL if share > UNINTENDED_LIMIT else PASS, {"share": share})


def return_test(seconds: int, below: float | None, all_leads: int, missing_settings: Sequence[str]) -> WorthTest:
    """Whether the leads an hour pay for the hour; `below` is the probability that they do not."""
    figures = {"below": below}
    lacks = (
        *missing_settings,
        *(("hours",) if seconds < LEAST_HOURS * HOUR else ()),
        *(("leads",) if all_leads < LEAST_LEADS else ()),
    )
    if lacks or below is None:
        return WorthTest("return", NOT_ENOUGH_DATA, figures, lacks)
    if SURELY_NOT_BELOW < below < SURELY_BELOW:
        return WorthTest("return", NOT_ENOUGH_DATA, figures, ("hours",))
    return WorthTest("return", FAIL if below >= SURELY_BELOW else PASS, figures)


def time_test(seconds: int, all_seconds: int, leads: int, all_leads: int, income: int, all_income: int) -> WorthTest:
    """Whether the share of the hours is over OUT_OF_PROPORTION times both the share of the leads and of the income.

    Without any income only the share of the leads is compared. Where fewer than LEAST_EXPECTED leads were to be
    expected from the hours, a channel without a lead is not judged.
    """
    # The ratio of the shares from whole numbers, so that twice is exactly twice.
    leads_times, income_times = (
        seconds * total / (all_seconds * part) if part and all_seconds else None
        for part, total in ((leads, all_leads), (income, all_income))
    )
    expected = seconds * all_leads / all_seconds if all_seconds else None
    figures = {
        "hours_share": seconds / all_seconds if all_seconds else None,
        "leads_share": leads / all_leads if all_leads else None,
        "income_share": income / all_income if all_income else None,
        "leads_times": leads_times,
        "income_times": income_times,
        "expected_leads": expected,
    }
    lacks = (*(("minutes",) if seconds < LEAST_SECONDS else ()), *(("leads",) if all_leads < LEAST_LEADS else ()))
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
    failures = list(states.values()).count(FAIL)
    if failures:
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
    low = max(LEAST_HOURS, ceil(hours))
    if is_settled(low):
        return low * HOUR - seconds
    high = 2 * low
    while not is_settled(high):
        low, high = high, 2 * high
        if low > MOST_HOURS + hours:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_settled(middle) else (middle, high)
    return high * HOUR - seconds if high <= MOST_HOURS + hours else None
