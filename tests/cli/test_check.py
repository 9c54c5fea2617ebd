"""`tracker check`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


def test_a_check_lasts_fifteen_seconds_and_its_words_are_the_note(tracker: Tracker) -> None:
    assert (
        tracker.run("check linkedin likes on the carousel").said() == "checked linkedin at 15:12: likes on the carousel"
    )
    [row] = tracker.sessions()
    assert (row["seconds"], row["check"], row["source"]) == (15, True, "check")
    assert row["note"] == "likes on the carousel"
    assert row["start"] == "2026-11-23T15:12:00+01:00"


def test_what_it_was_for_is_kept_in_english_and_said_in_the_readers_words(tracker: Tracker) -> None:
    tracker.run("config language fr")
    assert tracker.run("check linkedin abonnés").said() == "coup d’œil sur linkedin à 15:12\u202f: abonnés"
    [row] = tracker.sessions()
    assert row["note"] == "followers"
    assert "abonnés" in tracker.run("day").out


def test_a_check_in_the_past(tracker: Tracker) -> None:
    assert tracker.run("check x --at -30m").said() == "checked x at 14:42"


def test_two_checks_in_one_second_are_two(tracker: Tracker) -> None:
    tracker.run("check x")
    tracker.run("check x")
    assert tracker.run("status --json").json()["today"]["checks"] == 2


def test_a_look_at_what_runs_is_part_of_it(tracker: Tracker) -> None:
    tracker.run("start linkedin")
    assert "linkedin is running" in tracker.run("check linkedin").refused()
    assert tracker.run("check x").code == 0


def test_words_after_two_dashes_are_words(tracker: Tracker) -> None:
    assert tracker.run("check x -- --at dawn").said().endswith("--at dawn")


def test_an_unknown_channel_changes_nothing(tracker: Tracker) -> None:
    before = tracker.data()
    assert "“fcebook”" in tracker.run("check fcebook").refused()
    assert tracker.data() == before


@pytest.mark.parametrize(
    ("channel", "says"),
    [
        ("call", "call has no checks; `tracker log call 20m` logs a talk"),
        ("work", "work has no checks; `tracker start work` starts a session"),
    ],
)
def test_only_what_one_looks_at_is_checked(inside: Inside, channel: str, says: str) -> None:
    before = inside.data()
    assert inside.run(f"check {channel}").refused() == says
    assert inside.data() == before


def test_a_check_is_not_over_after_now(inside: Inside) -> None:
    now = "2026-11-23T15:12:50"
    inside.run("check x", now=now)
    assert "last 15:12" in inside.run("day", now=now).out
    assert inside.run("status --json", now=now).json()["today"]["last"] == f"{now}+01:00"
