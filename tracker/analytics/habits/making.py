"""From what was said to a habit that can be kept: what is left out is filled in, what cannot be is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.habits.strength import CLOCKS, SHARES
from tracker.domain.models import Habit, TrackerError
from tracker.domain.text import entered
from tracker.locale import _

if TYPE_CHECKING:
    from tracker.analytics.habits.line import Said

#: The unit of what is measured, where it has one.
UNITS = {"social_minutes": "min", "focus_minutes": "min", "plan_kept": "%"}

#: What can be measured without a number: done, or not.
YES_NO = ("contacts", "urges_resisted", "plan_kept")

#: What one channel's part can be measured of.
BY_CHANNEL = ("social_minutes", "checks", "first_opening", "last_opening", "contacts", "urges_resisted", "plan_kept")

#: The last opening of a day may be after midnight: earlier clock times than this are the night's.
_NIGHT = 4 * 3600
DAY = 86_400

#: No rhythm is longer: strength would take years to say anything.
MOST_DAYS = 366


def make(said: Said, created: str) -> Habit:
    """The habit that was said, without an id. `channel` is a channel's name here. TrackerError for what cannot be."""
    times, days = _rhythm(said)
    habit = Habit(
        0,
        said.name.strip(),
        said.kind,
        _target(said),
        said.unit or (UNITS.get(said.measure or "") if said.kind != "yes_no" else None),
        said.measure,
        said.channel,
        () if len(said.weekdays) == 7 else said.weekdays,
        times,
        days,
        created,
    )
    _refuse(habit, said)
    return habit


def _target(said: Said) -> float | None:
    """`not after 00:30` is half an hour into the night that the day ends with."""
    if said.measure == "last_opening" and said.target is not None and said.target < _NIGHT:
        return said.target + DAY
    return said.target


def _rhythm(said: Said) -> tuple[int, int]:
    """N times in M days; what is not said of them is a week, or once."""
    days = said.days if said.days is not None else 7 if said.times else 1
    times = said.times if said.times is not None else 1
    if times == days:
        return 1, 1
    return times, days


def _refuse(habit: Habit, said: Said) -> None:
    entered("name", habit.name)
    entered("unit", habit.unit)
    if not habit.name:
        raise TrackerError(_("a habit has a name, as in: Read at least 20 pages on mon, wed, fri"))
    if habit.target is not None and habit.target < 0:
        raise TrackerError(_("a habit's target is not below zero"))
    if said.weekdays and (said.times or said.days):
        raise TrackerError(_("a habit is on weekdays or so many times in so many days, not both"))
    if not 0 < habit.times <= habit.days or habit.days > MOST_DAYS:
        raise TrackerError(
            _("{times} times in {days} days cannot be; as in: 3 times in 7 days").format(
                times=habit.times, days=habit.days
            )
        )
    _refuse_measure(habit)


def _refuse_measure(habit: Habit) -> None:
    if habit.measure is None:
        if habit.channel:
            raise TrackerError(
                _("a channel is measured by something, as in: by checks {name}").format(name=habit.channel)
            )
        return
    if habit.kind == "yes_no" and habit.measure not in YES_NO:
        example = _("not before 09:00") if habit.measure in CLOCKS else _("at most 60")
        raise TrackerError(
            _("how much? {measure} needs a limit, as in: {example}").format(measure=habit.measure, example=example)
        )
    if habit.measure in CLOCKS and (habit.target or 0) < 100:
        raise TrackerError(
            _("{measure} is limited by a time of day, as in: not before 09:00").format(measure=habit.measure)
        )
    if habit.measure in SHARES and (habit.target or 0) > 100:
        raise TrackerError(_("a share is at most 100 %"))
    if habit.channel and habit.measure not in BY_CHANNEL:
        raise TrackerError(_("{measure} is not measured by channel").format(measure=habit.measure))
