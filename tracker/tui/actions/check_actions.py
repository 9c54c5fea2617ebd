"""Checks: a look at a channel, logged by two keys; what it was for by one more, if one likes to say."""

from __future__ import annotations

from functools import partial

from tracker.domain.errors import TrackerError
from tracker.formatting.text import format_checks
from tracker.formatting.times import format_clock
from tracker.locale import _
from tracker.reports import presets
from tracker.services import queries, reviewing, session_editing, timekeeping
from tracker.tui import signs
from tracker.tui.actions import prompts
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import BY_ID

#: How long, in seconds, it is said what was checked, with what is offered.
CHECK_STAYS = 8


def check(app: BaseApp) -> None:
    """Ask for the channel; c is the last one again."""
    last = queries.last_opened(app.workspace)
    title = _("Check: c is {channel} again").format(channel=app.title_of(last)) if last else _("Check")
    prompts.choose_channel(
        app,
        title + prompts.on_that_day(app),
        prompts.looked_at(app),
        partial(check_on, app),
        {"c": last} if last else None,
    )


def check_on(app: BaseApp, channel: str) -> None:
    """Record a check, and offer the keys of what it can have been for; nothing waits for one."""
    kind = queries.channel(app.workspace, channel).kind
    if kind not in prompts.LOOKED_AT:
        says = _("{channel} is not checked; {key} notes a talk")
        if kind != "in_person":
            says = _("{channel} is not checked; {key} starts a session")
        key = app.key_of("contact" if kind == "in_person" else "start")
        raise TrackerError(says.format(channel=app.title_of(channel), key=key))
    prompts.at_what_time(app, app.title_of(channel), partial(_record_check, app, channel))


def _record_check(app: BaseApp, channel: str, at: int) -> None:
    session = timekeeping.record_check(app.workspace, channel, at).session
    says = _("{clock} checked {channel}").format(
        clock=format_clock(session.start, session.zone), channel=app.title_of(channel)
    )
    checks = queries.checks_on(app.workspace, app.workspace.day_of(session.start))
    count = format_checks(checks, app.workspace.settings.check_limit)
    parts = (says, prompts.on_past_day(app, session.start), count, prompts.inside_pause(app, session))
    offered = " · ".join(f"{app.key_of(name)} {_(what)}" for name, what in presets.CHECK_NOTES.items())
    lines = [" · ".join(filter(None, parts)), _("what for? {keys}").format(keys=offered)]
    commitment = reviewing.due_reminder(app.workspace, channel)
    if commitment:  # what one committed to do instead this week
        from tracker.reports.commitment_words import say_commitment

        lines.append(f"{signs.COMMITMENT} {say_commitment(commitment)}")
    app.announce("\n".join(lines), seconds=CHECK_STAYS)
    changed = app.keymap_changed
    keys = [key for name in presets.CHECK_NOTES for key in changed.get(name, BY_ID[name].key).split(",")]
    app.offer(session.id, keys, CHECK_STAYS)


def was_for(name: str, app: BaseApp) -> None:
    """Keep what a check was for (a name of CHECK_NOTES): the check whose toast offers it, else the last one."""
    offered = app.offered
    with app.workspace.transaction():
        last = timekeeping.last_check(app.workspace) if offered is None else queries.session(app.workspace, offered)
        if last is None or last.source != "check":
            raise TrackerError(_("no check in the last ten minutes; {key} logs one").format(key=app.key_of("check")))
        if last.note and last.note not in presets.CHECK_NOTES:
            raise TrackerError(_("this check has a note in your own words: “{note}”").format(note=last.note))
        session_editing.change(app.workspace, [last.id], note=name)
    says = _("{channel} {clock}: looked for {what}").format(
        channel=app.title_of(last.channel), clock=format_clock(last.start, last.zone), what=presets.say_check_note(name)
    )
    app.announce(says, prompts.on_past_day(app, last.start))
