"""`tracker backup`."""

from __future__ import annotations

from tests.cli.conftest import Tracker


def test_a_backup_beside_the_file_is_complete_and_never_written_over(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:10")
    assert tracker.run("backup").said() == f"saved the backup {tracker.folder}/tracker-2026-11-23.db"
    assert "tracker-2026-11-23-2.db" in tracker.run("backup").said()
    copied = tracker.run("day --json", env={"TRACKER_DB": str(tracker.folder / "tracker-2026-11-23.db")}).json()
    assert [row["channel"] for row in copied["sessions"]] == ["linkedin"]


def test_a_copy_of_a_damaged_file_is_said_to_be_one(tracker: Tracker) -> None:
    for day in range(1, 29):
        tracker.run(f"log linkedin 2026-10-{day:02} 14:00-14:10 {'words ' * 200}")
    assert "damaged" not in tracker.run("backup").err
    content = bytearray(tracker.db.read_bytes())
    content[-5 * 4096 :] = b"\xff" * 5 * 4096
    tracker.db.write_bytes(content)
    backed_up = tracker.run("backup")
    assert "tracker-2026-11-23-2.db" in backed_up.out
    assert "it is a copy of a damaged file" in backed_up.err


def test_a_backup_elsewhere(tracker: Tracker) -> None:
    folder = tracker.folder / "usb"
    folder.mkdir()
    tracker.run(["backup", str(folder)]).said()
    assert (folder / "tracker-2026-11-23.db").exists()
    [row] = tracker.run(["backup", str(folder / "b.db"), "--json"]).json()
    assert row["path"] == str(folder / "b.db")


def test_no_backup_where_nothing_can_be_written(tracker: Tracker) -> None:
    assert "nowhere" in tracker.run("backup nowhere/at/all.db").refused()


def test_no_backup_of_nothing(tracker: Tracker) -> None:
    assert "nothing to back up" in tracker.run("backup", env={"TRACKER_DB": str(tracker.folder / "no.db")}).refused()
    assert not (tracker.folder / "no.db").exists()
