"""What the three views have in common: they load when shown, and know which lines the arrows move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container
from textual.message import Message

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.tui.widgets.panel import Rows
    from tracker.workspace import Workspace


class Live:
    """What shows figures of its own above a view, and shows them anew when something has changed."""

    def reloaded(self) -> None:
        """Something was changed, here or by another program."""
        raise NotImplementedError


class View(Container):
    """One of the screens behind the tabs."""

    ALLOW_SELECT = False
    #: Set when something changed while the view was out of sight.
    stale = True
    _parts = 0

    class Arrived(Message):
        """All panels of a view are here: it can be shown."""

    def on_mount(self) -> None:
        """Remember what belongs here."""
        self._parts = len(self.walk_children())
        self.post_message(self.Arrived())

    @property
    def arrived(self) -> bool:
        """Whether its panels have come."""
        return self._parts > 0

    @property
    def whole(self) -> bool:
        """Whether all panels are here: they go one by one when the screens are left, and timers may still fire."""
        return 0 < self._parts == len(self.walk_children())

    def load(self, workspace: Workspace) -> None:
        """Read the figures and draw them."""
        raise NotImplementedError

    def load_patterns(self, workspace: Workspace) -> None:
        """Read what takes longer, once the rest is on the screen."""

    def tick(self, workspace: Workspace, now: int) -> None:
        """A second has passed while this view is seen; nothing has changed."""

    def rows(self) -> Rows | None:
        """The lines that the arrow keys move through."""
        return None

    def session(self) -> Session | None:
        """The session that edit, delete and the like mean."""
        return None

    #: The day or week that is shown; None is today or this week. The next run finds it again.
    place: str | None = None

    def turn(self, steps: int, workspace: Workspace) -> None:
        """Go so many days or weeks on."""

    def go(self, date: str, workspace: Workspace) -> None:
        """Show the day of this date, or the week it is in."""

    def back(self, workspace: Workspace) -> None:
        """Go back to today or this week."""


class PeriodView(View):
    """A view of one day or week, never of one that is still to come."""

    def latest(self, workspace: Workspace) -> str:
        """Today, or this week."""
        raise NotImplementedError

    def after(self, place: str, steps: int) -> str:
        """The day or week so many steps after another one."""
        raise NotImplementedError

    def containing(self, date: str, workspace: Workspace) -> str:
        """The day or week of a date."""
        raise NotImplementedError

    def turn(self, steps: int, workspace: Workspace) -> None:
        """Go so many days or weeks on."""
        self.show_place(self.after(self.place or self.latest(workspace), steps), workspace)

    def go(self, date: str, workspace: Workspace) -> None:
        """Show the day of this date, or the week it is in."""
        self.show_place(self.containing(date, workspace), workspace)

    def back(self, workspace: Workspace) -> None:
        """Go back to today or this week."""
        self.show_place(self.latest(workspace), workspace)

    def show_place(self, place: str, workspace: Workspace) -> None:
        """Read and show a day or week; what takes longer follows the next frame."""
        self.place = None if place >= self.latest(workspace) else place
        self.load(workspace)
        self.call_after_refresh(self.load_patterns, workspace)
