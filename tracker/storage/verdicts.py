"""The user's own verdicts on channels and on real contact (channel None), one a week, beside the computed ones."""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import VERDICTS, Verdict
from tracker.domain.text import quoted, typed
from tracker.formatting.text import channel_word, list_terms
from tracker.locale import _
from tracker.storage.undo_steps import undo_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.storage.database import Database


def give(
    database: Database, week: str, channel: str | None, verdict: str, *, computed: str, now: int, why: str | None = None
) -> Verdict:
    """Give a verdict on a channel in the review of `week`; it replaces the one given there before.

    Raises TrackerError for a word that is no verdict, or too long a reason.
    """
    why = typed("why", why)
    if verdict not in VERDICTS:
        raise TrackerError(
            _("a verdict must be one of {verdicts}, not “{verdict}”").format(
                verdicts=list_terms(VERDICTS), verdict=quoted(verdict)
            )
        )
    with undo_step(database, _("gave a verdict on {what}").format(what=_named(channel)), now):
        # An existing row is updated, so that it keeps its id for undo.
        before = of_week(database, week, channel)
        if before and before[3:6] == (computed, verdict, why):
            return before
        if before:
            after = before._replace(computed=computed, verdict=verdict, why=why, at=now)
            database.update("verdict", after)
            return after
        new = Verdict(0, week, channel, computed, verdict, why, now)
        return new._replace(id=database.insert("verdict", new))


def take_back(database: Database, week: str, channel: str | None, *, now: int) -> Verdict | None:
    """Delete the verdict on a channel for `week`; returns it, or None where there was none."""
    with database.transaction():
        deleted = of_week(database, week, channel)
        if deleted:
            with undo_step(database, _("removed the verdict on {what}").format(what=_named(channel)), now):
                database.delete("verdict", deleted.id)
    return deleted


def of_week(database: Database, week: str, channel: str | None) -> Verdict | None:
    """The verdict on a channel given for one week."""
    return database.record(Verdict, "WHERE week = ? AND channel IS ?", (week, channel))


def given(database: Database, week: str) -> dict[str | None, Verdict]:
    """The verdicts given for one week, by channel."""
    verdicts = database.records(Verdict, "WHERE week = ? ORDER BY id", (week,))
    return {verdict.channel: verdict for verdict in verdicts}


def on(database: Database, channel: str | None) -> list[Verdict]:
    """Every verdict on a channel, by week."""
    return database.records(Verdict, "WHERE channel IS ? ORDER BY week", (channel,))


def every(database: Database) -> list[Verdict]:
    """Every verdict, by week."""
    return database.records(Verdict, "ORDER BY week, channel IS NULL, channel")


def before(database: Database, week: str) -> dict[str | None, Verdict]:
    """The last verdict on each channel given for a week before this one."""
    verdicts = database.records(Verdict, "WHERE week < ? ORDER BY week", (week,))
    return {verdict.channel: verdict for verdict in verdicts}


def _named(channel: str | None) -> str:
    return _("real contact") if channel is None else channel_word(channel)
