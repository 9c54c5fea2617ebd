"""Habits as lines of text for the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from tracker.analytics.habit_days import week_progress
from tracker.analytics.habit_wording import (
    GLYPHS,
    LETTERS,
    STATES,
    say_coverage,
    say_day,
    say_done_days,
    say_habit,
    say_progress,
)
from tracker.cli.terminal import columns, draws_blocks
from tracker.formatting.numbers import format_percent
from tracker.formatting.plain_text import format_table, truncate
from tracker.formatting.text import labelled
from tracker.locale import _

if TYPE_CHECKING:
    from tracker.analytics.habit_days import HabitDay
    from tracker.reports.habit_histories import HabitHistory

Row = dict[str, Any]

#: How many days a list shows.
DAYS_SHOWN = 14

#: How many columns of a name.
NAME_WIDTH = 24


def list_lines(habits: Iterable[HabitHistory]) -> list[str]:
    """Name, today, strength, the last days, and what it asks for."""
    rows = [
        (
            _name(history),
            say_day(history.habit, history.today),
            say_strength(history),
            signs(history.recent(DAYS_SHOWN), DAYS_SHOWN),
            say_habit(history.habit),
        )
        for history in habits
    ]
    head = (_("habit"), _("today"), _("strength"), _("last days"), "")
    return format_table([head, *rows], "<<><<", columns())


def day_lines(habits: Sequence[HabitHistory], width: int) -> list[str]:
    """One line for each habit of a day: its sign, its name, what it came to, strength."""
    rows = [
        (signs([history.today]), _name(history), say_day(history.habit, history.today), say_strength(history))
        for history in habits
    ]
    return format_table(rows, "<<<>", width) if rows else []


def week_lines(habits: Sequence[HabitHistory], dates: Sequence[str], width: int) -> list[str]:
    """One line for each habit of a week: its days, what was done of what it asks, strength."""
    rows = []
    for history in habits:
        marks = history.within(dates)
        progress = say_progress(history.habit, week_progress(history.habit, marks))
        rows.append((_name(history), signs(marks, len(dates)), progress, say_strength(history)))
    return format_table(rows, "<<>>", width) if rows else []


def year_lines(history: HabitHistory) -> list[str]:
    """A habit in words, its coverage, and every month's days."""
    lines = [labelled(history.habit.name, say_habit(history.habit))]
    lines.append(
        " · ".join(
            (
                _("strength {strength}").format(strength=say_strength(history)),
                say_done_days(history.done()),
                say_coverage(*history.coverage()),
            )
        )
    )
    months: dict[str, list[HabitDay]] = {}
    for mark in history.recent(371):
        months.setdefault(mark.date[:7], []).append(mark)
    lines += ["", *(f"{month}  {' ' * (int(marks[0].date[8:]) - 1)}{signs(marks)}" for month, marks in months.items())]
    shown = ("done", "part", "missed", "rest", "skipped", "unknown", "open")
    return [*lines, "", " · ".join(f"{_sign(state)} {_(STATES[state])}" for state in shown)]


def signs(marks: Sequence[HabitDay], width: int = 0) -> str:
    """One sign a day, the last day at the right edge."""
    return "".join(_sign(mark.state) for mark in marks).rjust(width)


def say_strength(history: HabitHistory) -> str:
    """`62 %`; a dash while no day has counted."""
    return format_percent(history.strength)


def _name(history: HabitHistory) -> str:
    return truncate(history.habit.name, NAME_WIDTH)


def _sign(state: str) -> str:
    return GLYPHS[state] if draws_blocks() else LETTERS[state]
