"""A clock set back an hour: what runs began "in the future", and every command of the timer stays usable."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside

EARLIER, START = "2026-11-23T14:12", "2026-11-23T15:12"


@pytest.fixture
def started(inside: Inside) -> Inside:
    """A session was started at 15:12; now it is 14:12."""
    inside.run("start linkedin create --for 25m -i carousel", now=START).said()
    inside.now = EARLIER
    return inside


def only(inside: Inside) -> dict[str, object]:
    [row] = inside.run("day --json").json()["sessions"]
    assert isinstance(row, dict)
    return row


def test_stop_saves_it_without_a_duration_and_says_how_to_correct_it(started: Inside) -> None:
    done = started.run("stop")
    assert done.said().startswith("stopped linkedin create after 0s of 25m, 15:12–15:12")
    assert done.err == (
        "tracker: the clock shows 14:12, before this session started (15:12): it was saved without a duration; "
        "correct it with `tracker edit 1 start=TIME end=TIME`\n"
    )
    row = only(started)
    assert (row["start"], row["seconds"], row["intention"]) == ("2026-11-23T15:12:00+01:00", 0, "carousel")
    assert started.run("edit 1 start=13:50 end=14:10").said().startswith("edited 1: linkedin create, 13:50–14:10, 20m")
    started.run("undo 2").said()
    assert started.run("status --json").json()["running"]["id"] == 1


def test_so_does_switch_which_starts_the_new_one_now(started: Inside) -> None:
    done = started.run("switch work")
    assert "work running since 14:12" in done.said()
    assert "it was saved without a duration" in done.err
    assert started.run("stop", now="2026-11-23T14:30").said().startswith("stopped work after 18m, 14:12–14:30")


def test_a_time_before_its_start_is_refused_as_ever(started: Inside) -> None:
    for line in ("stop --at 14:00", "switch work --at 14:00", "stop --at 14:30"):
        said = started.run(line).refused()
        assert said == "a session cannot end before it starts" or "is in the future" in said
    assert started.run("status --json").json()["running"]["id"] == 1
    late = started.run("stop --at 15:00", now="2026-11-23T15:30")
    assert late.refused() == "a session cannot end before it starts"


def test_status_shows_no_time_and_never_less(started: Inside) -> None:
    data = started.run("status --json").json()
    assert (data["running"]["seconds"], data["today"]["seconds"]) == (0, 0)
    out = started.run("status").out
    assert out.startswith("linkedin create: 0s since 15:12, 25m left of 25m")
    assert "-" not in out.splitlines()[1]
    assert started.run("status --format '{elapsed} {left}'").said() == "0s 25m"
    day = started.run("day").out
    assert "linkedin" in day
    assert only(started)["seconds"] == 0


def test_cancel_resume_and_start_go_on(started: Inside) -> None:
    assert "already running" in started.run("start x").refused()
    assert started.run("cancel").said().startswith("discarded linkedin create after 0s")
    assert started.run("undo").code == 0
    started.run("stop")
    assert started.run("resume").said().startswith("linkedin create running since 14:12")


def test_a_look_at_what_runs_is_part_of_it_and_one_elsewhere_is_a_check(started: Inside) -> None:
    assert "is running: a check is part of it" in started.run("check linkedin").refused()
    assert started.run("check x").said() == "checked x at 14:12"
    assert started.run("urge x").said() == "resisted urge: x at 14:12"
    assert started.run("log x 14:00-14:10").code == 0
    assert started.run("split 1 14:00").refused().startswith("session 1 is too short to be split: 0s")


@pytest.mark.parametrize("line", ["edit 1 note=later", "edit 1 start=14:00", "edit 1 channel=x", "edit 1 plan=1h"])
def test_what_runs_can_be_edited(started: Inside, line: str) -> None:
    assert started.run(line).code == 0
    assert started.run("edit 1 start=15:30").refused().startswith("“15:30” is in the future")


@pytest.mark.parametrize(
    "line", ["edit 1 note=later", "edit 1 end=14:00 start=13:40", "edit 1 start=14:00", "edit 1 channel=x"]
)
def test_so_can_a_record_that_lies_in_the_future_now(inside: Inside, line: str) -> None:
    inside.run("log linkedin 15:12-15:32", now="2026-11-23T15:40")
    inside.now = EARLIER
    assert inside.run(line).code == 0
    assert inside.run("edit 1 end=15:50").refused().startswith("“15:50” is in the future")


def test_urges_and_results_of_the_hour_before_can_be_explained(inside: Inside) -> None:
    inside.run("urge x", now=START)
    inside.run("outcome prospect", now=START)
    inside.now = EARLIER
    assert inside.run("edit u1 trigger=bored").code == 0
    assert inside.run("edit o1 note=Samia").code == 0
    assert inside.run("edit u1 at=14:00").code == 0
    assert inside.run("edit o1 at=15:30").refused().startswith("“15:30” is in the future")


def test_a_timer_takes_nothing_from_what_was_recorded_when_the_clock_was_ahead(inside: Inside) -> None:
    """It is no less a record: the timer has the time on both sides of it."""
    inside.run(["log", "linkedin create 15:12-15:20 carousel"], now="2026-11-23T15:40")
    inside.run("start linkedin reply", now="2026-11-23T15:00")
    assert inside.run("stop", now="2026-11-23T15:40").said().startswith("stopped linkedin reply after 12m, 15:00–15:12")
    rows = inside.run("day --json", now="2026-11-23T15:40").json()["sessions"]
    assert [(row["activity"], row["start"][11:16], row["end"][11:16]) for row in rows] == [
        ("reply", "15:00", "15:12"),
        ("create", "15:12", "15:20"),
        ("reply", "15:20", "15:40"),
    ]
    inside.run("undo", now="2026-11-23T15:40").said()
    assert inside.run("status --json", now="2026-11-23T15:40").json()["running"]["activity"] == "reply"


def test_a_pause_goes_on_and_can_be_called_off(inside: Inside) -> None:
    inside.run("pause 2h", now=START)
    inside.now = EARLIER
    assert inside.run("pause").said() == "pause until 17:12, 3h left"
    assert inside.run("pause off").said() == "pause ended after 0s"
    assert inside.run("pause --json").json() == []


def test_undo_and_redo_know_no_clock(started: Inside) -> None:
    assert started.run("undo").said() == "undone: started linkedin"
    assert started.run("redo").said() == "redone: started linkedin"
    assert started.run("undo", now="1970-01-01T01:00").code == 0
