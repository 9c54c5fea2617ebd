"""What a channel was begun with before: offered when it is begun again."""

from __future__ import annotations

from typing import Any

from tests.conftest import NOW
from tracker.storage import Database, session_table, sessions

ZONE = "Europe/Paris"


def begun(database: Database, hour: int, channel: str = "linkedin", **details: Any) -> None:
    """A session of ten minutes so many hours ago."""
    start = NOW - 3600 * hour
    sessions.add(database, channel, start, start + 600, ZONE, now=NOW, **details)


def test_each_is_there_once_the_last_first(database: Database) -> None:
    begun(database, 9, activity="create", intention="carousel", planned_seconds=1500)
    begun(database, 8, activity="reply", planned_seconds=600)
    begun(database, 7, activity="create", intention="carousel", planned_seconds=1500)
    begun(database, 6, activity="create", intention="carousel", planned_seconds=2400)
    begun(database, 5)
    begun(database, 4, channel="x", activity="scroll")
    sessions.check(database, "linkedin", NOW - 60, ZONE, "likes", now=NOW)
    assert [combination[:3] for combination in session_table.combinations(database, "linkedin", 9)] == [
        ("create", "carousel", 2400),
        ("create", "carousel", 1500),
        ("reply", None, 600),
    ]
    assert len(session_table.combinations(database, "linkedin", 2)) == 2


def test_a_channel_never_used_offers_nothing(database: Database) -> None:
    assert session_table.combinations(database, "linkedin", 9) == []
