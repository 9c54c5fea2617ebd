"""Settings and colours: changed in the settings file, and seen at once."""

from __future__ import annotations

from tracker import locale, settings
from tracker.locale import _
from tracker.tui.actions.asking import Asking
from tracker.tui.theme import chosen_first


class Settling(Asking):
    """Its actions, by their names in keys.py."""

    def settings(self) -> None:
        """Every setting, to look at and to change."""
        from tracker.tui.dialogs.settings import SettingsDialog

        self.app.push_screen(SettingsDialog(self))

    def dark(self) -> None:
        """The other one of our themes."""
        self.keep("theme", "tracker-light" if self.app.current_theme.dark else "tracker-dark")

    def keep(self, name: str, value: str) -> None:
        """Write one setting into the file, and go by it from here on. Raises TrackerError with nothing changed."""
        self.desk.keep(name, value)
        self.app.settle(self.desk.settings)
        if name == "language":
            locale.use(self.desk.settings.language)
        self.app.reload()
        said = settings.said(self.desk.settings, name) or _("not set")
        says = [_("{name} is now {value}").format(name=name, value=said)]
        if name == "currency" or name in settings.AMOUNTS:
            from tracker.review.currencies import say_unused

            says += say_unused(self.desk.settings, name)
        self.app.notify(_("; ").join(says), timeout=4, markup=False)

    def themes(self) -> list[str]:
        """The names of all themes, ours and the terminal's own first."""
        return chosen_first(self.app.available_themes)
