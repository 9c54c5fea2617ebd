"""Killed, or told of an error, at every system call that touches the disk: one command at a time, each kind of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.torture import judge
from tests.torture.strace import FAILING, WRITING, Interference
from tests.torture.world import WRITES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.torture.commands import Terminal
    from tests.torture.figures import Figures
    from tests.torture.world import World

#: From this call of a kind on, a walk goes on in longer steps: an import has hundreds of them, much alike.
_CLOSE_LOOK = 60

_ERRORS = ("EIO", "ENOSPC")


def kills(world: World, terminal: Terminal, figures: Figures, kinds: Sequence[str] = WRITES) -> Iterator[None]:
    """Kill each kind of command before its first writing call, its second, and so on to its end; without end."""
    while True:
        for call in world.chance.sample(WRITING, len(WRITING)):
            left, number = list(kinds), 1
            while left:
                with Interference(terminal.server, call, "signal=SIGKILL", str(number)):
                    left = [kind for kind in left if _killed(world, terminal, figures, (kind, call, number))]
                yield
                number += 1 if number < _CLOSE_LOOK else world.chance.randint(2, 9)


def errors(world: World, terminal: Terminal, figures: Figures) -> Iterator[None]:
    """The same with an error of the disk, once or from then on; without end."""
    while True:
        for call in world.chance.sample(FAILING, len(FAILING)):
            for number in (*range(1, 9), *sorted(world.chance.sample(range(9, 60), 4))):
                error, more = world.chance.choice(_ERRORS), world.chance.choice(("", "+"))
                kinds = world.chance.sample(WRITES, 6)
                with Interference(terminal.server, call, f"error={error}", f"{number}{more}"):
                    for kind in kinds:
                        _refused(world, terminal, figures, (kind, call, f"{error} at {number}{more}"))
                yield


def _killed(world: World, terminal: Terminal, figures: Figures, where: tuple[str, str, int]) -> bool:
    """One command that is killed at its Nth call of a kind; returns whether it was not over before."""
    beginning = world.begin(where[0])
    line = world.line(where[0])
    ended = terminal.run(*line.words)
    figures.counts["confirmed"] += world.hear(line, ended)
    figures.counts["commands"] += 1
    killed = ended.code < 0
    figures.counts["kills"] += killed
    figures.counts["kills at a call"] += killed
    told = f"{' '.join(line.words)} killed at {where[1]} {where[2]}, from {beginning}"
    figures.problem(told, judge.of_command(ended, killed=True) + judge.problems(world, killed=killed))
    return killed


def _refused(world: World, terminal: Terminal, figures: Figures, where: tuple[str, str, str]) -> None:
    """One command that meets errors of the disk."""
    beginning = world.begin(where[0])
    line = world.line(where[0])
    ended = terminal.run(*line.words)
    figures.counts["confirmed"] += world.hear(line, ended)
    figures.counts["commands"] += 1
    figures.counts["errors"] += 1
    figures.counts["refused"] += ended.code > 0
    told = f"{' '.join(line.words)} with {where[2]} of {where[1]}, from {beginning}"
    # Where no `write` succeeds any more, no line can be written either.
    speechless = where[1] == "write" and not ended.err
    said = judge.of_command(ended) if not speechless else []
    figures.problem(told, said + judge.problems(world, killed=True))
