"""The timer: start, stop, cancel, resume, switch; checks, urges, pauses. These run all day, so they import little."""

from __future__ import annotations

from tracker.calendar.durations import parse_plan
from tracker.cli import session_lines
from tracker.cli.context import Context, in_transaction
from tracker.cli.parser import Argument, Command, Option, ParsedArguments
from tracker.domain.errors import TrackerError
from tracker.domain.models import Session, over_plan
from tracker.domain.text import one_line
from tracker.formatting.serialize import URGE, row
from tracker.formatting.text import join_phrases
from tracker.formatting.times import format_clock, format_duration
from tracker.locale import N_, _, plural
from tracker.reports import record_wording
from tracker.services import pausing, queries, timekeeping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.reports.day import PauseOutcome


def start(context: Context, args: ParsedArguments) -> None:
    """Start a session; a spent budget is mentioned, and does not prevent it."""
    channel = _channel(context, args)
    over = _over_budget(context, channel)
    at, details = context.time(args.values.get("at")), _session_fields(context, args)
    started = timekeeping.start(context.workspace, channel, at, **details)
    _answer(context, _running(context, started.session) + over, started)


def _channel(context: Context, args: ParsedArguments) -> str:
    return queries.find_channel(context.workspace, args.required("CHANNEL")).name


def _session_fields(context: Context, args: ParsedArguments) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    activity = args.optional("ACTIVITY")
    if activity:
        fields["activity"] = queries.find_activity(context.workspace, activity).name
    values = args.values
    if "for" in values:
        fields["planned_seconds"] = read_plan(values["for"])
    if "ring" in values:
        fields["ring"] = queries.find_ring(values["ring"])
    if "with" in values:
        from tracker.services.noted_records import known_spelling

        fields["person"] = known_spelling(context.workspace, values["with"])
    if "trigger" in values:
        fields["trigger"] = record_wording.read_trigger(one_line(values["trigger"]))
    for field in ("intention", "override"):
        if field in values:
            fields[field] = one_line(values[field])
    return fields


def read_plan(text: str) -> int:
    """The seconds of a plan such as `25m`. Raises TrackerError for none, and for what is no duration."""
    seconds = parse_plan(text)
    if not seconds:
        raise TrackerError(_("the planned length must be above zero: --for 25m"))
    return seconds


def stop(context: Context, args: ParsedArguments) -> None:
    """End the running session; one that may have been forgotten is ended too, with the way to correct it."""
    stopped = timekeeping.stop(context.workspace, _at(context, args))
    _answer(context, _ended(context, stopped.session), stopped)
    _warn_of_end(context, stopped.session, stopped.doubt)


def cancel(context: Context, args: ParsedArguments) -> None:
    """Discard the running session."""
    session = timekeeping.cancel(context.workspace)
    if context.json:
        from tracker.reports.json_rows import session_rows

        context.print_json(session_rows(context.workspace, [session]))
        return
    lasted = format_duration(session.duration(context.now))
    line = _("discarded {what} after {lasted}; no timer running; `tracker undo` restores it")
    line = line.format(what=session_lines.session_name(session), lasted=lasted)
    context.print(line + session_lines.moved_outcome(context))


def resume(context: Context, args: ParsedArguments) -> None:
    """Resume the session that ended last."""
    resumed = timekeeping.resume(context.workspace, context.time(args.values.get("at")))
    _answer(context, _running(context, resumed.session), resumed)


def switch(context: Context, args: ParsedArguments) -> None:
    """Stop the running session and start another one at the same instant."""
    channel = _channel(context, args)
    over = _over_budget(context, channel)
    at, details = _at(context, args), _session_fields(context, args)
    switched = timekeeping.switch(context.workspace, channel, at, **details)
    assert switched.stopped is not None, "it was stopped just now"
    ended = _ended(context, switched.stopped) + session_lines.side_effects(context, switched.effects)
    answer_recorded(context, [join_phrases(ended, _running(context, switched.session) + over)], switched)
    _warn_of_end(context, switched.stopped, switched.doubt)


