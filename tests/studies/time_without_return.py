"""`time_without_return`: channels that just pay, and channels that do not."""

from __future__ import annotations

from tests.studies.people import LEADS, USUAL
from tests.studies.study import PLANTED, Size, Study
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.detectors.time_without_return import find
from tracker.analytics.patterns.finding import Finding


def _first(log: DetectorInput, found: Finding) -> bool:
    """0.90 for any channel."""
    return any(float(value or 0) >= 0.90 for name, value in found.figures.items() if name.startswith("below."))


STUDY = Study(
    name="time_without_return",
    find=find,
    edge=f"One channel brings exactly as many leads as pay for it: {LEADS:g} were to be expected in 28 days, and as "
    "many more in more days. It does not look at openings, so A, B and C are the same to it.",
    size="no lead comes at all",
    planted=PLANTED,
    claims={"low": 28, "middle": 28, "high": 28},
    needs=28,
    sizes=(
        Size("three channels that just pay", USUAL._replace(channels=3), harmless=True),
        *(
            Size(
                f"a channel with {share:.2f} of the leads that pay, {days} days", USUAL._replace(earns=share), days=days
            )
            for days in (28, 90)
            for share in (0.5, 0.25, 0.1)
        ),
    ),
    first=_first,
    first_was="A chance of 0.90, for any of the channels. At break-even that is wrong more often than 5 %, the more so "
    "the more channels there are.",
    weakness="It takes hours: a channel with a quarter of the leads that pay is seen in nine of ten spans of 90 "
    "days, but only in two of five of 28.",
)
