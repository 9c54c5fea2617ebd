"""The Day: its sessions and their corrections, results and talks, and its note, important task and close."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.content import Content

from tracker.calendar.days import next_date
from tracker.calendar.session_line import Entry
from tracker.domain.errors import TrackerError
from tracker.domain.models import MINUTE, OUTCOME_KINDS, Effects, Session, UndoStep
from tracker.formatting.money import format_optional_money
from tracker.formatting.text import activity_word, format_sessions
from tracker.formatting.times import format_clock, format_duration
from tracker.locale import _, ngettext
from tracker.reports.record_wording import listed, say_counted, say_duplicate
from tracker.services import closing_day, noted_records, queries, session_editing, timekeeping
from tracker.services import data_file as undo_service
from tracker.services.session_editing import SessionChange
from tracker.tui import session_text
from tracker.tui.actions import prompts, timer_actions
from tracker.tui.base_app import BaseApp, Modal
from tracker.tui.modals.dialog import LETTERS, Choice, Chooser, LineDialog
from tracker.tui.modals.session_dialogs import FIELDS, EditDialog, LogFilter, RowEdit, change_sessions
from tracker.tui.session_text import session_times
from tracker.tui.theme import hue
from tracker.tui.widgets.log import gap
from tracker.workspace import Workspace

#: How many rows the dialog of a line needs besides the meanings of its lines.
BESIDE_LINES = 10

#: Sessions of one channel no further apart than this, in seconds, are merged without a question.
TOUCHING = 30

#: What < and > move a session by, in seconds.
STEP = 5 * 60

#: Chooses every session of the day before.
ALL = "all"


def add(app: BaseApp) -> None:
    """Ask for a session in one line, on the day that is shown."""
    date = app.workspace.near_date(app.shown_date())
    _add_line(app, _("Add a session on {date}").format(date=date), "")


def _add_line(app: BaseApp, title: str, value: str, *, before: bool = True) -> None:
    date = app.shown_date()

    def read(line: str) -> tuple[tuple[list[Entry], str], Content]:
        if not line.strip():  # the example stands in the line
            raise TrackerError(_("begin with a channel; for another day, add yesterday or a date"))
        entries, meaning = session_text.read_entries(line, app.workspace, date, app.size.height - BESIDE_LINES)
        return (entries, line), meaning

    def answered(answer: tuple[list[Entry], str]) -> None:
        entries, line = answer
        _log(app, entries, again=lambda: _add_line(app, title, line, before=False))

    dialog = LineDialog(
        title,
        read,
        example=_("linkedin create 14:00-14:25 carousel for Samia"),
        value=value,
        before=before,
        complete=partial(session_text.complete_entry, workspace=app.workspace),
        hint=_('channel, activity, 14:00-14:25 or 25m, @who, @"Anna Berg", ring, note'),
        several=True,
    )
    app.ask(dialog, answered)


def _log(app: BaseApp, entries: list[Entry], again: Callable[[], None]) -> None:
    """Add what was typed: all of it, or nothing. If it cannot be written, `again` asks again with the same line."""
    if len(entries) == 1:
        (entry,) = entries
        wanted = Session(0, entry.channel, entry.start, entry.end, app.workspace.zone)
        change = SessionChange(partial(session_editing.add, app.workspace, **entry._asdict()), (wanted,))
        change_sessions(app, change, partial(_logged, app), again)
        return
    try:
        recorded = session_editing.add_all(app.workspace, [entry._asdict() for entry in entries])
    except TrackerError:
        again()
        raise
    added = [result.session for result in recorded]
    app.view.follow = added[-1].id
    n, spent = len(added), sum(session.duration(app.workspace.now()) for session in added)
    dates = dict.fromkeys(app.workspace.day_of(session.start) for session in added)
    on = prompts.say_past_day(app, added[0].start)
    if len(dates) > 1:
        on = _("on {date}").format(date=", ".join(app.workspace.near_date(date) for date in dates))
    message = ngettext("Logged {n} session, {time}", "Logged {n} sessions, {time}", n)
    app.announce(message.format(n=n, time=format_duration(spent)), on)


def _logged(app: BaseApp, effects: Effects) -> None:
    """Announce what was recorded: the times of each piece, and the whole duration."""
    session = effects.mine[0]
    app.view.follow = session.id
    times, spent = prompts.recorded_times(app, effects)
    message = _("Logged {channel} {spans}, {time}")
    message = message.format(channel=app.title_of(session.channel), spans=times, time=spent)
    besides = [*prompts.side_effects(app, effects), prompts.say_bridge(app, session)]
    app.announce(message, prompts.say_past_day(app, session.start), *besides)


def fill(app: BaseApp) -> None:
    """Ask what happened in the gap before the chosen line, or after it."""
    log = prompts.day_log(app)
    if not log.items:
        add(app)
        return
    until = min(app.workspace.now(), queries.day(app.workspace, app.shown_date()).end)
    unlogged = gap(log.everything, log.everything.index(log.items[log.chosen]), until)
    if not unlogged:
        raise TrackerError(_("there is no gap before or after this line"))
    start, end = (format_clock(instant, app.workspace.zone) for instant in unlogged)
    time = format_duration(unlogged[1] - unlogged[0])
    title = _("Fill {start}–{end} ({time})").format(start=start, end=end, time=time)
    _add_line(app, title, f" {start}-{end}")


def repeat(app: BaseApp) -> None:
    """Repeat sessions of the day before, at the same times: ask which."""
    before = session_editing.sessions_by_hand(app.workspace, next_date(app.shown_date(), -1))
    if not before:
        raise TrackerError(_("nothing to repeat: no session was logged by hand the day before"))
    choices = [Choice("a", _("all"), ALL, format_sessions(len(before)), style="bold")]
    for letter, session in zip(LETTERS.replace("a", ""), before, strict=False):
        detail = " · ".join(filter(None, (activity_word(session.activity), session.intention or session.note)))
        label = f"{session_times(session)} {app.title_of(session.channel)}"
        choices.append(Choice(letter, label, str(session.id), detail, style=hue(session.channel)))

    def repeated(effects: Effects) -> None:
        last = effects.mine[-1]
        app.view.follow = last.id
        message = _("Repeated: {what}").format(what=format_sessions(len(effects.mine)))
        app.announce(message, prompts.say_past_day(app, last.start), *prompts.side_effects(app, effects))

    def answered(id: str) -> None:
        copies = tuple(session_editing.days_later(session, 1) for session in before if id in (ALL, str(session.id)))
        change_sessions(app, SessionChange(partial(session_editing.repeat, app.workspace, copies), copies), repeated)

    app.ask(Chooser(_("Repeat from the day before") + prompts.day_in_title(app), choices), answered)


def edit(app: BaseApp) -> None:
    """Edit the chosen line in its place, or all marked lines at once; in a dialog, the session that is chosen there."""
    in_dialog = app.screen.chosen_session() if isinstance(app.screen, Modal) else None
    if in_dialog is not None:
        edit_fields(app, in_dialog)
        return
    log = prompts.day_log(app)
    if log.marked:
        _edit_marked(app)
        return
    session = queries.session(app.workspace, prompts.chosen_id(app))
    if log.line_of_chosen() is None:
        edit_fields(app, session.id)
    else:
        app.ask(RowEdit(app.workspace, session, log), partial(save_changes, app, session))


def edit_fields(app: BaseApp, id: int) -> None:
    """Edit every field of a session in a dialog."""
    session = queries.session(app.workspace, id)
    app.ask(EditDialog(app.workspace, session), partial(save_changes, app, session))


def save_changes(app: BaseApp, session: Session, changed: dict[str, Any]) -> None:
    """Save the changed fields of a session; `session` is the session as the dialog showed it."""
    if not changed:
        return

    def done(effects: Effects) -> None:
        app.view.follow = session.id
        message = _("Changed: {line}").format(line=prompts.say_session(app, session.id))
        app.announce(message, *prompts.side_effects(app, effects))

    edit = partial(session_editing.edit, app.workspace, session, **changed)
    change_sessions(app, SessionChange(edit, (session._replace(**changed),), (session,)), done)


def _edit_marked(app: BaseApp) -> None:
    """Ask which field the marked sessions should share, then its value."""
    ids = prompts.selected_ids(app)
    fields = {"c": "channel", "a": "activity", "w": "person", "r": "ring", "i": "intention", "n": "note"}

    def share(name: str, value: Any) -> None:
        seen = tuple(queries.session(app.workspace, id) for id in ids)

        def done(effects: Effects) -> None:
            prompts.day_log(app).unmark()
            message = _("Changed {what}").format(what=format_sessions(len(ids)))
            app.announce(message, *prompts.side_effects(app, effects))

        edit_all = partial(session_editing.edit_several, app.workspace, ids, **{name: value})
        wanted = tuple(session._replace(**{name: value}) for session in seen)
        change_sessions(app, SessionChange(edit_all, wanted, seen), done)

    def ask_value(name: str) -> None:
        if name == "channel":
            offered = queries.offered(app.workspace)
            prompts.choose_channel(app, _("To which channel?"), offered, partial(share, name))
            return
        first = queries.session(app.workspace, ids[0])

        def read(line: str) -> tuple[tuple[Any], Content]:
            value, words = session_text.read_field(name, line, first, app.workspace)
            return (value,), session_text.quoted_input(words, "note")  # in a tuple, because None is a value too

        app.ask(LineDialog(_("New value for all"), read), lambda value: share(name, value[0]))

    title = _("Change {what}").format(what=format_sessions(len(ids)))
    choices = [Choice(key, _(FIELDS[name]), name) for key, name in fields.items()]
    app.ask(Chooser(title, choices, worded=True), ask_value)


def shift(app: BaseApp, steps: int) -> None:
    """Move what is chosen or marked by so many STEPs."""
    ids, seconds = prompts.selected_ids(app), steps * STEP
    seen, wanted = session_editing.shifted_sessions(app.workspace, ids, seconds)

    def done(effects: Effects) -> None:
        message = _("Moved {what}").format(what=format_sessions(len(effects.wanted)))
        if len(effects.wanted) == 1 and len(effects.mine) == 1:
            (moved,) = effects.mine
            channel = app.title_of(moved.channel)
            message = _("{channel} is now {span}").format(channel=channel, span=session_times(moved))
        app.announce(message, *prompts.side_effects(app, effects))

    move = partial(session_editing.shift, app.workspace, ids, seconds)
    change_sessions(app, SessionChange(move, tuple(wanted), tuple(seen)), done)


def delete(app: BaseApp) -> None:
    """Delete what is chosen or marked, without a question: undo restores it."""
    sessions, effects = session_editing.delete(app.workspace, *prompts.selected_ids(app))
    deleted = app.title_of(sessions[0].channel) if len(sessions) == 1 else format_sessions(len(sessions))
    message = _("Deleted {channel} · [{key}] undoes").format(key=app.key_of("undo"), channel=deleted)
    app.announce(message, *prompts.side_effects(app, effects, sessions[0].zone))


def split(app: BaseApp) -> None:
    """Ask for the time; the middle is offered."""
    session = queries.session(app.workspace, prompts.chosen_id(app))
    length = session.duration(app.workspace.now())
    if length < MINUTE:
        message = _("that session is too short to be split: {time}")
        raise TrackerError(message.format(time=format_duration(length)))

    def split_at(at: int) -> None:
        parts = session_editing.split(app.workspace, session.id, at)
        times = listed(list(map(session_times, parts)))
        app.announce(_("Split: {line}").format(line=f"{app.title_of(parts[0].channel)} {times}"))

    def read(line: str) -> tuple[int, Content]:
        return session_text.read_split(line, session.id, app.workspace)

    title = _("Split {line} at").format(line=prompts.say_session(app, session.id))
    middle, hint = format_clock(session.start + length // 2, session.zone), _("[Enter] alone: in the middle")
    app.ask(LineDialog(title, read, placeholder=middle, hint=hint, verb=_("Split")), split_at)


def merge(app: BaseApp) -> None:
    """Join what is marked, or the chosen session with the one before on the same channel."""
    ids = prompts.selected_ids(app)
    if len(ids) == 1:
        ids = [_session_before(app, ids[0]), *ids]
    parts, added = session_editing.to_merge(app.workspace, ids)
    first, last = parts[0], parts[-1]
    both = _("{channel} {first} and {last}") if len(parts) == 2 else _("{channel} {first} to {last}")
    channel = app.title_of(first.channel)
    both = both.format(channel=channel, first=session_times(first), last=session_times(last))

    def merged() -> None:
        result = session_editing.merge(app.workspace, parts)
        session = result.session
        app.view.follow = session.id
        message = _("Merged {sessions}: {line}").format(sessions=both, line=prompts.say_session(app, session.id))
        app.announce(message, *prompts.side_effects(app, result.effects, session.zone))

    if added <= TOUCHING:
        merged()
        return
    end = last.start + last.duration(app.workspace.now())
    message = _("{gap} in between, {time} in total")
    message = message.format(gap=format_duration(added), time=format_duration(end - first.start))
    choices = [Choice("k", _("Keep apart")), Choice("m", _("Merge"), "m", message)]
    title = _("Merge {sessions}?").format(sessions=both)
    app.ask(Chooser(title, choices, worded=True), lambda answer: merged() if answer else None)


def _session_before(app: BaseApp, id: int) -> int:
    session = queries.session(app.workspace, id)
    parts = queries.day(app.workspace, app.workspace.day_of(session.start)).parts
    of_channel = [part.session for part in parts if part.session.channel == session.channel]
    before = [other.id for other in of_channel if other.start < session.start]
    if not before:
        raise TrackerError(_("there is no earlier session of this channel on that day"))
    return before[-1]


def unmark(app: BaseApp) -> None:
    """Clear all marks; if there are none, clear the filter."""
    log = prompts.day_log(app)
    if log.marked:
        log.unmark()
    else:
        log.filter_by("")


def filter_log(app: BaseApp) -> None:
    """Ask for words, and show the lines that contain them."""
    app.push_screen(LogFilter(prompts.day_log(app)))


def jump(app: BaseApp) -> None:
    """Go to a date, or the week it is in."""
    read, verb = partial(session_text.read_date, workspace=app.workspace), _("Go to")
    placeholder, hint = _("yesterday, monday, 12/11, 2026-11-12"), _("today or an earlier day")
    line = LineDialog(verb, read, placeholder=placeholder, hint=hint, verb=verb)
    app.ask(line, lambda date: app.view.go(date, app.workspace))


def undo(app: BaseApp) -> None:
    """Undo the user's last change."""
    _play_back(app, undo_service.undo, _("Undone: {what}"))


