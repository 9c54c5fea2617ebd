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
