"""CSV in and out: what somebody wrote stays as written, and what is exported reads back without loss."""

from __future__ import annotations

import csv
import io
import json
import shlex
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.importers.makers import PARIS, at, phone
from tests.importers.makers import sessions as stored
from tracker.calendar.clock import to_utc
from tracker.domain.errors import TrackerError
from tracker.domain.models import Habit, Session
from tracker.domain.text import clean_lines, same_name
from tracker.exporters import DayRange, exporting
from tracker.exporters.csv_export import from_cell, to_cell
from tracker.exporters.exporting import EVERY_DAY
from tracker.importers import importing
from tracker.importers.csv_table import parse_columns
from tracker.importers.imported_record import ImportOptions
from tracker.storage import (
    Database,
    bulk_load,
    channels,
    day_records,
    habits,
    outcomes,
    people,
    session_table,
    sessions,
)
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.importing import ImportReport

START = at("2026-11-23 10:00:00")
HEADER = "start,end,channel,activity,note\n"


def read(database: Database, path: Path, text: str, header: str = HEADER) -> ImportReport:
    path.write_text(header + text, encoding="utf-8", newline="")
    report = importing.import_files(database, "csv", str(path), ImportOptions(PARIS, NOW))
    assert report.read == report.added + report.already + report.ignored + len(report.rejected)
    return report