def redo(app: BaseApp) -> None:
    """Redo the change that was undone last."""
    _play_back(app, undo_service.redo, _("Redone: {what}"))


def _play_back(app: BaseApp, play: Callable[[Workspace], list[UndoStep]], message: str) -> None:
    """Undo or redo; where that gave one ended session of the day shown other times, announce those that it has now."""

    def times() -> dict[int, tuple[int, int | None]]:
        parts = queries.day(app.workspace, app.shown_date()).parts
        return {part.session.id: (part.session.start, part.session.end) for part in parts}

    before = times()
    what = undo_service.say_steps(undo_service.with_titles(app.workspace, play(app.workspace)))
    moved = [id for id, span in times().items() if before.get(id, span) != span]
    now = ""
    session = queries.session(app.workspace, moved[0]) if len(moved) == 1 else None
    if session and session.end is not None:
        span = f"{session_times(session)}, {format_duration(session.end - session.start)}"
        now = _("{channel} is now {span}").format(channel=app.title_of(session.channel), span=span)
    app.announce(message.format(what=what), now)


def outcome(app: BaseApp) -> None:
    """Ask for the kind, then the rest in one line.

    On an earlier day the time is asked first; the end of the last record there is offered.
    """

    from tracker.tui.modals.result_dialogs import OutcomeDialog

    def ask(kind: str, at: int) -> None:
        app.ask(OutcomeDialog(app.workspace, kind, at), partial(_record_outcome, app, kind))

    def answered(kind: str) -> None:
        date = app.shown_date()
        likely = None if date == app.workspace.today() else noted_records.last_moment(app.workspace, date)
        prompts.ask_time(app, _(kind), partial(ask, kind), likely)

    choices = [Choice(kind[0], _(kind), kind) for kind in OUTCOME_KINDS]
    app.ask(Chooser(_("Record a result") + prompts.day_in_title(app), choices, worded=True), answered)


