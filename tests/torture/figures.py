"""What was done, how often, and what was lost of it."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

#: What is counted, and how a reader calls it, in the order it is told.
COUNTED = {
    "interleavings": "interleavings of screens, four command lines, an import and workers",
    "screens": "screens opened in a pseudo-terminal",
    "keys": "keys pressed in them",
    "commands": "commands run",
    "kills": "commands and screens killed",
    "kills at a call": "of these at a chosen system call",
    "errors": "commands that met an injected I/O error",
    "full disks": "commands run on a disk that was full",
    "refused": "commands that said in one line that they cannot",
    "moves": "files moved, replaced, restored or left without their log under open screens",
    "confirmed": "records confirmed",
    "aside": "of these in a log that was kept aside, because the file was written over while it was open",
    "lost": "of these lost",
    "problems": "problems of any kind",
}


class Figures:
    """A count for each thing, and the problems in words."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.found: list[str] = []

    def problem(self, where: str, problems: list[str]) -> None:
        """Keep what was found wrong, and where."""
        for problem in problems:
            self.found.append(f"{where}: {problem}")
            self.counts["problems"] += 1
            if problem.startswith("lost: "):
                self.counts["lost"] += problem.count(",") + 1

    def add(self, other: Figures) -> None:
        """Count what another one counted too."""
        self.counts.update(other.counts)
        self.found += other.found

    def dump(self) -> str:
        """As a line of text."""
        return json.dumps({"counts": self.counts, "found": self.found})

    @classmethod
    def load(cls, text: str) -> Figures:
        """From such a line."""
        read: dict[str, Any] = json.loads(text)
        figures = cls()
        figures.counts.update(read["counts"])
        figures.found = read["found"]
        return figures

    def table(self) -> str:
        """A table in Markdown."""
        rows = [(told, f"{self.counts[name]:,}") for name, told in COUNTED.items()]
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        lines = [
            f"| {'what':{widths[0]}} | {'times':>{widths[1]}} |",
            f"| {'-' * widths[0]} | {'-' * (widths[1] - 1)}: |",
        ]
        lines += [f"| {told:{widths[0]}} | {count:>{widths[1]}} |" for told, count in rows]
        return "\n".join(lines)
