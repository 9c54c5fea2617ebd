"""When a screen went dark is kept beside the sessions, so that patterns count what was picked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import NOW
from tests.importers.makers import PARIS, Spent, at, focus, knowledge, phone, read_file, segb_2
from tests.importers.test_activitywatch import AWAY, THERE, Event, bucket, export, package, tab
from tracker.exporters import exporting
from tracker.importers import importing, shared_reading
from tracker.importers.imported_record import ImportOptions
from tracker.reports.detector_inputs import log
from tracker.settings import Settings
from tracker.storage import Database, imported_facts, session_table, undo
from tracker.storage.undo_steps import undo_step
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.imported_record import ReadContext

ROWS = [
    "YouTube,11/23/26,10:00:00,0:01:00",
    "Instagram,11/23/26,10:02:00,0:01:00",
    "Screen off (locked),11/23/26,10:03:00,0:02:00",
    "Screen off (locked),11/23/26,10:03:30,0:00:10",
    "YouTube,11/23/26,10:05:00,0:01:00",
    "Screen off,11/23/26,10:06:00,1:00:00",
]


def uses(database: Database, source: str = "app-usage") -> list[tuple[int, int]]:
    return imported_facts.uses(database, [source], 0, NOW)[source]


def switched_to(database: Database) -> list[str]:
    """The sessions that were not picked up, as `channel HH:MM`."""
    workspace = Workspace(database, Settings(), PARIS, now=NOW)
    ids = log(workspace, last="2026-11-23").switched_to
    return [session_table.get(database, id).channel for id in sorted(ids)]


def run(database: Database, path: str) -> importing.ImportReport:
    return importing.import_files(database, "app-usage", path, ImportOptions(PARIS, NOW))


def test_uses_are_kept_from_the_first_record_to_the_dark_screen(database: Database, tmp_path: Path) -> None:
    run(database, phone(tmp_path / "a.csv", ROWS))
    first, second = ("10:00:00", "10:03:00"), ("10:05:00", "10:06:00")
    assert uses(database) == [(at(f"2026-11-23 {clock}"), at(f"2026-11-23 {two}")) for clock, two in (first, second)]
    assert switched_to(database) == ["instagram"]


def test_the_sources_are_named_of_which_the_screen_is_not_known(database: Database, tmp_path: Path) -> None:
    def by_gap() -> tuple[str, ...]:
        return log(Workspace(database, Settings(), PARIS, now=NOW), last="2026-11-23").by_gap

    run(database, phone(tmp_path / "a.csv", [row for row in ROWS if "Screen" not in row]))
    assert by_gap() == ("app-usage",)
    run(database, phone(tmp_path / "b.csv", ROWS))
    assert by_gap() == ()


def test_what_came_to_the_front_as_the_screen_went_dark_was_a_use_of_its_own() -> None:
    dark = [TEN + 60, TEN + 100]
    assert tuple(shared_reading.uses(dark, [(TEN, TEN + 50), (TEN + 60, TEN + 61), (TEN + 70, TEN + 80)])) == (
        (TEN, TEN + 60),
        (TEN + 60, TEN + 61),
        (TEN + 70, TEN + 100),
    )
    assert tuple(shared_reading.uses(dark, [(TEN + 90, TEN + 102), (TEN + 110, TEN + 120)])) == ((TEN + 90, TEN + 100),)


def test_the_same_export_again_adds_nothing_and_an_older_import_is_completed(
    database: Database, tmp_path: Path
) -> None:
    path = phone(tmp_path / "a.csv", ROWS)
    without = phone(tmp_path / "b.csv", [row for row in ROWS if "Screen" not in row])
    run(database, without)
    assert (uses(database), switched_to(database)) == ([], ["instagram", "youtube"])
    report = run(database, path)
    assert (report.added, report.already) == (0, 3)
    assert len(uses(database)) == 2
    assert switched_to(database) == ["instagram"]
    assert len(undo.steps(database)) == 2
    run(database, path)
    assert len(undo.steps(database)) == 2, "nothing new is no step for undo"


def test_what_an_earlier_version_kept_still_counts_until_it_is_imported_again(
    database: Database, tmp_path: Path
) -> None:
    run(database, phone(tmp_path / "a.csv", [row for row in ROWS if "Screen" not in row]))
    moment = at("2026-11-23 10:03:00")
    with undo_step(database, "import", NOW) as step:
        imported_facts.remember(database, "app-usage", step, [(moment, "", moment, moment, 0)])
    assert switched_to(database) == ["instagram"]
    run(database, phone(tmp_path / "b.csv", ROWS))
    assert switched_to(database) == ["instagram"]


def test_undo_takes_the_uses_back_with_their_import(database: Database, tmp_path: Path) -> None:
    run(database, phone(tmp_path / "a.csv", ROWS))
    undo.undo(database, 1, now=NOW)
    assert uses(database) == []
    undo.redo(database, 1, now=NOW)
    assert len(uses(database)) == 2


TEN = at("2026-11-23 10:00:00")
INSTAGRAM, YOUTUBE = "com.burbn.instagram", "com.google.ios.youtube"


def test_activitywatch_tells_when_somebody_left(tmp_path: Path, context: ReadContext) -> None:
    tabs = bucket("web.tab.current", [(TEN, 60, tab("x.com")), (TEN + 900, 60, tab("instagram.com"))])
    absence: list[Event] = [
        (TEN, 100, THERE),
        (TEN + 100.6, 700, AWAY),
        (TEN + 801, 200, THERE),
        (TEN + 1000, 600, AWAY),
    ]
    path = export(tmp_path / "a", tabs, bucket("afkstatus", absence))
    assert read_file("activitywatch", str(path), context).uses == ((TEN, TEN + 100), (TEN + 900, TEN + 1000))
    without = export(tmp_path / "b", tabs)
    assert read_file("activitywatch", str(without), context).uses == ()


def test_activitywatch_tells_until_when_a_phone_was_locked(database: Database, tmp_path: Path) -> None:
    names = ("com.linkedin.android", "com.instagram.android", "com.zhiliaoapp.musically")
    apps: list[Event] = [(TEN + 40 * place, 20.0, package(name)) for place, name in enumerate(names)]
    unlocks: list[Event] = [(TEN - 3, 0.0, {}), (TEN + 75, 0.0, {})]
    path = export(
        tmp_path / "a",
        bucket("currentwindow", apps, client="aw-watcher-android", host="phone"),
        bucket("os.lockscreen.unlocks", unlocks, host="phone"),
    )
    importing.import_files(database, "activitywatch", str(path), ImportOptions(PARIS, NOW))
    assert switched_to(database) == ["instagram"], "the third was opened after the phone had been unlocked"


def test_screen_time_tells_when_the_screen_of_the_mac_went_dark(tmp_path: Path, context: ReadContext) -> None:
    rows = [
        Spent(TEN, TEN + 60, INSTAGRAM),
        Spent(TEN + 60, TEN + 90, "com.apple.finder"),
        Spent(TEN + 90, TEN + 500, "com.apple.loginwindow"),
        Spent(TEN + 80, TEN + 510, "", "/display/isBacklit", value=0),
        Spent(TEN + 510, TEN + 900, "", "/display/isBacklit", value=1),
        Spent(TEN + 515, TEN + 600, YOUTUBE),
        Spent(TEN + 600, TEN + 700, "", "/device/isLocked", value=1),
    ]
    result = read_file("screentime", knowledge(tmp_path / "knowledgeC.db", rows), context)
    assert result.uses == ((TEN, TEN + 80), (TEN + 515, TEN + 600))


def test_screen_time_of_a_phone_ends_where_no_app_is_in_front(database: Database, tmp_path: Path) -> None:
    tablet = "9D1C2F9B-7F0C-4C55-9E11-6A3A0C3B1F00"
    rows = [
        Spent(TEN, TEN + 60, INSTAGRAM, device=tablet),
        Spent(TEN + 80, TEN + 200, "com.example.game", device=tablet),
        Spent(TEN + 210, TEN + 240, YOUTUBE, device=tablet),
        Spent(TEN + 280, TEN + 300, INSTAGRAM, device=tablet),
    ]
    path = knowledge(tmp_path / "knowledgeC.db", rows)
    importing.import_files(database, "screentime", path, ImportOptions(PARIS, NOW))
    assert uses(database, "screentime") == [(TEN, TEN + 240)]


def test_screen_time_tells_the_screens_of_two_devices_apart(database: Database, tmp_path: Path) -> None:
    tablet, phone = "9D1C2F9B-7F0C-4C55-9E11-6A3A0C3B1F00", "1A1C2F9B-7F0C-4C55-9E11-6A3A0C3B1F00"
    rows = [
        Spent(TEN, TEN + 100, INSTAGRAM, device=tablet),
        Spent(TEN + 40, TEN + 50, YOUTUBE, device=phone),
        Spent(TEN + 50, TEN + 60, "com.example.game", device=phone),
        Spent(TEN + 100, TEN + 200, "com.atebits.Tweetie2", device=tablet),
        *(
            Spent(TEN + at, TEN + at + 1, "com.example.game", device=device)
            for at in (300,)
            for device in (tablet, phone)
        ),
    ]
    path = knowledge(tmp_path / "knowledgeC.db", rows)
    importing.import_files(database, "screentime", path, ImportOptions(PARIS, NOW))
    assert uses(database, "screentime") == [(TEN, TEN + 200), (TEN + 40, TEN + 60)]
    assert switched_to(database) == ["x"], "youtube was opened on the phone, and the tablet stayed lit meanwhile"


def test_a_file_of_two_sources_that_went_dark_at_one_moment_is_merged_and_exported(
    database: Database, tmp_path: Path
) -> None:
    record = [("app-usage", TEN), ("screentime", TEN)]
    with Database.open(str(tmp_path / "other.db")) as other, undo_step(other, "import", NOW) as step:
        for source, start in record:
            imported_facts.remember_uses(other, source, step, [(start, start + 60)])
    importing.import_files(database, "tracker", str(tmp_path / "other.db"), ImportOptions(PARIS, NOW))
    exported = tmp_path / "log.json"
    exporting.export(database, "json", str(exported), days=exporting.EVERY_DAY)
    with Database.open(str(tmp_path / "third.db")) as third:
        importing.import_files(third, "json", str(exported), ImportOptions(PARIS, NOW))
        for log_of in (database, third):
            assert all(uses(log_of, source) == [(start, start + 60)] for source, start in record)


def test_biome_tells_when_the_last_app_left_the_front(tmp_path: Path, context: ReadContext) -> None:
    events = [
        *(focus(TEN, True, INSTAGRAM), focus(TEN + 60, False, INSTAGRAM)),
        *(focus(TEN + 70, True, "com.example.game"), focus(TEN + 95, False, "com.example.game")),
        *(focus(TEN + 200, True, YOUTUBE), focus(TEN + 220, False, YOUTUBE)),
        focus(TEN + 300, True, INSTAGRAM),
    ]
    result = read_file("screentime", segb_2(tmp_path / "802340340340340", events), context)
    assert result.uses == ((TEN, TEN + 95), (TEN + 200, TEN + 220))
