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

#: In seconds.
TIME_LIMIT = 5.0

#: The endings of the names of programs, where the system needs one.
_ENDINGS = (".exe", ".bat", ".cmd") if os.name == "nt" else ("",)

_running: list[threading.Thread] = []
_processes: list[subprocess.Popen[bytes]] = []
_failures: list[str] = []


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
    """Wait until every hook has ended, at most TIME_LIMIT each.

    Who does not want to wait and presses Ctrl-C ends the hook.
    """
    try:
        for thread in _running:
            thread.join()
    except KeyboardInterrupt:
        for process in _processes:
            _kill(process)
        raise
    _running.clear()


def failures() -> list[str]:
    """A line for each hook that has failed since this was asked last."""
    failed = list(_failures)
    del _failures[: len(failed)]  # a hook that fails meanwhile is told the next time
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

        _running[:] = [thread for thread in _running if thread.is_alive()]
        before = _running[-1] if _running else None
        thread = threading.Thread(target=_run, args=(path, content, environment, before), daemon=True)
        thread.start()
        _running.append(thread)

    workspace.database.when_committed(begin)


def _run(path: str, content: bytes, environment: dict[str, str], before: threading.Thread | None) -> None:
    """Run a hook to its end, or until its time is over, once the hook `before` it has ended."""
    import subprocess

    if before:
        before.join()

    reason = ""
    try:
        nothing = subprocess.DEVNULL
        with subprocess.Popen(
            [path], stdin=subprocess.PIPE, stdout=nothing, stderr=nothing, env=environment, start_new_session=True
        ) as process:
            _processes[:] = [process]
            try:
                process.communicate(content, timeout=TIME_LIMIT)
                if process.returncode:
                    reason = _("it ended with {code}").format(code=process.returncode)
            except subprocess.TimeoutExpired:
                _kill(process)
                reason = _("it took longer than {seconds} s").format(seconds=f"{TIME_LIMIT:g}")
    except OSError as error:
        reason = say_os_error(error)
    _processes.clear()
    if reason:
        _failures.append(_("the hook {name} did not work: {reason}").format(name=os.path.basename(path), reason=reason))


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
