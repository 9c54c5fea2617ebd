"""The real screens in a pseudo-terminal: keys go in, what is drawn comes out, and nothing is known but what the
system says of the process.

There are no sleeps for so long as it usually takes: after each key the driver reads what is drawn until the program
rests, which the system tells (every thread sleeps and none used the processor meanwhile).
"""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent.parent

#: What a terminal sends for the keys that are no character.
KEYS = {
    "space": " ",
    "enter": "\r",
    "escape": "\x1b[27u",  # as Kitty sends it: what a lone escape is the reader knows only a tenth of a second later
    "tab": "\t",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "home": "\x1b[H",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "f1": "\x1bOP",
    "slash": "/",
    "plus": "+",
    "comma": ",",
    "question_mark": "?",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}

#: A look at whether the program rests lasts so many seconds; longer than Textual waits between two frames.
LOOK = 0.025
#: So many looks in a row must find it at rest.
LOOKS = 2
#: After so many seconds a wait has failed.
PATIENCE = 60.0

_ESCAPES = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[PX^_].*?\x1b\\|[ -/]*[0-~])", re.DOTALL)


def typed(key: str) -> str:
    """What a terminal sends for a key of Textual's name; a text is typed as it is."""
    if key.startswith("ctrl+") and len(key) == 6:
        return chr(ord(key[5]) & 0x1F)
    return KEYS.get(key, key)


class Screens:
    """`python -m tracker` at a terminal of its own, over one file."""

    def __init__(self, arguments: list[str], env: dict[str, str], cwd: Path, size: tuple[int, int] = (120, 36)) -> None:
        self.master, slave = pty.openpty()
        width, height = size
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tracker", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=env | {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
            cwd=cwd,
            start_new_session=True,
        )
        os.close(slave)
        os.set_blocking(self.master, False)
        #: Everything that was drawn since the last key.
        self.drawn = b""
        #: The end of everything that was ever drawn: what is left on the terminal after a crash.
        self.tail = b""

    def __enter__(self) -> Screens:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        """The process of the screens."""
        return self.process.pid

    @property
    def text(self) -> str:
        """What was drawn since the last key, without colours and movements of the cursor."""
        return _ESCAPES.sub(b"", self.drawn).decode(errors="replace")

    def broken(self) -> list[str]:
        """The end of the traceback with which the screens ended, if they did."""
        if b"Traceback" not in self.tail:
            return []
        said = _ESCAPES.sub(b"", self.tail).decode(errors="replace")
        lines = [line.strip(" │╭╮╰╯─\r") for line in said.partition("Traceback")[2].splitlines()]
        return ["the screens break: " + " / ".join(line for line in lines if line and "=" not in line)[-1500:]]

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def started(self) -> None:
        """Wait for the first paint, and for all that follows it."""
        self.wait(lambda: b"\x1b[?1049h" in self.tail, "nothing was drawn")
        self.rest()

    def press(self, *keys: str) -> None:
        """Type the keys, and wait until all they set off is done."""
        self.send(*keys)
        self.rest()

    def send(self, *keys: str) -> None:
        """Type the keys and wait for nothing."""
        self.drawn = b""
        for key in keys:
            try:
                os.write(self.master, typed(key).encode())
            except OSError as error:
                if error.errno not in (errno.EIO, errno.EAGAIN):
                    raise
                return

    def read(self, seconds: float = 0.0) -> bool:
        """Take in what is drawn within so many seconds; returns whether anything was."""
        has_read, until = False, time.monotonic() + 1 + seconds
        while select.select([self.master], [], [], 0.0 if has_read else seconds)[0] and time.monotonic() < until:
            try:
                got = os.read(self.master, 65536)
            except BlockingIOError:
                break
            except OSError:  # the other end is closed: nobody draws any more
                return has_read
            if not got:
                return has_read
            has_read = True
            self.drawn += got
            self.tail = (self.tail + got)[-65536:]
        return has_read

    def rest(self) -> None:
        """Wait until the program rests: nothing is drawn, every thread sleeps, and none has used the processor."""
        until, calm, before = time.monotonic() + PATIENCE, 0, self._work()
        while calm < LOOKS:
            drawn = self.read(LOOK)
            if not self.alive:
                return
            now = self._work()
            calm = calm + 1 if not drawn and now is not None and now == before else 0
            before = now
            if time.monotonic() > until:
                raise AssertionError(f"the screens do not come to rest: {self.text[-500:]}")

    def wait(self, condition: object, otherwise: str) -> None:
        """Take in what is drawn until a condition holds; AssertionError with `otherwise` after too long."""
        assert callable(condition)
        until = time.monotonic() + PATIENCE
        while not condition():
            self.read(LOOK)
            if time.monotonic() > until or not self.alive:
                raise AssertionError(f"{otherwise}: {self.text[-500:]}")

    def _work(self) -> dict[str, str] | None:
        """What each thread has used of the processor so far; None while one of them is at work."""
        used = {}
        try:
            for task in Path(f"/proc/{self.pid}/task").iterdir():
                state = (task / "stat").read_text().rpartition(")")[2].split()[0]
                used[task.name] = (task / "schedstat").read_text().split()[0]
                if state not in "SZ":
                    return None
        except OSError:
            return None  # the thread or the process ended just now
        return used

    def quit(self) -> int:
        """Press `q`, from under whatever is open, and wait for the end; returns the exit code."""
        for _try in range(12):
            self.send("ctrl+q")
            self.rest()
            if not self.alive:
                break
            self.press("escape")
        return self.ended()

    def signal(self, number: int) -> int:
        """Send a signal, and wait for the end."""
        with suppress(ProcessLookupError):
            self.process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        """Wait for the end; returns the exit code, negative after a signal."""
        until = time.monotonic() + PATIENCE
        while self.alive:
            self.read(LOOK)
            if time.monotonic() > until:
                self.kill()
                raise AssertionError(f"the screens do not end: {self.text[-500:]}")
        self.read()
        return self.process.returncode

    def kill(self) -> None:
        """End it at once, whatever it does; the terminal is closed."""
        if self.alive:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        if self.master >= 0:
            os.close(self.master)
            self.master = -1
