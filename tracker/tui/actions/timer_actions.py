"""The Timer: sessions that start, stop or may have been forgotten, checks, resisted urges, pauses, and patterns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.content import Content

from tracker.domain.errors import TrackerError
from tracker.domain.models import ONLINE_KINDS, Session, over_plan
from tracker.domain.text import entered
from tracker.formatting import times
from tracker.formatting.text import activity_word, format_checks, in_quotation_marks
from tracker.locale import N_, _
from tracker.reports import record_wording
from tracker.services import closing_day, noted_records, pattern_marks, pausing, queries, reviewing, timekeeping
from tracker.tui import layout, session_text, theme
from tracker.tui.actions import prompts
from tracker.tui.base_app import BaseApp, Modal
from tracker.tui.keys import TIMER, keys_of
from tracker.tui.modals.dialog import Choice, Chooser, LineDialog
from tracker.tui.modals.start_dialog import NOT_NOW, StartDialog
from tracker.tui.screens.patterns_panel import PatternsPanel, title

#: Seconds that one `+` adds to a plan.
MORE = 5 * 60

#: How long, in seconds, the toast about a discarded session is shown.
DROPPED_STAYS = 8

#: Why a pattern may be expected, a key each; `o` is for own words.
EXPECTED_REASONS = {
    "c": N_("campaign"),
    "w": N_("client work"),
    "l": N_("launch"),
    "e": N_("event"),
    "h": N_("holidays"),
}

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

    def answered(answer: dict[str, Any] | str) -> None:
        if isinstance(answer, dict):
            begin(app, channel, answer)
        elif answer == NOT_NOW:
            record_urge(app, channel)
        else:
            start(app)

    app.ask(StartDialog(app.workspace, channel), answered)


def begin(app: BaseApp, channel: str, fields: dict[str, Any]) -> None:
    """Start a session, and announce which session it stopped."""
    started = timekeeping.start_or_switch(app.workspace, channel, **fields)
    session, before = started.session, started.stopped
    plan = times.format_duration(session.planned_seconds) if session.planned_seconds else ""
    says = [_("Started {channel}").format(channel=app.title_of(channel)), plan]
    beside: list[str] = []
    if before:
        beside.append(_("stopped {channel}").format(channel=app.title_of(before.channel)))
        beside += [*prompts.side_effects(app, started.effects), prompts.say_clock_set_back(app, before)]
    _announce_running(app, says, *beside, prompts.say_bridge(app, session), prompts.say_inside_pause(app, session))


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
    spent = session.duration(app.workspace.now())
    over = over_plan(spent, session.planned_seconds)
    says = [_("Stopped {channel} after {time}").format(channel=channel, time=times.format_duration(spent))]
    says += [_("counts as a check")] if timekeeping.is_check(app.workspace, session) else []
    says += [_("{time} over plan").format(time=times.format_duration(over))] if over else []
    app.announce(*says, *prompts.side_effects(app, result.effects), prompts.say_clock_set_back(app, session))


def cancel(app: BaseApp) -> None:
    """Discard the running session, and announce the key that brings it back."""
    session = timekeeping.cancel(app.workspace)
    ran = times.format_duration(session.duration(app.workspace.now()))
    name = " ".join(filter(None, (app.title_of(session.channel), activity_word(session.activity))))
    message = _("Discarded {what}, {time} · [{key}] brings it back").format(what=name, time=ran, key=app.key_of("undo"))
    app.announce(message, seconds=DROPPED_STAYS)


def extend(app: BaseApp) -> None:
    """Add five minutes to the plan."""
    _running(app)
    session = timekeeping.extend(app.workspace, MORE)
    until = times.format_clock(session.start + (session.planned_seconds or 0), session.zone)
    message = _("{channel}: 5 minutes more, until {clock}")
    app.announce(message.format(channel=app.title_of(session.channel), clock=until))


def _running(app: BaseApp) -> Session:
    session = queries.running(app.workspace)
    if session is None:
        raise TrackerError(_("no timer running; [{key}] starts a session").format(key=app.key_of("start")))
    return session


def why(app: BaseApp) -> None:
    """Ask why the running session is over its plan."""
    session = _running(app)
    over = over_plan(app.workspace.now() - session.start, session.planned_seconds)
    if not over:
        raise TrackerError(_("{channel} is not over its plan").format(channel=app.title_of(session.channel)))
    until = times.format_clock(app.workspace.now() + MORE, session.zone)
    choices = [
        *(Choice(key, _(reason), _(reason)) for key, reason in OVERRUN_REASONS.items()),
        Choice("o", _("in your own words"), "o"),
        Choice("+", _("five minutes more"), "+", _("until {clock}").format(clock=until), style="$good"),
        Choice("␣", _("Stop"), " ", style="$good"),
    ]

    def read(line: str) -> tuple[str, Content]:
        reason = " ".join(line.split())
        if not reason:
            raise TrackerError(_("a word or two; [Esc] cancels"))
        return reason, layout.text(in_quotation_marks(entered("overrun", reason) or ""), "italic")

    def explain(words: str) -> None:
        timekeeping.explain_overrun(app.workspace, session.id, words)
        message = _("Saved: {why} · [{more}] adds 5 minutes, [{stop}] stops")
        app.announce(message.format(why=words, more=app.key_of("extend"), stop=app.key_of("toggle")))

    def answered(answer: str) -> None:
        if answer == "+":
            extend(app)
        elif answer == " ":
            app.perform("toggle")
        elif answer == "o":
            hint = _("your own words, for the log")
            app.ask(LineDialog(_("Why still here?"), read, value=session.overrun or "", hint=hint), explain)
        else:
            explain(answer)

    title = _("{time} over plan: why still here?").format(time=times.format_growing_duration(over))
    app.ask(Chooser(title, choices, {" ": " "}, own="o", worded=True), answered)


def ask_if_forgotten(app: BaseApp) -> bool:
    """Ask about a running session that may have been forgotten, so that no single key ends it; whether it did."""
    session = queries.running(app.workspace)
    if session is None or not timekeeping.is_forgotten(app.workspace, session):
        return False
    ask_doubtful(app, session)
    return True


def ask_doubtful(app: BaseApp, session: Session, jump: tuple[int, int] | None = None) -> None:
    """Ask what to keep of a session that ran long, or across a sleep of the machine.

    `jump`: what the clock showed before and after it jumped (UTC seconds).
    """
    awake = jump[0] if jump and not timekeeping.is_forgotten(app.workspace, session) else None
    doubt = timekeeping.possible_end(app.workspace, session, awake or app.last_input_at)
    channel, now, zone = app.title_of(session.channel), app.workspace.now(), session.zone

    def until(at: int) -> str:
        time = times.format_duration(at - session.start)
        return _("{clock}, after {time}").format(clock=times.format_clock(at, zone), time=time)

    choices = [Choice("k", _("keep running"), "k", times.format_duration(session.duration(now)))]
    if doubt.life is not None:
        choices.append(Choice("l", _("stop at the last sign of life"), "l", until(doubt.life)))
    if doubt.planned is not None:
        choices.append(Choice("p", _("stop at the plan's end"), "p", until(doubt.planned)))
    choices.append(Choice("t", _("stop at a time you type"), "t"))
    choices.append(Choice("n", _("stop now"), "n", until(max(now, session.start))))
    likely = {doubt.planned: "p", doubt.life: "l", None: "t"}[doubt.likely]

    title, since, to = _("{channel} has been running for {time}: forgotten?"), "", ""
    if jump:
        since, to = (times.format_clock(at, zone) for at in jump)
        title = _("Computer asleep {since}–{until}: when did {channel} end?")
        if jump[1] < jump[0]:
            title = _("The clock went back: when did {channel} end?")
    ran = times.format_duration(now - session.start)
    title = title.format(channel=channel, time=ran, since=since, until=to)
    index = [choice.value for choice in choices].index(likely)
    app.ask(Chooser(title, choices, chosen=index, worded=True), lambda answer: _settle_doubt(app, doubt, answer))


def _settle_doubt(app: BaseApp, doubt: timekeeping.PossibleEnd, answer: str) -> None:
    session, channel = doubt.session, app.title_of(doubt.session.channel)

    def read_end(line: str) -> tuple[int, Content]:
        if not line.strip():
            raise TrackerError(_("a time such as 15:40, -20m or now"))
        at, words = session_text.read_field("end", line, session, app.workspace)
        return at, layout.text(f"{words} · {times.format_duration(at - session.start)}")

    def stop_at(at: int | None) -> None:
        result = timekeeping.stop_session(app.workspace, session.id, at)
        ended = result.session
        spent = ended.duration(app.workspace.now())
        clock, time = times.format_clock(ended.start + spent, session.zone), times.format_duration(spent)
        message = _("Stopped {channel} at {clock}, after {time}").format(channel=channel, clock=clock, time=time)
        app.announce(message, *prompts.side_effects(app, result.effects), prompts.say_clock_set_back(app, ended))

    if answer == "k":
        timekeeping.keep_running(app.workspace, session)
        app.announce(_("{channel} keeps running").format(channel=channel))
    elif answer == "t":
        title, hint = _("{channel}: when did it end?").format(channel=channel), _("a time such as 15:40, -20m or now")
        likely = times.format_clock(doubt.likely or app.workspace.now(), session.zone)
        app.ask(LineDialog(title, read_end, placeholder=likely, hint=hint), stop_at)
    else:
        stop_at({"l": doubt.life, "p": doubt.planned}.get(answer))


#: How long, in seconds, the toast about a check is shown with the keys it offers.
CHECK_STAYS = 8


def check(app: BaseApp) -> None:
    """Ask for the channel; c is the last one again."""
    last = queries.last_opened(app.workspace)
    title = _("Check · c: {channel} again").format(channel=app.title_of(last)) if last else _("Check")
    title, more = title + prompts.day_in_title(app), {"c": last} if last else {}
    prompts.choose_channel(app, title, prompts.checked_channels(app), partial(check_on, app), more)


def check_on(app: BaseApp, channel: str) -> None:
    """Record a check, and offer keys for its reason; nothing waits for one."""
    kind = queries.channel(app.workspace, channel).kind
    if kind not in ONLINE_KINDS:
        action = "contact" if kind == "in_person" else "start"
        message = _("checks are for social channels and messengers; press [{key}] to start a session")
        if kind == "in_person":
            message = _("checks are for social channels and messengers; press [{key}] to record a talk")
        raise TrackerError(message.format(key=app.key_of(action)))
    prompts.ask_time(app, app.title_of(channel), partial(_record_check, app, channel))


def _record_check(app: BaseApp, channel: str, at: int) -> None:
    session = timekeeping.record_check(app.workspace, channel, at).session
    clock = times.format_clock(session.start, session.zone)
    message = _("{clock} checked {channel}").format(clock=clock, channel=app.title_of(channel))
    checks = queries.checks_on(app.workspace, app.workspace.day_of(session.start))
    count = format_checks(checks, app.workspace.settings.check_limit)
    parts = (message, prompts.say_past_day(app, session.start), count, prompts.say_inside_pause(app, session))
    offered = " · ".join(f"[{app.key_of(name)}] {_(what)}" for name, what in record_wording.CHECK_NOTES.items())
    lines = [" · ".join(filter(None, parts)), _("For what? {keys}").format(keys=offered)]
    if commitment := reviewing.due_reminder(app.workspace, channel):  # what the user committed to do instead this week
        from tracker.reports.commitment_words import say_commitment

        lines.append(f"{theme.COMMITMENT} {say_commitment(commitment)}")
    app.announce("\n".join(lines), seconds=CHECK_STAYS)
    keys = [key for name in record_wording.CHECK_NOTES for key in keys_of(name, app.keymap_changed)]
    app.offer(session.id, keys, CHECK_STAYS)


def set_check_reason(name: str, app: BaseApp) -> None:
    """Save the reason of a check (a name of CHECK_NOTES): of the check whose toast is shown, else of the last one."""
    from tracker.services import session_editing  # with the reading of lines, which few keys need

    offered = app.offered
    with app.workspace.transaction():
        last = timekeeping.last_check(app.workspace) if offered is None else queries.session(app.workspace, offered)
        if last is None or last.source != "check":
            raise TrackerError(_("no check in the last ten minutes; [{key}] logs one").format(key=app.key_of("check")))
        if last.note and last.note not in record_wording.CHECK_NOTES:
            raise TrackerError(_("this check has a note in your own words: “{note}”").format(note=last.note))
        session_editing.edit_several(app.workspace, [last.id], note=name)
    message, clock = _("{channel} {clock}: check for {what}"), times.format_clock(last.start, last.zone)
    what = record_wording.say_check_note(name)
    message = message.format(channel=app.title_of(last.channel), clock=clock, what=what)
    app.announce(message, prompts.say_past_day(app, last.start))


#: The key of each trigger in English.
TRIGGER_KEYS = {"b": "bored", "a": "anxious", "n": "notification", "h": "habit", "p": "procrastinating"}


def urge(app: BaseApp) -> None:
    """Ask for the channel that was not opened."""

    def answered(channel: str) -> None:
        prompts.ask_time(app, app.title_of(channel), partial(record_urge, app, channel))

    title = _("Resisted urge: which channel?") + prompts.day_in_title(app)
    prompts.choose_channel(app, title, prompts.checked_channels(app), answered)


def record_urge(app: BaseApp, channel: str, at: int | None = None) -> None:
    """Record an urge, now or at an earlier instant, then offer to say what set it off."""
    urge, title = noted_records.record_urge(app.workspace, channel, at), app.title_of(channel)
    on = prompts.say_past_day(app, urge.at)
    app.announce(_("Resisted urge: {channel} ✓").format(channel=title), on)

    def explain(trigger: str) -> None:
        if trigger:
            noted_records.explain_urge(app.workspace, urge.id, trigger)
            message = _("Resisted urge: {channel}, {trigger}")
            app.announce(message.format(channel=title, trigger=record_wording.say_trigger(trigger)), on)

    def postpone(task: str) -> None:
        if not task:
            explain("procrastinating")
            return
        noted_records.set_postponed_task(app.workspace, urge.id, record_wording.procrastination_trigger(task), task)
        if on:
            app.announce(_("Task: {task}").format(task=task), on)
        else:
            app.announce(_("Today: {task} · [{key}] starts on it").format(task=task, key=app.key_of("task")))

    def read(line: str) -> tuple[str, Content]:
        return record_wording.read_trigger(line) or "", session_text.quoted_input(line, "trigger")

    def answered(trigger: str) -> None:
        if trigger == "other":
            app.ask(LineDialog(_("What set it off?"), read), explain)
        elif trigger == "procrastinating":
            _ask_postponed_task(app, app.workspace.day_of(urge.at), postpone)
        else:
            explain(trigger)

    choices = [Choice(key, _(record_wording.TRIGGERS[name]), name) for key, name in TRIGGER_KEYS.items()]
    choices[-1] = choices[-1]._replace(detail=_("name what you avoid: today's task"))
    choices.append(Choice("o", _("other"), "other", _("in your own words")))
    question = _("Resisted urge: {channel} ✓ What set it off?").format(channel=title)
    app.ask(Chooser(question, choices, passing=True, worded=True), answered)


def _ask_postponed_task(app: BaseApp, date: str, then: Callable[[str], None]) -> None:
    """Ask what was postponed on a day, and offer that day's task; an empty line and escape name none."""
    hint = _("it becomes today's important task: [{key}] starts a session on it").format(key=app.key_of("task"))
    if date != app.workspace.today():
        hint = _("it becomes the important task of {date}").format(date=app.workspace.near_date(date))
    task = closing_day.task(app.workspace, date).task or ""
    app.ask(LineDialog(_("What are you postponing?"), session_text.read_task, value=task, hint=hint), then)


