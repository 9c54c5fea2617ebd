"""Rows of a study: so many of so many runs, with Wilson's 95 % interval."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tracker.patterns.statistics.shares import wilson


class Row(NamedTuple):
    """One line of a table."""

    what: str
    yes: int
    runs: int

    @property
    def share(self) -> float:
        return self.yes / self.runs

    def cells(self) -> str:
        low, high = wilson(self.yes, self.runs)
        return f"| {self.what} | {self.yes} / {self.runs} | {self.share:.1%} | {low:.1%} – {high:.1%} |"


def table(title: str, rows: Iterable[Row]) -> str:
    """A Markdown table under a bold title."""
    head = "| world | months | share | 95 % interval |\n| --- | --- | --- | --- |\n"
    return f"**{title}**\n\n{head}" + "\n".join(row.cells() for row in rows) + "\n"
