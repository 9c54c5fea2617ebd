"""A session's fields as people write and read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.calendar.durations import parse_plan
from tracker.domain.models import RINGS, TrackerError
from tracker.domain.text import clean, typed
from tracker.formatting.durations import format_duration
from tracker.formatting.text import PURPOSE_TITLES
from tracker.formatting.times import format_clock, format_near_date
from tracker.locale import _
from tracker.reports import presets
from tracker.services import contacts, queries

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.workspace import Workspace


def said_field(name: str, session: Session, workspace: Workspace) -> str:
    """The field as it stands in its input."""
    value = getattr(session, name)
    if value is None:
        return ""
    if name in ("start", "end"):
        return format_clock(value, session.zone)
    if name == "planned_seconds":
        return format_duration(value)
    return clean(str(value))


def read_field(name: str, line: str, session: Session, workspace: Workspace) -> tuple[Any, str]:
    """What was typed means, and that in words. TrackerError where it means nothing."""
    line = line.strip()
    if name in ("start", "end"):
        return _read_time(name, line, session, workspace)
    if name == "channel":
        channel = queries.find_channel(workspace, line)
        return channel.name, channel.title
    if not line:
        return None, _("nothing")
    if name == "activity":
        activity = queries.find_activity(workspace, line)
        return activity.name, _("{activity} (to {purpose})").format(
            activity=activity.name, purpose=_(PURPOSE_TITLES[activity.purpose]).lower()
        )
    if name == "planned_seconds":
        seconds = parse_plan(line)
        if not seconds:
            raise TrackerError(_("a plan is longer than nothing"))
        return seconds, format_duration(seconds)
    if name == "ring":
        return _read_ring(line)
    if name == "person":
        line = contacts.known_spelling(workspace, line)
    if name == "trigger":
        line = presets.read_trigger(line) or ""
    kept = typed(name, line)
    return kept, presets.say_trigger(kept) if kept and name == "trigger" else kept or _("nothing")


def _read_time(name: str, line: str, session: Session, workspace: Workspace) -> tuple[int | None, str]:
    from tracker.calendar.moments import parse_time

    if not line and name == "end" and session.end is None:
        return None, _("still running")
    day = workspace.day_of(session.start)
    after = session.start if name == "end" else None
    instant = parse_time(line, workspace.now(), session.zone, workspace.settings.day_starts_at, day, after)
    if name == "end" and instant < session.start:
        raise TrackerError(_("before its start"))
    return (
        instant,
        f"{format_near_date(workspace.day_of(instant), workspace.today())} {format_clock(instant, session.zone)}",
    )


def _read_ring(line: str) -> tuple[str, str]:
    from tracker.calendar.words import RING_WORDS, plain

    ring = RING_WORDS.get(plain(line))
    if ring is None:
        raise TrackerError(_("a ring is one of {rings}").format(rings=", ".join(RINGS)))
    return ring, _(ring)
