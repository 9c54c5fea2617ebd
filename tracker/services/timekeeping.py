"""The timer and checks: start, stop, switch, resume, cancel; what is offered before a session, and asked of a long one.

These run all day, so they import little.

A *sign of life* is something that only a present user can do: a key pressed or a click in the screens (stored once a
minute while a session runs, `ALIVE`), or a change of the log by any program, undo included. An import that a
machine starts by itself cannot be told from one that its user starts, and counts as a sign too. Screens that are open
all night, and their clock, are no sign. When the machine fell asleep, or the clock jumped, while the screens were open,
they ask at once; the moment before it counts as a sign of life, because a person closes a lid.

The likely end is the later of the plan's end and the last sign of life: a user who touched the program after the plan's
end was still there, and a user who did not has most likely stopped as planned.
"""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import Effects, Session, over_plan
from tracker.domain.record import Record
from tracker.locale import _
from tracker.services import hooks, queries
from tracker.services.queries import EarlierStart
from tracker.storage import channels, session_table, sessions, undo_steps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from tracker.reports.day import BudgetState
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
        since = workspace.database.log_position()
        session = change()
        return Recorded(
            session, undo_steps.effects_on_sessions(workspace.database, since, (session,), before or (session,))
        )


def _announced(workspace: Workspace, event: str, change: Callable[[], Session]) -> Recorded:
    """Make a change as `record` does, and run the hook of the event."""
    recorded = record(workspace, change)
    hooks.announce_session(workspace, event, recorded.session)
    return recorded


def start(workspace: Workspace, channel: str, at: int | None = None, **details: Any) -> Recorded:
    """Start a session, now or at an earlier instant. `details` are further fields of Session.

    Raises TrackerError where a session runs, as `switch` does where none runs.
    """
    database, zone, now = workspace.database, workspace.zone, workspace.now()
    at = now if at is None else at
    return _announced(workspace, "start", lambda: sessions.start(database, channel, at, zone, now=now, **details))


def switch(workspace: Workspace, channel: str, at: int | None = None, **details: Any) -> Recorded:
    """End the running session and start another at the same instant."""
    return _end_running(workspace, at, channel, **details)


def start_or_switch(workspace: Workspace, channel: str, **details: Any) -> Recorded:
    """Start a session now, ending what runs in the same step."""
    with workspace.transaction():
        return (switch if session_table.running(workspace.database) else start)(workspace, channel, **details)


def stop(workspace: Workspace, at: int | None = None) -> Recorded:
    """End the running session, now or at an earlier instant."""
    return _end_running(workspace, at)


def _end_running(workspace: Workspace, at: int | None, next_channel: str | None = None, **details: Any) -> Recorded:
    """End what runs, and start a session on the next channel if there is one."""
    database, now = workspace.database, workspace.now()
    instant = now if at is None else at
    with workspace.transaction():
        running, since, doubt = session_table.running(database), database.log_position(), None
        if at is None and running and now - running.start > workspace.settings.forgotten_after:
            # Stopping is a sign of life itself: what is known of a forgotten session is asked for before.
            doubt = possible_end(workspace, running)
        begun: tuple[Session, ...] = ()
        if next_channel is None:
            ended = sessions.stop(database, instant, now=now)
        else:
            ended, started = sessions.switch(database, next_channel, instant, workspace.zone, now=now, **details)
            begun = (started,)
        assert running is not None, "it was stopped just now"
        # It ends no sooner than it began, whatever the clock shows.
        wanted = running._replace(end=max(instant, running.start))
        done = undo_steps.effects_on_sessions(database, since, (wanted, *begun), (running, *begun))
        hooks.announce_session(workspace, "stop", ended)
        for session in begun:
            hooks.announce_session(workspace, "start", session)
        return Recorded(begun[0], done, ended, doubt) if begun else Recorded(ended, done, None, doubt)


def stop_session(workspace: Workspace, id: int, at: int | None) -> Recorded:
    """End what runs at an instant, by default now; TrackerError where it is not that session any more."""
    with workspace.transaction():
        session = session_table.running(workspace.database)
        if session is None or session.id != id:
            raise TrackerError(_("that session has already ended"))
        return stop(workspace, at)


