"""`tracker pause`: a declared break from every social channel; whether it was kept is read from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.context import Context
from tracker.cli.parser import Argument, Command, ParsedArguments
from tracker.cli.session_lines import near_clock, session_name, upcoming_clock
from tracker.formatting.times import format_clock, format_duration
from tracker.locale import N_, _, ngettext
from tracker.reports.day import CALLED_OFF, KEPT, UNDER_WAY
from tracker.reports.renderers.json_rows import pause_row
from tracker.services import pausing

if TYPE_CHECKING:
    from tracker.reports.day import PauseOutcome

_OFF = ("off", "stop", "end", "fin", "stopper", "arreter", "arrêter")


def pause(context: Context, args: ParsedArguments) -> None:
    """Declare a pause, call it off, or say how the one under way stands."""
    when = " ".join(args.several("WHEN"))
    if not when:
        current = pausing.current_pause(context.workspace)
        message = _("no pause is running; `tracker pause 2h` starts one")
        if current:
            message = say_under_way(context, current)
        _answer(context, current, message)
        return
    with context.transaction():
        if when.lower() in _OFF:
            ended = pausing.end_pause(context.workspace)
            time = format_duration(max(context.now - ended.start, 0))
            _answer(context, ended, _("pause ended after {time}").format(time=time))
        else:
            _begin(context, when)


def _begin(context: Context, when: str) -> None:
    from tracker.calendar.spans import parse_pause

    end = parse_pause(when, context.now, context.zone, context.settings.day_starts_at)
    pausing.begin_pause(context.workspace, end)
    current = pausing.current_pause(context.workspace)
    assert current is not None, "it was declared just now"
    line = _("pause until {until}, for {time}").format(
        until=upcoming_clock(context, current.end, current.zone), time=format_duration(current.end - context.now)
    )
    running = pausing.running_social_session(context.workspace)
    if running:  # a pause stops nothing
        line += _("; {what} is still running, `tracker stop` stops it").format(what=session_name(running))
    _answer(context, current, line)


def _answer(context: Context, pause: PauseOutcome | None, line: str) -> None:
    context.answer([pause_row(pause, context.now)] if pause else [], line)


def say_under_way(context: Context, pause: PauseOutcome) -> str:
    """`pause until 18:00, 2h 48m left; opened linkedin 16:20`."""
    message = _("pause until {until}, {time} left").format(
        until=upcoming_clock(context, pause.end, pause.zone), time=format_duration(max(pause.until - context.now, 0))
    )
    return f"{message}; {say_openings(context, pause)}" if pause.openings else message


def say_pause(context: Context, pause: PauseOutcome) -> str:
    """`pause 14:00–16:00 kept`, `pause 14:00–16:00: opened linkedin 14:20`."""
    span = f"{near_clock(context, pause.start, pause.zone)}–{_until(context, pause)}"
    if pause.openings:
        return _("pause {span}: {openings}").format(span=span, openings=say_openings(context, pause))
    messages = {
        UNDER_WAY: _("pause {span}, running"),
        KEPT: _("pause {span}, kept"),
        CALLED_OFF: _("pause {span}, ended early"),
    }
    return messages[pause.state].format(span=span)


def _until(context: Context, pause: PauseOutcome) -> str:
    """The end's time alone where it lies in the day the pause began in."""
    from tracker.calendar.days import day_of

    starts_at = context.settings.day_starts_at
    same = day_of(pause.start, pause.zone, starts_at) == day_of(pause.until, pause.zone, starts_at)
    clock = format_clock(pause.until, pause.zone)
    return clock if same else upcoming_clock(context, pause.until, pause.zone)


def say_openings(context: Context, pause: PauseOutcome) -> str:
    """What was opened first, and how much more."""
    first, more = pause.openings[0], len(pause.openings) - 1
    message = _("opened {channel} {time}").format(channel=first.channel, time=near_clock(context, first.at, first.zone))
    return message + ngettext(", and {n} more time", ", and {n} more times", more).format(n=more) if more else message


COMMANDS = {
    "pause": Command(
        pause,
        (Argument("WHEN", "any", "pause"),),
        (),
        N_(
            "tracker pause 2h            from now, for two hours\n"
            "tracker pause until 18:00   also: until evening, until tomorrow, tomorrow 9:00\n"
            "tracker pause off           ends it early\n"
            "tracker pause               shows how it stands\n"
            "Nothing is blocked: a session started during a pause is logged, and the day shows both."
        ),
    )
}
