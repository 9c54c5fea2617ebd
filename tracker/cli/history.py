"""Undo, redo and the list of what they reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.grammar import Argument, Command, Option, UsageError
from tracker.cli.session_lines import near_clock
from tracker.cli.terminal import columns
from tracker.domain.text import quoted
from tracker.formatting.tables import format_table
from tracker.formatting.text import join_phrases
from tracker.locale import N_, _
from tracker.reports.renderers.json_rows import action_row
from tracker.storage import undo as undo_log

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.storage.undo import UndoStep


def undo(context: Context, given: Given) -> None:
    """Take back the last steps."""
    steps = undo_log.undo(context.journal, _count(given.maybe("N")), now=context.now)
    _answer(context, steps, _("undid: {what}"))


def redo(context: Context, given: Given) -> None:
    """Do steps again that were taken back."""
    steps = undo_log.redo(context.journal, _count(given.maybe("N")), now=context.now)
    _answer(context, steps, _("redid: {what}"))


def show(context: Context, given: Given) -> None:
    """List the steps, newest first."""
    steps = undo_log.steps(context.journal, _count(given.values.get("last"), 20))
    if context.json:
        context.dump([action_row(step, context.zone) for step in steps])
    elif not steps:
        context.say(_("nothing was changed yet"))
    else:
        lines = [
            (near_clock(context, step.at, context.zone), step.says if step.state == "done" else _undone(step))
            for step in steps
        ]
        context.say(*format_table(lines, "><", columns()))


def _undone(step: UndoStep) -> str:
    return _("{what} (undone)").format(what=step.says)


def _answer(context: Context, steps: list[UndoStep], says: str) -> None:
    if context.json:
        context.dump([action_row(step, context.zone) for step in steps])
    else:
        context.say(says.format(what=join_phrases(*(step.says for step in steps))))


def _count(word: str | None, otherwise: int = 1) -> int:
    if word is None:
        return otherwise
    if not (word.isascii() and word.isdigit() and int(word[:9]) > 0 and len(word) < 10):
        raise UsageError(_("“{word}” is no number of steps").format(word=quoted(word)))
    return int(word)


_N = (Argument("N", "optional"),)
COMMANDS = {
    "undo": Command(undo, _N, (), N_("It reaches back 30 days, across programs and restarts.")),
    "redo": Command(redo, _N),
    "history": Command(show, (), (Option(("-n", "--last"), "N", N_("how many steps (20)")),), reads=("last",)),
}
