"""The evening close."""

from __future__ import annotations

from tracker.locale import _, ngettext
from tracker.services import closing_day
from tracker.tui import words
from tracker.tui.actions.asking import Asking


class Closing(Asking):
    """Its action, by its name in keys.py."""

    def close(self) -> None:
        """Go through the oldest day that is still open, or the earlier one that is shown, or today."""
        from tracker.tui.modals.close import CloseDialog

        shown, today = self.date(), self.workspace.today()
        earlier = None if shown != today else next(iter(closing_day.unclosed(self.workspace)), None)
        self.ask(CloseDialog(self.workspace, shown, earlier), self._closed)

    def _closed(self, date: str) -> None:
        from tracker.tui.modals.close_steps import came_to

        if not date:
            self.did(_("What you answered is kept; the day stays open"))
            return
        says = _("{date} closed ✓ {figures}").format(
            date=words.near_date(date, self.workspace.today()),
            figures=came_to(closing_day.evening(self.workspace, date)),
        )
        left = len(closing_day.unclosed(self.workspace))
        more = ngettext("{n} more day is open", "{n} more days are open", left).format(n=left) if left else ""
        self.did(" · ".join(part for part in (says, more) if part))
