"""Hooks: programs of the user's that run after something was recorded, with the record as JSON on their stdin.

They are executable files in the folder `hooks` beside the settings file: `on-start`, `on-stop`, `on-check` and
`on-review`. A hook runs once its record is on the disk, and never changes what was recorded: its output is thrown away,
one that fails is named in a warning, and one that takes longer than TIME_LIMIT is killed. A hook may run `tracker`,
which runs no hook where TRACKER_HOOK is set: else a hook could run itself without an end. The daily commands import
this module, so what is heavy is imported only where a hook exists.
"""

from __future__ import annotations

import os

from tracker.files.file_access import say_os_error
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    import subprocess
    import threading
    from typing import Any

    from tracker.domain.models import Session
    from tracker.workspace import Workspace

#: How long a hook may run, in seconds.
TIME_LIMIT = 5.0

#: The endings of the names of programs, where the system needs one.
_ENDINGS = (".exe", ".bat", ".cmd") if os.name == "nt" else ("",)

#: A lock for each hook that has not ended, which is released when it has. (A thread whose `join` Ctrl-C has cut short
#: counts as ended in Python 3.11, also while it runs.)
_running: list[threading.Lock] = []
_processes: list[subprocess.Popen[bytes]] = []
_failures: list[str] = []

#: Not empty while `end` is at work: a hook whose process is being made is not among the processes yet.
_stopped: list[bool] = []


def announce_session(workspace: Workspace, event: str, session: Session) -> None:
    """Run the hook of `start`, `stop` or `check`, with the session as the JSON export has it."""
    path = _find(workspace, event)
    if path:
        from tracker.formatting.serialize import session_row

        _announce(workspace, path, event, session_row(session))


def announce_review(workspace: Workspace, record: dict[str, Any]) -> None:
    """Run the hook of a written review, with the review as the JSON export has it."""
    path = _find(workspace, "review")
    if path:
        _announce(workspace, path, "review", record)


def wait() -> None:
    """Wait until every hook has ended, at most TIME_LIMIT each."""
    for ended in _running:
        with ended:
            pass
    _running.clear()


def end() -> None:
    """Kill the hook that runs; one that has not begun does not begin."""
    _stopped.append(True)
    for process in _processes:
        _kill(process)
    wait()
    _stopped.clear()


def failures() -> list[str]:
    """A line for each hook that has failed since this was asked last."""
    failed = list(_failures)
    del _failures[: len(failed)]  # a hook that fails meanwhile is named the next time
    return failed


def _find(workspace: Workspace, event: str) -> str | None:
    """The path of a hook that exists and can be run."""
    if workspace.config is None or "TRACKER_HOOK" in os.environ:
        return None
    folder = os.path.join(os.path.dirname(os.path.abspath(workspace.config)), "hooks")
    paths = (os.path.join(folder, f"on-{event}{ending}") for ending in _ENDINGS)
    return next((path for path in paths if os.path.isfile(path) and os.access(path, os.X_OK)), None)


def _announce(workspace: Workspace, path: str, event: str, record: dict[str, Any]) -> None:
    from tracker.domain.text import as_json

    content = (as_json({"event": event} | record) + "\n").encode()
    files = {"TRACKER_DB": workspace.database.file.path, "TRACKER_CONFIG": workspace.config or ""}
    environment = os.environ | files | {"TRACKER_HOOK": event}

    def begin() -> None:
        import threading

        _running[:] = [ended for ended in _running if ended.locked()]
        before, ended = _running[-1:], threading.Lock()
        ended.acquire()
        threading.Thread(target=_run, args=(path, content, environment, before, ended), daemon=True).start()
        _running.append(ended)

    workspace.database.when_committed(begin)


def _run(
    path: str, content: bytes, environment: dict[str, str], before: list[threading.Lock], ended: threading.Lock
) -> None:
    """Run a hook once the one `before` it has ended, then release the lock `ended`."""
    for other in before:
        with other:
            pass
    try:
        if not _stopped and (reason := _call(path, content, environment)):
            message = _("the hook {name} did not work: {reason}")
            _failures.append(message.format(name=os.path.basename(path), reason=reason))
    finally:
        _processes.clear()
        ended.release()


def _call(path: str, content: bytes, environment: dict[str, str]) -> str:
    """Run a program to its end, or until its time is over; returns why it did not work, empty if it did."""
    import subprocess

    nothing = subprocess.DEVNULL
    try:
        with subprocess.Popen(
            [path], stdin=subprocess.PIPE, stdout=nothing, stderr=nothing, env=environment, start_new_session=True
        ) as process:
            _processes[:] = [process]
            if _stopped:
                _kill(process)
            try:
                process.communicate(content, timeout=TIME_LIMIT)
            except subprocess.TimeoutExpired:
                _kill(process)
                return _("it took longer than {seconds} s").format(seconds=f"{TIME_LIMIT:g}")
    except OSError as error:
        return say_os_error(error)
    return _("it ended with {code}").format(code=process.returncode) if process.returncode else ""


def _kill(process: Any) -> None:
    """Kill a program together with those that it has started, where the system groups them."""
    import signal

    try:
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except OSError:
        process.kill()