#: The lengths offered, in minutes, by their keys.
LENGTHS = {"3": 30, "1": 60, "2": 120}


def pause(app: BaseApp) -> None:
    """Ask how long; a running pause can be ended."""
    workspace = app.workspace
    now, zone = workspace.now(), workspace.zone
    choices = []
    for key, minutes in LENGTHS.items():
        until = _("until {clock}").format(clock=times.format_clock(now + minutes * 60, zone))
        choices.append(Choice(key, times.format_duration(minutes * 60), f"{minutes}m", until))
    for key, label, word in (("e", _("until the evening"), "evening"), ("m", _("until tomorrow"), "tomorrow")):
        end = _pause_end(app, word)
        choices.append(Choice(key, label, word, f"{times.format_clock(end, zone)}, {times.format_duration(end - now)}"))
    choices.append(Choice("t", _("until a time you type"), "t", _("2h, until 18:00")))
    current = pausing.current_pause(workspace)
    if current:
        left = _("{time} left").format(time=times.format_duration(current.until - now))
        choices.append(Choice("x", _("end the pause"), "x", left))

    def read(line: str) -> tuple[int, Content]:
        end, now = _pause_end(app, line), workspace.now()
        when, time = times.format_upcoming(end, now, zone), times.format_duration(end - now)
        return end, layout.text(_("until {when}, for {time}").format(when=when, time=time))

    def answered(answer: str) -> None:
        if answer == "x":
            pausing.end_pause(workspace)
            app.announce(_("Pause ended"))
        elif answer == "t":
            hint = _("2h, 45m, until 18:00, tomorrow 9:00")
            line = LineDialog(_("Pause: how long, or until when?"), read, example="45m", hint=hint)
            app.ask(line, partial(_begin_pause, app))
        else:
            _begin_pause(app, _pause_end(app, answer))

    app.ask(Chooser(_("Pause the social channels"), choices, own="t", worded=True), answered)


