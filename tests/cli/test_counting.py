"""One figure, one way of counting it, on every page: the rules of docs/counting.md."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tests import counted
from tests.conftest import NOW
from tracker.storage import Database

if TYPE_CHECKING:
    from tests.cli.conftest import Inside


@pytest.mark.parametrize(("lasted", "over"), [(1500, False), (1501, False), (1560, False), (1561, True)])
def test_a_plan_has_the_same_minute_of_grace_everywhere(inside: Inside, lasted: int, over: bool) -> None:
    """25 minutes were planned; 60 s more are kept, 61 s are over, by `1m`."""
    inside.run("habit add Plans at least 100% by plan_kept").said()
    inside.run("start linkedin --for 25m", now="2026-11-23T14:00:00+01:00").said()
    hour, minute, second = 14, lasted // 60, lasted % 60
    now = f"2026-11-23T{hour}:{minute:02}:{second:02}+01:00"
    assert ("over plan (" in inside.run("status", now=now).out) is over
    if not over:
        assert "0s left of 25m" in inside.run("status", now=now).out
    assert ("over plan (" in inside.run("stop", now=now).said()) is over
    after = "2026-11-23T15:00:00+01:00"
    [habit] = inside.run("day --json", now=after).json()["habits"]
    assert habit["value"] == (0 if over else 100)
    [week] = inside.run("week --weeks 1 --json", now=after).json()["weeks"]
    assert (week["plans"], week["plans_kept"]) == (1, int(not over))
    line = "if I start then I stop in time; at least 100% by plan_kept"
    inside.run(["review", "2026-W47", "--commit", line], now="2026-11-22T12:00:00+01:00").said()
    [commitment] = inside.run("week --json", now=after).json()["commitments"]
    assert (commitment["done"], commitment["of"]) == (int(not over), 1)
    worth, *_rest = inside.run("worth --json", now=after).json()
    assert (worth["sessions"], worth["checks"]) == (1, 0)


def test_one_file_has_one_figure_on_every_page(inside: Inside) -> None:
    """Status, day, week, review, longer look, habits and export at the same instant, with a session running."""
    for line in ("Feed at most 40 min", "Looks at most 9 checks", "Talk at least 1 talk"):
        measure = {"Feed": "social_minutes", "Looks": "checks", "Talk": "contacts"}[line.split()[0]]
        inside.run(["habit", "add", *line.split(), "by", measure]).said()
    with Database.open(str(inside.folder / "tracker.db")) as database:
        counted.fill(database)

    today = inside.run("status --json").json()["today"]
    day, sunday = inside.run("day --json").json(), inside.run("day yesterday --json").json()
    week, review = inside.run("week --json").json(), inside.run("review this --json").json()
    [longer] = inside.run("week --weeks 1 --json").json()["weeks"]
    per_day = inside.run("week --weeks 1 --json").json()["days"]

    for name, figures in (
        *(("status", today), ("day", day), ("week", week), ("its day", week["days"][0])),
        *(("review", review), ("its day", review["days"][0]), ("five weeks", review["weeks"][-1]), ("longer", longer)),
    ):
        assert (figures["seconds"], figures["checks"]) == (counted.SECONDS, counted.CHECKS), name
    assert per_day == [{"date": counted.MONDAY, "seconds": counted.SECONDS}]
    assert (sunday["seconds"], sunday["checks"]) == (counted.SUNDAY_SECONDS, counted.SUNDAY_CHECKS)

    social = [channel for channel in day["channels"] if channel["kind"] == "social"]
    assert today["sessions"] == sum(channel["sessions"] for channel in social) == counted.SESSIONS
    assert day["channels"] == week["channels"]
    by_name = {
        channel["channel"]: (channel["seconds"], channel["checks"], channel["sessions"]) for channel in week["channels"]
    }
    in_review = {
        channel["channel"]: (channel["seconds"], channel["checks"], channel["sessions"])
        for channel in review["channels"]
    }
    assert {name: row for name, row in by_name.items() if row[0]} == in_review
    assert (by_name["linkedin"], by_name["instagram"]) == ((310, 0, 1), (5, 0, 0))
    assert sum(activity["sessions"] for activity in week["activities"]) == counted.SESSIONS
    assert sum(activity["checks"] for activity in week["activities"]) == counted.CHECKS
    rows = [session for session in day["sessions"] if session["channel"] in {total["channel"] for total in social}]
    begun = [row for row in rows if row["start"] == row["whole_start"] and row["counts_with"] is None]
    assert (sum(row["check"] for row in begun), sum(not row["check"] for row in begun)) == (1, counted.SESSIONS)
    assert [session["check"] for session in day["sessions"] if session["channel"] == "instagram"] == [True], (
        "Sunday's check"
    )
    assert sum(week["hours"][0]) == sum(review["hours"][0]) == counted.CHECKS

    for report in (today, day, review["days"][0]):
        assert (report["first"][11:19], report["last"][11:19]) == (counted.FIRST, counted.LAST)

    values = {habit["name"]: habit["value"] for habit in day["habits"]}
    assert values == {"Feed": round(counted.SECONDS / 60, 2), "Looks": counted.CHECKS, "Talk": counted.TALKS}
    for habit in week["habits"]:
        assert habit["marks"][0]["value"] == values[habit["name"]]

    assert len(day["contacts"]) == sum(week["contacts"].values()) == longer["contacts"] == counted.TALKS
    assert (week["people"], review["people"]) == (counted.PEOPLE, counted.PEOPLE)
    assert len(sunday["contacts"]) == 1
    assert day["urges"] == week["urges"] == review["urges"] == counted.URGES
    assert (week["logged_days"], week["elapsed_days"]) == (longer["logged_days"], longer["elapsed_days"]) == (1, 1)
    assert review["coverage"] == {"logged": 1, "days": 1}

    exported = inside.folder / "out.csv"
    inside.run(f"export csv {exported} --from today --to today").said()
    with exported.open(encoding="utf-8", newline="") as file:
        spans = [
            (parsed(row["start"]), parsed(row["end"]) if row["end"] else NOW)
            for row in csv.DictReader(file)
            if row["kind"] == "social"
        ]
    starts = counted.at("4:00")
    seconds = {second for start, end in spans for second in range(max(start, starts), end)}
    assert len(seconds) == counted.SECONDS


def test_one_file_says_one_figure_on_every_page(inside: Inside) -> None:
    with Database.open(str(inside.folder / "tracker.db")) as database:
        counted.fill(database)
    assert "today 20m, 1 check, 3 sessions" in inside.run("status").out
    assert "0s left of 9m" in inside.run("status").out, "30 s past the plan are within its grace"
    day, week, review = (inside.run(line).out for line in ("day", "week", "review this"))
    assert "social 20m · 1 check · 3 sessions · first 12:00, last 15:12" in day
    assert "social 20m · 1 check · 1 of 1 day logged so far" in week
    assert "social time 20m · 1 check" in review
    assert "1 of 1 day logged so far" in review
    for page in (day, week, review):
        assert "3m on 2 channels at once, counted once" in page
    for page in (week, review):
        assert "2 talks with 1 person: building 1, street 1" in page
    assert "social 10s · 1 check · 0 sessions" in inside.run("day yesterday").out


def parsed(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp())
