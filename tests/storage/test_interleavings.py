"""Whatever looks before it writes does both in one transaction: another program writes at the last moment before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.storage.files import PARIS, delete_record, dump, minutes_ago
from tests.storage.interleaving import meanwhile
from tracker.domain.errors import TrackerError
from tracker.domain.models import Commitment, Habit
from tracker.importers.imported_record import ImportOptions
from tracker.storage import Database, channels, day_records, habits, outcomes, reviews, session_table, sessions, undo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WEEK = "2026-W48"


@pytest.fixture
def other(database: Database) -> Iterator[Database]:
    """Another program's connection to the same file."""
    with Database.open(database.file.path) as opened:
        yield opened


def habit(name: str) -> Habit:
    return Habit(0, name, created="2026-11-23")


def plan(words: str) -> Commitment:
    return Commitment(0, WEEK, "likes", words)


def channel(database: Database, name: str = "linkedin") -> Any:
    return channels.find(database, name)


#: What ours is about to do, what the other does at that moment, and how ours ends: the reason it is refused for.
REFUSED: dict[str, tuple[Callable[[Database], object], Callable[[Database], object], str]] = {
    "start, started": (
        lambda ours: sessions.start(ours, "x", NOW, PARIS, now=NOW),
        lambda theirs: sessions.start(theirs, "work", NOW, PARIS, now=NOW),
        "already running",
    ),
    "resume, started": (
        lambda ours: sessions.resume(ours, NOW, PARIS, now=NOW),
        lambda theirs: sessions.start(theirs, "work", NOW, PARIS, now=NOW),
        "already running",
    ),
    "log, logged": (
        lambda ours: sessions.add(ours, "x", minutes_ago(9), minutes_ago(5), PARIS, now=NOW),
        lambda theirs: sessions.add(theirs, "x", minutes_ago(8), minutes_ago(6), PARIS, now=NOW),
        "already logged",
    ),
    "log, archived": (
        lambda ours: sessions.add(ours, "x", minutes_ago(9), minutes_ago(5), PARIS, now=NOW),
        lambda theirs: channels.set_archived(theirs, channel(theirs, "x"), True, now=NOW),
        "is archived",
    ),
    "check, archived": (
        lambda ours: sessions.check(ours, "x", NOW, PARIS, None, now=NOW),
        lambda theirs: channels.set_archived(theirs, channel(theirs, "x"), True, now=NOW),
        "is archived",
    ),
    "start, renamed": (
        lambda ours: sessions.start(ours, "x", NOW, PARIS, now=NOW),
        lambda theirs: channels.rename(theirs, channel(theirs, "x"), "twitter", title=None, now=NOW),
        "unknown channel",
    ),
    "edit, deleted": (
        lambda ours: sessions.edit(ours, 1, now=NOW, note="n"),
        lambda theirs: sessions.delete(theirs, [1], now=NOW),
        "session 1 does not exist",
    ),
    "split, shortened": (
        lambda ours: sessions.split(ours, 1, minutes_ago(35), now=NOW),
        lambda theirs: sessions.edit(theirs, 1, now=NOW, end=minutes_ago(36)),
        "not inside session 1",
    ),
    "merge, deleted": (
        lambda ours: sessions.merge(ours, [1, 2], now=NOW),
        lambda theirs: sessions.delete(theirs, [2], now=NOW),
        "session 2 does not exist",
    ),
    "explain an urge, deleted": (
        lambda ours: day_records.explain_urge(ours, 1, "bored", now=NOW),
        lambda theirs: delete_record(theirs, "urge", 1, now=NOW),
        "urge 1 does not exist",
    ),
    "put off, deleted": (
        lambda ours: day_records.blame_task(ours, 1, "putting off: proposal", "proposal", "2026-11-23", now=NOW),
        lambda theirs: delete_record(theirs, "urge", 1, now=NOW),
        "urge 1 does not exist",
    ),
    "add a channel, added": (
        lambda ours: channels.add(ours, "malt", title=None, kind="social", now=NOW),
        lambda theirs: channels.add(theirs, "malt", title=None, kind="focus", now=NOW),
        "already means malt",
    ),
    "rename a channel, name taken": (
        lambda ours: channels.rename(ours, channel(ours), "pro", title=None, now=NOW),
        lambda theirs: channels.add(theirs, "pro", title=None, kind="social", now=NOW),
        "already means pro",
    ),
    "a letter, taken": (
        lambda ours: channels.set_letter(ours, channel(ours), "q", now=NOW),
        lambda theirs: channels.set_letter(theirs, channel(theirs, "x"), "q", now=NOW),
        "q is the key of x",
    ),
    "an alias, taken": (
        lambda ours: channels.add_match(ours, channel(ours), "alias", "boulot", now=NOW),
        lambda theirs: channels.add_match(theirs, channel(theirs, "work"), "alias", "boulot", now=NOW),
        "already means work",
    ),
    "add an activity, added": (
        lambda ours: channels.add_activity(ours, "draw", purpose="make", now=NOW),
        lambda theirs: channels.add_activity(theirs, "draw", purpose="relate", now=NOW),
        "already an activity called draw",
    ),
    "tick, renamed": (
        lambda ours: habits.tick(ours, "Walk", "2026-11-23", 1.0, now=NOW),
        lambda theirs: habits.change(theirs, habits.find(theirs, "Walk")._replace(name="Run"), now=NOW),
        "the habit “Walk” no longer exists",
    ),
    "commit, three there": (
        lambda ours: reviews.add_commitment(ours, plan("a fourth"), now=NOW),
        lambda theirs: reviews.add_commitment(theirs, plan("the third"), now=NOW),
        "has three commitments",
    ),
    "estimate, shown": (
        lambda ours: reviews.put_estimates(ours, WEEK, {None: 3600}, now=NOW),
        lambda theirs: reviews.reveal(theirs, WEEK, now=NOW),
        "were already shown",
    ),
    "write a review, dropped": (
        lambda ours: reviews.write(ours, WEEK, "{}", "page", now=NOW),
        lambda theirs: theirs.change("DELETE FROM review WHERE week = ?", (WEEK,)),
        "no review of 2026-W48 has been started",
    ),
    "call off a pause, called off": (
        lambda ours: day_records.call_off_pause(ours, now=NOW),
        lambda theirs: day_records.call_off_pause(theirs, now=NOW),
        "no pause is running",
    ),
    "undo two, one left": (
        lambda ours: undo.undo(ours, len(undo.steps(ours, 99)), now=NOW),
        lambda theirs: undo.undo(theirs, 1, now=NOW),
        "can be undone",
    ),
    "redo, changed": (
        lambda ours: undo.redo(ours, 1, now=NOW),
        lambda theirs: day_records.write_note(theirs, "2026-11-23", "words", now=NOW),
        "nothing to redo",
    ),
}


