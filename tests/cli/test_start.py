"""`tracker start`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


def test_start_says_what_runs_and_until_when(tracker: Tracker) -> None:
    said = tracker.run("start linkedin create --for 25m", now="2026-11-23T14:35").said()
    assert said == "linkedin create running since 14:35, planned 25m (until 15:00)"


def test_start_keeps_everything_it_was_told(tracker: Tracker) -> None:
    line = "start insta reply -i 'answer Anna' --for 1h30 --at 15:00 --with @samia --ring street --trigger bored --json"
    [row] = tracker.run(line).json()
    assert row["channel"] == "instagram"
    assert row["activity"] == "reply"
    assert row["intention"] == "answer Anna"
    assert row["planned_seconds"] == 5400
    assert row["start"] == "2026-11-23T15:00:00+01:00"
    assert row["end"] is None
    assert row["seconds"] == 720
    assert (row["person"], row["ring"], row["trigger"], row["source"]) == ("samia", "street", "bored", "timer")
    assert row["check"] is False


def test_a_second_start_is_refused_and_changes_nothing(tracker: Tracker) -> None:
    tracker.run("start linkedin")
    before = tracker.data()
    assert "linkedin is already running" in tracker.run("start x").refused()
    assert tracker.data() == before


def test_start_in_the_past_never_runs_over_what_was_written_by_hand(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:30")
    assert "already logged" in tracker.run("start linkedin --at 14:10").refused()
    assert "already logged" in tracker.run("start linkedin --at 13:50").refused()
    assert tracker.run("start linkedin --at 14:30").said() == "linkedin running since 14:30"


def test_start_in_the_past_takes_the_place_of_what_was_imported(tracker: Tracker) -> None:
    path = tracker.folder / "usage.csv"
    path.write_text('"App name","Date","Time","Duration"\n"LinkedIn","11/23/26","14:00:00","0:30:00"\n')
    tracker.run(["import", "app-usage", str(path)])
    tracker.run("start linkedin --at 14:10")
    tracker.run("stop --at 14:50")
    assert [(row["start"][11:16], row["seconds"]) for row in tracker.sessions()] == [("14:00", 600), ("14:10", 2400)]


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("start", 2, "start needs CHANNEL"),
        ("start linkdin", 1, "linkedin"),
        ("start linkedin foo", 1, "unknown activity “foo”"),
        ("start linkedin reply extra", 2, "extra"),
        ("start linkedin --for soon", 1, "soon"),
        ("start linkedin --for 0m", 1, "plan"),
        ("start linkedin --at 25:00", 1, "25:00"),
        ("start linkedin --at tomorrow", 1, "tomorrow"),
        ("start linkedin --at 16:00", 1, "16:00"),
        ("start linkedin --ring moon", 1, "building"),
        ("start linkedin --at", 2, "--at needs a value"),
        ("start linkedin --nope", 2, "--nope"),
        ("start ''", 1, "unknown channel"),
    ],
)
def test_what_start_cannot_do_is_said_in_one_line_and_changes_nothing(
    inside: Inside, line: str, code: int, says: str
) -> None:
    before = inside.data()
    assert says in inside.run(line).refused(code)
    assert inside.data() == before


@pytest.mark.parametrize(
    ("at", "start"),
    [
        ("14:05", "2026-11-23T14:05:00+01:00"),
        ("14h05", "2026-11-23T14:05:00+01:00"),
        ("-10m", "2026-11-23T15:02:00+01:00"),
        ("yesterday 21:00", "2026-11-22T21:00:00+01:00"),
        ("hier 21:00", "2026-11-22T21:00:00+01:00"),
        ("2026-11-23T14:05:00+00:00", "2026-11-23T15:05:00+01:00"),
        ("now", "2026-11-23T15:12:00+01:00"),
    ],
)
def test_at_takes_a_time_as_people_write_it(inside: Inside, at: str, start: str) -> None:
    [row] = inside.run(["start", "x", "--at", at, "--json"]).json()
    assert row["start"] == start


def test_a_spent_budget_is_said_and_never_in_the_way(tracker: Tracker) -> None:
    tracker.run("channel budget linkedin 30m")
    tracker.run("config daily_budget 1h")
    tracker.run("log linkedin 14:00-14:40")
    assert tracker.run("start linkedin").said() == "linkedin running since 15:12; over budget: linkedin 40m of 30m"
    tracker.run("cancel")
    tracker.run("log x 13:00-13:30")
    said = tracker.run(["start", "linkedin", "--override", "Samia waits for the visuals"]).said()
    assert said == "linkedin running since 15:12; over budget: linkedin 40m of 30m, today 1h 10m of 1h"
    assert tracker.sessions()[-1]["override"] == "Samia waits for the visuals"
    assert "over budget: Samia waits" in tracker.run("day").out


def test_a_budget_is_for_social_time_alone(tracker: Tracker) -> None:
    tracker.run("config daily_budget 1h")
    tracker.run("log linkedin 13:00-14:30")
    assert tracker.run("start work").said() == "work running since 15:12"
    assert tracker.run("switch x").said().endswith("x running since 15:12; over budget: today 1h 30m of 1h")


@pytest.mark.parametrize("word", ["linkedin", "LinkedIn", "link", "LINKEDIN"])
def test_a_channel_is_found_by_name_title_or_beginning(inside: Inside, word: str) -> None:
    assert inside.run(["start", word]).said() == "linkedin running since 15:12"
