"""Screens opened over the three: the habits, the settings, the evidence of a pattern."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.tui import pattern_items
from tracker.tui.base_app import BaseApp
from tracker.tui.screens.patterns_panel import PatternsPanel
from tracker.tui.widgets.log import Log

if TYPE_CHECKING:
    from tracker.tui.screens.patterns_panel import Loader


def habits(app: BaseApp) -> None:
    """The habits on the day that is shown, or today."""
    from tracker.tui.modals.habits import HabitsDialog

    app.push_screen(HabitsDialog(app, app.shown_date()))


def settings(app: BaseApp) -> None:
    """Every setting, to look at and to change."""
    from tracker.tui.modals.settings import SettingsDialog

    app.push_screen(SettingsDialog(app))


def evidence(app: BaseApp, name: str, load: Loader, session: int | None = None) -> None:
    """Open the evidence of a pattern, one of those that `load` reads; a session of it may be chosen."""
    from tracker.tui.modals.evidence_dialog import EvidenceDialog

    app.hush()
    app.push_screen(EvidenceDialog(app, load, name, session))


def patterns(app: BaseApp) -> None:
    """The evidence of the chosen pattern; on the Day, of the burst the chosen line is part of, as of that day."""
    rows = app.view.rows()
    if isinstance(rows, PatternsPanel) and rows.item():
        app.perform("open")
    elif isinstance(rows, Log) and (id := rows.session_id()) in rows.clustered:
        evidence(app, "check_cluster", partial(pattern_items.patterns_on, app.workspace, app.shown_date()), id)
    else:
        evidence(
            app,
            pattern_items.patterns_today(app.workspace)[0].finding.name,
            partial(pattern_items.patterns_today, app.workspace),
        )