def of(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.already, report.ignored, len(report.rejected)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "log.csv"


def test_rows_are_sessions_as_they_stand(database: Database, file: Path) -> None:
    rows = (
        "2026-11-23T10:00:00+01:00,2026-11-23T10:00:10+01:00,linkedin,create,carousel\n"
        "2026-11-23T09:00:15Z,2026-11-23T09:00:20Z,LinkedIn,,\n"
        "2026-11-23 10:01,2026-11-23 10:02,li,reply,in Paris\n"
    )
    assert of(read(database, file, rows)) == (3, 0, 0, 0)
    assert stored(database) == [
        ("linkedin", START, START + 10),
        ("linkedin", START + 15, START + 20),
        ("linkedin", START + 60, START + 120),
    ]
    assert database.rows("SELECT activity, note, zone, source FROM session ORDER BY start") == [
        ("create", "carousel", PARIS, "csv"),
        (None, None, PARIS, "csv"),
        ("reply", "in Paris", PARIS, "csv"),
    ]


def test_the_same_row_is_there_once_even_when_its_note_was_corrected(database: Database, file: Path) -> None:
    row = "2026-11-23T10:00:00+01:00,2026-11-23T10:10:00+01:00,linkedin,create,{}\n"
    read(database, file, row.format("carusel") * 2)
    assert of(read(database, file, row.format("carousel"))) == (0, 1, 0, 0)
    assert len(stored(database)) == 1


def test_keys_never_change_for_they_are_stored(database: Database, file: Path) -> None:
    span = "2026-11-22T10:00:00,2026-11-22T10:05:00"
    read(database, file, f"{span},x,,,\n{span},x,,a note,\n{span},x,,,America/Montreal\n", HEADER[:-1] + ",zone\n")
    keys = [key for (key,) in database.rows("SELECT key FROM imported_fact ORDER BY key")]
    assert keys == [111404074645734699, 3934393511347968665, 6260585499961318591]


def test_a_channel_that_the_user_named_is_made(database: Database, file: Path) -> None:
    rows = (
        "2026-11-23T10:00,2026-11-23T10:10,Real Life,,,in_person\n"
        "2026-11-23T11:00,2026-11-23T11:10,real-life,,,\n"
        "2026-11-23T12:00,2026-11-23T12:10,vimeo,,,\n"
        "2026-11-23T13:00,2026-11-23T13:10,Twitter,,,\n"
        "2026-11-23T14:00,2026-11-23T14:10,fr.linkedin.com,,,\n"
        "2026-11-23T15:00,2026-11-23T15:10,other,,,important\n"
    )
    report = read(database, file, rows, "start,end,channel,activity,note,kind\n")
    assert report.new_channels == ("real-life", "vimeo")
    assert len(report.rejected) == 1
    assert [row[0] for row in stored(database)] == ["real-life", "real-life", "vimeo", "x", "linkedin"]
    channel = channels.find(database, "real life")
    assert (channel.title, channel.kind) == ("Real Life", "in_person")
    assert channels.find(database, "vimeo").kind == "social"
    assert of(read(database, file, rows, "start,end,channel,activity,note,kind\n"))[1] == 5


def test_an_activity_that_is_not_known_joins_the_note(database: Database, file: Path) -> None:
    read(
        database,
        file,
        "2026-11-23T10:00,2026-11-23T10:10,x,Juggling,at home\n2026-11-23T11:00,2026-11-23T11:10,x,REPLY,\n",
    )
    assert database.rows("SELECT activity, note FROM session ORDER BY start") == [
        (None, "Juggling; at home"),
        ("reply", None),
    ]


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_separators_and_orders_of_columns_are_read(database: Database, file: Path, sign: str) -> None:
    header = sign.join(("Channel", "NOTE", "end", "start", "mood", "planned", "person", "ring")) + "\r\n"
    row = sign.join(("x", "a, b", "2026-11-23 10:30", "2026-11-23 10:00", "fine", "25m", "Samia", "Street")) + "\r\n"
    assert of(read(database, file, row, "\ufeff" + header)) == (1, 0, 0, 0)
    columns = "channel, note, planned_seconds, person, ring"
    assert database.rows(f"SELECT {columns} FROM session") == [("x", "a, b", 1500, "Samia", "street")]


def test_wall_times_over_the_change_of_the_clocks(database: Database, file: Path) -> None:
    read(database, file, "2026-10-25T02:50,2026-10-25T02:10,x,,\n2026-03-29T01:30,2026-03-29T03:30,x,,\n")
    assert [end - start for _channel, start, end in stored(database)] == [3_600, 20 * 60]


def test_a_time_that_the_clocks_skipped_is_refused_with_its_reason(database: Database, file: Path) -> None:
    rows = (
        "2026-03-29 02:30,2026-03-29 03:10,x,,\n29/03/2026 02:30,29/03/2026 03:10,x,,\n"
        "2026-03-29 01:30,2026-03-29 02:30,x,,\n2026-03-29 01:50,2026-03-29 03:00,x,,\n"
        "2026-03-29T00:30:00Z,2026-03-29T01:10:00Z,x,,\n"
    )
    report = read(database, file, rows)
    assert [rejected.line for rejected in report.rejected] == [2, 3, 4]
    reason = "02:30 did not exist: on 2026-03-29 the clocks went from 02:00 to 03:00"
    assert {rejected.reason for rejected in report.rejected} == {reason}
    assert report.added == 2


@pytest.mark.parametrize("word", ["yesterday", "14:05", "25m", "lundi"])
def test_no_channel_is_made_of_a_word_that_is_read_as_a_time(database: Database, file: Path, word: str) -> None:
    report = read(
        database, file, f"2026-11-23 10:00,2026-11-23 10:10,{word},,\n2026-11-23 11:00,2026-11-23 11:10,4chan,,\n"
    )
    assert [(row.line, row.reason) for row in report.rejected] == [
        (2, f"“{word}” is read as a time; choose another name")
    ]
    assert report.added == 1


def test_each_row_may_name_its_zone(database: Database, file: Path) -> None:
    header = "start,end,channel,zone\n"
    read(database, file, "2026-11-22T10:00,2026-11-22T10:10,x,America/Montreal\n", header)
    assert stored(database) == [("x", START - 18 * 3600, START - 18 * 3600 + 600)]
    assert database.rows("SELECT zone FROM session") == [("America/Montreal",)]


@pytest.mark.parametrize(
    "row",
    [
        "soon,2026-11-23T10:10,x,,",
        "2026-11-23T15:00,2026-11-23T15:13,x,,",
        "2026-11-23,2026-11-24,x,,",
        "2026-11-23T10:00,2026-11-23T09:00,x,,",
        "2026-11-23T10:00,2026-12-23T10:00,x,,",
        "2026-11-23T10:00,2026-11-23T10:10,,,",
        "2026-11-23T10:00",
        ",2026-11-23T10:00,x,,",
        "2026-11-23T10:00,2026-11-23T10:10,x,,,,,",
        "0001-01-01T00:00:00+14:00,2026-11-23T10:10,x,,",
        "9999-12-31T23:59,9999-12-31T23:59,x,,",
        "-300-01-01T00:00,2026-11-23T10:10,x,,",
        "x\x1b[31m,2026-11-23T10:10,x,,",
    ],
)
def test_a_row_that_makes_no_sense_is_named_with_its_line(database: Database, file: Path, row: str) -> None:
    good = '2026-11-23T10:00,2026-11-23T10:10,x,,"two\nlines"\n'
    report = read(database, file, good + row + "\n" + good.replace("10:", "11:"))
    assert [rejected.line for rejected in report.rejected] == [4]
    assert report.rejected[0].reason.isprintable()
    assert report.added == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2030-12-02T10:00,2030-12-01T10:00,x", "a session cannot end before it starts"),
        ("2030-12-01T10:00,2030-12-20T10:00,x", "a session cannot last more than a week"),
        ("2030-12-01T10:00,2030-12-01T11:00,x", "that time is in the future"),
    ],
)
def test_only_what_can_come_true_is_said_to_be_in_the_future(
    database: Database, file: Path, row: str, reason: str
) -> None:
    assert [rejected.reason for rejected in read(database, file, f"{row},,\n").rejected] == [reason]


