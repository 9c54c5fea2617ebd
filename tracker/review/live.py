"""What today shows, as it happens: the patterns that can be told within one day."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.journal import Journal
    from tracker.settings import Settings


def flagged_today(journal: Journal, settings: Settings, today: str, *, zone: str, now: int) -> tuple[str, ...]:
    """Names of the patterns flagged today, from today's openings against the 27 logged days before."""
    from tracker.patterns.registry import flagged_today as flagged
    from tracker.review.findings import log

    return tuple(flagged(log(journal, settings, zone=zone, now=now), today))
