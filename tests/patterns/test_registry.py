"""All fourteen patterns are there, whatever their state, and each can be explained."""

from __future__ import annotations

import json
import re

import pytest

from tests.patterns.made import PARIS, at, log
from tracker.model import TrackerError
from tracker.patterns.explain import explain, handbook
from tracker.patterns.log import Log
from tracker.patterns.pattern import MARKS
from tracker.patterns.registry import NAMES, PATTERNS, find, within

DATE = "2026-11-12"
BURST = log([at(DATE, f"14:{minute:02}") for minute in (2, 5, 8, 11, 14, 17)])
EMPTY = Log((), (), PARIS, 0)

#: Words nobody wants to read about themselves; "an observation, not a diagnosis" is the one exception.
HARSH = re.compile(r"addict|dependence|diagnos|score|shame|fail", re.IGNORECASE)


def test_the_fourteen_are_named_in_their_order() -> None:
    assert NAMES == (
        "brief_checks", "check_cluster", "rapid_return", "burstiness", "self_initiated", "after_posting", "overrun",
        "time_distortion", "rising_use", "rebound", "broken_pause", "night", "first_thing", "time_without_return",
    )  # fmt: skip


@pytest.mark.parametrize("month", [EMPTY, BURST], ids=["nothing logged", "a month"])
def test_every_pattern_answers_with_its_evidence(month: Log) -> None:
    found = find(month)
    assert tuple(one.name for one in found) == NAMES
    for one in found:
        assert one.state in ("quiet", "flagged", "not enough data")
        assert one.evidence
        json.dumps(one.figures)


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(TrackerError, match=r"“tiredness”.*check_cluster"):
        find(BURST, ["tiredness"])


def test_days_show_the_clusters_that_fell_on_them() -> None:
    found = find(BURST)
    assert within(found, [DATE], [DATE], DATE) == tuple(found)
    cluster = within(found, ["2026-11-11"], ["2026-11-11"], DATE)[1]
    assert (cluster.state, cluster.events, cluster.figures["clusters"]) == ("quiet", (), 0)
    assert "no cluster in these days; 1 in the" in cluster.evidence


def test_of_days_that_were_not_logged_nothing_is_said() -> None:
    shown = within(find(BURST), ["2020-11-11"], [DATE], DATE)
    assert {one.state for one in shown} == {"not enough data"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("month", [EMPTY, BURST], ids=["nothing logged", "a month"])
def test_each_is_explained_calmly_for_any_log(name: str, month: Log) -> None:
    text = explain(name, month)
    assert name in text
    assert "An observation, not a diagnosis." in text
    assert "Source: " in text
    assert not HARSH.search(text.replace("observation, not a diagnosis", ""))


def test_every_threshold_says_where_it_comes_from() -> None:
    assert all(limit.mark in MARKS for one in PATTERNS for limit in one.thresholds)
    assert all(pattern.title and "_" not in pattern.title for pattern in PATTERNS)


def test_an_explained_cluster_can_be_redone_by_hand() -> None:
    text = explain("check_cluster", BURST)
    assert "14 h: no (0.5 counted) openings on 27 other days = 0.0185 an hour, for 30.00 min" in text
    assert re.search(r"Λ = 0\.0093; P\(X ≥ 5\) = \d\.\d\de-\d+, below 0\.05 / 6 = 8\.33e-03", text)


def test_the_handbook_has_every_pattern_and_the_studies_under_theirs() -> None:
    page = handbook({"check_cluster": "TABLE"})
    assert all(f"(`{name}`)" in page for name in NAMES)
    assert page.index("(`check_cluster`)") < page.index("TABLE") < page.index("(`rapid_return`)")
