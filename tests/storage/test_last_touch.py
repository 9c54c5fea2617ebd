"""The last touch: counted from the end of a session, with a limit, and looked for again when sessions change."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.storage.files import dump
from tracker.domain.models import TrackerError
from tracker.storage import Journal, channels, last_touch, outcomes, overlaps, session_table, sessions, undo, urges
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tracker.domain.models import Outcome, Session

PARIS = "Europe/Paris"
MINUTE, HOUR, DAY = 60, 3600, 86_400


def log(journal: Journal, channel: str, ago: int, lasted: int = HOUR, person: str | None = None) -> Session:
    """A session that ended `ago` seconds before NOW."""
    return sessions.add(
        journal, channel, NOW - ago - lasted, NOW - ago, PARIS, now=NOW, person=person, how=overlaps.TAKE
    )


def note(journal: Journal, ago: int = 0, person: str | None = None, channel: str | None = None) -> Outcome:
    return outcomes.add(journal, "prospect", NOW - ago, PARIS, now=NOW, person=person, channel=channel)


def via(journal: Journal, outcome: Outcome) -> tuple[str | None, str]:
    found = outcomes.get(journal, outcome.id)
    return found.channel, found.attribution


UNKNOWN = (None, "unknown")
LINKEDIN, CALL, X = ((name, "last touch") for name in ("linkedin", "call", "x"))


class TestRule:
    def test_it_is_counted_from_the_end(self, journal: Journal) -> None:
        log(journal, "linkedin", DAY - MINUTE, 3 * HOUR)  # began 26 h before
        assert via(journal, note(journal)) == LINKEDIN

    @pytest.mark.parametrize(("ago", "found"), [(DAY, LINKEDIN), (DAY + 1, UNKNOWN)])
    def test_24_hours_are_the_limit(self, journal: Journal, ago: int, found: tuple[str | None, str]) -> None:
        log(journal, "linkedin", ago)
        assert via(journal, note(journal)) == found

    def test_the_last_to_end_is_it_whichever_began_last(self, journal: Journal) -> None:
        log(journal, "linkedin", 10 * MINUTE, 5 * HOUR)
        log(journal, "x", HOUR, 10 * MINUTE)
        assert via(journal, note(journal)) == LINKEDIN

    def test_of_those_going_on_the_one_that_began_last(self, journal: Journal) -> None:
        log(journal, "linkedin", 0, 3 * HOUR)
        log(journal, "x", HOUR, HOUR)
        log(journal, "call", 30 * MINUTE, 2 * HOUR)
        assert via(journal, note(journal, ago=90 * MINUTE)) == X

    def test_what_still_runs_touches_now_however_long_ago_it_began(self, journal: Journal) -> None:
        sessions.start(journal, "linkedin", NOW - 9 * DAY, PARIS, now=NOW)
        log(journal, "x", MINUTE)
        assert via(journal, note(journal)) == LINKEDIN

    def test_what_began_later_does_not_touch(self, journal: Journal) -> None:
        log(journal, "linkedin", 0, HOUR)
        assert via(journal, note(journal, ago=2 * HOUR)) == UNKNOWN

    def test_only_social_channels_and_real_contact_touch_without_a_person(self, journal: Journal) -> None:
        log(journal, "whatsapp", 0)
        log(journal, "work", 0)
        assert via(journal, note(journal)) == UNKNOWN

    @pytest.mark.parametrize(("ago", "found"), [(90 * DAY, ("whatsapp", "last touch")), (90 * DAY + 1, UNKNOWN)])
    def test_with_the_person_90_days_are_the_limit(
        self, journal: Journal, ago: int, found: tuple[str | None, str]
    ) -> None:
        log(journal, "whatsapp", ago, person="Samia")
        assert via(journal, note(journal, person="samia")) == found

    def test_the_person_wins_over_what_was_touched_later(self, journal: Journal) -> None:
        log(journal, "call", 60 * DAY, person="Samia")
        log(journal, "linkedin", 0)
        assert via(journal, note(journal, person="Samia")) == CALL
        assert via(journal, note(journal, person="Ana")) == LINKEDIN

    def test_with_the_person_too_the_end_counts(self, journal: Journal) -> None:
        log(journal, "call", 0, 5 * HOUR, person="Samia")
        log(journal, "linkedin", HOUR, MINUTE, person="Samia")
        assert via(journal, note(journal, person="Samia")) == CALL


class TestLookedForAgain:
    def test_when_the_session_is_logged_afterwards(self, journal: Journal) -> None:
        outcome = note(journal, ago=HOUR)
        log(journal, "linkedin", 2 * HOUR)
        assert via(journal, outcome) == LINKEDIN
        assert [one.channel for one in journal.reattributed] == ["linkedin"]
        assert undo.steps(journal)[0].says == "logged linkedin; prospect o1 via linkedin"
        log(journal, "x", HOUR)
        assert via(journal, outcome) == X

    def test_when_the_person_was_met_weeks_before(self, journal: Journal) -> None:
        samia, nobody = note(journal, person="Samia"), note(journal)
        log(journal, "call", 80 * DAY, person="samia")
        assert (via(journal, samia), via(journal, nobody)) == (CALL, UNKNOWN)

    def test_not_where_the_user_chose(self, journal: Journal) -> None:
        outcome = note(journal, channel="x")
        log(journal, "linkedin", 0)
        assert via(journal, outcome) == ("x", "user")

    def test_when_it_is_edited(self, journal: Journal) -> None:
        session = log(journal, "linkedin", HOUR)
        outcome = note(journal)
        sessions.edit(journal, session.id, now=NOW, channel="x")
        assert via(journal, outcome) == X
        sessions.edit(journal, session.id, now=NOW, start=NOW - 40 * HOUR, end=NOW - 39 * HOUR)
        assert via(journal, outcome) == UNKNOWN
        sessions.edit(journal, session.id, now=NOW, start=NOW - HOUR, end=NOW)
        assert via(journal, outcome) == X

    def test_when_its_person_changes(self, journal: Journal) -> None:
        session = log(journal, "call", 30 * DAY, person="Samia")
        outcome = note(journal, person="Samia")
        sessions.edit(journal, session.id, now=NOW, person="Ana")
        assert via(journal, outcome) == UNKNOWN
        sessions.edit(journal, session.id, now=NOW, person="samia")
        assert via(journal, outcome) == CALL

    def test_when_it_is_deleted_and_that_is_one_step(self, journal: Journal) -> None:
        log(journal, "x", 2 * HOUR)
        session = log(journal, "linkedin", HOUR)
        outcome = note(journal)
        sessions.delete(journal, [session.id], now=NOW)
        assert via(journal, outcome) == X
        undo.undo(journal, 1, now=NOW)
        assert via(journal, outcome) == LINKEDIN
        assert session_table.find(journal, session.id)
        undo.redo(journal, 1, now=NOW)
        assert via(journal, outcome) == X

    def test_when_it_is_stopped_before_the_outcome(self, journal: Journal) -> None:
        log(journal, "x", 2 * HOUR)
        sessions.start(journal, "linkedin", NOW - 3 * HOUR, PARIS, now=NOW)
        outcome = note(journal)
        assert via(journal, outcome) == LINKEDIN
        sessions.stop(journal, NOW - 2 * HOUR - MINUTE, now=NOW)
        assert via(journal, outcome) == X

    def test_when_it_is_cancelled_cut_split_or_merged(self, journal: Journal) -> None:
        outcome = note(journal, ago=HOUR)
        sessions.start(journal, "x", NOW - 2 * HOUR, PARIS, now=NOW)
        assert via(journal, outcome) == X
        sessions.cancel(journal, now=NOW)
        assert via(journal, outcome) == UNKNOWN

    def test_when_another_program_deletes_it(self, journal: Journal, tmp_path: Path) -> None:
        session = log(journal, "linkedin", HOUR)
        outcome = note(journal)
        other = sqlite3.connect(tmp_path / "tracker.db")
        with other:
            other.execute("DELETE FROM session WHERE id = ?", (session.id,))
        other.close()
        log(journal, "work", 0)  # the next step of ours
        assert via(journal, outcome) == UNKNOWN
        undo.undo(journal, 2, now=NOW)
        assert via(journal, outcome) == LINKEDIN
        assert session_table.find(journal, session.id)

    def test_undone_and_noted_by_an_earlier_version(self, journal: Journal) -> None:
        """Its steps did not follow: undoing one does."""
        session = log(journal, "linkedin", HOUR)
        outcome = note(journal)
        with journal.transaction():
            journal.change("DELETE FROM session WHERE id = ?", (session.id,))
            journal.change(
                "INSERT INTO action(at, says, state, first, last) "
                "SELECT ?, 'deleted', 'done', max(id), max(id) FROM change",
                (NOW,),
            )
        assert via(journal, outcome) == LINKEDIN
        undo.undo(journal, 1, now=NOW)
        assert via(journal, outcome) == LINKEDIN

    def test_a_note_or_a_new_name_of_the_channel_moves_nothing(self, journal: Journal) -> None:
        session = log(journal, "linkedin", HOUR)
        outcome = note(journal)
        # As an earlier version attributed it, by the start.
        journal.connection.execute("UPDATE outcome SET channel = 'x'")
        sessions.edit(journal, session.id, now=NOW, note="likes")
        channels.rename(journal, channels.find(journal, "linkedin"), "pro", title=None, now=NOW)
        assert via(journal, outcome) == X

    def test_what_is_out_of_reach_is_not_looked_at(self, journal: Journal) -> None:
        outcome = note(journal)
        journal.connection.execute("UPDATE outcome SET channel = 'x', attribution = 'last touch'")
        log(journal, "linkedin", DAY + 1)
        assert via(journal, outcome) == X

    def test_a_refused_change_moves_nothing(self, journal: Journal) -> None:
        outcome = note(journal)

        def two() -> None:
            with undo_step(journal, "two", NOW):
                log(journal, "linkedin", 0)
                sessions.delete(journal, [99], now=NOW)

        with pytest.raises(TrackerError):
            two()
        assert via(journal, outcome) == UNKNOWN


SAMIA_CALL = ("call", "last touch")


def by_earlier_rule(journal: Journal) -> Outcome:
    """An outcome that an earlier version attributed to a session with its person 200 days before."""
    log(journal, "call", 200 * DAY, person="Samia")
    outcome = note(journal, ago=HOUR, person="Samia")
    with undo_step(journal, "noted", NOW):
        journal.change("UPDATE outcome SET channel = 'call', attribution = 'last touch'")
    return outcome


def turn(journal: Journal, kind: str, channel: str = "whatsapp") -> None:
    channels.set_kind(journal, channels.find(journal, channel), kind, now=NOW)


def elsewhere(journal: Journal, *statements: str) -> None:
    """What another program does to the file."""
    other = sqlite3.connect(journal.path, isolation_level=None)
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
            lambda journal: turn(journal, "messaging"),
            lambda journal: turn(journal, "social"),
            lambda journal: turn(journal, "messaging", "linkedin"),
            lambda journal: log(journal, "linkedin", 2 * HOUR, 20 * MINUTE),
            lambda journal: log(journal, "work", 2 * HOUR),
            lambda journal: log(journal, "call", 2 * HOUR, person="SAMIA"),
            lambda journal: sessions.delete(journal, [1], now=NOW),
            lambda journal: sessions.edit(journal, 1, now=NOW, person="Ana", start=NOW - 9 * HOUR, end=NOW - 8 * HOUR),
            lambda journal: channels.rename(journal, channels.find(journal, "whatsapp"), "wa", title=None, now=NOW),
            lambda journal: note(journal, person="Samia"),
            lambda journal: outcomes.edit(journal, 1, now=NOW, person="Ana"),
        ],
    )
    def test_any_step(self, journal: Journal, change: Callable[[Journal], object], *, old: bool) -> None:
        if old:
            by_earlier_rule(journal)
        else:
            turn(journal, "social")
            log(journal, "whatsapp", 3 * HOUR)
            assert via(journal, note(journal)) == ("whatsapp", "last touch")
        past = [dump(journal)]
        for step in (change, lambda journal: log(journal, "linkedin", 90 * MINUTE, MINUTE)):
            step(journal)
            past.append(dump(journal))
        past = [state for place, state in enumerate(past) if not place or state != past[place - 1]]
        for wanted in past[-2::-1]:
            undo.undo(journal, 1, now=NOW)
            assert dump(journal) == wanted
        for wanted in past[1:]:
            undo.redo(journal, 1, now=NOW)
            assert dump(journal) == wanted

    def test_a_channel_that_was_social_when_the_outcome_was_noted(self, journal: Journal) -> None:
        turn(journal, "social")
        log(journal, "whatsapp", 3 * HOUR)
        outcome = note(journal)
        # As an earlier version changed a kind: nothing followed.
        with journal.transaction():
            journal.change("UPDATE channel SET kind = 'messaging' WHERE name = 'whatsapp'")
            journal.change(
                "INSERT INTO action(at, says, state, first, last) SELECT ?, 'made', 'done', max(id), max(id) "
                "FROM change",
                (NOW,),
            )
        before = dump(journal)
        log(journal, "linkedin", HOUR, 20 * MINUTE)
        assert via(journal, outcome) == LINKEDIN
        undo.undo(journal, 1, now=NOW)
        assert dump(journal) == before
        assert via(journal, outcome) == ("whatsapp", "last touch")

    def test_what_an_earlier_rule_found_stays_until_that_person_is_met(self, journal: Journal) -> None:
        outcome = by_earlier_rule(journal)
        log(journal, "instagram", 2 * HOUR)
        turn(journal, "social")
        assert via(journal, outcome) == SAMIA_CALL
        log(journal, "x", 30 * DAY, person="samia")
        assert via(journal, outcome) == X

    def test_what_a_deleted_session_left_does_not_stay(self, journal: Journal) -> None:
        outcome = note(journal)
        journal.connection.execute("UPDATE outcome SET channel = 'x', attribution = 'last touch'")
        log(journal, "linkedin", HOUR)
        assert via(journal, outcome) == LINKEDIN

    def test_only_what_touches_is_within_reach(self, journal: Journal) -> None:
        outcome = note(journal)
        journal.connection.execute("UPDATE outcome SET channel = 'x', attribution = 'last touch'")
        log(journal, "work", HOUR)
        with undo_step(journal, "two, with the outcome between them", NOW):
            log(journal, "linkedin", 9 * DAY)
            sessions.add(journal, "linkedin", NOW + HOUR, NOW + 2 * HOUR, PARIS, now=NOW + DAY)
        assert via(journal, outcome) == X


class TestChannels:
    """A channel's kind decides what touches; its name, letter and budget do not."""

    @pytest.mark.parametrize("column", ["letter = 'q'", "budget_seconds = 60", "name = 'wa', title = 'WA'"])
    def test_another_program_changes_one_and_logs_a_session(self, journal: Journal, column: str) -> None:
        outcome = note(journal)
        elsewhere(journal, f"UPDATE channel SET {column} WHERE name = 'whatsapp'", a_session("linkedin", HOUR))
        urges.add(journal, "x", NOW, PARIS, now=NOW)
        assert via(journal, outcome) == LINKEDIN

    def test_a_kind_is_followed(self, journal: Journal) -> None:
        log(journal, "linkedin", 3 * HOUR)
        log(journal, "whatsapp", HOUR)
        outcome, early = note(journal), note(journal, ago=2 * DAY)
        turn(journal, "social")
        assert via(journal, outcome) == ("whatsapp", "last touch")
        assert [one.id for one in journal.reattributed] == [outcome.id]
        turn(journal, "messaging")
        assert (via(journal, outcome), via(journal, early)) == (LINKEDIN, UNKNOWN)
        elsewhere(journal, "UPDATE channel SET kind = 'focus' WHERE name = 'linkedin'")
        urges.add(journal, "x", NOW, PARIS, now=NOW)
        assert via(journal, outcome) == UNKNOWN

    def test_names_that_change_places(self, journal: Journal) -> None:
        log(journal, "linkedin", 3 * HOUR)
        log(journal, "whatsapp", HOUR)
        outcome = note(journal)
        pairs = (("linkedin", "between"), ("whatsapp", "linkedin"), ("between", "whatsapp"))
        elsewhere(journal, *(f"UPDATE channel SET name = '{new}' WHERE name = '{old}'" for old, new in pairs))
        urges.add(journal, "x", NOW, PARIS, now=NOW)
        assert via(journal, outcome) == ("whatsapp", "last touch")


