"""Timewarrior, Watson, Toggl and RescueTime: what another tracker recorded is here as it was recorded."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.importers.makers import PARIS, as_before, at
from tests.importers.makers import sessions as stored
from tracker.domain.errors import TrackerError
from tracker.importers import importing
from tracker.importers.contract import check_source
from tracker.importers.imported_record import ImportOptions, hash_text, record_key
from tracker.importers.source import source_named
from tracker.storage import channels
from tracker.storage.imported_facts import NOTHING_FOLLOWED

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.importing import ImportReport
    from tracker.storage import Database

#: What the sample of Timewarrior has: a DST night of four hours, a midnight, 20 seconds, a channel of the user's own.
TIMEWARRIOR = [
    ("linkedin", at("2026-10-25 00:30:00"), at("2026-10-25 00:30:00") + 4 * 3600, "create", None),
    ("linkedin", at("2026-11-16 08:30:00"), at("2026-11-16 09:06:00"), "create", None),
    ("instagram", at("2026-11-16 10:00:00"), at("2026-11-16 10:20:00"), "reply", "client Samia"),
    ("youtube", at("2026-11-16 23:30:00"), at("2026-11-17 00:45:00"), "scroll", None),
    ("instagram", at("2026-11-17 14:00:00"), at("2026-11-17 14:00:20"), None, "watch"),
    ("deep-work", at("2026-11-18 09:00:00"), at("2026-11-18 12:00:00"), None, "writing the offer for Samia; offer"),
]

TOGGL = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,"
    "Amount ()\n"
)


def run(database: Database, format: str, path: Path | str, **named: str) -> ImportReport:
    report = importing.import_files(
        database, format, str(path), ImportOptions(PARIS, NOW, date_order=named.get("date_order"))
    )
    assert report.read == report.added + report.already + report.ignored + len(report.rejected)
    return report


def of(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.already, report.ignored, len(report.rejected)


def rows(database: Database) -> list[tuple[str, int, int, str | None, str | None]]:
    return database.rows('SELECT channel, start, "end", activity, note FROM session ORDER BY start, id')


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


#: By source: a file of it.
MADE_UP = {
    "timewarrior": 'inc 20261116T073000Z - 20261116T080600Z # "client Samia" linkedin # "a note"\n'
    "inc 20261117T073000Z - 20261117T083000Z # offers\n",
    "watson": '[[1794814200, 1794816360, "linkedin", "818c", ["create"], 1795449464], '
    '[1794868200, 1794872700, "offers", "7dcb", [], 1795449464]]',
    "toggl": TOGGL + "A,a@example.org,,X,,,No,2026-11-16,08:30:00,2026-11-16,09:06:00,,,\n"
    "A,a@example.org,,Offers,,,No,2026-11-17,08:30:00,2026-11-17,09:06:00,,,\n",
    "rescuetime": "Date,Time Spent (seconds),Number of People,Activity,Category,Productivity\n"
    "2026-11-16T08:00:00,600,1,linkedin.com,Social,-2\n2026-11-17T09:00:00,20,1,hush,Social,-2\n",
}


@pytest.mark.parametrize("name", MADE_UP)
def test_each_keeps_the_rules_of_a_source(tmp_path: Path, name: str) -> None:
    (tmp_path / "sample").mkdir()
    sample = write(tmp_path / "sample" / "file", MADE_UP[name])
    check_source(source_named(name), str(sample), str(tmp_path), now=NOW, secrets=["hush"])


@pytest.mark.parametrize("source", ["export.json", "."])
def test_timewarrior_is_read_from_its_export_and_from_its_files(database: Database, samples: Path, source: str) -> None:
    report = run(database, "timewarrior", samples / "timewarrior" / source)
    assert of(report) == (6, 0, 0, 0)
    assert rows(database) == TIMEWARRIOR
    assert report.new_channels == ("deep-work",)
    assert channels.find(database, "deep-work").kind == "focus", "a tag that names no network is no social time"


def test_timewarriors_export_and_files_are_the_same_entries(database: Database, samples: Path) -> None:
    run(database, "timewarrior", samples / "timewarrior" / "export.json")
    assert of(run(database, "timewarrior", samples / "timewarrior")) == (0, 6, 0, 0)
    assert rows(database) == TIMEWARRIOR


def test_watsons_frames(database: Database, samples: Path) -> None:
    path = samples / "watson" / "frames"
    assert of(run(database, "watson", path)) == (3, 0, 0, 0)
    assert rows(database) == [
        ("linkedin", 1794814200, 1794816360, "create", None),
        ("instagram", 1794819600, 1794820800, "reply", "samia"),
        ("youtube", 1794868200, 1794872700, "scroll", None),
    ]
    assert of(run(database, "watson", path)) == (0, 3, 0, 0)


def test_an_alias_decides_and_a_project_of_no_channel_joins_the_note(database: Database, tmp_path: Path) -> None:
    frames = [[NOW - 900, NOW - 600, "Acme", "a", ["insta", "publish", "monday"], NOW]]
    run(database, "watson", write(tmp_path / "frames", json.dumps(frames)))
    assert rows(database) == [("instagram", NOW - 900, NOW - 600, "publish", "Acme; monday")]


def test_a_project_of_no_channel_is_a_channel_of_focus(database: Database, tmp_path: Path) -> None:
    frames = [[NOW - 900, NOW - 600, "Big Offer", "a", ["create"], NOW]]
    report = run(database, "watson", write(tmp_path / "frames", json.dumps(frames)))
    assert report.new_channels == ("big-offer",)
    assert rows(database) == [("big-offer", NOW - 900, NOW - 600, "create", None)]


@pytest.mark.parametrize("word", ["today", "lundi", "14:05", "from"])
def test_no_channel_is_made_of_a_word_that_a_line_of_the_log_reads_as_a_time(
    database: Database, tmp_path: Path, word: str
) -> None:
    frames = [
        [NOW - 900, NOW - 600, word, "a", ["create"], NOW],
        [NOW - 500, NOW - 400, word, "b", ["Big Offer"], NOW],
        [NOW - 300, NOW - 200, "linkedin", "c", [word], NOW],
    ]
    report = run(database, "watson", write(tmp_path / "frames", json.dumps(frames)))
    refused = f"“{word}” is read as a time; choose another name"
    assert [(row.line, row.reason) for row in report.rejected] == [(1, refused)]
    assert rows(database) == [
        ("big-offer", NOW - 500, NOW - 400, None, word),
        ("linkedin", NOW - 300, NOW - 200, None, word),
    ]


def test_the_name_of_a_channel_has_no_signs_that_a_line_reads_otherwise(database: Database, tmp_path: Path) -> None:
    frames = [
        [NOW - 900, NOW - 800, '"Big" offer, v2.', "a", [], NOW],
        [NOW - 700, NOW - 600, "note:x", "b", [], NOW],
    ]
    report = run(database, "watson", write(tmp_path / "frames", json.dumps(frames)))
    assert report.new_channels == ("big-offer,-v2",)
    assert [row.reason for row in report.rejected] == [
        "“note:x” cannot be read as a name in a line of the log; choose another name"
    ]


def test_the_description_that_a_hook_adds_as_a_tag_makes_no_channel(database: Database, tmp_path: Path) -> None:
    lines = [
        'inc 20261116T073000Z - 20261116T080600Z # "answer the mail" offers',
        'inc 20261116T083000Z - 20261116T090600Z # "call the printer" offers # "at last"',
        "inc 20261116T093000Z - 20261116T100600Z # create",
        "inc 20261116T103000Z - 20261116T110600Z",
        "inc 20261123T140000Z # linkedin",
        "",
    ]
    report = run(database, "timewarrior", write(tmp_path / "2026-11.data", "\n".join(lines)))
    assert of(report) == (2, 0, 3, 0), "without a name for a channel, or still running"
    assert [(row[0], row[4]) for row in rows(database)] == [
        ("offers", "answer the mail"),
        ("offers", "at last; call the printer"),
    ]


def test_entries_that_cannot_be_are_rejected_with_their_line(database: Database, tmp_path: Path) -> None:
    frames = [
        [NOW - 60, NOW - 120, "linkedin", "a", [], NOW],
        [NOW - 60, NOW + 120, "linkedin", "b", [], NOW],
        [NOW - 9 * 86_400, NOW, "linkedin", "c", [], NOW],
        [NOW - 60, "now", "linkedin", "d", [], NOW],
        [1e300, 1e301, "linkedin", "e", [], NOW],
        {"start": 1},
        [-5, NOW, "linkedin", "f"],
        [NOW - 60, NOW, "linkedin", "g"],
    ]
    report = run(database, "watson", write(tmp_path / "frames", json.dumps(frames)))
    assert [row.line for row in report.rejected] == [1, 2, 3, 4, 5, 6, 7]
    assert report.added == 1


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("timewarrior", '{"a": 1}'),
        ("timewarrior", "[1, 2"),
        ("timewarrior", "hello\nthere\n"),
        ("watson", '{"a": 1}'),
        ("watson", "[" * 100_000),
        ("toggl", "start,end,channel\n"),
        ("toggl", ""),
        ("rescuetime", "start,end,channel\n"),
        ("rescuetime", ""),
    ],
)
def test_another_file_is_refused(database: Database, tmp_path: Path, format: str, text: str) -> None:
    with pytest.raises(TrackerError, match="a file"):
        run(database, format, write(tmp_path / "a file", text))
    assert stored(database) == []


def test_toggl_has_true_starts_and_ends(database: Database, tmp_path: Path) -> None:
    lines = (
        "Ana,a@example.org,Samia,LinkedIn,,carousel,No,2026-11-16,08:30:00,2026-11-16,09:06:00,18:25 min,create,\n"
        'Ana,a@example.org,,,,,No,2026-11-16,23:30:00,2026-11-17,00:45:00,01:15:00,"youtube, scroll",\n'
        "Ana,a@example.org,,X,,,No,2026-10-25,02:50:00,2026-10-25,02:10:00,00:20:00,,\n"
        "Ana,a@example.org,,X,,,No,2026-11-31,02:50:00,2026-11-31,02:55:00,00:05:00,,\n"
        "Ana,a@example.org,,,,nothing named,No,2026-11-19,02:50:00,2026-11-19,02:55:00,00:05:00,,\n"
    )
    path = write(tmp_path / "toggl.csv", "\ufeff" + TOGGL + lines)
    assert of(run(database, "toggl", path)) == (3, 0, 1, 1)
    assert rows(database) == [
        ("x", at("2026-10-25 02:50:00"), at("2026-10-25 02:50:00") + 1200, None, None),
        ("linkedin", at("2026-11-16 08:30:00"), at("2026-11-16 09:06:00"), "create", "carousel; Samia"),
        ("youtube", at("2026-11-16 23:30:00"), at("2026-11-17 00:45:00"), "scroll", None),
    ]
    assert of(run(database, "toggl", path)) == (0, 3, 1, 1)


def test_toggls_times_that_the_clocks_skipped_are_rejected(database: Database, tmp_path: Path) -> None:
    lines = (
        "Ana,a@example.org,,X,,,No,2026-03-29,02:30:00,2026-03-29,03:10:00,,,\n"
        "Ana,a@example.org,,X,,,No,2026-03-29,01:30:00,2026-03-29,02:30:00,,,\n"
        "Ana,a@example.org,,X,,,No,2026-03-29,01:50:00,2026-03-29,03:10:00,,,\n"
    )
    report = run(database, "toggl", write(tmp_path / "toggl.csv", TOGGL + lines))
    reason = "02:30 did not exist: on 2026-03-29 the clocks went from 02:00 to 03:00"
    assert [(row.line, row.reason) for row in report.rejected] == [(2, reason), (3, reason)]
    assert [end - start for _channel, start, end in stored(database)] == [20 * 60]


def test_toggls_newer_columns_and_american_clock(database: Database, tmp_path: Path) -> None:
    text = (
        "Description,Billable,Duration,Member,Email,Project,Tags,Start date,Start time,Stop date,Stop time\n"
        "a post,No,0:30:00,Ana,a@example.org,linkedin,-,11/16/2026,12:30:00 PM,11/16/2026,1:00:00 PM\n"
    )
    run(database, "toggl", write(tmp_path / "toggl.csv", text))
    assert stored(database) == [("linkedin", at("2026-11-16 12:30:00"), at("2026-11-16 13:00:00"))]


def test_toggls_dates_that_do_not_say_their_order_are_asked_for(database: Database, tmp_path: Path) -> None:
    line = "Ana,a@example.org,,X,,,No,09/11/2026,08:30:00,09/11/2026,09:06:00,,,\n"
    path = write(tmp_path / "toggl.csv", TOGGL + line)
    with pytest.raises(TrackerError, match="--dates D/M/Y"):
        run(database, "toggl", path)
    run(database, "toggl", path, date_order="D/M/Y")
    assert stored(database) == [("x", at("2026-11-09 08:30:00"), at("2026-11-09 09:06:00"))]


def test_rescuetime_fills_the_hour(database: Database, tmp_path: Path) -> None:
    text = (
        "Date,Time Spent (seconds),Number of People,Activity,Category,Productivity\n"
        "2026-11-16T08:00:00,600,1,linkedin.com,Professional Networking,0\n"
        "2026-11-16T08:00:00,90,1,LinkedIn,Professional Networking,0\n"
        "2026-11-16T08:00:00,600,1,youtube.com,Video,-2\n"
        "2026-11-16T08:00:00,2000,1,Editor,Writing,2\n"
        "2026-10-25T02:00:00,3600,1,x.com,Social,-2\n"
        "2026-10-25T02:00:00,1800,1,x.com,Social,-2\n"
        "2026-11-24T02:00:00,1800,1,x.com,Social,-2\n"
        "2026-11-16T09:00:00,9000,1,x.com,Social,-2\n"
    )
    path = write(tmp_path / "rescuetime.csv", text)
    report = run(database, "rescuetime", path)
    assert of(report) == (5, 0, 1, 2)
    assert report.unknown_names == (("Editor", 1),)
    hour, night = at("2026-11-16 08:00:00"), at("2026-10-25 02:00:00")
    assert stored(database) == [
        ("x", night, night + 5400),
        ("linkedin", hour, hour + 690),
        ("youtube", hour + 690, hour + 1290),
    ]
    assert database.rows("SELECT DISTINCT estimated FROM session") == [(1,)]
    assert of(run(database, "rescuetime", path)) == (0, 5, 1, 2)


def test_rescuetimes_hour_that_went_on_is_longer_the_next_time(database: Database, tmp_path: Path) -> None:
    head = "Date,Time Spent (seconds),Number of People,Activity,Category,Productivity\n"
    line = "2026-11-16T08:00:00,{},1,{}.com,,0\n"
    run(database, "rescuetime", write(tmp_path / "a", head + line.format(60, "linkedin")))
    report = run(
        database,
        "rescuetime",
        write(tmp_path / "b", head + line.format(90, "linkedin") + line.format(30, "learning.linkedin")),
    )
    assert (report.added, report.completed) == (1, 1)
    assert [end - start for _channel, start, end in stored(database)] == [120]


RESCUETIME = "Date,Time Spent (seconds),Number of People,Activity,Category,Productivity\n"
HOUR = "2026-11-16T08:00:00"


def hour_report(path: Path, **seconds: int) -> Path:
    """RescueTime's report of one hour, with so many seconds at each site."""
    lines = [f"{HOUR},{spent},1,{name}.com,,-2\n" for name, spent in seconds.items()]
    return write(path, RESCUETIME + "".join(lines))


