"""How long pages were in front, by what Chromium and Firefox keep of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.importers.makers import Page, at, firefox, read_file, watched
from tracker.storage.imported_facts import IN_FRONT, NOTHING_FOLLOWED, UNTIL_NEXT
from tracker.storage.overlaps import joined

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.imported_record import ReadContext, ReadResult

START = at("2026-11-23 10:00:00")
HOUR = 3600
LINKEDIN, YOUTUBE, WORK = "https://www.linkedin.com/feed/", "https://m.youtube.com/watch?v=1", "https://example.org/"


def spans(reading: ReadResult) -> list[tuple[str, int, int, int]]:
    return [(record.channel, record.start - START, record.end - START, record.estimated) for record in reading.records]


def total(reading: ReadResult, channel: str = "linkedin") -> int:
    intervals = joined(
        (record.start, record.end, record.estimated) for record in reading.records if record.channel == channel
    )
    return sum(end - start for start, end, _how in intervals)


def read(path: Path, context: ReadContext, *pages: Page) -> ReadResult:
    return read_file("chrome", watched(path / "History", pages), context)


def test_a_tab_open_for_three_hours_and_in_front_for_ten_minutes_is_ten_minutes(
    tmp_path: Path, context: ReadContext
) -> None:
    reading = read(tmp_path, context, Page(LINKEDIN, START, 3 * HOUR, 600), Page(WORK, START + 60, 2 * HOUR, HOUR, 2))
    assert spans(reading) == [("linkedin", 0, 600, IN_FRONT)]


def test_what_was_never_in_front_was_not_seen_and_ends_no_visit(tmp_path: Path, context: ReadContext) -> None:
    pages = Page(YOUTUBE, START, 900, None), Page(LINKEDIN, START + 5, HOUR, 0, 2), Page(WORK, START + 40, 9, 9)
    reading = read(tmp_path, context, *pages)
    assert spans(reading) == [("youtube", 0, 40, UNTIL_NEXT)]
    assert (reading.ignored, len(reading.not_records)) == (2, 1)


@pytest.mark.parametrize("unknown", [-1, -1_000_000, None, "x"])
def test_without_it_a_visit_lasts_until_the_next_and_is_estimated(
    tmp_path: Path, context: ReadContext, unknown: object
) -> None:
    path = watched(tmp_path / "History", [Page(LINKEDIN, START, HOUR, 5), Page(WORK, START + 40, 9, 9)])
    with closing(sqlite3.connect(path)) as base:
        base.execute("UPDATE context_annotations SET total_foreground_duration = ? WHERE visit_id = 1", (unknown,))
        base.commit()
    assert spans(read_file("chrome", path, context)) == [("linkedin", 0, 40, UNTIL_NEXT)]


def test_visits_of_another_device_have_no_notes(tmp_path: Path, context: ReadContext) -> None:
    path = watched(tmp_path / "History", [Page(LINKEDIN, START, 100, 5), Page(WORK, START + 4000, 9, 9)])
    with closing(sqlite3.connect(path)) as base:
        base.execute("DELETE FROM context_annotations WHERE visit_id = 1")
        base.commit()
    assert spans(read_file("chrome", path, context)) == [("linkedin", 0, 100, UNTIL_NEXT)]


def test_the_notes_of_an_older_browser_have_the_time_alone(tmp_path: Path, context: ReadContext) -> None:
    path = watched(tmp_path / "History", [Page(LINKEDIN, START, HOUR, 600)])
    with closing(sqlite3.connect(path)) as base:
        for column in ("window_id", "tab_id", "response_code"):
            base.execute(f"ALTER TABLE context_annotations DROP COLUMN {column}")
        base.execute("ALTER TABLE visits DROP COLUMN opener_visit")
    assert spans(read_file("chrome", path, context)) == [("linkedin", 0, 600, IN_FRONT)]


def test_the_steps_inside_a_page_share_its_time(tmp_path: Path, context: ReadContext) -> None:
    """As Chromium 150 wrote it: 8 s in front, then another tab for 6 s, then 5 s with one more step."""
    pages = [
        Page(LINKEDIN, START, 3, 13),
        Page(LINKEDIN + "in/1", START + 3, 3, None, step=1),
        Page(LINKEDIN + "in/2", START + 6, 11, None, step=2),
        Page("https://x.com/home", START + 8, 31, 6, tab=2),
        Page(LINKEDIN + "in/3", START + 17, 2, None, step=3),
    ]
    reading = read(tmp_path, context, *pages)
    own = [span for span in spans(reading) if span[0] == "linkedin"]
    assert [span[1:3] for span in own] == [(0, 3), (3, 6), (6, 11), (17, 19)]
    assert {span[3] for span in own} == {IN_FRONT}
    assert sum(end - start for _channel, start, end, _how in own) == 13


def test_a_step_hours_later_is_where_it_was(tmp_path: Path, context: ReadContext) -> None:
    page, step = Page(LINKEDIN, START, 10_000, 600), Page(LINKEDIN + "in/1", START + 10_000, 800, None, step=1)
    reading = read(tmp_path, context, page, Page(WORK, START + 200, 9_000, 8_000, 2), step)
    assert [span[1:3] for span in spans(reading)] == [(0, 300), (10_000, 10_300)]


def test_a_link_to_a_new_tab_is_no_step(tmp_path: Path, context: ReadContext) -> None:
    page, other = Page(LINKEDIN, START, 100, 100), Page(LINKEDIN + "in/1", START + 200, 90, None, tab=2, step=1)
    assert spans(read(tmp_path, context, page, other))[1] == ("linkedin", 200, 290, NOTHING_FOLLOWED)


def test_tabs_of_one_window_are_in_front_one_after_the_other(tmp_path: Path, context: ReadContext) -> None:
    feed, profile = Page(LINKEDIN, START, 3 * HOUR, 600), Page(LINKEDIN + "in/1", START + 300, 500, 480, tab=2)
    assert total(read(tmp_path, context, feed, profile)) == 1080
    # But no tab is in front after it was closed, and two windows can be at once.
    (tmp_path / "b").mkdir()
    assert total(read(tmp_path / "b", context, feed._replace(open_for=600), profile._replace(open_for=480))) == 780
    (tmp_path / "c").mkdir()
    assert total(read(tmp_path / "c", context, feed, profile._replace(window=2))) == 780


def test_a_page_in_front_now_ends_now_and_grows_with_the_next_import(tmp_path: Path, context: ReadContext) -> None:
    path = watched(tmp_path / "History", [Page(LINKEDIN, NOW - 100, 400, 400), Page(YOUTUBE, NOW + 1, 400, 400)])
    reading = read_file("chrome", path, context)
    assert [(record.start - NOW, record.end - NOW) for record in reading.records] == [(-100, 0)]
    assert [row.line for row in reading.rejected] == [2]
    reading = read_file("chrome", path, context._replace(now=NOW + HOUR))
    assert [(record.start - NOW, record.end - NOW) for record in reading.records] == [(-100, 300), (1, 401)]


def test_firefox_keeps_when_a_page_was_in_front(tmp_path: Path, context: ReadContext) -> None:
    visits = [(LINKEDIN, START, 1, 0), (WORK, START + 30, 1, 0), (YOUTUBE, START + 9_000, 1, 0)]
    views = [(1, START + 0.05, START + 3 * HOUR, 600), (3, START + 9_001, START + 9_001, 0)]
    reading = read_file("firefox", firefox(tmp_path / "places.sqlite", visits, views), context)
    assert spans(reading) == [("linkedin", 0, 600, IN_FRONT)]
    assert (reading.ignored, len(reading.not_records)) == (2, 1)


def test_a_page_that_comes_back_in_front_is_one_visit_with_two_times(tmp_path: Path, context: ReadContext) -> None:
    visits = [(LINKEDIN, START, 1, 0), (WORK, START + 300, 1, 0)]
    views = [(1, START + 1, START + 300, 299), (1, START + 9_000, START + 9_100, 100)]
    reading = read_file("firefox", firefox(tmp_path / "places.sqlite", visits, views), context)
    assert [span[1:3] for span in spans(reading)] == [(0, 299), (9_000, 9_100)]
    assert [record.additional for record in reading.records] == [False, True]
    assert reading.ignored == 1


def test_each_visit_of_a_page_has_its_own_time(tmp_path: Path, context: ReadContext) -> None:
    path = firefox(tmp_path / "places.sqlite", [(LINKEDIN, START, 1, 0)], [(1, START + 1, START + 9, 8)])
    with closing(sqlite3.connect(path)) as base:
        base.execute("INSERT INTO moz_historyvisits VALUES (2, 0, 1, ?, 1, 0)", ((START + 500) * 1_000_000,))
        base.execute("INSERT INTO moz_historyvisits VALUES (3, 0, 1, ?, 1, 0)", ((START + 900) * 1_000_000,))
        base.execute("INSERT INTO moz_places_metadata VALUES (9, 1, ?, 0, 70000)", ((START + 901) * 1_000,))
        base.commit()
    assert spans(read_file("firefox", path, context)) == [
        ("linkedin", 0, 8, IN_FRONT),
        ("linkedin", 500, 800, UNTIL_NEXT),
        ("linkedin", 900, 970, IN_FRONT),
    ]


def test_a_phone_counts_milliseconds_and_is_told_by_size_row_by_row(tmp_path: Path, context: ReadContext) -> None:
    path = firefox(tmp_path / "places.sqlite", [(LINKEDIN, START, 1, 0), (YOUTUBE, START + 60, 1, 0)], phone=True)
    with closing(sqlite3.connect(path)) as base:
        base.execute("UPDATE moz_historyvisits SET visit_date = visit_date * 1000 WHERE id = 2")
        base.execute("INSERT INTO moz_historyvisits VALUES (3, 0, 1, 0, 1, 0)")
        base.commit()
    reading = read_file("firefox", path, context)
    assert spans(reading) == [("linkedin", 0, 60, UNTIL_NEXT), ("youtube", 60, 360, NOTHING_FOLLOWED)]
    assert [row.line for row in reading.rejected] == [3]
    # The phone's visit, synchronised to a desktop, is the same record.
    desktop = read_file("firefox", firefox(tmp_path / "b", [(LINKEDIN, START, 1, 0)]), context)
    assert desktop.records[0].key == reading.records[0].key


def test_on_a_phone_the_mark_of_a_redirect_is_on_the_page_that_redirected(tmp_path: Path, context: ReadContext) -> None:
    visits = [(WORK, START, 1, 0), ("https://t.co/abc", START + 4, 5, 1), (LINKEDIN, START + 5, 1, 2)]
    reading = read_file("firefox", firefox(tmp_path / "places.sqlite", visits, phone=True), context)
    assert spans(reading) == [("linkedin", 5, 305, NOTHING_FOLLOWED)]
    assert reading.ignored == 2


def test_a_time_in_front_that_is_still_to_come_is_none(tmp_path: Path, context: ReadContext) -> None:
    visits = [(LINKEDIN, NOW - 100, 1, 0)]
    for views, seconds in (
        ([(1, NOW + 50, NOW + 90, 40)], (-100, 0, NOTHING_FOLLOWED)),
        ([(1, NOW - 99, NOW - 50, 40), (1, NOW + 50, NOW + 90, 40)], (-100, -60, IN_FRONT)),
        ([(1, NOW - 20, NOW + 90, 40)], (-20, 0, IN_FRONT)),
    ):
        path = tmp_path / f"{len(views)}-{seconds[0]}-{seconds[1]}"
        (record,) = read_file("firefox", firefox(path, visits, views), context).records
        assert (record.start - NOW, record.end - NOW, record.estimated) == seconds
