"""`brief_checks`: months whose true share of checks is known."""

from __future__ import annotations

from tests.studies.people import USUAL
from tests.studies.study import PLANTED, Size, Study
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.detectors.brief_checks import A_DAY, SHARE, find
from tracker.analytics.patterns.finding import Finding
from tracker.analytics.statistics.descriptive import wilson_interval


def _first(log: DetectorInput, found: Finding) -> bool:
    """Wilson's interval over sessions, as if each were on its own."""
    brief, sessions = int(found.figures["brief"] or 0), int(found.figures["sessions"] or 0)
    return wilson_interval(brief, sessions)[0] > SHARE and brief / len(log.window) >= A_DAY


STUDY = Study(
    name="brief_checks",
    find=find,
    edge="The true share of checks is 0.60, the threshold itself. In B and C each day has a share of its own around it "
    "(standard deviation 0.10). The order of the days cannot matter, so B is a null for it as well.",
    size="a true share of 0.75",
    planted=PLANTED,
    claims={"middle": 14, "high": 14},
    sizes=(
        *(Size(f"true share {share:.2f}", USUAL._replace(checks=share)) for share in (0.50, 0.60, 0.65, 0.70)),
        *(Size(f"true share {share:.2f}, uneven days", USUAL._replace(checks=share), "C") for share in (0.65, 0.70)),
    ),
    first=_first,
    first_was="Wilson's interval over single sessions, as if each were a draw of its own. Where days have shares of "
    "their own, that interval is too narrow.",
    weakness="At low use there are too few checks a day (10 are asked for), so it never speaks, whatever the share.",
)
