"""What the programs remember for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import NOW
from tracker.storage import Journal, sessions, state, undo

if TYPE_CHECKING:
    import pytest


def test_what_was_put_last_is_remembered(journal: Journal) -> None:
    assert state.get(journal, "screen") is None
    state.put(journal, "screen", "day")
    state.put(journal, "screen", "week")
    assert state.get(journal, "screen") == "week"


def test_undo_does_not_know_it(journal: Journal) -> None:
    sessions.check(journal, "x", NOW, "UTC", None, now=NOW)
    state.put(journal, "screen", "day")
    assert [step.says for step in undo.undo(journal, 1, now=NOW)] == ["checked x"]
    assert state.get(journal, "screen") == "day"


def test_another_programs_writing_is_not_waited_for(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    with Journal.open(journal.path) as other, other.transaction():
        state.put(journal, "screen", "day")
    assert state.get(journal, "screen") is None
    state.put(journal, "screen", "week")
    assert state.get(journal, "screen") == "week"
    assert journal.row("PRAGMA synchronous") == (2,)
