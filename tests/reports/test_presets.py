"""What a check was for, as it is kept and as it is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tracker import locale
from tracker.reports import record_wording


@pytest.fixture
def french() -> Iterator[None]:
    locale.use("fr")
    yield
    locale.use("en")


def test_the_words_of_ones_language_are_kept_in_english(french: None) -> None:
    assert record_wording.read_check_note("Abonnés") == "followers"
    assert record_wording.read_check_note("likes") == "likes"
    assert record_wording.say_check_note("followers") == "abonnés"


def test_own_words_stay_as_they_are() -> None:
    assert record_wording.read_check_note(" likes on the carousel ") == "likes on the carousel"
    assert record_wording.say_check_note("likes on the carousel") == "likes on the carousel"
    assert record_wording.read_check_note("  ") is None
