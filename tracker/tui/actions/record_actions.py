"""What is recorded besides sessions: outcomes, talks, and a day's note, important task and close."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tracker.domain.errors import TrackerError
from tracker.domain.models import OUTCOME_KINDS, Session
from tracker.formatting.money import format_optional_money
from tracker.formatting.times import format_near_date
from tracker.locale import _, ngettext
from tracker.reports.record_wording import say_counted, say_duplicate
from tracker.services import closing_day, contacts, noted_records, queries, start_choices, timekeeping
from tracker.services.overlap_questions import SessionChange
from tracker.tui import session_input
from tracker.tui.actions import prompts, timer_actions
from tracker.tui.base_app import BaseApp
from tracker.tui.modals.chooser import Choice, Chooser
from tracker.tui.modals.line_dialog import LineDialog
from tracker.tui.modals.overlap_dialog import change_sessions, recorded_times, side_effects
from tracker.tui.theme import hue

if TYPE_CHECKING:
    from tracker.domain.models import Effects


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
    app.announce(
        _("Recorded: {kind}").format(kind=_(kind)) + via,
        counted,
        prompts.say_past_day(app, outcome.at),
        double,
        seconds=8 if double else 4,
    )


def contact(app: BaseApp) -> None:
    """Ask on which channel the talk was, then with whom."""
    from tracker.tui.modals.result_dialogs import ContactDialog

    def ask(channel: str) -> None:
        dialog = ContactDialog(app.workspace, channel, app.shown_date())
        app.ask(dialog, lambda fields: _record_contact(app, channel, **fields))

    channels = [channel for channel in queries.channels(app.workspace) if channel.kind == "in_person"]
    choices = [
        Choice(channel.letter or "", channel.title, channel.name, style=hue(channel.name)) for channel in channels
    ]
    app.ask(Chooser(_("How did you talk?") + prompts.day_in_title(app), choices), ask)


def _record_contact(app: BaseApp, channel: str, start: int, end: int, *, timed: bool = False, **fields: Any) -> None:
    """Record a talk between two instants; with `timed`, start to time it now."""
    who = fields["person"] or _("someone")
    if timed:
        started = timekeeping.start_or_switch(app.workspace, channel, **fields)
        besides = side_effects(app, started.effects) if started.stopped else []
        message = _("{channel} with {who} started · [{key}] stops it").format(
            channel=app.title_of(channel), who=who, key=app.key_of("toggle")
        )
        app.announce(message, *besides, prompts.say_bridge(app, started.session))
        return

    def done(effects: Effects) -> None:
        app.announce(
            _("Talked to {who}").format(who=who),
            prompts.say_past_day(app, start),
            ", ".join(recorded_times(effects)),
            *side_effects(app, effects),
            prompts.say_bridge(app, effects.mine[0]),
        )

    change = SessionChange(
        lambda on_overlap: contacts.record_contact(app.workspace, channel, start, end, **fields, on_overlap=on_overlap),
        (Session(0, channel, start, end, app.workspace.zone),),
    )
    change_sessions(app, change, done)


def people(app: BaseApp) -> None:
    """Show everybody the user knows, and where each was met."""
    from tracker.tui.modals.result_dialogs import PeopleDialog

    app.push_screen(PeopleDialog(app.workspace))


def note(app: BaseApp) -> None:
    """Ask for the note of the day that is shown, or of today."""
    seen = queries.day(app.workspace, app.shown_date()).note
    _ask_note(app, app.shown_date(), seen, seen or "")


def _ask_note(app: BaseApp, date: str, seen: str | None, value: str) -> None:
    near_date = format_near_date(date, app.workspace.today())

    def keep(line: str) -> None:
        try:
            closing_day.replace_note(app.workspace, date, line, seen)
        except TrackerError:
            _ask_note(app, date, queries.day(app.workspace, date).note, line)  # what was typed is not lost
            raise
        message = _("Note saved for {date}") if line.strip() else _("Note removed from {date}")
        app.announce(message.format(date=near_date))

    line = LineDialog(
        _("Note for {date}").format(date=near_date),
        lambda line: (line, session_input.quoted_input(line, "day")),
        value=value,
        hint=_("your own words; empty to remove the note"),
    )
    app.ask(line, keep)


def zero(app: BaseApp) -> None:
    """Confirm that the day that is shown was without social time."""
    date = app.shown_date()
    closing_day.confirm_zero(app.workspace, date)
    app.announce(_("{date} is confirmed as zero").format(date=format_near_date(date, app.workspace.today())))


def task(app: BaseApp) -> None:
    """Start a session on today's task; ask for the task if there is none to do, or if it is running."""
    task = closing_day.task(app.workspace)
    running = queries.running(app.workspace)
    if not task.task or task.task_done:
        _name_task(app, "" if task.task else closing_day.unfinished_task(app.workspace) or "")
    elif running and running.intention == task.task:
        _name_task(app, task.task)
    else:
        channel = start_choices.focus(app.workspace)
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

    line = LineDialog(
        _("The important task today"),
        lambda line: (line.strip(), session_input.quoted_input(line, "task")),
        value=value,
        example=_("proposal for Nadia"),
        hint=_("[{key}] starts a session on it, [{done}] marks it done").format(
            key=app.key_of("task"), done=app.key_of("task_done")
        ),
    )
    app.ask(line, keep)


def task_done(app: BaseApp) -> None:
    """Mark the task of the day that is shown as done, or as not done."""
    date, today = app.shown_date(), app.workspace.today()
    near_date = format_near_date(date, today)
    with app.workspace.transaction():
        task = closing_day.task(app.workspace, date)
        if not task.task:
            message = _("{date} has no important task; [{key}] names one")
            raise TrackerError(message.format(date=near_date, key=app.key_of("task")))
        closing_day.mark_task_done(app.workspace, date, not task.task_done)
    message = _("Still to do: {task}") if task.task_done else _("Done: {task} ✓")
    app.announce(message.format(task=task.task), "" if date == today else near_date)


def close(app: BaseApp) -> None:
    """Go through the oldest day that is still open, or the earlier one that is shown, or today."""
    from tracker.tui.modals.close_dialog import CloseDialog, day_figures

    def closed(date: str) -> None:
        if not date:
            app.announce(_("Answers saved; the day is still open"))
            return
        figures = day_figures(closing_day.close_questions(app.workspace, date))
        left = len(closing_day.open_days(app.workspace))
        app.announce(
            _("{date} closed ✓ {figures}").format(date=format_near_date(date, app.workspace.today()), figures=figures),
            ngettext("{n} more day is open", "{n} more days are open", left).format(n=left) if left else "",
        )

    shown, today = app.shown_date(), app.workspace.today()
    earlier = None if shown != today else next(iter(closing_day.open_days(app.workspace)), None)
    app.ask(CloseDialog(app.workspace, shown, earlier), closed)
