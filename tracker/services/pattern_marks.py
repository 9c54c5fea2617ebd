"""Patterns with what is remembered of each: flagged since when, muted until when, expected why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.days import next_date
from tracker.domain.errors import TrackerError
from tracker.locale import _
from tracker.settings import save_threshold
from tracker.storage import reviews
from tracker.storage.reviews import PatternFlag, PatternMark
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.pattern import Finding, Pattern
    from tracker.analytics.patterns.registry import Judgement
    from tracker.reports.patterns import Flag, PatternLook
    from tracker.services.live_workspace import LiveWorkspace

#: For how many days a pattern is muted.
_SILENT_DAYS = 28


def pattern_log(
    workspace: Workspace, first: str | None = None, last: str | None = None, channel: str | None = None
) -> DetectorInput:
    """What the detectors look at: the last 28 logged days, or those between two dates; of all or one social channel."""
    from tracker.reports.detector_inputs import log

    return log(workspace, first=first, last=last, channel=channel)


def flags_today(workspace: Workspace) -> list[Flag]:
    """Every pattern as of today with what is remembered of it.

    How each was judged this week and which of them stand is noted, so that tomorrow knows.
    """
    from tracker.analytics.patterns.registry import find
    from tracker.reports import patterns
    from tracker.reports.patterns import judged_today

    today = workspace.today()
    with workspace.database.snapshot():
        findings, judgements = judged_today(workspace, find(pattern_log(workspace)))
        flagged = patterns.flags(workspace.database, findings, today)
    _remember_judgements(workspace, judgements)
    remember(workspace, flagged)
    return list(flagged)


def _remember_judgements(workspace: Workspace, judgements: Mapping[str, Judgement]) -> None:
    """Store the judgements that hold today; writes nothing where they are stored already."""
    from tracker.reports.patterns import JUDGEMENTS_STATE, judgements_kept

    if judgements != judgements_kept(workspace):
        lines = (
            f"{judgement.pattern} {judgement.date} {judgement.flagged:d} {judgement.limits}"
            for judgement in judgements.values()
        )
        workspace.remember(JUDGEMENTS_STATE, "\n".join(lines))


def remember(workspace: Workspace, flags: Sequence[Flag]) -> None:
    """Store which flags stand today; writes nothing where that is stored already."""
    database, today = workspace.database, workspace.today()
    standing = [PatternFlag(flag.finding.name, flag.raised, today) for flag in flags if flag.raised and flag.stands]
    stored = set(reviews.flags(database, today, today)) if standing else set()
    reviews.remember_flags(database, [flag for flag in standing if flag not in stored])


def flags_of(workspace: Workspace, findings: Sequence[Finding]) -> list[Flag]:
    """Findings of some day or week, each with what the user says of its pattern today."""
    from tracker.reports import patterns

    return list(patterns.flags(workspace.database, findings, workspace.today()))


def five_weeks(workspace: Workspace, week: str) -> dict[str, tuple[PatternLook, ...]]:
    """Each pattern in the five weeks up to this one, by its name: for a thread, with a connection of its own."""
    from tracker.reports.patterns import looks_of_five_weeks

    with workspace.database.reader() as database:
        return looks_of_five_weeks(workspace.at_one_instant(database), week)


def judged_findings(workspace: Workspace, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings as of today, in the states that were judged this week."""
    from tracker.reports.patterns import judged_today

    return judged_today(workspace, findings)[0]


def marked_flags(workspace: Workspace, findings: Sequence[Finding]) -> tuple[Flag, ...]:
    """Findings of any span or channel, each with what the user says of its pattern today: none of them is raised."""
    from tracker.reports import patterns

    return patterns.marked_flags(workspace.database, findings, workspace.today())


def dismiss(workspace: Workspace, name: str) -> PatternMark:
    """Mute a pattern for 28 days from today on. Raises TrackerError for an unknown name."""
    about, today = _pattern(name), workspace.today()
    until, now = next_date(today, _SILENT_DAYS), workspace.now()
    return reviews.dismiss(workspace.database, about.name, today, until, now=now, title=about.title)


def dismiss_flagged(workspace: Workspace, name: str) -> PatternMark:
    """Mute a flagged pattern for 28 days from today on. Raises TrackerError for one that is not flagged."""
    from tracker.analytics.patterns.pattern import FLAGGED
    from tracker.analytics.patterns.registry import find

    if find(pattern_log(workspace), [name])[0].state != FLAGGED:
        raise TrackerError(_("{name} is not flagged; there is nothing to mute").format(name=_pattern(name).name))
    return dismiss(workspace, name)


def expect(workspace: Workspace, name: str, why: str | None) -> PatternMark:
    """Mark a pattern as expected from today on, and why. Raises TrackerError for an unknown name."""
    about, now = _pattern(name), workspace.now()
    return reviews.expect(workspace.database, about.name, workspace.today(), why, now=now, title=about.title)


def remove_mark(workspace: Workspace, name: str) -> PatternMark:
    """Remove the mark of a pattern, muted or expected; returns it. TrackerError if it has none."""
    about, now = _pattern(name), workspace.now()
    return reviews.unmark(workspace.database, about.name, workspace.today(), now=now, title=about.title)


def _pattern(name: str) -> Pattern:
    from tracker.analytics.patterns.registry import pattern

    return pattern(name)


def set_threshold(workspace: LiveWorkspace, name: str, value: float | None) -> None:
    """Change a threshold in the settings file; None is the usual one. TrackerError: nothing is changed."""
    workspace.save(lambda path: save_threshold(path, name, value, workspace.refuse_thresholds))
