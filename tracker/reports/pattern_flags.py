"""Flags: findings that are remembered from day to day, and what the user said of them.

A *flag* is raised on the day a finding is flagged, is neither dismissed nor expected, and has no standing flag yet;
`analytics.patterns.judgement` says how often a finding may become flagged. It stands while the finding stays flagged;
seen again within SAME_FLAG_DAYS it is the same flag, later it is a new one. At most one flag is raised a day, the one
with the largest margin; the others wait for a later day or the review. That a flag has ended is said for
ENDED_FLAG_DAYS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.pattern import FLAGGED
from tracker.calendar.days import next_date
from tracker.domain.models import DISMISSED, EXPECTED
from tracker.storage import pattern_flags as flag_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.analytics.patterns.pattern import Finding
    from tracker.storage import Database
    from tracker.storage.pattern_flags import PatternFlag, PatternMark

#: A flag not seen for more days than this is a new one when it is seen again: before that, part of the days that its
#: pattern looks at are those it was raised on.
SAME_FLAG_DAYS = 28

#: For so many days after the last one on which it stood, it is said that a flag has ended.
ENDED_FLAG_DAYS = 7


class Flag(NamedTuple):
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
    with database.snapshot():
        marks = flag_table.marks(database, today)
        known = flag_table.flags(database, next_date(today, -SAME_FLAG_DAYS), today)
    return judged(findings, marks, known, today)


def judged(
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


def marked(database: Database, findings: Sequence[Finding], today: str) -> tuple[Flag, ...]:
    """Findings of another day or of one channel: they raise no flag; the user's marks of today are shown."""
    marks = flag_table.marks(database, today)
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
