"""What a study is, and how it is run: one pattern, the lives it must be silent on, and what is planted for it to see.

Each run has a seed of its own, made of its cell and its number, so that any one can be run again alone; people with and
without a habit are the same people otherwise. Studies that want the same people share them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

from tests.studies.people import NULLS, SPANS, USES, USUAL, Habits, person
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.finding import FLAGGED, NOT_ENOUGH, Finding

SEED = 20_261_126
#: At most this share of user-months may raise a pattern meant to be silent on them, and at least that be seen.
ALARMS, RECALL = 0.05, 0.90
#: Planted together, because none of these disturbs what another looks at.
PLANTED = USUAL._replace(
    checks=0.75,
    posts=0.5,
    looks=4.0,
    overruns=0.9,
    breaks=0.9,
    felt=0.5,
    doubt=0.2,
    earns=0.0,
    nights=0.4,
    mornings=0.9,
)


class Size(NamedTuple):
    """Somebody on the way from harmless to planted: a row of the table of sizes."""

    what: str
    habits: Habits
    null: str = "A"
    use: str = "middle"
    days: int = 28
    #: Whether the pattern is meant to be silent on it.
    harmless: bool = False


class Study(NamedTuple):
    """One pattern under test."""

    name: str
    find: Callable[[DetectorInput], Finding]
    #: What is true of the people it is to be silent on, and why on these nulls.
    edge: str
    #: What is planted: the size, in words; and the habits, one for all uses or by use.
    size: str
    planted: Habits | Mapping[str, Habits]
    #: From how many days on a planted pattern is claimed to be seen, by use.
    claims: Mapping[str, int]
    #: Logged days before which it says nothing whatever is there.
    needs: int = 14
    silent_on: str = "ABC"
    null: Habits = USUAL
    #: Whether it looks at openings, not only at the seconds of days.
    times: bool = True
    sizes: tuple[Size, ...] = ()
    #: The definition before it was changed: whether it would have flagged, and what it was.
    first: Callable[[DetectorInput, Finding], bool] | None = None
    first_was: str = ""
    #: What is known to be weak about it.
    weakness: str = ""

    def plants(self, use: str) -> Habits:
        """What is planted at this use."""
        return self.planted if isinstance(self.planted, Habits) else self.planted[use]


class Cell(NamedTuple):
    """One kind of people: so many days of such a life, with these habits."""

    null: str
    use: str
    days: int
    habits: Habits
    times: bool = True


class Told(NamedTuple):
    """Of so many months: how many were flagged, would have been at first, and said nothing for lack of data."""

    flagged: int
    at_first: int
    lacking: int
    runs: int


#: By cell, what each pattern told of it.
Tally = dict[Cell, dict[str, Told]]


def cells(study: Study) -> Iterator[Cell]:
    """All the cells a study wants; those with too few days are not run, because nothing can be said of them."""
    for use in USES:
        for days in SPANS:
            if days >= study.needs:
                yield from (Cell(null, use, days, study.null, study.times) for null in NULLS)
                yield Cell("A", use, days, study.plants(use), study.times)
        yield uneven(study, use)
    yield from (size_cell(study, size) for size in study.sizes)


def uneven(study: Study, use: str) -> Cell:
    """The planted pattern in uneven days, at the fewest days it is claimed at."""
    return Cell("C", use, max(study.needs, study.claims.get(use, 28)), study.plants(use), study.times)


def size_cell(study: Study, size: Size) -> Cell:
    return Cell(size.null, size.use, max(size.days, study.needs), size.habits, study.times)


def wanted(studies: Iterable[Study]) -> dict[Cell, list[Study]]:
    """Each cell once, with the studies that want it; the seconds of days are had from a whole log as well."""
    found: dict[Cell, list[Study]] = {}
    for study in sorted(studies, key=lambda one: not one.times):
        for cell in dict.fromkeys(cells(study)):
            whole = cell._replace(times=True)
            found.setdefault(whole if whole in found else cell, []).append(study)
    return found


def look(cell: Cell, studies: Iterable[Study], people: Sequence[int]) -> dict[str, Told]:
    """What the studies' patterns say of the people of a cell who have these numbers."""
    counts: dict[str, Counter[str]] = {study.name: Counter() for study in studies}
    for number in people:
        log = someone(cell, number)
        for study in studies:
            found = study.find(log)
            count = counts[study.name]
            count["flagged"] += found.state == FLAGGED
            count["lacking"] += found.state == NOT_ENOUGH
            count["first"] += found.state != NOT_ENOUGH and study.first is not None and study.first(log, found)
    return {name: Told(one["flagged"], one["first"], one["lacking"], len(people)) for name, one in counts.items()}


def someone(cell: Cell, number: int) -> DetectorInput:
    """The person of this number."""
    random = Random(f"{SEED} {cell.null} {cell.use} {cell.days} {number}")
    return person(random, cell.null, cell.use, cell.days, cell.habits, cell.times)


def told(tally: Tally, cell: Cell, name: str) -> Told:
    """What was told of a cell, had from whichever log it was run with."""
    for one in (cell, cell._replace(times=True)):
        if name in tally.get(one, {}):
            return tally[one][name]
    raise KeyError(cell)
