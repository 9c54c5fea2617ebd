"""`tracker status`: the running session and today's totals, for people, prompts and status bars."""

from __future__ import annotations

from tracker.cli.context import Context, columns
from tracker.cli.parser import Command, Option, ParsedArguments, UsageError
from tracker.cli.session_lines import near_clock, session_details, session_name
from tracker.domain.models import Session, over_plan
from tracker.formatting.plain_text import wrap
from tracker.formatting.serialize import instant, row
from tracker.formatting.text import format_checks, format_sessions
from tracker.formatting.times import format_clock, format_duration
from tracker.locale import N_, _
from tracker.services import queries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.reports.day import Status
    from tracker.services.timekeeping import PossibleEnd

#: The names a template may use.
NAMES = (
    "id", "channel", "activity", "start", "elapsed", "planned", "left", "intention", "trigger", "person", "ring",
    "date", "today", "budget", "budget_left", "checks", "sessions", "patterns",
)  # fmt: skip


def status(context: Context, args: ParsedArguments) -> None:
    """Answer in text, in JSON or by a template.

    The patterns take a look at four weeks: only those who ask for them (`--json`, `{patterns}`) wait for it.
    """
    template = args.values.get("format")
    patterns = context.json or (template is not None and "{patterns" in template)
    status = queries.status(context.workspace, patterns=patterns)
    if context.json:
        context.print_json(_as_json(context, status))
    elif template is not None:
        context.print(_fill(template, _values(context, status)))
    else:
        context.print(*(part for line in _as_text(context, status) for part in wrap(line, columns(), "  ")))


def _as_json(context: Context, status: Status) -> dict[str, Any]:
    """The contract's keys; figures of a day on which nothing was recorded are null: unknown, not zero."""
    running = pause = None
    session = status.running
    if session:
        doubt = _doubt(context, session)
        running = {
            **row(session, "id channel activity start"),
            "seconds": session.duration(context.now),
            **row(session, "planned_seconds intention trigger person ring note"),
            "forgotten": doubt is not None,
            "last_sign_of_life": instant(doubt.life, session.zone) if doubt else None,
        }
    if status.pause:
        from tracker.reports.json_rows import pause_row

        pause = pause_row(status.pause, context.now)
    today = row(status, "date seconds budget_seconds checks sessions first last", context.zone)
    if not status.logged:
        today |= dict.fromkeys(("seconds", "checks", "sessions"))
    return {"running": running, "today": today, "patterns": list(status.patterns), "pause": pause}


def _as_text(context: Context, status: Status) -> list[str]:
    """Two lines: the running session, and today; more for a pause, and for a timer that may have been forgotten."""
    session = status.running
    lines = [_say_running(context, session) if session else _("no timer running"), _say_today(status)]
    if status.pause:
        from tracker.cli.timer import say_under_way

        lines.append(say_under_way(context, status.pause))
    doubt = _doubt(context, session) if session else None
    if doubt:
        likely = doubt.likely
        time = _("TIME") if likely is None else near_clock(context, likely, doubt.session.zone)
        message = _("forgot to stop? `tracker stop --at {time}` stops it at the time it ended")
        if likely is not None and likely == doubt.life:
            message = _("forgot to stop? `tracker stop --at {time}` stops it at the last sign of life")
        elif likely is not None:
            message = _("forgot to stop? `tracker stop --at {time}` stops it at its planned end")
        lines.append(message.format(time=f'"{time}"' if " " in time else time))
    return lines


def _doubt(context: Context, session: Session) -> PossibleEnd | None:
    """The possible ends of a running session that may have been forgotten; None for one that was not."""
    if session.duration(context.now) <= context.settings.forgotten_after:
        return None
    from tracker.services.timekeeping import is_forgotten, possible_end

    return possible_end(context.workspace, session) if is_forgotten(context.workspace, session) else None


def _say_running(context: Context, session: Session) -> str:
    """`linkedin create: 12m since 14:05, 13m left of 25m – carousel`."""
    elapsed = session.duration(context.now)
    text, time = _("{what}: {elapsed} since {time}"), near_clock(context, session.start, session.zone)
    text = text.format(what=session_name(session), elapsed=format_duration(elapsed), time=time)
    if session.planned_seconds is not None:
        over = over_plan(elapsed, session.planned_seconds)
        word = _("{left} over plan ({plan})") if over else _("{left} left of {plan}")
        left = format_duration(over or max(session.planned_seconds - elapsed, 0))
        text += f", {word.format(left=left, plan=format_duration(session.planned_seconds))}"
    aside = session_details(session)
    return f"{text} – {aside}" if aside else text


def _say_today(status: Status) -> str:
    """`today 1h 12m of 2h, 12 checks, 6 sessions`."""
    if not status.logged:
        return _("today: nothing logged yet")
    message = _("today {seconds}") if status.budget_seconds is None else _("today {seconds} of {budget}")
    budget = format_duration(status.budget_seconds or 0)
    message = message.format(seconds=format_duration(status.seconds), budget=budget)
    return f"{message}, {format_checks(status.checks)}, {format_sessions(status.sessions)}"


def _values(context: Context, status: Status) -> dict[str, str]:
    """What each name of a template stands for; empty where there is none, `–` where a figure is not known."""
    values = dict.fromkeys(NAMES, "") | {
        "date": status.date,
        "today": format_duration(status.seconds) if status.logged else "–",
        "checks": str(status.checks) if status.logged else "–",
        "sessions": str(status.sessions) if status.logged else "–",
        "patterns": ", ".join(status.patterns),
    }
    if status.budget_seconds is not None:
        values["budget"] = format_duration(status.budget_seconds)
        values["budget_left"] = format_duration(status.budget_seconds - status.seconds) if status.logged else "–"
    session = status.running
    if session:
        elapsed = session.duration(context.now)
        texts = ("channel", "activity", "intention", "trigger", "person", "ring")
        values |= {name: getattr(session, name) or "" for name in texts}
        values |= {"id": str(session.id), "start": format_clock(session.start, session.zone)}
        values["elapsed"] = format_duration(elapsed)
        if session.planned_seconds is not None:
            values["planned"] = format_duration(session.planned_seconds)
            values["left"] = format_duration(session.planned_seconds - elapsed)
    return values


def _fill(template: str, values: dict[str, str]) -> str:
    """The template with its names filled in. Raises UsageError, listing the names, for one that cannot be."""
    names = [piece.partition("}")[0].partition(":")[0] for piece in template.replace("{{", "").split("{")[1:]]
    try:
        if any("." in name or "[" in name for name in names):
            raise KeyError
        return template.format_map(values).strip()
    except (KeyError, ValueError, IndexError, AttributeError, TypeError):
        message = _("--format fills in {names}; write {{{{ for a brace")
        raise UsageError(message.format(names=" ".join(f"{{{name}}}" for name in NAMES))) from None


COMMANDS = {
    "status": Command(
        status,
        options=(Option(("--format",), "TEMPLATE", N_("fill in a line such as '{channel} {elapsed}'")),),
        reads=("format",),
    )
}
