"""The first run: a greeting on a file without records, five questions, then the history found here.

Enter alone skips a question; escape cancels the rest. Each answer is saved at once, as a setting. Nothing is recorded
in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.content import Content

from tracker import settings
from tracker.domain.errors import TrackerError
from tracker.domain.models import Channel
from tracker.locale import _, language
from tracker.services import channel_editing, live_workspace, queries
from tracker.tui import layout, theme
from tracker.tui.base_app import OPEN_DEMO, BaseApp
from tracker.tui.keys import hidden_bindings, line_keys
from tracker.tui.modals.dialog import Choice, Chooser, Dialog, LineDialog, ShortPage
from tracker.tui.modals.settings_dialog import LANGUAGE_NAMES, save_setting
from tracker.tui.notifications import notify_error
from tracker.tui.widgets.panel import CORNERS, Rows, say_hidden
from tracker.workspace import Workspace


class ChannelRows(Rows):
    """A row for each channel: ticked or not, its letter, its name."""

    def __init__(self, channels: Sequence[Channel], ticked: set[str], title: str) -> None:
        super().__init__(id="choices")
        self.items: Sequence[Channel] = channels
        self.ticked, self.title = ticked, title
        self._ticked_before = frozenset(ticked)
        #: Whether the next key is the letter of the chosen channel.
        self.asks_letter = False

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """`✓ l LinkedIn`."""
        return [[self._line(channel)] for channel in self.items]

    def tick(self, index: int) -> None:
        """Choose a channel, and tick it or not any more."""
        self.choose(index)
        self.ticked ^= {self.items[index].name}
        self.redraw()

    def _line(self, channel: Channel) -> Content:
        tick = theme.YES if channel.name in self.ticked else " "
        name = (f" {channel.title}", theme.hue(channel.name))
        return layout.row((f"{tick} ", "bold $good"), layout.keycap(channel.letter), name)

    def show_hidden(self, above: int, below: int) -> None:
        """The keys on the border; how many channels are out of sight stands behind the title."""
        hidden = say_hidden(above, below)
        self.say(f"{self.title}  {hidden}" if hidden else self.title, self.hint())

    def hint(self) -> str:
        """The keys that do something now."""
        if self.asks_letter:
            return _("Press the new letter · Esc Cancel")
        verb = _("Save") if self.ticked != self._ticked_before else _("Skip")
        whole = _("letter Tick · = Change its letter · Enter {verb} · Esc Cancel").format(verb=verb)
        room = self.outer_size.width - CORNERS
        return whole if cell_len(whole) <= room else _("letter Tick · Enter {verb} · Esc Cancel").format(verb=verb)


class ChannelQuestion(Dialog["list[str]"]):
    """Answers the names of the ticked channels. A letter ticks its channel; `=` changes a letter."""

    BINDINGS = hidden_bindings(("enter", "save"), ("space", "tick"), *line_keys("move", 10, letters=False))

    def __init__(self, workspace: Workspace, title: str, ticked: Sequence[str]) -> None:
        super().__init__()
        self._workspace, self._title, self._ticked = workspace, title, ticked

    def compose(self) -> ComposeResult:
        """Only the list."""
        channels = [channel for channel in queries.channels(self._workspace) if channel.kind != "focus"]
        rows = ChannelRows(channels, set(self._ticked), self._title)
        rows.styles.height = min(len(channels) + 2, self.app.size.height - 2, 20)
        yield rows

    def on_key(self, event: events.Key) -> None:
        """A letter ticks its channel; while a new letter is asked for, it becomes that of the chosen channel."""
        rows = self.query_one(ChannelRows)
        letters = [channel.letter for channel in rows.items]
        if self.answered:
            return
        if rows.asks_letter:
            self._give(rows, event)
        elif event.character == "=":
            rows.asks_letter = True
            rows.redraw()
        elif event.character and event.character in letters:
            rows.tick(letters.index(event.character))
        else:
            return
        event.stop()

    def action_move(self, steps: int) -> None:
        """Choose the channel `steps` further down."""
        self.query_one(ChannelRows).move(steps)

    def action_tick(self) -> None:
        """Tick the chosen channel, or not any more."""
        rows = self.query_one(ChannelRows)
        rows.tick(rows.chosen)

    def _give(self, rows: ChannelRows, event: events.Key) -> None:
        """Give the chosen channel the letter that was pressed; any other key, such as escape, gives it none."""
        rows.asks_letter = False
        if event.character and event.character.isalpha():
            try:
                channel_editing.take_letter(self._workspace, rows.items[rows.chosen].name, event.character)
            except TrackerError as error:
                notify_error(self.app, error)
            by_name = {channel.name: channel for channel in queries.channels(self._workspace)}
            rows.items = [by_name[channel.name] for channel in rows.items]
        rows.redraw()

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click on a row ticks it."""
        message.stop()
        self.query_one(ChannelRows).tick(message.index)

    def action_save(self) -> None:
        """Answer what is ticked."""
        rows = self.query_one(ChannelRows)
        self.answer([channel.name for channel in rows.items if channel.name in rows.ticked])


def greet(app: BaseApp) -> None:
    """Ask how to begin, in a box as wide as the lines of the welcome; enter sets up, escape closes the question."""
    live_workspace.note_greeted(app.workspace)
    choices = [
        Choice("s", _("Set up"), "setup", _("five questions, one minute"), style="bold $good"),
        Choice("d", _("See the demo"), "demo", _("a made-up year")),
        Choice("n", _("Start without setup"), "none"),
    ]

    def answered(answer: str) -> None:
        if answer == "setup":
            set_up(app)
        elif answer == "demo":
            _open_demo(app)

    app.ask(Chooser(_("How do you want to begin?"), choices, worded=True).add_class("-wide-box"), answered)


