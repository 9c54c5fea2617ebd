"""What every test stands on: a frozen clock's instant, a fresh file, and the real samples where they exist."""

from __future__ import annotations

from pathlib import Path

import pytest

#: Monday 23 November 2026, 15:12 in Paris: the "now" of tests, docs and screenshots.
NOW = 1795443120

SAMPLES = Path(__file__).resolve().parent.parent.parent / "shared" / "samples"


@pytest.fixture
def samples() -> Path:
    """The folder of real files for the importers, which lives beside the project, not in it."""
    if not SAMPLES.is_dir():
        pytest.skip("no ../shared/samples here: the real files are not part of the project")
    return SAMPLES
