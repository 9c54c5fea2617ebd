"""A day: what was recorded between its beginning and the next one's, each session by its own wall clock."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from tests.recompute.life import KINDS, MEASURED, PURPOSES, Life, Session
from tests.recompute.wall import covered, day_of, parts


class Part(NamedTuple):
    """The part of a session inside one day.

    `began` says whether it is the session's first, `leads` whether the session does not count with an earlier one.
    `lasts` is the whole length of what counts as one; None while it runs.
    """

    day: str
    start: int
    end: int
    session: Session
    began: bool
    leads: bool
    lasts: int | None

    @property
    def opens(self) -> bool:
        """Whether a session or check begins here, to be counted once."""
        return self.began and self.leads


def all_parts(life: Life) -> list[Part]:
    """Every session cut at the bounds of the days of its own zone, by start; a running one lasts until now."""
    every: list[Part] = []
    for counted_part in counted(life):
        session = counted_part.session
        end = life.now if session.end is None else session.end
        for number, (day, start, until) in enumerate(
            parts(session.start, end, session.zone, life.choices.day_starts_at)
        ):
            every.append(Part(day, start, until, session, number == 0, counted_part.leads, counted_part.lasts))
    return sorted(every, key=lambda part: part.session.start)


class Counted(NamedTuple):
    """A session, whether it leads those it counts with, and how long they last together."""

    session: Session
    leads: bool
    lasts: int | None


def counted(life: Life) -> list[Counted]:
    """Measured sessions of one channel that overlap count as one; every other session by itself."""
    counteds = [
        Counted(session, True, None if session.end is None else session.end - session.start)
        for session in life.sessions
        if session.source not in MEASURED
    ]
    for channel in KINDS:
        together: list[Session] = []
        for part in sorted(
            (session for session in life.sessions if session.channel == channel and session.source in MEASURED),
            key=lambda part: part.start,
        ):
            reached = max((before.end or 0 for before in together), default=0)
            if together and not (part.start < reached or part.start == together[-1].start):
                counteds += _as_one(together)
                together = []
            together.append(part)
        counteds += _as_one(together)
    return counteds


def _as_one(together: list[Session]) -> list[Counted]:
    lasts = max((session.end or 0) - together[0].start for session in together) if together else 0
    return [Counted(session, number == 0, lasts) for number, session in enumerate(together)]


def of_kind(of_days: Iterable[Part], kind: str) -> list[Part]:
    return [part for part in of_days if KINDS[part.session.channel] == kind]


def seconds(of_days: Iterable[Part]) -> int:
    """Seconds covered, each moment once: two channels at once count once in a total."""
    return covered([(part.start, part.end) for part in of_days])


def is_check(life: Life, part: Part) -> bool:
    """A social session that has ended and whose whole length is under `check_seconds`."""
    social = KINDS[part.session.channel] == "social"
    return social and part.lasts is not None and part.lasts < life.choices.check_seconds


def checks(life: Life, here: Iterable[Part]) -> int:
    """How many checks began here."""
    return sum(part.opens and is_check(life, part) for part in here)


def sessions(life: Life, here: Iterable[Part]) -> int:
    """How many sessions began here, checks left out."""
    return sum(part.opens and not is_check(life, part) for part in here)


def logged_days(life: Life) -> set[str]:
    """The days with a record of any kind, or confirmed as zero."""
    starts_at = life.choices.day_starts_at
    return {
        *(part.day for part in all_parts(life)),
        *(day_of(urge.at, urge.zone, starts_at) for urge in life.urges),
        *(day_of(outcome.at, outcome.zone, starts_at) for outcome in life.outcomes),
        *life.zeros,
    }


def today(life: Life) -> str:
    """The date of the day that is now, by the reader's clock."""
    return day_of(life.now, life.zone, life.choices.day_starts_at)


def begun(life: Life, dates: list[str], logged: set[str]) -> int:
    """How many of the days have begun: up to today, or to a later one that was logged already, further east."""
    last = max([today(life), *(date for date in dates if date in logged)])
    return sum(date <= last for date in dates)


def channels(life: Life, here: list[Part]) -> dict[str, dict[str, Any]]:
    """Each channel with a record here, whatever its kind."""
    return {
        name: {
            "kind": KINDS[name],
            "seconds": seconds(own),
            "checks": checks(life, own),
            "sessions": sessions(life, own),
        }
        for name in KINDS
        if (own := [part for part in here if part.session.channel == name])
    }


def activities(life: Life, here: list[Part]) -> dict[str | None, dict[str, Any]]:
    """Social seconds by activity; None is time without one."""
    social = of_kind(here, "social")
    return {
        name: {
            "purpose": PURPOSES.get(name or ""),
            "seconds": seconds(own),
            "checks": checks(life, own),
            "sessions": sessions(life, own),
        }
        for name in (*PURPOSES, None)
        if (own := [part for part in social if part.session.activity == name])
    }


def purposes(here: list[Part], *, known: bool) -> dict[str | None, int | None]:
    """Social seconds by purpose, all four of them; None is time without an activity, where there is any."""
    totals: dict[str | None, int | None] = {}
    social = of_kind(here, "social")
    for name in ("make", "relate", "monitor", "scroll", None):
        own = [part for part in social if PURPOSES.get(part.session.activity or "") == name]
        if own or name:
            totals[name] = seconds(own) if known else None
    return totals


def urges(life: Life, date: str) -> int:
    """Resisted urges, on the day they were noted by the clock of the place."""
    return sum(day_of(urge.at, urge.zone, life.choices.day_starts_at) == date for urge in life.urges)


def day(life: Life, date: str, every: list[Part], logged: set[str]) -> dict[str, Any]:
    """The figures of one day; null where nothing was logged."""
    here = [part for part in every if part.day == date]
    social = of_kind(here, "social")
    known = date in logged
    starts_at = life.choices.day_starts_at
    return {
        "logged": known,
        "seconds": seconds(social) if known else None,
        "checks": checks(life, social) if known else None,
        "first": min((part.start for part in social if part.opens), default=None),
        "last": max((part.end for part in social), default=None),
        # A check is marked in each of its days; what counts with another one is marked in none.
        "parts": sorted(
            (part.session.channel, part.start, part.end, part.leads and is_check(life, part)) for part in here
        ),
        "channels": channels(life, here),
        "activities": activities(life, here),
        "purposes": purposes(here, known=known),
        "urges": urges(life, date) if known else None,
        "outcomes": sum(day_of(outcome.at, outcome.zone, starts_at) == date for outcome in life.outcomes),
    }
