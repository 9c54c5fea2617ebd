"""The last touch: counted from the end of a session, with a limit, and looked for again when sessions change."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.storage.files import dump
from tracker.domain.errors import TrackerError
from tracker.domain.models import TAKE, Reattributed
from tracker.storage import Database, channels, day_records, last_touch, outcomes, session_table, sessions, undo
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tracker.domain.models import Outcome, Session

PARIS = "Europe/Paris"
MINUTE, HOUR, DAY = 60, 3600, 86_400


def log(database: Database, channel: str, ago: int, lasted: int = HOUR, person: str | None = None) -> Session:
    """A session that ended `ago` seconds before NOW."""
    return sessions.add(
        database, channel, NOW - ago - lasted, NOW - ago, PARIS, now=NOW, person=person, on_overlap=TAKE
    )


def note(database: Database, ago: int = 0, person: str | None = None, channel: str | None = None) -> Outcome:
    return outcomes.add(database, "prospect", NOW - ago, PARIS, now=NOW, person=person, channel=channel)


def via(database: Database, outcome: Outcome) -> tuple[str | None, str]:
    attributed = outcomes.get(database, outcome.id)
    return attributed.channel, attributed.attribution


UNKNOWN = (None, "unknown")
LINKEDIN, CALL, X = ((name, "last touch") for name in ("linkedin", "call", "x"))


class TestRule:
    def test_it_is_counted_from_the_end(self, database: Database) -> None:
        log(database, "linkedin", DAY - MINUTE, 3 * HOUR)  # began 26 h before
        assert via(database, note(database)) == LINKEDIN

    @pytest.mark.parametrize(("ago", "touch"), [(DAY, LINKEDIN), (DAY + 1, UNKNOWN)])
    def test_24_hours_are_the_limit(self, database: Database, ago: int, touch: tuple[str | None, str]) -> None:
        log(database, "linkedin", ago)
        assert via(database, note(database)) == touch

    def test_the_last_to_end_is_it_whichever_began_last(self, database: Database) -> None:
        log(database, "linkedin", 10 * MINUTE, 5 * HOUR)
        log(database, "x", HOUR, 10 * MINUTE)
        assert via(database, note(database)) == LINKEDIN

    def test_of_those_going_on_the_one_that_began_last(self, database: Database) -> None:
        log(database, "linkedin", 0, 3 * HOUR)
        log(database, "x", HOUR, HOUR)
        log(database, "call", 30 * MINUTE, 2 * HOUR)
        assert via(database, note(database, ago=90 * MINUTE)) == X

    def test_what_still_runs_touches_now_however_long_ago_it_began(self, database: Database) -> None:
        sessions.start(database, "linkedin", NOW - 9 * DAY, PARIS, now=NOW)
        log(database, "x", MINUTE)
        assert via(database, note(database)) == LINKEDIN

    def test_what_began_later_does_not_touch(self, database: Database) -> None:
        log(database, "linkedin", 0, HOUR)
        assert via(database, note(database, ago=2 * HOUR)) == UNKNOWN

    def test_only_social_channels_and_real_contact_touch_without_a_person(self, database: Database) -> None:
        log(database, "whatsapp", 0)
        log(database, "work", 0)
        assert via(database, note(database)) == UNKNOWN

    @pytest.mark.parametrize(("ago", "touch"), [(90 * DAY, ("whatsapp", "last touch")), (90 * DAY + 1, UNKNOWN)])
    def test_with_the_person_90_days_are_the_limit(
        self, database: Database, ago: int, touch: tuple[str | None, str]
    ) -> None:
        log(database, "whatsapp", ago, person="Samia")
        assert via(database, note(database, person="samia")) == touch

    def test_the_person_wins_over_what_was_touched_later(self, database: Database) -> None:
        log(database, "call", 60 * DAY, person="Samia")
        log(database, "linkedin", 0)
        assert via(database, note(database, person="Samia")) == CALL
        assert via(database, note(database, person="Ana")) == LINKEDIN

    def test_with_the_person_too_the_end_counts(self, database: Database) -> None:
        log(database, "call", 0, 5 * HOUR, person="Samia")
        log(database, "linkedin", HOUR, MINUTE, person="Samia")
        assert via(database, note(database, person="Samia")) == CALL


class TestLookedForAgain:
    def test_when_the_session_is_logged_afterwards(self, database: Database) -> None:
        outcome = note(database, ago=HOUR)
        log(database, "linkedin", 2 * HOUR)
        assert via(database, outcome) == LINKEDIN
        assert [change.channel for change in database.reattributed] == ["linkedin"]
        assert undo.steps(database)[0].says == "logged linkedin; prospect o1 via linkedin"
        log(database, "x", HOUR)
        assert via(database, outcome) == X

    def test_when_the_person_was_met_weeks_before(self, database: Database) -> None:
        samia, nobody = note(database, person="Samia"), note(database)
        log(database, "call", 80 * DAY, person="samia")
        assert (via(database, samia), via(database, nobody)) == (CALL, UNKNOWN)

    def test_not_where_the_user_chose(self, database: Database) -> None:
        outcome = note(database, channel="x")
        log(database, "linkedin", 0)
        assert via(database, outcome) == ("x", "user")

    def test_when_it_is_edited(self, database: Database) -> None:
        session = log(database, "linkedin", HOUR)
        outcome = note(database)
        sessions.edit(database, session.id, now=NOW, channel="x")
        assert via(database, outcome) == X
        sessions.edit(database, session.id, now=NOW, start=NOW - 40 * HOUR, end=NOW - 39 * HOUR)
        assert via(database, outcome) == UNKNOWN
        sessions.edit(database, session.id, now=NOW, start=NOW - HOUR, end=NOW)
        assert via(database, outcome) == X

    def test_when_its_person_changes(self, database: Database) -> None:
        session = log(database, "call", 30 * DAY, person="Samia")
        outcome = note(database, person="Samia")
        sessions.edit(database, session.id, now=NOW, person="Ana")
        assert via(database, outcome) == UNKNOWN
        sessions.edit(database, session.id, now=NOW, person="samia")
        assert via(database, outcome) == CALL

    def test_when_it_is_deleted_and_that_is_one_step(self, database: Database) -> None:
        log(database, "x", 2 * HOUR)
        session = log(database, "linkedin", HOUR)
        outcome = note(database)
        sessions.delete(database, [session.id], now=NOW)
        assert via(database, outcome) == X
        undo.undo(database, 1, now=NOW)
        assert via(database, outcome) == LINKEDIN
        assert session_table.find(database, session.id)
        undo.redo(database, 1, now=NOW)
        assert via(database, outcome) == X

    def test_when_it_is_stopped_before_the_outcome(self, database: Database) -> None:
        log(database, "x", 2 * HOUR)
        sessions.start(database, "linkedin", NOW - 3 * HOUR, PARIS, now=NOW)
        outcome = note(database)
        assert via(database, outcome) == LINKEDIN
        sessions.stop(database, NOW - 2 * HOUR - MINUTE, now=NOW)
        assert via(database, outcome) == X

    def test_when_it_is_cancelled_cut_split_or_merged(self, database: Database) -> None:
        outcome = note(database, ago=HOUR)
        sessions.start(database, "x", NOW - 2 * HOUR, PARIS, now=NOW)
        assert via(database, outcome) == X
        sessions.cancel(database, now=NOW)
        assert via(database, outcome) == UNKNOWN

    def test_when_another_program_deletes_it(self, database: Database, tmp_path: Path) -> None:
        session = log(database, "linkedin", HOUR)
        outcome = note(database)
        other = sqlite3.connect(tmp_path / "tracker.db")
        with other:
            other.execute("DELETE FROM session WHERE id = ?", (session.id,))
        other.close()
        log(database, "work", 0)  # the next step of ours
        assert via(database, outcome) == UNKNOWN
        undo.undo(database, 2, now=NOW)
        assert via(database, outcome) == LINKEDIN
        assert session_table.find(database, session.id)

    def test_undone_and_noted_by_an_earlier_version(self, database: Database) -> None:
        """Its steps did not follow: undoing one does."""
        session = log(database, "linkedin", HOUR)
        outcome = note(database)
        with database.transaction():
            database.change("DELETE FROM session WHERE id = ?", (session.id,))
            database.change(
                "INSERT INTO action(at, says, state, first, last) "
                "SELECT ?, 'deleted', 'done', max(id), max(id) FROM change",
                (NOW,),
            )
        assert via(database, outcome) == LINKEDIN
        undo.undo(database, 1, now=NOW)
        assert via(database, outcome) == LINKEDIN

    def test_a_note_or_a_new_name_of_the_channel_moves_nothing(self, database: Database) -> None:
        session = log(database, "linkedin", HOUR)
        outcome = note(database)
        # As an earlier version attributed it, by the start.
        database.connection.execute("UPDATE outcome SET channel = 'x'")
        sessions.edit(database, session.id, now=NOW, note="likes")
        channels.rename(database, channels.find(database, "linkedin"), "pro", title=None, now=NOW)
        assert via(database, outcome) == X

    def test_what_is_out_of_reach_is_not_looked_at(self, database: Database) -> None:
        outcome = note(database)
        database.connection.execute("UPDATE outcome SET channel = 'x', attribution = 'last touch'")
        log(database, "linkedin", DAY + 1)
        assert via(database, outcome) == X

    def test_a_refused_change_moves_nothing(self, database: Database) -> None:
        outcome = note(database)

        def two() -> None:
            with undo_step(database, "two", NOW):
                log(database, "linkedin", 0)
                sessions.delete(database, [99], now=NOW)

        with pytest.raises(TrackerError):
            two()
        assert via(database, outcome) == UNKNOWN


SAMIA_CALL = ("call", "last touch")


def by_earlier_rule(database: Database) -> Outcome:
    """An outcome that an earlier version attributed to a session with its person 200 days before."""
    log(database, "call", 200 * DAY, person="Samia")
    outcome = note(database, ago=HOUR, person="Samia")
    with undo_step(database, "recorded", NOW):
        database.change("UPDATE outcome SET channel = 'call', attribution = 'last touch'")
    return outcome


def turn(database: Database, kind: str, channel: str = "whatsapp") -> None:
    channels.set_kind(database, channels.find(database, channel), kind, now=NOW)


def elsewhere(database: Database, *statements: str) -> None:
    """What another program does to the file."""
    other = sqlite3.connect(database.file.path, isolation_level=None)
    other.execute("PRAGMA foreign_keys = ON")
    for statement in statements:
        other.execute(statement)
    other.close()


def a_session(channel: str, ago: int, lasted: int = HOUR) -> str:
    return (
        f'INSERT INTO session(channel, start, "end", zone, source) '
        f"VALUES ('{channel}', {NOW - ago - lasted}, {NOW - ago}, '{PARIS}', 'log')"
    )


class TestUndo:
    """A step that is taken back leaves the very rows of before, whatever the rule would find now."""

    @pytest.mark.parametrize("old", [False, True])
    @pytest.mark.parametrize(
        "change",
        [
            lambda database: turn(database, "messaging"),
            lambda database: turn(database, "social"),
            lambda database: turn(database, "messaging", "linkedin"),
            lambda database: log(database, "linkedin", 2 * HOUR, 20 * MINUTE),
            lambda database: log(database, "work", 2 * HOUR),
            lambda database: log(database, "call", 2 * HOUR, person="SAMIA"),
            lambda database: sessions.delete(database, [1], now=NOW),
            lambda database: sessions.edit(
                database, 1, now=NOW, person="Ana", start=NOW - 9 * HOUR, end=NOW - 8 * HOUR
            ),
            lambda database: channels.rename(database, channels.find(database, "whatsapp"), "wa", title=None, now=NOW),
            lambda database: note(database, person="Samia"),
            lambda database: outcomes.edit(database, 1, now=NOW, person="Ana"),
        ],
    )
    def test_any_step(self, database: Database, change: Callable[[Database], object], *, old: bool) -> None:
        if old:
            by_earlier_rule(database)
        else:
            turn(database, "social")
            log(database, "whatsapp", 3 * HOUR)
            assert via(database, note(database)) == ("whatsapp", "last touch")
        past = [dump(database)]
        for step in (change, lambda database: log(database, "linkedin", 90 * MINUTE, MINUTE)):
            step(database)
            past.append(dump(database))
        past = [state for place, state in enumerate(past) if not place or state != past[place - 1]]
        for wanted in past[-2::-1]:
            undo.undo(database, 1, now=NOW)
            assert dump(database) == wanted
        for wanted in past[1:]:
            undo.redo(database, 1, now=NOW)
            assert dump(database) == wanted

    def test_a_channel_that_was_social_when_the_outcome_was_noted(self, database: Database) -> None:
        turn(database, "social")
        log(database, "whatsapp", 3 * HOUR)
        outcome = note(database)
        # As an earlier version changed a kind: nothing followed.
        with database.transaction():
            database.change("UPDATE channel SET kind = 'messaging' WHERE name = 'whatsapp'")
            database.change(
                "INSERT INTO action(at, says, state, first, last) SELECT ?, 'made', 'done', max(id), max(id) "
                "FROM change",
                (NOW,),
            )
        before = dump(database)
        log(database, "linkedin", HOUR, 20 * MINUTE)
        assert via(database, outcome) == LINKEDIN
        undo.undo(database, 1, now=NOW)
        assert dump(database) == before
        assert via(database, outcome) == ("whatsapp", "last touch")

    def test_what_an_earlier_rule_found_stays_until_that_person_is_met(self, database: Database) -> None:
        outcome = by_earlier_rule(database)
        log(database, "instagram", 2 * HOUR)
        turn(database, "social")
        assert via(database, outcome) == SAMIA_CALL
        log(database, "x", 30 * DAY, person="samia")
        assert via(database, outcome) == X

    def test_what_a_deleted_session_left_does_not_stay(self, database: Database) -> None:
        outcome = note(database)
        database.connection.execute("UPDATE outcome SET channel = 'x', attribution = 'last touch'")
        log(database, "linkedin", HOUR)
        assert via(database, outcome) == LINKEDIN

    def test_only_what_touches_is_within_reach(self, database: Database) -> None:
        outcome = note(database)
        database.connection.execute("UPDATE outcome SET channel = 'x', attribution = 'last touch'")
        log(database, "work", HOUR)
        with undo_step(database, "two, with the outcome between them", NOW):
            log(database, "linkedin", 9 * DAY)
            sessions.add(database, "linkedin", NOW + HOUR, NOW + 2 * HOUR, PARIS, now=NOW + DAY)
        assert via(database, outcome) == X


class TestChannels:
    """A channel's kind decides what touches; its name, letter and budget do not."""

    @pytest.mark.parametrize("column", ["letter = 'q'", "budget_seconds = 60", "name = 'wa', title = 'WA'"])
    def test_another_program_changes_one_and_logs_a_session(self, database: Database, column: str) -> None:
        outcome = note(database)
        elsewhere(database, f"UPDATE channel SET {column} WHERE name = 'whatsapp'", a_session("linkedin", HOUR))
        day_records.add_urge(database, "x", NOW, PARIS, now=NOW)
        assert via(database, outcome) == LINKEDIN

    def test_a_kind_is_followed(self, database: Database) -> None:
        log(database, "linkedin", 3 * HOUR)
        log(database, "whatsapp", HOUR)
        outcome, early = note(database), note(database, ago=2 * DAY)
        turn(database, "social")
        assert via(database, outcome) == ("whatsapp", "last touch")
        assert [change.id for change in database.reattributed] == [outcome.id]
        turn(database, "messaging")
        assert (via(database, outcome), via(database, early)) == (LINKEDIN, UNKNOWN)
        elsewhere(database, "UPDATE channel SET kind = 'focus' WHERE name = 'linkedin'")
        day_records.add_urge(database, "x", NOW, PARIS, now=NOW)
        assert via(database, outcome) == UNKNOWN

    def test_names_that_change_places(self, database: Database) -> None:
        log(database, "linkedin", 3 * HOUR)
        log(database, "whatsapp", HOUR)
        outcome = note(database)
        pairs = (("linkedin", "between"), ("whatsapp", "linkedin"), ("between", "whatsapp"))
        elsewhere(database, *(f"UPDATE channel SET name = '{new}' WHERE name = '{old}'" for old, new in pairs))
        day_records.add_urge(database, "x", NOW, PARIS, now=NOW)
        assert via(database, outcome) == ("whatsapp", "last touch")


