"""Where the screens were left, from one run to the next: the view, and the day or week it showed.

A day or week looked back on is only found again on the same day: who opens the screens in the morning wants today.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tracker.calendar.days import next_date
from tracker.calendar.weeks import next_week
from tracker.domain.models import TrackerError
from tracker.tui.keys import EVERYWHERE, TIMER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.services.live_workspace import LiveWorkspace
    from tracker.tui.screens.view import View

PLACE = "screens"


class Memory:
    """What an earlier run left, and what this one leaves."""

    def __init__(self, workspace: LiveWorkspace) -> None:
        self._workspace = workspace
        self._kept = workspace.remembered(PLACE)
        self.view, self._places = _read(self._kept, workspace.today())

    def find_again(self, views: Iterable[View]) -> None:
        """Have the views show what they showed."""
        for view in views:
            if view.id in self._places:
                view.place = self._places[view.id]

    def keep(self, seen: str, views: Iterable[View]) -> None:
        """Remember what is seen, if anything is new."""
        places = {view.id: view.place for view in views if view.id and view.place}
        now = json.dumps({"view": seen, "today": self._workspace.today(), "places": places})
        if now != self._kept:
            self._workspace.remember(PLACE, now)
            self._kept = now


def _read(text: str | None, today: str) -> tuple[str, dict[str, str]]:
    """The view, and each view's place; the Timer alone where nothing sensible is remembered."""
    try:
        kept = json.loads(text or "{}")
        view = kept.get("view", TIMER)
        places = kept["places"] if kept.get("today") == today else {}
        if view in EVERYWHERE:
            return view, {name: place for name, place in places.items() if _stands(place)}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return TIMER, {}


def _stands(place: str) -> bool:
    """Whether this is a date or a week at all."""
    try:
        next_week(place) if "W" in place else next_date(place)
    except (TrackerError, TypeError, ValueError):
        return False
    return True
