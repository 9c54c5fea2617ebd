"""What an earlier version read wrongly is mended by importing the same source again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.importers.makers import PARIS, Page, as_before, at, chromium, firefox, phone, read_file, watched
from tests.importers.makers import sessions as stored
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions, hash_text, record_key
from tracker.storage import Database, imported_facts, session_table, sessions, undo

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.imported_record import ReadContext
    from tracker.importers.importing import ImportReport

LINKEDIN, X, WORK = "https://www.linkedin.com/feed/", "https://x.com/home", "https://example.org/"
START = at("2026-11-20 10:00:00")
HOUR = 3600
THEN = at("2026-11-21 09:00:00")


def run(database: Database, format: str, path: str, *, now: int = NOW, dates: str | None = None) -> ImportReport:
    dry = importing.import_files(database, format, path, ImportOptions(PARIS, now, date_order=dates, dry_run=True))
    report = importing.import_files(database, format, path, ImportOptions(PARIS, now, date_order=dates))
    assert report.read == report.added + report.already + report.ignored + len(report.rejected)
    assert report == dry._replace(dry_run=False)
    return report


def once(database: Database, format: str, path: str, before: list[tuple[str, int, int]], **how: object) -> ImportReport:
    """Import for the first time since; twice is once, and undone it is as it was."""
    report = run(database, format, path, **how)  # type: ignore[arg-type]
    after = stored(database)
    again = run(database, format, path, **how)  # type: ignore[arg-type]
    assert (again.added, again.mended, again.kept) == (0, 0, 0)
    assert stored(database) == after
    undo.undo(database, 1, now=NOW)
    assert stored(database) == before
    undo.redo(database, 1, now=NOW)
    assert stored(database) == after
    return report


def visit(url: str, channel: str, start: int, lasted: int, how: int = 0) -> tuple[str, int, int, int, int]:
    return channel, start, start + lasted, record_key(start * 1_000_000, hash_text(url)), how


def test_three_hours_in_a_tab_become_the_ten_minutes_in_front(database: Database, tmp_path: Path) -> None:
    as_before(database, "chrome", [visit(LINKEDIN, "linkedin", START, 3 * HOUR)], THEN)
    before = stored(database)
    report = once(database, "chrome", watched(tmp_path / "a", [Page(LINKEDIN, START, 3 * HOUR, 600)]), before)
    assert stored(database) == [("linkedin", START, START + 600)]
    assert (report.added, report.already, report.mended, report.kept, report.completed) == (0, 1, 1, 0, 0)
    assert "1 record corrected" in str(undo.steps(database))


def test_a_length_that_nobody_measured_is_an_estimate_now(database: Database, tmp_path: Path) -> None:
    as_before(database, "chrome", [visit(LINKEDIN, "linkedin", START, 3 * HOUR), visit(X, "x", START + 40, 9)], THEN)
    visits = [(LINKEDIN, float(START), 3.0 * HOUR), (X, START + 40.0, 9.0)]
    report = once(database, "chrome", chromium(tmp_path / "a", visits), stored(database))
    assert stored(database) == [("linkedin", START, START + 40), ("x", START + 40, START + 49)]
    assert database.rows("SELECT estimated FROM session") == [(1,), (1,)]
    assert report.mended == 2


def test_an_estimate_becomes_the_time_in_front(database: Database, tmp_path: Path) -> None:
    as_before(
        database, "firefox", [visit(LINKEDIN, "linkedin", START, 300, 1), visit(X, "x", START + 300, 300, 2)], THEN
    )
    visits = [(LINKEDIN, START, 1, 0), (X, START + 300, 1, 0)]
    path = firefox(tmp_path / "places.sqlite", visits, [(1, START, START + 9_000, 120)])
    assert once(database, "firefox", path, stored(database)).mended == 1
    assert stored(database) == [("linkedin", START, START + 120), ("x", START + 300, START + 600)]


def test_a_tab_that_was_never_in_front_goes(database: Database, tmp_path: Path) -> None:
    as_before(database, "chrome", [visit(LINKEDIN, "linkedin", START, HOUR), visit(X, "x", START + 9_000, 60)], THEN)
    pages = [Page(LINKEDIN, START, HOUR, 0), Page(X, START + 9_000, 60, 60)]
    report = once(database, "chrome", watched(tmp_path / "a", pages), stored(database))
    assert stored(database) == [("x", START + 9_000, START + 9_060)]
    assert (report.already, report.ignored, report.mended) == (1, 1, 1)


def test_a_phones_history_comes_back_from_1970(database: Database, tmp_path: Path) -> None:
    moments = [START, START + 60]
    wrong = [
        ("linkedin", moment // 1000, moment // 1000 + 300, record_key(moment * 1000, hash_text(LINKEDIN)), 1)
        for moment in moments
    ]
    as_before(database, "firefox", wrong, THEN)
    before = stored(database)
    assert before[0][1] < 2_000_000
    path = firefox(tmp_path / "places.sqlite", [(LINKEDIN, moment, 1, 0) for moment in moments], phone=True)
    report = once(database, "firefox", path, before)
    assert stored(database) == [("linkedin", START, START + 360)]
    assert (report.added, report.already, report.mended) == (0, 2, 1)


def test_a_visit_without_a_date_leaves_1970(database: Database, tmp_path: Path) -> None:
    as_before(database, "firefox", [visit(LINKEDIN, "linkedin", 0, 300, 1)], THEN)
    report = once(database, "firefox", firefox(tmp_path / "a", [(LINKEDIN, 0, 1, 0)]), stored(database))
    assert (stored(database), len(report.rejected), report.mended) == ([], 1, 1)


def test_a_copy_that_never_saw_it_in_front_takes_nothing_back(database: Database, tmp_path: Path) -> None:
    run(database, "chrome", watched(tmp_path / "a", [Page(LINKEDIN, START, 3 * HOUR, 600)]))
    assert run(database, "chrome", watched(tmp_path / "b", [Page(LINKEDIN, START, 3 * HOUR, 0)])).mended == 0
    assert run(database, "chrome", watched(tmp_path / "c", [Page(LINKEDIN, START, 3 * HOUR, None)])).mended == 0
    assert stored(database) == [("linkedin", START, START + 600)]


def test_what_was_yet_to_come_goes_but_not_where_the_clock_was_set_back(database: Database, tmp_path: Path) -> None:
    ahead = NOW + 30 * 24 * HOUR
    as_before(database, "chrome", [visit(LINKEDIN, "linkedin", ahead, 60), visit(X, "x", START, 60)], THEN)
    path = watched(tmp_path / "a", [Page(X, START, 60, 60), Page(LINKEDIN, ahead, 60, 60)])
    before = stored(database)
    back = run(database, "chrome", path, now=START - HOUR)
    assert (back.added, back.already, len(back.rejected), back.mended) == (0, 0, 2, 1)
    assert stored(database) == [("x", START, START + 60)]
    undo.undo(database, 1, now=NOW)
    report = once(database, "chrome", path, before)
    assert stored(database) == [("x", START, START + 60)]
    assert (report.already, len(report.rejected), report.mended) == (1, 1, 1)
    # And when its time has come, it is a visit like any other.
    assert run(database, "chrome", path, now=ahead + HOUR).added == 1


@pytest.mark.parametrize("edit", [{"note": "a talk"}, {"end": START + 2 * HOUR}, {"activity": "reply"}])
def test_what_a_person_has_changed_stays_and_is_said(
    database: Database, tmp_path: Path, edit: dict[str, object]
) -> None:
    as_before(
        database, "chrome", [visit(LINKEDIN, "linkedin", START, 3 * HOUR), visit(X, "x", START + 60, 3 * HOUR)], THEN
    )
    (id,) = database.row("SELECT id FROM session WHERE channel = 'linkedin'")
    sessions.edit(database, id, now=NOW, **edit)  # type: ignore[arg-type]
    edited = session_table.get(database, id)
    pages = [Page(LINKEDIN, START, 3 * HOUR, 600), Page(X, START + 60, 3 * HOUR, 30, tab=2)]
    report = once(database, "chrome", watched(tmp_path / "a", pages), stored(database))
    assert session_table.get(database, id) == edited
    assert (report.mended, report.kept) == (1, 1)


def test_what_a_person_deleted_or_recorded_again_stays_so(database: Database, tmp_path: Path) -> None:
    as_before(database, "chrome", [visit(LINKEDIN, "linkedin", START, 3 * HOUR), visit(X, "x", START, 3 * HOUR)], THEN)
    (gone,) = database.row("SELECT id FROM session WHERE channel = 'linkedin'")
    sessions.delete(database, [gone], now=NOW)
    sessions.add(database, "x", START + 300, START + 400, PARIS, now=NOW)
    pages = [Page(LINKEDIN, START, 3 * HOUR, 600), Page(X, START, 3 * HOUR, 600, window=2)]
    report = once(database, "chrome", watched(tmp_path / "a", pages), stored(database))
    assert stored(database) == [
        ("x", START, START + 300),
        ("x", START + 300, START + 400),
        ("x", START + 400, START + 600),
    ]
    assert (report.mended, report.kept) == (1, 0)


def row(context: ReadContext, path: str) -> list[tuple[str, int, int, int, int]]:
    return [(*record[:4], 0) for record in read_file("app-usage", path, context).records]


def test_dates_that_were_read_the_other_way_are_put_right(
    database: Database, tmp_path: Path, context: ReadContext
) -> None:
    rows = [f"YouTube,{day},10:00:00,0:00:50" for day in ("5/6/26", "6/6/26")]
    notice = "Notification posted (YouTube),5/6/26,09:00:00,0:00:00"
    path = phone(tmp_path / "a.csv", [notice, *rows])
    for dates in ("M/D/Y", None):
        first = run(database, "app-usage", path, dates=dates)
        assert first.guessed_date_order is None, "6 June follows 5 June: days, not months"
        assert (first.added, first.mended) == ((2, 0) if dates else (0, 2))
    days = [at("2026-06-05 10:00:00"), at("2026-06-06 10:00:00")]
    assert stored(database) == [("youtube", day, day + 50) for day in days]
    assert imported_facts.notifications_in_span(database, 0, NOW) == [("youtube", at("2026-06-05 09:00:00"), PARIS)]


def test_a_notification_that_another_row_tells_rightly_stays(database: Database, tmp_path: Path) -> None:
    rows = [f"Notification posted (YouTube),{day},10:00:00,0:00:00" for day in ("9/10/26", "10/9/26", "10/11/26")]
    path = phone(tmp_path / "a.csv", [*rows, "YouTube,10/11/26,11:00:00,0:00:50"])
    run(database, "app-usage", path, dates="D/M/Y")
    report = run(database, "app-usage", path, dates="M/D/Y")
    assert (report.mended, report.notifications) == (2, 1), "two notifications stay"
    days = ("2026-09-10", "2026-10-09", "2026-10-11")
    assert database.rows("SELECT at FROM notification ORDER BY at") == [(at(f"{day} 10:00:00"),) for day in days]
    again = run(database, "app-usage", path, dates="M/D/Y")
    assert (again.mended, again.notifications) == (0, 0)


def test_another_export_is_not_taken_for_one_read_the_other_way(database: Database, tmp_path: Path) -> None:
    run(database, "app-usage", phone(tmp_path / "a.csv", ["YouTube,11/5/26,10:00:00,0:00:50"]), dates="M/D/Y")
    rows = [f"YouTube,11/{day}/26,10:00:00,0:00:50" for day in (6, 7)] + ["YouTube,5/11/26,10:00:00,0:00:50"]
    report = run(database, "app-usage", phone(tmp_path / "b.csv", rows), dates="M/D/Y")
    assert (report.added, report.mended, len(stored(database))) == (3, 0, 4)


def test_a_screen_that_went_off_unseen_ends_what_was_in_front(
    database: Database, tmp_path: Path, context: ReadContext
) -> None:
    rows = ["Facebook,11/20/26,10:00:00,0:10:00", "Schermo spento,11/20/26,10:05:00,0:30:00"]
    path = phone(tmp_path / "a.csv", rows)
    before = [(*record[:2], record[1] + 600, record[3], 0) for record in read_file("app-usage", path, context).records]
    as_before(database, "app-usage", before, THEN)
    report = once(database, "app-usage", path, stored(database))
    assert stored(database) == [("facebook", START, START + 300)]
    assert (report.already, report.ignored, report.mended) == (1, 1, 1)


def test_a_notification_that_was_taken_for_a_look_goes(database: Database, tmp_path: Path) -> None:
    name = "Notifiche inviate (Facebook)"
    as_before(
        database, "app-usage", [("facebook", START, START, record_key(START, hash_text(name.casefold())), 0)], THEN
    )
    path = phone(tmp_path / "a.csv", [f"{name},11/20/26,10:00:00,0:00:00", "X,11/20/26,11:00:00,0:01:00"])
    report = once(database, "app-usage", path, stored(database))
    assert stored(database) == [("x", START + HOUR, START + HOUR + 60)]
    assert (report.added, report.ignored, report.mended, report.notifications) == (1, 1, 1, 1)


def test_what_was_right_is_no_step(database: Database, tmp_path: Path, context: ReadContext) -> None:
    rows = ["Facebook,11/20/26,10:00:00,0:05:01", "Screen off,11/20/26,10:05:00,0:30:00"]
    path = phone(tmp_path / "a.csv", rows)
    as_before(database, "app-usage", row(context, path), THEN)
    # An earlier version did not keep when the screen went dark: that is completed first.
    assert run(database, "app-usage", path).mended == 0
    steps = len(undo.steps(database))
    report = run(database, "app-usage", path)
    assert (report.already, report.mended, len(undo.steps(database))) == (1, 0, steps)


pages = st.lists(
    st.builds(
        Page,
        url=st.sampled_from([LINKEDIN, X, WORK]),
        moment=st.integers(START, START + 3_000),
        open_for=st.integers(0, 4_000),
        front=st.one_of(st.none(), st.integers(0, 400)),
        tab=st.integers(1, 2),
        window=st.integers(1, 2),
        step=st.just(0),
    ),
    max_size=12,
    unique_by=lambda page: page.moment,
)


@given(pages)
def test_mended_is_as_if_it_had_been_read_rightly_at_first(
    tmp_path_factory: pytest.TempPathFactory, made: list[Page]
) -> None:
    path = watched(tmp_path_factory.mktemp("mended") / "History", made)
    logs = []
    for first in (True, False):
        with Database.open(":memory:") as database:
            names = {LINKEDIN: "linkedin", X: "x"}
            old = [
                visit(page.url, names[page.url], int(page.moment), int(page.open_for) or 300, 0 if page.open_for else 1)
                for page in made
                if page.url in names
            ]
            if first:
                as_before(database, "chrome", old, THEN)
            run(database, "chrome", path)
            logs.append(database.rows('SELECT channel, start, "end", estimated FROM session ORDER BY 1, 2, 3'))
            assert run(database, "chrome", path).mended == 0
    assert logs[0] == logs[1]
