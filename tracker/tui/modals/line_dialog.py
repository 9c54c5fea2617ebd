"""A dialog of one line of words: read again at every key, with what it means shown at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Static

from tracker.calendar.session_line import LINE_BREAK
from tracker.domain.errors import TrackerError
from tracker.formatting.text import capitalized
from tracker.locale import _
from tracker.tui import layout
from tracker.tui.keys import hidden_bindings
from tracker.tui.modals.dialog import Answer, Dialog
from tracker.tui.screens.view import Live

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    #: Whole lines that a line could become, the likeliest first.
    Completer = Callable[[str], list[str]]


class LineSuggester(Suggester):
    """Completions of what is typed, from a function."""

    def __init__(self, complete: Completer) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """The likeliest completion."""
        return next(iter(self.complete(value)), None)


class SteadyInput(Input):
    """An input whose cursor does not blink, and that takes every line of what is pasted."""

    #: What stands between two pasted lines.
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
        """Set a likely value, selected: typing replaces it, an arrow or End keeps it to be continued."""
        self.value = value
        self.select_all()

    def take(self, words: str) -> None:
        """Insert words, or replace the selection, as typing them would."""
        self.replace(words, *self.selection)

    def put_in_front(self, word: str) -> None:
        """Put a word in front of the line, in place of a first word of one letter."""
        first, _space, rest = self.value.partition(" ")
        self.value = f"{word} {rest if len(first) == 1 else self.value}".strip() + " "
        self.cursor_position = len(self.value)


class LineInput(SteadyInput):
    """Tab takes the completion, as in a shell."""

    BINDINGS = hidden_bindings("line", ("complete", "tab", "complete", "Complete", "take the completion"))

    def action_complete(self) -> None:
        """Take the completion and a space: the next word can be typed at once."""
        if self.cursor_at_end and self._suggestion:
            self.value = self._suggestion.rstrip() + " "
            self.cursor_position = len(self.value)
        else:
            self.action_cursor_right()


class LineDialog(Dialog[Answer], Live):
    """Answers the value that `read` makes of the line; `read` also returns that value in words, to be shown.

    `example`: stands in the empty line, introduced as an example; `placeholder`: stands there as it is.
    `value`: stands in the line, selected, so that typing replaces it; with `before`, typing goes in front of it.
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
        several: bool = False,
    ) -> None:
        super().__init__()
        self._title, self._read, self._value, self._before = title, read, value, before
        self._placeholder = _("e.g. {example}").format(example=example) if example else placeholder
        self._complete, self._hint, self._several = complete, hint, several
        self._verb = verb or _("Save")

    def compose(self) -> ComposeResult:
        """The line, what it means, and what else it could be."""
        with Vertical(id="line-box") as box:
            box.border_title = layout.title(self._title)
            box.border_subtitle = _("Enter {verb} · Esc Cancel").format(verb=self._verb)
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
            yield from self.beside()

    def beside(self) -> ComposeResult:
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
        if line.has_focus or self.answered:
            return
        if event.is_printable and event.character:
            line.take(event.character)
            event.stop()
        elif event.key == "enter":
            await line.action_submit()
            event.stop()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the meaning of the line."""
        self._show(event.value)

    def reloaded(self) -> None:
        """Show the meaning again: settings or the log changed elsewhere, and enter keeps what is shown."""
        if self.is_mounted:
            self._show(self.query_one(LineInput).value)

    def _show(self, line: str) -> None:
        hint, preview = self._hint, self.query_one("#line-preview", Static)
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
        self.query_one("#line-hint", Static).update(layout.keyed(hint, "$faint"))

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
        """Show why the line cannot be kept."""
        self.query_one("#line-preview", Static).update(layout.text(capitalized(str(error)), "bold $flag"))
