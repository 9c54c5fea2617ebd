"""Weekly reviews, and what is said in them: the estimate of the week, verdicts, commitments, and marks on patterns.

There is at most one draft a week; written reviews never change. A draft is stored after each step, so a review can be
continued later. A correction of a written review is a new revision beside it. An estimate is given before any figure of
the week is shown. Verdicts, on channels and on real contact (channel None), are the user's own, one a week, beside the
computed ones. Commitments are the if-then plans for a week, one to three of them.

A mark is the user's, in a review or at any time: the pattern is dismissed until a date, or expected, and why. Earlier
marks stay stored with the days for which they held: from `since` until the day before `until` (days of the log). A flag
is the program's note that a pattern was flagged, like `state`: undo does not cover it, and losing it loses nothing.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager

from tracker.calendar.days import next_week
from tracker.domain.errors import TrackerError
from tracker.domain.models import (
    DISMISSED,
    EXPECTED,
    MOST_COMMITMENTS,
    REVIEW_STEPS,
    VERDICTS,
    WEEK,
    Commitment,
    Estimate,
    Review,
    Verdict,
)
from tracker.domain.record import Record
from tracker.domain.text import entered, quoted, typed
from tracker.formatting.text import channel_word, list_terms
from tracker.formatting.times import format_near_date, format_week
from tracker.locale import _
from tracker.storage.undo_steps import undo_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from tracker.storage.database import Database


#: The longest guess, in seconds: no week has more.
LONGEST_ESTIMATE = WEEK

#: The name in `state` of the step at which a draft was left, before the name of the review; undo does not cover it.
_STEP = "review "


def begin(database: Database, week: str, zone: str, *, now: int) -> Review:
    """The draft of a week, begun now if there is none. Raises TrackerError if the review of the week is written."""
    with database.transaction():
        if current := draft(database, week):
            return current
        if latest(database, week):
            raise TrackerError(
                _("the review of {week} is already written").format(week=format_week(week)),
                _("`tracker review {week} --amend` starts a revision").format(week=format_week(week)),
            )
        return _begun(database, Review(0, week, 1, now, zone), _("started the review of {week}"))


def amend(database: Database, week: str, zone: str, *, now: int) -> Review:
    """The draft of the next revision, with the words of the last one; the current draft if there is one.

    Its first step is the words. The written page shows the figures, so no estimate can be given any more. Raises
    TrackerError if nothing is written yet.
    """
    with database.transaction():
        current, last = draft(database, week), latest(database, week)
        if current and current.revision > 1:
            return current
        if current or not last:
            raise TrackerError(_("the review of {week} is not written yet").format(week=format_week(week)))
        shown = last.written if last.shown is None else last.shown
        revision = last._replace(revision=last.revision + 1, begun=now, zone=zone, shown=shown,
                              written=None, figures=None, page=None)  # fmt: skip
        return _begun(database, revision, _("started a revision of the review of {week}"))


def reveal(database: Database, week: str, *, now: int) -> Review:
    """Store that the figures of a week under review were seen, after which no estimate can be given."""
    with database.transaction():
        current = under_way(database, week)
        if current.shown is not None:
            return current
        return _change(database, week, _("saw the figures of {week}"), now, shown=now)


def mark(database: Database, week: str, step: str, *, now: int) -> Review:
    """Mark a step of the draft as reviewed. Raises TrackerError for an unknown step."""
    if step not in REVIEW_STEPS:
        message = _("unknown review step “{step}”; choose one of: {names}")
        raise TrackerError(message.format(step=quoted(step), names=", ".join(REVIEW_STEPS)))
    with database.transaction():
        done = {*under_way(database, week).reviewed, step}
        reviewed = " ".join(name for name in REVIEW_STEPS if name in done)
        return _change(database, week, _("reviewed a step of {week}"), now, reviewed=reviewed)


def set_words(database: Database, week: str, words: str | None, *, now: int) -> Review:
    """Set the user's own words of a draft; empty or None deletes them. Raises TrackerError for too long a text.

    They are stored as typed, without terminal control characters.
    """
    words = entered("words", words)
    return _change(database, week, _("wrote about {week}"), now, words=words if words and words.strip() else None)


def write(database: Database, week: str, figures: str, page: str, *, now: int) -> Review:
    """Turn the draft of a week into a written review, with its figures (JSON) and its page (Markdown).

    Raises TrackerError if there is no draft.
    """
    with database.transaction():
        at = max(now, under_way(database, week).begun)
        return _change(database, week, _("wrote the review of {week}"), now, written=at, figures=figures, page=page)


def draft(database: Database, week: str) -> Review | None:
    """The draft of a week, if there is one."""
    return _first(database, "week = ? AND written IS NULL", week)


def latest(database: Database, week: str) -> Review | None:
    """The last written revision of a week, if there is one."""
    return _first(database, "week = ? AND written IS NOT NULL ORDER BY revision DESC LIMIT 1", week)


def get(database: Database, name: str) -> Review:
    """`2026-W48`: the last written revision, else the draft; `2026-W48-r2`: that revision. TrackerError for none."""
    week, separator, number = name.partition("-r")
    review = None
    if separator and number.isdecimal() and len(number) < 10:
        review = _first(database, "week = ? AND revision = ?", week, int(number))
    elif not separator:
        review = latest(database, week) or draft(database, week)
    if not review:
        message = _("the review {name} does not exist")
        raise TrackerError(message.format(name=quoted(name)), _("`tracker review --list` lists them"))
    return review


def figures(review: Review) -> dict[str, Any]:
    """The figures with which a review was written; empty for a draft. TrackerError where they are no JSON object."""
    import json

    try:
        values = json.loads(review.figures or "{}")
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise TrackerError(_("the figures of the review {name} cannot be read").format(name=format_week(review.name)))
    return values


def listed(database: Database) -> list[Review]:
    """All reviews and drafts, the latest week and revision first."""
    return _all(database, "1 ORDER BY week DESC, revision DESC")


def search(database: Database, text: str) -> list[Review]:
    """The reviews (as `listed`) whose words, or the words of the commitments made in them, have `text` in any case."""
    key = text.casefold()
    plans: dict[str, list[str]] = {}
    for commitment in every_commitment(database):
        plans.setdefault(commitment.week, []).append(f"{commitment.cue}\n{commitment.plan}")
    return [
        review
        for review in listed(database)
        if any(key in words.casefold() for words in (review.words or "", *plans.get(next_week(review.week), ())))
    ]


def current_step(database: Database, review: Review) -> str:
    """The step at which a draft was left, else its first step that is not reviewed; of an amendment the words."""
    kept = database.state(f"{_STEP}{review.name}")
    if kept in REVIEW_STEPS:
        return kept
    if review.revision > 1:
        return REVIEW_STEPS[-1]
    return next((step for step in REVIEW_STEPS if step not in review.reviewed), REVIEW_STEPS[-1])


def remember_step(database: Database, review: Review, step: str) -> None:
    """Store at which step a draft is; no undo step."""
    if step in REVIEW_STEPS:
        database.set_state(f"{_STEP}{review.name}", step)


def _begun(database: Database, fresh: Review, says: str) -> Review:
    with undo_step(database, says.format(week=format_week(fresh.week)), fresh.begun):
        database.ensure_zone(fresh.zone)
        return fresh._replace(id=database.insert("review", stored(fresh)))


def stored(review: Review) -> Review:
    """The review with the steps gone through as one text."""
    return review._replace(reviewed=" ".join(review.reviewed))  # type: ignore[arg-type]  # as stored


def _change(database: Database, week: str, says: str, now: int, **fields: Any) -> Review:
    with database.transaction():
        before = under_way(database, week)
        with undo_step(database, says.format(week=format_week(before.name)), now):
            names = ", ".join(f"{name} = ?" for name in fields)
            database.change(f"UPDATE review SET {names} WHERE id = ?", (*fields.values(), before.id))
        return _all(database, "id = ?", before.id)[0]


def under_way(database: Database, week: str) -> Review:
    """The draft of a week. Raises TrackerError if there is none."""
    current = draft(database, week)
    if not current:
        raise TrackerError(_("no review of {week} has been started").format(week=format_week(week)))
    return current


def _first(database: Database, where: str, *values: Any) -> Review | None:
    return next(iter(_all(database, where, *values)), None)


def _all(database: Database, where: str, *values: Any) -> list[Review]:
    reviews = database.records(Review, f"WHERE {where}", values)
    return [review._replace(reviewed=tuple(str(review.reviewed).split())) for review in reviews]


# Estimates.


def put_estimates(
    database: Database, week: str, seconds_by_channel: Mapping[str | None, int | None], *, now: int
) -> list[Estimate]:
    """Estimate a week under review: seconds by channel; the channel None stands for all social channels together.

    None as seconds deletes an estimate; other channels keep theirs. Raises TrackerError if the week has no draft, if
    its figures were shown already, for an unknown channel, and for less than 0 seconds or more than a week.
    """
    with database.transaction():
        if under_way(database, week).shown is not None:
            message = _("the figures of {week} were already shown; a guess must come before them")
            raise TrackerError(message.format(week=format_week(week)))
        if any(seconds is not None and seconds < 0 for seconds in seconds_by_channel.values()):
            raise TrackerError(_("the guess cannot be below zero"))
        if any(seconds is not None and seconds > LONGEST_ESTIMATE for seconds in seconds_by_channel.values()):
            raise TrackerError(_("a week has 168 hours"))
        with undo_step(database, _("saved the guess for {week}").format(week=format_week(week)), now):
            for channel, seconds in seconds_by_channel.items():
                if seconds is None:
                    database.change("DELETE FROM estimate WHERE week = ? AND channel IS ?", (week, channel))
                    continue
                estimate = Estimate(week, channel, seconds, now)
                database.upsert("estimate", ("week", "coalesce(channel, '')"), estimate._asdict())
        return estimates_of_week(database, week)


def estimates_of_week(database: Database, week: str) -> list[Estimate]:
    """The estimates of a week, the one of all channels together first."""
    return database.records(Estimate, "WHERE week = ? ORDER BY channel IS NOT NULL, seconds DESC, channel", (week,))


def estimated_seconds(database: Database, channel: str | None) -> dict[str, int]:
    """The estimates of a channel, or (None) of all social channels together, in seconds by week, the earliest first."""
    return dict(database.rows("SELECT week, seconds FROM estimate WHERE channel IS ? ORDER BY week", (channel,)))


def every_estimate(database: Database) -> list[Estimate]:
    """Every estimate, by week."""
    return database.records(Estimate, "ORDER BY week, channel IS NOT NULL, channel")


# Verdicts.


def give_verdict(
    database: Database, week: str, channel: str | None, verdict: str, *, computed: str, now: int, why: str | None = None
) -> Verdict:
    """Give a verdict on a channel in the review of `week`; it replaces the one given there before.

    Raises TrackerError for a word that is no verdict, or too long a reason.
    """
    why = typed("why", why)
    if verdict not in VERDICTS:
        message = _("a verdict must be one of {verdicts}, not “{verdict}”")
        raise TrackerError(message.format(verdicts=list_terms(VERDICTS), verdict=quoted(verdict)))
    with undo_step(database, _("gave a verdict on {what}").format(what=_verdict_subject(channel)), now):
        # An existing row is updated, so that it keeps its id for undo.
        before = verdict_of_week(database, week, channel)
        if before and before[3:6] == (computed, verdict, why):
            return before
        if before:
            after = before._replace(computed=computed, verdict=verdict, why=why, at=now)
            database.update("verdict", after)
            return after
        new = Verdict(0, week, channel, computed, verdict, why, now)
        return new._replace(id=database.insert("verdict", new))


def take_verdict_back(database: Database, week: str, channel: str | None, *, now: int) -> Verdict | None:
    """Delete the verdict on a channel for `week`; returns it, or None where there was none."""
    with database.transaction():
        deleted = verdict_of_week(database, week, channel)
        if deleted:
            with undo_step(database, _("removed the verdict on {what}").format(what=_verdict_subject(channel)), now):
                database.delete("verdict", deleted.id)
    return deleted


def verdict_of_week(database: Database, week: str, channel: str | None) -> Verdict | None:
    """The verdict on a channel given for one week."""
    return database.record(Verdict, "WHERE week = ? AND channel IS ?", (week, channel))


def verdicts_of_week(database: Database, week: str) -> dict[str | None, Verdict]:
    """The verdicts given for one week, by channel."""
    verdicts = database.records(Verdict, "WHERE week = ? ORDER BY id", (week,))
    return {verdict.channel: verdict for verdict in verdicts}


def verdicts_on(database: Database, channel: str | None) -> list[Verdict]:
    """Every verdict on a channel, by week."""
    return database.records(Verdict, "WHERE channel IS ? ORDER BY week", (channel,))


def every_verdict(database: Database) -> list[Verdict]:
    """Every verdict, by week."""
    return database.records(Verdict, "ORDER BY week, channel IS NULL, channel")


def verdicts_before(database: Database, week: str) -> dict[str | None, Verdict]:
    """The last verdict on each channel given for a week before this one."""
    verdicts = database.records(Verdict, "WHERE week < ? ORDER BY week", (week,))
    return {verdict.channel: verdict for verdict in verdicts}


def _verdict_subject(channel: str | None) -> str:
    return _("real contact") if channel is None else channel_word(channel)


# Commitments.


def add_commitment(database: Database, commitment: Commitment, *, now: int) -> Commitment:
    """Add a commitment to its week, behind the others; it gets its id and position here.

    Raises TrackerError for a fourth one, for no words or too many, or for a measure that cannot be.
    """
    with database.transaction():
        existing = commitments_of_week(database, commitment.week)
        if len(existing) >= MOST_COMMITMENTS:
            message = _("{week} already has three commitments, which is the maximum")
            raise TrackerError(message.format(week=format_week(commitment.week)))
        placed = _worded(commitment)._replace(at=now, position=existing[-1].position + 1 if existing else 0)
        with undo_step(database, _("committed to: {plan}").format(plan=placed.plan), now), _refusing():
            return placed._replace(id=database.insert("commitment", placed))


def change_commitment(
    database: Database, commitment: Commitment, *, now: int, was: Commitment | None = None
) -> Commitment:
    """Write every field of an existing commitment. Raises TrackerError for what `add_commitment` would refuse.

    Also where it differs from what it `was`, because another program has changed it meanwhile.
    """
    worded = _worded(commitment)
    with database.transaction():
        current = get_commitment(database, commitment.id)
        if was is not None and current != was:
            raise TrackerError(_("another program changed this commitment in the meantime; nothing was saved"))
        with undo_step(database, _("changed the commitment: {plan}").format(plan=worded.plan), now), _refusing():
            database.update("commitment", worded)
    return worded


def answer_commitment(database: Database, id: int, kept: bool | None, *, now: int) -> Commitment:
    """Say whether a commitment was kept (None: unknown). Raises TrackerError if there is none."""
    with database.transaction():
        commitment = get_commitment(database, id)
        with undo_step(database, _("marked whether it was kept: {plan}").format(plan=commitment.plan), now):
            database.change("UPDATE commitment SET kept = ? WHERE id = ?", (kept, id))
    return commitment._replace(kept=kept)


def delete_commitment(database: Database, id: int, *, now: int) -> Commitment:
    """Delete a commitment; returns it. Raises TrackerError if there is none."""
    with database.transaction():
        deleted = get_commitment(database, id)
        with undo_step(database, _("removed the commitment: {plan}").format(plan=deleted.plan), now):
            database.delete("commitment", id)
    return deleted


def get_commitment(database: Database, id: int) -> Commitment:
    """The commitment with this id. Raises TrackerError if there is none."""
    commitment = database.record(Commitment, "WHERE id = ?", (id,))
    if not commitment:
        raise TrackerError(_("commitment {id} does not exist").format(id=id))
    return commitment


def commitments_of_week(database: Database, week: str) -> list[Commitment]:
    """The commitments for a week, in their order."""
    return database.records(Commitment, "WHERE week = ? ORDER BY position, id", (week,))


def every_commitment(database: Database) -> list[Commitment]:
    """Every commitment, by week."""
    return database.records(Commitment, "ORDER BY week, position, id")


def _worded(commitment: Commitment) -> Commitment:
    """The commitment with cue and plan on one line each. Raises TrackerError without both, or for too long a text."""
    cue, plan = (" ".join(words.split()) for words in (commitment.cue, commitment.plan))
    if not cue or not plan:
        raise TrackerError(_("a commitment needs both parts: if …, then …"))
    return commitment._replace(cue=entered("cue", cue) or "", plan=entered("plan", plan) or "")


@contextmanager
def _refusing() -> Iterator[None]:
    """Raise TrackerError for a row that the table's checks refuse."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise TrackerError(_("this commitment is not possible: {reason}").format(reason=error)) from None


