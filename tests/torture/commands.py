"""Commands that are real processes and yet cost little: a server that has imported the program and forks itself.

`Terminal` is one terminal: it runs one command line after the other, each in a process of its own with its own locks,
exit code and output; only the start of the interpreter is saved. The server itself never opens the log.
"""

from __future__ import annotations

import json
import os
import pkgutil
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent

#: After so many seconds a command is killed, and has failed.
PATIENCE = 120.0


class Ended(NamedTuple):
    """How a command ended: its exit code (negative after a signal) and what it said."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str

    def __str__(self) -> str:
        return f"tracker {' '.join(self.words)} → {self.code} {self.out.strip()[-300:]!r} {self.err.strip()[-300:]!r}"


class Terminal:
    """A command line; `run` waits for the end, `start` and `end` do not, so that several can be at work at once."""

    def __init__(self, env: dict[str, str], cwd: Path) -> None:
        self._ours, theirs = socket.socketpair()
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.commands", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=env | {"PYTHONPATH": str(ROOT)},
            cwd=cwd,
            stdin=subprocess.DEVNULL,
        )
        theirs.close()
        self._ours.settimeout(PATIENCE)
        self._from = self._ours.makefile("rb")
        self._words: tuple[str, ...] = ()
        #: The process of the command that runs.
        self.pid = 0

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def server(self) -> int:
        """The process that forks the commands: whoever traces it traces them too."""
        return self._server.pid

    def fileno(self) -> int:
        """Readable once the command that was started has ended."""
        return self._ours.fileno()

    def run(self, *words: str, **how: Any) -> Ended:
        """Run one command to its end; `how` as for `start`."""
        self.start(*words, **how)
        return self.end()

    def start(
        self,
        *words: str,
        env: dict[str, str] | None = None,
        largest: int | None = None,
        signal_at: tuple[int, str] | None = None,
    ) -> int:
        """Start one command, with a few variables changed or no file growing past `largest` bytes; its process.

        `signal_at` is a signal that it gets, and the function (with its module) that it is about to call then.
        """
        self._words = words
        request = {"words": words, "env": env or {}, "largest": largest, "signal_at": signal_at}
        self._ours.sendall(json.dumps(request).encode() + b"\n")
        self.pid = int(self._answer()["pid"])
        # Only now may the end be told: of two lines at once the second would lie in a buffer, and `select` not see it.
        self._ours.sendall(b"!")
        return self.pid

    def end(self) -> Ended:
        """Wait for the end of the command that was started."""
        answer = self._answer()
        self.pid = 0
        return Ended(self._words, answer["code"], answer["out"], answer["err"])

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the command that runs. It stays the server's child until `end`, so its id is its own."""
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return  # it has just ended

    def close(self) -> None:
        """End the server."""
        self._from.close()
        self._ours.close()
        try:
            self._server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def _answer(self) -> Any:
        line = self._from.readline()
        if not line:
            raise EOFError("the server of the commands has ended")
        return json.loads(line)


def traced(process: int) -> bool:
    """Whether somebody traces a process."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("TracerPid:"):
            return line.split()[1] != "0"
    return False


def _serve(fd: int) -> None:
    """Fork a command for each line that is asked for, until nobody asks any more.

    Speaks by sendto and recvfrom, so that a fault injected into what writes files meets the commands alone.
    """
    with socket.socket(fileno=fd) as line:
        asked = b""
        while True:
            while b"\n" not in asked:
                got = line.recv(65536)
                if not got:
                    return
                asked += got
            request, _newline, asked = asked.partition(b"\n")
            _one(line, json.loads(request))


def _one(line: socket.socket, request: dict[str, Any]) -> None:
    (out, out_end), (err, err_end) = os.pipe(), os.pipe()
    pid = os.fork()
    if not pid:
        line.close()
        _command(request, out_end, err_end)
    os.close(out_end)
    os.close(err_end)
    line.sendall(json.dumps({"pid": pid}).encode() + b"\n")
    line.recv(1)
    said = _read(out, err)
    _pid, status = os.waitpid(pid, 0)
    answer = {"code": os.waitstatus_to_exitcode(status), "out": said[out], "err": said[err]}
    line.sendall(json.dumps(answer).encode() + b"\n")


def _read(*ends: int) -> dict[int, str]:
    """All that is written into some pipes, until nobody has them open for writing."""
    said = dict.fromkeys(ends, b"")
    open_ends = set(ends)
    while open_ends:
        for end in select.select(open_ends, (), ())[0]:
            part = os.read(end, 65536)
            said[end] += part
            if not part:
                os.close(end)
                open_ends.remove(end)
    return {end: text.decode(errors="replace") for end, text in said.items()}


def _command(request: dict[str, Any], out: int, err: int) -> None:
    """In the child: the words as `tracker` gets them, and no way back into the server."""
    code = 70
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.environ.update(request["env"])
        if "TZ" in request["env"]:
            time.tzset()
        if request["largest"] is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (request["largest"], request["largest"]))
        if request["signal_at"] is not None:
            _signal_at(*request["signal_at"])
        from tracker.cli import main

        sys.argv = ["tracker", *request["words"]]
        code = main()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _signal_at(number: int, place: str) -> None:
    """Have this process get a signal where it is about to call a function, under whatever modules know it."""
    module, _dot, name = place.rpartition(".")
    real = getattr(import_module(module), name)

    def called(*values: Any, **named: Any) -> Any:
        os.kill(os.getpid(), number)
        return real(*values, **named)

    for known in list(sys.modules.values()):
        if getattr(known, name, None) is real:
            setattr(known, name, called)


def _import_everything() -> None:
    """All that a command may import, so that none of them has to."""
    import tracker.cli
    import tracker.exporters
    import tracker.importers
    import tracker.reports
    import tracker.storage

    for package in (tracker.cli, tracker.importers, tracker.exporters, tracker.storage, tracker.reports):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)


def _allow_tracing() -> None:
    """Let strace attach where only a parent may (Yama)."""
    if sys.platform != "linux":
        return
    import ctypes

    pr_set_ptracer, anybody = 0x59616D61, ctypes.c_ulong(-1)
    ctypes.CDLL(None).prctl(pr_set_ptracer, anybody, 0, 0, 0)


if __name__ == "__main__":
    import gc

    _import_everything()
    _allow_tracing()
    gc.freeze()
    _serve(int(sys.argv[1]))
