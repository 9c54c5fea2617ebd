"""Reviews: one draft a week, resumed as it was left; written once, amended beside what was written."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.domain.models import REVIEW_STEPS, Commitment, TrackerError
from tracker.storage import Journal, commitments, reviews, undo

if TYPE_CHECKING:
    from tracker.domain.models import Review

PARIS = "Europe/Paris"
WEEK = "2026-W47"


def begun(journal: Journal, week: str = WEEK) -> Review:
    return reviews.begin(journal, week, PARIS, now=NOW)


def written(journal: Journal, week: str = WEEK, words: str | None = None) -> Review:
    begun(journal, week)
    if words:
        reviews.set_words(journal, week, words, now=NOW)
    return reviews.write(journal, week, '{"format": 1}', f"# {week}\n", now=NOW + 60)


def test_a_draft_is_resumed_as_it_was_left(journal: Journal, path: str) -> None:
    draft = begun(journal)
    reviews.mark(journal, WEEK, "usual", now=NOW)
    reviews.mark(journal, WEEK, "estimate", now=NOW)
    reviews.set_words(journal, WEEK, "  as I\nsaid  ", now=NOW)
    reviews.remember_step(journal, draft, "patterns")
    with Journal.open(path) as another:
        found = begun(another)
        assert found.id == draft.id
        assert found.reviewed == ("estimate", "usual")  # in the order of the steps
        assert found.words == "  as I\nsaid  "
        assert reviews.current_step(another, found) == "patterns"


def test_where_it_was_left_is_the_first_step_not_reviewed_if_nobody_knows(journal: Journal) -> None:
    draft = begun(journal)
    assert reviews.current_step(journal, draft) == "estimate"
    reviews.mark(journal, WEEK, "estimate", now=NOW)
    # The third is reviewed, the second was skipped: that is where to come back to.
    assert reviews.current_step(journal, reviews.mark(journal, WEEK, "checks", now=NOW)) == "usual"
    for step in REVIEW_STEPS:
        draft = reviews.mark(journal, WEEK, step, now=NOW)
    assert reviews.current_step(journal, draft) == "words"


def test_another_weeks_draft_is_its_own(journal: Journal) -> None:
    assert begun(journal).id != begun(journal, "2026-W46").id
    assert [one.week for one in reviews.drafts(journal)] == ["2026-W47", "2026-W46"]


def test_two_programs_begin_one_draft(journal: Journal, path: str) -> None:
    with Journal.open(path) as another:
        assert begun(journal).id == begun(another).id
        reviews.set_words(another, WEEK, "from there", now=NOW)
        assert begun(journal).words == "from there"
    with pytest.raises(sqlite3.IntegrityError):
        journal.connection.execute("INSERT INTO review(week, revision, begun, zone) VALUES (?, 2, 1, 'UTC')", (WEEK,))


def test_what_is_written_stays(journal: Journal) -> None:
    first = written(journal, words="mine")
    assert (first.written, first.figures, first.page) == (NOW + 60, '{"format": 1}', "# 2026-W47\n")
    for change in (
        lambda: begun(journal),
        lambda: reviews.set_words(journal, WEEK, "other", now=NOW),
        lambda: reviews.mark(journal, WEEK, "words", now=NOW),
        lambda: reviews.write(journal, WEEK, "{}", "", now=NOW),
        lambda: reviews.discard(journal, WEEK, now=NOW),
    ):
        with pytest.raises(TrackerError):
            change()
    assert reviews.get(journal, WEEK) == first


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
def test_no_program_writes_over_it(journal: Journal, statement: str) -> None:
    first = written(journal, words="mine")
    begun(journal, "2026-W46")
    with pytest.raises(sqlite3.IntegrityError, match="stays as it was"):
        journal.connection.execute(statement)
    assert reviews.get(journal, WEEK) == first


def test_an_amendment_is_a_revision_beside_it(journal: Journal) -> None:
    first = written(journal, words="mine")
    draft = reviews.amend(journal, WEEK, PARIS, now=NOW + 120)
    assert (draft.name, draft.words, draft.written) == ("2026-W47-r2", "mine", None)
    assert reviews.current_step(journal, draft) == "words", "what one mostly amends"
    reviews.remember_step(journal, draft, "worth")
    assert reviews.current_step(journal, reviews.amend(journal, WEEK, PARIS, now=NOW + 125)) == "worth", (
        "where it was left"
    )
    assert reviews.amend(journal, WEEK, PARIS, now=NOW + 130).id == draft.id
    assert reviews.latest(journal, WEEK) == first  # until the draft is written
    reviews.set_words(journal, WEEK, "mine, put right", now=NOW + 140)
    second = reviews.write(journal, WEEK, "{}", "second", now=NOW + 150)
    assert reviews.get(journal, "2026-W47") == second == reviews.get(journal, "2026-W47-r2")
    assert reviews.get(journal, "2026-W47-r1") == first
    assert reviews.amend(journal, WEEK, PARIS, now=NOW + 160).name == "2026-W47-r3"


def test_only_what_is_written_can_be_amended(journal: Journal) -> None:
    with pytest.raises(TrackerError, match="not written yet"):
        reviews.amend(journal, WEEK, PARIS, now=NOW)
    begun(journal)
    with pytest.raises(TrackerError, match="not written yet"):
        reviews.amend(journal, WEEK, PARIS, now=NOW)


def test_every_change_is_a_step_of_undo(journal: Journal) -> None:
    begun(journal)
    reviews.set_words(journal, WEEK, "one", now=NOW)
    reviews.set_words(journal, WEEK, "two", now=NOW)
    reviews.mark(journal, WEEK, "words", now=NOW)
    reviews.write(journal, WEEK, "{}", "page", now=NOW)
    assert [action.says for action in undo.steps(journal)] == [
        "wrote the review of 2026-W47",
        "reviewed a step of 2026-W47",
        "wrote about 2026-W47",
        "wrote about 2026-W47",
        "began the review of 2026-W47",
    ]
    undo.undo(journal, 1, now=NOW)
    draft = reviews.draft(journal, WEEK)
    assert draft is not None
    assert (draft.words, draft.page) == ("two", None)
    undo.undo(journal, 2, now=NOW)
    assert reviews.get(journal, WEEK).words == "one"
    undo.redo(journal, 3, now=NOW)
    assert reviews.get(journal, WEEK).page == "page"
    undo.undo(journal, 5, now=NOW)
    assert reviews.listed(journal) == []


def test_going_from_step_to_step_is_nothing_to_undo(journal: Journal) -> None:
    draft = begun(journal)
    before = undo.latest(journal)
    reviews.remember_step(journal, draft, "worth")
    assert undo.latest(journal) == before
    assert reviews.current_step(journal, draft) == "worth"


def test_marking_again_leaves_no_trace(journal: Journal) -> None:
    begun(journal)
    reviews.mark(journal, WEEK, "usual", now=NOW)
    reviews.mark(journal, WEEK, "usual", now=NOW)
    assert len(undo.steps(journal)) == 2
    with pytest.raises(TrackerError, match="no step"):
        reviews.mark(journal, WEEK, "dance", now=NOW)


def test_the_figures_are_seen_once(journal: Journal) -> None:
    begun(journal)
    assert reviews.reveal(journal, WEEK, now=NOW + 5).shown == NOW + 5
    assert reviews.reveal(journal, WEEK, now=NOW + 9).shown == NOW + 5


def test_listed_the_latest_first_and_searched(journal: Journal) -> None:
    written(journal, "2026-W45", "Fewer LIKES")
    written(journal, "2026-W46", "École")
    begun(journal)
    commitments.add(journal, Commitment(0, "2026-W48", "I want to check likes", "I call"), now=NOW)
    reviews.amend(journal, "2026-W45", PARIS, now=NOW)
    assert [one.name for one in reviews.listed(journal)] == ["2026-W47", "2026-W46", "2026-W45-r2", "2026-W45"]
    # W47 has it in the commitment that its review made for W48.
    assert [one.name for one in reviews.search(journal, "likes")] == ["2026-W47", "2026-W45-r2", "2026-W45"]
    assert [one.name for one in reviews.search(journal, "éCOLE")] == ["2026-W46"]
    assert reviews.search(journal, "100 %") == []


@pytest.mark.parametrize("name", ["2026-W44", "2026-W47-r2", "2026-W47-rx", "", "2026-W47-r"])
def test_a_review_that_is_not_there(journal: Journal, name: str) -> None:
    written(journal)
    with pytest.raises(TrackerError, match="no review"):
        reviews.get(journal, name)


def test_a_draft_can_be_dropped_and_brought_back(journal: Journal) -> None:
    begun(journal)
    reviews.discard(journal, WEEK, now=NOW)
    assert reviews.draft(journal, WEEK) is None
    undo.undo(journal, 1, now=NOW)
    assert reviews.draft(journal, WEEK) is not None


def test_blank_words_are_none_and_the_rest_is_kept_to_the_letter(journal: Journal) -> None:
    begun(journal)
    for words in ("a\nb\t|`---`\n🙂 abc", "x" * 5000):
        assert reviews.set_words(journal, WEEK, words, now=NOW).words == words
    assert reviews.set_words(journal, WEEK, "a\r\nb\rc\x1b[1m \u202eabc", now=NOW).words == "a\nb\nc [1m abc"
    assert reviews.set_words(journal, WEEK, " \n ", now=NOW).words is None


def test_the_view_reads_without_a_program(journal: Journal) -> None:
    begun(journal)
    journal.connection.execute(f"INSERT INTO estimate(week, seconds, at) VALUES ('{WEEK}', 3600, 1)")
    reviews.write(journal, WEEK, '{"seconds": 5400}', "page", now=NOW)
    row = journal.row("SELECT week, revision, begun, written, felt_minutes, logged_minutes FROM review_local")
    assert row == (WEEK, 1, "2026-11-23 15:12:00", "2026-11-23 15:12:00", 60.0, 90.0)
