"""The beta distribution: which of two rates is the higher, after so many events of each."""

from __future__ import annotations

from math import exp, lgamma, log, log1p

_TINY = 1e-300


def beta_below(a: float, b: float, x: float) -> float:
    """P(B ≤ x) for B of Beta(a, b): the regularized incomplete beta function. ValueError for a shape of none.

    Lentz's continued fraction on the side of the mean where it converges fast (Press et al. 2007, ch. 6.4).
    """
    if a <= 0 or b <= 0:
        raise ValueError(f"beta shapes are above none: {a}, {b}")
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return min(1.0, front * _fraction(a, b, x) / a)
    return max(0.0, 1.0 - front * _fraction(b, a, 1 - x) / b)


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, _away_from_none(1 - (a + b) * x / (a + 1))
    d = 1 / d
    value = d
    for m in range(1, 100_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / _away_from_none(1 + step * d)
            c = _away_from_none(1 + step / c)
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value


def _away_from_none(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def higher(shape: float, hours: float, other_shape: float, other_hours: float) -> float:
    """P(λ₁ > λ₂) for rates known as Gamma(shape, hours) and Gamma(other_shape, other_hours), independent.

    X₁/(X₁ + X₂) of two gammas of one scale is Beta(shape, other_shape), and λ₁ > λ₂ where it is above
    hours/(hours + other_hours). ValueError without hours.
    """
    if hours <= 0 or other_hours <= 0:
        raise ValueError("no time, no rate")
    return beta_below(other_shape, shape, other_hours / (hours + other_hours))
