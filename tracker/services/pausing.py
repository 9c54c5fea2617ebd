"""Declared pauses; the burst of checking that suggests one; and the visit that began in one, or in focus hours.

Only measured visits count: one that a person logged was intended.
"""

from __future__ import annotations

from tracker.domain.models import BY_PEOPLE, DAY, Pause, Session
from tracker.domain.record import Record
from tracker.services import queries
from tracker.storage import channels, day_records, session_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.pattern import Cluster
    from tracker.reports.day import PauseOutcome
    from tracker.settings import Settings
    from tracker.workspace import Workspace


#: The state that holds the end of the last burst that was reported: a burst that began before it is the same one.
REPORTED_BURST_STATE = "told burst"

#: A burst is live while its last opening is no longer ago, in seconds.
LIVE_BURST_SECONDS = 30 * 60


def is_live(burst: Cluster, now: int) -> bool:
    """Whether a cluster of openings is still going on."""
    return burst.start <= now <= burst.end + LIVE_BURST_SECONDS


def current_pause(workspace: Workspace) -> PauseOutcome | None:
    """The pause under way, with what was opened in it."""
    from tracker.reports.day import pause_under_way

    return pause_under_way(workspace.database, workspace.now())


def begin_pause(workspace: Workspace, end: int) -> Pause:
    """Declare a pause from now on; one under way is replaced by it."""
    return day_records.begin_pause(workspace.database, end, workspace.zone, now=workspace.now())


def end_pause(workspace: Workspace) -> PauseOutcome:
    """End the pause under way; returns what became of it. Raises TrackerError if none is."""
    from tracker.reports.day import CALLED_OFF

    with workspace.transaction():
        before = current_pause(workspace)
        ended = day_records.call_off_pause(workspace.database, now=workspace.now())
    assert before is not None, "one was called off"
    return before._replace(until=ended.ended or workspace.now(), state=before.state if before.openings else CALLED_OFF)


def running_social_session(workspace: Workspace) -> Session | None:
    """The running session, if it is social: declaring a pause does not stop it."""
    session = session_table.running(workspace.database)
    return session if session and _is_social(workspace, session) else None


def pause_around(workspace: Workspace, session: Session) -> Pause | None:
    """The pause in which a social session was opened; None for a session outside any, which is the quick case."""
    pauses = day_records.pauses_in_span(workspace.database, session.start, session.start + 1)
    if not pauses or not _is_social(workspace, session):
        return None
    from tracker.reports.day import pause_around

    return pause_around(workspace.database, session.start)


def _is_social(workspace: Workspace, session: Session) -> bool:
    return channels.find(workspace.database, session.channel).kind == "social"


def bursts_today(workspace: Workspace) -> tuple[Cluster, ...]:
    """Today's clusters of openings, none where the user does not want to hear of them."""
    social = {channel.name for channel in queries.channels(workspace) if channel.kind == "social"}
    return queries.clusters_today(workspace, social)


def live_burst(bursts: Sequence[Cluster], now: int) -> Cluster | None:
    """The one of these bursts that is going on."""
    return next((burst for burst in reversed(bursts) if is_live(burst, now)), None)


def is_new_burst(workspace: Workspace, burst: Cluster) -> bool:
    """Whether a burst was never reported, in this run or an earlier one. Remembers that it is reported now."""
    if burst.start <= (workspace.remembered_number(REPORTED_BURST_STATE) or 0):
        return False
    workspace.remember(REPORTED_BURST_STATE, str(burst.end))
    return True


#: A visit is mentioned for so many seconds after its end.
MENTION_SECONDS = 15 * 60

#: The state that holds the start of the last visit that was answered.
ANSWERED_STATE = "answered visit"


class UnplannedVisit(Record):
    """A visit, and whether it was in a pause; else it was in focus hours."""

    session: Session
    in_pause: bool


def unplanned_visit(workspace: Workspace) -> UnplannedVisit | None:
    """The last such visit that nobody has answered by dismissing it, resisting an urge or starting a session."""
    from tracker.reports.load_days import sessions_of_day

    database, now = workspace.database, workspace.now()
    since = now - MENTION_SECONDS
    if not workspace.settings.focus_hours and not day_records.pauses_in_span(database, since, now + 1):
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
            in_pause = any(
                pause.start < session.start
                for pause in day_records.pauses_in_span(database, session.start, session.start + 1)
            )
            if in_pause or _in_focus_hours(session, workspace.settings):
                return None if _is_answered(workspace, session) else UnplannedVisit(session, in_pause)
    return None


def dismiss_visit(workspace: Workspace, visit: UnplannedVisit) -> None:
    """Do not mention a visit again, nor those before it."""
    workspace.remember(ANSWERED_STATE, str(visit.session.start))


def _in_focus_hours(session: Session, settings: Settings) -> bool:
    """By the wall clock of where it was; focus hours end on the day they begin."""
    if not settings.focus_hours:
        return False
    from tracker.calendar.clock import offset_at

    clock = (session.start + offset_at(session.zone, session.start)) % DAY
    return any(start <= clock < end for start, end in settings.focus_hours)


def _is_answered(workspace: Workspace, session: Session) -> bool:
    if session.start <= (workspace.remembered_number(ANSWERED_STATE) or 0):
        return True
    running = session_table.running(workspace.database)
    if running and running.start >= session.start:
        return True
    from tracker.storage import day_records

    return bool(day_records.urges_in_span(workspace.database, session.start, workspace.now() + 1))
