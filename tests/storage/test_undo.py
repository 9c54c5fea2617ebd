"""Undo and redo: every change, step by step, across programs, and only as far as 30 days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import HANGS_AFTER, NOW
from tests.storage.files import PARIS, Dump, delete_record, dump, minutes_ago, python
from tracker.domain.errors import TrackerError
from tracker.storage import Database, channels, day_records, imported_facts, outcomes, session_table, sessions, undo
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = 86_400


def prepare(database: Database) -> None:
    """Something of everything, so that each change has what it changes."""
    for begin in (300, 240, 180):
        sessions.add(database, "linkedin", minutes_ago(begin), minutes_ago(begin - 30), PARIS, now=NOW, note=f"{begin}")
    sessions.add(database, "instagram", minutes_ago(90), minutes_ago(60), PARIS, now=NOW, source="app-usage")
    sessions.check(database, "x", minutes_ago(50), PARIS, "likes", now=NOW)
    outcomes.add(database, "prospect", minutes_ago(20), PARIS, now=NOW)
    day_records.write_note(database, "2026-11-22", "a quiet day", now=NOW)
    channels.add_match(database, channels.find(database, "linkedin"), "alias", "in", now=NOW)
    sessions.start(database, "work", minutes_ago(10), PARIS, now=NOW)


def channel(database: Database, name: str = "linkedin") -> Any:
    return channels.find(database, name)


def stopped(database: Database) -> None:
    sessions.stop(database, NOW, now=NOW)


CHANGES: dict[str, Callable[[Database], object]] = {
    "stop": stopped,
    "cancel": lambda database: sessions.cancel(database, now=NOW),
    "switch": lambda database: sessions.switch(database, "x", NOW, PARIS, now=NOW, intention="reply"),
    "check": lambda database: sessions.check(database, "x", NOW, PARIS, None, now=NOW),
    "a check in the same second": lambda database: sessions.check(database, "x", minutes_ago(50), PARIS, None, now=NOW),
    "add": lambda database: sessions.add(database, "x", minutes_ago(40), minutes_ago(30), "America/Montreal", now=NOW),
    "add over an import": lambda database: sessions.add(
        database, "instagram", minutes_ago(80), minutes_ago(70), PARIS, now=NOW
    ),
    "edit": lambda database: sessions.edit(database, 1, now=NOW, note=None, activity="create", planned_seconds=60),
    "edit the span": lambda database: sessions.edit(database, 1, now=NOW, start=minutes_ago(310)),
    "edit the channel": lambda database: sessions.edit(database, 1, now=NOW, channel="reddit"),
    "edit the zone": lambda database: sessions.edit(database, 1, now=NOW, zone="Asia/Tokyo"),
    "split": lambda database: sessions.split(database, 1, minutes_ago(290), now=NOW),
    "split what runs": lambda database: sessions.split(database, 6, minutes_ago(5), now=NOW),
    "merge": lambda database: sessions.merge(database, [1, 2, 3], now=NOW, across=True),
    "delete": lambda database: sessions.delete(database, [1, 4, 6], now=NOW),
    "urge": lambda database: day_records.add_urge(database, "x", NOW, PARIS, now=NOW, trigger="bored"),
    "outcome": lambda database: outcomes.add(database, "income", NOW, PARIS, now=NOW, amount=48000, currency="EUR"),
    "delete an outcome": lambda database: delete_record(database, "outcome", 1, now=NOW),
    "write": lambda database: day_records.write_note(database, "2026-11-23", "words", now=NOW),
    "write over": lambda database: day_records.write_note(database, "2026-11-22", "better words", now=NOW),
    "take words away": lambda database: day_records.write_note(database, "2026-11-22", "", now=NOW),
    "zero": lambda database: day_records.confirm_zero(database, "2026-11-22", True, now=NOW),
    "add a channel": lambda database: channels.add(database, "malt", title=None, kind="social", now=NOW),
    "rename a channel": lambda database: channels.rename(database, channel(database), "pro", title=None, now=NOW),
    "rename to an alias": lambda database: channels.rename(
        database, channel(database, "x"), "twitter", title=None, now=NOW
    ),
    "budget": lambda database: channels.set_budget(database, channel(database), 1800, now=NOW),
    "kind": lambda database: channels.set_kind(database, channel(database), "focus", now=NOW),
    "archive": lambda database: channels.set_archived(database, channel(database), True, now=NOW),
    "alias": lambda database: channels.add_match(database, channel(database), "alias", "boulot", now=NOW),
    "add an activity": lambda database: channels.add_activity(database, "draw", purpose="make", now=NOW),
    "rename an activity": lambda database: channels.rename_activity(
        database, channels.find_activity(database, "create"), "make", now=NOW
    ),
    "archive an activity": lambda database: channels.set_activity_archived(
        database, channels.find_activity(database, "create"), True, now=NOW
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_one_step_that_goes_and_comes_back_exactly(database: Database, name: str) -> None:
    fresh = dump(database)
    prepare(database)
    before, steps = dump(database), len(undo.steps(database))
    CHANGES[name](database)
    after = dump(database)
    assert after != before
    assert len(undo.steps(database)) == steps + 1
    for _again in range(3):
        (undone,) = undo.undo(database, 1, now=NOW)
        assert undone.state == "undone"
        assert dump(database) == before
        (redone,) = undo.redo(database, 1, now=NOW)
        assert redone == undone._replace(state="done")
        assert dump(database) == after
    undo.undo(database, steps + 1, now=NOW)
    assert dump(database) == fresh
    undo.redo(database, steps + 1, now=NOW)
    assert dump(database) == after


def test_nothing_to_undo_is_said_and_nothing_is_done(database: Database) -> None:
    with pytest.raises(TrackerError, match="nothing to undo"):
        undo.undo(database, 1, now=NOW)
    sessions.start(database, "x", NOW, PARIS, now=NOW)
    before = dump(database)
    with pytest.raises(TrackerError, match="only 1 change can be undone"):
        undo.undo(database, 2, now=NOW)
    assert dump(database) == before
    with pytest.raises(TrackerError, match="nothing to redo"):
        undo.redo(database, 1, now=NOW)


def test_a_new_change_drops_what_could_be_redone(database: Database) -> None:
    sessions.start(database, "x", NOW, PARIS, now=NOW)
    undo.undo(database, 1, now=NOW)
    sessions.check(database, "x", NOW, PARIS, None, now=NOW)
    with pytest.raises(TrackerError, match="nothing to redo"):
        undo.redo(database, 1, now=NOW)
    undo.undo(database, 1, now=NOW)
    (redone,) = undo.redo(database, 1, now=NOW)
    assert "checked" in redone.says


def test_a_change_of_nothing_is_no_step_and_keeps_redo(database: Database) -> None:
    session = sessions.add(database, "x", minutes_ago(9), minutes_ago(8), PARIS, now=NOW)
    sessions.add(database, "x", minutes_ago(7), minutes_ago(6), PARIS, now=NOW)
    undo.undo(database, 1, now=NOW)
    sessions.edit(database, session.id, now=NOW, note=None)
    day_records.write_note(database, "2026-11-23", "", now=NOW)
    channels.set_budget(database, channel(database), None, now=NOW)
    channels.rename(database, channel(database), "linkedin", title="LinkedIn", now=NOW)
    assert len(undo.redo(database, 1, now=NOW)) == 1


def test_a_refused_change_leaves_no_step(database: Database) -> None:
    sessions.start(database, "x", NOW, PARIS, now=NOW)
    steps, before = undo.steps(database), dump(database)
    with pytest.raises(TrackerError):
        sessions.start(database, "x", NOW, PARIS, now=NOW)
    with pytest.raises(TrackerError):
        sessions.add(database, "reddit", minutes_ago(5), NOW, "Mars/Olympus", now=NOW)
    assert (undo.steps(database), dump(database)) == (steps, before)


def test_undo_does_not_reach_beyond_thirty_days(database: Database) -> None:
    sessions.check(database, "x", NOW, PARIS, None, now=NOW)
    with pytest.raises(TrackerError, match="30 days"):
        undo.undo(database, 1, now=NOW + 30 * DAY + 1)
    assert undo.undo(database, 1, now=NOW + 30 * DAY)


def test_what_undo_cannot_reach_is_forgotten_by_someone_active_every_day(database: Database) -> None:
    for day in range(50):
        at = NOW + day * DAY
        sessions.check(database, "x", at, PARIS, None, now=at)
    (oldest,) = database.row("SELECT min(at) FROM action")
    assert NOW + 18 * DAY <= oldest <= NOW + 20 * DAY
    (changes, steps) = database.row("SELECT (SELECT count(*) FROM change), (SELECT count(*) FROM action)")
    assert changes == steps
    assert len(undo.undo(database, 31, now=NOW + 49 * DAY)) == 31


def test_after_a_long_pause_step_numbers_still_grow(database: Database) -> None:
    for day in (0, 1, 100, 300):
        sessions.check(database, "x", NOW + day * DAY, PARIS, None, now=NOW + day * DAY)
        assert undo.steps(database)[0].id == database.row("SELECT max(id) FROM action")[0]
        with pytest.raises(TrackerError, match=r"only . changes? can be undone"):
            undo.undo(database, 3, now=NOW + day * DAY)
    assert session_table.in_span(database, 0, NOW * 2)[3:]


def import_facts(database: Database, *facts: tuple[int, str, int, int, int]) -> None:
    with undo_step(database, "imported", NOW) as action:
        imported_facts.remember(database, "chrome", action, list(facts))


def ends(database: Database) -> dict[int, int]:
    return {key: end for key, _channel, _start, end, _estimated in imported_facts.by_key(database, "chrome")}


def test_facts_of_an_import_are_forgotten_by_undo_and_remembered_by_redo(database: Database) -> None:
    import_facts(database, (1, "x", 100, 200, 0))
    undo.undo(database, 1, now=NOW)
    assert list(imported_facts.by_key(database, "chrome")) == []
    undo.redo(database, 1, now=NOW)
    assert [key for key, *_fact in imported_facts.by_key(database, "chrome")] == [1]
    assert list(imported_facts.by_key(database, "firefox")) == []


def test_undoing_the_import_that_grew_a_fact_brings_back_the_fact_as_it_was(database: Database) -> None:
    import_facts(database, (1, "x", 100, 200, 0))
    import_facts(database, (1, "x", 100, 300, 0), (2, "x", 400, 500, 0))
    assert ends(database)[1] == 300
    undo.undo(database, 1, now=NOW)
    assert ends(database) == {1: 200}
    import_facts(database, (2, "x", 400, 500, 0))
    assert ends(database) == {1: 200, 2: 500}


def test_facts_of_an_undone_import_stay_forgotten_when_its_step_is(database: Database) -> None:
    import_facts(database, (1, "x", 100, 200, 0))
    undo.undo(database, 1, now=NOW)
    import_facts(database, (2, "x", 400, 500, 0))
    for day in range(1, 40):
        sessions.check(database, "x", NOW + day * DAY, PARIS, None, now=NOW + day * DAY)
    assert [key for key, *_fact in imported_facts.by_key(database, "chrome")] == [2]


def test_facts_follow_their_channels_name_back_and_forth(database: Database) -> None:
    import_facts(database, (1, "x", 100, 200, 0))
    channels.rename(database, channel(database, "x"), "twitter", title=None, now=NOW)
    assert [fact[1] for fact in imported_facts.by_key(database, "chrome")] == ["twitter"]
    undo.undo(database, 1, now=NOW)
    assert [fact[1] for fact in imported_facts.by_key(database, "chrome")] == ["x"]


def test_texts_of_any_kind_come_back_as_they_were(database: Database) -> None:
    for note in ('"quotes" and \\', "tabs\tlines\nends", "\x00nul\x1f", "émoji 🐌", "%s {} ?1 '", " "):
        session = sessions.add(database, "x", minutes_ago(9), minutes_ago(9), PARIS, now=NOW, note=note)
        before = dump(database)
        sessions.delete(database, [session.id], now=NOW)
        undo.undo(database, 1, now=NOW)
        assert dump(database) == before


def test_steps_within_a_step_are_one(database: Database) -> None:
    fresh = dump(database)
    with undo_step(database, "an evening's log", NOW):
        sessions.check(database, "x", minutes_ago(5), PARIS, None, now=NOW)
        sessions.start(database, "x", NOW, PARIS, now=NOW)
    (undone,) = undo.undo(database, 1, now=NOW)
    assert undone.says == "an evening's log"
    assert dump(database) == fresh


ANOTHER = """
import sys
from tracker.storage import Database, sessions, undo
now = int(sys.argv[3])
with Database.open(sys.argv[1]) as database:
    if sys.argv[2] == "check":
        sessions.check(database, "x", now, "Europe/Paris", None, now=now)
    else:
        print(getattr(undo, sys.argv[2])(database, 1, now=now)[0].says)
"""


def another(path: str, verb: str) -> str:
    out, err = python(ANOTHER, path, verb, str(NOW)).communicate(timeout=HANGS_AFTER)
    assert not err
    return out.strip()


def test_undo_and_redo_work_across_programs(database: Database) -> None:
    states: list[Dump] = [dump(database)]
    version = database.data_version()
    another(database.file.path, "check")
    assert database.data_version() != version
    states.append(dump(database))
    sessions.start(database, "work", NOW, PARIS, now=NOW)
    assert another(database.file.path, "undo") == "started work"
    assert dump(database) == states[1]
    assert undo.undo(database, 1, now=NOW)[0].says == "checked x"
    assert dump(database) == states[0]
    assert another(database.file.path, "redo") == "checked x"
    assert dump(database) == states[1]
