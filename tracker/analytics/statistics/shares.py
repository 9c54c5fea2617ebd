"""Shares: Wilson's interval, the tail of a binomial count, and whether one share is larger than another."""

from __future__ import annotations

from math import erfc, exp, log, log1p, pi, sqrt

from tracker.analytics.statistics.poisson import TINY, deviance, stirling_error

#: Two-sided 95 % quantile of the normal distribution.
Z95 = 1.959963984540054


def wilson(successes: float, trials: float, z: float = Z95) -> tuple[float, float]:
    """Wilson's interval of a share, 95 % by default; (0, 1) without a trial.

    Wilson 1927, J. Am. Stat. Assoc. 22: the shares p with |successes/trials − p| ≤ z·√(p(1 − p)/trials). Trials that
    depend on each other count as fewer, in parts of one: both counts divided by their `design_effect`.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no share")
    if trials == 0:
        return 0.0, 1.0
    return _wilson_low(successes, trials, z), 1.0 - _wilson_low(trials - successes, trials, z)


def _wilson_low(successes: float, trials: float, z: float) -> float:
    # The two bounds are the roots of one quadratic: the small one is had from the large one, where nothing cancels.
    share, square = successes / trials, z * z / trials
    high = share + square / 2 + sqrt(square * share * (1 - share) + square * square / 4)
    return share * share / high if successes else 0.0


def binomial_tail(count: int, trials: int, share: float) -> float:
    """P(X ≥ count) for X binomial, with about 12 correct digits far into both tails.

    The smaller side is summed from its largest term outwards, as `poisson_tail` does. ValueError for no share.
    """
    if not 0 <= share <= 1 or trials < 0:
        raise ValueError(f"no binomial count has {trials} trials of chance {share}")
    if count <= 0:
        return 1.0
    if count > trials or share == 0:
        return 0.0
    if share == 1:
        return 1.0
    if count > trials * share:
        return min(1.0, _term(count, trials, share) * _series_up(count, trials, share))
    return max(0.0, 1.0 - _term(count - 1, trials, share) * _series_down(count - 1, trials, share))


def _series_up(count: int, trials: int, share: float) -> float:
    odds = share / (1 - share)
    total = term = 1.0
    while count < trials and term > TINY * total:
        term *= (trials - count) / (count + 1) * odds
        count += 1
        total += term
    return total


def _series_down(count: int, trials: int, share: float) -> float:
    odds = (1 - share) / share
    total = term = 1.0
    while count > 0 and term > TINY * total:
        term *= count / (trials - count + 1) * odds
        count -= 1
        total += term
    return total


def _term(count: int, trials: int, share: float) -> float:
    """P(X = count), in the saddle-point form of Loader 2000."""
    if count == 0:
        return exp(trials * log1p(-share))
    if count == trials:
        return exp(trials * log(share))
    rest = trials - count
    exponent = stirling_error(trials) - stirling_error(count) - stirling_error(rest)
    exponent -= deviance(count, trials * share) + deviance(rest, trials * (1 - share))
    return exp(exponent) * sqrt(trials / (2 * pi * count * rest))


def normal_tail(z: float) -> float:
    """P(Z ≥ z) for a standard normal Z."""
    return 0.5 * erfc(z / sqrt(2))


def more_often(successes: int, trials: int, other_successes: int, other_trials: int) -> float:
    """The one-sided p that the first share is the larger one: two proportions with their pooled variance.

    Fleiss, Levin & Paik 2003, *Statistical Methods for Rates and Proportions*, ch. 3. 1 without trials on both sides.
    """
    if not trials or not other_trials:
        return 1.0
    pooled = (successes + other_successes) / (trials + other_trials)
    variance = pooled * (1 - pooled) * (1 / trials + 1 / other_trials)
    if variance <= 0:
        return 1.0
    return normal_tail((successes / trials - other_successes / other_trials) / sqrt(variance))
