"""What the screens and the command line both show: a status, a day, a week — figures only, no drawing.

Every `seconds` is social seconds unless its name says otherwise; overlapping sessions count once per channel and
once in a total. Instants are UTC seconds, dates `YYYY-MM-DD`.
"""

from __future__ import annotations

from tracker.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.analytics.patterns.finding import Finding
    from tracker.analytics.worth.rows import WorthReport
    from tracker.domain.models import Outcome, Session, Urge
    from tracker.reports.pauses import Abstinence


class Part(Record):
    """The part of a session that falls inside one day."""

    session: Session
    start: int
    end: int
    #: Whether what it counts as is a check by its whole length, wherever it is cut.
    check: bool
    #: The id of the session that it counts as one with, for it began before; None if it counts by itself.
    counts_with: int | None = None

    @property
    def begins(self) -> bool:
        """Whether its session is counted on this day."""
        return self.start == self.session.start and self.counts_with is None


class Crossing(Record):
    """A session that crossed the bridge between the two worlds, by the person's own way: met there, now here."""

    session: int
    person: str
    #: Where they were met: a channel, a ring, or both for a talk whose ring is known.
    met: str | None
    met_ring: str | None
    #: Where they are for the first time.
    channel: str
    #: Whether that is in person: from a follower to a talk, and not the other way round.
    in_person: bool


class ChannelTotal(Record):
    """One channel over a span, of any kind."""

    channel: str
    title: str
    kind: str
    seconds: int
    checks: int
    sessions: int
    budget_seconds: int | None = None


class ActivityTotal(Record):
    """Social seconds of one activity; `activity` is None for time without one."""

    activity: str | None
    purpose: str | None
    seconds: int
    checks: int
    #: Checks excluded, as everywhere.
    sessions: int


class PurposeTotal(Record):
    """Social seconds of one purpose; `purpose` is None for time without an activity."""

    purpose: str | None
    seconds: int


class Day(Record):
    """One day from `day_starts_at` to the next, as it stands at `now`."""

    date: str
    start: int
    end: int
    seconds: int
    checks: int
    #: Social sessions that began here, checks excluded.
    sessions: int
    #: First opening, and end of the last social session (or now while one runs); None without one.
    first: int | None
    last: int | None
    parts: tuple[Part, ...]
    channels: tuple[ChannelTotal, ...]
    activities: tuple[ActivityTotal, ...]
    purposes: tuple[PurposeTotal, ...]
    outcomes: tuple[Outcome, ...]
    urges: tuple[Urge, ...]
    #: The talks of the day: the in-person sessions that began on it.
    contacts: tuple[Part, ...]
    note: str | None
    #: False for a day without any record and not confirmed as zero: unknown, not zero.
    logged: bool
    #: Social seconds allowed in a day by the setting `daily_budget`; a channel's own budget is none of the day's.
    budget_seconds: int | None
    #: The one important thing the day is for, if it was named, and whether it is done.
    task: str | None = None
    task_done: bool = False
    #: Declared pauses that touch the day, kept or not.
    pauses: tuple[Abstinence, ...] = ()
    #: Whom one met on the other side for the first time.
    crossings: tuple[Crossing, ...] = ()
    #: Gone through in the evening, and complete.
    closed: bool = False

    @property
    def runs(self) -> str | None:
        """The channel that runs."""
        return next((part.session.channel for part in reversed(self.parts) if part.session.end is None), None)

    @property
    def grows(self) -> bool:
        """Whether its social seconds still grow: a session on a social channel runs."""
        return self.runs in {total.channel for total in self.channels if total.kind == "social"}

    @property
    def first_zone(self) -> str | None:
        """The zone the first opening was recorded in."""
        return next((part.session.zone for part in self.parts if part.start == self.first), None)

    @property
    def last_zone(self) -> str | None:
        """The zone of what ended last; a check may last until after now."""
        if self.last is None:
            return None
        ends = (part for part in self.parts if part.end == self.last or (part.check and part.end > self.last))
        return next((part.session.zone for part in ends), None)


class DaySum(Record):
    """One day of a week; seconds and checks are None where it was not logged."""

    date: str
    seconds: int | None
    checks: int | None
    logged: bool
    #: channel → seconds, in the week's channel order.
    channels: tuple[tuple[str, int], ...]


class Week(Record):
    """Seven days as they stand at `now`; days after today are there, empty and not logged.

    Unknown is not zero: what no logged day tells is None, and seconds and checks are the sums of the logged days.
    """

    week: str
    dates: tuple[str, ...]
    #: How many of the days have begun, today included: what `logged_days` are out of.
    elapsed: int
    seconds: int | None
    checks: int | None
    #: Median social seconds of the previous eight logged weeks; None before there is one.
    usual_seconds: int | None
    usual_weeks: int
    #: How many days of those weeks were logged.
    usual_days: int
    logged_days: int
    days: tuple[DaySum, ...]
    channels: tuple[ChannelTotal, ...]
    activities: tuple[ActivityTotal, ...]
    purposes: tuple[PurposeTotal, ...]
    #: 7×24 checks, the locale's first weekday first, hours of the wall clock; 24 None for a day that was not logged.
    hours: tuple[tuple[int | None, ...], ...]
    patterns: tuple[Finding, ...]
    #: ring → number of talks.
    contacts: tuple[tuple[str, int | None], ...]
    #: How many people those were with: each name once; a talk without a name adds nobody.
    people: int | None
    outcomes: tuple[Outcome, ...]
    urges: int | None
    #: What each channel is worth over the weeks up to this one; None where it was not asked for.
    worth: WorthReport | None = None

    @property
    def talks(self) -> int:
        """The talks on any ring, and on none."""
        return sum(count or 0 for _ring, count in self.contacts)

    @property
    def over(self) -> bool:
        """Whether all of its days have begun."""
        return self.elapsed == len(self.dates)

    def by_hour(self) -> list[int]:
        """The checks of all its logged days, by the 24 hours of the clock."""
        return [sum(row[hour] or 0 for row in self.hours) for hour in range(24)]


class Status(Record):
    """What a prompt wants to know."""

    running: Session | None
    date: str
    #: Whether anything was recorded today, or confirmed as zero; without it all figures are 0, and not known.
    logged: bool
    seconds: int
    budget_seconds: int | None
    checks: int
    sessions: int
    first: int | None
    last: int | None
    patterns: tuple[str, ...]
    #: The declared pause that is going on.
    pause: Abstinence | None = None
