"""`overrun`: plans whose true share of overruns is known."""

from __future__ import annotations

from tests.studies.people import USUAL
from tests.studies.study import PLANTED, Size, Study
from tracker.analytics.patterns.detectors.overrun import find

STUDY = Study(
    name="overrun",
    find=find,
    edge="Every second plan is overrun, which is the threshold itself. It does not look at openings, so A, B and C are "
    "the same to it. There are 1, 2 and 4 plans a day at low, middle and high use.",
    size="a true share of 0.90",
    planted=PLANTED,
    claims={"low": 14, "middle": 14, "high": 14},
    sizes=tuple(
        Size(f"true share {share:.2f}, {plans} plans", USUAL._replace(overruns=share), use="low", days=plans)
        for plans in (14, 28)
        for share in (0.60, 0.70, 0.80, 0.90)
    ),
    weakness="With the fewest plans it speaks of, 14, a share of 0.80 is seen in about two of three months.",
)
