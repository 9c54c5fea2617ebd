"""Flags: findings that are remembered from day to day, and what the user said of them.

A *flag* is raised on the day a finding is flagged, is neither dismissed nor expected, and has no standing flag yet. It
stands while the finding stays flagged; seen again within SAME days it is the same flag, later it is a new one. At most
one flag is raised a day, the one with the largest margin; the others wait for a later day or the review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.finding import FLAGGED
from tracker.calendar.days import next_date
from tracker.storage import pattern_flags as flag_table
from tracker.storage.pattern_flags import DISMISSED, EXPECTED, PatternFlag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.analytics.patterns.finding import Finding
    from tracker.analytics.patterns.pattern import Pattern
    from tracker.settings import Settings
    from tracker.storage import Database
    from tracker.storage.pattern_flags import PatternMark

#: A flag not seen for more days than this is a new one when it is seen again.
SAME = 7

#: How many days a dismissed pattern is silent.
SILENT = 28


class Flag(NamedTuple):
    """A finding and what is remembered of its pattern.

    `raised` is the day its flag was raised, if one stands, and `new` whether that is today. A `waiting` finding is
    flagged and not raised yet. `dismissed_until` is the day on which a dismissed pattern is shown again; `expected` is
    the reason the user gave for expecting it, "" without a reason.
    """

    finding: Finding
    raised: str | None = None
    new: bool = False
    waiting: bool = False
    dismissed_until: str | None = None
    expected: str | None = None

    @property
    def marked(self) -> bool:
        """Whether the user dismissed it or expects it."""
        return self.dismissed_until is not None or self.expected is not None

    @property
    def stands(self) -> bool:
        """Whether it is flagged, and not marked by the user."""
        return self.finding.state == FLAGGED and not self.marked


def flags(database: Database, settings: Settings, findings: Sequence[Finding], today: str) -> tuple[Flag, ...]:
    """The findings of the day `today`, in their order, with what is remembered of each. Writes nothing."""
    with database.snapshot():
        marks = flag_table.marks(database, today)
        known = flag_table.flags(database, next_date(today, -SAME), today)
    return judged(findings, marks, known, today)


def remember(database: Database, found: Sequence[Flag], today: str) -> None:
    """Store which flags stand today; writes nothing where that is stored already."""
    standing = [PatternFlag(flag.finding.name, flag.raised, today) for flag in found if flag.raised and flag.stands]
    known = set(flag_table.flags(database, today, today)) if standing else set()
    flag_table.remember_flags(database, [raised for raised in standing if raised not in known])


def judged(
    findings: Sequence[Finding], marks: Mapping[str, PatternMark], known: Sequence[PatternFlag], today: str
) -> tuple[Flag, ...]:
    """The rules, without a file. `known` are the flags seen in the last SAME days; `marks` are by pattern name."""
    raised = {one.pattern: one.raised for one in known}
    found = [_flag(finding, marks.get(finding.name), raised.get(finding.name), today) for finding in findings]
    waiting = [flag for flag in found if flag.waiting]
    if not waiting or any(one.raised == today for one in known):
        return tuple(found)
    strongest = max(waiting, key=lambda flag: flag.finding.margin)  # of equal ones the first
    now = strongest._replace(raised=today, new=True, waiting=False)
    return tuple(now if flag is strongest else flag for flag in found)


def marked(database: Database, findings: Sequence[Finding], today: str) -> tuple[Flag, ...]:
    """Findings of another day or of one channel: they raise no flag; the user's marks of today are shown."""
    marks = flag_table.marks(database, today)
    found = (_flag(finding, marks.get(finding.name), None, today) for finding in findings)
    return tuple(flag._replace(waiting=False) for flag in found)


def _flag(finding: Finding, mark: PatternMark | None, raised: str | None, today: str) -> Flag:
    if mark and mark.what == DISMISSED:
        return Flag(finding, dismissed_until=mark.until)
    if mark and mark.what == EXPECTED:
        return Flag(finding, expected=mark.why or "")
    if finding.state != FLAGGED:
        return Flag(finding)
    return Flag(finding, raised=raised, new=raised == today, waiting=raised is None)


def dismiss(database: Database, name: str, today: str, *, now: int) -> PatternMark:
    """Silence a pattern for SILENT days from today on. Raises TrackerError for an unknown name."""
    pattern = _pattern(name)
    return flag_table.dismiss(database, pattern.name, today, next_date(today, SILENT), now=now, title=pattern.title)


def expect(database: Database, name: str, why: str | None, today: str, *, now: int) -> PatternMark:
    """Mark a pattern as expected from today on, and why. Raises TrackerError for an unknown name."""
    pattern = _pattern(name)
    return flag_table.expect(database, pattern.name, today, why, now=now, title=pattern.title)


def unmark(database: Database, name: str, today: str, *, now: int) -> PatternMark:
    """Take away the user's mark of a pattern, and return it. Raises TrackerError if there is none."""
    pattern = _pattern(name)
    return flag_table.unmark(database, pattern.name, today, now=now, title=pattern.title)


def _pattern(name: str) -> Pattern:
    from tracker.analytics.patterns.registry import pattern

    return pattern(name)
