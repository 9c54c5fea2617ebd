"""Settings and colours: changed in the settings file, and seen at once."""

from __future__ import annotations

from tracker import locale, settings
from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.locale.wording import capital
from tracker.settings import Settings
from tracker.tui.actions.asking import Asking
from tracker.tui.keys import keymap
from tracker.tui.theme import chosen_first


class Settling(Asking):
    """Its actions, by their names in keys.py."""

    def settings(self) -> None:
        """Every setting, to look at and to change."""
        from tracker.tui.modals.settings import SettingsDialog

        self.app.push_screen(SettingsDialog(self))

    def dark(self) -> None:
        """The other one of our themes."""
        self.keep("theme", "tracker-light" if self.app.current_theme.dark else "tracker-dark")

    def keep(self, name: str, value: str) -> None:
        """Write one setting into the file, and go by it from here on. Raises TrackerError with nothing changed."""
        before = self.desk.settings
        self.desk.keep(name, value)
        self._go_by(before)
        said = settings.value_text(self.desk.settings, name) or _("not set")
        says = [_("{name} is now {value}").format(name=name, value=said)]
        says += self._unused(name)
        self.app.notify(_("; ").join(says), timeout=4, markup=False)

    def look_at_settings(self) -> None:
        """Once a second: go by what another program has written into the settings file, and say so.

        What cannot be read is said once, and the settings stay as they were. What is typed in a dialog stays too.
        """
        before = self.desk.settings
        try:
            found = self.desk.settings_elsewhere()
            if found is None:
                return
            keymap(found.keys)
        except TrackerError as error:
            says = _("{error}; the settings stay as they were").format(error=capital(str(error)))
            self.app.notify(says, severity="error", timeout=20)
            return
        self.desk.go_by(found)
        self._go_by(before)
        fields = [name for name in Settings._fields if getattr(found, name) != getattr(before, name)]
        changed = dict.fromkeys(name.removesuffix("_currency") for name in fields)  # an amount and its currency are one
        says = _("Settings changed elsewhere: {names}").format(names=", ".join(changed))
        unused = self._unused("currency") if "currency" in changed else []
        self.app.notify(_("; ").join((says, *unused)), timeout=6, markup=False)

    def _unused(self, name: str) -> list[str]:
        """Which amounts are not used, once the setting `name` was changed."""
        if name != "currency" and name not in settings.AMOUNTS:
            return []
        from tracker.reports.currencies import say_unused

        return say_unused(self.desk.settings, name)

    def _go_by(self, before: Settings) -> None:
        """Show everything by the settings as they are now."""
        now = self.desk.settings
        if now.keys != before.keys:
            self.app.rebind(keymap(now.keys))
        self.app.settle(now)
        if now.language != before.language:
            locale.use(now.language)
        self.app.reload()
        for part in self.app.screen_stack[0].walk_children():
            part.refresh(layout=False)  # words and keys that no figure changes with

    def themes(self) -> list[str]:
        """The names of all themes, ours and the terminal's own first."""
        return chosen_first(self.app.available_themes)
