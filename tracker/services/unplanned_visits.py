"""The visit to a social channel that just began in focus hours or in a pause, as a machine saw it: not as logged."""

from __future__ import annotations

from tracker.domain.models import BY_PEOPLE, DAY
from tracker.domain.record import Record
from tracker.reports.load_days import sessions_of_day
from tracker.storage import channels, session_table, state, urges
from tracker.storage.pauses import in_span as pauses_in_span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.settings import Settings
    from tracker.workspace import Workspace

#: A visit is mentioned for so many seconds after its end.
MENTION_SECONDS = 15 * 60

#: The state that holds the start of the last visit that was answered.
ANSWERED_STATE = "answered visit"


class UnplannedVisit(Record):
    """A visit, and whether it was in a pause; else it was in focus hours."""

    session: Session
    in_pause: bool


def latest(workspace: Workspace) -> UnplannedVisit | None:
    """The last such visit that nobody has answered: dismissed, resisted the next urge, or begun to do something."""
    database, now = workspace.database, workspace.now()
    since = now - MENTION_SECONDS
    if not workspace.settings.focus_hours and not pauses_in_span(database, since, now + 1):
        return None
    seen = [
        session
        for date in sorted({workspace.day_of(since), workspace.day_of(now)})
        for session in sessions_of_day(workspace, date)
        if session.start <= now
        and (session.end is None or session.end > since or session.start >= since)
        and session.source not in BY_PEOPLE
    ]
    social = channels.names_of(database, "social") if seen else ()
    for session in reversed(seen):
        if session.channel in social:
            in_pause = any(pause.start < session.start for pause in pauses_in_span(database, *_moment(session)))
            if in_pause or _in_focus_hours(session, workspace.settings):
                return None if _is_answered(workspace, session) else UnplannedVisit(session, in_pause)
    return None


def dismiss(workspace: Workspace, visit: UnplannedVisit) -> None:
    """Do not mention a visit again, nor those before it."""
    state.put(workspace.database, ANSWERED_STATE, str(visit.session.start))


def _moment(session: Session) -> tuple[int, int]:
    return session.start, session.start + 1


def _in_focus_hours(session: Session, settings: Settings) -> bool:
    """By the wall clock of where it was; focus hours end on the day they begin."""
    if not settings.focus_hours:
        return False
    from tracker.calendar.clock import offset_at

    clock = (session.start + offset_at(session.zone, session.start)) % DAY
    return any(start <= clock < end for start, end in settings.focus_hours)


def _is_answered(workspace: Workspace, session: Session) -> bool:
    answered = state.get(workspace.database, ANSWERED_STATE) or ""
    if answered.isdecimal() and session.start <= int(answered):
        return True
    running = session_table.running(workspace.database)
    if running and running.start >= session.start:
        return True
    return bool(urges.in_span(workspace.database, session.start, workspace.now() + 1))
