"""Histories that are read in parts come to the same as read whole."""

from __future__ import annotations

import sqlite3
import tracemalloc
from contextlib import closing
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.importers.makers import Page, at, firefox, read_file, safari, watched
from tracker.importers import browser_history
from tracker.importers.imported_record import ReadResult
from tracker.importers.source import source_named

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.imported_record import ReadContext

START = at("2026-11-23 10:00:00")
URLS = (
    *("https://www.linkedin.com/feed/", "https://www.linkedin.com/in/", "https://m.youtube.com/watch?v=1"),
    *("https://example.org/", "https://example.net/a", "about:blank"),
)

urls = st.sampled_from(URLS)
#: Seconds from one visit to the next, and seconds that a page was open or in front.
gaps = st.sampled_from([0, 0.3, 20.7, 70, 100, 290, 400, 4_000])
durations = st.sampled_from([0, 9, 40.5, 130, 1_000, 700_000])
pages = st.lists(
    st.tuples(
        *(urls, gaps, durations, st.none() | durations, st.integers(1, 2), st.sampled_from([-1, 1, 1, 2])),
        st.sampled_from([0, 0, 0, 1, 2, 3]),
    ),
    min_size=10,
    max_size=30,
)
#: Of two to four visits, the last is the only one that a part may end before.
sizes = st.sampled_from([2, 3, 4, 9])
ends = st.sampled_from([100, 3_000, 1_000_000, 1_000_000])


PLAIN = [Page(URLS[3], START + 150, 9, 9), Page(URLS[3], START + 160, 9, 9)]


def read_whole_and_in_parts(format: str, path: str, context: ReadContext, size: int) -> tuple[ReadResult, ReadResult]:
    whole = read_file(format, path, context)
    with patch.object(browser_history, "VISITS_AT_ONCE", size):
        return whole, read_file(format, path, context)


@given(pages, sizes, ends)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_chromium_history(
    tmp_path: Path,
    context: ReadContext,
    rows: list[tuple[str, float, float, float | None, int, int, int]],
    size: int,
    until: int,
) -> None:
    made: list[Page] = []
    moment = float(START)
    for number, (url, gap, open_for, front, tab, window, opener) in enumerate(rows):
        moment += gap
        step = max(number + 1 - opener, 0) if opener else 0
        url = made[step - 1].url if step else url
        made.append(
            Page(url, moment, open_for, None if step else front, made[step - 1].tab if step else tab, window, step)
        )
    (tmp_path / "History").unlink(missing_ok=True)
    path = watched(tmp_path / "History", made)
    whole, parts = read_whole_and_in_parts("chrome", path, context._replace(now=START + until), size)
    assert parts == whole


@given(st.lists(st.tuples(urls, gaps), max_size=30), sizes, ends)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_history_of_safari(
    tmp_path: Path, context: ReadContext, rows: list[tuple[str, float]], size: int, until: int
) -> None:
    visits, moment = [], float(START)
    for url, gap in rows:
        moment += gap
        visits.append((url, moment))
    (tmp_path / "History.db").unlink(missing_ok=True)
    path = safari(tmp_path / "History.db", visits)
    whole, parts = read_whole_and_in_parts("safari", path, context._replace(now=START + until), size)
    assert parts == whole


firefox_visits = st.lists(
    st.tuples(st.integers(1, len(URLS)), gaps, st.sampled_from([1, 1, 1, 1, 4, 5]), st.integers(0, 3)),
    min_size=6,
    max_size=30,
)
#: The number of the page, seconds from the first visit, and seconds in front.
firefox_views = st.lists(
    st.tuples(st.integers(1, len(URLS)), st.floats(-5, 4_000).map(lambda x: round(x, 1)), durations), max_size=20
)


