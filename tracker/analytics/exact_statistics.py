"""Small exact statistics, pure functions: samples, distributions, tests of significance.

SciPy would triple the install, and the standard library's `statistics` takes as long to import as all patterns
together; the tests compare with SciPy instead, whose names these have: `cdf` is P(X ≤ x), `sf` P(X > x). Series and
continued fractions are those of Press et al. 2007, *Numerical Recipes*, ch. 6.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from math import comb, erfc, exp, gcd, inf, lcm, lgamma, log, log1p, sqrt
from operator import mul

#: Two-sided 95 % and 99 % quantiles of the normal distribution.
Z95, Z99 = 1.959963984540054, 2.5758293035489004
#: A series is summed until its terms no longer change a double.
NEGLIGIBLE = 1e-17
#: Stands for zero in a denominator of a continued fraction.
TINY = 1e-300
#: A variance of less than so much above the mean is that of a Poisson count: the shapes would lose their digits.
LIKE_POISSON = 1e-6
#: Mann–Whitney's p is exact up to so many values of both groups together, and normal beyond.
EXACT = 50
#: How much values are taken to resemble the one before, at least and at most: of six weeks that is known to a tenth.
LEAST_R, MOST_R = 0.2, 0.9


def median(values: Iterable[float]) -> float:
    """The middle value, or the mean of the middle two. ValueError for no values."""
    ordered = sorted(values)
    count = len(ordered)
    if not count:
        raise ValueError("nothing has no median")
    return ordered[count // 2] if count % 2 else (ordered[count // 2 - 1] + ordered[count // 2]) / 2


def wilson_interval(successes: float, trials: float, z: float = Z95) -> tuple[float, float]:
    """Wilson's interval of a share, 95 % by default; (0, 1) for no trials. ValueError where successes exceed trials.

    Wilson 1927, J. Am. Stat. Assoc. 22: the shares p with |successes/trials − p| ≤ z·√(p(1 − p)/trials). Counts may be
    fractions: trials that depend on each other are divided by their `design_effect`, and so are their successes.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no share")
    if trials == 0:
        return 0.0, 1.0
    return _wilson_low(successes, trials, z), 1.0 - _wilson_low(trials - successes, trials, z)


def _wilson_low(successes: float, trials: float, z: float) -> float:
    # The bounds are the roots of one quadratic: the small root comes from the large one, which loses no digits.
    share, square = successes / trials, z * z / trials
    high = share + square / 2 + sqrt(square * share * (1 - share) + square * square / 4)
    return share * share / high if successes else 0.0


def dispersion(table: Sequence[Sequence[int]]) -> float:
    """χ² over its degrees of freedom, of a table of counts: how many times as uneven as by chance it is; 1 at least.

    Rows and columns may differ from each other: only what remains within the table is measured. 1 also for a table
    without degrees of freedom. McCullagh & Nelder 1989, *Generalized Linear Models*, ch. 4.5 and 6.2.
    """
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    total = sum(rows)
    degrees = (sum(map(bool, rows)) - 1) * (sum(map(bool, columns)) - 1)
    if total == 0 or degrees <= 0:
        return 1.0
    # Σ (counted − expected)² / expected, with expected = row · column / total.
    squares: float = sum(
        count * count / (row * column)
        for counts, row in zip(table, rows, strict=True)
        for count, column in zip(counts, columns, strict=True)
        if count
    )
    return max(total * (squares - 1.0) / degrees, 1.0)


def design_effect(clusters: Iterable[tuple[int, int]]) -> float:
    """How many times the variance of a share is that of independent trials, from (successes, trials) of each day.

    At least 1; also 1 for fewer than two days, and where the share is 0 or 1. The ratio estimator of cluster sampling
    over the binomial variance (Cochran 1977, *Sampling Techniques*, ch. 9), times 1 + 2.42 / (days − 1): the variance
    between days is an estimate, so the interval is Student's, and the factor is how much wider that is, squared.
    """
    days = [(part, size) for part, size in clusters if size]
    trials = sum(size for _part, size in days)
    share = sum(part for part, _size in days) / trials if trials else 0.0
    if len(days) < 2 or not 0 < share < 1:
        return 1.0
    squares = sum((part - share * size) ** 2 for part, size in days) * len(days) / (len(days) - 1)
    return max(squares / (share * (1 - share) * trials) * (1 + 2.42 / (len(days) - 1)), 1.0)


