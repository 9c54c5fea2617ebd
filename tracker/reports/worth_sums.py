"""The arithmetic of "Is it worth it?": what is known of a rate, the three tests, the verdict. Pure.

Leads are events of a Poisson process whose rate is known as Gamma(L + ½, H): Jeffreys' prior and L leads in H hours.
P marks a product choice.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from tracker.analytics.statistics.beta import higher
from tracker.analytics.statistics.gamma import gamma_below, gamma_quantile
from tracker.formatting.numbers import divide_rounded
from tracker.reports.worth_values import FAIL, NOT_ENOUGH, PASS, Rate, WorthTest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HOUR = 3600

#: Jeffreys' prior of a Poisson rate counts as half a lead in no time.
PRIOR = 0.5

#: No share of less than an hour, and nothing an hour either.
LEAST_SECONDS = HOUR
#: More of a channel's time than this, not meant, and it is procrastination (P): exactly 33 %.
UNMEANT = 0.33
#: The return is judged from so many hours on the channel, and so many leads over all channels, on.
LEAST_HOURS, LEAST_LEADS = 10, 3
#: So sure that leads an hour are below the break-even: it fails; so sure that they are not: it passes.
SURE, SURELY_NOT = 0.90, 0.10
#: The share of hours may be so many times the share of leads, or of income (P).
OUT_OF_PROPORTION = 2
#: So many leads must have been expected of a channel before none of them says that its time is out of proportion.
LEAST_EXPECTED = 1
#: So sure that an hour here brings more leads than one on each other channel: more of it (P). Two that are equal are
#: at 0.5 each.
BETTER = 0.75
#: An answer that takes more hours than this is not in sight.
FARTHEST = 1000


def rate(seconds: int, leads: int) -> Rate | None:
    """What is known of the leads an hour after so many leads in so many seconds; None below LEAST_SECONDS."""
    if seconds < LEAST_SECONDS:
        return None
    hours, shape = seconds / HOUR, leads + PRIOR
    low, high = (gamma_quantile(share, shape) / hours for share in (0.025, 0.975))
    return Rate(leads / hours, shape / hours, low, high)


def per_hour(hundredths: int, seconds: int) -> int | None:
    """An amount for each hour of so many seconds; None below LEAST_SECONDS."""
    return None if seconds < LEAST_SECONDS else divide_rounded(hundredths * HOUR, seconds)


def below(seconds: int, leads: int, break_even: float | None) -> float | None:
    """P(leads an hour < `break_even`); None below LEAST_SECONDS, or where nobody knows what pays."""
    if seconds < LEAST_SECONDS or break_even is None:
        return None
    return gamma_below(leads + PRIOR, break_even * seconds / HOUR)


def procrastination(seconds: int, unmeant_seconds: int, *, declared: bool) -> WorthTest:
    """Whether too much of the time was not meant; `declared`: whether the focus hours are."""
    lacks = (() if declared else ("focus_hours",)) + (("minutes",) if seconds < LEAST_SECONDS else ())
    if lacks:
        return WorthTest("procrastination", NOT_ENOUGH, {"share": None}, lacks)
    share = unmeant_seconds / seconds
    return WorthTest("procrastination", FAIL if share > UNMEANT else PASS, {"share": share})


def returning(seconds: int, chance: float | None, all_leads: int, lacking: Sequence[str]) -> WorthTest:
    """Whether leads an hour are below the break-even: with the probability `chance` they are."""
    figures = {"below": chance}
    lacks = (
        *lacking,
        *(("hours",) if seconds < LEAST_HOURS * HOUR else ()),
        *(("leads",) if all_leads < LEAST_LEADS else ()),
    )
    if lacks or chance is None:
        return WorthTest("return", NOT_ENOUGH, figures, lacks)
    if SURELY_NOT < chance < SURE:
        return WorthTest("return", NOT_ENOUGH, figures, ("hours",))
    return WorthTest("return", FAIL if chance >= SURE else PASS, figures)


def proportion(seconds: int, all_seconds: int, leads: int, all_leads: int, income: int, all_income: int) -> WorthTest:
    """Whether the share of hours is over twice the shares of leads and of income: one of them in proportion is enough.

    Without any income there is only the share of leads to compare with. Where, in proportion to its hours, not even
    one lead was to be expected of a channel, that none came says nothing.
    """
    hours = seconds / all_seconds if all_seconds else None
    # How many times each share that of the hours is: of whole numbers, so that twice is exactly twice.
    times = [
        seconds * whole / (all_seconds * part) if part and all_seconds else None
        for part, whole in ((leads, all_leads), (income, all_income))
    ]
    expected = seconds * all_leads / all_seconds if all_seconds else None
    figures = {
        "hours_share": hours,
        "leads_share": leads / all_leads if all_leads else None,
        "income_share": income / all_income if all_income else None,
        "leads_times": times[0],
        "income_times": times[1],
        "expected_leads": expected,
    }
    lacks = (*(("minutes",) if seconds < LEAST_SECONDS else ()), *(("leads",) if all_leads < LEAST_LEADS else ()))
    if lacks or expected is None:
        return WorthTest("time", NOT_ENOUGH, figures, lacks)
    if any(one is not None and one <= OUT_OF_PROPORTION for one in times):
        return WorthTest("time", PASS, figures)
    if expected < LEAST_EXPECTED:
        return WorthTest("time", NOT_ENOUGH, figures, ("hours",))
    return WorthTest("time", FAIL, figures)


def verdict(tests: Iterable[WorthTest], *, best: bool) -> str:
    """What the tests come to; `best`: no other hour is better spent."""
    states = {test.name: test.state for test in tests}
    fails = list(states.values()).count(FAIL)
    if fails:
        return "stop" if fails > 1 else "cut"
    if states["return"] == PASS:
        return "more" if best else "keep"
    return NOT_ENOUGH


def is_best(seconds: int, leads: int, others: Iterable[tuple[int, int]]) -> bool:
    """Whether an hour here brings more leads than one on each other channel, by a chance of BETTER or more.

    `others` are their seconds and leads; those with under LEAST_HOURS cannot be judged, so they are no rivals. Without
    any rival there is nothing that it could be better than.
    """
    rivals = [(time, brought) for time, brought in others if is_rival(time)]
    return bool(rivals) and all(compared(seconds, leads, time, brought) >= BETTER for time, brought in rivals)


def is_rival(seconds: int) -> bool:
    """Whether a channel has time enough for others to be compared with it."""
    return seconds >= LEAST_HOURS * HOUR


def compared(seconds: int, leads: int, other_seconds: int, other_leads: int) -> float:
    """P(λ₁ > λ₂): that an hour here brings more leads than one there. ValueError without any time on either."""
    return higher(leads + PRIOR, seconds / HOUR, other_leads + PRIOR, other_seconds / HOUR)


def settles_in(seconds: int, leads: int, all_leads: int, break_even: float) -> int | None:
    """In how many more seconds here the return can be judged; 0 where more of them would not help.

    Before there are LEAST_LEADS over all channels, or LEAST_SECONDS here, there is no rate to go by: then it is what
    LEAST_HOURS lack. From then on it is how long it takes if leads go on coming at the rate so far, to whole hours of
    the sum; None where that is over FARTHEST hours away: the rate is too near to the break-even.
    """
    if all_leads < LEAST_LEADS or seconds < LEAST_SECONDS:
        return max(LEAST_HOURS * HOUR - seconds, 0)
    hours = seconds / HOUR
    each = leads / hours

    def settled(total: float) -> bool:
        chance = gamma_below(each * total + PRIOR, break_even * total)
        return chance >= SURE or chance <= SURELY_NOT

    if hours >= LEAST_HOURS and settled(hours):
        return 0
    low = max(LEAST_HOURS, ceil(hours))
    if settled(low):
        return low * HOUR - seconds
    high = 2 * low
    while not settled(high):
        low, high = high, 2 * high
        if low > FARTHEST + hours:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if settled(middle) else (middle, high)
    return high * HOUR - seconds if high <= FARTHEST + hours else None
