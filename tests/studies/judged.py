"""What a tally of months says of a study's claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.studies.people import NULLS, SPANS, USES
from tests.studies.study import ALARMS, RECALL, Cell, Study, Tally, Told, size_cell, told
from tracker.analytics.statistics.descriptive import wilson_interval


class World(NamedTuple):
    """What was told of one kind of people, and who they are in words."""

    what: str
    told: Told


class Judged(NamedTuple):
    """A study's claims against its tally."""

    name: str
    #: The world that raised it most often, and the one that did as it was first defined.
    worst: World
    worst_at_first: World | None
    #: All months of each null it is to be silent on: flagged of runs.
    nulls: dict[str, tuple[int, int]]
    #: Of the worlds in which a planted pattern is claimed to be seen, the one in which it was seen least.
    least: World
    #: What was planted, in words.
    size: str

    @property
    def silent(self) -> bool:
        """At most 5 % of the months of each null, and no single world that is surely above."""
        every = all(yes <= ALARMS * runs for yes, runs in self.nulls.values())
        return every and wilson_interval(self.worst.told.flagged, self.worst.told.runs)[0] <= ALARMS

    @property
    def seen(self) -> bool:
        """At least 90 % wherever it is claimed."""
        return self.least.told.flagged >= RECALL * self.least.told.runs


def harmless(study: Study, tally: Tally) -> Iterator[tuple[str, World]]:
    """Every world it is to be silent on, with the letter of its null; a row of the sizes has none."""
    for use in USES:
        for days in SPANS:
            if days >= study.needs:
                for null in study.silent_on:
                    cell = Cell(null, use, days, study.null, study.times)
                    yield null, World(f"{null}, {use} use, {days} days", told(tally, cell, study.name))
    for size in study.sizes:
        if size.harmless:
            yield "", World(size.what, told(tally, size_cell(study, size), study.name))


def claimed(study: Study, tally: Tally) -> Iterator[World]:
    """Every world in which a planted pattern is claimed to be seen."""
    for use, least in study.claims.items():
        for days in SPANS:
            if days >= least:
                cell = Cell("A", use, days, study.plants(use), study.times)
                yield World(f"{use} use, {days} days", told(tally, cell, study.name))


def _share(world: World) -> float:
    return world.told.flagged / world.told.runs


def _share_at_first(world: World) -> float:
    return world.told.at_first / world.told.runs


def judge(study: Study, tally: Tally) -> Judged:
    """The study's claims against what was told."""
    worlds = list(harmless(study, tally))
    nulls = {null: [0, 0] for null in NULLS if null in study.silent_on}
    for null, world in worlds:
        if null:
            nulls[null][0] += world.told.flagged
            nulls[null][1] += world.told.runs
    return Judged(
        study.name,
        max((world for _null, world in worlds), key=_share),
        max((world for _null, world in worlds), key=_share_at_first) if study.first else None,
        {null: (yes, runs) for null, (yes, runs) in nulls.items()},
        min(claimed(study, tally), key=_share),
        study.size,
    )
