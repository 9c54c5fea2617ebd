"""The user's own verdicts on channels and on real contact (channel None), one a week, beside the computed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import VERDICTS, TrackerError, Verdict
from tracker.domain.text import quoted, typed
from tracker.locale import _

if TYPE_CHECKING:
    from tracker.storage.file import Journal

_SELECT = "SELECT id, week, channel, computed, verdict, why, at FROM verdict"


def give(
    journal: Journal, week: str, channel: str | None, verdict: str, *, computed: str, now: int, why: str | None = None
) -> Verdict:
    """Say what is to become of a channel, as of the review of `week`; the verdict given there before gives way to it.

    Raises TrackerError for a word that is no verdict, or too long a reason.
    """
    why = typed("why", why)
    if verdict not in VERDICTS:
        raise TrackerError(
            _("a verdict is one of {verdicts}, not “{verdict}”").format(
                verdicts=", ".join(VERDICTS), verdict=quoted(verdict)
            )
        )
    with journal.action(_("gave a verdict on {what}").format(what=_named(channel)), now):
        # On the row that is there, so that its id, and what undo brings back, stay one and the same.
        before = of_week(journal, week, channel)
        if before and before[3:6] == (computed, verdict, why):
            return before
        if before:
            journal.change(
                "UPDATE verdict SET computed = ?, verdict = ?, why = ?, at = ? WHERE id = ?",
                (computed, verdict, why, now, before.id),
            )
            return before._replace(computed=computed, verdict=verdict, why=why, at=now)
        values = (week, channel, computed, verdict, why, now)
        id = journal.change(
            "INSERT INTO verdict(week, channel, computed, verdict, why, at) VALUES (?, ?, ?, ?, ?, ?)", values
        )
    return Verdict(id, *values)


def take_back(journal: Journal, week: str, channel: str | None, *, now: int) -> Verdict | None:
    """Drop the verdict on a channel given for `week`; returns what it was, None where there was none."""
    with journal.transaction():
        gone = of_week(journal, week, channel)
        if gone:
            with journal.action(_("took back the verdict on {what}").format(what=_named(channel)), now):
                journal.change("DELETE FROM verdict WHERE id = ?", (gone.id,))
    return gone


def of_week(journal: Journal, week: str, channel: str | None) -> Verdict | None:
    """The verdict on a channel given for one week."""
    row = journal.row(f"{_SELECT} WHERE week = ? AND channel IS ?", (week, channel))
    return Verdict._make(row) if row else None


def given(journal: Journal, week: str) -> dict[str | None, Verdict]:
    """The verdicts given for one week, by channel."""
    rows = journal.rows(f"{_SELECT} WHERE week = ? ORDER BY id", (week,))
    return {verdict.channel: verdict for verdict in map(Verdict._make, rows)}


def on(journal: Journal, channel: str | None) -> list[Verdict]:
    """Every verdict on a channel, by week."""
    return [Verdict._make(row) for row in journal.rows(f"{_SELECT} WHERE channel IS ? ORDER BY week", (channel,))]


def every(journal: Journal) -> list[Verdict]:
    """All of them, by week."""
    return [Verdict._make(row) for row in journal.rows(f"{_SELECT} ORDER BY week, channel IS NULL, channel")]


def before(journal: Journal, week: str) -> dict[str | None, Verdict]:
    """The last verdict on each channel given for a week before this one."""
    rows = journal.rows(f"{_SELECT} WHERE week < ? ORDER BY week", (week,))
    return {verdict.channel: verdict for verdict in map(Verdict._make, rows)}


def _named(channel: str | None) -> str:
    return _("real contact") if channel is None else channel
