"""What the steps show of a week, each part read once, when a step first asks for it.

What is answered in the review is read anew each time it is shown; the figures only after something was recorded.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tracker.services import habit_keeping, queries, reviewing

if TYPE_CHECKING:
    from tracker.analytics.worth.rows import WorthReport, WorthRow
    from tracker.reports.comparison import WeekComparison
    from tracker.reports.contacts import Outreach
    from tracker.reports.habit_histories import HabitHistory
    from tracker.reports.suggestions import Suggestion
    from tracker.reports.verdict_history import VerdictFollowUp
    from tracker.reports.week import CheckingDay, Week, WeekRecords
    from tracker.workspace import Workspace

#: What stays as it is whatever is recorded.
_FIXED = ("workspace", "name", "dates")


class Facts:
    """One week's figures, over the workspace."""

    def __init__(self, workspace: Workspace, week: str) -> None:
        self.workspace, self.name = workspace, week

    def story(self, row: WorthRow) -> tuple[VerdictFollowUp, ...]:
        """The last verdict on a row of the table, with what came of it; nothing where there was none."""
        if not row.last_verdict:
            return ()
        if row.channel not in self._stories:
            self._stories[row.channel] = reviewing.verdict_history(self.workspace, row, 1)
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
        return self.workspace.week_dates(self.name)

    @cached_property
    def around(self) -> WeekRecords:
        """What was recorded in the week and the usual ones."""
        return reviewing.around(self.workspace, self.name)

    @cached_property
    def week(self) -> Week:
        """The week, with its patterns."""
        return reviewing.assembled(self.workspace, self.around)

    @cached_property
    def comparison(self) -> WeekComparison:
        """The week against the usual one."""
        return reviewing.compared(self.workspace, self.around)

    @cached_property
    def checking(self) -> tuple[CheckingDay, ...]:
        """Each day's first and last moment, and its checks."""
        return reviewing.checking(self.workspace, self.around)

    @cached_property
    def worth(self) -> WorthReport:
        """Is it worth it?"""
        return reviewing.worth_report(self.workspace, self.dates[-1])

    @cached_property
    def habits(self) -> tuple[HabitHistory, ...]:
        """The habits up to the end of the week."""
        return habit_keeping.habits(self.workspace, self.dates[-1])

    @cached_property
    def outreach(self) -> Outreach:
        """Who to talk to."""
        return reviewing.outreach(self.workspace)

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What one could commit to."""
        return reviewing.suggestions(self.workspace, self.week, self.outreach, self.worth)

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each channel is called."""
        return {channel.name: channel.title for channel in queries.channels(self.workspace)}
