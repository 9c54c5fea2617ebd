"""What browsers remember of visits, how long each lasted, and whose the host was."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.importers.makers import LINK, at, chromium, firefox, read_file
from tracker.domain.errors import TrackerError
from tracker.domain.models import LONGEST_SESSION
from tracker.importers.browser_history import find_histories, folders_of
from tracker.importers.source import source_named
from tracker.importers.sources import chromium as chromium_source
from tracker.importers.sources import firefox as firefox_source
from tracker.storage.imported_facts import IN_FRONT, NOTHING_FOLLOWED, UNTIL_NEXT

if TYPE_CHECKING:
    from tracker.importers.browser_history import BrowserSource
    from tracker.importers.imported_record import ReadContext, ReadResult

START = at("2026-11-23 10:00:00")

#: After the samples of browsers were made.
LATER = at("2026-12-01 10:00:00")
LINKEDIN, YOUTUBE, WORK = "https://www.linkedin.com/feed/", "https://m.youtube.com/watch?v=1", "https://example.org/"


def spans(reading: ReadResult, since: int = START) -> list[tuple[str, int, int, int]]:
    return [(record.channel, record.start - since, record.end - since, record.estimated) for record in reading.records]


def test_a_visit_lasts_until_the_next_but_no_longer_than_its_page_was_open(
    tmp_path: Path, context: ReadContext
) -> None:
    visits = [(LINKEDIN, START, 90), (WORK, START + 10, 500), (LINKEDIN, START + 500, 7), (YOUTUBE, START + 600, 20)]
    reading = read_file("chrome", chromium(tmp_path / "History", visits), context)
    assert spans(reading) == [
        ("linkedin", 0, 10, UNTIL_NEXT),
        ("linkedin", 500, 507, UNTIL_NEXT),
        ("youtube", 600, 620, NOTHING_FOLLOWED),
    ]
    assert (reading.ignored, reading.rejected) == (1, [])


def test_hosts_that_are_no_channels_are_counted_by_their_visits(tmp_path: Path, context: ReadContext) -> None:
    visits = [(LINKEDIN, START, 90), (WORK, START + 100, 5), ("https://www.example.org/a?b=c", START + 200, 5)]
    path = chromium(tmp_path / "History", [*visits, ("http://linkedin.com.evil.example/", START + 300, 5)])
    assert read_file("chrome", path, context).unknown_names == {"example.org": 2, "linkedin.com.evil.example": 1}


def test_without_one_it_lasts_until_the_next_visit_to_anything_but_no_longer_than_five_minutes(
    tmp_path: Path, context: ReadContext
) -> None:
    visits = [(LINKEDIN, START, 0), (WORK, START + 40, 5), (YOUTUBE, START + 100, 0), (WORK, START + 1000, 5)]
    path = chromium(tmp_path / "History", [(url, moment, lasted) for url, moment, lasted in visits])
    assert spans(read_file("chrome", path, context)) == [
        ("linkedin", 0, 40, UNTIL_NEXT),
        ("youtube", 100, 400, UNTIL_NEXT),
    ]


def test_the_last_visit_is_given_five_minutes_but_none_that_are_still_to_come(
    tmp_path: Path, context: ReadContext
) -> None:
    path = chromium(tmp_path / "History", [(LINKEDIN, NOW - 100, 0)])
    assert spans(read_file("chrome", path, context), NOW) == [("linkedin", -100, 0, NOTHING_FOLLOWED)]
    path = chromium(tmp_path / "Older", [(LINKEDIN, NOW - 9_000, 0)])
    assert spans(read_file("chrome", path, context), NOW) == [("linkedin", -9_000, -8_700, NOTHING_FOLLOWED)]


def test_a_page_left_open_for_over_a_week_was_not_looked_at_for_a_week(tmp_path: Path, context: ReadContext) -> None:
    path = chromium(tmp_path / "History", [(LINKEDIN, START, LONGEST_SESSION + 1), (WORK, START + 50, 1)])
    assert spans(read_file("chrome", path, context)) == [("linkedin", 0, 50, UNTIL_NEXT)]


@pytest.mark.parametrize(
    ("transition", "seen"),
    [
        (LINK, True),
        (1, True),
        (0, True),
        (None, True),
        (0x30000008, True),
        (0x38000001, True),
        (0x30000003, False),  # a page in a frame
        (0x30000004, False),
        (0x10000001, False),  # the start of a chain of redirects
        (0x80000001, False),  # a step of one
        (0x40000001, False),
        (0xA0000001, True),  # where it led
        (0xA0000001 - (1 << 32), True),  # the same, as some versions store it
        (0x80000001 - (1 << 32), False),
    ],
)
def test_only_pages_that_somebody_saw_count(
    tmp_path: Path, context: ReadContext, transition: int | None, seen: bool
) -> None:
    path = chromium(tmp_path / "History", [(LINKEDIN, START, 9)], transition)
    reading = read_file("chrome", path, context)
    assert (len(reading.records), reading.ignored) == (int(seen), int(not seen))


def test_a_page_nobody_saw_ends_no_visit(tmp_path: Path, context: ReadContext) -> None:
    path = chromium(tmp_path / "History", [(LINKEDIN, START, 0)])
    chromium(tmp_path / "History", [("https://ads.example/", START + 2, 0)], 0x30000003)
    chromium(tmp_path / "History", [(WORK, START + 60, 0)])
    assert spans(read_file("chrome", path, context)) == [("linkedin", 0, 60, UNTIL_NEXT)]


def test_a_visit_without_a_date_is_named(tmp_path: Path, context: ReadContext) -> None:
    path = chromium(tmp_path / "History", [(LINKEDIN, START, 9), (LINKEDIN, START + 100, 9), (LINKEDIN, 5e9, 9)])
    connection = sqlite3.connect(path)
    connection.execute("UPDATE visits SET visit_time = 'never' WHERE id = 1")
    connection.commit()
    connection.close()
    reading = read_file("chrome", path, context)
    assert spans(reading) == [("linkedin", 100, 109, NOTHING_FOLLOWED)]
    assert sorted(rejected.line for rejected in reading.rejected) == [1, 3]


def test_an_address_that_is_no_text_does_not_stop_the_others(tmp_path: Path, context: ReadContext) -> None:
    path = chromium(tmp_path / "History", [(LINKEDIN, START, 9), (LINKEDIN, START + 100, 9)])
    connection = sqlite3.connect(path)
    connection.execute("UPDATE urls SET url = CAST(x'68747470733a2f2fff2e636f6d' AS TEXT) WHERE id = 1")
    connection.commit()
    connection.close()
    assert spans(read_file("chrome", path, context)) == [("linkedin", 100, 109, NOTHING_FOLLOWED)]


def test_the_key_of_a_visit_is_its_moment_and_address_and_not_how_long_it_lasted(
    tmp_path: Path, context: ReadContext
) -> None:
    def keys(name: str, *visits: tuple[str, float, float]) -> list[int]:
        return [record.key for record in read_file("chrome", chromium(tmp_path / name, visits), context).records]

    first = keys("a", (LINKEDIN, START, 0))
    assert first == keys("b", (WORK, START - 5, 1), (LINKEDIN, START, 50))
    assert first != keys("c", (LINKEDIN, START + 0.001, 0))
    assert first != keys("d", (LINKEDIN + "x", START, 0))
    assert all(-(1 << 63) <= key < 1 << 63 for key in first)


def test_firefox_visits_last_until_the_next_one(tmp_path: Path, context: ReadContext) -> None:
    visits = [(LINKEDIN, START, 1, 0), (WORK, START + 30.5, 2, 0), (YOUTUBE, START + 60, 1, 0)]
    assert spans(read_file("firefox", firefox(tmp_path / "places.sqlite", visits), context)) == [
        ("linkedin", 0, 30, UNTIL_NEXT),
        ("youtube", 60, 360, NOTHING_FOLLOWED),
    ]


def test_firefox_pages_that_nobody_saw_are_ignored(tmp_path: Path, context: ReadContext) -> None:
    visits = [
        ("https://t.co/abc", START, 1, 0),  # redirects to the next, which was seen
        (LINKEDIN, START, 6, 1),
        ("https://www.facebook.com/plugins/like", START + 1, 4, 2),
        ("https://www.youtube.com/embed/1", START + 2, 8, 2),
        ("https://x.com/a.zip", START + 3, 7, 2),
        (WORK, START + 20, 1, 2),
    ]
    reading = read_file("firefox", firefox(tmp_path / "places.sqlite", visits), context)
    assert spans(reading) == [("linkedin", 0, 20, UNTIL_NEXT)]
    assert reading.ignored == 5


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_history_that_its_browser_holds_locked_is_read(tmp_path: Path, context: ReadContext, mode: str) -> None:
    path = chromium(tmp_path / "History", [(LINKEDIN, START, 9)], mode=mode)
    running = sqlite3.connect(path, isolation_level=None)
    running.execute("PRAGMA locking_mode = EXCLUSIVE")
    running.execute("PRAGMA wal_autocheckpoint = 0")
    running.execute("BEGIN EXCLUSIVE")
    running.execute("INSERT INTO urls(id, url) VALUES (50, ?)", (YOUTUBE,))
    running.execute(
        "INSERT INTO visits(url, visit_time, transition, visit_duration) VALUES (50, ?, ?, 5000000)",
        (chromium_source.EPOCH + (START + 60) * 1_000_000, LINK),
    )
    running.execute("COMMIT")
    running.execute("BEGIN EXCLUSIVE")
    running.execute("DELETE FROM visits")
    try:
        with pytest.raises(sqlite3.OperationalError):
            sqlite3.connect(path, timeout=0).execute("SELECT * FROM visits").fetchall()
        assert spans(read_file("chrome", path, context)) == [
            ("linkedin", 0, 9, UNTIL_NEXT),
            ("youtube", 60, 65, NOTHING_FOLLOWED),
        ]
    finally:
        running.close()


def test_a_copy_that_another_program_removes_is_no_empty_history(
    tmp_path: Path, context: ReadContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = chromium(tmp_path / "History", [(LINKEDIN, START, 9)])
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    connect = sqlite3.connect

    def after_cleaning(name: str) -> sqlite3.Connection:
        os.unlink(name)
        return connect(name)

    monkeypatch.setattr(sqlite3, "connect", after_cleaning)
    with pytest.raises(TrackerError, match="another program removed the temporary copy of "):
        read_file("chrome", path, context)
    assert os.listdir(tmp_path / "tmp") == []


def test_reading_leaves_nothing_behind(tmp_path: Path, context: ReadContext, monkeypatch: pytest.MonkeyPatch) -> None:
    path = chromium(tmp_path / "History", [(LINKEDIN, START, 9)])
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    before = (tmp_path / "History").read_bytes()
    read_file("chrome", path, context)
    assert not list((tmp_path / "tmp").iterdir())
    assert (tmp_path / "History").read_bytes() == before


def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, system: str) -> None:
    """A home folder, and the variables of a system that say where programs keep their data."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    monkeypatch.setattr("sys.platform", system)


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
@pytest.mark.parametrize(
    "browser", [*chromium_source.SOURCES, *firefox_source.SOURCES], ids=lambda browser: browser.name
)
def test_every_profile_in_every_folder_of_a_browser_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: BrowserSource, system: str
) -> None:
    home(monkeypatch, tmp_path, system)
    assert source_named(browser.name).detect() == []
    file = "History" if browser in chromium_source.SOURCES else "places.sqlite"
    files = []
    for folder in map(os.path.expanduser, folders_of(browser.name)):
        assert Path(folder).is_relative_to(tmp_path)
        for profile in ("Default", "Profile 1", ""):
            Path(folder, profile).mkdir(parents=True, exist_ok=True)
            Path(folder, profile, file).touch()
            files.append(os.path.join(folder, profile, file))
    assert sorted(source_named(browser.name).detect()) == sorted(files)


