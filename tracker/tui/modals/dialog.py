"""What dialogs are made of: a box that answers once, a list, a page to read, choices, a line of words, a search."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, Static

from tracker.calendar.words import plain
from tracker.domain.errors import TrackerError
from tracker.domain.text import LINE_BREAK
from tracker.formatting.text import capitalized
from tracker.locale import _, language
from tracker.tui import layout
from tracker.tui.base_app import Answer, Modal
from tracker.tui.keys import hidden_bindings, key_name, line_keys, offered_keys, say_key, say_offered
from tracker.tui.notifications import notify_error
from tracker.tui.widgets.key_lines import DOT, Keycaps
from tracker.tui.widgets.panel import CORNERS, Rows, ScrollingPanel, say_hidden, with_keys

#: Draws the lines of a page for a width in cells.
PageWriter = Callable[[int], list[Content]]
#: Whole lines that a line could become, the likeliest first.
Completer = Callable[[str], list[str]]


class Dialog(Modal[Answer]):
    """A modal screen that escape, or a click outside its box, closes without an answer.

    The answer is handed to `then` in the same step that closes the dialog. Textual's own way, a callback after the
    screen is gone, leaves a moment in which keys typed ahead (the text after `s l`) would reach the screen below.
    """

    AUTO_FOCUS = ""
    BINDINGS = hidden_bindings(("escape", "leave"))

    def answer(self, value: Answer | None = None) -> None:
        """Close, once, and hand on a value that is not None. A TrackerError of `then` is shown as a toast."""
        if self.answered:
            return
        self.answered = True
        self.app.pop_screen()
        if value is not None and self.then is not None:
            try:
                self.then(value)
            except TrackerError as error:
                notify_error(self.app, error)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.answer()

    def on_click(self, event: events.Click) -> None:
        """A click outside the box closes the dialog; on a key that its border names, it is a press of that key."""
        if self.answered:
            return
        widget = self.get_widget_at(event.screen_x, event.screen_y)[0]
        if widget is self:
            self.answer()
        elif key := key_on_border(widget, event.screen_x, event.screen_y):
            self.press(key)

    def press(self, key: str) -> None:
        """Do what a press of that key does: a name of Textual's, or a character."""
        # As from the terminal: a message does not bubble from a focused line to the dialog that sent it.
        self.app.post_message(_key_event(key).set_sender(self.app))


def _key_event(key: str) -> events.Key:
    """A press of a key: a name of Textual's, or a character."""
    return events.Key(key_name(key), key) if len(key) == 1 else events.Key(key, None)


#: The keys behind the signs that stand for them.
SIGNS = {"⏎": "enter", "⌫": "backspace", "⇥": "tab", "esc": "escape", "↑↓": "down", "←→": "right"}


def key_on_border(widget: Widget, x: int, y: int) -> str | None:
    """The key that the words at a cell of the screen name, if they are at the right of the widget's lower border.

    `Enter Save · Esc Cancel`: a part begins with its key, or has one in it.
    """
    words = str(widget.border_subtitle or "")
    region = widget.region
    at = x - (region.right - 3 - cell_len(words))  # corner, line and blank
    if y != region.bottom - 1 or not 0 <= at < cell_len(words):
        return None
    part = words[: len(words) if DOT not in words[at:] else words.index(DOT, at)].rpartition(DOT)[2]
    first = part.partition(" ")[0]
    if first in SIGNS or (len(first) == 1 and first.isascii()):
        return SIGNS.get(first, first)
    named = {_("Enter"): "enter", _("Esc"): "escape", "Tab": "tab"}
    keys = [named[word] for word in part.replace(",", " ").split() if word in named]
    return keys[0] if len(keys) == 1 else None


class KeycapDialog(Dialog[Answer]):
    """A dialog in which a click on a keycap is a press of its key.

    It may offer actions of the table in keys.py, each by the key that the user has for it.
    """

    #: What a click stands for, where the sign on the keycap is not the key.
    CLICKED = SIGNS
    #: The ids of the actions that are done here, on what the dialog shows.
    OFFERS: Sequence[str] = ()
    #: The action that opens the dialog, whose key also closes it; empty for none.
    OPENED_BY = ""

    def offered(self) -> dict[str, str]:
        """The id of the action of each key that is not the dialog's own."""
        lists = [vars(base).get("BINDINGS", ()) for base in type(self).__mro__]
        own = {key for rows in lists for row in rows if isinstance(row, Binding) for key in row.key.split(",")}
        return offered_keys(filter(None, (*self.OFFERS, self.OPENED_BY)), self.base_app.keymap_changed, own)

    def key_of(self, action: str) -> str:
        """The key of an action that is offered here, as a reader knows it; empty where none is left for it."""
        return say_offered(action, self.offered())

    def on_key(self, event: events.Key) -> None:
        """Do an action of the table; a key typed ahead of another dialog goes to that dialog."""
        if self.answered or self.app.screen is not self:
            return
        action = self.offered().get(event.key)
        if action:
            event.stop()
            self.perform(action)

    def perform(self, action: str) -> None:
        """Do an action that is offered here; that which opened the dialog closes it."""
        if action == self.OPENED_BY:
            self.action_leave()
        else:
            self.base_app.perform(action)

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """Press the key that was clicked."""
        message.stop()
        named = {say_key(key): key for key in self.offered()}
        self.press(named.get(message.key) or self.CLICKED.get(message.key, message.key))


