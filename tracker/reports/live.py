"""What today shows, as it happens: the patterns that can be told within one day.

`status` asks for this all day long, so the month it is judged against is read only once today has as many openings
within half an hour as could be a cluster at all. What the user dismissed or expects is not told.
"""

from __future__ import annotations

from tracker.analytics.patterns.openings import crowded_windows
from tracker.reports.reach import widest
from tracker.storage import session_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.analytics.patterns.finding import Cluster
    from tracker.settings import Settings
    from tracker.storage import Journal


def clusters_today(
    journal: Journal, settings: Settings, today: str, *, zone: str, now: int, social: Collection[str]
) -> tuple[Cluster, ...]:
    """Today's clusters of openings, of those the finding `check_cluster` reports; `social` names what counts."""
    rows = session_table.spans(journal, *widest(journal, today, today, zone, settings.day_starts_at))
    # Openings are sessions joined, so where the sessions are no crowd, the openings are none either.
    if not crowded_windows([start for _id, channel, start, *_rest in rows if channel in social]):
        return ()
    from tracker.analytics.patterns.detectors import check_cluster
    from tracker.analytics.patterns.scan import clusters
    from tracker.reports.findings import log_of_openings
    from tracker.storage import pattern_flags

    if check_cluster.NAME in pattern_flags.marks(journal, today):
        return ()
    found = clusters(log_of_openings(journal, settings, zone=zone, now=now, last=today))
    return tuple(cluster for cluster in found if cluster.date == today)
