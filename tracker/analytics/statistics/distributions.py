"""Distribution functions with the names and meanings of `scipy.stats`: `cdf` is P(X ≤ x), `sf` P(X > x).

Series and continued fractions are those of Press et al. 2007, *Numerical Recipes*, ch. 6; the terms of the two discrete
distributions are in the saddle-point form of Loader 2000, *Fast and accurate computation of binomial probabilities*.
"""

from __future__ import annotations

from functools import lru_cache
from math import erfc, exp, inf, lgamma, log, log1p, pi, sqrt

#: A series is summed until its terms no longer change a double.
NEGLIGIBLE = 1e-17
#: Stands for zero in a denominator of a continued fraction.
TINY = 1e-300
#: A variance of less than so much above the mean is that of a Poisson count: the shapes would lose their digits.
LIKE_POISSON = 1e-6


def norm_sf(z: float) -> float:
    """P(Z > z) for a standard normal Z."""
    return 0.5 * erfc(z / sqrt(2))


def poisson_sf(k: int, mean: float) -> float:
    """P(X > k) for a Poisson count X with this mean. ValueError for a negative mean.

    About 12 digits are correct, also far into both tails: the smaller tail is summed from its largest term outwards.
    """
    if mean < 0:
        raise ValueError(f"a Poisson mean is not negative: {mean}")
    if k < 0:
        return 1.0
    if mean == 0:
        return 0.0
    total = term = 1.0
    count = k + 1
    if count > mean:
        largest = _poisson_pmf(count, mean)
        while term > NEGLIGIBLE * total:
            count += 1
            term *= mean / count
            total += term
        return min(1.0, largest * total)
    count = k
    while count > 0 and term > NEGLIGIBLE * total:
        term *= count / mean
        count -= 1
        total += term
    return max(0.0, 1.0 - _poisson_pmf(k, mean) * total)


def _poisson_pmf(count: int, mean: float) -> float:
    if count == 0:
        return exp(-mean)
    return exp(-_stirling_error(count) - _deviance(count, mean)) / sqrt(2 * pi * count)


def binomial_sf(k: int, trials: int, share: float) -> float:
    """P(X > k) for X successes among `trials` with the chance `share` each. ValueError for a share outside 0 to 1.

    About 12 digits are correct, as for `poisson_sf`.
    """
    if not 0 <= share <= 1 or trials < 0:
        raise ValueError(f"no binomial count has {trials} trials of chance {share}")
    if k < 0:
        return 1.0
    if k >= trials or share == 0:
        return 0.0
    if share == 1:
        return 1.0
    total = term = 1.0
    count = k + 1
    if count > trials * share:
        largest, odds = _binomial_pmf(count, trials, share), share / (1 - share)
        while count < trials and term > NEGLIGIBLE * total:
            term *= (trials - count) / (count + 1) * odds
            count += 1
            total += term
        return min(1.0, largest * total)
    count, odds = k, (1 - share) / share
    while count > 0 and term > NEGLIGIBLE * total:
        term *= count / (trials - count + 1) * odds
        count -= 1
        total += term
    return max(0.0, 1.0 - _binomial_pmf(k, trials, share) * total)


def _binomial_pmf(count: int, trials: int, share: float) -> float:
    if count == 0:
        return exp(trials * log1p(-share))
    if count == trials:
        return exp(trials * log(share))
    rest = trials - count
    exponent = _stirling_error(trials) - _stirling_error(count) - _stirling_error(rest)
    exponent -= _deviance(count, trials * share) + _deviance(rest, trials * (1 - share))
    return exp(exponent) * sqrt(trials / (2 * pi * count * rest))


def _stirling_error(count: int) -> float:
    """log(count!) − log(√(2π·count)·(count/e)^count)."""
    if count < 16:
        return lgamma(count + 1) - 0.5 * log(2 * pi * count) - count * log(count) + count
    square = 1.0 / (count * count)
    return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / count


def _deviance(count: int, mean: float) -> float:
    """count·log(count/mean) + mean − count; by the series of x − log(1 + x) where the two are close and cancel."""
    excess = (mean - count) / count
    if abs(excess) >= 0.1:
        return count * log(count / mean) + mean - count
    total, power, n = 0.0, excess * excess, 2
    while abs(power) / n > NEGLIGIBLE * abs(total):
        total += power / n if n % 2 == 0 else -power / n
        power *= excess
        n += 1
    return count * total