class TestSaidOnce:
    """What a step did to outcomes is said of a step that was made, and of no other."""

    def test_not_of_a_trial(self, journal: Journal) -> None:
        note(journal)

        def tried() -> None:
            with journal.transaction():
                log(journal, "linkedin", HOUR)
                raise TrackerError

        with pytest.raises(TrackerError):
            tried()
        assert journal.reattributed == []
        undo.undo(journal, 1, now=NOW)
        assert journal.reattributed == []

    def test_of_all_steps_of_a_transaction_and_only_when_it_is_made(self, journal: Journal) -> None:
        first, second = note(journal), note(journal, ago=2 * DAY)
        with journal.transaction():
            log(journal, "x", 50 * HOUR)
            log(journal, "linkedin", HOUR)
            assert journal.reattributed == []
        assert [(one.id, one.channel) for one in journal.reattributed] == [(second.id, "x"), (first.id, "linkedin")]
        with journal.transaction():
            pass
        assert journal.reattributed, "nothing was changed since"

    def test_not_of_what_undo_and_redo_put_back(self, journal: Journal) -> None:
        note(journal)
        log(journal, "linkedin", HOUR)
        assert journal.reattributed
        undo.undo(journal, 1, now=NOW)
        assert journal.reattributed == []
        assert undo.redo(journal, 1, now=NOW)[0].says == "logged linkedin; prospect o1 via linkedin"
        assert journal.reattributed == []


