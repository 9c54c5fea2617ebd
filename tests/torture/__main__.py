"""`python -m tests.torture`: everything that can go wrong with the file, for as long as one likes.

    python -m tests.torture                          a few minutes of everything
    python -m tests.torture --minutes 30 --jobs 2    half an hour on two cores
    python -m tests.torture --rounds 1000 --kills 10000 --jobs 2 --page docs/reliability.md

Exit 1 with the seed, and the folder kept, where anything was lost or broke.
"""

from __future__ import annotations

import argparse
import faulthandler
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tests.torture import calls, full, interleave, moved, strace
from tests.torture.commands import Terminal
from tests.torture.figures import Figures
from tests.torture.world import World, in_memory

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The ways of torture, and which count of the figures says how often each was tried.
WAYS = {
    "interleave": "interleavings",
    "kill": "kills at a call",
    "full": "full disks",
    "error": "errors",
    "move": "moves",
}

#: How many command lines work at once.
LINES = 4

#: What takes longer than so many seconds hangs: where, is then told.
STUCK = 200

#: Between these two lines of a page stand the figures.
_BEGIN, _END = "<!-- figures of `python -m tests.torture` -->", "<!-- end of the figures -->"


def main() -> int:
    """Run the torture, print the figures, and say whether anything was lost."""
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))  # what was mounted is unmounted
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it would be ignored, by the screens too
    options = _options()
    if options.job is not None:
        return _job(options)
    started = time.monotonic()
    figures = Figures()
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.torture", *sys.argv[1:], "--job", str(number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(options.jobs)
    ]
    broken = False
    try:
        for child in children:
            out, _err = child.communicate()
            lines = out.splitlines()
            broken = broken or child.returncode != 0 or not lines
            if lines and lines[-1].startswith("{"):
                figures.add(Figures.load(lines[-1]))
    finally:
        for child in children:
            child.terminate()
    print(figures.table())
    for problem in figures.found[:50]:
        print(f"\n! {problem}")
    minutes = (time.monotonic() - started) / 60
    print(f"\nseed {options.seed}, {options.jobs} at once, {minutes:.0f} minutes")
    if options.page and not broken:
        _write(Path(options.page), figures, options, minutes)
    return 1 if broken or figures.counts["problems"] else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.torture", description="Try hard to lose what was recorded.")
    parser.add_argument("--minutes", type=float, help="stop after so many minutes (3 where no number is asked for)")
    parser.add_argument("--rounds", type=int, help="so many interleavings of screens and commands")
    parser.add_argument("--kills", type=int, help="so many commands killed at a system call")
    parser.add_argument("--ways", default=",".join(WAYS), help=f"only some of {', '.join(WAYS)}")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another course of events")
    parser.add_argument("--jobs", type=int, default=1, help="so many processes at once, each on a file of its own")
    parser.add_argument(
        "--folder", help="work here (by default in memory where that can be, else in the temporary folder)"
    )
    parser.add_argument("--page", help="write the figures into this page")
    parser.add_argument("--job", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    unknown = set(options.ways.split(",")) - set(WAYS)
    if unknown:
        parser.error(f"there are no ways {', '.join(unknown)}")
    if options.minutes is options.rounds is options.kills is None:
        options.minutes = 3.0
    return options


def _job(options: argparse.Namespace) -> int:
    """One process's share; its figures are its last line."""
    folder = Path(tempfile.mkdtemp("", "tracker-torture-", options.folder or in_memory()))
    figures = Figures()
    try:
        _torture(options, folder, figures)
    except BaseException as error:
        # What the torture itself cannot do is told beside what it found before.
        figures.problem("the torture", [f"{type(error).__name__}: {error}"])
        raise
    finally:
        full.unmount(folder / "small")
        if figures.found:
            print(f"seed {options.seed}: kept in {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)
        print(figures.dump())
    return 0


def _torture(options: argparse.Namespace, folder: Path, figures: Figures) -> None:
    seed = f"{options.seed}/{options.job}"
    with ExitStack() as stack:
        world = World(folder / "log", random.Random(seed))
        terminals = [stack.enter_context(Terminal(world.env, world.folder)) for _line in range(LINES)]
        world.make_beginnings(terminals[0])
        ways: dict[str, Iterator[None]] = {
            "interleave": interleave.rounds(world, terminals, figures),
            "move": moved.rounds(world, terminals[0], figures),
        }
        if strace.works(terminals[0].server):
            ways["kill"] = calls.kills(world, terminals[0], figures)
            ways["error"] = calls.errors(world, terminals[0], figures)
        else:
            print("strace is missing here: no kills at a system call, no I/O errors", file=sys.stderr)
        small = full.mount(folder / "small")
        if small:
            other = World(folder / "small" / "log", random.Random(f"{seed} small"), beginnings=folder / "beginnings")
            terminal = stack.enter_context(Terminal(other.env, other.folder))
            other.make_beginnings(terminal)
            ways["full"] = full.rounds(other, terminal, figures, small=True)
        else:
            ways["full"] = full.rounds(world, terminals[0], figures, small=False)
        chosen = {name: ways[name] for name in options.ways.split(",") if name in ways}
        _take_turns(options, chosen, figures)


def _take_turns(options: argparse.Namespace, ways: dict[str, Iterator[None]], figures: Figures) -> None:
    """Whatever is furthest behind its share is next, until all have theirs or the time is up."""
    rounds, kills = options.rounds, options.kills
    endless = rounds is None and kills is None
    shares = {
        "interleave": 1000 if endless else rounds or 0,
        "kill": 10_000 if endless else kills or 0,
        "full": 1000 if endless else (kills or rounds or 0) // 10,
        "error": 3000 if endless else (kills or rounds or 0) // 4,
        "move": 200 if endless else (rounds or kills or 0) // 5,
    }
    until = time.monotonic() + options.minutes * 60 if options.minutes else None
    while until is None or time.monotonic() < until:
        done = {name: figures.counts[WAYS[name]] / (shares[name] / options.jobs) for name in ways if shares[name]}
        if not done or (not endless and min(done.values()) >= 1):
            return
        faulthandler.dump_traceback_later(STUCK)
        next(ways[min(done, key=lambda name: done[name])])
        faulthandler.cancel_dump_traceback_later()


def _write(page: Path, figures: Figures, options: argparse.Namespace, minutes: float) -> None:
    """Put the figures at their place in a page."""
    how = f"`python -m tests.torture --seed {options.seed} --jobs {options.jobs}`, {minutes:.0f} minutes:"
    section = f"{_BEGIN}\n{how}\n\n{figures.table()}\n{_END}"
    text = page.read_text()
    pattern = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
    page.write_text(pattern.sub(lambda _match: section, text))


if __name__ == "__main__":
    raise SystemExit(main())
