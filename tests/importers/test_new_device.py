"""A second device of one source, such as a tablet beside a phone: from its first day on there is more use, which is no
rise. An import notes when each device was first seen."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.importers.makers import PARIS, Spent, at, chromium, focus, knowledge, phone, segb_2
from tests.importers.test_activitywatch import bucket, export, package
from tracker.analytics.patterns.detectors import rapid_return, rising_use
from tracker.domain.models import DAY
from tracker.exporters import exporting
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions, device_key
from tracker.reports.detector_inputs import log
from tracker.settings import Settings
from tracker.storage import Database, imported_facts, undo
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tracker.analytics.patterns.pattern import Finding

PHONE, TABLET = "0B5A51EA-18C7-4B3F-A94A-1D51719FF7D2", "9D1C2F9B-7F0C-4C55-9E11-6A3A0C3B1F00"
MAC = "5E0C1A52-3D4B-4C0A-8E0B-0F8E0A1B2C3D"
INSTAGRAM, GAME = "com.burbn.instagram", "com.example.game"

#: The first of nine weeks up to yesterday, at nine in the morning.
DAYS, FIRST = 63, at("2026-09-21 09:00:00")
LAST = "2026-11-22"


def looks(device: str, days: Iterable[int], hour: int = 0, app: str = INSTAGRAM) -> list[Spent]:
    """Six looks a day on one device, of lengths that differ from day to day."""
    lengths = random.Random(device)
    rows = []
    for day in days:
        lasts = lengths.randrange(400, 600)
        begins = [FIRST + day * DAY + 3600 * hour + 1500 * number for number in range(6)]
        rows += [Spent(begin, begin + lasts, app, device=device) for begin in begins]
    return rows


def two_screens(path: Path, tablet: Iterable[int], phone: Iterable[int] = range(DAYS)) -> str:
    """A Screen Time database in which the tablet is used on these days."""
    return knowledge(path, looks(PHONE, phone) + looks(TABLET, tablet, hour=4))


def run(database: Database, path: str, source: str = "screentime") -> None:
    importing.import_files(database, source, path, ImportOptions(PARIS, NOW))


def rising(database: Database) -> Finding:
    return rising_use.find(log(Workspace(database, Settings(), PARIS, now=NOW), last=LAST))


def first_seen(database: Database, source: str = "screentime") -> dict[int, int]:
    return {device: first for device, (first, _last) in seen(database, source).items()}


def seen(database: Database, source: str = "screentime") -> dict[int, tuple[int, int]]:
    return imported_facts.screens(database, [source], 0, 0)[source].devices


def key(device: str) -> int:
    return device_key("screentime", device)


NOTHING_TO_COMPARE = "needs the same devices in all of that time: screentime got another one"


def test_a_tablet_that_joins_a_phone_is_no_rise(database: Database, tmp_path: Path) -> None:
    run(database, two_screens(tmp_path / "knowledgeC.db", range(42, DAYS)))
    assert first_seen(database) == {key(PHONE): FIRST, key(TABLET): FIRST + 42 * DAY + 4 * 3600}
    assert (rising(database).state, rising(database).evidence) == ("not enough data", NOTHING_TO_COMPARE)
    returns = rapid_return.find(log(Workspace(database, Settings(), PARIS, now=NOW), last=LAST))
    assert (returns.state, returns.evidence) == ("not enough data", NOTHING_TO_COMPARE)


def test_more_use_of_two_devices_that_were_there_from_the_start_is_a_rise(database: Database, tmp_path: Path) -> None:
    days = [*range(3, 42, 8), *range(42, DAYS)]
    run(database, two_screens(tmp_path / "knowledgeC.db", days))
    assert rising(database).state == "flagged"


def test_a_device_counts_from_the_first_thing_it_was_used_for(database: Database, tmp_path: Path) -> None:
    rows = looks(PHONE, range(DAYS)) + looks(TABLET, range(42, DAYS), 4)
    run(database, knowledge(tmp_path / "knowledgeC.db", rows + looks(TABLET, [0], 4, GAME)))
    assert rising(database).state == "flagged", "the tablet was there, and nothing social was done on it"


def test_a_device_on_which_nothing_was_recorded_does_not_matter(database: Database, tmp_path: Path) -> None:
    rows = looks(PHONE, range(DAYS)) + looks(TABLET, range(42, DAYS), 4, GAME)
    run(database, knowledge(tmp_path / "knowledgeC.db", rows))
    assert list(first_seen(database)) == [key(PHONE)]
    assert rising(database).state == "quiet"


def test_other_sources_are_compared_without_the_one_that_got_a_device(database: Database, tmp_path: Path) -> None:
    run(database, two_screens(tmp_path / "knowledgeC.db", range(42, DAYS)))
    dates = (datetime.fromtimestamp(FIRST + day * DAY, UTC) for day in range(DAYS))
    rows = [f"YouTube,{date:%m/%d/%y},20:00:00,0:{20 + date.day % 5}:00" for date in dates]
    run(database, phone(tmp_path / "usage.csv", rows), "app-usage")
    assert rising(database).state == "quiet"
    assert rising(database).evidence.endswith("; without screentime, which got another device in that time")


def test_a_device_that_came_later_says_nothing_of_an_earlier_day(database: Database, tmp_path: Path) -> None:
    run(database, two_screens(tmp_path / "knowledgeC.db", range(50, DAYS)))
    workspace = Workspace(database, Settings(), PARIS, now=NOW)
    assert rising_use.find(log(workspace, last="2026-11-05")).state == "quiet"


def test_a_new_phone_in_the_place_of_the_old_one_is_compared(database: Database, tmp_path: Path) -> None:
    """There is one phone, as before. It is sure once the old one was not seen for two weeks."""
    path = knowledge(tmp_path / "knowledgeC.db", looks(PHONE, range(33)) + looks(TABLET, range(32, DAYS)))
    run(database, path)
    assert seen(database)[key(PHONE)][1] < FIRST + 33 * DAY
    assert rising(database).state == "quiet"
    assert rising(database).evidence.endswith("; screentime: one device took the place of another")
    workspace = Workspace(database, Settings(), PARIS, now=NOW)
    assert rising_use.find(log(workspace, last="2026-11-04")).evidence == NOTHING_TO_COMPARE


def test_more_use_of_a_new_phone_is_a_rise(database: Database, tmp_path: Path) -> None:
    rows = looks(PHONE, range(33)) + looks(TABLET, range(33, DAYS)) + looks(TABLET, range(40, DAYS), 4)
    run(database, knowledge(tmp_path / "knowledgeC.db", rows))
    assert rising(database).state == "flagged"


def test_a_phone_and_a_tablet_for_one_phone_are_more(database: Database, tmp_path: Path) -> None:
    rows = looks(PHONE, range(33)) + looks(TABLET, range(33, DAYS)) + looks(MAC, range(33, DAYS), 4)
    run(database, knowledge(tmp_path / "knowledgeC.db", rows))
    assert rising(database).evidence == NOTHING_TO_COMPARE


def test_two_macs_are_two_devices(database: Database, tmp_path: Path) -> None:
    for name, days in (("a.db", range(DAYS)), ("b.db", range(42, DAYS))):
        path = knowledge(tmp_path / name, looks("", days, 0 if name == "a.db" else 4))
        with closing(sqlite3.connect(path)) as core_data:
            core_data.execute("CREATE TABLE Z_METADATA(Z_VERSION INTEGER, Z_UUID VARCHAR(255), Z_PLIST BLOB)")
            core_data.execute("INSERT INTO Z_METADATA VALUES (1, ?, NULL)", (name,))
            core_data.commit()
        run(database, path)
    assert len(first_seen(database)) == 2
    assert rising(database).evidence == NOTHING_TO_COMPARE


def visits(days: Iterable[int], hour: int) -> list[tuple[str, float, float]]:
    return [("https://www.instagram.com/", look.start, look.end - look.start) for look in looks(str(hour), days, hour)]


def test_another_profile_of_a_browser_is_another_device(database: Database, tmp_path: Path) -> None:
    for name, days in (("Default", range(DAYS)), ("Profile 1", range(42, DAYS))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "Preferences").write_text("{}")
        run(database, chromium(tmp_path / name / "History", visits(days, 4 * (name != "Default"))), "chrome")
    assert sorted(first_seen(database, "chrome").values()) == [FIRST, FIRST + 42 * DAY + 4 * 3600]
    assert rising(database).evidence == NOTHING_TO_COMPARE.replace("screentime", "chrome")
    assert not any("Profile 1" in row for row in database.connection.iterdump() if "device" in row)


def test_a_copy_of_a_history_elsewhere_does_not_say_of_which_device_it_is(database: Database, tmp_path: Path) -> None:
    run(database, chromium(tmp_path / "History", visits(range(DAYS), 0)), "chrome")
    assert first_seen(database, "chrome") == {}


def test_what_a_browser_synchronised_is_of_another_device(database: Database, tmp_path: Path) -> None:
    path = chromium(tmp_path / "History", [*visits(range(DAYS), 0), *visits(range(42, DAYS), 4)])
    with closing(sqlite3.connect(path)) as history:
        history.execute("ALTER TABLE visits ADD originator_cache_guid TEXT DEFAULT '' NOT NULL")
        history.execute(f"UPDATE visits SET originator_cache_guid = 'another' WHERE id > {6 * DAYS}")
        history.execute("INSERT INTO urls(id, url) VALUES (9999, 'https://example.org/')")
        history.execute(
            "INSERT INTO visits(url, visit_time, transition, visit_duration, originator_cache_guid) "
            "SELECT 9999, visit_time + 1, transition, 0, 'nothing social' FROM visits WHERE id = 1"
        )
        history.commit()
    run(database, path, "chrome")
    assert first_seen(database, "chrome") == {device_key("chrome", "another"): FIRST + 42 * DAY + 4 * 3600}
    assert rising(database).evidence == NOTHING_TO_COMPARE.replace("screentime", "chrome")


def test_another_computer_with_activitywatch_is_no_rise(database: Database, tmp_path: Path) -> None:
    def of_host(host: str, days: Iterable[int], hour: int, app: str = "com.instagram.android") -> dict[str, object]:
        events = [(look.start, look.end - look.start, package(app)) for look in looks(host, days, hour)]
        return bucket("currentwindow", events, client="aw-watcher-android", host=host)

    unlocks = bucket("os.lockscreen.unlocks", [(FIRST + 60 * DAY, 0.0, {})], host="desk-of-samia")
    apps = of_host("one", range(DAYS), 0), of_host("desk-of-samia", range(42, DAYS), 4)
    path = export(tmp_path / "export", *apps, unlocks, of_host("without a channel", range(50, DAYS), 0, GAME))
    run(database, str(path), "activitywatch")
    assert sorted(first_seen(database, "activitywatch").values()) == [FIRST, FIRST + 42 * DAY + 4 * 3600]
    assert rising(database).evidence == NOTHING_TO_COMPARE.replace("screentime", "activitywatch")
    assert not any("samia" in row for row in database.connection.iterdump()), "the name of a computer is not kept"


def test_the_folders_of_biome_are_devices(database: Database, tmp_path: Path) -> None:
    for device, days, hour in ((PHONE, range(DAYS), 0), (TABLET, range(42, DAYS), 4)):
        folder = tmp_path / "App.InFocus" / "remote" / device
        folder.mkdir(parents=True)
        moments = [
            (moment, came)
            for look in looks(device, days, hour)
            for moment, came in ((look.start, True), (look.end, False))
        ]
        segb_2(folder / "1", [focus(moment, came, INSTAGRAM) for moment, came in moments])
    run(database, str(tmp_path))
    assert first_seen(database) == {key(PHONE): FIRST, key(TABLET): FIRST + 42 * DAY + 4 * 3600}
    assert rising(database).evidence == NOTHING_TO_COMPARE


def test_what_is_known_of_a_device_stands_until_it_is_known_to_be_older(database: Database, tmp_path: Path) -> None:
    """Screen Time keeps four weeks: later imports see less of the past."""
    run(database, two_screens(tmp_path / "a.db", range(20, DAYS), range(20, DAYS)))
    run(database, str(tmp_path / "a.db"))
    assert len(undo.steps(database)) == 1, "nothing new is no step for undo"
    run(database, two_screens(tmp_path / "b.db", range(40, DAYS), range(40, DAYS)))
    assert first_seen(database)[key(PHONE)] == FIRST + 20 * DAY
    run(database, two_screens(tmp_path / "c.db", range(10, DAYS), range(DAYS)))
    assert first_seen(database) == {key(PHONE): FIRST, key(TABLET): FIRST + 10 * DAY + 4 * 3600}


def test_devices_of_imports_before_they_were_noted_were_there_from_the_start(
    database: Database, tmp_path: Path
) -> None:
    """Both devices are in the file for nine weeks; the next import, the first that notes devices, sees four of them."""
    run(database, two_screens(tmp_path / "a.db", range(42), range(42)))
    database.connection.execute("DELETE FROM imported_fact WHERE format = 'screentime/device'")
    assert rising(database).state == "quiet"
    run(database, two_screens(tmp_path / "b.db", range(36, DAYS), range(35, DAYS)))
    assert first_seen(database) == {key(PHONE): FIRST, key(TABLET): FIRST}


def test_a_device_is_new_to_a_file_of_before_if_it_came_after_the_last_import(
    database: Database, tmp_path: Path
) -> None:
    run(database, two_screens(tmp_path / "a.db", (), range(40)))
    database.connection.execute("DELETE FROM imported_fact WHERE format = 'screentime/device'")
    run(database, two_screens(tmp_path / "b.db", range(42, DAYS), range(35, DAYS)))
    assert first_seen(database) == {key(PHONE): FIRST, key(TABLET): FIRST + 42 * DAY + 4 * 3600}
    assert rising(database).evidence == NOTHING_TO_COMPARE


def test_undo_takes_back_what_its_import_knew_of_devices(database: Database, tmp_path: Path) -> None:
    run(database, two_screens(tmp_path / "a.db", ()))
    run(database, two_screens(tmp_path / "b.db", range(42, DAYS)))
    assert len(first_seen(database)) == 2
    undo.undo(database, 1, now=NOW)
    assert first_seen(database) == {key(PHONE): FIRST}
    undo.redo(database, 1, now=NOW)
    assert len(first_seen(database)) == 2


@pytest.mark.parametrize("has_records", [False, True])
def test_merging_brings_what_another_file_knows_of_devices(
    database: Database, tmp_path: Path, has_records: bool
) -> None:
    if has_records:
        run(database, phone(tmp_path / "usage.csv", ["YouTube,09/21/26,20:00:00,0:20:00"]), "app-usage")
    with Database.open(str(tmp_path / "other.db")) as other:
        run(other, two_screens(tmp_path / "knowledgeC.db", range(42, DAYS)))
        there = first_seen(other)
    run(database, str(tmp_path / "other.db"), "tracker")
    assert first_seen(database) == there
    exported = tmp_path / "log.json"
    exporting.export(database, "json", str(exported), days=exporting.EVERY_DAY)
    with Database.open(str(tmp_path / "third.db")) as third:
        run(third, str(exported), "json")
        assert first_seen(third) == there
        run(third, two_screens(tmp_path / "later.db", range(50, DAYS), range(50, DAYS)))
        assert first_seen(third) == there, "the devices are the same ones in each file"


def test_an_export_of_some_days_knows_a_device_that_was_there_before(database: Database, tmp_path: Path) -> None:
    run(database, two_screens(tmp_path / "knowledgeC.db", range(42, DAYS)))
    exported = tmp_path / "log.json"
    days = exporting.EVERY_DAY._replace(first="2026-10-01", last="2026-10-31")
    exporting.export(database, "json", str(exported), days=days)
    imported = json.loads(exported.read_text(encoding="utf-8"))["imported"]
    assert [row["key"] for row in imported if row["format"] == "screentime/device"] == [str(key(PHONE))]
