"""Sentences, labels and counted nouns in both languages."""

from __future__ import annotations

import pytest

from tracker import locale
from tracker.formatting.text import (
    as_sentence,
    capitalized,
    format_checks,
    format_simultaneous,
    format_talks,
    in_quotation_marks,
    join_phrases,
    labelled,
)


def test_labels_have_the_readers_colon() -> None:
    assert labelled("O", "a study") == "O: a study"
    with locale.speaking("fr"):
        assert labelled("O", "étude") == "O\u202f: étude"


def test_quotations_have_the_readers_marks() -> None:
    assert in_quotation_marks("a") == "“a”"
    with locale.speaking("fr"):
        assert in_quotation_marks("a") == "«\u202fa\u202f»"


@pytest.mark.parametrize(
    ("text", "sentence"), [("a b", "A b."), ("A b.", "A b."), ("why?", "Why?"), ("and …", "And …"), ("", "")]
)
def test_a_sentence(text: str, sentence: str) -> None:
    assert as_sentence(text) == sentence
    assert capitalized(text) == sentence[:1] + text[1:]


def test_phrases_that_say_nothing_are_left_out() -> None:
    assert join_phrases("stopped", "", "2 checks") == "stopped; 2 checks"


def test_checks_against_a_limit() -> None:
    assert [format_checks(12), format_checks(1), format_checks(12, 40), format_checks(41, 40)] == [
        *("12 checks", "1 check", "12 of 40 checks", "▲ 41 of 40 checks")
    ]


def test_talks_by_ring() -> None:
    assert format_talks({"building": 2, "street": 1, "city": 0}, 2) == "3 talks with 2 people: building 2, street 1"
    assert format_talks({"street": 1}, None) == "1 talk: street 1"


def test_time_on_two_channels_is_shortened_where_there_is_no_room() -> None:
    assert (format_simultaneous(59), format_simultaneous(180)) == ("", "3m on 2 channels at once, counted once")
    assert format_simultaneous(180, 30) == "3m on 2 channels at once"
