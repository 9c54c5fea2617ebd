"""One key chooses: a list with a letter for each line."""

from __future__ import annotations

from textual.content import Content
from textual.events import Key

from tracker.locale import _
from tracker.record import Record
from tracker.tui import ink
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.widgets.rows import Rows, out_of_sight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult


class Choice(Record):
    """One line: its key, its words and their colour, what stands beside it, and what it answers."""

    key: str
    label: str
    style: str
    detail: str
    value: str


class Choices(Rows):
    """The lines of a chooser."""

    def __init__(self, choices: Sequence[Choice], title: str) -> None:
        super().__init__(id="choices")
        self.choices = choices
        self.title = title

    def count(self) -> int:
        """Every line."""
        return len(self.choices)

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """Key, name, detail."""
        label = min(ink.widest(choice.label for choice in self.choices), width // 2) + 2
        return [
            [
                ink.row(
                    Content.styled(f" {choice.key or ' '} ", "bold $strong on $panel"),
                    " ",
                    ink.left(choice.label, label, choice.style),
                    ink.left(choice.detail, width - label - 4, "$faint"),
                )
            ]
            for choice in self.choices
        ]

    def more(self, above: int, below: int) -> None:
        """What to press."""
        self.say(self.title, out_of_sight(above, below) or _("letter, or ↑↓ ⏎"))


class Chooser(Dialog):
    """Answers the value of the line whose letter was pressed, or that was entered or clicked.

    `passing` is for a question that may be left alone: a key that chooses nothing leaves it, and does what it does.
    `chosen` is the line that enter takes, unless another is chosen: the likeliest answer.
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        more: dict[str, str] | None = None,
        *,
        passing: bool = False,
        chosen: int = 0,
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._chosen = chosen
        #: Letters that choose what is not listed.
        self._more = more or {}
        self._passing = passing

    def compose(self) -> ComposeResult:
        """Only the list."""
        choices = Choices(self._choices, self._title)
        choices.chosen = self._chosen
        choices.styles.height = min(len(self._choices), 16) + 2
        yield choices

    def on_key(self, event: events.Key) -> None:
        """Letters first: every one is a choice, even j and k."""
        if self.answered:
            return  # typed ahead: it goes on to what is on the screen now
        letters = {**self._more, **{choice.key: choice.value for choice in self._choices if choice.key}}
        rows = self.query_one(Choices)
        if event.character in letters:
            self.answer(letters[event.character])
        elif event.key in ("up", "down"):
            rows.move(-1 if event.key == "up" else 1)
        elif event.key == "enter" and self._choices:
            self.answer(self._choices[rows.chosen].value)
        elif event.key == "escape":
            self.answer()
        elif self._passing:
            self.answer()
            self.app.post_message(Key(event.key, event.character))
        event.stop()  # a key that chooses nothing does nothing, here or later

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click on a line."""
        message.stop()
        self.answer(self._choices[message.index].value)
