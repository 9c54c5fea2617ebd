"""A fast slice of `python -m tests.studies`, with fewer people; and the page it writes."""

from __future__ import annotations

from functools import cache

import pytest

from tests.studies.lives import Life
from tests.studies.page import PAGE, handbook, notes_of, planted_patterns, smallest, without_studies
from tests.studies.phones import phones
from tests.studies.quarter import HISTORY, PLANTS, SEEDS, SIZES, Cell, Raised, cells, raised, someone
from tests.studies.worlds import DAY, WORLDS
from tracker.analytics.patterns.detectors.check_cluster import clusters
from tracker.analytics.patterns.registry import PATTERNS

SEED = SEEDS["report"]
#: People of each kind, at low use: those of middle use cost more than twice as much.
PEOPLE = 2
#: So those are looked at only where a pattern is held against different things, or sees different ones.
UNLIKE = ("A", "C", "dark screens", "new phone", "two screens")


@cache
def at_the_edge(world: str) -> Life:
    """One person at the edge in this world, at low use: two tests look at them, and nobody changes them."""
    return someone(Cell(world, "low", "edge"), 0, SEED)


def test_harmless_people_rarely_meet_a_false_flag_in_a_quarter() -> None:
    people = [*cells(["harmless"], uses=["low"]), *cells(["harmless"], UNLIKE, ["middle"])]
    flags = {cell: raised(someone(cell, 0, SEED)) for cell in people}
    assert len(flags) == len(WORLDS) + len(UNLIKE)
    assert 4 * sum(map(len, flags.values())) <= len(flags), {cell: wrong for cell, wrong in flags.items() if wrong}


def test_people_at_the_edge_meet_at_most_one_a_quarter() -> None:
    flags = {world: raised(at_the_edge(world)) for world in WORLDS}
    assert sum(map(len, flags.values())) <= len(flags), {world: wrong for world, wrong in flags.items() if wrong}


@pytest.mark.parametrize("who", PLANTS)
def test_what_is_planted_is_flagged_within_the_quarter(who: str) -> None:
    """Of each pattern in three of four people at least; the page says where it is seen less often, and how soon."""
    people = [raised(someone(cell, number, SEED)) for cell in cells([who], uses=["low"]) for number in range(4)]
    for name in PLANTS[who].patterns:
        assert 4 * sum(name in dict(flags) for flags in people) >= 3 * len(people), name


def test_the_smallest_size_seen_is_the_one_from_which_on_every_size_is() -> None:
    """Of nine people in ten; sizes of which nobody was looked at leave the cell empty."""
    sizes = [*SIZES[0].sizes]

    def people(size: float, seen: int) -> tuple[Cell, list[Raised]]:
        flagged: Raised = (("check_cluster", 20),)
        return Cell("A", "low", f"{size:g} {SIZES[0].what}"), [flagged] * seen + [()] * (10 - seen)

    by_size = dict(people(size, 9 if size == 6 or size >= 8 else 8) for size in sizes)
    assert f"| {SIZES[0].what} | A | 8 |  |  |" in smallest(by_size)
    by_size |= dict(people(size, 8) for size in sizes)
    assert f"| {SIZES[0].what} | A | none up to {sizes[-1]:g} |  |  |" in smallest(by_size)


def test_running_the_detectors_on_every_evening_raises_the_same() -> None:
    for number in range(PEOPLE):
        life = someone(Cell("C", "low", "habits"), number, SEED)
        assert raised(life, every_evening=True) == raised(life)


def test_the_same_number_is_the_same_person_until_something_is_planted() -> None:
    cell = Cell("C", "low", "harmless")
    assert someone(cell, 7, SEED).openings == someone(cell, 7, SEED).openings
    assert someone(cell, 7, SEED).openings != someone(cell, 8, SEED).openings


@pytest.mark.parametrize("world", WORLDS)
def test_an_evening_knows_nothing_later(world: str) -> None:
    life = at_the_edge(world)
    day = HISTORY + 40
    log = life.as_of(day)
    assert log.now % DAY == 22 * 3600
    assert log.logged_dates[-1] <= life.dates[day]
    assert max(opening.start for opening in log.openings) <= log.now
    assert all(opening.end is None or opening.end <= log.now for opening in log.openings)
    for some in (log.posts, log.pauses):
        assert all(there.end <= log.now for there in some)
    assert sum(log.seconds.values()) <= sum(sum(seconds.values()) for seconds in life.seconds)


def test_every_pattern_that_can_be_flagged_is_planted() -> None:
    assert planted_patterns() == {pattern.name for pattern in PATTERNS if pattern.can_be_flagged}


def test_the_pages_definitions_are_those_of_the_program() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert without_studies(page) == handbook({}, notes_of(page)), "run python -m tests.studies"


@pytest.mark.usefixtures("samples")
def test_real_phones_show_a_few_bursts_a_month_at_most() -> None:
    logs = phones()
    assert len(logs) == 2
    for log in logs.values():
        assert len(log.window) >= 26
        assert len(clusters(log)) <= 4
