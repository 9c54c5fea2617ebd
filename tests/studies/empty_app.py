"""An empty Textual app that the screens are measured against: a label, a clock, a table of 20 rows and a footer.

Three modes, or with `--timer` one screen whose label changes each second.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.screen import Screen
from textual.widgets import DataTable, Digits, Footer, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class EmptyScreen(Screen[None]):
    """The widgets, and nothing behind them."""

    seconds = 0

    def compose(self) -> ComposeResult:
        """The widgets of the screen."""
        yield Static(type(self).__name__)
        yield Digits("0:00:00")
        yield DataTable[str]()
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table; start the second hand where it was asked for."""
        table: DataTable[str] = self.query_one(DataTable)
        table.add_columns("start", "end", "time", "channel", "activity", "intention")
        for row in range(20):
            table.add_row(f"{row:02d}:00", f"{row:02d}:30", "30m", "LinkedIn", "create", "carousel")
        if "--timer" in sys.argv:
            self.set_interval(1, self.each_second)

    def each_second(self) -> None:
        """Change the label."""
        self.seconds += 1
        self.query_one(Static).update(str(self.seconds))


class Timer(EmptyScreen):
    """The first of the three."""


class Day(EmptyScreen):
    """The second."""


class Week(EmptyScreen):
    """The third."""


class EmptyApp(App[None]):
    """Three modes."""

    MODES: ClassVar = {"timer": Timer, "day": Day, "week": Week}
    DEFAULT_MODE = "timer"
    BINDINGS: ClassVar = [
        ("1", "switch_mode('timer')", "Timer"),
        ("2", "switch_mode('day')", "Day"),
        ("3", "switch_mode('week')", "Week"),
    ]


if __name__ == "__main__":
    EmptyApp().run()