def check(context: Context, args: ParsedArguments) -> None:
    """Record a check."""
    channel = _channel(context, args)
    note = record_wording.read_check_note(one_line(" ".join(args.several("WHAT"))))
    if note and note not in record_wording.CHECK_NOTES:
        from tracker.calendar.session_line import parse_note

        instead = _("give the time with --at")
        note = parse_note(note, instead, context.now, context.zone, context.settings.day_starts_at)
    checked = timekeeping.record_check(context.workspace, channel, context.time(args.values.get("at")), note)
    session = checked.session
    message = _("checked {channel} at {time}: {note}") if note else _("checked {channel} at {time}")
    time = session_lines.near_clock(context, session.start, session.zone)
    line = message.format(channel=channel, time=time, note=record_wording.say_check_note(note or ""))
    _answer(context, line + _inside_pause(context, session), checked)


def urge(context: Context, args: ParsedArguments) -> None:
    """Record a resisted urge."""
    from tracker.services import noted_records

    channel = _channel(context, args)
    at, note = context.time(args.values.get("at")), one_line(args.values.get("note"))
    trigger = record_wording.read_trigger(one_line(args.values.get("trigger")))
    urge = noted_records.record_urge(context.workspace, channel, at, trigger=trigger, note=note)
    time = session_lines.near_clock(context, urge.at, urge.zone)
    context.answer([row(urge, URGE)], _("resisted urge: {channel} at {time}").format(channel=channel, time=time))


def answer_recorded(context: Context, lines: list[str], *recorded: timekeeping.Recorded) -> None:
    """Print the lines, and which outcomes got another channel; or the rows of all touched sessions as JSON."""
    if context.json:
        from tracker.reports.json_rows import effect_rows

        context.print_json([values for change in recorded for values in effect_rows(context.workspace, change.effects)])
    else:
        context.print(*lines[:-1], lines[-1] + session_lines.moved_outcome(context))


def _answer(context: Context, line: str, recorded: timekeeping.Recorded) -> None:
    answer_recorded(context, [line + session_lines.side_effects(context, recorded.effects)], recorded)


def _at(context: Context, args: ParsedArguments) -> int | None:
    return context.time(args.values["at"]) if "at" in args.values else None


def _running(context: Context, session: Session) -> str:
    """`linkedin create running since 14:05, planned 25m (until 14:30)`."""
    message = _("{what} running since {time}")
    if session.planned_seconds is not None:
        message = _("{what} running since {time}, planned {plan} (until {until})")
    planned, time = session.planned_seconds or 0, session_lines.near_clock(context, session.start, session.zone)
    until = format_clock(session.start + planned, session.zone)
    what = session_lines.session_name(session)
    line = message.format(what=what, time=time, plan=format_duration(planned), until=until)
    return line + _inside_pause(context, session) + session_lines.crossed_bridge(context, session)


def _inside_pause(context: Context, session: Session) -> str:
    """`; during the pause until 18:00`, for a session or check that began in a declared pause; else empty."""
    if not (pause := pausing.pause_around(context.workspace, session)):
        return ""
    until = session_lines.upcoming_clock(context, pause.end, pause.zone)
    return _("; during the pause until {until}").format(until=until)


def _over_budget(context: Context, channel: str) -> str:
    """`; over budget: linkedin 1h 24m of 1h, today 2h of 2h`; empty while there is time left, or without a budget."""
    standing = timekeeping.spent_budget(context.workspace, channel)
    if standing is None:
        return ""
    spent = []
    if standing.channel_over:
        spent.append((channel, standing.channel_seconds, standing.channel_budget))
    if standing.day_over:
        spent.append((_("today"), standing.seconds, standing.budget))
    figure = _("{what} {seconds} of {budget}")
    what = ", ".join(
        figure.format(what=name, seconds=format_duration(seconds), budget=format_duration(budget or 0))
        for name, seconds, budget in spent
    )
    return _("; over budget: {what}").format(what=what) if what else ""


