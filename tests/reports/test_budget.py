"""How today stands before a session begins."""

from __future__ import annotations

import pytest

from tests.conftest import NOW
from tracker.reports.day import budget_state
from tracker.settings import Settings
from tracker.storage import Database, channels, sessions
from tracker.workspace import Workspace

ZONE = "Europe/Paris"


def logged(database: Database, channel: str, ended: int, minutes: int) -> None:
    """A session that ended so many minutes ago."""
    end = NOW - 60 * ended
    sessions.add(database, channel, end - 60 * minutes, end, ZONE, now=NOW)


def test_channels_and_the_day_are_counted_apart(database: Database) -> None:
    channels.set_budget(database, channels.find(database, "linkedin"), 1800, now=NOW)
    logged(database, "linkedin", 0, 30)
    logged(database, "x", 10, 10)  # at the same time as LinkedIn: once in the day
    logged(database, "work", 60, 30)
    sessions.check(database, "x", NOW - 3000, ZONE, None, now=NOW)
    budget = budget_state(Workspace(database, Settings(daily_budget=3600, check_limit=9), ZONE, now=NOW), "linkedin")
    assert (budget.channel_seconds, budget.channel_budget, budget.channel_over) == (1800, 1800, True)
    assert (budget.seconds, budget.budget, budget.day_over, budget.over) == (1815, 3600, False, True)
    assert (budget.checks, budget.check_limit) == (1, 9)


@pytest.mark.parametrize("channel", ["work", "call", "whatsapp"])
def test_only_social_channels_go_over_a_budget(database: Database, channel: str) -> None:
    logged(database, "linkedin", 0, 30)
    assert not budget_state(Workspace(database, Settings(daily_budget=60), ZONE, now=NOW), channel).over


def test_without_a_budget_nothing_is_over(database: Database) -> None:
    logged(database, "linkedin", 0, 300)
    assert not budget_state(Workspace(database, Settings(), ZONE, now=NOW), "linkedin").over
