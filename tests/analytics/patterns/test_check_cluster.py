"""`check_cluster`: sums redone by hand, and the edges of days, clocks and logs."""

from __future__ import annotations

import math
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import FIRST, PARIS, at, every_day, log, opening
from tracker.analytics.patterns.detector_input import DetectorInput, window_openings
from tracker.analytics.patterns.detectors.check_cluster import (
    ALPHA,
    LEAST_DAYS,
    LEAST_SPREAD,
    OtherDays,
    calculation,
    chance,
    clusters,
    expected_count,
    find,
    say_cluster,
)
from tracker.analytics.patterns.openings import crowded_windows, wall_times
from tracker.calendar.days import WallClock, next_date

THURSDAY = "2026-11-12"


def burst(date: str, *clocks: str, zone: str = PARIS) -> list[int]:
    return [at(date, clock, zone) for clock in clocks]


NINE = burst(THURSDAY, "14:02", "14:04", "14:07", "14:10", "14:13", "14:16", "14:19", "14:21", "14:24")


def test_a_burst_is_found_with_the_figures_of_a_sum_done_by_hand() -> None:
    # One opening at 14:30 on each of the 27 other days, within those 30 minutes: Λ = 1, a mean of 27 days.
    usual = [start for start in every_day("14:30") if WallClock.of(PARIS, 14_400).day(start) != THURSDAY]
    (cluster,) = clusters(log(usual + NINE))
    assert (cluster.date, cluster.start, cluster.end, cluster.openings) == (THURSDAY, NINE[0], NINE[-1], 9)
    assert (cluster.expected, cluster.usual_days, cluster.spread) == (1, 27, 1.1)
    # A mean of 1 + 0.1, as a half hour that begins with an opening, and a variance of 1.1 · 28/27 times that.
    times = 1.1 * 28 / 27
    shape = 1.1 / (times - 1)
    at_most_seven = sum(
        math.exp(math.lgamma(shape + k) - math.lgamma(shape) - math.lgamma(k + 1)) * (1 - 1 / times) ** k / times**shape
        for k in range(8)
    )
    assert cluster.p == pytest.approx(1 - at_most_seven, rel=1e-6)
    assert cluster.sessions == tuple(NINE)
    finding = find(log(usual + NINE))
    assert finding.state == "flagged"
    assert finding.events == (cluster,)
    assert finding.sessions == cluster.sessions
    assert finding.figures["openings"] == 27 + 9
    assert finding.figures["threshold_p"] == pytest.approx(0.005 / 36)


def test_a_smaller_burst_is_flagged_where_it_comes_again_on_another_day() -> None:
    usual = [start for clock in ("10:10", "12:20", "16:40", "19:30") for start in every_day(clock)]
    once = burst(THURSDAY, "14:02", "14:04", "14:09", "14:15", "14:20")
    again = burst("2026-11-18", "21:02", "21:05", "21:09", "21:14", "21:20")
    for alone in (once, again):
        finding = find(log(usual + alone))
        assert (finding.state, finding.events) == ("quiet", ())
        assert finding.figures["threshold_p"] == pytest.approx(0.005 / (4 * 28 + 5))
    both = find(log(usual + once + again))
    assert both.state == "flagged"
    assert [cluster.openings for cluster in both.events] == [5, 5]
    assert all(0.005 / 122 < cluster.p < 0.05 / 122 for cluster in both.events)
    assert both.figures["threshold_p"] == pytest.approx(0.05 / 122)
    assert "below 0.05 / 122 = 4.10e-04" in calculation(both, log(usual + once + again))[0]
    twice_a_day = find(log(usual + once + burst(THURSDAY, "21:02", "21:05", "21:09", "21:14", "21:20")))
    assert twice_a_day.state == "quiet", "on one day"


def test_where_the_screen_is_not_known_no_burst_is_said_of_what_can_be_seen() -> None:
    month = log(every_day("14:10"))
    assert find(month).evidence.endswith("than is usual for you at that time")
    said = find(month._replace(by_gap=("chrome", "firefox"))).evidence
    assert said.endswith(
        "at that time; more than one opening in 2 min is not seen: chrome, firefox cannot tell when the screen was dark"
    )
    burst_too = log(every_day("14:30") + NINE)._replace(by_gap=("chrome",))
    assert "chrome" not in find(burst_too).evidence, "what is there was seen"


