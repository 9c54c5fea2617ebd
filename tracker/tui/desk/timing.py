"""What runs: each call does one thing and returns what is now in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.reports import glances
from tracker.storage import session_table, sessions
from tracker.tui.desk.showing import Showing

if TYPE_CHECKING:
    from tracker.domain.models import Session


class Timing(Showing):
    """Starts and stops."""

    def start(
        self,
        channel: str,
        activity: str | None,
        intention: str | None,
        planned: int | None,
        person: str | None = None,
        override: str | None = None,
    ) -> Session:
        """Start a session, stopping what runs in the same step."""
        now = self.now()
        details = {"activity": activity, "intention": intention, "planned_seconds": planned, "person": person}
        details["override"] = override
        with self.together():
            if self.running():
                return sessions.switch(self.journal, channel, now, self.zone, now=now, **details)[1]
            return sessions.start(self.journal, channel, now, self.zone, now=now, **details)

    def stop(self) -> Session:
        """End what runs."""
        now = self.now()
        return sessions.stop(self.journal, now, now=now)

    def is_check(self, session: Session) -> bool:
        """Whether by its length an ended session counts as a check."""
        return glances.counts(session, self.find_channel(session.channel), self.settings)

    def resume(self) -> Session:
        """Start again what ended last."""
        now = self.now()
        return sessions.resume(self.journal, now, self.zone, now=now)

    def can_resume(self) -> bool:
        """Whether anything was timed or logged by hand that could go on."""
        return session_table.last(self.journal) is not None

    def cancel(self) -> Session:
        """Drop what runs."""
        return sessions.cancel(self.journal, now=self.now())
