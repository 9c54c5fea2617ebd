"""`time_without_return`: whether a channel's leads pay for its hours."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import at, every_day, figure, log, opening
from tracker.analytics.patterns.detector_input import DetectorInput, Return, ReturnSummary
from tracker.analytics.patterns.detectors.time_without_return import find, lead_rate

HOUR = 3600


def worth(*returns: tuple[str, float, int], break_even: float | None = 0.1, days: int = 28) -> DetectorInput:
    made = tuple(Return(channel, round(hours * HOUR), leads) for channel, hours, leads in returns)
    return log([])._replace(
        worth=ReturnSummary(made, days, break_even, () if break_even is not None else ("hour_cost",))
    )


def test_no_lead_in_forty_hours_is_flagged_with_the_figures_of_a_sum_done_by_hand() -> None:
    finding = find(worth(("linkedin", 40, 0)))
    assert finding.state == "flagged"
    # P(½, x) is the error function of √x: with no lead in 40 h at 0.1 an hour, erf(2).
    assert finding.figures == {
        "logged_days": 28,
        "break_even": 0.1,
        "channel": "linkedin",
        "hours.linkedin": 40,
        "leads.linkedin": 0,
        "leads_an_hour.linkedin": 0.0125,
        "leads_an_hour_low.linkedin": 0,
        "leads_an_hour_high.linkedin": 0.0628,
        "below.linkedin": pytest.approx(math.erf(2)),
    }
    assert finding.evidence == ("linkedin: 0 leads in 40.0 h; break-even is 0.10 leads/h, 99.53% likely to be below it")


def test_a_channel_is_called_what_its_user_calls_it() -> None:
    month = worth(("linkedin", 40, 0))
    finding = find(month._replace(worth=month.worth._replace(titles={"linkedin": "LinkedIn"})))
    assert finding.evidence.startswith("LinkedIn: 0 leads in 40.0 h")
    assert finding.figures["channel"] == "linkedin"
    assert finding.chart is not None
    assert finding.chart.labels == ("LinkedIn",)


def test_the_interval_is_the_one_the_specification_prints() -> None:
    three = lead_rate(Return("x", 20 * HOUR, 3), 0.1)
    assert (round(three.low, 2), round(three.high, 2)) == (0.04, 0.40)


def test_995_of_1000_is_the_chance_that_is_flagged() -> None:
    # erf(√x) = 0.995 at x = 3.9397: with no lead in 40 h, 0.09849 an hour.
    assert find(worth(("x", 40, 0), break_even=0.0986)).state == "flagged"
    finding = find(worth(("x", 40, 0), break_even=0.0984))
    assert (finding.state, finding.sessions) == ("quiet", ())
    lower = worth(("x", 40, 0), break_even=0.0984)._replace(thresholds={"time_without_return.chance": 0.8})
    assert find(lower).state == "flagged"


def test_a_quiet_one_says_from_which_chance_on_it_speaks() -> None:
    finding = find(worth(("x", 40, 0), break_even=0.0984))
    assert finding.evidence.endswith("break-even is 0.10 leads/h, 99% likely to be below it (flagged from 99.5%)")
    three = find(worth(("x", 40, 0), ("linkedin", 40, 9), ("y", 40, 9), break_even=0.08))
    assert three.evidence.endswith(" (flagged from 99.83%)")


def test_its_span_is_the_one_its_hours_are_from() -> None:
    month = worth(("x", 40, 0))
    finding = find(month._replace(worth=month.worth._replace(dates=("2026-08-30", "2026-11-22"))))
    assert (finding.first_date, finding.last_date) == ("2026-08-30", "2026-11-22")


def test_two_channels_are_two_chances_to_be_wrong() -> None:
    # erf(√x) = 0.9975 at x = 4.5703: with no lead in 40 h, 0.11426 an hour.
    assert find(worth(("x", 40, 0), ("linkedin", 40, 9), break_even=0.1144)).state == "flagged"
    assert find(worth(("x", 40, 0), ("linkedin", 40, 9), break_even=0.1141)).state == "quiet"


def test_the_channel_furthest_below_is_the_evidence_and_all_are_in_the_figures() -> None:
    finding = find(worth(("linkedin", 40, 9), ("x", 60, 0), ("instagram", 30, 0), ("tiktok", 19, 0)))
    assert finding.figures["channel"] == "x"
    assert finding.figures["hours.linkedin"] == 40
    assert figure(finding, "below.linkedin") < 0.05
    assert "hours.tiktok" not in finding.figures
    chart = finding.chart
    assert chart is not None
    assert chart.labels == ("x", "instagram", "linkedin")
    assert chart.usual == (0.1, 0.1, 0.1)


def test_its_sessions_are_the_windows_on_the_channels_that_are_flagged() -> None:
    month = worth(("linkedin", 40, 9), ("x", 60, 0))
    on_x = opening(at("2026-11-12", "10:00"), channel="x")
    openings = tuple(sorted((*log(every_day("09:00")).openings, on_x)))
    assert find(month._replace(openings=openings)).sessions == on_x.session_ids


@pytest.mark.parametrize(
    ("month", "evidence"),
    [
        (worth(("x", 19.5, 0)), "needs 1 more hour on a channel"),
        (worth(("x", 20, 0), days=20), "needs 8 more logged days"),
        (worth(("x", 20, 0), break_even=None), "needs what an hour of your time costs (hour_cost)"),
        (worth(), "needs 20 more hours on a channel"),
        (log([]), "needs 28 more logged days, 20 more hours on a channel and what a lead is worth to you"),
    ],
)
def test_it_says_what_is_missing(month: DetectorInput, evidence: str) -> None:
    finding = find(month)
    assert (finding.state, finding.evidence) == ("not enough data", evidence)


def test_it_speaks_only_of_leads_that_are_recorded() -> None:
    month = worth(("x", 40, 0))

    def told(all_leads: int, *, has_results: bool = True) -> tuple[str, str]:
        finding = find(month._replace(worth=month.worth._replace(all_leads=all_leads, has_results=has_results)))
        return finding.state, finding.evidence

    assert told(3)[0] == "flagged"
    assert told(2) == ("not enough data", "needs 1 more lead over all channels")
    assert told(0) == ("not enough data", "needs 3 more leads over all channels")
    needs = "needs a first result (a recommendation, prospect, client or income)"
    assert told(0, has_results=False) == ("not enough data", needs)


@given(st.integers(0, 60), st.integers(1, 10**7), st.floats(0, 10))
def test_more_leads_make_it_less_likely_and_more_hours_likelier(leads: int, seconds: int, even: float) -> None:
    rate = lead_rate(Return("x", seconds, leads), even)
    assert 0 <= rate.below <= 1
    assert rate.low <= rate.mean <= rate.high
    assert lead_rate(Return("x", seconds, leads + 1), even).below <= rate.below + 1e-12
    assert lead_rate(Return("x", seconds + HOUR, leads), even).below >= rate.below - 1e-12


def test_no_time_has_no_leads_an_hour() -> None:
    with pytest.raises(ValueError, match="is not a time"):
        lead_rate(Return("x", 0, 3), 0.1)


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    holds(find, any_log, "openings", "worth")
