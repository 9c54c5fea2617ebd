"""New flags in a person's quarter.

Each made-up person is looked at on every evening of thirteen weeks, after six weeks of history, with only what was
logged by then. What is raised is what the program would raise: its detectors, its judgement once a week, its memory
of flags. In harmless worlds every new flag is a false one; where something is planted, the days until its flag are
counted.

Between two judgements no pattern can become flagged, so the detectors run on the evenings of judgements only: the first
of a week, and those on which a pattern still lacked data the evening before. A test compares that with running them on
all. What is finished stays in a folder, one line a person, and is not run again until detectors, worlds or this file
change.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from tests.studies.lives import EDGE, HARMLESS, USES, Habits, Life, life
from tests.studies.worlds import WORLDS
from tracker.analytics.patterns.pattern import NOT_ENOUGH
from tracker.analytics.patterns.registry import Judgement, as_judged, judge, pattern
from tracker.reports.patterns import SAME_FLAG_DAYS, raise_flags
from tracker.storage.reviews import PatternFlag

if TYPE_CHECKING:
    from tracker.analytics.patterns.pattern import Pattern

ROOT = Path(__file__).resolve().parents[2]
#: Days before the first look, days looked at, and how many looks there are before something planted begins: so many,
#: and up to six more by the person's number.
HISTORY, QUARTER, ONSET = 42, 91, 14
DAYS = HISTORY + QUARTER
#: Thresholds are settled on the first of these, and reported from the second.
SEEDS = {"settle": 20_261_130, "report": 20_261_201}
#: Seconds between the checks of a burst that a source without a known screen tells from one look (`SPELL_GAP`).
APART = 150
#: People of one cell that one process looks at before it writes.
SLICE = 5
WHO = {"harmless": HARMLESS, "edge": EDGE}


class Plant(NamedTuple):
    """A change that begins in somebody harmless, and the patterns that are to see it."""

    #: What is planted for each of its patterns.
    what: Mapping[str, str]
    habits: Mapping[str, Habits]
    #: The life before.
    before: Habits = HARMLESS

    @property
    def patterns(self) -> tuple[str, ...]:
        """The patterns that are to see it."""
        return tuple(self.what)


def _everywhere(habits: Habits) -> dict[str, Habits]:
    return dict.fromkeys(USES, habits)


PLANTS = {
    "doubling": Plant({"rising_use": "every day has twice its openings"}, _everywhere(HARMLESS._replace(rise=1.0))),
    "bursts": Plant(
        {"check_cluster": "bursts of 6, 11 or 17 checks within 30 min, by use, on five days of 28"},
        {use: HARMLESS._replace(burst=checks) for use, checks in zip(USES, (6, 11, 17), strict=True)},
    ),
    "spaced bursts": Plant(
        {"check_cluster": "bursts of 7, 11 or 12 checks, one every 2½ minutes, by use, on five days of 28"},
        {use: HARMLESS._replace(burst=checks, apart=APART) for use, checks in zip(USES, (7, 11, 12), strict=True)},
    ),
    "returns": Plant(
        {"rapid_return": "every second opening is followed by a return"}, _everywhere(HARMLESS._replace(returns=0.5))
    ),
    "rebound": Plant(
        {"rebound": "one day in three is empty, and the next has three times its time; four times at low use"},
        {use: HARMLESS._replace(quiet=0.5, rebound=times) for use, times in zip(USES, (4.0, 3.0, 3.0), strict=True)},
    ),
    "habits": Plant(
        {
            "brief_checks": "75 % checks",
            "after_posting": "a post on every second day, looked after four times as much as usual",
            "overrun": "nine of ten plans overrun",
            "time_distortion": "weeks felt half as long as they were",
            "broken_pause": "nine of ten pauses broken",
            "night": "four nights of 14 opened",
            "first_thing": "nine of ten days begun with an opening",
            "time_without_return": "no lead from a channel that just paid before",
        },
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
        HARMLESS._replace(earns=1.0),
    ),
}


#: Where something is planted, if not in world C alone: what it is held against, or what is seen of it, differs most
#: between these.
PLANTED_IN = {"bursts": ("A", "dark screens"), "doubling": ("A", "C", "new phone"), "habits": ("C", "dark screens")}


class Sizes(NamedTuple):
    """A change of one kind in sizes of which the smallest is looked for that is seen, and where it is looked for."""

    what: str
    #: What is planted, by its size.
    sizes: Mapping[float, Plant]
    worlds: tuple[str, ...]


def _bursts(apart: int, most: int) -> dict[float, Plant]:
    sizes = [size for size in (5, 6, 7, 8, 9, 10, 11, 12, 14, 17, 20, 25) if size <= most]
    return {
        size: Plant({"check_cluster": ""}, _everywhere(HARMLESS._replace(burst=size, apart=apart))) for size in sizes
    }


SIZES = (
    Sizes("checks within 30 min, at any moments, on five days of 28", _bursts(0, 25), ("A", "dark screens", "C")),
    Sizes("checks within 30 min, one every 2½ minutes, on five days of 28", _bursts(APART, 12), ("C",)),
    Sizes(
        "times the openings every day",
        {
            factor: Plant({"rising_use": ""}, _everywhere(HARMLESS._replace(rise=factor - 1)))
            for factor in (1.5, 2.0, 2.5, 3.0, 4.0)
        },
        ("A", "C"),
    ),
)
#: Of high use so many times fewer people are looked at: each takes as long as ten of low use.
FEWER = 3
#: People of each size at most.
SIZED_PEOPLE = 10
#: The same by the `who` of their cells.
SIZED = {f"{size:g} {sizes.what}": plant for sizes in SIZES for size, plant in sizes.sizes.items()}
#: Something is planted for each pattern that can be flagged; the others are figures.
CAN_BE_FLAGGED = [pattern(name) for plant in PLANTS.values() for name in plant.what]


class Cell(NamedTuple):
    """People of one kind: `who` is harmless, at the edge, or harmless until something named in PLANTS begins."""

    world: str
    use: str
    who: str


def sized(worlds: Iterable[str] = (), uses: Iterable[str] = ()) -> Iterator[Cell]:
    """Everybody in whom something of some size is planted, or those of some kinds."""
    for sizes in SIZES:
        for world in worlds or sizes.worlds:
            yield from (Cell(world, use, f"{size:g} {sizes.what}") for use in uses or USES for size in sizes.sizes)


def cells(who: Iterable[str] = (), worlds: Iterable[str] = (), uses: Iterable[str] = ()) -> Iterator[Cell]:
    """Everybody else, or those of some kinds; what is planted is planted in PLANTED_IN, else in world C."""
    for kind in who or (*WHO, *PLANTS):
        for world in worlds or (WORLDS if kind in WHO else PLANTED_IN.get(kind, ("C",))):
            yield from (Cell(world, use, kind) for use in uses or USES)


#: New flags of one person: (pattern, evening of the quarter from 0 on, or of what was planted from its onset on).
Raised = tuple[tuple[str, int], ...]


def someone(cell: Cell, number: int, seed: int) -> Life:
    """The person of this number; people with and without something planted are the same until it begins."""
    plant = PLANTS.get(cell.who) or SIZED.get(cell.who)
    habits, planted = (plant.before, plant.habits[cell.use]) if plant else (WHO[cell.who], None)
    random = Random(f"{seed} {cell.world} {cell.use} {number}")
    return life(random, WORLDS[cell.world], cell.use, DAYS, habits, planted, HISTORY + ONSET + number % 7)


def raised(person: Life, every_evening: bool = False, patterns: Sequence[Pattern] = CAN_BE_FLAGGED) -> Raised:
    """The new flags of a person's quarter, of these patterns."""
    judgements: dict[str, Judgement] = {}
    known: dict[tuple[str, str], PatternFlag] = {}
    people = []
    waiting: set[str] = set()
    lacking: set[str] = set()
    for evening in range(QUARTER):
        day = HISTORY + evening
        today, week_begins = person.dates[day], person.dates[day - day % 7]
        is_first = day % 7 == 0 or evening == 0
        if not (is_first or waiting or lacking or every_evening):
            continue
        log = person.as_of(day)
        asked = [
            one_pattern
            for one_pattern in patterns
            if is_first or every_evening or one_pattern.name in waiting | lacking
        ]
        findings = [one_pattern.detect(log) for one_pattern in asked]
        lacking = {finding.name for finding in findings if finding.state == NOT_ENOUGH}
        judgements |= judge(findings, judgements, {}, today, week_begins)
        since = person.dates[max(day - SAME_FLAG_DAYS, 0)]
        recent = [flag for flag in known.values() if flag.seen >= since]
        enough = [finding for finding in findings if finding.state != NOT_ENOUGH]
        flags = raise_flags(as_judged(enough, judgements, week_begins), {}, recent, today)
        waiting = {flag.finding.name for flag in flags if flag.waiting}
        for flag in flags:
            if flag.raised and flag.stands:
                name = flag.finding.name
                known[name, flag.raised] = PatternFlag(name, flag.raised, today)
                if flag.new:
                    people.append((name, evening))
    return tuple(people)