# Marks and flags of patterns.


class PatternMark(Record):
    """A mark of the user's on a pattern; `what` is DISMISSED or EXPECTED, `until` None for one without an end."""

    id: int
    pattern: str
    what: str
    since: str
    until: str | None = None
    why: str | None = None

    def holds(self, date: str) -> bool:
        """Whether the mark holds on that day."""
        return self.since <= date and (self.until is None or date < self.until)


class PatternFlag(Record):
    """A flag: the day on which it was raised, and the last day on which it was still up."""

    pattern: str
    raised: str
    seen: str


def marks_on(database: Database, date: str) -> dict[str, PatternMark]:
    """The last mark of each pattern that holds on that day."""
    return {mark.pattern: mark for mark in every_mark(database) if mark.holds(date)}


def every_mark(database: Database) -> list[PatternMark]:
    """All marks, in the order they were made."""
    return database.records(PatternMark, "ORDER BY id")


def dismiss(database: Database, pattern: str, since: str, until: str, *, now: int, title: str = "") -> PatternMark:
    """Dismiss a pattern from one day until another; `title` is its name in the history."""
    says = _("muted “{title}” until {date}").format(title=title or pattern, date=format_near_date(until, since))
    return _put_mark(database, PatternMark(0, pattern, DISMISSED, since, until), says, now)


