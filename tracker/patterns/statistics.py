"""Small exact statistics. SciPy would triple the install; it is the oracle of the tests instead."""

from __future__ import annotations

from math import exp, lgamma, log, log1p, pi, sqrt

#: Two-sided 95 % quantile of the normal distribution.
Z95 = 1.959963984540054

#: A series is summed until its terms no longer change a double.
TINY = 1e-17


def poisson_tail(count: int, mean: float) -> float:
    """P(X ≥ count) for X Poisson with this mean, with about 12 correct digits far into both tails.

    The side of the distribution that is smaller is summed, from its largest term outwards, so a tail of 1e-200 is as
    exact as one of 0.3.
    """
    if mean < 0:
        raise ValueError(f"a Poisson mean is not negative: {mean}")
    if count <= 0:
        return 1.0
    if mean == 0:
        return 0.0
    if count > mean:
        return min(1.0, _poisson_term(count, mean) * _series_up(count, mean))
    return max(0.0, 1.0 - _poisson_term(count - 1, mean) * _series_down(count - 1, mean))


def _series_up(count: int, mean: float) -> float:
    """Σ P(X = count + i) / P(X = count) over i ≥ 0, for count > mean."""
    total = term = 1.0
    while term > TINY * total:
        count += 1
        term *= mean / count
        total += term
    return total


def _series_down(count: int, mean: float) -> float:
    """Σ P(X = count − i) / P(X = count) over i ≥ 0, for count < mean."""
    total = term = 1.0
    while count > 0 and term > TINY * total:
        term *= count / mean
        count -= 1
        total += term
    return total


def _poisson_term(count: int, mean: float) -> float:
    """P(X = count). Saddle-point form (Loader 2000), because count·log(mean) loses digits where both are large."""
    if count == 0:
        return exp(-mean)
    return exp(-_stirling_error(count) - _deviance(count, mean)) / sqrt(2 * pi * count)


def _stirling_error(count: int) -> float:
    """log(count!) − log(√(2π·count)·(count/e)^count)."""
    if count < 16:
        return lgamma(count + 1) - 0.5 * log(2 * pi * count) - count * log(count) + count
    square = 1.0 / (count * count)
    return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / count


def _deviance(count: int, mean: float) -> float:
    """count·log(count/mean) + mean − count, without cancellation where the two are close."""
    excess = (mean - count) / count
    if abs(excess) < 0.1:
        return count * _minus_log1p(excess)
    return count * log(count / mean) + mean - count


def _minus_log1p(x: float) -> float:
    """x − log(1 + x) for small |x|, by its series where the difference would cancel."""
    if abs(x) > 0.1:
        return x - log1p(x)
    total, power, n = 0.0, x * x, 2
    while abs(power) / n > TINY * abs(total):
        total += power / n if n % 2 == 0 else -power / n
        power *= x
        n += 1
    return total


def wilson(successes: int, trials: int, z: float = Z95) -> tuple[float, float]:
    """Wilson's interval of a share, 95 % by default; (0, 1) without a trial.

    Wilson 1927, J. Am. Stat. Assoc. 22: the shares p with |successes/trials − p| ≤ z·√(p(1 − p)/trials).
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no share")
    if trials == 0:
        return 0.0, 1.0
    return _wilson_low(successes, trials, z), 1.0 - _wilson_low(trials - successes, trials, z)


def wilson_lower(successes: int, trials: int, z: float = Z95) -> float:
    """W(k, n): the lower bound of `wilson`."""
    return wilson(successes, trials, z)[0]


def _wilson_low(successes: int, trials: int, z: float) -> float:
    # The two bounds are the roots of one quadratic: the small one is had from the large one, where nothing cancels.
    share, square = successes / trials, z * z / trials
    high = share + square / 2 + sqrt(square * share * (1 - share) + square * square / 4)
    return share * share / high if successes else 0.0
