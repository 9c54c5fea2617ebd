"""One line of words: read anew at every key, and told at once what it will become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Static

from tracker.calendar.lines import BREAK
from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.tui import ink
from tracker.tui.modals.dialog import Answer, Dialog
from tracker.tui.screens.view import Live

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    #: Whole lines that a line could become, the likeliest first.
    Completer = Callable[[str], list[str]]


class Lines(Suggester):
    """Completions of what is typed, from a function."""

    def __init__(self, complete: Completer) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """The likeliest one."""
        return next(iter(self.complete(value)), None)


class SteadyInput(Input):
    """An input whose cursor does not blink, and that takes every line of what is pasted."""

    #: What stands between two pasted lines.
    between = " "

    def on_mount(self) -> None:
        """Hold the cursor still."""
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        """All of the lines; Textual's own takes the first and drops the others without a word."""
        event.prevent_default()
        event.stop()
        self.take(self._joined(event.text))

    def action_paste(self) -> None:
        """The same for what was cut or copied in the program."""
        self.take(self._joined(self.app.clipboard))

    def _joined(self, text: str) -> str:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return self.between.join(lines) if len(lines) > 1 else text.strip("\r\n")

    def offer(self, value: str) -> None:
        """What may be meant, taken whole: typing replaces it, an arrow or End keeps it to be written on."""
        self.value = value
        self.select_all()

    def take(self, words: str) -> None:
        """What keys typed before the line had the focus would have done."""
        self.replace(words, *self.selection)


class LineInput(SteadyInput):
    """Tab takes the completion, as in a shell."""

    BINDINGS = [
        Binding("tab", "complete", "Complete", show=False, id="line-complete", tooltip="take the completion"),
    ]

    def action_complete(self) -> None:
        """Take the completion, and the space behind it: the next word can be typed at once."""
        if self.cursor_at_end and self._suggestion:
            self.value = self._suggestion.rstrip() + " "
            self.cursor_position = len(self.value)
        else:
            self.action_cursor_right()


class LineDialog(Dialog[Answer], Live):
    """Answers what `read` makes of the line: the value that is handed on, and that value in words.

    An `example` stands in the empty line, and is told as one. A `value` stands there taken whole, so that typing
    replaces it; with `before`, typing goes in front of it. With `several`, pasted lines are read as several: they stand
    in the line with a sign for each end, and the dialog shows what becomes of each.
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
        several: bool = False,
    ) -> None:
        super().__init__()
        self._before, self._several = before, several
        placeholder = _("e.g. {example}").format(example=example) if example else placeholder
        self._title, self._read, self._placeholder, self._value = title, read, placeholder, value
        self._complete, self._hint = complete, hint

    def compose(self) -> ComposeResult:
        """The line, what it means, and what else it could be."""
        with Vertical(id="line-box") as box:
            box.border_title = ink.title(self._title)
            box.border_subtitle = _("⏎ keep · esc leave")
            line = LineInput(
                value=self._value,
                placeholder=self._placeholder,
                suggester=Lines(self._complete) if self._complete else None,
                compact=True,
                select_on_focus=False,
            )
            if self._several:
                line.between = f" {BREAK} "
            yield line
            yield Static(id="line-preview", markup=False)
            yield Static(id="line-hint", markup=False)
            yield from self.beside()

    def beside(self) -> ComposeResult:
        """What a dialog shows below its line."""
        yield from ()

    def on_mount(self) -> None:
        """The line is ready to be typed into."""
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
        """Read anew."""
        self._show(event.value)

    def reloaded(self) -> None:
        """Settings or the log changed elsewhere: what is shown is what enter keeps."""
        if self.is_mounted:
            self._show(self.query_one(LineInput).value)

    def _show(self, line: str) -> None:
        hint, preview = self._hint, self.query_one("#line-preview", Static)
        preview.set_class(BREAK in line, "-several")
        preview.remove_class("-rows")
        try:
            rows = self._read(line)[1].split("\n")
            says = Content("\n").join(ink.row(ink.text("→ ", "$good"), row) for row in rows)
            preview.set_class(len(rows) > 1, "-rows")
        except TrackerError as error:
            says = ink.text(str(error), "$faint" if not line.strip() or line == self._value else "$flag")
        if self._complete and line.strip() and BREAK not in line:
            offered = [found for found in self._complete(line) if found != line][:4]
            if offered:
                common = line.rpartition(" ")[0]
                hint = _("tab: ") + "  ".join(found.removeprefix(common).strip() for found in offered)
        preview.update(says)
        self.query_one("#line-hint", Static).update(ink.text(hint, "$faint"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Only what can be read is kept; the line stays otherwise."""
        event.stop()
        try:
            value = self._read(event.value)[0]
        except TrackerError as error:
            self.refuse(error)
        else:
            self.answer(value)

    def refuse(self, error: TrackerError) -> None:
        """Say loudly why the line cannot be kept."""
        self.query_one("#line-preview", Static).update(ink.text(str(error), "bold $flag"))
