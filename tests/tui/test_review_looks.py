"""Every step of the weekly review as it is seen, narrow and wide, dark and light; see test_looks.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import settled
from tests.tui.test_looks import difference, look
from tests.tui.test_review_keys import NEXT, SETTINGS, WEEK, commit
from tracker.domain.models import Commitment, Habit
from tracker.services import habit_keeping

if TYPE_CHECKING:
    from tests.tui.conftest import Running

#: What is pressed before each look is taken, one after the other.
LOOKS = {
    "review 1 guess": ("R", *"11h", "down", *"4h30"),
    "review 1 felt": ("enter",),
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


@pytest.mark.parametrize(("size", "theme"), [((80, 24), "dark"), ((120, 36), "light")], ids=["80x24", "120x36"])
async def test_the_review_looks_as_it_did(
    running: Running, request: pytest.FixtureRequest, size: tuple[int, int], theme: str
) -> None:
    changed = []
    async with running(settings=SETTINGS._replace(theme=f"tracker-{theme}"), size=size) as (app, pilot):
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
            app.hush()
            await settled(app, pilot)
            changed += difference(request, f"{size[0]}x{size[1]}-{theme}", name, look(app))
    assert not changed, "\n".join(changed)
