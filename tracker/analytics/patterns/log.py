"""What a detector is given."""

from __future__ import annotations

from tracker.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.analytics.patterns.openings import Opening

#: How many of the last logged days a pattern looks at, unless a span was asked for.
WINDOW_DAYS = 28

#: How many days of the calendar, the last one included, they are looked for in: thirteen weeks. Somebody who logged a
#: month seven years ago is not that person today.
RECENT = 91


class Notification(Record):
    """A channel asked for attention at an instant, in UTC seconds, in a zone: the reader's, where it is None."""

    channel: str
    at: int
    zone: str | None = None


class Post(Record):
    """A `publish` session on a social channel that has ended, from `start` to `end`."""

    start: int
    end: int
    zone: str
    session: int


class Planned(Record):
    """A social session that was planned and has ended; `date` is the day it began on, lengths in seconds."""

    date: str
    planned: int
    lasted: int
    session: int


class Estimate(Record):
    """What a week felt like, and what was logged of it: social seconds. `week` is its ISO name.

    `first` and `last` are its days, by the weekday the reader's weeks begin on; "" where they are not said.
    """

    week: str
    felt: int
    logged: int
    first: str = ""
    last: str = ""


class Abstinence(Record):
    """A declared pause that is over: the day it began on, and from when to when it held."""

    date: str
    start: int
    end: int


class Return(Record):
    """What a social channel took and brought over some weeks: seconds, and leads by their first appearance."""

    channel: str
    seconds: int
    leads: int


class Worth(Record):
    """Returns of the social channels over `days` logged days, and how many leads an hour pay for it.

    `break_even` is None where the settings it comes from are missing; `lacking` names those. `titles` are what the
    channels are called for readers, by their names. `dates` are the first and the last of those days, if any.
    """

    returns: tuple[Return, ...] = ()
    days: int = 0
    break_even: float | None = None
    lacking: tuple[str, ...] = ()
    titles: Mapping[str, str] = {}
    dates: tuple[str, ...] = ()

    def title(self, channel: str) -> str:
        """What a channel is called, or its name."""
        return self.titles.get(channel, channel)


class Log(Record):
    """Openings and the days they are to be judged against.

    `openings` come sorted by start and may reach back further than the window. `logged_dates` are the days with a
    record of any kind or a zero confirmed by the user, sorted: a date that is not there is missing, not zero.
    `zone` and `now` (UTC seconds) are the reader's; each opening counts by the wall clock of its own zone.
    """

    openings: Sequence[Opening]
    logged_dates: tuple[str, ...]
    zone: str
    now: int
    #: Seconds after midnight at which a day starts.
    starts_at: int = 14_400
    #: The end of the last day looked at, in UTC seconds: nothing later is here. None where that is not before `now`.
    until: int | None = None
    #: A session shorter than this is a check.
    check_seconds: int = 30
    #: None: every logged date given is the window, because the user asked for that span.
    days: int | None = WINDOW_DAYS
    #: Whether the file has older days that are not looked at, because they lie before the RECENT ones.
    older: bool = False
    #: Social seconds of each logged date that has any.
    seconds: Mapping[str, int] = {}
    #: Of every channel the file knows, whatever its kind: on a day with any it is known which did not ask.
    notifications: tuple[Notification, ...] = ()
    posts: tuple[Post, ...] = ()
    plans: tuple[Planned, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    pauses: tuple[Abstinence, ...] = ()
    #: Starts and ends of whatever else was recorded, sorted: that somebody was awake.
    life: tuple[int, ...] = ()
    #: Declared sleep, from and until, and waking: seconds after midnight.
    sleep: tuple[int, int] | None = None
    wakes_at: int | None = None
    worth: Worth = Worth()
    #: Thresholds that the user changed, such as `brief_checks.share`.
    thresholds: Mapping[str, float] = {}

    @property
    def window(self) -> tuple[str, ...]:
        """The logged dates looked at, oldest first."""
        return self.logged_dates if self.days is None else self.logged_dates[-self.days :]

    @property
    def known_until(self) -> int:
        """Up to when it is known what was opened, in UTC seconds."""
        return self.now if self.until is None else min(self.now, self.until)

    def last(self, days: int) -> tuple[str, ...]:
        """The last so many logged dates, of a pattern that looks at more or fewer than the window."""
        return self.logged_dates[-days:]

    def limit(self, pattern: str, key: str, usual: float) -> float:
        """A threshold: the user's own, else the usual one."""
        return self.thresholds.get(f"{pattern}.{key}", usual)
