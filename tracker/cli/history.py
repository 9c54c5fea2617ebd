"""`tracker undo`, `redo` and `history`: undo the last changes, redo them, and list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.context import Context
from tracker.cli.parser import Argument, Command, Option, ParsedArguments, UsageError
from tracker.cli.session_lines import near_clock
from tracker.cli.terminal import columns
from tracker.domain.text import quoted
from tracker.formatting.serialize import row
from tracker.formatting.tables import format_table
from tracker.formatting.text import join_phrases
from tracker.locale import N_, _
from tracker.services import undo as undoing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.formatting.serialize import Row
    from tracker.storage.undo import UndoStep


def undo(context: Context, args: ParsedArguments) -> None:
    """Undo the last changes."""
    _answer(context, undoing.undo(context.workspace, _count(args.optional("N"), 1)), _("undone: {what}"))


def redo(context: Context, args: ParsedArguments) -> None:
    """Redo changes that were undone."""
    _answer(context, undoing.redo(context.workspace, _count(args.optional("N"), 1)), _("redone: {what}"))


def history(context: Context, args: ParsedArguments) -> None:
    """List the last changes, the newest first."""
    actions = undoing.last_actions(context.workspace, _count(args.values.get("last"), 20))
    if context.json:
        context.print_json(_rows(context, actions))
    elif not actions:
        context.print(_("no changes yet"))
    else:
        undone = _("{what} (undone)")
        lines = [
            (
                near_clock(context, action.at, context.zone),
                action.says if action.state == "done" else undone.format(what=action.says),
            )
            for action in actions
        ]
        context.print(*format_table(lines, "><", columns()))


def _answer(context: Context, actions: list[UndoStep], message: str) -> None:
    context.answer(_rows(context, actions), message.format(what=join_phrases(*(action.says for action in actions))))


def _rows(context: Context, actions: Sequence[UndoStep]) -> list[Row]:
    return [row(action, "id at says state", context.zone) for action in actions]


def _count(word: str | None, default: int) -> int:
    if word is None:
        return default
    if not (word.isascii() and word.isdigit() and int(word[:9]) > 0 and len(word) < 10):
        raise UsageError(_("“{word}” is not a number of steps").format(word=quoted(word)))
    return int(word)


_N = (Argument("N", "optional"),)
COMMANDS = {
    "undo": Command(undo, _N, (), N_("It goes back up to 30 days, also for changes made by other programs.")),
    "redo": Command(redo, _N),
    "history": Command(history, (), (Option(("-n", "--last"), "N", N_("how many steps (20)")),), reads=("last",)),
}
