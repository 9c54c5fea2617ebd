"""Weekly reviews: one draft a week at most, and what was written, which stays as it was.

Whoever looks back half-way and comes back finds the draft as it was left. What is put right after it was written is a
revision of its own, beside the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.weeks import next_week
from tracker.domain.models import REVIEW_STEPS, Review, TrackerError
from tracker.domain.text import entered, quoted
from tracker.locale import _
from tracker.storage import commitments, state

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from tracker.storage.file import Journal

_SELECT = f"SELECT {', '.join(Review._fields)} FROM review"

#: Where each draft was left, under this and its week: not the user's record, so undo does not go from step to step.
_PLACE = "review "


def begin(journal: Journal, week: str, zone: str, *, now: int) -> Review:
    """The draft of a week's review, begun now if there is none. Raises TrackerError if the week's is written."""
    with journal.transaction():
        found = draft(journal, week)
        if found:
            return found
        if latest(journal, week):
            raise TrackerError(
                _("the review of {week} is written; it can be amended").format(week=week),
                _("`tracker review {week} --amend`").format(week=week),
            )
        return _begun(journal, Review(0, week, 1, now, zone), _("began the review of {week}"))


def amend(journal: Journal, week: str, zone: str, *, now: int) -> Review:
    """The draft of the next revision, with the words of the last; the one under way if there is.

    It stands at the words, which are what one mostly amends; every other step can be gone to. The page that was written
    shows the figures, so it is too late for an estimate. Raises TrackerError if nothing is written yet.
    """
    with journal.transaction():
        found, last = draft(journal, week), latest(journal, week)
        if found and found.revision > 1:
            return found
        if found or not last:
            raise TrackerError(_("the review of {week} is not written yet").format(week=week))
        shown = last.written if last.shown is None else last.shown
        fresh = last._replace(revision=last.revision + 1, begun=now, zone=zone, shown=shown,
                              written=None, figures=None, page=None)  # fmt: skip
        return _begun(journal, fresh, _("began to amend the review of {week}"))


def reveal(journal: Journal, week: str, *, now: int) -> Review:
    """Remember that the figures of a week under review were seen: it is too late for an estimate. Once is enough."""
    with journal.transaction():
        found = _draft(journal, week)
        if found.shown is not None:
            return found
        return _change(journal, week, _("saw the figures of {week}"), now, shown=now)


def mark(journal: Journal, week: str, step: str, *, now: int) -> Review:
    """Mark a step of the draft as reviewed; one that was skipped is not. Raises TrackerError for no such step."""
    if step not in REVIEW_STEPS:
        raise TrackerError(
            _("a review has no step “{step}”; there are: {names}").format(
                step=quoted(step), names=", ".join(REVIEW_STEPS)
            )
        )
    with journal.transaction():
        found = _draft(journal, week)
        done = {*found.reviewed, step}
        kept = " ".join(each for each in REVIEW_STEPS if each in done)
        return _change(journal, week, _("reviewed a step of {week}"), now, reviewed=kept)


def set_words(journal: Journal, week: str, words: str | None, *, now: int) -> Review:
    """Set the user's own words of a draft; empty or None takes them away. Raises TrackerError for too many.

    They are kept to the letter, but for what steers terminals.
    """
    words = entered("words", words)
    said = words if words and words.strip() else None
    return _change(journal, week, _("wrote about {week}"), now, words=said)


def write(journal: Journal, week: str, figures: str, page: str, *, now: int) -> Review:
    """Make the draft of a week a written review, with its figures (JSON) and its page (Markdown) as they are now.

    Raises TrackerError if there is no draft.
    """
    with journal.transaction():
        before = _draft(journal, week)
        at = max(now, before.begun)
        with journal.action(_("wrote the review of {week}").format(week=before.name), now):
            journal.change(
                "UPDATE review SET written = ?, figures = ?, page = ? WHERE id = ?", (at, figures, page, before.id)
            )
        return _one(journal, "id = ?", before.id)


def discard(journal: Journal, week: str, *, now: int) -> None:
    """Drop the draft of a week (undo brings it back). Raises TrackerError if there is none."""
    with journal.transaction():
        found = _draft(journal, week)
        with journal.action(_("dropped the draft of the review of {week}").format(week=found.name), now):
            journal.change("DELETE FROM review WHERE id = ?", (found.id,))


def draft(journal: Journal, week: str) -> Review | None:
    """The draft of a week, if one is under way."""
    return _maybe(journal, "week = ? AND written IS NULL", week)


def drafts(journal: Journal) -> list[Review]:
    """Every draft that is under way, the latest week first."""
    return _several(journal, "written IS NULL ORDER BY week DESC")


def latest(journal: Journal, week: str) -> Review | None:
    """The last revision of a week that is written."""
    return _maybe(journal, "week = ? AND written IS NOT NULL ORDER BY revision DESC LIMIT 1", week)


def get(journal: Journal, name: str) -> Review:
    """`2026-W48`: the last that was written, else the draft; `2026-W48-r2`: that revision. TrackerError for none."""
    week, mark, number = name.partition("-r")
    found = None
    if mark and number.isdecimal() and len(number) < 10:
        found = _maybe(journal, "week = ? AND revision = ?", week, int(number))
    elif not mark:
        found = latest(journal, week) or draft(journal, week)
    if not found:
        raise TrackerError(
            _("there is no review {name}").format(name=quoted(name)), _("`tracker review --list` shows those there are")
        )
    return found


def figures(review: Review) -> dict[str, Any]:
    """The figures that a review was written with; none of a draft. TrackerError where another program spoilt them."""
    import json

    try:
        found = json.loads(review.figures or "{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise TrackerError(_("the figures of the review {name} cannot be read").format(name=review.name))
    return found


def listed(journal: Journal) -> list[Review]:
    """Every review and every draft, the latest week and revision first."""
    return _several(journal, "1 ORDER BY week DESC, revision DESC")


def search(journal: Journal, text: str) -> list[Review]:
    """The reviews, as `listed`, in whose words or in the commitments made in them `text` is, in whatever case."""
    wanted = text.casefold()
    made: dict[str, list[str]] = {}
    for one in commitments.every(journal):
        made.setdefault(one.week, []).append(f"{one.cue}\n{one.plan}")
    return [
        review
        for review in listed(journal)
        if any(wanted in said.casefold() for said in (review.words or "", *made.get(next_week(review.week), ())))
    ]


def place(journal: Journal, review: Review) -> str:
    """The step to come back to: where it was left, else the first that is not reviewed; the words of an amendment."""
    kept = state.get(journal, f"{_PLACE}{review.name}")
    if kept in REVIEW_STEPS:
        return kept
    if review.revision > 1:
        return REVIEW_STEPS[-1]
    return next((step for step in REVIEW_STEPS if step not in review.reviewed), REVIEW_STEPS[-1])


def go_to(journal: Journal, review: Review, step: str) -> None:
    """Remember at which step a draft stands; a step of nothing for undo."""
    if step in REVIEW_STEPS:
        state.put(journal, f"{_PLACE}{review.name}", step)


def _begun(journal: Journal, fresh: Review, says: str) -> Review:
    with journal.action(says.format(week=fresh.week), fresh.begun):
        journal.ensure_zone(fresh.zone)
        names, marks = ", ".join(Review._fields[1:]), ", ".join("?" * (len(Review._fields) - 1))
        stored = fresh._replace(reviewed=" ".join(fresh.reviewed))  # type: ignore[arg-type]  # as stored
        id = journal.change(f"INSERT INTO review({names}) VALUES ({marks})", stored[1:])
    return fresh._replace(id=id)


def _change(journal: Journal, week: str, says: str, now: int, **fields: Any) -> Review:
    with journal.transaction():
        before = _draft(journal, week)
        with journal.action(says.format(week=before.name), now):
            names = ", ".join(f"{name} = ?" for name in fields)
            journal.change(f"UPDATE review SET {names} WHERE id = ?", (*fields.values(), before.id))
        return _one(journal, "id = ?", before.id)


def _draft(journal: Journal, week: str) -> Review:
    found = draft(journal, week)
    if not found:
        raise TrackerError(_("no review of {week} is under way").format(week=week))
    return found


def _maybe(journal: Journal, where: str, *values: Any) -> Review | None:
    row = journal.row(f"{_SELECT} WHERE {where}", values)
    return _review(row) if row else None


def _one(journal: Journal, where: str, *values: Any) -> Review:
    found = _maybe(journal, where, *values)
    assert found is not None, "it was written just now"
    return found


def _several(journal: Journal, where: str) -> list[Review]:
    return [_review(row) for row in journal.rows(f"{_SELECT} WHERE {where}")]


def _review(row: Sequence[Any]) -> Review:
    found = Review._make(row)
    return found._replace(reviewed=tuple(str(found.reviewed).split()))
