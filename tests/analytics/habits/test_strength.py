"""Strength: Loop's own export as the oracle, and the rules that are ours."""

from __future__ import annotations

import csv
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analytics.habit_days import (
    DONE,
    MISSED,
    OFF,
    OPEN,
    PART,
    REST,
    SKIPPED,
    UNKNOWN,
    Answer,
    HabitDay,
    carried_days,
    habit_days,
    week_progress,
)
from tracker.analytics.habit_wording import say_progress
from tracker.calendar.days import dates, next_date
from tracker.domain.models import Habit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tracker.analytics.habit_days import HabitDay

FIRST = "2026-01-05"  # a Monday

DAILY = Habit(1, "Walk")
PAGES = Habit(1, "Read", "at_least", 20, "pages")
FEED = Habit(1, "Feed", "at_most", 60, "min", "social_minutes")

#: In Loop's export, whatever is not one of these says nothing.
SAID = {"YES_MANUAL": Answer(1), "NO": Answer(0), "SKIP": Answer(None, True)}


def lived(habit: Habit, *values: float | str | None, today: str | None = None) -> tuple[HabitDay, ...]:
    """The marks of days from FIRST on: a value, "skip", or None for nothing said."""
    answers = {
        next_date(FIRST, place): Answer(None, True) if isinstance(value, str) else Answer(value)
        for place, value in enumerate(values)
        if value is not None
    }
    return habit_days(habit, answers, FIRST, next_date(FIRST, len(values) - 1), today)


def states(days: Sequence[HabitDay]) -> list[str]:
    return [mark.state for mark in days]


@pytest.mark.parametrize("column", [1, 2])
def test_loops_own_export_is_met_to_its_last_digit(samples: Path, column: int) -> None:
    checks, wanted, habits = (
        list(csv.reader((samples / "loop" / f"{name}.csv").open(encoding="utf-8")))
        for name in ("Checkmarks", "Scores", "Habits")
    )
    row = habits[column]
    head = habits[0]
    habit = Habit(
        1, row[1], times=int(row[head.index("FrequencyNumerator")]), days=int(row[head.index("FrequencyDenominator")])
    )
    answers = {line[0]: SAID[line[column]] for line in checks[1:] if line[column] in SAID}
    days = habit_days(habit, answers, wanted[-1][0], wanted[1][0])
    assert {mark.date: f"{mark.strength:.4f}" for mark in days} == {line[0]: line[column] for line in wanted[1:]}
    ours = {DONE: "YES_MANUAL", REST: "YES_AUTO", MISSED: "NO"}
    for line in checks[1:]:
        if line[column] != "UNKNOWN":
            assert ours[next(mark for mark in days if mark.date == line[0]).state] == line[column]


def test_thirteen_days_of_a_daily_habit_go_half_of_the_way() -> None:
    assert lived(DAILY, *[1] * 13)[-1].strength == pytest.approx(0.5)


def test_figures_of_loops_own_tests() -> None:
    skipped = [1] * 8 + ["skip", "skip"] + [1] * 4 + ["skip"] + [1] * 5
    assert lived(DAILY, *skipped)[-1].strength == pytest.approx(0.596033, abs=1e-6)
    assert lived(DAILY, 1, "skip", 0, 0, 0, 0)[-1].strength == pytest.approx(0.041949, abs=1e-6)
    assert lived(PAGES, *[20] * 20)[-1].strength == pytest.approx(0.655747, abs=1e-6)
    assert lived(PAGES._replace(days=2), 20, 20)[-1].strength == pytest.approx(0.072631, abs=1e-6)
    assert lived(DAILY._replace(days=2), 1, 1)[-1].strength == pytest.approx(0.054816, abs=1e-6)


@pytest.mark.parametrize(("times", "wanted"), [(3, 2 / 3), (4, 1 / 2)])
def test_two_times_a_week_out_of_three_or_four_settle_there(times: int, wanted: float) -> None:
    habit = DAILY._replace(times=times, days=7)
    assert lived(habit, *[1, 1, 0, 0, 0, 0, 0] * 100)[-1].strength == pytest.approx(wanted)