def places(database: Database) -> list[tuple[str, int, int]]:
    hour = at("2026-11-16 08:00:00")
    return [(channel, start - hour, end - hour) for channel, start, end in stored(database)]


def test_three_channels_of_rescuetimes_hour_are_one_after_the_other(database: Database, tmp_path: Path) -> None:
    path = hour_report(tmp_path / "a", youtube=1200, linkedin=1200, reddit=1200)
    run(database, "rescuetime", path)
    expected = [("linkedin", 0, 1200), ("reddit", 1200, 2400), ("youtube", 2400, 3600)]
    assert places(database) == expected
    assert of(run(database, "rescuetime", path)) == (0, 3, 0, 0)
    assert places(database) == expected


@pytest.mark.parametrize("order", ["earlier, later", "later, earlier"])
def test_rescuetimes_hour_exported_again_is_that_of_the_later_report(
    database: Database, tmp_path: Path, order: str
) -> None:
    """The hour went on, a site came before the others, and the channels were renamed in the meantime."""
    files = {
        "earlier": hour_report(tmp_path / "earlier", linkedin=600, reddit=300, youtube=60),
        "later": hour_report(tmp_path / "later", facebook=90, linkedin=700, reddit=300, x=30, youtube=120),
    }
    first, second = order.split(", ")
    run(database, "rescuetime", files[first])
    linkedin = next(channel for channel in channels.channels(database) if channel.name == "linkedin")
    channels.rename(database, linkedin, "work-network", title=None, now=NOW)
    run(database, "rescuetime", files[second])
    assert places(database) == [
        ("facebook", 0, 90),
        ("work-network", 90, 790),
        ("reddit", 790, 1090),
        ("x", 1090, 1120),
        ("youtube", 1120, 1240),
    ]


