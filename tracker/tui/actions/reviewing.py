"""The weekly review: begun, taken up again, read, amended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.locale import _
from tracker.services import reviewing
from tracker.tui.actions.asking import Asking
from tracker.tui.keys import TIMER, WEEK

if TYPE_CHECKING:
    from tracker.domain.models import Review
    from tracker.services.review_draft import Draft


class Reviewing(Asking):
    """Its actions, by their names in keys.py."""

    #: The day on which a week that waits was asked for: once is enough.
    _asked_on = ""

    def mention_review(self, now: int) -> None:
        """Say once a day, on the Timer and over nothing else, that a week waits for its review."""
        today = self.workspace.day_of(now)
        at_rest = len(self.app.screen_stack) == 1 and self.app.view.id == TIMER and not self.app.saying
        if self._asked_on == today or not at_rest:
            return
        self._asked_on = today
        week = reviewing.mention_review(self.workspace)
        if week:
            number = int(week.rpartition("W")[2])
            says = _("Week {n} is over: {key} looks back on it, in ten minutes")
            self.app.notify(says.format(n=number, key=self.key("review")), timeout=9, markup=False)

    def review(self) -> None:
        """Go through the week that is shown, or the last one that is over; read what is written already."""
        week = self._review_meant()
        written = reviewing.is_reviewed(self.workspace, week)
        if reviewing.is_begun(self.workspace, week):
            self._go_through_week(week, reviewing.resume_review(self.workspace, week))
        elif written:
            self.read_review(written)
        elif week == self.workspace.this_week():
            number = int(week.rpartition("W")[2])
            says = _("Week {n} can be reviewed from {day} on").format(
                n=number, day=reviewing.reviewable_from(self.workspace, week)
            )
            self.app.notify(says, timeout=6, markup=False)
        elif not reviewing.is_reviewable(self.workspace, week):
            number = int(week.rpartition("W")[2])
            says = _("Week {n} has no logged day, so there is nothing to review.").format(n=number)
            self.app.notify(says, timeout=6, markup=False)
        else:
            self._go_through_week(week, reviewing.open_review(self.workspace, week))

    def _review_meant(self) -> str:
        """An earlier week that is shown; else the last one that is over.

        Where this week is shown, that one is meant once the last has nothing to ask, or this one is on its last day.
        """
        if self.app.view.id != WEEK:
            return reviewing.to_review(self.workspace)
        if self.app.view.place:
            return self.app.view.place
        this, last = self.workspace.this_week(), reviewing.to_review(self.workspace)
        waits = reviewing.is_begun(self.workspace, last) or (
            not reviewing.is_reviewed(self.workspace, last) and reviewing.is_reviewable(self.workspace, last)
        )
        if waits or (
            reviewing.is_reviewed(self.workspace, last)
            and self.workspace.today() != self.workspace.week_dates(this)[-1]
        ):
            return last
        return this

    def _go_through_week(self, week: str, draft: Draft) -> None:
        from tracker.tui.review.screen import ReviewScreen

        self.app.silence()  # it would lie over the steps, and tell figures before they are guessed
        self.ask(ReviewScreen(self.workspace, week, draft), lambda written: self._review_left(week, written))

    def _review_left(self, week: str, written: bool) -> None:
        if not written and not reviewing.is_begun(self.workspace, week):
            return  # nothing was answered
        if not written:
            self.did(_("What you answered is kept; {key} goes on with the review").format(key=self.key("review")))
            return
        self.did(
            _("The review of {week} is written ✓").format(
                week=self.workspace.week_said(self.workspace.week_dates(week)[3])
            )
        )
        review = reviewing.is_reviewed(self.workspace, week)
        if review:
            self.read_review(review)

    def worth(self) -> None:
        """What each channel is worth, up to the week that is shown, or this one."""
        from tracker.tui.review.worth_page import WorthPage

        shown = self.app.view.place if self.app.view.id == WEEK else None
        self.ask(WorthPage(self.workspace, shown or self.workspace.this_week()), lambda _nothing: None)

    def read_review(self, review: Review) -> None:
        """A written review; from there it can be amended."""
        from tracker.tui.review.written import WrittenPage

        self.ask(WrittenPage(self.workspace, review), lambda _amend: self.amend_review(review.week))

    def amend_review(self, week: str) -> None:
        """Go through the week once more; what was written stays beside it."""
        self._go_through_week(week, reviewing.open_amendment(self.workspace, week))

    def archive(self) -> None:
        """Every review, to find one by its words."""
        from tracker.tui.review.archive import Archive

        self.ask(Archive(self.workspace), self._review_found)

    def _review_found(self, review: Review) -> None:
        if review.written is None:
            self._go_through_week(review.week, reviewing.resume_review(self.workspace, review.week))
        else:
            self.read_review(review)
