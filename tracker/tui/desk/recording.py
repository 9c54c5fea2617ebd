"""What is recorded beside what runs: checks, urges, outcomes, talks, the words of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.quoting import quoted
from tracker.domain.models import Session, TrackerError
from tracker.locale import _
from tracker.reports.people import Talk, crossing, last_talks, say_crossing
from tracker.storage import last_touch, notes, outcomes, people, person_names, session_table, sessions, urges
from tracker.tui.desk.showing import Showing

if TYPE_CHECKING:
    from typing import Any

    from tracker.domain.models import Outcome, Person, Urge

#: For how long after a check, in seconds, one key says what it was for.
SAID_WITHIN = 10 * 60


class Recording(Showing):
    """Adds to the log."""

    def check(self, channel: str, at: int | None = None) -> Session:
        """Record a check, now or at an earlier instant."""
        now = self.now()
        return sessions.check(self.journal, channel, now if at is None else at, self.zone, None, now=now)

    def last_check(self) -> Session | None:
        """The check of which one can still say by a key what it was for."""
        since = self.now() - SAID_WITHIN
        checked = [part.session for part in self.day(self.today()).parts if part.session.source == "check"]
        return checked[-1] if checked and checked[-1].start >= since else None

    def urge(self, channel: str, at: int | None = None) -> Urge:
        """Record an urge resisted, now or at an earlier instant."""
        now = self.now()
        return urges.add(self.journal, channel, now if at is None else at, self.zone, now=now)

    def explain(self, id: int, trigger: str) -> Urge:
        """Say what set an urge off."""
        return urges.explain(self.journal, id, trigger, now=self.now())

    def put_off(self, id: int, trigger: str, task: str) -> Urge:
        """Say what an urge put off: it becomes the task of that day."""
        with self.together():
            date = self.day_of(urges.get(self.journal, id).at)
            return urges.blame_task(self.journal, id, trigger, task, date, now=self.now())

    def set_task(self, task: str) -> None:
        """Name today's important task; empty takes it away."""
        notes.set_task(self.journal, self.today(), task, now=self.now())

    def do_task(self, date: str, done: bool) -> None:
        """Say that a day's important task is done, or is not after all."""
        notes.do_task(self.journal, date, done, now=self.now())

    def last_touch(self, person: str | None, at: int | None = None) -> last_touch.Touch | None:
        """What an outcome would be attributed to, now or at an earlier instant."""
        return last_touch.last_touch(self.journal, self.now() if at is None else at, person)

    def last_moment(self, date: str) -> int:
        """When the last thing of an earlier day ended, as far as it lies in that day; its middle where nothing did."""
        day = self.day(date)
        return max((min(part.end, day.end - 1) for part in day.parts), default=(day.start + day.end) // 2)

    def outcome(
        self,
        kind: str,
        channel: str | None,
        amount: int | None,
        currency: str | None,
        person: str | None,
        note: str | None = None,
        at: int | None = None,
    ) -> Outcome:
        """Record what the time brought, now or at an earlier instant; `amount` in hundredths of `currency`."""
        return outcomes.add(
            self.journal,
            kind,
            self.now() if at is None else at,
            self.zone,
            now=self.now(),
            channel=channel,
            amount=amount,
            currency=currency,
            person=person,
            note=note,
        )

    def double(self, found: Outcome) -> str:
        """What is to be said of an outcome that may be a sale noted twice; nothing of others."""
        other = outcomes.possible_duplicate(self.journal, found)
        return outcomes.say_duplicate(other) if other else ""

    def followed(self) -> str:
        """Which outcomes got another channel by the last change, to be said once; nothing for none."""
        moved, self.journal.reattributed = self.journal.reattributed, []
        return last_touch.say_reattributed(moved)

    def contact(self, channel: str, start: int, end: int, **details: Any) -> Session:
        """Record a talk after the fact."""
        return sessions.add(self.journal, channel, start, end, self.zone, now=self.now(), **details)

    def contact_now(self, channel: str, **details: Any) -> Session:
        """Time a talk from now on, stopping what runs in the same step."""
        now = self.now()
        with self.together():
            begin = sessions.switch if self.running() else sessions.start
            begun = begin(self.journal, channel, now, self.zone, now=now, **details)
        return begun if isinstance(begun, Session) else begun[1]

    def last_talk_time(self, channel: str, seconds: int) -> tuple[int, int]:
        """The last `seconds`, or what is left of them since the last talk on this channel: nothing, it may be."""
        now = self.now()
        before = session_table.in_span(self.journal, now - seconds, now, channel)
        start = max([now - seconds, *(session.end or now for session in before)])
        return min(start, now), now

    def known(self) -> list[Person]:
        """Everybody the log knows, the last met first."""
        return people.people(self.journal)

    def person(self, name: str) -> Person | None:
        """Whom a name means, in whatever case."""
        return people.find(self.journal, name)

    def talks(self) -> dict[str, Talk]:
        """The last talk with each, by the name in lower case."""
        return last_talks(self.journal, self.now())

    def spelled(self, name: str) -> str:
        """A name as it will be kept: as it was written before."""
        return person_names.known_as(self.journal, name) or name

    def set_met(self, name: str, channel: str | None, ring: str | None) -> None:
        """Say where somebody was met; neither leaves it to the log."""
        people.set_met(self.journal, name, channel=channel, ring=ring, now=self.now())

    def crossed(self, session: Session) -> str:
        """`Samia crossed the bridge: from LinkedIn to a call`, of the session with which somebody did; else nothing."""
        everything = {channel.name: channel for channel in self.channels()}
        found = crossing(self.journal, session, everything)
        return say_crossing(found, {one.name: one.title for one in everything.values()}) if found else ""

    def note(self, date: str, words: str, seen: str | None) -> None:
        """Set the user's own words for a day, in place of those that were `seen`. TrackerError for other ones."""
        with self.together():
            there = notes.get(self.journal, date).note
            if there != seen and there != (words.strip() or None):
                raise TrackerError(
                    _("another program changed this line meanwhile, to “{line}”; Enter replaces it").format(
                        line=quoted(there or "")
                    )
                )
            notes.write(self.journal, date, words, now=self.now())

    def confirm_zero(self, date: str) -> None:
        """Say that a day without records was really zero."""
        with self.together():
            if self.day(date).seconds:
                raise TrackerError(_("that day has social time on record"))
            notes.confirm_zero(self.journal, date, True, now=self.now())
