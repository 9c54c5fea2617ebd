"""A day as plain text: what a screen reader, a pipe or a narrow terminal gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.durations import say_duration
from tracker.calendar.say import say_clock, say_long_date
from tracker.cli import words
from tracker.cli.habit_text import day_lines
from tracker.cli.outcome import say_outcome
from tracker.cli.status import say_checks, say_sessions
from tracker.cli.text import columns, table, wrapped
from tracker.locale import _, ngettext
from tracker.reports.tally import say_twice
from tracker.reports.totals import twice
from tracker.services import habit_keeping

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.reports.values import Day, Part


def lines(context: Context, found: Day) -> list[str]:
    """The day: its figures, its sessions with their ids, its channels, and what else was noted."""
    room = columns()
    said = [f"{say_long_date(found.date)}", *_wrapped(_figures(context, found), room)]
    if found.parts:
        said += ["", *_sessions(context, found, room)]
    if found.channels:
        said += ["", *_channels(found, room), *_wrapped([say_twice(twice(found))], room)]
    kept = habit_keeping.habits(context.workspace, found.date)
    if kept:
        said += ["", *day_lines(kept, room)]
    beside = _beside(context, found)
    return said + (["", *_wrapped(beside, room)] if beside else [])


def _wrapped(lines: list[str], room: int) -> list[str]:
    return [part for line in lines if line for part in wrapped(line, room, "  ")]


def _figures(context: Context, found: Day) -> list[str]:
    if not found.logged:
        return [_("nothing was logged: unknown, not zero (`tracker day {date} --zero` confirms zero)").format(
            date=found.date
        )]  # fmt: skip
    said = [_("social {seconds}").format(seconds=say_duration(found.seconds))]
    if found.budget_seconds is not None:
        said = [
            _("social {seconds} of {budget}").format(
                seconds=say_duration(found.seconds), budget=say_duration(found.budget_seconds)
            )
        ]
    said += [say_checks(found.checks), say_sessions(found.sessions)]
    if found.first is not None and found.last is not None:
        first = say_clock(found.first, found.first_zone or context.zone)
        last = say_clock(found.last, found.last_zone or context.zone)
        said.append(_("first {first}, last {last}").format(first=first, last=last))
    return [" · ".join(said)]


def _sessions(context: Context, found: Day, room: int) -> list[str]:
    head = (_("id"), _("from"), _("to"), _("time"), _("channel"), _("what"))
    return table([head, *(_session(context, part) for part in found.parts)], "><<><<", room)


def _session(context: Context, part: Part) -> tuple[str, ...]:
    session = part.session
    begun = say_clock(part.start, session.zone)
    end = say_clock(part.end, session.zone)
    # What crosses the day's boundary goes on, or began, on the other side of it.
    begun = f"…{begun}" if part.start > session.start else begun
    if session.end is None and part.end >= context.now:
        end = _("now")
    elif session.end is None or part.end < session.end:
        end = f"{end}…"
    lasted = _("check") if part.check else say_duration(part.end - part.start)
    plan = _("plan {plan}").format(plan=say_duration(session.planned_seconds)) if session.planned_seconds else ""
    what = " · ".join(filter(None, (session.activity, plan, words.aside(session))))
    zone = "" if session.zone == context.zone else f" ({session.zone})"
    estimated = "~" if session.estimated else ""
    return str(session.id), begun, end, estimated + lasted, session.channel, what + zone


def _channels(found: Day, room: int) -> list[str]:
    rows = []
    for total in found.channels:
        budget = "" if total.budget_seconds is None else _("of {budget}").format(
            budget=say_duration(total.budget_seconds)
        )  # fmt: skip
        counts = f"{say_sessions(total.sessions)}, {say_checks(total.checks)}" if total.checks else ""
        rows.append((total.title, say_duration(total.seconds), budget, counts or say_sessions(total.sessions)))
    return table(rows, "<><<", room)


def _beside(context: Context, found: Day) -> list[str]:
    said = []
    if found.urges:
        names = ", ".join(f"u{urge.id} {words.say_urge(urge)}" for urge in found.urges)
        count = len(found.urges)
        said.append(
            ngettext("{n} urge resisted: {names}", "{n} urges resisted: {names}", count).format(n=count, names=names)
        )
    if found.crossings:
        from tracker.reports.people import say_crossing

        said += [say_crossing(one, {}) for one in found.crossings]
    if found.pauses:
        from tracker.cli.pause import say_pause

        said += [say_pause(context, pause) for pause in found.pauses]
    own = context.settings.currency
    said += [
        f"o{outcome.id} {say_clock(outcome.at, outcome.zone)} {say_outcome(outcome, own)}" for outcome in found.outcomes
    ]
    if found.task:
        said.append(words.say_task(found.task, found.task_done))
    if found.note:
        said.append(_("“{text}”").format(text=found.note))
    if found.closed:
        said.append(_("closed in the evening"))
    return said
