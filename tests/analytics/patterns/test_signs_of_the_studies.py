"""Sign flips: every combination by hand, SciPy's permutation test, and where counting gives way to the normal."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.studies.signs import EXACT, sign_flip


def test_six_that_all_lean_up_do_so_in_one_of_sixty_four() -> None:
    assert sign_flip([1, 2, 3, 4, 5, 6]) == 1 / 64
    assert sign_flip([30] * 5 + [-30]) == 7 / 64
    assert sign_flip([-1] * 6) == 1


@given(st.lists(st.integers(-50, 50), max_size=10))
def test_it_is_the_share_of_all_signs_with_as_large_a_sum(differences: list[int]) -> None:
    sizes = [abs(one) for one in differences]
    sums = [
        sum(sign * size for sign, size in zip(signs, sizes, strict=True))
        for signs in product((1, -1), repeat=len(sizes))
    ]
    truth = sum(one >= sum(differences) for one in sums) / len(sums)
    assert sign_flip(differences) == pytest.approx(truth, rel=1e-12)


@settings(max_examples=10)
@given(st.lists(st.floats(-100, 100).filter(lambda one: abs(one) > 1e-3), min_size=2, max_size=10))
def test_it_is_scipys_permutation_test(differences: list[float]) -> None:
    stats = pytest.importorskip("scipy.stats")
    truth = stats.permutation_test(
        (differences,), sum, permutation_type="samples", alternative="greater", n_resamples=float("inf")
    )
    assert sign_flip(differences) == pytest.approx(float(truth.pvalue), rel=1e-9)


def test_counting_gives_way_to_the_normal_without_a_leap() -> None:
    random = Random(5)
    for lean in (-0.2, 0.0, 0.3, 0.6):
        few = [random.gauss(lean) for _ in range(EXACT)]
        many = [*few, 1e-9]
        assert sign_flip(many) == pytest.approx(sign_flip(few), abs=0.02)


def test_days_that_do_not_differ_say_nothing() -> None:
    assert sign_flip([]) == sign_flip([0.0, 0.0]) == 1
    assert sign_flip([5, 0, 0]) == sign_flip([5]) == 0.5
