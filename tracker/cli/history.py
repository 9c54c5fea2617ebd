"""`tracker undo`, `redo` and `history`: undo the last changes, redo them, and list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.context import Context
from tracker.cli.parser import Argument, Command, Option, ParsedArguments, UsageError
from tracker.cli.session_lines import near_clock
from tracker.cli.terminal import columns
from tracker.domain.errors import TrackerError
from tracker.domain.text import quoted
from tracker.formatting.plain_text import format_table
from tracker.formatting.serialize import row
from tracker.locale import N_, _
from tracker.services import undo as undoing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.models import UndoStep
    from tracker.formatting.serialize import Row


def undo(context: Context, args: ParsedArguments) -> None:
    """Undo the last changes, or the last automatic import of a source."""
    word = args.optional("N|SOURCE")
    if word is None or word.isdigit():
        steps = undoing.undo(context.workspace, _count(word, 1))
    else:
        steps = [undoing.undo_import(context.workspace, _source(word))]
    _answer(context, steps, _("undone: {what}"))


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
        lines = [(near_clock(context, action.at, context.zone), _in_words(action)) for action in actions]
        context.print(*format_table(lines, "><", columns()))


def _in_words(action: UndoStep) -> str:
    words = action.says
    if action.source is not None:
        words = _("{what} (automatic)").format(what=words)
    return words if action.state == "done" else _("{what} (undone)").format(what=words)


def _answer(context: Context, actions: list[UndoStep], message: str) -> None:
    context.answer(_rows(context, actions), message.format(what=undoing.say_steps(actions)))


def _rows(context: Context, actions: Sequence[UndoStep]) -> list[Row]:
    return [row(action, "id at says state source", context.zone) for action in actions]


def _source(word: str) -> str:
    from tracker.services.source_imports import check_entries

    try:
        check_entries([word])
    except TrackerError:
        message = _("“{word}” is neither a number of steps nor a source")
        raise UsageError(message.format(word=quoted(word))) from None
    return word


def _count(word: str | None, default: int) -> int:
    if word is None:
        return default
    if not (word.isascii() and word.isdigit() and int(word[:9]) > 0 and len(word) < 10):
        raise UsageError(_("“{word}” is not a number of steps").format(word=quoted(word)))
    return int(word)


_N = (Argument("N", "optional"),)
COMMANDS = {
    "undo": Command(
        undo,
        (Argument("N|SOURCE", "optional"),),
        (),
        N_(
            "It goes back up to 30 days, also for changes made by other programs. Automatic imports are left out: "
            "`tracker undo SOURCE` takes back the last one of a source."
        ),
    ),
    "redo": Command(redo, _N),
    "history": Command(history, (), (Option(("-n", "--last"), "N", N_("how many steps (20)")),), reads=("last",)),
}
