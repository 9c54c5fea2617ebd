"""A fresh file for each test, and readers that know the channels of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.importers.channel_matcher import ChannelMatcher
from tracker.importers.imported_record import ReadContext
from tracker.storage import Journal, channels

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(str(tmp_path / "tracker.db")) as opened:
        yield opened


@pytest.fixture
def context(journal: Journal) -> ReadContext:
    known = ChannelMatcher(((one.name, one.title) for one in channels.channels(journal)), channels.matches(journal))
    return ReadContext(
        "Europe/Paris", NOW, known, frozenset(one.name for one in channels.activities(journal)), lambda _: None
    )
