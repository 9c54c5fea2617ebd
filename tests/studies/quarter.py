"""New flags in a person's quarter: `python -m tests.studies.quarter`.

Each made-up person is looked at on every evening of thirteen weeks, after six weeks of history, with only what was
logged by then. What is raised is what the program would raise: its detectors, its judgement once a week, its memory
of flags. In harmless worlds every new flag is a false one; where something is planted, the days until its flag are
counted.

Between two judgements no pattern can become flagged, so the detectors run on the evenings of judgements only; a test
compares that with running them on all. What is finished stays in `--folder`, one line a person, and is not run again
until detectors, worlds or this file change; `--minutes` stops a run in time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.studies.lives import EDGE, HARMLESS, Life, life
from tests.studies.people import USES, Habits
from tests.studies.table import table
from tests.studies.worlds import WORLDS
from tracker.analytics.patterns.finding import NOT_ENOUGH
from tracker.analytics.patterns.judgement import Judgement, as_judged, judge
from tracker.analytics.patterns.registry import PATTERNS
from tracker.analytics.statistics.distributions import gamma_ppf
from tracker.reports.pattern_flags import SAME, judged
from tracker.storage.pattern_flags import PatternFlag

ROOT = Path(__file__).resolve().parents[2]
#: Days before the first look, days looked at, and the look after which something planted begins.
HISTORY, QUARTER, ONSET = 42, 91, 14
DAYS = HISTORY + QUARTER
#: Thresholds are settled on the first of these, and reported from the second.
SEEDS = {"settle": 20_261_130, "report": 20_261_201}
#: People of one cell that one process looks at before it writes.
SLICE = 5
WHO = {"harmless": HARMLESS, "edge": EDGE}
#: A null that is none for this pattern: its rounds are bursts.
NOT_A_NULL = {("B", "check_cluster")}


class Plant(NamedTuple):
    """A change that begins in somebody harmless, and the patterns that are to see it."""

    what: str
    patterns: tuple[str, ...]
    habits: Mapping[str, Habits]


def _everywhere(habits: Habits) -> dict[str, Habits]:
    return dict.fromkeys(USES, habits)


PLANTS = {
    "doubling": Plant("every day has twice its openings", ("rising_use",), _everywhere(HARMLESS._replace(rise=1.0))),
    "bursts": Plant(
        "bursts of 6, 11 or 17 checks within 30 min, by use, on five days of 28",
        ("check_cluster",),
        {use: HARMLESS._replace(burst=checks) for use, checks in zip(USES, (6, 11, 17), strict=True)},
    ),
    "returns": Plant(
        "every second opening is followed by a return", ("rapid_return",), _everywhere(HARMLESS._replace(returns=0.5))
    ),
    "rebound": Plant(
        "one day in three is empty, and the next has three times its time; four times at low use",
        ("rebound",),
        {use: HARMLESS._replace(quiet=0.5, rebound=times) for use, times in zip(USES, (4.0, 3.0, 3.0), strict=True)},
    ),
    "habits": Plant(
        "75 % checks; a post on every second day, looked after four times as much as usual; 90 % of plans overrun and "
        "of pauses broken; four nights of 14 opened; 90 % of days begun with an opening; weeks felt half as long; no "
        "lead at all",
        (
            "brief_checks",
            "after_posting",
            "overrun",
            "time_distortion",
            "broken_pause",
            "night",
            "first_thing",
            "time_without_return",
        ),
        _everywhere(
            HARMLESS._replace(
                checks=0.75,
                posts=0.5,
                looks=4.0,
                overruns=0.9,
                breaks=0.9,
                felt=0.5,
                earns=0.0,
                nights=4 / 14,
                mornings=0.9,
            )
        ),
    ),
}


class Cell(NamedTuple):
    """People of one kind: `who` is harmless, at the edge, or harmless until something named in PLANTS begins."""

    world: str
    use: str
    who: str


#: New flags of one person: (pattern, evening of the quarter from 0 on).
Raised = tuple[tuple[str, int], ...]


def someone(cell: Cell, number: int, seed: int) -> Life:
    """The person of this number; people with and without something planted are the same until it begins."""
    habits = WHO.get(cell.who, HARMLESS)
    planted = PLANTS[cell.who].habits[cell.use] if cell.who in PLANTS else None
    random = Random(f"{seed} {cell.world} {cell.use} {number}")
    return life(random, WORLDS[cell.world], cell.use, DAYS, habits, planted, HISTORY + ONSET)


def raised(person: Life, every_evening: bool = False) -> Raised:
    """The new flags of a person's quarter."""
    judgements: dict[str, Judgement] = {}
    known: dict[tuple[str, str], PatternFlag] = {}
    found = []
    waiting: set[str] = set()
    for evening in range(QUARTER):
        day = HISTORY + evening
        today, week_begins = person.dates[day], person.dates[day - day % 7]
        is_first = day % 7 == 0 or evening == 0
        if not (is_first or waiting or every_evening):
            continue
        log = person.as_of(day)
        findings = [pattern.detect(log) for pattern in PATTERNS if is_first or every_evening or pattern.name in waiting]
        judgements |= judge(findings, judgements, {}, today, week_begins)
        since = person.dates[max(day - SAME, 0)]
        recent = [flag for flag in known.values() if flag.seen >= since]
        enough = [finding for finding in findings if finding.state != NOT_ENOUGH]
        flags = judged(as_judged(enough, judgements), {}, recent, today)
        waiting = {flag.finding.name for flag in flags if flag.waiting}
        for flag in flags:
            if flag.raised and flag.stands:
                name = flag.finding.name
                known[name, flag.raised] = PatternFlag(name, flag.raised, today)
                if flag.new:
                    found.append((name, evening))
    return tuple(found)


