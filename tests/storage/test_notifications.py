"""Notifications: kept once each, one step with whatever kept them, and of a channel whatever its name is now."""

from __future__ import annotations

from tests.conftest import NOW
from tracker.storage import Database, channels, imported_facts, undo, undo_steps
from tracker.storage.undo_steps import undo_step

PARIS = "Europe/Paris"
ASKED = [("linkedin", NOW - 30), ("x", NOW - 30), ("linkedin", NOW - 10)]


def keep(database: Database, asked: list[tuple[str, int]]) -> int:
    with undo_step(database, "imported", NOW):
        fresh = imported_facts.unknown_notifications(database, asked)
        imported_facts.insert_notifications(database, fresh, PARIS)
    return len(fresh)


def test_each_is_there_once(database: Database) -> None:
    assert keep(database, [*ASKED, ASKED[0]]) == 3
    assert keep(database, [*ASKED, ("x", NOW)]) == 1
    assert imported_facts.notifications_in_span(database, NOW - 30, NOW) == [
        ("linkedin", NOW - 30, PARIS),
        ("x", NOW - 30, PARIS),
        ("linkedin", NOW - 10, PARIS),
    ]
    assert len(imported_facts.notifications_in_span(database, 0, NOW + 1)) == 4


def test_nothing_new_is_no_step(database: Database) -> None:
    assert keep(database, []) == 0
    assert undo.steps(database) == []


def test_undo_takes_them_away_and_redo_brings_them_back(database: Database) -> None:
    keep(database, ASKED)
    undo.undo(database, 1, now=NOW)
    assert imported_facts.notifications_in_span(database, 0, NOW + 1) == []
    assert len(imported_facts.unknown_notifications(database, ASKED)) == 3
    undo.redo(database, 1, now=NOW)
    assert len(imported_facts.notifications_in_span(database, 0, NOW + 1)) == 3


def test_they_follow_the_name_of_their_channel(database: Database) -> None:
    keep(database, ASKED)
    channels.rename(database, channels.find(database, "x"), "twix", title=None, now=NOW)
    assert {channel for channel, _at, _zone in imported_facts.notifications_in_span(database, 0, NOW)} == {
        "linkedin",
        "twix",
    }


def test_what_only_they_concern_begins_with_the_first(database: Database) -> None:
    seen = database.log_position()
    keep(database, ASKED)
    assert undo_steps.touched_from(database, seen) == NOW - 30
