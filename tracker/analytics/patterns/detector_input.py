"""What a detector is given: openings, logged days and what else was recorded; the openings of its window; its sources.

**Sources.** Another phone, or a browser that was imported from some day on, says nothing of more or less use, nor of
other use: patterns that compare one time with another leave it out and name it. Where two devices are of one source (a
tablet that shares its Screen Time with a phone, a second profile of a browser), a session does not say on which of them
it was: from the day on which the second one is there, the source as a whole cannot be compared with before. But where a
device takes the place of another (a new phone), there are as many as before, and the source is kept: a device whose
last sight lies within HANDED_OVER of the other's first one, and which was not seen for GONE_FOR since.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date as calendar_date

from tracker.analytics.patterns.openings import Opening, Openings, WallTimes, wall_times
from tracker.calendar.clock import EPOCH_ORDINAL
from tracker.calendar.days import SleepHours
from tracker.domain.models import DAY
from tracker.domain.record import Record
from tracker.locale import _

#: Openings, and their times by the wall clock.
Placed = tuple[Openings, WallTimes]

#: How many of the last logged days a pattern looks at, unless a span was asked for.
WINDOW_DAYS = 28

#: How many days of the calendar, the last one included, they are taken from: thirteen weeks. Somebody who logged a
#: month seven years ago is not that person today.
RECENT = 91

#: An opening answers a notification that came at most so many seconds before it.
ANSWERS = 300

#: A source that is absent from so many days at either end was not there throughout.
EDGE = 7

#: How many seconds lie between the first sight of a device and the last one of the device whose place it takes, at
#: most; and for how long that one has not been seen since.
HANDED_OVER, GONE_FOR = 7 * DAY, 14 * DAY


class Notification(Record):
    """A channel asked for attention: the instant in UTC seconds and its zone, None for the reader's."""

    channel: str
    at: int
    zone: str | None = None


class Post(Record):
    """A `publish` session on a social channel that has ended, from `start` to `end` in UTC seconds, and its id."""

    start: int
    end: int
    zone: str
    session: int


class Planned(Record):
    """A social session that was planned and has ended; `date` is the day it began on, durations in seconds."""

    date: str
    planned: int
    lasted: int
    session: int


class WeekEstimate(Record):
    """How long the user thought a week was and how much of it was logged, in social seconds. `week` is its ISO name.

    `first` and `last` are its days, by the weekday the reader's weeks begin on; "" where they are unknown.
    """

    week: str
    estimated: int
    logged: int
    first: str = ""
    last: str = ""


class EndedPause(Record):
    """A declared pause that is over: the day it began on, its start and its end in UTC seconds."""

    date: str
    start: int
    end: int


class Return(Record):
    """What a social channel took and brought over some weeks: seconds, and leads by their first appearance."""

    channel: str
    seconds: int
    leads: int


class DeviceChanges(Record):
    """When a source's devices changed, "" where they did not: the last date on which one joined the others, and the
    last on which one took the place of another."""

    joined: str = ""
    replaced: str = ""


class SourceSeconds(Record):
    """The social seconds by date that one source of a log has, the ids of its sessions, and the changes of its devices:
    a phone, a browser, or a person's own records."""

    source: str
    seconds: Mapping[str, int]
    sessions: Collection[int] = ()
    devices: DeviceChanges = DeviceChanges()


class ReturnSummary(Record):
    """Returns of the social channels over `days` logged days, and how many leads an hour pay for it.

    `break_even` is None where the settings it comes from are missing; `lacking` names those. `titles` are what the
    channels are called for readers, by their names. `dates` are the first and the last of those days, if any.
    `all_leads` counts the leads of all channels that Worth judges, over its weeks: None where nobody asks.
    `has_results` says whether any outcome was ever recorded.
    """

    returns: tuple[Return, ...] = ()
    days: int = 0
    break_even: float | None = None
    lacking: tuple[str, ...] = ()
    titles: Mapping[str, str] = {}
    dates: tuple[str, ...] = ()
    all_leads: int | None = None
    has_results: bool = True

    def title(self, channel: str) -> str:
        """What a channel is called, or its name."""
        return self.titles.get(channel, channel)