def _pause_end(app: BaseApp, words: str) -> int:
    """The end that words mean, in UTC seconds. TrackerError where they mean none."""
    from tracker.calendar.spans import parse_pause

    return parse_pause(words, app.workspace.now(), app.workspace.zone, app.workspace.settings.day_starts_at)


def _begin_pause(app: BaseApp, end: int) -> None:
    pausing.begin_pause(app.workspace, end)
    when = times.format_upcoming(end, app.workspace.now(), app.workspace.zone)
    running = pausing.running_social_session(app.workspace)
    still_runs = ""
    if running:
        message = _("{channel} is still running, [{key}] stops it")
        still_runs = message.format(channel=app.title_of(running.channel), key=app.key_of("toggle"))
    app.announce(_("Paused until {when}").format(when=when), still_runs)


def chosen_pattern(app: BaseApp) -> str:
    """The name of the pattern that is chosen in a dialog or the view; TrackerError for none, or several in a line."""
    shown = app.screen.chosen_pattern() if isinstance(app.screen, Modal) else None
    if shown is not None:
        return shown
    rows = app.view.rows()
    item = rows.item() if isinstance(rows, PatternsPanel) else None
    if item is None:
        raise TrackerError(_("no pattern is chosen: the Timer and the Week show them"))
    if item.others:
        message = _("this line stands for several patterns; [{key}] opens them")
        raise TrackerError(message.format(key=app.key_of("open")))
    return item.finding.name


