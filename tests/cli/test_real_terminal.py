"""The screens on a real terminal: what was typed before them, the demo and the way back from it, and their end."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
from typing import TYPE_CHECKING

import pytest

from tests.conftest import HANGS_AFTER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Tracker

pytestmark = pytest.mark.slow

_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[PX^_].*?\x1b\\|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\_-])", re.S)


class Terminal:
    """The screens on a pseudo terminal of 120 × 36."""

    def __init__(self, tracker: Tracker, line: str = "", **environment: str) -> None:
        self._primary, secondary = pty.openpty()
        fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
        self.process = subprocess.Popen(
            tracker.command(line),
            env=tracker.environment() | {"TERM": "xterm-256color"} | environment,
            stdin=secondary,
            stdout=secondary,
            stderr=secondary,
            start_new_session=True,
        )
        os.close(secondary)

    def until(self, words: str) -> None:
        """Read until the screen has shown these words; fails where the program ends first, or says nothing more."""
        seen = b""
        while words not in _ESCAPES.sub(b"", seen).decode(errors="replace"):
            chunk = self._read()
            assert chunk, f"ended before “{words}”"
            seen += chunk

    def exit_code(self) -> int:
        """Read what is still written; the exit code of the program."""
        while self._read():
            pass
        return self.process.wait(timeout=HANGS_AFTER)

    def _read(self) -> bytes:
        """What is written next; nothing at the end."""
        assert select.select([self._primary], [], [], 60)[0], "nothing more is written"
        try:
            return os.read(self._primary, 65536)
        except OSError:  # the other side is closed
            return b""

    def press(self, key: str) -> None:
        """Press a key."""
        os.write(self._primary, key.encode())

    def disconnect(self) -> None:
        """Close the terminal, whose hang-up does not reach the program: it is not what controls it."""
        os.close(self._primary)
        self._primary = -1

    def close(self) -> None:
        """End the program, if it has not ended."""
        self.process.kill()
        self.process.wait()
        if self._primary >= 0:
            os.close(self._primary)


@pytest.fixture
def terminal(tracker: Tracker) -> Iterator[Terminal]:
    shown = Terminal(tracker)
    yield shown
    shown.close()


def test_quitting_the_demo_of_the_first_run_leads_back(terminal: Terminal, tracker: Tracker) -> None:
    terminal.until("See the demo")
    terminal.press("d")
    terminal.until("back to your own file")
    terminal.press("q")
    terminal.until("set up or import")
    terminal.press("q")
    assert terminal.exit_code() == 0
    assert tracker.sessions() == []


def test_a_line_typed_before_the_screens_are_there_is_recorded(tracker: Tracker) -> None:
    tracker.run("log linkedin 09:00-09:10")
    terminal = Terminal(tracker)
    try:
        terminal.press("/reddit 10:00-10:10\r")
        terminal.until("20m")  # of both; the terminal shows the line itself too
        assert [session["channel"] for session in tracker.sessions()] == ["linkedin", "reddit"]
    finally:
        terminal.close()


def test_the_screens_end_when_their_terminal_is_gone(terminal: Terminal) -> None:
    terminal.until("See the demo")
    terminal.disconnect()
    assert terminal.process.wait(timeout=HANGS_AFTER) == -signal.SIGHUP


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGTERM, None], ids=["hang up", "end", "gone without a word"])
def test_the_demo_leaves_nothing_when_its_terminal_is_closed(tracker: Tracker, how: signal.Signals | None) -> None:
    folder = tracker.folder / "temporary"
    folder.mkdir()
    terminal = Terminal(tracker, "demo", TMPDIR=str(folder))
    try:
        terminal.until("made-up")
        assert [path for path in folder.glob("tracker-demo-*/*") if path.name == "demo.db"]
        if how is None:
            terminal.disconnect()
        else:
            terminal.process.send_signal(how)
        assert terminal.process.wait(timeout=HANGS_AFTER) == -(how or signal.SIGHUP)
        assert not list(folder.glob("tracker-demo-*"))
    finally:
        terminal.close()
