"""`time_distortion`: weekly estimates that are right on average, and some that are not."""

from __future__ import annotations

from tests.studies.people import USUAL
from tests.studies.study import PLANTED, Size, Study
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.detectors.time_distortion import LEAST, find
from tracker.analytics.patterns.finding import Finding


def _first(log: DetectorInput, found: Finding) -> bool:
    """Whatever the weeks that felt the other way."""
    return max(int(found.figures["felt_shorter"] or 0), int(found.figures["felt_longer"] or 0)) >= LEAST


STUDY = Study(
    name="time_distortion",
    find=find,
    edge="Estimates are right on average, and single weeks are off by chance (standard deviation 30 %). It does not "
    "look at openings, so A, B and C are the same to it.",
    size="weeks felt half as long as they were, give or take 20 % of that",
    planted=PLANTED,
    claims={"low": 42, "middle": 42, "high": 42},
    needs=42,
    sizes=(
        Size("right on average, off by 40 % in a usual week", USUAL._replace(doubt=0.4), harmless=True),
        *(
            Size(f"felt {felt:.2f} times as long, give or take 20 %", USUAL._replace(felt=felt, doubt=0.2))
            for felt in (0.75, 0.65, 0.5, 1.5)
        ),
    ),
    first=_first,
    first_was="Four of six weeks the same way, whatever the others: a wild guesser was flagged.",
    weakness="Six estimates take six weeks. A distortion of just 25 %, its threshold, is seen in two of five spans, "
    "one of 35 % in six of seven.",
)