def resume(workspace: Workspace, at: int | None = None) -> Recorded:
    """Start again what ended last, now or at an earlier instant."""
    database, zone, now = workspace.database, workspace.zone, workspace.now()
    at = now if at is None else at
    return _announced(workspace, "start", lambda: sessions.resume(database, at, zone, now=now))


def can_resume(workspace: Workspace) -> bool:
    """Whether anything was timed or logged by hand that could go on."""
    return bool(session_table.last_by_channel(workspace.database))


def cancel(workspace: Workspace) -> Session:
    """Drop the running session; returns what it was."""
    return sessions.cancel(workspace.database, now=workspace.now())


def record_check(workspace: Workspace, channel: str, at: int | None = None, note: str | None = None) -> Recorded:
    """Record a check, now or at an earlier instant."""
    database, zone, now = workspace.database, workspace.zone, workspace.now()
    at = now if at is None else at
    return _announced(workspace, "check", lambda: sessions.check(database, channel, at, zone, note, now=now))


def last_check(workspace: Workspace) -> Session | None:
    """The last check of today, if it is no longer ago than CHECK_NOTE_SECONDS."""
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
    from tracker.reports.day import budget_state

    return budget_state(workspace, channel)


def spent_budget(workspace: Workspace, channel: str) -> BudgetState | None:
    """How today stands against the budgets of a channel and of the day; None where no budget is set."""
    budgets = (each.budget_seconds for each in channels.channels(workspace.database) if each.kind == "social")
    if workspace.settings.daily_budget is None and all(seconds is None for seconds in budgets):
        return None
    return budget_standing(workspace, channel)


#: The name of the last instant (UTC seconds) at which a key or the mouse was used in the screens while a timer ran.
ALIVE = "alive"

#: The state that holds the id of the session that was asked why it goes on, or was extended knowingly.
ASKED_STATE = "asked why"

#: The state of the answer "keep": the session's id, and the instant after which it may be asked about again.
KEEP_RUNNING_STATE = "kept"

#: A sign of life within so many seconds of the start belongs to the start.
_START_SECONDS = 60


class PossibleEnd(Record):
    """A running session and when it may really have ended: instants, None where there is no such moment."""

    session: Session
    #: The last sign of life after its start.
    life: int | None
    #: The end of its plan.
    planned: int | None

    @property
    def likely(self) -> int | None:
        """The likeliest end; None where only the user can know."""
        return max((at for at in (self.life, self.planned) if at is not None), default=None)


def extend(workspace: Workspace, seconds: int) -> Session:
    """Plan so much more: from now where the plan is over, from its end where it is not. TrackerError if none runs.

    Extending a plan that is over is an answer in itself: it is not asked why any more.
    """
    now = workspace.now()
    with workspace.transaction():
        session = session_table.running(workspace.database)
        if session is None:
            raise TrackerError(_("no timer running"))
        spent = max(now - session.start, 0)
        planned = max(session.planned_seconds or 0, spent) + seconds
        extended = sessions.edit(workspace.database, session.id, now=now, planned_seconds=planned)
    if session.planned_seconds and spent > session.planned_seconds:
        workspace.remember(ASKED_STATE, str(session.id))
    return extended


def explain_overrun(workspace: Workspace, id: int, why: str) -> Session:
    """Save why a session went on past its plan."""
    return sessions.edit(workspace.database, id, now=workspace.now(), overrun=why)


def asks_why(workspace: Workspace, session: Session) -> bool:
    """Whether to ask why a session still goes on: well past its plan, and neither answered nor extended."""
    over = over_plan(workspace.now() - session.start, session.planned_seconds)
    if not over or session.overrun is not None:
        return False
    return over >= workspace.settings.overrun_after and workspace.remembered(ASKED_STATE) != str(session.id)


def is_forgotten(workspace: Workspace, session: Session) -> bool:
    """Whether a running session may have been forgotten: it lasts longer than the setting `forgotten_after`.

    After the answer "keep" it is asked about again once as long has passed again.
    """
    now = workspace.now()
    if now - session.start <= workspace.settings.forgotten_after:
        return False
    id, _space, until = (workspace.remembered(KEEP_RUNNING_STATE) or "").partition(" ")
    return not (id == str(session.id) and until.isdecimal() and now <= int(until))