def test_half_an_hour_over_two_clock_hours_takes_a_part_of_each_rate() -> None:
    rates = [0.0] * 24
    rates[14], rates[15] = 3.0, 6.0
    assert expected_count(rates, 14 * 3600 + 50 * 60, 1800) == pytest.approx(3 * 10 / 60 + 6 * 20 / 60)


def test_the_last_half_hour_of_the_clock_goes_on_with_its_first_hour() -> None:
    rates = [0.0] * 24
    rates[23], rates[0] = 2.0, 4.0
    assert expected_count(rates, 23 * 3600 + 45 * 60, 1800) == pytest.approx(0.5 + 1.0)


def test_a_days_own_openings_are_no_part_of_what_is_usual() -> None:
    (alone,) = clusters(log(NINE))
    others = OtherDays(wall_times((opening(start) for start in NINE), 14_400), 28)
    day = WallClock.of(PARIS, 14_400).day_number(NINE[0])
    assert others.counts(day).hours == (0,) * 24
    assert others.counts(day).days == 27
    assert others.counts(day + 1).hours[14] == 9
    assert alone.expected == pytest.approx(0.5 / 27 / 2)
    assert 0 < alone.p < 1e-7


def test_a_day_that_is_busy_throughout_is_no_burst() -> None:
    # One opening an hour on the other days, nine on this one, in every hour; fourteen in one of them alone are a burst.
    usual = [start for hour in range(8, 23) for start in every_day(f"{hour:02}:30")]
    busy = [at(THURSDAY, f"{hour:02}:{minute:02}") for hour in range(8, 23) for minute in range(1, 28, 3)]
    assert clusters(log(usual + busy)) == ()
    assert len(clusters(log(usual + [at(THURSDAY, f"08:{minute:02}") for minute in range(1, 29, 2)]))) == 1


def test_the_running_day_is_held_against_what_is_usual_up_to_its_last_opening() -> None:
    # Up to 12:25 it is ten times as busy as other days are up to then; once over three times, and a burst again.
    usual = [start for hour in range(8, 23) for start in every_day(f"{hour:02}:45", days=27)]
    last = "2026-11-29"
    busy = [at(last, f"{hour:02}:{minute:02}") for hour in range(8, 13) for minute in range(0, 30, 2)]
    running = log(usual + busy)._replace(now=at(last, "12:59"))
    assert clusters(running) == ()
    assert clusters(running._replace(now=at(last, "23:59"))) == (), "no burst comes by waiting"
    assert len(clusters(running._replace(now=at("2026-11-30", "04:00")))) >= 1


def on_each_working_day(*clocks: str) -> list[int]:
    monday_to_friday = [day for day in range(28) if day % 7 < 5]
    return [at(next_date(FIRST, day), clock) for day in monday_to_friday for clock in clocks]


def test_a_break_of_every_working_day_is_usual_and_at_the_weekend_a_burst() -> None:
    coffee = [f"10:{minute}" for minute in range(30, 46, 3)]
    assert clusters(log(on_each_working_day(*coffee))) == ()
    saturday = burst("2026-11-14", *(f"10:{minute}" for minute in range(30, 45)))
    assert [cluster.date for cluster in clusters(log(on_each_working_day(*coffee[:2]) + saturday))] == ["2026-11-14"]


def test_every_other_week_of_late_shifts_is_usual() -> None:
    early = [
        at(next_date(FIRST, day), f"{9 + day % 3:02}:{m:02}") for day in range(28) if day // 7 % 2 for m in range(9)
    ]
    late = [
        at(next_date(FIRST, day), f"{hour}:{minute:02}")
        for day in range(28)
        if day // 7 % 2 == 0
        for hour in (19, 21)
        for minute in range(0, 20, 2)
    ]
    assert clusters(log(early + late)) == ()


