"""Declared pauses, and the burst of checking that suggests one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.reports import pause_outcomes as review
from tracker.services import queries
from tracker.services.workspace import Workspace
from tracker.storage import pauses, state

if TYPE_CHECKING:
    from tracker.analytics.patterns.finding import Cluster
    from tracker.domain.models import Pause, Session
    from tracker.reports.pause_outcomes import PauseOutcome

#: The instant of the last opening of the last burst that was told: what began before it is that one still.
TOLD = "told burst"


#: A burst is live while its last opening is no longer ago, in seconds.
LIVE = 30 * 60


def is_live(burst: Cluster, now: int) -> bool:
    """Whether a cluster of openings is still going on."""
    return burst.start <= now <= burst.end + LIVE


def current_pause(workspace: Workspace) -> PauseOutcome | None:
    """The pause under way, with what was opened in it."""
    return review.under_way(workspace.journal, workspace.now())


def begin_pause(workspace: Workspace, end: int) -> Pause:
    """Declare a pause from now on; one under way is replaced by it."""
    return pauses.begin(workspace.journal, end, workspace.zone, now=workspace.now())


def call_off(workspace: Workspace) -> Pause:
    """End the pause under way."""
    return pauses.call_off(workspace.journal, now=workspace.now())


def pause_around(workspace: Workspace, session: Session) -> Pause | None:
    """The pause that a session was opened in."""
    social = {channel.name for channel in queries.channels(workspace) if channel.kind == "social"}
    return review.around(workspace.journal, session.start) if session.channel in social else None


def current_burst(workspace: Workspace) -> Cluster | None:
    """The cluster of openings that is going on."""
    from tracker.reports.status import clusters_today

    now = workspace.now()
    social = {channel.name for channel in queries.channels(workspace) if channel.kind == "social"}
    found = clusters_today(
        workspace.journal,
        workspace.settings,
        workspace.today(),
        zone=workspace.zone,
        now=workspace.now(),
        social=social,
    )
    return next((one for one in reversed(found) if is_live(one, now)), None)


def is_news(workspace: Workspace, burst: Cluster) -> bool:
    """Whether a burst is still to be told; it is not a second time, in this run or another."""
    told = state.get(workspace.journal, TOLD) or ""
    if told.isdecimal() and burst.start <= int(told):
        return False
    state.put(workspace.journal, TOLD, str(burst.end))
    return True
