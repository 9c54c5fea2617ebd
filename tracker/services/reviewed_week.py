"""The figures of a week under review, kept while its screens are open, until something is recorded."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tracker.reports.review import ReviewData
from tracker.reports.worth import VerdictFollowUp, verdict_history
from tracker.services import habit_keeping, queries, reviewing
from tracker.storage.effects import log_position

if TYPE_CHECKING:
    from tracker.analytics.channel_worth import WorthRow
    from tracker.reports.commitments import CommitmentResult
    from tracker.reports.day import Day
    from tracker.reports.habit_histories import HabitHistory
    from tracker.settings import Settings
    from tracker.workspace import Workspace


class ReviewedWeek(ReviewData):
    """The figures of the week `name`, for the screens."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        super().__init__(workspace, name)
        self._read_at = self._state()

    def _state(self) -> tuple[int, Settings]:
        """Differs once anything was recorded, or a setting changed."""
        return log_position(self.workspace.database), self.workspace.settings

    def refresh(self) -> None:
        """Drop every figure if anything was recorded or set since: it is read anew when it is asked for next."""
        if self._state() != self._read_at:
            self._read_at = self._state()
            kinds = {**vars(ReviewData), **vars(ReviewedWeek)}
            self._drop(*(name for name, kind in kinds.items() if isinstance(kind, cached_property)))

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
    def habits(self) -> tuple[HabitHistory, ...]:
        """The habits up to the end of the week."""
        return habit_keeping.habits(self.workspace, self.dates[-1])

    @cached_property
    def reminders(self) -> tuple[tuple[str, Day], ...]:
        """The dates of the week on which a note was written or something resulted, with the report of each."""
        days = ((date, queries.day(self.workspace, date)) for date in self.dates)
        return tuple((date, day) for date, day in days if day.note or day.outcomes)

    @cached_property
    def earlier_results(self) -> tuple[tuple[str, tuple[CommitmentResult, ...]], ...]:
        """The last four weeks before with commitments, the latest first, and how each commitment went."""
        weeks = [week.week for week in self.five_weeks if week.week < self.name]
        by_week = ((week, reviewing.commitment_results(self.workspace, week)) for week in reversed(weeks))
        return tuple((week, results) for week, results in by_week if results)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each channel by its name."""
        return queries.titles(self.workspace)
