"""Moving about, looking closer, and leaving."""

from __future__ import annotations

from functools import partial

from tracker.domain.models import TrackerError
from tracker.formatting.times import format_clock
from tracker.locale import _
from tracker.services import queries
from tracker.tui import pattern_items
from tracker.tui.actions import opening, prompts
from tracker.tui.base_app import BaseApp


def earlier(app: BaseApp) -> None:
    """The day or week before."""
    app.view.turn(-1, app.workspace)


def later(app: BaseApp) -> None:
    """The day or week after."""
    app.view.turn(1, app.workspace)


def now(app: BaseApp) -> None:
    """Today or this week."""
    app.view.back(app.workspace)


def up(app: BaseApp) -> None:
    """A line up."""
    move(app, -1)


def down(app: BaseApp) -> None:
    """A line down."""
    move(app, 1)


def move(app: BaseApp, steps: int) -> None:
    """Choose another line of the view."""
    rows = app.view.rows()
    if rows:
        rows.move(steps)


def open(app: BaseApp) -> None:
    """The evidence of the chosen pattern; on the Day, the chosen session."""
    from tracker.tui.screens.patterns_panel import PatternsPanel

    rows = app.view.rows()
    if not isinstance(rows, PatternsPanel):
        app.perform("fields")
    elif item := rows.item():
        opening.evidence(app, item.finding.name, rows.loader or partial(pattern_items.patterns_today, app.workspace))


def longer(app: BaseApp) -> None:
    """The longer look: the weeks up to the one that is shown."""
    from functools import partial

    from tracker.tui.modals.longer_look import LongerLook

    name = app.view.place or app.workspace.this_week()
    load = partial(queries.longer, app.workspace, name)
    app.push_screen(LongerLook(load, app.workspace.first_weekday(), app.workspace.settings.currency))


def help(app: BaseApp) -> None:
    """Every key."""
    from tracker.tui.modals.help import keys_page

    app.push_screen(keys_page(app.keymap_changed))


def palette(app: BaseApp) -> None:
    """Find anything by its name."""
    app.action_command_palette()


def quit(app: BaseApp) -> None:
    """Leave; a running timer goes on without us, and says so - but not the demo's, whose file goes with it.

    Nor where nothing can be recorded; that the file was moved is said again then.
    """
    try:
        app.farewell = _farewell(app)
        app.remember()
    except TrackerError as error:  # a file that cannot be read keeps nobody here
        app.farewell = str(error)
    app.exit()


def _farewell(app: BaseApp) -> str | None:
    app.workspace.look_after()
    session = None if app.demo or app.workspace.refusal else queries.running(app.workspace)
    if session:
        said = _("{channel} keeps running since {clock}; `tracker status` shows it, `tracker stop` stops it")
        return said.format(channel=prompts.title(app, session.channel), clock=format_clock(session.start, session.zone))
    return app.workspace.refusal if app.workspace.lost is not None else None
