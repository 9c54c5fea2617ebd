"""Measured sessions of one channel that overlap count as one, on whatever day and page they are counted."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.reports.weeks import PARIS, SETTINGS, at
from tracker.calendar.days import day_of, next_date
from tracker.domain.models import Session
from tracker.reports.day import day, status
from tracker.reports.habit_histories import measure_habits
from tracker.reports.week import week
from tracker.storage import Database
from tracker.storage.undo_steps import undo_step
from tracker.workspace import Workspace

#: Four in the morning between the Tuesday and the Wednesday of the week.
FOUR = at(2, "04:00")
TUESDAY, WEDNESDAY = "2026-11-17", "2026-11-18"


class Made(NamedTuple):
    """A session: seconds after FOUR, seconds it lasts."""

    after: int
    lasts: int
    channel: str = "linkedin"
    source: str = "app-usage"


def fill(database: Database, *made: Made) -> None:
    with undo_step(database, "made", NOW):
        for opening in made:
            start = FOUR + opening.after
            database.insert(
                "session", Session(0, opening.channel, start, start + opening.lasts, PARIS, source=opening.source)
            )


def figures(database: Database, date: str) -> tuple[int, int]:
    """Checks and sessions of a day."""
    the_day = day(Workspace(database, SETTINGS, PARIS, now=NOW), date)
    return the_day.checks, the_day.sessions


def test_a_phone_and_a_laptop_are_one_session(database: Database) -> None:
    fill(database, Made(60, 300), Made(350, 20, source="chrome"), Made(365, 10))
    assert figures(database, WEDNESDAY) == (0, 1)
    the_day = day(Workspace(database, SETTINGS, PARIS, now=NOW), WEDNESDAY)
    assert [(part.check, part.counts_with) for part in the_day.parts] == [(False, None), (False, 1), (False, 1)]
    assert the_day.seconds == the_day.channels[0].seconds == 315


@pytest.mark.parametrize(
    ("made", "counted"),
    [
        ((Made(0, 10), Made(5, 15)), (1, 0)),
        ((Made(0, 10), Made(5, 25)), (0, 1)),
        ((Made(0, 10), Made(10, 10)), (2, 0)),  # one touches the other
        ((Made(0, 0), Made(0, 0, source="chrome")), (1, 0)),
        ((Made(0, 60), Made(5, 5, channel="x")), (1, 1)),
        ((Made(0, 60), Made(5, 5, source="csv")), (1, 1)),  # somebody recorded it
        ((Made(0, 60), Made(5, 5, source="log"), Made(10, 90)), (1, 1)),
    ],
)
def test_what_overlaps_and_what_does_not(database: Database, made: tuple[Made, ...], counted: tuple[int, int]) -> None:
    fill(database, *made)
    assert figures(database, WEDNESDAY) == counted


def test_the_start_of_the_day_changes_nothing(database: Database) -> None:
    """What begins at ten to four and what overlaps it after four is one session of the day before."""
    fill(database, Made(-600, 500), Made(-150, 200), Made(40, 60))
    assert figures(database, TUESDAY) == (0, 1)
    assert figures(database, WEDNESDAY) == (0, 0)
    the_day = day(Workspace(database, SETTINGS, PARIS, now=NOW), WEDNESDAY)
    assert [part.counts_with for part in the_day.parts] == [1, 1]


def test_a_brief_look_over_the_start_of_the_day_is_what_it_becomes(database: Database) -> None:
    fill(database, Made(-10, 12), Made(1, 600))
    assert figures(database, TUESDAY) == (0, 1)
    assert figures(database, WEDNESDAY) == (0, 0)


def test_a_check_is_a_check_by_its_whole_length_wherever_it_is_cut(database: Database) -> None:
    fill(database, Made(-10, 15))
    assert figures(database, TUESDAY) == (1, 0)
    assert figures(database, WEDNESDAY) == (0, 0)
    for date, seconds in ((TUESDAY, 10), (WEDNESDAY, 5)):
        the_day = day(Workspace(database, SETTINGS, PARIS, now=NOW), date)
        assert [part.check for part in the_day.parts] == [True]
        assert the_day.seconds == seconds


def one_by_one(made: list[Made], date: str) -> tuple[int, int]:
    """The same by the rule in docs/counting.md, written as plainly as it can be."""
    groups: list[list[Made]] = []
    for opening in sorted(made):
        if opening.source not in ("log", "csv"):
            for group in groups:
                ends = max(other.after + other.lasts for other in group)
                beside = group[0].channel == opening.channel and group[0].source not in ("log", "csv")
                if beside and (opening.after < ends or opening.after == group[0].after):
                    group.append(opening)
                    break
            else:
                groups.append([opening])
        else:
            groups.append([opening])
    here = [group for group in groups if day_of(FOUR + group[0].after, PARIS, 14_400) == date]
    lasted = [max(opening.after + opening.lasts for opening in group) - group[0].after for group in here]
    checks = sum(length < 30 for length in lasted)
    return checks, len(lasted) - checks


MADE = st.builds(
    Made,
    st.integers(-100, 100),
    st.integers(0, 60),
    st.sampled_from(["linkedin", "x"]),
    st.sampled_from(["app-usage", "chrome", "log", "csv"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(MADE, max_size=10))
def test_every_page_counts_them_as_the_rule_says(made: list[Made]) -> None:
    with Database.open(":memory:") as database:
        fill(database, *made)
        week_report = week(Workspace(database, SETTINGS, PARIS, now=NOW), "2026-W47")
        checks = measure_habits(Workspace(database, SETTINGS, PARIS, now=NOW), [("checks", None)], TUESDAY, WEDNESDAY)
        for place, date in ((1, TUESDAY), (2, WEDNESDAY)):
            wanted = one_by_one(made, date)
            shown = day(Workspace(database, SETTINGS, PARIS, now=NOW), date)
            assert (shown.checks, shown.sessions) == wanted
            assert sum(total.checks for total in shown.channels) == wanted[0]
            assert sum(total.sessions for total in shown.channels) == wanted[1]
            assert sum(part.begins and part.check for part in shown.parts) == wanted[0]
            assert sum(part.begins and not part.check for part in shown.parts) == wanted[1]
            now = at(place + 1, "03:59")
            if all(opening.after + opening.lasts <= now - FOUR for opening in made):
                as_status = status(Workspace(database, SETTINGS, PARIS, now=now))
                assert (as_status.date, as_status.checks, as_status.sessions) == (date, *wanted)
            if shown.logged:
                assert (
                    week_report.days[place].checks == sum(count or 0 for count in week_report.hours[place]) == wanted[0]
                )
                assert checks["checks", None][date] == wanted[0]
        assert week_report.dates[1] == next_date(week_report.dates[0])
