"""Findings as they are remembered: which of them stand as a flag since when, are new, wait, or were marked by the user.

A *flag* is raised on the day a finding is flagged, is neither dismissed nor expected, and was not standing already. It
stands while the finding stays flagged; seen again within SAME days it is the same flag, later a new one. At most one is
raised a day, the strongest by its margin: the others wait, and their turn comes on a later day or in the review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.finding import FLAGGED
from tracker.calendar.days import next_date
from tracker.storage import pattern_flags as table
from tracker.storage.pattern_flags import DISMISSED, EXPECTED, PatternFlag, PatternMark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.analytics.patterns.finding import Finding
    from tracker.analytics.patterns.pattern import Pattern
    from tracker.settings import Settings
    from tracker.storage import Journal

#: A flag not seen for more days than this is a new one when it is seen again.
SAME = 7

#: How many days a dismissed pattern is silent.
SILENT = 28


class Flag(NamedTuple):
    """A finding and what is remembered of its pattern.

    `raised` is the day its flag was raised, if one stands, and `new` whether that is today. `waiting` is one that is
    flagged and not raised yet. `dismissed_until` is the day a dismissed pattern speaks again; `expected` is why the
    user expects it, in their words, and "" where they gave no reason.
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
        """Whether there is something to look at: flagged, and not marked by the user."""
        return self.finding.state == FLAGGED and not self.marked


def flags(journal: Journal, settings: Settings, findings: Sequence[Finding], today: str) -> tuple[Flag, ...]:
    """The findings of the day `today`, in their order, with what is remembered of each. Writes nothing."""
    with journal.snapshot():
        marks = table.marks(journal, today)
        known = table.flags(journal, next_date(today, -SAME), today)
    return judged(findings, marks, known, today)


def remember(journal: Journal, found: Sequence[Flag], today: str) -> None:
    """Note which flags stand today, so that tomorrow knows; nothing where that is noted already, or cannot be."""
    standing = [PatternFlag(one.finding.name, one.raised, today) for one in found if one.raised and one.stands]
    known = set(table.flags(journal, today, today)) if standing else set()
    table.remember_flags(journal, [one for one in standing if one not in known])


def judged(
    findings: Sequence[Finding], marks: Mapping[str, PatternMark], known: Sequence[PatternFlag], today: str
) -> tuple[Flag, ...]:
    """The rules, without a file: `known` are the flags raised so far and seen in the last SAME days."""
    raised = {one.pattern: one.raised for one in known}
    found = [_remembered(one, marks.get(one.name), raised.get(one.name), today) for one in findings]
    waiting = [one for one in found if one.waiting]
    if not waiting or any(one.raised == today for one in known):
        return tuple(found)
    strongest = max(waiting, key=_margin)  # of equals the first in the patterns' order
    now = strongest._replace(raised=today, new=True, waiting=False)
    return tuple(now if one is strongest else one for one in found)


def _remembered(finding: Finding, mark: PatternMark | None, raised: str | None, today: str) -> Flag:
    if mark and mark.what == DISMISSED:
        return Flag(finding, dismissed_until=mark.until)
    if mark and mark.what == EXPECTED:
        return Flag(finding, expected=mark.why or "")
    if finding.state != FLAGGED:
        return Flag(finding)
    return Flag(finding, raised=raised, new=raised == today, waiting=raised is None)


def _margin(flag: Flag) -> float:
    return flag.finding.margin


def marked(journal: Journal, findings: Sequence[Finding], today: str) -> tuple[Flag, ...]:
    """Findings of another day or of one channel: no flag is raised for them, the user's marks of today are shown."""
    marks = table.marks(journal, today)
    found = (_remembered(one, marks.get(one.name), None, today) for one in findings)
    return tuple(one._replace(waiting=False) for one in found)


def dismiss(journal: Journal, pattern: str, today: str, *, now: int) -> PatternMark:
    """Let a pattern be silent for SILENT days, today the first of them. TrackerError for a name that is none."""
    one = _known(pattern)
    return table.dismiss(journal, one.name, today, next_date(today, SILENT), now=now, title=one.title)


def expect(journal: Journal, pattern: str, why: str | None, today: str, *, now: int) -> PatternMark:
    """Mark a pattern as expected from today on, and why. TrackerError for a name that is none."""
    one = _known(pattern)
    return table.expect(journal, one.name, today, why, now=now, title=one.title)


def unmark(journal: Journal, pattern: str, today: str, *, now: int) -> PatternMark:
    """Take away what was said of a pattern; returns it. TrackerError if nothing was, or for no pattern's name."""
    one = _known(pattern)
    return table.unmark(journal, one.name, today, now=now, title=one.title)


def _known(name: str) -> Pattern:
    from tracker.analytics.patterns.registry import pattern

    return pattern(name)
