"""Time that was not meant: inside the focus hours without an intention, or past its plan. A talk needs no intention.

Nobody could give measured time one before it: there an activity that makes something or deals with people counts.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.recompute.day import Part
from tests.recompute.life import KINDS, MEASURED, PURPOSES, Life
from tests.recompute.plans import is_over
from tests.recompute.wall import clock_of, covered, later, shown


def unmeant_seconds(life: Life, here: Iterable[Part]) -> int:
    """Seconds of these parts, each moment once."""
    return covered([interval for part in here for interval in _unmeant(life, part)])


def told(parts: Iterable[Part]) -> list[Part]:
    """Without the measured time of which nobody said what it was for. A talk needs no word."""
    return [part for part in parts if not _is_untold(part)]


def _is_untold(part: Part) -> bool:
    session = part.session
    said = session.activity or session.intention is not None or session.planned_seconds is not None
    return session.source in MEASURED and not said and KINDS[session.channel] != "in_person"


def _unmeant(life: Life, part: Part) -> Iterable[tuple[int, int]]:
    session, reasons = part.session, []
    lasted = (life.now if session.end is None else session.end) - session.start
    if session.planned_seconds is not None and is_over(lasted, session.planned_seconds):
        reasons.append((session.start + session.planned_seconds, part.end))
    is_named = session.source in MEASURED and PURPOSES.get(session.activity or "") in ("make", "relate")
    if session.intention is None and not is_named and KINDS[session.channel] != "in_person":
        date, last = (shown(instant, session.zone).date().isoformat() for instant in (part.start, part.end))
        while date <= last:
            for start, end in life.choices.focus_hours:
                reasons.append((clock_of(date, start, session.zone), clock_of(date, end, session.zone)))
            date = later(date)
    cut = [(max(start, part.start), min(end, part.end)) for start, end in reasons]
    return [(start, end) for start, end in cut if start < end]
