"""`--explain`: the definition, the thresholds as they are set, and figures a reader could redo the sum with."""

from __future__ import annotations

import re

import pytest

from tests.analytics.patterns.made import EMPTY, FIRST, HARSH, at, log
from tests.studies.page import PAGE, handbook, notes_of
from tracker.analytics.patterns.detector_input import DetectorInput, Return, ReturnSummary
from tracker.analytics.patterns.pattern import MARKS, Pattern
from tracker.analytics.patterns.registry import NAMES, PATTERNS, explain
from tracker.domain.errors import TrackerError
from tracker.formatting.times import format_near_date
from tracker.locale import use

BURST = log([at("2026-11-12", f"14:{minute:02}") for minute in (2, 5, 8, 11, 14, 17)])
RISING = log([], 40)._replace(seconds={date: 1800 + 60 * day for day, date in enumerate(log([], 40).logged_dates)})
CHANNELS = log([])._replace(worth=ReturnSummary((Return("x", 72_000, 0), Return("linkedin", 144_000, 9)), 28, 0.1))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("month", [EMPTY, BURST], ids=["nothing logged", "a month"])
def test_each_is_explained_calmly_for_any_log(name: str, month: DetectorInput) -> None:
    text = explain(name, month)
    assert name in text
    assert text.endswith("An observation, not a diagnosis.\n")
    assert "Source: " in text
    assert not HARSH.search(text.replace("observation, not a diagnosis", ""))
    assert "{" not in text


@pytest.mark.parametrize("pattern", PATTERNS, ids=NAMES)
def test_each_threshold_has_its_mark_and_how_to_change_it_where_one_can(pattern: Pattern) -> None:
    text = explain(pattern.name, EMPTY)
    for limit in pattern.thresholds:
        assert f"{pattern.say(limit, {})} – {MARKS[limit.mark]}" in text
        assert (f"`tracker config {pattern.name}.{limit.key} " in text) == bool(limit.key)
    assert all(name in text for name in pattern.asks)
    assert pattern.note in text


def test_a_threshold_is_said_as_it_is_set() -> None:
    assert "- clearly above 60% – a product choice\n" in (explain("brief_checks", EMPTY))
    text = explain("brief_checks", EMPTY._replace(thresholds={"brief_checks.share": 0.7}))
    assert "- clearly above 70%" in text
    assert "to change it: `tracker config brief_checks.share 0.7`, from 0.3 to 0.95" in text


def test_what_may_be_changed_stands_in_no_definition_as_a_fixed_number() -> None:
    assert "at least 4 of the last 14" in explain("night", EMPTY)
    changed = explain("night", EMPTY._replace(thresholds={"night.nights": 4}))
    assert "at least 4 of the last 14" in changed
    assert "at least 3" not in changed
    assert "is above 70% and there are at least 12 checks" in (
        explain("brief_checks", EMPTY._replace(thresholds={"brief_checks.share": 0.7, "brief_checks.a_day": 12}))
    )


@pytest.mark.parametrize("pattern", PATTERNS, ids=NAMES)
def test_a_definition_says_each_threshold_that_can_be_changed_as_it_is_set(pattern: Pattern) -> None:
    for name, limit in pattern.limits().items():
        assert pattern.define({name: limit.most}) != pattern.define({}), name


def test_a_cluster_can_be_redone_by_hand() -> None:
    text = explain("check_cluster", BURST)
    assert "14 h: no (0.5 counted) openings on 27 other days = 0.0185 an hour, for 30.00 min" in text
    assert "on comparable days, and at that level, about 0.0093 in those 30 minutes" in text
    assert "your counts stray 1.10 times as far as by chance" in text
    assert re.search(r"P\(X ≥ 5\) = \d\.\d\d·10⁻[⁰-⁹¹²³]+, below 0\.005 / 6 = 8\.33·10⁻⁴", text)
    assert "Usual for you: about 0 openings a day over 28 logged days." in text
    assert "By chance: that many openings in such 30 minutes would come up 1 time in 61,000." in text


def test_a_rise_can_be_redone_by_hand_from_its_days() -> None:
    text = explain("rising_use", RISING)
    assert "minutes a day, and a typical day, before and lately:\n" in text
    assert f"  {format_near_date(FIRST, None)}         30        39\n" in text
    assert len(re.findall(r"^  [A-Z][a-z]{2} \d+ [A-Z][a-z]{2} 2026 ", text, re.MULTILINE)) == 40
    assert "For information: a campaign also rises." in text


def test_a_channels_figures_are_told_by_its_name() -> None:
    text = explain("time_without_return", CHANNELS)
    assert "  hours, linkedin = 40\n" in text
    assert "  leads, x = 0\n" in text
    assert "  chance to be below break-even, x = 0.9545\n" in text


def test_french_readers_read_a_decimal_comma_but_copy_a_point() -> None:
    use("fr")
    try:
        text = explain("time_without_return", EMPTY)
    finally:
        use("en")
    assert "0,995" in text
    assert "`tracker config time_without_return.chance 0.995`" in text


def test_a_name_that_is_no_patterns_is_refused() -> None:
    with pytest.raises(TrackerError, match="no pattern is called “luck”"):
        explain("luck", EMPTY)


def test_the_handbook_has_every_pattern_with_its_notes_and_its_study() -> None:
    page = handbook({"check_cluster": "TABLE"}, notes_of(PAGE.read_text(encoding="utf-8")))
    assert all(f"(`{name}`)" in page for name in NAMES)
    assert page.index("(`check_cluster`)") < page.index("TABLE") < page.index("(`rapid_return`)")
    for pattern in PATTERNS:
        assert pattern.define({}) in page
    returns = page[page.index("(`rapid_return`)") : page.index("(`burstiness`)")]
    assert "**What was changed and why.** The p of two proportions takes openings for independent" in returns
    bunched = page[page.index("(`burstiness`)") : page.index("(`self_initiated`)")]
    assert "What was changed" not in bunched
