"""What changed in a week since its review was written: a written review stays as it was, the log does not.

A later import, an edit, another first weekday or another start of the day makes the week's figures differ from those of
its review. `changes` finds the differences, `say_changes` says them in a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.durations import HOUR, MINUTE
from tracker.domain.models import TrackerError
from tracker.formatting.durations import format_duration
from tracker.formatting.times import format_near_date
from tracker.locale import N_, _, ngettext
from tracker.reports.week import around, assemble
from tracker.storage import channels, reviews

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from tracker.domain.models import Review
    from tracker.reports.values import Week
    from tracker.settings import Settings
    from tracker.storage import Journal

#: So many differences are said, the rest is counted.
_MOST = 4


class ReviewChange(NamedTuple):
    """One figure of the review and of the week now; None where it is not known.

    `what` is the figure's key in the review (`seconds`, `checks` …), or a channel's name where `title` is its title.
    """

    what: str
    then: Any
    now: Any
    title: str = ""


def changes(journal: Journal, settings: Settings, review: Review | None, week: Week) -> tuple[ReviewChange, ...]:
    """How `week` as it stands now differs from its written `review`; empty where it does not, or nothing is written.

    Compares its dates, the start of its days, its logged days, social time, checks, resisted urges and results; where
    the social time is the same, the time of each channel. What another program spoilt in the figures is left out.
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
        "day_starts_at": settings.day_starts_at,
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
    found = tuple(
        ReviewChange(what, then[what], value)
        for what, value in now.items()
        if what in then and then[what] != value and isinstance(then[what], str if what == "from" else int | None)
    )
    return found if any(one.what == "seconds" for one in found) else found + _channels(journal, figures, week)


def changes_now(
    journal: Journal, settings: Settings, review: Review | None, *, zone: str, now: int
) -> tuple[ReviewChange, ...]:
    """The same, of the week as the file has it at `now`."""
    if review is None or review.written is None:
        return ()
    with journal.snapshot():
        whole = around(journal, settings, review.week, zone=zone, now=now)
        week = assemble(journal, settings, whole, zone=zone, now=now, patterns=False)
    return changes(journal, settings, review, week)


def _channels(journal: Journal, figures: Mapping[str, Any], week: Week) -> tuple[ReviewChange, ...]:
    """The channels whose time changed; none where one was renamed since, whose figures cannot be told apart."""
    now = {one.channel: one for one in week.channels}
    then = {one["channel"]: one for one in figures.get("channels", ()) if one.get("seconds")}
    if then.keys() - {one.name for one in channels.channels(journal)}:
        return ()
    found = []
    for name in {**then, **now}:
        before = then[name]["seconds"] if name in then else 0
        after = now[name].seconds if name in now else 0
        if before != after:
            found.append(ReviewChange(name, before, after, now[name].title if name in now else then[name]["title"]))
    return tuple(found)


def change_row(one: ReviewChange) -> dict[str, Any]:
    """A difference as `--json` has it; `channel` is null for what is of the whole week."""
    what, channel = ("seconds", one.what) if one.title else (one.what, None)
    return {"what": what, "channel": channel, "then": one.then, "now": one.now}


def say_changes(found: tuple[ReviewChange, ...]) -> str:
    """`social time: 8h 40m, now 9h 10m; checks: 12, now 15`; nothing of no change."""
    said = [_say(one) for one in found[:_MOST]]
    if len(found) > _MOST:
        more = len(found) - _MOST
        said.append(ngettext("{n} more difference", "{n} more differences", more).format(n=more))
    return _("; ").join(said)


def _say(one: ReviewChange) -> str:
    name, write = (one.title, format_duration) if one.title else (_(_NAMES[one.what]), _WRITERS.get(one.what, str))
    then, now = ("?" if value is None else write(value) for value in (one.then, one.now))
    if then == now:  # what is shown to the minute may differ by seconds
        more = format_duration(abs(one.now - one.then))
        message = _("{what}: {time} more now") if one.now > one.then else _("{what}: {time} less now")
        return message.format(what=name, time=more)
    return _("{what}: {then}, now {now}").format(what=name, then=then, now=now)


_NAMES = {
    "from": N_("first day"),
    "day_starts_at": N_("start of the day"),
    "logged": N_("days logged"),
    "seconds": N_("social time"),
    "checks": N_("checks"),
    "urges": N_("resisted urges"),
    "outcomes": N_("results"),
}


def _clock(seconds: int) -> str:
    """A time of day, from seconds after midnight."""
    return f"{seconds // HOUR:02}:{seconds % HOUR // MINUTE:02}"


def _date(date: str) -> str:
    return format_near_date(date, None)


_WRITERS: dict[str, Callable[[Any], str]] = {"from": _date, "day_starts_at": _clock, "seconds": format_duration}
