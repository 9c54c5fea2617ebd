"""`rising_use`: days without a trend, and days with one."""

from __future__ import annotations

from tests.studies.people import USUAL
from tests.studies.study import Size, Study
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.detectors.rising_use import RISE, find
from tracker.analytics.patterns.finding import Finding


def _first(log: DetectorInput, found: Finding) -> bool:
    """p < .01."""
    z, p, rise = (float(found.figures[name] or 0) for name in ("z", "p", "rise"))
    return z > 0 and p < 0.01 and rise >= RISE


SIZES = {"low": 4.0, "middle": 1.0, "high": 1.0}

STUDY = Study(
    name="rising_use",
    find=find,
    edge="No trend. In C each day resembles the one before (correlation 0.5), which looks like a trend for a while.",
    size="28 days at the end of which a day has twice its time at their start; at low use five times",
    planted={use: USUAL._replace(rise=rise) for use, rise in SIZES.items()},
    claims={"low": 28, "middle": 28, "high": 28},
    needs=28,
    times=False,
    sizes=tuple(
        Size(f"no trend, days that resemble the one before by 0.7, {use} use", USUAL._replace(resembles=0.7), "C", use)
        for use in ("low", "middle", "high")
    )
    + tuple(
        Size(f"{1 + rise:g} times as long in the end, {kind}, {use} use", USUAL._replace(rise=rise), null, use)
        for null, kind in (("A", "even days"), ("C", "uneven days that resemble the one before"))
        for use in ("low", "middle", "high")
        for rise in (0.5, 1.0, 2.0, 4.0)
    ),
    first=_first,
    first_was="p < 0.01. On these nulls that was right often enough, but days that resemble the one before more than "
    "null C has it (correlation 0.7) reached it in up to 12 % of months; see by size.",
    weakness="Where days resemble the one before by 0.7, high use without any trend is still raised in 7 % of "
    "months: it is for information, and a run of busy days looks like a rise. And where days differ by ±40 % four "
    "weeks are too few to tell a doubling from chance: it is mostly missed.",
)
