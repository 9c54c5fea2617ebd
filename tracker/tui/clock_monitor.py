"""Once a second: what has become true by time alone, told or asked when it disturbs nobody.

A question comes up in a dialog only while none is open and nobody has pressed a key for a moment, so that it never
takes a letter that was meant for something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar import clock
from tracker.formatting.durations import format_duration
from tracker.locale import _
from tracker.services import overruns, pausing, queries
from tracker.tui import signals
from tracker.tui.actions import breaks, overrunning, prompts, review_opening, setting_changes
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import TIMER
from tracker.tui.watch import Jump, Watch

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.reports.pause_outcomes import PauseOutcome

#: Whoever pressed a key within so many seconds is typing.
TYPING = 5

#: The last sign of life is written at most so often, in seconds.
KEPT_EVERY = 60


class ClockMonitor:
    """Looks at the clock, at the settings file and at the week that waits for its review."""

    def __init__(self, app: BaseApp) -> None:
        self.app = app
        #: The day on which the week that waits for its review was looked for: once is enough.
        self._review_looked_for = ""
        self._watch = Watch()
        self._jump: Jump | None = None
        #: Sessions that were asked about and left undecided, and until when that is left so.
        self._left: dict[int, int] = {}
        self._life_kept = 0
        self._pause: PauseOutcome | None = None

    def second(self, now: int) -> None:
        """A second has passed."""
        setting_changes.look_at_settings(self.app)
        session = queries.running(self.app.workspace)
        if self._watch.plan_ended(session, now) and session:
            self._tell_end(session)
        self._jump = (self._watch.jumped(now, clock.steady()) or self._jump) if session else None
        if session:
            self._remember_life(now)
        self._look_at_pause(now)
        if session and self._quiet(now):
            self._ask_about(session, now)
        self._mention_review(now)

    def _tell_end(self, session: Session) -> None:
        plan = format_duration(session.planned_seconds or 0)
        name = prompts.title(self.app, session.channel)
        says = _("{plan} are over").format(plan=plan)
        body = f"{says} · {session.intention}" if session.intention else says
        signals.tell(self.app, self.app.workspace.settings.notify, name, body)
        line = _("{channel}: the {plan} are over · + is five minutes more, space stops")
        self.app.notify(line.format(channel=name, plan=plan), timeout=10, markup=False)

    def _remember_life(self, now: int) -> None:
        touched = self.app.touched
        if touched is not None and touched > self._life_kept and now - self._life_kept >= KEPT_EVERY:
            self._life_kept = touched
            overruns.note_sign_of_life(self.app.workspace, touched)

    def _look_at_pause(self, now: int) -> None:
        before, self._pause = self._pause, pausing.current_pause(self.app.workspace)
        if before and not self._pause and now >= before.end:
            breaks.pause_over(self.app, before)

    def _quiet(self, now: int) -> bool:
        touched = self.app.touched
        typing = touched is not None and 0 <= now - touched < TYPING
        return len(self.app.screen_stack) == 1 and not typing

    def _ask_about(self, session: Session, now: int) -> None:
        jump, self._jump = self._jump, None
        if not jump and not (
            overruns.is_forgotten(self.app.workspace, session) and now > self._left.get(session.id, 0)
        ):
            return
        self._left[session.id] = now + self.app.workspace.settings.forgotten_after
        overrunning.doubtful(self.app, session, jump)

    def _mention_review(self, now: int) -> None:
        """Look once a day, on the Timer and over nothing else, whether a week waits for its review."""
        app, today = self.app, self.app.workspace.day_of(now)
        at_rest = len(app.screen_stack) == 1 and app.view.id == TIMER and not app.saying
        if self._review_looked_for != today and at_rest:
            self._review_looked_for = today
            review_opening.mention_review(app)
