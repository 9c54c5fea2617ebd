"""Beginning a session: which channel, then what for and how long; or not now."""

from __future__ import annotations

from functools import partial
from typing import Any

from tracker.formatting.durations import format_duration
from tracker.locale import _
from tracker.services import queries, timekeeping
from tracker.tui.actions import overlapping, prompts, resisting
from tracker.tui.base_app import BaseApp


def start(app: BaseApp) -> None:
    """Ask for the channel."""
    prompts.choose(
        app,
        _("Start"),
        prompts.channel_choices(app, queries.offered(app.workspace)),
        partial(start_on, app),
        prompts.letters(app),
    )


def start_on(app: BaseApp, channel: str) -> None:
    """Ask what for and how long; Not now is an urge resisted."""
    from tracker.tui.modals.begin import BeginDialog

    app.ask(BeginDialog(app.workspace, channel), lambda found: _answered(app, channel, found))


def _answered(app: BaseApp, channel: str, found: dict[str, Any] | str) -> None:
    from tracker.tui.modals.offers import NOT_NOW

    if isinstance(found, dict):
        begun(app, channel, found)
    elif found == NOT_NOW:
        resisting.resisted(app, channel)
    else:
        start(app)


def begun(app: BaseApp, channel: str, found: dict[str, Any]) -> None:
    """Start, and say what was stopped by it."""
    change = timekeeping.start_or_switch(app.workspace, channel, **found)
    session, before = change.session, change.stopped
    plan = f" · {format_duration(session.planned_seconds)}" if session.planned_seconds else ""
    says = _("Started {channel}").format(channel=prompts.title(app, channel)) + plan
    if before:
        says += " · " + _("stopped {channel}").format(channel=prompts.title(app, before.channel))
        says = " · ".join((says, *overlapping.besides(app, change.effects)))
        says += prompts.clock_set_back(app, before)
    app.announce(says + prompts.bridge(app, session) + prompts.inside_pause(app, session))
