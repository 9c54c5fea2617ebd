"""`tracker demo`, and `tracker` alone, where there is no terminal."""

from __future__ import annotations

from tests.cli.conftest import Tracker


def test_the_demo_prints_its_week_and_leaves_the_users_file_alone(tracker: Tracker) -> None:
    before = tracker.data()
    result = tracker.run("demo")
    assert result.code == 0
    assert result.out.startswith("2026-W48")
    assert "LinkedIn" in result.out
    assert result.err == "tracker: the screens need a terminal; here is the week as text\n"
    assert tracker.data() == before
    assert not tracker.config.exists()


def test_without_a_verb_the_week_is_printed(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:25")
    result = tracker.run("")
    assert result.code == 0
    assert "LinkedIn" in result.out
    assert "need a terminal" in result.err


def test_without_a_verb_json_is_the_week(tracker: Tracker) -> None:
    assert tracker.run("--json").json()["week"] == "2026-W48"
