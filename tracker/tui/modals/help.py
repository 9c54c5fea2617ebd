"""Every key, and what it does."""

from __future__ import annotations

from textual.content import Content

from tracker.locale import N_, _
from tracker.tui import ink
from tracker.tui.keys import ACTIONS, BY_ID, all_said, say_key
from tracker.tui.modals.dialog import Page
from tracker.tui.modals.start import NOT_NOW_KEY

#: What to learn first, in the order a day asks for it: keys, and what they come to.
FIRST = (
    ("s l ⏎", N_("start LinkedIn, as last time; space stops it")),
    ("c i", N_("a look at Instagram; then L if it was for likes")),
    ("u i", N_("an urge noticed, and Instagram not opened")),
    ("/", N_("what was not timed: linkedin reply 14:00-14:25 comments")),
    ("2  e  z", N_("the day's log: put a line right, take anything back")),
    ("o  t", N_("what came of it: an outcome, a talk")),
)

GROUPS = (
    (N_("Screens"), ("timer", "day", "week")),
    (N_("The timer"), ("start", "toggle", "extend", "why", "check", "urge", "pause", "cancel")),
    (N_("What a check was for"), ("likes", "followers", "comments", "messages", "statistics")),
    (N_("The log"), ("add", "edit", "delete", "split", "merge", "undo", "redo")),
    (N_("Many lines"), ("mark", "unmark", "sift", "sooner", "later_on", "fill", "repeat")),
    (N_("The important thing"), ("task", "task_done")),
    (N_("What came of it"), ("outcome", "contact", "note", "close")),
    (N_("Habits"), ("habits",)),
    (N_("Patterns"), ("patterns", "not_now", "expected", "take_back")),
    (N_("The week"), ("review", "worth", "archive", "longer")),
    (N_("Moving about"), ("up", "down", "open", "earlier", "later", "jump", "now")),
    (N_("And"), ("palette", "settings", "dark", "help", "quit")),
)

assert {name for _title, names in GROUPS for name in names} >= {one.id for one in ACTIONS if one.where}, "all are told"


def _first(width: int, widest: int) -> list[Content]:
    """The lesson; left out where keys were changed, which it would name wrongly."""
    lines = [ink.text(_("To begin with"), "bold $primary")]
    for keys, does in FIRST:
        first, *rest = ink.wrapped(_(does), width - widest - 2)
        lines.append(ink.row(ink.left(keys, widest + 2, "bold $accent"), first))
        lines += [ink.row(" " * (widest + 2), line) for line in rest]
    return lines


def keys_page(changed: dict[str, str]) -> Page:
    """The table of actions as a page; rebound keys as they are now."""

    def write(width: int) -> list[Content]:
        widest = ink.widest(all_said(action, changed) for action in ACTIONS)
        lines = _first(width, widest) if not changed else []
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
                _(
                    "Esc cancels everywhere and records nothing. Where a session is to start, {key} is Not now, "
                    "an urge resisted. What is offered after an action takes its own letters; any other key does what "
                    "it always does."
                ).format(key=say_key(NOT_NOW_KEY)),
                width,
                "$faint",
            ),
            *ink.wrapped(
                _("After s, c and u the channel's letter chooses it: c c checks the last one again."), width, "$faint"
            ),
            *ink.wrapped(
                _(
                    "● runs · ‖ pause · ∩ at the same time as another · ▲ over plan or budget · ★ outcome · ◆ talked · "
                    "⇄ crossed the bridge: met online and talks, or the other way round · ⇒ commitment · ╹ now"
                ),
                width,
                "$faint",
            ),
            *ink.wrapped(
                _(
                    "Patterns: ⚑ flagged, in a burst · ⚐ set aside · ✓ quiet · ◌ not enough data · "
                    "▂▄▆ five weeks, underlined where it was flagged"
                ),
                width,
                "$faint",
            ),
            *ink.wrapped(
                _("Habits: ✓ done · ◐ in part · ○ missed · ∙ not needed · » skipped · ? not known · ▸ open"),
                width,
                "$faint",
            ),
            *ink.wrapped(_('Keys are changed under [keys] in the settings file, as in: start = "f2"'), width, "$faint"),
        ]
        return lines

    return Page(_("Keys"), write)
