"""One slow breath: a line that widens and narrows once, with words and the seconds left; still with reduced motion.

The only thing on the screens with a timer of its own, and that only for the few seconds it lasts."""

from __future__ import annotations

from math import ceil, pi, sin
from time import monotonic
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from tracker.formatting.durations import format_duration
from tracker.locale import _
from tracker.tui import layout
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from textual.timer import Timer

#: How many times a second it is drawn: the line grows by half a cell at a time.
RATE = 15
#: One breath in and out takes no longer than this; a longer pause has several.
SLOWEST = 10


class BreathingPause(Panel):
    """Begins when it is mounted, and posts Over when it is over."""

    class Over(Message):
        """The breathing pause is over."""

    def __init__(self, seconds: int) -> None:
        super().__init__(id="breath")
        self.seconds = seconds
        self.over = seconds <= 0
        self._begun = 0.0
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Begin."""
        self._begun = monotonic()
        if not self.over:
            self._timer = self.set_interval(1 / RATE, self.tick)

    @property
    def still(self) -> bool:
        """Whether the setting is reduced motion."""
        return self.app.animation_level == "none"

    def tick(self) -> None:
        """Draw the next step, or end."""
        if not self.over and monotonic() - self._begun >= self.seconds:
            self.finish()
            self.post_message(self.Over())
        elif not self.still:
            self.refresh(layout=False)

    def finish(self) -> None:
        """Stop, and draw a rule."""
        self.over = True
        if self._timer:
            self._timer.stop()
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """One line; a faint rule once the breath is over."""
        if self.over:
            return [layout.text("─" * width, "$line")]
        if self.still:
            whole = _("take one slow breath · {time}").format(time=format_duration(self.seconds, "exact"))
            return [layout.text(whole.center(width), "$channel-teal")]
        spent = monotonic() - self._begun
        phase = min(spent / self.seconds, 1.0) * max(1, round(self.seconds / SLOWEST))
        label = layout.widest((_("breathe in"), _("breathe out")))
        words = _("breathe in") if phase % 1 < 0.5 else _("breathe out")
        left = format_duration(max(ceil(self.seconds - spent), 0), "exact")
        most = layout.widest((format_duration(self.seconds, "exact"), left))
        available = max(width - label - most - 2, 0)
        drawn = layout.text(line(phase, available).center(available), "$channel-teal")
        return [layout.row(layout.left(words, label + 1, "$faint"), drawn, layout.right(left, most + 1, "$faint"))]


def line(phase: float, width: int) -> str:
    """The line at a phase from 0 to 1, at most `width` cells, widening by half a cell at both ends."""
    most = width // 2 * 2
    whole, odd = divmod(max(2, round(sin(pi * (phase % 1)) ** 2 * most)), 2)
    return "╺" * odd + "━" * (2 * whole) + "╸" * odd