def test_a_missed_day_is_a_dip_not_a_zero() -> None:
    before, after = lived(DAILY, *[1] * 60, 0)[-2:]
    assert before.strength > after.strength > 0.9 * before.strength


def test_a_part_of_the_way_counts_in_part() -> None:
    assert lived(PAGES, *[10] * 400)[-1].strength == pytest.approx(0.5, abs=1e-6)
    assert lived(PAGES, 10, 0, 25)[0].state == PART
    assert states(lived(PAGES, 10, 0, 25)) == [PART, MISSED, DONE]


def test_a_little_too_much_counts_in_part_and_twice_as_much_not_at_all() -> None:
    assert [mark.credit for mark in lived(FEED, 0, 60, 75, 120, 500)] == [1, 1, 0.75, 0, 0]


def test_at_most_freezes_on_an_unknown_day_and_does_not_succeed() -> None:
    days = lived(FEED, 120, None, None, 30)
    assert states(days) == [MISSED, UNKNOWN, UNKNOWN, DONE]
    assert days[0].strength == days[1].strength == days[2].strength < days[3].strength
    by_hand = lived(FEED._replace(measure=None), 120, None, 30)
    assert states(by_hand) == [MISSED, UNKNOWN, DONE]


def test_a_measure_is_unknown_on_an_unlogged_day_and_a_habit_by_hand_is_missed() -> None:
    assert states(lived(PAGES._replace(measure="focus_minutes"), 20, None, 20))[1] == UNKNOWN
    assert states(lived(PAGES, 20, None, 20))[1] == MISSED


def test_only_the_weekdays_count() -> None:
    habit = DAILY._replace(weekdays=(0, 2, 4))
    days = lived(habit, 1, 1, 1, None, None, None, None)
    assert states(days) == [DONE, DONE, DONE, OFF, MISSED, OFF, OFF]
    strengths = [mark.strength for mark in days]
    assert strengths[1] == strengths[0]
    assert strengths[3] == strengths[2] > strengths[4] == strengths[5]
    weeks = [1, None, 1, None, 1, None, None] * 6
    three_in_seven = lived(DAILY._replace(times=3, days=7), *weeks)[-1].strength
    assert lived(habit, *weeks)[-1].strength == pytest.approx(three_in_seven, abs=0.12)


def test_every_weekday_is_every_day() -> None:
    values = [1, 0, 1, 1, 0, 1, 1] * 5
    every = lived(DAILY._replace(weekdays=tuple(range(7))), *values)
    assert [mark.strength for mark in every] == pytest.approx([mark.strength for mark in lived(DAILY, *values)])


def test_a_week_once_is_met_on_any_weekday() -> None:
    weeks = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] * 50
    assert lived(DAILY._replace(days=7), *weeks)[-1].strength == pytest.approx(1, abs=1e-3)


def test_a_sum_over_a_week_needs_nothing_more_once_it_is_reached() -> None:
    talks = Habit(1, "Talk", "at_least", 3, None, None, days=7)
    days = lived(talks, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0)
    assert states(days) == [PART, MISSED, DONE, REST, REST, REST, REST, MISSED, MISSED, MISSED]


def test_today_is_not_judged_before_it_is_over() -> None:
    today = next_date(FIRST, 2)
    for habit, value in ((DAILY, None), (PAGES, 10), (FEED, 20), (PAGES._replace(measure="focus_minutes"), 0)):
        days = lived(habit, 1, 1, value, today=today)
        assert days[2].state == OPEN, habit
        assert days[2].strength == days[1].strength
    for habit, value, state in ((DAILY, 1, DONE), (DAILY, 0, MISSED), (PAGES, 20, DONE), (FEED, 130, MISSED)):
        assert lived(habit, 1, 1, value, today=today)[2].state == state
    assert lived(DAILY, 1, 1, "skip", today=today)[2].state == SKIPPED


