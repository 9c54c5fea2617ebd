"""Every setting with what it is now; enter changes the chosen one, at once and in the settings file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from tracker import settings
from tracker.locale import _
from tracker.tui import ink
from tracker.tui.actions import setting_changes
from tracker.tui.modals.chooser import Choice, Chooser
from tracker.tui.modals.dialog import Dialog
from tracker.tui.modals.line import LineDialog
from tracker.tui.screens.view import Live
from tracker.tui.widgets.panel import Rows, out_of_sight

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.settings import Setting, Settings
    from tracker.tui.base_app import BaseApp

#: Settings of a few words, chosen instead of typed; the empty one is the default.
WORDS = {"language": ("", "en", "fr"), "first_weekday": ("", *settings.WEEKDAYS), "reduced_motion": ("no", "yes")}


class SettingRows(Rows):
    """Name and value, and what each does; only what the chosen one does where the screen is narrow."""

    def __init__(self, kept: Settings) -> None:
        super().__init__(id="settings")
        self.kept = kept

    def count(self) -> int:
        """Every setting."""
        return len(settings.KNOWN)

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """What differs from its default is bright, and marked."""
        name = ink.widest(known.name for known in settings.KNOWN) + 2
        value = ink.widest(settings.value_text(self.kept, known.name) for known in settings.KNOWN) + 2
        beside = width - name - value - 1
        if ink.widest(_(known.does) for known in settings.KNOWN) <= beside:
            return [
                [ink.row(self._line(known, name, value), ink.text(_(known.does), "$faint"))] for known in settings.KNOWN
            ]
        found = [[self._line(known, name, value)] for known in settings.KNOWN]
        found[self.chosen] += [
            ink.row("   ", line) for line in ink.wrapped(_(settings.KNOWN[self.chosen].does), width - 3, "$faint")
        ]
        return found

    def _line(self, known: Setting, name: int, value: int) -> Content:
        now = settings.value_text(self.kept, known.name)
        default = now == settings.value_text(settings.Settings(), known.name)
        return ink.row(
            ink.text(" " if default else "•", "$good"),
            ink.left(known.name, name, "" if default else "bold $strong"),
            ink.left(now or "–", value, "$faint" if default else "bold $good"),
        )

    def more(self, above: int, below: int) -> None:
        """What to press."""
        self.say(_("Settings"), out_of_sight(above, below) or _("⏎ change · • changed by you · esc closes"))


class SettingsDialog(Dialog[None], Live):
    """Stays open while one setting after the other is changed."""

    BINDINGS = [
        Binding("down,j", "move(1)", "Down", show=False, id="settings-down", tooltip="the next setting"),
        Binding("up,k", "move(-1)", "Up", show=False, id="settings-up", tooltip="the setting before"),
        Binding("enter,e,space", "change", "Change", show=False, id="settings-change", tooltip="change it"),
        Binding("q,comma", "leave", "Close", show=False, id="settings-close", tooltip="close"),
    ]

    def __init__(self, base_app: BaseApp) -> None:
        super().__init__()
        self.base_app = base_app

    def compose(self) -> ComposeResult:
        """Only the list."""
        rows = SettingRows(self.base_app.workspace.settings)
        rows.styles.height = len(settings.KNOWN) + 4
        yield rows

    def action_move(self, steps: int) -> None:
        """Choose another one."""
        self.query_one(SettingRows).move(steps)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click on a line."""
        message.stop()
        self.action_change()

    def action_change(self) -> None:
        """Ask for the new value, by a word or a line."""
        known = settings.KNOWN[self.query_one(SettingRows).chosen]
        kept = self.base_app.workspace.settings
        now = settings.value_text(kept, known.name)
        words = (*setting_changes.themes(self.base_app),) if known.name == "theme" else WORDS.get(known.name)
        if words:
            self.base_app.ask(Chooser(known.name, _choices(words, now)), lambda word: self._keep(known, word))
            return
        line = LineDialog(
            known.name,
            lambda text: (text, ink.text(_said(kept, known, text), "$faint")),
            value=now,
            hint=_("{allowed} · empty: back to the default").format(allowed=_(known.allowed)),
        )
        self.base_app.ask(line, lambda text: self._keep(known, text))

    def _keep(self, known: Setting, text: str) -> None:
        value = "" if text == DEFAULT else text
        says = self._uncounted(value) if known.name == "currency" else ""
        if not says:
            setting_changes.keep(self.base_app, known.name, value)
            return
        kept = self.base_app.workspace.settings.currency
        choices = [
            Choice("k", _("Keep {currency}").format(currency=kept), "", "", KEEP),
            Choice("c", _("Change it: {what}").format(what=says), "", "", CHANGE),
        ]
        self.base_app.ask(
            Chooser(known.name, choices),
            lambda word: setting_changes.keep(self.base_app, known.name, value) if word == CHANGE else None,
        )

    def _uncounted(self, value: str) -> str:
        """What would not count any more in another currency; nothing for nothing. TrackerError for what is none."""
        from tracker.services.currencies import say_uncounted

        workspace = self.base_app.workspace
        after = settings.with_typed(workspace.settings, "currency", value).currency
        return say_uncounted(workspace.journal, workspace.settings.currency, after)

    def reloaded(self) -> None:
        """Changed here or elsewhere."""
        rows = self.query_one(SettingRows)
        rows.kept = self.base_app.workspace.settings
        rows.redraw()


#: The answer of a chooser that stands for the default: choosers answer no empty word.
DEFAULT = "default"

#: The answers to whether the currency is to be another one.
KEEP, CHANGE = "keep", "change"


def _choices(words: tuple[str, ...], now: str) -> list[Choice]:
    keys = "123456789abcdefghijklmnopqrstuvwxyz"
    return [
        Choice(keys[place], word or _("as your system says"), "", _("now") if word == now else "", word or DEFAULT)
        for place, word in enumerate(words)
    ]


def _said(kept: Settings, known: Setting, text: str) -> str:
    """What a line means as a value. Raises TrackerError for what may not be."""
    return settings.value_text(settings.with_typed(kept, known.name, text), known.name) or _("not set")