def test_an_unfinished_session_is_ignored(database: Database, file: Path) -> None:
    assert of(read(database, file, "2026-11-23T10:00,,x,,\n")) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"hello", b"start,end\n", b"\xff\xfe\x00\x00", b"start,end,channel\n\xe9", b"start,end,channel\n\0"],
)
def test_a_file_of_another_kind_is_refused_in_one_line(database: Database, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(TrackerError) as refused:
        importing.import_files(database, "csv", str(file), ImportOptions(PARIS, NOW))
    assert "\n" not in str(refused.value)


def test_an_endless_cell_is_refused_with_its_line(database: Database, file: Path) -> None:
    good = "2026-11-23T10:00,2026-11-23T10:10,x,,fine\n"
    report = read(database, file, good + good.replace("10:", "11:").replace("fine", f'"{"a" * 200_000}"'))
    assert (report.added, [row.line for row in report.rejected]) == (1, [3])
    assert "too long: 2000" in report.rejected[0].reason


def test_a_row_gives_way_to_the_log_and_measured_time_to_the_row(
    database: Database, file: Path, tmp_path: Path
) -> None:
    export = phone(tmp_path / "a", ["X,11/23/26,10:00:00,1:00:00"])
    importing.import_files(database, "app-usage", export, ImportOptions(PARIS, NOW))
    sessions.add(database, "x", START + 600, START + 1200, PARIS, now=NOW)
    report = read(
        database, file, "2026-11-23T10:15,2026-11-23T10:30,x,,meeting\n2026-11-23T10:12,2026-11-23T10:13,x,,\n"
    )
    assert of(report) == (1, 1, 0, 0)
    rows = database.rows('SELECT source, (start - ?1) / 60, ("end" - ?1) / 60 FROM session ORDER BY start', (START,))
    assert rows == [("app-usage", 0, 10), ("log", 10, 20), ("csv", 20, 30), ("app-usage", 30, 60)]
    assert importing.import_files(database, "app-usage", export, ImportOptions(PARIS, NOW)).already == 1
    assert len(stored(database)) == 4


words = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "=1+1",
            "@SUM(A1)",
            "-5",
            "+1",
            "'=x",
            "''=x",
            "'",
            "\t=1",
            "＝1",
            "'＠x",
            "a,b",
            'say "hi"',
            "two\nlines",
            " x ",
            ";",
            "\ufeff",
        ]
    ),
    st.text("'=+-@\t\n＝x", min_size=1, max_size=6),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).map(clean_lines).filter(bool),
)


@given(words.filter(bool))
def test_no_cell_is_a_formula_and_every_cell_is_read_back(text: str) -> None:
    cell = to_cell(text) or ""
    assert cell[0] not in "=+-@\t\n＝＋－＠"
    assert from_cell(cell) == text
    assert cell in (text, f"'{text}")


def exported(database: Database, format: str, days: DayRange = EVERY_DAY) -> str:
    stream = io.StringIO(newline="")
    exporting.export(database, format, stream, days=days)
    return stream.getvalue()


written = st.builds(
    lambda channel, start, lasts, zone, activity, plan, words, ring, estimated: Session(
        *(0, channel, 1_700_000_000 + start, 1_700_000_000 + start + lasts, zone, activity, plan),
        *(words[0], words[1], words[2], ring, words[3], "log", estimated),
    ),
    st.sampled_from(["x", "linkedin", "call", "potluck"]),
    st.integers(0, 40_000_000),
    st.integers(0, 7 * 86_400),
    st.sampled_from([PARIS, "UTC", "America/Montreal", "Asia/Kathmandu"]),
    st.sampled_from([None, "create", "monitor"]),
    st.one_of(st.none(), st.integers(1, 10_000)),
    st.tuples(words, words, words, words),
    st.sampled_from([None, "building", "beyond"]),
    st.booleans(),
)


