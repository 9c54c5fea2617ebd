"""One key chooses: a list with a letter for each line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.events import Key
from textual.keys import _character_to_key

from tracker.locale import _
from tracker.tui import ink
from tracker.tui.modals.dialog import Dialog
from tracker.tui.widgets.panel import Rows, out_of_sight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from tracker.tui.keyboard import Keyboard


class Choice(NamedTuple):
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
        #: What to press, where that is not a letter or the arrows.
        self.keys = ""

    def count(self) -> int:
        """Every line."""
        return len(self.choices)

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """Key, name, detail; what has no detail is told in as many lines as it takes."""
        if self.wordy:
            return [self._sentence(choice, width) for choice in self.choices]
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

    @property
    def wordy(self) -> bool:
        """Whether the lines are sentences with nothing beside them."""
        return not any(choice.detail for choice in self.choices)

    def lines_needed(self, width: int) -> int:
        """How many lines all of it takes in `width` cells."""
        return sum(len(block) for block in self.blocks(width, 0))

    def _sentence(self, choice: Choice, width: int) -> list[Content]:
        cap = Content.styled(f" {choice.key or ' '} ", "bold $strong on $panel")
        said = ink.wrapped(choice.label, width - 4, choice.style) or [ink.BLANK]
        return [ink.row("   " if place else cap, " ", ink.left(line, width - 4)) for place, line in enumerate(said)]

    def on_click(self, event: events.Click) -> None:
        """Where no line is marked, one click takes a line."""
        spot = event.get_content_offset(self)
        if not self.choosable and spot and 0 <= spot.y < len(self._places) and self._places[spot.y] >= 0:
            self.post_message(self.Opened(self, self._places[spot.y]))

    def more(self, above: int, below: int) -> None:
        """What to press."""
        self.say(self.title, out_of_sight(above, below) or self.keys or _("letter, or ↑↓ ⏎"))


class Chooser(Dialog[str]):
    """Answers the value of the line whose letter was pressed, or that was entered or clicked.

    `passing` is for what is only offered: it takes its own letters, and a click on its lines. Every other key or click
    closes it and does what it always does; escape only closes it. No line is marked then, and words are none of it.
    `chosen` is the line that enter takes, unless another is chosen: the likeliest answer.
    `own` is the answer that asks for one's own words, where one can give them. Then a letter that is no choice begins
    them, and so does a choice with more behind it in the same breath: `launch week` is not `l`. What is typed behind
    `own` is for the line that it opens.
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        more: dict[str, str] | None = None,
        *,
        passing: bool = False,
        chosen: int = 0,
        own: str | None = None,
    ) -> None:
        super().__init__()
        assert not (passing and own), "an offer takes letters alone"
        self._title = title
        self._choices = choices
        self._chosen = chosen
        #: Letters that choose what is not listed.
        self._more = more or {}
        self._passing, self._own = passing, own
        #: The choice that was pressed and what was typed behind it, until it is sure that nothing else comes.
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Only the list."""
        choices = Choices(self._choices, self._title)
        choices.chosen = self._chosen
        if self._passing:
            choices.choosable, choices.keys = False, _("a letter; any other key goes on")
        width = min(60, self.app.size.width * 94 // 100) - 5
        choices.styles.height = min(choices.lines_needed(width), 16) + 2
        yield choices

    def on_key(self, event: events.Key) -> None:
        """Letters first: every one is a choice, even j and k."""
        if self.answered:
            return  # typed ahead: it goes on to what is on the screen now
        if self._typed and self._goes_on(event):
            event.stop()
            return
        letters = self._letters()
        rows = self.query_one(Choices)
        if self._own and self._writes(event, letters):
            self._typed = event.character or ""
            self.call_after_refresh(self._when_still)
        elif event.character in letters:
            self.answer(letters[event.character])
        elif self._passing:
            self.answer()
            if event.key != "escape":
                self._again(event)
        elif event.key in ("up", "down"):
            rows.move(-1 if event.key == "up" else 1)
        elif event.key == "enter" and self._choices:
            self.answer(self._choices[rows.chosen].value)
        elif event.key == "escape":
            self.answer()
        event.stop()  # a key that chooses nothing does nothing, here or later

    def _letters(self) -> dict[str, str]:
        """What each letter answers."""
        return {**self._more, **{choice.key: choice.value for choice in self._choices if choice.key}}

    def _writes(self, event: events.Key, letters: dict[str, str]) -> bool:
        """Whether one's own words may begin with this key."""
        sign = event.character or ""
        if sign in letters:
            return sign.isalnum() and letters[sign] != self._own
        return sign.isalnum()

    def _goes_on(self, event: events.Key) -> bool:
        """A key behind another in one breath: whether it goes on with the words; if not, they are settled first."""
        sign = event.character or ""
        if event.is_printable and sign:
            self._typed += sign
            self.call_after_refresh(self._when_still)
            return True
        self._again(event)  # behind the words, which go in front of it
        self._settle()
        return True

    def _when_still(self) -> None:
        """Nothing else came in the same breath."""
        if not self._app().typed_ahead:
            self._settle()

    def _settle(self) -> None:
        """One key was a choice; more were words, and are typed into their line."""
        typed, self._typed = self._typed, ""
        if not typed or self.answered:
            return
        letters = self._letters()
        if typed in letters:
            self.answer(letters[typed])
            return
        self.answer(self._own)
        self._again(*(Key(_character_to_key(sign), sign) for sign in typed))

    def _again(self, *keys: Key) -> None:
        self._app().again(*keys)

    def _app(self) -> Keyboard:
        from tracker.tui.keyboard import Keyboard

        assert isinstance(self.app, Keyboard), "there is no other"
        return self.app

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click on a line."""
        message.stop()
        self.answer(self._choices[message.index].value)

    def let_go(self, x: int, y: int) -> None:
        """A button of the mouse goes down at that cell: beside an offer it closes the offer first."""
        if self._passing and self.get_widget_at(x, y)[0] is self:
            self.answer()
