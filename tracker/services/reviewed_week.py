"""The figures of one week that its review shows: each is read when it is first asked for, and kept."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tracker.reports import pattern_flags
from tracker.reports.comparison import WeekComparison, compare
from tracker.reports.contacts import Outreach, outreach
from tracker.reports.suggestions import Suggestion, suggest
from tracker.reports.verdict_history import VerdictFollowUp, verdict_history
from tracker.reports.week import CheckingDay, Week, WeekRecords, checking_days, load_week, summarise_week
from tracker.reports.worth import worth_report
from tracker.services import habit_keeping, queries
from tracker.storage import undo

if TYPE_CHECKING:
    from tracker.analytics.worth.rows import WorthReport, WorthRow
    from tracker.reports.habit_histories import HabitHistory
    from tracker.settings import Settings
    from tracker.workspace import Workspace


class ReviewedWeek:
    """The figures of the week `name`. What was answered in its review is not among them: that is read each time."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        self.workspace, self.name = workspace, name
        self.dates = workspace.week_dates(name)
        self._read_at = self._state()

    def _state(self) -> tuple[int, Settings]:
        """Differs once anything was recorded, or a setting changed."""
        return undo.latest(self.workspace.database), self.workspace.settings

    def refresh(self) -> None:
        """Drop every figure if anything was recorded or set since: it is read anew when it is asked for next."""
        if self._state() != self._read_at:
            self._read_at = self._state()
            self._drop(*(name for name, kind in vars(ReviewedWeek).items() if isinstance(kind, cached_property)))

    def verdict_changed(self) -> None:
        """Drop the figures that depend on the verdicts."""
        self._drop("worth", "suggestions", "_verdict_histories")

    def _drop(self, *names: str) -> None:
        for name in names:
            vars(self).pop(name, None)

    def verdict_history(self, row: WorthRow) -> tuple[VerdictFollowUp, ...]:
        """The last verdict on a row of the Worth report, with what came of it; nothing where there was none."""
        if not row.last_verdict:
            return ()
        if row.channel not in self._verdict_histories:
            self._verdict_histories[row.channel] = verdict_history(self.workspace, row.stored_channel, most=1)
        return self._verdict_histories[row.channel]

    @cached_property
    def _verdict_histories(self) -> dict[str, tuple[VerdictFollowUp, ...]]:
        return {}

    @cached_property
    def records(self) -> WeekRecords:
        """What was recorded in the week and in the usual ones before it."""
        return load_week(self.workspace, self.name)

    @cached_property
    def week(self) -> Week:
        """The week, with its patterns."""
        return summarise_week(self.workspace, self.records)

    @cached_property
    def comparison(self) -> WeekComparison:
        """The week against the usual one."""
        return compare(self.workspace, self.records)

    @cached_property
    def checking(self) -> tuple[CheckingDay, ...]:
        """Each day's first and last moment, and its checks."""
        return checking_days(self.records, self.workspace.settings)

    @cached_property
    def worth(self) -> WorthReport:
        """The Worth report of the weeks up to the last day."""
        return worth_report(self.workspace, last=self.dates[-1])

    @cached_property
    def habits(self) -> tuple[HabitHistory, ...]:
        """The habits up to the end of the week."""
        return habit_keeping.habits(self.workspace, self.dates[-1])

    @cached_property
    def outreach(self) -> Outreach:
        """Who to talk to."""
        return outreach(self.workspace)

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What one could commit to, by the flags of the week and the verdicts on the channels."""
        flags = pattern_flags.marked(self.workspace.database, self.week.patterns, self.workspace.today())
        flagged = [flag.finding for flag in flags if flag.stands]
        verdicts = [(row.channel, row.effective_verdict) for row in self.worth.rows if row.kind == "social"]
        return suggest(self.workspace.settings, self.week, self.outreach, flagged=flagged, verdicts=verdicts)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each channel by its name."""
        return {channel.name: channel.title for channel in queries.channels(self.workspace)}
