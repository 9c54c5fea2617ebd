"""How to start: a row for each channel with the keys that start on it, then this week's commitments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from tracker.formatting.channel_names import activity_word
from tracker.formatting.text import in_quotation_marks
from tracker.locale import _
from tracker.tui import layout, signs
from tracker.tui.descriptions import ago, usual_words
from tracker.tui.theme import hue
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.content import Content

    from tracker.domain.models import Channel, Session
    from tracker.services.queries import EarlierStart


#: The least cells in which an earlier intention is shown.
ENOUGH = 12


class StartList(Panel):
    """Clicking a row starts there; its keycap shows both keys, because many letters by themselves do something else."""

    items: Sequence[tuple[Channel, EarlierStart]] = ()
    running: Session | None = None
    now = 0
    plans: Sequence[str] = ()

    def show(self, items: Sequence[tuple[Channel, EarlierStart]], now: int, running: Session | None) -> None:
        """Set what is offered."""
        self.items, self.now, self.running = items, now, running
        self.say(_("Start"))
        self.refresh(layout=False)

    def tick(self, now: int) -> None:
        """How long ago that was, once a minute."""
        if now // 60 != self.now // 60:
            self.now = now
            self.refresh(layout=False)

    def commit(self, plans: Sequence[str]) -> None:
        """Set this week's commitments."""
        if tuple(plans) != tuple(self.plans):
            self.plans = plans
            self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """A row each: keys, channel, what was done last and, where there is room, why and how long ago."""
        rows = self.items[:height]
        label = min(layout.widest(channel.title for channel, _usual in rows), max(9, width // 3))
        usual_width = layout.widest(usual_words(usual) for _channel, usual in rows) + 2
        lines: list[Content] = []
        for channel, usual in rows:
            keys = layout.keycap(f"{self.key_of('start')} {channel.letter}" if channel.letter else None)
            name = layout.row(keys, " ", layout.left(channel.title, label, hue(channel.name)), " ")
            tail = self._when(channel, usual) if width >= 36 else layout.BLANK
            room = width - name.cell_length - (tail.cell_length + 1 if tail else 0)
            words = usual_words(usual)
            if cell_len(words) > room:  # what, without how long
                words = activity_word(usual.activity)
            head = layout.row(name, (words, "$foreground"))
            said = in_quotation_marks(usual.intention) if usual.intention else ""
            column = keys.cell_length + label + 2 + usual_width
            room = width - column - tail.cell_length - 2
            if said and room >= ENOUGH:
                head = layout.row(layout.left(head, column), layout.left(said, room, "italic $faint"))
            lines.append(layout.ends(head, tail, width))
        return [*lines, *self._plans(width, height - len(lines))]

    def _when(self, channel: Channel, usual: EarlierStart) -> Content:
        """That it runs, or how long ago it was started."""
        if self.running is not None and self.running.channel == channel.name:
            return layout.text(_("● now"), "$good")
        return layout.text(ago(self.now - usual.start) if usual.start is not None else "", "$faint")

    def _plans(self, width: int, available: int) -> list[Content]:
        """This week's commitments below the channels, where there is room for all of them."""
        plans = [layout.wrapped(plan, width - 2, "italic") for plan in self.plans]
        if not plans or sum(map(len, plans)) + 2 > available:
            return []
        lines = [layout.BLANK, layout.text(_("This week"), "bold $primary")]
        return lines + [line for plan in plans for line in layout.hanging((f"{signs.COMMITMENT} ", "$good"), plan)]

    def on_click(self, event: events.Click) -> None:
        """Start on the channel of that line."""
        index = event.y - 1
        if 0 <= index < min(len(self.items), self.content_size.height):
            self.run_worker(self.app.run_action(("", "start_on", (self.items[index][0].name,))))
