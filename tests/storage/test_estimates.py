"""Estimates: said before the figures are, by channel and in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.domain.errors import TrackerError
from tracker.domain.models import Estimate
from tracker.storage import channels, reviews, undo

if TYPE_CHECKING:
    from tracker.storage import Database

WEEK = "2026-W47"


@pytest.fixture(autouse=True)
def _draft(database: Database) -> None:
    reviews.begin(database, WEEK, "Europe/Paris", now=NOW)


def test_in_all_and_by_channel_in_one_step(database: Database) -> None:
    estimates = reviews.put_estimates(database, WEEK, {"linkedin": 3600, None: 43200, "x": 7200}, now=NOW)
    assert estimates == [
        Estimate(WEEK, None, 43200, NOW),
        Estimate(WEEK, "x", 7200, NOW),
        Estimate(WEEK, "linkedin", 3600, NOW),
    ]
    undo.undo(database, 1, now=NOW)
    assert reviews.estimates_of_week(database, WEEK) == []


def test_one_that_is_thought_better_of_replaces_its_own(database: Database) -> None:
    reviews.put_estimates(database, WEEK, {None: 3600, "x": 60}, now=NOW)
    estimates = reviews.put_estimates(database, WEEK, {None: 7200}, now=NOW + 9)
    assert [(estimate.channel, estimate.seconds, estimate.at) for estimate in estimates] == [
        (None, 7200, NOW + 9),
        ("x", 60, NOW),
    ]


def test_too_late_once_the_figures_were_seen(database: Database) -> None:
    reviews.put_estimates(database, WEEK, {None: 3600}, now=NOW)
    reviews.reveal(database, WEEK, now=NOW)
    with pytest.raises(TrackerError, match="were already shown"):
        reviews.put_estimates(database, WEEK, {None: 7200}, now=NOW)
    undo.undo(database, 1, now=NOW)  # an honest slip of the finger: nothing was looked at
    reviews.put_estimates(database, WEEK, {None: 7200}, now=NOW)


def test_an_amendment_saw_the_figures_before_it_began(database: Database) -> None:
    reviews.reveal(database, WEEK, now=NOW)
    reviews.write(database, WEEK, "{}", "page", now=NOW)
    reviews.amend(database, WEEK, "Europe/Paris", now=NOW)
    with pytest.raises(TrackerError, match="were already shown"):
        reviews.put_estimates(database, WEEK, {None: 7200}, now=NOW)


def test_not_without_a_review_nor_below_nothing(database: Database) -> None:
    with pytest.raises(TrackerError, match="has been started"):
        reviews.put_estimates(database, "2026-W46", {None: 3600}, now=NOW)
    with pytest.raises(TrackerError):
        reviews.put_estimates(database, WEEK, {None: -1}, now=NOW)
    with pytest.raises(TrackerError):
        reviews.put_estimates(database, WEEK, {None: 5, "nowhere": 60}, now=NOW)
    assert reviews.estimates_of_week(database, WEEK) == []


def test_they_follow_a_channel_that_is_renamed(database: Database) -> None:
    reviews.put_estimates(database, WEEK, {"x": 60}, now=NOW)
    channels.rename(database, channels.find(database, "x"), "twitter", title="Twitter", now=NOW)
    assert [estimate.channel for estimate in reviews.estimates_of_week(database, WEEK)] == ["twitter"]


def test_the_totals_by_week(database: Database) -> None:
    reviews.begin(database, "2026-W46", "Europe/Paris", now=NOW)
    reviews.put_estimates(database, WEEK, {None: 2, "x": 1}, now=NOW)
    reviews.put_estimates(database, "2026-W46", {None: 1}, now=NOW)
    assert [*reviews.estimated_seconds(database, None).items()] == [("2026-W46", 1), (WEEK, 2)]
