"""Undo and redo: every change, step by step, across programs, and only as far as 30 days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.storage.files import PARIS, Dump, dump, minutes_ago, python
from tracker.domain.models import TrackerError
from tracker.storage import Journal, channels, imported_facts, notes, outcomes, session_table, sessions, undo, urges
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = 86_400


def prepare(journal: Journal) -> None:
    """Something of everything, so that each change has what it changes."""
    for begin in (300, 240, 180):
        sessions.add(journal, "linkedin", minutes_ago(begin), minutes_ago(begin - 30), PARIS, now=NOW, note=f"{begin}")
    sessions.add(journal, "instagram", minutes_ago(90), minutes_ago(60), PARIS, now=NOW, source="app-usage")
    sessions.check(journal, "x", minutes_ago(50), PARIS, "likes", now=NOW)
    outcomes.add(journal, "prospect", minutes_ago(20), PARIS, now=NOW)
    notes.write(journal, "2026-11-22", "a quiet day", now=NOW)
    channels.add_match(journal, channels.find(journal, "linkedin"), "alias", "in", now=NOW)
    sessions.start(journal, "work", minutes_ago(10), PARIS, now=NOW)


def channel(journal: Journal, name: str = "linkedin") -> Any:
    return channels.find(journal, name)


def stopped(journal: Journal) -> None:
    sessions.stop(journal, NOW, now=NOW)


CHANGES: dict[str, Callable[[Journal], object]] = {
    "stop": stopped,
    "cancel": lambda journal: sessions.cancel(journal, now=NOW),
    "switch": lambda journal: sessions.switch(journal, "x", NOW, PARIS, now=NOW, intention="reply"),
    "check": lambda journal: sessions.check(journal, "x", NOW, PARIS, None, now=NOW),
    "a check in the same second": lambda journal: sessions.check(journal, "x", minutes_ago(50), PARIS, None, now=NOW),
    "add": lambda journal: sessions.add(journal, "x", minutes_ago(40), minutes_ago(30), "America/Montreal", now=NOW),
    "add over an import": lambda journal: sessions.add(
        journal, "instagram", minutes_ago(80), minutes_ago(70), PARIS, now=NOW
    ),
    "edit": lambda journal: sessions.edit(journal, 1, now=NOW, note=None, activity="create", planned_seconds=60),
    "edit the span": lambda journal: sessions.edit(journal, 1, now=NOW, start=minutes_ago(310)),
    "edit the channel": lambda journal: sessions.edit(journal, 1, now=NOW, channel="reddit"),
    "edit the zone": lambda journal: sessions.edit(journal, 1, now=NOW, zone="Asia/Tokyo"),
    "split": lambda journal: sessions.split(journal, 1, minutes_ago(290), now=NOW),
    "split what runs": lambda journal: sessions.split(journal, 6, minutes_ago(5), now=NOW),
    "merge": lambda journal: sessions.merge(journal, [1, 2, 3], now=NOW, across=True),
    "delete": lambda journal: sessions.delete(journal, [1, 4, 6], now=NOW),
    "urge": lambda journal: urges.add(journal, "x", NOW, PARIS, now=NOW, trigger="bored"),
    "outcome": lambda journal: outcomes.add(journal, "income", NOW, PARIS, now=NOW, amount=48000, currency="EUR"),
    "delete an outcome": lambda journal: outcomes.delete(journal, 1, now=NOW),
    "write": lambda journal: notes.write(journal, "2026-11-23", "words", now=NOW),
    "write over": lambda journal: notes.write(journal, "2026-11-22", "better words", now=NOW),
    "take words away": lambda journal: notes.write(journal, "2026-11-22", "", now=NOW),
    "zero": lambda journal: notes.confirm_zero(journal, "2026-11-22", True, now=NOW),
    "add a channel": lambda journal: channels.add(journal, "malt", title=None, kind="social", now=NOW),
    "rename a channel": lambda journal: channels.rename(journal, channel(journal), "pro", title=None, now=NOW),
    "rename to an alias": lambda journal: channels.rename(
        journal, channel(journal, "x"), "twitter", title=None, now=NOW
    ),
    "budget": lambda journal: channels.set_budget(journal, channel(journal), 1800, now=NOW),
    "kind": lambda journal: channels.set_kind(journal, channel(journal), "focus", now=NOW),
    "archive": lambda journal: channels.set_archived(journal, channel(journal), True, now=NOW),
    "alias": lambda journal: channels.add_match(journal, channel(journal), "alias", "boulot", now=NOW),
    "add an activity": lambda journal: channels.add_activity(journal, "draw", purpose="make", now=NOW),
    "rename an activity": lambda journal: channels.rename_activity(
        journal, channels.find_activity(journal, "create"), "make", now=NOW
    ),
    "archive an activity": lambda journal: channels.set_activity_archived(
        journal, channels.find_activity(journal, "create"), True, now=NOW
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_one_step_that_goes_and_comes_back_exactly(journal: Journal, name: str) -> None:
    fresh = dump(journal)
    prepare(journal)
    before, steps = dump(journal), len(undo.steps(journal))
    CHANGES[name](journal)
    after = dump(journal)
    assert after != before
    assert len(undo.steps(journal)) == steps + 1
    for _again in range(3):
        (undone,) = undo.undo(journal, 1, now=NOW)
        assert undone.state == "undone"
        assert dump(journal) == before
        (redone,) = undo.redo(journal, 1, now=NOW)
        assert redone == undone._replace(state="done")
        assert dump(journal) == after
    undo.undo(journal, steps + 1, now=NOW)
    assert dump(journal) == fresh
    undo.redo(journal, steps + 1, now=NOW)
    assert dump(journal) == after


def test_nothing_to_undo_is_said_and_nothing_is_done(journal: Journal) -> None:
    with pytest.raises(TrackerError, match="nothing to undo"):
        undo.undo(journal, 1, now=NOW)
    sessions.start(journal, "x", NOW, PARIS, now=NOW)
    before = dump(journal)
    with pytest.raises(TrackerError, match="only 1 change can be undone"):
        undo.undo(journal, 2, now=NOW)
    assert dump(journal) == before
    with pytest.raises(TrackerError, match="nothing to redo"):
        undo.redo(journal, 1, now=NOW)


def test_a_new_change_drops_what_could_be_redone(journal: Journal) -> None:
    sessions.start(journal, "x", NOW, PARIS, now=NOW)
    undo.undo(journal, 1, now=NOW)
    sessions.check(journal, "x", NOW, PARIS, None, now=NOW)
    with pytest.raises(TrackerError, match="nothing to redo"):
        undo.redo(journal, 1, now=NOW)
    undo.undo(journal, 1, now=NOW)
    (redone,) = undo.redo(journal, 1, now=NOW)
    assert "checked" in redone.says


def test_a_change_of_nothing_is_no_step_and_keeps_redo(journal: Journal) -> None:
    session = sessions.add(journal, "x", minutes_ago(9), minutes_ago(8), PARIS, now=NOW)
    sessions.add(journal, "x", minutes_ago(7), minutes_ago(6), PARIS, now=NOW)
    undo.undo(journal, 1, now=NOW)
    sessions.edit(journal, session.id, now=NOW, note=None)
    notes.write(journal, "2026-11-23", "", now=NOW)
    channels.set_budget(journal, channel(journal), None, now=NOW)
    channels.rename(journal, channel(journal), "linkedin", title="LinkedIn", now=NOW)
    assert len(undo.redo(journal, 1, now=NOW)) == 1


def test_a_refused_change_leaves_no_step(journal: Journal) -> None:
    sessions.start(journal, "x", NOW, PARIS, now=NOW)
    steps, before = undo.steps(journal), dump(journal)
    with pytest.raises(TrackerError):
        sessions.start(journal, "x", NOW, PARIS, now=NOW)
    with pytest.raises(TrackerError):
        sessions.add(journal, "reddit", minutes_ago(5), NOW, "Mars/Olympus", now=NOW)
    assert (undo.steps(journal), dump(journal)) == (steps, before)


def test_undo_does_not_reach_beyond_thirty_days(journal: Journal) -> None:
    sessions.check(journal, "x", NOW, PARIS, None, now=NOW)
    with pytest.raises(TrackerError, match="30 days"):
        undo.undo(journal, 1, now=NOW + 30 * DAY + 1)
    assert undo.undo(journal, 1, now=NOW + 30 * DAY)


def test_what_undo_cannot_reach_is_forgotten_by_someone_active_every_day(journal: Journal) -> None:
    for day in range(50):
        at = NOW + day * DAY
        sessions.check(journal, "x", at, PARIS, None, now=at)
    (oldest,) = journal.row("SELECT min(at) FROM action")
    assert NOW + 18 * DAY <= oldest <= NOW + 20 * DAY
    (changes, steps) = journal.row("SELECT (SELECT count(*) FROM change), (SELECT count(*) FROM action)")
    assert changes == steps
    assert len(undo.undo(journal, 31, now=NOW + 49 * DAY)) == 31


def test_after_a_long_pause_step_numbers_still_grow(journal: Journal) -> None:
    for day in (0, 1, 100, 300):
        sessions.check(journal, "x", NOW + day * DAY, PARIS, None, now=NOW + day * DAY)
        assert undo.steps(journal)[0].id == journal.row("SELECT max(id) FROM action")[0]
        with pytest.raises(TrackerError, match=r"only . changes? can be undone"):
            undo.undo(journal, 3, now=NOW + day * DAY)
    assert session_table.in_span(journal, 0, NOW * 2)[3:]


def import_facts(journal: Journal, *found: tuple[int, str, int, int, int]) -> None:
    with undo_step(journal, "imported", NOW) as action:
        imported_facts.remember(journal, "chrome", action, list(found))


def ends(journal: Journal) -> dict[int, int]:
    return {key: fact[2] for key, fact in imported_facts.known(journal, "chrome").items()}


def test_facts_of_an_import_are_forgotten_by_undo_and_remembered_by_redo(journal: Journal) -> None:
    import_facts(journal, (1, "x", 100, 200, 0))
    undo.undo(journal, 1, now=NOW)
    assert imported_facts.known(journal, "chrome") == {}
    undo.redo(journal, 1, now=NOW)
    assert set(imported_facts.known(journal, "chrome")) == {1}
    assert imported_facts.known(journal, "firefox") == {}


def test_undoing_the_import_that_grew_a_fact_brings_back_the_fact_as_it_was(journal: Journal) -> None:
    import_facts(journal, (1, "x", 100, 200, 0))
    import_facts(journal, (1, "x", 100, 300, 0), (2, "x", 400, 500, 0))
    assert ends(journal)[1] == 300
    undo.undo(journal, 1, now=NOW)
    assert ends(journal) == {1: 200}
    import_facts(journal, (2, "x", 400, 500, 0))
    assert ends(journal) == {1: 200, 2: 500}


def test_facts_of_an_undone_import_stay_forgotten_when_its_step_is(journal: Journal) -> None:
    import_facts(journal, (1, "x", 100, 200, 0))
    undo.undo(journal, 1, now=NOW)
    import_facts(journal, (2, "x", 400, 500, 0))
    for day in range(1, 40):
        sessions.check(journal, "x", NOW + day * DAY, PARIS, None, now=NOW + day * DAY)
    assert set(imported_facts.known(journal, "chrome")) == {2}


def test_facts_follow_their_channels_name_back_and_forth(journal: Journal) -> None:
    import_facts(journal, (1, "x", 100, 200, 0))
    channels.rename(journal, channel(journal, "x"), "twitter", title=None, now=NOW)
    assert imported_facts.known(journal, "chrome")[1][0] == "twitter"
    undo.undo(journal, 1, now=NOW)
    assert imported_facts.known(journal, "chrome")[1][0] == "x"


def test_texts_of_any_kind_come_back_as_they_were(journal: Journal) -> None:
    for note in ('"quotes" and \\', "tabs\tlines\nends", "\x00nul\x1f", "émoji 🐌", "%s {} ?1 '", " "):
        session = sessions.add(journal, "x", minutes_ago(9), minutes_ago(9), PARIS, now=NOW, note=note)
        before = dump(journal)
        sessions.delete(journal, [session.id], now=NOW)
        undo.undo(journal, 1, now=NOW)
        assert dump(journal) == before


def test_steps_within_a_step_are_one(journal: Journal) -> None:
    fresh = dump(journal)
    with undo_step(journal, "an evening's log", NOW):
        sessions.check(journal, "x", minutes_ago(5), PARIS, None, now=NOW)
        sessions.start(journal, "x", NOW, PARIS, now=NOW)
    (undone,) = undo.undo(journal, 1, now=NOW)
    assert undone.says == "an evening's log"
    assert dump(journal) == fresh


ANOTHER = """
import sys
from tracker.storage import Journal, sessions, undo
now = int(sys.argv[3])
with Journal.open(sys.argv[1]) as journal:
    if sys.argv[2] == "check":
        sessions.check(journal, "x", now, "Europe/Paris", None, now=now)
    else:
        print(getattr(undo, sys.argv[2])(journal, 1, now=now)[0].says)
"""


def another(path: str, verb: str) -> str:
    out, err = python(ANOTHER, path, verb, str(NOW)).communicate(timeout=60)
    assert not err
    return out.strip()


def test_undo_and_redo_work_across_programs(journal: Journal) -> None:
    states: list[Dump] = [dump(journal)]
    version = journal.data_version()
    another(journal.path, "check")
    assert journal.data_version() != version
    states.append(dump(journal))
    sessions.start(journal, "work", NOW, PARIS, now=NOW)
    assert another(journal.path, "undo") == "started work"
    assert dump(journal) == states[1]
    assert undo.undo(journal, 1, now=NOW)[0].says == "checked x"
    assert dump(journal) == states[0]
    assert another(journal.path, "redo") == "checked x"
    assert dump(journal) == states[1]
