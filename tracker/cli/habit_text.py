"""Habits as the command line shows them: rows of JSON, and lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.habits.marks import DONE, OPEN, SKIPPED, tally
from tracker.analytics.habits.words import GLYPHS, LETTERS, STATES, say_habit, say_state, say_tally, say_value
from tracker.cli.text import columns, draws, fit, table
from tracker.locale import _, ngettext
from tracker.rounding import half_up, nearest
from tracker.settings import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from tracker.analytics.habits.marks import Mark
    from tracker.domain.models import Habit
    from tracker.reports.habits import Kept

    Row = dict[str, Any]

#: How many days a list shows.
SHOWN = 14

#: How many columns of a name.
NAME = 24


def habit_row(habit: Habit) -> Row:
    """What a habit is. A target of `first_opening` or `last_opening` is in seconds after midnight."""
    return {
        "name": habit.name,
        "kind": habit.kind,
        "target": _number(habit.target),
        "unit": habit.unit,
        "measure": habit.measure,
        "channel": habit.channel,
        "weekdays": [WEEKDAYS[day] for day in habit.weekdays],
        "times": habit.times,
        "days": habit.days,
        "created": habit.created,
        "archived": habit.archived,
    }


def day_row(kept: Kept) -> Row:
    """A habit on the last of its days. `coverage` counts the days of the last year."""
    logged, days = kept.coverage()
    return {
        **habit_row(kept.habit),
        **mark_row(kept.today),
        "strength": _strength(kept),
        "coverage": {"logged": logged, "days": days},
    }


def week_row(kept: Kept, dates: Sequence[str]) -> Row:
    """A habit over a week: each day up to the last one known, and strength after it.

    `achieved` of `asked` is what was done of what the habit asks of the week: days, or the habit's unit for a sum.
    """
    marks = kept.within(dates)
    week = tally(kept.habit, marks)
    known = sum(mark.state != "unknown" for mark in marks)
    return {
        **habit_row(kept.habit),
        "done": sum(mark.state == DONE for mark in marks),
        "achieved": _number(week.achieved),
        "asked": _number(week.asked),
        "strength": _strength(kept),
        "coverage": {"logged": known, "days": len(marks)},
        "marks": [mark_row(mark) for mark in marks],
    }


def year_row(kept: Kept) -> Row:
    """A habit with every day of its year."""
    return {
        **day_row(kept),
        "marks": [mark_row(mark) | {"strength": half_up(mark.strength, 4)} for mark in kept.recent(371)],
    }


def mark_row(mark: Mark) -> Row:
    """One day of a habit."""
    return {
        "date": mark.date,
        "state": mark.state,
        "value": _number(mark.value),
        "done": mark.state == DONE,
        "skipped": mark.state == SKIPPED,
        "due": mark.due,
    }


def list_lines(habits: Iterable[Kept]) -> list[str]:
    """Name, today, strength, the last days, and what it asks for."""
    rows = [
        (_name(kept), _today(kept), say_strength(kept), signs(kept.recent(SHOWN), SHOWN), say_habit(kept.habit))
        for kept in habits
    ]
    head = (_("habit"), _("today"), _("strength"), _("last days"), "")
    return table([head, *rows], "<<><<", columns())


def day_lines(habits: Sequence[Kept], room: int) -> list[str]:
    """One line for each habit of a day: its sign, its name, what it came to, strength."""
    rows = [(signs([kept.today]), _name(kept), _today(kept), say_strength(kept)) for kept in habits]
    return table(rows, "<<<>", room) if rows else []


def week_lines(habits: Sequence[Kept], dates: Sequence[str], room: int) -> list[str]:
    """One line for each habit of a week: its days, what was done of what it asks, strength."""
    rows = []
    for kept in habits:
        marks = kept.within(dates)
        said = say_tally(kept.habit, tally(kept.habit, marks))
        rows.append((_name(kept), signs(marks, len(dates)), said, say_strength(kept)))
    return table(rows, "<<>>", room) if rows else []


def year_lines(kept: Kept) -> list[str]:
    """A habit in words, its coverage, and every month's days."""
    logged, days = kept.coverage()
    said = [_("{id}: {what}").format(id=kept.habit.name, what=say_habit(kept.habit))]
    done = kept.done()
    said.append(
        " · ".join(
            (
                _("strength {strength}").format(strength=say_strength(kept)),
                ngettext("done on {n} day", "done on {n} days", done).format(n=done),
                ngettext("{known} of {n} day known", "{known} of {n} days known", days).format(known=logged, n=days),
            )
        )
    )
    months: dict[str, list[Mark]] = {}
    for mark in kept.recent(371):
        months.setdefault(mark.date[:7], []).append(mark)
    said += ["", *(f"{month}  {' ' * (int(marks[0].date[8:]) - 1)}{signs(marks)}" for month, marks in months.items())]
    shown = ("done", "part", "missed", "rest", "skipped", "unknown", "open")
    return [*said, "", " · ".join(f"{_sign(state)} {_(STATES[state])}" for state in shown)]


def signs(marks: Sequence[Mark], room: int = 0) -> str:
    """One sign a day, the last day at the right edge."""
    return "".join(_sign(mark.state) for mark in marks).rjust(room)


def say_strength(kept: Kept) -> str:
    """`62 %`; a dash while no day has counted."""
    return "–" if kept.strength is None else f"{nearest(100 * kept.strength)} %"


def _name(kept: Kept) -> str:
    return fit(kept.habit.name, NAME)


def _today(kept: Kept) -> str:
    value = say_value(kept.habit, kept.today.value)
    state = say_state(kept.habit, kept.today)
    return value if value and kept.today.state == OPEN else f"{value} {state}" if value else state


def _sign(state: str) -> str:
    return GLYPHS[state] if draws() else LETTERS[state]


def _strength(kept: Kept) -> float | None:
    return None if kept.strength is None else half_up(kept.strength, 4)


def _number(value: float | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == int(value) else half_up(value, 2)
