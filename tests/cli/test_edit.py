"""`tracker edit`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


def test_why_over_budget_can_be_put_right(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:40")
    tracker.run(["edit", "1", "override=a client waited", "trigger=Bored"])
    [row] = tracker.sessions()
    assert (row["override"], row["trigger"]) == ("a client waited", "bored")


def test_edit_changes_fields_and_says_what_is_now_true(tracker: Tracker) -> None:
    tracker.run("log linkedin create 14:00-14:25")
    said = tracker.run("edit 1 end=14:40 activity=reply").said()
    assert said == "edited 1: linkedin reply, 14:00–14:40, 40m; activity: create → reply, end: 14:25 → 14:40"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("for=30m", "planned: – → 30m"),
        ("note=hello", "note: – → hello"),
        ("with=anna", "person: – → anna"),
        ("activity=", "activity: create → –"),
        ("end=14:25:30", "end: 14:25:00 → 14:25:30"),
        ("activity=create", "nothing changed"),
    ],
)
def test_edit_names_what_it_changed(inside: Inside, change: str, says: str) -> None:
    inside.run("log linkedin create 14:00-14:25")
    assert inside.run(["edit", "1", change]).said().endswith(f"; {says}")


@pytest.mark.parametrize(
    ("made", "line", "says"),
    [
        ("outcome client --amount 480", "edit o1 amount=300 note=site", "amount: €480 → €300, note: – → site"),
        ("urge linkedin", "edit u1 trigger=bored", "trigger: – → bored"),
    ],
)
def test_edit_names_what_it_changed_beside_sessions(inside: Inside, made: str, line: str, says: str) -> None:
    inside.run(made)
    assert says in inside.run(line).said()


@pytest.mark.parametrize(
    ("change", "key", "value"),
    [
        ("channel=x", "channel", "x"),
        ("activity=publish", "activity", "publish"),
        ("start=13:50", "start", "2026-11-23T13:50:00+01:00"),
        ("end=14:10", "end", "2026-11-23T14:10:00+01:00"),
        ("planned=30m", "planned_seconds", 1800),
        ("plan=1h", "planned_seconds", 3600),
        ("for=15", "planned_seconds", 900),
        ("intention=to answer", "intention", "to answer"),
        ("trigger=bored", "trigger", "bored"),
        ("person=@anna", "person", "anna"),
        ("with=anna", "person", "anna"),
        ("ring=Street", "ring", "street"),
        ("note=a = b", "note", "a = b"),
        ("note=", "note", None),
        ("activity=", "activity", None),
    ],
)
def test_every_field(inside: Inside, change: str, key: str, value: object) -> None:
    inside.run("log linkedin create 14:00-14:25 a note")
    [row] = inside.run(["edit", "1", change, "--json"]).json()
    assert row[key] == value


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("edit 1 colour=red", 2, "channel= activity= start="),
        ("edit 1 end", 2, "end"),
        ("edit 1", 2, "FIELD=VALUE"),
        ("edit one end=14:00", 2, "“one”"),
        ("edit 99 end=14:00", 1, "session 99 does not exist"),
        ("edit 1 end=13:00", 1, "before it starts"),
        ("edit 1 end=", 1, "end"),
        ("edit 1 end=soon", 1, "soon"),
        ("edit 1 note=x ring=moon", 1, "moon"),
        ("edit 1 channel=nowhere", 1, "nowhere"),
        ("edit 99999999999999999999 note=x", 2, "99999999999999999999"),
    ],
)
def test_what_cannot_be_changed_changes_nothing(inside: Inside, line: str, code: int, says: str) -> None:
    inside.run("log linkedin create 14:00-14:25 a note")
    before = inside.data()
    assert says in inside.run(line).refused(code)
    assert inside.data() == before


def test_a_time_without_a_date_lies_in_the_sessions_own_day(tracker: Tracker) -> None:
    tracker.run("log linkedin yesterday 21:00+40m")
    [row] = tracker.run("edit 1 end=21:30 --json").json()
    assert row["end"] == "2026-11-22T21:30:00+01:00"


@pytest.mark.parametrize("line", ["start=yesterday_13:00 end=13:40", "end=13:40 start=yesterday_13:00"])
def test_an_end_lies_in_the_day_the_start_is_moved_to(tracker: Tracker, line: str) -> None:
    tracker.run("log linkedin 10:00-10:25")
    said = tracker.run(["edit", "1", *(word.replace("_", " ") for word in line.split())]).said()
    assert said.startswith("edited 1: linkedin, 2026-11-22 13:00–13:40, 40m; start: 10:00 → 2026-11-22 13:00")


def test_an_end_on_another_date_is_said_with_it(tracker: Tracker) -> None:
    tracker.run("log linkedin 10:00-10:25")
    said = tracker.run(["edit", "1", "start=yesterday 10:00"]).said()
    assert said.startswith("edited 1: linkedin, 2026-11-22 10:00–2026-11-23 10:25, 24h 25m; start: ")


def test_the_end_of_a_night_is_said_as_it_would_be_typed(tracker: Tracker) -> None:
    said = tracker.run("log linkedin yesterday 23:30-00:15").said()
    assert said == "logged 1: linkedin, 2026-11-22 23:30–00:15, 45m"


def test_an_end_may_lie_behind_the_start_of_the_next_day(tracker: Tracker) -> None:
    tracker.run("log youtube 2026-11-23 03:30-04:30")
    assert tracker.run("edit 1 end=04:35 --json").json()[0]["end"] == "2026-11-23T04:35:00+01:00"
    assert tracker.run("split 1 04:10 --json").json()[1]["start"] == "2026-11-23T04:10:00+01:00"
    tracker.run("edit 1 end=02:00").refused(1)


def test_edit_can_end_what_runs(tracker: Tracker) -> None:
    tracker.run("start linkedin --at 14:00")
    tracker.run("edit 1 end=14:30").said()
    assert tracker.run("status --json").json()["running"] is None
