"""What the screens show. Each figure is read when it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.reports import day, status
from tracker.storage import channels, session_table, urges
from tracker.tui.desk.base import Base

if TYPE_CHECKING:
    from tracker.analytics.patterns.finding import Cluster, Finding
    from tracker.domain.models import Activity, Channel, Session
    from tracker.reports.longer_values import Longer
    from tracker.reports.values import Day, Status, Week


#: What the chooser offers before anything was ever used: the first social channels, in the order they come in.
OFFERED = 8


class Usual(NamedTuple):
    """What one last did on a channel: offered when it is started again."""

    activity: str | None = None
    planned_seconds: int | None = None
    intention: str | None = None
    start: int | None = None


class Showing(Base):
    """Reads; nothing is changed."""

    def day(self, date: str) -> Day:
        """The day as it stands now."""
        return day.day(self.journal, self.settings, date, zone=self.zone, now=self.now())

    def week(self, name: str) -> Week:
        """The week as it stands now."""
        from tracker.reports.week import week

        return week(self.journal, self.settings, name, zone=self.zone, now=self.now())

    def longer(self, name: str) -> Longer:
        """The year of weeks up to the week `name`: for a thread, with a connection of its own."""
        from tracker.reports.longer import longer

        with self.journal.reader() as journal:
            return longer(journal, self.settings, name, zone=self.zone, now=self.now())

    def status(self) -> Status:
        """What runs and where today stands, patterns left out."""
        return status.status(self.journal, self.settings, zone=self.zone, now=self.now(), patterns=False)

    def running(self) -> Session | None:
        """The session that runs, if one does."""
        return session_table.running(self.journal)

    def session(self, id: int) -> Session:
        """The session of this id; TrackerError if it is gone."""
        return session_table.get(self.journal, id)

    def empty(self) -> bool:
        """Whether nothing was ever recorded: the first run."""
        return session_table.first_and_last(self.journal) is None and not urges.in_span(self.journal, 0, self.now() + 1)

    def findings(self) -> tuple[Finding, ...]:
        """Every pattern as of today."""
        from tracker.reports.findings import findings

        return findings(self.journal, self.settings, zone=self.zone, now=self.now())

    def findings_until(self, date: str) -> tuple[Finding, ...]:
        """Every pattern as of the day `date`."""
        from tracker.reports.findings import findings

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

    def offered(self) -> list[Channel]:
        """The channels to choose from, last used first; before any was used, the best known."""
        used = channels.last_used_first(self.journal, channels.in_use(self.journal))
        if any(channel.kind == "social" for channel in used):
            return used
        return used + [channel for channel in self.channels() if channel.kind == "social"][:OFFERED]

    def last_opened(self) -> str | None:
        """The social channel opened last: the one that `c c` means."""
        social = [channel for channel in self.offered() if channel.kind == "social"]
        return social[0].name if social and not self.empty() else None

    def usual(self, channel: str) -> Usual:
        """What one last did on a channel, checks apart."""
        last = session_table.last(self.journal, channel)
        return Usual(last.activity, last.planned_seconds, last.intention, last.start) if last else Usual()

    def is_known(self, name: str) -> bool:
        """Whether the log knows somebody of this name."""
        from tracker.storage import people

        return people.find(self.journal, name) is not None

    def people(self) -> list[str]:
        """Everybody one talked to, the last first."""
        return session_table.people(self.journal)


def clusters_of(findings: tuple[Finding, ...], date: str) -> tuple[Cluster, ...]:
    """The clusters of checks that began on a day."""
    return tuple(cluster for finding in findings for cluster in finding.events if cluster.date == date)
