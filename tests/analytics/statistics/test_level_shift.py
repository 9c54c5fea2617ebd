"""Two levels of a series whose values resemble the one before, against least squares and SciPy's t."""

from __future__ import annotations

import math
from random import Random

import pytest

from tracker.analytics.exact_statistics import LEAST_R, level_shift, student_sf

np = pytest.importorskip("numpy")
stats = pytest.importorskip("scipy.stats")


@pytest.mark.parametrize("degrees", [1, 2.5, 7, 30, 400])
def test_students_tail_is_scipys(degrees: float) -> None:
    for t in (-4.0, -0.3, 0.0, 0.5, 2.0, 6.0):
        assert student_sf(t, degrees) == pytest.approx(stats.t.sf(t, degrees), rel=1e-9)


@pytest.mark.parametrize("late", [10, 14])
def test_without_resemblance_it_is_least_squares_with_the_least_inflation(late: int) -> None:
    random = Random(late)
    kinds = [day % 7 >= 5 for day in range(60)]
    # Neighbours that go up and down in turn: r is negative, so LEAST_R is taken.
    values = [random.gauss(0, 0.1) + 0.5 * (-1) ** day + 0.3 * kind for day, kind in enumerate(kinds)]
    after = [float(day >= 60 - late) for day in range(60)]
    design = np.column_stack([np.ones(60), after, np.array(kinds, float)])
    solution, squares, _rank, _values = np.linalg.lstsq(design, np.array(values), rcond=None)
    difference, p = level_shift(values, late, kinds)
    assert difference == pytest.approx(solution[1])
    inflation = (1 + LEAST_R) / (1 - LEAST_R)
    error = math.sqrt(squares[0] / 57 * inflation * (1 / late + 1 / (60 - late)))
    assert p == pytest.approx(stats.t.sf(difference / error, 60 / inflation - 2))


def test_values_that_resemble_the_one_before_tell_less() -> None:
    random = Random(1)
    value, resembling = 0.0, []
    for day in range(63):
        value = 0.8 * value + random.gauss(0, 0.6)
        resembling.append(value + (day >= 49))
    kinds = [False] * 63
    mixed = resembling[:49], resembling[49:]
    for half in mixed:
        random.shuffle(half)
    assert level_shift(resembling, 14, kinds)[1] > level_shift([*mixed[0], *mixed[1]], 14, kinds)[1]


def test_by_chance_days_that_resemble_each_other_are_rarely_surely_higher() -> None:
    random = Random(7)
    wrong = 0
    for _series in range(400):
        value, series = random.gauss(0, 0.4), []
        for _day in range(63):
            series.append(value)
            value = 0.5 * value + random.gauss(0, 0.4 * math.sqrt(0.75))
        wrong += level_shift(series, 14, [day % 7 >= 5 for day in range(63)])[1] < 0.005
    assert wrong <= 6


def test_levels_without_any_spread_are_sure() -> None:
    assert level_shift([1.0] * 20 + [2.0] * 10, 10, [False] * 30) == (1.0, 0.0)
    assert level_shift([1.0] * 30, 10, [False] * 30) == (0.0, 1.0)
    with pytest.raises(ValueError, match="four values"):
        level_shift([1.0] * 30, 3, [False] * 30)
