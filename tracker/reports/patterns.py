"""The patterns over this file, as of any day and as of each of five weeks, and the flags that are made of them.

A *flag* is a finding that is remembered from day to day, with what the user said of it. It is raised on the day a
finding is flagged, is neither dismissed nor expected, and has no standing flag yet; `analytics.patterns.registry` says
how often a finding may become flagged. It stands while the finding stays flagged; seen again within SAME_FLAG_DAYS it
is the same flag, later it is a new one. At most one flag is raised a day, the one with the largest margin; the others
wait for a later day or the review. That a flag has ended is said for ENDED_FLAG_DAYS.
"""

from __future__ import annotations

from tracker.analytics.patterns.pattern import FLAGGED
from tracker.analytics.patterns.registry import PATTERNS, Judgement, as_judged, find, judge, within
from tracker.calendar.days import next_date, next_week
from tracker.domain.models import DISMISSED, EXPECTED
from tracker.domain.record import Record
from tracker.reports.detector_inputs import log, logs
from tracker.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.analytics.day_slices import LoadedDays
    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.pattern import Finding, State
    from tracker.storage import Database
    from tracker.storage.reviews import PatternFlag, PatternMark

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


def findings(workspace: Workspace, *, last: str | None = None, loaded: LoadedDays | None = None) -> tuple[Finding, ...]:
    """Every pattern, over the last 28 logged days of the 91 up to `last` (default today), of all social channels.

    As of today they are in the states that were judged this week. `loaded` is used where it reaches back far enough.
    """
    return judged_if_today(workspace, tuple(find(log(workspace, last=last, loaded=loaded))), last)


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


# --- Flags

#: A flag not seen for more days than this is a new one when it is seen again: before that, part of the days that its
#: pattern looks at are those it was raised on.
SAME_FLAG_DAYS = 28

#: For so many days after the last one on which it stood, it is said that a flag has ended.
ENDED_FLAG_DAYS = 7


class Flag(Record):
    """A finding and what is remembered of its pattern.

    `raised` is the day its flag was raised, if one stands, and `new` whether that is today. A `waiting` finding is
    flagged and not raised yet. `ended` is the last day of a flag that has lately ended. `dismissed_until` is the day on
    which a dismissed pattern is shown again; `expected` is the reason the user gave for expecting it, "" without a
    reason.
    """

    finding: Finding
    raised: str | None = None
    new: bool = False
    waiting: bool = False
    ended: str | None = None
    dismissed_until: str | None = None
    expected: str | None = None

    @property
    def marked(self) -> bool:
        """Whether the user dismissed it or expects it."""
        return self.dismissed_until is not None or self.expected is not None

    @property
    def stands(self) -> bool:
        """Whether the pattern is flagged, and not marked by the user."""
        return self.finding.state == FLAGGED and not self.marked


def flags(database: Database, findings: Sequence[Finding], today: str) -> tuple[Flag, ...]:
    """The findings of the day `today`, in their order, with what is remembered of each."""
    from tracker.storage import reviews

    with database.snapshot():
        marks = reviews.marks_on(database, today)
        known = reviews.flags(database, next_date(today, -SAME_FLAG_DAYS), today)
    return raise_flags(findings, marks, known, today)


def raise_flags(
    findings: Sequence[Finding], marks: Mapping[str, PatternMark], known: Sequence[PatternFlag], today: str
) -> tuple[Flag, ...]:
    """The rules, without a file. `known` are the flags seen in the last SAME_FLAG_DAYS, `marks` by pattern name."""
    last = {look.pattern: look for look in known}
    all_flags = [_flag(finding, marks.get(finding.name), last.get(finding.name), today) for finding in findings]
    waiting = [flag for flag in all_flags if flag.waiting]
    if not waiting or any(look.raised == today for look in known):
        return tuple(all_flags)
    strongest = max(waiting, key=lambda flag: flag.finding.margin)  # of equal ones the first
    now = strongest._replace(raised=today, new=True, waiting=False)
    return tuple(now if flag is strongest else flag for flag in all_flags)


def marked_flags(database: Database, findings: Sequence[Finding], today: str) -> tuple[Flag, ...]:
    """Findings of another day or of one channel: they raise no flag; the user's marks of today are shown."""
    from tracker.storage import reviews

    marks = reviews.marks_on(database, today)
    all_flags = (_flag(finding, marks.get(finding.name), None, today) for finding in findings)
    return tuple(flag._replace(waiting=False) for flag in all_flags)


def _flag(finding: Finding, mark: PatternMark | None, known: PatternFlag | None, today: str) -> Flag:
    if mark and mark.what == DISMISSED:
        return Flag(finding, dismissed_until=mark.until)
    if mark and mark.what == EXPECTED:
        return Flag(finding, expected=mark.why or "")
    if finding.state != FLAGGED:
        has_ended = known is not None and next_date(today, -ENDED_FLAG_DAYS) <= known.seen < today
        return Flag(finding, ended=known.seen if known and has_ended else None)
    raised = known.raised if known else None
    return Flag(finding, raised=raised, new=raised == today, waiting=raised is None)
