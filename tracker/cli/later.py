"""The verbs of later versions: known, and honest about not being there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.grammar import Argument, Command
from tracker.domain.models import TrackerError
from tracker.locale import _

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.cli.grammar import Given


def _later(name: str) -> Command:
    def run(context: Context, given: Given) -> int | None:
        raise TrackerError(_("`tracker {name}` comes with a later version").format(name=name))

    return Command(run, (Argument("…", "any"),), lenient=True)


COMMANDS = {name: _later(name) for name in ("serve",)}
