"""A fresh file for each test, and readers that know the channels of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.importers.fact import Reader
from tracker.importers.recognise import Recogniser
from tracker.storage import Journal, channels

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(str(tmp_path / "tracker.db")) as opened:
        yield opened


@pytest.fixture
def reader(journal: Journal) -> Reader:
    known = Recogniser(((one.name, one.title) for one in channels.channels(journal)), channels.matches(journal))
    return Reader(
        "Europe/Paris", NOW, known, frozenset(one.name for one in channels.activities(journal)), lambda _: None
    )
