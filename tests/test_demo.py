"""The demo's year: the same every time, allowed by the rules of storage, and worth looking at on every screen."""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOW
from tracker import demo
from tracker.analytics.habit_days import STATES
from tracker.analytics.patterns.detectors import check_cluster
from tracker.calendar.clock import to_utc
from tracker.calendar.days import day_of, next_date, next_week, week_of
from tracker.demo import in_french, make_year
from tracker.demo.story import FRENCH, HOLIDAY, HOME, PEOPLE, RESOLVED, SICK, TEXTS
from tracker.domain.errors import TrackerError
from tracker.domain.models import RINGS, Session
from tracker.reports import day
from tracker.reports.commitments import results
from tracker.reports.detector_inputs import log
from tracker.reports.habit_histories import habits
from tracker.reports.markdown_page import quotation
from tracker.reports.week import unreviewed, week
from tracker.reports.worth import verdict_history, worth_report
from tracker.storage import Database, bulk_load, channels, day_records, outcomes, reviews, session_table, sessions, undo
from tracker.workspace import Workspace

TABLES = (
    "habit",
    "habit_day",
    "pause",
    "notification",
    "spend",
    "verdict",
    "channel",
    "activity",
    "session",
    "urge",
    "outcome",
    "day_note",
    "estimate",
    "commitment",
    "review",
    "zone",
    "zone_offset",
    "action",
    "change",
)

