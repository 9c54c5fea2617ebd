"""What is read together is of one state of the file, whatever another program does in between."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import NOW
from tracker.reports import day as day_module
from tracker.reports import load_days
from tracker.reports import week as week_module
from tracker.settings import Settings
from tracker.storage import Database, channels, day_records, sessions
from tracker.workspace import Workspace

PARIS = "Europe/Paris"


def meanwhile(monkeypatch: pytest.MonkeyPatch, database: Database, module: Any, read: str) -> None:
    """Just before `read` of the sessions, another program deletes one and renames the channel of the other."""
    original = getattr(module.session_table, read)

    def late(*given: Any, **named: Any) -> Any:
        monkeypatch.undo()
        with Database.open(database.file.path) as other:
            sessions.delete(other, [1], now=NOW)
            channels.rename(other, channels.find(other, "linkedin"), "lnk", title=None, now=NOW)
        return original(*given, **named)

    monkeypatch.setattr(module.session_table, read, late)


@pytest.fixture
def logged(database_in_file: Database) -> Database:
    sessions.add(database_in_file, "call", NOW - 900, NOW - 600, PARIS, now=NOW, ring="street")
    sessions.add(database_in_file, "linkedin", NOW - 500, NOW - 400, PARIS, now=NOW)
    return database_in_file


def test_a_day_is_of_one_state(logged: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(monkeypatch, logged, load_days, "in_span")
    shown = day_module.day(Workspace(logged, Settings(), PARIS, now=NOW), "2026-11-23")
    assert [part.session.id for part in shown.parts] == [1, 2]
    again = day_module.day(Workspace(logged, Settings(), PARIS, now=NOW), "2026-11-23")
    assert [part.session.channel for part in again.parts] == ["lnk"]


def test_a_week_is_of_one_state(logged: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(monkeypatch, logged, week_module, "get")
    shown = week_module.week(Workspace(logged, Settings(first_weekday=0), PARIS, now=NOW), "2026-W48")
    assert dict(shown.contacts)["street"] == 1


def test_what_is_gathered_is_of_one_state(logged: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    original = day_records.urges_in_span

    def late(*given: Any) -> Any:
        monkeypatch.undo()
        with Database.open(logged.file.path) as other:
            channels.rename(other, channels.find(other, "linkedin"), "lnk", title=None, now=NOW)
        return original(*given)

    monkeypatch.setattr(day_records, "urges_in_span", late)
    shown = day_module.day(Workspace(logged, Settings(), PARIS, now=NOW), "2026-11-23")
    assert [total.channel for total in shown.channels] == ["linkedin", "call"]


def test_nothing_is_written_while_one_state_is_read(logged: Database) -> None:
    with logged.snapshot(), pytest.raises(RuntimeError, match="snapshot"):
        sessions.delete(logged, [1], now=NOW)
    sessions.delete(logged, [1], now=NOW)
