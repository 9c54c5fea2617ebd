"""Changing a setting, as a dialog or the command line does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.services.live_workspace import UncountedAmounts, change_setting, say_unused
from tracker.settings import Settings, load
from tracker.storage import outcomes
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.storage import Database


def test_another_currency_needs_a_yes_where_amounts_would_not_count_any_more(
    database: Database, tmp_path: Path
) -> None:
    path, workspace = str(tmp_path / "settings.toml"), Workspace(database, Settings(), "Europe/Paris", now=NOW)
    assert change_setting(path, "currency", "USD", lambda: workspace).currency == "USD"
    assert change_setting(path, "currency", "", lambda: workspace).currency == "EUR"
    outcomes.add(database, "income", NOW, "Europe/Paris", now=NOW, channel="call", amount=48_000, currency="EUR")
    with pytest.raises(UncountedAmounts, match="1 amount in EUR"):
        change_setting(path, "currency", "USD", lambda: workspace)
    assert load(path).currency == "EUR"
    changed = change_setting(path, "currency", "USD", lambda: workspace, confirmed=True)
    assert changed.currency == load(path).currency == "USD"


def test_any_other_setting_is_changed_without_a_look_into_the_log(tmp_path: Path) -> None:
    def no_log() -> Workspace:
        raise AssertionError

    path = str(tmp_path / "settings.toml")
    changed = change_setting(path, "hour_cost", "45 USD", no_log)
    assert say_unused(changed, "hour_cost") == ["not used while the currency is EUR"]
    assert change_setting(path, "daily_budget", "2h", no_log).daily_budget == 7200
