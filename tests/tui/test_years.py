"""The year is said wherever a date is not of this one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from tests.importers.makers import at
from tracker import locale
from tracker.analytics.patterns.pattern import Finding
from tracker.calendar.days import next_date
from tracker.formatting.times import format_date_range, format_near_date, format_near_day_and_month, format_upcoming
from tracker.tui.modals import evidence
from tracker.tui.screens.patterns_panel import PatternItem
from tracker.tui.widgets.charts import month_names

if TYPE_CHECKING:
    from tracker.workspace import Workspace

TODAY = "2026-11-26"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-11-16", "2026-11-22", "16–22 November"),
        ("2026-11-30", "2026-12-06", "30 November – 6 December"),
        ("2019-11-18", "2019-11-24", "18–24 November 2019"),
        ("2019-11-25", "2019-12-01", "25 November – 1 December 2019"),
        ("2025-12-29", "2026-01-04", "29 December 2025 – 4 January 2026"),
    ],
)
def test_a_week_of_another_year_says_so(first: str, last: str, said: str) -> None:
    assert format_date_range(first, last, TODAY) == said


def test_a_day_of_another_year_says_so() -> None:
    assert format_near_day_and_month("2026-11-23", TODAY) == "23 Nov"
    assert format_near_day_and_month("2019-11-23", TODAY) == "23 Nov 2019"
    evening = at("2026-12-30 20:00")
    assert format_upcoming(at("2026-12-31 18:00"), evening, "Europe/Paris") == "18:00"
    assert format_upcoming(at("2026-12-31 21:00"), evening, "Europe/Paris") == "Thu 31 Dec 21:00"
    assert format_upcoming(at("2027-01-01 21:00"), evening, "Europe/Paris") == "Fri 1 Jan 2027 21:00"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-10-30", TODAY, "Fri 30 Oct – Thu 26 Nov"),
        ("2019-11-11", TODAY, "Mon 11 Nov 2019 – Thu 26 Nov"),
        ("2019-11-09", "2019-12-05", "Sat 9 Nov 2019 – Thu 5 Dec 2019"),
    ],
)
def test_the_days_an_evidence_rests_on_say_theirs(first: str, last: str, said: str) -> None:
    finding = Finding("night", "quiet", "nothing", first, last, {})
    shown = PatternItem("quiet", "At night", "nothing", finding)
    workspace = SimpleNamespace(today=lambda: TODAY, near_date=lambda date: format_near_date(date, TODAY))
    lines = evidence.evidence_summary(shown, cast("Workspace", workspace), 120)
    assert said in lines[0].words.plain


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
        ("fr", "jan fév mar avr mai jun jul aoû sep oct nov déc"),
    ],
)
@pytest.mark.parametrize("weeks", [52, 53])
def test_every_month_of_a_year_is_named_over_its_weeks(language: str, names: str, weeks: int) -> None:
    last = "2026-11-23"
    starts = [next_date(last, -7 * back) for back in range(weeks - 1, -1, -1)]
    try:
        locale.use(language)
        line = month_names(starts, 1).plain
    finally:
        locale.use("en")
    assert len(line) == weeks
    assert set(line.split()) == set(names.split()), "no month is left out, none is cut"
    for place, name in enumerate(names.split(), start=1):
        week = starts[line.rindex(name)]
        assert int(week[5:7]) == place


def test_a_month_without_room_for_its_name_has_none() -> None:
    assert month_names(["2026-11-23", "2026-11-30", "2026-12-07"], 1).plain == "   "
    assert month_names(["2026-11-23", "2026-11-30", "2026-12-07"], 4).plain == "Nov     Dec "


def test_months_are_named_as_everywhere_where_all_have_room() -> None:
    starts = [next_date("2026-09-07", 7 * week) for week in range(12)]
    try:
        locale.use("fr")
        assert month_names(starts, 2).plain.split() == ["sept", "oct", "nov"]
        assert month_names(starts, 1).plain.split() == ["sep", "oct", "nov"]
    finally:
        locale.use("en")
