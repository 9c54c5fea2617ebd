"""`tracker week --weeks N`: the longer look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tracker.storage import Database, reviews

if TYPE_CHECKING:
    from tests.cli.conftest import Inside

NOW = 1795443120


@pytest.fixture
def logged(inside: Inside) -> Inside:
    """25 minutes of LinkedIn last week, kept to their plan, an hour of Instagram this week, a call and a prospect."""
    assert inside.run("start linkedin --for 25m --at 14:00", now="2026-11-17T14:00").code == 0
    assert inside.run("stop --at 14:25", now="2026-11-17T14:30").code == 0
    assert inside.run("log call 15:00-15:20 @samia street", now="2026-11-17T16:00").code == 0
    assert inside.run("outcome prospect --with Samia", now="2026-11-17T16:00").code == 0
    assert inside.run("log instagram 09:00-10:00").code == 0
    return inside


def test_as_json(logged: Inside) -> None:
    data = logged.run("week --weeks 3 --json").json()
    assert (data["from"], data["to"], data["logged_days"], data["elapsed_days"]) == (
        "2026-11-09",
        "2026-11-29",
        2,
        15,
    )
    unknown, last, this = data["weeks"]
    assert (unknown["week"], unknown["seconds"], unknown["checks"], unknown["leads"]) == ("2026-W46", None, None, None)
    assert (last["seconds"], last["channels"], last["logged_days"]) == (1500, {"linkedin": 1500}, 1)
    assert (last["plans"], last["plans_kept"], last["leads"], last["contacts"]) == (1, 1, 1, 1)
    assert (last["checks"], last["checks_per_day"], last["estimate_seconds"]) == (0, 0, None)
    assert (this["seconds"], this["elapsed_days"]) == (3600, 1)
    assert data["usual_seconds"] is None
    assert data["channels"] == ["instagram", "linkedin"]
    assert len(data["days"]) == 15
    assert data["days"][0] == {"date": "2026-11-09", "seconds": None}
    assert data["days"][-1] == {"date": "2026-11-23", "seconds": 3600}


def test_as_text(logged: Inside) -> None:
    lines = logged.run("week --weeks 13").out.splitlines()
    assert lines[0] == "2026-W36 – 2026-W48 · Mon 31 Aug – Sun 29 Nov"
    assert lines[1] == "2 of 85 days logged so far"
    assert lines[3].split() == ["week", "logged", "social", "checks", "on", "plan", "leads", "talks"]
    assert [line.split()[0] for line in lines[4:17]] == [f"2026-W{number}" for number in range(36, 49)]
    assert lines[4].split()[1:] == ["0/7", "–", "–", "–", "–", "–"]
    assert lines[15].split()[1:] == ["1/7", "25m", "0", "1/1", "1", "1"]
    assert lines[19].split() == ["Instagram", "1h"]


def test_up_to_another_week(logged: Inside) -> None:
    data = logged.run("week last --weeks 1 --json").json()
    assert [week["week"] for week in data["weeks"]] == ["2026-W47"]


def test_verdicts_and_what_came_of_them(logged: Inside) -> None:
    with Database.open(str(logged.db)) as database:
        reviews.give_verdict(database, "2026-W47", "linkedin", "cut", computed="keep", now=NOW, why="\x1b[31mno time")
    [verdict] = logged.run("week --weeks 13 --json").json()["verdicts"]
    assert (verdict["week"], verdict["channel"], verdict["verdict"], verdict["computed"]) == (
        "2026-W47",
        "linkedin",
        "cut",
        "keep",
    )
    said = logged.run("week --weeks 13").out
    assert "LinkedIn: 2026-W47: - cut down (calculated: = keep)" in said
    assert "\x1b" not in said


@pytest.mark.parametrize("number", ["0", "521", "x", "-1", "1.5", "¹", ""])
def test_what_is_no_number_of_weeks(inside: Inside, number: str) -> None:
    assert "--weeks must be a number from 1 to 520" in inside.run(["week", "--weeks", number]).refused()


def test_nothing_was_ever_logged(inside: Inside) -> None:
    assert "0 of 85 days logged" in inside.run("week --weeks 13").out
    assert inside.run("week --weeks 52 --json").json()["channels"] == []


@pytest.mark.parametrize("room", ["80", "60", "200"])
def test_lines_fit(logged: Inside, room: str) -> None:
    said = logged.run("week --weeks 52", env={"COLUMNS": room}).out
    assert max(map(len, said.splitlines())) <= int(room)