def test_two_devices_of_rescuetime_at_once_fill_the_hour_and_no_more(database: Database, tmp_path: Path) -> None:
    run(database, "rescuetime", hour_report(tmp_path / "a", linkedin=2400, youtube=2400))
    assert places(database) == [("linkedin", 0, 2400), ("youtube", 1200, 3600)]


def test_what_an_earlier_version_put_at_the_start_of_the_hour_is_put_right(database: Database, tmp_path: Path) -> None:
    hour = at("2026-11-16 08:00:00")
    known = [
        (name, hour, hour + 1200, record_key(hour, hash_text(f"{name}.com\n1")), NOTHING_FOLLOWED)
        for name in ("linkedin", "reddit", "youtube")
    ]
    as_before(database, "rescuetime", known, NOW)
    assert [start for _channel, start, _end in places(database)] == [0, 0, 0]
    again = run(database, "rescuetime", hour_report(tmp_path / "a", linkedin=1200, reddit=1200, youtube=1200))
    assert (of(again), again.completed) == ((0, 3, 0, 0), 2)
    assert places(database) == [("linkedin", 0, 1200), ("reddit", 1200, 2400), ("youtube", 2400, 3600)]


def test_rescuetimes_hour_that_the_clocks_skipped_is_rejected(database: Database, tmp_path: Path) -> None:
    head = "Date,Time Spent (seconds),Number of People,Activity,Category,Productivity\n"
    lines = "2026-03-29T02:00:00,60,1,linkedin.com,,0\n2026-03-29T03:00:00,60,1,linkedin.com,,0\n"
    report = run(database, "rescuetime", write(tmp_path / "night.csv", head + lines))
    assert [(row.line, row.reason) for row in report.rejected] == [(2, "there is no such date or time")]
    assert [end - start for _channel, start, end in stored(database)] == [60]


