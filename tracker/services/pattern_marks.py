"""Patterns with what is remembered of each: flagged since when, muted until when, expected why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.locale import _
from tracker.services import queries
from tracker.settings import save_threshold
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.finding import Finding
    from tracker.reports.pattern_flags import Flag
    from tracker.reports.patterns import PatternLook
    from tracker.services.live_workspace import LiveWorkspace
    from tracker.storage.pattern_flags import PatternMark
    from tracker.workspace import Workspace


def pattern_log(
    workspace: Workspace, first: str | None = None, last: str | None = None, channel: str | None = None
) -> DetectorInput:
    """What the detectors look at: the last 28 logged days, or those between two dates; of all or one social channel."""
    from tracker.reports.detector_inputs import log

    return log(workspace, first=first, last=last, channel=channel)


def flags_today(workspace: Workspace) -> list[Flag]:
    """Every pattern as of today with what is remembered of it; which of them stand is noted, so that tomorrow knows."""
    from tracker.reports import pattern_flags

    today = workspace.today()
    with workspace.database.snapshot():
        flagged = pattern_flags.flags(workspace.database, workspace.settings, queries.findings(workspace), today)
    pattern_flags.remember(workspace.database, flagged, today)
    return list(flagged)


def flags_of(workspace: Workspace, findings: Sequence[Finding]) -> list[Flag]:
    """Findings of some day or week, each with what the user says of its pattern today."""
    from tracker.reports import pattern_flags

    return list(pattern_flags.flags(workspace.database, workspace.settings, findings, workspace.today()))


def five_weeks(workspace: Workspace, week: str) -> dict[str, tuple[PatternLook, ...]]:
    """Each pattern in the five weeks up to this one, by its name: for a thread, with a connection of its own."""
    from tracker.reports.patterns import looks_of_five_weeks

    with workspace.database.reader() as database:
        return looks_of_five_weeks(Workspace(database, workspace.settings, workspace.zone, now=workspace.now()), week)


def marked_flags(workspace: Workspace, findings: Sequence[Finding]) -> tuple[Flag, ...]:
    """Findings of any span or channel, each with what the user says of its pattern today: none of them is raised."""
    from tracker.reports import pattern_flags

    return pattern_flags.marked(workspace.database, findings, workspace.today())


def dismiss(workspace: Workspace, name: str) -> PatternMark:
    """Let a pattern be silent for 28 days."""
    from tracker.reports import pattern_flags

    return pattern_flags.dismiss(workspace.database, name, workspace.today(), now=workspace.now())


def dismiss_flagged(workspace: Workspace, name: str) -> PatternMark:
    """The same. Raises TrackerError for one that is not flagged: what is to come can be expected, not dismissed."""
    from tracker.analytics.patterns.finding import FLAGGED
    from tracker.analytics.patterns.registry import find, pattern

    if find(pattern_log(workspace), [name])[0].state != FLAGGED:
        raise TrackerError(_("{name} is not flagged; nothing to dismiss").format(name=pattern(name).name))
    return dismiss(workspace, name)


def expect(workspace: Workspace, name: str, why: str | None) -> PatternMark:
    """Mark a pattern as expected, and why."""
    from tracker.reports import pattern_flags

    return pattern_flags.expect(workspace.database, name, why, workspace.today(), now=workspace.now())


def take_back(workspace: Workspace, name: str) -> PatternMark:
    """Take away what was said of a pattern; returns what that was. TrackerError if nothing was."""
    from tracker.reports import pattern_flags

    return pattern_flags.unmark(workspace.database, name, workspace.today(), now=workspace.now())


def keep_limit(workspace: LiveWorkspace, name: str, value: float | None) -> None:
    """Change a threshold in the settings file; None is the usual one. TrackerError: nothing is changed."""
    if workspace.config is None:
        raise TrackerError(_("there is no settings file here"))
    workspace.go_by(save_threshold(workspace.config, name, value, workspace.refuse_thresholds))
    workspace.look_again()
