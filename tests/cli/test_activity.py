"""`tracker activity`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


def test_the_eleven_activities_and_their_purposes(tracker: Tracker) -> None:
    rows = {row["activity"]: row["purpose"] for row in tracker.run("activity list --json").json()}
    assert set(rows) == {
        *("create", "publish", "reply", "relate", "prospect", "moderate", "advertise", "report", "client"),
        *("monitor", "scroll"),
    }
    assert (rows["monitor"], rows["scroll"], rows["reply"]) == ("monitor", "scroll", "relate")


def test_add_rename_archive(tracker: Tracker) -> None:
    assert tracker.run("activity add stories --purpose make").said() == "added the activity stories (make)"
    tracker.run("log instagram stories 14:00-14:10")
    assert tracker.run("activity rename stories reels").said() == "stories is now reels"
    assert tracker.sessions()[0]["activity"] == "reels"
    tracker.run("activity archive reels")
    assert "reels" not in tracker.run("activity list --names").out.split()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("activity add dm", 2),
        ("activity add dm --purpose fun", 1),
        ("activity add create --purpose make", 1),
        ("activity rename nothing here", 1),
        ("activity budget create 10m", 1),
        ("activity x", 2),
    ],
)
def test_what_cannot_be_changes_nothing(inside: Inside, line: str, code: int) -> None:
    before = inside.data()
    inside.run(line).refused(code)
    assert inside.data() == before
