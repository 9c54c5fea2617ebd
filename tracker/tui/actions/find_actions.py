"""Find: its dialog, and opening the chosen match on its day or in its review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.services import reviewing
from tracker.tui.actions import review_actions
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import DAY, WEEK
from tracker.tui.screens.day_view import DayView

if TYPE_CHECKING:
    from tracker.storage.search import Match


def find(app: BaseApp) -> None:
    """Ask for words, and open the match that is chosen."""
    from tracker.tui.modals.find_dialog import FindDialog

    dialog = FindDialog(app.workspace, app.last_search)

    def opened(match: Match) -> None:
        app.last_search = dialog.words
        _open(app, match)

    app.ask(dialog, opened)


def _open(app: BaseApp, match: Match) -> None:
    """The Day of a match, with the line of a session chosen; the review that a review or a commitment is part of."""
    review = reviewing.review_with(app.workspace, match)
    if review:
        review_actions.open_review(app, review)
        return
    app.show_view(WEEK if match.week else DAY)
    if isinstance(app.view, DayView) and match.kind == "session":
        app.view.follow = match.id
    app.view.go(match.date or app.workspace.today(), app.workspace)
