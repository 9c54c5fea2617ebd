"""What every test stands on: a frozen clock's instant, a fresh file, and the real samples where they exist."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.guard import one_way_to_the_log  # noqa: F401 - a fixture of every test

# The suite people run all day tries the same examples each time; `HYPOTHESIS_PROFILE=thorough pytest` hunts for new
# ones, for an hour.
settings.register_profile("daily", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "daily"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: the tests of the screens spend a part of their time waiting."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Keep the collector of garbage from walking thousands of collected tests and imported modules again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


#: Monday 23 November 2026, 15:12 in Paris: the "now" of tests, docs and screenshots.
NOW = 1795443120

SAMPLES = Path(__file__).resolve().parent.parent.parent / "shared" / "samples"


@pytest.fixture
def samples() -> Path:
    """The folder of real files for the importers, which lives beside the project, not in it."""
    if not SAMPLES.is_dir():
        pytest.skip("no ../shared/samples here: the real files are not part of the project")
    return SAMPLES


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's year as it ends at NOW: to be read; who writes copies it."""
    from tracker import demo

    path = tmp_path_factory.mktemp("demo") / "demo.db"
    demo.make(str(path), NOW)
    return path