@given(firefox_visits, firefox_views, sizes, ends, st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_history_of_firefox(
    tmp_path: Path,
    context: ReadContext,
    rows: list[tuple[int, float, int, int]],
    views: list[tuple[int, float, float]],
    size: int,
    until: int,
    phone: bool,
) -> None:
    visits, moment = [], float(START)
    for number, (page, gap, kind, back) in enumerate(rows, 1):
        moment += gap
        visits.append((URLS[page - 1], moment, kind, max(number - back, 0) if back else 0))
    times = [(page, START + after, START + after + lasted, lasted) for page, after, lasted in views]
    (tmp_path / "places.sqlite").unlink(missing_ok=True)
    path = firefox(tmp_path / "places.sqlite", visits, times, phone=phone)
    with closing(sqlite3.connect(path)) as history:  # a page may be visited several times
        for number, (page, *_rest) in enumerate(rows, 1):
            history.execute("UPDATE moz_historyvisits SET place_id = ? WHERE id = ?", (page, number))
        for page, url in enumerate(URLS, 1):
            history.execute("INSERT OR REPLACE INTO moz_places VALUES (?, ?)", (page, url))
        history.commit()
    whole, parts = read_whole_and_in_parts("firefox", path, context._replace(now=START + until), size)
    assert in_order(parts) == in_order(whole)


def test_views_of_a_firefox_visit_without_a_date_are_no_records(tmp_path: Path, context: ReadContext) -> None:
    dated = [(f"{URLS[3]}{number}", START + 600.0 * number, 1, 0) for number in range(20)]
    path = firefox(tmp_path / "places.sqlite", [(URLS[0], 0, 1, 0), *dated], [(1, START + 7_000, START + 7_060, 60)])
    whole, parts = read_whole_and_in_parts("firefox", path, context._replace(now=START + 90_000), 4)
    assert [record for record in whole.records if record.channel == "linkedin"] == []
    assert parts == whole


def in_order(reading: ReadResult) -> ReadResult:
    return reading._replace(records=sorted(reading.records))


@pytest.mark.parametrize(
    ("size", "rows"),
    [
        # The first page is in front while the third begins, and gets the time of both.
        (2, [Page(URLS[0], START, 600, 300), Page(URLS[3], START + 50, 9, 9), Page(URLS[1], START + 100, 600, 50)]),
        # The time of the step, and so of its page, depends on when the next visit begins.
        (3, [Page(URLS[0], START, 40, 120, 1, -1), Page(URLS[1], START + 100, 600, None, 1, -1, 1), *PLAIN]),
        # The second page was never in front: only the third ends the first.
        (2, [Page(URLS[0], START, 600, None), Page(URLS[3], START + 40, 9, 0), Page(URLS[3], START + 100, 9, 9)]),
    ],
)
def test_what_depends_on_the_next_visits(tmp_path: Path, context: ReadContext, size: int, rows: list[Page]) -> None:
    whole, parts = read_whole_and_in_parts("chrome", watched(tmp_path / "History", rows), context, size)
    assert parts == whole


def lengths_of_parts(path: str, context: ReadContext) -> list[int]:
    """How many records each part has that is read of a Chromium history."""
    rows = source_named("chrome").read(path, context)
    return [len(row.records) for row in rows if isinstance(row, ReadResult)]


def test_a_part_ends_at_the_widest_gap_in_its_last_quarter(
    tmp_path: Path, context: ReadContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser_history, "VISITS_AT_ONCE", 8)
    moments = [START + 100 * number + (50 if number > 6 else 0) for number in range(20)]
    path = watched(tmp_path / "History", [Page(URLS[0], moment, 60, 30) for moment in moments])
    lengths = lengths_of_parts(path, context)
    assert (lengths[0], sum(lengths)) == (7, 20)
    assert max(lengths) < 12


@pytest.mark.parametrize("opener", [0, 1])
def test_no_part_ends_between_a_page_and_its_last_step(
    tmp_path: Path, context: ReadContext, monkeypatch: pytest.MonkeyPatch, opener: int
) -> None:
    monkeypatch.setattr(browser_history, "VISITS_AT_ONCE", 4)
    seen = [Page(URLS[0], NOW - 9_000 + 100 * number, 60, 30, 2) for number in range(9)]
    last = Page(URLS[1], NOW - 8_000, 60, None, 2, step=opener)
    path = watched(tmp_path / "History", [*seen, last])
    assert (len(lengths_of_parts(path, context)) == 1) == bool(opener)


def peak_of_reading(path: str, context: ReadContext) -> int:
    """The most memory that Python has in use while a Chromium history is read, in bytes."""
    tracemalloc.start()
    try:
        read_file("chrome", path, context)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_visits_of_earlier_parts_are_not_kept(
    tmp_path: Path, context: ReadContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = (Page(f"{URLS[3]}{number}", NOW - 60 * number, 60, 30) for number in range(10_000))
    path = watched(tmp_path / "History", visits)
    whole = peak_of_reading(path, context)
    monkeypatch.setattr(browser_history, "VISITS_AT_ONCE", 500)
    assert peak_of_reading(path, context) < whole / 2
