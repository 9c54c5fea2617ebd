"""The evening close."""

from __future__ import annotations

from functools import partial

from tracker.formatting.times import format_near_date
from tracker.locale import _, ngettext
from tracker.services import closing_day
from tracker.tui.base_app import BaseApp


def close(app: BaseApp) -> None:
    """Go through the oldest day that is still open, or the earlier one that is shown, or today."""
    from tracker.tui.modals.close import CloseDialog

    shown, today = app.shown_date(), app.workspace.today()
    earlier = None if shown != today else next(iter(closing_day.unclosed(app.workspace)), None)
    app.ask(CloseDialog(app.workspace, shown, earlier), partial(_closed, app))


def _closed(app: BaseApp, date: str) -> None:
    from tracker.tui.modals.close_steps import came_to

    if not date:
        app.announce(_("What you answered is kept; the day stays open"))
        return
    says = _("{date} closed ✓ {figures}").format(
        date=format_near_date(date, app.workspace.today()),
        figures=came_to(closing_day.evening(app.workspace, date)),
    )
    left = len(closing_day.unclosed(app.workspace))
    more = ngettext("{n} more day is open", "{n} more days are open", left).format(n=left) if left else ""
    app.announce(" · ".join(part for part in (says, more) if part))
