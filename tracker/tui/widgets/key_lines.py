"""Lines to click: the first of the screen (views, session, clock), the last (keys), and the keys of a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tracker.locale import _, ngettext
from tracker.tui import layout
from tracker.tui.keys import ACTIONS, BY_ID, EVERYWHERE, TIMER, Action, key_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.geometry import Size


class Header(Widget):
    """Tabs at the left, the moment at the right. `demo`: the data is made up, by the clock of the city `elsewhere`.

    At every width, a refusal to record comes before anything else.
    """

    ALLOW_SELECT = False

    class Tab(Message):
        """A tab was clicked."""

        def __init__(self, view: str) -> None:
            super().__init__()
            self.view = view

    def __init__(self, *, demo: bool = False, elsewhere: str = "") -> None:
        super().__init__(id="header")
        self.view = TIMER
        self.demo, self.elsewhere = demo, elsewhere
        self.moment: tuple[str, str, str] = ("", "", "")
        self.running = layout.BLANK
        self.refused = ("", "")
        self.failed: Sequence[str] = ()
        self._tabs: list[tuple[int, int, str]] = []

    def show(
        self, moment: tuple[str, str, str], running: Content, refused: tuple[str, str], failed: Sequence[str] = ()
    ) -> None:
        """Set date, week and clock, the running session, the refusal to record (at length and in short) and the sources
        that could not be imported. It draws only if something changed.
        """
        if (moment, running.plain, refused, failed) != (self.moment, self.running.plain, self.refused, self.failed):
            self.moment, self.running, self.refused, self.failed = moment, running, refused, failed
            self.refresh(layout=False)

    def select_tab(self, view: str) -> None:
        """Mark the tab of a view."""
        self.view = view
        self.refresh(layout=False)

    def render(self) -> Content:
        """One line, whatever the width."""
        width = self.size.width
        start = self._left(width)
        return layout.ends(start, self._right(width - start.cell_length - 2), width)

    def _left(self, width: int) -> Content:
        mark = " ◉ tracker " if width >= (100 if self.demo else 76) else " ◉ "
        parts = [Content.styled(mark, "bold $primary")]
        column, self._tabs = len(mark), []
        for number, view in enumerate(EVERYWHERE, 1):
            label = f" {number} {_(BY_ID[view].label)} "
            shown = view == self.view
            parts.append(Content.styled(label, "$on-ink on $primary" if shown else "$faint"))
            self._tabs.append((column, column + len(label), view))
            column += len(label)
        return layout.row(*parts)

    def _right(self, available: int) -> Content:
        """As much as fits, the clock always; the running session before the date, but on the Timer after it."""
        date, week, clock = self.moment
        warning, short = (
            layout.text(words, "bold $flag" if any(self.refused) else "$foreground") for words in self._warnings()
        )
        sign = layout.text("⊘", "bold $flag")
        faint = [layout.text(part, "$faint") for part in (date, week) if part]
        now = layout.row(*self._failures(), (clock, "bold"))
        shorter = [(warning, *faint, now), (warning, self.running, now)]
        for parts in (
            (warning, self.running, *faint, now),
            *(shorter if self.view == TIMER else [(warning, self.running, *faint[:1], now), *reversed(shorter)]),
            (warning, now),
            (short, self.running, now),
            (short, now),
            *(((short,), (sign, now), (sign,)) if any(self.refused) else ()),
        ):
            line = Content.styled(" · ", "$faint").join([part for part in parts if part.cell_length])
            if line.cell_length < available:
                return line + " "
        return now + " "

    def _failures(self) -> tuple[str, ...]:
        """`✗ chrome · `: the source whose automatic import failed; several are counted."""
        if not self.failed:
            return ()
        several = ngettext("{n} source", "{n} sources", len(self.failed)).format(n=len(self.failed))
        return (f"✗ {self.failed[0] if len(self.failed) == 1 else several} · ",)

    def _warnings(self) -> tuple[str, str]:
        """The warning that nothing can be recorded, or that this is a demo, at length and in short; else two blanks."""
        if any(self.refused):
            return self.refused
        if not self.demo:
            return "", ""
        if self.elsewhere:
            warning = _("demo: made-up data, in {city} time").format(city=self.elsewhere)
            return warning, _("demo: {city} time").format(city=self.elsewhere)
        return _("demo: made-up data, in a temporary file"), _("demo: made-up data")

    def on_click(self, event: events.Click) -> None:
        """Show the view of the clicked tab."""
        for start, end, view in self._tabs:
            if start <= event.x < end:
                self.post_message(self.Tab(view))


#: At the right edge, whatever the width: from these everything else is found.
ALWAYS = ("palette", "help")


class Footer(Widget):
    """Drawn from the table of actions; never recomposed (Textual's own keeps old keys at every switch).

    Blank while a dialog is open: its keys are those that count, and the same letter would mean two things.
    """

    ALLOW_SELECT = False

    class KeyClicked(Message):
        """A key's label was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, keymap: dict[str, str], quit: str = "") -> None:
        super().__init__(id="footer")
        self.keymap = keymap
        #: What quitting is called, where that is not the word of the table.
        self.quit = quit
        self.view = TIMER
        self.toggle = ""
        self._zones: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Draw again when a dialog is opened or closed."""
        self.app.screen_change_signal.subscribe(self, lambda _screen: self.refresh(layout=False), immediate=True)

    def show(self, view: str, toggle: str) -> None:
        """Set the view, and what the space bar does now."""
        if (view, toggle) != (self.view, self.toggle):
            self.view, self.toggle = view, toggle
            self.refresh(layout=False)

    def render(self) -> Content:
        """The keys by rank until the line is full."""
        width = self.size.width
        self._zones = []
        if len(self.app.screen_stack) > 1:
            return layout.BLANK
        fixed = [self._key(BY_ID[name]) for name in ALWAYS]
        tail = layout.row(*fixed)
        available = width - tail.cell_length
        parts, column = [], 0
        actions = sorted((action for action in ACTIONS if action.footer and action.id not in ALWAYS), key=self._rank)
        for action in actions:
            if self.view not in action.where or (action.id == "toggle" and not self.toggle):
                continue
            key = self._key(action)
            if column + key.cell_length > available:
                break
            self._zones.append((column, column + key.cell_length, action.id))
            parts.append(key)
            column += key.cell_length
        at = available
        for name, key in zip(ALWAYS, fixed, strict=True):
            self._zones.append((at, at + key.cell_length, name))
            at += key.cell_length
        return layout.row(layout.left(layout.row(*parts), available), tail)

    def _rank(self, action: Action) -> tuple[bool, int]:
        """The main keys of the view come first, after that which stops the running session."""
        return action.id != "toggle" and self.view not in action.leads, action.footer

    def _key(self, action: Action) -> Content:
        label = {"toggle": self.toggle, "quit": self.quit}.get(action.id) or _(action.label)
        return layout.row(" ", (key_label(action, self.keymap), "bold $accent"), " ", (label, "$foreground"), " ")

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        for start, end, name in self._zones:
            if start <= event.x < end:
                self.post_message(self.KeyClicked(name))


GAP = "   "


#: What stands between the parts of a detail, of which the last ones are left out where room is short.
DOT = " · "


class Cap(NamedTuple):
    """One key, the words and their colour, and what stands behind them where there is a line for each."""

    key: str
    label: str
    style: str = ""
    detail: str = ""


class Keycaps(Widget):
    """A line for each key, or, `packed`, as many on a line as there is room for."""

    ALLOW_SELECT = False

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, caps: Sequence[Cap] = (), *, packed: bool = True, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.caps, self.packed = caps, packed

    def show(self, caps: Sequence[Cap], *, packed: bool = True) -> None:
        """Set the keys."""
        if (tuple(caps), packed) != (tuple(self.caps), self.packed):
            self.caps, self.packed = caps, packed
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it takes."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Key caps and words."""
        width = self.content_size.width
        lines = [[self._drawn(cap, width) for cap in line] for line in self._lines(width)]
        return Content("\n").join(Content(GAP).join(line) for line in lines)

    def _lines(self, width: int) -> list[list[Cap]]:
        """Which keys stand on which line."""
        if not self.packed:
            return [[cap] for cap in self.caps]
        lines: list[list[Cap]] = []
        column = 0
        for cap in self.caps:
            needs = self._drawn(cap, width).cell_length
            if not lines or column + len(GAP) + needs > width:
                lines.append([])
                column = -len(GAP)
            lines[-1].append(cap)
            column += len(GAP) + needs
        return lines

    def _drawn(self, cap: Cap, width: int) -> Content:
        key = _("esc") if cap.key == "esc" else cap.key  # the one key that is a word
        head = layout.row(layout.keycap(key), " ")
        if self.packed:
            return layout.row(head, (cap.label, cap.style))
        label = min(layout.widest(other.label for other in self.caps), width // 3) + 2
        available = width - head.cell_length - label
        details = layout.in_room(cap.detail.split(DOT), available)
        return layout.row(head, layout.column(cap.label, label, cap.style), (details, "$faint"))

    def on_click(self, event: events.Click) -> None:
        """Which key is under the pointer."""
        width = self.content_size.width
        spot = event.get_content_offset(self)
        lines = self._lines(width)
        if spot is None or not 0 <= spot.y < len(lines):
            return
        column = 0
        for cap in lines[spot.y]:
            end = column + self._drawn(cap, width).cell_length
            if column <= spot.x < end:
                self.post_message(self.Pressed(cap.key))
                return
            column = end + len(GAP)
