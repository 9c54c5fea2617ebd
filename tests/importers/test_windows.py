"""An import that is planned in windows of time comes to what one that is planned whole does, and needs less memory."""

from __future__ import annotations

import tracemalloc
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.importers.makers import PARIS, Page, watched
from tracker.domain.errors import TrackerError
from tracker.importers import browser_history, importing, planning
from tracker.importers.imported_record import ImportOptions, hash_text, record_key
from tracker.importers.source import source_named
from tracker.storage import Database, overlaps, sessions, undo
from tracker.storage.imported_facts import IN_FRONT, NOTHING_FOLLOWED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEGIN = NOW - 40_000
CHANNELS = ("linkedin", "youtube")
#: Two that measure, one whose lengths are estimates, and one that a person recorded.
SOURCES = ("chrome", "app-usage", "youtube", "csv")


class Look(NamedTuple):
    """A record: when it starts after BEGIN, how long it lasts, and how its end is known."""

    channel: str
    start: int
    lasts: int
    estimated: int


class Step(NamedTuple):
    """An import of records, or a session by hand, a check, or an undo."""

    what: str
    looks: list[Look]


looks = st.lists(
    st.builds(
        Look,
        st.sampled_from(CHANNELS),
        st.integers(0, 1_500) | st.integers(0, 50).map(lambda number: 30 * number),
        st.sampled_from([0, 5, 30, 60, 300]),
        st.integers(IN_FRONT, NOTHING_FOLLOWED),
    ),
    min_size=1,
    max_size=12,
)
steps = st.lists(
    st.builds(Step, st.sampled_from((*SOURCES, *SOURCES, "hand", "check", "note", "undo")), looks),
    min_size=2,
    max_size=6,
)


def take(database: Database, step: Step) -> importing.ImportReport | None:
    """Do one step; returns the report of an import."""
    if step.what in SOURCES:
        options = ImportOptions(PARIS, NOW)
        read = importing.read_source(database, source_named(step.what), [], options)
        read.staging.add(
            [
                (
                    look.channel,
                    BEGIN + look.start,
                    BEGIN + look.start + look.lasts,
                    record_key(look.start, hash_text(look.channel)),
                    min(look.estimated, 1) if step.what == "csv" else look.estimated,
                    None,
                    False,
                )
                for look in step.looks
            ]
        )
        return importing.write_read(database, read)
    start = BEGIN + step.looks[0].start
    try:
        if step.what == "undo":
            undo.undo(database, 1, now=NOW)
        elif step.what == "check":
            sessions.check(database, step.looks[0].channel, start, PARIS, None, now=NOW)
        elif step.what == "hand":
            sessions.add(database, step.looks[0].channel, start, start + step.looks[0].lasts, PARIS, now=NOW)
        else:
            rows = database.rows("SELECT id FROM session ORDER BY start")
            if rows:
                sessions.edit(database, rows[len(rows) // 2][0], now=NOW, note="mine")
    except TrackerError:
        pass
    return None


def content(database: Database) -> list[object]:
    """The sessions, and the facts without the instants at which a person made changes."""
    return [
        database.rows('SELECT channel, start, "end", note, source, estimated FROM session ORDER BY 1, 2, 3, 5'),
        database.rows(
            'SELECT action, key, format, channel, start, "end", '
            "iif(format LIKE 'removed %', (estimated > 0) - (estimated < 0), estimated) FROM imported_fact"
        ),
    ]


@contextmanager
def rows_a_window(count: int, held: int) -> Iterator[None]:
    """Windows of so many rows, of which so many are held in memory, and as many intervals until they are joined."""
    constants = (planning, "ROWS_A_WINDOW", count), (planning, "ROWS_HELD", held), (overlaps, "INTERVALS_HELD", held)
    with ExitStack() as patches:
        for module, name, value in constants:
            patches.enter_context(patch.object(module, name, value))
        yield


@given(steps, st.sampled_from([(1, 1), (1, 3), (3, 1)]))
def test_windows_give_what_the_whole_gives(taken: list[Step], rows: tuple[int, int]) -> None:
    with Database.open(":memory:") as whole, Database.open(":memory:") as windows:
        for step in taken:
            with rows_a_window(1_000_000, 1_000_000):
                expected = take(whole, step)
            with rows_a_window(*rows):
                assert take(windows, step) == expected
            assert content(windows) == content(whole)


def visits(count: int, apart: int) -> Iterator[Page]:
    hosts = ("www.linkedin.com", "example.com", "m.youtube.com") if apart > 30 else ("www.linkedin.com",)
    return (
        Page(f"https://{hosts[n % len(hosts)]}/{n % 50}", NOW - apart * n, apart, apart // 2)
        for n in range(count, 0, -1)
    )


def peak_of_import(folder: Path, count: int, apart: int) -> int:
    """The most memory that Python has in use while so many visits, so many seconds apart, are imported, in bytes."""
    path = watched(folder / f"History{count}", visits(count, apart))
    with Database.open(str(folder / f"{count}.db")) as database:
        tracemalloc.start()
        try:
            importing.import_files(database, "chrome", path, ImportOptions(PARIS, NOW))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("apart", [120, 20], ids=["with pauses", "without any pause"])
def test_four_times_the_visits_need_no_more_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: int) -> None:
    monkeypatch.setattr(browser_history, "VISITS_AT_ONCE", 300)
    with rows_a_window(100, 200):
        peak_of_import(tmp_path, 1_499, apart)  # what is imported and compiled once
        assert peak_of_import(tmp_path, 6_000, apart) < 1.5 * peak_of_import(tmp_path, 1_500, apart)
