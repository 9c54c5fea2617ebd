"""What a habit reads from the log, day by day. A day that was not logged has no value: unknown is never zero."""

from __future__ import annotations

from tests.recompute import day as days
from tests.recompute.life import Habit, Life
from tests.recompute.plans import is_over
from tests.recompute.wall import seconds_after_midnight


def measured(
    life: Life, habit: Habit, date: str, every: list[days.Part], logged: set[str]
) -> tuple[bool, float | None]:
    """(whether the day is known, its value): no opening has no time, no plan has no share; both are None."""
    if date not in logged:
        return False, None
    here = [part for part in every if part.day == date and habit.channel in (None, part.session.channel)]
    social = days.of_kind(here, "social")
    openings = [part for part in social if part.opens]
    if habit.measure == "social_minutes":
        return True, days.seconds(social) / 60
    if habit.measure == "focus_minutes":
        return True, days.seconds(days.of_kind(here, "focus")) / 60
    if habit.measure == "checks":
        return True, days.checks(life, social)
    if habit.measure == "contacts":
        return True, sum(part.opens for part in days.of_kind(here, "in_person"))
    if habit.measure == "urges_resisted":
        urges = [urge for urge in life.urges if habit.channel in (None, urge.channel)]
        return True, days.urges(life._replace(urges=tuple(urges)), date)
    if habit.measure in ("first_opening", "last_opening"):
        clocks = [(part.start, seconds_after_midnight(part.start, date, part.session.zone)) for part in openings]
        if not clocks:
            return True, None
        return True, (min(clocks) if habit.measure == "first_opening" else max(clocks))[1]
    assert habit.measure == "plan_kept"
    planned = [
        (part.session.end - part.session.start, part.session.planned_seconds)
        for part in openings
        if part.session.planned_seconds and part.session.end is not None
    ]
    kept = sum(not is_over(lasted, plan) for lasted, plan in planned)
    return True, 100 * kept / len(planned) if planned else None
