"""What the three views share: they load when they are shown, move by lines, and are restored by the next run."""

from __future__ import annotations

import json
from collections.abc import Iterable

from textual.containers import Container
from textual.message import Message

from tracker.calendar.days import next_date, next_week
from tracker.domain.errors import TrackerError
from tracker.domain.models import Session
from tracker.services.live_workspace import LiveWorkspace
from tracker.tui.keys import EVERYWHERE, TIMER
from tracker.tui.widgets.panel import Rows
from tracker.workspace import Workspace


class View(Container):
    """One of the screens behind the tabs.

    Its panels cover it. Textual would draw a line behind each of theirs all the same, and keep it.
    """

    ALLOW_SELECT = False
    BLANK = True
    #: Set when something changed while the view was out of sight.
    stale = True
    _parts = 0

    class Arrived(Message):
        """All panels of a view are here: it can be shown."""

    def on_mount(self) -> None:
        """Count the panels, and report that they are here."""
        self._parts = len(self.walk_children())
        self.post_message(self.Arrived())

    @property
    def is_composed(self) -> bool:
        """Whether its panels are mounted."""
        return self._parts > 0

    @property
    def is_complete(self) -> bool:
        """Whether all panels are mounted: on leaving they are removed one by one while timers still fire."""
        return 0 < self._parts == len(self.walk_children())

    def load(self, workspace: Workspace) -> None:
        """Read the figures and draw them."""
        raise NotImplementedError

    def load_patterns(self, workspace: Workspace) -> None:
        """Read what takes longer, once the rest is on the screen."""

    def tick(self, workspace: Workspace, now: int) -> None:
        """A second has passed while this view is seen; nothing has changed."""

    def dismiss(self, workspace: Workspace) -> bool:
        """Escape: remove the message above the view; returns whether there was one."""
        return False

    def rows(self) -> Rows | None:
        """The lines that the arrow keys move through."""
        return None

    def session(self) -> Session | None:
        """The session that edit, delete and the like mean."""
        return None

    #: The day or week that is shown; None is today or this week. The next run finds it again.
    period: str | None = None
    #: What the Day shows at its next loading: the session to choose, and the event (its kind and id) to light.
    follow: int | None = None
    follow_event: tuple[str, int] | None = None

    def turn(self, steps: int, workspace: Workspace) -> None:
        """Go `steps` days or weeks forward."""

    def go(self, date: str, workspace: Workspace) -> None:
        """Show the day of this date, or the week it is in."""

    def back(self, workspace: Workspace) -> None:
        """Go back to today or this week."""


class PeriodView(View):
    """A view of one day or, `by_week`, one week, never of one that is still to come."""

    by_week = False

    def turn(self, steps: int, workspace: Workspace) -> None:
        """Go `steps` days or weeks forward."""
        after = next_week if self.by_week else next_date
        self.show_period(after(self.period or self._latest(workspace), steps), workspace)

    def go(self, date: str, workspace: Workspace) -> None:
        """Show the day of this date, or the week it is in."""
        self.show_period(workspace.week_of(date) if self.by_week else date, workspace)

    def back(self, workspace: Workspace) -> None:
        """Go back to today or this week."""
        self.show_period(self._latest(workspace), workspace)

    def _latest(self, workspace: Workspace) -> str:
        return workspace.this_week() if self.by_week else workspace.today()

    def show_period(self, period: str, workspace: Workspace) -> None:
        """Read and show a day or week; what takes longer follows the next frame."""
        self.period = None if period >= self._latest(workspace) else period
        self.load(workspace)
        self.call_after_refresh(self.load_patterns, workspace)


#: The name under which the state is saved in the file.
KEY = "screens"


class ViewState:
    """The view and the periods that an earlier run showed, and saving those of this run."""

    def __init__(self, workspace: LiveWorkspace) -> None:
        self._workspace = workspace
        self._saved = workspace.remembered(KEY)
        self.view, self._periods = _read(self._saved, workspace.today())

    def restore(self, views: Iterable[View]) -> None:
        """Let the views show what they showed."""
        for view in views:
            if view.id in self._periods:
                view.period = self._periods[view.id]

    def save(self, current: str, views: Iterable[View]) -> None:
        """Save the id of the view that is shown and the periods of all views, if anything changed."""
        periods = {view.id: view.period for view in views if view.id and view.period}
        state = json.dumps({"view": current, "today": self._workspace.today(), "places": periods})
        if state != self._saved:
            self._workspace.remember(KEY, state)
            self._saved = state


def _read(text: str | None, today: str) -> tuple[str, dict[str, str]]:
    """The view, and each view's date or week; the Timer alone where what was kept cannot be read."""
    try:
        state = json.loads(text or "{}")
        view = state.get("view", TIMER)
        periods = state["places"] if state.get("today") == today else {}
        if view in EVERYWHERE:
            return view, {name: period for name, period in periods.items() if _is_date_or_week(period)}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return TIMER, {}


def _is_date_or_week(period: str) -> bool:
    try:
        return bool(next_week(period) if "W" in period else next_date(period))
    except (TrackerError, TypeError, ValueError):
        return False