def run(
    cells: Iterable[Cell], people: int, folder: Path, seed: str, jobs: int, minutes: float
) -> dict[Cell, list[Raised]]:
    """The new flags of so many people of each cell; those in the folder are not run again."""
    path = folder / f"{seed}-{_digest()}.jsonl"
    done = _read(path)
    wanted = [*cells]
    work = [
        (cell, numbers)
        for first in range(0, people, SLICE)
        for cell in wanted
        if (numbers := [one for one in range(first, min(first + SLICE, people)) if one not in done.get(cell, {})])
    ]
    stop = time.monotonic() + 60 * minutes
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file, Pool(jobs) as pool:
        for place, (cell, found) in enumerate(pool.imap(partial(_look, SEEDS[seed]), work), 1):
            for number, one in found.items():
                file.write(json.dumps([*cell, number, one]) + "\n")
                done.setdefault(cell, {})[number] = one
            file.flush()
            print(f"\r{place} of {len(work)} slices", end="", file=sys.stderr, flush=True)
            if time.monotonic() > stop:
                pool.terminate()
                break
    print(file=sys.stderr)
    return {cell: [one for number, one in sorted(done.get(cell, {}).items()) if number < people] for cell in wanted}


def _look(seed: int, work: tuple[Cell, Sequence[int]]) -> tuple[Cell, dict[int, Raised]]:
    cell, numbers = work
    return cell, {number: raised(someone(cell, number, seed)) for number in numbers}