def negative_binomial_sf(k: int, mean: float, dispersion: float) -> float:
    """P(X > k) for a count X with this mean and the variance `dispersion` · mean; a Poisson count where that is 1.

    It is a Poisson count whose mean is itself a gamma variable, of shape mean / (dispersion − 1). In SciPy's terms
    `nbinom.sf(k, mean / (dispersion - 1), 1 / dispersion)`. ValueError for a negative mean or a dispersion below 1.
    Johnson, Kemp & Kotz 2005, *Univariate Discrete Distributions*, ch. 5.
    """
    if mean < 0 or dispersion < 1:
        raise ValueError(f"no negative binomial count has the mean {mean} and {dispersion} times its variance")
    if dispersion - 1 < LIKE_POISSON:
        return poisson_sf(k, mean)
    if k < 0:
        return 1.0
    if mean == 0:
        return 0.0
    return beta_cdf(1 - 1 / dispersion, a=k + 1, b=mean / (dispersion - 1))


def gamma_cdf(x: float, *, shape: float) -> float:
    """P(G ≤ x) for a gamma variable G of this shape and scale 1. ValueError for a shape that is not above 0.

    A series below the mean, Lentz's continued fraction for the other side above it.
    """
    if shape <= 0:
        raise ValueError(f"a gamma shape is above none: {shape}")
    if x <= 0:
        return 0.0
    if x == inf:
        return 1.0
    front = exp(shape * log(x) - x - lgamma(shape))
    if x >= shape + 1:
        return max(0.0, 1.0 - front * _gamma_fraction(shape, x))
    total = term = 1.0 / shape
    while term > NEGLIGIBLE * total:
        shape += 1.0
        term *= x / shape
        total += term
    return min(1.0, front * total)


def _gamma_fraction(shape: float, x: float) -> float:
    b = x + 1.0 - shape
    c, d = 1.0 / TINY, 1.0 / b
    value = d
    for step in range(1, 100_000):
        a = -step * (step - shape)
        b += 2.0
        d = 1.0 / _not_zero(a * d + b)
        c = _not_zero(b + a / c)
        value *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return value


@lru_cache(maxsize=256)  # channels without a lead all ask for the same two
def gamma_ppf(share: float, *, shape: float) -> float:
    """The x with P(G ≤ x) = share, by bisection. ValueError for a share outside 0 to 1."""
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is no share")
    if share in (0, 1):
        return inf if share else 0.0
    low, high = 0.0, shape + 10 * sqrt(shape) + 10
    while gamma_cdf(high, shape=shape) < share:
        low, high = high, 2 * high
    # Small shapes have quantiles of many magnitudes near 0: first find the magnitude, then halve.
    while low == 0.0:
        middle = high / 16
        if gamma_cdf(middle, shape=shape) >= share and middle > TINY:
            high = middle
        else:
            low = middle
    while (middle := (low + high) / 2) not in (low, high):
        low, high = (middle, high) if gamma_cdf(middle, shape=shape) < share else (low, middle)
    return (low + high) / 2


def beta_cdf(x: float, *, a: float, b: float) -> float:
    """P(B ≤ x) for B of Beta(a, b). ValueError for a shape that is not above 0.

    Lentz's continued fraction on the side of the mean where it converges fast.
    """
    if a <= 0 or b <= 0:
        raise ValueError(f"beta shapes are above none: {a}, {b}")
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return min(1.0, front * _beta_fraction(a, b, x) / a)
    return max(0.0, 1.0 - front * _beta_fraction(b, a, 1 - x) / b)


def student_sf(t: float, degrees: float) -> float:
    """P(T > t) for Student's T with so many degrees of freedom, which need not be whole; by `beta_cdf`."""
    tail = beta_cdf(degrees / (degrees + t * t), a=degrees / 2, b=0.5) / 2
    return tail if t > 0 else 1.0 - tail


def _beta_fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 100_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for coefficient in (even, odd):
            d = 1 / _not_zero(1 + coefficient * d)
            c = _not_zero(1 + coefficient / c)
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def probability_rate_greater(shape: float, hours: float, other_shape: float, other_hours: float) -> float:
    """P(λ₁ > λ₂) for independent rates an hour, λ₁ of Gamma(shape, hours) and λ₂ of Gamma(other_shape, other_hours).

    X₁/(X₁ + X₂) of two gamma variables of one scale is Beta(shape, other_shape), and λ₁ > λ₂ where it is above
    hours/(hours + other_hours). ValueError without hours.
    """
    if hours <= 0 or other_hours <= 0:
        raise ValueError("no time, no rate")
    return beta_cdf(other_hours / (hours + other_hours), a=other_shape, b=shape)