def test_runs_at_another_time_of_every_day_are_usual_for_that_person() -> None:
    runs = [at(next_date(FIRST, day), f"{9 + day * 5 % 12:02}:{minute:02}") for day in range(28) for minute in range(8)]
    assert clusters(log(runs)) == ()
    five = [start for start in runs if WallClock.of(PARIS, 14_400).day(start)[-2:] in ("03", "09", "14", "19", "27")]
    assert len(clusters(log(five))) == 5


def test_what_is_done_every_day_is_usual_and_no_cluster() -> None:
    starts = [start for clock in ("14:02", "14:07", "14:12", "14:20", "14:28") for start in every_day(clock)]
    assert find(log(starts)).state == "quiet"


def test_thirty_minutes_are_inside_and_a_second_more_is_not() -> None:
    spread = ("14:00:00", "14:07", "14:14", "14:21")
    assert len(clusters(log(burst(THURSDAY, *spread, "14:30:00")))) == 1
    assert clusters(log(burst(THURSDAY, *spread, "14:30:01"))) == ()


def test_four_openings_are_never_a_cluster() -> None:
    assert clusters(log(burst(THURSDAY, "14:00", "14:01", "14:02", "14:03"))) == ()


def test_openings_of_the_same_second_are_openings_all_the_same() -> None:
    (cluster,) = clusters(log(burst(THURSDAY, *["14:00"] * 6)))
    assert (cluster.openings, cluster.start, cluster.end) == (6, cluster.peak_start, cluster.start)


def test_a_burst_longer_than_half_an_hour_is_one_cluster_with_its_strongest_half_hour() -> None:
    long = burst(THURSDAY, "14:00", "14:08", "14:16", "14:24", "14:29", "14:36", "14:40", "14:42", "14:44", "14:50")
    (cluster,) = clusters(log(long))
    assert (cluster.openings, cluster.start, cluster.end) == (10, long[0], long[-1])
    assert (cluster.peak_start, cluster.peak_openings) == (long[2], 7)
    assert cluster.expected == cluster.peak_expected, (
        "more are usual at that day's level than by the hour in 50 minutes"
    )
    # Three more openings on that day, where half of one in each of 23.5 hours is usual.
    assert cluster.peak_expected == pytest.approx(0.5 / 27 / 2 * (3 + 1) / (0.5 / 27 * 23.5 + 1))


def test_two_bursts_of_a_day_are_two_clusters_in_order() -> None:
    evening = burst(THURSDAY, "21:00", "21:03", "21:06", "21:09", "21:12", "21:15")
    assert [cluster.openings for cluster in clusters(log(evening + NINE))] == [9, 6]


@pytest.mark.parametrize("days", [0, 1, LEAST_DAYS - 1])
def test_it_says_nothing_before_fourteen_days_and_how_many_are_missing(days: int) -> None:
    finding = find(log(NINE if days else [], days) if days else DetectorInput((), (), PARIS, NINE[0]))
    assert finding.state == "not enough data"
    assert finding.figures["days_needed"] == LEAST_DAYS - days
    assert str(LEAST_DAYS - days) in finding.evidence
    assert finding.events == ()


def test_fourteen_days_are_enough() -> None:
    assert find(log(NINE, LEAST_DAYS)).state == "flagged"
    assert find(log([], LEAST_DAYS)).state == "quiet"


def test_missing_days_are_neither_in_the_window_nor_zero() -> None:
    whole = log(NINE + every_day("09:00"), 40)
    holes = whole._replace(logged_dates=tuple(date for date in whole.logged_dates if not date.endswith("5")))
    assert len(holes.window) == 28
    assert len(window_openings(holes)) < len(window_openings(whole._replace(days=None)))
    kept = set(holes.window)
    assert {WallClock.of(PARIS, 14_400).day(hour.start) for hour in window_openings(holes)} <= kept


def test_a_burst_before_the_window_is_past_and_within_a_wider_span_it_is_there() -> None:
    long = log(NINE, 60)
    assert clusters(long) == ()
    assert len(clusters(long._replace(days=None))) == 1


