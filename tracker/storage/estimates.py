"""Estimates: how long the user thinks a week was, given before any of its figures is shown."""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import WEEK, Estimate
from tracker.formatting.times import format_week
from tracker.locale import _
from tracker.storage import reviews
from tracker.storage.undo_steps import undo_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.storage.database import Database

#: The longest guess, in seconds: no week has more.
LONGEST = WEEK


def put(
    database: Database, week: str, seconds_by_channel: Mapping[str | None, int | None], *, now: int
) -> list[Estimate]:
    """Estimate a week under review: seconds by channel; the channel None stands for all social channels together.

    None as seconds deletes an estimate; other channels keep theirs. Raises TrackerError if the week has no draft, if
    its figures were shown already, for an unknown channel, and for less than 0 seconds or more than a week.
    """
    with database.transaction():
        review = reviews.draft(database, week)
        if not review:
            raise TrackerError(_("no review of {week} has been started").format(week=week))
        if review.shown is not None:
            message = _("the figures of {week} were already shown; a guess must come before them")
            raise TrackerError(message.format(week=format_week(week)))
        if any(seconds is not None and seconds < 0 for seconds in seconds_by_channel.values()):
            raise TrackerError(_("the guess cannot be below zero"))
        if any(seconds is not None and seconds > LONGEST for seconds in seconds_by_channel.values()):
            raise TrackerError(_("a week has 168 hours"))
        with undo_step(database, _("saved the guess for {week}").format(week=format_week(week)), now):
            for channel, seconds in seconds_by_channel.items():
                if seconds is None:
                    database.change("DELETE FROM estimate WHERE week = ? AND channel IS ?", (week, channel))
                    continue
                database.change(
                    "INSERT INTO estimate(week, channel, seconds, at) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT(week, coalesce(channel, '')) DO UPDATE "
                    "SET seconds = excluded.seconds, at = excluded.at",
                    (week, channel, seconds, now),
                )
        return of_week(database, week)


def of_week(database: Database, week: str) -> list[Estimate]:
    """The estimates of a week, the one of all channels together first."""
    return database.records(Estimate, "WHERE week = ? ORDER BY channel IS NOT NULL, seconds DESC, channel", (week,))


def totals(database: Database) -> list[Estimate]:
    """The estimates of all social channels together, by week."""
    return database.records(Estimate, "WHERE channel IS NULL ORDER BY week")


def seconds_by_week(database: Database, channel: str | None, first: str, last: str) -> list[tuple[str, int]]:
    """(ISO week, seconds) of the estimates from one week to another, of a channel or (None) of all together."""
    rows: list[tuple[str, int]] = database.rows(
        "SELECT week, seconds FROM estimate WHERE channel IS ? AND week BETWEEN ? AND ? ORDER BY week",
        (channel, first, last),
    )
    return rows


def every(database: Database) -> list[Estimate]:
    """Every estimate, by week."""
    return database.records(Estimate, "ORDER BY week, channel IS NOT NULL, channel")