class DetectorInput(Record):
    """A log as a detector sees it: openings, and the days they are compared with.

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
    #: The same by source, where there is more than one, or where one got another device in these days. A moment on two
    #: channels of one source counts once.
    sources: tuple[SourceSeconds, ...] = ()
    #: The sessions that were switched to and not picked up, by id, with the one that began their spell.
    switched_to: Mapping[int, int] = {}
    #: The sources of any of these that do not know the screen: there a gap told them from pick-ups.
    by_gap: tuple[str, ...] = ()
    #: The ids of social sessions with an activity that is work: making, answering, looking after clients.
    work: frozenset[int] = frozenset()
    #: Of every channel the file knows, whatever its kind: on a day with any it is known which did not ask.
    notifications: tuple[Notification, ...] = ()
    posts: tuple[Post, ...] = ()
    plans: tuple[Planned, ...] = ()
    estimates: tuple[WeekEstimate, ...] = ()
    pauses: tuple[EndedPause, ...] = ()
    #: Starts and ends (UTC seconds) of whatever else was recorded, sorted: signs that somebody was awake.
    life: Sequence[int] = ()
    #: Declared sleep, from and until or by weekday, and waking: seconds after midnight.
    sleep: tuple[int, int] | SleepHours | None = None
    wakes_at: int | None = None
    worth: ReturnSummary = ReturnSummary()
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
        """The last `days` logged dates, for a pattern that looks at more or fewer than the window."""
        return self.logged_dates[-days:]

    def limit(self, pattern: str, key: str, usual: float) -> float:
        """A threshold of a pattern: the user's own, else the usual one."""
        return self.thresholds.get(f"{pattern}.{key}", usual)


#: The last log asked about, with the openings of its window and those of them that were picked up: most patterns ask
#: for the same, and over ten years it takes half a second.
_last: tuple[DetectorInput, Placed, Placed] | None = None


def placed_openings(log: DetectorInput, dates: Sequence[str] | None = None) -> Placed:
    """The openings that belong to the dates (by default those of the window), and their times by the wall clock."""
    return _last_placed(log)[1] if dates is None else _placed_openings(log, dates)


def pick_ups(log: DetectorInput, dates: Sequence[str] | None = None) -> Placed:
    """The openings that begin a spell, of the dates (by default the window), and their times by the wall clock.

    Half of the patterns count these.
    """
    return _last_placed(log)[2] if dates is None else _picked_up(log, _placed_openings(log, dates))


def _last_placed(log: DetectorInput) -> tuple[DetectorInput, Placed, Placed]:
    global _last
    if not _last or _last[0] is not log:
        placed = _placed_openings(log, log.window)
        _last = log, placed, _picked_up(log, placed)
    return _last


def _picked_up(log: DetectorInput, placed: Placed) -> Placed:
    if not log.switched_to:
        return placed
    return _only(placed, [id not in log.switched_to for id in placed[0].first_ids])


def _only(placed: Placed, chosen: Sequence[bool]) -> Placed:
    openings, times = placed
    return openings.only(chosen), times.only(chosen)


def forget_windows() -> None:
    """Release the openings of the last log, once every pattern has had them: they are megabytes."""
    global _last
    _last = None


def _placed_openings(log: DetectorInput, dates: Sequence[str]) -> Placed:
    if not dates:
        return Openings.of(()), wall_times((), log.starts_at)
    # In any zone a day begins within a day of its date's midnight in UTC: enough to skip what is long past.
    openings = Openings.of(log.openings).since((day_number(dates[0]) - 1) * DAY)
    times = wall_times(openings, log.starts_at)
    days = {day_number(date) for date in dates}
    first = next((place for place, day in enumerate(times.days) if day in days), len(times.days))
    openings, times = openings[first:], times.since(first) if first else times
    if days.issuperset(times.days):
        return openings, times
    return _only((openings, times), list(map(days.__contains__, times.days)))


def window_openings(log: DetectorInput, dates: Sequence[str] | None = None) -> Openings:
    """The openings that belong to the dates, by default those of the window."""
    return placed_openings(log, dates)[0]


def day_number(date: str) -> int:
    """The number of a date's day since 1970-01-01, as `WallTimes.days` has it."""
    return calendar_date.fromisoformat(date).toordinal() - EPOCH_ORDINAL


