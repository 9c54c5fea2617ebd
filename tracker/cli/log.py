"""`tracker log`: sessions written down after the fact, each from a line of natural words."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tracker.calendar.entry import hold_together
from tracker.calendar.lines import lines_of, read_each
from tracker.cli.parser import Argument, Command, written_as
from tracker.cli.session_lines import ambiguous_times, counted_day, crossed_bridge, session_line, side_effects
from tracker.cli.timer import answer_recorded
from tracker.domain.text import quoted
from tracker.locale import N_, _
from tracker.services import entry_reading, session_editing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.calendar.entry import Entry
    from tracker.cli.context import Context
    from tracker.cli.parser import ParsedArguments
    from tracker.services.session_results import Recorded


def log(context: Context, args: ParsedArguments) -> None:
    """Write sessions down: those of all lines, or none."""
    lines = _typed_lines(args.several("WORDS"))
    if not lines:
        raise written_as('log "linkedin 14:00-14:25"')
    with context.transaction():
        entries = read_each(lines, lambda line: entry_reading.read_entry(context.workspace, line))
        if len(entries) == 1:
            logged = [session_editing.add(context.workspace, **entries[0]._asdict())]
        else:
            logged = session_editing.add_all(context.workspace, [entry._asdict() for entry in entries])
        answers = [_say(context, entry, recorded) for entry, recorded in zip(entries, logged, strict=True)]
        answer_recorded(context, answers, *logged)


def _typed_lines(typed: Sequence[str]) -> list[str]:
    """The lines of the typed words; for `-`, or for no words where no person types, those of standard input."""
    if typed and list(typed) != ["-"]:
        return lines_of(" ".join(map(hold_together, typed)) if len(typed) > 1 else typed[0])
    if not sys.stdin or (not typed and sys.stdin.isatty()):  # it can be closed: `<&-`
        return []
    text = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    return lines_of(text) if text.strip() else []


def _say(context: Context, entry: Entry, recorded: Recorded) -> str:
    """The line that says what was logged, and what else the user should know of it."""
    session = recorded.session
    line = _("logged {session}").format(session=session_line(context, session)) + counted_day(context, session)
    line += side_effects(context, recorded.effects) + crossed_bridge(context, session)
    near = entry_reading.meant_activity(context.workspace, entry)
    if near is not None:
        line += _("; note “{note}”; did you mean {near}?").format(note=quoted(entry.note or ""), near=near)
    return line + ambiguous_times(session.zone, session.start, session.end)


COMMANDS = {
    "log": Command(
        log,
        (Argument("WORDS", "any", "channel"),),
        (),
        N_(
            'tracker log "linkedin create 14:00-14:25 carousel for Samia"\n'
            'tracker log "call 25m @samia street"            it ended now\n'
            'tracker log "instagram scroll yesterday 21:00+40m"\n'
            'tracker log "linkedin at 9:30 for 20m"          also: 20m at 9:30, from 9:30 to 10\n'
            "tracker log - < evening.txt                     a session on each line: all of them, or none\n"
            "What looks like a time and is none of it is refused; in a note it stands in quotes."
        ),
    ),
}
