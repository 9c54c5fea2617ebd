"""`tracker import`."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Inside, Tracker
from tests.conftest import HANGS_AFTER
from tests.importers.makers import Page, as_before, at, firefox, watched
from tracker.importers.imported_record import hash_text, record_key
from tracker.storage import Database

KEYS = ("format", "path", "read", "added", "already", "ignored", "rejected", "first", "last")

PHONE = """"App name","Date","Time","Duration"
"LinkedIn","11/22/26","21:00:00","0:05:00"
"LinkedIn","11/22/26","21:05:20","0:00:30"
"Calculator","11/22/26","21:10:00","0:01:00"
"Instagram","11/22/26","22:00:00","0:00:12"
"""


def phone(tracker: Tracker, text: str = PHONE) -> str:
    path = tracker.folder / "usage.csv"
    path.write_text(text)
    return str(path)


def test_import_counts_every_row_and_says_so(tracker: Tracker) -> None:
    report = tracker.run(["import", "app-usage", phone(tracker), "--json"]).json()
    assert set(KEYS) <= set(report)
    assert report["format"] == "app-usage"
    assert (report["read"], report["added"], report["already"], report["ignored"], report["rejected"]) == (
        4,
        3,
        0,
        1,
        [],
    )
    assert report["first"] == "2026-11-22T21:00:00+01:00"
    day = tracker.run("day 2026-11-22 --json").json()
    assert [(row["channel"], row["seconds"]) for row in day["sessions"]] == [("linkedin", 350), ("instagram", 12)]
    assert day["checks"] == 1


def test_the_same_file_twice_is_there_once(tracker: Tracker) -> None:
    path = phone(tracker)
    assert tracker.run(["import", "app-usage", path, "--zone", "Europe/Paris"]).out.splitlines()[0] == (
        "app-usage: 4 rows read, 3 added, 0 already there, 1 ignored, 0 rejected; from 2026-11-22 to 2026-11-22"
    )
    before = tracker.data()
    report = tracker.run(["import", "app-usage", path, "--json"]).json()
    assert (report["added"], report["already"], report["ignored"]) == (0, 3, 1)
    assert tracker.data() == before


def test_a_dry_run_writes_nothing(tracker: Tracker) -> None:
    before = tracker.data()
    result = tracker.run(["import", "app-usage", phone(tracker), "--dry-run"])
    assert "3 added" in result.out
    assert "nothing was saved" in result.out
    assert tracker.data() == before


def test_an_import_is_one_step_for_undo_and_comes_again_after_it(tracker: Tracker) -> None:
    before = tracker.data()
    path = phone(tracker)
    tracker.run(["import", "app-usage", path])
    tracker.run("undo")
    assert tracker.data() == before
    assert tracker.run(["import", "app-usage", path, "--json"]).json()["added"] == 3


def test_rows_that_make_no_sense_are_told_beside_the_answer(tracker: Tracker) -> None:
    path = phone(tracker, PHONE + '"LinkedIn","11/22/26","99:00:00","0:05:00"\n')
    result = tracker.run(["import", "app-usage", path])
    assert "1 rejected" in result.out
    assert "row 6" in result.err
    [rejected] = tracker.run(["import", "app-usage", path, "--dry-run", "--json"]).json()["rejected"]
    assert rejected["line"] == 6
    assert rejected["reason"]


def test_csv_out_and_in_again_is_the_same_log(tracker: Tracker) -> None:
    tracker.run("log linkedin create 14:00-14:25 carousel, for Samia @samia")
    tracker.run("log call 10:00-10:20 @anna street")
    path = str(tracker.folder / "log.csv")
    tracker.run(["export", "csv", path])
    tracker.run("delete 1 2")
    report = tracker.run(["import", "csv", path, "--json"]).json()
    assert (report["read"], report["added"]) == (2, 2)
    rows = [(row["channel"], row["activity"], row["note"], row["person"], row["ring"]) for row in tracker.sessions()]
    assert rows == [
        ("call", None, None, "anna", "street"),
        ("linkedin", "create", "carousel, for Samia", "samia", None),
    ]


def test_times_without_a_zone_are_of_the_zone_asked_for(tracker: Tracker) -> None:
    tracker.run(["import", "app-usage", phone(tracker), "--zone", "America/Montreal"])
    assert tracker.sessions("2026-11-22")[0]["start"] == "2026-11-22T21:00:00-05:00"


def test_the_list_of_formats(tracker: Tracker) -> None:
    names = [row["format"] for row in tracker.run("import --list --json").json()]
    assert {"app-usage", "chrome", "firefox", "csv"} <= set(names)
    assert "App Usage" in tracker.run("import --list").out


def test_what_was_found_here_is_listed_by_its_whole_path(tracker: Tracker) -> None:
    """A terminal of 80 cells cut it to its first letters, behind the description."""
    folder = tracker.folder / "home" / ".mozilla" / "firefox" / "a-profile-with-a-name-that-is-long.default-release"
    folder.mkdir(parents=True)
    path = firefox(folder / "places.sqlite", [])
    said = tracker.run("import --list", env={"HOME": str(tracker.folder / "home")}).out
    assert f"\n\nfound on this machine:\nfirefox  {path}\n" in said


def test_a_project_is_counted_on_a_channel_as_the_page_of_sources_says(tracker: Tracker) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"`tracker (channel [^`]*LinkedIn posts[^`]*)`", page)
    assert tracker.run(shlex.split(command)).code == 0
    (tracker.folder / "t.csv").write_text(
        "Project,Start date,Start time,End date,End time\nLinkedIn posts,2026-11-20,09:00:00,2026-11-20,09:40:00\n"
    )
    assert tracker.run(["import", "toggl", str(tracker.folder / "t.csv")]).code == 0
    assert [session["channel"] for session in tracker.sessions("2026-11-20")] == ["linkedin"]


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("import", 2, "FORMAT"),
        ("import nope", 1, "app-usage"),
        ("import csv", 1, "csv"),
        ("import chrome missing.db", 1, "missing.db"),
        ("import chrome settings.toml", 1, "settings.toml"),
        ("import firefox .", 1, "."),
        ("import csv settings.toml --zone Nowhere/At-All", 1, "Nowhere/At-All"),
    ],
)
def test_what_cannot_be_imported_changes_nothing(inside: Inside, line: str, code: int, says: str) -> None:
    (inside.folder / "settings.toml").write_text("# no table\n")
    before = inside.data()
    assert says in inside.run(line).refused(code)
    assert inside.data() == before


def many(path: Path, rows: int) -> None:
    """A long export: two checks an hour, for years."""
    lines = ['"App name","Date","Time","Duration"']
    for row in range(rows):
        day, minute = divmod(row * 10, 1440)
        date = f"{day // 28 % 12 + 1}/{day % 28 + 1}/{10 + day // 336}"
        lines.append(f'"LinkedIn","{date}","{minute // 60:02}:{minute % 60:02}:00","0:00:12"')
    path.write_text("\n".join(lines) + "\n")


def test_ctrl_c_leaves_the_file_as_it_was(tracker: Tracker) -> None:
    path = tracker.folder / "usage.csv"
    many(path, 200_000)
    before = tracker.data()
    command = tracker.command(["import", "app-usage", str(path)])
    primary, secondary = pty.openpty()
    child = subprocess.Popen(
        command, env=tracker.environment() | {"TERM": "xterm"}, stdout=subprocess.PIPE, stderr=secondary
    )
    os.close(secondary)
    seen = b""
    deadline = time.monotonic() + HANGS_AFTER
    while b"[" not in seen and time.monotonic() < deadline:
        ready, _, _ = select.select([primary], [], [], 1)
        try:
            seen += os.read(primary, 1000) if ready else b""
        except OSError:  # it has ended already
            break
    if child.poll() is None and b"[" in seen:
        child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=HANGS_AFTER)
    os.close(primary)
    if child.returncode == 0:
        pytest.skip("this machine was done before it could be interrupted")
    assert b"[" in seen, "past a second there is a bar"
    assert child.returncode == 130
    assert out == b""
    assert tracker.data() == before


def test_the_real_phones(tracker: Tracker, samples: Path) -> None:
    for path in sorted((samples / "app-usage").glob("user*.csv")):
        report = tracker.run(["import", "app-usage", str(path), "--json"]).json()
        parts = (report["added"], report["already"], report["ignored"], len(report["rejected"]))
        assert report["read"] == sum(parts)
        assert report["added"] > 100


def test_a_browser(tracker: Tracker, samples: Path) -> None:
    copy = tracker.folder / "History"
    shutil.copy(samples / "chromium" / "History", copy)
    report = tracker.run(["import", "chrome", str(copy), "--json"]).json()
    parts = (report["added"], report["already"], report["ignored"], len(report["rejected"]))
    assert report["read"] == sum(parts) > 0


def test_the_zone_that_nobody_said_is_told_and_what_was_ignored_most(tracker: Tracker) -> None:
    rows = "".join(f'"{app}","11/22/26","2{hour}:30:00","0:01:00"\n' for app in ("Maps", "Phone") for hour in (1, 2))
    path = phone(tracker, PHONE + rows + '"Maps","11/22/26","23:30:00","0:01:00"\n')
    first, second = tracker.run(["import", "app-usage", path]).out.splitlines()
    assert first.endswith("; times read in the zone Europe/Paris (--zone changes it)")
    assert second == (
        "mostly ignored: Maps 3, Phone 2, Calculator 1; `tracker channel app CHANNEL APP` assigns an app to a channel, "
        "then import again"
    )
    report = tracker.run(["import", "app-usage", path, "--json"]).json()
    assert report["zone"] == "Europe/Paris"
    assert report["ignored_most"][0] == {"name": "Maps", "rows": 3}
    tracker.run("channel app facebook Maps")
    assert tracker.run(["import", "app-usage", path, "--json"]).json()["added"] == 3


def test_what_an_earlier_version_read_wrongly_is_mended_said_and_undone(tracker: Tracker) -> None:
    """Three hours of a tab in the background, as a version before this one recorded them."""
    start, url = at("2026-11-20 10:00:00"), "https://www.linkedin.com/feed/"
    with Database.open(str(tracker.db)) as database:
        wrong = ("linkedin", start, start + 10_800, record_key(start * 1_000_000, hash_text(url)), 0)
        as_before(database, "chrome", [wrong], start + 86_400)
    before = tracker.data()["session"]
    path = watched(tracker.folder / "History", [Page(url, start, 10_800, 600)])
    dry = tracker.run(["import", "chrome", path, "--dry-run", "--json"]).json()
    assert (dry["mended"], dry["already"], tracker.data()["session"]) == (1, 1, before)
    said = tracker.run(["import", "chrome", path]).out.splitlines()
    assert said[1] == "corrected 1 record that an earlier import had misread; `tracker undo` reverts this"
    assert [row["seconds"] for row in tracker.sessions("2026-11-20")] == [600]
    again = tracker.run(["import", "chrome", path, "--json"]).json()
    assert (again["read"], again["already"], again["mended"], again["left"]) == (1, 1, 0, 0)
    tracker.run("undo")
    assert tracker.data()["session"] == before
    tracker.run("edit 1 note=a-talk")
    assert "left 1 misread record unchanged because you edited it" in tracker.run(["import", "chrome", path]).out
    assert [row["seconds"] for row in tracker.sessions("2026-11-20")] == [10_800]


def test_how_dates_were_read_is_said_and_can_be_said(tracker: Tracker) -> None:
    path = phone(tracker, '"App name","Date","Time","Duration"\n"LinkedIn","11/9/26","21:00:00","0:05:00"\n')
    said = tracker.run(["import", "app-usage", path]).out.splitlines()
    assert said[1] == ("dates read as month/day/year; if that is wrong, import again with `--dates D/M/Y`")
    assert tracker.sessions("2026-11-09")
    report = tracker.run(["import", "app-usage", path, "--dates", "d/m/y", "--json"]).json()
    assert (report["mended"], report["already"], report["dates_assumed"]) == (1, 1, None)
    assert (tracker.sessions("2026-11-09"), len(tracker.sessions("2026-09-11"))) == ([], 1)
    assert "D/M/Y, M/D/Y, Y/M/D" in tracker.run(["import", "app-usage", path, "--dates", "later"]).refused(2)


@pytest.mark.parametrize("format", ["app-usage", "chrome", "firefox", "csv"])
def test_what_is_still_to_come_is_rejected_by_every_source(inside: Inside, format: str) -> None:
    moment = at("2026-12-01 10:00:00")
    path = inside.folder / "source"
    if format == "app-usage":
        path.write_text('"App name","Date","Time","Duration"\n"LinkedIn","2026-12-01","10:00:00","0:05:00"\n')
    elif format == "csv":
        path.write_text("start,end,channel\n2026-12-01 10:00,2026-12-01 10:05,linkedin\n2026-12-01 11:00,,linkedin\n")
    elif format == "chrome":
        watched(path, [Page("https://www.linkedin.com/", moment, 60, 60)])
    else:
        firefox(path, [("https://www.linkedin.com/", moment, 1, 0)], phone=True)
    before = inside.data()
    report = inside.run(["import", format, str(path), "--json"]).json()
    assert report["read"] == len(report["rejected"]) > 0
    assert {row["reason"] for row in report["rejected"]} == {"that time is in the future"}
    assert inside.data() == before


def test_the_phones_of_other_languages_and_years(tracker: Tracker, samples: Path) -> None:
    expected = {"french_plural": (4, 1, 1), "minutes_2017": (1, 1, 0), "six_columns_2024": (2, 2, 0)}
    for name, (read, added, notifications) in expected.items():
        path = samples / "app-usage-variants" / f"{name}.csv"
        report = tracker.run(["import", "app-usage", str(path), "--json"]).json()
        assert (report["read"], report["added"], report["notifications"]) == (read, added, notifications)
        assert not report["rejected"]


def test_the_columns_of_a_csv_file_are_named_once(tracker: Tracker) -> None:
    (tracker.folder / "log.csv").write_text("Began,Ended,App\n2026-11-22 10:00,2026-11-22 10:10,x\n")
    assert "--columns" in tracker.run("import csv log.csv").refused()
    assert "columns are written" in tracker.run("import csv log.csv --columns began=Began").refused()
    assert tracker.run("import csv log.csv --columns start=Began,end=Ended,channel=App --json").json()["added"] == 1
    assert tracker.run("import csv log.csv --json").json()["already"] == 1


def test_a_file_of_which_no_row_can_be_read_is_no_success(inside: Inside) -> None:
    path = inside.folder / "log.csv"
    path.write_text("start,end,channel\n2026-11-20 10:00,2026-11-20 09:00,linkedin\nnoon,,linkedin\n")
    before = inside.data()
    refused = inside.run(["import", "csv", str(path)]).refused()
    assert refused.startswith("nothing was imported: all 2 rows were rejected; row 2: ")
    done = inside.run(["import", "csv", str(path), "--json"])
    assert (done.code, len(json.loads(done.out)["rejected"])) == (1, 2)
    inside.run(["config", "sources", f"csv:{path}"]).said()
    assert "nothing was imported: all 2 rows were rejected" in inside.run("import --all").refused()
    assert inside.data() == before
    path.write_text(path.read_text() + "2026-11-20 10:00,2026-11-20 11:00,linkedin\n")
    assert inside.run(["import", "csv", str(path)]).out.startswith("csv: 3 rows read, 1 added")
