"""All patterns are there, whatever their state, and one more would be one file."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, any_log
from tests.analytics.patterns.made import EMPTY, HARSH, at, log
from tracker.analytics.patterns import detectors, registry
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.pattern import COMMON_FIGURES, MARKS, Pattern
from tracker.analytics.patterns.registry import LIMITS, NAMES, PATTERNS, explain, find, refuse_limit, within
from tracker.domain.errors import TrackerError

DATE = "2026-11-12"
BURST = log([at(DATE, f"14:{minute:02}") for minute in (2, 5, 8, 11, 14, 17)])


def test_they_are_named_in_their_order() -> None:
    assert NAMES == (
        "brief_checks", "check_cluster", "rapid_return", "burstiness", "self_initiated", "after_posting", "overrun",
        "time_distortion", "rising_use", "rebound", "broken_pause", "night", "first_thing", "time_without_return",
    )  # fmt: skip


@pytest.mark.parametrize("month", [EMPTY, BURST], ids=["nothing logged", "a month"])
def test_every_pattern_answers_with_its_evidence(month: DetectorInput) -> None:
    findings = find(month)
    assert tuple(finding.name for finding in findings) == NAMES
    for finding in findings:
        assert finding.state in ("quiet", "flagged", "not enough data")
        assert finding.evidence
        json.dumps(finding.figures)


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(TrackerError, match=r"“tiredness”.*check_cluster"):
        find(BURST, ["tiredness"])


def test_days_show_the_clusters_that_fell_on_them() -> None:
    findings = find(BURST)
    assert within(findings, [DATE], [DATE], DATE) == tuple(findings)
    shown = {finding.name: finding for finding in within(findings, ["2026-11-11"], ["2026-11-11"], DATE)}
    cluster = shown["check_cluster"]
    assert (cluster.state, cluster.events, cluster.figures["clusters"]) == ("quiet", (), 0)
    assert "no burst in these days; 1 in the" in cluster.evidence


def test_of_days_that_were_not_logged_nothing_is_said() -> None:
    shown = within(find(BURST), ["2020-11-11"], [DATE], DATE)
    assert {finding.state for finding in shown} == {"not enough data"}


@pytest.mark.parametrize("pattern", PATTERNS, ids=NAMES)
def test_each_is_a_file_of_its_name_that_says_what_it_is_and_a_test(pattern: Pattern) -> None:
    module = sys.modules[f"tracker.analytics.patterns.detectors.{pattern.name}"]
    assert module.PATTERN is pattern
    assert (module.__doc__ or "").startswith(f"`{pattern.name}`: ")
    assert "**Definition.**" in (module.__doc__ or "")
    assert (Path(__file__).parent / f"test_{pattern.name}.py").exists()


@pytest.mark.parametrize("pattern", PATTERNS, ids=NAMES)
def test_each_has_words_for_all_that_is_shown_of_it(pattern: Pattern) -> None:
    assert pattern.title
    assert "_" not in pattern.title
    assert pattern.text.endswith(".")
    assert pattern.source
    assert pattern.silent_before
    assert not HARSH.search(
        " ".join((pattern.heading, pattern.text, pattern.note, *(limit.text for limit in pattern.thresholds)))
    )
    for limit in pattern.thresholds:
        assert limit.mark in MARKS
        assert ("{value}" in limit.text or "{percent}" in limit.text) == bool(limit.key)
        if limit.key:
            assert limit.least <= limit.value <= limit.most


@pytest.mark.parametrize("pattern", PATTERNS, ids=NAMES)
def test_each_says_what_it_is_without_statistics(pattern: Pattern) -> None:
    plain = pattern.describe({})
    assert plain.endswith(".")
    assert len(plain) <= 200
    assert not re.search(r"p <|interval|median|posterior|Wilson|correlation|\d\.\d\d", plain)
    for key, limit in pattern.limits().items():
        assert pattern.describe({key: limit.most}) != plain, "the threshold as it is set"


def test_places_are_their_own() -> None:
    assert [pattern.place for pattern in PATTERNS] == list(range(1, len(PATTERNS) + 1))


@settings(max_examples=60)
@given(LOGS)
def test_every_figure_there_ever_is_has_words(made: DetectorInput) -> None:
    for pattern, finding in zip(PATTERNS, find(made), strict=True):
        assert all(pattern.words(figure, {}) for figure in finding.figures)


def test_these_logs_have_every_figure_that_there_are_words_for() -> None:
    """So no figure is left out above, and no words are left over from a figure that is gone."""
    figures: dict[str, set[str]] = {name: set() for name in NAMES}
    for seed in range(60):
        random = Random(seed)
        for finding in find(any_log(seed, random.randrange(140), random.randrange(1500), random.randrange(40))):
            figures[finding.name].update(figure.partition(".")[0] for figure in finding.figures)
    for pattern in PATTERNS:
        assert {*pattern.figures} <= figures[pattern.name], pattern.name
    assert {*COMMON_FIGURES} <= set().union(*figures.values())


def test_a_threshold_in_the_settings_is_kept_to_what_it_can_be() -> None:
    assert LIMITS["brief_checks.share"].value == 0.6
    refuse_limit("brief_checks.share", 0.7)
    with pytest.raises(TrackerError, match=r"brief_checks.share must be a number from 0.3 to 0.95, not “7”"):
        refuse_limit("brief_checks.share", 7)
    with pytest.raises(TrackerError, match=r"no pattern has a threshold “brief_checks.shear”.*brief_checks.share"):
        refuse_limit("brief_checks.shear", 0.7)
    with pytest.raises(TrackerError, match="no pattern has a threshold"):
        find(BURST._replace(thresholds={"night.owls": 3}))


ONE_MORE = f"""\
\"\"\"`lunch`: openings at noon.\"\"\"

from tracker.analytics.patterns.pattern import finding
from tracker.analytics.patterns.pattern import Pattern, Threshold


def find(log):
    least = log.limit("lunch", "days", 3)
    return finding("lunch", least < 3, "nothing at noon", log.window, {{"noons": 0, "logged_days": len(log.window)}})


PATTERN = Pattern(
    place={len(PATTERNS) + 1}, name="lunch", heading="Lunch", text="Openings at noon.",
    thresholds=(Threshold("at least {{value}} days", "P", "days", 3, 1, 14),), silent_before="lunch", source="hunger",
    detect=find, figures={{"noons": "openings at noon"}},
)
"""


def test_another_pattern_is_one_file_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lunch.py").write_text(ONE_MORE)
    monkeypatch.setattr(detectors, "__path__", [*detectors.__path__, str(tmp_path)])
    everyone = registry.patterns_in(detectors)
    sys.modules.pop("tracker.analytics.patterns.detectors.lunch", None)
    assert tuple(pattern.name for pattern in everyone) == (*NAMES, "lunch")
    monkeypatch.setattr(registry, "PATTERNS", everyone)
    assert [finding.name for finding in find(BURST)] == [*NAMES, "lunch"]
    text = explain("lunch", BURST)
    assert "openings at noon = 0\n" in text
    assert "logged days = 28\n" in text
    assert "`tracker config lunch.days 3`" in text
