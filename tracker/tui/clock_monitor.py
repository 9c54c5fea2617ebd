"""Once a second: announce what has become true by time alone, or ask about it when that disturbs no input.

A plan ends, a pause ends, the machine slept, the clock jumped, a timer may have been forgotten, a week waits for its
review, another program wrote to the settings file, a hook has failed, an import is due. A question is asked only while
no dialog is open and no key was pressed for a moment, so that it never takes a letter that was meant for something
else.
"""

from __future__ import annotations

from functools import partial

from textual.worker import Worker, get_current_worker

from tracker.calendar import clock
from tracker.domain.errors import TrackerError
from tracker.domain.models import Session
from tracker.formatting.text import capitalized
from tracker.formatting.times import format_clock, format_duration, week_number
from tracker.locale import _
from tracker.reports.day import PauseOutcome
from tracker.services import hooks, pausing, queries, reviewing, timekeeping
from tracker.services.live_workspace import LiveWorkspace
from tracker.tui import notifications
from tracker.tui.base_app import BaseApp, Cancelled
from tracker.tui.keys import TIMER, keymap, ways_out
from tracker.tui.screens.patterns_panel import PatternsPanel, TodaysPatterns, cluster_words, new_flag, title

#: The most seconds by which the wall clock may differ from the steady clock before that is a jump.
LEAST_JUMP = 120

#: A plan that ended longer ago than this, in seconds, ended during sleep or before a jump, and is not announced.
LATE = 60

#: The user is typing until this many seconds after the last key.
TYPING = 5

#: The least seconds between two writes of the last sign of life.
KEPT_EVERY = 60


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

    def jumped(self, now: int, steady: float | None) -> tuple[int, int] | None:
        """The jump of the wall clock since the last look, if any; `steady` is None while the clock is frozen.

        What the clock showed before and after it, in UTC seconds: later by far, or earlier.

        On most systems the steady clock stands still while the machine sleeps. Where it runs on, or where the program
        was stopped, the seconds between two looks show it.
        """
        before, self._before = self._before, None if steady is None else (now, steady)
        if before is None or steady is None:
            return None
        passed, ran = now - before[0], steady - before[1]
        return (before[0], now) if abs(passed - ran) > LEAST_JUMP or ran > LEAST_JUMP else None


class BackgroundImports:
    """Imports at most once a minute, and never twice at once.

    The thread has a connection of its own, so what it imports is shown in the same way as a change by another program.
    A source that fails is named in the header and in the settings, and is tried again a minute later, without a dialog.
    """

    def __init__(self, app: BaseApp) -> None:
        self.app = app
        self._minute = -1
        self._worker: Worker[None] | None = None
        self._failed: dict[str, str] = {}

    def second(self, now: int) -> None:
        """Called once a second: start an import if one is due."""
        app, workspace = self.app, self.app.workspace
        if self._failed != app.failed_imports:
            app.failed_imports = self._failed
            app.show_frame()
        is_busy = app.importing or bool(self._worker and not self._worker.is_finished)
        if app.demo or workspace.refusal or not workspace.database.file.real_path or is_busy:
            return
        if not workspace.settings.sources:
            self._failed = {}
        elif now // 60 != self._minute:
            self._minute = now // 60
            run = partial(self._import, workspace)
            self._worker = app.run_worker(run, thread=True, name="automatic import", exit_on_error=False)

    def _import(self, workspace: LiveWorkspace) -> None:
        """Import, in the thread."""
        from tracker.services.source_imports import import_new_beside

        worker = get_current_worker()

        def report(_fraction: float) -> None:
            if worker.is_cancelled:
                raise Cancelled

        try:
            outcomes = import_new_beside(workspace, report)
        except (TrackerError, Cancelled):
            return  # the screens themselves report a file that was moved
        self._failed = {outcome.entry: outcome.error for outcome in outcomes if outcome.error}


