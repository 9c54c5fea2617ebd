"""How the screens describe a session, an earlier start, how long ago that was, and a day's social time, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import DAY, HOUR
from tracker.formatting.text import activity_word
from tracker.formatting.times import (
    format_against_budget,
    format_clock,
    format_clock_range,
    format_duration,
    format_growing_duration,
)
from tracker.locale import _
from tracker.reports import record_wording

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.reports.day import Day
    from tracker.services.queries import EarlierStart


def session_label(session: Session, title: str) -> str:
    """`LinkedIn 14:00–14:25`, `Instagram 14:02` for a check; `title` is the channel's."""
    if session.source == "check":
        return f"{title} {format_clock(session.start, session.zone)}"
    return f"{title} {format_clock_range(session.start, session.end, session.zone)}"


def session_summary(session: Session) -> str:
    """Intention or note, person, trigger, and why it was begun over budget; empty where nothing is known."""
    note = record_wording.say_check_note(session.note) if session.note and session.source == "check" else session.note
    purpose = " ".join(filter(None, (session.intention or note, f"@{session.person}" if session.person else "")))
    return " · ".join(filter(None, (purpose, session_reasons(session))))


def session_reasons(session: Session) -> str:
    """`because: bored · ▲ deadline`: what set a session off, and why it was begun over budget."""
    trigger = (
        _("because: {trigger}").format(trigger=record_wording.say_trigger(session.trigger)) if session.trigger else ""
    )
    return " · ".join(filter(None, (trigger, f"▲ {session.override}" if session.override else "")))


def social_time(day: Day) -> str:
    """`1h 24m of 60m`: the day's social time, with its budget where it has one; `–` for what is not known."""
    return format_against_budget(day.seconds if day.logged else None, day.budget_seconds, day.grows)


def ago(seconds: int) -> str:
    """`12m ago`, `3h ago`, `5d ago`; `<1m ago` too of what a clock that was set back leaves in the future."""
    seconds = max(seconds, 0)
    if seconds < DAY:
        return _("{time} ago").format(
            time=format_growing_duration(seconds - seconds % HOUR if seconds >= HOUR else seconds)
        )
    return _("{n}d ago").format(n=seconds // DAY)


def usual_words(usual: EarlierStart) -> str:
    """`create · 25m`: what enter would start."""
    plan = format_duration(usual.planned_seconds) if usual.planned_seconds else ""
    return " · ".join(part for part in (activity_word(usual.activity), plan) if part)
