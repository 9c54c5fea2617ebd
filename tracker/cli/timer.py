"""The timer: start, stop, cancel, resume, switch; checks and urges. These run all day, so they import little."""

from __future__ import annotations

from tracker.calendar.durations import parse_plan
from tracker.cli.context import at_once
from tracker.cli.grammar import Argument, Command, Option
from tracker.cli.session_lines import (
    crossed_bridge,
    moved_outcome,
    near_clock,
    session_name,
    session_span,
    side_effects,
)
from tracker.domain.models import TrackerError, over_plan
from tracker.domain.text import one_line
from tracker.formatting.durations import format_duration
from tracker.formatting.text import join_phrases
from tracker.formatting.times import format_clock
from tracker.locale import N_, _
from tracker.reports import presets
from tracker.storage import channels, effects, session_table, sessions
from tracker.storage.effects import Effects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.domain.models import Session
    from tracker.services.forgotten_timer import PossibleEnd


def start(context: Context, given: Given) -> None:
    """Start a session; a budget that is spent is said, and never in the way."""
    channel = channels.find(context.journal, given.one("CHANNEL")).name
    over = _over_budget(context, channel)
    since = effects.log_position(context.journal)
    session = sessions.start(
        context.journal,
        channel,
        context.time(given.values.get("at")),
        context.zone,
        now=context.now,
        **_session_fields(context, given),
    )
    found = effects.effects(context.journal, since, (session,), (session,))
    answer(context, _begun(context, session) + over + side_effects(context, found), found)


def _session_fields(context: Context, given: Given) -> dict[str, Any]:
    """The fields of a session that the options of `start` and `switch` give, by name."""
    fields: dict[str, Any] = {}
    activity = given.maybe("ACTIVITY")
    if activity:
        fields["activity"] = channels.find_activity(context.journal, activity).name
    values = given.values
    if "for" in values:
        fields["planned_seconds"] = parse_plan(values["for"])
        if not fields["planned_seconds"]:
            raise TrackerError(_("a plan is longer than nothing: --for 25m"))
    if "ring" in values:
        fields["ring"] = sessions.valid_ring(values["ring"])
    if "with" in values:
        from tracker.storage.person_names import known_as

        fields["person"] = known_as(context.journal, values["with"])
    if "trigger" in values:
        fields["trigger"] = presets.read_trigger(one_line(values["trigger"]))
    for field in ("intention", "override"):
        if field in values:
            fields[field] = one_line(values[field])
    return fields


def stop(context: Context, given: Given) -> None:
    """End the running session; one that may have been forgotten is ended too, with the way to correct it."""
    possible_end = None if "at" in given.values else _doubted(context)
    at = context.time(given.values.get("at"))
    running, since = session_table.running(context.journal), effects.log_position(context.journal)
    session = sessions.stop(context.journal, at, now=context.now)
    assert running is not None, "it was stopped just now"
    found = effects.effects(context.journal, since, (_until(running, at),), (running,))
    answer(context, _ended(context, session) + side_effects(context, found), found)
    _warn_of_clock(context, session)
    _ask_whether_forgotten(context, possible_end)


def cancel(context: Context, given: Given) -> None:
    """Drop the running session."""
    session = sessions.cancel(context.journal, now=context.now)
    said = _("cancelled {what} after {lasted}; nothing is running; `tracker undo` brings it back")
    lasted = format_duration(max(context.now - session.start, 0))
    answer(context, said.format(what=session_name(session), lasted=lasted), session)


def resume(context: Context, given: Given) -> None:
    """Start again what ended last."""
    at = context.time(given.values.get("at"))
    since = effects.log_position(context.journal)
    session = sessions.resume(context.journal, at, context.zone, now=context.now)
    found = effects.effects(context.journal, since, (session,), (session,))
    answer(context, _begun(context, session) + side_effects(context, found), found)


def switch(context: Context, given: Given) -> None:
    """End what runs and start another session at the same instant."""
    channel = channels.find(context.journal, given.one("CHANNEL")).name
    possible_end = None if "at" in given.values else _doubted(context)
    over = _over_budget(context, channel)
    at, details = context.time(given.values.get("at")), _session_fields(context, given)
    running, since = session_table.running(context.journal), effects.log_position(context.journal)
    ended, begun = sessions.switch(context.journal, channel, at, context.zone, now=context.now, **details)
    assert running is not None, "it was stopped just now"
    found = effects.effects(context.journal, since, (_until(running, at), begun), (running, begun))
    said = _ended(context, ended) + side_effects(context, found)
    answer(context, join_phrases(said, _begun(context, begun) + over), found)
    _warn_of_clock(context, ended)
    _ask_whether_forgotten(context, possible_end)


