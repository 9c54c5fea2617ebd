"""The long study: histories one after the other until so many days were compared, and what differs, made small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.recompute.compare import Compared, Disagreement, compare
from tests.recompute.histories import lives
from tests.recompute.life import Life
from tests.recompute.smaller import smallest

#: Histories in one batch: each batch has a seed of its own, so that the answer does not depend on how many run at once.
BATCH = 25


class Example(NamedTuple):
    """How often a kind of figure differed, and a small history in which it does."""

    kind: str
    times: int
    disagreement: Disagreement
    life: Life


class Found(NamedTuple):
    """What was compared, and an example of every kind of figure that differs."""

    histories: int
    days: int
    weeks: int
    figures: int
    examples: tuple[Example, ...]


def study(days: int, first_seed: int, jobs: int) -> Found:
    """Compare histories until at least so many days were; then make an example of each disagreement small."""
    histories, totals, times = 0, Counter[str](), Counter[str]()
    lives_of: dict[str, Life] = {}
    for life, compared in _batches(days, first_seed, jobs):
        histories += 1
        totals.update({"days": compared.days, "weeks": compared.weeks, "figures": compared.figures})
        for kind in {disagreement.kind for disagreement in compared.differing}:
            times[kind] += 1
            if kind not in lives_of or len(life.sessions) < len(lives_of[kind].sessions):
                lives_of[kind] = life
    examples = tuple(example(kind, number, lives_of[kind]) for kind, number in times.most_common())
    return Found(histories, totals["days"], totals["weeks"], totals["figures"], examples)


def _batches(days: int, first_seed: int, jobs: int) -> Iterator[tuple[Life, Compared]]:
    seeds, compared = count(first_seed * 1_000_000), 0
    with ProcessPoolExecutor(jobs) as processes:
        while compared < days:
            for batch in processes.map(compare_batch, [next(seeds) for _job in range(jobs)]):
                for pair in batch:
                    compared += pair[1].days
                    yield pair


def compare_batch(number: int) -> list[tuple[Life, Compared]]:
    """The histories of one seed, each with what was compared of it."""
    made: list[Life] = []

    @seed(number)
    @settings(
        max_examples=BATCH,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(lives())
    def make(life: Life) -> None:
        made.append(life)

    make()
    return [(life, compare(life)) for life in made]


def example(kind: str, times: int, life: Life) -> Example:
    """The smallest history in which a figure of this kind differs."""

    def differs(less: Life) -> bool:
        return any(disagreement.kind == kind for disagreement in compare(less, kind.split()[:1]).differing)

    small = smallest(life, differs)
    differing = compare(small, kind.split()[:1]).differing
    return Example(kind, times, next(disagreement for disagreement in differing if disagreement.kind == kind), small)
