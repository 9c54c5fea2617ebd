"""One week compared: with the usual week, with its estimate, and with what its written review says of it.

The usual value of everything is of the same weeks and days as `Week.usual_seconds`, by the rule of `usual_seconds`. For
a weekday only those weeks count in which it was logged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tracker.analytics import day_slices
from tracker.analytics.day_slices import LEAST_DAYS
from tracker.analytics.exact_statistics import median
from tracker.calendar.clock import format_time_of_day
from tracker.domain.errors import TrackerError
from tracker.domain.models import HOUR, MINUTE, PURPOSES, Review
from tracker.formatting.numbers import percent_change, round_to_int
from tracker.formatting.times import format_duration, format_near_date, whole_minutes
from tracker.locale import N_, _, plural
from tracker.reports.week import Week, WeekRecords, compared_days, load_week, summarise_week, usual_seconds
from tracker.storage import channels, reviews
from tracker.workspace import Workspace

#: Seconds by the name of a channel, an activity or a purpose.
SecondsByName = dict[str | None, int]

#: A change of less than half an hour, or of less than a tenth of the usual week, is not reported.
LEAST_CHANGE, LEAST_SHARE = HOUR // 2, 0.1

#: Seconds below which the difference to an estimate is not mentioned.
SMALL_DIFFERENCE = 5 * MINUTE

#: So many differences between a review and its week are listed; the others are counted.
_MOST_DIFFERENCES = 4


class WeekChange(NamedTuple):
    """Seconds of one thing in the week, and usually; `what` is `total`, `day`, `channel`, `activity` or `purpose`.

    `name` is a date, the name of a channel or activity, or a purpose (None: without one); `kind` a channel's.
    `usual` is None where there is no week, no such weekday, or no week with known activities, to compare with.
    `logged` is False for an unknown day, and for a week of which no day was logged; `compared` is False where its week
    was logged on too few days.
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
        """The difference in percent of the usual; None where the usual is under an hour, or nothing can be compared."""
        return percent_change(self.seconds, self.usual) if self.compared else None


class WeekComparison(NamedTuple):
    """A week against the usual one. Channels are of every kind, activities and purposes of social time alone."""

    total: WeekChange
    days: tuple[WeekChange, ...]
    channels: tuple[WeekChange, ...]
    activities: tuple[WeekChange, ...]
    purposes: tuple[WeekChange, ...]
    logged_days: int
    #: How many of its days have begun, today included.
    elapsed: int
    usual_weeks: int
    #: Whether every day of the week is past.
    over: bool
    #: How many days of this week the usual is of.
    usual_for: int = 7

    @property
    def most(self) -> WeekChange | None:
        """The largest change of a social channel, a purpose or an activity, in this order where they are equal.

        None where nothing changed much, or too little is known. Of a week that is not over only what is more than usual
        already counts: everything is less until it is over.
        """
        if self.total.usual is None or self.logged_days < LEAST_DAYS:
            return None
        least = max(LEAST_CHANGE, LEAST_SHARE * self.total.usual)
        social = [change for change in self.channels if change.kind == "social"]
        named = [
            change
            for change in (*self.purposes, *self.activities)
            if change.name is not None
            and (unsaid := self._unsaid_seconds(change)) < least <= abs(change.difference) - unsaid
        ]
        changes = [change for change in (*social, *named) if self.over or change.difference > 0]
        most = max(changes, key=lambda change: abs(change.difference), default=None)
        return None if most is None or abs(most.difference) < least else most

    def _unsaid_seconds(self, change: WeekChange) -> int:
        """The seconds without an activity on the side that has less of a purpose or an activity: they may be of it too.

        To say what the time of this week was for, and of no week before, changes what is known, not what was done.
        """
        untold = next((other for other in self.purposes if other.name is None), None)
        if untold is None:
            return 0
        return (untold.usual or 0) if change.difference > 0 else untold.seconds


