"""Lines to click: the first of the screen (views, session, clock), the last (keys), and the keys of a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.message import Message

from tracker.domain.record import Record
from tracker.locale import _, ngettext
from tracker.tui import layout
from tracker.tui.keys import ACTIONS, BY_ID, EVERYWHERE, TIMER, Action, key_label
from tracker.tui.widgets.panel import Drawn, link


class HeaderState(Record):
    """What the header says besides the tabs; empty for what it does not say."""

    date: str = ""
    week: str = ""
    clock: str = ""
    running: Content = layout.BLANK
    #: That nothing can be recorded, at length and in short.
    refusal: str = ""
    short_refusal: str = ""
    #: The sources that could not be imported.
    failed: tuple[str, ...] = ()


class Header(Drawn):
    """Tabs at the left, the moment at the right. `demo`: the data is made up, by the clock of the city `elsewhere`.

    At every width, a refusal to record comes before anything else.
    """

    def __init__(self, *, demo: bool = False, elsewhere: str = "") -> None:
        super().__init__(id="header")
        self.view = TIMER
        self.demo, self.elsewhere = demo, elsewhere
        self.state = HeaderState()

    def show(self, state: HeaderState) -> None:
        """Set what is said; it draws only if something changed."""
        if state != self.state:
            self.state = state
            self.refresh()

    def select_tab(self, view: str) -> None:
        """Mark the tab of a view."""
        self.view = view
        self.refresh()

    def draw(self, width: int, height: int) -> list[Content]:
        """One line, whatever the width."""
        parts = [layout.text(" ◉ tracker " if width >= (100 if self.demo else 76) else " ◉ ", "bold $primary")]
        for number, view in enumerate(EVERYWHERE, 1):
            style = "$on-ink on $primary" if view == self.view else "$faint"
            parts.append(link(Content.styled(f" {number} {_(BY_ID[view].label)} ", style), "app.do", view))
        start = layout.row(*parts)
        return [layout.ends(start, self._right(width - start.cell_length - 2), width)]

    def _right(self, available: int) -> Content:
        """As much as fits, the clock always; the running session before the date, but on the Timer after it."""
        state, refused = self.state, bool(self.state.refusal)
        warning, short = (layout.text(words, "bold $flag" if refused else "$foreground") for words in self._warnings())
        moment = [layout.text(part, "$faint") for part in (state.date, state.week) if part]
        running, now = state.running, layout.row(self._failures(), (state.clock, "bold"))
        ways = [(warning, *moment, now), (warning, running, now)]
        if self.view != TIMER:
            ways = [(warning, running, *moment[:1], now), *reversed(ways)]
        ways = [(warning, running, *moment, now), *ways, (warning, now), (short, running, now), (short, now)]
        if refused:
            sign = layout.text("⊘", "bold $flag")
            ways += [(short,), (sign, now), (sign,)]
        lines = (layout.join_with_dots(*parts) for parts in ways)
        return next((line for line in lines if line.cell_length < available), now) + " "

    def _failures(self) -> str:
        """`✗ chrome · `: the source whose automatic import failed; several are counted."""
        failed = self.state.failed
        if not failed:
            return ""
        several = ngettext("{n} source", "{n} sources", len(failed)).format(n=len(failed))
        return f"✗ {_short_entry(failed[0]) if len(failed) == 1 else several} · "

    def _warnings(self) -> tuple[str, str]:
        """The warning that nothing can be recorded, or that this is a demo, at length and in short; else two blanks."""
        if self.state.refusal or not self.demo:
            return self.state.refusal, self.state.short_refusal
        if self.elsewhere:
            warning = _("demo: made-up data, in {city} time").format(city=self.elsewhere)
            return warning, _("demo: {city} time").format(city=self.elsewhere)
        return _("demo: made-up data, in a temporary file"), _("demo: made-up data")


#: An entry of the setting `sources` that is longer is shown without the folders of its path.
_LONGEST_ENTRY = 16


def _short_entry(entry: str) -> str:
    """`chrome:…/History` for `chrome:/home/me/backup/History`, in _LONGEST_ENTRY cells at most."""
    if cell_len(entry) <= _LONGEST_ENTRY:
        return entry
    name, colon, path = entry.partition(":")
    head = name + colon if path and cell_len(name) < _LONGEST_ENTRY - 5 else ""
    plain = entry.rstrip("/\\").replace("\\", "/")
    tail = plain[plain.rfind("/") if "/" in plain else 0 :]
    while cell_len(head) + 1 + cell_len(tail) > _LONGEST_ENTRY:
        tail = tail[1:]
    return f"{head}…{tail}"


#: At the right edge, whatever the width: from these everything else is found.
ALWAYS = ("palette", "help")


class Footer(Drawn):
    """Drawn from the table of actions; never recomposed (Textual's own keeps old keys at every switch).

    Blank while a dialog is open: its keys are those that count, and the same letter would mean two things.
    """

    def __init__(self, keymap: dict[str, str], quit: str = "") -> None:
        super().__init__(id="footer")
        self.keymap = keymap
        #: What quitting is called, where that is not the word of the table.
        self.quit = quit
        self.view = TIMER
        self.toggle = ""

    def on_mount(self) -> None:
        """Draw again when a dialog is opened or closed."""
        self.app.screen_change_signal.subscribe(self, lambda _screen: self.refresh(), immediate=True)

    def show(self, view: str, toggle: str) -> None:
        """Set the view, and what the space bar does now."""
        if (view, toggle) != (self.view, self.toggle):
            self.view, self.toggle = view, toggle
            self.refresh()

    def draw(self, width: int, height: int) -> list[Content]:
        """The main keys of the view, that which stops the running session, then the others until the line is full."""
        if len(self.app.screen_stack) > 1:
            return []
        tail = layout.row(*(self._key(BY_ID[name]) for name in ALWAYS))
        available = width - tail.cell_length
        line = layout.BLANK
        for action in sorted(ACTIONS, key=self._rank):
            if not action.footer or action.id in ALWAYS or self.view not in action.where:
                continue
            if action.id == "toggle" and not self.toggle:
                continue
            key = self._key(action)
            if line.cell_length + key.cell_length > available:
                break
            line += key
        return [layout.row(layout.left(line, available), tail)]

    def _rank(self, action: Action) -> tuple[bool, int]:
        return action.id != "toggle" and action.leads != self.view, action.footer

    def _key(self, action: Action) -> Content:
        label = {"toggle": self.toggle, "quit": self.quit}.get(action.id) or _(action.label)
        key = layout.row(" ", (key_label(action, self.keymap), "bold $accent"), " ", (label, "$foreground"), " ")
        return link(key, "app.do", action.id)


#: What stands between the keys of a line.
GAP = "   "

#: What stands between the parts of a detail, of which the last ones are left out where room is short.
DOT = " · "


class Cap(Record):
    """One key, the words and their colour, and what stands behind them where there is a line for each."""

    key: str
    label: str
    style: str = ""
    detail: str = ""


class Keycaps(Drawn):
    """A line for each key, or, `packed`, as many on a line as there is room for."""

    @dataclass
    class Pressed(Message):
        """A key was clicked."""

        key: str

    def __init__(self, caps: Sequence[Cap] = (), *, packed: bool = True, id: str) -> None:
        super().__init__(id=id)
        self.caps, self.packed = caps, packed

    def show(self, caps: Sequence[Cap]) -> None:
        """Set the keys."""
        if list(caps) != list(self.caps):
            self.caps = caps
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it takes."""
        return len(self.draw(width, 0))

    def draw(self, width: int, height: int) -> list[Content]:
        """Key caps and words."""
        caps = [self._drawn(cap, width) for cap in self.caps]
        return layout.packed(caps, GAP, width) if self.packed else caps

    def _drawn(self, cap: Cap, width: int) -> Content:
        key = _("esc") if cap.key == "esc" else cap.key  # the one key that is a word
        line = layout.row(layout.keycap(key), " ")
        if self.packed:
            line = layout.row(line, (cap.label, cap.style))
        else:
            label = min(layout.widest(other.label for other in self.caps), width // 3) + 2
            details = layout.in_room(cap.detail.split(DOT), width - line.cell_length - label)
            line = layout.row(line, layout.column(cap.label, label, cap.style), (details, "$faint"))
        return link(line, "press", cap.key)

    def action_press(self, key: str) -> None:
        """Post that a key was clicked."""
        self.post_message(self.Pressed(key))
