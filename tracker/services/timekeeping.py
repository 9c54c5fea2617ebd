"""The timer and checks: starting, stopping, resuming, extending, and a timer that may have been forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import Session, TrackerError, over_plan
from tracker.locale import _
from tracker.reports import presets, status
from tracker.services import closing_day, forgotten_timer, queries
from tracker.services.queries import Usual
from tracker.services.workspace import Workspace
from tracker.storage import channels, session_table, sessions, state

if TYPE_CHECKING:
    from tracker.reports.status import BudgetState
    from tracker.services.forgotten_timer import PossibleEnd

#: As many ways to begin as before are offered, each by its digit.
OFFERS = 5


#: Plans that fill up the few one has made so far, in seconds.
PLANS = (600, 1500, 2700)


#: So many breaths held to their end, and one may be cut short.
TRUSTED = 10


_BREATHS = "breaths"


#: The session that was asked why it goes on, or was extended knowingly: it is not asked again.
ASKED = "asked why"


def start(
    workspace: Workspace,
    channel: str,
    activity: str | None,
    intention: str | None,
    planned: int | None,
    person: str | None = None,
    override: str | None = None,
) -> Session:
    """Start a session, stopping what runs in the same step."""
    now = workspace.now()
    details = {"activity": activity, "intention": intention, "planned_seconds": planned, "person": person}
    details["override"] = override
    with workspace.transaction():
        if queries.running(workspace):
            return sessions.switch(workspace.journal, channel, now, workspace.zone, now=now, **details)[1]
        return sessions.start(workspace.journal, channel, now, workspace.zone, now=now, **details)


def stop(workspace: Workspace) -> Session:
    """End what runs."""
    now = workspace.now()
    return sessions.stop(workspace.journal, now, now=now)


def is_check(workspace: Workspace, session: Session) -> bool:
    """Whether by its length an ended session counts as a check."""
    return presets.counts_as_check(session, queries.find_channel(workspace, session.channel), workspace.settings)


def resume(workspace: Workspace) -> Session:
    """Start again what ended last."""
    now = workspace.now()
    return sessions.resume(workspace.journal, now, workspace.zone, now=now)


def can_resume(workspace: Workspace) -> bool:
    """Whether anything was timed or logged by hand that could go on."""
    return session_table.last(workspace.journal) is not None


def cancel(workspace: Workspace) -> Session:
    """Drop what runs."""
    return sessions.cancel(workspace.journal, now=workspace.now())


def budget_standing(workspace: Workspace, channel: str) -> BudgetState:
    """How today stands against the budgets of a channel and of the day."""
    return status.budget_state(workspace.journal, workspace.settings, channel, zone=workspace.zone, now=workspace.now())


def focus(workspace: Workspace) -> str:
    """The channel the important work is done on: of the kind `focus`, the last used."""
    focus = [channel for channel in queries.channels(workspace) if channel.kind == "focus"]
    if not focus:
        raise TrackerError(_("no channel is for the important work; `tracker channel` makes one of kind focus"))
    return channels.last_used_first(workspace.journal, focus)[0].name


def earlier_starts(workspace: Workspace, channel: str) -> list[Usual]:
    """How one began on a channel before, the last first; before all that, today's task where the focus is."""
    before = [
        Usual(activity, planned, intention, start)
        for activity, intention, planned, start in session_table.combinations(workspace.journal, channel, OFFERS)
    ]
    task = closing_day.task(workspace)
    if not task.task or task.task_done or queries.channel(workspace, channel).kind != "focus":
        return before
    last = next((one for one in before if one.intention == task.task), before[0] if before else Usual())
    rest = [one for one in before if one.intention != task.task]
    return [Usual(last.activity, last.planned_seconds, task.task), *rest][:OFFERS]


def usual_plans(workspace: Workspace, channel: str) -> list[int | None]:
    """How long one meant to stay there before, the shortest first, and no plan at all."""
    lengths = {
        planned for _a, _i, planned, _s in session_table.combinations(workspace.journal, channel, OFFERS) if planned
    }
    for usual in PLANS:
        if len(lengths) < len(PLANS):
            lengths.add(usual)
    return [*sorted(lengths), None]


