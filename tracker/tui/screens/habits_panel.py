"""The habits of a day: today's answer, the last days, strength; before there are any, what one could begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.analytics.habits.habit_days import DONE, OPEN
from tracker.analytics.habits.habit_wording import say_habit, say_state, say_value
from tracker.locale import _
from tracker.services.habit_keeping import OFFERS
from tracker.tui import ink
from tracker.tui.widgets.habit_marks import sign, signs, strength
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from tracker.reports.habit_histories import HabitHistory

#: As many days as are shown at most, and at least.
MOST, FEWEST = 28, 7

#: Cells of today's value, and of a bar for strength, each where there is room for it.
VALUE, BAR = 12, 8


class HabitsPanel(Panel):
    """One line each."""

    kept: tuple[HabitHistory, ...] = ()

    def show(self, kept: tuple[HabitHistory, ...]) -> None:
        """Set the habits, each with its days up to the one that is shown."""
        self.kept = kept
        done = sum(history.today.state == DONE for history in kept)
        due = sum(history.today.due for history in kept)
        value_text = _("{done} of {n} done").format(done=done, n=due) if due else ""
        self.say(_("Habits"), value_text if kept else _("y begins one"))
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """As many as fit."""
        if not self.kept:
            return self._offers(width, height)
        shown = self.kept if len(self.kept) <= height else self.kept[: height - 1]
        name = min(ink.widest(history.habit.name for history in self.kept), max(width - FEWEST - 9, 8)) + 1
        room = width - 2 - name - 5
        value = VALUE if room - VALUE - 1 >= FEWEST else 0
        bar = BAR if room - value - BAR - 2 >= 14 else 0
        days = max(min(room - value - bar - 1, MOST), 0)
        lines = [self._line(history, width, name, value, days, bar) for history in shown]
        if len(shown) < len(self.kept):
            lines.append(ink.text(_("… {n} more: y").format(n=len(self.kept) - len(shown)), "$faint"))
        return ink.spread(lines, height)

    async def on_click(self) -> None:
        """As the key does."""
        await self.app.run_action("do('habits')")

    def _line(self, history: HabitHistory, width: int, name: int, value: int, days: int, bar: int) -> Content:
        head = ink.row(sign(history.today.state), " ", ink.left(history.habit.name, name))
        value_text = say_value(history.habit, history.today.value) or say_state(history.habit, history.today)
        value_text = value_text if ink.widest([value_text]) < value else ""
        quiet = "$faint" if history.today.state == OPEN else ""
        tail = ink.row(signs(history.recent(days), days), ink.text(" " if bar else ""), strength(history.strength, bar))
        spare = width - head.cell_length - tail.cell_length
        return ink.row(head, ink.left(value_text if value else "", spare, quiet), tail)

    def _offers(self, width: int, height: int) -> list[Content]:
        lines = ink.wrapped(_("None yet; y begins with one of these, or your own."), width, "$faint")
        for name, habit in OFFERS:
            lines += [ink.text(_(name), "bold"), ink.left(f"  {say_habit(habit)}", width, "$faint")]
        return lines if len(lines) <= height else [line for line in lines if not line.plain.startswith("  ")]