def prepare(database: Database) -> None:
    """Two sessions, an urge, a habit, two commitments, a review under way and a pause; and something to redo."""
    for begin in (40, 34):
        sessions.add(database, "linkedin", minutes_ago(begin), minutes_ago(begin - 6), PARIS, now=NOW)
    day_records.add_urge(database, "x", NOW, PARIS, now=NOW)
    habits.add(database, habit("Walk"), now=NOW)
    for words in ("one", "two"):
        reviews.add_commitment(database, plan(words), now=NOW)
    reviews.begin(database, WEEK, PARIS, now=NOW)
    day_records.begin_pause(database, NOW + 3600, PARIS, now=NOW)
    day_records.write_note(database, "2026-11-22", "undone", now=NOW)
    undo.undo(database, 1, now=NOW)


@pytest.mark.parametrize("name", REFUSED)
def test_what_was_changed_at_the_last_moment_is_seen(database: Database, other: Database, name: str) -> None:
    ours, theirs, why = REFUSED[name]
    prepare(database)
    after: list[Any] = []

    def write() -> None:
        theirs(other)
        after.append(dump(other))

    with meanwhile(write) as written, pytest.raises(TrackerError, match=why):
        ours(database)
    assert written
    assert dump(database) == after[0], "what the other confirmed is there, and nothing of ours"


