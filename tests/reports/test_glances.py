"""What a check was for, as it is kept and as it is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tracker import locale
from tracker.reports import glances


@pytest.fixture
def french() -> Iterator[None]:
    locale.use("fr")
    yield
    locale.use("en")


def test_the_words_of_ones_language_are_kept_in_english(french: None) -> None:
    assert glances.read("Abonnés") == "followers"
    assert glances.read("likes") == "likes"
    assert glances.said("followers") == "abonnés"


def test_own_words_stay_as_they_are() -> None:
    assert glances.read(" likes on the carousel ") == "likes on the carousel"
    assert glances.said("likes on the carousel") == "likes on the carousel"
    assert glances.read("  ") is None
