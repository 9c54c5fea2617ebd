"""Reviews: one draft a week, resumed as it was left; written once, amended beside what was written."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.domain.errors import TrackerError
from tracker.domain.models import REVIEW_STEPS, Commitment
from tracker.storage import Database, reviews, undo, undo_steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.models import Review

PARIS = "Europe/Paris"
WEEK = "2026-W47"


def begun(database: Database, week: str = WEEK) -> Review:
    return reviews.begin(database, week, PARIS, now=NOW)


def written(database: Database, week: str = WEEK, words: str | None = None) -> Review:
    begun(database, week)
    if words:
        reviews.set_words(database, week, words, now=NOW)
    return reviews.write(database, week, '{"format": 1}', f"# {week}\n", now=NOW + 60)


def test_a_draft_is_resumed_as_it_was_left(database: Database, path: str) -> None:
    draft = begun(database)
    reviews.mark(database, WEEK, "usual", now=NOW)
    reviews.mark(database, WEEK, "estimate", now=NOW)
    reviews.set_words(database, WEEK, "  as I\nsaid  ", now=NOW)
    reviews.remember_step(database, draft, "patterns")
    with Database.open(path) as another:
        review = begun(another)
        assert review.id == draft.id
        assert review.reviewed == ("estimate", "usual")  # in the order of the steps
        assert review.words == "  as I\nsaid  "
        assert reviews.current_step(another, review) == "patterns"


def test_where_it_was_left_is_the_first_step_not_reviewed_if_nobody_knows(database: Database) -> None:
    draft = begun(database)
    assert reviews.current_step(database, draft) == "estimate"
    reviews.mark(database, WEEK, "estimate", now=NOW)
    # The third is reviewed, the second was skipped: that is where to come back to.
    assert reviews.current_step(database, reviews.mark(database, WEEK, "checks", now=NOW)) == "usual"
    for step in REVIEW_STEPS:
        draft = reviews.mark(database, WEEK, step, now=NOW)
    assert reviews.current_step(database, draft) == "words"


def test_another_weeks_draft_is_its_own(database: Database) -> None:
    assert begun(database).id != begun(database, "2026-W46").id
    assert [review.week for review in reviews.listed(database)] == ["2026-W47", "2026-W46"]


def test_two_programs_begin_one_draft(database: Database, path: str) -> None:
    with Database.open(path) as another:
        assert begun(database).id == begun(another).id
        reviews.set_words(another, WEEK, "from there", now=NOW)
        assert begun(database).words == "from there"
    with pytest.raises(sqlite3.IntegrityError):
        database.connection.execute("INSERT INTO review(week, revision, begun, zone) VALUES (?, 2, 1, 'UTC')", (WEEK,))


def test_what_is_written_stays(database: Database) -> None:
    first = written(database, words="mine")
    assert (first.written, first.figures, first.page) == (NOW + 60, '{"format": 1}', "# 2026-W47\n")
    changes: tuple[Callable[[], Review], ...] = (
        lambda: begun(database),
        lambda: reviews.set_words(database, WEEK, "other", now=NOW),
        lambda: reviews.mark(database, WEEK, "words", now=NOW),
        lambda: reviews.write(database, WEEK, "{}", "", now=NOW),
    )
    for change in changes:
        with pytest.raises(TrackerError):
            change()
    assert reviews.get(database, WEEK) == first


@pytest.mark.parametrize(
    "statement",
    [
        *(f"UPDATE review SET {column} = '2026-W01'" for column in ("week", "reviewed", "words", "figures", "page")),
        "UPDATE review SET written = written + 1",
        "DELETE FROM review",
        "INSERT OR REPLACE INTO review(week, revision, begun, zone) VALUES ('2026-W47', 1, 1, 'UTC')",
        "INSERT OR REPLACE INTO review(id, week, begun, zone) SELECT id, '2026-W01', 1, 'UTC' FROM review",
        "UPDATE OR REPLACE review SET week = '2026-W47' WHERE written IS NULL",
    ],
)
def test_no_program_writes_over_it(database: Database, statement: str) -> None:
    first = written(database, words="mine")
    begun(database, "2026-W46")
    with pytest.raises(sqlite3.IntegrityError, match="stays as it was"):
        database.connection.execute(statement)
    assert reviews.get(database, WEEK) == first


def test_an_amendment_is_a_revision_beside_it(database: Database) -> None:
    first = written(database, words="mine")
    draft = reviews.amend(database, WEEK, PARIS, now=NOW + 120)
    assert (draft.name, draft.words, draft.written) == ("2026-W47-r2", "mine", None)
    assert reviews.current_step(database, draft) == "words", "what one mostly amends"
    reviews.remember_step(database, draft, "worth")
    assert reviews.current_step(database, reviews.amend(database, WEEK, PARIS, now=NOW + 125)) == "worth", (
        "where it was left"
    )
    assert reviews.amend(database, WEEK, PARIS, now=NOW + 130).id == draft.id
    assert reviews.latest(database, WEEK) == first  # until the draft is written
    reviews.set_words(database, WEEK, "mine, put right", now=NOW + 140)
    second = reviews.write(database, WEEK, "{}", "second", now=NOW + 150)
    assert reviews.get(database, "2026-W47") == second == reviews.get(database, "2026-W47-r2")
    assert reviews.get(database, "2026-W47-r1") == first
    assert reviews.amend(database, WEEK, PARIS, now=NOW + 160).name == "2026-W47-r3"


def test_only_what_is_written_can_be_amended(database: Database) -> None:
    with pytest.raises(TrackerError, match="not written yet"):
        reviews.amend(database, WEEK, PARIS, now=NOW)
    begun(database)
    with pytest.raises(TrackerError, match="not written yet"):
        reviews.amend(database, WEEK, PARIS, now=NOW)


def test_every_change_is_a_step_of_undo(database: Database) -> None:
    begun(database)
    reviews.set_words(database, WEEK, "one", now=NOW)
    reviews.set_words(database, WEEK, "two", now=NOW)
    reviews.mark(database, WEEK, "words", now=NOW)
    reviews.write(database, WEEK, "{}", "page", now=NOW)
    assert [action.says for action in undo.steps(database)] == [
        "wrote the review of 2026-W47",
        "reviewed a step of 2026-W47",
        "wrote about 2026-W47",
        "wrote about 2026-W47",
        "started the review of 2026-W47",
    ]
    undo.undo(database, 1, now=NOW)
    draft = reviews.draft(database, WEEK)
    assert draft is not None
    assert (draft.words, draft.page) == ("two", None)
    undo.undo(database, 2, now=NOW)
    assert reviews.get(database, WEEK).words == "one"
    undo.redo(database, 3, now=NOW)
    assert reviews.get(database, WEEK).page == "page"
    undo.undo(database, 5, now=NOW)
    assert reviews.listed(database) == []


def test_going_from_step_to_step_is_nothing_to_undo(database: Database) -> None:
    draft = begun(database)
    before = database.log_position()
    reviews.remember_step(database, draft, "worth")
    assert database.log_position() == before
    assert reviews.current_step(database, draft) == "worth"


def test_marking_again_leaves_no_trace(database: Database) -> None:
    begun(database)
    reviews.mark(database, WEEK, "usual", now=NOW)
    reviews.mark(database, WEEK, "usual", now=NOW)
    assert len(undo.steps(database)) == 2
    with pytest.raises(TrackerError, match="unknown review step"):
        reviews.mark(database, WEEK, "dance", now=NOW)


def test_the_figures_are_seen_once(database: Database) -> None:
    begun(database)
    assert reviews.reveal(database, WEEK, now=NOW + 5).shown == NOW + 5
    assert reviews.reveal(database, WEEK, now=NOW + 9).shown == NOW + 5


def test_listed_the_latest_first_and_searched(database: Database) -> None:
    written(database, "2026-W45", "Fewer LIKES")
    written(database, "2026-W46", "École")
    begun(database)
    reviews.add_commitment(database, Commitment(0, "2026-W48", "I want to check likes", "I call"), now=NOW)
    reviews.amend(database, "2026-W45", PARIS, now=NOW)
    assert [review.name for review in reviews.listed(database)] == ["2026-W47", "2026-W46", "2026-W45-r2", "2026-W45"]
    # W47 has it in the commitment that its review made for W48.
    assert [review.name for review in reviews.search(database, "likes")] == ["2026-W47", "2026-W45-r2", "2026-W45"]
    assert [review.name for review in reviews.search(database, "éCOLE")] == ["2026-W46"]
    assert reviews.search(database, "100%") == []


@pytest.mark.parametrize("name", ["2026-W44", "2026-W47-r2", "2026-W47-rx", "", "2026-W47-r"])
def test_a_review_that_is_not_there(database: Database, name: str) -> None:
    written(database)
    with pytest.raises(TrackerError, match="does not exist"):
        reviews.get(database, name)


def test_a_draft_can_be_dropped_and_brought_back(database: Database) -> None:
    draft = begun(database)
    with undo_steps.undo_step(database, "discarded", NOW):
        database.delete("review", draft.id)
    assert reviews.draft(database, WEEK) is None
    undo.undo(database, 1, now=NOW)
    assert reviews.draft(database, WEEK) is not None


def test_blank_words_are_none_and_the_rest_is_kept_to_the_letter(database: Database) -> None:
    begun(database)
    for words in ("a\nb\t|`---`\n🙂 abc", "x" * 5000):
        assert reviews.set_words(database, WEEK, words, now=NOW).words == words
    assert reviews.set_words(database, WEEK, "a\r\nb\rc\x1b[1m \u202eabc", now=NOW).words == "a\nb\nc [1m abc"
    assert reviews.set_words(database, WEEK, " \n ", now=NOW).words is None


def test_the_view_reads_without_a_program(database: Database) -> None:
    begun(database)
    database.connection.execute(f"INSERT INTO estimate(week, seconds, at) VALUES ('{WEEK}', 3600, 1)")
    reviews.write(database, WEEK, '{"seconds": 5400}', "page", now=NOW)
    row = database.row("SELECT week, revision, begun, written, felt_minutes, logged_minutes FROM review_local")
    assert row == (WEEK, 1, "2026-11-23 15:12:00", "2026-11-23 15:12:00", 60.0, 90.0)