def mute(app: BaseApp) -> None:
    """Mute the chosen pattern for 28 days."""
    name = chosen_pattern(app)
    until = pattern_marks.dismiss(app.workspace, name).until or app.workspace.today()
    message = _("{title}: muted until {date} · [{key}] undoes")
    date = times.format_near_day_and_month(until, app.workspace.today())
    app.announce(message.format(key=app.key_of("undo"), title=title(name), date=date))


def mark_expected(app: BaseApp) -> None:
    """Ask why the chosen pattern is expected, by a key or in own words."""
    name = chosen_pattern(app)

    def read(line: str) -> tuple[str, Content]:
        why = line.strip()
        if not why:
            raise TrackerError(_("Type a word or two."))
        return why, layout.text(entered("why", why) or "")

    def expect(why: str) -> None:
        pattern_marks.expect(app.workspace, name, why)
        message = _("{title}: expected, {why} · [{key}] undoes")
        app.announce(message.format(key=app.key_of("undo"), title=title(name), why=why))

    def answered(why: str) -> None:
        if why == "o":
            app.ask(LineDialog(_("Why is it expected?"), read, hint=_("a few words, shown next to it")), expect)
        else:
            expect(why)

    choices = [Choice(key, _(reason), _(reason)) for key, reason in EXPECTED_REASONS.items()]
    choices.append(Choice("o", _("in your own words"), "o"))
    question = _("{title}: why is it expected?").format(title=title(name))
    app.ask(Chooser(question, choices, own="o", worded=True), answered)


def show_again(app: BaseApp) -> None:
    """Show the chosen pattern again that was muted or expected."""
    name = chosen_pattern(app)
    pattern_marks.remove_mark(app.workspace, name)
    app.announce(_("{title} is shown again · [{key}] undoes").format(key=app.key_of("undo"), title=title(name)))