def compare(workspace: Workspace, records: WeekRecords, week: Week) -> WeekComparison:
    """A week, of which these are the records, against the usual one."""
    loaded = records.loaded
    activities = channels.activities_by_name(workspace.database)
    titles: dict[str, dict[str, str]] = {
        "channel": {name: channel.title for name, channel in loaded.channels.items()},
        "activity": {name: activity.title for name, activity in activities.items()},
    }
    by_date, places = loaded.by_date(), compared_days(records)
    this_week = _seconds_by_name(week.channels, week.activities, week.purposes)

    def seconds_of_day(date: str) -> dict[str, SecondsByName] | None:
        if date not in loaded.logged:
            return None
        parts, settings = by_date.get(date, []), workspace.settings
        social = loaded.only_social(parts)
        return _seconds_by_name(
            day_slices.by_channel(parts, loaded.channels, settings),
            day_slices.by_activity(social, activities, settings),
            day_slices.by_purpose(social, activities, PURPOSES),
        )

    before = [tuple(map(seconds_of_day, usual.dates)) for usual in records.usual]
    is_logged, compared = week.logged_days > 0, week.logged_days >= LEAST_DAYS

    def changes(what: str) -> tuple[WeekChange, ...]:
        changed = []
        of_days = [tuple(None if day is None else day[what] for day in days) for days in before]
        for name, seconds, usual in _this_week_and_usual(this_week[what], of_days, places, whole=what == "purpose"):
            title = say_purpose(name) if what == "purpose" or name is None else titles[what].get(name, name)
            kind = loaded.channels[name].kind if what == "channel" and name else None
            changed.append(WeekChange(what, name, title, seconds, usual, kind, is_logged, compared))
        return tuple(changed if what == "purpose" else sorted(changed, key=_order))

    return WeekComparison(
        total=WeekChange("total", None, "", week.seconds or 0, week.usual_seconds, logged=is_logged, compared=compared),
        days=tuple(
            WeekChange("day", day.date, day.date, day.seconds or 0, usual, logged=day.logged, compared=compared)
            for day, usual in zip(week.days, _usual_days(records), strict=True)
        ),
        channels=changes("channel"),
        activities=changes("activity"),
        purposes=changes("purpose"),
        logged_days=week.logged_days,
        elapsed=week.elapsed,
        usual_weeks=week.usual_weeks,
        usual_for=week.usual_for,
        over=records.dates[-1] < workspace.today(),
    )


def _seconds_by_name(
    channels: Iterable[day_slices.ChannelTotal],
    activities: Iterable[day_slices.ActivityTotal],
    purposes: Iterable[day_slices.PurposeTotal],
) -> dict[str, SecondsByName]:
    return {
        "channel": {total.channel: total.seconds for total in channels},
        "activity": {total.activity: total.seconds for total in activities},
        "purpose": {total.purpose: total.seconds for total in purposes},
    }


def _usual_days(records: WeekRecords) -> list[int | None]:
    """The median seconds of each weekday over the usual weeks in which it was logged; None where it was in none."""
    usual = []
    for weekday in range(len(records.dates)):
        of_weekday = (week.seconds[weekday] for week in records.usual)
        logged = [seconds for seconds in of_weekday if seconds is not None]
        usual.append(round_to_int(median(logged)) if logged else None)
    return usual


def _this_week_and_usual(
    this_week: SecondsByName, before: Sequence[Sequence[SecondsByName | None]], places: Sequence[int], *, whole: bool
) -> Iterator[tuple[str | None, int, int | None]]:
    """(name, seconds this week, usual seconds) of what was there this week or usually is; with `whole` of every name.

    `before` are the seven days of each of the usual weeks, None for one that was not logged; what a logged day does not
    have is zero. Where most of the time of a week has no activity, its activities and purposes are not known: it is not
    compared in them, nor do they become usual by it.
    """
    telling = [week for week in before if _is_told(day for day in week if day)] if _is_told([this_week]) else []
    names = (name for week in telling for day in week if day for name in day)
    for name in dict.fromkeys((*this_week, *names)):
        of_name = [tuple(None if day is None else day.get(name, 0) for day in week) for week in telling]
        seconds, usual = this_week.get(name, 0), usual_seconds(of_name, places)
        if seconds or usual or (whole and name):
            yield name, seconds, usual


def _is_told(days: Iterable[SecondsByName]) -> bool:
    """Whether at least half of the time of these days has a name."""
    return sum(seconds if name else -seconds for day in days for name, seconds in day.items()) >= 0


def _order(change: WeekChange) -> tuple[bool, int, int, str]:
    return change.kind not in (None, "social"), -change.seconds, -(change.usual or 0), change.name or ""


def say_most(comparison: WeekComparison) -> str:
    """What changed most, in one sentence, computed from the minutes that are shown elsewhere."""
    if comparison.total.usual is None:
        return _("no usual week to compare with yet")
    if comparison.logged_days < LEAST_DAYS:
        return _("too few days logged to compare with a usual week")
    most = comparison.most
    message = _say_change(most) if most else _("about the same as usual")
    return message if comparison.over else _("so far: {said}").format(said=message)


def _say_change(most: WeekChange) -> str:
    assert most.usual is not None, "there are weeks to compare with"
    this_week, usual = whole_minutes(most.seconds), whole_minutes(most.usual)
    if not most.usual:
        message = _("{what}: {seconds}, usually nothing")
    elif not most.seconds:
        message = _("{what}: nothing, usually {usual}")
    elif this_week > usual:
        message = _("{what}: {change} more than usual, {seconds} instead of {usual}")
    else:
        message = _("{what}: {change} less than usual, {seconds} instead of {usual}")
    change, seconds, often = map(format_duration, (abs(this_week - usual), most.seconds, most.usual))
    return message.format(what=most.title, change=change, seconds=seconds, usual=often)


def say_purpose(purpose: str | None) -> str:
    """A purpose in the reader's words; time without an activity has none."""
    return _(purpose) if purpose else _("no activity")


