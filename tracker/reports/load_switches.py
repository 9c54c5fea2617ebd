"""Read which sessions were switched to and not picked up.

`tracker status` imports this all day: import nothing heavy.
"""

from __future__ import annotations

from tracker.analytics.patterns.spells import BY_PEOPLE, KNOWN, spell_starts
from tracker.storage import imported_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.storage import Database


def load_switches(
    database: Database, spans: Sequence[tuple[int, int, int | None]], sources: Mapping[int, str]
) -> dict[int, int]:
    """The sessions that do not begin a spell: for the id of each, the id of the session that began its spell.

    `spans` are (id, start, end) of social sessions by start in UTC seconds, `sources` the source of each by id. What a
    person recorded was not measured, and is in no spell.
    """
    measured = set(sources.values()).difference(BY_PEOPLE)
    if not measured or not spans:
        return {}
    since, until = spans[0][1] - KNOWN, spans[-1][1] + 1
    return spell_starts(spans, sources, imported_facts.screen_off(database, measured, since, until))
