"""Patterns with what is remembered of each: flagged since when, muted until when, expected why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.services.workspace import Workspace
from tracker.settings import save_threshold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.finding import Finding
    from tracker.reports.pattern_flags import Flag
    from tracker.reports.patterns import PatternLook


def flags_today(workspace: Workspace) -> list[Flag]:
    """Every pattern as of today with what is remembered of it; which of them stand is noted, so that tomorrow knows."""
    from tracker.reports import pattern_flags
    from tracker.reports.patterns import findings

    today = workspace.today()
    found = findings(workspace.journal, workspace.settings, zone=workspace.zone, now=workspace.now())
    flagged = pattern_flags.flags(workspace.journal, workspace.settings, found, today)
    pattern_flags.remember(workspace.journal, flagged, today)
    return list(flagged)


def flags_of(workspace: Workspace, findings: Sequence[Finding]) -> list[Flag]:
    """Findings of some day or week, each with what the user says of its pattern today."""
    from tracker.reports import pattern_flags

    return list(pattern_flags.flags(workspace.journal, workspace.settings, findings, workspace.today()))


def five_weeks(workspace: Workspace, week: str) -> dict[str, tuple[PatternLook, ...]]:
    """Each pattern in the five weeks up to this one, by its name: for a thread, with a connection of its own."""
    from tracker.reports.patterns import looks_of_five_weeks

    with workspace.journal.reader() as journal:
        return looks_of_five_weeks(journal, workspace.settings, week, zone=workspace.zone, now=workspace.now())


def dismiss(workspace: Workspace, name: str) -> str:
    """Let a pattern be silent for 28 days; returns the date it speaks again."""
    from tracker.reports import pattern_flags

    return (
        pattern_flags.dismiss(workspace.journal, name, workspace.today(), now=workspace.now()).until
        or workspace.today()
    )


def expect(workspace: Workspace, name: str, why: str) -> None:
    """Mark a pattern as expected, and why."""
    from tracker.reports import pattern_flags

    pattern_flags.expect(workspace.journal, name, why, workspace.today(), now=workspace.now())


def take_back(workspace: Workspace, name: str) -> None:
    """Take away what was said of a pattern. TrackerError if nothing was."""
    from tracker.reports import pattern_flags

    pattern_flags.unmark(workspace.journal, name, workspace.today(), now=workspace.now())


def keep_limit(workspace: Workspace, name: str, value: float | None) -> None:
    """Change a threshold in the settings file; None is the usual one. TrackerError: nothing is changed."""
    if workspace.config is None:
        raise TrackerError(_("there is no settings file here"))
    workspace.go_by(save_threshold(workspace.config, name, value, workspace.refuse_thresholds))
    workspace.look_again()
