"""End the program when its terminal is gone.

A terminal that is closed sends SIGHUP, but only to the processes that it controls. Whoever it does not reach would go
on without a screen, and the input thread of Textual would read the end of the input again and again, which takes a
quarter of a core.

"""

from __future__ import annotations

import os
import signal
import sys


class TerminalWatch:
    """Looks whether the terminal that standard input was at the start is still there."""

    def __init__(self) -> None:
        stream = sys.__stdin__
        at_terminal = stream is not None and not stream.closed and stream.isatty()
        self._descriptor = stream.fileno() if stream is not None and at_terminal else None

    def end_if_gone(self) -> None:
        """End the process as SIGHUP ends it: nothing can be drawn or asked any more, and what was recorded is saved."""
        hang_up = getattr(signal, "SIGHUP", None)  # Windows has none, and ends the programs of a console itself
        if hang_up is not None and self._descriptor is not None and not os.isatty(self._descriptor):
            signal.signal(hang_up, signal.SIG_DFL)
            signal.raise_signal(hang_up)
