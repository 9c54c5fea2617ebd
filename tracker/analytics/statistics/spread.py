"""How much more unevenly counts are spread than those of chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def spread(table: Sequence[Sequence[int]]) -> float:
    """χ² over its degrees of freedom, of a table of counts: how many times as uneven as chance it is; 1 at least.

    Rows and columns may differ from each other as they like: what is measured is what remains within. 1 too for a table
    that leaves nothing free. McCullagh & Nelder 1989, *Generalized Linear Models*, ch. 4.5 and 6.2.
    """
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    total = sum(rows)
    free = (sum(map(bool, rows)) - 1) * (sum(map(bool, columns)) - 1)
    if total == 0 or free <= 0:
        return 1.0
    # Σ (counted − expected)² / expected, with expected = row · column / total.
    squares: float = sum(
        count * count / (row * column)
        for counts, row in zip(table, rows, strict=True)
        for count, column in zip(counts, columns, strict=True)
        if count
    )
    return max(total * (squares - 1.0) / free, 1.0)


def design_effect(pairs: Sequence[Sequence[int]]) -> float:
    """How many times the variance of a share is that of independent ones, from (successes, trials) by day; 1 at least.

    The ratio estimator of cluster sampling against the binomial variance (Cochran 1977, *Sampling Techniques*, ch. 9),
    times 1 + 2.42 / (days − 1): the days' own variance is an estimate, so the interval is Student's, and that is how
    much wider it is, squared. 1 for fewer than two days, and where the share is none or all.
    """
    days = [(part, whole) for part, whole in pairs if whole]
    trials = sum(whole for _part, whole in days)
    share = sum(part for part, _whole in days) / trials if trials else 0.0
    if len(days) < 2 or not 0 < share < 1:
        return 1.0
    squares = sum((part - share * whole) ** 2 for part, whole in days) * len(days) / (len(days) - 1)
    return max(squares / (share * (1 - share) * trials) * (1 + 2.42 / (len(days) - 1)), 1.0)
