"""A week against the usual one, by day, channel, activity and purpose, and what changed most in one sentence.

The usual of everything is the median over the same weeks that make `usual_seconds` of a Week: the previous eight that
were logged well enough. Of a weekday, only those count on which it was logged: unknown is not zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.statistics.middle import median
from tracker.calendar.days import day_of
from tracker.calendar.durations import HOUR
from tracker.domain.models import PURPOSES
from tracker.formatting.durations import format_duration, whole_minutes
from tracker.formatting.numbers import percent_change, round_to_int
from tracker.locale import N_, _
from tracker.reports import totals
from tracker.reports.coverage import LEAST_DAYS, begun
from tracker.reports.week import around
from tracker.storage import channels as channel_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.domain.models import Activity
    from tracker.reports.slices import Slice
    from tracker.reports.week import Around
    from tracker.settings import Settings
    from tracker.storage import Journal

    #: Seconds by name: of channels, activities or purposes.
    Sums = dict[str | None, int]

#: A change of less than half an hour, or less than a tenth of the usual week, is nothing much.
LEAST_CHANGE, LEAST_SHARE = HOUR // 2, 0.1

PURPOSE_WORDS = {"make": N_("make"), "relate": N_("relate"), "monitor": N_("monitor"), "scroll": N_("scroll")}


class Change(NamedTuple):
    """Seconds of one thing in the week, and usually; `what` is `total`, `day`, `channel`, `activity` or `purpose`.

    `name` is a date, the name of a channel or activity, or a purpose (None: without one); `kind` a channel's.
    `usual` is None where there is no week, or no such weekday, to compare with. `logged` is False for an unknown day,
    and for a week of which no day was logged; `compared` is False where its week was logged on too few days.
    """

    what: str
    name: str | None
    title: str
    seconds: int
    usual: int | None
    kind: str | None = None
    logged: bool = True
    compared: bool = True

    @property
    def difference(self) -> int:
        """Seconds more than usual; negative for less, 0 where nothing is usual or nothing can be compared."""
        return 0 if self.usual is None or not self.compared else self.seconds - self.usual

    @property
    def percent(self) -> int | None:
        """The same in percent of the usual; None where that is under an hour, and where nothing can be compared."""
        return percent_change(self.seconds, self.usual) if self.compared else None


class Comparison(NamedTuple):
    """A week against the usual one. Channels are of every kind, activities and purposes of social time alone."""

    total: Change
    days: tuple[Change, ...]
    channels: tuple[Change, ...]
    activities: tuple[Change, ...]
    purposes: tuple[Change, ...]
    logged_days: int
    #: How many of its days have begun, today included.
    elapsed: int
    usual_weeks: int
    #: How many days of those weeks were logged.
    usual_days: int
    #: Whether every day of the week is past.
    over: bool
    #: What changed most, if anything changed much and there is enough to tell.
    most: Change | None


def comparison(journal: Journal, settings: Settings, name: str, *, zone: str, now: int) -> Comparison:
    """The week `name` (`2026-W48`) against the usual one."""
    with journal.snapshot():
        whole = around(journal, settings, name, zone=zone, now=now)
        return compare(journal, settings, whole, day_of(now, zone, settings.day_starts_at))


def compare(journal: Journal, settings: Settings, whole: Around, today: str) -> Comparison:
    """The same, from what was gathered around the week."""
    activities = {activity.name: activity for activity in channel_table.activities(journal)}
    by_date: dict[str, list[Slice]] = {}
    for part in whole.gathered.slices:
        by_date.setdefault(part.date, []).append(part)
    spans = [whole.dates, *(before.dates for before in whole.usual)]
    weeks = [_Sums(whole, settings, activities, [part for date in span for part in by_date.get(date, [])])
             for span in spans]  # fmt: skip
    days = tuple(_day(whole, by_date, place) for place in range(7))
    here, *usual = weeks
    total = Change(
        *("total", None, "", sum(day.seconds for day in days)),
        _median(before.seconds for before in whole.usual),
    )
    logged_days = sum(date in whole.gathered.logged for date in whole.dates)

    def known(changes: Iterable[Change]) -> tuple[Change, ...]:
        compared = logged_days >= LEAST_DAYS
        return tuple(one._replace(logged=logged_days > 0, compared=compared) for one in changes)

    found = Comparison(
        total=known([total])[0],
        days=tuple(day._replace(compared=logged_days >= LEAST_DAYS) for day in days),
        channels=known(_changes("channel", here.channels, [week.channels for week in usual], whole)),
        activities=known(_changes("activity", here.activities, [week.activities for week in usual], whole, activities)),
        purposes=known(_changes("purpose", here.purposes, [week.purposes for week in usual], whole)),
        logged_days=logged_days,
        elapsed=begun(whole.dates, whole.gathered.logged, today),
        usual_weeks=len(whole.usual),
        usual_days=sum(before.days for before in whole.usual),
        over=whole.dates[-1] < today,
        most=None,
    )
    return found._replace(most=_most(found))


def say_most(found: Comparison) -> str:
    """What changed most, in one sentence of the reader's language, in the minutes that are shown elsewhere."""
    if found.total.usual is None:
        return _("there is no usual week yet to compare with")
    if found.logged_days < LEAST_DAYS:
        return _("too few days were logged to compare with a usual week")
    said = _say_change(found.most) if found.most else _("nothing much changed")
    return said if found.over else _("so far: {said}").format(said=said)


