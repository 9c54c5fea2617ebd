"""A pattern is judged once a week: looking more often gives chance no more tries."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from tracker.analytics.patterns.pattern import FLAGGED, NOT_ENOUGH, QUIET, Finding
from tracker.analytics.patterns.registry import Judgement, as_judged, judge
from tracker.calendar.days import dates, next_date

MONDAY = "2026-11-23"
NEXT = "2026-11-30"


def finding(state: str = FLAGGED, name: str = "night") -> Finding:
    return Finding(name, state, "so it is", None, None, {}, margin=2.0)  # type: ignore[arg-type]


def said(states: Mapping[str, str], limits: Mapping[str, Mapping[str, float]] | None = None) -> dict[str, str]:
    """The state shown on each date, of a pattern whose finding has these states then."""
    shown: dict[str, str] = {}
    judgements: dict[str, Judgement] = {}
    for today, state in states.items():
        week_begins = MONDAY if today < NEXT else NEXT
        judgements = judge([finding(state)], judgements, (limits or {}).get(today, {}), today, week_begins)
        shown[today] = as_judged([finding(state)], judgements, next_date(week_begins, 7))[0].state
    return shown


def test_what_goes_past_its_threshold_in_the_week_waits_for_the_next() -> None:
    shown = said({MONDAY: QUIET, "2026-11-25": FLAGGED, "2026-11-29": FLAGGED, NEXT: FLAGGED})
    assert shown == {MONDAY: QUIET, "2026-11-25": QUIET, "2026-11-29": QUIET, NEXT: FLAGGED}


def test_what_is_held_back_says_when_it_is_judged_again() -> None:
    judgements = {"night": Judgement("night", MONDAY, False)}
    judged = as_judged([finding()], judgements, NEXT)[0]
    assert judged.evidence.startswith("so it is; past its threshold")
    assert "Mon 30 Nov" in judged.evidence
    assert judged.margin == 0.0


def test_the_first_look_of_a_week_judges_whatever_its_day() -> None:
    assert said({"2026-11-26": FLAGGED, "2026-11-27": FLAGGED}) == {"2026-11-26": FLAGGED, "2026-11-27": FLAGGED}


def test_a_flag_that_is_not_supported_any_more_ends_at_once() -> None:
    assert said({MONDAY: FLAGGED, "2026-11-24": QUIET}) == {MONDAY: FLAGGED, "2026-11-24": QUIET}


def test_without_enough_data_nothing_is_judged_and_the_first_look_with_it_is() -> None:
    assert said({MONDAY: NOT_ENOUGH, "2026-11-25": FLAGGED}) == {MONDAY: NOT_ENOUGH, "2026-11-25": FLAGGED}


def test_a_changed_threshold_is_judged_at_once_and_that_of_another_pattern_is_not() -> None:
    states = {MONDAY: QUIET, "2026-11-25": FLAGGED}
    assert said(states, {"2026-11-25": {"night.nights": 2}})["2026-11-25"] == FLAGGED
    assert said(states, {"2026-11-25": {"overrun.share": 0.2}})["2026-11-25"] == QUIET


def test_a_judgement_of_a_day_to_come_does_not_hold() -> None:
    earlier = {"night": Judgement("night", "2026-11-27", False)}
    assert judge([finding()], earlier, {}, MONDAY, MONDAY)["night"] == Judgement("night", MONDAY, True)


@given(st.lists(st.sampled_from((FLAGGED, QUIET)), min_size=14, max_size=14), st.sets(st.integers(0, 13)))
def test_a_week_raises_no_more_than_its_one_judgement(states: list[str], looks: set[int]) -> None:
    days = dict(zip(dates(MONDAY, next_date(MONDAY, 13)), states, strict=True))
    shown = said({date: state for place, (date, state) in enumerate(days.items()) if place in looks})
    for week in (slice(0, 7), slice(7, 14)):
        seen = [date for place, date in enumerate(days) if place in looks][:]
        of_week = [date for date in seen if date in [*days][week]]
        if of_week and days[of_week[0]] == QUIET:
            assert all(shown[date] == QUIET for date in of_week)
