"""`tracker status`: what runs and where today stands, for people, prompts and status bars."""

from __future__ import annotations

from tracker.cli.grammar import Command, Option, UsageError
from tracker.cli.session_lines import near_clock, session_details, session_name
from tracker.cli.terminal import columns
from tracker.domain.models import over_plan
from tracker.formatting.durations import format_duration
from tracker.formatting.serialize import instant
from tracker.formatting.tables import wrap
from tracker.formatting.text import format_checks, format_sessions
from tracker.formatting.times import format_clock
from tracker.locale import N_, _
from tracker.reports.status import status as review_status
from tracker.services.forgotten_timer import possible_end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.reports.status import Status
    from tracker.services.forgotten_timer import PossibleEnd

#: The names a template may use.
NAMES = (
    *("id", "channel", "activity", "start", "elapsed", "planned", "left", "intention", "trigger", "person", "ring"),
    *("date", "today", "budget", "budget_left", "checks", "sessions", "patterns"),
)


def status(context: Context, given: Given) -> None:
    """Answer in text, in JSON or by a template.

    The patterns take a look at four weeks: only those who ask for them (`--json`, `{patterns}`) wait for it.
    """
    template = given.values.get("format")
    patterns = context.json or (template is not None and "{patterns" in template)
    found = review_status(context.journal, context.settings, zone=context.zone, now=context.now, patterns=patterns)
    if context.json:
        context.dump(as_json(context, found))
    elif template is not None:
        context.say(_fill(template, _values(context, found)))
    else:
        context.say(*(part for line in as_text(context, found) for part in wrap(line, columns(), "  ")))


def as_json(context: Context, found: Status) -> dict[str, Any]:
    """The contract's keys; figures of a day on which nothing was recorded are null: unknown, not zero."""
    known = found.logged
    return {
        "running": _running(context, found),
        "today": {
            "date": found.date,
            "seconds": found.seconds if known else None,
            "budget_seconds": found.budget_seconds,
            "checks": found.checks if known else None,
            "sessions": found.sessions if known else None,
            "first": instant(found.first, context.zone),
            "last": instant(found.last, context.zone),
        },
        "patterns": list(found.patterns),
        "pause": _pause(context, found),
    }


def _running(context: Context, found: Status) -> dict[str, Any] | None:
    session = found.running
    if session is None:
        return None
    end = _doubt(context, found)
    return {
        "id": session.id,
        "channel": session.channel,
        "activity": session.activity,
        "start": instant(session.start, session.zone),
        "seconds": _elapsed(context, found),
        "planned_seconds": session.planned_seconds,
        "intention": session.intention,
        "trigger": session.trigger,
        "person": session.person,
        "ring": session.ring,
        "note": session.note,
        "forgotten": end is not None,
        "last_sign_of_life": instant(end.life, session.zone) if end else None,
    }


def _pause(context: Context, found: Status) -> dict[str, Any] | None:
    if found.pause is None:
        return None
    from tracker.reports.renderers.json_rows import pause_row

    return pause_row(found.pause, context.now)


def as_text(context: Context, found: Status) -> list[str]:
    """Two lines: what runs, and today; more where there is a pause, or a timer that may have been forgotten."""
    lines = [_say_running(context, found), _say_today(found)]
    if found.pause:
        from tracker.cli.pause import say_under_way

        lines.append(say_under_way(context, found.pause))
    end = _doubt(context, found)
    if end:
        lines.append(_say_doubt(context, end))
    return lines


def _doubt(context: Context, found: Status) -> PossibleEnd | None:
    """What is known of when a session that may have been forgotten really ended."""
    session = found.running
    if session is None or _elapsed(context, found) <= context.settings.forgotten_after:
        return None
    from tracker.services.forgotten_timer import is_forgotten

    forgotten = is_forgotten(context.journal, session, context.settings.forgotten_after, context.now)
    return possible_end(context.journal, session, context.now) if forgotten else None


