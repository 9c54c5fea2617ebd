"""The timer and checks: start, stop, switch, resume, cancel. These run all day, so they import little."""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.record import Record
from tracker.locale import _
from tracker.services import hooks
from tracker.storage import channels, effects, session_table, sessions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from tracker.domain.models import Effects, Session
    from tracker.reports.status import BudgetState
    from tracker.services.overruns import PossibleEnd
    from tracker.workspace import Workspace

#: For how long after a check, in seconds, one key says what it was for.
CHECK_NOTE_SECONDS = 10 * 60


class Recorded(Record):
    """A session as it was recorded, changed, started or stopped, and everything that this did.

    `stopped` is the session that ended so that this one could start. `doubt` is what was known of the real end of a
    stopped session, where it may have been forgotten.
    """

    session: Session
    effects: Effects
    stopped: Session | None = None
    doubt: PossibleEnd | None = None


def record(workspace: Workspace, change: Callable[[], Session], before: Sequence[Session] = ()) -> Recorded:
    """Make a change that returns one session, in one transaction; `before` are the sessions it stands on."""
    with workspace.transaction():
        since = effects.log_position(workspace.database)
        session = change()
        return Recorded(session, effects.effects(workspace.database, since, (session,), before or (session,)))


def start(workspace: Workspace, channel: str, at: int | None = None, **details: Any) -> Recorded:
    """Start a session, now or at an earlier instant. `details` are further fields of Session.

    Raises TrackerError where a session runs, as `switch` does where none runs.
    """
    now = workspace.now()
    started = record(
        workspace,
        lambda: sessions.start(
            workspace.database, channel, now if at is None else at, workspace.zone, now=now, **details
        ),
    )
    hooks.announce_session(workspace, "start", started.session)
    return started


def switch(workspace: Workspace, channel: str, at: int | None = None, **details: Any) -> Recorded:
    """End the running session and start another at the same instant."""
    now = workspace.now()
    instant = now if at is None else at
    with workspace.transaction():
        possible_end = _doubt_about_running(workspace) if at is None else None
        running, since = session_table.running(workspace.database), effects.log_position(workspace.database)
        ended, begun = sessions.switch(workspace.database, channel, instant, workspace.zone, now=now, **details)
        assert running is not None, "it was stopped just now"
        done = effects.effects(workspace.database, since, (_ended_at(running, instant), begun), (running, begun))
        hooks.announce_session(workspace, "stop", ended)
        hooks.announce_session(workspace, "start", begun)
        return Recorded(begun, done, ended, possible_end)


def start_or_switch(workspace: Workspace, channel: str, **details: Any) -> Recorded:
    """Start a session now, ending what runs in the same step."""
    with workspace.transaction():
        return (switch if session_table.running(workspace.database) else start)(workspace, channel, **details)


def stop(workspace: Workspace, at: int | None = None) -> Recorded:
    """End the running session, now or at an earlier instant."""
    now = workspace.now()
    instant = now if at is None else at
    with workspace.transaction():
        # Stopping is a sign of life itself: what is known of a forgotten session is asked for before.
        possible_end = _doubt_about_running(workspace) if at is None else None
        running, since = session_table.running(workspace.database), effects.log_position(workspace.database)
        ended = sessions.stop(workspace.database, instant, now=now)
        assert running is not None, "it was stopped just now"
        done = effects.effects(workspace.database, since, (_ended_at(running, instant),), (running,))
        hooks.announce_session(workspace, "stop", ended)
        return Recorded(ended, done, None, possible_end)


def stop_session(workspace: Workspace, id: int, at: int | None) -> Recorded:
    """End what runs at an instant, by default now; TrackerError where it is not that session any more."""
    with workspace.transaction():
        session = session_table.running(workspace.database)
        if session is None or session.id != id:
            raise TrackerError(_("that session has already ended"))
        return stop(workspace, at)


def resume(workspace: Workspace, at: int | None = None) -> Recorded:
    """Start again what ended last, now or at an earlier instant."""
    now = workspace.now()
    resumed = record(
        workspace, lambda: sessions.resume(workspace.database, now if at is None else at, workspace.zone, now=now)
    )
    hooks.announce_session(workspace, "start", resumed.session)
    return resumed


def can_resume(workspace: Workspace) -> bool:
    """Whether anything was timed or logged by hand that could go on."""
    return bool(session_table.last_by_channel(workspace.database))


def cancel(workspace: Workspace) -> Session:
    """Drop the running session; returns what it was."""
    return sessions.cancel(workspace.database, now=workspace.now())


def record_check(workspace: Workspace, channel: str, at: int | None = None, note: str | None = None) -> Recorded:
    """Record a check, now or at an earlier instant."""
    now = workspace.now()
    checked = record(
        workspace,
        lambda: sessions.check(workspace.database, channel, now if at is None else at, workspace.zone, note, now=now),
    )
    hooks.announce_session(workspace, "check", checked.session)
    return checked


def last_check(workspace: Workspace) -> Session | None:
    """The last check of today, if it is no longer ago than CHECK_NOTE_SECONDS."""
    from tracker.services import queries

    parts = queries.day(workspace, workspace.today()).parts
    checks = [part.session for part in parts if part.session.source == "check"]
    return checks[-1] if checks and checks[-1].start >= workspace.now() - CHECK_NOTE_SECONDS else None


def is_check(workspace: Workspace, session: Session) -> bool:
    """Whether by its length an ended session counts as a check, whatever was planned."""
    if session.end is None or session.end - session.start >= workspace.settings.check_seconds:
        return False  # what most sessions are: nothing is looked up for them
    from tracker.reports import record_wording

    return record_wording.counts_as_check(
        session, channels.find(workspace.database, session.channel), workspace.settings
    )


def budget_standing(workspace: Workspace, channel: str) -> BudgetState:
    """How today stands against the budgets of a channel and of the day."""
    from tracker.reports.status import budget_state

    return budget_state(workspace, channel)


def spent_budget(workspace: Workspace, channel: str) -> BudgetState | None:
    """How today stands against the budgets of a channel and of the day; None where no budget is set."""
    budgets = (known.budget_seconds for known in channels.channels(workspace.database) if known.kind == "social")
    if workspace.settings.daily_budget is None and all(seconds is None for seconds in budgets):
        return None
    return budget_standing(workspace, channel)


def _doubt_about_running(workspace: Workspace) -> PossibleEnd | None:
    """What is known of the running session's real end, if it has run for longer than `forgotten_after`."""
    session = session_table.running(workspace.database)
    if not session or workspace.now() - session.start <= workspace.settings.forgotten_after:
        return None
    from tracker.services.overruns import possible_end

    return possible_end(workspace, session)


def _ended_at(running: Session, at: int) -> Session:
    """The running session as it is to be once it is stopped: no sooner than it began, whatever the clock shows."""
    return running._replace(end=max(at, running.start))
