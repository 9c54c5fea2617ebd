"""The help: every key, and what it does."""

from __future__ import annotations

from textual.content import Content

from tracker.locale import N_, _
from tracker.tui import layout
from tracker.tui.keys import ACTIONS, BY_ID, all_said, say_key
from tracker.tui.modals.dialog import Page
from tracker.tui.modals.start import NOT_NOW_KEY

#: What to learn first, in the order in which a day asks for it: keys, and what they do.
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
    (N_("Moving about"), ("up", "down", "open", "earlier", "later", "jump", "find", "now")),
    (N_("And"), ("palette", "settings", "dark", "help", "quit")),
)

#: What stands below the keys.
NOTES = (
    N_(
        "Esc cancels everywhere and records nothing. Where a session is to start, {key} is Not now, "
        "an urge resisted. What is offered after an action takes its own letters; any other key does what "
        "it always does."
    ),
    N_("After s, c and u the channel's letter chooses it: c c checks the last one again."),
    N_(
        "● runs · ‖ pause · ∩ at the same time as another · ▲ over plan or budget · ★ outcome · ◆ talked · "
        "⇄ crossed the bridge: met online and talks, or the other way round · ⇒ commitment · ╹ now"
    ),
    N_(
        "Patterns: ⚑ flagged, in a burst · ⚐ set aside · ✓ quiet · ◌ not enough data · "
        "▂▄▆ five weeks, underlined where it was flagged"
    ),
    N_("Habits: ✓ done · ◐ in part · ○ missed · ∙ not needed · » skipped · ? not known · ▸ open"),
    N_('Keys are changed under [keys] in the settings file, as in: start = "f2"'),
)

assert {name for _title, names in GROUPS for name in names} >= {action.id for action in ACTIONS if action.where}, (
    "some keys are missing"
)


def keys_page(changed: dict[str, str]) -> Page:
    """The table of actions as a page, with rebound keys as they are now.

    The introduction is left out where keys were rebound: it would name them wrongly.
    """

    def write(width: int) -> list[Content]:
        widest = layout.widest(all_said(action, changed) for action in ACTIONS)

        def entry(head: Content, words: str, style: str) -> list[Content]:
            return layout.hanging(head, layout.wrapped(words, width - head.cell_length, style))

        lines: list[Content] = []
        if not changed:
            lines.append(layout.text(_("To begin with"), "bold $primary"))
            for keys, words in FIRST:
                lines += entry(layout.left(keys, widest + 2, "bold $accent"), _(words), "")
        for title, names in GROUPS:
            lines += [layout.BLANK] * bool(lines) + [layout.text(_(title), "bold $primary")]
            for action in (BY_ID[name] for name in names):
                key = layout.left(all_said(action, changed), widest + 2, "bold $accent")
                lines += entry(layout.row(key, layout.left(_(action.label), 15)), _(action.tooltip), "$faint")
        lines.append(layout.BLANK)
        for paragraph in NOTES:
            lines += layout.wrapped(_(paragraph).replace("{key}", say_key(NOT_NOW_KEY)), width, "$faint")
        return lines

    return Page(_("Keys"), write)