@pytest.mark.parametrize(
    ("system", "name", "folder"),
    [
        ("linux", "chromium", "snap/chromium/common/chromium/Default"),
        ("linux", "brave", ".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser/Default"),
        ("linux", "opera", ".config/opera"),
        ("linux", "firefox", ".var/app/org.mozilla.firefox/.mozilla/firefox/abc.default"),
        ("linux", "zen", ".zen/abc.Default (release)"),
        ("darwin", "arc", "Library/Application Support/Arc/User Data/Profile 2"),
        ("darwin", "firefox", "Library/Application Support/Firefox/Profiles/abc.default"),
        ("darwin", "safari", "Library/Safari"),
        ("darwin", "safari", "Library/Containers/com.apple.Safari/Data/Library/Safari/Profiles/0A1B"),
        ("win32", "opera", "Roaming/Opera Software/Opera Stable"),
        ("win32", "chrome", "Local/Google/Chrome/User Data/Default"),
        ("win32", "firefox", "Roaming/Mozilla/Firefox/Profiles/abc.default"),
    ],
)
def test_where_browsers_keep_their_histories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, name: str, folder: str
) -> None:
    home(monkeypatch, tmp_path, system)
    (tmp_path / folder).mkdir(parents=True)
    for file in ("History", "places.sqlite", "History.db"):
        (tmp_path / folder / file).touch()
    [path] = source_named(name).detect()
    assert Path(path).parent == tmp_path / folder


