"""What is offered before a session starts: how one began before, how long one stayed, and whether to breathe first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.locale import _
from tracker.services import closing_day, queries
from tracker.services.queries import EarlierStart
from tracker.storage import channels, session_table

if TYPE_CHECKING:
    from tracker.workspace import Workspace

#: So many earlier ways to begin are offered, each by its digit.
MOST_EARLIER_STARTS = 5

#: Plans in seconds, offered where one has made fewer than three so far.
PLANS = (600, 1500, 2700)

#: So many breaths held to their end, and one may be cut short.
BREATHS_BEFORE_SKIP = 10

_BREATHS = "breaths"


def focus(workspace: Workspace) -> str:
    """The channel the important work is done on: of the kind `focus`, the last used."""
    focus = [channel for channel in queries.channels(workspace) if channel.kind == "focus"]
    if not focus:
        raise TrackerError(_("no channel is for the important work; `tracker channel` adds one of kind focus"))
    return channels.last_used_first(workspace.database, focus)[0].name


def earlier_starts(workspace: Workspace, channel: str) -> list[EarlierStart]:
    """How one began on a channel before, the last first; before all that, today's task where the focus is."""
    before = [
        EarlierStart(activity, planned, intention, start)
        for activity, intention, planned, start in session_table.combinations(
            workspace.database, channel, MOST_EARLIER_STARTS
        )
    ]
    task = closing_day.task(workspace)
    if not task.task or task.task_done or queries.channel(workspace, channel).kind != "focus":
        return before
    last = next((usual for usual in before if usual.intention == task.task), before[0] if before else EarlierStart())
    rest = [usual for usual in before if usual.intention != task.task]
    return [EarlierStart(last.activity, last.planned_seconds, task.task), *rest][:MOST_EARLIER_STARTS]


def usual_plans(workspace: Workspace, channel: str) -> list[int | None]:
    """How long one meant to stay there before, in seconds, the shortest first; and no plan at all."""
    lengths = {
        planned
        for _a, _i, planned, _s in session_table.combinations(workspace.database, channel, MOST_EARLIER_STARTS)
        if planned
    }
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
    workspace.database.set_state(_BREATHS, str(_breaths(workspace) + 1))


def may_cut_breath(workspace: Workspace) -> bool:
    """Whether a breath may be cut short: after BREATHS_BEFORE_SKIP of them one knows what it is for."""
    return _breaths(workspace) >= BREATHS_BEFORE_SKIP


def _breaths(workspace: Workspace) -> int:
    kept = workspace.database.state(_BREATHS) or ""
    return int(kept) if kept.isdecimal() else 0
