"""The weekly review: begun, answered, written and exported. Each answer is written to the file at once.

One of its questions is what measured time was for: one answer for each channel of the week, and one step for undo.
"""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.record import Record
from tracker.domain.text import as_json, clean_lines
from tracker.formatting.text import activity_word, channel_word
from tracker.formatting.times import format_week, format_weekday
from tracker.locale import _
from tracker.services import hooks, queries
from tracker.storage import reviews
from tracker.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from tracker.analytics.channel_worth import WorthReport
    from tracker.domain.models import Activity, Channel, Commitment, Estimate, Match, Review, Session, Verdict
    from tracker.reports.commitments import CommitmentResult
    from tracker.reports.comparison import ReviewChange
    from tracker.reports.review import UnnamedTime
    from tracker.reports.week import Week


#: The state that holds the day on which the unreviewed week was mentioned last.
_MENTIONED = "review mentioned"


class WeekWorth(Record):
    """The Worth report up to the end of a week, and the results of the commitments for that week.

    `review_waits`: whether the review that makes commitments for this week can be gone through now; else it is over,
    and the next one begins on the day `next_review`, "" for a week that is over.
    """

    report: WorthReport
    results: tuple[CommitmentResult, ...]
    review_waits: bool = False
    next_review: str = ""


def begin_review(workspace: Workspace, week: str) -> Review:
    """The draft of a week, begun if there is none. TrackerError where its review is written, or it is to come."""
    refuse_future_week(workspace, week)
    return reviews.begin(workspace.database, week, workspace.zone, now=workspace.now())


def begin_if_needed(workspace: Workspace, week: str) -> None:
    """Begin the review of a week where none is under way. TrackerError where it is written, or it is to come."""
    if not is_begun(workspace, week):
        begin_review(workspace, week)


def begin_amendment(workspace: Workspace, week: str) -> Review:
    """Begin the next revision of a written review."""
    return reviews.amend(workspace.database, week, workspace.zone, now=workspace.now())


def draft(workspace: Workspace, week: str) -> Review:
    """The review of a week that is under way. TrackerError where none is."""
    return reviews.under_way(workspace.database, week)


def remember_step(workspace: Workspace, week: str, step: str) -> None:
    """Remember the step at which the review of a week stands, if one is under way."""
    review = reviews.draft(workspace.database, week)
    if review:
        reviews.remember_step(workspace.database, review, step)


def mark_reviewed(workspace: Workspace, week: str, step: str) -> None:
    """Mark a step of the review under way as gone through."""
    if step not in draft(workspace, week).reviewed:
        reviews.mark(workspace.database, week, step, now=workspace.now())


def last_step(workspace: Workspace) -> int | None:
    """The step that undo would take back, by its number; None where there is none."""
    from tracker.storage import undo

    return undo.last_own(workspace.database)


def estimates(workspace: Workspace, week: str) -> dict[str | None, int]:
    """The estimates of a week in seconds, by channel; the channel None stands for all social ones."""
    return {estimate.channel: estimate.seconds for estimate in reviews.estimates_of_week(workspace.database, week)}


def set_estimates(workspace: Workspace, week: str, seconds: Mapping[str | None, int | None]) -> list[Estimate]:
    """Save estimates; None seconds delete one. Returns all of the week's."""
    return reviews.put_estimates(workspace.database, week, seconds, now=workspace.now())


def channels_to_estimate(workspace: Workspace, week: str) -> tuple[Channel, ...]:
    """The social channels of the week, in the user's order."""
    from tracker.reports import review

    return review.to_estimate(workspace, week)


def give_verdict(
    workspace: Workspace, week: str, channel: str | None, verdict: str, computed: str, why: str | None = None
) -> Verdict:
    """Save the user's verdict on a channel, or on real contact (None), as of the review of `week`.

    `computed` is what the figures said. Raises TrackerError for a word that is no verdict, and too long a reason.
    """
    now = workspace.now()
    return reviews.give_verdict(workspace.database, week, channel, verdict, computed=computed, now=now, why=why or None)


def take_verdict_back(workspace: Workspace, week: str, channel: str | None) -> Verdict | None:
    """Delete the user's verdict on a channel of the review of `week`; returns it, None where there was none."""
    return reviews.take_verdict_back(workspace.database, week, channel, now=workspace.now())


def set_review_words(workspace: Workspace, week: str, words: str) -> Review:
    """Store the user's own words in the review of a week under way."""
    return reviews.set_words(workspace.database, week, words, now=workspace.now())


def commitment_results(workspace: Workspace, week: str) -> tuple[CommitmentResult, ...]:
    """The commitments for a week, and how each went; without any, their module is not imported."""
    if not commitments_of(workspace, week):
        return ()
    from tracker.reports.commitments import results

    return results(workspace, week)


def answer_commitment(workspace: Workspace, id: int, kept: bool) -> None:
    """Save how a commitment went, where the log cannot tell."""
    reviews.answer_commitment(workspace.database, id, kept, now=workspace.now())


