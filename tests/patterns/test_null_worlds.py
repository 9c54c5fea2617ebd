"""A fast slice of `python -m tests.studies`: few runs, generous bounds."""

from __future__ import annotations

import pytest

from tests.studies import brief_checks, check_cluster
from tests.studies.phones import phones
from tests.studies.worlds import PROFILES
from tracker.patterns.detectors.check_cluster import clusters

RUNS = 60


@pytest.mark.parametrize("profile", ["low use, 7 a day", "middle use, 45 a day"])
def test_months_of_chance_rarely_raise_a_cluster(profile: str) -> None:
    assert check_cluster.false_alarms(profile, PROFILES[profile], RUNS).share <= 0.12


@pytest.mark.parametrize(("profile", "checks"), [("low use, 7 a day", 6), ("middle use, 45 a day", 10)])
def test_planted_bursts_are_found(profile: str, checks: int) -> None:
    assert check_cluster.recall(profile, PROFILES[profile], checks, 14, RUNS).share >= 0.85


def test_the_order_of_the_days_changes_nothing() -> None:
    assert check_cluster.order_matters("low use, 7 a day", PROFILES["low use, 7 a day"], 20).yes == 0


def test_brief_checks_tell_shares_on_both_sides_of_the_threshold() -> None:
    assert brief_checks.flagged(0.50, RUNS).yes == 0
    assert brief_checks.flagged(0.60, RUNS).share <= 0.12
    assert brief_checks.flagged(0.70, RUNS).share >= 0.85


@pytest.mark.usefixtures("samples")
def test_real_phones_show_a_handful_of_clusters_a_month_not_dozens() -> None:
    logs = phones()
    assert len(logs) == 2
    for log in logs.values():
        assert len(log.window) >= 26
        assert 1 <= len(clusters(log)) <= 15
