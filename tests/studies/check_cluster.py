"""What `check_cluster` says of months of chance, and of bursts planted in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from tests.studies.table import Row
from tests.studies.worlds import log_of, null_a, plant, shuffled_days
from tracker.patterns.detectors.check_cluster import clusters

SEED = 20_261_123
#: Openings planted within 30 minutes, by profile: the three sizes asked about, and one that must be seen.
PLANTED = {
    "low use, 7 a day": (5, 6, 8),
    "middle use, 45 a day": (5, 6, 8, 10),
    "high use, 150 a day": (5, 6, 8, 16),
}
HOURS = (9, 14, 22)

World = Callable[[Random], bool]


def count(world: World, runs: int, seed: str) -> int:
    """In how many of the runs the world's answer is yes. Each run has its own seed, so one can be run again alone."""
    return sum(world(Random(f"{SEED} {seed} {run}")) for run in range(runs))


def false_alarms(profile: str, rates: Sequence[float], runs: int, days: int = 28, spread: float = 0.0) -> Row:
    """Null A: user-months that raise the pattern though nothing but chance is there."""

    def world(random: Random) -> bool:
        return bool(clusters(log_of(null_a(random, rates, days, spread), days)))

    return Row(profile, count(world, runs, f"null A {profile} {days} {spread}"), runs)


def recall(profile: str, rates: Sequence[float], checks: int, hour: int, runs: int) -> Row:
    """Null A with one burst planted: months in which a cluster overlaps it."""

    def world(random: Random) -> bool:
        starts, begin = plant(random, null_a(random, rates), checks, hour)
        return any(found.start <= begin + 1800 and found.end >= begin for found in clusters(log_of(starts)))

    return Row(f"{profile}, {checks} checks about {hour}:00", count(world, runs, f"{profile} {checks} {hour}"), runs)


def order_matters(profile: str, rates: Sequence[float], runs: int) -> Row:
    """Null B: months with a planted burst whose clusters are other ones once the days are in another order."""

    def world(random: Random) -> bool:
        starts, _begin = plant(random, null_a(random, rates), 8, 14)
        there, back = clusters(log_of(starts)), clusters(log_of(shuffled_days(random, starts)))
        return sorted((one.openings, one.p) for one in there) != sorted((one.openings, one.p) for one in back)

    return Row(profile, count(world, runs, f"null B {profile}"), runs)
