"""What runs: stopping, resuming, dropping."""

from __future__ import annotations

from functools import partial

from tracker.calendar.durations import say_duration
from tracker.domain.models import TrackerError, over_plan
from tracker.locale import _
from tracker.services import overlap_questions, queries, timekeeping
from tracker.tui.actions.overlapping import Overlapping

#: How long, in seconds, it is said what was dropped.
STAYS = 8


class Timing(Overlapping):
    """Its actions, by their names in keys.py."""

    def toggle(self) -> None:
        """Stop what runs, or resume what ran last."""
        with self.workspace.transaction():
            running = queries.running(self.workspace)
            if (running is not None) is not self.app.runs:
                # The key says stop, and would resume: that is not what was meant.
                self.app.call_later(self.app.reload)
                raise TrackerError(_("another program changed the timer meanwhile; nothing was done"))
            session, found = overlap_questions.ending_running(
                self.workspace,
                partial(timekeeping.stop, self.workspace) if running else partial(timekeeping.resume, self.workspace),
            )
        if found is None:
            resumed = _("Resumed {channel}").format(channel=self.title(session.channel))
            self.did(resumed + self.inside_pause(session))
            return
        spent = (session.end or session.start) - session.start
        says = _("Stopped {channel} after {time}").format(channel=self.title(session.channel), time=say_duration(spent))
        check = _("counts as a check") if timekeeping.is_check(self.workspace, session) else ""
        over = over_plan(spent, session.planned_seconds)
        late = _("{time} over plan").format(time=say_duration(over)) if over else ""
        parts = filter(None, (says, check, late, *self.besides(found)))
        self.did(" · ".join(parts) + self.clock_set_back(session))

    def cancel(self) -> None:
        """Drop what runs, and say what that was: minutes that ran are worth a key to bring back."""
        session = timekeeping.cancel(self.workspace)
        ran = say_duration(max(self.workspace.now() - session.start, 0))
        what = " ".join(filter(None, (self.title(session.channel), session.activity)))
        says = _("Discarded {what}, {time} · {key} brings it back").format(what=what, time=ran, key=self.key("undo"))
        self.did(says, seconds=STAYS)
