"""The terminal that is written to: its width, whether it shows blocks, and when it is gone."""

from __future__ import annotations

import os
import sys


def columns() -> int:
    """How many columns there are to write in: `COLUMNS`, else the terminal's, else 80."""
    variable = os.environ.get("COLUMNS", "")
    if variable.isdecimal() and len(variable) < 10 and int(variable):
        return int(variable)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (OSError, ValueError, AttributeError):
        return 80


def draws_blocks() -> bool:
    """Whether blocks can be drawn: a terminal that is not dumb and speaks UTF-8."""
    return (
        bool(sys.stdout and sys.stdout.isatty())
        and os.environ.get("TERM") != "dumb"
        and (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    )


def silence_stdout() -> None:
    """Redirect stdout to nothing, because its reader is gone: the interpreter would write to it again on exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return
