"""Verdicts and what was spent: one verdict a week, each change one step, and back again."""

from __future__ import annotations

import pytest

from tests.conftest import NOW
from tests.storage.files import PARIS, delete_record, dump
from tracker.domain.errors import TrackerError
from tracker.storage import Database, channels, outcomes, reviews, undo

WEEK = "2026-W48"


def test_a_verdict_is_given_and_found(database: Database) -> None:
    given = reviews.give_verdict(
        database, WEEK, "linkedin", "cut", computed="stop", now=NOW, why="one post a week brings work"
    )
    contact = reviews.give_verdict(database, WEEK, None, "more", computed="keep", now=NOW)
    assert reviews.verdicts_of_week(database, WEEK) == {"linkedin": given, None: contact}
    assert reviews.verdict_of_week(database, WEEK, None) == contact
    assert (given.computed, given.verdict, given.why) == ("stop", "cut", "one post a week brings work")
    assert reviews.verdict_of_week(database, "2026-W47", "linkedin") is None


def test_a_second_verdict_of_a_week_replaces_the_first_and_undo_brings_it_back(database: Database) -> None:
    first = reviews.give_verdict(database, WEEK, None, "cut", computed="stop", now=NOW)
    second = reviews.give_verdict(database, WEEK, None, "stop", computed="stop", now=NOW + 60, why="enough")
    assert second.id == first.id
    assert reviews.verdicts_on(database, None) == [second]
    undo.undo(database, 1, now=NOW + 61)
    assert reviews.verdicts_on(database, None) == [first]
    undo.undo(database, 1, now=NOW + 62)
    assert reviews.verdicts_on(database, None) == []
    undo.redo(database, 2, now=NOW + 63)
    assert reviews.verdicts_on(database, None) == [second]


def test_the_same_verdict_again_is_no_change(database: Database) -> None:
    first = reviews.give_verdict(database, WEEK, "x", "stop", computed="cut", now=NOW)
    assert reviews.give_verdict(database, WEEK, "x", "stop", computed="cut", now=NOW + 60) == first
    assert len(undo.steps(database)) == 1


def test_a_verdict_taken_back_leaves_none(database: Database) -> None:
    given = reviews.give_verdict(database, WEEK, "x", "stop", computed="cut", now=NOW)
    assert reviews.take_verdict_back(database, WEEK, "x", now=NOW) == given
    assert reviews.take_verdict_back(database, WEEK, "x", now=NOW) is None
    assert reviews.verdicts_of_week(database, WEEK) == {}
    assert [step.says for step in undo.steps(database)] == ["removed the verdict on x", "gave a verdict on x"]


def test_the_last_verdict_before_a_week(database: Database) -> None:
    for week, word in (("2026-W44", "keep"), ("2026-W46", "cut"), (WEEK, "stop")):
        reviews.give_verdict(database, week, "x", word, computed="cut", now=NOW)
    assert reviews.verdicts_before(database, WEEK)["x"].verdict == "cut"
    assert [verdict.verdict for verdict in reviews.verdicts_on(database, "x")] == ["keep", "cut", "stop"]
    assert reviews.verdicts_before(database, "2026-W44") == {}


def test_a_verdict_follows_its_channels_name(database: Database) -> None:
    reviews.give_verdict(database, WEEK, "x", "stop", computed="cut", now=NOW)
    channels.rename(database, channels.find(database, "x"), "ex", title=None, now=NOW)
    assert [verdict.verdict for verdict in reviews.verdicts_on(database, "ex")] == ["stop"]


@pytest.mark.parametrize("word", ["", "not enough data", "Stop", "leave"])
def test_only_the_four_words_are_verdicts(database: Database, word: str) -> None:
    with pytest.raises(TrackerError, match="keep, cut, stop, more"):
        reviews.give_verdict(database, WEEK, "x", word, computed="cut", now=NOW)
    assert reviews.verdicts_of_week(database, WEEK) == {}


def test_spending_is_added_edited_deleted_and_undone(database: Database) -> None:
    empty = dump(database)
    spend = outcomes.add_spend(
        database, "linkedin", NOW - 60, PARIS, now=NOW, amount=12_000, currency="EUR", note="campaign"
    )
    assert outcomes.spends_in_span(database, NOW - 60, NOW) == [spend]
    assert outcomes.spends_in_span(database, NOW - 59, NOW) == []
    assert outcomes.edit_spend(database, spend.id, now=NOW, amount=9_900) == spend._replace(amount=9_900)
    delete_record(database, "spend", spend.id, now=NOW)
    assert outcomes.spends_in_span(database, NOW - 60, NOW) == []
    undo.undo(database, 1, now=NOW)
    assert outcomes.get_spend(database, spend.id).amount == 9_900
    undo.undo(database, 2, now=NOW)
    assert dump(database) == empty


def test_spending_is_shown_by_its_clock_and_in_whole_money(database: Database) -> None:
    outcomes.add_spend(database, "linkedin", NOW, PARIS, now=NOW, amount=12_050, currency="EUR")
    assert database.row("SELECT at, channel, amount FROM spend_local") == ("2026-11-23 15:12:00", "linkedin", 120.5)


@pytest.mark.parametrize(("amount", "at"), [(0, NOW), (-5, NOW), (100, NOW + 1)])
def test_spending_of_nothing_or_to_come_is_refused(database: Database, amount: int, at: int) -> None:
    with pytest.raises(TrackerError):
        outcomes.add_spend(database, "linkedin", at, PARIS, now=NOW, amount=amount, currency="EUR")
    with pytest.raises(TrackerError, match="spending 7 does not exist"):
        outcomes.get_spend(database, 7)
