"""The file moved, replaced, written over, restored, or left without its -wal, under the open screens."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from tests.torture import judge
from tests.torture.screens import Screens
from tests.torture.world import ADDING, BESIDE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.torture.commands import Ended, Terminal
    from tests.torture.figures import Figures
    from tests.torture.world import World


class Event(NamedTuple):
    """What is done to the file: with an older copy of it, or to it as it is; after a kill of the screens or under them.

    `keeps` says that what was confirmed before is to be found afterwards, in the file or in what was moved away; else
    only what the copy held can be.
    """

    name: str
    keeps: bool
    kills: bool = False


EVENTS = (
    Event("moved", keeps=True),
    Event("moved with its log", keeps=True),
    Event("log deleted", keeps=True),
    Event("replaced by a copy", keeps=False),
    Event("written over by a copy", keeps=False),
    Event("restored by tracker", keeps=True),
    Event("written over by a copy", keeps=False, kills=True),
    Event("replaced by a copy", keeps=False, kills=True),
    Event("moved with its log", keeps=True, kills=True),
)


def rounds(world: World, terminal: Terminal, figures: Figures) -> Iterator[None]:
    """One event after the other, without end."""
    while True:
        for event in world.chance.sample(EVENTS, len(EVENTS)):
            _Round(world, terminal, figures, event).run()
            yield


class _Round:
    def __init__(self, world: World, terminal: Terminal, figures: Figures, event: Event) -> None:
        self.world, self.terminal, self.figures, self.event = world, terminal, figures, event
        self.copy = world.folder / "backup.db"
        self.moved = world.folder / "moved.db"
        self.told: list[str] = []
        self.wrong: list[str] = []

    def run(self) -> None:
        """Some records, a copy, some more, the event, and some more."""
        world, event = self.world, self.event
        quiet = world.chance.random() < 0.5
        self.told.append(f"{event.name}, {'killed' if event.kills else 'open'}, {'quiet' if quiet else 'busy'}")
        self.told.append(f"from {world.begin()}")
        with Screens([], world.env, world.folder, (80, 24)) as screens:
            try:
                expected = self._happen(screens, quiet=quiet)
            except AssertionError as error:
                self.wrong.append(str(error))
                expected = set()
        self.wrong += screens.broken()
        self._judge(expected)
        self.figures.problem(" · ".join(self.told), self.wrong)

    def _happen(self, screens: Screens, *, quiet: bool) -> set[str]:
        """All of it, to the end of the screens; returns what must be found of what was confirmed before the event."""
        world, event = self.world, self.event
        screens.started()
        self.figures.counts["screens"] += 1
        self._records(screens, 3)
        self._command("backup", str(self.copy))
        copied = world.confirmed.copy()
        self._records(screens, 3)
        if quiet:
            screens.wait(lambda: not _size(f"{world.log}-wal"), "the log is not brought into the file")
        if event.kills:
            screens.signal(9)
            self.figures.counts["kills"] += 1
        self._do()
        self.figures.counts["moves"] += 1
        before, world.confirmed = world.confirmed, set()
        self._records(screens, 4)
        if screens.alive:
            screens.rest()
            code = screens.quit()
            self.wrong += [f"the screens end with {code}: {screens.text[-600:]}"] if code else []
        return before if event.keeps else before & copied

    def _records(self, screens: Screens, count: int) -> None:
        """So many commands, and as many lines typed into the screens, one beside the other."""
        for _one in range(count):
            if screens.alive:
                slot = self.world.line("log").words[1]
                screens.send("escape", "escape", "slash", slot, "enter")
                self.told.append(f"/ {slot}")
            line = self.world.line(self.world.chance.choice(ADDING))
            ended = self._command(*line.words)
            self.figures.counts["confirmed"] += self.world.hear(line, ended)
            if screens.alive:
                screens.rest()

    def _command(self, *words: str) -> Ended:
        ended = self.terminal.run(*words)
        self.told.append(f"{' '.join(words)} → {ended.code} {ended.err.strip()}")
        self.figures.counts["commands"] += 1
        self.figures.counts["refused"] += ended.code > 0
        self.wrong += judge.of_command(ended)
        return ended

    def _do(self) -> None:
        log = self.world.log
        match self.event.name:
            case "moved":
                log.rename(self.moved)
            case "moved with its log":
                for ending in ("", *BESIDE):
                    if os.path.exists(f"{log}{ending}"):
                        os.rename(f"{log}{ending}", f"{self.moved}{ending}")
            case "log deleted":
                log.with_name("t.db-wal").unlink(missing_ok=True)
            case "replaced by a copy":
                shutil.copy(self.copy, self.world.folder / "backup-2.db")
                os.replace(self.world.folder / "backup-2.db", log)
            case "written over by a copy":
                shutil.copyfile(self.copy, log)
            case _:
                ended = self._command("restore", str(self.copy), "--yes")
                self.wrong += [] if ended.code == 0 else [str(ended)]

    def _judge(self, expected: set[str]) -> None:
        """What was confirmed is in one of the files, and the file is whole, or refused until it is restored."""
        after = self.world.confirmed
        if self.world.log.exists() and self._command("status").code:
            if self._command("doctor").code == 0:
                self.wrong.append("the doctor finds nothing wrong with a file that is refused")
            ended = self._command("restore", str(self.world.log), "--yes")
            self.wrong += [] if ended.code == 0 else [str(ended)]
        names: set[str] = set()
        for path in self.world.folder.glob("*.db"):
            if path.name.startswith("history-") or path == self.copy:
                continue
            try:
                self.wrong += _whole(path) if path == self.world.log else []
                names |= judge.marks(path)
            except sqlite3.Error as error:
                self.wrong.append(f"{path.name}: {error}")
        lost = (expected | after) - names
        if lost and (self.event.name, self.event.kills) == ("written over by a copy", False):
            # A command came between the copy and the moment the screens saw it: what it wrote is in a log that does
            # not fit the file any more. Nothing is thrown away: that log is kept beside the file.
            aside = b"".join(path.read_bytes() for path in self.world.folder.iterdir() if path.is_file())
            kept = {mark for mark in lost if mark.encode() in aside}
            self.figures.counts["aside"] += len(kept)
            lost -= kept
        self.wrong += [f"lost: {', '.join(sorted(lost))}"] if lost else []


def _whole(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as log:
        faults = [f"integrity: {said}" for (said,) in log.execute("PRAGMA integrity_check") if said != "ok"]
        return faults + [f"foreign key: {row}" for row in log.execute("PRAGMA foreign_key_check")]


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
