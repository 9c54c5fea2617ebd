"""`tracker day`: a day with its sessions; and by options its line, its task, and that it was zero or is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.durations import say_duration
from tracker.calendar.zones import iso
from tracker.cli import rows, words
from tracker.cli.habit_text import day_row
from tracker.cli.parser import Argument, Command, Option, UsageError
from tracker.cli.text import joined
from tracker.domain.models import TrackerError
from tracker.domain.text import one_line
from tracker.locale import N_, _
from tracker.services import closing_day, contacts, habit_keeping, queries

if TYPE_CHECKING:
    from typing import Any

    from tracker.cli.context import Context
    from tracker.cli.parser import ParsedArguments
    from tracker.reports.values import Day

#: Pairs of flags that contradict each other.
_EITHER = (("zero", "unknown"), ("done", "not-done"), ("close", "open"))


def day(context: Context, args: ParsedArguments) -> None:
    """Show a day; with an option that writes, write what is said of the day."""
    date = context.date(" ".join(args.several("DATE")) or "today")
    names_task_only = (
        "task" in args.values and "note" not in args.values and not args.flags & {"zero", "unknown", "done", "close"}
    )
    if date > context.today and not names_task_only:  # of a day to come only the task can be known
        raise TrackerError(_("{date} is still to come").format(date=date))
    written = _write(context, args, date)
    if written and not context.json:
        context.print(joined(*written))
        return
    report = queries.day(context.workspace, date)
    if context.json:
        context.print_json(_as_json(context, report))
    else:
        from tracker.cli.day_text import lines

        context.print(*lines(context, report))


def _write(context: Context, args: ParsedArguments, date: str) -> list[str]:
    """Write what the options say of the day, all or nothing; returns what is now true, if anything was said."""
    for flag, other in _EITHER:
        if {flag, other} <= args.flags:
            raise UsageError(_("--{one} and --{other} contradict each other").format(one=flag, other=other))
    if not args.values.keys() & {"note", "task"} and not args.flags & {flag for pair in _EITHER for flag in pair}:
        return []
    workspace, flags, lines = context.workspace, args.flags, []
    with workspace.transaction():
        if "note" in args.values:
            note = closing_day.write_note(workspace, date, one_line(args.values["note"])).note
            said = _("{date}: “{note}”") if note else _("{date} has no line")
            lines.append(said.format(date=date, note=note))
        if "task" in args.values:
            closing_day.set_task(workspace, one_line(args.values["task"]), date)
        if "task" in args.values or flags & {"done", "not-done"}:
            notes = closing_day.task(workspace, date)
            if flags & {"done", "not-done"}:
                if not notes.task:
                    raise TrackerError(_("{date} has no important task; --task names one").format(date=date))
                notes = closing_day.do_task(workspace, date, "done" in flags)
            lines.append(_("{date}: {what}").format(date=date, what=words.say_task(notes.task, notes.task_done)))
        if flags & {"zero", "unknown"}:
            try:
                closing_day.confirm_zero(workspace, date, "zero" in flags)
            except closing_day.HasSocialTime as error:
                said = _("{date} is no zero: {seconds} of social time is on record")
                raise TrackerError(said.format(date=date, seconds=say_duration(error.seconds))) from None
            said = _("{date} is confirmed as zero") if "zero" in flags else _("{date} is not known")
            lines.append(said.format(date=date))
        if flags & {"close", "open"}:
            closing_day.close(workspace, date, "close" in flags)
            said = _("{date} is closed") if "close" in flags else _("{date} is open")
            lines.append(said.format(date=date))
    return lines


def _as_json(context: Context, day: Day) -> dict[str, Any]:
    """The contract's keys, and a few more; `urges` is their number. What is not known of an unlogged day is null."""
    from tracker.cli.pause import as_json as pause_as_json

    return {
        "date": day.date,
        "from": iso(day.start, context.zone),
        "to": iso(day.end, context.zone),
        "seconds": day.seconds if day.logged else None,
        "budget_seconds": day.budget_seconds,
        "checks": day.checks if day.logged else None,
        "first": None if day.first is None else iso(day.first, context.zone),
        "last": None if day.last is None else iso(day.last, context.zone),
        "sessions": [rows.part(part, context.now) for part in day.parts],
        "channels": rows.channel_totals(day),
        "activities": rows.activity_totals(day),
        "purposes": rows.purpose_totals(day, known=day.logged),
        "habits": [day_row(kept) for kept in habit_keeping.habits(context.workspace, day.date)],
        "outcomes": [rows.outcome(outcome) for outcome in day.outcomes],
        "urges": len(day.urges) if day.logged else None,
        "urge_list": [rows.urge(urge) for urge in day.urges],
        "note": day.note,
        "task": day.task,
        "task_done": day.task_done,
        "logged": day.logged,
        "pauses": [pause_as_json(context, pause) for pause in day.pauses],
        "contacts": _contacts(context, day),
        "closed": day.closed,
    }


def _contacts(context: Context, day: Day) -> list[dict[str, Any]]:
    """The talks of the day, and the first times somebody met in person was online: each with where they were met."""
    crossings = {crossing.session for crossing in day.crossings}
    talks = {part.session.id for part in day.contacts}
    contact_rows = []
    for part in day.parts:
        session = part.session
        if session.id in talks or session.id in crossings:
            person = contacts.find_person(context.workspace, session.person) if session.person else None
            contact_rows.append(rows.contact(part, person, bridge=session.id in crossings))
    return contact_rows


_OPTIONS = (
    Option(("--note",), "TEXT", N_("write the line of the day; empty takes it away")),
    Option(("--task",), "TEXT", N_("name the important task of the day, tomorrow's too; empty takes it away")),
    Option(("--done",), None, N_("the important task is done")),
    Option(("--not-done",), None, N_("take that back")),
    Option(("--zero",), None, N_("confirm that a day without records had no social time")),
    Option(("--unknown",), None, N_("take that back: it is not known")),
    Option(("--close",), None, N_("say that the day is complete, as the evening close does")),
    Option(("--open",), None, N_("take that back: there is more to come")),
)

COMMANDS = {
    "day": Command(
        day,
        (Argument("DATE", "any"),),
        _OPTIONS,
        N_("DATE is 2026-11-22, yesterday, monday, -2 …; without it, today."),
        reads=(),
    ),
}
