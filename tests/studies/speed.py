"""How much a command costs, as a ratio to its floor: `python -m tests.studies.speed [SESSIONS]`.

Writes a made-up file of so many sessions over ten years (default 1,000,000) into a temporary folder and prints the
whole table of the design, each row beside its bar:

- for each command, the median of its processor time over that of `python -c "import sqlite3"` run in turn with it: a
  machine that others use at once stretches the wall clock, and less so the time a program itself takes;
- the first paint and the peak memory of the screens, over those of an empty Textual app, on a pseudo-terminal;
- the check of today, live, in milliseconds.

It asserts nothing: milliseconds drift, ratios hold. Byte code is compiled once first, as an installed program's is.
"""

from __future__ import annotations

import compileall
import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

from tests.studies.big_history import NOW, ZONE, made_up
from tracker.calendar.days import day_of
from tracker.reports.status import clusters_today
from tracker.settings import Settings
from tracker.storage import Journal, bulk_load, channels
from tracker.storage.undo_steps import undo_step
from tracker.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent.parent

#: Command, and the design's bar as a multiple of the floor.
COMMANDS = (
    (("status",), 2),
    (("check", "linkedin"), 2),
    (("start", "x"), 2),
    (("stop",), 2),
    (("week", "--json"), 8),
    (("patterns", "--json"), 60),
    (("patterns", "--json", "--from", "2016-12-01"), 60),
)

#: A frame of the screens, in milliseconds: what the live check of today may take.
FRAME = 16


#: An app with a line, a table and a footer: what the screens are measured against.
EMPTY = """
from textual.app import App
from textual.widgets import DataTable, Digits, Footer, Static
class Empty(App):
    BINDINGS = [("1", "bell", "Timer"), ("2", "bell", "Day"), ("3", "bell", "Week")]
    def compose(self):
        yield from (Static("Timer"), Digits("0:00:00"), DataTable(), Footer())
Empty().run()
"""

#: As bars: times as long until the first paint, times the memory after each view was seen.
PAINT, MEMORY = 1.5, 1.5

#: The first paint is there once so many bytes have been drawn.
DRAWN = 512


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    """Processor time of a command, its own and the kernel's for it."""
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, _status, used = os.wait4(child.pid, 0)
    return used.ru_utime + used.ru_stime


def _screens(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """(seconds to the first paint, peak memory in MiB) of a terminal program in which 1, 2 and 3 are then pressed."""
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(command[0], command, environment | {"TERM": "xterm-256color", "COLUMNS": "120", "LINES": "36"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    drawn, painted = 0, began
    while drawn < DRAWN:
        drawn += len(os.read(terminal, 65536))
        painted = time.perf_counter()
    for key in (b"1", b"2", b"3", b"1", b"\x11"):
        _read_for(terminal, 1.0)
        os.write(terminal, key)
    _read_for(terminal, 3.0)
    used = os.wait4(pid, 0)[2]
    os.close(terminal)
    return painted - began, used.ru_maxrss / 1024


def _read_for(terminal: int, seconds: float) -> None:
    """Read what is drawn, as a terminal does, for so long or until the program is over."""
    until = time.perf_counter() + seconds
    while (left := until - time.perf_counter()) > 0:
        if select.select([terminal], [], [], left)[0]:
            try:
                os.read(terminal, 65536)
            except OSError:
                return


def screens(environment: dict[str, str], runs: int = 5) -> tuple[float, float]:
    """First paint and peak memory of the screens, over those of the empty app run in turn with them."""
    ours, empty = [], []
    for _run in range(runs):
        empty.append(_screens([sys.executable, "-c", EMPTY], environment))
        ours.append(_screens([sys.executable, "-m", "tracker"], environment))
    paint, memory = (
        statistics.median(one[what] for one in ours) / statistics.median(one[what] for one in empty) for what in (0, 1)
    )
    return paint, memory


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    compileall.compile_dir(str(ROOT / "tracker"), quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "tracker.db")
        with Journal.open(path) as journal:
            bulk_load.fill(journal, now=NOW, sessions=list(made_up(count)))
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
        paint, memory = screens(environment)
        print(f"  {'first paint':36} {paint:6.1f}×   bar {PAINT}× of an empty app")
        print(f"  {'peak memory':36} {memory:6.1f}×   bar {MEMORY}× of an empty app")
        with Journal.open(path) as journal:
            print(f"  {'today, live, in a burst':36} {live(journal):6.1f} ms  bar {FRAME} ms")


def live(journal: Journal) -> float:
    """Median milliseconds of the check of today, with so many openings now that the month behind is looked at."""
    today = day_of(NOW, ZONE, Settings().day_starts_at)
    social = {one.name for one in channels.channels(journal) if one.kind == "social"}
    with undo_step(journal, "a burst", NOW):
        for minute in range(8):
            journal.change(
                "INSERT INTO session(channel, start, \"end\", zone) VALUES ('reddit', ?1, ?1 + 12, ?2)",
                (NOW - 120 * minute - 60, ZONE),
            )
    taken = []
    for _run in range(15):
        began = time.perf_counter()
        clusters_today(Workspace(journal, Settings(), ZONE, now=NOW), today, social=social)
        taken.append(time.perf_counter() - began)
    return 1000 * statistics.median(taken)


if __name__ == "__main__":
    main()
