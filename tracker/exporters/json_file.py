"""The whole log as JSON: everything a person recorded, with the channels and activities it speaks of.

The keys are those that the commands print with `--json`: durations are integer seconds, instants ISO 8601 with offset,
money a decimal string beside a currency code.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from tracker import __version__
from tracker.domain.models import Activity, Channel, DayNote, Habit, Pause, Session
from tracker.domain.text import as_json
from tracker.exporters import looking_back
from tracker.exporters.days import ExportDays
from tracker.formatting.serialize import instant, outcome_row, session_details, session_span, urge_row
from tracker.storage import (
    Journal,
    channels,
    habits,
    notes,
    notifications,
    outcomes,
    pauses,
    person_names,
    session_table,
    urges,
)


def write(journal: Journal, days: ExportDays, file: TextIO) -> int:
    """Write what touches those days, one record a line, and return how many sessions that is."""
    aliases: dict[str, dict[str, list[str]]] = {}
    for channel, what, text in channels.matches(journal):
        aliases.setdefault(channel, {"domain": [], "app": [], "alias": []})[what].append(text)
    lo, hi = days.reach(journal)
    found = [each for each in session_table.in_span(journal, lo, hi) if days.hold(each.zone, each.start, each.end)]
    felt = [each for each in urges.in_span(journal, lo, hi) if days.hold(each.zone, each.at, each.at)]
    brought = [each for each in outcomes.in_span(journal, lo, hi) if days.hold(each.zone, each.at, each.at)]
    asked = [each for each in notifications.in_span(journal, lo, hi) if days.hold(each[2], each[1], each[1])]
    kept = [
        each for each in pauses.in_span(journal, lo, hi) if days.hold(each.zone, each.start, each.ended or each.end)
    ]
    file.write(f'{{\n  "tracker": {as_json(__version__)}')
    _list(file, "channels", (_channel(each, aliases.get(each.name, {})) for each in channels.channels(journal)))
    _list(file, "activities", (_activity(each) for each in channels.activities(journal)))
    _list(file, "sessions", (_session(each) for each in found))
    _list(file, "urges", (urge_row(each) | {"zone": each.zone} for each in felt))
    _list(file, "outcomes", (outcome_row(each) | {"zone": each.zone} for each in brought))
    _list(file, "notifications", (_notification(*each) for each in asked))
    _list(file, "days", (_day(each) for each in notes.in_span(journal, *days.dates)))
    _list(file, "pauses", (_pause(each) for each in kept))
    met = person_names.said(journal)
    _list(file, "people", ({"name": name, "met": channel, "met_ring": ring} for name, channel, ring in met))
    _list(file, "habits", (_habit(each) for each in habits.habits(journal)))
    _list(file, "habit_days", (each._asdict() for each in habits.ticks(journal, *days.dates)))
    for name, records in looking_back.rows(journal, days):
        _list(file, name, records)
    file.write("\n}\n")
    return len(found)


def _list(file: TextIO, name: str, records: Iterable[dict[str, Any]]) -> None:
    file.write(f',\n  "{name}": [')
    separator = "\n    "
    for record in records:
        file.write(separator + as_json(record))
        separator = ",\n    "
    file.write("\n  ]" if separator[0] == "," else "]")


def _channel(channel: Channel, known: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "name": channel.name,
        "title": channel.title,
        "kind": channel.kind,
        "letter": channel.letter,
        "budget_seconds": channel.budget_seconds,
        "archived": channel.archived,
        "domains": known.get("domain", []),
        "apps": known.get("app", []),
        "aliases": known.get("alias", []),
    }


def _activity(activity: Activity) -> dict[str, Any]:
    return {
        "name": activity.name,
        "title": activity.title,
        "purpose": activity.purpose,
        "archived": activity.archived,
    }


def _session(session: Session) -> dict[str, Any]:
    seconds = None if session.end is None else session.end - session.start
    zone = {"zone": session.zone, "source": session.source, "estimated": session.estimated}
    return session_span(session, seconds) | session_details(session) | zone


def _notification(channel: str, at: int, zone: str) -> dict[str, Any]:
    return {"channel": channel, "at": instant(at, zone), "zone": zone}


def _pause(pause: Pause) -> dict[str, Any]:
    return {
        "id": pause.id,
        "start": instant(pause.start, pause.zone),
        "end": instant(pause.end, pause.zone),
        "ended": instant(pause.ended, pause.zone),
        "zone": pause.zone,
    }


def _habit(habit: Habit) -> dict[str, Any]:
    return {name: value for name, value in habit._asdict().items() if name not in ("id", "position")}


def _day(note: DayNote) -> dict[str, Any]:
    return {
        "date": note.date,
        "note": note.note,
        "zero": note.zero,
        "task": note.task,
        "task_done": note.task_done,
        "closed": note.closed,
    }