class NotificationTimes:
    """When each channel asked for attention."""

    def __init__(self, log: DetectorInput) -> None:
        self._times: dict[str, list[int]] = {}
        for notification in log.notifications:
            self._times.setdefault(notification.channel, []).append(notification.at)

    def shortly_before(self, channel: str, start: int) -> bool:
        """Whether a notification of the channel came at most ANSWERS seconds before an opening's start, or with it."""
        times = self._times.get(channel, ())
        place = bisect_right(times, start) - 1
        return place >= 0 and start - times[place] <= ANSWERS


class Throughout(Record):
    """The sources that were there throughout with the same devices; those that were there in a part of the time only,
    and those that got another device. None where the log has one source alone, with the same devices."""

    kept: tuple[SourceSeconds, ...] = ()
    in_part: tuple[SourceSeconds, ...] = ()
    with_new_device: tuple[SourceSeconds, ...] = ()
    #: Of those that are kept the ones in which a device took the place of another.
    replaced: tuple[SourceSeconds, ...] = ()

    @property
    def left_out(self) -> tuple[SourceSeconds, ...]:
        """What is not compared."""
        return self.in_part + self.with_new_device

    @property
    def none_kept(self) -> bool:
        """Whether nothing can be compared: no source was there throughout with the same devices."""
        return bool(self.left_out) and not self.kept

    def said(self, evidence: str) -> str:
        """The evidence with what was left out."""
        if self.in_part:
            evidence = _("{evidence}; without {sources}, recorded in a part of that time only").format(
                evidence=evidence, sources=_names(self.in_part)
            )
        if self.with_new_device:
            evidence = _("{evidence}; without {sources}, which got another device in that time").format(
                evidence=evidence, sources=_names(self.with_new_device)
            )
        if self.replaced:
            evidence = _("{evidence}; {sources}: one device took the place of another").format(
                evidence=evidence, sources=_names(self.replaced)
            )
        return evidence

    def needed(self) -> str:
        """What is missing where nothing can be compared."""
        if self.with_new_device:
            return _("the same devices in all of that time: {sources} got another one").format(
                sources=_names(self.with_new_device)
            )
        return _("a device or browser that was recorded in all of that time")


def _names(sources: Sequence[SourceSeconds]) -> str:
    return ", ".join(source.source for source in sources)


def throughout(log: DetectorInput, dates: Sequence[str]) -> Throughout:
    """Which sources were there throughout these logged dates: on the first EDGE of them, and on the last; and all of
    their devices on the first."""
    first, last = dates[:EDGE], dates[-EDGE:]
    kept: list[SourceSeconds] = []
    in_part: list[SourceSeconds] = []
    with_new_device: list[SourceSeconds] = []
    for source in log.sources:
        if not any(map(source.seconds.get, dates)):
            continue
        if not (any(map(source.seconds.get, first)) and any(map(source.seconds.get, last))):
            in_part.append(source)
        elif source.devices.joined > first[-1]:
            with_new_device.append(source)
        else:
            kept.append(source)
    replaced = tuple(source for source in kept if source.devices.replaced > dates[0])
    return Throughout(tuple(kept), tuple(in_part), tuple(with_new_device), replaced)


def device_changes(
    devices: Iterable[tuple[int, int]], since: int, until: int, day_of: Callable[[int], str]
) -> DeviceChanges:
    """The changes of one source's devices in [since, until), in UTC seconds; those of the first day are none.

    `devices` are the first and the last sight of each, `day_of` gives the date of an instant. Of devices noted by
    earlier versions of the program only the first sight is known; they are taken to be there still.
    """
    seen = sorted((first, last) for first, last in devices if first < until)
    gone = [last for first, last in seen if first < last <= until - GONE_FOR]
    joined = replaced = 0
    for first, _last in seen:
        if first < since + DAY:
            continue
        left = next((last for last in gone if abs(last - first) <= HANDED_OVER), None)
        if left is None:
            joined = max(joined, first)
        else:
            gone.remove(left)
            replaced = max(replaced, first)
    return DeviceChanges(day_of(joined) if joined else "", day_of(replaced) if replaced else "")


def as_far_as_seen(log: DetectorInput, evidence: str) -> str:
    """The evidence that there is nothing, with what was not seen: of a source that does not know the screen, openings
    at most SPELL_GAP apart are one."""
    if not log.by_gap:
        return evidence
    return _(
        "{evidence}; more than one opening in 2 min is not seen: {sources} cannot tell when the screen was dark"
    ).format(evidence=evidence, sources=", ".join(log.by_gap))
