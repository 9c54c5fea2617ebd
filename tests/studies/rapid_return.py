"""`rapid_return`: months in which nothing changes, and a last fortnight of coming straight back."""

from __future__ import annotations

from tests.studies.people import USUAL
from tests.studies.study import Size, Study
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.detectors.rapid_return import POINTS, P, find
from tracker.analytics.patterns.finding import Finding
from tracker.analytics.statistics.significance import two_proportions


def _first(log: DetectorInput, found: Finding) -> bool:
    """Two proportions of single openings."""
    back, trials, back_before, trials_before = (
        int(found.figures[name] or 0) for name in ("returns", "openings", "returns_before", "openings_before")
    )
    higher = back / trials - back_before / trials_before
    return higher >= POINTS and two_proportions(back, trials, back_before, trials_before) < P


STUDY = Study(
    name="rapid_return",
    find=find,
    edge="Nothing changes between the 28 days before and the last 14: returns come by chance, in rounds (B), or more "
    "of them on busy days that follow each other (C).",
    size="in the last 14 days every second opening is followed by a return",
    planted=USUAL._replace(returns=0.5),
    claims={"low": 42, "middle": 42, "high": 42},
    needs=42,
    sizes=(
        *(
            Size(f"days vary by ±40 %, {use} use", USUAL._replace(uneven=0.4), use=use, harmless=True)
            for use in ("low", "middle", "high")
        ),
        *(
            Size(f"{share:.0%} of openings followed by a return, {use} use", USUAL._replace(returns=share), use=use)
            for use in ("low", "middle", "high")
            for share in (0.1, 0.2, 0.3)
        ),
    ),
    first=_first,
    first_was="p of two proportions of single openings alone, which come in busy hours and are not independent. On "
    "these lives that was right often enough; the days are asked as well because real days may resemble each other for "
    "longer.",
    weakness="At high use openings are close together anyway, so part of all openings are returns, and fewer are "
    "left to become so.",
)