def test_a_second_of_two_stops_ends_nothing_else(database: Database, other: Database) -> None:
    sessions.start(database, "x", minutes_ago(5), PARIS, now=NOW)
    with (
        meanwhile(lambda: sessions.stop(other, minutes_ago(1), now=NOW)),
        pytest.raises(TrackerError, match="no timer"),
    ):
        sessions.stop(database, NOW, now=NOW)
    assert session_table.get(database, 1).end == minutes_ago(1)


def test_switch_ends_what_runs_now(database: Database, other: Database) -> None:
    sessions.start(database, "x", minutes_ago(5), PARIS, now=NOW)
    with meanwhile(lambda: sessions.switch(other, "work", minutes_ago(2), PARIS, now=NOW)):
        ended, begun = sessions.switch(database, "linkedin", NOW, PARIS, now=NOW)
    assert (ended.channel, ended.start, begun.channel) == ("work", minutes_ago(2), "linkedin")
    assert database.row('SELECT count(*) FROM session WHERE "end" IS NULL') == (1,)
    assert database.row("SELECT count(*) FROM session") == (3,)


def test_a_budget_goes_to_a_channel_that_was_renamed(database: Database, other: Database) -> None:
    """Its old name is an alias then, and a change of nothing would have been confirmed."""
    ours = channel(database, "x")
    with meanwhile(lambda: channels.rename(other, channel(other, "x"), "twitter", title=None, now=NOW)) as written:
        assert channels.set_budget(database, ours, 1800, now=NOW).name == "twitter"
    assert written
    assert channel(database, "twitter").budget_seconds == 1800


def test_an_outcome_goes_to_the_touch_that_was_last_when_it_was_written(database: Database, other: Database) -> None:
    sessions.add(database, "x", minutes_ago(40), minutes_ago(30), PARIS, now=NOW)
    with meanwhile(lambda: sessions.add(other, "linkedin", minutes_ago(20), minutes_ago(10), PARIS, now=NOW)):
        assert outcomes.add(database, "prospect", NOW, PARIS, now=NOW).channel == "linkedin"


def test_a_habit_and_a_commitment_that_were_changed_are_not_overwritten(database: Database, other: Database) -> None:
    walk = habits.add(database, habit("Walk"), now=NOW)
    renamed = walk._replace(name="Run")
    with (
        meanwhile(lambda: habits.change(other, renamed, now=NOW)),
        pytest.raises(TrackerError, match="changed this habit"),
    ):
        habits.change(database, walk._replace(archived=True), now=NOW, was=walk)
    assert habits.habits(database) == [renamed]
    commitment = reviews.add_commitment(database, plan("one"), now=NOW)
    with (
        meanwhile(lambda: reviews.answer_commitment(other, commitment.id, True, now=NOW)),
        pytest.raises(TrackerError, match="changed this commitment"),
    ):
        reviews.change_commitment(database, commitment._replace(plan="another"), now=NOW, was=commitment)
    assert reviews.get_commitment(database, commitment.id) == commitment._replace(kept=True)


def test_an_import_by_words_that_changed_while_it_was_read_is_refused(
    database: Database, other: Database, tmp_path: Any
) -> None:
    from tracker.importers import importing

    path = tmp_path / "log.csv"
    path.write_text("channel,start,end\nx,2026-11-23T10:00:00+01:00,2026-11-23T10:10:00+01:00\n")
    with (
        meanwhile(lambda: channels.rename(other, channel(other, "x"), "twitter", title=None, now=NOW)) as written,
        pytest.raises(TrackerError, match="nothing was imported"),
    ):
        importing.import_files(database, "csv", str(path), ImportOptions(PARIS, NOW))
    assert written
    assert database.row("SELECT count(*) FROM session") == (0,)
    assert importing.import_files(database, "csv", str(path), ImportOptions(PARIS, NOW)).added == 1
    assert session_table.get(database, 1).channel == "twitter"