def _say_doubt(context: Context, doubt: PossibleEnd) -> str:
    likely = doubt.likely
    time = _("TIME") if likely is None else near_clock(context, likely, doubt.session.zone)
    time = f'"{time}"' if " " in time else time
    said = _("forgotten? `tracker stop --at {time}` ends it when it really ended")
    if likely is not None and likely == doubt.life:
        said = _("forgotten? `tracker stop --at {time}` ends it at the last sign of life")
    elif likely is not None:
        said = _("forgotten? `tracker stop --at {time}` ends it with its plan")
    return said.format(time=time)


def _say_running(context: Context, found: Status) -> str:
    session = found.running
    if session is None:
        return _("nothing is running")
    elapsed = _elapsed(context, found)
    said = _("{what}: {elapsed} since {time}").format(
        what=session_name(session),
        elapsed=format_duration(elapsed),
        time=near_clock(context, session.start, session.zone),
    )
    if session.planned_seconds is not None:
        over = over_plan(elapsed, session.planned_seconds)
        word = _("{left} over the plan of {plan}") if over else _("{left} left of {plan}")
        left = format_duration(over or max(session.planned_seconds - elapsed, 0))
        said += f", {word.format(left=left, plan=format_duration(session.planned_seconds))}"
    aside = session_details(session)
    return f"{said} – {aside}" if aside else said


def _say_today(found: Status) -> str:
    if not found.logged:
        return _("today: nothing logged yet")
    said = _("today {seconds}").format(seconds=format_duration(found.seconds))
    if found.budget_seconds is not None:
        said = _("today {seconds} of {budget}").format(
            seconds=format_duration(found.seconds), budget=format_duration(found.budget_seconds)
        )
    return f"{said}, {format_checks(found.checks)}, {format_sessions(found.sessions)}"


def _elapsed(context: Context, found: Status) -> int:
    return max(context.now - found.running.start, 0) if found.running else 0


def _values(context: Context, found: Status) -> dict[str, str]:
    """What each name stands for; empty where there is nothing to say, `–` where a figure is not known."""
    values = dict.fromkeys(NAMES, "")
    values |= {
        "date": found.date,
        "today": format_duration(found.seconds) if found.logged else "–",
        "checks": str(found.checks) if found.logged else "–",
        "sessions": str(found.sessions) if found.logged else "–",
        "patterns": ", ".join(found.patterns),
    }
    if found.budget_seconds is not None:
        values["budget"] = format_duration(found.budget_seconds)
        values["budget_left"] = format_duration(found.budget_seconds - found.seconds) if found.logged else "–"
    session = found.running
    if session:
        elapsed = _elapsed(context, found)
        values |= {name: getattr(session, name) or "" for name in ("channel", "activity", "intention", "trigger")}
        values |= {"id": str(session.id), "person": session.person or "", "ring": session.ring or ""}
        values |= {"start": format_clock(session.start, session.zone), "elapsed": format_duration(elapsed)}
        if session.planned_seconds is not None:
            values["planned"] = format_duration(session.planned_seconds)
            values["left"] = format_duration(session.planned_seconds - elapsed)
    return values


def _fill(template: str, values: dict[str, str]) -> str:
    """The template with its names filled in. Raises UsageError, listing the names, for one that cannot be."""
    asked = [piece.partition("}")[0].partition(":")[0] for piece in template.replace("{{", "").split("{")[1:]]
    try:
        if any("." in name or "[" in name for name in asked):
            raise KeyError
        return template.format_map(values).strip()
    except (KeyError, ValueError, IndexError, AttributeError, TypeError):
        raise UsageError(
            _("--format knows {names}; a brace itself is written {{{{").format(
                names=" ".join(f"{{{name}}}" for name in NAMES)
            )
        ) from None


COMMANDS = {
    "status": Command(
        status,
        (),
        (Option(("--format",), "TEMPLATE", N_("fill in a line such as '{channel} {elapsed}'")),),
        N_("tracker status --format '{channel} {elapsed} · {today}'"),
        reads=("format",),
    )
}
