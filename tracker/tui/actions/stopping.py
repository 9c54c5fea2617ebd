"""What runs: stopping, resuming, dropping."""

from __future__ import annotations

from tracker.domain.models import TrackerError, over_plan
from tracker.formatting.durations import format_duration
from tracker.locale import _
from tracker.services import queries, timekeeping
from tracker.tui.actions import overlapping, prompts
from tracker.tui.base_app import BaseApp

#: How long, in seconds, it is said what was dropped.
STAYS = 8


def toggle(app: BaseApp) -> None:
    """Stop what runs, or resume what ran last."""
    with app.workspace.transaction():
        running = queries.running(app.workspace)
        if (running is not None) is not app.runs:
            # The key says stop, and would resume: that is not what was meant.
            app.call_later(app.reload)
            raise TrackerError(_("another program changed the timer meanwhile; nothing was done"))
        change = timekeeping.stop(app.workspace) if running else timekeeping.resume(app.workspace)
    session = change.session
    if not running:
        resumed = _("Resumed {channel}").format(channel=prompts.title(app, session.channel))
        app.announce(resumed + prompts.inside_pause(app, session))
        return
    spent = (session.end or session.start) - session.start
    says = _("Stopped {channel} after {time}").format(
        channel=prompts.title(app, session.channel), time=format_duration(spent)
    )
    check = _("counts as a check") if timekeeping.is_check(app.workspace, session) else ""
    over = over_plan(spent, session.planned_seconds)
    late = _("{time} over plan").format(time=format_duration(over)) if over else ""
    parts = filter(None, (says, check, late, *overlapping.besides(app, change.effects)))
    app.announce(" · ".join(parts) + prompts.clock_set_back(app, session))


def cancel(app: BaseApp) -> None:
    """Drop what runs, and say what that was: minutes that ran are worth a key to bring back."""
    session = timekeeping.cancel(app.workspace)
    ran = format_duration(max(app.workspace.now() - session.start, 0))
    what = " ".join(filter(None, (prompts.title(app, session.channel), session.activity)))
    says = _("Discarded {what}, {time} · {key} brings it back").format(what=what, time=ran, key=app.key_of("undo"))
    app.announce(says, seconds=STAYS)