def commitments_of(workspace: Workspace, week: str) -> list[Commitment]:
    """The commitments for a week."""
    return reviews.commitments_of_week(workspace.database, week)


def add_commitment(workspace: Workspace, commitment: Commitment) -> Commitment:
    """Add a commitment; TrackerError for more than three a week."""
    return reviews.add_commitment(workspace.database, commitment, now=workspace.now())


def change_commitment(workspace: Workspace, commitment: Commitment, seen: Commitment) -> Commitment:
    """Change a commitment. TrackerError where another program has changed it since it was `seen`."""
    return reviews.change_commitment(workspace.database, commitment, now=workspace.now(), was=seen)


def delete_commitment(workspace: Workspace, id: int) -> Commitment:
    """Delete a commitment; returns it."""
    return reviews.delete_commitment(workspace.database, id, now=workspace.now())


def write_review(workspace: Workspace, week: str, *, unfinished: bool = False) -> Review:
    """Write the review under way, once and for good: its figures as they are now, and its page.

    TrackerError if none is under way, and for a week that is not over unless it is to be written `unfinished`.
    """
    from tracker.exporters.json_export import review_row
    from tracker.reports.review import ReviewData, review_figures
    from tracker.reports.review_page import review_markdown

    now = workspace.now()
    with workspace.database.transaction():
        draft(workspace, week)
        if not unfinished:
            _refuse_unfinished(workspace, week)
        figures = review_figures(ReviewData(workspace, week))
        written = reviews.write(workspace.database, week, as_json(figures), review_markdown(figures), now=now)
        hooks.announce_review(workspace, review_row(written))
        return written


def refuse_future_week(workspace: Workspace, week: str) -> None:
    """Raise TrackerError for a week that has not begun."""
    if workspace.week_dates(week)[0] > workspace.today():
        raise TrackerError(_("{week} is in the future").format(week=format_week(week)))


def refuse_empty_week(workspace: Workspace, week: str) -> None:
    """Raise TrackerError for a week in which there is nothing to look back on."""
    if not is_reviewable(workspace, week):
        raise TrackerError(_("{week}: no day was logged, so there is nothing to review").format(week=format_week(week)))


def _refuse_unfinished(workspace: Workspace, week: str) -> None:
    """Raise TrackerError for a week that is not over: its figures would still change."""
    last = workspace.week_dates(week)[-1]
    if workspace.today() <= last:
        message = _("{week} is not over until {day}; your answers are saved until then")
        message = message.format(week=format_week(week), day=format_weekday(last))
        raise TrackerError(message, _("`--write --unfinished` writes it now"))


def export_review(workspace: Workspace, review: Review, path: str, *, html: bool) -> None:
    """Write a review's page to a file. TrackerError where that holds something else, or cannot be written."""
    text = clean_lines(review.page or "")
    if html:
        from tracker.reports.review_page import review_html

        text = review_html(reviews.figures(review))
    write_page(workspace, path, text)


def write_page(workspace: Workspace, path: str, text: str) -> None:
    """Write a page to a new file, or one that holds just this: what somebody went on writing in a file is not lost."""
    from tracker.exporters.exporting import write_new_file

    write_new_file(path, text, (workspace.database.file.path, *([workspace.config] if workspace.config else [])))


def figures_of_review(
    workspace: Workspace, week: str, revision: int | None = None
) -> tuple[Review | None, dict[str, Any]]:
    """A review and its figures: as they were written, to the letter, or as they stand now.

    The review is the revision asked for, else the draft under way, else what was written last; None before all.
    """
    if revision is not None:
        review: Review | None = reviews.get(workspace.database, f"{week}-r{revision}")
    else:
        review = reviews.draft(workspace.database, week) or reviews.latest(workspace.database, week)
    if review and review.written is not None:
        return review, reviews.figures(review)
    from tracker.reports.review import ReviewData, review_figures

    return review, review_figures(ReviewData(workspace.at_one_instant(workspace.database), week))


def review_list(workspace: Workspace, text: str = "") -> list[Review]:
    """Every review and draft, or those with some words in them; the latest first."""
    return reviews.search(workspace.database, text) if text.strip() else reviews.listed(workspace.database)


def review_with(workspace: Workspace, match: Match) -> Review | None:
    """The review that was found, or in which a commitment that was found was made; None where there is none."""
    if match.kind == "review":
        return next((review for review in review_list(workspace) if review.id == match.id), None)
    if match.kind == "commitment" and match.week:
        from tracker.calendar.days import next_week

        return written_review(workspace, next_week(match.week, -1))
    return None


def written_review(workspace: Workspace, week: str) -> Review | None:
    """The last written review of a week; None where there is none."""
    return reviews.latest(workspace.database, week)


def is_begun(workspace: Workspace, week: str) -> bool:
    """Whether a review of that week is under way."""
    return reviews.draft(workspace.database, week) is not None


def review_date(workspace: Workspace, week: str) -> str | None:
    """The date a week's review was written, "" while it is under way, None where it was not begun."""
    if reviews.draft(workspace.database, week):
        return ""
    written = reviews.latest(workspace.database, week)
    return workspace.day_of(written.written) if written and written.written is not None else None


