"""The terminal that is written to: its width, whether it shows blocks, and when it is gone; and standard input."""

from __future__ import annotations

import os
import sys

from tracker.domain.errors import TrackerError
from tracker.locale import _

#: Standard input may have no end. So many bytes are many times what any text or any evening's log may have.
MOST_TYPED = 4 << 20


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


def read_stdin() -> str:
    """The text of standard input, without the mark that editors on Windows put before it (BOM).

    Bytes that are no UTF-8 come as lone surrogates, which every field refuses. Raises TrackerError where standard input
    is closed, or holds more than MOST_TYPED.
    """
    said = _("cannot read standard input: {reason}")
    if not sys.stdin:
        raise TrackerError(said.format(reason=_("it is closed")))
    content = sys.stdin.buffer.read(MOST_TYPED + 1)
    if len(content) > MOST_TYPED:
        raise TrackerError(said.format(reason=_("it is larger than {n} MiB").format(n=MOST_TYPED >> 20)))
    return content.decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def silence_stdout() -> None:
    """Redirect stdout to nothing, because its reader is gone: the interpreter would write to it again on exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return
