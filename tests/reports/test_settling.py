"""What would settle a verdict, over a grid of made-up cases: every sentence is true of its case, and of no other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analytics.channel_worth import (
    LEAST_HOURS,
    LEAST_LEADS,
    NOT_ENOUGH_DATA,
    OutcomeTotals,
    UnitEconomics,
    WorthRow,
    judged,
    probability_below,
    return_test,
)
from tracker.domain.models import HOUR
from tracker.reports.worth_wording import say_test, say_test_result, say_verdict, say_what_settles

KNOWN = UnitEconomics("EUR", 4500, 1.0, 90_000, "settings", 0.25, "settings", (), 0, 0)
UNKNOWN = KNOWN._replace(hour_cost=None, client_share=None)


def made(seconds: int, leads: int, elsewhere: int, economics: UnitEconomics = KNOWN) -> WorthRow:
    """A channel that took so long and brought so many leads, beside real contact with others."""
    rows = [
        WorthRow(
            channel=name,
            title=name,
            kind=kind,
            channels=(name,),
            seconds=time,
            sessions=1,
            checks=0,
            told_seconds=time,
            unintended_seconds=0,
            spends=(),
            outcomes=OutcomeTotals(prospects=brought, leads=brought),
            first_touch=0,
            economics=economics,
        )
        for name, kind, time, brought in (
            ("youtube", "social", seconds, leads),
            ("in_person", "in_person", 20 * HOUR, elsewhere),
        )
    ]
    return judged(rows[0], rows, has_focus_hours=False)


def test_leads_are_lacking_and_hours_are_not() -> None:
    row = made(int(60.7 * HOUR), 0, 0)
    assert row.below_break_even == pytest.approx(1, abs=1e-4)
    assert row.verdict == NOT_ENOUGH_DATA
    assert say_what_settles(row) == ("needs 3 leads over all channels; so far 0")


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        # Under an hour, and before there are three leads, there is nothing to extrapolate from.
        ((1224, 2, 3), "needs 10 hours here; so far 0.3 h"),
        (
            (1224, 2, 0),
            "needs 3 leads over all channels; so far 2; needs 10 hours here; so far 0.3 h",
        ),
        ((12 * HOUR, 1, 1), "needs 3 leads over all channels; so far 2"),
        # P(½, 0.2·H) is 0.9 at 6.8 hours, but ten there must be.
        ((4 * HOUR, 0, 3), "a verdict needs 6 more hours if no lead comes"),
        ((9 * HOUR, 0, 3), "a verdict needs 1 more hour if no lead comes"),
        ((6 * HOUR, 9, 3), "a verdict needs about 4 more hours at this lead rate"),
        (
            (20 * HOUR, 4, 0),
            "its leads per hour are too close to break-even for a verdict, even with 1,000 more hours",
        ),
    ],
)
def test_what_is_said(case: tuple[int, int, int], sentence: str) -> None:
    assert say_what_settles(made(*case)) == sentence


def test_settings_that_are_lacking_are_asked_for_first() -> None:
    row = made(HOUR, 0, 0, UNKNOWN)
    assert (
        say_what_settles(row)
        == "missing: what an hour of your time costs (hour_cost), the share of leads that become clients (client_share)"
    )
    assert say_test_result(row.test("return")) == "? setting missing"
    assert say_test_result(row.test("time")) == "? too early"


def test_what_is_not_known_is_called_so_where_settings_lack_too() -> None:
    row = made(12 * HOUR, 0, 0, UNKNOWN._replace(has_results=False))
    assert say_test_result(row.test("return")) == say_test_result(row.test("time")) == "? not known"
    assert say_test_result(row.test("procrastination")) == "? setting missing"


def test_the_verdict_is_called_the_same_wherever_it_stands() -> None:
    assert say_verdict(NOT_ENOUGH_DATA) == say_verdict(NOT_ENOUGH_DATA, short=True) == "? too early"


@settings(deadline=None)
@given(
    st.integers(0, 3 * HOUR) | st.integers(0, 200 * HOUR),
    st.integers(0, 12),
    st.integers(0, 6),
    st.floats(0.02, 2.0),
)
def test_every_sentence_is_true_of_its_case(seconds: int, leads: int, elsewhere: int, even: float) -> None:
    economics = KNOWN._replace(hour_cost=round(4500 * even / 0.2))
    row = made(seconds, leads, elsewhere, economics)
    sentence = say_what_settles(row)
    assert bool(sentence) == (row.verdict == NOT_ENOUGH_DATA)
    if not sentence:
        return
    # Leads are asked for where they are lacking, and there alone; at least hours where those are.
    assert ("leads over all channels" in sentence) == (row.all_leads < LEAST_LEADS)
    if row.test("return").lacks == ("leads",):
        assert "hour" not in sentence
    if "hours here" in sentence:
        assert seconds < LEAST_HOURS * HOUR
    more = re.match(r"a verdict needs (?:about )?(\d+) more hours?( if no lead comes)?", sentence)
    if more:
        assert int(more[1]) > 0
        assert seconds >= HOUR
        assert row.all_leads >= LEAST_LEADS
        assert bool(more[2]) == (leads == 0)
        # The hours that are said lead to an answer, but for what rounding leads to whole ones does to it.
        total = seconds + (row.seconds_to_settle or 0)
        brought = leads * total / seconds
        if brought == round(brought):
            chance = probability_below(total, round(brought), economics.break_even)
            assert return_test(total, chance, row.all_leads, ()).state != NOT_ENOUGH_DATA
    else:
        assert "a verdict needs" not in sentence
    if row.seconds_to_settle == 0:
        assert row.all_leads < LEAST_LEADS


@given(st.integers(0, HOUR - 1), st.integers(0, 9))
def test_under_an_hour_there_is_no_rate_in_words(seconds: int, leads: int) -> None:
    row = made(seconds, leads, 3)
    assert (row.rate, row.below_break_even, row.net_per_hour) == (None, None, None)
    assert say_test(row, row.test("return")).endswith(": under an hour is too little to tell")
