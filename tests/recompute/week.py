"""A week of seven days, and the usual one: the median of the last eight that were logged well enough.

Their days are those that were logged in the week itself, where these are enough. What was not logged in one of the
eight is the mean of that day in the others, or where none has it of its own days: rounded to a second.
"""

from __future__ import annotations

from typing import Any

from tests.recompute import day as days
from tests.recompute.life import RINGS, Life
from tests.recompute.wall import later, shown, week_name

#: So many weeks make the usual one, each logged on so many of its days at least; they are looked for so far back.
USUAL_WEEKS, WELL_LOGGED, LOOKED_BACK = 8, 4, 26


def week(life: Life, dates: list[str], every: list[days.Part], logged: set[str]) -> dict[str, Any]:
    """The figures of the week with these dates."""
    here = [part for part in every if part.day in dates]
    social = days.of_kind(here, "social")
    usual = _usual(life, dates, every, logged)
    known = any(date in logged for date in dates)
    places = [place for place in range(7) if dates[place] in logged]
    places = places if len(places) >= WELL_LOGGED else list(range(7))
    talks = [part.session for part in days.of_kind(here, "in_person") if part.opens]
    return {
        "week": week_name(dates),
        "from": dates[0],
        "to": dates[-1],
        "seconds": _seconds(social, dates) if known else None,
        "checks": days.checks(life, social) if known else None,
        "usual_seconds": _median([sum(_filled(week, usual)[place] for place in places) for week in usual]),
        "usual_for_days": len(places),
        "usual_weeks": len(usual),
        "usual_logged_days": sum(day is not None for week in usual for day in week),
        "logged_days": sum(date in logged for date in dates),
        "elapsed_days": days.begun(life, dates, logged),
        "days": [_day(life, date, social, logged) for date in dates],
        "channels": days.channels(life, here),
        "activities": days.activities(life, here),
        "purposes": days.purposes(here, known=known),
        "hours": [_hours(life, date, social) if date in logged else [None] * 24 for date in dates],
        "contacts": _rings([session.ring for session in talks], known=known),
        "people": len({session.person.casefold() for session in talks if session.person}) if known else None,
        "urges": sum(days.urges(life, date) for date in dates) if known else None,
    }


def _seconds(social: list[days.Part], dates: list[str]) -> int:
    """The total of a week is the sum of its days."""
    return sum(days.seconds(part for part in social if part.day == date) for date in dates)


def _day(life: Life, date: str, social: list[days.Part], logged: set[str]) -> dict[str, Any]:
    own = [part for part in social if part.day == date]
    known = date in logged
    return {
        "date": date,
        "seconds": days.seconds(own) if known else None,
        "checks": days.checks(life, own) if known else None,
        "logged": known,
    }


def _usual(life: Life, dates: list[str], every: list[days.Part], logged: set[str]) -> list[list[int | None]]:
    """The social seconds of each day of the weeks that make the usual one; None where one was not logged."""
    hours: list[list[int | None]] = []
    for back in range(1, LOOKED_BACK + 1):
        before = [later(date, -7 * back) for date in dates]
        count = sum(date in logged for date in before)
        if count >= WELL_LOGGED and len(hours) < USUAL_WEEKS:
            social = days.of_kind(every, "social")
            hours.append([_seconds(social, [date]) if date in logged else None for date in before])
    return hours


def _filled(week: list[int | None], weeks: list[list[int | None]]) -> list[int]:
    """The week with every day known."""
    filled = []
    for place, seconds in enumerate(week):
        others = [other[place] for other in weeks if other[place] is not None]
        known = others or [day for day in week if day is not None]
        filled.append(_mean([day or 0 for day in known]) if seconds is None else seconds)
    return filled


def _mean(values: list[int]) -> int:
    """Rounded, half a second being one more."""
    return (2 * sum(values) + len(values)) // (2 * len(values))


def _median(values: list[int]) -> int | None:
    """Between two middle ones half of their sum, half a second being one more."""
    if not values:
        return None
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2] + 1) // 2


def _hours(life: Life, date: str, social: list[days.Part]) -> list[int]:
    """Checks by the hour of the wall clock at which they began."""
    checks = [0] * 24
    for part in social:
        if part.day == date and part.opens and days.is_check(life, part):
            checks[shown(part.start, part.session.zone).hour] += 1
    return checks


def _rings(talks: list[str | None], *, known: bool) -> dict[str, int | None]:
    """How many talks began on each ring; those without one are `unknown`, where there are any."""
    contacts: dict[str, int | None] = {ring: talks.count(ring) if known else None for ring in RINGS}
    return contacts | ({"unknown": talks.count(None)} if None in talks else {})
