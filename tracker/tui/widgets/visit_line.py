"""One line at the top of the Timer: an unplanned visit, with what can be done instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.formatting.times import format_clock
from tracker.locale import _
from tracker.tui import layout
from tracker.tui.keys import say_key
from tracker.tui.theme import hue
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from textual import events

    from tracker.services.unplanned_visits import UnplannedVisit


class VisitLine(Panel):
    """What was visited and when; then the keys: an urge resisted, the important task, dismissed."""

    visit: UnplannedVisit | None = None
    channel = ""

    def __init__(self, **options: str) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._zones: list[tuple[int, int, str]] = []

    def show(self, visit: UnplannedVisit | None, channel: str = "") -> None:
        """Set the visit, and what its channel is called."""
        self.visit, self.channel = visit, channel
        self.display = visit is not None
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """The keys are whole at every width."""
        if self.visit is None:
            return []
        session = self.visit.session
        where = _("in your pause") if self.visit.in_pause else _("in your focus hours")
        clock = format_clock(session.start, session.zone)
        name = (self.channel, f"bold {hue(session.channel)}")
        short = layout.row(("▸ ", "bold"), name, f" {clock}")
        head = layout.row(short, f" {where}")
        keys = self._keys((_("resist the next urge"), _("to work"), _("dismiss")))
        if head.cell_length + keys.cell_length >= width:
            keys = self._keys((_("urge"), _("work"), _("dismiss")))
            head = head if head.cell_length + keys.cell_length < width else short
        line = layout.ends(head, keys, width)
        keys_start = width - keys.cell_length
        self._zones = [(keys_start + start, keys_start + end, name) for start, end, name in self._zones]
        return [line]

    def _keys(self, words: tuple[str, str, str]) -> Content:
        parts, self._zones, column = [], [], 0
        shown = (("urge", self.key_of("urge")), ("task", self.key_of("task")), ("dismiss", say_key("escape")))
        for (name, key), does in zip(shown, words, strict=True):
            part = layout.row((key, "bold $accent"), (f" {does}", "$faint"))
            self._zones.append((column, column + part.cell_length, name))
            column += part.cell_length + 3
            parts.append(part)
        return layout.text("   ").join(parts)

    async def on_click(self, event: events.Click) -> None:
        """Do what the clicked key does."""
        for start, end, name in self._zones:
            if start <= event.x < end:
                if name == "dismiss":
                    self.app.simulate_key("escape")
                else:
                    await self.app.run_action(f"do('{name}')")