def test_rescuetimes_row_of_another_time_than_an_hour_is_rejected(database: Database, tmp_path: Path) -> None:
    others = ("2026-11-16 10:00:00+02:00", "2026-11-16 11:00:00 PM", "2026-11-16 garbage", "on 2026-11-16T09:00:00")
    head = "Date,Time Spent (seconds),Number of People,Activity,Category,Productivity\n"
    lines = "".join(f"{written},60,1,linkedin.com,,0\n" for written in (*others, "2026-11-16T08:00:00.000"))
    report = run(database, "rescuetime", write(tmp_path / "hours.csv", head + lines))
    assert [row.line for row in report.rejected] == [2, 3, 4, 5]
    assert stored(database) == [("linkedin", at("2026-11-16 08:00:00"), at("2026-11-16 08:01:00"))]


def test_rescuetimes_report_by_the_day_is_refused(database: Database, tmp_path: Path) -> None:
    text = "Date,Time Spent (seconds),Number of People,Activity,Category,Productivity\n" + "".join(
        f"2026-11-{day}T00:00:00,600,1,linkedin.com,,0\n" for day in (16, 17)
    )
    with pytest.raises(TrackerError, match="by the hour"):
        run(database, "rescuetime", write(tmp_path / "days.csv", text))


def test_a_real_timewarrior_agrees_to_the_second(database: Database, tmp_path: Path) -> None:
    timew = shutil.which("timew")
    if not timew:
        pytest.skip("no Timewarrior is installed here")
    environment = os.environ | {"TIMEWARRIORDB": str(tmp_path / "timew"), "TZ": PARIS}

    def call(*words: str) -> str:
        done = subprocess.run(
            [timew, *words, "rc.confirmation=off"], env=environment, input="yes\n", capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    call("track", "2025-10-26T00:30:00", "-", "2025-10-26T03:30:00", "linkedin", "create")
    call("track", "2025-11-16T23:30:00", "-", "2025-11-17T00:45:00", "youtube", 'the "best" of')
    call("track", "2025-11-17T14:00:00", "-", "2025-11-17T14:00:20", "instagram", "call Zoé")
    call("annotate", "@1", 'a "quoted" word, a / and a # and more')
    (tmp_path / "export.json").write_text(call("export"))
    hours, minutes, seconds = map(int, re.findall(r"(\d+):(\d\d):(\d\d)\s*$", call("summary", ":all").rstrip())[-1])
    report = run(database, "timewarrior", tmp_path / "export.json")
    assert of(report) == (3, 0, 0, 0)
    assert sum(end - start for _channel, start, end in stored(database)) == hours * 3600 + minutes * 60 + seconds
    assert [row[4] for row in rows(database)] == [
        None,
        'the "best" of',
        'a "quoted" word, a / and a # and more; call Zoé',
    ]
    assert of(run(database, "timewarrior", tmp_path / "timew")) == (0, 3, 0, 0)
    database.change("DELETE FROM imported_fact")
    before = rows(database)
    database.change("DELETE FROM session")
    run(database, "timewarrior", tmp_path / "timew")
    assert rows(database) == before


def test_a_real_watson_agrees_to_the_second(database: Database, tmp_path: Path) -> None:
    watson = shutil.which("watson")
    if not watson:
        pytest.skip("no Watson is installed here")
    environment = os.environ | {"WATSON_DIR": str(tmp_path), "TZ": PARIS, "HOME": str(tmp_path)}

    def call(*words: str) -> str:
        done = subprocess.run([watson, *words], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    call("add", "--from", "2025-10-26 00:30:00", "--to", "2025-10-26 03:30:00", "linkedin", "+create")
    call("add", "--from", "2025-11-16 23:30:00", "--to", "2025-11-17 00:45:00", "youtube", "+scroll")
    call("add", "--from", "2025-11-17 14:00:00", "--to", "2025-11-17 14:00:20", "instagram", "+call", "Zoé")
    report = json.loads(call("report", "--from", "2025-01-01", "--to", "2025-12-31", "--json"))
    assert of(run(database, "watson", tmp_path)) == (3, 0, 0, 0)
    ours: dict[str, int] = {}
    for channel, start, end in stored(database):
        ours[channel] = ours.get(channel, 0) + end - start
    assert ours == {project["name"]: round(project["time"]) for project in report["projects"]}
