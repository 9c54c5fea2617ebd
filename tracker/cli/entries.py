"""One line of natural words, read with the names this file knows."""

from __future__ import annotations

from tracker.calendar.entry import Entry, parse_entry
from tracker.journal import channels

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.cli.context import Context


def read(context: Context, line: str) -> Entry:
    """The session a line tells of. Raises TrackerError, naming what is missing, for a line that tells of none."""
    journal = context.journal
    names: dict[str, str] = {}
    for channel in channels.channels(journal):
        names |= {channel.title.casefold(): channel.name, channel.name: channel.name}
    return parse_entry(
        line,
        names,
        {activity.name: activity.name for activity in channels.activities(journal)},
        {text: channel for channel, _what, text in channels.matches(journal, "alias")},
        context.now,
        context.zone,
        context.settings.day_starts_at,
    )
