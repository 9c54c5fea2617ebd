"""Logs of all kinds, and what must hold of any pattern's finding over any of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import isfinite
from random import Random
from typing import Any

from hypothesis import strategies as st

from tracker.analytics.patterns.detector_input import (
    DetectorInput,
    EndedPause,
    Notification,
    Planned,
    Post,
    Return,
    ReturnSummary,
    WeekEstimate,
)
from tracker.analytics.patterns.openings import Opening
from tracker.analytics.patterns.pattern import Finding
from tracker.calendar.days import next_date

FIRST = "2026-02-20"  # the clocks change in the months that follow, not on the same day everywhere
BEGIN = 1_771_545_600
DAY = 86_400
ZONES = ("Europe/Paris", "America/Toronto", "UTC", "Australia/Lord_Howe")
CHANNELS = ("linkedin", "instagram", "x")

#: What a log of the span always says, whatever a pattern looks at.
ALWAYS = {"logged_dates", "zone", "now", "until", "starts_at", "check_seconds", "days", "thresholds"}


def any_log(seed: int, days: int, openings: int, others: int) -> DetectorInput:
    """A log of up to so many days and openings, and up to so many of everything else, all from the seed."""
    random = Random(seed)
    span = max(days, 1) * DAY
    home = random.choice(ZONES)
    away = random.choice(ZONES)
    busy = random.choice((DAY, 3 * 3600))  # spread over the day, or crowded into some hours

    def moment() -> int:
        return BEGIN + random.randrange(max(days, 1)) * DAY + random.randrange(busy)

    def date_of(instant: int) -> str:
        return next_date(FIRST, (instant - BEGIN) // DAY)

    made = tuple(
        Opening(
            start,
            random.choice((None, start, start + random.randrange(4000))),
            random.choice(CHANNELS),
            random.choice((home, home, away)),
            random.random() < 0.2,
            (number,) if random.random() < 0.8 else (number, number + 10_000),
        )
        for number, start in enumerate(sorted(moment() for _ in range(openings)))
    )
    logged = tuple(next_date(FIRST, day) for day in range(days) if random.random() < random.choice((1.0, 0.7)))
    some = range(random.randrange(others + 1))
    return DetectorInput(
        made,
        logged,
        home,
        BEGIN + span + random.randrange(DAY),
        random.choice((0, 14_400, 20_000)),
        days=random.choice((28, 28, 14, None)),
        seconds={date: random.choice((0, 5, 60, 3600, 9000)) for date in logged if random.random() < 0.9},
        until=random.choice((None, BEGIN + span, BEGIN + span + DAY)),
        notifications=tuple(
            Notification(random.choice(CHANNELS), at, random.choice((None, away)))
            for at in sorted(moment() for _ in some)
        ),
        posts=tuple(
            Post(start, start + random.randrange(3000), random.choice((home, away)), number)
            for number, start in enumerate(sorted(moment() for _ in some))
        ),
        plans=tuple(
            Planned(date_of(moment()), random.choice((1, 600)), random.randrange(2000), at)
            for at in some
        ),
        estimates=tuple(
            WeekEstimate(f"2026-W{at % 52 + 1:02}", random.randrange(9000), random.choice((0, 3600, 6000)))
            for at in some
        ),
        pauses=tuple(
            EndedPause(date_of(start), start, start + random.randrange(9000))
            for start in sorted(moment() for _ in some)
        ),
        life=tuple(sorted(moment() for _ in some)),
        sleep=random.choice((None, (82_800, 25_200), (3600, 30_000), (0, 0), (50_000, 40_000))),
        wakes_at=random.choice((None, 25_200, 3600, 0)),
        worth=ReturnSummary(
            tuple(Return(name, random.choice((0, 3600, 200_000)), random.randrange(5)) for name in CHANNELS),
            random.choice((0, len(logged), 90)),
            random.choice((None, 0.0, 0.1, 3.0)),
            random.choice(((), ("hour_cost",))),
        ),
    )  # fmt: skip


#: Logs with many days and little in them, and the other way round.
LOGS = st.builds(any_log, st.integers(0, 2**32), st.integers(0, 80), st.integers(0, 400), st.integers(0, 60))


def mixed(log: DetectorInput, random: Random) -> DetectorInput:
    """The same log, with what has no order of its own in another one."""
    kinds = ("plans", "estimates", "pauses", "posts")
    other: dict[str, Any] = {kind: random.sample(getattr(log, kind), len(getattr(log, kind))) for kind in kinds}
    returns = random.sample(log.worth.returns, len(log.worth.returns))
    return log._replace(**other, worth=log.worth._replace(returns=tuple(returns)))


def holds(find: Callable[[DetectorInput], Finding], log: DetectorInput, *reads: str) -> Finding:
    """Asserts what is true of every finding, of one that `reads` these fields of a log; and returns it."""
    finding = find(log)
    assert finding.state in ("quiet", "flagged", "not enough data")
    assert finding.evidence
    assert "{" not in finding.evidence + finding.usual + finding.chance + finding.others
    for value in finding.figures.values():
        assert value is None or isinstance(value, int | str) or (isinstance(value, float) and isfinite(value))
    assert json.loads(json.dumps(finding.figures)) == finding.figures
    known = {id for opening in log.openings for id in opening.session_ids} | {plan.session for plan in log.plans}
    assert known.issuperset(finding.sessions)
    assert len(set(finding.sessions)) == len(finding.sessions)
    if finding.state == "flagged":
        assert finding.margin >= 1
    else:
        assert (finding.margin, finding.sessions, finding.events) == (0, (), ())
    if finding.state == "not enough data":
        assert finding.chart is None
        assert finding.evidence.startswith("needs ") or "of the 14" in finding.evidence
    if finding.chart:
        assert len(finding.chart.labels) == len(finding.chart.values)
        assert len(finding.chart.usual) in (0, len(finding.chart.values))
        assert all(isfinite(value) and value >= 0 for value in finding.chart.values)
    assert finding.first_date is None or finding.first_date in log.logged_dates
    assert finding.last_date is None or finding.last_date in log.logged_dates
    nothing = DetectorInput((), (), "UTC", 0)
    unread = {field: getattr(nothing, field) for field in DetectorInput._fields if field not in ALWAYS.union(reads)}
    assert find(log._replace(**unread)) == finding, "it reads something else"
    again = find(mixed(log, Random(1)))
    assert (again.state, again.figures) == (finding.state, finding.figures), "an order that means nothing matters"
    return finding