@given(st.lists(written, max_size=8))
def test_an_export_reads_back_without_loss(
    tmp_path_factory: pytest.TempPathFactory, given_sessions: list[Session]
) -> None:
    path = tmp_path_factory.mktemp("round") / "log.csv"
    query = "SELECT {} FROM session ORDER BY start, id"
    fields = ", ".join(f'"{field}"' for field in Session._fields if field not in ("id", "source"))
    with Database.open(":memory:") as database:
        channels.add(database, "potluck", title="Potluck", kind="in_person", now=NOW)
        with undo_step(database, "x", NOW):
            bulk_load.insert_sessions(database, given_sessions)
        path.write_text(exported(database, "csv"), encoding="utf-8", newline="")
        before = database.rows(query.format(fields))
    with Database.open(":memory:") as database:
        report = importing.import_files(database, "csv", str(path), ImportOptions(PARIS, NOW))
        assert (report.ignored, report.rejected) == (0, ())
        after = database.rows(query.format(fields))
        place = fields.split(", ").index('"person"')
        rows = [
            sorted(((*row[:place], same_name(row[place] or ""), *row[place + 1 :]) for row in dates), key=str)
            for dates in (after, dict.fromkeys(before))
        ]
        assert rows[0] == rows[1], "names are spelled in one way"
        if report.new_channels:
            assert channels.find(database, "potluck").kind == "in_person"


def test_exporting_and_importing_into_the_same_file_changes_nothing(database: Database, file: Path) -> None:
    sessions.add(database, "x", START, START + 600, PARIS, now=NOW, note="a")
    sessions.check(database, "x", START + 700, PARIS, None, now=NOW)
    sessions.start(database, "linkedin", START + 800, PARIS, now=NOW)
    before = stored(database)
    exporting.export(database, "csv", str(file))
    report = importing.import_files(database, "csv", str(file), ImportOptions(PARIS, NOW))
    assert of(report) == (0, 2, 1, 0)
    assert stored(database) == before


OPEN = {"task": None, "task_done": False, "closed": False}


def test_json_holds_everything(database: Database) -> None:
    sessions.add(database, "x", START, START + 600, PARIS, now=NOW, note='a "b"\n', activity="reply", person="Samia")
    day_records.add_urge(database, "x", START + 700, PARIS, now=NOW, trigger="bored")
    outcomes.add(database, "income", START + 800, PARIS, now=NOW, amount=48_050, currency="EUR")
    outcomes.add(database, "income", START + 900, PARIS, now=NOW, amount=50_000, currency="JPY")
    day_records.write_note(database, "2026-11-23", "Call Samia back.", now=NOW)
    sessions.start(database, "linkedin", START + 1000, PARIS, now=NOW)
    day_records.begin_pause(database, NOW + 7200, PARIS, now=NOW)
    people.set_met(database, "Samia", channel="x", ring=None, now=NOW)
    habits.add(database, Habit(0, "Walk", weekdays=(0, 2), created="2026-11-01"), now=NOW)
    habits.tick(database, "Walk", "2026-11-23", 1, now=NOW)
    data = json.loads(exported(database, "json"))
    assert [session["end"] for session in data["sessions"]] == ["2026-11-23T10:10:00+01:00", None]
    assert data["sessions"][0]["note"] == 'a "b"'
    assert data["sessions"][0]["seconds"] == 600
    assert data["urges"][0]["trigger"] == "bored"
    assert [(outcome["amount"], outcome["currency"]) for outcome in data["outcomes"]] == [
        ("480.50", "EUR"),
        ("500", "JPY"),
    ]
    assert data["days"] == [{"date": "2026-11-23", "note": "Call Samia back.", "zero": False} | OPEN]
    assert (data["pauses"][0]["end"], data["pauses"][0]["ended"]) == ("2026-11-23T17:12:00+01:00", None)
    assert data["people"] == [{"name": "Samia", "met": "x", "met_ring": None}]
    assert (data["habits"][0]["name"], data["habits"][0]["weekdays"]) == ("Walk", [0, 2])
    assert data["habit_days"] == [{"habit": "Walk", "date": "2026-11-23", "value": 1.0, "skipped": False}]
    assert "lnkd.in" in next(channel for channel in data["channels"] if channel["name"] == "linkedin")["domains"]
    assert len(data["activities"]) == 11


