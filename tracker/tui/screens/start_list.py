"""How to start: the list of channels with their letters, last used first; on the first run, a welcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from tracker.formatting.durations import format_duration, format_growing_duration
from tracker.formatting.text import in_quotation_marks
from tracker.locale import _
from tracker.tui import ink, signs
from tracker.tui.theme import hue
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from tracker.domain.models import Channel, Session
    from tracker.services.queries import EarlierStart


def ago(seconds: int) -> str:
    """`12m ago`, `3h ago`, `5d ago`; `<1m ago` too of what a clock that was set back leaves in the future."""
    seconds = max(seconds, 0)
    if seconds < 86_400:
        return _("{time} ago").format(
            time=format_growing_duration(seconds - seconds % 3600 if seconds >= 3600 else seconds)
        )
    return _("{n}d ago").format(n=seconds // 86_400)


def usual_words(usual: EarlierStart) -> str:
    """`create · 25m`: what enter would start."""
    plan = format_duration(usual.planned_seconds) if usual.planned_seconds else ""
    return " · ".join(part for part in (usual.activity or "", plan) if part)


def keycap(letter: str | None) -> Content:
    """A letter as a key; blank where a channel has none."""
    return Content.styled(f" {letter or ' '} ", "bold $strong on $panel")


class StartList(Panel):
    """Clicking a line starts there."""

    items: Sequence[tuple[Channel, EarlierStart]] = ()
    running: Session | None = None
    now = 0
    plans: Sequence[str] = ()

    def show(self, items: Sequence[tuple[Channel, EarlierStart]], now: int, running: Session | None) -> None:
        """Set what is offered."""
        self.items, self.now, self.running = items, now, running
        self.say(_("Start"), _("s, then the letter"))
        self.refresh(layout=False)

    def tick(self, now: int) -> None:
        """How long ago that was, once a minute."""
        if now // 60 != self.now // 60:
            self.now = now
            self.refresh(layout=False)

    def commit(self, plans: Sequence[str]) -> None:
        """Set what one committed to for this week."""
        if tuple(plans) != tuple(self.plans):
            self.plans = plans
            self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """One line each; how long ago where there is room."""
        label = min(ink.widest(channel.title for channel, _usual in self.items), max(8, width // 3)) + 2
        step = self._step(height)
        lines: list[Content] = []
        for channel, usual in self.items[: height // step if step > 1 else height]:
            runs = self.running is not None and self.running.channel == channel.name
            when = _("● now") if runs else ago(self.now - usual.start) if usual.start is not None else ""
            tail = ink.text(when, "$good" if runs else "$faint") if width >= 36 else ink.BLANK
            name = ink.left(channel.title, label, hue(channel.name))
            head = ink.row(keycap(channel.letter), " ", name, ink.text(usual_words(usual), "$foreground"))
            said = in_quotation_marks(usual.intention) if usual.intention else ""
            below = [ink.row("    ", ink.text(said, "italic $faint")), ink.BLANK]
            lines += [ink.ends(head, tail, width), *below[: step - 1]]
        return [*lines, *self._plans(width, height - len(lines))]

    def _plans(self, width: int, room: int) -> list[Content]:
        """This week's commitments below the channels, where there is room for all of them."""
        plans = [ink.wrapped(plan, width - 2, "italic") for plan in self.plans]
        if not plans or sum(map(len, plans)) + 2 > room:
            return []
        lines = [ink.BLANK, ink.text(_("This week"), "bold $primary")]
        for plan in plans:
            lines += [
                ink.row(ink.text(f"{signs.COMMITMENT} ", "$good") if not n else "  ", line)
                for n, line in enumerate(plan)
            ]
        return lines

    def _step(self, height: int) -> int:
        """Lines for each channel: one, or three with the last intention where there is plenty of room."""
        return 3 if self.items and height >= 3 * len(self.items) - 2 else 1

    def on_click(self, event: events.Click) -> None:
        """Start on the channel of that line."""
        index = (event.y - 1) // self._step(self.content_size.height)
        if 0 <= index < min(len(self.items), self.content_size.height):
            self.run_worker(self.app.run_action(("", "start_on", (self.items[index][0].name,))))


class Welcome(Panel):
    """Shown instead of empty boxes until something is recorded."""

    channels: Sequence[Channel] = ()

    def show(self, channels: Sequence[Channel]) -> None:
        """Set the channels to offer."""
        self.channels = channels
        self.say(_("Welcome"), _("everything stays in one file on this machine"))
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """Three ways to begin, in the middle of the room there is."""
        column = min(width - 4, 76)
        lines = [
            *ink.wrapped(_("Is a network worth your time? Let your own figures say."), column, "bold $strong"),
            ink.BLANK,
            *self._way("s", _("start a session"), _("then its letter, then what for"), column),
            *self._way("c", _("log a check"), _("then its letter: a glance at likes"), column),
            *self._way("/", _("log what was"), _("e.g. linkedin create 14:00-14:25 carousel"), column),
            *self._way(_("space"), _("stop"), _("or resume what ran last"), column),
            ink.BLANK,
            ink.text(_("The channels you may know; ctrl+p finds the others"), "$faint"),
            *self._letters(column),
            ink.BLANK,
            ink.text(_("Your phone and browser already hold a history. In a shell:"), "$faint"),
            Content.styled("  tracker import --list", "bold $accent"),
            ink.text(_("? shows every key · tracker demo shows a made-up year"), "$faint"),
        ]
        side = " " * max((width - column) // 2, 0)
        above = max((height - len(lines)) // 2, 0)
        return [ink.BLANK] * above + [ink.row(side, line) for line in lines]

    def _way(self, key: str, what: str, how: str, width: int) -> list[Content]:
        head = ink.row(ink.left(keycap(key), 9), ink.left(what, max(18, cell_len(what) + 2), "bold"))
        return [ink.row(head, ink.left(how, width - head.cell_length, "$faint"))]

    def _letters(self, width: int) -> list[Content]:
        keys = [
            ink.row(keycap(channel.letter), " ", ink.text(channel.title, hue(channel.name)))
            for channel in self.channels
        ]
        return ink.packed(keys, "   ", width)