ODD = {
    "at one in the morning": to_utc(HOME, 2026, 11, 24, 1, 0),
    "just after a day began": to_utc(HOME, 2026, 11, 24, 4, 20),
    "on the night the clocks go back": to_utc(HOME, 2026, 10, 25, 2, 30, fold=1),
    "on the day the clocks go forward": to_utc(HOME, 2026, 3, 29, 15, 0),
    "on 29 February": to_utc(HOME, 2028, 2, 29, 11, 0),
    "on a Sunday": to_utc(HOME, 2026, 7, 5, 16, 0),
    "on New Year's Eve": to_utc(HOME, 2026, 12, 31, 23, 59, 59),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Path:
    path = tmp_path_factory.mktemp("made") / "demo.db"
    shutil.copy(demo_file, path)
    return path


def rows(path: Path) -> dict[str, list[Any]]:
    with Database.open(str(path)) as database:
        return {table: sorted(database.rows(f"SELECT * FROM {table}"), key=repr) for table in TABLES}


@lru_cache(maxsize=1)
def everything(path: Path) -> list[Session]:
    """Every session of a file that does not change any more."""
    with Database.open(str(path)) as database:
        return session_table.in_span(database, 0, 2**40)


def clusters(path: Path, now: int, last: str) -> tuple[Any, ...]:
    with Database.open(str(path)) as database:
        return check_cluster.find(log(Workspace(database, demo.SETTINGS, HOME, now=now), last=last)).events


def assert_allowed(told: list[Session], now: int) -> None:
    """No two at once on a channel, nothing to come, exactly one session running."""
    reach: dict[str, int] = {}
    for session in told:
        assert reach.get(session.channel, 0) <= session.start, f"{session} begins inside another of its channel"
        end = session.end if session.end is not None else now
        assert session.start < end <= now
        reach[session.channel] = end
    assert [session.start for session in told if session.end is None] == [now - 37 * 60]


def test_the_same_now_makes_the_same_rows(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    again = tmp_path / "again.db"
    demo.make(str(again), NOW)
    assert rows(made) == rows(again)


def test_a_year_of_a_believable_size(made: Path) -> None:
    told = everything(made)
    assert 15_000 <= len(told) <= 25_000
    assert 364 * 86_400 <= NOW - told[0].start <= 366 * 86_400
    by_day = Counter(
        day_of(session.start, session.zone, 14_400)
        for session in told
        if session.channel not in ("work", "call", "video", "meeting")
    )
    assert max(by_day.values()) <= 140
    assert 40 <= sorted(by_day.values())[len(by_day) // 2] <= 110


def test_it_is_what_storage_would_have_let_a_person_record(made: Path) -> None:
    told = everything(made)
    assert_allowed(told, NOW)
    with Database.open(str(made)) as database:
        known = {channel.name for channel in channels.channels(database)}
        done = {activity.name for activity in channels.activities(database)}
        assert not database.rows("PRAGMA foreign_key_check")
    assert {session.channel for session in told} <= known
    assert {session.activity for session in told if session.activity} <= done
    timers = [session for session in told if session.source == "timer"]
    assert all(session.end <= after.start for session, after in pairwise(timers) if session.end is not None)


def test_the_session_that_runs_is_over_its_plan(made: Path) -> None:
    with Database.open(str(made)) as database:
        running = session_table.running(database)
    assert running is not None
    assert (running.channel, running.activity, running.planned_seconds) == ("linkedin", "create", 25 * 60)
    assert running.intention == "carousel on snail prospecting"


def test_undo_has_nothing_to_take_back_and_still_works(made: Path, tmp_path: Path) -> None:
    with Database.open(str(shutil.copy(made, tmp_path))) as database:
        assert undo.steps(database) == []
        with pytest.raises(TrackerError):
            undo.undo(database, 1, now=NOW)
        sessions.stop(database, NOW, now=NOW)
        undo.undo(database, 1, now=NOW)
        assert session_table.running(database) is not None
        assert len(undo.steps(database)) == 1
        assert len(database.rows("SELECT 1 FROM sqlite_master WHERE type = 'trigger'")) > 20


def test_clusters_come_and_go(made: Path) -> None:
    today = day_of(NOW, HOME, 14_400)
    months = [len(clusters(made, NOW, next_date(today, -28 * month))) for month in range(12)]
    assert max(months) <= 6
    assert months.count(0) >= 2
    assert sum(count >= 1 for count in months) >= 4


def test_one_cluster_is_todays_and_its_instagram(made: Path) -> None:
    today = day_of(NOW, HOME, 14_400)
    (cluster,) = [cluster for cluster in clusters(made, NOW, today) if cluster.date == today]
    assert 30 * 60 <= NOW - cluster.end <= 75 * 60
    channel = {session.id: session.channel for session in everything(made)}
    opened = Counter(channel[session] for session in cluster.sessions)
    assert 9 <= opened["instagram"] <= 14
    # The half hour of the last of them holds the session that runs now.
    assert opened.total() - opened["instagram"] <= 1


def test_people_are_met_from_the_building_outwards(made: Path) -> None:
    first: dict[str, int] = {}
    met: dict[str, set[str]] = defaultdict(set)
    for session in everything(made):
        if session.ring:
            first.setdefault(session.ring, session.start)
            met[session.person or ""].add(session.ring)
    assert tuple(sorted(first, key=lambda ring: first[ring])) == RINGS
    assert all(len(rings) == 1 for name, rings in met.items() if name)
    assert "Samia" in met


def test_outcomes_come_from_people_and_linkedin(made: Path) -> None:
    with Database.open(str(made)) as database:
        stored = outcomes.in_span(database, 0, 2**40)
    by_channel = Counter(outcome.channel for outcome in stored)
    assert by_channel["meeting"] > by_channel["linkedin"] > 10
    assert by_channel["instagram"] <= 3
    assert not by_channel["youtube"]
    assert all((outcome.amount is not None) == (outcome.kind == "income") for outcome in stored)
    assert all(outcome.currency == "EUR" for outcome in stored if outcome.amount is not None)


def test_an_outcome_of_a_talk_follows_the_talk(made: Path) -> None:
    told = everything(made)
    with Database.open(str(made)) as database:
        stored = outcomes.in_span(database, 0, 2**40)
    for outcome in stored:
        if outcome.channel in ("call", "video", "meeting"):
            that_day = [
                session
                for session in told
                if session.person == outcome.person
                and session.end
                and outcome.at - 12 * 3600 < session.end <= outcome.at
            ]
            assert [session.channel for session in that_day] == [outcome.channel], outcome


def test_instagram_declines_after_the_resolution(made: Path) -> None:
    looks = Counter(
        (NOW - session.start) // (28 * 86_400) for session in everything(made) if session.channel == "instagram"
    )
    assert looks[0] < 0.65 * looks[5]


def test_about_half_of_the_plans_are_overrun(made: Path) -> None:
    planned = [
        session
        for session in everything(made)
        if session.planned_seconds and session.end is not None and session.channel == "linkedin"
    ]
    over = [
        session
        for session in planned
        if session.end is not None and session.end - session.start > (session.planned_seconds or 0)
    ]
    assert len(planned) > 200
    assert 0.4 < len(over) / len(planned) < 0.6


def test_sickness_is_not_logged_and_the_holiday_is_quiet(made: Path) -> None:
    today = day_of(NOW, HOME, 14_400)
    by_day = Counter(day_of(session.start, session.zone, 14_400) for session in everything(made))
    assert not any(by_day[next_date(today, -ago)] for ago in range(SICK.last, SICK.first + 1))
    holiday = [by_day[next_date(today, -ago)] for ago in range(HOLIDAY.last, HOLIDAY.first + 1)]
    assert max(holiday) < 25
    assert 3 <= holiday.count(0) < 12


def test_a_week_is_recorded_in_another_zone(made: Path) -> None:
    abroad = {
        day_of(session.start, session.zone, 14_400) for session in everything(made) if session.zone == "America/Toronto"
    }
    assert 4 <= len(abroad) <= 7


def test_evening_lines_do_not_repeat_themselves(made: Path) -> None:
    with Database.open(str(made)) as database:
        notes = [note for (note,) in database.rows("SELECT note FROM day_note WHERE note IS NOT NULL ORDER BY date")]
    assert 150 <= len(notes) <= 260
    assert len(set(notes)) >= 60
    assert all(len(set(notes[place : place + 30])) == 30 for place in range(0, len(notes) - 30, 10))


def test_a_file_with_sessions_is_left_alone(made: Path) -> None:
    before = rows(made)
    with pytest.raises(TrackerError, match="already has sessions"):
        demo.make(str(made), NOW + 60)
    assert rows(made) == before


def test_a_fill_that_cannot_be_leaves_nothing_behind(tmp_path: Path) -> None:
    with Database.open(str(tmp_path / "new.db")) as database:
        before = database.rows("SELECT name, sql FROM sqlite_master ORDER BY name")
        nowhere = Session(0, "nowhere", 1, 2, HOME)
        with pytest.raises(TrackerError):
            bulk_load.fill(database, now=NOW, sessions=[Session(0, "linkedin", 1, 2, HOME), nowhere])
        assert session_table.first_and_last(database) is None
        assert database.rows("SELECT name, sql FROM sqlite_master ORDER BY name") == before


@pytest.mark.parametrize("now", ODD.values(), ids=ODD)
def test_it_can_be_made(now: int, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    demo.make(str(path), now)
    told = everything(path)
    assert_allowed(told, now)
    assert len(told) > 15_000
    with Database.open(str(path)) as database:
        assert all(outcome.at <= now for outcome in outcomes.in_span(database, 0, 2**40))
        assert database.row("SELECT max(at) FROM urge")[0] <= now


@pytest.mark.parametrize("hour", [9, 17])
def test_the_last_hours_stand_out_at_any_working_hour(hour: int, tmp_path: Path) -> None:
    now = to_utc(HOME, 2026, 5, 20, hour, 40)
    path = tmp_path / "demo.db"
    with Database.open(str(path)) as database:  # without the reviews, which take as long again
        bulk_load.fill(database, now=now, **make_year(now, 14_400)._asdict())
    today = day_of(now, HOME, 14_400)
    assert [cluster for cluster in clusters(path, now, today) if now - 80 * 60 <= cluster.end <= now - 37 * 60]


def test_habits_grow_since_the_resolution_and_are_not_perfect(made: Path) -> None:
    with Database.open(str(made)) as database:
        kept = {history.habit.name: history for history in habits(Workspace(database, demo.SETTINGS, HOME, now=NOW))}
    assert list(kept) == ["Draw first", "Canal walk", "Read", "Less feed", "Talk to someone"]
    assert all(0.3 < (history.strength or 0) < 0.97 for history in kept.values())
    then = kept["Draw first"].until(next_date(kept["Read"].today.date, -RESOLVED))
    assert then is not None
    assert (then.strength or 0) < (kept["Draw first"].strength or 0) - 0.1
    assert kept["Draw first"].today.state == "done"
    assert {mark.state for history in kept.values() for mark in history.marks} == set(STATES)


def test_some_pauses_are_kept_and_some_are_not(made: Path) -> None:
    with Database.open(str(made)) as database:
        states = Counter(pause.state for pause in day.pauses_in_span(database, 0, 2**40, NOW))
    assert states["kept"]
    assert states["broken"]


def test_every_verdict_of_worth_is_alive(made: Path) -> None:
    with Database.open(str(made)) as database:
        table = worth_report(Workspace(database, demo.SETTINGS, HOME, now=NOW))
        (chapter,) = verdict_history(Workspace(database, demo.SETTINGS, HOME, now=NOW), "instagram")
    contact = table.rows[-1]
    assert (contact.channel, contact.verdict) == ("in_person", "more")
    assert {row.verdict for row in table.rows} >= {"stop", "more", "not enough data"}
    assert all(row.cost and row.roi_percent is not None for row in table.rows)
    assert contact.spend
    assert table.row("linkedin") is not None
    assert chapter.verdict.verdict == "cut"
    assert chapter.before.weekly_seconds is not None
    assert chapter.after.weekly_seconds is not None
    assert chapter.after.weekly_seconds < 0.8 * chapter.before.weekly_seconds


def test_evenings_are_closed_and_tasks_mostly_done(made: Path) -> None:
    today = day_of(NOW, HOME, 14_400)
    with Database.open(str(made)) as database:
        said = day_records.notes_in_span(database, next_date(today, -60), today)
    assert said[-1].date == today
    assert (said[-1].task, said[-1].closed) == ("offer for the gallery", False)
    assert said[-2].closed
    named = [note for note in said if note.task and note.date < today]
    assert 0.4 < sum(note.task_done for note in named) / len(named) < 0.9


def test_the_weeks_since_the_resolution_were_reviewed_but_the_last(made: Path) -> None:
    today = day_of(NOW, HOME, 14_400)
    this = week_of(today, 0)
    with Database.open(str(made)) as database:
        told = reviews.listed(database)
        assert unreviewed(Workspace(database, demo.SETTINGS, HOME, now=NOW)) == next_week(this, -1)
        assert 8 <= len(told) <= 10
        assert all(review.written and review.written < NOW and review.words and review.page for review in told)
        assert len({review.words for review in told}) == len(told)
        assert reviews.draft(database, next_week(this, -1)) is None
        assert len(reviews.estimated_seconds(database, None)) == len(told)
        last = results(Workspace(database, demo.SETTINGS, HOME, now=NOW), next_week(this, -1))
        assert 1 <= len(last) <= 3
        assert any(result.commitment.measure for result in last)
        assert reviews.commitments_of_week(database, this) == []
        kept = [
            result.kept
            for review in told
            for result in results(Workspace(database, demo.SETTINGS, HOME, now=NOW), review.week)
        ]
        assert True in kept
        assert False in kept
        assert not undo.steps(database)


def test_a_review_of_the_year_is_a_page_like_any_other(made: Path) -> None:
    with Database.open(str(made)) as database:
        for review in reviews.listed(database):
            data = json.loads(review.figures or "")
            assert data["week"] == review.week
            shown = week(Workspace(database, demo.SETTINGS, HOME, now=NOW), review.week)
            assert (data["seconds"], data["checks"]) == (shown.seconds, shown.checks)
            assert (data["usual_seconds"], data["usual_weeks"]) == (shown.usual_seconds, shown.usual_weeks)
            assert quotation(review.words or "") in (review.page or "")


def test_in_french_it_is_the_same_year_and_all_she_wrote_is_french() -> None:
    english = make_year(NOW, demo.SETTINGS.day_starts_at)
    french = in_french(english)
    names = {person.name for person in PEOPLE} | {"notification"}
    for kind in ("sessions", "urges", "outcomes", "notes", "habits", "ticks", "spends", "verdicts"):
        for before, after in zip(getattr(english, kind), getattr(french, kind), strict=True):
            changed = {key for key in before._fields if getattr(before, key) != getattr(after, key)}
            written = {
                key
                for key in ("intention", "trigger", "note", "task", "why", "name", "habit")
                if getattr(before, key, None) and getattr(before, key) not in names
            }
            assert written <= changed <= written | {"person"}, before
    assert set(TEXTS["reviews"]) <= set(FRENCH)
