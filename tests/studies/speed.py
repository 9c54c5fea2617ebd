"""The table "Speed" of the design, measured: `python -m tests.studies.speed [--sessions N] [--runs N] [ROW ...]`.

Writes a made-up history of ten years (default 1,000,000 sessions) and a small one (10,000) into a temporary folder and
prints each row beside its bar and its floor. Figures are ratios of medians; the program and its floor run in turn, and
processor time is taken where that is what the row is about, because a machine that others use stretches the clock.

It asserts nothing: milliseconds drift, ratios hold. Byte code is compiled once first, as an installed program's is.
"""

from __future__ import annotations

import argparse
import asyncio
import compileall
import fcntl
import os
import pty
import select
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.importers.makers import Page, watched
from tests.statements import statements_counted
from tests.studies.big_history import COMMON, MISSING, NOW, RARE, ZONE, made_up
from tracker import demo
from tracker.calendar import clock
from tracker.services import finding
from tracker.services.live_workspace import LiveWorkspace
from tracker.settings import Settings
from tracker.storage import Database, bulk_load
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = sys.executable
TRACKER = [PYTHON, "-m", "tracker"]
IMPORT_SQLITE3 = [PYTHON, "-c", "import sqlite3"]
EMPTY = [PYTHON, str(Path(__file__).with_name("empty_app.py"))]
EMPTY_TIMER = [*EMPTY, "--timer"]

#: The sessions of the small file.
SMALL = 10_000

#: The first paint is there once so many bytes have been drawn.
DRAWN = 512

#: Seconds over which an idle screen is watched.
IDLE_SECONDS = 20

VISITS = 100_000


class Look(NamedTuple):
    """One run of a program on a pseudo-terminal."""

    #: Processor seconds until the first paint.
    paint: float
    #: Seconds from each key to the first bytes that answer it.
    keys: list[float]
    #: Processor seconds used while nobody touched it.
    idle: float
    #: Peak resident memory in MiB.
    memory: float


class Bench:
    """The files, the environment of the programs, and how often each is run."""

    def __init__(self, folder: Path, sessions: int, runs: int) -> None:
        self.folder, self.sessions, self.runs = folder, sessions, runs
        self._files: dict[int, Path] = {}

    def file(self, count: int) -> Path:
        """A file of so many sessions, made at the first call."""
        if count not in self._files:
            self._files[count] = self.folder / f"{count}.db"
            with Database.open(str(self._files[count])) as database:
                bulk_load.fill(database, now=NOW, sessions=list(made_up(count)))
        return self._files[count]

    def environment(self, path: Path) -> dict[str, str]:
        """The environment of a program over the file at `path`, its clock frozen."""
        variables = {"TZ": ZONE, "TRACKER_DB": str(path), "TRACKER_NOW": "2026-11-23T15:12:00+01:00"}
        variables |= {"TRACKER_CONFIG": str(self.folder / "settings.toml"), "PYTHONPATH": str(ROOT)}
        return {**os.environ, **variables}

    def command(self, *words: str, runs: int | None = None, before: Callable[[], None] | None = None) -> float:
        """Processor time of a command over the large file, as a multiple of `import sqlite3`."""
        environment = self.environment(self.file(self.sessions))
        return self.ratio([*TRACKER, *words], environment, runs or 3 * self.runs, before)

    def ratio(
        self, command: list[str], environment: dict[str, str], runs: int, before: Callable[[], None] | None = None
    ) -> float:
        """Median processor time of a command, as a multiple of `import sqlite3` run in turn with it."""
        taken: list[float] = []
        floor: list[float] = []
        for _run in range(runs):
            if before:
                before()
            floor.append(processor_time(IMPORT_SQLITE3, environment))
            taken.append(processor_time(command, environment))
        return statistics.median(taken) / statistics.median(floor)

    def looks(self, count: int, keys: Sequence[bytes] = (), idle: float = 0) -> tuple[list[Look], list[Look]]:
        """Runs of the screens over a file of so many sessions, and of the empty app, in turn."""
        environment = self.environment(self.file(count))
        if idle:
            del environment["TRACKER_NOW"]
        empty = EMPTY_TIMER if idle else EMPTY
        ours: list[Look] = []
        floor: list[Look] = []
        programs = [(TRACKER, ours), (empty, floor)]
        for _run in range(self.runs):
            for command, looks in programs:
                looks.append(look(command, environment, keys, idle))
            programs.reverse()  # what comes first finds colder caches
        return ours, floor


def processor_time(command: list[str], environment: dict[str, str]) -> float:
    """Seconds of processor time of a command, its own and the kernel's for it."""
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, _status, used = os.wait4(child.pid, 0)
    return used.ru_utime + used.ru_stime


