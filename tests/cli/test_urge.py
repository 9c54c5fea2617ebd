"""`tracker urge`."""

from __future__ import annotations

from tests.cli.conftest import Tracker


def test_an_urge_resisted_is_counted_and_is_no_social_time(tracker: Tracker) -> None:
    assert tracker.run("urge linkedin --trigger 'after posting'").said() == "resisted urge: linkedin at 15:12"
    day = tracker.run("day --json").json()
    assert (day["urges"], day["seconds"], day["checks"]) == (1, 0, 0)
    assert day["urge_list"][0]["trigger"] == "after posting"


def test_urge_gives_its_row(tracker: Tracker) -> None:
    [row] = tracker.run("urge x --at -5m --json").json()
    assert (row["channel"], row["at"], row["trigger"]) == ("x", "2026-11-23T15:07:00+01:00", None)


def test_what_set_it_off_is_kept_by_its_english_name_and_said_in_the_readers_words(tracker: Tracker) -> None:
    tracker.run("urge x --trigger Bored")
    tracker.run("urge linkedin --trigger 'procrastinating on the proposal'")
    assert "2 resisted urges: u1 x (bored), u2 linkedin (procrastinating on the proposal)" in tracker.run(
        "day"
    ).out.replace("\n ", "")
    assert tracker.run("day --json").json()["urge_list"][0]["trigger"] == "bored"


def test_an_unknown_channel_is_refused(tracker: Tracker) -> None:
    tracker.run("urge nowhere").refused()
    assert tracker.data()["urge"] == []
