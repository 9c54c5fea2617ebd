"""`broken_pause`: pauses whose true share of broken ones is known."""

from __future__ import annotations

from tests.studies.people import USUAL
from tests.studies.study import PLANTED, Size, Study
from tracker.analytics.patterns.detectors.broken_pause import find

STUDY = Study(
    name="broken_pause",
    find=find,
    edge="Every second pause is broken, which is the threshold itself. On average 0.8, 1.5 and 3 pauses a day are "
    "declared at low, middle and high use.",
    size="a true share of 0.90",
    planted=PLANTED,
    claims={"low": 28, "middle": 14, "high": 14},
    sizes=tuple(
        Size(f"true share {share:.2f}, about {pauses} pauses", USUAL._replace(breaks=share), use=use)
        for use, pauses in (("low", 22), ("middle", 42))
        for share in (0.60, 0.70, 0.80)
    ),
    weakness="At low use a fortnight often has fewer than the 10 pauses it asks for, and says nothing. A true share of "
    "0.70 is seen in half to three quarters of months.",
)
