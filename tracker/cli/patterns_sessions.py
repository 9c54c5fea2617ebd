"""The sessions a finding rests on, as text with their ids: those that `tracker day` and `tracker edit` know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.days import Wall
from tracker.cli.session_lines import session_details
from tracker.formatting.durations import format_duration
from tracker.formatting.tables import format_table, wrap
from tracker.formatting.times import format_clock
from tracker.locale import _, ngettext
from tracker.storage import session_table

if TYPE_CHECKING:
    from tracker.analytics.patterns.finding import Finding
    from tracker.cli.context import Context
    from tracker.domain.models import Session

#: So many are listed, the newest; `--json` has the ids of all.
MOST = 40


def lines(context: Context, finding: Finding, room: int) -> list[str]:
    """The newest first, under a heading; nothing for a finding that rests on none."""
    newest = (session_table.find(context.journal, id) for id in reversed(finding.sessions[-MOST:]))
    rows = [_row(context, session) for session in newest if session]
    if not rows:
        return []
    count, left = len(finding.sessions), len(finding.sessions) - MOST
    says = ngettext(
        "The {n} session it rests on (`tracker day DATE` shows it):",
        "The {n} sessions it rests on, the newest first (`tracker day DATE` shows them):",
        count,
    )
    said = [*wrap(says.format(n=count), room), *(f"  {line}" for line in format_table(rows, "><<><<", room - 2))]
    if left > 0:
        more = _("… and {n} more before; `--json` has all ids").format(n=left)
        said += wrap(f"  {more}", room, "  ")
    return said


def _row(context: Context, session: Session) -> tuple[str, ...]:
    day = Wall.of(session.zone, context.settings.day_starts_at).day(session.start)
    end = context.now if session.end is None else session.end
    what = " · ".join(filter(None, (session.activity, session_details(session))))
    lasted = f"{'~' if session.estimated else ''}{format_duration(max(end - session.start, 0))}"
    return str(session.id), day, format_clock(session.start, session.zone), lasted, session.channel, what
