"""Which function each action of the table in keys.py runs, and what the command palette offers and finds."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.command import DiscoveryHit, Hit
from textual.system_commands import SystemCommandsProvider

from tracker.domain.errors import TrackerError
from tracker.domain.models import ONLINE_KINDS
from tracker.formatting.text import capitalized
from tracker.formatting.times import format_clock
from tracker.locale import _
from tracker.reports import presets
from tracker.services import queries
from tracker.tui.actions import day_actions, first_run, prompts, review_actions, timer_actions
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import ACTIONS, TIMER, key_label
from tracker.tui.modals import evidence, settings_dialog
from tracker.tui.modals.evidence import open_evidence
from tracker.tui.modals.habits_dialog import HabitsDialog
from tracker.tui.modals.help_dialog import HelpDialog
from tracker.tui.modals.import_screen import open_import
from tracker.tui.modals.settings_dialog import LISTED, SettingsDialog, save_setting, toggle_dark
from tracker.tui.screens.patterns_panel import PatternsPanel, patterns_on, patterns_today
from tracker.tui.theme import themes_in_order
from tracker.tui.widgets.log import Log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.command import Hits


def _move(app: BaseApp, steps: int) -> None:
    """Choose another line of the view."""
    rows = app.view.rows()
    if rows:
        rows.move(steps)


def _open(app: BaseApp) -> None:
    """The evidence of the chosen pattern; on the Day, the fields of the chosen session."""
    rows = app.view.rows()
    if app.view.has_class("-empty"):
        first_run.greet(app)
    elif not isinstance(rows, PatternsPanel):
        day_actions.edit_fields(app, prompts.chosen_id(app))
    elif item := rows.item():
        open_evidence(app, item.finding.name, rows.loader or partial(patterns_today, app.workspace))


def _patterns(app: BaseApp) -> None:
    """The evidence of the chosen pattern; on the Day, of the burst the chosen line is part of, as of that day."""
    rows, workspace = app.view.rows(), app.workspace
    today = partial(patterns_today, workspace)
    if isinstance(rows, PatternsPanel) and rows.item():
        _open(app)
    elif isinstance(rows, Log) and (id := rows.session_id()) in rows.clustered:
        open_evidence(app, "check_cluster", partial(patterns_on, workspace, app.shown_date()), id)
    else:
        open_evidence(app, today()[0].finding.name, today)


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
    **{name: partial(timer_actions.set_check_reason, name) for name in presets.CHECK_NOTES},
    "urge": timer_actions.urge,
    "pause": timer_actions.pause,
    "add": day_actions.add,
    "edit": day_actions.edit,
    "delete": day_actions.delete,
    "mark": lambda app: prompts.day_log(app).mark(),
    "unmark": day_actions.unmark,
    "sift": day_actions.filter_log,
    "fill": day_actions.fill,
    "sooner": lambda app: day_actions.shift(app, -day_actions.STEP),
    "later_on": lambda app: day_actions.shift(app, day_actions.STEP),
    "repeat": day_actions.repeat,
    "split": day_actions.split,
    "merge": day_actions.merge,
    "jump": day_actions.jump,
    "find": review_actions.find,
    "import": open_import,
    "undo": day_actions.undo,
    "redo": day_actions.redo,
    "task": day_actions.task,
    "task_done": day_actions.task_done,
    "outcome": day_actions.outcome,
    "contact": day_actions.contact,
    "people": day_actions.people,
    "note": day_actions.note,
    "zero": day_actions.zero,
    "close": day_actions.close,
    "habits": lambda app: app.push_screen(HabitsDialog(app, app.shown_date())),
    "earlier": lambda app: app.view.turn(-1, app.workspace),
    "later": lambda app: app.view.turn(1, app.workspace),
    "now": lambda app: app.view.back(app.workspace),
    "up": lambda app: _move(app, -1),
    "down": lambda app: _move(app, 1),
    "open": _open,
    "patterns": _patterns,
    "not_now": lambda app: evidence.mute(app, evidence.chosen_pattern(app)),
    "expected": lambda app: evidence.mark_expected(app, evidence.chosen_pattern(app)),
    "take_back": lambda app: evidence.show_again(app, evidence.chosen_pattern(app)),
    "review": review_actions.review,
    "worth": review_actions.worth,
    "archive": review_actions.archive,
    "longer": review_actions.longer,
    "setup": first_run.set_up,
    "dark": toggle_dark,
    "settings": lambda app: app.push_screen(SettingsDialog(app)),
    "help": lambda app: app.push_screen(HelpDialog(app.view.id or TIMER, app.keymap_changed)),
    "palette": lambda app: app.action_command_palette(),
    "quit": quit,
}


def palette_commands(app: BaseApp) -> Iterator[SystemCommand]:
    """What the palette offers, in sentences: actions that apply, sessions and checks by channel, themes, settings."""
    for action in ACTIONS:
        if action.id in ("up", "down", "open", "palette") or (action.where and app.view.id not in action.where):
            continue
        key = _("key {key}").format(key=key_label(action, app.keymap_changed)) if action.where else ""
        yield SystemCommand(capitalized(_(action.tooltip)), key, partial(app.perform, action.id))
    for channel in queries.channels(app.workspace):
        message = _("Start a session on {channel}").format(channel=channel.title)
        yield SystemCommand(
            message, _("asks what for and how long"), partial(timer_actions.start_on, app, channel.name)
        )
        if channel.kind in ONLINE_KINDS:
            message = _("Log a check of {channel}").format(channel=channel.title)
            yield SystemCommand(message, _("logged at once"), partial(timer_actions.check_on, app, channel.name))
    for name in themes_in_order(app.available_themes):
        message = _("Use the theme {name}").format(name=name)
        yield SystemCommand(message, _("saved in your settings"), partial(save_setting, app, "theme", name))
    for setting in LISTED:
        message = _("Setting: {title}").format(title=settings_dialog.setting_title(setting.name))
        yield SystemCommand(message, _(setting.does), partial(_change_setting, app, setting.name))


def _change_setting(app: BaseApp, name: str) -> None:
    app.push_screen(SettingsDialog(app, name))


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
            if found := whole.search(command.title):
                score *= 2 if found.start() else 4
            elif begun.search(command.help):
                score = max(score, matcher.match(query))
            if score > 0:
                is_found = True
                yield Hit(score, matcher.highlight(command.title), command.callback, help=command.help)
        if not is_found:
            yield Hit(1, _("No matches."), lambda: None, help=_("Try another word, or the name of a channel."))
