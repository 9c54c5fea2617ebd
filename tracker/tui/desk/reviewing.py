"""The weekly review: its draft, what each step shows, and what was answered. Each answer is kept at once."""

from __future__ import annotations

from tracker.journal import commitments, estimates, history, reviews
from tracker.record import Record
from tracker.tui.desk.showing import Showing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.model import Channel, Commitment, Review
    from tracker.review.commitments import Result
    from tracker.review.session import Material
    from tracker.settings import Settings


class Draft(Record):
    """A review under way: the step it stands at, and which were gone through."""

    step: str
    reviewed: tuple[str, ...]
    #: Whether the week's figures were seen: then it is too late for a guess.
    shown: bool


class Reviewing(Showing):
    """Reads and writes one week's review."""

    def begin_review(self, week: str) -> Draft:
        """The draft of a week, begun if there is none. TrackerError where its review is written, or it is to come."""
        from tracker.review import session

        return self._drafted(session.begin(self.journal, self.settings, week, zone=self.zone, now=self.now()))

    def amend_review(self, week: str) -> Draft:
        """The draft of the next revision of a written review."""
        return self._drafted(reviews.amend(self.journal, week, self.zone, now=self.now()))

    def _drafted(self, review: Review) -> Draft:
        place = reviews.place(self.journal, review)
        return Draft(place, review.reviewed, review.shown is not None)

    def draft(self, week: str) -> Draft:
        """The draft of a week, as it stands."""
        found = reviews.draft(self.journal, week)
        assert found is not None, "it was begun"
        return self._drafted(found)

    def at_step(self, week: str, step: str) -> None:
        """Remember where a review is."""
        found = reviews.draft(self.journal, week)
        if found:
            reviews.go_to(self.journal, found, step)

    def mark_reviewed(self, week: str, step: str) -> None:
        """A step was gone through."""
        if step not in self.draft(week).reviewed:
            reviews.mark(self.journal, week, step, now=self.now())

    def reveal(self, week: str) -> None:
        """The figures of a week are seen from here on."""
        reviews.reveal(self.journal, week, now=self.now())

    def guesses(self, week: str) -> dict[str | None, int]:
        """Seconds that were guessed of a week, by channel; under None of all social channels together."""
        return {one.channel: one.seconds for one in estimates.of_week(self.journal, week)}

    def guess(self, week: str, said: Mapping[str | None, int | None]) -> None:
        """Keep guesses; None takes one away."""
        estimates.put(self.journal, week, said, now=self.now())

    def guessed_channels(self, week: str) -> tuple[Channel, ...]:
        """The social channels of the week, in the user's order."""
        from tracker.review import session

        return session.to_estimate(self.journal, self.settings, week, zone=self.zone, now=self.now())

    def state(self) -> tuple[int, Settings]:
        """Differs once anything was recorded, or a setting changed."""
        return history.latest(self.journal), self.settings

    def material(self, week: str) -> Material:
        """Everything the steps show."""
        from tracker.review import session

        return session.material(self.journal, self.settings, week, zone=self.zone, now=self.now())

    def review_words(self, week: str) -> str:
        """The user's own words of a review under way."""
        found = reviews.draft(self.journal, week)
        return (found.words if found else None) or ""

    def set_review_words(self, week: str, words: str) -> None:
        """Keep the user's own words."""
        reviews.set_words(self.journal, week, words, now=self.now())

    def results(self, week: str) -> tuple[Result, ...]:
        """What was committed to for a week, and how each went."""
        from tracker.review.commitments import results

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

    def change_commitment(self, one: Commitment) -> Commitment:
        """Write a commitment anew."""
        return commitments.change(self.journal, one, now=self.now())

    def uncommit(self, id: int) -> Commitment:
        """Take a commitment back."""
        return commitments.delete(self.journal, id, now=self.now())
