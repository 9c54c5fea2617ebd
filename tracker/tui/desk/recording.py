"""What is recorded beside what runs: checks, urges, outcomes, talks, the words of a day."""

from __future__ import annotations

from tracker.journal import notes, outcomes, sessions, urges
from tracker.locale import _
from tracker.model import TrackerError
from tracker.tui.desk.showing import Showing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.model import Outcome, Session, Urge


class Recording(Showing):
    """Adds to the log."""

    def check(self, channel: str, note: str | None = None) -> Session:
        """Record a check now."""
        return sessions.check(self.journal, channel, self.now(), self.zone, note, now=self.now())

    def urge(self, channel: str, trigger: str | None = None) -> Urge:
        """Record an urge resisted now."""
        return urges.add(self.journal, channel, self.now(), self.zone, now=self.now(), trigger=trigger)

    def explain(self, id: int, trigger: str) -> Urge:
        """Say what set an urge off."""
        return urges.explain(self.journal, id, trigger, now=self.now())

    def put_off(self, id: int, trigger: str, task: str) -> Urge:
        """Say what an urge put off: it becomes today's task."""
        return urges.put_off(self.journal, id, trigger, task, self.today(), now=self.now())

    def set_task(self, task: str) -> None:
        """Name today's important task; empty takes it away."""
        notes.set_task(self.journal, self.today(), task, now=self.now())

    def do_task(self, date: str, done: bool) -> None:
        """Say that a day's important task is done, or is not after all."""
        notes.do_task(self.journal, date, done, now=self.now())

    def outcome(
        self, kind: str, channel: str | None, amount: int | None, person: str | None, note: str | None = None
    ) -> Outcome:
        """Record what the time brought."""
        return outcomes.add(
            self.journal,
            kind,
            self.now(),
            self.zone,
            now=self.now(),
            channel=channel,
            amount=amount,
            currency=self.settings.currency if amount is not None else None,
            person=person,
            note=note,
        )

    def contact(
        self, channel: str, person: str | None, ring: str | None, seconds: int, note: str | None = None
    ) -> Session:
        """Record a talk that ended now."""
        now = self.now()
        return sessions.add(
            self.journal, channel, now - seconds, now, self.zone, now=now, person=person, ring=ring, note=note
        )

    def note(self, date: str, words: str) -> None:
        """Set the user's own words for a day."""
        notes.write(self.journal, date, words, now=self.now())

    def confirm_zero(self, date: str) -> None:
        """Say that a day without records was really zero."""
        if self.day(date).seconds:
            raise TrackerError(_("that day has social time on record"))
        notes.confirm_zero(self.journal, date, True, now=self.now())
