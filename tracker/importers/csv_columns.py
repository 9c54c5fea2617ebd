"""Which columns of a CSV file are the start, the end, the channel …, where its header has other names.

The user says it once, as in `--columns start=Began,end=Ended,channel=App`. It is remembered for files with the same
header.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

#: The columns that a file can have. `date` is put before the times of `start` and `end`, `duration` stands for an end.
COLUMNS = (
    *("start", "end", "date", "duration", "channel", "activity", "note", "planned_seconds", "planned", "intention"),
    *("trigger", "person", "ring", "zone", "kind", "estimated", "override", "overrun"),
)


class ColumnNames:
    """The names that the user gave (ours to the file's), and where those of earlier files are remembered.

    `used` is what an import remembers: the name under which, and the names as the user gave them.
    """

    def __init__(
        self, given: Mapping[str, str] | None = None, recall: Callable[[str], str | None] = lambda _name: None
    ) -> None:
        self.given = given or {}
        self.recall = recall
        self.used: tuple[str, str] | None = None

    def indexes(self, header: Sequence[str], path: str) -> dict[str, int]:
        """The index of each of COLUMNS that a file with this header has.

        Raises TrackerError where it lacks a start, an end or a channel, or a column that the user named.
        """
        header = [name.strip().lower() for name in header]
        name = f"csv columns {chr(31).join(header)}"
        given = self.given or parse_columns(self.recall(name) or "")
        if self.given:
            self.used = name, ",".join(f"{ours}={theirs}" for ours, theirs in given.items())
        indexes = {ours: header.index(ours) for ours in COLUMNS if ours in header}
        for ours, theirs in given.items():
            if theirs.lower() not in header:
                raise _lacks(path, theirs, header)
            indexes[ours] = header.index(theirs.lower())
        missing = [ours for ours in ("start", "channel") if ours not in indexes]
        if "end" not in indexes and "duration" not in indexes:
            missing.insert(1, "end")
        if missing:
            raise _lacks(path, ", ".join(missing), header)
        return indexes


def parse_columns(text: str) -> dict[str, str]:
    """The names in `start=Began,end=Ended`. Raises TrackerError for what is written otherwise."""
    names: dict[str, str] = {}
    for part in filter(None, text.split(",")):
        ours, _sign, theirs = (word.strip() for word in part.partition("="))
        if ours not in COLUMNS or not theirs:
            raise TrackerError(
                _("columns are written start=NAME,end=NAME,channel=NAME, not “{text}”; there are: {names}").format(
                    text=quoted(part), names=", ".join(COLUMNS)
                )
            )
        names[ours] = theirs
    return names


def _lacks(path: str, names: str, header: Sequence[str]) -> TrackerError:
    return TrackerError(
        _(
            "{path} has no column {names}; it has: {header}. Say which is which: "
            "`--columns start=NAME,end=NAME,channel=NAME`"
        ).format(path=path, names=quoted(names), header=quoted(", ".join(header)))
    )
