"""Checks: a glance, logged by two keys; what it was for by one more, if one likes to say."""

from __future__ import annotations

from functools import partial

from tracker.domain.models import TrackerError
from tracker.formatting.text import format_checks
from tracker.formatting.times import format_clock
from tracker.locale import _
from tracker.reports import presets
from tracker.services import queries, reviewing, session_editing, timekeeping
from tracker.tui import signs
from tracker.tui.actions import prompts
from tracker.tui.actions.prompts import LOOKED_AT
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import BY_ID

#: How long, in seconds, it is said what was checked, with what is offered.
STAYS = 8


def check(app: BaseApp) -> None:
    """Ask for the channel; c is the last one again."""
    last = queries.last_opened(app.workspace)
    title = _("Check: c is {channel} again").format(channel=prompts.title(app, last)) if last else _("Check")
    title += prompts.on_that_day(app)
    again = {"c": last} if last else {}
    prompts.choose(
        app,
        title,
        prompts.channel_choices(app, prompts.looked_at(app)),
        partial(check_on, app),
        {**prompts.letters(app), **again},
    )


def check_on(app: BaseApp, channel: str) -> None:
    """Record a check, and offer the keys of what it can have been for; nothing waits for one."""
    kind = queries.channel(app.workspace, channel).kind
    if kind not in LOOKED_AT:
        says = _("{channel} is not checked; {key} notes a talk")
        if kind != "in_person":
            says = _("{channel} is not checked; {key} starts a session")
        key = app.key_of("contact" if kind == "in_person" else "start")
        raise TrackerError(says.format(channel=prompts.title(app, channel), key=key))
    prompts.at_what_time(app, prompts.title(app, channel), lambda at: _checked(app, channel, at))


def _checked(app: BaseApp, channel: str, at: int) -> None:
    session = timekeeping.record_check(app.workspace, channel, at).session
    line = _("{clock} checked {channel}").format(
        clock=format_clock(session.start, session.zone), channel=prompts.title(app, channel)
    )
    line += prompts.on_past_day(app, session.start)
    checks = queries.checks_on(app.workspace, app.workspace.day_of(session.start))
    count = format_checks(checks, app.workspace.settings.check_limit)
    keys = " · ".join(f"{app.key_of(name)} {_(what)}" for name, what in presets.CHECK_NOTES.items())
    says = f"{line} · {count}{prompts.inside_pause(app, session)}\n" + _("what for? {keys}").format(keys=keys)
    app.announce(says + _reminder(app, channel), STAYS)
    app.offer(session.id, _keys(app), STAYS)


def _keys(app: BaseApp) -> list[str]:
    """The keys that say what a check was for, by Textual's names."""
    changed = app.keymap_changed
    return [key for name in presets.CHECK_NOTES for key in changed.get(name, BY_ID[name].key).split(",")]


def _reminder(app: BaseApp, channel: str) -> str:
    """What one committed to for this week instead, as a line of its own; nothing where nothing touches it."""
    one = reviewing.due_reminder(app.workspace, channel)
    if one is None:
        return ""
    from tracker.reports.commitment_words import say_commitment

    return f"\n{signs.COMMITMENT} {say_commitment(one)}"


def likes(app: BaseApp) -> None:
    """The last check was for likes."""
    _was_for(app, "likes")


def followers(app: BaseApp) -> None:
    """The last check was for followers."""
    _was_for(app, "followers")


def comments(app: BaseApp) -> None:
    """The last check was for comments."""
    _was_for(app, "comments")


def messages(app: BaseApp) -> None:
    """The last check was for messages."""
    _was_for(app, "messages")


def statistics(app: BaseApp) -> None:
    """The last check was for statistics."""
    _was_for(app, "statistics")


def _was_for(app: BaseApp, name: str) -> None:
    """Say it of the check whose notice offers it; without one, of the last check."""
    offered = app.offered
    with app.workspace.transaction():
        last = timekeeping.last_check(app.workspace) if offered is None else queries.session(app.workspace, offered)
        if last is None or last.source != "check":
            raise TrackerError(_("no check in the last ten minutes; {key} logs one").format(key=app.key_of("check")))
        if last.note and last.note not in presets.CHECK_NOTES:
            raise TrackerError(_("this check has a note in your own words: “{note}”").format(note=last.note))
        session_editing.change(app.workspace, [last.id], note=name)
    says = _("{channel} {clock}: looked for {what}").format(
        channel=prompts.title(app, last.channel),
        clock=format_clock(last.start, last.zone),
        what=presets.say_check_note(name),
    )
    app.announce(says + prompts.on_past_day(app, last.start))