def _record_outcome(app: BaseApp, kind: str, fields: dict[str, Any]) -> None:
    outcome = noted_records.record_outcome(app.workspace, kind, **fields)
    via = _(" via {channel}").format(channel=app.title_of(outcome.channel)) if outcome.channel else ""
    counted = format_optional_money(outcome.amount, outcome.currency)
    if counted and outcome.income is None:
        counted = _("{amount} (not counted as income)").format(amount=counted)
    elif counted and (counts_as := say_counted(kind, outcome.currency, app.workspace.settings.currency)):
        counted = f"{counted} ({counts_as})"
    other = noted_records.possible_duplicate(app.workspace, outcome)
    double = say_duplicate(other) if other else ""
    message, on = _("Recorded: {kind}").format(kind=_(kind)) + via, prompts.say_past_day(app, outcome.at)
    app.announce(message, counted, on, double, seconds=8 if double else 4)


def contact(app: BaseApp) -> None:
    """Ask on which channel the talk was, then with whom."""
    from tracker.tui.modals.result_dialogs import ContactDialog

    def ask(channel: str) -> None:
        dialog = ContactDialog(app.workspace, channel, app.shown_date())
        app.ask(dialog, lambda fields: _record_contact(app, channel, **fields))

    choices = [
        Choice(channel.letter or "", channel.title, channel.name, style=hue(channel.name))
        for channel in queries.channels(app.workspace)
        if channel.kind == "in_person"
    ]
    app.ask(Chooser(_("How did you talk?") + prompts.day_in_title(app), choices), ask)


