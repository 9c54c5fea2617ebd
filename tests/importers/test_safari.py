"""Safari: visits without lengths, redirects, and what macOS does not let a terminal read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.importers.makers import at, read_file, safari
from tracker.domain.errors import TrackerError
from tracker.files import file_access
from tracker.importers.source import source_named
from tracker.storage.imported_facts import NOTHING_FOLLOWED, UNTIL_NEXT

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.imported_record import ReadContext

START = at("2026-11-20 10:00:00")
LINKEDIN, YOUTUBE, PLAIN = "https://www.linkedin.com/feed/", "https://m.youtube.com/watch?v=1", "https://example.org/"


def test_a_visit_lasts_until_the_next_one_and_five_minutes_at_most(tmp_path: Path, context: ReadContext) -> None:
    visits = [(LINKEDIN, START + 0.25), (PLAIN, START + 70.5), (LINKEDIN, START + 100), (YOUTUBE, START + 900)]
    result = read_file("safari", safari(tmp_path / "History.db", visits), context)
    assert [(row.channel, row.start - START, row.end - START, row.estimated) for row in result.records] == [
        ("linkedin", 0, 70, UNTIL_NEXT),
        ("linkedin", 100, 400, UNTIL_NEXT),
        ("youtube", 900, 1200, NOTHING_FOLLOWED),
    ]
    assert (result.ignored, dict(result.unknown_names)) == (1, {"example.org": 1})


def test_a_redirect_and_a_page_that_failed_were_not_seen(tmp_path: Path, context: ReadContext) -> None:
    path = safari(
        tmp_path / "History.db",
        [("https://t.co/a", START), (LINKEDIN, START + 1), (YOUTUBE, START + 30)],
        redirects={1: 2},
        failed=[3],
    )
    result = read_file("safari", path, context)
    assert [(row.channel, row.end - row.start) for row in result.records] == [("linkedin", 300)]
    assert result.ignored == 2


def test_what_is_no_date_and_what_is_still_to_come_is_rejected(tmp_path: Path, context: ReadContext) -> None:
    path = safari(tmp_path / "History.db", [(LINKEDIN, -1e300), (LINKEDIN, context.now + 60)])
    result = read_file("safari", path, context)
    assert [row.line for row in result.rejected] == [1, 2]
    assert not result.records


def test_it_is_looked_for_on_a_mac_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Library" / "Safari").mkdir(parents=True)
    (tmp_path / "Library" / "Safari" / "History.db").touch()
    for system, count in (("linux", 0), ("win32", 0), ("darwin", 1)):
        monkeypatch.setattr("sys.platform", system)
        assert len(source_named("safari").detect()) == count


def test_a_mac_that_does_not_let_it_be_read_says_which_permission_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, context: ReadContext
) -> None:
    folder = tmp_path / "Library" / "Safari"
    folder.mkdir(parents=True)

    def refuse(*_args: object, **_named: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr("os.listdir", refuse)
    monkeypatch.setattr("os.access", lambda *_args: False)
    monkeypatch.setattr(file_access, "open_to_read", refuse)
    [path] = source_named("safari").detect()
    with pytest.raises(TrackerError, match="Full Disk Access"):
        read_file("safari", path, context)


def test_the_real_history(samples: Path, context: ReadContext) -> None:
    """Three visits of 2021: Facebook redirected to a page that is no channel, and that was opened once more."""
    result = read_file("safari", str(samples / "safari" / "History.db"), context)
    assert (len(result.records), result.ignored, result.rejected) == (0, 3, [])
    assert dict(result.unknown_names) == {"example.org": 2}


CELLS = st.none() | st.integers(-(2**62), 2**62) | st.floats() | st.text(max_size=8) | st.binary(max_size=8)


@given(
    visits=st.lists(st.tuples(st.integers(0, 3), CELLS | st.just(START - 978_307_200.5), CELLS), max_size=6),
    addresses=st.lists(CELLS | st.just(LINKEDIN), max_size=4),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_no_cell_of_a_history_makes_the_reader_fail(
    tmp_path: Path, context: ReadContext, visits: list[tuple[object, ...]], addresses: list[object]
) -> None:
    path = tmp_path / "History.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE history_items(id INTEGER PRIMARY KEY, url);"
            "CREATE TABLE history_visits(id INTEGER PRIMARY KEY, history_item, visit_time, load_successful)"
        )
        connection.executemany("INSERT INTO history_items VALUES (?, ?)", enumerate(addresses))
        connection.executemany(
            "INSERT INTO history_visits(history_item, visit_time, load_successful) VALUES (?, ?, ?)", visits
        )
        connection.commit()
    result = read_file("safari", str(path), context)
    assert len(result.records) + result.ignored + len(result.rejected) == len(visits)
    assert all(0 <= row.start <= row.end <= context.now for row in result.records)
