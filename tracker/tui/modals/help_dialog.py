"""The help: the keys of the screen that is shown, the signs, then every key; filtered by what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.containers import Vertical

from tracker.calendar.words import plain
from tracker.formatting.text import capitalized
from tracker.locale import N_, _
from tracker.tui import layout
from tracker.tui.keys import (
    ACTIONS,
    BY_ID,
    DAY,
    TIMER,
    WEEK,
    all_key_labels,
    hidden_bindings,
    key_label,
    line_keys,
    say_key,
)
from tracker.tui.modals.dialog import KeycapDialog, Sheet, SteadyInput
from tracker.tui.modals.start_dialog import NOT_NOW_KEY

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widgets import Input

#: The ten keys to know on each screen: its own, in the order in which one comes to need them.
TEN = {
    TIMER: ("start", "toggle", "check", "urge", "extend", "why", "add", "contact", "outcome", "open"),
    DAY: ("edit", "delete", "fill", "add", "undo", "earlier", "sift", "mark", "split", "merge"),
    WEEK: ("review", "worth", "open", "not_now", "expected", "earlier", "jump", "longer", "archive", "note"),
}

#: The first keys to learn, in the order in which a day needs them, and what they do.
FIRST = (
    ("s l ⏎", N_("start LinkedIn as last time; Space stops it")),
    ("c i", N_("log a check of Instagram; then L if it was for likes")),
    ("u i", N_("log an urge to open Instagram that you resisted")),
    ("/", N_("add past time: linkedin reply 14:00-14:25 comments")),
    ("2  e  z", N_("open the day's log, correct a line, undo anything")),
    ("o  t", N_("record a result, or a talk")),
)

#: Signs and columns, with what they mean.
SIGNS = (
    (
        N_("Signs"),
        (
            ("●", N_("a timer is running")),
            ("‖", N_("a pause")),
            ("▲", N_("over plan, over budget, or over the limit of checks")),
            ("★", N_("a result: recommendation, prospect, client or income")),
            ("◆", N_("a talk")),
            ("⇄", N_("somebody you met online and talked to, or the other way round")),
            ("∩", N_("a session at the same time as another")),
            ("⇒", N_("a commitment: if this, then that")),
            ("╭╰", N_("one pick-up: apps switched without putting the device away")),
            ("■", N_("a marked line")),
            ("╹", N_("the present moment")),
            ("│┃║", N_("checks on the line of the day: one, two, three or more")),
            ("l██", N_("a session on that line, with its channel's letter")),
        ),
    ),
    (
        N_("Signs of patterns"),
        (
            ("⚑", N_("flagged; in the log: part of a burst of checks")),
            ("⚐", N_("muted or expected")),
            ("✓", N_("quiet")),
            ("◌", N_("needs more data")),
            ("▂▄▆", N_("five weeks, underlined where it was flagged")),
        ),
    ),
    (
        N_("Signs of habits"),
        (
            ("✓", N_("done")),
            ("◐", N_("partly done")),
            ("○", N_("missed")),
            ("∙", N_("not due")),
            ("»", N_("skipped")),
            ("?", N_("not known")),
            ("▸", N_("to be answered")),
        ),
    ),
    (
        N_("Columns of Worth"),
        (
            ("P", N_("procrastination: is the channel opened instead of important work?")),
            ("R", N_("return: does it bring leads, clients or income?")),
            ("T", N_("time: is its time in proportion to what it brings?")),
            ("✓ ! ?", N_("passed, not passed, not enough data")),
        ),
    ),
)

GROUPS = (
    (N_("Screens"), ("timer", "day", "week")),
    (N_("Timer"), ("start", "toggle", "extend", "why", "check", "urge", "pause", "cancel")),
    (N_("Reason for a check"), ("likes", "followers", "comments", "messages", "statistics")),
    (N_("Log"), ("add", "edit", "delete", "split", "merge", "undo", "redo")),
    (N_("Several lines"), ("mark", "unmark", "sift", "sooner", "later_on", "fill", "repeat")),
    (N_("Important task"), ("task", "task_done")),
    (N_("Results and the day"), ("outcome", "contact", "note", "close")),
    (N_("Habits"), ("habits",)),
    (N_("Patterns"), ("patterns", "not_now", "expected", "take_back")),
    (N_("Week"), ("review", "worth", "archive", "longer")),
    (N_("Moving around"), ("up", "down", "open", "earlier", "later", "jump", "find", "now")),
    (N_("More"), ("palette", "import", "settings", "dark", "help", "quit")),
)

#: How dialogs work, below the keys.
NOTES = (
    N_("[Esc] cancels everywhere and records nothing."),
    N_("In the start dialog [{key}] is “Not now”: it logs a resisted urge."),
    N_("An offer after an action takes its own letters; any other key closes it and does what it always does."),
    N_("After [s], [c] and [u] the channel's letter chooses it: [c] [c] checks the last one again."),
    N_('To change keys, write them under [keys] in the settings file: start = "f2"'),
)

assert {name for _title, names in GROUPS for name in names} >= {action.id for action in ACTIONS if action.where}, (
    "some keys are missing"
)


class HelpEntry(NamedTuple):
    """A key or a sign, what it does or means, and other words by which it is found."""

    key: str
    words: str
    also: str = ""

    def is_found(self, wanted: list[str]) -> bool:
        """Whether all of the wanted words stand in it."""
        text = plain(f"{self.key} {self.words} {self.also}")
        return all(word in text for word in wanted)


class HelpSection(NamedTuple):
    """A title, and its entries or sentences (entries without a key)."""

    title: str
    entries: list[HelpEntry]


def sections(view: str, changed: dict[str, str]) -> list[HelpSection]:
    """The help on a view, with rebound keys as they are now.

    The first steps are left out where keys were rebound: they would name them wrongly.
    """

    def keys(title: str, names: tuple[str, ...], *, every: bool = True) -> HelpSection:
        say = all_key_labels if every else key_label
        return HelpSection(
            title,
            [
                HelpEntry(say(action, changed), capitalized(_(action.tooltip)), f"{_(action.label)} {title}")
                for action in (BY_ID[name] for name in names)
            ],
        )

    shown = _("{screen}: ten keys to know").format(screen=_(BY_ID[view].label))
    listed = [keys(shown, TEN[view], every=False)]
    if not changed:
        listed.append(HelpSection(_("First steps"), [HelpEntry(key, capitalized(_(words))) for key, words in FIRST]))
    for title, signs in SIGNS:
        listed.append(
            HelpSection(_(title), [HelpEntry(sign, capitalized(_(words)), _(title)) for sign, words in signs])
        )
    listed += [keys(_(title), names) for title, names in GROUPS]
    notes = [HelpEntry("", _(words).replace("{key}", say_key(NOT_NOW_KEY))) for words in NOTES]
    return [*listed, HelpSection(_("Dialogs and settings"), notes)]


class _HelpSheet(Sheet):
    """The sections that match; how much is out of sight, and how to close, stand on the border of the box."""

    def __init__(self, sections: list[HelpSection]) -> None:
        super().__init__("", self._lines)
        self.sections = sections
        self.wanted: list[str] = []

    def search(self, words: str) -> None:
        """Show only the entries in which all of the words stand."""
        self.wanted, self.top = plain(words).split(), 0
        self.rewrite()

    def say(self, title: str, subtitle: str = "") -> None:
        box = self.parent
        if isinstance(box, Vertical):
            hidden = f"{subtitle} · " if subtitle else ""
            box.border_subtitle = hidden + _("{key} or Esc closes").format(key=self.key_of("help"))

    def hint(self) -> str:
        return ""

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        seen: set[HelpEntry] = set()
        for section in self.sections:
            entries = [entry for entry in section.entries if entry.is_found(self.wanted)]
            if self.wanted:  # a key of this screen stands below too, with all keys it has
                entries = [entry for entry in entries if entry._replace(key="", also="") not in seen]
                seen |= {entry._replace(key="", also="") for entry in entries}
            if not entries:
                continue
            lines += [layout.BLANK] * bool(lines) + [layout.text(section.title, "bold $primary")]
            widest = max(layout.widest(entry.key for entry in section.entries), 3) + 2
            for entry in entries:
                if entry.key:
                    head = layout.left(entry.key, widest, "bold $accent")
                    lines += layout.hanging(head, layout.wrapped(entry.words, width - widest))
                else:
                    lines += layout.folded(layout.keyed(entry.words), width)
        return lines or layout.folded(layout.keyed(_("No matches. [Esc] closes")), width)


class _SearchLine(SteadyInput):
    """Leaves the key that closes the help to the dialog."""

    def __init__(self, close_keys: list[str]) -> None:
        super().__init__(placeholder=_("type to search keys and signs"), id="help-search", compact=True)
        self.close_keys = close_keys

    async def _on_key(self, event: events.Key) -> None:
        if event.key in self.close_keys:
            event.prevent_default()


class HelpDialog(KeycapDialog[str]):
    """A page to read and to search, closed by escape, enter or the key that opened it."""

    BINDINGS = hidden_bindings(("enter,f1", "leave"), *line_keys("scroll", 15, letters=False))

    def __init__(self, view: str, changed: dict[str, str]) -> None:
        super().__init__()
        self._sections = sections(view, changed)
        self._close_keys = changed.get("help", BY_ID["help"].key).split(",")

    def compose(self) -> ComposeResult:
        """The line to search by, and what it finds."""
        with Vertical(id="help-box") as box:
            box.border_title = _("Help")
            yield _SearchLine(self._close_keys)
            yield _HelpSheet(self._sections)

    def on_mount(self) -> None:
        """Letters go to the search."""
        self.query_one(SteadyInput).focus()

    def on_key(self, event: events.Key) -> None:
        """Close by the key that opened the help, and insert what was typed before the line had the focus."""
        if event.key in self._close_keys:
            event.stop()
            self.answer()
        elif not self.answered:
            self.query_one(SteadyInput).take_early(event)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search at every key."""
        event.stop()
        self.query_one(_HelpSheet).search(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close, as escape does."""
        event.stop()
        self.answer()

    def action_scroll(self, lines: int) -> None:
        """Scroll by `lines` lines."""
        self.query_one(_HelpSheet).scroll_by(lines)
