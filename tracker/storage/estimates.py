"""How long the user thinks a week was, said before any of its figures is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import Estimate, TrackerError
from tracker.locale import _
from tracker.storage import reviews

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.storage.file import Journal

#: Seconds that a week has.
LONGEST = 7 * 86_400

_SELECT = "SELECT week, channel, seconds, at FROM estimate"


def put(journal: Journal, week: str, said: Mapping[str | None, int | None], *, now: int) -> list[Estimate]:
    """Estimate a week under review: seconds by channel, and under None on all social channels together.

    None takes an estimate away; channels that are not named keep theirs. Raises TrackerError if no review is under way,
    if its figures were shown already, for a channel that is not there, and for less than nothing or more than a week.
    """
    with journal.transaction():
        review = reviews.draft(journal, week)
        if not review:
            raise TrackerError(_("no review of {week} is under way").format(week=week))
        if review.shown is not None:
            said_late = _("the figures of {week} were shown already; an estimate comes before")
            raise TrackerError(said_late.format(week=week))
        if any(seconds is not None and seconds < 0 for seconds in said.values()):
            raise TrackerError(_("no week is shorter than nothing"))
        if any(seconds is not None and seconds > LONGEST for seconds in said.values()):
            raise TrackerError(_("a week has 168 hours"))
        with journal.action(_("estimated {week}").format(week=week), now):
            for channel, seconds in said.items():
                if seconds is None:
                    journal.change("DELETE FROM estimate WHERE week = ? AND channel IS ?", (week, channel))
                    continue
                journal.change(
                    "INSERT INTO estimate(week, channel, seconds, at) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT(week, coalesce(channel, '')) DO UPDATE "
                    "SET seconds = excluded.seconds, at = excluded.at",
                    (week, channel, seconds, now),
                )
        return of_week(journal, week)


def of_week(journal: Journal, week: str) -> list[Estimate]:
    """The estimates of a week, that of all channels together first."""
    rows = journal.rows(f"{_SELECT} WHERE week = ? ORDER BY channel IS NOT NULL, seconds DESC, channel", (week,))
    return [Estimate._make(row) for row in rows]


def totals(journal: Journal) -> list[Estimate]:
    """The estimates of all social channels together, by week."""
    return [Estimate._make(row) for row in journal.rows(f"{_SELECT} WHERE channel IS NULL ORDER BY week")]


def every(journal: Journal) -> list[Estimate]:
    """All of them, by week."""
    rows = journal.rows(f"{_SELECT} ORDER BY week, channel IS NOT NULL, channel")
    return [Estimate._make(row) for row in rows]