def test_a_burst_over_the_start_of_the_day_is_one_cluster_of_the_day_it_began() -> None:
    night = burst("2026-11-13", "03:50", "03:53", "03:56", "03:59", "04:02", "04:05", "04:08")
    (cluster,) = clusters(log(night))
    assert (cluster.date, cluster.openings) == (THURSDAY, 7)
    midnight = burst("2026-11-13", "00:00", "00:01", "00:02") + burst(THURSDAY, "23:55", "23:57", "23:59")
    (cluster,) = clusters(log(midnight, starts_at=0))
    assert (cluster.date, cluster.openings) == (THURSDAY, 6)


def test_the_hour_shown_twice_in_autumn_is_one_clock_hour_and_thirty_true_minutes() -> None:
    first = "2026-10-12"
    both = [at("2026-10-25", "02:50"), *(at("2026-10-25", f"02:{minute:02}", fold=1) for minute in (0, 3, 6, 9))]
    (cluster,) = clusters(log(both, first=first))
    assert (cluster.date, cluster.openings, cluster.end - cluster.start) == ("2026-10-24", 5, 19 * 60)
    # 02:40 and the second 02:45 are 65 minutes apart, whatever the clock says.
    apart = [at("2026-10-25", f"02:{m}") for m in (40, 42, 44)] + [
        at("2026-10-25", f"02:{m}", fold=1) for m in (45, 47)
    ]
    assert clusters(log(apart, first=first)) == ()


def test_the_spring_night_leaps_from_two_to_three_o_clock() -> None:
    leap = burst("2026-03-29", "01:50", "01:55", "03:01", "03:05", "03:10")
    (cluster,) = clusters(log(leap, first="2026-03-10"))
    assert (cluster.date, cluster.openings, cluster.end - cluster.start) == ("2026-03-28", 5, 20 * 60)


def test_a_trip_counts_by_the_clock_where_it_happened() -> None:
    montreal = [
        opening(at(THURSDAY, clock, "America/Toronto"), zone="America/Toronto")
        for clock in [f"22:{minute:02}" for minute in range(0, 30, 2)]
    ]
    home = log(every_day("22:10") + every_day("22:20"))
    away = home._replace(openings=tuple(sorted((*home.openings, *montreal))))
    (cluster,) = clusters(away)
    assert cluster.date == THURSDAY
    # Two are usual there, by the hour one; two on a whole day and half of one in its 23 other hours; that one had two
    # more.
    assert cluster.expected == pytest.approx(2 * (2 + 1) / (2 + 23 * 0.5 / 27 - 1 + 1))


@settings(max_examples=40)
@given(st.lists(st.integers(0, 28 * 86_400 - 1), max_size=150), st.lists(st.integers(0, 1800), max_size=12))
def test_clusters_are_apart_in_order_and_made_of_the_logs_sessions(anywhere: list[int], close: list[int]) -> None:
    begin = at(FIRST, "04:00")
    month = log([begin + moment for moment in anywhere] + [begin + 10 * 86_400 + moment for moment in close])
    month = month._replace(
        openings=tuple(opening._replace(session_ids=(number,)) for number, opening in enumerate(month.openings))
    )
    bursts = clusters(month)
    for cluster in bursts:
        assert cluster.openings >= 5
        assert cluster.openings == len(cluster.sessions)
        assert cluster.start <= cluster.peak_start <= cluster.end
        assert 0 < cluster.p < (0.005 if len({other.date for other in bursts}) == 1 else 0.07) / len(month.openings)
        assert cluster.p <= 1
    assert all(before.end < after.start for before, after in pairwise(bursts))
    members = [number for cluster in bursts for number in cluster.sessions]
    assert members == sorted(set(members))


@given(st.integers(5, 60), st.floats(0.001, 60), st.integers(1, 60), st.floats(0, 10), st.floats(0, 10))
def test_counts_that_stray_further_make_no_half_hour_less_likely(
    count: int, expected: float, days: int, further: float, again: float
) -> None:
    """Below the largest chance that a half hour is held against, which holds five openings at least. (Most scans rely
    on it: with the least spread too few half hours are left to ask for the person's own.)"""
    strays = chance(count, expected, days, LEAST_SPREAD + further)
    most = max(ALPHA.values()) / 5
    assert chance(count, expected, days, LEAST_SPREAD + further + again) >= min(strays, most) * (1 - 1e-9)


