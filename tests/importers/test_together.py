"""Several sources imported together, as the import screen and the first run do: what one after the other would make."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.importers.makers import PARIS, Page, at, firefox, sessions, watched
from tracker.domain.errors import TrackerError
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions
from tracker.storage import Database, channels, undo

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.importing import ImportReport

NOW = at("2026-11-24 09:00:00")
START = at("2026-11-23 10:00:00")
LINKEDIN, WORK = "https://www.linkedin.com/feed/", "https://example.org/"
OPTIONS = ImportOptions(PARIS, NOW)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "TIMEWARRIORDB", "WATSON_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path


def browser(home: Path, folder: str, length: float | None) -> None:
    """A profile with one visit of LinkedIn, in front for `length` seconds (None: not kept), then another page."""
    profile = home / ".config" / folder / "Default"
    profile.mkdir(parents=True)
    watched(profile / "History", [Page(LINKEDIN, START, length or 0, length), Page(WORK, START + 120, 0, None)])


def of(reports: list[ImportReport]) -> list[tuple[int, int]]:
    return [(report.added, report.already) for report in reports]


def apart(database: Database, *names: str) -> list[ImportReport]:
    return [importing.import_files(database, name, None, OPTIONS) for name in names]


@pytest.mark.parametrize("lengths", [(None, 90), (90, None), (60, 90), (90, 60)])
def test_a_visit_that_two_browsers_know_with_different_lengths_is_the_longer_one(
    database: Database, home: Path, lengths: tuple[float | None, float | None]
) -> None:
    browser(home, "google-chrome", lengths[0])
    browser(home, "chromium", lengths[1])
    assert of(importing.import_together(database, ["chrome", "chromium"], OPTIONS)) == [(1, 0), (0, 1)]
    assert sessions(database) == [("linkedin", START, START + 90)]
    assert database.rows("SELECT estimated FROM session") == [(0,)]
    assert of(importing.import_together(database, ["chrome", "chromium"], OPTIONS)) == [(0, 1), (0, 1)]
    undo.undo(database, 1, now=NOW)
    assert sessions(database) == []
    undo.redo(database, 1, now=NOW)
    assert sessions(database) == [("linkedin", START, START + 90)]


@pytest.mark.parametrize("names", [("chrome", "firefox"), ("firefox", "chrome")])
def test_a_browser_that_took_over_the_history_of_another_one_comes_as_it_comes_by_itself(
    database: Database, home: Path, names: tuple[str, str]
) -> None:
    """Both know the visit under the same instant and address, so under one key."""
    browser(home, "google-chrome", None)
    profile = home / ".mozilla" / "firefox" / "x.default"
    profile.mkdir(parents=True)
    firefox(
        profile / "places.sqlite", [(LINKEDIN, START, 1, 0), (WORK, START + 120, 1, 0)], [(1, START, START + 90, 90)]
    )
    with Database.open(str(home / "apart.db")) as one_by_one:
        apart(one_by_one, *names)
        expected = sorted(one_by_one.rows('SELECT channel, start, "end", source, estimated FROM session'))
    importing.import_together(database, names, OPTIONS)
    assert sorted(database.rows('SELECT channel, start, "end", source, estimated FROM session')) == expected
    assert of(importing.import_together(database, names, OPTIONS)) == [(0, 1), (0, 1)]
    # What merges and exports carry has both, too.
    with Database.open(str(home / "merged.db")) as merged:
        importing.import_files(merged, "tracker", str(home / "apart.db"), OPTIONS)
        assert sorted(merged.rows('SELECT channel, start, "end", source, estimated FROM session')) == expected


def timewarrior(home: Path, *lines: str) -> None:
    folder = home / ".timewarrior" / "data"
    folder.mkdir(parents=True)
    (folder / "2026-11.data").write_text("\n".join([*lines, ""]), encoding="utf-8")


def watson(home: Path, *projects: str) -> None:
    folder = home / ".config" / "watson"
    folder.mkdir(parents=True)
    frames = [
        [START + 7_200 * number, START + 7_200 * number + 600, project, f"{number:032x}", [], START]
        for number, project in enumerate(projects, 1)
    ]
    (folder / "frames").write_text(json.dumps(frames), encoding="utf-8")


def test_a_channel_that_one_source_makes_stops_no_other_source(database: Database, home: Path) -> None:
    timewarrior(home, 'inc 20261123T080000Z - 20261123T090000Z # "Design Ana"')
    watson(home, "Design Ana", "garden")
    browser(home, "chromium", 90)
    reports = importing.import_together(database, ["timewarrior", "watson", "chromium"], OPTIONS)
    assert of(reports) == [(1, 0), (2, 0), (1, 0)]
    assert [report.new_channels for report in reports] == [("design-ana",), ("garden",), ()]
    assert {"design-ana", "garden"} <= {channel.name for channel in channels.channels(database)}
    undo.undo(database, 1, now=NOW)
    assert sessions(database) == []
    assert not {"design-ana", "garden"} & {channel.name for channel in channels.channels(database)}


def test_a_channel_that_another_program_made_meanwhile_stops_all(
    database: Database, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    timewarrior(home, "inc 20261123T080000Z - 20261123T090000Z # Ana")
    browser(home, "chromium", 90)
    read_source = importing.read_source

    def read_then_change(*arguments: object) -> object:
        read = read_source(*arguments)  # type: ignore[arg-type]  # as it was called
        with database.transaction():
            database.change(
                "INSERT OR IGNORE INTO channel(name, title, kind, position) VALUES ('ana', 'A', 'focus', 99)"
            )
        return read

    monkeypatch.setattr(importing, "read_source", read_then_change)
    with pytest.raises(TrackerError, match="import again"):
        importing.import_together(database, ["timewarrior", "chromium"], OPTIONS)
    assert sessions(database) == []
