"""`check_cluster`: months of chance, months with one burst planted, and months of busy and quiet days."""

from __future__ import annotations

from tests.studies.people import USUAL
from tests.studies.study import Size, Study
from tracker.analytics.patterns.detector_input import DetectorInput, placed_openings
from tracker.analytics.patterns.detectors.check_cluster import find
from tracker.analytics.patterns.finding import Finding
from tracker.analytics.patterns.scan import DayLevels, Scan


class Alike(DayLevels):
    """Days that are all as busy as each other."""

    def __init__(self) -> None:
        """Nothing is to be known of them."""

    def without(self, day: int, counted: int, expected: float) -> float:
        return 1.0


def _first(log: DetectorInput, found: Finding) -> bool:
    """What is usual at that hour, whatever the day."""
    scan = Scan(log, placed_openings(log)[1])
    scan.levels = Alike()
    return bool(scan.flagged())


UNEVEN = USUAL._replace(uneven=0.4)
SIZES = {"low": 6, "middle": 11, "high": 17}

STUDY = Study(
    name="check_cluster",
    find=find,
    edge="Openings come by chance at the person's own rates (A), or on days that are busier and quieter as a whole "
    "(C). The rounds of B are bursts, so it is *not* meant to be silent on them.",
    size="one burst within 30 min about 14:00: 6 checks at low use, 11 at middle, 17 at high use",
    planted={use: USUAL._replace(burst=checks) for use, checks in SIZES.items()},
    claims={"low": 14, "middle": 14, "high": 14},
    silent_on="AC",
    sizes=(
        *(Size(f"days vary by ±40 %, {use} use", UNEVEN, use=use, harmless=True) for use in ("low", "middle", "high")),
        *(
            Size(f"a burst of {checks}, {use} use", USUAL._replace(burst=checks), use=use)
            for use, several in {"low": (5, 6), "middle": (6, 8, 10), "high": (8, 12, 16)}.items()
            for checks in several
        ),
    ),
    first=_first,
    first_was="What is usual at that hour, whatever the day: people who merely have busy days were flagged.",
    weakness="A burst has to stand out of what is usual: eight checks do where two an hour are usual, not where ten "
    "are. A day that is bursts from morning to evening is a busy day to it.",
)
