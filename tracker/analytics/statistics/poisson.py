"""The tail of a Poisson count."""

from __future__ import annotations

from math import exp, lgamma, log, log1p, pi, sqrt

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
    return exp(-stirling_error(count) - deviance(count, mean)) / sqrt(2 * pi * count)


def stirling_error(count: int) -> float:
    """log(count!) − log(√(2π·count)·(count/e)^count)."""
    if count < 16:
        return lgamma(count + 1) - 0.5 * log(2 * pi * count) - count * log(count) + count
    square = 1.0 / (count * count)
    return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / count


def deviance(count: int, mean: float) -> float:
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
