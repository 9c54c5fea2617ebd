"""The picture of a finding: bars to scale, the usual marked on them, told apart without colours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import locale
from tracker.analytics.patterns.pattern import BarChart
from tracker.tui.widgets import charts

GAPS = BarChart("gaps", ("< 1m", "< 5m", "longer"), (10, 40, 20), (20, 20, 30), "by chance")
DAYS = BarChart(
    "minutes", tuple(f"2026-11-{day:02}" for day in range(1, 21)), tuple(range(20)), (10.0,) * 20, "the line"
)


def drawn(chart: BarChart, width: int, height: int) -> list[str]:
    return [line.plain for line in charts.bar_chart(chart, width, height)]


def test_few_labels_lie_each_with_its_figure_and_the_usual() -> None:
    assert [line.rstrip() for line in drawn(GAPS, 40, 4)] == [
        "< 1m   ██████▎     ┃             10 ┃ 20",
        "< 5m   ████████████┃████████████ 40 ┃ 20",
        "longer ████████████▌     ┃       20 ┃ 30",
        "█ gaps   ┃ by chance",
    ]


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    bare = GAPS._replace(usual=(), usual_is="")
    first, second, third, _legend = drawn(bare, 50, 4)
    assert second.count("█") == 4 * first.count("█") == 2 * third.count("█")


def test_with_room_the_bars_stand_apart() -> None:
    assert [bool(line.strip()) for line in drawn(GAPS, 40, 6)] == [True, False, True, False, True, True]
    assert charts.bar_chart_height(GAPS, 6) == 6
    assert charts.bar_chart_height(GAPS, 5) == 4


def test_many_labels_stand_with_the_usual_as_a_level_across_them() -> None:
    lines = drawn(DAYS, 70, 8)
    assert len(lines) == 8
    assert lines[0].startswith("19 ")
    assert lines[5].startswith(" 0 ")
    (level,) = [line for line in lines[:6] if "━" in line]
    assert level.count("━") == 20 * 2, "two cells a day, and a gap"
    assert lines[6].split()[:2] == ["1", "Nov"]
    assert lines[7].rstrip() == "█ minutes   ━ the line"


def test_too_many_are_the_last_ones() -> None:
    long = BarChart("minutes", ("x",) * 300, (0,) * 299 + (5,))
    lines = drawn(long, 40, 6)
    assert lines[0].rstrip().endswith("█")
    assert max(map(len, lines)) <= 40


def test_weeks_and_dates_are_said_as_people_say_them() -> None:
    assert charts.axis_label("2026-W47") == "W47"
    assert charts.axis_label("2026-11-03") == "3 Nov"
    assert charts.axis_label("< 5m") == "< 5m"


def test_figures_have_the_readers_decimal_point() -> None:
    half = BarChart("hours", ("a", "b"), (0.5, 1.5))
    locale.use("fr")
    try:
        assert "1,5" in drawn(half, 40, 3)[1]
    finally:
        locale.use("en")


def test_hours_are_drawn_as_durations() -> None:
    weeks = BarChart("time felt", ("W46", "W47"), (0.367, 1.5), (1.0, 2.0), "logged", hours=True)
    lines = drawn(weeks, 60, 4)
    first, second = (next(line for line in lines if line.startswith(week)) for week in ("W46", "W47"))
    assert "22m" in first
    assert "1h 30m" in second


@pytest.mark.parametrize(("width", "height"), [(10, 10), (40, 2), (0, 0)])
def test_where_there_is_no_room_there_is_no_picture(width: int, height: int) -> None:
    assert drawn(GAPS, width, height) == []


@given(
    st.lists(st.one_of(st.just(0), st.floats(1e-6, 1e9)), min_size=1, max_size=60),
    st.booleans(),
    st.integers(16, 200),
    st.integers(3, 20),
)
def test_no_picture_is_wider_or_higher_than_its_room(values: list[float], usual: bool, width: int, height: int) -> None:
    chart = BarChart("n", tuple(map(str, range(len(values)))), tuple(values), tuple(values) if usual else (), "usual")
    lines = charts.bar_chart(chart, width, height)
    assert len(lines) <= height
    assert all(line.cell_length <= width for line in lines)