def _open_demo(app: BaseApp) -> None:
    """Leave for the demo. While its files are made, in a thread, a page says so; escape stays here."""
    make, message = app.make_demo, _("Making the made-up year: a few seconds …")
    if make is None:
        app.exit(return_code=OPEN_DEMO)
        return
    page = ShortPage(_("See the demo"), lambda width: layout.wrapped(message, width))

    def leave() -> None:
        if not page.answered:
            app.exit(return_code=OPEN_DEMO)

    def make_and_leave() -> None:
        try:
            make()
        finally:  # what went wrong is said where the demo is opened
            app.call_from_thread(leave)

    app.push_screen(page)
    app.run_worker(make_and_leave, thread=True, exit_on_error=False)


def set_up(app: BaseApp) -> None:
    """Ask the five questions one after the other, then look for history on this machine."""
    questions = (_ask_language, _ask_channels, _ask_cost, _ask_budget, _ask_sleep)

    def ask(number: int) -> None:
        if number == len(questions):
            look_for_history(app)
        else:
            step_of = _("{n} of {all}").format(n=number + 1, all=len(questions))
            questions[number](app, step_of, partial(ask, number + 1))

    ask(0)


def _ask_language(app: BaseApp, step_of: str, then: Callable[[], None]) -> None:
    codes = list(LANGUAGE_NAMES)
    shown = app.workspace.settings.language or language()
    choices = [Choice(code[0], name, code) for code, name in LANGUAGE_NAMES.items()]

    def answered(code: str) -> None:
        if code != shown:
            save_setting(app, "language", code, shown=True)
        then()

    dialog = Chooser(f"{step_of} · Language · Langue", choices, chosen=codes.index(shown))
    app.ask(dialog.add_class("-wide-box"), answered)


def _ask_channels(app: BaseApp, step_of: str, then: Callable[[], None]) -> None:
    def answered(names: list[str]) -> None:
        if set(names) != set(ticked):
            save_setting(app, "channels", ", ".join(names), shown=True)
        then()

    ticked = [channel.name for channel in queries.offered(app.workspace)] if app.workspace.settings.channels else []
    title = _("{place} · Which channels do you use?").format(place=step_of)
    app.ask(ChannelQuestion(app.workspace, title, ticked), answered)


def _ask_cost(app: BaseApp, step_of: str, then: Callable[[], None]) -> None:
    """The cost of an hour, and with it the currency: `45 EUR`, `£45`; a currency alone is taken too."""

    def keep(text: str) -> None:
        before = app.workspace.settings
        cost, currency = _read_cost(before, text)
        if currency != before.currency:
            save_setting(app, "currency", currency, shown=True)
        if cost:
            save_setting(app, "hour_cost", cost, shown=True)

    def read(text: str) -> str:
        now = app.workspace.settings
        cost, currency = _read_cost(now, text)
        return settings.value_text(settings.with_typed(now, "hour_cost", cost), "hour_cost") if cost else currency

    title = _("{place} · What does an hour of your time cost?").format(place=step_of)
    hint = _("45 EUR or £45; Worth compares it with what a channel brings in")
    _ask_line(app, title, f"45 {app.workspace.settings.currency}", hint, read, keep, then)


def _read_cost(now: settings.Settings, text: str) -> tuple[str, str]:
    """The amount as typed, or nothing, and the currency it is in. Raises TrackerError for neither."""
    word = text.strip().upper()
    if word.isalpha() and len(word) == 3:
        return "", settings.with_typed(now, "currency", word).currency
    changed = settings.with_typed(now, "hour_cost", text)
    return text, changed.hour_cost_currency or now.currency


def _ask_budget(app: BaseApp, step_of: str, then: Callable[[], None]) -> None:
    title = _("{place} · How much social time a day, at most?").format(place=step_of)
    _ask_setting(app, "daily_budget", title, "1h30", _("the Timer shows how much of it is left"), then)


def _ask_sleep(app: BaseApp, step_of: str, then: Callable[[], None]) -> None:
    title = _("{place} · When do you sleep?").format(place=step_of)
    _ask_setting(app, "sleep", title, "23:00-07:00", _("so that checks at night are seen"), then)


def _ask_setting(app: BaseApp, name: str, title: str, example: str, hint: str, then: Callable[[], None]) -> None:
    """Ask for the value of a setting; an empty line leaves it as it is."""

    def read(text: str) -> str:
        return settings.value_text(settings.with_typed(app.workspace.settings, name, text), name)

    _ask_line(app, title, example, hint, read, lambda text: save_setting(app, name, text, shown=True), then)


def _ask_line(
    app: BaseApp,
    title: str,
    example: str,
    hint: str,
    read: Callable[[str], str],
    keep: Callable[[str], None],
    then: Callable[[], None],
) -> None:
    """Ask for one line; an empty one skips."""
    skip = _("skip; you can set it later in Settings [{key}]").format(key=app.key_of("settings"))

    def meaning(text: str) -> tuple[str, Content]:
        return (text, layout.text(read(text))) if text.strip() else ("", layout.text(skip, "$faint"))

    def answered(text: str) -> None:
        if text:
            keep(text)
        then()

    app.ask(LineDialog(title, meaning, example=example, hint=hint, empty_verb=_("Skip")), answered)


def look_for_history(app: BaseApp) -> None:
    """Show what could be imported; where this machine has no history, how to begin."""
    if live_workspace.has_history():
        from tracker.tui.modals.import_screen import open_import

        open_import(app)
    else:
        message = _("Ready. [{key}] starts a session, [{check}] logs a check.")
        app.announce(message.format(key=app.key_of("start"), check=app.key_of("check")))
