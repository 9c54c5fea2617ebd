"""The weekly review: its draft, what each step shows, and what was answered. Each answer is kept at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import REVIEW_STEPS, TrackerError
from tracker.domain.text import clean_lines
from tracker.locale import _
from tracker.storage import commitments, estimates, reviews, undo, verdicts
from tracker.tui.desk.showing import Showing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.domain.models import Channel, Commitment, Review
    from tracker.reports.checking import Checking
    from tracker.reports.commitments import Result
    from tracker.reports.compare import Comparison
    from tracker.reports.outreach import Outreach
    from tracker.reports.suggest import Suggestion
    from tracker.reports.values import Week
    from tracker.reports.verdicts import Chapter
    from tracker.reports.week import Around
    from tracker.reports.worth_values import Row, WorthTable
    from tracker.settings import Settings
    from tracker.tui.screens.week_worth import Glance


class Draft(NamedTuple):
    """A review under way: the step it stands at, and which were gone through."""

    step: str
    reviewed: tuple[str, ...]
    #: Whether the week's figures were seen: then it is too late for a guess.
    shown: bool
    revision: int = 1


class Opened(NamedTuple):
    """A review that was opened, and is begun in the file with the first answer: escape before it leaves no trace."""

    week: str
    draft: Draft
    words: str
    amends: bool


class Reviewing(Showing):
    """Reads and writes one week's review."""

    _opened: Opened | None = None

    def open_review(self, week: str) -> Draft:
        """The draft of a week's review, under way or not begun yet. TrackerError for a week that is to come."""
        from tracker.reports.due import refuse_ahead

        refuse_ahead(self.settings, week, zone=self.zone, now=self.now())
        return self._open(Opened(week, Draft(REVIEW_STEPS[0], (), shown=False), "", amends=False))

    def open_amendment(self, week: str) -> Draft:
        """The next revision of a written review, under way or not begun yet. TrackerError where none is written."""
        last = reviews.latest(self.journal, week)
        if last is None:
            raise TrackerError(_("the review of {week} is not written yet").format(week=week))
        fresh = Draft(REVIEW_STEPS[-1], last.reviewed, shown=True, revision=last.revision + 1)
        return self._open(Opened(week, fresh, last.words or "", amends=True))

    def _open(self, opened: Opened) -> Draft:
        self._opened = None if self.is_begun(opened.week) else opened
        return self.resume_review(opened.week)

    def _begin_opened(self, week: str) -> None:
        """Something is answered: what was only opened is begun now."""
        opened = self._opened
        if opened and opened.week == week:
            self._opened = None
            (self.amend_review if opened.amends else self.begin_review)(week)

    def begin_review(self, week: str) -> Draft:
        """The draft of a week, begun if there is none. TrackerError where its review is written, or it is to come."""
        from tracker.reports import session

        return self._drafted(session.begin(self.journal, self.settings, week, zone=self.zone, now=self.now()))

    def amend_review(self, week: str) -> Draft:
        """The draft of the next revision of a written review."""
        return self._drafted(reviews.amend(self.journal, week, self.zone, now=self.now()))

    def _drafted(self, review: Review) -> Draft:
        place = reviews.current_step(self.journal, review)
        return Draft(place, review.reviewed, review.shown is not None, review.revision)

    def resume_review(self, week: str) -> Draft:
        """The draft of a week, as it stands. TrackerError where none is under way."""
        found = reviews.draft(self.journal, week)
        if found is None and self._opened and self._opened.week == week:
            return self._opened.draft
        if found is None:
            raise TrackerError(_("no review of {week} is under way").format(week=week))
        return self._drafted(found)

    def at_step(self, week: str, step: str) -> None:
        """Remember where a review is."""
        self._begin_opened(week)
        found = reviews.draft(self.journal, week)
        if found:
            reviews.remember_step(self.journal, found, step)

    def mark_reviewed(self, week: str, step: str) -> None:
        """A step was gone through."""
        if step not in self.resume_review(week).reviewed:
            self._begin_opened(week)
            reviews.mark(self.journal, week, step, now=self.now())

    def reveal(self, week: str) -> None:
        """The figures of a week are seen from here on."""
        if self._opened and self._opened.week == week and self._opened.draft.shown:
            return  # on the page that was written
        self._begin_opened(week)
        reviews.reveal(self.journal, week, now=self.now())

    def last_step(self) -> int | None:
        """The step that undo would take back, by its number; None where there is none."""
        last = next(iter(undo.steps(self.journal, 1)), None)
        return last.id if last and last.state == "done" else None

    def guesses(self, week: str) -> dict[str | None, int]:
        """Seconds that were guessed of a week, by channel; under None of all social channels together."""
        return {one.channel: one.seconds for one in estimates.of_week(self.journal, week)}

    def guess(self, week: str, said: Mapping[str | None, int | None]) -> None:
        """Keep guesses; None takes one away."""
        self._begin_opened(week)
        estimates.put(self.journal, week, said, now=self.now())

    def guessed_channels(self, week: str) -> tuple[Channel, ...]:
        """The social channels of the week, in the user's order."""
        from tracker.reports import session

        return session.to_estimate(self.journal, self.settings, week, zone=self.zone, now=self.now())

    def state(self) -> tuple[int, Settings]:
        """Differs once anything was recorded, or a setting changed."""
        return undo.latest(self.journal), self.settings

    def around(self, week: str) -> Around:
        """What was recorded in a week and in the usual ones before it."""
        from tracker.reports.week import around

        return around(self.journal, self.settings, week, zone=self.zone, now=self.now())

    def assembled(self, whole: Around) -> Week:
        """The week, from what was recorded around it."""
        from tracker.reports.week import assemble

        return assemble(self.journal, self.settings, whole, zone=self.zone, now=self.now())

    def compared(self, whole: Around) -> Comparison:
        """The week against the usual one."""
        from tracker.reports.compare import compare

        return compare(self.journal, self.settings, whole, self.today())

    def checking(self, whole: Around) -> tuple[Checking, ...]:
        """When each day's first and last moment was, and how many checks it had."""
        from tracker.reports.checking import checking

        return checking(whole, self.settings)

    def worth(self, last: str) -> WorthTable:
        """Is it worth it? Over the weeks up to the day `last`."""
        from tracker.reports.worth import worth

        return worth(self.journal, self.settings, zone=self.zone, now=self.now(), last=last)

    def give_verdict(self, week: str, row: Row, verdict: str, why: str | None = None) -> None:
        """Say what is to become of a channel, or of real contact."""
        channel = self._judged(row)
        verdicts.give(self.journal, week, channel, verdict, computed=row.verdict, now=self.now(), why=why or None)

    def take_verdict_back(self, week: str, row: Row) -> None:
        """Say nothing of it any more."""
        verdicts.take_back(self.journal, week, self._judged(row), now=self.now())

    def story(self, row: Row, most: int) -> tuple[Chapter, ...]:
        """The last verdicts on a channel, each with what came of it."""
        from tracker.reports.verdicts import story

        return story(self.journal, self.settings, self._judged(row), zone=self.zone, now=self.now(), most=most)

    def _judged(self, row: Row) -> str | None:
        from tracker.reports.worth_values import REAL_CONTACT

        return None if row.channel == REAL_CONTACT else row.channel

    def outreach(self) -> Outreach:
        """Who to talk to."""
        from tracker.reports.outreach import outreach

        return outreach(self.journal, self.settings, zone=self.zone, now=self.now())

    def suggestions(self, week: Week, people: Outreach, table: WorthTable) -> tuple[Suggestion, ...]:
        """What one could commit to, after what the week showed and what was decided of the channels."""
        from tracker.reports import flags
        from tracker.reports.suggest import suggest

        standing = [one.finding for one in flags.marked(self.journal, week.patterns, self.today()) if one.stands]
        decided = [(row.channel, row.decided) for row in table.rows if row.kind == "social"]
        return suggest(self.settings, week, people, flagged=standing, verdicts=decided)

    def review_words(self, week: str) -> str:
        """The user's own words of a review under way."""
        found = reviews.draft(self.journal, week)
        if found is None and self._opened and self._opened.week == week:
            return self._opened.words
        return (found.words if found else None) or ""

    def set_review_words(self, week: str, words: str) -> None:
        """Keep the user's own words."""
        self._begin_opened(week)
        reviews.set_words(self.journal, week, words, now=self.now())

    def results(self, week: str) -> tuple[Result, ...]:
        """What was committed to for a week, and how each went."""
        from tracker.reports.commitments import results

        return results(self.journal, self.settings, week, zone=self.zone, now=self.now())

    def say_kept(self, id: int, kept: bool) -> None:
        """Say how a commitment went that the log cannot tell."""
        commitments.keep(self.journal, id, kept, now=self.now())

    def planned(self, week: str) -> list[Commitment]:
        """What is committed to for a week."""
        return commitments.of_week(self.journal, week)

    def commit(self, one: Commitment) -> Commitment:
        """Commit to something; TrackerError for more than three a week."""
        return commitments.add(self.journal, one, now=self.now())

    def change_commitment(self, one: Commitment, seen: Commitment) -> Commitment:
        """Write a commitment that was seen so anew. TrackerError where another program has changed it since."""
        return commitments.change(self.journal, one, now=self.now(), was=seen)

    def uncommit(self, id: int) -> Commitment:
        """Take a commitment back."""
        return commitments.delete(self.journal, id, now=self.now())

    def write_review(self, week: str) -> Review:
        """Write the review under way, once and for good."""
        from tracker.reports import session

        self._begin_opened(week)
        return session.write(self.journal, self.settings, week, zone=self.zone, now=self.now())

    def export_review(self, found: Review, path: str, *, html: bool) -> None:
        """Write a review's page to a file. TrackerError where that holds something else, or cannot be written."""
        from tracker.exporters.exporting import written_once

        text = clean_lines(found.page or "")
        if html:
            from tracker.reports.html import html as as_html

            text = as_html(reviews.figures(found))
        written_once(path, text, (self.journal.path, *([self.config] if self.config else [])))

    def review_list(self, text: str = "") -> list[Review]:
        """Every review and draft, or those with some words in them; the latest first."""
        return reviews.search(self.journal, text) if text.strip() else reviews.listed(self.journal)

    def is_reviewed(self, week: str) -> Review | None:
        """What was written of a week last."""
        return reviews.latest(self.journal, week)

    def is_begun(self, week: str) -> bool:
        """Whether a review of that week is under way."""
        return reviews.draft(self.journal, week) is not None

    def review_of(self, week: str) -> str | None:
        """The date a week's review was written, "" while it is under way, None where it was not begun."""
        if reviews.draft(self.journal, week):
            return ""
        written = reviews.latest(self.journal, week)
        return self.day_of(written.written) if written and written.written is not None else None

    def is_reviewable(self, week: str) -> bool:
        """Whether there is anything to look back on in a week."""
        from tracker.reports.reminding import is_reviewable

        return is_reviewable(self.journal, self.settings, week)

    def reviewable_from(self, week: str) -> str:
        """The weekday from which on a week is over: `Monday`."""
        from tracker.calendar.days import next_date
        from tracker.calendar.say import say_weekday

        return say_weekday(next_date(self.week_dates(week)[-1], 1))

    def is_changed(self, week: Week) -> bool:
        """Whether a week differs from its written review."""
        from tracker.reports.since import changes

        return bool(changes(self.journal, self.settings, reviews.latest(self.journal, week.week), week))

    def changes_since(self, review: Review) -> str:
        """How the week differs now from a written review, in words; nothing where it does not."""
        from tracker.reports.since import changes_now, say_changes

        return say_changes(changes_now(self.journal, self.settings, review, zone=self.zone, now=self.now()))

    def to_review(self) -> str:
        """The last week that is over."""
        from tracker.reports import session

        return session.last_week(self.settings, zone=self.zone, now=self.now())

    def mention_review(self) -> str | None:
        """The week that waits for its review, if it is to be mentioned now: once a day."""
        from tracker.reports.reminding import mention

        return mention(self.journal, self.settings, self.today())

    def reminder(self, channel: str) -> Commitment | None:
        """What one committed to for this week, where a session about to begin on a channel touches it."""
        from tracker.reports.reminding import due_reminder

        return due_reminder(self.journal, self.settings, channel, zone=self.zone, now=self.now())

    def glance(self, week: str) -> Glance:
        """Is it worth it up to a week, and its commitments: for a thread, with a connection of its own."""
        from tracker.reports.commitments import results
        from tracker.reports.worth import worth
        from tracker.tui.screens.week_worth import Glance

        last = self.week_dates(week)[-1]
        with self.journal.reader() as journal:
            table = worth(journal, self.settings, zone=self.zone, now=self.now(), last=last)
            return Glance(table, results(journal, self.settings, week, zone=self.zone, now=self.now()))
