"""Commitments: one to three for a week, in the user's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.domain.errors import TrackerError
from tracker.domain.models import Commitment
from tracker.storage import Database, reviews, undo

if TYPE_CHECKING:
    from typing import Any

WEEK = "2026-W48"


def made(database: Database, plan: str = "I call one prospect", **fields: Any) -> Commitment:
    return reviews.add_commitment(database, Commitment(0, WEEK, "I want to check likes", plan, **fields), now=NOW)


def test_three_at_most_in_their_order(database: Database) -> None:
    for plan in ("one", "two", "three"):
        made(database, plan)
    with pytest.raises(TrackerError, match="which is the maximum"):
        made(database, "four")
    assert [commitment.plan for commitment in reviews.commitments_of_week(database, WEEK)] == ["one", "two", "three"]
    reviews.delete_commitment(database, reviews.commitments_of_week(database, WEEK)[0].id, now=NOW)
    made(database, "four")
    assert [commitment.plan for commitment in reviews.commitments_of_week(database, WEEK)] == ["two", "three", "four"]
    assert reviews.commitments_of_week(database, "2026-W49") == []


def test_every_field_is_kept(database: Database) -> None:
    whole: dict[str, Any] = {"measure": "contacts", "kind": "at_least", "target": 3.0, "per": "week", "ring": "street"}
    commitment = made(database, **whole, pattern="check_cluster")
    assert reviews.get_commitment(database, commitment.id) == commitment
    assert (commitment.at, commitment.position, commitment.kept) == (NOW, 0, None)


def test_words_are_one_line_each_and_both_are_there(database: Database) -> None:
    assert made(database, "  call \n Anna ").plan == "call Anna"
    for cue, plan in (("", "call"), ("check", " \n")):
        with pytest.raises(TrackerError, match="both parts"):
            reviews.add_commitment(database, Commitment(0, WEEK, cue, plan), now=NOW)


def test_the_user_says_whether_it_was_kept(database: Database) -> None:
    commitment = made(database)
    for kept in (True, False, None):
        assert reviews.answer_commitment(database, commitment.id, kept, now=NOW).kept is kept
        assert reviews.get_commitment(database, commitment.id).kept is kept


def test_changed_taken_back_and_brought_again(database: Database) -> None:
    commitment = made(database)
    reviews.change_commitment(database, commitment._replace(plan="I go for a walk"), now=NOW)
    assert reviews.get_commitment(database, commitment.id).plan == "I go for a walk"
    reviews.delete_commitment(database, commitment.id, now=NOW)
    assert [action.says for action in undo.steps(database)] == [
        "removed the commitment: I go for a walk",
        "changed the commitment: I go for a walk",
        "committed to: I call one prospect",
    ]
    undo.undo(database, 2, now=NOW)
    assert reviews.commitments_of_week(database, WEEK) == [commitment]


@pytest.mark.parametrize(
    "fields",
    [
        {"measure": "checks"},
        {"measure": "checks", "kind": "about", "target": 3.0},
        {"measure": "checks", "kind": "at_most", "target": -1.0},
        {"measure": "checks", "kind": "at_most", "target": 1.0, "per": "month"},
        {"measure": "checks", "kind": "at_most", "target": 1.0, "channel": "nowhere"},
        {"measure": "contacts", "kind": "at_least", "target": 1.0, "ring": "moon"},
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(database: Database, fields: dict[str, Any]) -> None:
    with pytest.raises(TrackerError):
        made(database, **fields)
    assert reviews.every_commitment(database) == []


def test_what_is_not_there(database: Database) -> None:
    with pytest.raises(TrackerError, match="commitment 7"):
        reviews.delete_commitment(database, 7, now=NOW)
    with pytest.raises(TrackerError, match="commitment"):
        reviews.answer_commitment(database, 7, True, now=NOW)


def test_two_programs_at_once_make_no_fourth(database: Database, path: str) -> None:
    with Database.open(path) as another:
        for each in (database, another, database):
            made(each)
        with pytest.raises(TrackerError):
            made(another)
    assert len(reviews.commitments_of_week(database, WEEK)) == 3