def test_a_file_of_the_browser_between_the_profiles_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert source_named("firefox").detect() == []
    for profile in ("abc.default", "xyz.work"):
        (tmp_path / ".mozilla/firefox" / profile).mkdir(parents=True)
        (tmp_path / ".mozilla/firefox" / profile / "places.sqlite").touch()
    (tmp_path / ".mozilla/firefox/profiles.ini").touch()
    assert [path.split("/")[-2] for path in source_named("firefox").detect()] == ["abc.default", "xyz.work"]


def test_a_path_may_be_a_file_a_profile_or_a_folder_of_profiles(tmp_path: Path) -> None:
    (tmp_path / "chrome" / "Default").mkdir(parents=True)
    file = tmp_path / "chrome" / "Default" / "History"
    file.touch()
    for path in (file, file.parent, tmp_path / "chrome"):
        assert source_named("chrome").files_in(str(path)) == [str(file)]
    with pytest.raises(TrackerError, match="History"):
        source_named("chrome").files_in(str(tmp_path))


def test_one_profile_seen_by_two_ways_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "History").touch()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert len(find_histories([str(tmp_path / "real"), str(tmp_path / "link")], "History")) == 1


@pytest.mark.parametrize("name", ["chrome", "firefox"])
@pytest.mark.parametrize("content", [b"", b"hello\n", bytes(4096), b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_of_another_kind_is_refused_in_one_line(
    tmp_path: Path, context: ReadContext, name: str, content: bytes
) -> None:
    path = tmp_path / "History"
    path.write_bytes(content)
    with pytest.raises(TrackerError) as refused:
        read_file(name, str(path), context)
    assert "\n" not in str(refused.value)


def test_a_history_cut_off_in_the_middle_is_refused_in_one_line(tmp_path: Path, context: ReadContext) -> None:
    path = tmp_path / "History"
    chromium(path, [(f"{LINKEDIN}{number}", START + number * 60, 9) for number in range(2_000)])
    whole = path.read_bytes()
    for length in (100, 512, 4096, len(whole) // 2, len(whole) - 4096):
        path.write_bytes(whole[:length])
        with pytest.raises(TrackerError) as refused:
            read_file("chrome", str(path), context)
        assert "\n" not in str(refused.value)


def test_the_other_familys_history_is_pointed_to_the_right_command(tmp_path: Path, context: ReadContext) -> None:
    with pytest.raises(TrackerError, match="import firefox"):
        read_file("chrome", firefox(tmp_path / "places.sqlite", []), context)
    with pytest.raises(TrackerError, match="import chrome"):
        read_file("firefox", chromium(tmp_path / "History", []), context)


def test_a_real_chromium_history(samples: Path, context: ReadContext) -> None:
    reading = read_file("chrome", str(samples / "chromium" / "History"), context._replace(now=LATER))
    channels = ["linkedin", "linkedin", "instagram", "instagram", "youtube", "facebook", "x", "mastodon"]
    assert [record.channel for record in reading.records] == channels
    assert (reading.ignored, reading.rejected) == (5, [])
    assert all(record.estimated == IN_FRONT for record in reading.records)
    assert reading.records[0].end - reading.records[0].start == 2


def test_a_real_firefox_history(samples: Path, context: ReadContext) -> None:
    reading = read_file("firefox", str(samples / "firefox" / "places.sqlite"), context._replace(now=LATER))
    assert [record.channel for record in reading.records] == ["linkedin", "linkedin", "instagram", "instagram", "x"]
    assert (reading.ignored, reading.rejected) == (3, [])
    assert [record.end - record.start for record in reading.records] == [2, 2, 1, 1, 1]
    assert all(record.estimated == IN_FRONT for record in reading.records)


def test_a_real_phones_history_is_of_its_own_year(samples: Path, context: ReadContext) -> None:
    reading = read_file("firefox", str(samples / "firefox-mobile" / "places.sqlite"), context)
    assert (reading.records, reading.ignored, reading.rejected) == ([], 5, [])
    # getmemex.com led to memex.garden, and nobody saw it.
    assert reading.unknown_names == {"en.m.wikipedia.org": 2, "news.ycombinator.com": 1, "memex.garden": 1}