@given(st.lists(st.integers(0, 5000), max_size=60).map(sorted))
def test_crowds_are_what_counting_by_hand_gives(starts: list[int]) -> None:
    slow = []
    for first, start in enumerate(starts):
        last = max(place for place, other in enumerate(starts) if other - start <= 1800)
        if last - first >= 4:
            slow.append((first, last))
    assert crowded_windows(starts) == slow


def test_the_evidence_is_one_calm_sentence_with_numbers() -> None:
    usual = [start for start in every_day("14:30") if WallClock.of(PARIS, 14_400).day(start) != THURSDAY]
    finding = find(log(usual + every_day("14:10") + NINE + burst(THURSDAY, "14:05", "14:15", "14:21")))
    assert finding.evidence == (
        "1 burst in 28 logged days: 13 openings in 22 min on Thu 12 Nov from 14:02, usually about 2"
    )
    again = burst("2026-11-20", "09:00", "09:01", "09:02", "09:03", "09:04", "09:05")
    finding = find(log(usual + NINE + again))
    assert finding.evidence.startswith("2 bursts in 28 logged days; the largest: 9 openings in 22 min on Thu 12 Nov")


def test_of_today_it_says_today_and_needs_no_date() -> None:
    (cluster,) = clusters(log(NINE))
    assert say_cluster(cluster, THURSDAY) == "9 openings in 22 min today from 14:02, usually none"
    month = log(NINE)._replace(now=NINE[-1])
    assert "today from 14:02" in find(month).evidence


def test_the_daily_commands_can_check_today_without_heavy_imports() -> None:
    script = (
        "import sys; from tracker.analytics.patterns.detectors.check_cluster import clusters;"
        "from tracker.analytics.patterns.detector_input import DetectorInput;"
        "from tracker.analytics.patterns.openings import openings;"
        "from tracker.domain.models import Session; import tracker.reports.day;"
        "days = tuple(f'1970-01-{n:02}' for n in range(1, 29));"
        "sessions = [Session(n, 'x', n * 60, n * 60, 'UTC') for n in range(9)];"
        "found = clusters(DetectorInput(openings(sessions), days, 'UTC', 0, 0));"
        "assert found[0].openings == 9;"
        "heavy = {'typing', 'dataclasses', 'pathlib', 'json', 'arrow', 'babel', 'inspect'} & set(sys.modules);"
        "heavy |= {name for name in sys.modules if name.startswith('tracker.analytics.patterns.detectors.')};"
        "heavy |= {name for name in sys.modules if name.endswith(('registry', 'explain'))};"
        "sys.exit(', '.join(heavy - {'tracker.analytics.patterns.detectors.check_cluster'}) or 0)"
    )
    ran = subprocess.run([sys.executable, "-S", "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_the_picture_is_the_day_of_the_largest_with_the_usual_beside() -> None:
    usual = [start for start in every_day("14:30") if WallClock.of(PARIS, 14_400).day(start) != THURSDAY]
    chart = find(log(usual + NINE)).chart
    assert chart is not None
    assert (chart.labels[0], chart.labels[-1]) == ("04:00", "03:30")
    bars = dict(zip(chart.labels, chart.values, strict=True))
    assert (bars["14:00"], bars["14:30"], sum(bars.values())) == (9, 0, 9)
    beside = dict(zip(chart.labels, chart.usual, strict=True))
    assert beside["14:00"] == beside["14:30"] == 0.5
    assert beside["03:00"] == pytest.approx(0.5 / 27 / 2)
    assert find(log(usual)).chart is None


def test_its_margin_is_how_many_more_openings_than_would_just_be_a_burst() -> None:
    # Λ = 0.0093 in a fresh hour, and 0.005 / 9: four openings and more would do, but five are asked for.
    assert find(log(NINE)).margin == 9 / 5


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    holds(find, any_log, "openings")
