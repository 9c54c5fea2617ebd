"""Histories that somebody made to harm: each ends in one line, and none of any history is left in a temporary file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.importers.makers import at, chromium, firefox, read_file
from tracker.domain.errors import TrackerError
from tracker.importers import browser_history

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.imported_record import ReadContext

START = at("2026-11-23 10:00:00")
LINKEDIN = "https://www.linkedin.com/feed/"

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, 'https://x.com' AS url, "
CHROMIUM = f"{ENDLESS} i AS visit_time, 0 AS from_visit, 0 AS transition, 1 AS visit_duration FROM n"
PLACES = f"{ENDLESS} 1 AS place_id, i AS visit_date, 1 AS visit_type, 0 AS from_visit FROM n"


@pytest.mark.parametrize(
    "statements",
    [
        f"CREATE VIEW visits AS {CHROMIUM}; CREATE TABLE urls(id, url)",
        f"CREATE VIEW urls AS {ENDLESS} 1 FROM n; CREATE TABLE visits(id, url, visit_time, visit_duration, transition)",
        "CREATE TABLE urls(id, url); CREATE VIRTUAL TABLE visits USING "
        "fts5(id, url, visit_time, visit_duration, transition)",
        "CREATE TABLE urls(id, url AS (hex(zeroblob(100000000)))); "
        "CREATE TABLE visits(id, url, visit_time, visit_duration, transition); INSERT INTO urls VALUES (1)",
        "CREATE TABLE urls(id, url); CREATE TABLE visits(id, url, visit_time AS (id), visit_duration, transition)",
        # What the schema calls a table is a view all the same.
        f"CREATE VIEW visits AS {CHROMIUM}; CREATE TABLE urls(id, url); PRAGMA writable_schema = ON; "
        "UPDATE sqlite_master SET type = 'table'",
    ],
)
def test_only_tables_are_read_as_a_chromium_history(tmp_path: Path, context: ReadContext, statements: str) -> None:
    path = str(tmp_path / "History")
    with closing(sqlite3.connect(path)) as base:
        base.executescript(statements)
    with pytest.raises(TrackerError, match="not a Chromium history"):
        read_file("chrome", path, context)


def test_only_tables_are_read_as_a_firefox_history(tmp_path: Path, context: ReadContext) -> None:
    path = str(tmp_path / "places.sqlite")
    with closing(sqlite3.connect(path)) as base:
        base.executescript(f"CREATE VIEW moz_historyvisits AS {PLACES}; CREATE VIEW moz_places AS {ENDLESS} 1 FROM n")
    with pytest.raises(TrackerError, match="not a Firefox history"):
        read_file("firefox", path, context)


def test_a_tree_that_leads_to_the_same_page_again_and_again_is_given_up(tmp_path: Path, context: ReadContext) -> None:
    """Each page of a table's tree points at one child many times: 80 million rows in a file of a few kilobytes."""
    path = tmp_path / "History"
    chromium(path, [(LINKEDIN, START + place, 1) for place in range(4000)])
    with closing(sqlite3.connect(path)) as base:
        (root,) = base.execute("SELECT rootpage FROM sqlite_master WHERE name = 'visits'").fetchone()
        (size,) = base.execute("PRAGMA page_size").fetchone()
    pages = bytearray(path.read_bytes())

    def point_at_one(page: int) -> int:
        """Make every child of an interior page its first; returns that."""
        begin = (page - 1) * size
        assert pages[begin] == 5, "an interior page of a table"
        cells = int.from_bytes(pages[begin + 3 : begin + 5], "big")
        first = begin + int.from_bytes(pages[begin + 12 : begin + 14], "big")
        child = pages[first : first + 4]
        for cell in range(cells):
            place = begin + int.from_bytes(pages[begin + 12 + 2 * cell : begin + 14 + 2 * cell], "big")
            pages[place : place + 4] = child
        return int.from_bytes(child, "big")

    leaf = point_at_one(root)
    # Three more interior pages, one below the other, each a copy of the root.
    for _level in range(3):
        pages += pages[(root - 1) * size : root * size]
        copy = len(pages) // size
        begin = (root - 1) * size
        for cell in range(int.from_bytes(pages[begin + 3 : begin + 5], "big")):
            place = begin + int.from_bytes(pages[begin + 12 + 2 * cell : begin + 14 + 2 * cell], "big")
            pages[place : place + 4] = copy.to_bytes(4, "big")
    pages[28:32] = (len(pages) // size).to_bytes(4, "big")
    assert leaf
    path.write_bytes(pages)
    with pytest.raises(TrackerError, match="too long"):
        read_file("chrome", str(path), context)


@pytest.mark.parametrize("mode", ["delete", "wal"])
@pytest.mark.parametrize("name", ["chrome", "firefox"])
def test_nothing_of_a_history_is_left_anywhere_however_the_program_ends(
    tmp_path: Path, context: ReadContext, monkeypatch: pytest.MonkeyPatch, mode: str, name: str
) -> None:
    path = tmp_path / "history"
    if name == "chrome":
        chromium(path, [(LINKEDIN, START, 9)], mode=mode)
    else:
        firefox(path, [(LINKEDIN, START, 1, 0)])
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    before = sorted(os.listdir(tmp_path))
    with browser_history.open_history(str(path), "x") as history:
        assert history.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
        history.execute("SELECT * FROM sqlite_master ORDER BY sql").fetchall()
        assert os.listdir(temporary) == [], "the copy has no name while it is read"
        assert sorted(os.listdir(tmp_path)) == before
    assert len(read_file(name, str(path), context).records) == 1


def test_a_browser_at_work_is_read_with_what_it_has_committed(tmp_path: Path, context: ReadContext) -> None:
    path = tmp_path / "History"
    chromium(path, [(LINKEDIN, START, 9)], mode="wal")
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA wal_autocheckpoint = 0")
        base.execute("INSERT INTO visits SELECT 2, url, visit_time + 60000000, 0, transition, 5000000 FROM visits")
        base.execute("BEGIN IMMEDIATE")
        base.execute("DELETE FROM visits")
        assert len(read_file("chrome", str(path), context).records) == 2


@pytest.mark.parametrize("name", ["chrome", "firefox", "csv", "app-usage"])
@pytest.mark.parametrize("kind", ["pipe", "zero", "folder", "nothing"])
def test_what_is_no_file_ends_in_a_line(tmp_path: Path, context: ReadContext, name: str, kind: str) -> None:
    path = {"zero": "/dev/zero"}.get(kind, str(tmp_path / "there"))
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        os.mkdir(path)
    with pytest.raises(TrackerError) as error:
        read_file(name, path, context)
    assert "\n" not in str(error.value)
