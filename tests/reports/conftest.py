"""A small file with a known week in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.storage import Database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def database() -> Iterator[Database]:
    """In memory: what a file adds to it is tested in tests/storage."""
    with Database.open(":memory:") as opened:
        yield opened


@pytest.fixture
def database_in_file(tmp_path: Path) -> Iterator[Database]:
    """The same for tests in which another program opens it too."""
    with Database.open(str(tmp_path / "tracker.db")) as opened:
        yield opened


@pytest.fixture
def now() -> int:
    return NOW