def _record_contact(app: BaseApp, channel: str, start: int, end: int, *, timed: bool = False, **fields: Any) -> None:
    """Record a talk between two instants; with `timed`, start to time it now."""
    who = fields["person"] or _("someone")
    if timed:
        started = timekeeping.start_or_switch(app.workspace, channel, **fields)
        besides = prompts.side_effects(app, started.effects) if started.stopped else []
        message = _("{channel} with {who} started · [{key}] stops it")
        message = message.format(channel=app.title_of(channel), who=who, key=app.key_of("toggle"))
        app.announce(message, *besides, prompts.say_bridge(app, started.session))
        return

    def done(effects: Effects) -> None:
        message, times = _("Talked to {who}").format(who=who), ", ".join(prompts.recorded_times(app, effects))
        besides = [*prompts.side_effects(app, effects), prompts.say_bridge(app, effects.mine[0])]
        app.announce(message, prompts.say_past_day(app, start), times, *besides)

    record = partial(noted_records.record_contact, app.workspace, channel, start, end, **fields)
    change_sessions(app, SessionChange(record, (Session(0, channel, start, end, app.workspace.zone),)), done)


def people(app: BaseApp) -> None:
    """Show everybody the user knows, and where each was met."""
    from tracker.tui.modals.result_dialogs import PeopleDialog

    app.push_screen(PeopleDialog(app.workspace))


