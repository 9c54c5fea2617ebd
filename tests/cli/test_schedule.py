"""`tracker schedule`: the job that lets the system import what is new."""

from __future__ import annotations

import configparser
import json
import os
import plistlib
import sys
from typing import TYPE_CHECKING

import pytest

from tracker.services.source_imports import counts_as_typed, import_command, import_job

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Inside

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the commands are those of systemd")


@pytest.fixture
def system(inside: Inside) -> Inside:
    """A machine whose `systemctl` notes what it is asked."""
    folder = inside.folder / "bin"
    folder.mkdir()
    (folder / "systemctl").write_text(f'#!/bin/sh\necho "$@" >> "{inside.folder}/asked"\n')
    (folder / "systemctl").chmod(0o755)
    inside.env["PATH"] = f"{folder}:{inside.env['PATH']}"
    inside.config.write_text('sources = "chrome"\n')
    return inside


def units(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / ".config" / "systemd" / "user").glob("*"))


def test_it_is_printed_and_nothing_is_installed(system: Inside) -> None:
    said = system.run("schedule")
    assert said.code == 0
    assert "[Timer]" in said.out
    assert "OnUnitActiveSec=15min" in said.out
    assert "systemctl --user enable --now tracker-import.timer" in said.out
    assert units(system.folder) == []
    assert not (system.folder / "asked").exists()
    assert system.run("schedule --json").json()["installed"] is False


def test_it_is_installed_and_removed_again(system: Inside) -> None:
    assert system.run("schedule --install").said() == "tracker imports what is new every 15 minutes"
    assert units(system.folder) == ["tracker-import.service", "tracker-import.timer"]
    read = configparser.ConfigParser(interpolation=None)
    read.read(system.folder / ".config" / "systemd" / "user" / "tracker-import.service")
    command = read["Service"]["ExecStart"]
    assert command.endswith(f'"--db" "{system.db}" "--config" "{system.config}" "import" "--all" "--scheduled"')
    assert system.run("schedule --json").json()["installed"] is True
    assert system.run("schedule --remove").said() == "the scheduled import is removed"
    assert units(system.folder) == []
    assert (system.folder / "asked").read_text().splitlines() == [
        "--user daemon-reload",
        "--user enable --now tracker-import.timer",
        "--user disable --now tracker-import.timer",
    ]
    assert system.run("schedule --remove").said() == "no scheduled import is installed"


def test_the_doctor_names_a_job_whose_imports_count_as_typed(system: Inside) -> None:
    """The job of version 0.3 had no `--scheduled`: each of its imports would be undone before the user's own change."""
    system.run("schedule --install").said()
    assert system.run("doctor").code == 0
    service = system.folder / ".config" / "systemd" / "user" / "tracker-import.service"
    service.write_text(service.read_text().replace(' "--scheduled"', ""))
    said = system.run("doctor --json")
    [problem] = json.loads(said.out)["problems"]
    assert problem.startswith("the scheduled import is that of version 0.3")
    system.run("schedule --install").said()
    assert system.run("doctor").code == 0


def refuse(system: Inside, verb: str) -> None:
    """Let `systemctl` refuse one of its verbs from now on."""
    (system.folder / "bin" / "systemctl").write_text(
        f'#!/bin/sh\ncase "$2" in {verb}) echo Failed to connect to bus >&2; exit 1;; esac\n'
    )


@pytest.mark.parametrize("verb", ["daemon-reload", "enable"])
def test_a_job_that_the_system_does_not_start_is_not_installed(system: Inside, verb: str) -> None:
    refuse(system, verb)
    line = "the job was not started, nothing is installed: systemctl: Failed to connect to bus"
    assert system.run("schedule --install").refused() == line
    assert system.run("schedule --install --json").refused() == line
    assert units(system.folder) == []


def test_a_job_that_cannot_be_renewed_is_kept_as_it_was(system: Inside) -> None:
    system.run("schedule --install").said()
    timer = system.folder / ".config" / "systemd" / "user" / "tracker-import.timer"
    timer.write_text("[Timer]\nOnUnitActiveSec=1h\n")
    refuse(system, "enable")
    system.run("schedule --install").refused()
    assert timer.read_text() == "[Timer]\nOnUnitActiveSec=1h\n"


def test_a_job_that_the_system_does_not_stop_is_not_called_removed(system: Inside) -> None:
    system.run("schedule --install").said()
    refuse(system, "disable")
    assert system.run("schedule --remove").refused() == (
        "the job was not stopped, nothing is removed: systemctl: Failed to connect to bus"
    )
    assert units(system.folder) == ["tracker-import.service", "tracker-import.timer"]


def test_without_sources_there_is_nothing_to_schedule(system: Inside) -> None:
    system.config.write_text("")
    assert system.run("schedule --install").refused().startswith("no sources are set")
    assert units(system.folder) == []
    system.run("schedule --install --remove").refused(2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_windows_task_is_read_in_the_encoding_it_comes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    (tmp_path / "schtasks").write_text(f'#!/bin/sh\nexec cat "{tmp_path}/task"\n')
    (tmp_path / "schtasks").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    for arguments, expected in (("import --all --scheduled", False), ("import --all", True)):
        (tmp_path / "task").write_text(f"<Arguments>{arguments}</Arguments>", encoding=encoding)
        assert counts_as_typed(import_job(["tracker"], "win32")) is expected


def test_what_systemd_would_replace_is_escaped() -> None:
    [(_path, service), _timer] = import_job(['/opt/50% "off"/python', "$HOME", "a\nb"], "linux").files
    assert 'ExecStart="/opt/50%% \\"off\\"/python" "$$HOME" "a\\nb"\n' in service


def test_the_jobs_of_the_other_systems(tmp_path: Path) -> None:
    command = import_command(str(tmp_path / "a b.db"), str(tmp_path / "s.toml"))
    [(path, content)] = import_job(command, "darwin").files
    assert path.endswith("/Library/LaunchAgents/tracker-import.plist")
    read = plistlib.loads(content.encode())
    assert (read["ProgramArguments"], read["StartInterval"]) == (command, 900)
    [create] = import_job(command, "win32").begin
    assert create[:2] == ("schtasks", "/Create")
    assert f'"{tmp_path / "a b.db"}"' in create[-1]