class TestSaidOnce:
    """What a step did to outcomes is said of a step that was made, and of no other."""

    def test_not_of_a_trial(self, database: Database) -> None:
        note(database)

        def tried() -> None:
            with database.transaction():
                log(database, "linkedin", HOUR)
                raise TrackerError

        with pytest.raises(TrackerError):
            tried()
        assert database.reattributed == []
        undo.undo(database, 1, now=NOW)
        assert database.reattributed == []

    def test_of_all_steps_of_a_transaction_and_only_when_it_is_made(self, database: Database) -> None:
        first, second = note(database), note(database, ago=2 * DAY)
        with database.transaction():
            log(database, "x", 50 * HOUR)
            log(database, "linkedin", HOUR)
            assert database.reattributed == []
        assert [(change.id, change.channel) for change in database.reattributed] == [
            (second.id, "x"),
            (first.id, "linkedin"),
        ]
        with database.transaction():
            pass
        assert database.reattributed, "nothing was changed since"

    def test_not_of_what_undo_and_redo_put_back(self, database: Database) -> None:
        note(database)
        log(database, "linkedin", HOUR)
        assert database.reattributed
        undo.undo(database, 1, now=NOW)
        assert database.reattributed == []
        assert undo.redo(database, 1, now=NOW)[0].says == "logged linkedin; prospect o1 via linkedin"
        assert database.reattributed == []