def naive(journal: Journal, outcome: Outcome) -> str | None:
    """The rule over all sessions, without an index."""
    kinds = dict(journal.rows("SELECT name, kind FROM channel"))
    ended = [
        (min(end if end is not None else outcome.at, outcome.at), start, id, channel, person)
        for id, channel, start, end, person in journal.rows('SELECT id, channel, start, "end", person FROM session')
        if start <= outcome.at
    ]
    with_person = [
        one
        for one in ended
        if outcome.person and (one[4] or "").lower() == outcome.person.lower() and one[0] >= outcome.at - 90 * DAY
    ]
    others = [one for one in ended if kinds[one[3]] in ("social", "in_person") and one[0] >= outcome.at - DAY]
    found = max(with_person, default=None) or max(others, default=None)
    return found[3] if found else None


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
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    with Journal.open(str(tmp_path_factory.mktemp("touches") / "tracker.db")) as opened:
        yield opened


def apply(journal: Journal, what: str, values: tuple[Any, ...]) -> None:
    ids = [id for (id,) in journal.rows("SELECT id FROM session ORDER BY id")] or [0]
    match what, *values:
        case "log", channel, ago, hours, who:
            log(journal, channel, ago * HOUR, hours * HOUR, who)
        case "note", ago, who:
            note(journal, ago * HOUR, who)
        case "delete", place:
            sessions.delete(journal, [ids[place % len(ids)]], now=NOW)
        case "edit", place, channel, ago, hours, who:
            end = NOW - ago * HOUR
            fields = {"channel": channel, "start": end - hours * HOUR, "end": end, "person": who}
            sessions.edit(journal, ids[place % len(ids)], now=NOW, how=overlaps.TAKE, **fields)
        case "start", channel, ago, who:
            sessions.start(journal, channel, NOW - ago * HOUR, PARIS, now=NOW, person=who)
        case "stop", ago:
            sessions.stop(journal, NOW - ago * HOUR, now=NOW)
        case "undo", *_:
            undo.undo(journal, 1, now=NOW)
        case _:
            undo.redo(journal, 1, now=NOW)


