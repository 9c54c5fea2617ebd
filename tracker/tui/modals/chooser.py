"""A list with a letter for each line, which chooses it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.events import Key
from textual.keys import _character_to_key

from tracker.calendar.words import plain
from tracker.locale import _, language
from tracker.tui import layout
from tracker.tui.keyboard import Keyboard
from tracker.tui.modals.dialog import Dialog
from tracker.tui.widgets.panel import CORNERS, Rows, say_hidden, with_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

#: The cells of a chooser outside its lines: borders, blanks and the mark of the chosen line.
OUTSIDE = 5

#: Keys for the lines of a list that has none of its own.
LETTERS = "123456789abcdefghijklmnopqrstuvwxyz"


class Choice(NamedTuple):
    """One line: its key, its words, the value it answers, its detail, and the style of the words."""

    key: str
    label: str
    value: str = ""
    detail: str = ""
    style: str = ""


def with_own_letters(choices: Sequence[Choice]) -> list[Choice]:
    """The choices with letters of their words, for a reader whose words begin otherwise than the English ones.

    Each has the first letter of one of its words that no other has, else any of its letters, for which another choice
    takes another one of its own if it must. Only words that share all their letters get a digit. Other keys stay.
    """
    return list(choices) if language() == "en" else own_letters(choices)


def own_letters(choices: Sequence[Choice]) -> list[Choice]:
    """The choices with letters of their words, in any language: for words that nobody chose letters for."""
    fixed = {choice.key for choice in choices if not choice.key.isalpha()}
    words = [re.findall(r"[a-z]+", plain(choice.label)) for choice in choices]
    own = [dict.fromkeys((*(word[0] for word in of), *"".join(of))) for of in words]
    owners: dict[str, int] = {}

    def give(index: int, wanted: dict[str, None], tried: set[str]) -> bool:
        """Give a choice a free letter of those wanted, else one whose owner can take another (an augmenting path)."""
        free = next((letter for letter in wanted if letter not in owners and letter not in fixed), None)
        if free is not None:
            owners[free] = index
            return True
        for letter in wanted:
            if letter in owners and letter not in tried:
                tried.add(letter)
                if give(owners[letter], own[owners[letter]], tried):
                    owners[letter] = index
                    return True
        return False

    for index, choice in enumerate(choices):
        if choice.key.isalpha() and not give(index, own[index], set()):
            give(index, dict.fromkeys(LETTERS), set(LETTERS))
    keys = {index: letter for letter, index in owners.items()}
    return [choice._replace(key=keys.get(index, choice.key)) for index, choice in enumerate(choices)]


class Choices(Rows):
    """The lines of a chooser; sentences without details are wrapped."""

    def __init__(self, choices: Sequence[Choice], title: str) -> None:
        super().__init__(id="choices")
        self.items: Sequence[Choice] = choices
        self.title = title
        #: What to press, where that is not a letter, a number or the arrows.
        self.keys = ""

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """Key, label and detail of each choice."""
        if not any(choice.detail for choice in self.items):
            return [self.sentence(choice, width) for choice in self.items]
        label = min(layout.widest(choice.label for choice in self.items), width // 2) + 2
        return [
            [
                layout.row(
                    layout.keycap(choice.key),
                    " ",
                    layout.column(choice.label, label, choice.style),
                    layout.left(choice.detail, width - label - 4, "$faint"),
                )
            ]
            for choice in self.items
        ]

    def lines_needed(self, width: int) -> int:
        """The number of lines that all choices, and a title that the border is too short for, take in `width` cells."""
        return sum(len(block) for block in self.blocks(width, 0)) + len(self.head(width))

    def head(self, width: int) -> list[Content]:
        """The title, where the border is too short for it."""
        return [] if self._fits(width) else layout.wrapped(self.title, width, "bold $primary")

    def _fits(self, width: int) -> bool:
        return cell_len(self.title) <= width + OUTSIDE - CORNERS

    def say_on_border(self, keys: str) -> None:
        """Set the title, where it fits, and the keys."""
        self.say(self.title if self._fits(self.content_size.width - 1) else "", keys)

    def sentence(self, choice: Choice, width: int) -> list[Content]:
        """A choice over as many lines as its label needs."""
        lines = layout.wrapped(choice.label, width - 4, choice.style) or [layout.BLANK]
        return layout.hanging(
            layout.row(layout.keycap(choice.key), " "), [layout.left(line, width - 4) for line in lines]
        )

    def on_click(self, event: events.Click) -> None:
        """If no line is marked, the first click chooses a line."""
        spot = event.get_content_offset(self)
        if not self.choosable and spot and 0 <= spot.y < len(self._block_of_line) and self._block_of_line[spot.y] >= 0:
            self.post_message(self.Opened(self, self._block_of_line[spot.y]))

    def show_hidden(self, above: int, below: int) -> None:
        """Show on the border what to press."""
        are_numbers = all(choice.key.isdigit() for choice in self.items)
        usual = _("number, or ↑↓ Enter · Esc Cancel") if are_numbers else _("letter, or ↑↓ Enter · Esc Cancel")
        self.say_on_border(with_keys(say_hidden(above, below), self.keys or usual, self.outer_size.width))


class Chooser(Dialog[str]):
    """Answers the value of the line whose letter was pressed, or that was entered or clicked.

    `more`: letters that choose what is not listed, with the values they answer.
    `passing`: the choices are only offered. The dialog takes their letters, and a click on a line; every other key or
    click closes it and then does what it always does, escape only closes it. No line is marked.
    `chosen`: the index of the line that enter takes, unless another is chosen: the likeliest answer.
    `worded`: the letters of the choices are those of their English words; another language has its own.
    `own`: the answer that asks for own words. Then a letter that is no choice begins these words, and so does a choice
    with more typed behind it in one burst: `launch week` is not `l`. What was typed goes to the line that opens.
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
        worded: bool = False,
    ) -> None:
        super().__init__()
        if worded:
            choices = with_own_letters(choices)
        assert not (passing and own), "an offer takes letters alone"
        self._title, self._choices, self._chosen = title, choices, chosen
        self._values = {**(more or {}), **{choice.key: choice.value for choice in choices if choice.key}}
        self._passing, self._own = passing, own
        #: The choice that was pressed and what was typed behind it, until nothing more comes in the same burst.
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Only the list."""
        choices = Choices(self._choices, self._title)
        choices.chosen = self._chosen
        if self._passing:
            choices.choosable, choices.keys = False, _("letter to answer · any other key closes")
        width = min(60, self.app.size.width * 94 // 100) - OUTSIDE
        choices.styles.height = min(choices.lines_needed(width), 16) + 2
        yield choices

    def on_key(self, event: events.Key) -> None:
        """Letters first: each may be a choice, even j and k. A key that chooses nothing does nothing."""
        if self.answered:
            return  # typed ahead: it goes to the screen that is shown now
        event.stop()
        rows, character = self.query_one(Choices), event.character or ""
        if self._typed:
            self._type_on(event)
        elif self._own and character.isalnum() and self._values.get(character) != self._own:
            self._typed = character
            self.call_after_refresh(self._when_still)
        elif character in self._values:
            self.answer(self._values[character])
        elif self._passing:
            self.answer()
            if event.key != "escape":
                self._keyboard.redeliver(event)
        elif event.key in ("up", "down"):
            rows.move(-1 if event.key == "up" else 1)
        elif event.key == "enter" and self._choices:
            self.answer(self._choices[rows.chosen].value)
        elif event.key == "escape":
            self.answer()

    def _type_on(self, event: events.Key) -> None:
        """A key after another in one burst: a letter continues the words, any other key comes after them."""
        if event.is_printable and event.character:
            self._typed += event.character
            self.call_after_refresh(self._when_still)
        else:
            self._keyboard.redeliver(event)
            self._resolve_typed()

    def _when_still(self) -> None:
        """Decide what was typed, once no more keys came in the same burst."""
        if not self._keyboard.typed_ahead:
            self._resolve_typed()

    def _resolve_typed(self) -> None:
        """One key is a choice; several are words, and are typed again into the line for them."""
        typed, self._typed = self._typed, ""
        if not typed or self.answered:
            return
        if typed in self._values:
            self.answer(self._values[typed])
            return
        self.answer(self._own)
        self._keyboard.redeliver(*(Key(_character_to_key(character), character) for character in typed))

    @property
    def _keyboard(self) -> Keyboard:
        assert isinstance(self.app, Keyboard), "there is no other app"
        return self.app

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click on a line."""
        message.stop()
        self.answer(self._choices[message.index].value)

    def mouse_pressed(self, x: int, y: int) -> None:
        """A mouse button was pressed at that cell: outside an offer it closes the offer first."""
        if self._passing and self.get_widget_at(x, y)[0] is self:
            self.answer()
