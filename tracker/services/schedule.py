"""Let the system run `tracker import --all --scheduled`: a systemd user timer, a launchd job or a Windows task.

Formats: systemd.timer(5), systemd.service(5), launchd.plist(5), and `schtasks /Create`.
"""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.errors import TrackerError
from tracker.files import file_access
from tracker.files.file_access import say_os_error
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Sequence

#: How often, in minutes.
INTERVAL_MINUTES = 15

#: What the job is called by the system.
JOB_NAME = "tracker-import"


class Job(NamedTuple):
    """A job for the system: the `files` to write (path, content), and the commands that begin and end it."""

    files: tuple[tuple[str, str], ...]
    begin: tuple[tuple[str, ...], ...]
    end: tuple[tuple[str, ...], ...]


def import_command(db: str, config: str) -> list[str]:
    """The command that imports what is new into a data file, by a settings file."""
    files = ("--db", os.path.abspath(db), "--config", os.path.abspath(config))
    return [sys.executable, "-m", "tracker", *files, "import", "--all", "--scheduled"]


def job(command: Sequence[str], platform: str = sys.platform) -> Job:
    """The job of this system that runs `command` every INTERVAL_MINUTES, and a little after somebody has logged in."""
    if platform == "win32":
        return _windows(command)
    if platform == "darwin":
        return _launchd(command)
    return _systemd(command)


def install(job: Job) -> None:
    """Write the job's files and begin it.

    Raises TrackerError where a file cannot be written or the system does not begin the job; the files are then as they
    were before.
    """
    before = [(path, _read(path)) for path, _content in job.files]
    try:
        for path, content in job.files:
            _write(path, content)
        if refused := _run(job.begin):
            raise TrackerError(_("the job was not started, nothing is installed: {reason}").format(reason=refused))
    except TrackerError:
        for path, content_before in before:
            if content_before is not None:
                _write(path, content_before)
            else:
                _delete(path)
        raise


def remove(job: Job) -> None:
    """End the job and delete its files.

    Raises TrackerError where the system does not end the job (its files are kept), or a file cannot be deleted.
    """
    if refused := _run(job.end):
        raise TrackerError(_("the job was not stopped, nothing is removed: {reason}").format(reason=refused))
    for path, _content in job.files:
        _delete(path)


def _read(path: str) -> str | None:
    """The content of a file, None where there is none."""
    try:
        return file_access.read_text(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise TrackerError(_("cannot read {path}: {reason}").format(path=path, reason=say_os_error(error))) from None


def _write(path: str, content: str) -> None:
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with file_access.atomic_replace(path) as file:
            file.write(content)
    except OSError as error:
        raise TrackerError(_("cannot write {path}: {reason}").format(path=path, reason=say_os_error(error))) from None


def _delete(path: str) -> None:
    try:
        file_access.remove(path)
    except OSError as error:
        raise TrackerError(_("cannot delete {path}: {reason}").format(path=path, reason=say_os_error(error))) from None


def is_installed(job: Job) -> bool:
    """Whether all files of the job are there; of a Windows task, which has none, whether the system knows it."""
    if not job.files:
        return not _run((("schtasks", "/Query", "/TN", JOB_NAME),))
    return all(os.path.exists(path) for path, _content in job.files)


def counts_as_typed(job: Job) -> bool:
    """Whether the installed job is that of version 0.3: without `--scheduled`, so that each of its imports is a change
    of the user's own, which undo takes back first."""
    if not is_installed(job):
        return False
    try:
        if job.files:
            texts = [file_access.read_bytes(path) for path, _content in job.files]
        else:
            query = ("schtasks", "/Query", "/TN", JOB_NAME, "/XML")
            texts = [
                subprocess.run(query, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=True).stdout
            ]
    except (OSError, subprocess.SubprocessError):
        return False
    return not any(b"--scheduled" in text.replace(b"\0", b"") for text in texts)  # `/XML` may be UTF-16


def _run(commands: Sequence[Sequence[str]]) -> str:
    """Run commands until one fails; returns what that one said, in one line."""
    for command in commands:
        if shutil.which(command[0]) is None:
            return _("there is no {command} here").format(command=command[0])
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",  # Windows may answer in another encoding than that of the locale
                timeout=30,
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as error:
            return f"{command[0]}: {error}"
        if done.returncode:
            lines = (done.stderr or done.stdout).strip().splitlines()
            return f"{command[0]}: {lines[0] if lines else done.returncode}"
    return ""


def _systemd(command: Sequence[str]) -> Job:
    config = os.environ.get("XDG_CONFIG_HOME", "")
    folder = os.path.join(config if os.path.isabs(config) else os.path.expanduser("~/.config"), "systemd", "user")
    service = (
        "[Unit]\nDescription=tracker: import what is new\n\n"
        f"[Service]\nType=oneshot\nExecStart={' '.join(map(_systemd_word, command))}\n"
    )
    timer = (
        "[Unit]\nDescription=tracker: import what is new\n\n"
        f"[Timer]\nOnStartupSec=2min\nOnUnitActiveSec={INTERVAL_MINUTES}min\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    units, control = f"{JOB_NAME}.timer", ("systemctl", "--user")
    return Job(
        ((os.path.join(folder, f"{JOB_NAME}.service"), service), (os.path.join(folder, units), timer)),
        ((*control, "daemon-reload"), (*control, "enable", "--now", units)),
        ((*control, "disable", "--now", units),),
    )


def _systemd_word(word: str) -> str:
    """A word of ExecStart: quoted, with what systemd would replace doubled."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$").replace("\n", "\\n")
    return f'"{escaped}"'


def _launchd(command: Sequence[str]) -> Job:
    path = os.path.expanduser(f"~/Library/LaunchAgents/{JOB_NAME}.plist")
    content = {
        "Label": JOB_NAME,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "StartInterval": INTERVAL_MINUTES * 60,
        "ProcessType": "Background",
    }
    return Job(
        ((path, plistlib.dumps(content).decode()),),
        (("launchctl", "load", "-w", path),),
        (("launchctl", "unload", "-w", path),),
    )


def _windows(command: Sequence[str]) -> Job:
    run = subprocess.list2cmdline(command)
    create = ("schtasks", "/Create", "/F", "/TN", JOB_NAME, "/SC", "MINUTE", "/MO", str(INTERVAL_MINUTES), "/TR", run)
    return Job((), (create,), (("schtasks", "/Delete", "/F", "/TN", JOB_NAME),))
