"""`tracker import --all`: what is new in the sources of the settings, and nothing else."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.importers.makers import at, chromium, firefox, phone
from tracker.importers.sources.chromium import FILE
from tracker.storage import Database, sessions

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Inside, Tracker

#: The day of the undone visit, and that of the new one.
DATES = ("2026-11-23", "2027-01-29")

LINKEDIN = "https://www.linkedin.com/feed/"


def profile(folder: Path, *starts: str) -> None:
    """Add visits of two minutes to the history of Chrome in a home folder."""
    path = folder / ".config" / "google-chrome" / "Default"
    path.mkdir(parents=True, exist_ok=True)
    chromium(path / FILE, [(LINKEDIN, at(start), 120) for start in starts])


def starts(tracker: Tracker, date: str = "2026-11-23") -> list[str]:
    return [session["start"][11:16] for session in tracker.sessions(date)]


@pytest.fixture
def watched(inside: Inside) -> Inside:
    """A Chrome with one visit, and the setting that names it."""
    profile(inside.folder, "2026-11-23 14:00")
    inside.run(["config", "sources", "chrome"]).said()
    return inside


def test_what_is_new_is_imported_once(watched: Inside) -> None:
    assert watched.run("import --all").said() == "chrome: 1 added"
    assert watched.run("import --all").said() == "chrome: nothing new"
    profile(watched.folder, "2026-11-23 15:00")
    assert watched.run("import --all").said() == "chrome: 1 added"
    assert starts(watched) == ["14:00", "15:00"]


def test_undo_takes_back_the_users_own_change_and_an_import_where_its_source_is_named(watched: Inside) -> None:
    watched.run("check instagram --at 13:00").said()
    watched.run("import --all --scheduled").said()
    assert watched.run("undo").said() == "undone: checked instagram"
    assert starts(watched) == ["14:00"]
    assert (
        watched.run("undo").refused()
        == "there is nothing to undo; `tracker undo chrome` undoes the last automatic import"
    )
    assert watched.run("undo chrome").said() == "undone: imported chrome (History)"
    assert starts(watched) == []
    assert watched.run("undo chrome").refused() == "there is no automatic import of chrome to undo"
    assert watched.run("undo netscape").refused(2) == "“netscape” is neither a number of steps nor a source"
    lines = watched.run("history").out.splitlines()
    assert [line.split("  ", 1)[1].strip() for line in lines] == [
        "imported chrome (History) (automatic) (undone)",
        "checked instagram (undone)",
    ]


def test_what_the_user_typed_is_undone_as_their_own_and_not_imported_by_itself_again(watched: Inside) -> None:
    watched.run("check instagram --at 13:00").said()
    watched.run("import --all").said()
    assert watched.run("undo chrome").refused() == "there is no automatic import of chrome to undo"
    assert watched.run("undo").said() == "undone: imported chrome (History)"
    assert starts(watched) == ["13:00"]
    for words in ("import --all --scheduled", "import --all"):
        watched.run(words).said()
        assert starts(watched) == ["13:00"]
    lines = watched.run("history").out.splitlines()
    assert [line.split("  ", 1)[1].strip() for line in lines] == [
        "imported chrome (History) (undone)",
        "checked instagram",
    ]
    assert watched.run("redo").said() == "redone: imported chrome (History)"


def test_scheduled_alone_is_refused(watched: Inside) -> None:
    assert watched.run("import chrome --scheduled").refused(2).startswith("--scheduled goes with --all")


def test_an_import_by_itself_leaves_what_can_be_redone(watched: Inside) -> None:
    for minute in ("13:00", "13:10"):
        watched.run(f"check instagram --at {minute}").said()
    watched.run("undo 2").said()
    watched.run("import --all --scheduled").said()
    watched.run("redo 2").said()
    assert starts(watched) == ["13:00", "13:10", "14:00"]
    watched.run("undo 1").said()
    profile(watched.folder, "2026-11-23 14:30")
    watched.run("import --all --scheduled").said()
    watched.run("redo").said()
    assert starts(watched) == ["13:00", "13:10", "14:00", "14:30"]


def test_each_import_is_one_step_of_undo_and_what_was_undone_stays_away(watched: Inside) -> None:
    watched.run("import --all --scheduled").said()
    profile(watched.folder, "2026-11-23 15:00")
    watched.run("import --all --scheduled").said()
    watched.run("undo chrome").said()
    assert starts(watched) == ["14:00"]
    profile(watched.folder, "2026-11-23 15:10")
    assert watched.run("import --all --scheduled", now="2026-11-23T15:13").said() == "chrome: 1 added"
    assert starts(watched) == ["14:00", "15:10"], "only what is new, not what the user undid"
    assert "added" in watched.run(["import", "chrome"]).out
    assert starts(watched) == ["14:00", "15:00", "15:10"], "who asks for all of it gets all of it"


def test_what_was_undone_stays_away_when_undo_has_forgotten_it(watched: Inside) -> None:
    watched.run("import --all --scheduled").said()
    watched.run("undo chrome").said()
    with Database.open(str(watched.db)) as database:
        for day in range(1, 60):  # old steps are forgotten as new ones are made
            now = at("2026-11-23 15:12") + day * 86_400
            sessions.check(database, "instagram", now, "Europe/Paris", None, now=now)
        assert not database.rows("SELECT 1 FROM imported_fact")
    profile(watched.folder, "2027-01-29 09:00")
    watched.run("import --all --scheduled", now="2027-01-29T10:00").said()
    days = [watched.run(f"day {date} --json", now="2027-01-29T10:00").json() for date in DATES]
    assert [day["seconds"] for day in days] == [None, 120]


def test_a_channel_that_learns_a_site_is_read_again(watched: Inside) -> None:
    path = watched.folder / ".config" / "google-chrome" / "Default" / FILE
    chromium(path, [("https://forum.example/t/1", at("2026-11-23 13:00"), 60)])
    watched.run("import --all --scheduled").said()
    watched.run("channel add forum --kind social").said()
    watched.run("channel domain forum forum.example").said()
    assert watched.run("import --all --scheduled").said() == "chrome: 1 added"


def test_a_visit_that_another_device_sends_late_comes_within_a_day(watched: Inside) -> None:
    watched.run("import --all --scheduled").said()
    profile(watched.folder, "2026-11-18 09:00")
    assert watched.run("import --all --scheduled").said() == "chrome: nothing new"
    profile(watched.folder, "2026-11-24 09:00")
    assert watched.run("import --all --scheduled", now="2026-11-24T15:13").said() == "chrome: 2 added"
    assert starts(watched, "2026-11-18") == ["09:00"]


@pytest.mark.parametrize("phone", [False, True])
def test_firefox_too_whose_phones_count_milliseconds(inside: Inside, phone: bool) -> None:
    path = inside.folder / "places.sqlite"
    firefox(path, [(LINKEDIN, at("2026-11-20 09:00"), 1, 0)], phone=phone)
    inside.run(["config", "sources", f"firefox:{path}"]).said()
    assert inside.run("import --all --scheduled").said().endswith(": 1 added")
    path.unlink()
    visits = [(LINKEDIN, at(f"2026-11-2{day} 09:00"), 1, 0) for day in (0, 3)]
    firefox(path, visits, phone=phone)
    assert inside.run("import --all --scheduled", now="2026-11-23T15:13").said().endswith(": 1 added")
    assert starts(inside) == ["09:00"]


def test_a_source_that_fails_stops_no_other_and_the_doctor_names_it(watched: Inside) -> None:
    watched.run(["config", "sources", "firefox, chrome"]).said()
    done = watched.run("import --all --scheduled")
    assert (done.out, done.code) == ("chrome: 1 added\n", 1)
    assert done.err.startswith("tracker: firefox: no firefox history found")
    doctor = watched.run("doctor --json")
    [problem] = json.loads(doctor.out)["problems"]
    assert problem.startswith("firefox cannot be imported automatically: no firefox history found")
    watched.run(["config", "sources", "chrome"]).said()
    doctor = watched.run("doctor", now="2026-11-23T17:30")
    assert doctor.code == 0
    assert "last imports: chrome 2 hours ago\n" in doctor.out


def test_without_the_setting_all_that_is_found_here_is_imported(inside: Inside) -> None:
    assert inside.run("import --all --scheduled").refused().startswith("no history found on this machine")
    profile(inside.folder, "2026-11-23 14:00")
    assert inside.run("import --all --scheduled").said() == "chrome: 1 added"


def test_a_path_and_the_reports_in_json(inside: Inside) -> None:
    (inside.folder / "my log.csv").write_text("channel,start,end\nlinkedin,2026-11-20 09:00,2026-11-20 09:30\n")
    inside.config.write_text('sources = ["csv:my log.csv"]\n')
    [first] = inside.run("import --all --scheduled --json").json()
    assert (first["source"], first["report"]["added"], first["error"]) == ("csv:my log.csv", 1, None)
    [again] = inside.run("import --all --scheduled --json").json()
    assert again["report"] is None


def test_wrong_sources_are_refused_when_they_are_set(inside: Inside) -> None:
    assert "unknown import format “netscape”" in inside.run(["config", "sources", "chrome, netscape"]).refused()
    assert inside.run(["config", "sources", "Chrome!"]).refused().startswith("sources must be")
    assert inside.run("config sources").out == "\n"
    inside.run("import --all --scheduled chrome").refused(2)


def seconds(tracker: Tracker) -> int:
    return sum(session["seconds"] for session in tracker.sessions("2026-11-23"))


def test_undoing_a_session_by_hand_shows_what_was_measured_meanwhile(watched: Inside) -> None:
    watched.run(["log", "linkedin 13:59-14:01"]).said()
    watched.run("import --all --scheduled").said()
    assert seconds(watched) == 180, "14:00 to 14:02 was measured"
    watched.run("undo").said()
    assert (starts(watched), seconds(watched)) == (["14:00"], 120)
    watched.run("redo").said()
    assert (starts(watched), seconds(watched)) == (["13:59", "14:01"], 180)


def test_a_look_that_took_the_place_of_a_check_comes_again_when_the_check_is_undone(watched: Inside) -> None:
    watched.run("check linkedin likes --at 14:01").said()
    watched.run("import --all --scheduled").said()
    [session] = watched.sessions("2026-11-23")
    assert (session["seconds"], session["note"]) == (120, "likes")
    assert watched.run("undo").said() == "undone: checked linkedin; chrome will be imported again"
    assert watched.sessions("2026-11-23") == []
    assert watched.run("import --all --scheduled").said() == "chrome: 1 added"
    [session] = watched.sessions("2026-11-23")
    assert (session["seconds"], session["note"]) == (120, None)


def test_an_import_that_a_later_change_depends_on_is_undone_after_that(watched: Inside) -> None:
    watched.run("import --all --scheduled").said()
    watched.run(["edit", "1", "note=likes"]).said()
    said = watched.run("undo chrome").refused()
    assert said.startswith("a later change builds on it; undo that first: ")
    watched.run("undo").said()
    watched.run("undo chrome").said()
    assert watched.sessions("2026-11-23") == []


def test_an_import_that_is_read_again_brings_what_is_old_too(watched: Inside) -> None:
    profile(watched.folder, "2026-03-02 09:00")
    watched.run("check linkedin --at 14:01").said()
    assert watched.run("import --all --scheduled").said() == "chrome: 2 added"
    watched.run("undo").said()
    assert watched.run("import --all --scheduled").said() == "chrome: 2 added"
    assert starts(watched, "2026-03-02") == ["09:00"]


@pytest.mark.parametrize("how", ["its source is watched no more", "its file is gone"])
def test_an_import_that_cannot_come_again_is_not_taken_back_by_undo(watched: Inside, how: str) -> None:
    watched.run("check linkedin --at 14:01").said()
    watched.run("import --all --scheduled").said()
    if how == "its file is gone":
        (watched.folder / ".config" / "google-chrome" / "Default" / FILE).unlink()
    else:
        watched.run("config sources safari").said()
    before = watched.sessions("2026-11-23")
    assert watched.run("undo").refused().endswith("(History); `tracker undo chrome` undoes it")
    assert watched.sessions("2026-11-23") == before
    watched.run("undo chrome").said()
    watched.run("undo").said()
    assert watched.sessions("2026-11-23") == []


def test_several_steps_say_which_import_keeps_the_next_one(watched: Inside) -> None:
    watched.run("check linkedin --at 14:01").said()
    watched.run("import --all --scheduled").said()
    watched.run("check instagram --at 13:00").said()
    watched.run("config sources safari").said()
    said = watched.run("undo 2").refused()
    assert said.startswith("only 1 change can be undone: a later change builds on it; undo that first: imported chrome")
    assert said.endswith("`tracker undo chrome` undoes it")


def test_signs_of_a_pattern_in_the_name_of_a_source_are_letters(inside: Inside) -> None:
    """`_` and `%` in what is typed are no wildcards: the import of another file is not undone."""
    rows = "start,end,channel\n2026-11-23 14:00,2026-11-23 14:10,linkedin\n"
    for name in ("logs", "log_"):
        (inside.folder / name).mkdir()
        (inside.folder / name / "a:b.csv").write_text(rows)
    inside.run(["config", "sources", f"csv:{inside.folder}/logs/a:b.csv"]).said()
    inside.run("import --all --scheduled").said()
    said = inside.run(["undo", f"csv:{inside.folder}/log_/a"]).refused()
    assert said.startswith("there is no automatic import of ")
    assert starts(inside) == ["14:00"]


#: What a person does to the measured session of 14:00 to 14:02, and the seconds that are left of it.
TAKEN_AWAY = {
    "deleted": ("delete 1", 0),
    "shortened": ("edit 1 end=14:01", 60),
    "put on another channel": ("edit 1 channel=instagram", 120),
}


@pytest.mark.parametrize("how", TAKEN_AWAY)
@pytest.mark.parametrize("then", ["undo", "delete 2", "edit 2 start=10:00 end=10:30"])
def test_measured_time_that_the_user_took_away_stays_away(watched: Inside, how: str, then: str) -> None:
    command, left = TAKEN_AWAY[how]
    watched.run("import --all --scheduled").said()
    watched.run(command).said()
    watched.run(["log", "linkedin 13:50-14:30"]).said()
    profile(watched.folder, "2026-11-23 12:00")
    watched.run("import --all --scheduled").said()
    watched.run(then).said()
    moved = 1800 if then.startswith("edit") else 0
    assert seconds(watched) == left + 120 + moved


def test_measured_time_that_another_program_deleted_stays_away(watched: Inside) -> None:
    watched.run("import --all --scheduled").said()
    with closing(sqlite3.connect(watched.db)) as connection, connection:
        connection.execute("DELETE FROM session WHERE id = 1")
    watched.run(["log", "linkedin 13:50-14:30"]).said()
    watched.run("delete 2").said()
    assert watched.sessions("2026-11-23") == []


def test_what_was_deleted_and_brought_back_by_undo_is_shown_again(watched: Inside) -> None:
    watched.run("import --all --scheduled").said()
    watched.run("delete 1").said()
    watched.run("undo").said()
    watched.run(["log", "linkedin 13:50-14:30"]).said()
    watched.run("delete 2").said()
    assert (starts(watched), seconds(watched)) == (["14:00"], 120)


def test_deleting_what_one_browser_measured_leaves_what_a_phone_did(watched: Inside) -> None:
    """Two devices have measured the same minutes: only one of the two sessions is deleted."""
    phone(watched.folder / "phone.csv", ["LinkedIn,11/23/26,14:00:30,0:01:00"])
    watched.run("import --all --scheduled").said()
    watched.run(["import", "app-usage", str(watched.folder / "phone.csv")]).said()
    [of_chrome] = [session["id"] for session in watched.sessions("2026-11-23") if session["source"] == "chrome"]
    watched.run(f"delete {of_chrome}").said()
    hand = watched.run(["log", "linkedin 13:50-14:30", "--json"]).json()[0]["id"]
    watched.run(f"delete {hand}").said()
    assert [session["source"] for session in watched.sessions("2026-11-23")] == ["app-usage"]


def test_a_visit_right_behind_a_deleted_one_is_shown(watched: Inside) -> None:
    """Within half a minute of it, so that both would be one session, had nobody deleted the first."""
    watched.run("import --all --scheduled").said()
    watched.run("delete 1").said()
    path = watched.folder / ".config" / "google-chrome" / "Default" / FILE
    chromium(path, [(LINKEDIN, at("2026-11-23 14:00"), 120), (LINKEDIN, at("2026-11-23 14:02:10"), 60)])
    assert watched.run("import --all --scheduled").said() == "chrome: 1 added"
    assert (starts(watched), seconds(watched)) == (["14:02"], 60)