def note(app: BaseApp) -> None:
    """Ask for the note of the day that is shown, or of today."""
    _ask_note(app, app.shown_date())


def _ask_note(app: BaseApp, date: str, typed: str | None = None) -> None:
    near_date = app.workspace.near_date(date)
    seen = queries.day(app.workspace, date).note

    def keep(line: str) -> None:
        try:
            closing_day.replace_note(app.workspace, date, line, seen)
        except TrackerError:
            _ask_note(app, date, line)  # what was typed is not lost
            raise
        message = _("Note saved for {date}") if line.strip() else _("Note removed from {date}")
        app.announce(message.format(date=near_date))

    def read(line: str) -> tuple[str, Content]:
        return line, session_text.quoted_input(line, "day")

    title, hint = _("Note for {date}").format(date=near_date), _("your own words; empty to remove the note")
    app.ask(LineDialog(title, read, value=(seen or "") if typed is None else typed, hint=hint), keep)


def zero(app: BaseApp) -> None:
    """Confirm that the day that is shown was without social time."""
    date = app.shown_date()
    closing_day.confirm_zero(app.workspace, date)
    app.announce(_("{date} is confirmed as zero").format(date=app.workspace.near_date(date)))


def task(app: BaseApp) -> None:
    """Start a session on today's task; ask for the task if there is none to do, or if it is running."""
    task = closing_day.task(app.workspace)
    running = queries.running(app.workspace)
    if not task.task or task.task_done:
        _name_task(app, "" if task.task else closing_day.unfinished_task(app.workspace) or "")
    elif running and running.intention == task.task:
        _name_task(app, task.task)
    else:
        channel = timekeeping.focus(app.workspace)
        planned = queries.last_use(app.workspace, channel).planned_seconds
        timer_actions.begin(app, channel, {"activity": None, "planned_seconds": planned, "intention": task.task})


