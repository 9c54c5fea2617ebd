"""Verdicts and what was spent: one verdict a week, each change one step, and back again."""

from __future__ import annotations

import pytest

from tests.conftest import NOW
from tests.storage.files import PARIS, dump
from tracker.domain.models import TrackerError
from tracker.storage import Journal, channels, spend, undo, verdicts

WEEK = "2026-W48"


def test_a_verdict_is_given_and_found(journal: Journal) -> None:
    given = verdicts.give(journal, WEEK, "linkedin", "cut", computed="stop", now=NOW, why="one post a week brings work")
    contact = verdicts.give(journal, WEEK, None, "more", computed="keep", now=NOW)
    assert verdicts.given(journal, WEEK) == {"linkedin": given, None: contact}
    assert verdicts.of_week(journal, WEEK, None) == contact
    assert (given.computed, given.verdict, given.why) == ("stop", "cut", "one post a week brings work")
    assert verdicts.of_week(journal, "2026-W47", "linkedin") is None


def test_a_second_verdict_of_a_week_replaces_the_first_and_undo_brings_it_back(journal: Journal) -> None:
    first = verdicts.give(journal, WEEK, None, "cut", computed="stop", now=NOW)
    second = verdicts.give(journal, WEEK, None, "stop", computed="stop", now=NOW + 60, why="enough")
    assert second.id == first.id
    assert verdicts.on(journal, None) == [second]
    undo.undo(journal, 1, now=NOW + 61)
    assert verdicts.on(journal, None) == [first]
    undo.undo(journal, 1, now=NOW + 62)
    assert verdicts.on(journal, None) == []
    undo.redo(journal, 2, now=NOW + 63)
    assert verdicts.on(journal, None) == [second]


def test_the_same_verdict_again_is_no_change(journal: Journal) -> None:
    first = verdicts.give(journal, WEEK, "x", "stop", computed="cut", now=NOW)
    assert verdicts.give(journal, WEEK, "x", "stop", computed="cut", now=NOW + 60) == first
    assert len(undo.steps(journal)) == 1


def test_a_verdict_taken_back_leaves_none(journal: Journal) -> None:
    given = verdicts.give(journal, WEEK, "x", "stop", computed="cut", now=NOW)
    assert verdicts.take_back(journal, WEEK, "x", now=NOW) == given
    assert verdicts.take_back(journal, WEEK, "x", now=NOW) is None
    assert verdicts.given(journal, WEEK) == {}
    assert [step.says for step in undo.steps(journal)] == ["took back the verdict on x", "gave a verdict on x"]


def test_the_last_verdict_before_a_week(journal: Journal) -> None:
    for week, word in (("2026-W44", "keep"), ("2026-W46", "cut"), (WEEK, "stop")):
        verdicts.give(journal, week, "x", word, computed="cut", now=NOW)
    assert verdicts.before(journal, WEEK)["x"].verdict == "cut"
    assert [one.verdict for one in verdicts.on(journal, "x")] == ["keep", "cut", "stop"]
    assert verdicts.before(journal, "2026-W44") == {}


def test_a_verdict_follows_its_channels_name(journal: Journal) -> None:
    verdicts.give(journal, WEEK, "x", "stop", computed="cut", now=NOW)
    channels.rename(journal, channels.find(journal, "x"), "ex", title=None, now=NOW)
    assert [one.verdict for one in verdicts.on(journal, "ex")] == ["stop"]


@pytest.mark.parametrize("word", ["", "not enough data", "Stop", "leave"])
def test_only_the_four_words_are_verdicts(journal: Journal, word: str) -> None:
    with pytest.raises(TrackerError, match="keep, cut, stop, more"):
        verdicts.give(journal, WEEK, "x", word, computed="cut", now=NOW)
    assert verdicts.given(journal, WEEK) == {}


def test_spending_is_added_edited_deleted_and_undone(journal: Journal) -> None:
    empty = dump(journal)
    one = spend.add(journal, "linkedin", NOW - 60, PARIS, now=NOW, amount=12_000, currency="EUR", note="campaign")
    assert spend.in_span(journal, NOW - 60, NOW) == [one]
    assert spend.in_span(journal, NOW - 59, NOW) == []
    assert spend.edit(journal, one.id, now=NOW, amount=9_900) == one._replace(amount=9_900)
    assert spend.delete(journal, one.id, now=NOW).amount == 9_900
    undo.undo(journal, 1, now=NOW)
    assert spend.get(journal, one.id).amount == 9_900
    undo.undo(journal, 2, now=NOW)
    assert dump(journal) == empty


def test_spending_is_shown_by_its_clock_and_in_whole_money(journal: Journal) -> None:
    spend.add(journal, "linkedin", NOW, PARIS, now=NOW, amount=12_050, currency="EUR")
    assert journal.row("SELECT at, channel, amount FROM spend_local") == ("2026-11-23 15:12:00", "linkedin", 120.5)


@pytest.mark.parametrize(("amount", "at"), [(0, NOW), (-5, NOW), (100, NOW + 1)])
def test_spending_of_nothing_or_to_come_is_refused(journal: Journal, amount: int, at: int) -> None:
    with pytest.raises(TrackerError):
        spend.add(journal, "linkedin", at, PARIS, now=NOW, amount=amount, currency="EUR")
    with pytest.raises(TrackerError, match="no spending 7"):
        spend.get(journal, 7)