def _ended(context: Context, session: Session) -> str:
    """`stopped linkedin create after 31m, 6m over plan (25m), 14:05–14:36`."""
    assert session.end is not None, "it was ended just now"
    lasted, plan = session.end - session.start, session.planned_seconds or 0
    message = _("stopped {what} after {lasted}, {span}")
    if plan:
        message = _("stopped {what} after {lasted} of {plan}, {span}")
        if over_plan(lasted, plan):
            message = _("stopped {what} after {lasted}, {over} over plan ({plan}), {span}")
    lengths = {"lasted": lasted, "plan": plan, "over": max(lasted - plan, 0)}
    what, span = session_lines.session_name(session), session_lines.session_span(context, session)
    line = message.format(what=what, span=span, **{key: format_duration(length) for key, length in lengths.items()})
    return line + _("; it counts as a check") if timekeeping.is_check(context.workspace, session) else line


def _warn_of_end(context: Context, session: Session, doubt: timekeeping.PossibleEnd | None) -> None:
    """Warn of a session that was saved without a duration, and of one that may have been forgotten.

    A forgotten timer is neither cut nor kept silently: the warning says how long it ran, and how to correct it.
    """
    if session.start > context.now:
        message = _(
            "the clock shows {now}, before this session started ({start}): it was saved without a duration; "
            "correct it with `tracker edit {id} start=TIME end=TIME`"
        )
        start = session_lines.near_clock(context, session.start, session.zone)
        context.warn(message.format(now=format_clock(context.now, session.zone), start=start, id=session.id))
    if doubt is None:
        return
    # An end in the minute that was saved corrects nothing.
    life, planned = (
        at if at is not None and at // 60 != context.now // 60 else None for at in (doubt.life, doubt.planned)
    )
    session, likely = doubt.session, max((at for at in (life, planned) if at is not None), default=None)
    time = _("TIME") if likely is None else session_lines.near_clock(context, likely, session.zone)
    end = f'"end={time}"' if " " in time else f"end={time}"
    message = _("it ran for {lasted}; if you forgot to stop it: `tracker edit {id} {end}`")
    if likely is not None and likely == life:
        message = _(
            "it ran for {lasted}; if you forgot to stop it, this ends it at the last sign of life: "
            "`tracker edit {id} {end}`"
        )
    elif likely is not None:
        message = _("it ran for {lasted}; if you forgot to stop it, this ends it as planned: `tracker edit {id} {end}`")
    context.warn(message.format(lasted=format_duration(context.now - session.start), id=session.id, end=end))


CHANNEL = Argument("CHANNEL", completes="channel")
AT = Option(("--at",), "TIME", N_("when: 14:05, -10m, yesterday 21:00"))
TRIGGER = Option(("--trigger",), "TEXT", N_("what triggered it"))
_BEGIN = (
    Option(("-i", "--intention"), "TEXT", N_("what you want to do there")),
    Option(("--for",), "DURATION", N_("the planned length: 25m, 1h30")),
    AT,
    Option(("--with",), "WHO", N_("with whom"), "person"),
    Option(("--ring",), "RING", N_("how far from home: building, street, district, city, beyond"), "ring"),
    TRIGGER,
    Option(("--override",), "TEXT", N_("why you continue although you're over budget")),
)
_ACTIVITY = Argument("ACTIVITY", "optional", "activity")

_OFF = ("off", "stop", "end", "fin", "stopper", "arreter", "arrêter")


def pause(context: Context, args: ParsedArguments) -> None:
    """Declare a pause, call it off, or say how the one under way stands."""
    when = " ".join(args.several("WHEN"))
    if not when:
        current = pausing.current_pause(context.workspace)
        none = _("no pause is running; `tracker pause 2h` starts one")
        _answer_pause(context, current, say_under_way(context, current) if current else none)
        return
    with context.transaction():
        if when.lower() in _OFF:
            ended = pausing.end_pause(context.workspace)
            time = format_duration(max(context.now - ended.start, 0))
            _answer_pause(context, ended, _("pause ended after {time}").format(time=time))
        else:
            _begin_pause(context, when)