def _say_change(most: Change) -> str:
    assert most.usual is not None, "there are weeks to compare with"
    here, usual = whole_minutes(most.seconds), whole_minutes(most.usual)
    if not most.usual:
        said = _("{what}: {seconds}, usually nothing")
    elif not most.seconds:
        said = _("{what}: nothing, usually {usual}")
    elif here > usual:
        said = _("{what}: {change} more than usual, {seconds} instead of {usual}")
    else:
        said = _("{what}: {change} less than usual, {seconds} instead of {usual}")
    return said.format(
        what=most.title,
        change=format_duration(abs(here - usual)),
        seconds=format_duration(most.seconds),
        usual=format_duration(most.usual),
    )


def say_purpose(purpose: str | None) -> str:
    """A purpose in the reader's words; time without an activity has none."""
    return _(PURPOSE_WORDS[purpose]) if purpose else _("no activity")


class _Sums:
    """One week's seconds by channel (of every kind), and its social ones by activity and purpose."""

    def __init__(self, whole: Around, settings: Settings, activities: dict[str, Activity], slices: list[Slice]) -> None:
        channels = whole.gathered.channels
        social = [part for part in slices if channels[part.channel].kind == "social"]
        every = totals.by_channel(slices, channels, settings)
        self.channels: Sums = {one.channel: one.seconds for one in every}
        self.activities: Sums = {one.activity: one.seconds for one in totals.by_activity(social, activities, settings)}
        of_purpose = totals.by_purpose(social, activities, PURPOSES)
        self.purposes: Sums = {one.purpose: one.seconds for one in of_purpose}


def _day(whole: Around, by_date: dict[str, list[Slice]], place: int) -> Change:
    """One day of the week against the same place in the usual weeks, where that was logged."""
    gathered = whole.gathered

    def seconds(date: str) -> int:
        parts = by_date.get(date, [])
        return totals.seconds(part for part in parts if gathered.channels[part.channel].kind == "social")

    date = whole.dates[place]
    others = [before.dates[place] for before in whole.usual]
    usual = _median(seconds(other) for other in others if other in gathered.logged)
    return Change("day", date, date, seconds(date), usual, logged=date in gathered.logged)


def _changes(
    what: str, here: Sums, usual: list[Sums], whole: Around, activities: dict[str, Activity] | None = None
) -> tuple[Change, ...]:
    """Everything that was there this week or usually is, the most of it first; absent from a logged week is zero."""
    found = []
    for name in {**here, **{name: 0 for week in usual for name in week}}:
        typical = _median(week.get(name, 0) for week in usual)
        if not here.get(name, 0) and not typical and what != "purpose":
            continue
        channel = whole.gathered.channels[name] if what == "channel" and name else None
        if channel:
            title = channel.title
        elif activities and name in activities:
            title = activities[name].title
        else:
            title = say_purpose(name) if what == "purpose" or name is None else name
        found.append(Change(what, name, title, here.get(name, 0), typical, channel.kind if channel else None))
    if what == "purpose":
        return tuple(change for change in found if change.name is not None or change.seconds or change.usual)
    return tuple(sorted(found, key=_order))


def _order(change: Change) -> tuple[bool, int, int, str]:
    return change.kind not in (None, "social"), -change.seconds, -(change.usual or 0), change.name or ""


def _most(found: Comparison) -> Change | None:
    """The largest change of a social channel, else of a purpose or activity where that is larger still.

    Of a week that is not over only what is more than usual already: there is less of everything until it is.
    """
    if found.total.usual is None or found.logged_days < LEAST_DAYS:
        return None
    social = [change for change in found.channels if change.kind == "social"]
    named = [change for change in (*found.purposes, *found.activities) if change.name is not None]
    changes = [change for change in (*social, *named) if found.over or change.difference > 0]
    most = max(changes, key=_size, default=None)
    if most is None or _size(most) < max(LEAST_CHANGE, LEAST_SHARE * found.total.usual):
        return None
    return most


def _size(change: Change) -> int:
    return abs(change.difference)


def _median(seconds: Iterable[int]) -> int | None:
    """The median as a Week's `usual_seconds` has it; None of nothing."""
    found = list(seconds)
    return round_to_int(median(found)) if found else None
