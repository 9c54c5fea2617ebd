"""The longer look: by hand for a few weeks, and recomputed by another way for a month of anything."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tracker import demo
from tracker.demo.story import HOME
from tracker.domain.models import PLAN_GRACE, TAKE, Commitment
from tracker.reports.longer_look import (
    LongerReport,
    WeekFigures,
    longer_look,
    say_logged_beside_estimate,
    say_shift,
    say_verdict_result,
)
from tracker.settings import Settings
from tracker.storage import Database, channels, day_records, outcomes, reviews, session_table, sessions
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

PARIS = "Europe/Paris"
MONDAY_FIRST = Settings(first_weekday=0)
HOUR, DAY, WEEK = 3_600, 86_400, 7 * 86_400
#: Monday 16 November 2026, noon in Paris: a week before "now", in 2026-W47.
NOON = NOW - 7 * DAY - 3 * HOUR - 12 * 60


def look(database: Database, weeks: int = 4, name: str = "2026-W48", **changed: object) -> LongerReport:
    return longer_look(Workspace(database, MONDAY_FIRST._replace(**changed), PARIS, now=NOW), name, weeks=weeks)  # type: ignore[arg-type]


def add(database: Database, channel: str, start: int, seconds: int, plan: int | None = None) -> None:
    sessions.add(database, channel, start, start + seconds, PARIS, now=NOW, planned_seconds=plan)


def test_weeks_by_hand(database: Database) -> None:
    add(database, "linkedin", NOON, 1800, 1500)  # over its plan by more than the minute of grace
    add(database, "linkedin", NOON + HOUR, 1555, 1500)  # within it
    add(database, "instagram", NOON + HOUR + 1000, 1000)  # 445 s of it beyond LinkedIn's
    sessions.check(database, "x", NOON + DAY, PARIS, None, now=NOW)
    add(database, "call", NOON + 2 * DAY, 600)
    outcomes.add(database, "prospect", NOON + 2 * DAY, PARIS, now=NOW, channel="call", person="Samia")
    outcomes.add(database, "client", NOW, PARIS, now=NOW, channel="call", person="samia")
    outcomes.add(database, "recommendation", NOW, PARIS, now=NOW)
    outcomes.add(database, "income", NOW, PARIS, now=NOW, amount=100, currency="EUR")
    day_records.confirm_zero(database, "2026-11-09", True, now=NOW)
    first, zero, busy, current = look(database).weeks

    assert [figures.week for figures in (first, zero, busy, current)] == [
        "2026-W45",
        "2026-W46",
        "2026-W47",
        "2026-W48",
    ]
    assert (first.logged, first.seconds, first.checks, first.checks_a_day, first.leads) == (0, None, None, None, None)
    assert (zero.logged, zero.seconds, zero.checks_a_day, zero.plan_kept, zero.contacts) == (1, 0, 0, None, 0)
    assert (busy.logged, busy.elapsed, busy.seconds) == (3, 7, 1800 + 1555 + 445 + 15)
    assert busy.channels == {"linkedin": 3355, "instagram": 1000, "x": 15}
    assert (busy.checks, busy.checks_a_day, busy.kept, busy.planned) == (1, 1 / 3, 1, 2)
    assert (busy.leads, busy.contacts) == (1, 1)
    # Samia was a lead already, last week; money is no lead.
    assert (current.elapsed, current.leads, current.seconds) == (1, 1, 0)


def test_every_day_is_there_and_unknown_is_never_zero(database: Database) -> None:
    add(database, "linkedin", NOON, 600)
    day_records.confirm_zero(database, "2026-11-17", True, now=NOW)
    report = look(database, 2)
    assert dict(report.days) == {f"2026-11-{day}": None for day in range(16, 24)} | {
        "2026-11-16": 600,
        "2026-11-17": 0,
    }
    assert report.coverage == (2, 8)


def test_the_last_weeks_of_a_year_are_those_of_the_quarter(database: Database) -> None:
    add(database, "youtube", NOON - 30 * WEEK, 900)
    add(database, "linkedin", NOON, 600)
    assert list(look(database, 52).channels) == ["youtube", "linkedin"]
    assert look(database, 52).last(13) == look(database, 13)
    assert list(look(database, 13).channels) == ["linkedin"]


def test_nothing_at_all(database: Database) -> None:
    report = look(database, 52)
    assert report.coverage == (0, 358)
    assert report.channels == {}
    assert report.usual_seconds() is None
    assert say_shift(report) is None


def test_a_channel_that_is_not_social_is_no_social_time(database: Database) -> None:
    add(database, "whatsapp", NOON, 600)
    assert look(database, 2).weeks[0].seconds == 0
    channels.set_kind(database, channels.find(database, "whatsapp"), "social", now=NOW)
    assert look(database, 2).weeks[0].channels == {"whatsapp": 600}


def test_weeks_begin_where_the_reader_begins_them(database: Database) -> None:
    add(database, "linkedin", NOON - DAY, 600)  # Sunday 15 November
    assert [figures.seconds for figures in look(database, 3).weeks] == [600, None, None]
    report = look(database, 3, first_weekday=6)
    assert [(figures.week, figures.seconds) for figures in report.weeks] == [
        ("2026-W46", None),
        ("2026-W47", 600),
        ("2026-W48", None),
    ]
    assert report.weeks[1].dates[0] == "2026-11-15"


def test_a_week_with_the_long_night_adds_up(database: Database) -> None:
    # Sunday 25 October 2026 has 25 hours, from 04:00 to 04:00; the whole of it is one session.
    start = int(datetime(2026, 10, 24, 4, tzinfo=ZoneInfo(PARIS)).timestamp())
    add(database, "linkedin", start, 2 * DAY + HOUR)
    (week,) = look(database, 1, "2026-W43").weeks
    assert week.seconds == 2 * DAY + HOUR
    assert sum(seconds or 0 for _date, seconds in look(database, 1, "2026-W43").days) == 2 * DAY + HOUR


def test_an_estimate_stands_beside_what_was_logged(database: Database) -> None:
    reviews.begin(database, "2026-W47", PARIS, now=NOW)
    reviews.put_estimates(database, "2026-W47", {None: 2 * HOUR, "linkedin": HOUR}, now=NOW)
    add(database, "linkedin", NOON, 2 * HOUR + 1800)
    week = look(database, 2).weeks[0]
    assert week.estimate == 2 * HOUR
    assert say_logged_beside_estimate(week) == "logged"  # of one day of seven nothing can be told of a week
    week = week._replace(logged=4)
    assert say_logged_beside_estimate(week) == "logged, 30m more"
    assert say_logged_beside_estimate(week._replace(seconds=2 * HOUR + 60)) == "logged, as guessed"


def weeks_of(*hours: float | None, logged: int = 7) -> LongerReport:
    weeks = tuple(
        WeekFigures(
            f"2026-W{number:02}",
            tuple(f"w{number} d{day}" for day in range(7)),
            0 if hour is None else logged,
            7,
            None if hour is None else round(hour * HOUR),
            *({}, None, 0, 0, None, None),
        )
        for number, hour in enumerate(hours, 1)
    )
    days = tuple(
        (date, None if week.seconds is None else 0 if day else week.seconds)
        for week in weeks
        for day, date in enumerate(week.dates)
    )
    return LongerReport(weeks, {}, days)


def test_the_last_weeks_and_those_before_are_medians_of_whole_weeks() -> None:
    # The last quarter of 13 weeks is 3, of which 4 are looked at: 3 known ones suffice.
    report = weeks_of(*[10] * 5, None, 100, *[10] * 2, 4, 5, None, 6)
    assert report.shift() == (5 * HOUR, 10 * HOUR)
    assert say_shift(report) == "last 4 weeks: 5h per week, 10h before (medians of whole weeks) · −50%"
    assert weeks_of(*[10] * 9, 4, None, None, 6).shift() is None
    assert weeks_of(*[10] * 13, logged=3).shift() is None
    assert say_shift(weeks_of(*[0.5] * 13)) == "last 4 weeks: 30m per week, 30m before (medians of whole weeks)"


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Path:
    path = tmp_path_factory.mktemp("year") / "demo.db"
    shutil.copy(demo_file, path)
    return path


def test_the_demo_recomputed_minute_by_minute(year: Path) -> None:
    """Another way to the same figures: sets of seconds instead of intervals, datetime instead of our calendar."""
    with Database.open(str(year)) as database:
        report = longer_look(Workspace(database, demo.SETTINGS, HOME, now=NOW), "2026-W47", weeks=13)
        kinds = {channel.name: channel.kind for channel in channels.channels(database)}
        rows = [session for session in session_table.in_span(database, 0, NOW) if session.end is not None]
    zones = {session.zone for session in rows}
    begin = date.fromisoformat(report.weeks[0].dates[0])

    def edge(zone: str, weeks: int) -> int:
        """When a week begins by the clocks of the zone something was recorded in."""
        day = datetime.combine(begin + timedelta(weeks=weeks), time(), ZoneInfo(zone))
        return int((day + timedelta(seconds=demo.SETTINGS.day_starts_at)).astimezone(UTC).timestamp())

    known = {date: seconds for date, seconds in report.days if seconds is not None}
    whole = [figures.dates for figures in report.weeks if figures.logged >= 4]

    def filled(dates: tuple[str, ...]) -> int:
        """What was not logged is the mean of that weekday in the other weeks; the demo logged each in some."""
        same = [[known[other[place]] for other in whole if other[place] in known] for place in range(7)]
        means = [(2 * sum(seconds) + len(seconds)) // (2 * len(seconds)) for seconds in same]
        return sum(known.get(date, mean) for date, mean in zip(dates, means, strict=True))

    assert report.usual_seconds() == median(map(filled, whole))
    for number, week in enumerate(report.weeks):
        edges = {zone: (edge(zone, number), edge(zone, number + 1)) for zone in zones}
        social = [session for session in rows if kinds[session.channel] == "social"]
        seconds = {
            at
            for session in social
            for lo, hi in [edges[session.zone]]
            for at in range(max(session.start, lo), min(session.end or 0, hi))
        }
        assert week.seconds == len(seconds)
        began = [session for session in social if edges[session.zone][0] <= session.start < edges[session.zone][1]]
        assert week.checks == sum((session.end or 0) - session.start < 30 for session in began)
        planned = [session for session in began if session.planned_seconds]
        kept = [
            session
            for session in planned
            if (session.end or 0) - session.start <= (session.planned_seconds or 0) + PLAN_GRACE
        ]
        assert (week.kept, week.planned) == (len(kept), len(planned))
        talks = [session for session in rows if kinds[session.channel] == "in_person"]
        assert week.contacts == sum(
            edges[session.zone][0] <= session.start < edges[session.zone][1] for session in talks
        )


@given(st.lists(st.tuples(st.integers(0, 27), st.integers(0, 86_000), st.integers(1, 30_000)), max_size=12))
@settings(max_examples=25, deadline=None)
def test_weeks_days_and_channels_agree(placed: list[tuple[int, int, int]]) -> None:
    with Database.open(":memory:") as database:
        names = ("linkedin", "instagram", "x")
        for number, (day, second, length) in enumerate(placed):
            start = NOON - 21 * DAY + day * DAY + second - 12 * HOUR
            if start + length < NOW:
                sessions.add(database, names[number % 3], start, start + length, PARIS, now=NOW, on_overlap=TAKE)
        report = look(database, 5)
        for week in report.weeks:
            days = [dict(report.days)[date] for date in week.dates if date in dict(report.days)]
            known = [seconds for seconds in days if seconds is not None]
            assert week.seconds == (sum(known) if known else None)
            assert week.logged == len(known)
            assert (week.seconds or 0) <= sum(week.channels.values())
            assert max(week.channels.values(), default=0) <= (week.seconds or 0)


def test_commitments_count_once_they_are_decided(database: Database) -> None:
    add(database, "call", NOON, 600)
    for week, target in (("2026-W47", 1), ("2026-W47", 2), ("2026-W48", 1)):
        plan = Commitment(0, week, "I want to look", "I call", "contacts", "at_least", target, "week")
        reviews.add_commitment(database, plan, now=NOON - 14 * DAY)
    reviews.add_commitment(database, Commitment(0, "2026-W47", "it rains", "I write", kept=True), now=NOW)
    for day in range(17, 23):
        day_records.confirm_zero(database, f"2026-11-{day}", True, now=NOW)
    last, this = look(database, 2).weeks
    assert (last.commitments_kept, last.commitments, last.commitment_kept) == (2, 3, 2 / 3)
    assert (this.commitments_kept, this.commitments, this.commitment_kept) == (0, 0, None)


def test_verdicts_of_the_span_with_what_came_of_them(database: Database) -> None:
    add(database, "linkedin", NOON - WEEK, 3600)
    add(database, "linkedin", NOON, 1800)
    for week, channel, verdict in (
        ("2026-W46", "linkedin", "cut"),
        ("2026-W46", None, "more"),
        ("2026-W30", "linkedin", "keep"),
    ):
        reviews.give_verdict(database, week, channel, verdict, computed="cut", now=NOW)
    first, second = look(database, 4).verdicts
    assert (first.title, second.title) == ("LinkedIn", "Real contact")
    assert say_verdict_result(first, "EUR") == (
        "2026-W46: - cut down · 1h in all before, in 1 logged day · 30m in all since, in 1 logged day"
    )
    assert say_verdict_result(second, "EUR").startswith("2026-W46: + more of it (calculated: - cut down)")
    assert [result.follow_up.verdict.week for result in look(database, 52).verdicts] == [
        "2026-W30",
        "2026-W46",
        "2026-W46",
    ]
    assert len(look(database, 52).last(13).verdicts) == 2
