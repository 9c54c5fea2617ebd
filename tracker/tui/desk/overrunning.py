"""What runs longer than it was meant to: extended, explained, or put in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import TrackerError, over_plan
from tracker.locale import _
from tracker.reports import forgotten
from tracker.storage import sessions, state
from tracker.tui.desk.showing import Showing

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.reports.forgotten import Doubt

#: The session that was asked why it goes on, or was extended knowingly: it is not asked again.
ASKED = "asked why"


class Overrunning(Showing):
    """Changes the plan and the end of what runs."""

    def extend(self, seconds: int) -> Session:
        """Plan so much more: from now where the plan is over, from its end where it is not. TrackerError if none runs.

        Extending what is over is an answer in itself: it is not asked why any more.
        """
        now = self.now()
        with self.together():
            session = self.running()
            if session is None:
                raise TrackerError(_("nothing runs; s starts a session"))
            spent = max(now - session.start, 0)
            planned = max(session.planned_seconds or 0, spent) + seconds
            extended = sessions.edit(self.journal, session.id, now=now, planned_seconds=planned)
        if session.planned_seconds and spent > session.planned_seconds:
            state.put(self.journal, ASKED, str(session.id))
        return extended

    def explain_overrun(self, id: int, why: str) -> Session:
        """Keep why a session went on past its plan."""
        return sessions.edit(self.journal, id, now=self.now(), overrun=why)

    def asks_why(self, session: Session) -> bool:
        """Whether to ask why a session still goes on: well past its plan, and neither answered nor extended."""
        over = over_plan(self.now() - session.start, session.planned_seconds)
        if not over or session.overrun is not None:
            return False
        return over >= self.settings.overrun_after and state.get(self.journal, ASKED) != str(session.id)

    def is_forgotten(self, session: Session) -> bool:
        """Whether a running session may have been forgotten."""
        return forgotten.is_forgotten(self.journal, session, self.settings.forgotten_after, self.now())

    def doubt(self, session: Session, seen: int | None) -> Doubt:
        """When a running session may really have ended; `seen` is the last key pressed in this program."""
        return forgotten.doubt(self.journal, session, self.now(), seen)

    def keep_running(self, session: Session) -> None:
        """The user says that a session is right as it is."""
        forgotten.keep(self.journal, session, self.settings.forgotten_after, self.now())

    def stop_at(self, id: int, at: int | None) -> Session:
        """End what runs at an instant, by default now; TrackerError where it is not that session any more."""
        now = self.now()
        with self.journal.transaction():
            session = self.running()
            if session is None or session.id != id:
                raise TrackerError(_("that session has ended meanwhile"))
            return sessions.stop(self.journal, now if at is None else at, now=now)

    def alive(self, at: int) -> None:
        """Somebody was here at that instant."""
        state.put(self.journal, state.ALIVE, str(at))
