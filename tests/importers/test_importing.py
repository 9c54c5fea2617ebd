"""Whole imports: any file, in any pieces and order, any number of times, comes to the same log."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.importers.makers import PARIS, Page, as_before, at, chromium, phone, watched
from tests.importers.makers import sessions as stored
from tracker.domain.errors import TrackerError
from tracker.domain.models import Session
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions, hash_text, record_key
from tracker.importers.source import source_named
from tracker.storage import Database, session_table, sessions, undo
from tracker.storage.imported_facts import IN_FRONT
from tracker.storage.overlaps import GAP

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.importing import ImportReport

LINKEDIN, X, WORK = "https://www.linkedin.com/feed/", "https://x.com/home", "https://example.org/"
START = at("2026-11-23 10:00:00")


def run(database: Database, format: str, path: str | None, *, now: int = NOW, dry_run: bool = False) -> ImportReport:
    report = importing.import_files(database, format, path, ImportOptions(PARIS, now, dry_run=dry_run))
    assert report.read == report.added + report.already + report.ignored + len(report.rejected)
    return report


def dump(database: Database) -> list[tuple[object, ...]]:
    """All that an import makes, but for the ids."""
    return database.rows('SELECT channel, start, "end", zone, source, estimated, note FROM session ORDER BY 1, 2, 3')


def of(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.already, report.ignored, len(report.rejected)


def test_facts_of_one_channel_half_a_minute_apart_are_one_session(database: Database, tmp_path: Path) -> None:
    rows = ["X,11/23/26,10:00:00,0:00:10", "X,11/23/26,10:00:40,0:00:20", "X,11/23/26,10:01:31,0:00:09"]
    report = run(database, "app-usage", phone(tmp_path / "a.csv", rows))
    assert stored(database) == [("x", START, START + 60), ("x", START + 91, START + 100)]
    assert of(report) == (3, 0, 0, 0)
    assert (report.first, report.last) == (START, START + 100)


def test_the_same_file_twice_is_there_once(database: Database, tmp_path: Path) -> None:
    path = phone(tmp_path / "a.csv", ["X,11/23/26,10:00:00,0:00:10", "Gmail,11/23/26,10:01:00,0:00:10"])
    assert of(run(database, "app-usage", path)) == (1, 0, 1, 0)
    before = dump(database)
    steps = len(undo.steps(database))
    assert of(run(database, "app-usage", path)) == (0, 1, 1, 0)
    assert dump(database) == before
    assert len(undo.steps(database)) == steps, "an import of nothing new is no step for undo"


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_overlapping_exports_come_to_the_same_in_either_order(
    database: Database, tmp_path: Path, order: tuple[str, str]
) -> None:
    rows = [f"X,11/23/26,10:{minute:02}:{second:02},0:00:20" for minute in range(20) for second in (0, 35)]
    phone(tmp_path / "old", rows[:25])
    phone(tmp_path / "new", rows[15:])
    reports = [run(database, "app-usage", str(tmp_path / name)) for name in order]
    assert [report.added for report in reports] in ([25, 15], [25, 15])
    assert reports[1].already == 10
    assert stored(database) == [("x", START, START + 19 * 60 + 55)]


def test_a_visit_that_the_browser_completed_since_is_completed_here(database: Database, tmp_path: Path) -> None:
    run(database, "chrome", watched(tmp_path / "a", [Page(LINKEDIN, START, 0, None)]))
    assert stored(database) == [("linkedin", START, START + 300)]
    report = run(database, "chrome", watched(tmp_path / "b", [Page(LINKEDIN, START, 9_000, 900)]))
    assert (of(report), report.completed) == ((0, 1, 0, 0), 1)
    assert stored(database) == [("linkedin", START, START + 900)]
    assert database.rows("SELECT estimated FROM session") == [(0,)]
    # The older copy does not take it back.
    assert run(database, "chrome", str(tmp_path / "a")).completed == 0
    assert stored(database) == [("linkedin", START, START + 900)]


def test_a_visit_after_which_nothing_came_ends_where_the_next_turns_out_to_begin(
    database: Database, tmp_path: Path
) -> None:
    run(database, "chrome", chromium(tmp_path / "a", [(LINKEDIN, START, 0)]))
    run(database, "chrome", chromium(tmp_path / "b", [(LINKEDIN, START, 0), (WORK, START + 40, 9)]))
    assert stored(database) == [("linkedin", START, START + 40)]


def test_one_history_read_under_two_names_is_there_once(database: Database, tmp_path: Path) -> None:
    path = chromium(tmp_path / "History", [(LINKEDIN, START, 20)])
    assert of(run(database, "chromium", path)) == (1, 0, 0, 0)
    assert of(run(database, "chrome", path)) == (0, 1, 0, 0)
    assert len(stored(database)) == 1


def test_what_a_copy_of_a_profile_has_too_is_imported_before(database: Database, tmp_path: Path) -> None:
    for profile in ("Default", "Profile 1"):
        (tmp_path / profile).mkdir()
        (tmp_path / profile / "Preferences").touch()
        watched(tmp_path / profile / "History", [Page(LINKEDIN, START, 60, 50), Page(X, START + 200, 60, 50)])
    report = run(database, "chrome", str(tmp_path))
    assert (of(report), report.new_sessions) == ((2, 2, 0, 0), 2)


def test_music_that_was_imported_before_stays(database: Database, tmp_path: Path) -> None:
    address = "https://music.youtube.com/watch?v=a"
    path = watched(tmp_path / "History", [Page(address, START, 1800, 1800), Page(X, START + 2000, 60, 50)])
    known = record_key(round(START * 1_000_000), hash_text(address))
    as_before(database, "chrome", [("youtube", START, START + 1800, known, IN_FRONT)], NOW)
    assert of(run(database, "chrome", path)) == (1, 0, 1, 0)
    assert stored(database)[0] == ("youtube", START, START + 1800)


def test_a_phone_and_a_laptop_at_once_both_count(database: Database, tmp_path: Path) -> None:
    run(database, "app-usage", phone(tmp_path / "a", ["X,11/23/26,10:00:00,0:01:00"]))
    run(database, "chrome", chromium(tmp_path / "b", [(X, START, 60)]))
    assert stored(database) == [("x", START, START + 60)] * 2


def hand(database: Database, start: int, end: int, channel: str = "x") -> Session:
    return sessions.add(database, channel, START + start, START + end, PARIS, now=NOW)


def test_what_a_person_recorded_wins(database: Database, tmp_path: Path) -> None:
    hand(database, 20, 40)
    hand(database, 500, 700)
    hand(database, 0, 100, "facebook")
    rows = ["X,11/23/26,10:00:00,0:01:40", "X,11/23/26,10:10:00,0:00:30"]
    report = run(database, "app-usage", phone(tmp_path / "a", rows))
    assert of(report) == (1, 1, 0, 0), "the second is inside what is in the log already"
    assert [(start - START, end - START) for channel, start, end in stored(database) if channel == "x"] == [
        (0, 20),
        (20, 40),
        (40, 100),
        (500, 700),
    ]


def test_recording_before_or_after_the_import_comes_to_the_same(tmp_path: Path) -> None:
    path = phone(tmp_path / "a", ["X,11/23/26,10:00:00,0:01:40"])
    dumps = []
    for first in ("import", "hand"):
        with Database.open(str(tmp_path / f"{first}.db")) as database:
            if first == "hand":
                hand(database, 20, 40)
            run(database, "app-usage", path)
            if first == "import":
                hand(database, 20, 40)
            assert of(run(database, "app-usage", path))[:2] == (0, 1)
            dumps.append(dump(database))
    assert dumps[0] == dumps[1]


def test_what_runs_takes_its_time_when_it_ends_and_no_more(database: Database, tmp_path: Path) -> None:
    path = phone(tmp_path / "a", ["X,11/23/26,10:00:00,0:01:40", "X,11/23/26,11:00:00,0:01:40"])
    sessions.start(database, "x", START + 30, PARIS, now=NOW)
    run(database, "app-usage", path)
    sessions.stop(database, START + 60, now=NOW)
    whole = [
        ("x", START, START + 30),
        ("x", START + 30, START + 60),
        ("x", START + 60, START + 100),
        ("x", START + 3600, START + 3700),
    ]
    assert stored(database) == whole
    assert of(run(database, "app-usage", path))[:2] == (0, 2)
    assert stored(database) == whole


def test_rows_that_meet_what_runs_are_refused_until_it_is_stopped(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("start,end,channel\n2026-11-23 10:00,2026-11-23 10:10,x\n")
    sessions.start(database, "x", START + 30, PARIS, now=NOW)
    before = dump(database)
    with pytest.raises(TrackerError, match="x is running, and this file has time for it since"):
        run(database, "csv", str(path))
    assert dump(database) == before
    sessions.cancel(database, now=NOW)
    assert of(run(database, "csv", str(path)))[0] == 1


def test_a_session_that_the_user_edited_stays_as_it_is(database: Database, tmp_path: Path) -> None:
    pages = [Page(LINKEDIN, START, 400, 100), Page(X, START + 500, 90, 60)]
    run(database, "chrome", watched(tmp_path / "a", pages))
    (edited, other) = (row[0] for row in database.rows("SELECT id FROM session ORDER BY start"))
    sessions.edit(database, edited, now=NOW, end=START + 50)
    sessions.edit(database, other, now=NOW, note="looked something up")
    pages = [page._replace(front=page.open_for) for page in pages]
    report = run(database, "chrome", watched(tmp_path / "b", pages))
    assert (of(report), report.completed) == ((0, 2, 0, 0), 2)
    assert stored(database) == [("linkedin", START, START + 50), ("x", START + 500, START + 590)]
    assert session_table.get(database, other).note == "looked something up"


def test_what_the_user_deleted_or_moved_does_not_come_back(database: Database, tmp_path: Path) -> None:
    path = chromium(tmp_path / "a", [(LINKEDIN, START, 100), (X, START + 500, 60)])
    run(database, "chrome", path)
    (gone, moved) = (row[0] for row in database.rows("SELECT id FROM session ORDER BY start"))
    sessions.delete(database, [gone], now=NOW)
    sessions.edit(database, moved, now=NOW, channel="work")
    assert of(run(database, "chrome", path)) == (0, 2, 0, 0)
    assert stored(database) == [("work", START + 500, START + 560)]


def test_an_import_is_one_step_and_after_undoing_it_everything_can_come_again(
    database: Database, tmp_path: Path
) -> None:
    first = chromium(tmp_path / "a", [(LINKEDIN, START, 0)])
    second = chromium(tmp_path / "b", [(LINKEDIN, START, 900), (X, START + 2_000, 60)])
    run(database, "chrome", first)
    before = dump(database)
    run(database, "chrome", second)
    after = dump(database)
    undo.undo(database, 1, now=NOW)
    assert dump(database) == before
    report = run(database, "chrome", second)
    assert (of(report), report.completed) == ((1, 1, 0, 0), 1)
    assert dump(database) == after
    undo.undo(database, 2, now=NOW)
    assert dump(database) == []
    undo.redo(database, 2, now=NOW)
    assert dump(database) == after
    assert of(run(database, "chrome", second)) == (0, 2, 0, 0)


def test_a_dry_run_says_the_same_and_writes_nothing(database: Database, tmp_path: Path) -> None:
    path = phone(tmp_path / "a", ["X,11/23/26,10:00:00,0:01:40", "Gmail,11/23/26,11:00:00,0:01:40", "nonsense"])
    before = list(database.connection.iterdump())
    dry = run(database, "app-usage", path, dry_run=True)
    assert list(database.connection.iterdump()) == before
    assert dry == run(database, "app-usage", path)._replace(dry_run=True)
    again = run(database, "app-usage", path, dry_run=True)
    assert of(again) == (0, 1, 1, 1)


@pytest.mark.parametrize("told", range(4))
def test_ctrl_c_leaves_the_file_as_it_was(database: Database, tmp_path: Path, told: int) -> None:
    path = phone(
        tmp_path / "a", [f"X,11/23/26,1{hour}:{minute:02}:00,0:00:10" for hour in (0, 1) for minute in range(60)]
    )
    before = list(database.connection.iterdump())
    heard: list[float] = []

    def press(fraction: float) -> None:
        heard.append(fraction)
        if fraction >= (0, 0.5, 0.75, 1.0)[told]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.import_files(database, "app-usage", path, ImportOptions(PARIS, NOW, report_progress=press))
    assert heard == sorted(heard)
    assert not database.connection.in_transaction
    if heard[-1] < 1.0:
        assert list(database.connection.iterdump()) == before


def test_progress_grows_from_nothing_to_all(database: Database, tmp_path: Path) -> None:
    heard: list[float] = []
    path = chromium(tmp_path / "a", [(LINKEDIN, START - number * 60, 5) for number in range(12_000)])
    importing.import_files(database, "chrome", path, ImportOptions(PARIS, NOW, report_progress=heard.append))
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    assert len(heard) > 4


def test_many_sessions_are_logged_like_few(tmp_path: Path) -> None:
    """Beyond some thousands, the change log is written in one go; nobody can tell from the file."""
    path = chromium(tmp_path / "a", [(LINKEDIN, START - number * 60, 5) for number in range(6_000)])
    with Database.open(str(tmp_path / "many.db")) as database:
        shape = database.rows("SELECT type, name, sql FROM sqlite_master ORDER BY name")
        hand(database, 20, 40)
        run(database, "chrome", path)
        assert database.rows("SELECT type, name, sql FROM sqlite_master ORDER BY name") == shape
        assert (
            database.rows("SELECT DISTINCT zone FROM session") == database.rows("SELECT name FROM zone") == [(PARIS,)]
        )
        assert database.row("SELECT count(*), count(DISTINCT row) FROM change WHERE what = 'insert'") == (6_001, 6_001)
        assert {at // 10**10 for (at,) in database.rows("SELECT at FROM change")} <= set(range(100, 1000))
        hand(database, 3_000, 3_010)
        undo.undo(database, 2, now=NOW)
        assert stored(database) == [("x", START + 20, START + 40)]
        undo.redo(database, 2, now=NOW)
        assert len(stored(database)) == 6_002


@pytest.mark.parametrize(
    ("format", "path", "says"),
    [
        ("nonsense", "a", "nonsense"),
        ("app-usage", "missing.csv", "missing.csv"),
        ("app-usage", ".", "folder"),
        ("csv", ".", "folder"),
        ("app-usage", None, "PATH"),
        ("chrome", ".", "History"),
    ],
)
def test_what_cannot_be_imported_is_said_in_one_line(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str, path: str | None, says: str
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    before = list(database.connection.iterdump())
    with pytest.raises(TrackerError, match=says) as refused:
        run(database, format, path)
    assert "\n" not in str(refused.value)
    assert list(database.connection.iterdump()) == before


def test_every_profile_found_is_read(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(TrackerError, match="tracker import chrome PATH"):
        run(database, "chrome", None)
    for number, profile in enumerate(("Default", "Profile 1")):
        (tmp_path / "config/google-chrome" / profile).mkdir(parents=True)
        visits = [(LINKEDIN, START + number * 500, 20)]
        chromium(tmp_path / "config/google-chrome" / profile / "History", visits)
    report = run(database, "chrome", None)
    assert of(report) == (2, 0, 0, 0)
    assert report.path.count("History") == 2
    assert len(stored(database)) == 2
    assert len(source_named("chrome").detect()) == 2
    assert source_named("app-usage").detect() == []


moments = st.integers(0, 900)
facts = st.lists(st.tuples(st.sampled_from(["X", "LinkedIn", "Gmail"]), moments, st.integers(0, 120)), max_size=25)
hands = st.lists(st.tuples(st.sampled_from(["x", "linkedin"]), moments, st.integers(1, 90)), max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts, st.lists(st.integers(0, 3), min_size=25, max_size=25), st.permutations(range(4)), hands)
def test_any_pieces_in_any_order_come_to_the_same_as_the_whole(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, int, int]],
    parts: list[int],
    order: list[int],
    recorded: list[tuple[str, int, int]],
) -> None:
    folder = tmp_path_factory.mktemp("pieces")

    def export(name: str, chosen: list[tuple[str, int, int]]) -> str:
        ordered = sorted(chosen, key=lambda row: row[1])
        clock = [f"{10 + s // 3600}:{s // 60 % 60:02}:{s % 60:02}" for _app, s, _lasts in ordered]
        said = [
            f"{app},11/23/26,{time},0:{n // 60:02}:{n % 60:02}"
            for time, (app, _s, n) in zip(clock, ordered, strict=True)
        ]
        return phone(folder / name, [*plain, *said])

    # That Gmail is no screen going off is seen in every piece: another app begins in the middle of it.
    plain = ["Gmail,11/23/26,9:00:00,0:02:00", "Maps,11/23/26,9:01:00,0:00:10"]
    added = []
    counts = []
    for pieces in ([rows], [[row for row, part in zip(rows, parts, strict=False) if part == p] for p in order]):
        with Database.open(":memory:") as database:
            for channel, start, lasts in recorded:
                if not session_table.in_span(database, START + start, START + start + lasts, channel):
                    hand(database, start, start + lasts, channel)
            reports = [run(database, "app-usage", export("a.csv", piece)) for piece in [*pieces, *pieces]]
            added.append(dump(database))
            counts.append(
                Counter(row[0] for row in rows)["Gmail"] * 2 - sum(report.ignored - len(plain) for report in reports)
            )
    assert added[0] == added[1]
    assert counts == [0, 0]


@pytest.mark.parametrize(
    ("name", "added", "made", "seconds"),
    [
        ("user1_AUM_V4_Activity_2019-12-05_00-46-03.csv", 2_971, 1_881, 274_016),
        ("user2_AUM_V4_Activity_2019-12-10_22-19-45.csv", 881, 696, 298_790),
        ("excerpt_french.csv", 37, 30, 6_269),
    ],
)
def test_real_phones_import_once_and_whole(
    database: Database, samples: Path, name: str, added: int, made: int, seconds: int
) -> None:
    """The figures are those of a dozen lines of Python written apart from the program, over the same rule. The first
    phone has two of its 2,973 rows twice: they are one record."""
    path = str(samples / "app-usage" / name)
    report = run(database, "app-usage", path)
    assert report.added == added
    rows = stored(database)
    assert len(rows) == made
    assert sum(end - start for _channel, start, end in rows) == seconds
    for channel in {row[0] for row in rows}:
        own = [row for row in rows if row[0] == channel]
        assert all(later[1] - earlier[2] > GAP for earlier, later in pairwise(own))
    again = run(database, "app-usage", path)
    assert (again.added, again.already) == (0, added + report.already)
    assert stored(database) == rows
