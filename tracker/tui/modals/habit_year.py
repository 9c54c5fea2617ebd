"""A habit's year: every day of it by week and weekday, how strength went, and what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.habits.habit_wording import say_habit
from tracker.locale import _, ngettext
from tracker.tui import ink
from tracker.tui.modals.page import Page
from tracker.tui.widgets import habit_marks
from tracker.tui.widgets.habit_marks import strength

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.reports.habit_histories import HabitHistory


class HabitYear(Page):
    """A page about one habit; `title` is what its channel is called."""

    def __init__(self, kept: HabitHistory, title: str | None = None, first_weekday: int = 0) -> None:
        def write(width: int) -> list[Content]:
            return [
                *ink.wrapped(say_habit(kept.habit, title), width, "$faint"),
                *ink.packed(_figures(kept), "  ·  ", width),
                ink.BLANK,
                *habit_marks.grid(kept.marks, width, first_weekday),
                ink.BLANK,
                *habit_marks.strength_line(kept.marks, width, first_weekday),
                ink.BLANK,
                *habit_marks.legend(width),
            ]

        super().__init__(ink.title(kept.habit.name), write)


def _figures(kept: HabitHistory) -> list[Content]:
    done = kept.done()
    known, days = kept.coverage()
    return [
        ink.row(ink.text(_("strength")), " ", strength(kept.strength, 8)),
        ink.text(ngettext("done on {n} day", "done on {n} days", done).format(n=done)),
        ink.text(ngettext("{known} of {n} day known", "{known} of {n} days known", days).format(known=known, n=days)),
    ]