def test_another_kind_of_a_channel_is_another_touch_and_undone_with_it(journal: Journal) -> None:
    log(journal, "linkedin", 3 * HOUR)
    log(journal, "call", HOUR)
    found, chosen = note(journal), note(journal, channel="call")
    assert via(journal, found) == CALL
    channels.set_kind(journal, channels.find(journal, "call"), "focus", now=NOW)
    assert (via(journal, found), via(journal, chosen)) == (LINKEDIN, ("call", "user"))
    undo.undo(journal, 1, now=NOW)
    assert via(journal, found) == CALL
    undo.redo(journal, 1, now=NOW)
    assert via(journal, found) == LINKEDIN
    channels.set_kind(journal, channels.find(journal, "call"), "in_person", now=NOW)
    assert via(journal, found) == CALL


@settings(max_examples=60)
@given(CHANGES)
def test_after_every_change_each_outcome_has_its_last_touch(shared: Journal, changes: list[tuple[Any, ...]]) -> None:
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
    few = [last_touch.Reattributed(1, "prospect", "x"), last_touch.Reattributed(2, "client", None)]
    assert last_touch.say_reattributed(few) == "prospect o1 is via x now; client o2 has no channel now"
    assert last_touch.say_reattributed([*few, *few]) == "the channels of 4 outcomes changed with it"