def naive(database: Database, outcome: Outcome) -> str | None:
    """The rule over all sessions, without an index."""
    kinds = dict(database.rows("SELECT name, kind FROM channel"))
    ended = [
        (min(end if end is not None else outcome.at, outcome.at), start, id, channel, person)
        for id, channel, start, end, person in database.rows('SELECT id, channel, start, "end", person FROM session')
        if start <= outcome.at
    ]
    with_person = [
        row
        for row in ended
        if outcome.person and (row[4] or "").lower() == outcome.person.lower() and row[0] >= outcome.at - 90 * DAY
    ]
    others = [
        session for session in ended if kinds[session[3]] in ("social", "in_person") and session[0] >= outcome.at - DAY
    ]
    latest = max(with_person, default=None) or max(others, default=None)
    return latest[3] if latest else None


CHANNELS = st.sampled_from(("linkedin", "x", "call", "whatsapp", "work"))
WHO = st.none() | st.sampled_from(("Ana", "ana", "Ben"))
HOURS = st.one_of(st.integers(0, 50), st.integers(2100, 2200))
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("log"), CHANNELS, HOURS, st.integers(0, 30), WHO),
        st.tuples(st.just("note"), HOURS, WHO),
        st.tuples(st.just("delete"), st.integers(0, 9)),
        st.tuples(st.just("edit"), st.integers(0, 9), CHANNELS, HOURS, st.integers(0, 30), WHO),
        st.tuples(st.just("start"), CHANNELS, HOURS, WHO),
        st.tuples(st.just("stop"), HOURS),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with Database.open(str(tmp_path_factory.mktemp("touches") / "tracker.db")) as opened:
        yield opened


