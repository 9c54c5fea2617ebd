"""A disk that is full: no file may grow past a size, or a small disk of memory is filled but for a few pages."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.torture import judge
from tests.torture.world import WRITES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.torture.commands import Terminal
    from tests.torture.figures import Figures
    from tests.torture.world import World

_PAGE = 4096

#: A file that takes up the room on the small disk.
_BALLAST = "t-2026-ballast"


def mount(folder: Path) -> bool:
    """Let `folder` be a small disk of memory; returns whether that is allowed here."""
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        return (
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True).returncode
            == 0
        )
    return False


def unmount(folder: Path) -> None:
    """Take the small disk away."""
    subprocess.run(["umount", folder], capture_output=True, check=False)


def rounds(world: World, terminal: Terminal, figures: Figures, *, small: bool) -> Iterator[None]:
    """One command on a full disk after the other, without end; `small` says that the world is on a small disk."""
    chance = world.chance
    while True:
        kind = chance.choice(WRITES)
        beginning = world.begin(kind)
        line = world.line(kind)
        pages = chance.choice((*range(12), 20, 40))
        if small and chance.random() < 0.7:
            _fill(world.folder / _BALLAST, pages)
            how = f"{pages} pages free"
            ended = terminal.run(*line.words)
            (world.folder / _BALLAST).unlink()
        else:
            biggest = max(path.stat().st_size for path in world.folder.glob("t.db*"))
            largest = chance.choice((pages, biggest // _PAGE - pages, biggest // _PAGE + pages)) * _PAGE
            how = f"no file above {largest} bytes"
            ended = terminal.run(*line.words, largest=max(largest, 0))
        figures.counts["confirmed"] += world.hear(line, ended)
        figures.counts["commands"] += 1
        figures.counts["full disks"] += 1
        figures.counts["refused"] += ended.code > 0
        told = f"{' '.join(line.words)} with {how}, from {beginning}"
        figures.problem(told, judge.of_command(ended) + judge.problems(world))
        yield


def _fill(path: Path, pages: int) -> None:
    """Take up all room but a few pages."""
    free = os.statvfs(path.parent)
    with path.open("wb") as file, suppress(OSError):
        for _page in range(free.f_bavail * free.f_frsize // _PAGE - pages):
            file.write(bytes(_PAGE))
