"""Begin the review of a week, and write it: its figures and its page, once and for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import TrackerError
from tracker.domain.text import as_json
from tracker.locale import _
from tracker.reports.reminders import refuse_ahead, refuse_unfinished
from tracker.reports.review import review_data
from tracker.storage import reviews
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from tracker.domain.models import Review


def begin(workspace: Workspace, week: str) -> Review:
    """The draft of a week's review, begun now or left half-way.

    Raises TrackerError for a week that is still to come, or whose review is written.
    """
    now = workspace.now()
    refuse_ahead(workspace.settings, week, zone=workspace.zone, now=now)
    return reviews.begin(workspace.journal, week, workspace.zone, now=now)


def write(workspace: Workspace, week: str, *, unfinished: bool = False) -> Review:
    """Write the review under way: its figures as they are now, and its page.

    Raises TrackerError if none is under way, and for a week that is not over unless it is to be written `unfinished`.
    """
    now = workspace.now()
    from tracker.reports.review_figures import review_figures
    from tracker.reports.review_page import review_markdown

    with workspace.journal.transaction():
        if not reviews.draft(workspace.journal, week):
            raise TrackerError(_("no review of {week} is under way").format(week=week))
        if not unfinished:
            refuse_unfinished(workspace.settings, week, zone=workspace.zone, now=now)
        row = review_figures(review_data(workspace, week), zone=workspace.zone, now=now)
        return reviews.write(workspace.journal, week, as_json(row), review_markdown(row), now=now)
