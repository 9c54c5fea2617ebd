"""The source of each of many sessions, read for the few that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tracker.domain.models import Session
from tracker.storage import bulk_load, session_table

if TYPE_CHECKING:
    from tracker.storage import Database

NOW = 1_795_443_120


@pytest.mark.parametrize(
    "kinds",
    [
        ["app-usage", "app-usage", "app-usage"],
        ["app-usage", "timer", "app-usage", "chrome"],
        ["timer", "timer", "chrome"],
        ["chrome", "timer", "log"],
    ],
)
def test_each_session_has_its_source(database: Database, kinds: list[str]) -> None:
    everything = ["safari", *kinds, "firefox"]  # the first and the last lie outside
    bulk_load.fill(
        database,
        now=NOW,
        sessions=[
            Session(0, "x", NOW - 10_000 + 60 * place, NOW - 10_000 + 60 * place + 20, "Europe/Paris", source=source)
            for place, source in enumerate(everything)
        ],
    )
    within = session_table.in_span(database, NOW - 10_000 + 60, NOW - 10_000 + 60 * (len(kinds) + 1))
    ids = [session.id for session in within]
    sources = session_table.sources(database, ids, within[0].start, within[-1].start + 1)
    assert sources == kinds


def test_no_session_has_no_source(database: Database) -> None:
    assert session_table.sources(database, [], 0, NOW) == []
