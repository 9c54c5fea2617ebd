"""What a sample says: its median, the interval of a share, how unevenly counts are spread, how gaps follow each other.

The standard library's `statistics` is not used: importing it costs as much as all patterns take together.
"""

from __future__ import annotations

from itertools import islice
from math import sqrt
from operator import mul

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Two-sided 95 % and 99 % quantiles of the normal distribution.
Z95, Z99 = 1.959963984540054, 2.5758293035489004


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