def _name_task(app: BaseApp, value: str) -> None:
    def keep(task: str) -> None:
        today = closing_day.task(app.workspace)
        if task == (today.task or "") and not today.task_done:
            return
        closing_day.set_task(app.workspace, task)
        message = _("Today: {task} · [{key}] starts on it") if task else _("No important task today")
        app.announce(message.format(task=task, key=app.key_of("task")))

    hint = _("[{key}] starts a session on it, [{done}] marks it done")
    hint = hint.format(key=app.key_of("task"), done=app.key_of("task_done"))
    title, example = _("The important task today"), _("proposal for Nadia")
    app.ask(LineDialog(title, session_text.read_task, value=value, example=example, hint=hint), keep)


def task_done(app: BaseApp) -> None:
    """Mark the task of the day that is shown as done, or as not done."""
    date = app.shown_date()
    near_date = app.workspace.near_date(date)
    with app.workspace.transaction():
        task = closing_day.task(app.workspace, date)
        if not task.task:
            message = _("{date} has no important task; [{key}] names one")
            raise TrackerError(message.format(date=near_date, key=app.key_of("task")))
        closing_day.mark_task_done(app.workspace, date, not task.task_done)
    message = _("Still to do: {task}") if task.task_done else _("Done: {task} ✓")
    app.announce(message.format(task=task.task), "" if date == app.workspace.today() else near_date)


def close(app: BaseApp) -> None:
    """Go through the oldest day that is still open, or the earlier one that is shown, or today."""
    from tracker.tui.modals.close_dialog import CloseDialog, day_figures

    def closed(date: str) -> None:
        if not date:
            app.announce(_("Answers saved; the day is still open"))
            return
        figures = day_figures(closing_day.close_questions(app.workspace, date))
        left = len(closing_day.open_days(app.workspace))
        near_date = app.workspace.near_date(date)
        more = ngettext("{n} more day is open", "{n} more days are open", left).format(n=left) if left else ""
        app.announce(_("{date} closed ✓ {figures}").format(date=near_date, figures=figures), more)

    shown, today = app.shown_date(), app.workspace.today()
    earlier = None if shown != today else next(iter(closing_day.open_days(app.workspace)), None)
    app.ask(CloseDialog(app.workspace, shown, earlier), closed)
