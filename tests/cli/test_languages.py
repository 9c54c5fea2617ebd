"""French: the environment's or the setting's; JSON stays English."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


@pytest.mark.parametrize("env", [{"LANG": "fr_FR.UTF-8"}, {"LC_ALL": "fr_CA.UTF-8"}, {"LANGUAGE": "fr:en"}])
def test_the_environment_asks_for_french(inside: Inside, env: dict[str, str]) -> None:
    assert "lundi 23 novembre 2026" in inside.run("day", env=env).out


def test_the_setting_asks_for_french(tracker: Tracker) -> None:
    tracker.run("config language fr")
    assert tracker.run("day").out.startswith("lundi 23 novembre 2026")
    tracker.run("config language en")
    assert tracker.run("day", env={"LANG": "fr_FR.UTF-8"}).out.startswith("Monday")


def test_keys_and_states_of_json_stay_english(inside: Inside) -> None:
    env = {"LANG": "fr_FR.UTF-8"}
    inside.run("log linkedin create 14:00-14:25", env=env)
    assert inside.run("patterns --json", env=env).json()[0]["state"] == "not enough data"
    assert inside.run("week --json", env=env).json()["purposes"][0]["purpose"] == "make"


def test_french_fits_80_columns_too(inside: Inside) -> None:
    env = {"LANG": "fr_FR.UTF-8"}
    inside.run("log linkedin create 14:00-14:25 un carrousel pour Samia, qui en a bien besoin cette semaine", env=env)
    inside.run("check x --at 13:00", env=env)
    for line in ("day", "week", "patterns", "status", "channel", "config"):
        lines = inside.run(line, env=env).out.splitlines()
        assert all(len(line) <= 80 for line in lines if not line.startswith("/")), line


def test_an_error_in_french_is_one_line_too(inside: Inside) -> None:
    inside.run("start nulle-part", env={"LANG": "fr_FR.UTF-8"}).refused()
    inside.run("start --rien", env={"LANG": "fr_FR.UTF-8"}).refused(2)