def _digest() -> str:
    """Of all that decides what is raised."""
    files = [*sorted((ROOT / "tracker" / "analytics").rglob("*.py")), ROOT / "tracker" / "reports" / "pattern_flags.py"]
    files += [Path(__file__).with_name(f"{name}.py") for name in ("worlds", "people", "lives", "quarter")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _read(path: Path) -> dict[Cell, dict[int, Raised]]:
    done: dict[Cell, dict[int, Raised]] = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            world, use, who, number, flags = json.loads(line)
            done.setdefault(Cell(world, use, who), {})[number] = tuple((name, day) for name, day in flags)
    return done


# What was found, in tables.


def false_flags(cell: Cell, people: Sequence[Raised]) -> Counter[str]:
    """New flags by pattern, without those that the cell's world is not silent on."""
    return Counter(name for one in people for name, _day in one if (cell.world, name) not in NOT_A_NULL)


def rate(count: int, people: int) -> str:
    """`0.12 (0.05–0.24)`: a quarter's flags, with the exact 95 % interval of a Poisson mean (Garwood 1936)."""
    if not people:
        return ""
    low = gamma_ppf(0.025, shape=count) / people if count else 0.0
    return f"{count / people:.2f} ({low:.2f}–{gamma_ppf(0.975, shape=count + 1) / people:.2f})"


def by_world(found: Mapping[Cell, Sequence[Raised]]) -> str:
    """False flags a quarter, by world and use."""
    head = ["world", *(f"{who}, {use} use" for who in WHO for use in USES), "mostly"]
    rows = []
    for world in dict.fromkeys(cell.world for cell in found if cell.who in WHO):
        row, every = [world], Counter[str]()
        for who in WHO:
            for use in USES:
                people = found.get(cell := Cell(world, use, who), ())
                counts = false_flags(cell, people)
                every += counts
                row.append(rate(counts.total(), len(people)))
        rows.append([*row, ", ".join(f"`{name}` {count}" for name, count in every.most_common(3))])
    return table("False flags a quarter, by world", head, rows)


def by_pattern(found: Mapping[Cell, Sequence[Raised]]) -> str:
    """False flags a quarter, by pattern: in all worlds, and in the worst."""
    head = ["pattern", *(f"{who}: {what}" for who in WHO for what in ("all worlds", "worst world"))]
    rows = []
    for pattern in PATTERNS:
        row = [f"`{pattern.name}`"]
        for who in WHO:
            cells = {cell: people for cell, people in found.items() if cell.who == who and people}
            counts = {cell: false_flags(cell, people)[pattern.name] for cell, people in cells.items()}
            worst = max(counts, key=lambda cell: counts[cell] / len(cells[cell]), default=None)
            row.append(rate(sum(counts.values()), sum(map(len, cells.values()))))
            row.append(
                f"{rate(counts[worst], len(cells[worst]))} {worst.world}, {worst.use}"
                if worst and counts[worst]
                else "none"
            )
        rows.append(row)
    return table("False flags a quarter, by pattern", head, rows)


def delays(found: Mapping[Cell, Sequence[Raised]]) -> str:
    """How many see what is planted within so many days, and after how many half and nine of ten do."""
    head = ("planted", "pattern", "world", "use", "seen in 28 days", "in 56 days", "half after", "nine of ten after")
    rows = []
    for cell, people in found.items():
        for name in PLANTS[cell.who].patterns if cell.who in PLANTS else ():
            new = [_delay(one, name) for one in people]
            after = sorted(float("inf") if one is None else one for one in new)
            if not after:
                continue
            seen = [f"{100 * sum(one <= days for one in after) / len(after):.0f} %" for days in (28, 56)]
            at = [after[min(int(share * len(after)), len(after) - 1)] for share in (0.5, 0.9)]
            rows.append(
                [cell.who, f"`{name}`", cell.world, cell.use, *seen]
                + [f"{one:.0f} days" if one < float("inf") else "not within the quarter" for one in at]
            )
    return table(f"Days until what is planted is flagged ({QUARTER - ONSET} days are looked at)", head, rows)


def _delay(flags: Raised, name: str) -> int | None:
    """Days from the onset to the first flag of that pattern, or None."""
    return next((day - ONSET for pattern, day in flags if pattern == name and day >= ONSET), None)


def _cells(given: argparse.Namespace) -> Iterator[Cell]:
    for who in given.who or (*WHO, *PLANTS):
        worlds = given.world or (WORLDS if who in WHO else ("C",))
        for world in worlds:
            for use in given.use or USES:
                yield Cell(world, use, who)


def main() -> None:
    """Run what is asked for, and print its tables."""
    asked = argparse.ArgumentParser(prog="python -m tests.studies.quarter", description=__doc__)
    asked.add_argument("--people", type=int, default=60, help="people of each kind (60)")
    asked.add_argument("--world", action="append", choices=[*WORLDS])
    asked.add_argument("--use", action="append", choices=[*USES])
    asked.add_argument("--who", action="append", choices=[*WHO, *PLANTS])
    asked.add_argument("--seed", choices=[*SEEDS], default="report", help="`settle` while thresholds are changed")
    asked.add_argument("--folder", type=Path, default=Path.home() / ".cache" / "tracker-studies")
    asked.add_argument("--jobs", type=int, default=1, help="processes (1)")
    asked.add_argument("--minutes", type=float, default=20, help="stop after so many, and go on next time (20)")
    given = asked.parse_args()
    started = time.monotonic()
    found = run([*_cells(given)], given.people, given.folder, given.seed, given.jobs, given.minutes)
    print(by_world(found), by_pattern(found), delays(found), sep="\n")
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
