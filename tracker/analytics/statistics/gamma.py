"""The gamma distribution of scale 1: what is known of a rate after so many events."""

from __future__ import annotations

from math import exp, inf, lgamma, log, sqrt

from tracker.analytics.statistics.poisson import TINY

#: Newton steps and halvings stop here at the latest; they need a dozen.
_STEPS = 400


def gamma_below(shape: float, x: float) -> float:
    """P(G ≤ x): the regularized lower incomplete gamma function P(shape, x). ValueError for a shape of none.

    Its series below the mean, Lentz's continued fraction for the other side above it (Press et al. 2007, ch. 6.2).
    """
    if shape <= 0:
        raise ValueError(f"a gamma shape is above none: {shape}")
    if x <= 0:
        return 0.0
    if x == inf:
        return 1.0
    front = exp(shape * log(x) - x - lgamma(shape))
    return min(1.0, front * _series(shape, x)) if x < shape + 1 else max(0.0, 1.0 - front * _fraction(shape, x))


def _series(shape: float, x: float) -> float:
    total = term = 1.0 / shape
    while term > TINY * total:
        shape += 1.0
        term *= x / shape
        total += term
    return total


def _fraction(shape: float, x: float) -> float:
    tiny = 1e-300
    b = x + 1.0 - shape
    c, d = 1.0 / tiny, 1.0 / b
    value = d
    for step in range(1, 100_000):
        a = -step * (step - shape)
        b += 2.0
        d = a * d + b
        d = 1.0 / (d if abs(d) > tiny else tiny)
        c = b + a / c
        c = c if abs(c) > tiny else tiny
        change = c * d
        value *= change
        if abs(change - 1.0) < 1e-15:
            break
    return value


def gamma_quantile(share: float, shape: float) -> float:
    """The x with P(G ≤ x) = share, for a share from 0 to 1 (ValueError beyond): by halving, which cannot miss."""
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is no share")
    if share == 0:
        return 0.0
    if share == 1:
        return inf
    low, high = 0.0, shape + 10 * sqrt(shape) + 10
    while gamma_below(shape, high) < share:
        low, high = high, 2 * high
    # Small shapes have quantiles of many sizes near 0, so the halving is one of sizes there.
    while low == 0.0:
        middle = high / 16
        if gamma_below(shape, middle) >= share and middle > 1e-300:
            high = middle
        else:
            low = middle
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if gamma_below(shape, middle) < share else (low, middle)
    return (low + high) / 2
