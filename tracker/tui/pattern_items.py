"""The patterns as items of lists: state, title, evidence, and what the user said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.times import format_near_day_and_month
from tracker.locale import _
from tracker.services import pattern_marks, queries
from tracker.tui.screens.patterns_panel import ASIDE, PatternItem, ranked, title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.analytics.patterns.finding import Finding
    from tracker.reports.pattern_flags import Flag
    from tracker.reports.week import Week
    from tracker.workspace import Workspace

#: Under this name the file keeps which flag was mentioned, and on which day.
_MENTIONED = "flag said"


def _shown(flag: Flag, today: str) -> PatternItem:
    finding: Finding = flag.finding
    aside = ""
    if flag.dismissed_until is not None:
        aside = _("silent until {date}").format(date=format_near_day_and_month(flag.dismissed_until, today))
    elif flag.expected is not None:
        aside = _("expected: {why}").format(why=flag.expected) if flag.expected else _("expected")
    state = ASIDE if aside and finding.state == "flagged" else finding.state
    words = finding.evidence
    if flag.ended:
        ended = format_near_day_and_month(flag.ended, today)
        words = _("flagged until {date}; {evidence}").format(date=ended, evidence=words)
    return PatternItem(
        state, title(finding.name), words, finding, new=flag.new, ended=flag.ended is not None, aside=aside
    )


def patterns_today(workspace: Workspace) -> list[PatternItem]:
    """Every pattern as of today, the flags first."""
    today = workspace.today()
    return ranked(_shown(flag, today) for flag in pattern_marks.flags_today(workspace))


def patterns_on(workspace: Workspace, date: str) -> list[PatternItem]:
    """Every pattern as of the day `date`, with what is said of it today."""
    return _as_marked(workspace, queries.findings_until(workspace, date), is_today=date == workspace.today())


def patterns_of(workspace: Workspace, week: Week) -> list[PatternItem]:
    """Every pattern as a week shows it, with what is said of it today."""
    return _as_marked(workspace, week.patterns, is_today=workspace.today() in week.dates)


def patterns_in(workspace: Workspace, name: str) -> list[PatternItem]:
    """The same of a week by its name, read again: thresholds and sessions may have changed."""
    return patterns_of(workspace, queries.week(workspace, name))


def _as_marked(workspace: Workspace, findings: Sequence[Finding], *, is_today: bool) -> list[PatternItem]:
    """The findings with what the user says of them today; new only where they are of today."""
    today = workspace.today()
    items = [_shown(flag, today) for flag in pattern_marks.flags_of(workspace, findings)]
    return ranked(item._replace(new=item.new and is_today) for item in items)


def new_flag(workspace: Workspace, items: Iterable[PatternItem]) -> PatternItem | None:
    """The new flag of today, or None where this run or an earlier one has mentioned it already."""
    raised = next((item for item in items if item.new), None)
    mention = f"{workspace.today()} {raised.finding.name}" if raised else None
    if raised is None or mention is None or workspace.remembered(_MENTIONED) == mention:
        return None
    workspace.remember(_MENTIONED, mention)
    return raised