def expect(database: Database, pattern: str, since: str, why: str | None, *, now: int, title: str = "") -> PatternMark:
    """Mark a pattern as expected from a day on, and why; without a reason the earlier one stays.

    `title` is its name in the history. Raises TrackerError for too long a reason.
    """
    why = typed("why", why)
    before = marks_on(database, since).get(pattern)
    if why is None and before and before.what == EXPECTED:
        why = before.why
    says = _("marked “{title}” as expected").format(title=title or pattern)
    return _put_mark(database, PatternMark(0, pattern, EXPECTED, since, None, why), says, now)


def unmark(database: Database, pattern: str, date: str, *, now: int, title: str = "") -> PatternMark:
    """End the mark of a pattern from a day on; returns it. Raises TrackerError if there is none.

    `title` is its name in the history and in the error.
    """
    title = title or pattern
    with database.transaction():
        mark = marks_on(database, date).get(pattern)
        if not mark:
            raise TrackerError(_("“{title}” is neither muted nor expected").format(title=title))
        with undo_step(database, _("removed the mark of “{title}”").format(title=title), now):
            _end_mark(database, mark, date)
    return mark


def _put_mark(database: Database, mark: PatternMark, says: str, now: int) -> PatternMark:
    with undo_step(database, says, now):
        before = marks_on(database, mark.since).get(mark.pattern)
        if before and before._replace(id=0, since=mark.since) == mark:
            return before  # unchanged: no undo step
        if before:
            _end_mark(database, before, mark.since)
        return mark._replace(id=database.insert("pattern_mark", mark))


