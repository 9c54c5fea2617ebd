"""The patterns over this file, as of any day, and as of each of five weeks."""

from __future__ import annotations

from tracker.analytics.patterns.registry import PATTERNS, Judgement, as_judged, find, judge, within
from tracker.calendar.days import next_date
from tracker.calendar.weeks import next_week
from tracker.domain.record import Record
from tracker.reports.detector_inputs import log, log_of, logs
from tracker.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.analytics.day_slices import LoadedDays
    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.pattern import Finding, State

#: How many weeks are shown beside each other, the one asked for included.
RECENT_WEEKS = 5

#: Under this name the file keeps how each pattern was judged last, one a line: its name, the day, 1 for flagged, and
#: the thresholds the user had chosen (`services.pattern_marks` writes it).
JUDGEMENTS_STATE = "patterns judged"


class PatternLook(Record):
    """A pattern as of the day `date`, the last of its week or today; `figure` is the one that is drawn."""

    week: str
    date: str
    state: State
    figure: float | None


def findings(
    workspace: Workspace, *, first: str | None = None, last: str | None = None, channel: str | None = None
) -> tuple[Finding, ...]:
    """Every pattern, over the last 28 logged days of the 91 up to `last` (default today), or over all days from
    `first` on.

    Over all social channels, or one of them; as of today over all of them in the states that were judged this week.
    Raises TrackerError for an unknown channel and for one that is not social.
    """
    computed = tuple(find(log(workspace, first=first, last=last, channel=channel)))
    return computed if first or channel else judged_if_today(workspace, computed, last)


def findings_of(workspace: Workspace, loaded: LoadedDays, last: str) -> tuple[Finding, ...]:
    """Every pattern as of the day `last`; `loaded` is used where it reaches back far enough."""
    return judged_if_today(workspace, tuple(find(log_of(workspace, loaded, last))), last)


def judged_if_today(workspace: Workspace, findings: tuple[Finding, ...], last: str | None) -> tuple[Finding, ...]:
    """Findings as of the day `last`: of today (also None, or a day to come) in the states that were judged."""
    if last is not None and last < workspace.today():
        return findings
    return judged_today(workspace, findings)[0]


def judged_today(workspace: Workspace, findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], dict[str, Judgement]]:
    """Findings as of today in the states that were judged, and the judgements that hold today. Writes nothing."""
    findings, today = tuple(findings), workspace.today()
    week_begins = workspace.week_dates(workspace.this_week())[0]
    judgements = judge(findings, judgements_kept(workspace), dict(workspace.settings.patterns), today, week_begins)
    return as_judged(findings, judgements, next_date(week_begins, 7)), judgements


def judgements_kept(workspace: Workspace) -> dict[str, Judgement]:
    """How each pattern was judged last, by its name."""
    lines = (workspace.database.state(JUDGEMENTS_STATE) or "").splitlines()
    rows = (line.split(" ", 3) for line in lines)
    return {name: Judgement(name, date, flagged == "1", limits) for name, date, flagged, limits in rows}


def looks_of_five_weeks(workspace: Workspace, week: str) -> dict[str, tuple[PatternLook, ...]]:
    """Pattern name → the pattern as of the end of the week and of the four before it, the earliest first.

    A week that has not begun is left out.
    """
    today = workspace.today()
    names = [next_week(week, back) for back in range(1 - RECENT_WEEKS, 1)]
    weeks = {name: workspace.week_dates(name) for name in names}
    ends = {name: min(dates[-1], today) for name, dates in weeks.items() if dates[0] <= today}
    if not ends:
        return {}

    def findings_in(name: str, inputs: DetectorInput) -> tuple[Finding, ...]:
        judged = judged_if_today(workspace, tuple(find(inputs)), ends[name])
        return within(judged, weeks[name], set(inputs.logged_dates), today)

    # By `map`: the variable of a loop would keep the input of one week in memory while that of the next is made.
    findings_of_weeks = list(map(findings_in, ends, logs(workspace, list(ends.values()))))
    return {
        pattern.name: tuple(
            PatternLook(name, date, findings[index].state, _headline(findings[index], pattern.key_figure.figure))
            for (name, date), findings in zip(ends.items(), findings_of_weeks, strict=True)
        )
        for index, pattern in enumerate(PATTERNS)
    }


def _headline(finding: Finding, name: str) -> float | None:
    """The figure of that name; where there is one for each channel, that of the channel the finding names."""
    figures = finding.figures
    value = figures.get(name, figures.get(f"{name}.{figures.get('channel')}"))
    return value if isinstance(value, (int, float)) else None