def test_times_of_day_are_kept_or_not() -> None:
    first = Habit(1, "Late", "at_least", 9 * 3600, None, "first_opening")
    last = Habit(1, "Early", "at_most", 22 * 3600, None, "last_opening")
    answers = {
        date: Answer(value) for date, value in zip(dates(FIRST, "2026-01-07"), (8 * 3600, 9 * 3600, None), strict=True)
    }
    assert states(habit_days(first, answers, FIRST, "2026-01-07")) == [MISSED, DONE, DONE]
    assert states(habit_days(first, answers, FIRST, "2026-01-07", "2026-01-07")) == [MISSED, DONE, OPEN]
    late = {FIRST: Answer(24.5 * 3600), "2026-01-06": Answer(22 * 3600)}
    assert states(habit_days(last, late, FIRST, "2026-01-06")) == [MISSED, DONE]
    assert states(habit_days(last, late, FIRST, "2026-01-06", "2026-01-06")) == [MISSED, OPEN]


def test_without_a_plan_there_is_none_to_keep() -> None:
    kept = Habit(1, "Plans", measure="plan_kept")
    answers = {FIRST: Answer(100), "2026-01-06": Answer(50), "2026-01-07": Answer(None)}
    assert states(habit_days(kept, answers, FIRST, "2026-01-07")) == [DONE, MISSED, OFF]
    share = kept._replace(kind="at_least", target=80.0, unit="%")
    assert [mark.credit for mark in habit_days(share, answers, FIRST, "2026-01-07")] == [1, 0.625, None]


def test_days_that_are_carried() -> None:
    assert carried_days([1, 2, 5], 2, 3) == {1, 2, 3}
    assert carried_days([1], 1, 7) == {1, 2, 3, 4, 5, 6, 7}
    assert carried_days([7, 8], 1, 7) == set(range(1, 15))
    assert carried_days([], 3, 7) == set()


@given(
    st.sampled_from(
        [DAILY, PAGES, FEED, DAILY._replace(times=3, days=7), DAILY._replace(weekdays=(1, 5)), FEED._replace(days=7)]
    ),
    st.lists(st.one_of(st.none(), st.just("skip"), st.floats(0, 300)), min_size=1, max_size=60),
)
def test_strength_stays_between_nothing_and_all(habit: Habit, values: list[float | str | None]) -> None:
    days = lived(habit, *values)
    assert all(0 <= mark.strength <= 1 for mark in days)
    for before, mark in pairwise(days):
        if mark.state in (SKIPPED, UNKNOWN, OFF, OPEN):
            assert mark.strength == before.strength


def test_a_skip_never_lowers_strength_not_even_later() -> None:
    """Six days a week, days 42 to 45 skipped, all others done: 83% fell to 78% by day 56."""
    six = DAILY._replace(times=6, days=7)
    days = lived(six, *[1] * 41, *["skip"] * 4, *[1] * 15)
    assert states(days)[41:45] == [SKIPPED] * 4
    assert all(before.strength <= mark.strength for before, mark in pairwise(days))
    other_days = [mark.strength for mark in days if mark.state != SKIPPED]
    assert other_days == [mark.strength for mark in lived(six, *[1] * 56)]


#: Habits of every rhythm; those by weekdays apart, whose later days would be others without a day.
RHYTHMS = (
    *(DAILY, PAGES, FEED, DAILY._replace(times=3, days=7), DAILY._replace(times=6, days=7), DAILY._replace(days=10)),
    *(PAGES._replace(times=2, days=5), PAGES._replace(days=7), FEED._replace(days=7), FEED._replace(days=10)),
    *(FEED._replace(times=4, days=7), DAILY._replace(measure="contacts", times=3, days=7)),
    Habit(1, "Late", "at_least", 60.0, None, "first_opening", times=5, days=7),
    Habit(1, "Talk", "at_least", 30, None, "contacts", days=7),
)


@given(
    st.sampled_from(RHYTHMS),
    st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 120)), st.sampled_from([0, 0, 0, 1, 2, 5])), max_size=50),
)
def test_strength_is_what_it_would_be_without_the_skipped_days(
    habit: Habit, days: list[tuple[int | None, int]]
) -> None:
    with_skips = [value for said, skips in days for value in (*["skip"] * skips, said)]
    without = lived(habit, *(said for said, _skips in days)) if days else ()
    with_rests = [mark for mark in lived(habit, *with_skips) if mark.state != SKIPPED] if with_skips else []
    assert [(mark.state, mark.strength) for mark in with_rests] == [(mark.state, mark.strength) for mark in without]