def apply(database: Database, what: str, values: tuple[Any, ...]) -> None:
    ids = [id for (id,) in database.rows("SELECT id FROM session ORDER BY id")] or [0]
    match what, *values:
        case "log", channel, ago, hours, who:
            log(database, channel, ago * HOUR, hours * HOUR, who)
        case "note", ago, who:
            note(database, ago * HOUR, who)
        case "delete", place:
            sessions.delete(database, [ids[place % len(ids)]], now=NOW)
        case "edit", place, channel, ago, hours, who:
            end = NOW - ago * HOUR
            fields = {"channel": channel, "start": end - hours * HOUR, "end": end, "person": who}
            sessions.edit(database, ids[place % len(ids)], now=NOW, on_overlap=TAKE, **fields)
        case "start", channel, ago, who:
            sessions.start(database, channel, NOW - ago * HOUR, PARIS, now=NOW, person=who)
        case "stop", ago:
            sessions.stop(database, NOW - ago * HOUR, now=NOW)
        case "undo", *_:
            undo.undo(database, 1, now=NOW)
        case _:
            undo.redo(database, 1, now=NOW)


def test_another_kind_of_a_channel_is_another_touch_and_undone_with_it(database: Database) -> None:
    log(database, "linkedin", 3 * HOUR)
    log(database, "call", HOUR)
    outcome, chosen = note(database), note(database, channel="call")
    assert via(database, outcome) == CALL
    channels.set_kind(database, channels.find(database, "call"), "focus", now=NOW)
    assert (via(database, outcome), via(database, chosen)) == (LINKEDIN, ("call", "user"))
    undo.undo(database, 1, now=NOW)
    assert via(database, outcome) == CALL
    undo.redo(database, 1, now=NOW)
    assert via(database, outcome) == LINKEDIN
    channels.set_kind(database, channels.find(database, "call"), "in_person", now=NOW)
    assert via(database, outcome) == CALL


@settings(max_examples=60)
@given(CHANGES)
def test_after_every_change_each_outcome_has_its_last_touch(shared: Database, changes: list[tuple[Any, ...]]) -> None:
    for table in ("session", "outcome", "change", "action"):
        shared.connection.execute(f"DELETE FROM {table}")
    shared.connection.execute("DELETE FROM change")
    for what, *values in changes:
        try:
            apply(shared, what, tuple(values))
        except TrackerError:
            continue
        for outcome in outcomes.in_span(shared, 0, NOW + 1):
            assert outcome.channel == naive(shared, outcome), (what, values)


def test_of_many_outcomes_only_the_number_is_said() -> None:
    few = [Reattributed(1, "prospect", "x"), Reattributed(2, "client", None)]
    assert last_touch.say_reattributed(few) == "prospect o1 is via x now; client o2 has no channel now"
    assert last_touch.say_reattributed([*few, *few]) == "the channels of 4 results changed as well"
