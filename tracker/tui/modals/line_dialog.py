"""Dialogs of one line of words, which is read again at every key to show its meaning, or what contains its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from textual import events
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static

from tracker.calendar.session_line import LINE_BREAK
from tracker.domain.errors import TrackerError
from tracker.formatting.text import capitalized
from tracker.locale import _
from tracker.tui import layout
from tracker.tui.keys import hidden_bindings, line_keys
from tracker.tui.modals.dialog import Answer, Dialog
from tracker.tui.screens.view import Reloadable
from tracker.tui.widgets.panel import Rows, say_hidden, with_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    #: Whole lines that a line could become, the likeliest first.
    Completer = Callable[[str], list[str]]


class LineSuggester(Suggester):
    """Completions from a function."""

    def __init__(self, complete: Completer) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """The likeliest completion."""
        return next(iter(self.complete(value)), None)


class SteadyInput(Input):
    """An input whose cursor does not blink, and that takes every line of what is pasted."""

    #: The separator between two pasted lines.
    between = " "

    def on_mount(self) -> None:
        """Stop the cursor from blinking."""
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        """Take all lines; Textual's own handler takes the first and drops the others without a word."""
        event.prevent_default()
        event.stop()
        self.take(self._joined(event.text))

    def action_paste(self) -> None:
        """Paste what was cut or copied in the program, in the same way."""
        self.take(self._joined(self.app.clipboard))

    def _joined(self, text: str) -> str:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return self.between.join(lines) if len(lines) > 1 else text.strip("\r\n")

    def offer(self, value: str) -> None:
        """Set a likely value, selected: typing replaces it, an arrow or End continues it."""
        self.value = value
        self.select_all()

    def take(self, words: str) -> None:
        """Insert words, or replace the selection, as typing them would."""
        self.replace(words, *self.selection)

    def take_early(self, event: events.Key) -> bool:
        """Insert a character that was typed before the input had the focus; returns whether it was one."""
        if self.has_focus or not event.is_printable or not event.character:
            return False
        event.stop()
        self.take(event.character)
        return True

    def put_in_front(self, word: str) -> None:
        """Put a word in front of the line, in place of a first word of one letter."""
        first, _space, rest = self.value.partition(" ")
        self.value = f"{word} {rest if len(first) == 1 else self.value}".strip() + " "
        self.cursor_position = len(self.value)


class LineInput(SteadyInput):
    """Tab takes the completion, as in a shell."""

    BINDINGS = hidden_bindings(("tab", "complete"))

    def action_complete(self) -> None:
        """Take the completion and a space: the next word can be typed at once."""
        if self.cursor_at_end and self._suggestion:
            self.value = self._suggestion.rstrip() + " "
            self.cursor_position = len(self.value)
        else:
            self.action_cursor_right()


