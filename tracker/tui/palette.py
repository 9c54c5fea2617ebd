"""What the command palette offers: every action, `Start LinkedIn`, `Check Instagram`, the themes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from tracker.locale import _
from tracker.services import queries
from tracker.tui.actions import checking, setting_changes, starting
from tracker.tui.keys import ACTIONS, said
from tracker.tui.theme import chosen_first

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.tui.base_app import BaseApp

#: Moving about is for the keys themselves.
_LEFT_OUT = ("up", "down", "open", "palette")


def commands(app: BaseApp) -> Iterator[SystemCommand]:
    """In the order one would look for them."""
    for action in ACTIONS:
        if action.id in _LEFT_OUT or (app.view.id not in action.where and action.where):
            continue
        label = _(action.label)
        key = f"  ({said(action, app.keymap_changed)})" if action.where else ""
        yield SystemCommand(f"{label}{key}", _(action.tooltip), partial(app.perform, action.id))
    for channel in queries.channels(app.workspace):
        start = _("Start {channel}").format(channel=channel.title)
        yield SystemCommand(
            start, _("a session, with its intention and plan"), partial(starting.start_on, app, channel.name)
        )
        if channel.kind in ("social", "messaging"):
            check = _("Check {channel}").format(channel=channel.title)
            yield SystemCommand(check, _("logged at once"), partial(checking.check_on, app, channel.name))
    for name in chosen_first(app.available_themes):
        says = _("Theme {name}").format(name=name)
        yield SystemCommand(says, _("kept in your settings"), partial(setting_changes.keep, app, "theme", name))