def keep_running(workspace: Workspace, session: Session) -> None:
    """Remember that the user said this session is right as it is."""
    until = workspace.now() + workspace.settings.forgotten_after
    workspace.remember(KEEP_RUNNING_STATE, f"{session.id} {until}")


def possible_end(workspace: Workspace, session: Session, seen: int | None = None) -> PossibleEnd:
    """When a running session may have ended; `seen` is a sign of life (UTC seconds) that is not in the file."""
    from tracker.storage.undo_steps import last_change

    now = workspace.now()
    signs = (workspace.remembered_number(ALIVE), last_change(workspace.database, now), seen)
    # Later ones were written by a wrong clock.
    life = max((at for at in signs if at is not None and at <= now), default=None)
    planned = session.start + session.planned_seconds if session.planned_seconds else None
    return PossibleEnd(
        session,
        life if life is not None and life > session.start + _START_SECONDS else None,
        planned if planned is not None and planned < now else None,
    )


def note_sign_of_life(workspace: Workspace, at: int) -> None:
    """Somebody was here at that instant."""
    workspace.remember(ALIVE, str(at))


#: How many earlier ways to begin are offered, each by its digit.
MOST_EARLIER_STARTS = 5

#: Plans in seconds, offered where the user has made fewer than three so far.
PLANS = (600, 1500, 2700)

#: After how many breaths held to their end one may be cut short.
BREATHS_BEFORE_SKIP = 10

_BREATHS = "breaths"


def focus(workspace: Workspace) -> str:
    """The channel the important work is done on: of the kind `focus`, the last used."""
    focus = [channel for channel in queries.channels(workspace) if channel.kind == "focus"]
    if not focus:
        raise TrackerError(_("no channel is for the important work; `tracker channel` adds one of kind focus"))
    return channels.last_used_first(workspace.database, focus)[0].name


def earlier_starts(workspace: Workspace, channel: str) -> list[EarlierStart]:
    """How sessions on a channel began before, the last first; before them today's task, on a channel of work."""
    used = session_table.combinations(workspace.database, channel, MOST_EARLIER_STARTS)
    before = [EarlierStart(activity, planned, intention, start) for activity, intention, planned, start in used]
    from tracker.storage import day_records

    task = day_records.get_note(workspace.database, workspace.today())
    if not task.task or task.task_done or queries.channel(workspace, channel).kind != "focus":
        return before
    last = next((usual for usual in before if usual.intention == task.task), before[0] if before else EarlierStart())
    rest = [usual for usual in before if usual.intention != task.task]
    return [EarlierStart(last.activity, last.planned_seconds, task.task), *rest][:MOST_EARLIER_STARTS]


def usual_plans(workspace: Workspace, channel: str) -> list[int | None]:
    """The lengths that were planned on a channel before, in seconds, the shortest first; then None, for no plan."""
    used = session_table.combinations(workspace.database, channel, MOST_EARLIER_STARTS)
    lengths = {planned for _activity, _intention, planned, _start in used if planned}
    for seconds in PLANS:
        if len(lengths) < len(PLANS):
            lengths.add(seconds)
    return [*sorted(lengths), None]


def skips_breath(workspace: Workspace, activity: str | None) -> bool:
    """Whether an activity's purpose may begin without a breath, by the setting `breath_skips`."""
    purposes = {activity.name: activity.purpose for activity in channels.activities(workspace.database)}
    return purposes.get(activity or "") in workspace.settings.breath_skips


def count_breath(workspace: Workspace) -> None:
    """Count a breath that was held to its end."""
    workspace.remember(_BREATHS, str(_breaths(workspace) + 1))


def may_cut_breath(workspace: Workspace) -> bool:
    """Whether a breath may be cut short: after BREATHS_BEFORE_SKIP of them one knows what it is for."""
    return _breaths(workspace) >= BREATHS_BEFORE_SKIP


def _breaths(workspace: Workspace) -> int:
    return workspace.remembered_number(_BREATHS) or 0
