"""`tracker merge`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


def test_merge_spans_from_the_first_start_to_the_last_end(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:10 one")
    tracker.run("log linkedin create 14:20-14:30 two")
    [row] = tracker.run("merge 2 1 --json").json()
    assert (row["id"], row["seconds"], row["activity"], row["note"]) == (1, 1800, "create", "one; two")
    assert len(tracker.sessions()) == 1


@pytest.mark.parametrize(
    ("line", "code"), [("merge 1", 2), ("merge 1 1", 1), ("merge 1 3", 1), ("merge 1 9", 1), ("merge", 2)]
)
def test_what_cannot_be_merged_stays(inside: Inside, line: str, code: int) -> None:
    inside.run("log linkedin 14:00-14:10")
    inside.run("log linkedin 14:20-14:30")
    inside.run("log x 14:40-14:50")
    before = inside.data()
    inside.run(line).refused(code)
    assert inside.data() == before


def test_one_session_alone_is_refused_with_how_it_is_written(inside: Inside) -> None:
    assert inside.run("merge 1").refused(2) == "write: tracker merge ID ID …"


def test_the_time_between_is_said(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:10")
    tracker.run("log linkedin 14:30-14:40")
    assert tracker.run("merge 1 2").said() == (
        "merged into 1: linkedin, 14:00–14:40, 40m; the 20m between them is included"
    )


def test_over_half_an_hour_between_is_added_only_by_who_says_so(tracker: Tracker) -> None:
    tracker.run("log x 05:00-05:03")
    tracker.run("log x 13:50-13:54")
    before = tracker.data()
    refused = tracker.run("merge 1 2").refused()
    assert refused.startswith("merging them would include the 8h 47m between them: 8h 54m in total")
    assert "tracker merge 1 2 --across" in refused
    assert tracker.data() == before
    assert "; the 8h 47m between them is included" in tracker.run("merge 1 2 --across").said()


def test_half_an_hour_between_asks_for_nothing(inside: Inside) -> None:
    for line in ("log x 13:00-13:10", "log x 13:40-13:50", "merge 1 2"):
        assert inside.run(line).code == 0


def test_merging_loses_no_word_and_what_runs_says_what_it_is(tracker: Tracker) -> None:
    tracker.run("log linkedin reply 14:50-15:00 for:answers @samia first")
    tracker.run("start linkedin create -i carousel --at 15:05")
    [row] = tracker.run("merge 1 2 --json").json()
    assert (row["id"], row["end"], row["activity"], row["intention"]) == (1, None, "create", "carousel")
    assert (row["person"], row["note"]) == ("samia", "reply, answers; first")
    assert row["start"] == "2026-11-23T14:50:00+01:00"
