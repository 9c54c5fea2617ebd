"""A day as plain text: what a screen reader, a pipe or a narrow terminal gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.totals import twice
from tracker.cli.beside import say_urge
from tracker.cli.day_notes import say_task
from tracker.cli.habit_text import day_lines, habits_until
from tracker.cli.outcome import said as say_outcome
from tracker.cli.session_lines import session_details
from tracker.cli.terminal import columns
from tracker.formatting.durations import format_duration
from tracker.formatting.tables import format_table, wrap
from tracker.formatting.text import format_checks, format_sessions, format_simultaneous, in_quotation_marks
from tracker.formatting.times import format_clock, format_long_date
from tracker.locale import _, ngettext

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.reports.day import Day, Part


def lines(context: Context, found: Day) -> list[str]:
    """The day: its figures, its sessions with their ids, its channels, and what else was noted."""
    room = columns()
    said = [f"{format_long_date(found.date)}", *_wrapped(_figures(context, found), room)]
    if found.parts:
        said += ["", *_sessions(context, found, room)]
    if found.channels:
        said += ["", *_channels(found, room), *_wrapped([format_simultaneous(twice(found))], room)]
    kept = habits_until(context, found.date)
    if kept:
        said += ["", *day_lines(kept, room)]
    beside = _beside(context, found)
    return said + (["", *_wrapped(beside, room)] if beside else [])


def _wrapped(lines: list[str], room: int) -> list[str]:
    return [part for line in lines if line for part in wrap(line, room, "  ")]


def _figures(context: Context, found: Day) -> list[str]:
    if not found.logged:
        return [_("nothing was logged: unknown, not zero (`tracker day {date} --zero` confirms zero)").format(
            date=found.date
        )]  # fmt: skip
    said = [_("social {seconds}").format(seconds=format_duration(found.seconds))]
    if found.budget_seconds is not None:
        said = [
            _("social {seconds} of {budget}").format(
                seconds=format_duration(found.seconds), budget=format_duration(found.budget_seconds)
            )
        ]
    said += [format_checks(found.checks), format_sessions(found.sessions)]
    if found.first is not None and found.last is not None:
        first = format_clock(found.first, found.first_zone or context.zone)
        last = format_clock(found.last, found.last_zone or context.zone)
        said.append(_("first {first}, last {last}").format(first=first, last=last))
    return [" · ".join(said)]


def _sessions(context: Context, found: Day, room: int) -> list[str]:
    head = (_("id"), _("from"), _("to"), _("time"), _("channel"), _("what"))
    return format_table([head, *(_session(context, part) for part in found.parts)], "><<><<", room)


def _session(context: Context, part: Part) -> tuple[str, ...]:
    session = part.session
    begun = format_clock(part.start, session.zone)
    end = format_clock(part.end, session.zone)
    # What crosses the day's boundary goes on, or began, on the other side of it.
    begun = f"…{begun}" if part.start > session.start else begun
    if session.end is None and part.end >= context.now:
        end = _("now")
    elif session.end is None or part.end < session.end:
        end = f"{end}…"
    lasted = _("check") if part.check else format_duration(part.end - part.start)
    plan = _("plan {plan}").format(plan=format_duration(session.planned_seconds)) if session.planned_seconds else ""
    what = " · ".join(filter(None, (session.activity, plan, session_details(session))))
    zone = "" if session.zone == context.zone else f" ({session.zone})"
    estimated = "~" if session.estimated else ""
    return str(session.id), begun, end, estimated + lasted, session.channel, what + zone


def _channels(found: Day, room: int) -> list[str]:
    rows = []
    for total in found.channels:
        budget = "" if total.budget_seconds is None else _("of {budget}").format(
            budget=format_duration(total.budget_seconds)
        )  # fmt: skip
        counts = f"{format_sessions(total.sessions)}, {format_checks(total.checks)}" if total.checks else ""
        rows.append((total.title, format_duration(total.seconds), budget, counts or format_sessions(total.sessions)))
    return format_table(rows, "<><<", room)


def _beside(context: Context, found: Day) -> list[str]:
    said = []
    if found.urges:
        names = ", ".join(f"u{urge.id} {say_urge(urge)}" for urge in found.urges)
        count = len(found.urges)
        said.append(
            ngettext("{n} urge resisted: {names}", "{n} urges resisted: {names}", count).format(n=count, names=names)
        )
    if found.crossings:
        from tracker.reports.contacts import say_crossing

        said += [say_crossing(one, {}) for one in found.crossings]
    if found.pauses:
        from tracker.cli.pause import say_pause

        said += [say_pause(context, pause) for pause in found.pauses]
    own = context.settings.currency
    said += [
        f"o{outcome.id} {format_clock(outcome.at, outcome.zone)} {say_outcome(outcome, own)}"
        for outcome in found.outcomes
    ]
    if found.task:
        said.append(say_task(found.task, found.task_done))
    if found.note:
        said.append(in_quotation_marks(found.note))
    if found.closed:
        said.append(_("closed in the evening"))
    return said
