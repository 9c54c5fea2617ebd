"""Real screens, four command lines, an import and the screens' workers over one file, in a random order."""

from __future__ import annotations

import select
import signal
from typing import TYPE_CHECKING

from tests.torture import held, judge
from tests.torture.screens import Screens
from tests.torture.world import WRITES
from tracker.tui.keys import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.commands import Terminal
    from tests.torture.figures import Figures
    from tests.torture.world import Line, World

#: The first key of every action, but of the one that leaves; and what is pressed in dialogs.
_KEYS = tuple(action.key.split(",")[0] for action in ACTIONS if action.key and action.id != "quit")
_IN_DIALOGS = (*("enter", "escape", "up", "down", "right", "tab", "backspace"), *"1234569alixkpbwyTNv")

#: Views whose workers read the log beside: the week, the longer look, what a channel is worth, the review's patterns.
_WORKERS = (("3",), ("3", "Y", "2"), ("V",), ("3", "R", "enter", "enter", "enter", "enter"))

#: How often a signal ends a command or the screens, and which.
_SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)

#: How many things happen in a round.
_STEPS = 40


def rounds(world: World, terminals: list[Terminal], figures: Figures) -> Iterator[None]:
    """One interleaving after the other, without end."""
    while True:
        _Round(world, terminals, figures).run()
        yield


class _Round:
    def __init__(self, world: World, terminals: list[Terminal], figures: Figures) -> None:
        self.world, self.terminals, self.figures = world, terminals, figures
        self.chance = world.chance
        self.at_work: dict[Terminal, Line] = {}
        self.killed: set[Terminal] = set()
        #: Whether anything was killed: it may leave a file of its own behind, but nothing of the log's.
        self.harmed = False
        self.told: list[str] = []
        self.wrong: list[str] = []

    def run(self) -> None:
        """From a beginning to the last one gone, and what is true then."""
        beginning = self.world.begin()
        sizes = ((80, 24), (100, 30), (120, 36))
        with Screens([], self.world.env, self.world.folder, self.chance.choice(sizes)) as screens:
            self.figures.counts["screens"] += 1
            try:
                self._work(screens)
            except AssertionError as error:
                self.wrong.append(str(error))
            self._wait_for_all()
        self.wrong += screens.broken()
        self.figures.counts["interleavings"] += 1
        told = f"from {beginning}: {' · '.join(self.told)}"
        self.figures.problem(told, self.wrong + judge.problems(self.world, killed=self.harmed))

    def _work(self, screens: Screens) -> None:
        if self.chance.random() < 0.8:
            screens.started()
        for _step in range(_STEPS):
            self._step(screens)
        self._leave(screens)
        self._wait_for_all()
        if screens.alive:
            self._held(screens)
            self.told.append("q")
            code = screens.quit()
            self.wrong += [f"the screens end with {code}: {screens.text[-600:]}"] if code else []

    def _step(self, screens: Screens) -> None:
        what = self.chance.random()
        if what < 0.45:
            self._press(screens)
        elif what < 0.9:
            self._command()
        elif what < 0.95 and self.at_work:
            self._kill(self.chance.choice(list(self.at_work)))
        else:
            screens.rest()
        screens.read(self.chance.choice((0, 0, 0.002, 0.01, 0.03)))
        self._hear(0)

    def _press(self, screens: Screens) -> None:
        kind = self.chance.random()
        if kind < 0.15:
            keys: tuple[str, ...] = self.chance.choice(_WORKERS)
        elif kind < 0.6:
            keys = (self.chance.choice(_KEYS),)
        elif kind < 0.7:
            keys = ("escape", "escape", "slash", self.world.line("log").words[1], "enter")
        else:
            keys = (self.chance.choice(_IN_DIALOGS),)
        self.told.append("+".join(keys))
        self.figures.counts["keys"] += len(keys)
        screens.send(*keys)

    def _command(self) -> None:
        idle = [terminal for terminal in self.terminals if terminal not in self.at_work]
        if not idle:
            self._hear(None)
            return
        terminal = self.chance.choice(idle)
        asks = self.chance.random() < 0.3
        line = self.world.ask() if asks else self.world.line(self.chance.choice(WRITES))
        self.at_work[terminal] = line
        self.told.append(" ".join(line.words))
        self.figures.counts["commands"] += 1
        terminal.start(*line.words)

    def _kill(self, terminal: Terminal) -> None:
        number = self.chance.choice(_SIGNALS)
        self.told.append(f"{number.name} for {self.at_work[terminal].words[0]}")
        terminal.kill(number)
        self.killed.add(terminal)
        self.harmed = True

    def _hear(self, seconds: float | None) -> None:
        """Listen to the commands that ended within so many seconds; None waits for one."""
        if not self.at_work:
            return
        for terminal in select.select(list(self.at_work), (), (), seconds)[0]:
            line, ended = self.at_work.pop(terminal), terminal.end()
            killed = terminal in self.killed
            self.killed.discard(terminal)
            self.figures.counts["kills"] += killed and ended.code < 0
            self.figures.counts["confirmed"] += self.world.hear(line, ended)
            self.wrong += judge.of_command(ended, killed=killed, healthy=True)

    def _leave(self, screens: Screens) -> None:
        """In one round of three the screens are ended by a signal, whatever they do."""
        if self.chance.random() < 0.35:
            number = self.chance.choice(_SIGNALS)
            self.told.append(f"{number.name} for the screens")
            screens.signal(number)
            self.harmed = True
            self.figures.counts["kills"] += 1

    def _wait_for_all(self) -> None:
        while self.at_work:
            self._hear(None)

    def _held(self, screens: Screens) -> None:
        """While the screens are open their -wal is the one at its place, and their locks are held."""
        screens.rest()
        pid, log = screens.pid, self.world.log
        if not screens.alive:
            return
        gone = [*held.deleted(pid, log), *held.other_files(pid, log)]
        self.wrong += [f"not the screens' any more: {', '.join(gone)}"] if gone else []
        lost = held.unlocked(pid, log)
        self.wrong += [f"the screens have lost their locks: {', '.join(lost)}"] if lost else []