class ClockMonitor:
    """Looks at the clock, at the settings file and at the week that waits for its review."""

    def __init__(self, app: BaseApp) -> None:
        self.app = app
        #: The day on which the week that waits for its review was looked for: once a day is enough.
        self._review_looked_for = ""
        self._watch = ClockWatch()
        self._jump: tuple[int, int] | None = None
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
        self._follow_settings_file()
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
            self.app.announce(_("The pause is over") if before.openings else _("The pause is over: kept ✓"))
        typing = touched is not None and 0 <= now - touched < TYPING
        if session and len(self.app.screen_stack) == 1 and not typing:
            self._ask_about(session, now)
        self._mention_review(now)
        self._tell_failed_hooks()
        self._imports.second(now)

    def _follow_settings_file(self) -> None:
        """Apply what another program has written to the settings file, and say so.

        A file that cannot be read is reported once, and the settings stay as they were.
        """
        try:
            after = self.app.workspace.changed_settings()
            if after is None:
                return
            keymap(after.keys)
        except TrackerError as error:
            message = _("{error}; the settings stay as they were").format(error=capitalized(str(error)))
            self.app.notify(message, severity="error", timeout=20)
            return
        from tracker.tui.modals.settings_dialog import use_changed_settings

        use_changed_settings(self.app, after)

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
        more, stop = self.app.key_of("extend"), self.app.key_of("toggle")
        self.app.notify(line.format(channel=channel, plan=plan, more=more, stop=stop), timeout=10)

    def _ask_about(self, session: Session, now: int) -> None:
        """Ask when a session ended, after a jump of the clock or where it may have been forgotten."""
        workspace, jump = self.app.workspace, self._jump
        self._jump = None
        forgotten = timekeeping.is_forgotten(workspace, session) and now > self._left_until.get(session.id, 0)
        if jump or forgotten:
            from tracker.tui.actions.timer_actions import ask_doubtful

            self._left_until[session.id] = now + workspace.settings.forgotten_after
            ask_doubtful(self.app, session, jump)

    def _mention_review(self, now: int) -> None:
        """Look once a day, on the Timer and over nothing else, whether a week waits for its review, and say so."""
        app, today = self.app, self.app.workspace.day_of(now)
        at_rest = len(app.screen_stack) == 1 and app.view.id == TIMER and not app.shows_toast
        if self._review_looked_for != today and at_rest:
            self._review_looked_for = today
            if week := reviewing.mention_review(app.workspace):
                message = _("Week {n} is over: [{key}] reviews it in ten minutes")
                app.notify(message.format(n=week_number(week), key=app.key_of("review")), timeout=9)


def mention_burst(app: BaseApp) -> bool:
    """Mention once a burst of checks that still goes on, with the ways out; returns whether it was mentioned now.

    The Timer has both in its list of patterns; elsewhere a toast says them.
    """
    rows = app.view.rows()
    if isinstance(rows, TodaysPatterns):  # it has just looked for them
        bursts = rows.bursts(app.workspace.today())
    else:
        bursts = pausing.bursts_today(app.workspace)
    burst = pausing.live_burst(bursts, app.workspace.now())
    if burst is None or not pausing.is_new_burst(app.workspace, burst):
        return False
    if isinstance(rows, PatternsPanel):
        rows.choose_pattern("check_cluster")  # enter opens the evidence of what is mentioned
    if app.view.id == TIMER:
        return True
    words = cluster_words(burst, queries.titles(app.workspace), format_clock(burst.start, burst.zone))
    ways = ways_out(lambda action: f"[{app.key_of(action)}]")
    evidence = f"[{app.key_of(TIMER)}] [{app.key_of('open')}] " + _("evidence")
    app.flagged(title("check_cluster"), words, " · ".join([evidence, *ways]))
    return True


def mention_flag(app: BaseApp) -> None:
    """Choose the one new flag of the day, once: it stands on the Timer in a sentence, its evidence a key away."""
    rows = app.view.rows()
    if app.view.id != TIMER or len(app.screen_stack) > 1 or not isinstance(rows, PatternsPanel):
        return
    raised = new_flag(app.workspace, rows.items)
    if raised:
        rows.choose_pattern(raised.finding.name)
