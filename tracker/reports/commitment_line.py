"""A commitment written back as the line it is read from, in English and French: for changing it."""

from __future__ import annotations

from tracker.analytics.habits.habit_line import write_habit
from tracker.domain.models import Commitment, Habit

#: Before the cue and before the plan.
_WORDS = {"en": ("if", "then"), "fr": ("si", "alors")}

#: What a target counts in; a time of day and a number of something have no unit.
_UNITS = {"social_minutes": "min", "focus_minutes": "min", "plan_kept": "%"}


def write_commitment(one: Commitment, language: str = "en") -> str:
    """The line that `commitment_words.read_commitment` reads as this commitment."""
    begins, goes_on = _WORDS.get(language, _WORDS["en"])
    said = f"{begins} {one.cue} {goes_on} {one.plan}"
    return said if one.measure is None else f"{said}; {write_measure(one, language)}"


def write_measure(one: Commitment, language: str = "en") -> str:
    """`at least 3 a week by contacts street`, `30 min by after_posting`."""
    by = "par" if language == "fr" else "by"
    about = one.ring or one.channel or ""
    if one.measure == "after_posting":
        return f"{one.target:g} min {by} after_posting {about}".strip()
    habit = Habit(0, "", one.kind or "at_least", one.target, _UNITS.get(one.measure or ""), one.measure, about or None)
    return write_habit(habit._replace(days=7 if one.per == "week" else 1), language).strip()