def say_more_than_estimated(estimated: int, logged: int | None) -> str:
    """`2h 37m more`, `20m less`, `as guessed`: what was logged against the estimate, both in seconds; empty if unknown.

    It is computed of the whole minutes that are shown, so that the sum is right.
    """
    if logged is None:
        return ""
    more = whole_minutes(logged) - whole_minutes(estimated)
    if abs(more) < SMALL_DIFFERENCE:
        return _("as guessed")
    message = _("{time} more") if more > 0 else _("{time} less")
    return message.format(time=format_duration(abs(more)))


class ReviewChange(NamedTuple):
    """One figure as the written review has it, and as the week has it now; None where it is not known.

    `what` is the figure's key in the review (`seconds`, `checks` …), or a channel's name where `title` is its title.
    """

    what: str
    then: Any
    now: Any
    title: str = ""


def changes(workspace: Workspace, review: Review | None, week: Week) -> tuple[ReviewChange, ...]:
    """How `week` as it is now differs from its written `review`; empty where it does not, or nothing is written.

    A later import, an edit, another first weekday or another start of the day changes a week; a written review stays.
    Compared are the dates, the start of the days, the logged days, social time, checks, resisted urges and results;
    where the social time is the same, also the time of each channel. A figure that another program spoilt is left out.
    """
    if review is None or review.written is None:
        return ()
    try:
        figures = reviews.figures(review)
    except TrackerError:
        return ()
    logged = bool(week.logged_days)
    now = {
        "from": week.dates[0],
        "day_starts_at": workspace.settings.day_starts_at,
        "logged": week.logged_days,
        "seconds": week.seconds if logged else None,
        "checks": week.checks if logged else None,
        "urges": week.urges,
        "outcomes": len(week.outcomes),
    }
    then = {**figures}
    if isinstance(coverage := figures.get("coverage"), dict):
        then["logged"] = coverage.get("logged")
    if isinstance(outcomes := figures.get("outcomes"), list):
        then["outcomes"] = len(outcomes)
    changed = tuple(
        ReviewChange(what, then[what], value)
        for what, value in now.items()
        if what in then and then[what] != value and isinstance(then[what], str if what == "from" else int | None)
    )
    if any(change.what == "seconds" for change in changed):
        return changed
    return changed + _by_channel(workspace, figures, week)


def changes_now(workspace: Workspace, review: Review | None) -> tuple[ReviewChange, ...]:
    """How the week of a review, as the file has it now, differs from what was written; empty for a draft or None."""
    if review is None or review.written is None:
        return ()
    with workspace.database.snapshot():
        week = summarise_week(workspace, load_week(workspace, review.week))
    return changes(workspace, review, week)


def _by_channel(workspace: Workspace, figures: Mapping[str, Any], week: Week) -> tuple[ReviewChange, ...]:
    """The channels whose time changed; none where a channel was renamed since: its figures cannot be matched."""
    now = {total.channel: total for total in week.channels}
    then = {row["channel"]: row for row in figures.get("channels", ()) if row.get("seconds")}
    if then.keys() - {channel.name for channel in channels.channels(workspace.database)}:
        return ()
    changed = []
    for name in {**then, **now}:
        before = then[name]["seconds"] if name in then else 0
        after = now[name].seconds if name in now else 0
        if before != after:
            changed.append(ReviewChange(name, before, after, now[name].title if name in now else then[name]["title"]))
    return tuple(changed)


def change_row(change: ReviewChange) -> dict[str, Any]:
    """A difference as `--json` has it; `channel` is null for a figure of the whole week."""
    what, channel = ("seconds", change.what) if change.title else (change.what, None)
    return {"what": what, "channel": channel, "then": change.then, "now": change.now}


def say_changes(changes: tuple[ReviewChange, ...]) -> str:
    """`social time: 8h 40m, now 9h 10m; checks: 12, now 15`; empty without a change."""
    parts = [_say_difference(change) for change in changes[:_MOST_DIFFERENCES]]
    if len(changes) > _MOST_DIFFERENCES:
        more = len(changes) - _MOST_DIFFERENCES
        parts.append(plural(more, "{n} more difference", "{n} more differences"))
    return _("; ").join(parts)


def _say_difference(change: ReviewChange) -> str:
    name = change.title or _(_FIGURE_NAMES[change.what])
    write = _FIGURE_WRITERS.get("seconds" if change.title else change.what, str)
    then, now = ("?" if value is None else write(value) for value in (change.then, change.now))
    if then == now:  # what is shown to the minute may differ by seconds
        more = format_duration(abs(change.now - change.then))
        message = _("{what}: {time} more now") if change.now > change.then else _("{what}: {time} less now")
        return message.format(what=name, time=more)
    return _("{what}: {then}, now {now}").format(what=name, then=then, now=now)


_FIGURE_NAMES = {
    "from": N_("first day"),
    "day_starts_at": N_("start of the day"),
    "logged": N_("days logged"),
    "seconds": N_("social time"),
    "checks": N_("checks"),
    "urges": N_("resisted urges"),
    "outcomes": N_("results"),
}

_FIGURE_WRITERS: dict[str, Callable[[Any], str]] = {
    "from": lambda date: format_near_date(date, None),
    "day_starts_at": format_time_of_day,
    "seconds": format_duration,
}
