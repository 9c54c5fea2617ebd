"""Looking back: the weekly review (begun, continued, read, amended), worth, the longer look, and finding by words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.formatting.times import week_number
from tracker.locale import _
from tracker.services import queries, reviewing
from tracker.tui.actions import prompts
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import WEEK

if TYPE_CHECKING:
    from tracker.domain.models import Match, Review


def mention_review(app: BaseApp) -> None:
    """Mention a week that waits for its review, if there is one."""
    week = reviewing.mention_review(app.workspace)
    if week:
        message = _("Week {n} is over: [{key}] reviews it in ten minutes")
        app.notify(message.format(n=week_number(week), key=app.key_of("review")), timeout=9)


def review(app: BaseApp) -> None:
    """Review the week that is shown, or the last one that is over; a written review is shown."""
    week = _review_meant(app)
    written = reviewing.written_review(app.workspace, week)
    if reviewing.is_begun(app.workspace, week):
        _go_through_week(app, week)
    elif written:
        read_review(app, written)
    elif week == app.workspace.this_week():
        message = _("Week {n} can be reviewed from {day} on")
        day = reviewing.reviewable_from(app.workspace, week)
        app.notify(message.format(n=week_number(week), day=day), timeout=6)
    elif not reviewing.is_reviewable(app.workspace, week):
        message = _("Week {n} has no logged day: nothing to review")
        app.notify(message.format(n=week_number(week)), timeout=6)
    else:
        _go_through_week(app, week)


def _review_meant(app: BaseApp) -> str:
    """The week to review: an earlier week that is shown, else the last one that is over.

    If this week is shown, it is this week when the last one needs no review, or was reviewed and today is the last day.
    """
    if app.view.id != WEEK:
        return reviewing.week_to_review(app.workspace)
    if app.view.period:
        return app.view.period
    this, last = app.workspace.this_week(), reviewing.week_to_review(app.workspace)
    if reviewing.review_waits(app.workspace) or (
        reviewing.written_review(app.workspace, last) and app.workspace.today() != app.workspace.week_dates(this)[-1]
    ):
        return last
    return this


def _go_through_week(app: BaseApp, week: str, *, amends: bool = False) -> None:
    from tracker.services.open_review import OpenReview
    from tracker.tui.review.screen import ReviewScreen

    screen = ReviewScreen(OpenReview(app.workspace, week, amends=amends))
    app.dismiss_toasts()  # a toast would cover the steps, and show figures before they are estimated
    app.ask(screen, lambda written: _review_left(app, week, written))


def _review_left(app: BaseApp, week: str, written: bool) -> None:
    if not written and not reviewing.is_begun(app.workspace, week):
        return  # nothing was answered
    if not written:
        app.announce(_("Your answers are saved. [{key}] continues the review.").format(key=app.key_of("review")))
        return
    app.reload()
    review = reviewing.written_review(app.workspace, week)
    if review:
        read_review(app, review)


def worth(app: BaseApp) -> None:
    """What each channel is worth, up to the week that is shown, or this one."""
    from tracker.tui.review.verdict_steps import WorthPage

    shown = app.view.period if app.view.id == WEEK else None
    app.ask(WorthPage(app.workspace, shown or app.workspace.this_week()), lambda _nothing: None)


def read_review(app: BaseApp, review: Review) -> None:
    """A written review; from there it can be amended."""
    from tracker.tui.review.writing import WrittenPage

    app.ask(WrittenPage(app.workspace, review), lambda _amend: amend_review(app, review.week))


def amend_review(app: BaseApp, week: str) -> None:
    """Go through the week once more; the written review is kept."""
    _go_through_week(app, week, amends=True)


def archive(app: BaseApp) -> None:
    """Every review, to find one by its words."""
    from tracker.tui.review.writing import Archive

    app.ask(Archive(app.workspace), partial(open_review, app))


def open_review(app: BaseApp, review: Review) -> None:
    """Read a written review, or continue a draft."""
    if review.written is None:
        _go_through_week(app, review.week)
    else:
        read_review(app, review)


def longer(app: BaseApp) -> None:
    """The longer look: the weeks up to the one that is shown."""
    from tracker.tui.modals.longer_look import LongerLook

    load = partial(queries.longer_look, app.workspace, app.view.period or app.workspace.this_week())
    app.push_screen(LongerLook(load, app.workspace.first_weekday(), app.workspace.settings.currency))


def find(app: BaseApp) -> None:
    """Ask for words, and open the match that is chosen."""
    from tracker.tui.modals.dialog import FindDialog

    dialog = FindDialog(app.workspace, app.last_search)

    def opened(match: Match) -> None:
        app.last_search = dialog.words
        _open_match(app, match)

    app.ask(dialog, opened)


def _open_match(app: BaseApp, match: Match) -> None:
    """Show the Day of a match, with its session chosen; of a review or a commitment, the review it is part of."""
    review = reviewing.review_with(app.workspace, match)
    if review:
        open_review(app, review)
        return
    if match.week:
        app.show_view(WEEK)
        app.view.go(match.date or app.workspace.today(), app.workspace)
    else:
        session = match.id if match.kind == "session" else None
        prompts.show_on_day(app, match.date or app.workspace.today(), session)
