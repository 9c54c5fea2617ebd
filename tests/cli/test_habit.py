"""`tracker habit`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker

KEYS = (
    *("name", "kind", "target", "unit", "measure", "channel", "value", "state", "done", "skipped", "due", "strength"),
    *("coverage", "date", "weekdays", "times", "days", "archived"),
)


def test_a_habit_is_added_in_one_line_or_by_options(tracker: Tracker) -> None:
    assert tracker.run("habit add Walk on mon, wed, fri").said() == "added Walk: Mon Wed Fri"
    said = tracker.run("habit add Drink water --at-least 8 glasses --times 3 --in 7d").said()
    assert said == "added Drink water: at least 8 glasses · 3 times a week"
    [row] = tracker.run("habit add 'Less feed' --at-most 60 min --measure social --channel insta --json").json()
    assert set(KEYS) <= set(row)
    assert (row["name"], row["kind"], row["target"], row["unit"]) == ("Less feed", "at_most", 60, "min")
    assert (row["measure"], row["channel"]) == ("social_minutes", "instagram")
    walk = tracker.run("habit list --json").json()[0]
    assert walk["weekdays"] == ["monday", "wednesday", "friday"]


def test_french_weekdays_and_words(inside: Inside) -> None:
    said = inside.run("habit add Lire --at-least 20 --on lun,mercredi,ven", env={"LANG": "C.UTF-8"}).said()
    assert said == "added Lire: at least 20 · Mon Wed Fri"


def test_a_tick_on_another_day_than_its_own_says_so(tracker: Tracker) -> None:
    tracker.run("habit add Walk on tue, thu")  # today is a Monday
    assert tracker.run("habit tick Walk").said().startswith("Walk, today: done (not due) · ")
    assert tracker.run("habit tick Walk no").said().startswith("Walk, today: not due · ")
    assert tracker.run("habit tick Walk 2026-11-19").said().startswith("Walk, 2026-11-19: done · ")


def test_ticks_back_filled_taken_back_and_skipped(tracker: Tracker) -> None:
    tracker.run("habit add Walk")
    assert tracker.run("habit tick walk yesterday").said() == "Walk, 2026-11-22: done · strength 5%"
    assert tracker.run("habit tick Walk").said() == "Walk, today: done · strength 10%"
    assert tracker.run("habit skip Walk").said() == (
        "Walk, today: skipped (was: done; `tracker undo` restores it) · strength 5%"
    )
    assert tracker.run("habit untick Walk").said() == "Walk, today: open · strength 5%"
    assert tracker.run("habit tick Walk no").said() == "Walk, today: missed · strength 5%"
    assert tracker.run("undo").code == 0
    [row] = tracker.run("day --json").json()["habits"]
    assert (row["state"], row["done"], row["due"]) == ("open", False, True)
    assert tracker.run("day yesterday --json").json()["habits"][0]["done"] is True


def test_a_number_and_a_name_of_several_words(tracker: Tracker) -> None:
    tracker.run("habit add Read a book at least 20 pages")
    tracker.run("habit add Read")
    assert (
        tracker.run("habit tick Read a book 12 pages sunday")
        .said()
        .startswith("Read a book, 2026-11-22: 12 pages, partly")
    )
    assert tracker.run("habit tick read a book").said().startswith("Read a book, today: 20 pages, done")
    assert tracker.run("habit tick read").said().startswith("Read, today: done")


def test_measured_from_the_log_and_shown_with_the_day_and_the_week(tracker: Tracker) -> None:
    tracker.run("habit add Feed at most 60 min by social_minutes", now="2026-11-22T09:00")
    tracker.run("log linkedin yesterday 14:00-15:30")
    tracker.run("log linkedin 14:00-14:25")
    [row] = tracker.run("day --json").json()["habits"]
    assert (row["value"], row["state"], row["coverage"]) == (25, "open", {"logged": 2, "days": 2})
    assert 0 < row["strength"] < 1
    [week] = tracker.run("week last --json").json()["habits"]
    assert [(mark["date"], mark["state"]) for mark in week["marks"]] == [("2026-11-22", "part")]
    assert "Feed" in tracker.run("day").out
    assert "Feed" in tracker.run("week").out
    assert tracker.run("week").out.count("1 done") == 0


def test_order_names_and_the_archive(tracker: Tracker) -> None:
    for name in ("Walk", "Read", "Draw"):
        tracker.run(f"habit add {name}")
    assert tracker.run("habit move Draw 1").said() == "habits: Draw, Walk, Read"
    assert tracker.run("habit move Draw down").said() == "habits: Walk, Draw, Read"
    assert tracker.run("habit rename draw Sketch a mask").said() == "Draw is now Sketch a mask"
    assert tracker.run("habit archive walk").said() == "Walk is archived; its history is kept"
    assert tracker.run("habit list --names").out.split("\n") == ["Sketch a mask", "Read", ""]
    assert tracker.run("habit list --names --all").out.split("\n")[2] == "Walk"
    assert tracker.run("habit unarchive walk").said() == "Walk is active again"


def test_the_year_of_a_habit(tracker: Tracker) -> None:
    tracker.run("habit add Walk")
    for date in ("-40", "-3", "yesterday"):
        tracker.run(f"habit tick Walk {date}")
    out = tracker.run("habit show Walk").out
    assert out.splitlines()[:2] == ["Walk: every day", "strength 11% · done on 3 days · 41 of 41 days known"]
    assert "2026-10  " in out
    data = tracker.run("habit show Walk --json").json()
    assert len(data["marks"]) == 41
    assert data["marks"][0] | {"strength": 0} == {
        "date": "2026-10-14",
        "state": "done",
        "value": 1,
        "done": True,
        "skipped": False,
        "due": True,
        "strength": 0,
    }


def test_the_list_fits_80_columns(tracker: Tracker) -> None:
    assert "tracker habit add" in tracker.run("habit").out
    tracker.run("habit add Walk a long way along the canal and back again by the bridge 3 times a week")
    assert all(len(line) <= 80 for line in tracker.run("habit list").out.splitlines())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("habit nope", 2),
        ("habit add", 2),
        ("habit tick", 2),
        ("habit list Walk", 2),
        ("habit add Walk", 1),
        ("habit add X --at-least 3 --at-most 5", 2),
        ("habit add X --on someday", 1),
        ("habit add X --times 9 --in 7", 1),
        ("habit add X --times 3 --on mon", 1),
        ("habit add X --measure fame", 1),
        ("habit add X --measure social", 1),
        ("habit add X --at-most 5 --measure checks --channel nowhere", 1),
        ("habit add X --channel linkedin", 1),
        ("habit tick Nobody", 1),
        ("habit tick Walk tomorrow", 1),
        ("habit tick Walk someday", 1),
        ("habit tick Walk 7", 1),
        ("habit tick Coffee", 1),
        ("habit tick Feed", 1),
        ("habit untick Walk", 1),
        ("habit skip Walk 12 13", 1),
        ("habit move Walk 9", 2),
        ("habit rename Walk", 2),
        ("habit rename Walk Coffee", 1),
        ("habit archive Nobody", 1),
    ],
)
def test_what_cannot_be_changes_nothing(inside: Inside, line: str, code: int) -> None:
    inside.run("habit add Walk")
    inside.run("habit add Coffee at most 2 cups")
    inside.run("habit add Feed at most 60 min by social_minutes")
    before = inside.data()
    inside.run(line).refused(code)
    assert inside.data() == before


def test_a_slip_in_a_measure_makes_no_habit(tracker: Tracker) -> None:
    refused = tracker.run("habit add Foo at most 60 min by social_minute").refused()
    assert refused.startswith("“social_minute” cannot be measured; did you mean social_minutes?")
    assert "is not an amount" in tracker.run("habit add Bar at least xyz pages").refused()
    assert tracker.run("habit list --json").json() == []


def test_a_name_may_hold_any_words(tracker: Tracker) -> None:
    said = tracker.run(["habit", "add", "3 times a week", "--name", "At least one page"]).said()
    assert said == "added At least one page: 3 times a week"
    assert tracker.run(["habit", "add", '"Be nice at least once"']).said() == "added Be nice at least once: every day"
    assert "the habit has two names" in tracker.run(["habit", "add", "Walk", "--name", "Run"]).refused(2)


@pytest.mark.parametrize(
    ("line", "name", "channel"),
    [
        ("at most 30 min linkedin by social_minutes", "LinkedIn", "linkedin"),
        ("Lin at most 30 min linkedin by social_minutes", "Lin", "linkedin"),
        ("at most 5 checks instagram by checks", "Instagram", "instagram"),
        ("au plus 30 min tiktok par minutes sociales", "TikTok", "tiktok"),
    ],
)
def test_a_limit_on_a_channel_is_a_habit_on_it(inside: Inside, line: str, name: str, channel: str) -> None:
    [row] = inside.run(["habit", "add", line, "--json"]).json()
    assert (row["name"], row["channel"]) == (name, channel)
