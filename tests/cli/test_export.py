"""`tracker export`."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Inside, Tracker
from tests.conftest import HANGS_AFTER


def a_log(tracker: Tracker) -> None:
    tracker.run("log linkedin create 14:00-14:25 été")
    tracker.run("log x 2026-11-20 10:00-10:20")
    tracker.run("outcome income --amount 480 --via linkedin")
    tracker.run("urge x")


def test_json_to_stdout(tracker: Tracker) -> None:
    a_log(tracker)
    for line in ("export json", "export json -"):
        whole = json.loads(tracker.run(line).out)
        assert [row["channel"] for row in whole["sessions"]] == ["x", "linkedin"]
        assert whole["outcomes"][0]["amount"] == "480.00"


def test_csv_to_a_file_says_what_was_written(tracker: Tracker) -> None:
    a_log(tracker)
    assert tracker.run("export csv log.csv").said() == "exported 2 sessions to log.csv"
    rows = list(csv.DictReader((tracker.folder / "log.csv").open(newline="", encoding="utf-8")))
    assert [(row["channel"], row["note"]) for row in rows] == [("x", ""), ("linkedin", "été")]
    assert tracker.run("export csv log.csv --json").json() == {"format": "csv", "path": "log.csv", "sessions": 2}


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_nobody_else_can_read_an_export(tracker: Tracker, tmp_path: Path) -> None:
    a_log(tracker)
    for form in ("csv", "json"):
        tracker.run(f"export {form} {tmp_path}/log.{form}")
        assert (tmp_path / f"log.{form}").stat().st_mode & 0o777 == 0o600


def test_an_export_is_utf_8_whatever_the_terminal_speaks(tracker: Tracker) -> None:
    a_log(tracker)
    rows = list(csv.DictReader(io.StringIO(tracker.started("export csv", env={"PYTHONIOENCODING": "ascii"}).out)))
    assert rows[1]["note"] == "été"


def test_a_span_of_days(tracker: Tracker) -> None:
    a_log(tracker)
    whole = json.loads(tracker.run("export json --from 2026-11-20 --to 2026-11-21").out)
    assert [row["channel"] for row in whole["sessions"]] == ["x"]


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("export", 2, "FORMAT"),
        ("export xml", 1, "csv, json, jsonl, ics, timewarrior, markdown, datasette"),
        ("export csv no/such/place.csv", 1, "cannot write no/such/place.csv: no such file or folder"),
        ("export csv tracker.db", 1, "file of tracker itself"),
        ("export csv --from 2026-11-20 --to 2026-11-01", 1, "after"),
    ],
)
def test_what_cannot_be_exported(inside: Inside, line: str, code: int, says: str) -> None:
    before = inside.data()
    assert says in inside.run(line).refused(code)
    assert inside.data() == before
    assert {path.name for path in inside.folder.iterdir()} <= {"tracker.db", "tracker.db-wal", "tracker.db-shm"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_said_in_one_line(tracker: Tracker) -> None:
    a_log(tracker)
    assert "/dev/full" in tracker.run("export json /dev/full").refused()


@pytest.mark.skipif(os.name != "posix", reason="pipes are POSIX's")
def test_a_pipe_without_a_reader_is_one_line_and_no_wait(tracker: Tracker) -> None:
    a_log(tracker)
    os.mkfifo(tracker.folder / "pipe")
    assert "no program reads from this pipe" in tracker.run("export csv pipe").refused()
    reader = os.open(tracker.folder / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert tracker.run("export csv pipe").said() == "exported 2 sessions to pipe"
    assert os.read(reader, 1 << 16).startswith(b"start,")
    os.close(reader)


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no /dev/stdout here")
def test_stdout_by_its_name_is_written_to_where_it_stands(tracker: Tracker) -> None:
    a_log(tracker)
    assert tracker.started("export csv /dev/stdout").out.startswith("start,")
    with (tracker.folder / "all.txt").open("w+b") as file:
        file.write(b"before\n")
        file.flush()
        subprocess.run(
            tracker.command("export csv /dev/stdout"),
            env=tracker.environment(),
            stdout=file,
            check=True,
            timeout=HANGS_AFTER,
        )
        file.seek(0)
        assert file.read().startswith(b"before\nstart,")
    assert Path("/dev/stdout").is_symlink()


def test_an_export_at_a_link_replaces_the_link(inside: Inside) -> None:
    a_log(inside)
    victim = inside.folder / "victim"
    victim.write_text("dear")
    (inside.folder / "log.csv").symlink_to(victim)
    assert inside.run("export csv log.csv").code == 0
    assert victim.read_text() == "dear"
    assert (inside.folder / "log.csv").read_text().startswith("start,")


def test_jsonl_has_the_rows_of_json_a_line_each(tracker: Tracker) -> None:
    a_log(tracker)
    whole = json.loads(tracker.run("export json").out)
    lines = [json.loads(line) for line in tracker.run("export jsonl").out.splitlines()]
    assert [row for row in lines if row.pop("type") == "session"] == whole["sessions"]
    assert len(lines) == sum(len(rows) for rows in whole.values() if isinstance(rows, list))


def unfolded(text: str) -> list[str]:
    """The content lines of a calendar, each within its length."""
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_a_calendar_has_the_sessions_as_events(tracker: Tracker) -> None:
    note = "été; a, b \\ and " + "long words " * 12 + "é" * 90
    tracker.run("log linkedin create 2026-11-20 14:00-14:25")
    tracker.run(["edit", "1", f"note={note}", "person=Samia"])
    tracker.run("check x")
    tracker.run("start work")
    lines = unfolded(tracker.run("export ics").out)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert lines.count("BEGIN:VEVENT") == 1, "neither the look nor what runs"
    event = dict(line.split(":", 1) for line in lines[4:-1])
    assert (event["DTSTART"], event["DTEND"]) == ("20261120T130000Z", "20261120T132500Z")
    assert event["SUMMARY"] == "LinkedIn · Create · Samia"
    assert event["DESCRIPTION"] == note.strip().replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert event["UID"] == dict(line.split(":", 1) for line in unfolded(tracker.run("export ics").out)[4:-1])["UID"]


def test_timewarriors_export_reads_back(tracker: Tracker) -> None:
    a_log(tracker)
    tracker.run("export timewarrior log.json")
    rows = json.loads((tracker.folder / "log.json").read_text())
    assert [row["tags"] for row in rows] == [["x"], ["linkedin", "create"]]
    tracker.run("import timewarrior log.json")
    assert tracker.run("import timewarrior log.json --json").json()["added"] == 0
    fresh = {"TRACKER_DB": str(tracker.folder / "fresh.db")}
    assert tracker.run("import timewarrior log.json --json", env=fresh).json()["added"] == 2
    assert [
        (row["channel"], row["activity"], row["seconds"], row["note"])
        for row in json.loads(tracker.run("export json", env=fresh).out)["sessions"]
    ] == [("x", None, 1200, None), ("linkedin", "create", 1500, "été")]


def test_markdown_is_read_day_by_day_and_no_word_becomes_markup(tracker: Tracker) -> None:
    a_log(tracker)
    tracker.run(["edit", "1", "note=a | b <b> *c* [d](e)"])
    text = tracker.run("export markdown").out
    assert text.startswith("## Friday 20 November 2026 (2026-11-20)\n\n| time |")
    assert "| 14:00–14:25 | 25m | LinkedIn | Create | a \\| b \\<b\\> \\*c\\* \\[d\\](e) |" in text
    assert "income, €480, LinkedIn" in text
    french = tracker.run("export markdown", env={"LANG": "fr_FR.UTF-8"}).out
    assert french.startswith("## vendredi 20 novembre 2026 (2026-11-20)")


def test_datasette_is_told_of_every_table(tracker: Tracker) -> None:
    a_log(tracker)
    content = json.loads(tracker.run("export datasette").out)
    tables = content["databases"]["tracker"]["tables"]
    assert tables["session_local"]["sort_desc"] == "start"
    assert tables["change"] == {"hidden": True}
    assert "metadata.json" in tracker.run("export datasette metadata.json").said()
    assert json.loads((tracker.folder / "metadata.json").read_text()) == content