def test_an_export_can_be_of_a_span(database: Database) -> None:
    for day in (0, 1, 2):
        sessions.add(database, "x", START - day * 86_400, START - day * 86_400 + 60, PARIS, now=NOW)
        day_records.write_note(database, f"2026-11-{23 - day}", "a note", now=NOW)
    yesterday = DayRange("2026-11-22", "2026-11-22")
    assert len(list(csv.reader(io.StringIO(exported(database, "csv", yesterday))))) == 2
    data = json.loads(exported(database, "json", yesterday))
    assert len(data["sessions"]) == 1
    assert [day["date"] for day in data["days"]] == ["2026-11-22"]


def test_a_session_is_of_the_day_its_own_zone_says(database: Database) -> None:
    start = to_utc("America/Montreal", 2026, 11, 21, 23, 0)
    sessions.add(database, "x", start, start + 1800, "America/Montreal", now=NOW)
    assert "2026-11-21T23:00:00-05:00" in exported(database, "csv", DayRange("2026-11-21", "2026-11-21"))
    assert len(exported(database, "csv", DayRange("2026-11-22", "2026-11-22")).splitlines()) == 1


def test_an_export_of_nothing_is_whole(database: Database) -> None:
    assert json.loads(exported(database, "json"))["sessions"] == []
    assert exported(database, "csv").startswith("start,end,channel,activity,note,")