def check(context: Context, given: Given) -> None:
    """Note a quick look at a channel."""
    from tracker.reports import presets

    channel = channels.find(context.journal, given.one("CHANNEL")).name
    note = presets.read_check_note(one_line(" ".join(given.all("WHAT"))))
    if note and note not in presets.CHECK_NOTES:
        from tracker.calendar.session_line import parse_note

        instead = _("--at says when it was")
        note = parse_note(note, instead, context.now, context.zone, context.settings.day_starts_at)
    at = context.time(given.values.get("at"))
    since = effects.log_position(context.journal)
    session = sessions.check(context.journal, channel, at, context.zone, note, now=context.now)
    found = effects.effects(context.journal, since, (session,), (session,))
    when = near_clock(context, session.start, session.zone)
    said = _("checked {channel} at {time}: {note}") if note else _("checked {channel} at {time}")
    line = said.format(channel=channel, time=when, note=presets.say_check_note(note or ""))
    answer(context, line + _inside_a_pause(context, session) + side_effects(context, found), found)


def urge(context: Context, given: Given) -> None:
    """Note a wish that was resisted."""
    from tracker.storage import urges

    channel = channels.find(context.journal, given.one("CHANNEL")).name
    found = urges.add(
        context.journal,
        channel,
        context.time(given.values.get("at")),
        context.zone,
        now=context.now,
        trigger=presets.read_trigger(one_line(given.values.get("trigger"))),
        note=one_line(given.values.get("note")),
    )
    if context.json:
        from tracker.formatting.serialize import urge_row

        context.dump([urge_row(found)])
    else:
        when = near_clock(context, found.at, found.zone)
        context.say(_("resisted {channel} at {time}").format(channel=channel, time=when))


def answer(context: Context, line: str, *touched: Session | Effects) -> None:
    """Say in one line what is now true, or give the sessions touched."""
    if context.json:
        from tracker.reports.renderers.json_rows import effect_rows, session_rows

        rows: list[Any] = []
        for change in touched:
            if isinstance(change, Effects):
                rows += effect_rows(context.journal, context.settings, change, context.now)
            else:
                rows += session_rows(context.journal, context.settings, [change], context.now)
        context.dump(rows)
    else:
        context.say(line + moved_outcome(context))


def _begun(context: Context, session: Session) -> str:
    return _runs(context, session) + _inside_a_pause(context, session) + crossed_bridge(context, session)


def _inside_a_pause(context: Context, session: Session) -> str:
    """What is opened in a declared pause is recorded like anything else, and told."""
    from tracker.storage import pauses

    if not pauses.in_span(context.journal, session.start, session.start + 1):
        return ""
    from tracker.cli.pause import inside

    return inside(context, session)


def _runs(context: Context, session: Session) -> str:
    since = near_clock(context, session.start, session.zone)
    if session.planned_seconds is None:
        return _("{what} runs since {time}").format(what=session_name(session), time=since)
    return _("{what} runs since {time}, for {plan} (until {until})").format(
        what=session_name(session),
        time=since,
        plan=format_duration(session.planned_seconds),
        until=format_clock(session.start + session.planned_seconds, session.zone),
    )


def _over_budget(context: Context, channel: str) -> str:
    """`; over budget: linkedin 1h 24m of 1h, today 2h of 2h`; nothing while there is time left, or no budget."""
    budgets = (one.budget_seconds for one in channels.channels(context.journal) if one.kind == "social")
    if context.settings.daily_budget is None and all(budget is None for budget in budgets):
        return ""  # what is never asked for is not imported: this runs all day
    from tracker.reports.status import budget_state

    found = budget_state(context.journal, context.settings, channel, zone=context.zone, now=context.now)
    spent = []
    if found.channel_over:
        spent.append((channel, found.channel_seconds, found.channel_budget))
    if found.day_over:
        spent.append((_("today"), found.seconds, found.budget))
    said = [
        _("{what} {seconds} of {budget}").format(
            what=what, seconds=format_duration(seconds), budget=format_duration(budget or 0)
        )
        for what, seconds, budget in spent
    ]
    return _("; over budget: {what}").format(what=", ".join(said)) if said else ""


