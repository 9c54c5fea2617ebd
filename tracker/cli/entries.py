"""Lines of natural words: where they come from, and what they mean with the names this file knows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tracker.calendar.session_line import Entry, hold_together, lines_of, parse_entry
from tracker.storage import channels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.cli.context import Context


def given_lines(words: Sequence[str]) -> list[str]:
    """The lines that the words of a command are; for `-`, and for none where no person types, those of standard input.

    Empty where nothing was given.
    """
    if words and list(words) != ["-"]:
        return lines_of(" ".join(map(hold_together, words)) if len(words) > 1 else words[0])
    if not sys.stdin or (not words and sys.stdin.isatty()):  # it can be closed: `<&-`
        return []
    text = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    return lines_of(text) if text.strip() else []


def read(context: Context, line: str) -> Entry:
    """The session a line tells of. Raises TrackerError, naming what is missing, for a line that tells of none."""
    from tracker.calendar.names import with_person
    from tracker.storage.people import find

    journal = context.journal
    names: dict[str, str] = {}
    for channel in channels.channels(journal):
        names |= {channel.title.casefold(): channel.name, channel.name: channel.name}
    activities = {activity.name: activity.name for activity in channels.activities(journal)}
    aliases = {text: channel for channel, _what, text in channels.matches(journal, "alias")}
    return parse_entry(
        with_person(line, {*names, *activities, *aliases}, lambda name: find(journal, name) is not None),
        names,
        activities,
        aliases,
        context.now,
        context.zone,
        context.settings.day_starts_at,
    )
