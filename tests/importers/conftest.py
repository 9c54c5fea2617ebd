"""A fresh file for each test, and readers that know the channels of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.importers.imported_record import ChannelMatcher, ReadContext
from tracker.storage import Database, channels

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database.open(str(tmp_path / "tracker.db")) as opened:
        yield opened


@pytest.fixture
def context(database: Database) -> ReadContext:
    known = ChannelMatcher(
        ((channel.name, channel.title) for channel in channels.channels(database)), channels.matches(database)
    )
    return ReadContext(
        "Europe/Paris",
        NOW,
        known,
        frozenset(activity.name for activity in channels.activities(database)),
        lambda _: None,
    )
