"""The weekly review: its draft, what each step shows, and what was answered. Each answer is kept at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import REVIEW_STEPS, TrackerError
from tracker.domain.text import clean_lines
from tracker.locale import _
from tracker.services.review_draft import OpenedReview, ReviewDraft
from tracker.storage import commitments, estimates, reviews, undo, verdicts
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from tracker.analytics.worth.rows import WorthReport, WorthRow
    from tracker.domain.models import Channel, Commitment, Estimate, Review
    from tracker.reports.commitments import CommitmentResult
    from tracker.reports.comparison import ReviewChange, WeekComparison
    from tracker.reports.contacts import Outreach
    from tracker.reports.suggestions import Suggestion
    from tracker.reports.verdict_history import VerdictFollowUp
    from tracker.reports.week import CheckingDay, Week, WeekRecords
    from tracker.settings import Settings
    from tracker.workspace import Workspace


class WeekWorth(NamedTuple):
    """The Worth report up to the end of a week, and the results of the commitments for that week."""

    report: WorthReport
    results: tuple[CommitmentResult, ...]


def open_review(workspace: Workspace, week: str) -> ReviewDraft:
    """The draft of a week's review, under way or not begun yet. TrackerError for a week that is to come."""
    from tracker.reports.reminders import refuse_ahead

    refuse_ahead(workspace.settings, week, zone=workspace.zone, now=workspace.now())
    return _open(workspace, OpenedReview(week, ReviewDraft(REVIEW_STEPS[0], (), shown=False), "", amends=False))


def open_amendment(workspace: Workspace, week: str) -> ReviewDraft:
    """The next revision of a written review, under way or not begun yet. TrackerError where none is written."""
    last = reviews.latest(workspace.journal, week)
    if last is None:
        raise TrackerError(_("the review of {week} is not written yet").format(week=week))
    fresh = ReviewDraft(REVIEW_STEPS[-1], last.reviewed, shown=True, revision=last.revision + 1)
    return _open(workspace, OpenedReview(week, fresh, last.words or "", amends=True))


def _open(workspace: Workspace, opened: OpenedReview) -> ReviewDraft:
    workspace.opened_review = None if is_begun(workspace, opened.week) else opened
    return resume_review(workspace, opened.week)


def _begin_opened(workspace: Workspace, week: str) -> None:
    """Something is answered: what was only opened is begun now."""
    opened = workspace.opened_review
    if opened and opened.week == week:
        workspace.opened_review = None
        if opened.amends:
            begin_amendment(workspace, week)
        else:
            begin_review(workspace, week)


def begin_review(workspace: Workspace, week: str) -> ReviewDraft:
    """The draft of a week, begun if there is none. TrackerError where its review is written, or it is to come."""
    from tracker.services import write_review

    return _drafted(
        workspace,
        write_review.begin(workspace, week),
    )


def begin_if_needed(workspace: Workspace, week: str) -> None:
    """Begin the review of a week where none is under way. TrackerError where it is written, or it is to come."""
    if not is_begun(workspace, week):
        begin_review(workspace, week)


def begin_amendment(workspace: Workspace, week: str) -> Review:
    """Begin the next revision of a written review."""
    return reviews.amend(workspace.journal, week, workspace.zone, now=workspace.now())


def _drafted(workspace: Workspace, review: Review) -> ReviewDraft:
    place = reviews.current_step(workspace.journal, review)
    return ReviewDraft(place, review.reviewed, review.shown is not None, review.revision)


def resume_review(workspace: Workspace, week: str) -> ReviewDraft:
    """The draft of a week, as it stands. TrackerError where none is under way."""
    draft = reviews.draft(workspace.journal, week)
    if draft is not None:
        return _drafted(workspace, draft)
    if workspace.opened_review and workspace.opened_review.week == week:
        unbegun: ReviewDraft = workspace.opened_review.draft
        return unbegun
    raise TrackerError(_("no review of {week} is under way").format(week=week))


def at_step(workspace: Workspace, week: str, step: str) -> None:
    """Remember where a review is."""
    _begin_opened(workspace, week)
    draft = reviews.draft(workspace.journal, week)
    if draft:
        reviews.remember_step(workspace.journal, draft, step)


def mark_reviewed(workspace: Workspace, week: str, step: str) -> None:
    """A step was gone through."""
    if step not in resume_review(workspace, week).reviewed:
        _begin_opened(workspace, week)
        reviews.mark(workspace.journal, week, step, now=workspace.now())


def reveal(workspace: Workspace, week: str) -> None:
    """The figures of a week are seen from here on."""
    if workspace.opened_review and workspace.opened_review.week == week and workspace.opened_review.draft.shown:
        return  # on the page that was written
    _begin_opened(workspace, week)
    reviews.reveal(workspace.journal, week, now=workspace.now())


def last_step(workspace: Workspace) -> int | None:
    """The step that undo would take back, by its number; None where there is none."""
    last = next(iter(undo.steps(workspace.journal, 1)), None)
    return last.id if last and last.state == "done" else None


