"""Undo and redo of the user's own steps while automatic imports come in between: any order gives one result.

The result is compared with that of a file in which the undone steps were never made and the same facts were imported.
"""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.storage.files import PARIS
from tracker.domain.errors import TrackerError
from tracker.importers import importing
from tracker.importers.imported_record import ImportedRecord, ImportOptions, hash_text, record_key
from tracker.importers.source import source_named
from tracker.storage import Database, sessions, undo

BEGIN = NOW - 6 * 3600
CHANNELS = ("linkedin", "instagram")


class Step(NamedTuple):
    """What happens: a `log` or a `check` by hand, an `import` of a look, `undo` or `redo`; minutes from BEGIN."""

    what: str
    channel: str
    start: int
    minutes: int


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(("log", "log", "check", "import", "import", "import", "undo", "undo", "redo")),
        st.sampled_from(CHANNELS),
        st.integers(0, 60),
        st.integers(1, 30),
    ),
    min_size=2,
    max_size=9,
)


def look(step: Step) -> ImportedRecord:
    start = BEGIN + step.start * 60
    return ImportedRecord(step.channel, start, start + step.minutes * 60, record_key(start, hash_text(step.channel)))


def import_looks(database: Database, looks: list[ImportedRecord]) -> None:
    """As an automatic import of Chrome that has read these looks."""
    source = source_named("chrome")
    read = importing.read_source(database, source, [], ImportOptions(PARIS, NOW, entry="chrome"))
    read.staging.add([(*look[:5], None, False) for look in looks])
    importing.write_read(database, read)


def by_hand(database: Database, step: Step) -> None:
    start = BEGIN + step.start * 60
    if step.what == "check":
        sessions.check(database, step.channel, start, PARIS, None, now=NOW)
    else:
        sessions.add(database, step.channel, start, start + step.minutes * 60, PARIS, now=NOW)


def shown(database: Database) -> list[tuple[object, ...]]:
    return database.rows('SELECT channel, start, "end", source FROM session ORDER BY channel, start, "end"')


@given(STEPS)
def test_undo_and_redo_between_imports_are_as_if_it_had_not_been(steps: list[Step]) -> None:
    looks: list[ImportedRecord] = []
    own: list[Step] = []
    undone: list[Step] = []
    with Database.open(":memory:") as database:
        for step in steps:
            try:
                if step.what == "import":
                    looks.append(look(step))
                    import_looks(database, looks)
                elif step.what == "undo":
                    undo.undo(database, 1, now=NOW)
                    undone.append(own.pop())
                elif step.what == "redo":
                    undo.redo(database, 1, now=NOW)
                    own.append(undone.pop())
                else:
                    by_hand(database, step)
                    own.append(step)
                    undone.clear()
            except TrackerError:
                continue
        import_looks(database, looks)
        result = shown(database)
        assert not database.rows("PRAGMA foreign_key_check")
    with Database.open(":memory:") as database:
        for step in own:
            by_hand(database, step)
        import_looks(database, looks)
        assert result == shown(database)