class ListDialog(KeycapDialog[Answer]):
    """A dialog around one list (`Rows`), through which the arrows, j, k and the page keys move."""

    BINDINGS = hidden_bindings(*line_keys("move", 10), ("q", "leave"))

    def action_move(self, steps: int) -> None:
        """Choose the line `steps` further down."""
        self.query_one(Rows).move(steps)

    async def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click on a line opens it, as enter does."""
        message.stop()
        await self.run_action("open")

    def action_open(self) -> None:
        """Do what enter does with the chosen line."""
        raise NotImplementedError


class Sheet(ScrollingPanel):
    """The lines of a page, written once for a size of the screen, of which a window is seen.

    `keys`: words for the border about its keys; none where keycaps below name them.
    """

    def __init__(self, title: str, write: PageWriter, keys: str = "") -> None:
        super().__init__(id="sheet")
        self.title, self.write, self.keys = title, write, keys
        self._written: tuple[object, list[Content]] = (None, [])

    def rewrite(self) -> None:
        """Write the lines again, because their content has changed."""
        self._written = (None, [])
        self.redraw()

    def lines(self, width: int, height: int) -> list[Content]:
        """All lines. They are written again only for another size, not for each arrow key."""
        if self._written[0] != (width, self.app.size):
            self._written = ((width, self.app.size), self.write(width))
        return self._written[1]

    def hint(self) -> str:
        """The keys of the page."""
        return self.keys


class Page(KeycapDialog[str]):
    """A page to read, closed by escape, enter, q or the key that opened it."""

    BINDINGS = hidden_bindings(("enter,q,question_mark,f1,space", "leave"), *line_keys("scroll", 15))

    def __init__(self, title: str, write: PageWriter) -> None:
        super().__init__()
        self._title, self._write = title, write

    def compose(self) -> ComposeResult:
        """Only the sheet."""
        yield Sheet(self._title, self._write, _("Esc Close"))

    def action_scroll(self, lines: int) -> None:
        """Scroll by `lines` lines."""
        self.query_one(Sheet).scroll_by(lines)


class ShortPage(Page):
    """A page in a box no higher than it needs."""

    def on_mount(self) -> None:
        """As high as the text."""
        sheet = self.query_one(Sheet)
        width = min(self.app.size.width * 94 // 100, 100) - 4
        sheet.styles.height = min(len(self._write(width)) + 2, self.app.size.height * 9 // 10)


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


def own_letters(choices: Sequence[Choice]) -> list[Choice]:
    """The choices with letters of their words, for a reader whose words begin otherwise than the English ones.

    A choice gets the first letter of one of its words that is free, else any other letter of them. Where none is free,
    a choice that has one of them takes another one of its own. Where none can, the choice gets a key of LETTERS. A key
    that is no letter stays.
    """
    fixed = {choice.key for choice in choices if not choice.key.isalpha()}
    words = [re.findall(r"[a-z]+", plain(choice.label)) for choice in choices]
    own = [dict.fromkeys((*(word[0] for word in label), *"".join(label))) for label in words]
    owners: dict[str, int] = {}

    def give(index: int, wanted: dict[str, None], tried: set[str]) -> bool:
        """Give a choice a free letter of those wanted, else one whose owner can take another: an augmenting path."""
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


def lettered(choices: Iterable[Choice]) -> list[Choice]:
    """The choices with the keys of LETTERS, in their order."""
    return [choice._replace(key=key) for key, choice in zip(LETTERS, choices, strict=False)]


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
        return [[self._line(choice, label, width - label - 4)] for choice in self.items]

    def _line(self, choice: Choice, label: int, detail: int) -> Content:
        words = layout.column(choice.label, label, choice.style)
        return layout.row(layout.keycap(choice.key), " ", words, layout.left(choice.detail, detail, "$faint"))

    def lines_needed(self, width: int) -> int:
        """The number of lines that all choices, and a title that the border is too short for, take in `width` cells."""
        return sum(len(block) for block in self.blocks(width, 0)) + len(self.head(width))

    def head(self, width: int) -> list[Content]:
        """The title, where the border is too short for it."""
        return [] if self._fits(width) else layout.wrapped(self.title, width, "bold $primary")

    def _fits(self, width: int) -> bool:
        return cell_len(self.title) <= width + OUTSIDE - CORNERS

    def sentence(self, choice: Choice, width: int) -> list[Content]:
        """A choice over as many lines as its label needs."""
        lines = layout.wrapped(choice.label, width - 4, choice.style) or [layout.BLANK]
        key = layout.row(layout.keycap(choice.key), " ")
        return layout.hanging(key, [layout.left(line, width - 4) for line in lines])

    def on_click(self, event: events.Click) -> None:
        """If no line is marked, the first click chooses a line."""
        spot = event.get_content_offset(self)
        if not self.choosable and spot and 0 <= spot.y < len(self._block_of_line) and self._block_of_line[spot.y] >= 0:
            self.post_message(self.Opened(self, self._block_of_line[spot.y]))

    def show_hidden(self, above: int, below: int) -> None:
        """Show on the border what to press."""
        are_numbers = all(choice.key.isdigit() for choice in self.items)
        usual = _("number, or ↑↓ Enter · Esc Cancel") if are_numbers else _("letter, or ↑↓ Enter · Esc Cancel")
        keys = with_keys(say_hidden(above, below), self.keys or usual, self.outer_size.width)
        self.say(self.title if self._fits(self.content_size.width - 1) else "", keys)


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
        if worded and language() != "en":
            choices = own_letters(choices)
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
                self.base_app.redeliver(event)
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
            self.base_app.redeliver(event)
            self._resolve_typed()

    def _when_still(self) -> None:
        """Decide what was typed, once no more keys came in the same burst."""
        if not self.base_app.typed_ahead:
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
        self.base_app.redeliver(*map(_key_event, typed))

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click on a line."""
        message.stop()
        self.answer(self._choices[message.index].value)

    def mouse_pressed(self, x: int, y: int) -> None:
        """A mouse button was pressed at that cell: outside an offer it closes the offer first."""
        if self._passing and self.get_widget_at(x, y)[0] is self:
            self.answer()


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
        """Stop the blinking."""
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


