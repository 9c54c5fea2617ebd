"""`tracker patterns`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker

NAMES = {
    *("brief_checks", "check_cluster", "rapid_return", "burstiness", "self_initiated", "after_posting", "overrun"),
    *("time_distortion", "rising_use", "rebound", "broken_pause", "night", "first_thing", "time_without_return"),
}


def test_every_pattern_is_there_whatever_its_state(tracker: Tracker) -> None:
    found = tracker.run("patterns --json").json()
    assert {one["name"] for one in found} == NAMES
    for one in found:
        assert {"name", "state", "evidence", "from", "to", "figures", "sessions"} <= set(one)
        assert one["state"] == "not enough data"
        assert one["evidence"]


def test_patterns_in_words(tracker: Tracker) -> None:
    said = tracker.run("patterns").out
    assert "? Bursts of checking (check_cluster): not enough data" in said
    assert all(len(line) <= 80 for line in said.splitlines())


def test_a_burst_is_flagged_with_its_sessions(inside: Inside) -> None:
    for day in range(1, 22):
        inside.run(f"log linkedin '2026-11-{day:02} 10:00-10:10'")
    for minute in range(0, 24, 3):
        inside.run(f"check linkedin --at '2026-11-22 16:{minute:02}'")
    found = {one["name"]: one for one in inside.run("patterns --json").json()}
    assert found["check_cluster"]["state"] == "flagged"
    assert len(found["check_cluster"]["sessions"]) == 8
    assert (found["check_cluster"]["from"], found["check_cluster"]["to"]) == ("2026-11-01", "2026-11-22")
    assert inside.run("patterns").out.startswith("! Bursts of checking")
    assert inside.run("status --json", now="2026-11-22T17:00").json()["patterns"] == ["check_cluster"]
    assert inside.run("patterns --json --from 2026-11-01 --to 2026-11-21").json()[1]["state"] != "flagged"


def test_explain_says_what_a_pattern_is(tracker: Tracker) -> None:
    said = tracker.run("patterns --explain check_cluster").out
    assert said.startswith("Bursts of checking (check_cluster)")
    assert "not a diagnosis" in said


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("patterns --explain nope", 1, "check_cluster"),
        ("patterns --from 2026-11-20 --to 2026-11-01", 1, "after"),
        ("patterns --from x", 1, "x"),
        ("patterns foo", 2, "foo"),
    ],
)
def test_what_cannot_be_asked(inside: Inside, line: str, code: int, says: str) -> None:
    assert says in inside.run(line).refused(code)
