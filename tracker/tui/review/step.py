"""What the eight steps have in common: a box with a title, keys of its own, and nothing lost when it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from tracker.locale import _
from tracker.tui import ink
from tracker.tui.keys import BY_ID, said
from tracker.tui.widgets.panel import Panel, out_of_sight

if TYPE_CHECKING:
    from textual import events
    from textual.content import Content
    from textual.widget import Widget

    from tracker.tui.base_app import BaseApp
    from tracker.tui.review.facts import Facts
    from tracker.tui.widgets.keycaps import Cap

#: Keys that scroll a step, and by how many lines.
SCROLL = {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": 8, "pageup": -8}


class Step(Panel):
    """One screenful. `word` stands on the rail, `title` on the box; both are translated when they are shown."""

    #: What the journal calls it.
    name = ""
    word = ""
    title = ""

    def __init__(self, facts: Facts) -> None:
        super().__init__(classes="review-step")
        self.facts, self.workspace, self.week = facts, facts.workspace, facts.name
        self.top = 0

    def load(self) -> None:
        """Called each time the step is shown."""
        self.redraw()

    def lines(self, width: int, height: int) -> list[Content]:
        """All of it, in `width` cells; `height` says how much is seen at once."""
        return []

    def caps(self) -> list[Cap]:
        """The step's own keys; what goes on, back and out is the screen's."""
        return []

    def onward(self) -> str:
        """What enter does here, in two words."""
        return _("go on")

    def enter(self) -> bool:
        """Enter: whether the step is done with. TrackerError keeps it."""
        return True

    def press(self, key: str) -> bool:
        """Any other key: whether it was one of this step's."""
        return False

    def reviewed(self) -> bool:
        """Whether what enter leaves behind was looked at, or answered where it asks."""
        return True

    def edits(self) -> bool:
        """Whether backspace takes a letter away here, and does not go back."""
        return False

    def inside(self) -> str:
        """What backspace and escape do where they only leave a part of the step, in a few words; empty elsewhere."""
        return ""

    def keep(self) -> None:
        """The step is left: keep what was answered. TrackerError says what cannot be kept."""

    def focused(self) -> Widget | None:
        """What the keys go to first, if anything of its own does."""
        return None

    def base_app(self) -> BaseApp:
        """The application, with what actions need of it."""
        from tracker.tui.base_app import BaseApp

        assert isinstance(self.app, BaseApp), "there is no other"
        return self.app

    def key(self, name: str) -> str:
        """The key of an action of the screens behind, as the user has it."""
        return said(BY_ID[name], getattr(self.app, "keymap_changed", {}))

    def draw(self, width: int, height: int) -> list[Content]:
        """The lines that are seen, the chosen one with a mark at its edge."""
        lines = self.lines(width - 1, height)
        marks = [ink.text("▌", "$primary") if place == self.marked() else " " for place in range(len(lines))]
        return [ink.row(mark, line) for mark, line in list(zip(marks, lines, strict=True))[self.top :]]

    def marked(self) -> int:
        """Which line is chosen; -1 for none."""
        return -1

    def redraw(self) -> None:
        """Draw anew, with what is out of sight said on the border."""
        self.scroll_lines(0)

    def scroll_lines(self, lines: int) -> None:
        """Move what is seen, where there is more of it than room."""
        width, height = self.content_size
        if width > 0 and height > 0:
            below = len(self.lines(width - 1, height)) - height
            self.top = max(0, min(self.top + lines, below))
            self.say(_(self.title), out_of_sight(self.top, max(below - self.top, 0)))
        else:
            self.say(_(self.title))
        self.refresh(layout=False)

    class Touched(Message):
        """A line was clicked, at a cell of it."""

        def __init__(self, line: int, cell: int) -> None:
            super().__init__()
            self.line, self.cell = line, cell

    def touch(self, line: int, cell: int) -> None:
        """Do what a click there means. TrackerError says what cannot be done."""

    def on_click(self, event: events.Click) -> None:
        """Which line it was."""
        spot = event.get_content_offset(self)
        if spot is not None:
            self.post_message(self.Touched(spot.y + self.top, spot.x - 1))

    def on_resize(self) -> None:
        """Another size sees more or less."""
        self.redraw()

    def on_mouse_scroll_down(self) -> None:
        """Three lines on."""
        self.scroll_lines(3)

    def on_mouse_scroll_up(self) -> None:
        """Three lines back."""
        self.scroll_lines(-3)
