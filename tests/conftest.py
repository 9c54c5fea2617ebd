"""What every test stands on: a frozen clock's instant, a fresh file, and the real samples where they exist."""

from __future__ import annotations

import gc
import os
import re
import shutil
import signal
import sys
import time
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.fresh import fresh_logs_are_copied  # noqa: F401 - a fixture of every test
from tests.guard import one_way_to_the_log  # noqa: F401 - a fixture of every test
from tracker import locale
from tracker.calendar import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a terminal, a machine or its user asks for is no part of a test: what one of them needs, it sets itself. (Before
# Textual is imported, which reads some of these once.)
ASKED_FOR = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "LANGUAGE", "LC_", "TEXTUAL_", "TRACKER_", "XDG_")
for name in [name for name in os.environ if name.startswith((*ASKED_FOR, "EDITOR", "VISUAL"))]:
    del os.environ[name]
# sqlite-utils looks for pandas, which takes most of a second and which people do not have: statsmodels brings it.
sys.modules["pandas"] = None  # type: ignore[assignment]  # what `import` takes for missing
# A machine that keeps no compiled code would have every worker, and every program that a test starts, compile it anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
os.environ |= {"LANG": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor", "TZ": "UTC"}
time.tzset()

# A shell that starts the tests in the background has them ignore Ctrl-C, and with them the programs that they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The suite people run all day tries the same examples each time; `HYPOTHESIS_PROFILE=thorough pytest` hunts for new
# ones, for an hour.
settings.register_profile("daily", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "daily"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: the tests of the screens spend a part of their time waiting."""
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where a look of the screens was meant to change: tests/tui/test_looks.py."""
    parser.addoption("--update-looks", action="store_true", help="write the looks of the screens anew")


#: In seconds: what runs so long hangs, also on a machine that has much else to do. No test waits for it to pass.
HANGS_AFTER = 600

#: What the quick part leaves out; of the screens it has those that are used all day.
SLOW = (
    *("analytics/patterns/test_null_worlds.py", "analytics/patterns/test_studies.py"),
    *("test_demo.py", "cli/test_demo.py", "reports/test_longer_look.py", "reports/test_clusters_today.py"),
    *("storage/test_undo_machine.py", "test_torture.py", "test_beside_screens.py", "tui/"),
    *("cli/test_endless.py", "recompute/test_recompute.py"),
)
QUICK_SCREENS = (
    "begin_keys",
    "chart",
    "clock_monitor",
    "day_keys",
    "error_words",
    "keys",
    "mouse_and_keys",
    "theme",
    "timer_keys",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of slow kinds: `-m "not slow"` is the quick part."""
    for item in items:
        if _is_slow(item.path):
            item.add_marker("slow")


@cache
def _is_slow(file: Path) -> bool:
    here = Path(__file__).resolve().parent
    path = file.relative_to(here).as_posix() if file.is_relative_to(here) else ""
    return path.startswith(SLOW) and path not in [f"tui/test_{name}.py" for name in QUICK_SCREENS]


def pytest_collection_finish() -> None:
    """Keep the collector of garbage from walking thousands of collected tests and imported modules again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


#: Monday 23 November 2026, 15:12 in Paris: the "now" of tests, docs and screenshots.
NOW = 1795443120


#: In the name of each test's folder.
_numbers = count()


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new folder. pytest's own finds its number among the names of all folders: of thousands, for each test."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    return tmp_path_factory.mktemp(f"{next(_numbers)}_{name}", numbered=False)


@pytest.fixture
def as_started() -> Iterator[None]:
    """The clock runs and the language is English, before the test and after it, whatever its commands set."""
    clock.freeze(None)
    locale.use("en")
    yield
    clock.freeze(None)
    locale.use("en")


SAMPLES = Path(__file__).resolve().parent.parent.parent / "shared" / "samples"


@pytest.fixture
def samples() -> Path:
    """The folder of real files for the importers, which lives beside the project, not in it."""
    if not SAMPLES.is_dir():
        pytest.skip("no ../shared/samples here: the real files are not part of the project")
    return SAMPLES


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's year as it ends at NOW: to be read; who writes copies it. It takes more than a second to make."""
    from tracker import demo

    path = tmp_path_factory.mktemp("demo") / "demo.db"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        demo.make(str(path), NOW)
        return path
    # The folder above a worker's own is that of all workers of this run: the first one makes the year for the others.
    shared = tmp_path_factory.getbasetemp().parent / "demo.db"
    if shared.exists():
        shutil.copy(shared, path)
    else:
        demo.make(str(path), NOW)
        os.replace(shutil.copy(path, path.with_name("whole.db")), shared)
    return path
