"""What a channel was begun with before: offered when it is begun again."""

from __future__ import annotations

from typing import Any

from tests.conftest import NOW
from tracker.storage import Journal, session_table, sessions

ZONE = "Europe/Paris"


def begun(journal: Journal, hour: int, channel: str = "linkedin", **details: Any) -> None:
    """A session of ten minutes so many hours ago."""
    start = NOW - 3600 * hour
    sessions.add(journal, channel, start, start + 600, ZONE, now=NOW, **details)


def test_each_is_there_once_the_last_first(journal: Journal) -> None:
    begun(journal, 9, activity="create", intention="carousel", planned_seconds=1500)
    begun(journal, 8, activity="reply", planned_seconds=600)
    begun(journal, 7, activity="create", intention="carousel", planned_seconds=1500)
    begun(journal, 6, activity="create", intention="carousel", planned_seconds=2400)
    begun(journal, 5)
    begun(journal, 4, channel="x", activity="scroll")
    sessions.check(journal, "linkedin", NOW - 60, ZONE, "likes", now=NOW)
    assert [found[:3] for found in session_table.combinations(journal, "linkedin", 9)] == [
        ("create", "carousel", 2400),
        ("create", "carousel", 1500),
        ("reply", None, 600),
    ]
    assert len(session_table.combinations(journal, "linkedin", 2)) == 2


def test_a_channel_never_used_offers_nothing(journal: Journal) -> None:
    assert session_table.combinations(journal, "linkedin", 9) == []
