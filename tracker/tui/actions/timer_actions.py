"""The timer: start, stop, resume, discard, a plan that is over, and a timer that may have been forgotten."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content

from tracker.domain.errors import TrackerError
from tracker.domain.models import over_plan
from tracker.domain.text import entered
from tracker.formatting.text import activity_word, in_quotation_marks
from tracker.formatting.times import format_clock, format_duration, format_growing_duration
from tracker.locale import N_, _
from tracker.services import overruns, queries, timekeeping
from tracker.tui import layout
from tracker.tui.actions import check_actions, prompts
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import TIMER
from tracker.tui.modals.chooser import Choice, Chooser
from tracker.tui.modals.line_dialog import LineDialog
from tracker.tui.modals.overlap_dialog import side_effects
from tracker.tui.session_input import read_field

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.services.overruns import PossibleEnd

#: Seconds that one `+` adds to a plan.
MORE = 5 * 60

#: How long, in seconds, the toast about a discarded session is shown.
DROPPED_STAYS = 8

#: The reasons for running over, a key each; `o` is for own words.
OVERRUN_REASONS = {
    "n": N_("not finished yet"),
    "a": N_("answering somebody"),
    "r": N_("waiting for reactions"),
    "l": N_("lost track of time"),
    "c": N_("carried along by the feed"),
}


def start(app: BaseApp) -> None:
    """Ask for the channel."""
    prompts.choose_channel(app, _("Start"), queries.offered(app.workspace), partial(start_on, app))


def start_on(app: BaseApp, channel: str) -> None:
    """Ask what for and how long; Not now records a resisted urge."""
    from tracker.tui.modals.start_dialog import NOT_NOW, StartDialog

    def answered(answer: dict[str, Any] | str) -> None:
        if isinstance(answer, dict):
            begin(app, channel, answer)
        elif answer == NOT_NOW:
            check_actions.record_urge(app, channel)
        else:
            start(app)

    app.ask(StartDialog(app.workspace, channel), answered)


def begin(app: BaseApp, channel: str, fields: dict[str, Any]) -> None:
    """Start a session, and announce which session it stopped."""
    started = timekeeping.start_or_switch(app.workspace, channel, **fields)
    session, before = started.session, started.stopped
    parts = [_("Started {channel}").format(channel=app.title_of(channel))]
    if session.planned_seconds:
        parts.append(format_duration(session.planned_seconds))
    beside: list[str] = []
    if before:
        beside.append(_("stopped {channel}").format(channel=app.title_of(before.channel)))
        beside += [*side_effects(app, started.effects), prompts.say_clock_set_back(app, before)]
    _announce_running(app, parts, *beside, prompts.say_bridge(app, session), prompts.say_inside_pause(app, session))


def _announce_running(app: BaseApp, says: list[str], *beside: str) -> None:
    """Say what runs now; on the Timer, whose clock says it, only where there is something `beside` it to say."""
    if app.view.id == TIMER and not any(beside):
        app.clear_passing_toasts()
        app.reload()
    else:
        app.announce(*says, *beside)


def toggle(app: BaseApp) -> None:
    """Stop the running session, or resume the last one."""
    with app.workspace.transaction():
        running = queries.running(app.workspace)
        if (running is not None) is not app.runs:
            # The footer says stop, and the key would resume: the user did not mean that.
            app.call_later(app.reload)
            raise TrackerError(_("another program changed the timer in the meantime; nothing was done"))
        result = timekeeping.stop(app.workspace) if running else timekeeping.resume(app.workspace)
    session = result.session
    channel = app.title_of(session.channel)
    if not running:
        _announce_running(app, [_("Resumed {channel}").format(channel=channel)], prompts.say_inside_pause(app, session))
        return
    spent = (session.end or session.start) - session.start
    over = over_plan(spent, session.planned_seconds)
    app.announce(
        _("Stopped {channel} after {time}").format(channel=channel, time=format_duration(spent)),
        _("counts as a check") if timekeeping.is_check(app.workspace, session) else "",
        _("{time} over plan").format(time=format_duration(over)) if over else "",
        *side_effects(app, result.effects),
        prompts.say_clock_set_back(app, session),
    )


def cancel(app: BaseApp) -> None:
    """Discard the running session, and announce the key that brings it back."""
    session = timekeeping.cancel(app.workspace)
    ran = format_duration(session.duration(app.workspace.now()))
    name = " ".join(filter(None, (app.title_of(session.channel), activity_word(session.activity))))
    message = _("Discarded {what}, {time} · [{key}] brings it back").format(what=name, time=ran, key=app.key_of("undo"))
    app.announce(message, seconds=DROPPED_STAYS)


def extend(app: BaseApp) -> None:
    """Add five minutes to the plan."""
    if queries.running(app.workspace) is None:
        raise _no_timer(app)
    session = overruns.extend(app.workspace, MORE)
    until = format_clock(session.start + (session.planned_seconds or 0), session.zone)
    app.announce(
        _("{channel}: 5 minutes more, until {clock}").format(channel=app.title_of(session.channel), clock=until)
    )


def _no_timer(app: BaseApp) -> TrackerError:
    return TrackerError(_("no timer running; [{key}] starts a session").format(key=app.key_of("start")))


def why(app: BaseApp) -> None:
    """Ask why the running session is over its plan."""
    session = queries.running(app.workspace)
    if session is None:
        raise _no_timer(app)
    over = over_plan(app.workspace.now() - session.start, session.planned_seconds)
    if not over:
        raise TrackerError(_("{channel} is not over its plan").format(channel=app.title_of(session.channel)))
    until = format_clock(app.workspace.now() + MORE, session.zone)
    choices = [
        *(Choice(key, _(reason), _(reason)) for key, reason in OVERRUN_REASONS.items()),
        Choice("o", _("in your own words"), "o"),
        Choice("+", _("five minutes more"), "+", _("until {clock}").format(clock=until), style="$good"),
        Choice("␣", _("Stop"), " ", style="$good"),
    ]

    def explain(words: str) -> None:
        overruns.explain_overrun(app.workspace, session.id, words)
        message = _("Saved: {why} · [{more}] adds 5 minutes, [{stop}] stops")
        app.announce(message.format(why=words, more=app.key_of("extend"), stop=app.key_of("toggle")))

    def answered(answer: str) -> None:
        if answer == "+":
            extend(app)
        elif answer == " ":
            app.perform("toggle")
        elif answer == "o":
            hint = _("your own words, for the log")
            app.ask(LineDialog(_("Why still here?"), _read_reason, value=session.overrun or "", hint=hint), explain)
        else:
            explain(answer)

    title = _("{time} over plan: why still here?").format(time=format_growing_duration(over))
    app.ask(Chooser(title, choices, {" ": " "}, own="o", worded=True), answered)


def _read_reason(line: str) -> tuple[str, Content]:
    reason = " ".join(line.split())
    if not reason:
        raise TrackerError(_("a word or two; [Esc] cancels"))
    return reason, layout.text(in_quotation_marks(entered("overrun", reason) or ""), "italic")


def ask_if_forgotten(app: BaseApp) -> bool:
    """Ask about a running session that may have been forgotten, so that no single key ends it; whether it did."""
    session = queries.running(app.workspace)
    if session is None or not overruns.is_forgotten(app.workspace, session):
        return False
    ask_doubtful(app, session)
    return True


def ask_doubtful(app: BaseApp, session: Session, jump: tuple[int, int] | None = None) -> None:
    """Ask what to keep of a session that ran long, or across a sleep of the machine.

    `jump`: what the clock showed before and after it jumped (UTC seconds).
    """
    awake = jump[0] if jump and not overruns.is_forgotten(app.workspace, session) else None
    doubt = overruns.possible_end(app.workspace, session, awake or app.last_input_at)
    channel, now, zone = app.title_of(session.channel), app.workspace.now(), session.zone

    def until(at: int) -> str:
        time = format_duration(at - session.start)
        return _("{clock}, after {time}").format(clock=format_clock(at, zone), time=time)

    choices = [Choice("k", _("keep running"), "k", format_duration(session.duration(now)))]
    if doubt.life is not None:
        choices.append(Choice("l", _("stop at the last sign of life"), "l", until(doubt.life)))
    if doubt.planned is not None:
        choices.append(Choice("p", _("stop at the plan's end"), "p", until(doubt.planned)))
    choices.append(Choice("t", _("stop at a time you type"), "t"))
    choices.append(Choice("n", _("stop now"), "n", until(max(now, session.start))))
    likely = "t" if doubt.likely is None else "l" if doubt.likely == doubt.life else "p"

    if jump and jump[1] < jump[0]:
        title = _("The clock went back: when did {channel} end?").format(channel=channel)
    elif jump:
        since, to = (format_clock(at, zone) for at in jump)
        title = _("Computer asleep {since}–{until}: when did {channel} end?").format(
            since=since, until=to, channel=channel
        )
    else:
        title = _("{channel} has been running for {time}: forgotten?").format(
            channel=channel, time=format_duration(now - session.start)
        )
    index = [choice.value for choice in choices].index(likely)
    app.ask(Chooser(title, choices, chosen=index, worded=True), lambda answer: _settle_doubt(app, doubt, answer))


def _settle_doubt(app: BaseApp, doubt: PossibleEnd, answer: str) -> None:
    session = doubt.session

    def read_end(line: str) -> tuple[int, Content]:
        if not line.strip():
            raise TrackerError(_("a time such as 15:40, -20m or now"))
        at, words = read_field("end", line, session, app.workspace)
        return at, layout.text(f"{words} · {format_duration(at - session.start)}")

    if answer == "k":
        overruns.keep_running(app.workspace, session)
        app.announce(_("{channel} keeps running").format(channel=app.title_of(session.channel)))
    elif answer == "t":
        line = LineDialog(
            _("{channel}: when did it end?").format(channel=app.title_of(session.channel)),
            read_end,
            placeholder=format_clock(doubt.likely or app.workspace.now(), session.zone),
            hint=_("a time such as 15:40, -20m or now"),
        )
        app.ask(line, lambda at: _stop_at(app, session, at))
    else:
        _stop_at(app, session, {"l": doubt.life, "p": doubt.planned}.get(answer))


def _stop_at(app: BaseApp, session: Session, at: int | None) -> None:
    result = timekeeping.stop_session(app.workspace, session.id, at)
    ended = result.session
    end = ended.end if ended.end is not None else ended.start
    message = _("Stopped {channel} at {clock}, after {time}").format(
        channel=app.title_of(session.channel),
        clock=format_clock(end, session.zone),
        time=format_duration(end - ended.start),
    )
    app.announce(message, *side_effects(app, result.effects), prompts.say_clock_set_back(app, ended))
