"""Several lines that are read as one: each is an entry, and all of them are kept or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import TrackerError
from tracker.locale import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    Read = TypeVar("Read")

#: What stands for the end of a line where only one line can be typed.
BREAK = "⏎"

#: How many wrong lines are explained; of more only the number is said.
MOST_EXPLAINED = 3


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something, without the space around them; one line is one even where it is empty."""
    lines = [line.strip() for line in text.replace(BREAK, "\n").split("\n")]
    return [line for line in lines if line] or [text]


def read_each(lines: Sequence[str], read: Callable[[str], Read]) -> list[Read]:
    """What `read` makes of each line. Raises TrackerError, naming every line that it refuses, where it refuses one."""
    found: list[Read] = []
    wrong: list[str] = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(read(line))
        except TrackerError as error:
            if len(lines) == 1:
                raise
            wrong.append(str(in_line(number, error)))
    if wrong:
        more = len(wrong) - MOST_EXPLAINED
        shown = _("; ").join(wrong[:MOST_EXPLAINED])
        if more > 0:
            shown += ngettext("; and {n} more line", "; and {n} more lines", more).format(n=more)
        raise TrackerError(shown)
    return found


def in_line(number: int, error: TrackerError) -> TrackerError:
    """The error with the number of the line it is about, from 1."""
    return TrackerError(_("line {n}: {why}").format(n=number, why=error), error.hint)
