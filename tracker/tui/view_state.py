"""Where the screens were left, from one run to the next: the view, and the day or week it showed.

A day or week that was looked back on is only shown again on the same day: in the morning one wants today.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tracker.calendar.days import next_date
from tracker.calendar.weeks import next_week
from tracker.domain.errors import TrackerError
from tracker.tui.keys import EVERYWHERE, TIMER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.services.live_workspace import LiveWorkspace
    from tracker.tui.screens.view import View

#: Under this name it is kept in the file.
KEY = "screens"


class ViewState:
    """What an earlier run left, and what this one leaves."""

    def __init__(self, workspace: LiveWorkspace) -> None:
        self._workspace = workspace
        self._kept = workspace.remembered(KEY)
        self.view, self._places = _read(self._kept, workspace.today())

    def restore(self, views: Iterable[View]) -> None:
        """Let the views show what they showed."""
        for view in views:
            if view.id in self._places:
                view.place = self._places[view.id]

    def keep(self, current: str, views: Iterable[View]) -> None:
        """Keep the id of the view that is shown and what all views show, if anything changed."""
        places = {view.id: view.place for view in views if view.id and view.place}
        state = json.dumps({"view": current, "today": self._workspace.today(), "places": places})
        if state != self._kept:
            self._workspace.remember(KEY, state)
            self._kept = state


def _read(text: str | None, today: str) -> tuple[str, dict[str, str]]:
    """The view, and each view's date or week; the Timer alone where what was kept cannot be read."""
    try:
        state = json.loads(text or "{}")
        view = state.get("view", TIMER)
        places = state["places"] if state.get("today") == today else {}
        if view in EVERYWHERE:
            return view, {name: place for name, place in places.items() if _is_date_or_week(place)}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return TIMER, {}


def _is_date_or_week(place: str) -> bool:
    try:
        next_week(place) if "W" in place else next_date(place)
    except (TrackerError, TypeError, ValueError):
        return False
    return True
