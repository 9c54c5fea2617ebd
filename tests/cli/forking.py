"""Commands in processes of their own that need not start Python: one process imports the program, and forks for each.

What a command does to its process (environment, folder, clock, garbage, exit code) is as far from the test's as ever;
only the quarter of a second of starting and importing is spent once. `python -m tests.cli.forking` reads requests from
standard input, one JSON object a line, and answers each with the exit code.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from select import select
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


class Forking:
    """The process that forks; started with the first command. What commands say is left in files in `said`."""

    def __init__(self, said: Path) -> None:
        self._out, self._err = said / "out", said / "err"
        self._server: subprocess.Popen[bytes] | None = None
        self._asked = False

    def begin(self) -> None:
        """A new file of tests: its first command starts Python."""
        self._asked = False

    def first(self) -> bool:
        """Whether no command was asked for since `begin`."""
        asked, self._asked = self._asked, True
        return not asked

    def run(self, words: list[str], env: dict[str, str], folder: Path) -> tuple[bytes, bytes, int]:
        """Standard output, standard error and exit code of `tracker WORDS`."""
        if self._server is None:
            self._server = self._start(env)
        assert self._server.stdin
        assert self._server.stdout
        request = {"words": words, "env": env, "folder": str(folder), "out": str(self._out), "err": str(self._err)}
        self._server.stdin.write(json.dumps(request).encode() + b"\n")
        self._server.stdin.flush()
        assert select([self._server.stdout], [], [], 60)[0], f"{words} does not end"
        code = int(self._server.stdout.readline())
        return self._out.read_bytes(), self._err.read_bytes(), code

    def close(self) -> None:
        """End the process that forks."""
        if self._server:
            self._server.communicate()

    def _start(self, env: dict[str, str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.cli.forking"],
            env=env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )


def serve() -> dict[str, Any] | None:
    """Fork for each request and answer when it is done. Returns the request in the fork, None at the end."""
    for line in sys.stdin.buffer:
        request: dict[str, Any] = json.loads(line)
        child = os.fork()
        if not child:
            return request
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.write(1, b"%d\n" % code)
    return None


def become(request: dict[str, Any]) -> None:
    """Be the process that was asked for."""
    for number, path, flags in ((0, os.devnull, os.O_RDONLY), (1, request["out"], None), (2, request["err"], None)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC if flags is None else flags, 0o600)
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    os.chdir(request["folder"])
    sys.argv = ["tracker", *request["words"]]


def main() -> None:
    """Import what commands import, then fork on request; in a fork, run the command."""
    import tracker
    from tracker import cli

    for module in walk_packages(tracker.__path__, "tracker."):
        if not module.name.startswith(("tracker.tui", "tracker.demo", "tracker.__main__")):
            import_module(module.name)
    for name in ("arrow", "babel.dates", "babel.numbers", "sqlite_utils"):
        import_module(name)
    gc.freeze()
    request = serve()
    if request is None:
        return
    become(request)
    code = cli.main()
    # Taking down every module that was imported would take longer than most commands.
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
