"""One key chooses: a list with a letter for each line."""

from __future__ import annotations

from textual.content import Content
from textual.events import Key
from textual.keys import _character_to_key

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

    from tracker.tui.app import TrackerApp


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

    def more(self, above: int, below: int) -> None:
        """What to press."""
        self.say(self.title, out_of_sight(above, below) or _("letter, or ↑↓ ⏎"))


class Chooser(Dialog):
    """Answers the value of the line whose letter was pressed, or that was entered or clicked.

    `passing` is for a question that may be left alone: a key that chooses nothing leaves it, and does what it does.
    `chosen` is the line that enter takes, unless another is chosen: the likeliest answer.
    `own` is the answer that asks for one's own words, where one can give them. Then a letter that is no choice begins
    them, and so does a choice with more behind it in the same breath: `launch week` is not `l`. (Where the question is
    `passing`, a letter that is no choice is meant for the screen.) What is typed behind `own`, or behind an answer in
    `asks`, is for the line that these open.
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
        asks: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._chosen = chosen
        #: Letters that choose what is not listed.
        self._more = more or {}
        self._passing, self._own, self._asks = passing, own, (own, *asks)
        #: The choice that was pressed and what was typed behind it, until it is sure that nothing else comes.
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Only the list."""
        choices = Choices(self._choices, self._title)
        choices.chosen = self._chosen
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
        elif event.key in ("up", "down"):
            rows.move(-1 if event.key == "up" else 1)
        elif event.key == "enter" and self._choices:
            self.answer(self._choices[rows.chosen].value)
        elif event.key == "escape":
            self.answer()
        elif self._passing:
            self.answer()
            self._again(event)
        event.stop()  # a key that chooses nothing does nothing, here or later

    def _letters(self) -> dict[str, str]:
        """What each letter answers."""
        return {**self._more, **{choice.key: choice.value for choice in self._choices if choice.key}}

    def _writes(self, event: events.Key, letters: dict[str, str]) -> bool:
        """Whether one's own words may begin with this key."""
        sign = event.character or ""
        if sign in letters:
            return sign.isalnum() and letters[sign] not in self._asks
        return sign.isalnum() and not self._passing

    def _goes_on(self, event: events.Key) -> bool:
        """A key behind another in one breath: whether it goes on with the words; if not, they are settled first."""
        sign = event.character or ""
        if event.is_printable and sign and not (self._passing and sign.isdecimal()):
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

    def _app(self) -> TrackerApp:
        from tracker.tui.app import TrackerApp

        assert isinstance(self.app, TrackerApp), "there is no other"
        return self.app

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click on a line."""
        message.stop()
        self.answer(self._choices[message.index].value)