def look(command: list[str], environment: dict[str, str], keys: Sequence[bytes] = (), idle: float = 0) -> Look:
    """Run a terminal program at 120×36: first paint, keys, a while without any, and ctrl+q."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(command[0], command, environment | {"TERM": "xterm-256color", "COLUMNS": "120", "LINES": "36"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    drawn = 0
    while drawn < DRAWN:
        drawn += len(os.read(terminal, 65536))
    painted = used_by(pid)
    read_for(terminal, 2.0)
    latencies = []
    for key in keys:
        pressed = time.perf_counter()
        os.write(terminal, key)
        if select.select([terminal], [], [], 2.0)[0]:
            latencies.append(time.perf_counter() - pressed)
        read_for(terminal, 0.4)
    read_for(terminal, 2.0)  # what a view computes in a thread is done
    began = used_by(pid)
    read_for(terminal, idle)
    idled = used_by(pid) - began
    memory = peak_memory(pid)
    os.write(terminal, b"\x11")
    read_for(terminal, 60.0)  # a program that nobody reads waits, and does not end
    os.wait4(pid, 0)
    os.close(terminal)
    return Look(painted, latencies, idled, memory)


def peak_memory(pid: int) -> float:
    """Peak resident memory of a process in MiB. Not `ru_maxrss`, which a child takes over from this process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def used_by(pid: int) -> float:
    """Processor seconds that a process has used so far, by its own clock: the figures of /proc have steps of 10 ms."""
    by_the_scheduler = 2
    return time.clock_gettime(~pid << 3 | by_the_scheduler)  # the clock of `clock_getcpuclockid(3)` on Linux


def read_for(terminal: int, seconds: float) -> None:
    """Read what is drawn, as a terminal does, for so long or until the program is over."""
    until = time.perf_counter() + seconds
    while (left := until - time.perf_counter()) > 0:
        if select.select([terminal], [], [], left)[0]:
            try:
                os.read(terminal, 65536)
            except OSError:
                return


def ratio_of(pair: tuple[list[Look], list[Look]], figure: Callable[[Look], float]) -> str:
    """The ratio of the medians of a figure over the runs of both programs."""
    ours, empty = (statistics.median(map(figure, looks)) for looks in pair)
    return f"{ours / empty:.2f}×" if empty else "-"


def percentile_95(pair: tuple[list[Look], list[Look]]) -> str:
    """The ratio of the 95th percentiles of the latencies of both programs."""
    ours, empty = (sorted(latency for look in looks for latency in look.keys) for looks in pair)
    return f"{ours[int(0.95 * (len(ours) - 1))] / empty[int(0.95 * (len(empty) - 1))]:.2f}×"


def daily(bench: Bench) -> Iterator[tuple[str, str, str]]:
    """The commands of every day."""
    for words in (("status",), ("check", "reddit"), ("check", "reddit", "the first words"), ("start", "x"), ("stop",)):
        yield f"tracker {' '.join(words)}", f"{bench.command(*words):.1f}×", "≤ 3× import sqlite3"


def week(bench: Bench) -> Iterator[tuple[str, str, str]]:
    """A week as JSON."""
    yield "tracker week --json", f"{bench.command('week', '--json'):.1f}×", "≤ 8× import sqlite3"


def first(bench: Bench) -> Iterator[tuple[str, str, str]]:
    """The first command on a new file; where this Python has numpy, sqlite-utils imports it."""
    path = bench.folder / "new.db"

    def forget() -> None:
        for file in bench.folder.glob("new.db*"):
            file.unlink()

    numpy = bench.folder / "without"
    numpy.mkdir(exist_ok=True)
    (numpy / "numpy.py").write_text("raise ImportError\n")
    for name, before in (("without numpy", f"{numpy}{os.pathsep}"), ("as installed", "")):
        environment = bench.environment(path)
        environment["PYTHONPATH"] = before + environment["PYTHONPATH"]
        ratio = bench.ratio([*TRACKER, "start", "work"], environment, bench.runs, forget)
        yield f"first command on a new file, {name}", f"{ratio:.1f}×", "≤ 8× import sqlite3"


def paint(bench: Bench) -> Iterator[tuple[str, str, str]]:
    """The first paint, in processor time, and the peak memory after each view was seen."""
    for count, bar in ((SMALL, "1.0"), (bench.sessions, "1.2")):
        pair = bench.looks(count, (b"2", b"3", b"1"))
        yield f"first paint, {count:,} sessions", ratio_of(pair, lambda look: look.paint), f"≤ {bar}× an empty app"
        yield f"peak memory, {count:,} sessions", ratio_of(pair, lambda look: look.memory), "≤ 1.4× an empty app"


def keys(bench: Bench) -> Iterator[tuple[str, str, str]]:
    """From a key to the first bytes of its frame."""
    pair = bench.looks(SMALL, (b"2", b"3", b"1") * 7)
    yield "key to frame, p95", percentile_95(pair), "≤ 0.5× an empty three-mode app"