def is_reviewable(workspace: Workspace, week: str) -> bool:
    """Whether there is anything to look back on in a week."""
    from tracker.reports.week import is_reviewable

    return is_reviewable(workspace, week)


def review_waits(workspace: Workspace) -> bool:
    """Whether the review of the last week that is over is under way, or is not written and can be."""
    last = week_to_review(workspace)
    if is_begun(workspace, last):
        return True
    return not written_review(workspace, last) and is_reviewable(workspace, last)


def reviewable_from(workspace: Workspace, week: str) -> str:
    """The first day on which a week is over: `Mon 30 Nov`."""
    from tracker.calendar.days import next_date
    from tracker.formatting.times import format_date

    return format_date(next_date(workspace.week_dates(week)[-1], 1))


def week_changes(workspace: Workspace, week: Week) -> tuple[ReviewChange, ...]:
    """How a week differs from its written review; nothing where none is written."""
    from tracker.reports.comparison import changes

    return changes(workspace, reviews.latest(workspace.database, week.week), week)


def review_changes(workspace: Workspace, review: Review) -> tuple[ReviewChange, ...]:
    """How the week of a review is now, where it differs from what was written."""
    from tracker.reports.comparison import changes_now

    return changes_now(workspace, review)


def changes_since(workspace: Workspace, review: Review) -> str:
    """How the week differs now from a written review, in words; nothing where it does not."""
    from tracker.reports.comparison import say_changes

    return say_changes(review_changes(workspace, review))


def week_to_review(workspace: Workspace) -> str:
    """The last week that is over."""
    from tracker.reports.week import last_week

    return last_week(workspace)


def mention_review(workspace: Workspace) -> str | None:
    """The week that waits for its review, if it is to be mentioned now: once a day. Remembers that it was."""
    from tracker.reports.week import unreviewed

    today = workspace.today()
    if workspace.remembered(_MENTIONED) == today:
        return None
    week = unreviewed(workspace)
    if week:
        workspace.remember(_MENTIONED, today)
    return week


def due_reminder(workspace: Workspace, channel: str) -> Commitment | None:
    """The commitment for this week that a session about to begin on a channel touches; None if it touches none."""
    from tracker.reports.commitments import due_reminder

    return due_reminder(workspace, channel)


def week_worth(workspace: Workspace, week: str) -> WeekWorth:
    """What the Week screen shows of it; for a thread, with a connection of its own."""
    from tracker.reports.commitments import results
    from tracker.reports.worth import worth_report

    last = workspace.week_dates(week)[-1]
    with workspace.database.reader() as database:
        reader = workspace.at_one_instant(database)
        worth = WeekWorth(worth_report(reader, last=last), results(reader, week))
        if worth.results or week != reader.this_week():
            return worth
        return worth._replace(review_waits=review_waits(reader), next_review=reviewable_from(reader, week))


#: The answer where it was several things, or nobody remembers.
MIXED = "mixed"


def channels_to_ask_about(workspace: Workspace, week: str) -> tuple[UnnamedTime, ...]:
    """The channels whose measured time of a week has no activity yet, most time first; at most three a week."""
    from tracker.reports.review import unnamed_time

    return unnamed_time(workspace, week)


def time_answers(workspace: Workspace) -> list[Activity]:
    """What may be answered: every activity but `publish`, which is a moment. A week of posts would be made up."""
    from tracker.reports.detector_inputs import PUBLISH

    return [activity for activity in queries.activities(workspace) if activity.name != PUBLISH]


def name_time(workspace: Workspace, week: str, channel: str, activity: str | None) -> list[Session]:
    """Give the measured sessions of a week on `channel` that have no activity this one; returns them.

    Without an activity (mixed, or not known) nothing is recorded. Either way the channel is not asked about again.
    Raises TrackerError where nothing is to be asked about that channel, and for an activity that is no answer.
    """
    from tracker.reports.review import remember_answer
    from tracker.storage import sessions

    names = [answer.name for answer in time_answers(workspace)]
    if activity is not None and activity not in names:
        message = _("“{activity}” is no answer; choose one of: {names}, mixed")
        raise TrackerError(message.format(activity=activity_word(activity), names=", ".join(map(activity_word, names))))
    named: list[Session] = []
    with workspace.transaction():
        asked = next((time for time in channels_to_ask_about(workspace, week) if time.channel.name == channel), None)
        if asked is None:
            message = _("{week} has no measured time on {channel} that waits for an answer")
            message = message.format(week=format_week(week), channel=channel_word(channel))
            raise TrackerError(message, _("`tracker edit ID activity=reply` changes a session"))
        if activity is not None:
            says = _("{channel} in {week}: mostly {activity}")
            says = says.format(channel=channel_word(channel), week=format_week(week), activity=activity_word(activity))
            with workspace.undo_step(says):
                named = sessions.change_several(
                    workspace.database, asked.sessions, now=workspace.now(), activity=activity
                )
        remember_answer(workspace.database, week, channel, activity)
    return named
