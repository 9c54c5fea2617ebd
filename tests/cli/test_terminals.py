"""Terminals, pipes and encodings: what is written is only ever text, and only what the reader can take."""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Tracker
from tests.conftest import HANGS_AFTER


def on_a_terminal(tracker: Tracker, line: str, **env: str) -> str:
    """What a command shows on a real (pseudo) terminal."""
    primary, secondary = pty.openpty()
    child = subprocess.Popen(
        tracker.command(line),
        env=tracker.environment() | {"TERM": "xterm-256color", "COLUMNS": "80"} | env,
        stdin=secondary,
        stdout=secondary,
        stderr=secondary,
    )
    os.close(secondary)
    shown = b""
    try:
        while chunk := os.read(primary, 4096):
            shown += chunk
    except OSError:  # Linux: the other side is closed
        pass
    os.close(primary)
    child.wait(timeout=HANGS_AFTER)
    return shown.decode(errors="replace")


def test_bars_are_drawn_on_a_terminal_only(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:25")
    assert "█" in on_a_terminal(tracker, "week")
    assert "█" not in tracker.run("week").out
    assert "█" not in on_a_terminal(tracker, "week", TERM="dumb")
    assert "█" not in on_a_terminal(tracker, "week", PYTHONIOENCODING="latin-1")


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_command_writes_an_escape_sequence(tracker: Tracker, env: dict[str, str]) -> None:
    tracker.run("log linkedin 14:00-14:25")
    for line in ("day", "week", "--help"):
        assert "\x1b" not in on_a_terminal(tracker, line, **env)


def test_a_note_cannot_steer_the_terminal(tracker: Tracker) -> None:
    connection_note = "\x1b[31mred\x1b]0;title\x07\r\nnext\u202e"
    tracker.run(["check", "linkedin", connection_note])
    tracker.run(["day", "--note", connection_note])
    import sqlite3

    connection = sqlite3.connect(tracker.db)
    with connection:
        connection.execute("UPDATE session SET note = ?", (connection_note,))
    connection.close()
    for line in ("day", "history", "week"):
        said = tracker.run(line).out
        assert all(sign not in said for sign in "\x1b\x07\r\u202e"), line
    assert tracker.sessions()[0]["note"] == connection_note


def test_long_and_wide_notes_are_cut_to_the_terminal(tracker: Tracker) -> None:
    tracker.run(["check", "linkedin", "漢字" * 60])
    from tracker.formatting.plain_text import cell_width

    for columns in ("50", "80", "200"):
        lines = tracker.run("day", env={"COLUMNS": columns}).out.splitlines()
        assert max(map(cell_width, lines)) <= int(columns)
        assert any(line.endswith("…") for line in lines) or columns == "200"


def test_a_reader_that_has_seen_enough_is_no_error(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:25")
    child = subprocess.Popen(
        tracker.command("week --json"), env=tracker.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout
    assert child.stderr
    child.stdout.close()
    assert child.wait(timeout=HANGS_AFTER) == 0
    assert child.stderr.read() == b""
    child.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_stdout_is_said_in_one_line(tracker: Tracker) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            tracker.command("day --json"),
            env=tracker.environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("tracker: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("env", [{"LANG": "C"}, {"LC_ALL": "POSIX"}, {"PYTHONIOENCODING": "ascii"}])
def test_a_terminal_that_lacks_letters_still_gets_its_text(tracker: Tracker, env: dict[str, str]) -> None:
    tracker.run(["log", "linkedin 14:00-14:25 été 漢字"])
    for line in ("day", "week", "status", "day --json"):
        result = tracker.started(line, env=env)
        assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize("line", ["check x", "status --json", "week", "export json", "review --md -", "nonsense", ""])
def test_closed_streams_are_no_reason_to_break(tracker: Tracker, line: str) -> None:
    command = shlex.join(tracker.command(line))
    done = subprocess.run(
        ["sh", "-c", f"{command} >&-"], env=tracker.environment(), stderr=subprocess.PIPE, text=True, check=False
    )
    assert done.returncode == (2 if line == "nonsense" else 0)
    assert done.stderr.count("\n") <= 1
    assert "unexpected" not in done.stderr
    silent = subprocess.run(["sh", "-c", f"{command} >&- 2>&- <&-"], env=tracker.environment(), check=False)
    assert silent.returncode == done.returncode


def test_ctrl_c_while_the_program_is_loaded_ends_it_without_a_traceback() -> None:
    code = """
import builtins, sys
load = builtins.__import__
def interrupted(name, *rest, **more):
    if name == "tracker.cli":
        raise KeyboardInterrupt
    return load(name, *rest, **more)
builtins.__import__ = interrupted
from tracker.__main__ import main
sys.exit(main())
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=HANGS_AFTER, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")
