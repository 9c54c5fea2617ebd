"""The text of every step of the weekly review; see test_looks.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import cut_off, settled
from tests.tui.test_looks import difference
from tests.tui.test_review_keys import NEXT, SETTINGS, WEEK, commit
from tracker.domain.models import Commitment, Habit
from tracker.services import habit_keeping

if TYPE_CHECKING:
    from tests.tui.conftest import Running

#: What is pressed before each look is taken, one after the other.
LOOKS = {
    "review 1 estimate": ("R", *"11h", "down", *"4h30"),
    "review 1 compared": ("enter",),
    "review 2 usual": ("enter",),
    "review 3 checks": ("enter",),
    "review 4 patterns": ("enter",),
    "review 5 worth": ("enter",),
    "review 5 cell": ("down", "right", "enter"),
    "review 5 verdict": ("escape", "minus", *"dear", "enter"),
    "review 6 kept": ("tab", "n"),
    "review 7 ahead": ("enter", "1"),
    "review 7 own": ("a",),
    "review 8 words": ("escape", "enter", *"Calm", "enter", *"at"),
    "review written": ("ctrl+s",),
    "review archive": ("escape", "3", "A"),
}


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 15)], ids=["80x24", "120x36", "60x15"])
async def test_the_review_looks_as_it_did(
    running: Running, request: pytest.FixtureRequest, size: tuple[int, int]
) -> None:
    """At 80x24 its text is as in its file; in the other sizes nothing is cut off."""
    changed = []
    async with running(settings=SETTINGS, size=size) as (app, pilot):
        commit(
            app,
            Commitment(0, WEEK, "I want to check likes", "I call one prospect", "contacts", "at_least", 3.0, "week"),
            Commitment(0, WEEK, "I have just published", "I go out and talk to somebody for half an hour"),
            Commitment(0, NEXT, "it rains", "I write to Nadia"),
        )
        habit_keeping.add_habit(
            app.workspace, Habit(0, "Less looking", "at_most", 12, None, "checks", created="2026-10-20")
        )
        for name, keys in LOOKS.items():
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            app.clear_passing_toasts()
            await settled(app, pilot)
            if size == (80, 24):
                changed += difference(request, name, app)
            else:
                changed += [f"{name}: {fault}" for fault in cut_off(app)]
    assert not changed, "\n".join(changed)
