"""Every key, and what it does."""

from __future__ import annotations

from textual.content import Content

from tracker.locale import N_, _
from tracker.tui import ink
from tracker.tui.dialogs.page import Page
from tracker.tui.keys import ACTIONS, BY_ID, all_said

GROUPS = (
    (N_("Screens"), ("timer", "day", "week")),
    (N_("The timer"), ("start", "toggle", "check", "urge", "cancel")),
    (N_("The log"), ("add", "edit", "delete", "split", "merge", "undo", "redo")),
    (N_("The important thing"), ("task", "task_done")),
    (N_("What came of it"), ("outcome", "contact", "note")),
    (N_("Moving about"), ("up", "down", "open", "earlier", "later", "now")),
    (N_("And"), ("palette", "dark", "help", "quit")),
)


def keys_page(changed: dict[str, str]) -> Page:
    """The table of actions as a page; rebound keys as they are now."""

    def write(width: int) -> list[Content]:
        widest = ink.widest(all_said(action, changed) for action in ACTIONS)
        lines: list[Content] = []
        for title, names in GROUPS:
            lines += [ink.BLANK] * bool(lines) + [ink.text(_(title), "bold $primary")]
            for name in names:
                action = BY_ID[name]
                head = ink.row(
                    ink.left(all_said(action, changed), widest + 2, "bold $accent"), ink.left(_(action.label), 15)
                )
                first, *rest = ink.wrapped(_(action.tooltip), width - head.cell_length, "$faint")
                lines += [ink.row(head, first), *(ink.row(" " * head.cell_length, line) for line in rest)]
        lines += [
            ink.BLANK,
            *ink.wrapped(
                _("After s, c and u the channel's letter chooses it: c c checks the last one again."), width, "$faint"
            ),
            *ink.wrapped(
                _("● runs · ⚑ flagged, in a burst · ✓ quiet, resisted · ◌ not enough data · ▲ over plan · ★ outcome"),
                width,
                "$faint",
            ),
            *ink.wrapped(_('Keys are changed under [keys] in the settings file, as in: start = "b"'), width, "$faint"),
        ]
        return lines

    return Page(_("Keys"), write)