@given(
    st.sampled_from([habit for habit in RHYTHMS if habit.measure or habit.kind == "at_most"]),
    st.lists(st.tuples(st.integers(0, 120), st.sampled_from([0, 0, 0, 1, 2, 9])), max_size=50),
)
def test_a_day_that_is_not_known_is_no_zero_later_either(habit: Habit, days: list[tuple[int, int]]) -> None:
    gaps = [value for said, missing in days for value in (*[None] * missing, said)]
    without = lived(habit, *(said for said, _missing in days)) if days else ()
    with_gaps = [mark for mark in lived(habit, *gaps) if mark.state != UNKNOWN] if gaps else []
    assert [(mark.state, mark.strength) for mark in with_gaps] == [(mark.state, mark.strength) for mark in without]


@given(
    st.sampled_from([*RHYTHMS, DAILY._replace(weekdays=(0, 3)), PAGES._replace(weekdays=(1, 2, 5))]),
    st.lists(st.booleans(), min_size=1, max_size=120),
)
def test_all_else_kept_strength_only_grows(habit: Habit, skips: list[bool]) -> None:
    kept = 0 if habit.kind == "at_most" else 120
    days = lived(habit, *("skip" if skip else kept for skip in skips))
    assert all(before.strength <= mark.strength for before, mark in pairwise(days))


def test_what_a_skip_lies_between_is_carried_together() -> None:
    """Once in three days: the day after a walk and the skips needs nothing, and neither does the one after it."""
    once = DAILY._replace(days=3)
    assert states(lived(once, 1, "skip", "skip", "skip", 0, 0, 0)) == [DONE, *[SKIPPED] * 3, REST, REST, MISSED]


@pytest.mark.parametrize(
    ("habit", "days", "said"),
    [
        (DAILY, (1, 1, 0, "skip", 1, 1), "4 of 5"),
        (DAILY, ("skip", "skip"), "–"),
        (PAGES, (20, 10, 0), "1 of 3"),
        (FEED, (30, None, 60, 90), "2 of 3"),  # a day that is not known is in neither
        (DAILY._replace(weekdays=(0, 2, 4)), (1, 0, 0, 1), "2 of 2"),  # Thursday is not asked for
        (DAILY._replace(times=3, days=7), (1, 0, 0, 1), "2 of 3"),
        (DAILY._replace(times=3, days=7), (0, 1), "1 of 3"),
        (DAILY._replace(times=3, days=7), (1, 1, 1, 1, 0, 0, 0), "3 of 3 +1"),
        (DAILY._replace(times=3, days=7), ("skip", "skip", "skip", "skip", "skip", 1, 0), "1 of 2"),
        (DAILY._replace(times=2, days=10), (1, 0, 1), "2 days"),
        (Habit(1, "Talk", "at_least", 3, None, "contacts", days=7), (1, 0, 1), "2 of 3"),
        (FEED._replace(target=120, days=7), (50.5, None, 45), "95 of 120 min"),
        (Habit(1, "Talk", "at_least", 3, None, "contacts", days=7), (2, 0, 3), "3 of 3 +2"),
        (PAGES._replace(days=10), (5, "skip", 10), "15 pages"),
    ],
)
def test_a_week_is_told_as_what_was_done_of_what_is_asked(
    habit: Habit, days: tuple[float | str | None, ...], said: str
) -> None:
    assert say_progress(habit, week_progress(habit, lived(habit, *days))) == said


def test_a_limit_is_grown_into_as_any_habit_is() -> None:
    """A departure from Loop, where an at-most habit begins at 100% and a first day over it leaves 95%."""
    assert lived(FEED, *[30] * 13)[-1].strength == pytest.approx(0.5)
    assert lived(FEED, 30)[0].strength == pytest.approx(1 - 0.5 ** (1 / 13))
    assert lived(FEED, 500)[0].strength == 0