def skips_breath(workspace: Workspace, activity: str | None) -> bool:
    """Whether an activity's purpose may begin without a breath, by the setting `breath_skips`."""
    purposes = {one.name: one.purpose for one in channels.activities(workspace.journal)}
    return purposes.get(activity or "") in workspace.settings.breath_skips


def count_breath(workspace: Workspace) -> None:
    """Count a breath that was held to its end."""
    state.put(workspace.journal, _BREATHS, str(_breaths(workspace) + 1))


def may_cut_breath(workspace: Workspace) -> bool:
    """Whether a breath may be cut short: after TRUSTED of them one knows what it is for."""
    return _breaths(workspace) >= TRUSTED


def _breaths(workspace: Workspace) -> int:
    kept = state.get(workspace.journal, _BREATHS) or ""
    return int(kept) if kept.isdecimal() else 0


def extend(workspace: Workspace, seconds: int) -> Session:
    """Plan so much more: from now where the plan is over, from its end where it is not. TrackerError if none runs.

    Extending what is over is an answer in itself: it is not asked why any more.
    """
    now = workspace.now()
    with workspace.transaction():
        session = queries.running(workspace)
        if session is None:
            raise TrackerError(_("nothing runs; s starts a session"))
        spent = max(now - session.start, 0)
        planned = max(session.planned_seconds or 0, spent) + seconds
        extended = sessions.edit(workspace.journal, session.id, now=now, planned_seconds=planned)
    if session.planned_seconds and spent > session.planned_seconds:
        state.put(workspace.journal, ASKED, str(session.id))
    return extended


def explain_overrun(workspace: Workspace, id: int, why: str) -> Session:
    """Keep why a session went on past its plan."""
    return sessions.edit(workspace.journal, id, now=workspace.now(), overrun=why)


def asks_why(workspace: Workspace, session: Session) -> bool:
    """Whether to ask why a session still goes on: well past its plan, and neither answered nor extended."""
    over = over_plan(workspace.now() - session.start, session.planned_seconds)
    if not over or session.overrun is not None:
        return False
    return over >= workspace.settings.overrun_after and state.get(workspace.journal, ASKED) != str(session.id)


def is_forgotten(workspace: Workspace, session: Session) -> bool:
    """Whether a running session may have been forgotten."""
    return forgotten_timer.is_forgotten(workspace.journal, session, workspace.settings.forgotten_after, workspace.now())


def doubt_about(workspace: Workspace, session: Session, seen: int | None) -> PossibleEnd:
    """When a running session may really have ended; `seen` is the last key pressed in this program."""
    return forgotten_timer.possible_end(workspace.journal, session, workspace.now(), seen)


def keep_running(workspace: Workspace, session: Session) -> None:
    """The user says that a session is right as it is."""
    forgotten_timer.keep(workspace.journal, session, workspace.settings.forgotten_after, workspace.now())


def stop_at(workspace: Workspace, id: int, at: int | None) -> Session:
    """End what runs at an instant, by default now; TrackerError where it is not that session any more."""
    now = workspace.now()
    with workspace.journal.transaction():
        session = queries.running(workspace)
        if session is None or session.id != id:
            raise TrackerError(_("that session has ended meanwhile"))
        return sessions.stop(workspace.journal, now if at is None else at, now=now)


def note_sign_of_life(workspace: Workspace, at: int) -> None:
    """Somebody was here at that instant."""
    state.put(workspace.journal, state.ALIVE, str(at))


def record_check(workspace: Workspace, channel: str, at: int | None = None) -> Session:
    """Record a check, now or at an earlier instant."""
    now = workspace.now()
    return sessions.check(workspace.journal, channel, now if at is None else at, workspace.zone, None, now=now)


#: For how long after a check, in seconds, one key says what it was for.
SAID_WITHIN = 10 * 60


def last_check(workspace: Workspace) -> Session | None:
    """The check of which one can still say by a key what it was for."""
    since = workspace.now() - SAID_WITHIN
    checked = [
        part.session for part in queries.day(workspace, workspace.today()).parts if part.session.source == "check"
    ]
    return checked[-1] if checked and checked[-1].start >= since else None
