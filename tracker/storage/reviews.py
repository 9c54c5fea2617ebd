"""Weekly reviews: at most one draft a week, and the written reviews, which never change.

A draft is stored after each step, so a review can be continued later. A correction of a written review is a new
revision beside it.
"""

from __future__ import annotations

from tracker.calendar.days import next_week
from tracker.domain.errors import TrackerError
from tracker.domain.models import REVIEW_STEPS, Review
from tracker.domain.text import entered, quoted
from tracker.formatting.times import format_week
from tracker.locale import _
from tracker.storage import commitments, state
from tracker.storage.undo_steps import undo_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.storage.database import Database

#: The name in `state` of the step at which a draft was left, before the name of the review; undo does not cover it.
_STEP = "review "


def begin(database: Database, week: str, zone: str, *, now: int) -> Review:
    """The draft of a week, begun now if there is none. Raises TrackerError if the review of the week is written."""
    with database.transaction():
        current = draft(database, week)
        if current:
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
        current = _draft(database, week)
        if current.shown is not None:
            return current
        return _change(database, week, _("saw the figures of {week}"), now, shown=now)


def mark(database: Database, week: str, step: str, *, now: int) -> Review:
    """Mark a step of the draft as reviewed. Raises TrackerError for an unknown step."""
    if step not in REVIEW_STEPS:
        raise TrackerError(
            _("unknown review step “{step}”; choose one of: {names}").format(
                step=quoted(step), names=", ".join(REVIEW_STEPS)
            )
        )
    with database.transaction():
        done = {*_draft(database, week).reviewed, step}
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
        before = _draft(database, week)
        at = max(now, before.begun)
        with undo_step(database, _("wrote the review of {week}").format(week=format_week(before.name)), now):
            database.change(
                "UPDATE review SET written = ?, figures = ?, page = ? WHERE id = ?", (at, figures, page, before.id)
            )
        return _by_id(database, before.id)


def discard(database: Database, week: str, *, now: int) -> None:
    """Delete the draft of a week. Raises TrackerError if there is none."""
    with database.transaction():
        current = _draft(database, week)
        with undo_step(
            database, _("discarded the draft of the review of {week}").format(week=format_week(current.name)), now
        ):
            database.delete("review", current.id)


def draft(database: Database, week: str) -> Review | None:
    """The draft of a week, if there is one."""
    return _first(database, "week = ? AND written IS NULL", week)


def drafts(database: Database) -> list[Review]:
    """All drafts, the latest week first."""
    return _all(database, "written IS NULL ORDER BY week DESC")


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
        raise TrackerError(
            _("the review {name} does not exist").format(name=quoted(name)), _("`tracker review --list` lists them")
        )
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
    for commitment in commitments.every(database):
        plans.setdefault(commitment.week, []).append(f"{commitment.cue}\n{commitment.plan}")
    return [
        review
        for review in listed(database)
        if any(key in words.casefold() for words in (review.words or "", *plans.get(next_week(review.week), ())))
    ]


def current_step(database: Database, review: Review) -> str:
    """The step at which a draft was left, else its first step that is not reviewed; of an amendment the words."""
    kept = state.get(database, f"{_STEP}{review.name}")
    if kept in REVIEW_STEPS:
        return kept
    if review.revision > 1:
        return REVIEW_STEPS[-1]
    return next((step for step in REVIEW_STEPS if step not in review.reviewed), REVIEW_STEPS[-1])


def remember_step(database: Database, review: Review, step: str) -> None:
    """Store at which step a draft is; no undo step."""
    if step in REVIEW_STEPS:
        state.put(database, f"{_STEP}{review.name}", step)


def _begun(database: Database, fresh: Review, says: str) -> Review:
    with undo_step(database, says.format(week=format_week(fresh.week)), fresh.begun):
        database.ensure_zone(fresh.zone)
        names, marks = ", ".join(Review._fields[1:]), ", ".join("?" * (len(Review._fields) - 1))
        stored = fresh._replace(reviewed=" ".join(fresh.reviewed))  # type: ignore[arg-type]  # as stored
        id = database.change(f"INSERT INTO review({names}) VALUES ({marks})", stored[1:])
    return fresh._replace(id=id)


def _change(database: Database, week: str, says: str, now: int, **fields: Any) -> Review:
    with database.transaction():
        before = _draft(database, week)
        with undo_step(database, says.format(week=format_week(before.name)), now):
            names = ", ".join(f"{name} = ?" for name in fields)
            database.change(f"UPDATE review SET {names} WHERE id = ?", (*fields.values(), before.id))
        return _by_id(database, before.id)


def _draft(database: Database, week: str) -> Review:
    current = draft(database, week)
    if not current:
        raise TrackerError(_("no review of {week} has been started").format(week=format_week(week)))
    return current


def _first(database: Database, where: str, *values: Any) -> Review | None:
    return next(iter(_all(database, where, *values)), None)


def _by_id(database: Database, id: int) -> Review:
    return _all(database, "id = ?", id)[0]


def _all(database: Database, where: str, *values: Any) -> list[Review]:
    reviews = database.records(Review, f"WHERE {where}", values)
    return [review._replace(reviewed=tuple(str(review.reviewed).split())) for review in reviews]
