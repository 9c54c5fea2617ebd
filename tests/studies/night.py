"""`night`: nights of known chance to be opened."""

from __future__ import annotations

from tests.studies.people import USUAL
from tests.studies.study import Size, Study
from tracker.analytics.patterns.detectors.night import find

STUDY = Study(
    name="night",
    find=find,
    edge="One night in twenty is opened. The person sleeps when they say so: openings of late evenings and early "
    "mornings come up to the edges of the sleep hours.",
    size="every second night is opened",
    planted=USUAL._replace(nights=0.5),
    claims={"low": 28, "middle": 28, "high": 28},
    needs=28,
    sizes=tuple(Size(f"{share:.0%} of nights opened", USUAL._replace(nights=share)) for share in (0.1, 0.2, 0.3, 0.4)),
    weakness="Three of 14 is a product's choice, not a test: somebody who opens one night in ten is flagged in one "
    "month of six, one night in five in half of them. Somebody who is up during the hours declared as sleep is "
    "flagged, which is what was asked. Fourteen nights that are over take fifteen logged days, so 14 are not enough.",
)
