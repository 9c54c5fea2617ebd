"""`tracker pause`: a declared break from every social channel; whether it was kept is read from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.grammar import Argument, Command
from tracker.cli.session_lines import near_clock, session_name, upcoming_clock
from tracker.formatting.durations import format_duration
from tracker.formatting.times import format_clock
from tracker.locale import N_, _, ngettext
from tracker.reports import pause_outcomes as review
from tracker.reports.pause_outcomes import CALLED_OFF, KEPT, UNDER_WAY
from tracker.reports.renderers.json_rows import pause_row
from tracker.storage import channels, pauses, session_table

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.domain.models import Session
    from tracker.reports.pause_outcomes import PauseOutcome

_OFF = ("off", "stop", "end", "fin", "stopper", "arreter", "arrêter")


def pause(context: Context, given: Given) -> None:
    """Declare a pause, call it off, or say how the one under way stands."""
    said = " ".join(given.all("WHEN"))
    if not said:
        _stands(context)
        return
    with context.at_once():
        if said.lower() in _OFF:
            _call_off(context)
        else:
            _begin(context, said)


def _begin(context: Context, said: str) -> None:
    from tracker.calendar.spans import parse_pause

    end = parse_pause(said, context.now, context.zone, context.settings.day_starts_at)
    pauses.begin(context.journal, end, context.zone, now=context.now)
    found = review.under_way(context.journal, context.now)
    assert found is not None, "it was declared just now"
    if context.json:
        context.dump([pause_row(found, context.now)])
        return
    line = _("a pause until {until}, for {time}").format(
        until=upcoming_clock(context, found.end, found.zone), time=format_duration(found.end - context.now)
    )
    context.say(line + _still_running(context))


def _still_running(context: Context) -> str:
    """A pause stops nothing: it says what goes on."""
    session = session_table.running(context.journal)
    if not session or channels.find(context.journal, session.channel).kind != "social":
        return ""
    return _("; {what} still runs, `tracker stop` ends it").format(what=session_name(session))


def _call_off(context: Context) -> None:
    before = review.under_way(context.journal, context.now)
    ended = pauses.call_off(context.journal, now=context.now)
    assert before is not None, "one was called off"
    if context.json:
        state = before.state if before.openings else CALLED_OFF
        context.dump([pause_row(before._replace(until=ended.ended or context.now, state=state), context.now)])
        return
    context.say(_("the pause is off after {time}").format(time=format_duration(max(context.now - before.start, 0))))


def _stands(context: Context) -> None:
    found = review.under_way(context.journal, context.now)
    if context.json:
        context.dump([pause_row(found, context.now)] if found else [])
    elif found:
        context.say(say_under_way(context, found))
    else:
        context.say(_("no pause is under way; `tracker pause 2h` begins one"))


def say_under_way(context: Context, found: PauseOutcome) -> str:
    """`pause until 18:00, 2h 48m left; opened linkedin 16:20`."""
    said = _("pause until {until}, {time} left").format(
        until=upcoming_clock(context, found.end, found.zone), time=format_duration(max(found.until - context.now, 0))
    )
    return f"{said}; {say_openings(context, found)}" if found.openings else said


def say_pause(context: Context, found: PauseOutcome) -> str:
    """`pause 14:00–16:00 kept`, `pause 14:00–16:00: opened linkedin 14:20`."""
    span = f"{near_clock(context, found.start, found.zone)}–{_until(context, found)}"
    if found.openings:
        return _("pause {span}: {openings}").format(span=span, openings=say_openings(context, found))
    said = {
        UNDER_WAY: _("pause {span}, under way"),
        KEPT: _("pause {span}, kept"),
        CALLED_OFF: _("pause {span}, called off"),
    }
    return said[found.state].format(span=span)


def _until(context: Context, found: PauseOutcome) -> str:
    """The end's time alone where it lies in the day the pause began in."""
    from tracker.calendar.days import day_of

    starts_at = context.settings.day_starts_at
    same = day_of(found.start, found.zone, starts_at) == day_of(found.until, found.zone, starts_at)
    clock = format_clock(found.until, found.zone)
    return clock if same else upcoming_clock(context, found.until, found.zone)


def say_openings(context: Context, found: PauseOutcome) -> str:
    """What was opened first, and how much more."""
    first, more = found.openings[0], len(found.openings) - 1
    said = _("opened {channel} {time}").format(channel=first.channel, time=near_clock(context, first.at, first.zone))
    return said + ngettext(", and {n} time more", ", and {n} times more", more).format(n=more) if more else said


def inside(context: Context, session: Session) -> str:
    """What is added to the line of a session or check that began inside a pause; empty outside one."""
    found = review.around(context.journal, session.start)
    if not found or channels.find(context.journal, session.channel).kind != "social":
        return ""
    return _("; inside the pause until {until}").format(until=upcoming_clock(context, found.end, found.zone))


COMMANDS = {
    "pause": Command(
        pause,
        (Argument("WHEN", "any", "pause"),),
        (),
        N_(
            "tracker pause 2h            from now on, for two hours\n"
            "tracker pause until 18:00   also: until evening, until tomorrow, tomorrow 9:00\n"
            "tracker pause off           calls it off\n"
            "tracker pause               says how it stands\n"
            "Nothing is blocked: a session begun inside a pause is on record, and the day shows both."
        ),
    )
}
