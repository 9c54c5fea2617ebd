"""The evening close: what there is to ask about a day, and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.reports import closing
from tracker.storage import notes
from tracker.tui.desk.showing import Showing

if TYPE_CHECKING:
    from tracker.domain.models import DayNote
    from tracker.reports.closing import Evening


class Closing(Showing):
    """Each answer is kept at once, as a step of its own."""

    def unclosed(self) -> list[str]:
        """The earlier days that are still open, the oldest first."""
        return closing.unclosed(self.journal, self.today())

    def evening(self, date: str) -> Evening:
        """What there is to ask about a day, as it stands."""
        return closing.evening(self.journal, self.settings, date, zone=self.zone, now=self.now())

    def is_evening(self) -> bool:
        """Whether it is late enough to close the day."""
        return closing.is_evening(self.now(), self.zone, self.settings.day_starts_at)

    def set_task_of(self, date: str, task: str) -> None:
        """Name the important task of any day; empty takes it away."""
        notes.set_task(self.journal, date, task, now=self.now())

    def close(self, date: str) -> DayNote:
        """Say that a day has been gone through."""
        return notes.close(self.journal, date, True, now=self.now())
