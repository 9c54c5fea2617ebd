"""A fresh file for each test, and doors to it that are not ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tracker.storage import Database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "tracker.db")


@pytest.fixture
def database(path: str) -> Iterator[Database]:
    with Database.open(path) as opened:
        yield opened
