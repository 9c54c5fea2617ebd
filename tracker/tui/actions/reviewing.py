"""The weekly review: begun, taken up again, read, amended."""

from __future__ import annotations

from tracker.locale import _
from tracker.tui import words
from tracker.tui.actions.asking import Asking
from tracker.tui.keys import WEEK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.tui.desk.reviewing import Draft


class Reviewing(Asking):
    """Its actions, by their names in keys.py."""

    def review(self) -> None:
        """The week that is shown, or the last one that is over; what is written already is read."""
        week = "2026-W47"
        self._session(week, self.desk.begin_review(week))

    def archive(self) -> None:
        """Every review."""

    def _session(self, week: str, draft: Draft) -> None:
        from tracker.tui.review.screen import ReviewScreen

        self.ask(ReviewScreen(self.desk, week, draft), self._left)

    def _left(self, week: str) -> None:
        if not week:
            self.did(_("What you answered is kept; {key} goes on with the review").format(key=self.key("review")))