def run(
    cells: Iterable[Cell], people: int, folder: Path, seed: str, jobs: int, minutes: float
) -> dict[Cell, list[Raised]]:
    """The new flags of so many people of each cell, those that the folder has or that are found in so many minutes."""
    path = folder / f"{seed}-{_digest()}.jsonl"
    done = _read(path)
    wanted = [*cells]
    work = [
        (cell, numbers)
        for first in range(0, people, SLICE)
        for cell in wanted
        if (
            numbers := [
                number
                for number in range(first, min(first + SLICE, people_of(cell, people)))
                if number not in done.get(cell, {})
            ]
        )
    ]
    stop = time.monotonic() + 60 * minutes
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file, Pool(jobs) as pool:
        for place, (cell, slice_raised) in enumerate(pool.imap(partial(_look, SEEDS[seed]), work), 1):
            for number, person in slice_raised.items():
                file.write(json.dumps([*cell, number, person]) + "\n")
                done.setdefault(cell, {})[number] = person
            file.flush()
            print(f"\r{place} of {len(work)} slices", end="", file=sys.stderr, flush=True)
            if time.monotonic() > stop:
                pool.terminate()
                break
    print(file=sys.stderr)
    return {
        cell: [person for number, person in sorted(done.get(cell, {}).items()) if number < people] for cell in wanted
    }