def guesses(workspace: Workspace, week: str) -> dict[str | None, int]:
    """Seconds that were guessed of a week, by channel; under None of all social channels together."""
    return {estimate.channel: estimate.seconds for estimate in estimates.of_week(workspace.journal, week)}


def guess(workspace: Workspace, week: str, said: Mapping[str | None, int | None]) -> list[Estimate]:
    """Keep guesses; None takes one away. Returns all of the week's."""
    _begin_opened(workspace, week)
    return estimates.put(workspace.journal, week, said, now=workspace.now())


def guessed_channels(workspace: Workspace, week: str) -> tuple[Channel, ...]:
    """The social channels of the week, in the user's order."""
    from tracker.reports import review

    return review.to_estimate(workspace, week)


def log_state(workspace: Workspace) -> tuple[int, Settings]:
    """Differs once anything was recorded, or a setting changed."""
    return undo.latest(workspace.journal), workspace.settings


def around(workspace: Workspace, week: str) -> WeekRecords:
    """What was recorded in a week and in the usual ones before it."""
    from tracker.reports.week import load_week

    return load_week(workspace, week)


def assembled(workspace: Workspace, whole: WeekRecords) -> Week:
    """The week, from what was recorded around it."""
    from tracker.reports.week import summarise_week

    return summarise_week(workspace, whole)


def compared(workspace: Workspace, whole: WeekRecords) -> WeekComparison:
    """The week against the usual one."""
    from tracker.reports.comparison import compare

    return compare(workspace.journal, workspace.settings, whole, workspace.today())


def checking(workspace: Workspace, whole: WeekRecords) -> tuple[CheckingDay, ...]:
    """When each day's first and last moment was, and how many checks it had."""
    from tracker.reports.week import checking_days

    return checking_days(whole, workspace.settings)


def worth_report(workspace: Workspace, last: str) -> WorthReport:
    """Is it worth it? Over the weeks up to the day `last`."""
    from tracker.reports.worth import worth_report

    return worth_report(workspace, last=last)


def give_verdict(workspace: Workspace, week: str, row: WorthRow, verdict: str, why: str | None = None) -> None:
    """Keep the user's verdict on a channel, or on real contact, as of the review of `week`."""
    verdicts.give(
        workspace.journal,
        week,
        row.stored_channel,
        verdict,
        computed=row.verdict,
        now=workspace.now(),
        why=why or None,
    )


def take_verdict_back(workspace: Workspace, week: str, row: WorthRow) -> None:
    """Delete the user's verdict on a channel of the review of `week`."""
    verdicts.take_back(workspace.journal, week, row.stored_channel, now=workspace.now())


def verdict_history(workspace: Workspace, row: WorthRow, most: int) -> tuple[VerdictFollowUp, ...]:
    """The last verdicts on a channel, each with what came of it."""
    from tracker.reports.verdict_history import verdict_history

    return verdict_history(workspace, row.stored_channel, most=most)


def outreach(workspace: Workspace) -> Outreach:
    """Who to talk to."""
    from tracker.reports.contacts import outreach

    return outreach(workspace)


def suggestions(workspace: Workspace, week: Week, people: Outreach, table: WorthReport) -> tuple[Suggestion, ...]:
    """What one could commit to, after what the week showed and what was decided of the channels."""
    from tracker.reports import pattern_flags
    from tracker.reports.suggestions import suggest

    marked = pattern_flags.marked(workspace.journal, week.patterns, workspace.today())
    standing = [flag.finding for flag in marked if flag.stands]
    decided = [(row.channel, row.effective_verdict) for row in table.rows if row.kind == "social"]
    return suggest(workspace.settings, week, people, flagged=standing, verdicts=decided)


def review_words(workspace: Workspace, week: str) -> str:
    """The user's own words of a review under way."""
    draft = reviews.draft(workspace.journal, week)
    if draft is None and workspace.opened_review and workspace.opened_review.week == week:
        words: str = workspace.opened_review.words
        return words
    return (draft.words if draft else None) or ""


def set_review_words(workspace: Workspace, week: str, words: str) -> Review:
    """Keep the user's own words."""
    _begin_opened(workspace, week)
    return reviews.set_words(workspace.journal, week, words, now=workspace.now())


def commitment_results(workspace: Workspace, week: str) -> tuple[CommitmentResult, ...]:
    """What was committed to for a week, and how each went."""
    from tracker.reports.commitments import results

    return results(workspace, week)


def say_kept(workspace: Workspace, id: int, kept: bool) -> None:
    """Say how a commitment went that the log cannot tell."""
    commitments.keep(workspace.journal, id, kept, now=workspace.now())


def planned(workspace: Workspace, week: str) -> list[Commitment]:
    """What is committed to for a week."""
    return commitments.of_week(workspace.journal, week)


def commit(workspace: Workspace, commitment: Commitment) -> Commitment:
    """Commit to something; TrackerError for more than three a week."""
    return commitments.add(workspace.journal, commitment, now=workspace.now())


def change_commitment(workspace: Workspace, commitment: Commitment, seen: Commitment) -> Commitment:
    """Write a commitment that was seen so anew. TrackerError where another program has changed it since."""
    return commitments.change(workspace.journal, commitment, now=workspace.now(), was=seen)


