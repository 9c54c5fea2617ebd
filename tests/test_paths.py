"""Where files lie: as platformdirs would have it, unless the environment says otherwise."""

from __future__ import annotations

import sys

import pytest

from tracker.files import file_access


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TRACKER_DB", "TRACKER_CONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("place", [None, "/srv/data", " ", ""])
def test_folders_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch, place: str | None) -> None:
    platformdirs = pytest.importorskip("platformdirs")
    if sys.platform != "linux":
        pytest.skip("measured on Linux")
    if place is not None:
        monkeypatch.setenv("XDG_DATA_HOME", place)
        monkeypatch.setenv("XDG_CONFIG_HOME", place)
    assert file_access.database_path() == f"{platformdirs.user_data_dir('tracker')}/tracker.db"
    assert file_access.settings_path() == f"{platformdirs.user_config_dir('tracker')}/settings.toml"


def test_a_relative_folder_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = file_access.database_path()
    monkeypatch.setenv("XDG_DATA_HOME", "relative/data")
    assert file_access.database_path() == usual


def test_the_environment_names_the_files_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_DB", "/tmp/other.db")
    monkeypatch.setenv("TRACKER_CONFIG", "/tmp/other.toml")
    assert (file_access.database_path(), file_access.settings_path()) == ("/tmp/other.db", "/tmp/other.toml")


def test_an_empty_name_is_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = file_access.database_path(), file_access.settings_path()
    monkeypatch.setenv("TRACKER_DB", "")
    monkeypatch.setenv("TRACKER_CONFIG", "")
    assert (file_access.database_path(), file_access.settings_path()) == usual
