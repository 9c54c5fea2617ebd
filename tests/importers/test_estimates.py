"""Estimates of a download never double, and never outlast, what a browser or a phone measured of the same looks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.importers.makers import PARIS, Page, at, phone, watched
from tests.importers.makers import sessions as stored
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions
from tracker.storage import Database, sessions, undo
from tracker.storage.overlaps import yield_estimates

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.importing import ImportReport

START = at("2026-11-20 10:00:00")
VIDEO, PLAIN = "https://www.youtube.com/watch?v=1", "https://example.org/"


def run(database: Database, source: str, path: str) -> ImportReport:
    report = importing.import_files(database, source, path, ImportOptions(PARIS, NOW))
    assert report.read == report.added + report.already + report.ignored + len(report.rejected)
    return report


def takeout(path: Path, *moments: int) -> str:
    """A watch history of videos opened so many seconds after START."""
    times = [f"2026-11-20T09:{moment // 60:02}:{moment % 60:02}Z" for moment in sorted(moments, reverse=True)]
    path.write_text(json.dumps([{"header": "YouTube", "titleUrl": VIDEO, "time": time} for time in times]))
    return str(path)


def browser(path: Path, *views: tuple[int, int]) -> str:
    """A Chromium history of views of YouTube: (seconds after START, seconds in front)."""
    return watched(path, [Page(VIDEO, START + moment, front + 5, front, tab=moment) for moment, front in views])


def spells(database: Database) -> list[tuple[int, int, str]]:
    return database.rows(f'SELECT start - {START}, "end" - {START}, source FROM session ORDER BY start, source')


@pytest.mark.parametrize("order", [1, -1])
def test_what_the_browser_measured_counts_in_place_of_the_estimate(
    database: Database, tmp_path: Path, order: int
) -> None:
    """The first video is the browser's look of 60 s; the second was opened elsewhere, 100 s before its next look."""
    files = [("youtube", takeout(tmp_path / "t", 3, 500)), ("chrome", browser(tmp_path / "b", (0, 60), (600, 30)))]
    for source, path in files[::order]:
        run(database, source, path)
    assert spells(database) == [(0, 60, "chrome"), (500, 600, "youtube"), (600, 630, "chrome")]
    for source, path in files[::order]:
        assert run(database, source, path).added == 0
    assert len(spells(database)) == 3


def test_a_look_that_was_measured_already_is_already_there(database: Database, tmp_path: Path) -> None:
    run(database, "app-usage", phone(tmp_path / "a.csv", ["YouTube,11/20/26,10:00:00,0:01:00"]))
    report = run(database, "youtube", takeout(tmp_path / "t", 0, 30, 65, 900))
    assert (report.added, report.already) == (1, 3)
    assert report.estimated == 4
    assert spells(database) == [(0, 60, "app-usage"), (900, 1200, "youtube")]


def test_undoing_the_measurement_brings_the_estimate_back(database: Database, tmp_path: Path) -> None:
    run(database, "youtube", takeout(tmp_path / "t", 3))
    before = spells(database)
    run(database, "chrome", browser(tmp_path / "b", (0, 60)))
    assert spells(database) == [(0, 60, "chrome")]
    undo.undo(database, 1, now=NOW)
    assert spells(database) == before == [(3, 303, "youtube")]


def test_an_estimate_that_the_user_changed_stays(database: Database, tmp_path: Path) -> None:
    run(database, "youtube", takeout(tmp_path / "t", 3))
    ((id,),) = database.rows("SELECT id FROM session")
    sessions.edit(database, id, now=NOW, end=START + 100)
    run(database, "chrome", browser(tmp_path / "b", (0, 60)))
    assert spells(database) == [(0, 60, "chrome"), (3, 103 - 3, "youtube")]


def test_a_record_by_hand_that_goes_shows_the_measurement_and_no_estimate(database: Database, tmp_path: Path) -> None:
    run(database, "youtube", takeout(tmp_path / "t", 3, 900))
    run(database, "chrome", browser(tmp_path / "b", (0, 60)))
    before = stored(database)
    added = sessions.add(database, "youtube", START, START + 1500, PARIS, now=NOW)
    assert stored(database) == [("youtube", START, START + 1500)]
    sessions.delete(database, [added.id], now=NOW)
    assert stored(database) == before


def test_estimates_of_two_downloads_and_an_older_browser(database: Database, tmp_path: Path) -> None:
    rows = [{"url": VIDEO, "time_usec": (START + 2) * 1_000_000, "page_transition": "LINK"}]
    (tmp_path / "h").write_text(json.dumps({"Browser History": rows}))
    run(database, "youtube", takeout(tmp_path / "t", 3))
    run(database, "chrome-takeout", str(tmp_path / "h"))
    run(database, "chrome", browser(tmp_path / "b", (0, 60)))
    assert spells(database) == [(0, 60, "chrome")]


MOMENTS = st.lists(st.integers(0, 3000), max_size=6, unique=True)
VIEWS = st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 400)), max_size=6, unique_by=lambda view: view[0])


@given(moments=MOMENTS, views=VIEWS)
def test_an_estimate_never_shares_time_with_a_measurement(moments: list[int], views: list[tuple[int, int]]) -> None:
    estimates = [(moment, moment + 300, 1) for moment in moments]
    looks = [(start, start + length) for start, length in views]
    for start, end, _how in yield_estimates(estimates, looks):
        assert (start, start + 300) == (start, end) or any(end == look[0] for look in looks)
        assert not any(lo < end and start < hi for lo, hi in looks)


@given(moments=MOMENTS.filter(bool), views=VIEWS.filter(bool), parts=st.integers(0, 6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
def test_files_in_any_pieces_and_order_come_to_the_same(
    tmp_path: Path, moments: list[int], views: list[tuple[int, int]], parts: int
) -> None:
    estimates = []
    views = sorted(views)
    for order in (1, -1):
        for name in ("t", "b", "c", "log.db", "log.db-wal", "log.db-shm"):
            (tmp_path / name).unlink(missing_ok=True)
        files = [
            ("chrome", browser(tmp_path / "b", *views[:parts])),
            ("youtube", takeout(tmp_path / "t", *moments)),
            ("chrome", browser(tmp_path / "c", *views)),
        ]
        with Database.open(str(tmp_path / "log.db")) as database:
            for source, path in files[::order]:
                if (source, path) != files[0] or views[:parts]:
                    run(database, source, path)
            estimates.append(spells(database))
    assert estimates[0] == estimates[1]
