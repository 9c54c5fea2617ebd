"""The views: what a person sees who opens the file with `sqlite-utils` or Datasette."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from sqlite_utils.cli import cli

from tests.conftest import NOW
from tests.storage.files import PARIS
from tracker.calendar.clock import to_utc
from tracker.storage import Database, day_records, outcomes, sessions

ZONES = ("Europe/Paris", "America/Montreal", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "UTC")

#: Around both clock changes of 2026 in Europe and in America, and in summer and winter.
MOMENTS = [
    to_utc("UTC", 2026, month, day, hour, minute)
    for month, day in ((1, 15), (3, 8), (3, 29), (4, 5), (7, 15), (10, 4), (10, 25), (11, 1))
    for hour in (0, 1, 6, 7, 12, 15)
    for minute in (29, 30, 59)
]


@pytest.mark.parametrize("zone", ZONES)
def test_a_session_is_shown_by_the_clock_of_the_place_it_was_recorded_in(database: Database, zone: str) -> None:
    for start in MOMENTS:
        sessions.add(database, "x", start, start + 45, zone, now=NOW)
    for begin, shown_start, shown_end, minutes in database.rows(
        'SELECT session.start, local.start, local."end", minutes FROM session JOIN session_local local USING (id)'
    ):
        for instant, shown in ((begin, shown_start), (begin + 45, shown_end)):
            assert shown == datetime.fromtimestamp(instant, ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M:%S")
        assert minutes == 0.8


def test_minutes_are_true_minutes_over_a_clock_change(database: Database) -> None:
    begin = to_utc(PARIS, 2026, 3, 29, 1, 0)
    end = to_utc(PARIS, 2026, 3, 29, 4, 0)
    session = sessions.add(database, "x", begin, end, PARIS, now=NOW, planned_seconds=90 * 60)
    shown = database.row('SELECT start, "end", minutes, planned_minutes FROM session_local WHERE id = ?', (session.id,))
    assert shown == ("2026-03-29 01:00:00", "2026-03-29 04:00:00", 120.0, 90.0)


def test_what_runs_has_no_end_and_no_minutes(database: Database) -> None:
    sessions.start(database, "x", NOW, PARIS, now=NOW)
    assert database.row('SELECT start, "end", minutes FROM session_local') == ("2026-11-23 15:12:00", None, None)


def test_urges_and_outcomes_are_shown_by_their_clock_and_in_whole_money(database: Database) -> None:
    day_records.add_urge(database, "x", NOW, "Asia/Kolkata", now=NOW)
    outcomes.add(database, "income", NOW, PARIS, now=NOW, amount=48050, currency="EUR")
    assert database.row("SELECT at, channel FROM urge_local") == ("2026-11-23 19:42:00", "x")
    assert database.row("SELECT at, amount, currency FROM outcome_local") == ("2026-11-23 15:12:00", 480.5, "EUR")


def test_minutes_by_date_add_up_by_the_local_date(database: Database) -> None:
    evening = to_utc(PARIS, 2026, 11, 20, 23, 50)
    sessions.add(database, "x", evening, evening + 300, PARIS, now=NOW)
    sessions.add(database, "x", evening + 1200, evening + 1500, PARIS, now=NOW)
    sessions.add(database, "reddit", evening, evening + 60, PARIS, now=NOW)
    assert database.rows("SELECT * FROM minutes_by_date") == [
        ("2026-11-21", "x", 5.0, 1),
        ("2026-11-20", "reddit", 1.0, 1),
        ("2026-11-20", "x", 5.0, 1),
    ]


@pytest.mark.parametrize("name", ["session", "session_local", "minutes_by_date", "channel", "outcome_local"])
def test_sqlite_utils_reads_tables_and_views(database: Database, name: str) -> None:
    sessions.add(database, "x", NOW - 90, NOW, PARIS, now=NOW, note="likes")
    outcomes.add(database, "prospect", NOW, PARIS, now=NOW)
    database.close()
    shown = CliRunner().invoke(cli, ["rows", database.file.path, name])
    rows = json.loads(shown.stdout)
    assert rows
    if name == "session_local":
        assert rows[0]["start"] == "2026-11-23 15:10:30"
        assert rows[0]["minutes"] == 1.5
