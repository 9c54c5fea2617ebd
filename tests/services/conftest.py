"""An empty log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tracker.storage import Database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database.open(str(tmp_path / "tracker.db")) as opened:
        yield opened
