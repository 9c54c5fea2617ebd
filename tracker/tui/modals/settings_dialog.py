"""Settings on the screens: the list of all, the change of one, and following what another program writes.

A change is written to the settings file and applied at once: colours, keys, language, and every figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import locale, settings
from tracker.domain.errors import TrackerError
from tracker.formatting.text import capitalized, join_phrases
from tracker.locale import _
from tracker.settings import KNOWN, WEEKDAYS, Setting, Settings
from tracker.tui import layout
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import hidden_bindings, keymap
from tracker.tui.modals.chooser import LETTERS, Choice, Chooser
from tracker.tui.modals.dialog import ListDialog
from tracker.tui.modals.line import LineDialog
from tracker.tui.screens.view import Live
from tracker.tui.theme import themes_in_order
from tracker.tui.widgets.panel import Rows, out_of_sight

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

#: Settings of a few words, chosen instead of typed; the empty word is the default.
WORDS = {"language": ("", "en", "fr"), "first_weekday": ("", *WEEKDAYS), "reduced_motion": ("no", "yes")}

#: The answer of a chooser that stands for the empty word: a chooser answers no empty one.
DEFAULT = "default"


class _SettingRows(Rows):
    """Name, value and purpose of each setting; on a narrow screen the purpose of the chosen one alone."""

    items = KNOWN

    def __init__(self, values: Settings) -> None:
        super().__init__(id="settings")
        self.values = values

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """A line each; what differs from its default is bright, and marked."""
        name_width = layout.widest(setting.name for setting in KNOWN) + 2
        value_width = layout.widest(settings.value_text(self.values, setting.name) for setting in KNOWN) + 2
        lines = []
        for setting in KNOWN:
            value = settings.value_text(self.values, setting.name)
            default = value == settings.value_text(Settings(), setting.name)
            lines.append(
                layout.row(
                    (" " if default else "•", "$good"),
                    layout.left(setting.name, name_width, "" if default else "bold $strong"),
                    layout.left(value or "–", value_width, "$faint" if default else "bold $good"),
                )
            )
        purposes = [_(setting.does) for setting in KNOWN]
        if layout.widest(purposes) <= width - name_width - value_width - 1:
            return [[layout.row(line, (purpose, "$faint"))] for line, purpose in zip(lines, purposes, strict=True)]
        blocks = [[line] for line in lines]
        blocks[self.chosen] += [
            layout.row("   ", line) for line in layout.wrapped(purposes[self.chosen], width - 3, "$faint")
        ]
        return blocks

    def more(self, above: int, below: int) -> None:
        self.say(_("Settings"), out_of_sight(above, below) or _("⏎ change · • changed by you · esc closes"))


class SettingsDialog(ListDialog[None], Live):
    """Stays open while one setting after the other is changed."""

    BINDINGS = hidden_bindings(
        "settings",
        ("change", "enter,e,space", "open", "Change", "change it"),
        ("close", "comma", "leave", "Close", "close"),
    )

    def __init__(self, base_app: BaseApp) -> None:
        super().__init__()
        self.base_app = base_app

    def compose(self) -> ComposeResult:
        """Only the list."""
        rows = _SettingRows(self.base_app.workspace.settings)
        rows.styles.height = len(KNOWN) + 4
        yield rows

    def action_open(self) -> None:
        """Ask for the new value of the chosen setting, by a word or a line."""
        app, setting = self.base_app, KNOWN[self.query_one(_SettingRows).chosen]
        value = settings.value_text(app.workspace.settings, setting.name)
        words = themes_in_order(app.available_themes) if setting.name == "theme" else WORDS.get(setting.name)
        if words:
            choices = [
                Choice(key, word or _("as your system says"), "", _("now") if word == value else "", word or DEFAULT)
                for key, word in zip(LETTERS, words, strict=False)
            ]
            app.ask(Chooser(setting.name, choices), lambda word: self._keep(setting, "" if word == DEFAULT else word))
        else:
            hint = _("{allowed} · empty: back to the default").format(allowed=_(setting.allowed))
            app.ask(setting_line(app, setting, setting.name, hint), lambda text: self._keep(setting, text))

    def _keep(self, setting: Setting, value: str) -> None:
        """Keep a value; a currency in which amounts would not count any more is asked about first."""
        from tracker.services.setting_changes import UncountedAmounts

        app = self.base_app
        try:
            keep_setting(app, setting.name, value)
        except UncountedAmounts as uncounted:
            choices = [
                Choice("k", _("Keep {currency}").format(currency=app.workspace.settings.currency), "", "", "keep"),
                Choice("c", _("Change it: {what}").format(what=uncounted), "", "", "change"),
            ]
            app.ask(
                Chooser(setting.name, choices),
                lambda answer: keep_setting(app, setting.name, value, confirmed=True) if answer == "change" else None,
            )

    def reloaded(self) -> None:
        """Show the values as they are after a change here or elsewhere."""
        rows = self.query_one(_SettingRows)
        rows.values = self.base_app.workspace.settings
        rows.redraw()


def setting_line(app: BaseApp, setting: Setting, title: str, hint: str) -> LineDialog[str]:
    """A line for the value of a setting, shown as it would be read."""
    before = app.workspace.settings

    def read(text: str) -> tuple[str, Content]:
        meaning = settings.value_text(settings.with_typed(before, setting.name, text), setting.name)
        return text, layout.text(meaning or _("not set"), "$faint")

    return LineDialog(title, read, value=settings.value_text(before, setting.name), hint=hint)


def toggle_dark(app: BaseApp) -> None:
    """Change to the other one of our two themes."""
    keep_setting(app, "theme", "tracker-light" if app.current_theme.dark else "tracker-dark")


def keep_setting(app: BaseApp, name: str, value: str, *, confirmed: bool = False, quiet: bool = False) -> None:
    """Write one setting to the file, apply it and, unless `quiet`, say so. Raises TrackerError with nothing changed."""
    before = app.workspace.settings
    app.workspace.keep(name, value, confirmed=confirmed)
    _apply(app, before)
    if quiet:
        return
    now = settings.value_text(app.workspace.settings, name) or _("not set")
    message = _("{name} is now {value}").format(name=name, value=now)
    app.notify(join_phrases(message, *_unused(app, name)), timeout=4, markup=False)


def follow_settings_file(app: BaseApp) -> None:
    """Once a second: apply what another program has written to the settings file, and say so.

    A file that cannot be read is reported once, and the settings stay as they were. What is typed in a dialog stays.
    """
    before = app.workspace.settings
    try:
        after = app.workspace.settings_elsewhere()
        if after is None:
            return
        keymap(after.keys)
    except TrackerError as error:
        message = _("{error}; the settings stay as they were").format(error=capitalized(str(error)))
        app.notify(message, severity="error", timeout=20)
        return
    app.workspace.go_by(after)
    _apply(app, before)
    fields = [name for name in Settings._fields if getattr(after, name) != getattr(before, name)]
    changed = dict.fromkeys(name.removesuffix("_currency") for name in fields)  # an amount and its currency are one
    message = _("Settings changed elsewhere: {names}").format(names=", ".join(changed))
    unused = _unused(app, "currency") if "currency" in changed else []
    app.notify(join_phrases(message, *unused), timeout=6, markup=False)


def _unused(app: BaseApp, name: str) -> list[str]:
    """Which amounts are not used after the setting `name` was changed."""
    if name != "currency" and name not in settings.AMOUNTS:
        return []
    from tracker.services.setting_changes import say_unused

    return say_unused(app.workspace.settings, name)


def _apply(app: BaseApp, before: Settings) -> None:
    """Show everything by the settings as they are now."""
    now = app.workspace.settings
    if now.keys != before.keys:
        app.rebind(keymap(now.keys))
    app.settle(now)
    if now.language != before.language:
        locale.use(now.language)
    app.reload()
    for part in app.screen_stack[0].walk_children():
        part.refresh(layout=False)  # words and keys that no figure changes with
