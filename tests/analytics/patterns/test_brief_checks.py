"""`brief_checks`: the share of sessions that were over within seconds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import every_day, log
from tracker.analytics.exact_statistics import Z99, wilson_interval
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.detectors.brief_checks import find

CLOCKS = [f"{hour:02}:{minute}" for hour in range(8, 18) for minute in ("00", "30")]  # 20 a day


def month(brief: int, days: int = 28, a_day: int = 20, lasts: int = 15) -> DetectorInput:
    """Of `a_day` openings a day the first `brief` last `lasts` seconds, the others ten minutes."""
    whole = log([start for clock in CLOCKS[:a_day] for start in every_day(clock, days)], days)
    return whole._replace(
        openings=tuple(
            opening._replace(end=opening.start + (lasts if place % a_day < brief else 600))
            for place, opening in enumerate(whole.openings)
        )
    )


def test_a_share_clearly_above_six_tenths_is_flagged_with_its_figures() -> None:
    finding = find(month(14))
    assert finding.state == "flagged"
    assert finding.figures["brief"] == 14 * 28
    assert finding.figures["sessions"] == 20 * 28
    assert finding.figures["share_low"] == pytest.approx(wilson_interval(14 * 28, 20 * 28, Z99)[0], abs=1e-4)
    assert finding.figures["brief_a_day"] == 14
    assert len(finding.sessions) == 14 * 28
    assert finding.evidence == ("392 of 560 openings (70%) were shorter than 30 s, about 14 a day over 28 logged days")


def test_a_share_of_six_tenths_is_not_above_it() -> None:
    assert find(month(12)).state == "quiet"


def test_few_checks_a_day_are_no_habit_whatever_their_share() -> None:
    assert find(month(9, a_day=4)).state == "quiet"
    assert find(month(10, a_day=10)).state == "flagged"


def test_thirty_seconds_are_no_check() -> None:
    assert find(month(20, lasts=29)).figures["brief"] == 560
    assert find(month(20, lasts=30)).figures["brief"] == 0
    assert find(month(20, lasts=30)._replace(check_seconds=31)).figures["brief"] == 560


def test_estimated_and_running_ends_are_left_out() -> None:
    whole = month(14)
    guessed = tuple(opening._replace(estimated=True) for opening in whole.openings[:-60])
    last = whole.openings[-1]._replace(end=None)
    finding = find(whole._replace(openings=(*guessed, *whole.openings[-60:-1], last)))
    assert (finding.figures["sessions"], finding.figures["unknown"]) == (59, 500)
    assert finding.state == "not enough data"
    assert finding.evidence == "needs more known durations: those of 500 of 559 openings are not known"
    finding = find(whole._replace(openings=tuple(opening._replace(estimated=True) for opening in whole.openings)))
    assert finding.state == "not enough data"
    assert finding.evidence == "needs 50 more openings with a known duration"


def test_what_lasted_unknown_long_counts_as_longer() -> None:
    # 18 of 20 are checks: with four of them unknown 14 of 20 surely are, with six 12, which is not above 0.6.
    def unknown(of_twenty: int) -> DetectorInput:
        whole = month(18)
        return whole._replace(
            openings=tuple(
                opening._replace(estimated=place % 20 < of_twenty) for place, opening in enumerate(whole.openings)
            )
        )

    finding = find(unknown(4))
    assert (finding.state, finding.figures["share"], finding.figures["share_at_most"]) == ("flagged", 0.7, 0.9)
    assert finding.evidence.endswith("about 14 a day over 28 logged days; 112 of unknown length count as longer")
    assert find(unknown(6)).state == "quiet"
    assert find(unknown(9)).state == "not enough data"


@pytest.mark.parametrize(
    ("days", "a_day", "evidence"),
    [
        (13, 20, "needs 1 more logged day"),
        (10, 1, "needs 4 more logged days and 40 more openings with a known duration"),
        (14, 3, "needs 8 more openings with a known duration"),
    ],
)
def test_it_says_what_is_missing(days: int, a_day: int, evidence: str) -> None:
    finding = find(month(1, days, a_day))
    assert (finding.state, finding.evidence) == ("not enough data", evidence)


def test_nothing_logged_is_not_enough() -> None:
    finding = find(DetectorInput((), (), "UTC", 0))
    assert (finding.state, finding.first_date) == ("not enough data", None)


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    holds(find, any_log, "openings")
