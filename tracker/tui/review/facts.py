"""What the steps show of a week, each part read once, when a step first asks for it.

What is answered in the review is read anew each time it is shown; the figures only after something was recorded.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.analytics.worth.rows import WorthReport, WorthRow
    from tracker.reports.checking import Checking
    from tracker.reports.compare import Comparison
    from tracker.reports.habits import Kept
    from tracker.reports.outreach import Outreach
    from tracker.reports.suggest import Suggestion
    from tracker.reports.values import Week
    from tracker.reports.verdict_history import VerdictFollowUp
    from tracker.reports.week import Around
    from tracker.tui.desk import Desk

#: What stays as it is whatever is recorded.
_FIXED = ("desk", "name", "dates")


class Facts:
    """One week's figures, over the desk."""

    def __init__(self, desk: Desk, week: str) -> None:
        self.desk, self.name = desk, week

    def story(self, row: WorthRow) -> tuple[VerdictFollowUp, ...]:
        """The last verdict on a row of the table, with what came of it; nothing where there was none."""
        if not row.last_verdict:
            return ()
        if row.channel not in self._stories:
            self._stories[row.channel] = self.desk.story(row, 1)
        return self._stories[row.channel]

    @cached_property
    def _stories(self) -> dict[str, tuple[VerdictFollowUp, ...]]:
        return {}

    def forget(self) -> None:
        """Something was recorded or set: all is read anew when it is asked for next."""
        for part in [name for name in vars(self) if name not in _FIXED]:
            del vars(self)[part]

    def judged(self) -> None:
        """A verdict was given: what hangs on it is read anew."""
        for part in ("worth", "suggestions", "_stories"):
            vars(self).pop(part, None)

    @cached_property
    def dates(self) -> list[str]:
        """The seven dates."""
        return self.desk.week_dates(self.name)

    @cached_property
    def around(self) -> Around:
        """What was recorded in the week and the usual ones."""
        return self.desk.around(self.name)

    @cached_property
    def week(self) -> Week:
        """The week, with its patterns."""
        return self.desk.assembled(self.around)

    @cached_property
    def comparison(self) -> Comparison:
        """The week against the usual one."""
        return self.desk.compared(self.around)

    @cached_property
    def checking(self) -> tuple[Checking, ...]:
        """Each day's first and last moment, and its checks."""
        return self.desk.checking(self.around)

    @cached_property
    def worth(self) -> WorthReport:
        """Is it worth it?"""
        return self.desk.worth(self.dates[-1])

    @cached_property
    def habits(self) -> tuple[Kept, ...]:
        """The habits up to the end of the week."""
        return self.desk.habits(self.dates[-1])

    @cached_property
    def outreach(self) -> Outreach:
        """Who to talk to."""
        return self.desk.outreach()

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What one could commit to."""
        return self.desk.suggestions(self.week, self.outreach, self.worth)

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each channel is called."""
        return {channel.name: channel.title for channel in self.desk.channels()}
