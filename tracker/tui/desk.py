"""The screens' one door to the file: everything they show is asked here, everything they do is done here.

Nothing is kept but the open journal: each figure is read when it is shown (a day takes a millisecond or two), so what
another program changed is there as soon as `data_version` says that there is something new.
"""

from __future__ import annotations

from tracker.calendar import clock, days, weeks
from tracker.journal import Journal, channels, history, notes, outcomes, sessions, urges
from tracker.locale import _
from tracker.model import TrackerError
from tracker.record import Record
from tracker.review import day, status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.model import Activity, Channel, Outcome, Session, Urge
    from tracker.patterns.finding import Cluster, Finding
    from tracker.review.values import Day, Status, Week
    from tracker.settings import Settings

#: What the chooser offers before anything was ever used: the first social channels, in the order they come in.
OFFERED = 8


class Usual(Record):
    """What one last did on a channel: offered when it is started again."""

    activity: str | None = None
    planned_seconds: int | None = None
    intention: str | None = None
    start: int | None = None


class Desk:
    """Reads and writes one open journal, for one reader in one zone."""

    def __init__(self, journal: Journal, settings: Settings, zone: str | None = None) -> None:
        self.journal = journal
        self.settings = settings
        self.zone = zone or clock.local_zone()
        self._first_weekday: int | None = None

    def now(self) -> int:
        """The current instant, in UTC seconds."""
        return clock.now()

    def today(self) -> str:
        """The date it is, by the setting `day_starts_at`."""
        return days.day_of(self.now(), self.zone, self.settings.day_starts_at)

    def this_week(self) -> str:
        """The name of the week it is."""
        return self.week_of(self.today())

    def week_of(self, date: str) -> str:
        """The name of the week of a date."""
        if self._first_weekday is None:
            from tracker.review.week import first_weekday

            self._first_weekday = first_weekday(self.settings)
        return weeks.week_of(date, self._first_weekday)

    def data_version(self) -> int:
        """Differs once another program has written the file."""
        return self.journal.data_version()

    # What is shown

    def day(self, date: str) -> Day:
        """The day as it stands now."""
        return day.day(self.journal, self.settings, date, zone=self.zone, now=self.now())

    def week(self, name: str) -> Week:
        """The week as it stands now."""
        from tracker.review.week import week

        return week(self.journal, self.settings, name, zone=self.zone, now=self.now())

    def status(self) -> Status:
        """What runs and where today stands, patterns left out."""
        return status.status(self.journal, self.settings, zone=self.zone, now=self.now(), patterns=False)

    def running(self) -> Session | None:
        """The session that runs, if one does."""
        return sessions.running(self.journal)

    def session(self, id: int) -> Session:
        """The session of this id; TrackerError if it is gone."""
        return sessions.get(self.journal, id)

    def empty(self) -> bool:
        """Whether nothing was ever recorded: the first run."""
        return sessions.first_and_last(self.journal) is None and not urges.in_span(self.journal, 0, self.now() + 1)

    def findings(self) -> tuple[Finding, ...]:
        """Every pattern as of today."""
        from tracker.review.findings import findings

        return findings(self.journal, self.settings, zone=self.zone, now=self.now())

    def findings_until(self, date: str) -> tuple[Finding, ...]:
        """Every pattern as of the day `date`."""
        from tracker.review.findings import findings

        return findings(self.journal, self.settings, zone=self.zone, now=self.now(), last=date)

    def channels(self) -> list[Channel]:
        """Every channel, in order, archived ones left out."""
        return [channel for channel in channels.channels(self.journal) if not channel.archived]

    def activities(self) -> list[Activity]:
        """Every activity, archived ones left out."""
        return [activity for activity in channels.activities(self.journal) if not activity.archived]

    def title(self, name: str) -> str:
        """What a channel is called."""
        return next((channel.title for channel in channels.channels(self.journal) if channel.name == name), name)

    def find_channel(self, word: str) -> Channel:
        """The channel a word names; TrackerError if none or several."""
        return channels.find(self.journal, word)

    def find_activity(self, word: str) -> Activity:
        """The activity a word names; TrackerError if none."""
        return channels.find_activity(self.journal, word)

    def vocabulary(self) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
        """What a typed word can stand for: channels, activities, and channels' aliases."""
        everything = channels.channels(self.journal)
        names = {channel.title.casefold(): channel.name for channel in everything}
        return (
            {**names, **{channel.name: channel.name for channel in everything}},
            {activity.name: activity.name for activity in channels.activities(self.journal)},
            {text: channel for channel, _what, text in channels.matches(self.journal, "alias")},
        )

    def day_of(self, instant: int) -> str:
        """The date an instant belongs to."""
        return days.day_of(instant, self.zone, self.settings.day_starts_at)

    def offered(self) -> list[Channel]:
        """The channels to choose from, last used first; before any was used, the best known."""
        used = channels.last_used_first(self.journal, channels.in_use(self.journal))
        if any(channel.kind == "social" for channel in used):
            return used
        return used + [channel for channel in self.channels() if channel.kind == "social"][:OFFERED]

    def usual(self, channel: str) -> Usual:
        """What one last did on a channel, checks apart."""
        last = sessions.last(self.journal, channel)
        return Usual(last.activity, last.planned_seconds, last.intention, last.start) if last else Usual()

    def people(self) -> list[str]:
        """Everybody one talked to, the last first."""
        return sessions.people(self.journal)

    # What is done: each returns a sentence that says what is now true

    def start(
        self,
        channel: str,
        activity: str | None,
        intention: str | None,
        planned: int | None,
        person: str | None = None,
    ) -> Session:
        """Start a session, stopping what runs in the same step."""
        now = self.now()
        details = {"activity": activity, "intention": intention, "planned_seconds": planned, "person": person}
        if self.running():
            return sessions.switch(self.journal, channel, now, self.zone, now=now, **details)[1]
        return sessions.start(self.journal, channel, now, self.zone, now=now, **details)

    def stop(self) -> Session:
        """End what runs."""
        return sessions.stop(self.journal, self.now(), now=self.now())

    def resume(self) -> Session:
        """Start again what ended last."""
        return sessions.resume(self.journal, self.now(), self.zone, now=self.now())

    def cancel(self) -> Session:
        """Drop what runs."""
        return sessions.cancel(self.journal, now=self.now())

    def check(self, channel: str, note: str | None = None) -> Session:
        """Record a check now."""
        return sessions.check(self.journal, channel, self.now(), self.zone, note, now=self.now())

    def last_opened(self) -> str | None:
        """The social channel opened last: the one that `c c` means."""
        social = [channel for channel in self.offered() if channel.kind == "social"]
        return social[0].name if social and not self.empty() else None

    def urge(self, channel: str, trigger: str | None = None) -> Urge:
        """Record an urge resisted now."""
        return urges.add(self.journal, channel, self.now(), self.zone, now=self.now(), trigger=trigger)

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

    def add(self, channel: str, start: int, end: int, **details: Any) -> Session:
        """Record a session after the fact."""
        return sessions.add(self.journal, channel, start, end, self.zone, now=self.now(), **details)

    def edit(self, id: int, **fields: Any) -> Session:
        """Change fields of a session."""
        return sessions.edit(self.journal, id, now=self.now(), **fields)

    def delete(self, id: int) -> Session:
        """Delete a session; undo brings it back."""
        return sessions.delete(self.journal, [id], now=self.now())[0]

    def split(self, id: int, at: int) -> tuple[Session, Session]:
        """Cut a session in two."""
        return sessions.split(self.journal, id, at, now=self.now())

    def merge(self, ids: list[int]) -> Session:
        """Make one session of several."""
        return sessions.merge(self.journal, ids, now=self.now())

    def note(self, date: str, words: str) -> None:
        """Set the user's own words for a day."""
        notes.write(self.journal, date, words, now=self.now())

    def confirm_zero(self, date: str) -> None:
        """Say that a day without records was really zero."""
        if self.day(date).seconds:
            raise TrackerError(_("that day has social time on record"))
        notes.confirm_zero(self.journal, date, True, now=self.now())

    def undo(self) -> str:
        """Take back the last change; says what it was."""
        (step,) = history.undo(self.journal, 1, now=self.now())
        return _("Undone: {what}").format(what=step.says)

    def redo(self) -> str:
        """Do again what was undone; says what it was."""
        (step,) = history.redo(self.journal, 1, now=self.now())
        return _("Done again: {what}").format(what=step.says)


def clusters_of(findings: tuple[Finding, ...], date: str) -> tuple[Cluster, ...]:
    """The clusters of checks that began on a day."""
    return tuple(cluster for finding in findings for cluster in finding.events if cluster.date == date)
