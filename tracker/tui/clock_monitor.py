"""Once a second: announce what has become true by time alone, or ask about it when that disturbs no input.

A plan ends, a pause ends, the machine slept, the clock jumped, a timer may have been forgotten, a week waits for its
review, another program wrote to the settings file, a hook has failed. A question is asked only while no dialog is open
and no key was pressed for a moment, so that it never takes a letter that was meant for something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar import clock
from tracker.formatting.text import capitalized
from tracker.formatting.times import format_duration
from tracker.locale import _
from tracker.services import hooks, pausing, queries, timekeeping
from tracker.tui import notifications
from tracker.tui.actions import review_actions, timer_actions
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import TIMER
from tracker.tui.modals.import_screen import BackgroundImports
from tracker.tui.modals.settings_dialog import follow_settings_file

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.reports.day import PauseOutcome

#: The most seconds by which the wall clock may differ from the steady clock before that is a jump.
LEAST_JUMP = 120

#: A plan that ended longer ago than this, in seconds, ended during sleep or before a jump, and is not announced.
LATE = 60

#: The user is typing until this many seconds after the last key.
TYPING = 5

#: The least seconds between two writes of the last sign of life.
KEPT_EVERY = 60


class Jump(NamedTuple):
    """The wall clock showed `since`, and a second later `until` (UTC seconds): later by far, or earlier."""

    since: int
    until: int


class ClockWatch:
    """Compares each second with the one before. Pure: it gets the time, and stores only the last comparison."""

    def __init__(self) -> None:
        self._before: tuple[int, float] | None = None
        self._awaited: tuple[int, int] | None = None

    def plan_ended(self, session: Session | None, now: int) -> bool:
        """Whether the plan of the running session has just ended: once for each end, in whatever program it was set.

        A plan that was over when it was first seen is not reported, nor one that was changed to end in the past.
        """
        awaited, self._awaited = self._awaited, None
        if session is None or not session.planned_seconds:
            return False
        end = session.start + session.planned_seconds
        if now < end:
            self._awaited = (session.id, end)
            return False
        return awaited == (session.id, end) and now - end <= LATE

    def jumped(self, now: int, steady: float | None) -> Jump | None:
        """The jump of the wall clock since the last look, if any; `steady` is None while the clock is frozen.

        On most systems the steady clock stands still while the machine sleeps. Where it runs on, or where the program
        was stopped, the seconds between two looks show it.
        """
        before, self._before = self._before, None if steady is None else (now, steady)
        if before is None or steady is None:
            return None
        passed, ran = now - before[0], steady - before[1]
        return Jump(before[0], now) if abs(passed - ran) > LEAST_JUMP or ran > LEAST_JUMP else None


class ClockMonitor:
    """Looks at the clock, at the settings file and at the week that waits for its review."""

    def __init__(self, app: BaseApp) -> None:
        self.app = app
        #: The day on which the week that waits for its review was looked for: once a day is enough.
        self._review_looked_for = ""
        self._watch = ClockWatch()
        self._jump: Jump | None = None
        #: By session: until when a question about it that was left open is not asked again.
        self._left_until: dict[int, int] = {}
        self._life_kept = 0
        self._pause: PauseOutcome | None = None
        self._imports = BackgroundImports(app)
        #: Why hooks failed, in the order it is still to be told, and what was told: each hook and cause once.
        self._failed_hooks: list[str] = []
        self._told_hooks: set[str] = set()

    def second(self, now: int) -> None:
        """Called once a second."""
        workspace = self.app.workspace
        follow_settings_file(self.app)
        session = queries.running(workspace)
        if self._watch.plan_ended(session, now) and session:
            self._announce_end(session)
        self._jump = (self._watch.jumped(now, clock.steady()) or self._jump) if session else None
        touched = self.app.last_input_at
        if session and touched is not None and touched > self._life_kept and now - self._life_kept >= KEPT_EVERY:
            self._life_kept = touched
            timekeeping.note_sign_of_life(workspace, touched)
        before, self._pause = self._pause, pausing.current_pause(workspace)
        if before and not self._pause and now >= before.end:
            timer_actions.pause_over(self.app, before)
        typing = touched is not None and 0 <= now - touched < TYPING
        if session and len(self.app.screen_stack) == 1 and not typing:
            self._ask_about(session, now)
        self._mention_review(now)
        self._tell_failed_hooks()
        self._imports.second(now)

    def _tell_failed_hooks(self) -> None:
        """Say once for each hook and cause what went wrong, over nothing else: what was recorded stands."""
        new = [line for line in hooks.failures() if line not in self._told_hooks]
        self._told_hooks.update(new)
        self._failed_hooks += dict.fromkeys(new)
        if self._failed_hooks and len(self.app.screen_stack) == 1 and not self.app.shows_toast:
            message = _("{reason}. What you recorded is saved.")
            self.app.notify(message.format(reason=capitalized(self._failed_hooks.pop(0))), timeout=8, markup=False)

    def _announce_end(self, session: Session) -> None:
        plan, channel = format_duration(session.planned_seconds or 0), self.app.title_of(session.channel)
        message = _("the planned {plan} is over").format(plan=plan)
        body = f"{message} · {session.intention}" if session.intention else message
        notifications.send(self.app, self.app.workspace.settings.notify, channel, body)
        line = _("{channel}: the planned {plan} is over · [{more}] adds 5 minutes, [{stop}] stops")
        keys = {"more": self.app.key_of("extend"), "stop": self.app.key_of("toggle")}
        self.app.notify(line.format(channel=channel, plan=plan, **keys), timeout=10)

    def _ask_about(self, session: Session, now: int) -> None:
        """Ask when a session ended, after a jump of the clock or where it may have been forgotten."""
        workspace, jump = self.app.workspace, self._jump
        self._jump = None
        forgotten = timekeeping.is_forgotten(workspace, session) and now > self._left_until.get(session.id, 0)
        if jump or forgotten:
            self._left_until[session.id] = now + workspace.settings.forgotten_after
            timer_actions.ask_doubtful(self.app, session, jump)

    def _mention_review(self, now: int) -> None:
        """Look once a day, on the Timer and over nothing else, whether a week waits for its review."""
        app, today = self.app, self.app.workspace.day_of(now)
        at_rest = len(app.screen_stack) == 1 and app.view.id == TIMER and not app.shows_toast
        if self._review_looked_for != today and at_rest:
            self._review_looked_for = today
            review_actions.mention_review(app)
