"""The commands that run all day import nothing they do not use: seen in a fresh interpreter, on a file that exists."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.conftest import Tracker

#: What a bare `import sqlite3` and the daily commands do without.
HEAVY = (
    *("typing", "dataclasses", "pathlib", "json", "inspect", "re", "argparse", "tomllib", "importlib.metadata"),
    *("arrow", "babel", "sqlite_utils", "textual", "rich", "platformdirs", "tomlkit", "numpy"),
)

PROGRAM = """
import sys
from tracker.cli import main
code = main(sys.argv[1:])
assert code == 0, code
print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize(
    "line",
    ["start linkedin create --for 25m", "stop", "check x likes", "status", "cancel", "switch x", "resume", "urge x"],
)
def test_a_daily_command_stays_light(tracker: Tracker, line: str) -> None:
    tracker.run("check x")  # a second check cuts the first one
    tracker.run("outcome prospect")  # which may follow its session
    if line == "resume":
        tracker.run("log linkedin 14:00-14:10")
    elif line in ("stop", "cancel", "switch x"):
        tracker.run("start linkedin")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(heavy=HEAVY), *line.split()],
        env=tracker.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"


def test_a_command_that_forgets_old_steps_stays_light(tracker: Tracker) -> None:
    tracker.run("check x", now="2026-09-01T12:00")
    forgetful = "import tracker.storage.undo_steps as steps\nsteps.FORGETS_EVERY, steps.UNDO_LASTS = 1, 3600\n"
    done = subprocess.run(
        [sys.executable, "-c", forgetful + PROGRAM.format(heavy=("arrow", "sqlite_utils")), "check", "x"],
        env=tracker.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"
    assert len(tracker.run("history --json").json()) == 1


def test_a_check_with_words_reads_them_without_what_times_need(tracker: Tracker) -> None:
    tracker.run("check x")
    program = PROGRAM.format(heavy=("typing", "difflib", "json", "dataclasses", "inspect", "arrow", "babel"))
    done = subprocess.run(
        [sys.executable, "-c", program, "check", "x", "answers to the offer"],
        env=tracker.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"


def test_a_week_as_json_imports_nothing_that_writes_it_as_text(tracker: Tracker) -> None:
    tracker.run("check x")
    program = PROGRAM.format(
        heavy=(
            *("typing", "dataclasses", "inspect", "tracker.cli.habit", "tracker.cli.patterns"),
            "tracker.reports.comparison",
        )
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "week", "--json"],
        env=tracker.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"


def test_the_first_command_on_a_new_file_imports_no_library(tracker: Tracker) -> None:
    program = PROGRAM.format(heavy=("sqlite_utils", "numpy", "arrow", "json", "re", "dataclasses"))
    done = subprocess.run(
        [sys.executable, "-c", program, "check", "x"],
        env=tracker.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"


def test_no_command_that_prints_imports_the_screens(tracker: Tracker) -> None:
    program = PROGRAM.format(heavy=("textual", "rich", "sqlite_utils", "numpy"))
    for line in ("day", "week --json", "worth", "worth --json", "patterns --json", "history", "channel"):
        done = subprocess.run(
            [sys.executable, "-c", program, *line.split()],
            env=tracker.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr.strip() == "[]", line


def test_the_screens_import_most_actions_with_the_first_key_that_needs_them() -> None:
    later = ("day_actions", "review_actions", "first_run", "evidence", "habits_dialog", "import_screen")
    program = f"""
import sys
import tracker.tui.actions.registry
print([name for name in sys.modules if name.endswith({later!r})])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