def test_an_export_never_lands_on_the_log_or_half_way(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions.add(database, "x", START, START + 600, PARIS, now=NOW)
    for path in (database.file.path, str(tmp_path), str(tmp_path / "no" / "where.csv")):
        with pytest.raises(TrackerError) as refused:
            exporting.export(database, "csv", path)
        assert "\n" not in str(refused.value)
    with pytest.raises(TrackerError, match="csv, json"):
        exporting.export(database, "xml", io.StringIO())
    kept = tmp_path / "kept.csv"
    kept.write_text("mine")

    def full(*_given: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tracker.exporters.csv_export.iso", full)
    with pytest.raises(TrackerError, match="the disk is full"):
        exporting.export(database, "csv", str(kept))
    assert kept.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir() if "csv" in path.name) == ["kept.csv"]


def test_a_session_in_a_zone_that_nobody_knows_is_exported_in_utc(database: Database) -> None:
    database.change(
        "INSERT INTO session(channel, start, \"end\", zone) VALUES ('x', ?, ?, 'Mars/Phobos')", (START, START + 5)
    )
    assert "2026-11-23T09:00:00+00:00" in exported(database, "csv")
    assert "2026-11-23T09:00:00+00:00" in exported(database, "json")


def test_rows_of_the_same_time_are_known_in_any_order(database: Database, file: Path) -> None:
    rows = ["2026-11-23T10:00,2026-11-23T10:10,x,,one\n", "2026-11-23T10:00,2026-11-23T10:10,x,,two\n"]
    assert of(read(database, file, "".join(rows)))[:2] == (2, 0)
    assert of(read(database, file, "".join(reversed(rows))))[:2] == (0, 2)
    assert len(stored(database)) == 2


def test_a_row_told_of_a_session_that_is_here_is_that_session(database: Database, file: Path, tmp_path: Path) -> None:
    importing.import_files(
        database,
        "app-usage",
        phone(tmp_path / "phone.csv", ["X,11/23/26,10:00:00,0:00:00", "X,11/23/26,11:00:00,0:05:00"]),
        ImportOptions(PARIS, NOW),
    )
    before = stored(database)
    rows = "2026-11-23T10:00,2026-11-23T10:00,x,,\n2026-11-23T11:00,2026-11-23T11:05,x,,\n"
    assert of(read(database, file, rows))[:2] == (0, 2)
    assert stored(database) == before


def test_a_row_takes_the_place_and_the_words_of_what_it_covers(database: Database, file: Path, tmp_path: Path) -> None:
    importing.import_files(
        database,
        "app-usage",
        phone(tmp_path / "p.csv", ["X,11/23/26,10:05:00,0:05:00"]),
        ImportOptions(PARIS, NOW),
    )
    sessions.edit(database, 1, now=NOW, person="Ana")
    sessions.check(database, "x", START + 900, PARIS, "likes", now=NOW)
    assert of(read(database, file, "2026-11-23T10:00,2026-11-23T10:30,x,,mine\n"))[:2] == (1, 0)
    (session,) = session_table.in_span(database, 0, NOW)
    assert (session.source, session.person, session.note) == ("csv", "Ana", "mine; likes")


NAMES = "start,end,channel,person\n"


def test_names_are_those_that_are_known(database: Database, file: Path) -> None:
    sessions.add(database, "call", START - 9000, START - 8000, PARIS, now=NOW, person="anna")
    rows = (
        "2026-11-23 10:00,2026-11-23 10:10,call,@ANNA\n"
        "2026-11-23 11:20,2026-11-23 11:30,x,ÉLODIE\n"
        "2026-11-23 11:00,2026-11-23 11:10,call,élodie\n"
        "2026-11-23 11:40,2026-11-23 11:50,x,@\n"
    )
    assert of(read(database, file, rows, NAMES)) == (4, 0, 0, 0)
    kept = database.rows("SELECT person FROM session ORDER BY start")
    assert kept == [("anna",), ("anna",), ("élodie",), ("élodie",), (None,)]
    assert of(read(database, file, rows, NAMES)) == (0, 4, 0, 0)
    assert [person.talks for person in people.people(database)] == [1, 2]
    # Spelled otherwise since: the same rows are known all the same.
    sessions.edit(database, 1, now=NOW, person="Bob")
    assert of(read(database, file, rows, NAMES)) == (0, 4, 0, 0)


def test_columns_of_other_names_are_named_once(database: Database, file: Path) -> None:
    rows = "2026-11-23 10:00,2026-11-23 10:10,LinkedIn,carousel\n"
    other = "Began,Ended,App,Text\n"
    with pytest.raises(TrackerError, match=r"no column start, end, channel; it has: began, ended, app, text.*--col"):
        read(database, file, rows, other)
    names = {"start": "Began", "end": "ENDED", "channel": "app", "note": "Text"}

    def run(text: str, columns: dict[str, str] | None = None, *, dry_run: bool = False) -> ImportReport:
        file.write_text(other + text, encoding="utf-8")
        return importing.import_files(
            database, "csv", str(file), ImportOptions(PARIS, NOW, columns=columns, dry_run=dry_run)
        )

    assert run(rows, names, dry_run=True).added == 1
    with pytest.raises(TrackerError, match="--columns"):
        run(rows)
    assert run(rows, names).added == 1
    assert run(rows + "2026-11-23 11:00,2026-11-23 11:10,x,\n").added == 1, "the header is known now"
    assert database.rows("SELECT channel, note FROM session ORDER BY start") == [("linkedin", "carousel"), ("x", None)]
    with pytest.raises(TrackerError, match="no column Nothing"):
        run(rows, {"start": "Nothing"})


def test_a_date_beside_the_times_and_a_duration_in_place_of_an_end(database: Database, file: Path) -> None:
    rows = "2026-11-20,23:50,00:10,,x\n2026-11-21,10:00,,25m,x\n2026-11-22,10:00,,0:20,x\n"
    assert of(read(database, file, rows, "date,start,end,duration,channel\n")) == (3, 0, 0, 0)
    assert [(end - start) // 60 for _channel, start, end in stored(database)] == [20, 25, 20]


#: The header of a duration, a cell below it, and the minutes that they mean.
LENGTHS = [
    *(("duration_minutes", "90", 90), ("Duration (min)", "2.5", 2.5), ("Duration (h)", "1,5", 90)),
    *(("hours", "0.25", 15), ("Hours", "2", 120), ("minutes", "45", 45), ("seconds", "90", 1.5)),
    *(("Durée (heures)", "1,5", 90), ("duration in seconds", "1800.4", 30), ("duration", "1:30", 90)),
    *(("duration", "1h30", 90), ("duration", "1.5h", 90), ("duration", "90s", 1.5), ("duration (h)", "0:45", 45)),
    *(("duration (h:mm)", "1:30", 90), ("hours", "1h 15m", 75), ("duration", "0", 0)),
]


@pytest.mark.parametrize(("header", "cell", "minutes"), LENGTHS)
def test_a_duration_says_its_unit_or_its_header_does(
    database: Database, file: Path, header: str, cell: str, minutes: float
) -> None:
    report = read(database, file, f"2026-11-20;10:00;{cell};x\n", f"date;start;{header};channel\n")
    assert report.rejected == ()
    assert [end - start for _channel, start, end in stored(database)] == [minutes * 60]


@pytest.mark.parametrize("cell", ["1.5", "2", "0.25", "1,5"])
def test_a_number_of_nobody_knows_what_is_refused_and_asked_for_once(database: Database, file: Path, cell: str) -> None:
    header, rows = "date;start;Duration;App\n", f"2026-11-20;10:00;{cell};x\n"
    for columns in ({"channel": "App"}, {"channel": "App", "duration": "Duration"}):
        file.write_text(header + rows, encoding="utf-8")
        with pytest.raises(TrackerError) as refused:
            importing.import_files(database, "csv", str(file), ImportOptions(PARIS, NOW, columns=columns))
        assert f"Duration ({cell})" in str(refused.value)
        assert "`--columns channel=App,hours=Duration`" in str(refused.value)
    assert stored(database) == []
    columns = parse_columns("channel=App,hours=Duration")
    importing.import_files(database, "csv", str(file), ImportOptions(PARIS, NOW, columns=columns))
    length = float(cell.replace(",", ".")) * 3600
    assert [end - start for _channel, start, end in stored(database)] == [length]
    report = read(database, file, "2026-11-21;10:00;3;x\n", header)
    assert report.added == 1, "what the numbers count is known now"
    assert [end - start for _channel, start, end in stored(database)] == [length, 3 * 3600]


def test_a_thousand_is_not_told_from_one_and_a_half(database: Database, file: Path) -> None:
    report = read(database, file, "2026-11-20;10:00;1,800;x\n2026-11-21;10:00;1800;x\n", "date;start;seconds;channel\n")
    assert [(row.line, "1,800" in row.reason) for row in report.rejected] == [(2, True)]
    assert [end - start for _channel, start, end in stored(database)] == [1800]


def test_a_number_beside_an_end_is_not_asked_about(database: Database, file: Path) -> None:
    report = read(database, file, "2026-11-20 10:00,2026-11-20 11:00,7,x\n", "start,end,duration,channel\n")
    assert of(report) == (1, 0, 0, 0)


def test_the_advice_about_dates_names_the_columns_that_were_given(database: Database, file: Path) -> None:
    file.write_text("Began at,Ended,App\n2/3/2026 10:00,2/3/2026 10:10,x\n", encoding="utf-8")
    columns = {"start": "Began at", "end": "Ended", "channel": "App"}
    for dry_run in (True, False):
        with pytest.raises(TrackerError) as refused:
            importing.import_files(
                database, "csv", str(file), ImportOptions(PARIS, NOW, columns=columns, dry_run=dry_run)
            )
        advice = "--columns 'start=Began at,end=Ended,channel=App' --dates D/M/Y"
        assert f"`{advice}`" in str(refused.value)
    _option, typed, _dates, order = shlex.split(advice)
    columns = parse_columns(typed)
    importing.import_files(database, "csv", str(file), ImportOptions(PARIS, NOW, columns=columns, date_order=order))
    assert stored(database) == [("x", at("2026-03-02 10:00:00"), at("2026-03-02 10:10:00"))]


@pytest.mark.parametrize(
    ("rows", "start"),
    [
        ("23/11/2026 10:00;23/11/2026 10:10;x\n09/11/2026 10:00;09/11/2026 10:10;x\n", "2026-11-09"),
        ("11/23/2026 10:00;11/23/2026 10:10;x\n11/9/26 10:00 AM;11/9/26 10:10 AM;x\n", "2026-11-09"),
        ("23.11.2026 10:00;23.11.2026 10:10;x\n", "2026-11-23"),
        ("1/12/2026 10:00;1/12/2026 10:10;x\n", "2026-01-12"),
        ("11/11/2026 10:00;11/11/2026 10:10;x\n", "2026-11-11"),
    ],
)
def test_dates_as_a_spreadsheet_saves_them(database: Database, file: Path, rows: str, start: str) -> None:
    report = read(database, file, rows, "start;end;channel\n")
    assert report.rejected == ()
    assert stored(database)[0][1] == at(f"{start} 10:00:00")


def test_dates_that_do_not_say_their_order_are_refused_and_asked_for(database: Database, file: Path) -> None:
    rows = "2/3/2026 10:00;2/3/2026 10:10;x\n2026-11-23 10:00;2026-11-23 10:10;x\n"
    with pytest.raises(TrackerError, match=r"2/3/2026.*--dates D/M/Y"):
        read(database, file, rows, "start;end;channel\n")
    assert stored(database) == []
    importing.import_files(database, "csv", str(file), ImportOptions(PARIS, NOW, date_order="M/D/Y"))
    assert stored(database)[0][1] == at("2026-02-03 10:00:00")


def test_one_row_that_cannot_be_does_not_decide_against_all_others(database: Database, file: Path) -> None:
    rows = "".join(f"{day}/5/2026 10:00;{day}/5/2026 10:10;x\n" for day in (13, 14, 15)) + "5/31/2026 10:00;;x\n"
    report = read(database, file, rows, "start;end;channel\n")
    assert of(report) == (3, 0, 0, 1)


ROW = "2026-11-20 10:00,2026-11-20 10:30,linkedin,,hello\n"
SPREADSHEET = "start;end;channel\n2026-11-20 10:00;2026-11-20 10:30;linkedin\n"

#: Files that are read, though they are not as `export csv` writes them.
READABLE = {
    "a byte order mark": ("\ufeff" + HEADER + ROW).encode(),
    "UTF-16, as Excel's Unicode Text": (HEADER + ROW).replace(",", "\t").encode("utf-16"),
    "Excel's line about the separator": ("sep=;\n" + SPREADSHEET).encode(),
    "blank lines first": ("\n\n" + SPREADSHEET).encode(),
    "slashes, the year first": (HEADER + ROW.replace("2026-11-20", "2026/11/20")).encode(),
    "the lines of an old Mac": (HEADER + ROW).replace("\n", "\r").encode(),
}

#: Files that cannot be read, and what is said of them behind their path.
UNREADABLE = {
    "empty": (b"", " is empty"),
    "blank": (b"\n  \n", " is empty"),
    "other columns": (b"foo,bar\n1,2\n", " has no column start, end, channel; it has: foo, bar. Say which is which"),
    "one column missing": (b"start,end\n", " has no column channel; it has: start, end. Say which is which"),
    "another encoding": ((HEADER + ROW).replace("hello", "répondu").encode("latin-1"), " is not UTF-8 text; save it"),
    "a NUL": ((HEADER + ROW).replace("hello", "hel\0lo").encode(), " is not a text file"),
    "UTF-16 without a mark": ((HEADER + ROW).encode("utf-16-le"), " is not a text file"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", " is not a text file"),
    "a workbook": (b"PK\x03\x04\x14\0\x06\0", " is a zip archive or a spreadsheet, not text"),
    "a web page": (b"<!doctype html><p>Sign in</p>", " is not a CSV file"),
    "JSON": (b'{"sessions": []}', " is not a CSV file"),
    "an open quotation mark in the header": (
        HEADER.replace("channel", '"channel').encode() + ROW.encode(),
        ", line 1: a quotation mark is opened and never closed",
    ),
    "an open quotation mark": (
        (HEADER + ROW + ROW.replace("hello", '"hello') + ROW).encode(),
        ", line 3: a quotation mark is opened and never closed",
    ),
}


@pytest.mark.parametrize("name", READABLE)
def test_what_spreadsheets_write_is_read(database: Database, file: Path, name: str) -> None:
    file.write_bytes(READABLE[name])
    report = importing.import_files(database, "csv", str(file), ImportOptions(PARIS, NOW))
    assert of(report) == (1, 0, 0, 0)
    assert stored(database) == [("linkedin", at("2026-11-20 10:00:00"), at("2026-11-20 10:30:00"))]


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_table_is_told_in_one_line_and_changes_nothing(database: Database, file: Path, name: str) -> None:
    content, said = UNREADABLE[name]
    file.write_bytes(content)
    with pytest.raises(TrackerError) as refused:
        importing.import_files(database, "csv", str(file), ImportOptions(PARIS, NOW))
    assert str(refused.value).startswith(f"{file}{said}")
    assert "\n" not in str(refused.value)
    assert stored(database) == []


def test_dates_in_two_orders_are_named(database: Database, file: Path) -> None:
    rows = "".join(f"{day} 10:00,{day} 10:30,linkedin,,\n" for day in ("20/11/2026", "11/21/2026"))
    with pytest.raises(TrackerError, match=r"neither day first nor month first \(11/21/2026, 20/11/2026\)"):
        read(database, file, rows)
