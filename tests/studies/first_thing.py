"""`first_thing`: mornings of known chance to begin with an opening."""

from __future__ import annotations

from tests.studies.people import USUAL
from tests.studies.study import PLANTED, Size, Study
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.detectors.first_thing import find
from tracker.analytics.patterns.finding import Finding


def _first(log: DetectorInput, found: Finding) -> bool:
    """Ten of the fourteen."""
    return int(found.figures["days_first_thing"] or 0) >= 10


UNDECLARED = USUAL._replace(wakes=False)

STUDY = Study(
    name="first_thing",
    find=find,
    edge="Every second day begins with an opening, at a declared waking that is true.",
    size="nine days of ten begin so",
    planted=PLANTED,
    claims={"low": 14, "middle": 14, "high": 14},
    sizes=(
        Size("every second day, waking undeclared", UNDECLARED, harmless=True),
        *(
            Size(
                f"every second day, waking undeclared, nothing else recorded before noon, {use} use",
                UNDECLARED._replace(late=True),
                use=use,
                harmless=True,
            )
            for use in ("low", "middle", "high")
        ),
        Size("nine of ten days, waking undeclared", UNDECLARED._replace(mornings=0.9)),
        *(Size(f"{share:.0%} of days", USUAL._replace(mornings=share)) for share in (0.6, 0.7, 0.8)),
    ),
    first=_first,
    first_was="Ten of the fourteen were enough; and (not in these tables, because it now says nothing there) any other "
    "record of the day made an undeclared waking known, so that the first opening was always the first thing.",
    weakness="It believes the declared time: who is up an hour before it, and opens something then, begins the day "
    "with an opening. Without a declared time it needs something else recorded within 15 min of the first sign of "
    "life, and mostly says that it wants the time.",
)