def _ended(context: Context, session: Session) -> str:
    assert session.end is not None, "it was ended just now"
    lasted = session.end - session.start
    said = _("stopped {what} after {lasted}, {span}")
    if session.planned_seconds:
        said = _("stopped {what} after {lasted} of {plan}, {span}")
        if over_plan(lasted, session.planned_seconds):
            said = _("stopped {what} after {lasted}, {over} over its plan of {plan}, {span}")
    return said.format(
        what=session_name(session),
        lasted=format_duration(lasted),
        plan=format_duration(session.planned_seconds or 0),
        over=format_duration(max(lasted - (session.planned_seconds or 0), 0)),
        span=session_span(context, session),
    ) + _as_check(context, session)


def _as_check(context: Context, session: Session) -> str:
    """`; it counts as a check`: by its length it is one, whatever was planned."""
    if session.end is None or session.end - session.start >= context.settings.check_seconds:
        return ""  # what most sessions are: nothing is looked up for them
    from tracker.reports import presets

    channel = channels.find(context.journal, session.channel)
    return _("; it counts as a check") if presets.counts_as_check(session, channel, context.settings) else ""


def _until(running: Session, at: int) -> Session:
    """What runs as it is to be when it is stopped: no sooner than it began, whatever the clock shows."""
    return running._replace(end=max(at, running.start))


def _doubted(context: Context) -> PossibleEnd | None:
    """What is known of the running session's end, if it may have been forgotten. To be asked before it is stopped:
    stopping is a sign of life itself."""
    session = session_table.running(context.journal)
    if not session or context.now - session.start <= context.settings.forgotten_after:
        return None
    from tracker.services.forgotten_timer import possible_end

    return possible_end(context.journal, session, context.now)


def _ask_whether_forgotten(context: Context, doubt: PossibleEnd | None) -> None:
    """Never cut a forgotten timer silently, never keep it silently: say how long it ran, and how to correct it."""
    if doubt is None:
        return
    session, likely = doubt.session, doubt.likely
    time = _("TIME") if likely is None else near_clock(context, likely, session.zone)
    end = f'"end={time}"' if " " in time else f"end={time}"
    said = _("it ran for {lasted}; if it was forgotten: `tracker edit {id} {end}`")
    if likely is not None and likely == doubt.life:
        said = _("it ran for {lasted}; if it was forgotten, the last sign of life is this: `tracker edit {id} {end}`")
    elif likely is not None:
        said = _("it ran for {lasted}; if it was forgotten, its plan ended so: `tracker edit {id} {end}`")
    lasted = format_duration(context.now - session.start)
    context.warn(said.format(lasted=lasted, id=session.id, end=end))


def _warn_of_clock(context: Context, ended: Session) -> None:
    """Say why a session that was stopped has no duration, where the clock was set back to before its start."""
    if ended.start <= context.now:
        return
    said = _(
        "the clock shows {now}, before this session started ({start}): it was saved without a duration; "
        "correct it with `tracker edit {id} start=TIME end=TIME`"
    )
    now, start = format_clock(context.now, ended.zone), near_clock(context, ended.start, ended.zone)
    context.warn(said.format(now=now, start=start, id=ended.id))


CHANNEL = Argument("CHANNEL", completes="channel")
AT = Option(("--at",), "TIME", N_("when: 14:05, -10m, yesterday 21:00"))
TRIGGER = Option(("--trigger",), "TEXT", N_("what set it off"))
_BEGIN = (
    Option(("-i", "--intention"), "TEXT", N_("what you come for")),
    Option(("--for",), "DURATION", N_("how long you mean to stay: 25m, 1h30")),
    AT,
    Option(("--with",), "WHO", N_("with whom"), "person"),
    Option(("--ring",), "RING", N_("how far from home: building, street, district, city, beyond"), "ring"),
    TRIGGER,
    Option(("--override",), "TEXT", N_("why all the same, with the budget spent")),
)
_ACTIVITY = Argument("ACTIVITY", "optional", "activity")

COMMANDS = {
    "start": Command(
        at_once(start), (CHANNEL, _ACTIVITY), _BEGIN, N_("tracker start linkedin reply --for 25m -i 'answer Anna'")
    ),
    "stop": Command(at_once(stop), (), (AT,)),
    "cancel": Command(at_once(cancel)),
    "resume": Command(at_once(resume), (), (AT,)),
    "switch": Command(at_once(switch), (CHANNEL, _ACTIVITY), _BEGIN),
    "check": Command(
        at_once(check), (CHANNEL, Argument("WHAT", "any")), (AT,), N_("tracker check linkedin likes on the carousel")
    ),
    "urge": Command(at_once(urge), (CHANNEL,), (TRIGGER, AT, Option(("--note",), "TEXT", N_("a note")))),
}
