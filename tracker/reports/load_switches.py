"""Read which sessions were switched to and not picked up.

`tracker status` imports this all day: import nothing heavy.
"""

from __future__ import annotations

from tracker.analytics.patterns.openings import KNOWN, spell_starts
from tracker.domain.models import BY_PEOPLE
from tracker.domain.record import Record
from tracker.storage import imported_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.storage import Database


class Switches(Record):
    """The sessions that do not begin a spell, by id, with the id of the one that did; and the sources of any that are
    told from pick-ups by a gap alone, because the source does not know the screen. `devices` are when each device of
    those sources was seen first and last, in UTC seconds."""

    starts: Mapping[int, int] = {}
    by_gap: tuple[str, ...] = ()
    devices: Mapping[str, Sequence[tuple[int, int]]] = {}


def load_switches(
    database: Database, spans: Sequence[tuple[int, int, int | None]], sources: Mapping[int, str]
) -> Switches:
    """The sessions that do not begin a spell.

    `spans` are (id, start, end) of social sessions by start in UTC seconds, `sources` the source of each by id. What a
    person recorded was not measured, and is in no spell.
    """
    measured = {id: source for id, source in sources.items() if source not in BY_PEOPLE}
    if not measured or not spans:
        return Switches()
    since, until = spans[0][1] - KNOWN, spans[-1][1] + KNOWN
    screens = imported_facts.screens(database, set(measured.values()), since, until)
    starts = spell_starts(spans, measured, {source: known.uses for source, known in screens.items()})
    return Switches(
        starts,
        tuple(sorted({source for id in starts if not screens[source := measured[id]].uses})),
        {source: tuple(known.devices.values()) for source, known in screens.items()},
    )
