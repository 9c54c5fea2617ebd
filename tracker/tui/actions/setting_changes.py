"""Settings and colours: changed in the settings file, and seen at once."""

from __future__ import annotations

from tracker import locale
from tracker import settings as setting_table
from tracker.domain.models import TrackerError
from tracker.formatting.text import capitalized, join_phrases
from tracker.locale import _
from tracker.settings import Settings
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import keymap
from tracker.tui.theme import chosen_first


def dark(app: BaseApp) -> None:
    """The other one of our themes."""
    keep(app, "theme", "tracker-light" if app.current_theme.dark else "tracker-dark")


def keep(app: BaseApp, name: str, value: str) -> None:
    """Write one setting into the file, and go by it from here on. Raises TrackerError with nothing changed."""
    before = app.workspace.settings
    app.workspace.keep(name, value)
    _go_by(app, before)
    said = setting_table.value_text(app.workspace.settings, name) or _("not set")
    says = [_("{name} is now {value}").format(name=name, value=said)]
    says += _unused(app, name)
    app.notify(join_phrases(*says), timeout=4, markup=False)


def look_at_settings(app: BaseApp) -> None:
    """Once a second: go by what another program has written into the settings file, and say so.

    What cannot be read is said once, and the settings stay as they were. What is typed in a dialog stays too.
    """
    before = app.workspace.settings
    try:
        found = app.workspace.settings_elsewhere()
        if found is None:
            return
        keymap(found.keys)
    except TrackerError as error:
        says = _("{error}; the settings stay as they were").format(error=capitalized(str(error)))
        app.notify(says, severity="error", timeout=20)
        return
    app.workspace.go_by(found)
    _go_by(app, before)
    fields = [name for name in Settings._fields if getattr(found, name) != getattr(before, name)]
    changed = dict.fromkeys(name.removesuffix("_currency") for name in fields)  # an amount and its currency are one
    says = _("Settings changed elsewhere: {names}").format(names=", ".join(changed))
    unused = _unused(app, "currency") if "currency" in changed else []
    app.notify(join_phrases(says, *unused), timeout=6, markup=False)


def _unused(app: BaseApp, name: str) -> list[str]:
    """Which amounts are not used, once the setting `name` was changed."""
    if name != "currency" and name not in setting_table.AMOUNTS:
        return []
    from tracker.services.currencies import say_unused

    return say_unused(app.workspace.settings, name)


def _go_by(app: BaseApp, before: Settings) -> None:
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


def themes(app: BaseApp) -> list[str]:
    """The names of all themes, ours and the terminal's own first."""
    return chosen_first(app.available_themes)
