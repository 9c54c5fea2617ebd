"""`tracker doctor`."""

from __future__ import annotations

import json
import os

import pytest

from tests.cli.conftest import Tracker
from tracker.domain.errors import TrackerError
from tracker.settings import load
from tracker.tui.keys import keymap


def test_all_is_well(tracker: Tracker) -> None:
    result = tracker.run("doctor")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[-1] == "no problems found"
    facts = tracker.run("doctor --json").json()
    assert facts["problems"] == []
    assert facts["zone"] == "Europe/Paris"


def test_settings_that_cannot_be_read_are_a_problem(tracker: Tracker) -> None:
    tracker.config.write_text("colour = 'red'\n")
    result = tracker.run("doctor")
    assert result.code == 1
    assert "colour" in result.out
    assert result.err == "tracker: 1 problem found\n"


@pytest.mark.parametrize(
    "keys",
    ['start = "c"', 'strat = "b"', 'start = ""', 'start = "ctrl+frobnicate"', 'not_now = "c"'],
    ids=["a clash", "no action", "no key", "no such key", "a former name"],
)
def test_keys_that_stop_the_screens_are_a_problem_in_the_same_words(tracker: Tracker, keys: str) -> None:
    tracker.config.write_text(f"[keys]\n{keys}\n")
    with pytest.raises(TrackerError) as refused:
        keymap(load(str(tracker.config)).keys)
    result = tracker.run("doctor")
    assert result.code == 1
    problem = f"{tracker.config}: {refused.value}"
    assert f"! {problem}" in result.out.splitlines()
    assert json.loads(tracker.run("doctor --json").out)["problems"] == [problem]


def test_a_file_others_can_read_and_a_zone_nobody_knows_are_problems(tracker: Tracker) -> None:
    tracker.db.chmod(0o644)
    result = tracker.run("doctor", env={"TZ": "Europe/Nowhere"})
    assert result.code == 1
    assert "chmod 600" in result.out
    assert "Europe/Nowhere" in result.out


def test_a_file_that_is_no_tracker_file_is_a_problem_and_stays_untouched(tracker: Tracker) -> None:
    tracker.db.write_bytes(b"hello")
    assert tracker.run("doctor").code == 1
    assert tracker.db.read_bytes() == b"hello"


def test_before_the_first_run_nothing_is_made(tracker: Tracker) -> None:
    tracker.db.unlink()
    result = tracker.run("doctor")
    assert result.code == 0
    assert "not there yet" in result.out
    assert not tracker.db.exists()


def test_what_a_killed_command_left_behind_is_named(tracker: Tracker) -> None:
    left, fresh, other = (tracker.folder / f".tracker-{name}" for name in ("abcd_123.tmp", "abcd_124.tmp", "notes.tmp"))
    for path in (left, fresh, other):
        path.touch()
    for path in (left, other):
        os.utime(path, (0, 0))
    result = tracker.run("doctor")
    assert result.code == 1
    assert f"! {left} was left behind by a command that was killed; it can be deleted" in result.out
    assert result.err == "tracker: 1 problem found\n"
