"""What the programs remember for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import NOW
from tracker.storage import Database, sessions, undo

if TYPE_CHECKING:
    import pytest


def test_what_was_put_last_is_remembered(database: Database) -> None:
    assert database.state("screen") is None
    database.set_state("screen", "day")
    database.set_state("screen", "week")
    assert database.state("screen") == "week"


def test_undo_does_not_know_it(database: Database) -> None:
    sessions.check(database, "x", NOW, "UTC", None, now=NOW)
    database.set_state("screen", "day")
    assert [step.says for step in undo.undo(database, 1, now=NOW)] == ["checked x"]
    assert database.state("screen") == "day"


def test_another_programs_writing_is_not_waited_for(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    with Database.open(database.file.path) as other, other.transaction():
        database.set_state("screen", "day")
    assert database.state("screen") is None
    database.set_state("screen", "week")
    assert database.state("screen") == "week"
    assert database.row("PRAGMA synchronous") == (2,)
