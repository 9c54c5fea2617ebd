"""What an earlier version read wrongly is mended by importing the same source again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.importers.makers import PARIS, Page, as_before, at, chromium, firefox, phone, watched
from tests.importers.makers import sessions as stored
from tracker.importers import SOURCES, importing
from tracker.importers.fact import hashed, key_of
from tracker.storage import Journal, notifications, session_table, sessions, undo

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.fact import Reader
    from tracker.importers.importing import ImportReport

LINKEDIN, X, WORK = "https://www.linkedin.com/feed/", "https://x.com/home", "https://example.org/"
START = at("2026-11-20 10:00:00")
HOUR = 3600
THEN = at("2026-11-21 09:00:00")


def run(journal: Journal, format: str, path: str, *, now: int = NOW, dates: str | None = None) -> ImportReport:
    dry = importing.run(journal, format, path, zone=PARIS, now=now, dates=dates, dry_run=True)
    report = importing.run(journal, format, path, zone=PARIS, now=now, dates=dates)
    assert report.read == report.added + report.already + report.ignored + len(report.rejected)
    assert report == dry._replace(dry_run=False)
    return report


def once(journal: Journal, format: str, path: str, before: list[tuple[str, int, int]], **how: object) -> ImportReport:
    """Import for the first time since; twice is once, and undone it is as it was."""
    report = run(journal, format, path, **how)  # type: ignore[arg-type]
    after = stored(journal)
    again = run(journal, format, path, **how)  # type: ignore[arg-type]
    assert (again.added, again.mended, again.left) == (0, 0, 0)
    assert stored(journal) == after
    undo.undo(journal, 1, now=NOW)
    assert stored(journal) == before
    undo.redo(journal, 1, now=NOW)
    assert stored(journal) == after
    return report


def visit(url: str, channel: str, start: int, lasted: int, how: int = 0) -> tuple[str, int, int, int, int]:
    return channel, start, start + lasted, key_of(start * 1_000_000, hashed(url)), how


def test_three_hours_in_a_tab_become_the_ten_minutes_in_front(journal: Journal, tmp_path: Path) -> None:
    as_before(journal, "chrome", [visit(LINKEDIN, "linkedin", START, 3 * HOUR)], THEN)
    before = stored(journal)
    report = once(journal, "chrome", watched(tmp_path / "a", [Page(LINKEDIN, START, 3 * HOUR, 600)]), before)
    assert stored(journal) == [("linkedin", START, START + 600)]
    assert (report.added, report.already, report.mended, report.left, report.completed) == (0, 1, 1, 0, 0)
    assert "1 record mended" in str(undo.steps(journal))


def test_a_length_that_nobody_measured_is_an_estimate_now(journal: Journal, tmp_path: Path) -> None:
    as_before(journal, "chrome", [visit(LINKEDIN, "linkedin", START, 3 * HOUR), visit(X, "x", START + 40, 9)], THEN)
    visits = [(LINKEDIN, float(START), 3.0 * HOUR), (X, START + 40.0, 9.0)]
    report = once(journal, "chrome", chromium(tmp_path / "a", visits), stored(journal))
    assert stored(journal) == [("linkedin", START, START + 40), ("x", START + 40, START + 49)]
    assert journal.rows("SELECT estimated FROM session") == [(1,), (1,)]
    assert report.mended == 2


def test_an_estimate_becomes_the_time_in_front(journal: Journal, tmp_path: Path) -> None:
    as_before(
        journal, "firefox", [visit(LINKEDIN, "linkedin", START, 300, 1), visit(X, "x", START + 300, 300, 2)], THEN
    )
    visits = [(LINKEDIN, START, 1, 0), (X, START + 300, 1, 0)]
    path = firefox(tmp_path / "places.sqlite", visits, [(1, START, START + 9_000, 120)])
    assert once(journal, "firefox", path, stored(journal)).mended == 1
    assert stored(journal) == [("linkedin", START, START + 120), ("x", START + 300, START + 600)]


def test_a_tab_that_was_never_in_front_goes(journal: Journal, tmp_path: Path) -> None:
    as_before(journal, "chrome", [visit(LINKEDIN, "linkedin", START, HOUR), visit(X, "x", START + 9_000, 60)], THEN)
    pages = [Page(LINKEDIN, START, HOUR, 0), Page(X, START + 9_000, 60, 60)]
    report = once(journal, "chrome", watched(tmp_path / "a", pages), stored(journal))
    assert stored(journal) == [("x", START + 9_000, START + 9_060)]
    assert (report.already, report.ignored, report.mended) == (1, 1, 1)


def test_a_phones_history_comes_back_from_1970(journal: Journal, tmp_path: Path) -> None:
    moments = [START, START + 60]
    wrong = [
        ("linkedin", moment // 1000, moment // 1000 + 300, key_of(moment * 1000, hashed(LINKEDIN)), 1)
        for moment in moments
    ]
    as_before(journal, "firefox", wrong, THEN)
    before = stored(journal)
    assert before[0][1] < 2_000_000
    path = firefox(tmp_path / "places.sqlite", [(LINKEDIN, moment, 1, 0) for moment in moments], phone=True)
    report = once(journal, "firefox", path, before)
    assert stored(journal) == [("linkedin", START, START + 360)]
    assert (report.added, report.already, report.mended) == (0, 2, 1)


def test_a_visit_without_a_date_leaves_1970(journal: Journal, tmp_path: Path) -> None:
    as_before(journal, "firefox", [visit(LINKEDIN, "linkedin", 0, 300, 1)], THEN)
    report = once(journal, "firefox", firefox(tmp_path / "a", [(LINKEDIN, 0, 1, 0)]), stored(journal))
    assert (stored(journal), len(report.rejected), report.mended) == ([], 1, 1)


def test_a_copy_that_never_saw_it_in_front_takes_nothing_back(journal: Journal, tmp_path: Path) -> None:
    run(journal, "chrome", watched(tmp_path / "a", [Page(LINKEDIN, START, 3 * HOUR, 600)]))
    assert run(journal, "chrome", watched(tmp_path / "b", [Page(LINKEDIN, START, 3 * HOUR, 0)])).mended == 0
    assert run(journal, "chrome", watched(tmp_path / "c", [Page(LINKEDIN, START, 3 * HOUR, None)])).mended == 0
    assert stored(journal) == [("linkedin", START, START + 600)]


def test_what_was_yet_to_come_goes_but_not_where_the_clock_was_set_back(journal: Journal, tmp_path: Path) -> None:
    ahead = NOW + 30 * 24 * HOUR
    as_before(journal, "chrome", [visit(LINKEDIN, "linkedin", ahead, 60), visit(X, "x", START, 60)], THEN)
    path = watched(tmp_path / "a", [Page(X, START, 60, 60), Page(LINKEDIN, ahead, 60, 60)])
    before = stored(journal)
    back = run(journal, "chrome", path, now=START - HOUR)
    assert (back.added, back.already, len(back.rejected), back.mended) == (0, 0, 2, 1)
    assert stored(journal) == [("x", START, START + 60)]
    undo.undo(journal, 1, now=NOW)
    report = once(journal, "chrome", path, before)
    assert stored(journal) == [("x", START, START + 60)]
    assert (report.already, len(report.rejected), report.mended) == (1, 1, 1)
    # And when its time has come, it is a visit like any other.
    assert run(journal, "chrome", path, now=ahead + HOUR).added == 1


@pytest.mark.parametrize("edit", [{"note": "a talk"}, {"end": START + 2 * HOUR}, {"activity": "reply"}])
def test_what_a_person_has_changed_stays_and_is_said(journal: Journal, tmp_path: Path, edit: dict[str, object]) -> None:
    as_before(
        journal, "chrome", [visit(LINKEDIN, "linkedin", START, 3 * HOUR), visit(X, "x", START + 60, 3 * HOUR)], THEN
    )
    (id,) = journal.row("SELECT id FROM session WHERE channel = 'linkedin'")
    sessions.edit(journal, id, now=NOW, **edit)  # type: ignore[arg-type]
    edited = session_table.get(journal, id)
    pages = [Page(LINKEDIN, START, 3 * HOUR, 600), Page(X, START + 60, 3 * HOUR, 30, tab=2)]
    report = once(journal, "chrome", watched(tmp_path / "a", pages), stored(journal))
    assert session_table.get(journal, id) == edited
    assert (report.mended, report.left) == (1, 1)


def test_what_a_person_deleted_or_recorded_again_stays_so(journal: Journal, tmp_path: Path) -> None:
    as_before(journal, "chrome", [visit(LINKEDIN, "linkedin", START, 3 * HOUR), visit(X, "x", START, 3 * HOUR)], THEN)
    (gone,) = journal.row("SELECT id FROM session WHERE channel = 'linkedin'")
    sessions.delete(journal, [gone], now=NOW)
    sessions.add(journal, "x", START + 300, START + 400, PARIS, now=NOW)
    pages = [Page(LINKEDIN, START, 3 * HOUR, 600), Page(X, START, 3 * HOUR, 600, window=2)]
    report = once(journal, "chrome", watched(tmp_path / "a", pages), stored(journal))
    assert stored(journal) == [
        ("x", START, START + 300),
        ("x", START + 300, START + 400),
        ("x", START + 400, START + 600),
    ]
    assert (report.mended, report.left) == (1, 0)


def row(reader: Reader, path: str) -> list[tuple[str, int, int, int, int]]:
    return [(*fact[:4], 0) for fact in SOURCES["app-usage"].read(path, reader).facts]


def test_dates_that_were_read_the_other_way_are_put_right(journal: Journal, tmp_path: Path, reader: Reader) -> None:
    rows = [f"YouTube,{day},10:00:00,0:00:50" for day in ("5/6/26", "6/6/26")]
    notice = "Notification posted (YouTube),5/6/26,09:00:00,0:00:00"
    path = phone(tmp_path / "a.csv", [notice, *rows])
    for dates in ("M/D/Y", None):
        first = run(journal, "app-usage", path, dates=dates)
        assert first.dates is None, "6 June follows 5 June: days, not months"
        assert (first.added, first.mended) == ((2, 0) if dates else (0, 2))
    days = [at("2026-06-05 10:00:00"), at("2026-06-06 10:00:00")]
    assert stored(journal) == [("youtube", day, day + 50) for day in days]
    assert notifications.in_span(journal, 0, NOW) == [("youtube", at("2026-06-05 09:00:00"), PARIS)]


def test_a_notification_that_another_row_tells_rightly_stays(journal: Journal, tmp_path: Path) -> None:
    rows = [f"Notification posted (YouTube),{day},10:00:00,0:00:00" for day in ("9/10/26", "10/9/26", "10/11/26")]
    path = phone(tmp_path / "a.csv", [*rows, "YouTube,10/11/26,11:00:00,0:00:50"])
    run(journal, "app-usage", path, dates="D/M/Y")
    report = run(journal, "app-usage", path, dates="M/D/Y")
    assert (report.mended, report.notifications) == (2, 1), "two notifications stay"
    days = ("2026-09-10", "2026-10-09", "2026-10-11")
    assert journal.rows("SELECT at FROM notification ORDER BY at") == [(at(f"{day} 10:00:00"),) for day in days]
    again = run(journal, "app-usage", path, dates="M/D/Y")
    assert (again.mended, again.notifications) == (0, 0)


def test_another_export_is_not_taken_for_one_read_the_other_way(journal: Journal, tmp_path: Path) -> None:
    run(journal, "app-usage", phone(tmp_path / "a.csv", ["YouTube,11/5/26,10:00:00,0:00:50"]), dates="M/D/Y")
    rows = [f"YouTube,11/{day}/26,10:00:00,0:00:50" for day in (6, 7)] + ["YouTube,5/11/26,10:00:00,0:00:50"]
    report = run(journal, "app-usage", phone(tmp_path / "b.csv", rows), dates="M/D/Y")
    assert (report.added, report.mended, len(stored(journal))) == (3, 0, 4)


def test_a_screen_that_went_off_unseen_ends_what_was_in_front(journal: Journal, tmp_path: Path, reader: Reader) -> None:
    rows = ["Facebook,11/20/26,10:00:00,0:10:00", "Schermo spento,11/20/26,10:05:00,0:30:00"]
    path = phone(tmp_path / "a.csv", rows)
    before = [(*fact[:2], fact[1] + 600, fact[3], 0) for fact in SOURCES["app-usage"].read(path, reader).facts]
    as_before(journal, "app-usage", before, THEN)
    report = once(journal, "app-usage", path, stored(journal))
    assert stored(journal) == [("facebook", START, START + 300)]
    assert (report.already, report.ignored, report.mended) == (1, 1, 1)


def test_a_notification_that_was_taken_for_a_look_goes(journal: Journal, tmp_path: Path) -> None:
    name = "Notifiche inviate (Facebook)"
    as_before(journal, "app-usage", [("facebook", START, START, key_of(START, hashed(name.casefold())), 0)], THEN)
    path = phone(tmp_path / "a.csv", [f"{name},11/20/26,10:00:00,0:00:00", "X,11/20/26,11:00:00,0:01:00"])
    report = once(journal, "app-usage", path, stored(journal))
    assert stored(journal) == [("x", START + HOUR, START + HOUR + 60)]
    assert (report.added, report.ignored, report.mended, report.notifications) == (1, 1, 1, 1)


def test_what_was_right_is_no_step(journal: Journal, tmp_path: Path, reader: Reader) -> None:
    rows = ["Facebook,11/20/26,10:00:00,0:05:01", "Screen off,11/20/26,10:05:00,0:30:00"]
    path = phone(tmp_path / "a.csv", rows)
    as_before(journal, "app-usage", row(reader, path), THEN)
    steps = len(undo.steps(journal))
    report = run(journal, "app-usage", path)
    assert (report.already, report.mended, len(undo.steps(journal))) == (1, 0, steps)


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
        with Journal.open(":memory:") as journal:
            names = {LINKEDIN: "linkedin", X: "x"}
            old = [
                visit(page.url, names[page.url], int(page.moment), int(page.open_for) or 300, 0 if page.open_for else 1)
                for page in made
                if page.url in names
            ]
            if first:
                as_before(journal, "chrome", old, THEN)
            run(journal, "chrome", path)
            logs.append(journal.rows('SELECT channel, start, "end", estimated FROM session ORDER BY 1, 2, 3'))
            assert run(journal, "chrome", path).mended == 0
    assert logs[0] == logs[1]