def people_of(cell: Cell, people: int) -> int:
    """How many people of a cell are looked at, where so many are asked for."""
    if cell.who in SIZED:
        return min(people, SIZED_PEOPLE)
    return people // FEWER if cell.use == "high" else people


def _look(seed: int, work: tuple[Cell, Sequence[int]]) -> tuple[Cell, dict[int, Raised]]:
    cell, numbers = work
    onset = 0 if cell.who in WHO else ONSET
    sized = SIZED.get(cell.who)
    patterns = [pattern(name) for name in sized.patterns] if sized else CAN_BE_FLAGGED
    return cell, {
        number: tuple(
            (name, evening - (onset + number % 7 if onset else 0))
            for name, evening in raised(someone(cell, number, seed), patterns=patterns)
        )
        for number in numbers
    }


def _digest() -> str:
    """Of all that decides what is raised."""
    analytics = ROOT / "tracker" / "analytics"
    files = [*sorted((analytics / "patterns").rglob("*.py")), analytics / "exact_statistics.py"]
    files += [Path(__file__).with_name(f"{name}.py") for name in ("worlds", "lives", "quarter")]
    rules = f"{SAME_FLAG_DAYS} {inspect.getsource(raise_flags)}"
    return hashlib.sha256(b"".join(file.read_bytes() for file in files) + rules.encode()).hexdigest()[:12]


def _read(path: Path) -> dict[Cell, dict[int, Raised]]:
    done: dict[Cell, dict[int, Raised]] = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            world, use, who, number, flags = json.loads(line)
            done.setdefault(Cell(world, use, who), {})[number] = tuple((name, day) for name, day in flags)
    return done
