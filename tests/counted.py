"""A small log with one of everything that was once counted in two ways: what it comes to is reckoned by hand here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import NOW
from tracker.calendar.clock import to_utc
from tracker.domain.models import Session
from tracker.storage import day_records
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from tracker.storage import Database

PARIS = "Europe/Paris"
MONDAY, SUNDAY = "2026-11-23", "2026-11-22"

#: Monday until NOW, 15:12. Social: 5 s of Sunday's check, a check of 15 s, 10 min on LinkedIn and Facebook together,
#: and 10 min of what runs.
SECONDS, CHECKS, SESSIONS = 5 + 15 + 600 + 600, 1, 3
#: LinkedIn has 310 s, and Facebook 480.
TWICE = 310 + 480 - 600
TALKS, PEOPLE, URGES = 2, 1, 1
FIRST, LAST = "12:00:00", "15:12:00"

#: Sunday: the call until four, and 10 s of a check.
SUNDAY_SECONDS, SUNDAY_CHECKS, SUNDAY_SESSIONS = 10, 1, 0


def at(clock: str) -> int:
    """An instant of Monday the 23rd, by the clock in Paris."""
    hour, minute, second = map(int, (*clock.split(":"), "0")[:3])
    return to_utc(PARIS, 2026, 11, 23, hour, minute) + second


def fill(database: Database) -> None:
    """Write the log."""
    made = [
        Session(0, "call", at("3:50"), at("4:10"), PARIS, person="Samia", ring="street"),  # Sunday's talk
        Session(0, "instagram", at("3:59:50"), at("4:00:05"), PARIS),  # Sunday's check
        Session(0, "call", at("10:00"), at("10:05"), PARIS, person="samia", ring="street"),
        Session(0, "meeting", at("11:00"), at("11:30"), PARIS, ring="building"),
        Session(0, "x", at("12:00"), at("12:00:15"), PARIS, source="check"),
        Session(0, "linkedin", at("13:00"), at("13:05"), PARIS, source="app-usage"),  # these two are one
        Session(0, "linkedin", at("13:04:50"), at("13:05:10"), PARIS, source="chrome", estimated=True),
        Session(0, "facebook", at("13:02"), at("13:10"), PARIS),
        Session(0, "youtube", at("15:02"), None, PARIS, planned_seconds=570, source="timer"),  # 30 s past its plan
    ]
    with undo_step(database, "made", NOW):
        for session in made:
            database.insert("session", session)
    day_records.add_urge(database, "x", at("9:00"), PARIS, now=NOW)
