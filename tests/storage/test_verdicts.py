"""Verdicts and what was spent: one verdict a week, each change one step, and back again."""

from __future__ import annotations

import pytest

from tests.conftest import NOW
from tests.storage.files import PARIS, dump
from tracker.domain.errors import TrackerError
from tracker.storage import Database, channels, spend, undo, verdicts

WEEK = "2026-W48"


def test_a_verdict_is_given_and_found(database: Database) -> None:
    given = verdicts.give(
        database, WEEK, "linkedin", "cut", computed="stop", now=NOW, why="one post a week brings work"
    )
    contact = verdicts.give(database, WEEK, None, "more", computed="keep", now=NOW)
    assert verdicts.given(database, WEEK) == {"linkedin": given, None: contact}
    assert verdicts.of_week(database, WEEK, None) == contact
    assert (given.computed, given.verdict, given.why) == ("stop", "cut", "one post a week brings work")
    assert verdicts.of_week(database, "2026-W47", "linkedin") is None


def test_a_second_verdict_of_a_week_replaces_the_first_and_undo_brings_it_back(database: Database) -> None:
    first = verdicts.give(database, WEEK, None, "cut", computed="stop", now=NOW)
    second = verdicts.give(database, WEEK, None, "stop", computed="stop", now=NOW + 60, why="enough")
    assert second.id == first.id
    assert verdicts.on(database, None) == [second]
    undo.undo(database, 1, now=NOW + 61)
    assert verdicts.on(database, None) == [first]
    undo.undo(database, 1, now=NOW + 62)
    assert verdicts.on(database, None) == []
    undo.redo(database, 2, now=NOW + 63)
    assert verdicts.on(database, None) == [second]


def test_the_same_verdict_again_is_no_change(database: Database) -> None:
    first = verdicts.give(database, WEEK, "x", "stop", computed="cut", now=NOW)
    assert verdicts.give(database, WEEK, "x", "stop", computed="cut", now=NOW + 60) == first
    assert len(undo.steps(database)) == 1


def test_a_verdict_taken_back_leaves_none(database: Database) -> None:
    given = verdicts.give(database, WEEK, "x", "stop", computed="cut", now=NOW)
    assert verdicts.take_back(database, WEEK, "x", now=NOW) == given
    assert verdicts.take_back(database, WEEK, "x", now=NOW) is None
    assert verdicts.given(database, WEEK) == {}
    assert [step.says for step in undo.steps(database)] == ["removed the verdict on x", "gave a verdict on x"]


def test_the_last_verdict_before_a_week(database: Database) -> None:
    for week, word in (("2026-W44", "keep"), ("2026-W46", "cut"), (WEEK, "stop")):
        verdicts.give(database, week, "x", word, computed="cut", now=NOW)
    assert verdicts.before(database, WEEK)["x"].verdict == "cut"
    assert [one.verdict for one in verdicts.on(database, "x")] == ["keep", "cut", "stop"]
    assert verdicts.before(database, "2026-W44") == {}


def test_a_verdict_follows_its_channels_name(database: Database) -> None:
    verdicts.give(database, WEEK, "x", "stop", computed="cut", now=NOW)
    channels.rename(database, channels.find(database, "x"), "ex", title=None, now=NOW)
    assert [one.verdict for one in verdicts.on(database, "ex")] == ["stop"]


@pytest.mark.parametrize("word", ["", "not enough data", "Stop", "leave"])
def test_only_the_four_words_are_verdicts(database: Database, word: str) -> None:
    with pytest.raises(TrackerError, match="keep, cut, stop, more"):
        verdicts.give(database, WEEK, "x", word, computed="cut", now=NOW)
    assert verdicts.given(database, WEEK) == {}


def test_spending_is_added_edited_deleted_and_undone(database: Database) -> None:
    empty = dump(database)
    one = spend.add(database, "linkedin", NOW - 60, PARIS, now=NOW, amount=12_000, currency="EUR", note="campaign")
    assert spend.in_span(database, NOW - 60, NOW) == [one]
    assert spend.in_span(database, NOW - 59, NOW) == []
    assert spend.edit(database, one.id, now=NOW, amount=9_900) == one._replace(amount=9_900)
    assert spend.delete(database, one.id, now=NOW).amount == 9_900
    undo.undo(database, 1, now=NOW)
    assert spend.get(database, one.id).amount == 9_900
    undo.undo(database, 2, now=NOW)
    assert dump(database) == empty


def test_spending_is_shown_by_its_clock_and_in_whole_money(database: Database) -> None:
    spend.add(database, "linkedin", NOW, PARIS, now=NOW, amount=12_050, currency="EUR")
    assert database.row("SELECT at, channel, amount FROM spend_local") == ("2026-11-23 15:12:00", "linkedin", 120.5)


@pytest.mark.parametrize(("amount", "at"), [(0, NOW), (-5, NOW), (100, NOW + 1)])
def test_spending_of_nothing_or_to_come_is_refused(database: Database, amount: int, at: int) -> None:
    with pytest.raises(TrackerError):
        spend.add(database, "linkedin", at, PARIS, now=NOW, amount=amount, currency="EUR")
    with pytest.raises(TrackerError, match="spending 7 does not exist"):
        spend.get(database, 7)