def idle(bench: Bench) -> Iterator[tuple[str, str, str]]:
    """Processor time with a timer running, over an app that changes one label a second."""
    environment = bench.environment(bench.file(SMALL))
    del environment["TRACKER_NOW"]
    processor_time([*TRACKER, "start", "work"], environment)
    pair = bench.looks(SMALL, idle=IDLE_SECONDS)
    yield "idle CPU, a timer running", ratio_of(pair, lambda look: look.idle), "≤ 2× a label changed each second"
    processor_time([*TRACKER, "cancel"], environment)


def statements(bench: Bench) -> Iterator[tuple[str, str, str]]:
    """SQL statements for a check by two keys, and the most for a letter typed into the line; also in the demo."""
    for name, settings in ((f"{SMALL:,} sessions", Settings()), ("the demo", demo.SETTINGS)):
        copy = bench.folder / f"{name}.db"
        if settings is demo.SETTINGS:
            demo.make(str(copy), NOW)
        else:
            shutil.copyfile(bench.file(SMALL), copy)
        clock.freeze(NOW)  # a week later the demo would ask whether its session was forgotten
        check, letter = asyncio.run(_statements(copy, settings._replace(breath_seconds=0)))
        clock.freeze(None)
        yield f"SQL for a check by two keys, {name}", str(check), "≤ 40"
        yield f"SQL for a letter typed into /, {name}", str(letter), "≤ 3"


async def _statements(path: Path, settings: Settings) -> tuple[int, int]:
    from tracker.tui.app import TrackerApp

    with statements_counted() as executed, Database.open(str(path)) as database:
        app = TrackerApp(LiveWorkspace(database, settings, ZONE))
        async with app.run_test(size=(120, 36)) as pilot:
            checks = []
            for _time in range(4):  # the least of them, as of the letters; the first reads what the next ones know
                await app.workers.wait_for_complete()
                await pilot.pause(0.2)
                executed.clear()
                await pilot.press("c", "i")
                await pilot.pause(0.2)
                checks.append(len(executed))
                await pilot.press("escape")
            letters: dict[int, int] = {}
            for _time in range(3):  # the least of each letter: once a second the clock looks at the file too
                await pilot.press("escape", "slash")
                for place, letter in enumerate("linkedin"):
                    await pilot.pause(0.1)
                    executed.clear()
                    await pilot.press(letter)
                    letters[place] = min(len(executed), letters.get(place, len(executed)))
            return min(checks), max(letters.values())


def find(bench: Bench) -> Iterator[tuple[str, str, str]]:
    """From a letter typed into Find to its list, where the word is in many sessions, in few and in none."""
    workspace = Workspace(Database.open(str(bench.file(bench.sessions))), Settings(), ZONE, now=NOW)
    for words in (COMMON, f"{COMMON} {RARE}", "samia", "word4", MISSING):
        taken = []
        for _run in range(5 * bench.runs):
            begun = time.process_time()
            finding.find(workspace, words, limit=200)
            taken.append(time.process_time() - begun)
        count = finding.find(workspace, words, limit=200).total
        yield f"find “{words}”, {count:,} matches", f"{statistics.median(taken) * 1000:.0f} ms", "≤ 50 ms, three frames"
    workspace.database.close()


def visits(bench: Bench) -> Iterator[tuple[str, str, str]]:
    """The import of 100,000 visits of a browser, one in four of them to a known channel and a session of its own.

    Half of them are to the first page of the site, the others to addresses that were visited once.
    """
    source = bench.folder / "History"
    hosts = ("www.linkedin.com", "example.com", "news.example.org", "docs.example.net")
    addresses = (
        (number, f"https://{hosts[number % 4]}/{number if number % 8 < 4 else ''}") for number in range(VISITS)
    )
    watched(source, (Page(url, NOW - 120 * (VISITS - number), 60, 30) for number, url in addresses))
    path = bench.folder / "import.db"

    def forget() -> None:
        for file in bench.folder.glob("import.db*"):
            file.unlink()

    command = [*TRACKER, "import", "chrome", str(source)]
    ratio = bench.ratio(command, bench.environment(path), min(bench.runs, 3), forget)
    yield f"import of {VISITS:,} browser visits", f"{ratio:.0f}×", "≤ 40× import sqlite3"


ROWS = {row.__name__: row for row in (daily, week, first, paint, keys, statements, idle, find, visits)}


def main() -> None:
    """Print the table, or some of its rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"any of {', '.join(ROWS)}; all of them without")
    parser.add_argument("--sessions", type=int, default=1_000_000, help="sessions in the large file")
    parser.add_argument("--runs", type=int, default=5, help="runs of each program; of the commands three times as many")
    options = parser.parse_args()
    if unknown := set(options.rows) - set(ROWS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    compileall.compile_dir(str(ROOT / "tracker"), quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.sessions, options.runs)
        print(f"{'':44} {'now':>8}   bar ({options.sessions:,} sessions)")
        for name, row in ROWS.items():
            if not options.rows or name in options.rows:
                for what, figure, bar in row(bench):
                    print(f"{what:44} {figure:>8}   {bar}", flush=True)


if __name__ == "__main__":
    main()
