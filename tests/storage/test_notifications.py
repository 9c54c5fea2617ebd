"""Notifications: kept once each, one step with whatever kept them, and of a channel whatever its name is now."""

from __future__ import annotations

from tests.conftest import NOW
from tracker.storage import Journal, channels, notifications, undo
from tracker.storage.undo_steps import undo_step

PARIS = "Europe/Paris"
ASKED = [("linkedin", NOW - 30), ("x", NOW - 30), ("linkedin", NOW - 10)]


def keep(journal: Journal, asked: list[tuple[str, int]]) -> int:
    with undo_step(journal, "imported", NOW):
        fresh = notifications.unknown(journal, asked)
        notifications.insert(journal, fresh, PARIS)
    return len(fresh)


def test_each_is_there_once(journal: Journal) -> None:
    assert keep(journal, [*ASKED, ASKED[0]]) == 3
    assert keep(journal, [*ASKED, ("x", NOW)]) == 1
    assert notifications.in_span(journal, NOW - 30, NOW) == [
        ("linkedin", NOW - 30, PARIS),
        ("x", NOW - 30, PARIS),
        ("linkedin", NOW - 10, PARIS),
    ]
    assert len(notifications.in_span(journal, 0, NOW + 1)) == 4


def test_nothing_new_is_no_step(journal: Journal) -> None:
    assert keep(journal, []) == 0
    assert undo.steps(journal) == []


def test_undo_takes_them_away_and_redo_brings_them_back(journal: Journal) -> None:
    keep(journal, ASKED)
    undo.undo(journal, 1, now=NOW)
    assert notifications.in_span(journal, 0, NOW + 1) == []
    assert len(notifications.unknown(journal, ASKED)) == 3
    undo.redo(journal, 1, now=NOW)
    assert len(notifications.in_span(journal, 0, NOW + 1)) == 3


def test_they_follow_the_name_of_their_channel(journal: Journal) -> None:
    keep(journal, ASKED)
    channels.rename(journal, channels.find(journal, "x"), "twix", title=None, now=NOW)
    assert {channel for channel, _at, _zone in notifications.in_span(journal, 0, NOW)} == {"linkedin", "twix"}


def test_what_only_they_concern_begins_with_the_first(journal: Journal) -> None:
    seen = undo.latest(journal)
    keep(journal, ASKED)
    assert undo.touched_from(journal, seen) == NOW - 30
