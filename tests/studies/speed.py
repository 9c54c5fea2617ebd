"""How much a command costs, as a ratio to its floor: `python -m tests.studies.speed [SESSIONS]`.

Writes a made-up file of so many sessions over ten years (default 1,000,000) into a temporary folder and prints, for
each command, the median of its wall time over that of `python -c "import sqlite3"` run in turn with it, beside the
bar the design sets. It asserts nothing: milliseconds drift, ratios hold. Byte code is compiled once first, as an
installed program's is.
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.studies.big_history import NOW, ZONE, made_up
from tracker.calendar.days import day_of
from tracker.journal import Journal, bulk, channels
from tracker.review.live import clusters_today
from tracker.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent

#: Command, and the design's bar as a multiple of the floor.
COMMANDS = (
    (("status",), 2),
    (("check", "linkedin"), 2),
    (("start", "x"), 2),
    (("stop",), 2),
    (("week", "--json"), 8),
    (("patterns", "--json"), 60),
    (("patterns", "--json", "--from", "2016-01-01"), 60),
)

#: A frame of the screens, in milliseconds: what the live check of today may take.
FRAME = 16


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    compileall.compile_dir(str(ROOT / "tracker"), quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "tracker.db")
        with Journal.open(path) as journal:
            bulk.fill(journal, now=NOW, sessions=list(made_up(count)))
        environment = {**os.environ, "TZ": ZONE, "TRACKER_DB": path, "TRACKER_NOW": "2026-11-23T15:12:00+01:00"}
        environment |= {"TRACKER_CONFIG": str(Path(folder) / "settings.toml"), "PYTHONPATH": str(ROOT)}
        print(f"{count:,} sessions; ratio of medians to `import sqlite3`, and the bar")
        for words, bar in COMMANDS:
            ours, floor = [], []
            for _run in range(15):
                floor.append(_seconds([sys.executable, "-c", "import sqlite3"], environment))
                ours.append(_seconds([sys.executable, "-m", "tracker", *words], environment))
            ratio = statistics.median(ours) / statistics.median(floor)
            print(f"  {' '.join(words):36} {ratio:6.1f}×   bar {bar}×")
        with Journal.open(path) as journal:
            print(f"  {'today, live, in a burst':36} {live(journal):6.1f} ms  bar {FRAME} ms")


def live(journal: Journal) -> float:
    """Median milliseconds of the check of today, with so many openings now that the month behind is looked at."""
    today = day_of(NOW, ZONE, Settings().day_starts_at)
    social = {one.name for one in channels.channels(journal) if one.kind == "social"}
    with journal.action("a burst", NOW):
        for minute in range(8):
            journal.change(
                "INSERT INTO session(channel, start, \"end\", zone) VALUES ('reddit', ?1, ?1 + 12, ?2)",
                (NOW - 120 * minute - 60, ZONE),
            )
    taken = []
    for _run in range(15):
        began = time.perf_counter()
        clusters_today(journal, Settings(), today, zone=ZONE, now=NOW, social=social)
        taken.append(time.perf_counter() - began)
    return 1000 * statistics.median(taken)


if __name__ == "__main__":
    main()
