"""The habits of one day as lines to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from tracker.analytics.habits.habit_days import OPEN
from tracker.analytics.habits.habit_wording import say_habit, say_state, say_value
from tracker.locale import _
from tracker.tui import ink
from tracker.tui.offers import OFFERS
from tracker.tui.widgets.habit_marks import sign, signs, strength
from tracker.tui.widgets.panel import Rows, out_of_sight

if TYPE_CHECKING:
    from tracker.reports.habit_histories import HabitHistory


class HabitRows(Rows):
    """Two lines each: the day with the last weeks, and what it asks for. Without any: what one could begin with."""

    kept: tuple[HabitHistory, ...] = ()
    titles: dict[str, str] = {}

    def count(self) -> int:
        """Habits, or offers."""
        return len(self.kept) or len(OFFERS)

    def head(self, width: int) -> list[Content]:
        """A word before the offers."""
        if self.kept:
            return []
        says = _("Three to begin with, measured from your log, at no key a day; a adds your own.")
        return [*ink.wrapped(says, width, "$faint"), ink.BLANK]

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """Each with its digit."""
        if not self.kept:
            return [
                [ink.row(_cap(place), ink.text(_(name), "bold")), ink.row("    ", ink.text(say_habit(habit), "$faint"))]
                for place, (name, habit) in enumerate(OFFERS)
            ]
        name = min(ink.widest(one.habit.name for one in self.kept), width // 3) + 1
        days = max(7, min(28, width - 4 - 2 - name - 14 - 14))
        return [self._block(place, one, width, name, days) for place, one in enumerate(self.kept)]

    def _block(self, place: int, one: HabitHistory, width: int, name: int, days: int) -> list[Content]:
        value, state = say_value(one.habit, one.today.value), say_state(one.habit, one.today)
        head = ink.row(_cap(place), sign(one.today.state), " ", ink.left(one.habit.name, name, "bold"))
        tail = ink.row(signs(one.recent(days), days), " ", strength(one.strength, 8))
        room = width - head.cell_length - tail.cell_length - 1
        whole = f"{value} {state}".strip()
        said = value if value and (one.today.state == OPEN or ink.widest([whole]) > room) else whole
        known, due = one.coverage()
        asks = say_habit(one.habit, self.titles.get(one.habit.channel or ""))
        coverage = _("{known}/{n} days known").format(known=known, n=due) if known < due else ""
        if len(asks) + len(coverage) > width - 8:
            coverage = f"{known}/{due}" if coverage else ""
        more = ink.ends(ink.text(asks, "$faint"), ink.text(coverage, "$faint"), width - 6)
        return [ink.row(head, ink.left(said, room), " ", tail), ink.row("      ", more)]

    def more(self, above: int, below: int) -> None:
        """How much is out of sight, on the box around."""
        box = self.parent
        if isinstance(box, Widget):
            box.border_subtitle = out_of_sight(above, below) or _("esc closes")


def _cap(place: int) -> Content:
    """The digit that ticks a line; the tenth has none."""
    return ink.row(Content.styled(f" {place + 1 if place < 9 else ' '} ", "bold $strong on $panel"), " ")
