"""The review of one week while it is open on the screen: its answers, and the figures they are about."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from tracker.analytics.channel_worth import WorthRow
from tracker.domain.errors import TrackerError
from tracker.domain.models import REVIEW_STEPS, Review
from tracker.formatting.times import format_week
from tracker.locale import _
from tracker.reports.commitments import CommitmentResult
from tracker.reports.day import Day
from tracker.reports.habit_histories import HabitHistory
from tracker.reports.review import ReviewData
from tracker.reports.worth import VerdictFollowUp, verdict_history
from tracker.services import habit_keeping, queries, reviewing
from tracker.settings import Settings
from tracker.storage import reviews
from tracker.workspace import Workspace


class OpenReview:
    """Reads and answers the review of `week`; the first answer begins it, so that leaving before leaves no trace.

    With `amends` it is the next revision of a written review. Raises TrackerError for a week that is to come, where
    nothing is written that could be amended, and later where another program has discarded the review.
    """

    def __init__(self, workspace: Workspace, week: str, *, amends: bool = False) -> None:
        self.workspace, self.week = workspace, week
        #: The review as it will be begun; None once it is in the file.
        self._unbegun: Review | None = None
        last = reviews.latest(workspace.database, week) if amends else None
        if amends and last is None:
            raise TrackerError(_("the review of {week} is not written yet").format(week=format_week(week)))
        if reviewing.is_begun(workspace, week):
            return
        if last:
            shown = last.written if last.shown is None else last.shown
            self._unbegun = last._replace(revision=last.revision + 1, written=None, shown=shown)
        else:
            reviewing.refuse_future_week(workspace, week)
            self._unbegun = Review(0, week, 1, workspace.now(), workspace.zone)

    @property
    def review(self) -> Review:
        """The draft in the file, else the review that the first answer begins."""
        if self._unbegun and not reviewing.is_begun(self.workspace, self.week):
            return self._unbegun
        return reviewing.draft(self.workspace, self.week)

    @property
    def step(self) -> str:
        """The step to go on with: an amendment begins with the words."""
        review = self.review
        if review is self._unbegun:
            return REVIEW_STEPS[-1 if review.revision > 1 else 0]
        return reviews.current_step(self.workspace.database, review)

    @property
    def shown(self) -> bool:
        """Whether the figures of the week were seen: then it is too late for an estimate."""
        return self.review.shown is not None

    def _begin(self) -> None:
        unbegun, self._unbegun = self._unbegun, None
        if unbegun and unbegun.revision > 1:
            reviewing.begin_amendment(self.workspace, self.week)
        elif unbegun:
            reviewing.begin_review(self.workspace, self.week)

    def go_to(self, step: str) -> None:
        """Remember that the review stands at `step`."""
        self._begin()
        reviewing.remember_step(self.workspace, self.week, step)

    def mark_reviewed(self, step: str) -> None:
        """Mark a step as gone through."""
        if step not in self.review.reviewed:
            self._begin()
            reviewing.mark_reviewed(self.workspace, self.week, step)

    def reveal(self) -> None:
        """Note that the figures were seen. That begins no amendment, because the written page has shown them."""
        if not self.shown:
            self._begin()
            reviews.reveal(self.workspace.database, self.week, now=self.workspace.now())

    def estimate(self, seconds: Mapping[str | None, int | None]) -> None:
        """Save estimates in seconds by channel, of all social ones under None; None seconds delete an estimate."""
        self._begin()
        reviewing.set_estimates(self.workspace, self.week, seconds)

    def set_words(self, words: str) -> None:
        """Save the user's own words."""
        self._begin()
        reviewing.set_review_words(self.workspace, self.week, words)

    def write(self) -> Review:
        """Write the review, once and for good."""
        self._begin()
        return reviewing.write_review(self.workspace, self.week)


class ReviewedWeek(ReviewData):
    """The figures of the week `name`, for the screens."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        super().__init__(workspace, name)
        self._read_at = self._state()

    def _state(self) -> tuple[int, Settings]:
        """Differs once anything was recorded, or a setting changed."""
        return self.workspace.database.log_position(), self.workspace.settings

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
        """The last verdict on a row of the Worth report, with what came of it; empty where there is none."""
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
