"""What the eight steps of a review have in common: a box with a title, keys of its own, lines that scroll."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tracker.locale import _
from tracker.reports.review import STEPS
from tracker.services.open_review import ReviewedWeek
from tracker.tui import layout
from tracker.tui.base_app import Answer, BaseApp
from tracker.tui.modals.dialog import KeycapDialog
from tracker.tui.widgets.key_lines import Cap
from tracker.tui.widgets.panel import ScrollingPanel, link

#: Keys that scroll a step or choose in it, and by how many lines.
ARROWS = {"down": 1, "j": 1, "up": -1, "k": -1}
SCROLL = {**ARROWS, "pagedown": 8, "pageup": -8}


def heading(title: str) -> Content:
    """The heading of a part of a step."""
    return layout.text(title, "bold $primary")


class StepPanel(ScrollingPanel):
    """One step of a review. `word` stands on the rail, and is translated when it is shown."""

    #: The name of the step in the file.
    name = ""
    word = ""

    #: The number of the line with a mark at its edge; -1 for none. Set while the lines are written.
    marked = -1

    class Clicked(Message):
        """Something was clicked that a line links to by the action `click`, with a value that its step knows."""

        def __init__(self, target: Any) -> None:
            super().__init__()
            self.target = target

    def __init__(self, figures: ReviewedWeek) -> None:
        super().__init__(classes="review-step")
        self.figures, self.workspace, self.week = figures, figures.workspace, figures.name

    def load(self) -> None:
        """Read what was answered; called each time the step is shown."""
        self.redraw()

    def lines(self, width: int, height: int) -> list[Content]:
        """All lines in `width` cells; `height` is how many are seen at once."""
        return []

    def caps(self) -> list[Cap]:
        """The step's own keys; the screen adds those that go forward, back and out."""
        return []

    def enter_label(self) -> str:
        """What enter does here, in two words."""
        return _("continue")

    def enter(self) -> bool:
        """Handle enter; returns whether the step is done. After a TrackerError the step stays."""
        return True

    def press(self, key: str) -> bool:
        """Handle any other key; returns whether this step uses it."""
        return False

    def offered(self) -> dict[str, str]:
        """The id of the action of each key that does one of the table in keys.py here."""
        return {}

    def chosen_pattern(self) -> str | None:
        """The name of the pattern that these actions are about, if any."""
        return None

    def reviewed(self) -> bool:
        """Whether the step counts as reviewed: seen, or answered if it asks."""
        return True

    def is_typing(self) -> bool:
        """Whether backspace deletes a character here, and does not go back."""
        return False

    def leave_label(self) -> str:
        """The label of backspace and escape where they leave only a part of the step; else empty."""
        return ""

    def save_answers(self) -> None:
        """Save the answers when the step is left. A TrackerError says what cannot be saved."""

    def focused(self) -> Widget | None:
        """The widget of the step that has the focus at first, if any."""
        return None

    def click(self, target: Any) -> None:
        """Handle a click on what links to `target`. A TrackerError says what cannot be done."""

    def base_app(self) -> BaseApp:
        """The application, as the actions need it."""
        assert isinstance(self.app, BaseApp), "there is no other"
        return self.app

    def draw(self, width: int, height: int) -> list[Content]:
        """The lines that are seen, the chosen one with a mark at its edge."""
        lines = self.lines(width - 1, height)[self.top :]
        marked = self.marked - self.top
        return [layout.row(("▌", "$primary") if n == marked else " ", line) for n, line in enumerate(lines)]

    def length(self) -> int:
        """The number of all lines."""
        width, height = self.content_size
        return len(self.lines(width - 1, height))

    def heading(self) -> str:
        """The title in the language that is set."""
        return _(STEPS[self.name])

    def action_click(self, target: Any) -> None:
        """Post what was clicked."""
        self.post_message(self.Clicked(target))


class StepDialog(KeycapDialog[Answer]):
    """A dialog whose keys, and what is clicked in their place, go to the step that it shows."""

    #: Keys that are left to the bindings.
    UNTOUCHED = frozenset({"escape"})

    def pressed(self, key: str) -> None:
        """Handle one key, typed or clicked."""
        raise NotImplementedError

    def on_key(self, event: events.Key) -> None:
        """Handle a key; a key typed ahead of another dialog goes to that dialog."""
        if not self.answered and self.app.screen is self and event.key not in (*self.UNTOUCHED, *self.offered()):
            event.stop()
            self.pressed(event.character if event.is_printable and event.character else event.key)


class StepLine(NamedTuple):
    """One line of a step with items; the lines of one `item` are chosen together.

    `lit` is how many cells of the line belong to the item, 0 for all. A click on a line with a `key` is that key.
    """

    words: Content
    item: int | None = None
    lit: int = 0
    key: str = ""


class SelectableStep(StepPanel):
    """A step with items, of which the arrows choose one; a click on the chosen one presses the key `opens`."""

    opens = ""
    #: What can be chosen.
    items: Sequence[object] = ()

    def __init__(self, figures: ReviewedWeek) -> None:
        super().__init__(figures)
        self.chosen = 0
        self._lines: list[StepLine] = []

    def step_lines(self, width: int, height: int) -> list[StepLine]:
        """All lines, with the items they belong to."""
        raise NotImplementedError

    def lines(self, width: int, height: int) -> list[Content]:
        """The words of all lines."""
        self.chosen = max(0, min(self.chosen, len(self.items) - 1))
        self._lines = self.step_lines(width, height)
        return [line.words for line in self._lines]

    def draw(self, width: int, height: int) -> list[Content]:
        """The lines that are seen, those of the chosen item lit and with a mark at their edge."""
        self.lines(width - 1, height)
        drawn = []
        for line in self._lines[self.top : self.top + height]:
            words = layout.left(line.words, width - 1)
            if line.key or line.item is not None:
                words = link(words, "click", line.key or line.item or 0)
            drawn.append(layout.marked(words, width, line.lit) if line.item == self.chosen else layout.row(" ", words))
        return drawn

    def press(self, key: str) -> bool:
        """The arrows choose, as long as there is a further item."""
        if key in ARROWS and 0 <= self.chosen + ARROWS[key] < len(self.items):
            self.choose(self.chosen + ARROWS[key])
            return True
        return False

    def choose(self, item: int) -> None:
        """Choose an item, and scroll so that as much of it as possible is seen."""
        self.chosen = item
        width, height = self.content_size
        if width > 0:
            self.lines(width - 1, height)
            numbers = [number for number, line in enumerate(self._lines) if line.item == item]
            if numbers:
                first = 0 if item == 0 else numbers[0]
                self.top = max(min(self.top, first), numbers[-1] - height + 1)
        self.redraw()

    def click(self, target: str | int) -> None:
        """A click on an item chooses it, and a second one opens it; on a key it presses that."""
        if isinstance(target, str) or target == self.chosen:
            self.press(target if isinstance(target, str) else self.opens)
        else:
            self.choose(target)