def burstiness(gaps: Sequence[int]) -> float:
    """Bₙ of the gaps between events, in whole seconds: −1 regular, 0 by chance, near 1 all in bursts.

    ValueError below two gaps, or if all are 0. Goh & Barabási 2008 (doi:10.1209/0295-5075/81/48002), corrected for few
    gaps by Kim & Jo 2016 (doi:10.1103/PhysRevE.94.032311): with r = σ/μ,
    ((√(n+1)·r − √(n−1)) / ((√(n+1) − 2)·r + √(n−1))).
    """
    count, total = len(gaps), sum(gaps)
    if count < 2 or total <= 0:
        raise ValueError("burstiness wants two gaps or more, not all of them none")
    ratio = sqrt(count * sum(map(mul, gaps, gaps)) - total * total) / total
    return (sqrt(count + 1) * ratio - sqrt(count - 1)) / ((sqrt(count + 1) - 2) * ratio + sqrt(count - 1))


def memory(gaps: Sequence[int]) -> float:
    """M: the correlation of each gap with the next; 0 where the gaps do not vary. ValueError below three gaps."""
    if len(gaps) < 3:
        raise ValueError("memory wants three gaps or more")
    pairs, total, squares = len(gaps) - 1, sum(gaps), sum(map(mul, gaps, gaps))
    first, second = total - gaps[-1], total - gaps[0]
    variance_first = pairs * (squares - gaps[-1] ** 2) - first**2
    variance_second = pairs * (squares - gaps[0] ** 2) - second**2
    covariance = pairs * sum(map(mul, gaps, islice(gaps, 1, None))) - first * second
    return covariance / sqrt(variance_first * variance_second) if variance_first and variance_second else 0.0


def norm_sf(z: float) -> float:
    """P(Z > z) for a standard normal Z."""
    return 0.5 * erfc(z / sqrt(2))


def poisson_sf(k: int, mean: float) -> float:
    """P(X > k) for a Poisson count X with this mean. ValueError for a negative mean."""
    if mean < 0:
        raise ValueError(f"a Poisson mean is not negative: {mean}")
    return 1.0 if k < 0 else gamma_cdf(mean, shape=k + 1)


def binomial_sf(k: int, trials: int, share: float) -> float:
    """P(X > k) for X successes among `trials` with the chance `share` each. ValueError for a share outside 0 to 1."""
    if not 0 <= share <= 1 or trials < 0:
        raise ValueError(f"no binomial count has {trials} trials of chance {share}")
    if k < 0 or k >= trials:
        return 1.0 if k < 0 else 0.0
    return beta_cdf(share, a=k + 1, b=trials - k)


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
    if k < 0 or mean == 0:
        return float(k < 0)
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


def rate_ratio(strata: Iterable[tuple[float, float, float, float]]) -> tuple[float, float]:
    """(logarithm, variance of it) of the ratio of two rates of events, over strata of (events, time, events, time).

    The ratio of Mantel and Haenszel for person-time, with the variance of Greenland & Robins 1985, *Biometrics* 41;
    Rothman, Greenland & Lash 2008, *Modern Epidemiology*, ch. 15. Half an event on each side stands for none, so that
    the logarithm is a number; strata without time on either side tell nothing.
    """
    above = below = variance = 0.0
    for events, time, other_events, other_time in strata:
        both = time + other_time
        if both > 0:
            above += events * other_time / both
            below += other_events * time / both
            variance += (events + other_events) * time * other_time / both**2
    if not above or not below:
        above, below, variance = above + 0.5, below + 0.5, variance + 0.5
    return log(above / below), variance / (above * below)


def mann_whitney_u(values: Sequence[float], others: Sequence[float]) -> float:
    """The one-sided p of Mann–Whitney's test that `values` tend to be larger than `others`; 1 for an empty group.

    It is the chance that as many of all values, drawn at random, have at least as large a sum of ranks.
    """
    return van_elteren([(values, others)])


def van_elteren(strata: Iterable[tuple[Sequence[float], Sequence[float]]]) -> float:
    """The one-sided p that, within strata, `values` tend to be larger than `others`: strata of (values, others).

    Mann–Whitney's rank sums, each divided by one more than its stratum's number of values, are added up (van Elteren
    1960, *Bull. Inst. Int. Stat.* 37). p is the chance of at least that sum where as many of each stratum are drawn at
    random; equal values share their mean rank. Exact up to EXACT values, beyond normal with the variance corrected for
    ties. 1 where no stratum has both groups.
    """
    compared = [(values, others) for values, others in strata if values and others]
    everyone = sum(len(values) + len(others) for values, others in compared)
    if not everyone:
        return 1.0
    # Doubled ranks are whole numbers, and so are they times `unit` over a stratum's number of values and one.
    unit = lcm(*(len(values) + len(others) + 1 for values, others in compared))
    sums = {0: 1}
    reached = mean = variance = 0.0
    for values, others in compared:
        count, total = len(values), len(values) + len(others)
        ranks, step = _doubled_ranks((*values, *others)), unit // (total + 1)
        reached += sum(ranks[:count]) * step
        if everyone > EXACT:
            mean += count / 2
            middle = sum(ranks) / total
            spread = sum((rank - middle) ** 2 for rank in ranks) / 4 / (total - 1)
            variance += count * (total - count) / total * spread / (total + 1) ** 2
            continue
        combined: defaultdict[int, int] = defaultdict(int)
        stratum = _sums_of(tuple(sorted(ranks)), count)
        for before, ways in sums.items():
            for more, others_ways in stratum.items():
                combined[before + more * step] += ways * others_ways
        sums = combined
    if everyone > EXACT:
        return norm_sf((reached / (2 * unit) - mean) / sqrt(variance)) if variance > 0 else 1.0
    return sum(ways for value, ways in sums.items() if value >= reached) / sum(sums.values())