class LineDialog(Dialog[Answer]):
    """Answers the value that `read` makes of the line; `read` also returns that value in words, to be shown.

    `example`: stands in the empty line, introduced as an example; `placeholder`: stands there unchanged.
    `value`: stands in the line, selected, so that typing replaces it; with `before`, typing goes in front of it.
    `verb`: what enter does; `empty_verb`: what it does while the line is empty, if that is something else.
    `complete`: gives completions; `hint`: words below the line while there are none.
    `several`: pasted lines are read as several. They stand in the line with a sign for each end of a line, and the
    dialog shows the meaning of each.
    `save`: saves the answer while the dialog is still open. A TrackerError of it is shown like one of `read`.
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
        save: Callable[[Answer], object] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._read, self._value, self._before, self._save = title, read, value, before, save
        self._placeholder = _("e.g. {example}").format(example=example) if example else placeholder
        self._complete, self._hint, self._several = complete, hint, several
        self._verb = verb or _("Save")
        self._empty_verb = empty_verb or self._verb

    def compose(self) -> ComposeResult:
        """The line, its meaning, and its completions."""
        with Vertical(id="line-box") as box:
            box.border_title = layout.title(self._title)
            suggester = LineSuggester(self._complete) if self._complete else None
            line = LineInput(self._value, self._placeholder, suggester=suggester, compact=True, select_on_focus=False)
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
        rows = []
        try:
            rows = self._read(line)[1].split("\n")
            meaning = Content("\n").join(layout.row(("→ ", "$good"), row) for row in rows)
        except TrackerError as error:
            untouched = not line.strip() or line == self._value
            meaning = layout.text(capitalized(str(error)), "$faint" if untouched else "$flag")
        preview.set_class(LINE_BREAK in line, "-several")
        preview.set_class(len(rows) > 1, "-rows")
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
            if self._save:
                self._save(value)
        except TrackerError as error:
            self.refuse(error)
        else:
            self.answer(value)

    def refuse(self, error: TrackerError) -> None:
        """Show why the line cannot be saved."""
        self.query_one("#line-preview", Static).update(layout.text(capitalized(str(error)), "bold $flag"))

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A key below the line was clicked: a letter or a digit goes in front of the line, any other is pressed.

        It takes the place of a first word of one letter.
        """
        if message.key.isalnum():
            line = self.query_one(LineInput)
            first, _space, rest = line.value.partition(" ")
            line.value = f"{message.key} {rest if len(first) == 1 else line.value}".strip() + " "
            line.cursor_position = len(line.value)
        else:
            self.press(SIGNS.get(message.key) or message.key.replace("^", "ctrl+"))


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
        """Search once all keys that wait are typed: a message takes the place of an earlier one that waits."""
        event.stop()
        self.post_message(self.Typed())

    def on_search_dialog_typed(self) -> None:
        """Search."""
        words = self.query_one(SteadyInput).value
        if words != self.words:
            self.words = words
            self._rows.find(words)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the chosen row of what was typed."""
        self.on_search_dialog_typed()
        self.on_rows_opened(event)

    def on_rows_opened(self, message: Message) -> None:
        """Open the row that was clicked a second time."""
        message.stop()
        if self._rows.items:
            self.answer(self._rows.items[self._rows.chosen])

    def action_move(self, steps: int) -> None:
        """Choose the row `steps` further down."""
        self._rows.move(steps)