def _begin_pause(context: Context, when: str) -> None:
    from tracker.calendar.spans import parse_pause

    end = parse_pause(when, context.now, context.zone, context.settings.day_starts_at)
    pausing.begin_pause(context.workspace, end)
    current = pausing.current_pause(context.workspace)
    assert current is not None, "it was declared just now"
    until = session_lines.upcoming_clock(context, current.end, current.zone)
    line = _("pause until {until}, for {time}").format(until=until, time=format_duration(current.end - context.now))
    running = pausing.running_social_session(context.workspace)
    if running:  # a pause stops nothing
        line += _("; {what} is still running, `tracker stop` stops it").format(what=session_lines.session_name(running))
    _answer_pause(context, current, line)


def _answer_pause(context: Context, pause: PauseOutcome | None, line: str) -> None:
    from tracker.reports.json_rows import pause_row

    context.answer([pause_row(pause, context.now)] if pause else [], line)


def say_under_way(context: Context, pause: PauseOutcome) -> str:
    """`pause until 18:00, 2h 48m left; opened linkedin 16:20`."""
    left = format_duration(max(pause.until - context.now, 0))
    until = session_lines.upcoming_clock(context, pause.end, pause.zone)
    message = _("pause until {until}, {time} left").format(until=until, time=left)
    return f"{message}; {say_openings(context, pause)}" if pause.openings else message


def say_pause(context: Context, pause: PauseOutcome) -> str:
    """`pause 14:00–16:00, kept`, `pause 14:00–16:00: opened linkedin 14:20`."""
    from tracker.reports.day import CALLED_OFF, KEPT, UNDER_WAY

    span = f"{session_lines.near_clock(context, pause.start, pause.zone)}–{_pause_end(context, pause)}"
    if pause.openings:
        return _("pause {span}: {openings}").format(span=span, openings=say_openings(context, pause))
    messages = {
        UNDER_WAY: _("pause {span}, running"),
        KEPT: _("pause {span}, kept"),
        CALLED_OFF: _("pause {span}, ended early"),
    }
    return messages[pause.state].format(span=span)


def _pause_end(context: Context, pause: PauseOutcome) -> str:
    """The end's time alone where it lies in the day the pause began in."""
    from tracker.calendar.days import day_of

    starts_at = context.settings.day_starts_at
    same = day_of(pause.start, pause.zone, starts_at) == day_of(pause.until, pause.zone, starts_at)
    clock = format_clock(pause.until, pause.zone)
    return clock if same else session_lines.upcoming_clock(context, pause.until, pause.zone)


def say_openings(context: Context, pause: PauseOutcome) -> str:
    """What was opened first, and how much more."""
    first, more = pause.openings[0], len(pause.openings) - 1
    time = session_lines.near_clock(context, first.at, first.zone)
    message = _("opened {channel} {time}").format(channel=first.channel, time=time)
    return message + plural(more, ", and {n} more time", ", and {n} more times") if more else message


COMMANDS = {
    "start": Command(in_transaction(start), (CHANNEL, _ACTIVITY), _BEGIN),
    "stop": Command(in_transaction(stop), (), (AT,)),
    "cancel": Command(in_transaction(cancel)),
    "resume": Command(in_transaction(resume), (), (AT,)),
    "switch": Command(in_transaction(switch), (CHANNEL, _ACTIVITY), _BEGIN),
    "check": Command(in_transaction(check), (CHANNEL, Argument("WHAT", "any")), (AT,)),
    "urge": Command(in_transaction(urge), (CHANNEL,), (TRIGGER, AT, Option(("--note",), "TEXT", N_("a note")))),
    "pause": Command(pause, (Argument("WHEN", "any", "pause"),)),
}