def _doubled_ranks(values: Sequence[float]) -> list[int]:
    """Twice the rank of each value, so that a mean rank shared by two is a whole number."""
    counts = Counter(values)
    doubled: dict[float, int] = {}
    before = 0
    for value in sorted(counts):
        doubled[value] = 2 * before + counts[value] + 1
        before += counts[value]
    return [doubled[value] for value in values]


@lru_cache(maxsize=8)  # where few values are equal, groups of the same sizes mostly have the same ranks
def _sums_of(ranks: tuple[int, ...], size: int) -> dict[int, int]:
    """In how many ways `size` of the ranks, ascending, have each sum (the shift algorithm of Streitberg & Röhmel 1986).

    `ways[n]` is one long integer of digits of `width` bytes: digit s counts the choices of n ranks with the sum s.
    Adding a rank to the choices of n − 1 shifts their digits by the rank. Sums are counted in steps of what all ranks
    are multiples of: of 2 where no values are equal.
    """
    width, step = comb(len(ranks), size).bit_length() // 8 + 1, gcd(*ranks)
    ways = [1] + [0] * size
    for rank in ranks:
        for count in range(size, 0, -1):
            ways[count] += ways[count - 1] << 8 * width * (rank // step)
    digits = ways[size].to_bytes((sum(ranks[-size:]) // step + 1) * width, "little")
    counts = (int.from_bytes(digits[place : place + width], "little") for place in range(0, len(digits), width))
    return {steps * step: count for steps, count in enumerate(counts) if count}


def level_shift(values: Sequence[float], late: int, kinds: Sequence[bool]) -> tuple[float, float]:
    """By how much the mean of the last `late` values of a series is above that of those before, and its one-sided p.

    Student's t of two means, after the mean difference between values of either kind is taken off (working days and
    weekends, say). Values that resemble the one before tell less: the variance of the difference is (1 + r)/(1 − r)
    times that of independent values, and the degrees of freedom are as many times fewer (Bartlett 1935; Zwiers &
    von Storch 1995). r is the lag-1 correlation of what either two levels or a straight line leave over, whichever
    leaves less of it, with its bias of −(1 + 3r)/n taken off; LEAST_R at least. ValueError for fewer than four values
    on either side.
    """
    count = len(values)
    before = count - late
    if min(before, late) < 4:
        raise ValueError("two levels want four values or more each")
    halves = slice(0, before), slice(before, count)
    weights = [_centred(list(map(float, kinds[half]))) for half in halves]
    spread = sum(weight * weight for half in weights for weight in half)
    products = sum(sum(map(mul, some, values[half])) for half, some in zip(halves, weights, strict=True))
    effect = products / spread if spread else 0.0
    adjusted = [value - effect * kind for value, kind in zip(values, kinds, strict=True)]
    difference = sum(adjusted[halves[1]]) / late - sum(adjusted[halves[0]]) / before
    residuals = [*_centred(adjusted[halves[0]]), *_centred(adjusted[halves[1]])]
    squares = sum(residual * residual for residual in residuals)
    if squares <= 1e-12 * max(count, sum(value * value for value in values)):
        return difference, 0.0 if difference > 0 else 1.0
    r = max(min(_lag_1_correlation(residuals), _lag_1_correlation(_line_residuals(adjusted))), LEAST_R)
    inflation = (1 + r) / (1 - r)
    t = difference / sqrt(squares / (count - 3) * inflation * (1 / late + 1 / before))
    return difference, student_sf(t, max(count / inflation - 2, 3.0))


def _centred(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    return [value - mean for value in values]


def _line_residuals(values: Sequence[float]) -> list[float]:
    """The residuals of the least-squares line."""
    steps, centred = _centred(range(len(values))), _centred(values)
    slope = sum(map(mul, steps, centred)) / sum(step * step for step in steps)
    return [value - slope * step for value, step in zip(centred, steps, strict=True)]


def _lag_1_correlation(residuals: Sequence[float]) -> float:
    """The lag-1 correlation of residuals, without its bias; at most MOST_R."""
    squares = sum(residual * residual for residual in residuals)
    if not squares:
        return 0.0
    r: float = sum(map(mul, residuals, residuals[1:])) / squares
    return min(r + (1 + 3 * r) / len(residuals), MOST_R)
