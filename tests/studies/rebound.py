"""`rebound`: quiet days that nothing follows, and quiet days that are made up for."""

from __future__ import annotations

from statistics import median

from tests.studies.people import USUAL
from tests.studies.signs import sign_flip
from tests.studies.study import Size, Study
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.detectors.rebound import QUIET, find
from tracker.analytics.patterns.finding import Finding
from tracker.calendar.days import dates, next_date, weekday


def _first(log: DetectorInput, found: Finding) -> bool:
    """The differences from the median of the other days of their type, their signs flipped by chance, p < .05."""
    days = {date: log.seconds.get(date, 0) for date in log.window}
    most = QUIET * median(days.values())
    types = [[date for date in days if (weekday(date) >= 5) is weekend] for weekend in (False, True)]
    differences = []
    for quiet in dates(log.window[0], log.window[-1]):
        date = next_date(quiet)
        if date in days and days[quiet] <= most:
            like_it = [days[other] for other in types[weekday(date) >= 5] if other != date]
            differences.append(days[date] - median(like_it))
    return len(differences) >= 6 and sign_flip(differences) < 0.05


QUIETLY = USUAL._replace(quiet=0.5)
SIZES = {"low": 4.0, "middle": 3.0, "high": 3.0}

STUDY = Study(
    name="rebound",
    find=find,
    edge="About one day in three is empty, never two in a row, and the day after is like any other.",
    size="the day after has three times its time; at low use four times",
    planted={use: QUIETLY._replace(rebound=times) for use, times in SIZES.items()},
    claims={"low": 28, "middle": 28, "high": 28},
    needs=28,
    null=QUIETLY,
    times=False,
    sizes=tuple(
        Size(f"{times:g} times as long, {use} use", QUIETLY._replace(rebound=times), use=use)
        for use in ("low", "middle", "high")
        for times in (1.5, 2.0, 3.0)
    ),
    first=_first,
    first_was="The differences from the usual day, their signs flipped by chance (p < 0.05): days are skewed, and that "
    "took long ones for a lean.",
    weakness="It needs six days after quiet ones in four weeks, which somebody who rarely has a quiet day never gets.",
)
