"""What a command says of a change is all that changed: the pieces, what was shortened, what is gone; as rows, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.storage.files import other_program

if TYPE_CHECKING:
    from tests.cli.conftest import Inside

#: Monday 23 November 2026, 00:00 in Paris.
MIDNIGHT = NOW - 15 * 3600 - 12 * 60


def measured(tracker: Inside, *spans: str, channel: str = "linkedin", note: str | None = None) -> None:
    """Time on a phone, as an import leaves it."""
    for span in spans:
        lo, hi = (MIDNIGHT + int(time[:2]) * 3600 + int(time[3:5]) * 60 for time in span.split("-"))
        kept = "NULL" if note is None else f"'{note}'"
        other_program(
            str(tracker.db),
            "INSERT INTO zone(name) VALUES ('Europe/Paris') ON CONFLICT DO NOTHING",
            'INSERT INTO session(channel, start, "end", zone, source, note) '
            f"VALUES ('{channel}', {lo}, {hi}, 'Europe/Paris', 'app-usage', {kept})",
        )


def spans(rows: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    """(`14:00-14:25`, whether it is gone) of the rows touched."""
    return [(f"{row['start'][11:16]}-{(row['end'] or '')[11:16]}", "removed" in row) for row in rows]


COMMANDS = {
    "log": (
        "log linkedin 14:10-14:40",
        "logged #: linkedin, 14:10–14:40, 30m; linkedin 14:00–14:10 instead of 14:00–14:20; "
        "linkedin 14:25–14:30 removed",
        [("14:10-14:40", False), ("14:00-14:10", False), ("14:25-14:30", True)],
    ),
    "log in the middle": (
        "log linkedin 14:05-14:10",
        "logged #: linkedin, 14:05–14:10, 5m; linkedin 14:00–14:05, 14:10–14:20 instead of 14:00–14:20",
        [("14:05-14:10", False), ("14:00-14:05", False), ("14:10-14:20", False)],
    ),
    "edit": (
        "edit 3 start=14:15 end=14:28",
        "edited #: linkedin, 14:15–14:28, 13m; start: 14:50 → 14:15, end: 14:55 → 14:28; "
        "linkedin 14:00–14:15 instead of 14:00–14:20; "
        "linkedin 14:28–14:30 instead of 14:25–14:30",
        [("14:15-14:28", False), ("14:00-14:15", False), ("14:28-14:30", False)],
    ),
    "start": ("start linkedin --at 15:01", "linkedin running since 15:01", [("15:01-", False)]),
    "check": ("check linkedin --at 15:00", "checked linkedin at 15:00", [("15:00-15:00", False)]),
}


@pytest.mark.parametrize("case", COMMANDS)
def test_what_is_said_is_what_was_touched(inside: Inside, case: str) -> None:
    line, said, touched = COMMANDS[case]
    measured(inside, "14:00-14:20", "14:25-14:30")
    inside.run("log linkedin 14:50-14:55")
    assert re.sub(r" \d+: ", " #: ", inside.run(line).said(), count=1) == said
    inside.run("undo")
    before = inside.data()["session"]
    rows = inside.run(f"{line} --json").json()
    assert spans(rows) == touched
    after = inside.data()["session"]
    assert {row["id"] for row in rows} == {row[0] for row in {*before} ^ {*after}}


@pytest.mark.parametrize("line", ["stop", "stop --at 15:10", "switch work"])
def test_what_a_timer_takes_when_it_ends_is_said(inside: Inside, line: str) -> None:
    inside.run("start linkedin --at 15:00")
    measured(inside, "14:55-15:05", "15:06-15:08")
    said = inside.run(line).said()
    assert "linkedin 14:55–15:00 instead of 14:55–15:05; linkedin 15:06–15:08 removed" in said
    inside.run("undo")
    rows = inside.run(f"{line} --json").json()
    assert [row["id"] for row in rows if row["end"] and "removed" not in row] == [1, 2]
    assert [row["id"] for row in rows if "removed" in row] == [3]


def test_what_a_merge_takes_is_said(inside: Inside) -> None:
    inside.run("log linkedin 14:00-14:10")
    inside.run("log linkedin 14:20-14:30")
    inside.run("check linkedin likes --at 14:12")
    measured(inside, "14:15-14:18")
    said = inside.run("merge 1 2").said()
    assert said.startswith("merged into 1: linkedin, 14:00–14:30, 30m; the 10m between them is included; ")
    assert "linkedin 14:15–14:18 removed" in said
    assert "1 check at that time is now part of it, with the note “likes”" in said


@pytest.mark.parametrize("line", ["log linkedin 14:05-14:20", "edit 2 start=14:05", "start linkedin --at 14:05"])
def test_what_a_person_recorded_is_refused_with_nothing_changed(inside: Inside, line: str) -> None:
    inside.run("log linkedin 14:00-14:10")
    inside.run("log linkedin 14:30-14:40")
    before = inside.data()
    assert inside.run(line).refused().startswith("linkedin is already logged at that time: session 1, linkedin 10m")
    assert inside.data() == before
