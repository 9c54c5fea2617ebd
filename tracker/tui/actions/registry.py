"""Which function each action of the table in keys.py runs, and how users find it: by the help and by the palette."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.app import ComposeResult, SystemCommand
from textual.command import DiscoveryHit, Hit, Hits
from textual.containers import Vertical
from textual.content import Content
from textual.system_commands import SystemCommandsProvider
from textual.widgets import Input

from tracker import read_data
from tracker.calendar.words import plain
from tracker.domain.errors import TrackerError
from tracker.domain.models import ONLINE_KINDS
from tracker.formatting.text import capitalized
from tracker.formatting.times import format_clock
from tracker.locale import N_, _
from tracker.reports import record_wording
from tracker.services import queries
from tracker.tui import keys, layout
from tracker.tui.actions import prompts, timer_actions
from tracker.tui.base_app import BaseApp
from tracker.tui.modals.dialog import KeycapDialog, Sheet, SteadyInput
from tracker.tui.modals.start_dialog import NOT_NOW_KEY
from tracker.tui.screens.patterns_panel import PatternsPanel, patterns_on, patterns_today
from tracker.tui.theme import themes_in_order
from tracker.tui.widgets.log import Log

#: A title with its entries or sentences (without key).
Section = tuple[str, list["HelpEntry"]]


class _Later:
    """The modules of a package, each imported when it is first used: that takes some milliseconds, once.

    Those that no other module of the screens imports are 3 % of their memory.
    """

    def __init__(self, package: str) -> None:
        self._package = package

    def __getattr__(self, module: str) -> ModuleType:
        return import_module(f"{self._package}.{module}")


if TYPE_CHECKING:
    import tracker.tui.actions.day_actions
    import tracker.tui.actions.first_run
    import tracker.tui.actions.review_actions
    import tracker.tui.modals.evidence
    import tracker.tui.modals.habits_dialog
    import tracker.tui.modals.import_screen
    import tracker.tui.modals.settings_dialog

    actions, modals = tracker.tui.actions, tracker.tui.modals
else:
    actions, modals = _Later("tracker.tui.actions"), _Later("tracker.tui.modals")


def _move(app: BaseApp, steps: int) -> None:
    if rows := app.view.rows():
        rows.move(steps)


def _open(app: BaseApp) -> None:
    """The evidence of the chosen pattern; on the Day, the fields of the chosen session."""
    rows = app.view.rows()
    if app.view.has_class("-empty"):
        actions.first_run.greet(app)
    elif not isinstance(rows, PatternsPanel):
        actions.day_actions.edit_fields(app, prompts.chosen_id(app))
    elif item := rows.item():
        modals.evidence.open_evidence(app, item.finding.name, rows.loader or partial(patterns_today, app.workspace))


def _patterns(app: BaseApp) -> None:
    """The evidence of the chosen pattern; on the Day, of the burst the chosen line is part of, as of that day."""
    rows, workspace = app.view.rows(), app.workspace
    today = partial(patterns_today, workspace)
    if isinstance(rows, PatternsPanel) and rows.item():
        _open(app)
    elif isinstance(rows, Log) and rows.session_id() in rows.clustered:
        on_that_day = partial(patterns_on, workspace, app.shown_date())
        modals.evidence.open_evidence(app, "check_cluster", on_that_day, rows.session_id())
    else:
        modals.evidence.open_evidence(app, today()[0].finding.name, today)


def quit(app: BaseApp) -> None:
    """Leave the screens; the terminal then shows that a timer keeps running, or that the file was moved.

    It shows neither in the demo, whose file is deleted, nor if nothing can be recorded.
    """
    workspace = app.workspace
    try:
        workspace.check_file()
        session = None if app.demo or workspace.refusal else queries.running(workspace)
        if session:
            message = _("{channel} keeps running since {clock}; `tracker status` shows it, `tracker stop` stops it")
            clock = format_clock(session.start, session.zone)
            app.farewell = message.format(channel=app.title_of(session.channel), clock=clock)
        else:
            app.farewell = workspace.refusal if workspace.lost is not None else None
        app.save_view_state()
    except TrackerError as error:  # a file that cannot be read does not prevent leaving
        app.farewell = str(error)
    app.exit()


#: By the id of the action.
RUN: dict[str, Callable[[BaseApp], object]] = {
    "toggle": timer_actions.toggle,
    "start": timer_actions.start,
    "cancel": timer_actions.cancel,
    "extend": timer_actions.extend,
    "why": timer_actions.why,
    "check": timer_actions.check,
    **{name: partial(timer_actions.set_check_reason, name) for name in record_wording.CHECK_NOTES},
    "urge": timer_actions.urge,
    "pause": timer_actions.pause,
    "add": lambda app: actions.day_actions.add(app),
    "edit": lambda app: actions.day_actions.edit(app),
    "delete": lambda app: actions.day_actions.delete(app),
    "mark": lambda app: prompts.day_log(app).mark(),
    "unmark": lambda app: actions.day_actions.unmark(app),
    "filter": lambda app: actions.day_actions.filter_log(app),
    "fill": lambda app: actions.day_actions.fill(app),
    "sooner": lambda app: actions.day_actions.shift(app, -1),
    "later_on": lambda app: actions.day_actions.shift(app, 1),
    "repeat": lambda app: actions.day_actions.repeat(app),
    "split": lambda app: actions.day_actions.split(app),
    "merge": lambda app: actions.day_actions.merge(app),
    "jump": lambda app: actions.day_actions.jump(app),
    "find": lambda app: actions.review_actions.find(app),
    "import": lambda app: modals.import_screen.open_import(app),
    "undo": lambda app: actions.day_actions.undo(app),
    "redo": lambda app: actions.day_actions.redo(app),
    "task": lambda app: actions.day_actions.task(app),
    "task_done": lambda app: actions.day_actions.task_done(app),
    "outcome": lambda app: actions.day_actions.outcome(app),
    "contact": lambda app: actions.day_actions.contact(app),
    "people": lambda app: actions.day_actions.people(app),
    "note": lambda app: actions.day_actions.note(app),
    "zero": lambda app: actions.day_actions.zero(app),
    "close": lambda app: actions.day_actions.close(app),
    "habits": lambda app: modals.habits_dialog.open_habits(app),
    "earlier": lambda app: app.view.turn(-1, app.workspace),
    "later": lambda app: app.view.turn(1, app.workspace),
    "now": lambda app: app.view.back(app.workspace),
    "up": lambda app: _move(app, -1),
    "down": lambda app: _move(app, 1),
    "open": _open,
    "patterns": _patterns,
    "mute": timer_actions.mute,
    "expected": timer_actions.mark_expected,
    "show_again": timer_actions.show_again,
    "review": lambda app: actions.review_actions.review(app),
    "worth": lambda app: actions.review_actions.worth(app),
    "archive": lambda app: actions.review_actions.archive(app),
    "longer": lambda app: actions.review_actions.longer(app),
    "setup": lambda app: actions.first_run.set_up(app),
    "dark": lambda app: modals.settings_dialog.toggle_dark(app),
    "settings": lambda app: modals.settings_dialog.show_settings(app),
    "help": lambda app: app.push_screen(HelpDialog(app.view.id or keys.TIMER, app.keymap_changed)),
    "palette": lambda app: app.action_command_palette(),
    "quit": quit,
}


def palette_commands(app: BaseApp) -> Iterator[SystemCommand]:
    """What the palette offers, in sentences: actions that apply, sessions and checks by channel, themes, settings."""
    from tracker.tui.modals.settings_dialog import LISTED, save_setting, setting_title, show_settings

    for action in keys.ACTIONS:
        if action.id in ("up", "down", "open", "palette") or (action.where and app.view.id not in action.where):
            continue
        key = _("key {key}").format(key=keys.key_label(action, app.keymap_changed)) if action.where else ""
        yield SystemCommand(capitalized(_(action.tooltip)), key, partial(app.perform, action.id))
    for channel in queries.channels(app.workspace):
        message = _("Start a session on {channel}").format(channel=channel.title)
        start = partial(timer_actions.start_on, app, channel.name)
        yield SystemCommand(message, _("asks what for and how long"), start)
        if channel.kind in ONLINE_KINDS:
            message = _("Log a check of {channel}").format(channel=channel.title)
            yield SystemCommand(message, _("logged at once"), partial(timer_actions.check_on, app, channel.name))
    for name in themes_in_order(app.available_themes):
        message = _("Use the theme {name}").format(name=name)
        yield SystemCommand(message, _("saved in your settings"), partial(save_setting, app, "theme", name))

    for setting in LISTED:
        message = _("Setting: {title}").format(title=setting_title(setting.name))
        yield SystemCommand(message, _(setting.does), partial(show_settings, app, setting.name))


class PaletteCommands(SystemCommandsProvider):
    """Ranks whole words above parts of words: `import` finds “Import …” before “the important task”."""

    async def discover(self) -> Hits:
        """Every command before anything is typed, in the order of the app, not of the alphabet."""
        for command in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(command.title, command.callback, help=command.help)

    async def search(self, query: str) -> Hits:
        """The matches, each with its score doubled for a whole word, and again where the sentence begins with it.

        What has the words only in its explanation follows: a setting is found by what it is for. Without a match one
        line says so and does nothing: Textual would say it in English.
        """
        words = re.escape(query.strip())
        whole, begun = (re.compile(rf"\b{words}{end}", re.IGNORECASE) for end in (r"\b", ""))
        matcher, is_found = self.matcher(query), False
        for command in self.app.get_system_commands(self.screen):
            score = matcher.match(command.title)
            if match := whole.search(command.title):
                score *= 2 if match.start() else 4
            elif begun.search(command.help):
                score = max(score, matcher.match(query))
            if score > 0:
                is_found = True
                yield Hit(score, matcher.highlight(command.title), command.callback, help=command.help)
        if not is_found:
            yield Hit(1, _("No matches."), lambda: None, help=_("Try another word, or the name of a channel."))


#: The ten keys to know on each screen: its own, in the order in which one comes to need them.
TEN = {
    keys.TIMER: ("start", "toggle", "check", "urge", "extend", "why", "add", "contact", "outcome", "open"),
    keys.DAY: ("edit", "delete", "fill", "add", "undo", "earlier", "filter", "mark", "split", "merge"),
    keys.WEEK: ("review", "worth", "open", "mute", "expected", "earlier", "jump", "longer", "archive", "note"),
}

KEY_GROUPS = (
    (N_("Screens"), ("timer", "day", "week")),
    (N_("Timer"), ("start", "toggle", "extend", "why", "check", "urge", "pause", "cancel")),
    (N_("Reason for a check"), ("likes", "followers", "comments", "messages", "statistics")),
    (N_("Log"), ("add", "edit", "delete", "split", "merge", "undo", "redo")),
    (N_("Several lines"), ("mark", "unmark", "filter", "sooner", "later_on", "fill", "repeat")),
    (N_("Important task"), ("task", "task_done")),
    (N_("Results and the day"), ("outcome", "contact", "note", "close")),
    (N_("Habits"), ("habits",)),
    (N_("Patterns"), ("patterns", "mute", "expected", "show_again")),
    (N_("Week"), ("review", "worth", "archive", "longer")),
    (N_("Moving around"), ("up", "down", "open", "earlier", "later", "jump", "find", "now")),
    (N_("More"), ("palette", "import", "settings", "dark", "help", "quit")),
)


class HelpEntry(NamedTuple):
    """A key or a sign, what it does or means, and other words by which it is found."""

    key: str
    words: str
    also: str = ""

    def is_found(self, wanted: list[str]) -> bool:
        """Whether all of the wanted words stand in it."""
        text = plain(f"{self.key} {self.words} {self.also}")
        return all(word in text for word in wanted)


def sections(view: str, changed: dict[str, str]) -> list[Section]:
    """The help on a view, with rebound keys as they are now.

    The first steps are left out where keys were rebound: they would name them wrongly.
    """

    def section(title: str, names: tuple[str, ...], say: Callable[[keys.Action, dict[str, str]], str]) -> Section:
        listed = [keys.BY_ID[name] for name in names]
        words = [(capitalized(_(action.tooltip)), f"{_(action.label)} {title}") for action in listed]
        return title, [HelpEntry(say(action, changed), *said) for action, said in zip(listed, words, strict=True)]

    def entries(rows: Mapping[str, str], also: str = "") -> list[HelpEntry]:
        return [HelpEntry(key, capitalized(_(words)), also) for key, words in rows.items()]

    texts = read_data("tui/actions/help.toml")
    notes = [HelpEntry("", _(words).replace("{key}", keys.say_key(NOT_NOW_KEY))) for words in texts["notes"]]
    return [
        section(_("{screen}: ten keys to know").format(screen=_(keys.BY_ID[view].label)), TEN[view], keys.key_label),
        *([] if changed else [(_("First steps"), entries(texts["first"]))]),
        *((_(signs["title"]), entries(signs["rows"], _(signs["title"]))) for signs in texts["signs"]),
        *(section(_(title), names, keys.all_key_labels) for title, names in KEY_GROUPS),
        (_("Dialogs and settings"), notes),
    ]


class _HelpSheet(Sheet):
    """The sections that match; how much is out of sight, and how to close, stand on the border of the box."""

    def __init__(self, sections: list[Section]) -> None:
        super().__init__("", self._lines)
        self.sections = sections
        self.wanted: list[str] = []

    def search(self, words: str) -> None:
        """Show only the entries in which all of the words stand."""
        self.wanted, self.top = plain(words).split(), 0
        self.rewrite()

    def say(self, title: str, subtitle: str = "") -> None:
        box = self.parent
        if isinstance(box, Vertical):
            hidden = f"{subtitle} · " if subtitle else ""
            box.border_subtitle = hidden + _("{key} or Esc closes").format(key=self.key_of("help"))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        seen: set[HelpEntry] = set()
        for title, all_entries in self.sections:
            entries = [entry for entry in all_entries if entry.is_found(self.wanted)]
            if self.wanted:  # a key of this screen stands below too, with all keys it has
                entries = [entry for entry in entries if entry._replace(key="", also="") not in seen]
                seen |= {entry._replace(key="", also="") for entry in entries}
            if not entries:
                continue
            lines += [layout.BLANK] * bool(lines) + [layout.text(title, "bold $primary")]
            widest = max(layout.widest(entry.key for entry in all_entries), 3) + 2
            for entry in entries:
                if entry.key:
                    head = layout.left(entry.key, widest, "bold $accent")
                    lines += layout.hanging(head, layout.wrapped(entry.words, width - widest))
                else:
                    lines += layout.folded(layout.keyed(entry.words), width)
        return lines or layout.folded(layout.keyed(_("No matches. [Esc] closes")), width)


class _SearchLine(SteadyInput):
    """Leaves the key that closes the help to the dialog."""

    def __init__(self, close_keys: list[str]) -> None:
        super().__init__(placeholder=_("type to search keys and signs"), id="help-search", compact=True)
        self.close_keys = close_keys

    async def _on_key(self, event: events.Key) -> None:
        if event.key in self.close_keys:
            event.prevent_default()


class HelpDialog(KeycapDialog[str]):
    """A page to read and to search, closed by escape, enter or the key that opened it."""

    BINDINGS = keys.hidden_bindings(("enter,f1", "leave"), *keys.line_keys("scroll", 15, letters=False))

    def __init__(self, view: str, changed: dict[str, str]) -> None:
        super().__init__()
        self._sections = sections(view, changed)
        self._close_keys = keys.keys_of("help", changed)

    def compose(self) -> ComposeResult:
        """The line to search by, and what it finds."""
        with Vertical(id="help-box") as box:
            box.border_title = _("Help")
            yield _SearchLine(self._close_keys)
            yield _HelpSheet(self._sections)

    def on_mount(self) -> None:
        """Letters go to the search."""
        self.query_one(SteadyInput).focus()

    def on_key(self, event: events.Key) -> None:
        """Close by the key that opened the help, and insert what was typed before the line had the focus."""
        if event.key in self._close_keys:
            event.stop()
            self.answer()
        elif not self.answered:
            self.query_one(SteadyInput).take_early(event)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search at every key."""
        event.stop()
        self.query_one(_HelpSheet).search(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close, as escape does."""
        event.stop()
        self.answer()

    def action_scroll(self, lines: int) -> None:
        """Scroll by `lines` lines."""
        self.query_one(_HelpSheet).scroll_by(lines)
