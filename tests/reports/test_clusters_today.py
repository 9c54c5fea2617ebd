"""Today's clusters, told quickly, are those the finding over the whole window reports for today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tracker.analytics.patterns.detectors.check_cluster import clusters
from tracker.calendar.days import day_of
from tracker.reports.detector_inputs import log
from tracker.services.queries import clusters_today
from tracker.settings import Settings
from tracker.storage import Database, sessions
from tracker.storage.undo_steps import undo_step
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from tracker.analytics.patterns.pattern import Cluster

PARIS = "Europe/Paris"
TODAY = day_of(NOW, PARIS, Settings().day_starts_at)


def _both(database: Database) -> tuple[tuple[Cluster, ...], tuple[Cluster, ...]]:
    chosen = Settings()
    quick = clusters_today(Workspace(database, chosen, PARIS, now=NOW), {"instagram", "linkedin"})
    bursts = clusters(log(Workspace(database, chosen, PARIS, now=NOW)))
    return quick, tuple(cluster for cluster in bursts if cluster.date == TODAY)


@settings(max_examples=40, deadline=None)
@given(
    usual=st.lists(st.tuples(st.integers(1, 40), st.integers(0, 86_399)), min_size=20, max_size=120),
    today=st.lists(st.integers(60, 7200), min_size=3, max_size=14, unique=True),
)
def test_the_quick_answer_is_the_finding_s(usual: list[tuple[int, int]], today: list[int]) -> None:
    starts = {NOW - days * 86_400 - seconds for days, seconds in usual} | {NOW - seconds for seconds in today}
    with Database.open(":memory:") as database:
        with undo_step(database, "made up", NOW):
            database.ensure_zone(PARIS)
            for start in starts:
                database.change(
                    'INSERT INTO session(channel, start, "end", zone) VALUES (?, ?, ?, ?)',
                    ("instagram" if start % 3 else "linkedin", start, start + 12, PARIS),
                )
        quick, slow = _both(database)
    assert quick == slow


def test_six_looks_in_twenty_minutes_are_a_cluster_where_one_is_usual(database: Database) -> None:
    for days in range(1, 28):
        sessions.check(database, "instagram", NOW - days * 86_400 - 3600, PARIS, None, now=NOW)
    for minutes in (2, 6, 9, 13, 17, 20):
        sessions.check(database, "instagram", NOW - minutes * 60, PARIS, None, now=NOW)
    quick, slow = _both(database)
    assert quick
    assert quick == slow


def test_a_second_burst_on_one_day_is_seen_beside_the_first(database: Database) -> None:
    """Each makes the day a busier one, so more is asked of the other, and both are clear enough."""
    for days in range(1, 28):
        for hour in range(1, 7):
            sessions.check(database, "instagram", NOW - days * 86_400 - hour * 3600 - 300, PARIS, None, now=NOW)
    for minutes in range(226, 246, 2):
        sessions.check(database, "linkedin", NOW - minutes * 60, PARIS, None, now=NOW)
    first, _finding = _both(database)
    for minutes in range(6, 22, 2):
        sessions.check(database, "instagram", NOW - minutes * 60, PARIS, None, now=NOW)
    both, finding = _both(database)
    assert [cluster.openings for cluster in first] == [10]
    assert [cluster.openings for cluster in both] == [10, 8]
    assert both == finding


def test_a_day_only_reached_into_counts_as_logged(database: Database) -> None:
    """A night session makes the day after it a logged one: thirteen sessions, fourteen days."""
    for days in range(3, 14):
        sessions.add(database, "linkedin", NOW - days * 86_400, NOW - days * 86_400 + 60, PARIS, now=NOW)
    late = NOW - 2 * 86_400 + 8 * 3600  # 23:12 two days ago, until 05:12
    sessions.add(database, "linkedin", late, late + 6 * 3600, PARIS, now=NOW)
    for minutes in range(9):
        sessions.check(database, "instagram", NOW - minutes * 180, PARIS, None, now=NOW)
    quick, slow = _both(database)
    assert quick
    assert quick == slow
