"""What a written page says, whether as Markdown or as HTML: times of day, its revision, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.coverage import say_logged
from tracker.locale import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Row = Mapping[str, Any]


def clock(instant: str | None) -> str:
    """`15:12` of an instant in ISO 8601; a dash for none."""
    return instant[11:16] if instant else "–"


def say_revision(revision: int) -> str:
    """` · revision 2` behind a week's name; nothing of the first."""
    return " · " + _("revision {n}").format(n=revision) if revision > 1 else ""


def say_done(one: Row) -> str:
    """`5 of 6`: a habit's week; a review written before habits said what they ask has days done, of days known."""
    return one["said"] if "said" in one else f"{one['done']} / {one['days']}"


def coverage(found: Row) -> str:
    """What the figures rest on: days of the week, and of the weeks before that make the usual one."""
    logged, days = found["coverage"]["logged"], found["coverage"]["days"]
    whole = say_logged(logged, days, over=days == 7)
    weeks = found["usual_weeks"]
    if not weeks:
        return whole
    usual = ngettext(
        "usual: {n} week before, {logged} of {days} days logged",
        "usual: {n} weeks before, {logged} of {days} days logged",
        weeks,
    )
    return whole + _("; ") + usual.format(n=weeks, logged=found["usual_logged_days"], days=7 * weeks)