class LineDialog(Dialog[Answer], Reloadable):
    """Answers the value that `read` makes of the line; `read` also returns that value in words, to be shown.

    `example`: stands in the empty line, introduced as an example; `placeholder`: stands there unchanged.
    `value`: stands in the line, selected, so that typing replaces it; with `before`, typing goes in front of it.
    `verb`: what enter does; `empty_verb`: what it does while the line is empty, if that is something else.
    `complete`: gives completions; `hint`: words below the line while there are none.
    `several`: pasted lines are read as several. They stand in the line with a sign for each end of a line, and the
    dialog shows the meaning of each.
    """

    def __init__(
        self,
        title: str,
        read: Callable[[str], tuple[Answer, Content]],
        *,
        placeholder: str = "",
        example: str = "",
        value: str = "",
        before: bool = False,
        complete: Completer | None = None,
        hint: str = "",
        verb: str = "",
        empty_verb: str = "",
        several: bool = False,
    ) -> None:
        super().__init__()
        self._title, self._read, self._value, self._before = title, read, value, before
        self._placeholder = _("e.g. {example}").format(example=example) if example else placeholder
        self._complete, self._hint, self._several = complete, hint, several
        self._verb = verb or _("Save")
        self._empty_verb = empty_verb or self._verb

    def compose(self) -> ComposeResult:
        """The line, its meaning, and its completions."""
        with Vertical(id="line-box") as box:
            box.border_title = layout.title(self._title)
            line = LineInput(
                value=self._value,
                placeholder=self._placeholder,
                suggester=LineSuggester(self._complete) if self._complete else None,
                compact=True,
                select_on_focus=False,
            )
            if self._several:
                line.between = f" {LINE_BREAK} "
            yield line
            yield Static(id="line-preview", markup=False)
            yield Static(id="line-hint", markup=False)
            yield from self.compose_below()

    def compose_below(self) -> ComposeResult:
        """What a dialog shows below its line."""
        yield from ()

    def on_mount(self) -> None:
        """Focus the line."""
        line = self.query_one(LineInput)
        line.focus()
        if self._before:
            line.cursor_position = 0
        else:
            line.select_all()
        self._show(self._value)

    async def on_key(self, event: events.Key) -> None:
        """Keys typed ahead, before the line had the focus."""
        line = self.query_one(LineInput)
        if self.answered or line.has_focus or line.take_early(event):
            return
        if event.key == "enter":
            event.stop()
            await line.action_submit()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the meaning of the line."""
        self._show(event.value)

    def reloaded(self) -> None:
        """Show the meaning again: settings or the log changed elsewhere, and enter saves what is shown."""
        if self.is_mounted:
            self._show(self.query_one(LineInput).value)

    def _show(self, line: str) -> None:
        hint, preview = self._hint, self.query_one("#line-preview", Static)
        verb = self._verb if line.strip() else self._empty_verb
        self.query_one("#line-box").border_subtitle = _("Enter {verb} · Esc Cancel").format(verb=verb)
        preview.set_class(LINE_BREAK in line, "-several")
        preview.remove_class("-rows")
        try:
            rows = self._read(line)[1].split("\n")
            meaning = Content("\n").join(layout.row(("→ ", "$good"), row) for row in rows)
            preview.set_class(len(rows) > 1, "-rows")
        except TrackerError as error:
            meaning = layout.text(
                capitalized(str(error)), "$faint" if not line.strip() or line == self._value else "$flag"
            )
        if self._complete and line.strip() and LINE_BREAK not in line:
            completions = [completion for completion in self._complete(line) if completion != line][:4]
            if completions:
                common = line.rpartition(" ")[0]
                hint = _("[Tab] ") + "  ".join(text.removeprefix(common).strip() for text in completions)
        preview.update(meaning)
        self.query_one("#line-hint", Static).update(layout.keyed(hint))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer what was read; a line that cannot be read stays, with the reason."""
        event.stop()
        try:
            value = self._read(event.value)[0]
        except TrackerError as error:
            self.refuse(error)
        else:
            self.answer(value)

    def refuse(self, error: TrackerError) -> None:
        """Show why the line cannot be saved."""
        self.query_one("#line-preview", Static).update(layout.text(capitalized(str(error)), "bold $flag"))


class SearchRows(Rows, Generic[Answer]):
    """The list of a search dialog: what has the words that are typed."""

    items: Sequence[Answer] = ()

    def find(self, text: str) -> None:
        """List what has the words of `text`, and draw it."""
        raise NotImplementedError

    def say_on_box(self, title: str, above: int, below: int) -> None:
        """Set the border of the box around the list: its title, and what is out of sight or can be pressed."""
        box = self.parent
        if isinstance(box, Vertical):
            box.border_title = title
            box.border_subtitle = with_keys(say_hidden(above, below), _("Enter Open · Esc Close"), box.outer_size.width)


class SearchDialog(Dialog[Answer]):
    """A line to type into, above the list of what has these words; answers the row that is opened."""

    BINDINGS = hidden_bindings(*line_keys("move", 8, letters=False))

    class Typed(Message):
        """The line has changed. Of several that wait, only the last is searched."""

        def can_replace(self, message: Message) -> bool:
            """A newer one makes this one needless."""
            return isinstance(message, SearchDialog.Typed)

    def __init__(self, name: str, placeholder: str, rows: SearchRows[Answer], words: str = "") -> None:
        """`name`: the id of the box, and with `-line` that of its line; `words`: what is looked for at first."""
        super().__init__()
        self._name, self._placeholder, self._rows = name, placeholder, rows
        #: What is looked for.
        self.words = words

    def compose(self) -> ComposeResult:
        """The line above the list."""
        with Vertical(id=f"{self._name}-box"):
            yield SteadyInput(id=f"{self._name}-line", compact=True, placeholder=self._placeholder)
            yield self._rows

    def on_mount(self) -> None:
        """List what was looked for last."""
        line = self.query_one(SteadyInput)
        line.focus()
        if self.words:
            line.offer(self.words)
        self._rows.find(self.words)

    def on_key(self, event: events.Key) -> None:
        """Hand keys that were typed before the line had the focus to it."""
        if not self.answered:
            self.query_one(SteadyInput).take_early(event)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search, once the keys that wait are typed."""
        event.stop()
        self.post_message(self.Typed())

    def on_search_dialog_typed(self) -> None:
        """Search."""
        self._search()

    def _search(self) -> None:
        words = self.query_one(SteadyInput).value
        if words != self.words:
            self.words = words
            self._rows.find(words)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the chosen row of what was typed."""
        event.stop()
        self._search()
        self._open()

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """Open the row that was clicked a second time."""
        message.stop()
        self._open()

    def _open(self) -> None:
        if self._rows.items:
            self.answer(self._rows.items[self._rows.chosen])

    def action_move(self, steps: int) -> None:
        """Choose the row `steps` further down."""
        self._rows.move(steps)
