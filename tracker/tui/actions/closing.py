"""The evening close."""

from __future__ import annotations

from tracker.formatting.times import format_near_date
from tracker.locale import _, ngettext
from tracker.tui.actions.asking import Asking


class Closing(Asking):
    """Its action, by its name in keys.py."""

    def close(self) -> None:
        """Go through the oldest day that is still open, or the earlier one that is shown, or today."""
        from tracker.tui.modals.close import CloseDialog

        shown, today = self.date(), self.desk.today()
        earlier = None if shown != today else next(iter(self.desk.unclosed()), None)
        self.ask(CloseDialog(self.desk, shown, earlier), self._closed)

    def _closed(self, date: str) -> None:
        from tracker.tui.modals.close_steps import came_to

        if not date:
            self.did(_("What you answered is kept; the day stays open"))
            return
        says = _("{date} closed ✓ {figures}").format(
            date=format_near_date(date, self.desk.today()), figures=came_to(self.desk.evening(date))
        )
        left = len(self.desk.unclosed())
        more = ngettext("{n} more day is open", "{n} more days are open", left).format(n=left) if left else ""
        self.did(" · ".join(part for part in (says, more) if part))
