"""Every action of the screens in one object: `do("start")` calls `start`."""

from __future__ import annotations

from tracker.tui.actions.closing import Closing
from tracker.tui.actions.flagging import Flagging
from tracker.tui.actions.habits import Habits
from tracker.tui.actions.looking import Looking
from tracker.tui.actions.moving import Moving
from tracker.tui.actions.picking import Picking
from tracker.tui.actions.recording import Recording
from tracker.tui.actions.reviewing import Reviewing
from tracker.tui.actions.settling import Settling
from tracker.tui.actions.tasks import Tasks
from tracker.tui.actions.timing import Timing
from tracker.tui.actions.watching import Watching
from tracker.tui.keys import BY_ID, DAY, TIMER, WEEK

#: What ends the session that runs: asked about first, where that one may have been forgotten.
ENDING = ("toggle", "start", "task")


class Doing(
    Tasks, Timing, Looking, Recording, Picking, Closing, Habits, Moving, Flagging, Reviewing, Settling, Watching
):
    """The actions by their names in keys.py."""

    def second(self, now: int) -> None:
        """A second has passed."""
        self.look_at_settings()
        super().second(now)
        self.mention_review(now)

    def do(self, name: str) -> None:
        """Do one action; what cannot be done is said in one line."""
        if name in (TIMER, DAY, WEEK):
            self.app.turn_to(name)
            return
        if name in ENDING and self.in_doubt():
            return
        self.safely(getattr(self, name))


assert all(hasattr(Doing, name) for name in BY_ID if name not in (TIMER, DAY, WEEK)), "every action can be done"
