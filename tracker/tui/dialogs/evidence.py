"""The evidence of a pattern: what was counted, from which sessions, against what, and what decides.

A page as wide as the screen: with room the sessions stand beside the definition, without it all is one text. Arrows
choose sessions and thresholds, enter opens them; what the user says of the pattern is a key away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Horizontal

from tracker.locale import _
from tracker.tui.dialogs import evidence_sessions, evidence_text
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.dialogs.evidence_picture import LEAST, Picture
from tracker.tui.dialogs.evidence_text import BLANK, LIMIT, MORE, SESSION, SETTING
from tracker.tui.screens.view import Live
from tracker.tui.widgets.keycaps import Cap, Keycaps
from tracker.tui.widgets.panel import Panel
from tracker.tui.widgets.sections import Line, Sections

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.patterns.pattern import Pattern
    from tracker.tui.actions.flagging import Flagging
    from tracker.tui.dialogs.evidence_sessions import Listing
    from tracker.tui.screens.evidence import Loader
    from tracker.tui.widgets.sections import Item


#: From so many cells on, sessions and definition stand side by side.
WIDE, HIGH = 110, 30


class Head(Panel):
    """The verdict and the picture, where the rest stands in two columns below."""

    def __init__(self, page: EvidenceDialog) -> None:
        super().__init__(id="evidence-head")
        self.page = page

    def draw(self, width: int, height: int) -> list[Content]:
        """The verdict, then the picture in what room is left."""
        said = [line.words for line in self.page.verdict(width)]
        return [*said, *self.page.picture.lines(width, height - len(said))]


class EvidenceDialog(Dialog, Live):
    """One pattern at a time; the arrows to the sides turn to the others."""

    BINDINGS = [
        Binding("down,j", "move(1)", "Down", show=False, id="evidence-down", tooltip="the next session or threshold"),
        Binding("up,k", "move(-1)", "Up", show=False, id="evidence-up", tooltip="the session or threshold before"),
        Binding("pagedown,space", "read(1)", "Page down", show=False, id="evidence-next", tooltip="a page down"),
        Binding("pageup", "read(-1)", "Page up", show=False, id="evidence-before", tooltip="a page up"),
        Binding("tab,shift+tab", "cross", "Column", show=False, id="evidence-cross", tooltip="the other column"),
        Binding("right,l", "turn(1)", "After", show=False, id="evidence-after", tooltip="the next pattern"),
        Binding("left,h", "turn(-1)", "Before", show=False, id="evidence-back", tooltip="the pattern before"),
        Binding("enter", "open", "Open", show=False, id="evidence-open", tooltip="open what is chosen"),
        Binding("e", "edit", "Edit", show=False, id="evidence-edit", tooltip="every field of the chosen session"),
        Binding("v", "limit", "Threshold", show=False, id="evidence-limit", tooltip="change a threshold"),
        Binding("s", "set", "Set", show=False, id="evidence-set", tooltip="declare what the pattern waits for"),
        Binding("N", "not_now", "Not now", show=False, id="evidence-not-now", tooltip="silent for 28 days"),
        Binding("X", "expected", "Expected", show=False, id="evidence-expected", tooltip="expected, and why"),
        Binding("T", "take_back", "Take back", show=False, id="evidence-take-back", tooltip="take that back"),
        Binding("z", "undo", "Undo", show=False, id="evidence-undo", tooltip="take back the last change"),
        Binding("q", "leave", "Close", show=False, id="evidence-close", tooltip="close"),
    ]

    def __init__(self, doing: Flagging, load: Loader, name: str) -> None:
        super().__init__()
        self._doing, self._load, self._about = doing, load, name
        self._most = evidence_sessions.PAGE
        self._read_anew()

    def _read_anew(self) -> None:
        from tracker.patterns.registry import pattern

        self._everything = self._load()
        self.shown = next(one for one in self._everything if one.about.name == self._about)
        self.pattern: Pattern = pattern(self._about)
        self.picture = Picture(self._doing.desk, self.shown.about)
        self.listing: Listing = evidence_sessions.listing(self.shown.about, self._doing.desk, self._most)

    def compose(self) -> ComposeResult:
        """The verdict above, two columns, and the keys."""
        yield Head(self)
        with Horizontal(id="evidence-body"):
            yield Sections(id="evidence-left")
            yield Sections(id="evidence-right")
        yield Keycaps(id="evidence-keys")

    def on_mount(self) -> None:
        """Show it."""
        self._go_to(self._parts()[1])
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Another size stands otherwise."""
        self._show()

    @property
    def wide(self) -> bool:
        """Whether there is room for two columns."""
        return self.app.size.width >= WIDE and self.app.size.height >= HIGH

    def verdict(self, width: int) -> list[Line]:
        """What stands above all."""
        return [*evidence_text.verdict(self.shown, self.pattern, width), *([BLANK] if self.picture.there else [])]

    def _show(self) -> None:
        """Everything anew, in one column or in two."""
        head, left, right = self._parts()
        place = [one.about.name for one in self._everything].index(self._about) + 1
        title = _("{title}  {n} of {count}").format(title=self.pattern.title, n=place, count=len(self._everything))
        head.display = right.display = self.wide
        if self.wide:
            head.say(title)
            width = self.app.size.width - 4
            said = len(self.verdict(width))
            most = max(self.app.size.height - said - 22, LEAST)
            head.styles.height = said + self.picture.height(most) + 2
            head.refresh(layout=True)
            if self.listing.groups:
                left.show(self._sessions, "")
                right.show(lambda width: [*self._what(width), *self._sums(width)], "")
            else:
                left.show(self._what, "")
                right.show(self._sums, "")
        else:
            left.show(self._whole, title)
        head.set_class(self.shown.state == "flagged", "-flagged")
        left.set_class(self.shown.state == "flagged" and not self.wide, "-flagged")
        self._say_keys()

    def _parts(self) -> tuple[Head, Sections, Sections]:
        return (
            self.query_one(Head),
            self.query_one("#evidence-left", Sections),
            self.query_one("#evidence-right", Sections),
        )

    def _whole(self, width: int) -> list[Line]:
        """One text of it all."""
        drawn = [Line(line) for line in self.picture.lines(width, self.picture.height(LEAST + 2))]
        return [
            *self.verdict(width),
            *drawn,
            *([BLANK] if drawn else []),
            *self._sessions(width),
            *([] if self.listing.groups or drawn else [BLANK]),
            *self._what(width),
            *self._sums(width),
        ]

    def _sessions(self, width: int) -> list[Line]:
        return evidence_sessions.lines(self.listing, self._doing.desk, width)

    def _what(self, width: int) -> list[Line]:
        settings = self._doing.desk.settings
        return [
            *evidence_text.asks(self.pattern, settings, width),
            *evidence_text.definition(self.pattern, width),
            *evidence_text.thresholds(self.pattern, dict(settings.patterns), width),
        ]

    def _sums(self, width: int) -> list[Line]:
        return [
            *evidence_text.figures(self.pattern, self.shown.about, width),
            *evidence_text.source(self.pattern, width),
        ]

    def _say_keys(self) -> None:
        """The keys that do something now."""
        chosen = self.chosen()
        kind = chosen[0] if chosen else ""
        opens = {SESSION: _("its day"), MORE: _("more"), LIMIT: _("change"), SETTING: _("set")}
        caps = [Cap("⏎", opens[kind])] if kind else []
        caps += [Cap("e", _("edit"))] if kind == SESSION else []
        caps += [Cap("↑↓", _("choose"))] if not kind and (self.listing.groups or self.pattern.limits()) else []
        caps += [Cap("s", _("set {name}").format(name=name)) for name in self._missing()[:1]]
        if self.shown.aside:
            caps.append(Cap("T", _("take back")))
        elif self.shown.about.state == "flagged":
            caps += [Cap("N", _("not now")), Cap("X", _("expected"))]
        caps += [Cap("v", _("threshold"))] if self.pattern.limits() and kind != LIMIT else []
        caps += [Cap("←→", _("the others")), Cap("esc", _("close"))]
        self.query_one(Keycaps).show(caps)

    def _missing(self) -> list[str]:
        return evidence_text.missing(self.pattern, self._doing.desk.settings)

    def chosen(self) -> Item | None:
        """What is chosen in the column one is in."""
        return self._column().chosen

    def _column(self) -> Sections:
        _head, left, right = self._parts()
        return right if self.wide and right.active and not left.active else left

    def _go_to(self, column: Sections) -> None:
        for one in self._parts()[1:]:
            one.active = one is column
            one.set_class(one is column, "-active")
            one.refresh(layout=False)

    def action_move(self, steps: int) -> None:
        """Choose, or read on; past the end of a column comes the other one."""
        _head, left, right = self._parts()
        column = self._column()
        if not column.move(steps) and self.wide:
            other = right if column is left else left
            if (other is right) == (steps > 0) and other.places():
                self._go_to(other)
                other.enter(steps)
        self._say_keys()

    def action_read(self, pages: int) -> None:
        """A page on."""
        column = self._column()
        column.scroll_by(pages * max(column.content_size.height - 1, 1))
        self._say_keys()

    def action_cross(self) -> None:
        """To the other column."""
        if self.wide:
            _head, left, right = self._parts()
            other = right if self._column() is left else left
            self._go_to(other)
            if other.chosen is None:
                other.enter(1)
            self._say_keys()

    def action_turn(self, steps: int) -> None:
        """To the next pattern of the list."""
        names = [one.about.name for one in self._everything]
        self._about = names[(names.index(self._about) + steps) % len(names)]
        self._most = evidence_sessions.PAGE
        self._read_anew()
        _head, left, right = self._parts()
        for column in (left, right):
            column.chosen, column.top = None, 0
        self._go_to(left)
        self._show()

    def reloaded(self) -> None:
        """Something was said or changed, here or elsewhere: show what is now true."""
        if not self.answered and self.is_mounted:
            self._read_anew()
            self._show()

    def action_open(self) -> None:
        """The day of a session, a threshold's field, or more sessions; with nothing chosen, close."""
        chosen = self.chosen()
        if chosen is None:
            self.answer()
        elif chosen[0] == SESSION:
            self._doing.safely(lambda: self._day_of(int(chosen[1])))
        elif chosen[0] == LIMIT:
            self._doing.change_limit(chosen[1])
        elif chosen[0] == SETTING:
            self._doing.declare(chosen[1])
        else:
            self._most += 5 * evidence_sessions.PAGE
            self.reloaded()

    def _day_of(self, id: int) -> None:
        """The session in its day's log; its fields, where another dialog waits below."""
        if len(self.app.screen_stack) > 2:
            self.action_edit()
            return
        session = self._doing.desk.session(id)
        self.answer()
        self._doing.show_session(session)

    def action_edit(self) -> None:
        """Every field of the chosen session, without leaving."""
        chosen = self.chosen()
        if chosen and chosen[0] == SESSION:
            self._doing.safely(lambda: self._doing.app.doing.fields_of(int(chosen[1])))

    def action_limit(self) -> None:
        """The one threshold, or the one that is chosen of several."""
        chosen = self.chosen()
        if chosen and chosen[0] == LIMIT:
            self._doing.change_limit(chosen[1])
        else:
            self._doing.choose_limit(self.pattern)

    def action_set(self) -> None:
        """The first setting the pattern waits for."""
        for name in self._missing()[:1]:
            self._doing.declare(name)

    def action_not_now(self) -> None:
        """Silent for 28 days."""
        self._doing.safely(lambda: self._doing.not_now_of(self._about))

    def action_expected(self) -> None:
        """Expected, and why."""
        self._doing.expected_of(self._about)

    def action_take_back(self) -> None:
        """Neither silent nor expected any more."""
        self._doing.safely(lambda: self._doing.take_back_of(self._about))

    def action_undo(self) -> None:
        """Take back the last change, whatever it was."""
        self._doing.safely(self._doing.app.doing.undo)

    def on_sections_chosen(self, message: Sections.Chosen) -> None:
        """A click may choose in the other column; a session's burst is what is drawn."""
        message.stop()
        self._go_to(message.sections)
        chosen = message.sections.chosen
        self.picture.look_at(int(chosen[1]) if chosen and chosen[0] == SESSION else None)
        self.query_one(Head).refresh(layout=False)
        self._say_keys()

    def on_sections_opened(self, message: Sections.Opened) -> None:
        """A second click."""
        message.stop()
        self.action_open()

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A key was clicked."""
        message.stop()
        CLICKED[message.key](self)


#: What a click on a key does.
CLICKED: dict[str, Callable[[EvidenceDialog], None]] = {
    "⏎": EvidenceDialog.action_open,
    "↑↓": lambda page: page.action_move(1),
    "e": EvidenceDialog.action_edit,
    "s": EvidenceDialog.action_set,
    "v": EvidenceDialog.action_limit,
    "N": EvidenceDialog.action_not_now,
    "X": EvidenceDialog.action_expected,
    "T": EvidenceDialog.action_take_back,
    "←→": lambda page: page.action_turn(1),
    "esc": EvidenceDialog.action_leave,
}