def uncommit(workspace: Workspace, id: int) -> Commitment:
    """Take a commitment back."""
    return commitments.delete(workspace.journal, id, now=workspace.now())


def write_review(workspace: Workspace, week: str, *, unfinished: bool = False) -> Review:
    """Write the review under way, once and for good; `unfinished`: although its week goes on."""
    from tracker.services import write_review

    _begin_opened(workspace, week)
    return write_review.write(workspace, week, unfinished=unfinished)


def refuse_empty_week(workspace: Workspace, week: str) -> None:
    """Raise TrackerError for a week in which there is nothing to look back on."""
    from tracker.reports.reminders import refuse_empty

    refuse_empty(workspace.journal, workspace.settings, week)


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

    write_new_file(path, text, (workspace.journal.path, *([workspace.config] if workspace.config else [])))


def figures_of_review(
    workspace: Workspace, week: str, revision: int | None = None
) -> tuple[Review | None, dict[str, Any]]:
    """A review and its figures: as they were written, to the letter, or as they stand now.

    The review is the revision asked for, else the draft under way, else what was written last; None before all.
    """
    if revision is not None:
        review: Review | None = reviews.get(workspace.journal, f"{week}-r{revision}")
    else:
        review = reviews.draft(workspace.journal, week) or reviews.latest(workspace.journal, week)
    if review and review.written is not None:
        return review, reviews.figures(review)
    from tracker.reports.review import review_data
    from tracker.reports.review_figures import review_figures

    zone, now = workspace.zone, workspace.now()
    data = review_data(Workspace(workspace.journal, workspace.settings, zone, now=now), week)
    return review, review_figures(data, zone=zone, now=now)


def review_list(workspace: Workspace, text: str = "") -> list[Review]:
    """Every review and draft, or those with some words in them; the latest first."""
    return reviews.search(workspace.journal, text) if text.strip() else reviews.listed(workspace.journal)


def written_review(workspace: Workspace, week: str) -> Review | None:
    """What was written of a week last."""
    return reviews.latest(workspace.journal, week)


def is_begun(workspace: Workspace, week: str) -> bool:
    """Whether a review of that week is under way."""
    return reviews.draft(workspace.journal, week) is not None


def review_date(workspace: Workspace, week: str) -> str | None:
    """The date a week's review was written, "" while it is under way, None where it was not begun."""
    if reviews.draft(workspace.journal, week):
        return ""
    written = reviews.latest(workspace.journal, week)
    return workspace.day_of(written.written) if written and written.written is not None else None


def is_reviewable(workspace: Workspace, week: str) -> bool:
    """Whether there is anything to look back on in a week."""
    from tracker.reports.reminders import is_reviewable

    return is_reviewable(workspace.journal, workspace.settings, week)


def reviewable_from(workspace: Workspace, week: str) -> str:
    """The weekday from which on a week is over: `Monday`."""
    from tracker.calendar.days import next_date
    from tracker.formatting.times import format_weekday

    return format_weekday(next_date(workspace.week_dates(week)[-1], 1))


def week_changes(workspace: Workspace, week: Week) -> tuple[ReviewChange, ...]:
    """How a week differs from its written review; nothing where none is written."""
    from tracker.reports.comparison import changes

    return changes(workspace.journal, workspace.settings, reviews.latest(workspace.journal, week.week), week)


def review_changes(workspace: Workspace, review: Review) -> tuple[ReviewChange, ...]:
    """How the week of a review is now, where it differs from what was written."""
    from tracker.reports.comparison import changes_now

    return changes_now(workspace, review)


def changes_since(workspace: Workspace, review: Review) -> str:
    """How the week differs now from a written review, in words; nothing where it does not."""
    from tracker.reports.comparison import say_changes

    return say_changes(review_changes(workspace, review))


def to_review(workspace: Workspace) -> str:
    """The last week that is over."""
    from tracker.reports import review

    return review.last_week(workspace.settings, zone=workspace.zone, now=workspace.now())


def mention_review(workspace: Workspace) -> str | None:
    """The week that waits for its review, if it is to be mentioned now: once a day."""
    from tracker.reports.reminders import mention

    return mention(workspace.journal, workspace.settings, workspace.today())


def due_reminder(workspace: Workspace, channel: str) -> Commitment | None:
    """What one committed to for this week, where a session about to begin on a channel touches it."""
    from tracker.reports.reminders import due_reminder

    return due_reminder(workspace, channel)


def week_worth(workspace: Workspace, week: str) -> WeekWorth:
    """What the Week screen shows of it; for a thread, with a connection of its own."""
    from tracker.reports.commitments import results
    from tracker.reports.worth import worth_report

    last = workspace.week_dates(week)[-1]
    with workspace.journal.reader() as journal:
        report = worth_report(Workspace(journal, workspace.settings, workspace.zone, now=workspace.now()), last=last)
        return WeekWorth(
            report, results(Workspace(journal, workspace.settings, workspace.zone, now=workspace.now()), week)
        )
