from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tracker.calendar import clock


@pytest.fixture(autouse=True)
def _thawed() -> object:
    yield
    clock.freeze(None)


def test_the_clock_runs_in_whole_seconds() -> None:
    before = int(time.time())
    assert before <= clock.now() <= time.time()


def test_a_frozen_clock_stands_until_it_is_let_go() -> None:
    clock.freeze(1795443120)
    assert clock.now() == 1795443120
    clock.freeze(None)
    assert clock.now() != 1795443120


@pytest.mark.parametrize(
    ("tz", "zone"),
    [
        ("America/Montreal", "America/Montreal"),
        (":Europe/Paris", "Europe/Paris"),
        ("", "UTC"),
        ("UTC", "UTC"),
    ],
)
def test_the_zone_is_the_one_of_the_environment(tz: str, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", tz)
    assert clock.local_zone() == zone


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any zone, whose files the tests add."""
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(clock, "LINK", os.fspath(tmp_path / "localtime"))
    monkeypatch.setattr(clock, "NAME_FILE", os.fspath(tmp_path / "timezone"))
    return tmp_path


def link(machine: Path, name: str) -> None:
    file = machine / "share" / "zoneinfo" / name
    file.parent.mkdir(parents=True)
    file.touch()
    (machine / "localtime").symlink_to(file)


def test_without_tz_the_zone_is_what_the_machine_links_to(machine: Path) -> None:
    link(machine, "Australia/Lord_Howe")
    assert clock.local_zone() == "Australia/Lord_Howe"


@pytest.mark.parametrize("tz", ["CET-1CEST,M3.5.0,M10.5.0/3", "Mars/Olympus", "../etc/passwd", "Europe"])
def test_a_tz_that_names_no_zone_is_passed_over(tz: str, machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link(machine, "Asia/Kathmandu")
    monkeypatch.setenv("TZ", tz)
    assert clock.local_zone() == "Asia/Kathmandu"


def test_a_tz_may_be_the_path_of_a_zone_file(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link(machine, "Asia/Kathmandu")
    monkeypatch.setenv("TZ", f":{machine}/localtime")
    assert clock.local_zone() == "Asia/Kathmandu"


def test_without_a_link_the_zone_is_in_the_name_file(machine: Path) -> None:
    (machine / "localtime").touch()
    (machine / "timezone").write_text("Pacific/Apia\n")
    assert clock.local_zone() == "Pacific/Apia"


@pytest.mark.parametrize("text", ["", "Mars/Olympus\n", "Zürich\n"])
def test_a_machine_that_says_nothing_useful_is_in_utc(text: str, machine: Path) -> None:
    (machine / "timezone").write_text(text, encoding="utf-8")
    assert clock.local_zone() == "UTC"