def _end_mark(database: Database, mark: PatternMark, date: str) -> None:
    """End a mark; one that held for a day or more stays stored."""
    if mark.since < date:
        database.change("UPDATE pattern_mark SET until = ? WHERE id = ?", (date, mark.id))
    else:
        database.delete("pattern_mark", mark.id)


def flags(database: Database, since: str, date: str) -> list[PatternFlag]:
    """The flags that were raised up to `date` and were still up on or after `since`, the earliest first."""
    return database.records(PatternFlag, "WHERE raised <= ? AND seen >= ? ORDER BY raised, pattern", (date, since))


def remember_flags(database: Database, flags: Iterable[PatternFlag]) -> None:
    """Store flags without waiting for the disk or for another program.

    If two programs raise a flag on one day, the first one counts. A file that cannot be written stays unchanged.
    """
    rows = [tuple(flag) for flag in flags]
    if not rows or database.connection.in_transaction:
        return

    def write() -> None:
        for row in rows:
            database.change(
                "INSERT INTO pattern_flag(pattern, raised, seen) SELECT ?1, ?2, ?3 WHERE ?2 < ?3 OR NOT EXISTS "
                "(SELECT 1 FROM pattern_flag WHERE raised = ?2 AND pattern <> ?1) "
                "ON CONFLICT(pattern, raised) DO UPDATE SET seen = max(seen, excluded.seen)",
                row,
            )

    database.write_if_possible(write)
