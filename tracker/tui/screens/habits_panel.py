"""The habits of a day: today's answer, the last days, strength; before there are any, what one could begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.analytics.habits.habit_days import DONE, OPEN
from tracker.analytics.habits.habit_wording import say_habit, say_state, say_value
from tracker.locale import _
from tracker.services.habit_keeping import OFFERS
from tracker.tui import ink
from tracker.tui.widgets.marks import sign, signs, strength
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
        done = sum(one.today.state == DONE for one in kept)
        due = sum(one.today.due for one in kept)
        said = _("{done} of {n} done").format(done=done, n=due) if due else ""
        self.say(_("Habits"), said if kept else _("y begins one"))
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """As many as fit."""
        if not self.kept:
            return self._offers(width, height)
        seen = self.kept if len(self.kept) <= height else self.kept[: height - 1]
        name = min(ink.widest(one.habit.name for one in self.kept), max(width - FEWEST - 9, 8)) + 1
        room = width - 2 - name - 5
        value = VALUE if room - VALUE - 1 >= FEWEST else 0
        bar = BAR if room - value - BAR - 2 >= 14 else 0
        days = max(min(room - value - bar - 1, MOST), 0)
        lines = [self._line(one, width, name, value, days, bar) for one in seen]
        if len(seen) < len(self.kept):
            lines.append(ink.text(_("… {n} more: y").format(n=len(self.kept) - len(seen)), "$faint"))
        return ink.spread(lines, height)

    async def on_click(self) -> None:
        """As the key does."""
        await self.app.run_action("do('habits')")

    def _line(self, one: HabitHistory, width: int, name: int, value: int, days: int, bar: int) -> Content:
        head = ink.row(sign(one.today.state), " ", ink.left(one.habit.name, name))
        said = say_value(one.habit, one.today.value) or say_state(one.habit, one.today)
        said = said if ink.widest([said]) < value else ""
        quiet = "$faint" if one.today.state == OPEN else ""
        tail = ink.row(signs(one.recent(days), days), ink.text(" " if bar else ""), strength(one.strength, bar))
        spare = width - head.cell_length - tail.cell_length
        return ink.row(head, ink.left(said if value else "", spare, quiet), tail)

    def _offers(self, width: int, height: int) -> list[Content]:
        lines = ink.wrapped(_("None yet; y begins with one of these, or your own."), width, "$faint")
        for name, habit in OFFERS:
            lines += [ink.text(_(name), "bold"), ink.left(f"  {say_habit(habit)}", width, "$faint")]
        return lines if len(lines) <= height else [line for line in lines if not line.plain.startswith("  ")]
