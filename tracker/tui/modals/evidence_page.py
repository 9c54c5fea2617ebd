"""The page of a pattern's evidence as it is read: what stands where, what is chosen, what the keys are.

As wide as the screen: with room the sessions stand beside the definition, without it all is one text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal

from tracker.locale import _
from tracker.services import queries
from tracker.tui.modals import evidence_sessions, evidence_text
from tracker.tui.modals.dialog import Dialog
from tracker.tui.modals.evidence_picture import LEAST, Picture
from tracker.tui.modals.evidence_text import BLANK, LIMIT, MORE, SESSION, SETTING
from tracker.tui.screens.view import Live
from tracker.tui.widgets.keycaps import Cap, Keycaps
from tracker.tui.widgets.panel import Panel
from tracker.tui.widgets.sections import Line, Sections

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.analytics.patterns.pattern import Pattern
    from tracker.tui.modals.evidence_sessions import Listing
    from tracker.tui.screens.evidence import Loader
    from tracker.tui.widgets.sections import Item, Writer
    from tracker.workspace import Workspace

#: From so many cells on, sessions and definition stand side by side.
WIDE, HIGH = 110, 30


class Head(Panel):
    """The verdict and the picture, where the rest stands in two columns below."""

    def __init__(self, page: EvidencePage) -> None:
        super().__init__(id="evidence-head")
        self.page = page

    def draw(self, width: int, height: int) -> list[Content]:
        """The verdict, then the picture in what room is left."""
        said = [line.words for line in self.page.verdict(width)]
        return [*said, *self.page.picture.lines(width, height - len(said))]


class EvidencePage(Dialog[None], Live):
    """One pattern at a time of those that `load` reads."""

    def __init__(self, workspace: Workspace, load: Loader, name: str, session: int | None = None) -> None:
        super().__init__()
        #: A session to begin with.
        self._first = session
        self._workspace, self._load, self._about = workspace, load, name
        self._titles = {channel.name: channel.title for channel in queries.channels(workspace)}
        self._most = evidence_sessions.PAGE
        self._read_anew()

    def _read_anew(self) -> None:
        self._everything = self._load()
        self._look()

    def _look(self) -> None:
        """At one of what was read."""
        from tracker.analytics.patterns.registry import pattern

        self.shown = next(one for one in self._everything if one.about.name == self._about)
        self.pattern: Pattern = pattern(self._about)
        self.picture = Picture(self._workspace, self.shown.about)
        self.listing: Listing = evidence_sessions.listing(self.shown.about, self._workspace, self._most)

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
        if self._first is not None:
            self.call_after_refresh(self._begin_with, self._first)

    def _begin_with(self, session: int) -> None:
        """Choose a session, and draw its burst."""
        self._parts()[1].go_to((SESSION, str(session)))

    def on_resize(self, event: events.Resize) -> None:
        """Another size stands otherwise."""
        self._show()

    @property
    def wide(self) -> bool:
        """Whether there is room for two columns."""
        return self.app.size.width >= WIDE and self.app.size.height >= HIGH

    def verdict(self, width: int) -> list[Line]:
        """What stands above all."""
        said = evidence_text.verdict(self.shown, self.pattern, self._workspace.today(), width)
        return [*said, *([BLANK] if self.picture.there else [])]

    def _show(self) -> None:
        """Everything anew, in one column or in two."""
        head, left, right = self._parts()
        place = [one.about.name for one in self._everything].index(self._about) + 1
        title = _("{title}  {n} of {count}").format(title=self.pattern.title, n=place, count=len(self._everything))
        head.display = right.display = self.wide
        if self.wide:
            columns = self._columns()
            head.say(title)
            said = len(self.verdict(self.app.size.width - 4))
            head.styles.height = said + self.picture.height(self._room(said, columns)) + 2
            head.refresh(layout=True)
            for column, write in zip((left, right), columns, strict=True):
                column.show(write, "")
        else:
            self._go_to(left)
            left.show(self._whole, title)
        head.set_class(self.shown.state == "flagged", "-flagged")
        left.set_class(self.shown.state == "flagged" and not self.wide, "-flagged")
        self._say_keys()

    def _columns(self) -> tuple[Writer, Writer]:
        """What stands at the left and at the right; sessions, where there are any, beside all else."""
        if self.listing.groups:
            return self._sessions, lambda width: [*self._what(width), *self._sums(width)]
        return self._what, self._sums

    def _room(self, said: int, columns: tuple[Writer, Writer]) -> int:
        """Lines for the picture: what short columns leave over, or what long ones can spare."""
        width, height = self.app.size
        longest = max(len(write(width // 2 - 4)) for write in columns)
        return max(height - said - 22, height - said - longest - 6, LEAST)

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
        return evidence_sessions.lines(self.listing, self._workspace, width)

    def _what(self, width: int) -> list[Line]:
        settings = self._workspace.settings
        chosen = dict(settings.patterns)
        return [
            *evidence_text.asks(self.pattern, settings, width),
            *evidence_text.definition(self.pattern, chosen, width),
            *evidence_text.thresholds(self.pattern, chosen, width),
        ]

    def _sums(self, width: int) -> list[Line]:
        return [
            *evidence_text.figures(self.pattern, self.shown.about, self._titles, width),
            *evidence_text.source(self.pattern, width),
        ]

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
        self._look()
        _head, left, right = self._parts()
        for column in (left, right):
            column.chosen, column.top = None, 0
        self._go_to(left)
        self._show()

    def reloaded(self) -> None:
        """Something was said or changed, here or elsewhere: show what is now true."""
        if not self.answered and self.is_mounted:
            self._read_anew()
            self._look_at_burst()
            self._show()

    def on_sections_chosen(self, message: Sections.Chosen) -> None:
        """A click may choose in the other column; a session's burst is what is drawn."""
        message.stop()
        self._go_to(message.sections)
        if self._look_at_burst():
            self._show()
        self._say_keys()

    def _look_at_burst(self) -> bool:
        """Draw the burst of the chosen session; whether that is another one."""
        chosen = self.chosen()
        return self.picture.look_at(int(chosen[1]) if chosen and chosen[0] == SESSION else None)

    def _say_keys(self) -> None:
        """The keys that do something now."""
        chosen = self.chosen()
        kind = chosen[0] if chosen else ""
        opens = {SESSION: _("its day"), MORE: _("show more"), LIMIT: _("change"), SETTING: _("set")}
        caps = [Cap("⏎", opens[kind])] if kind else []
        caps += [Cap("e", _("edit"))] if kind == SESSION else []
        choosing = self.wide and not kind and (self.listing.groups or self.pattern.limits())
        caps += [Cap("↑↓", _("choose"))] if choosing else []
        caps += [Cap("s", _("set {name}").format(name=name)) for name in self.missing()[:1]]
        if self.shown.aside:
            caps.append(Cap("T", _("take back")))
        elif self.pattern.thresholds and self.shown.state != "not enough data":
            caps += [Cap("N", _("not now"))] if self.shown.state == "flagged" else []
            caps.append(Cap("X", _("expected")))  # said ahead of a campaign, too
        caps += [Cap("v", _("threshold"))] if self.pattern.limits() and kind != LIMIT else []
        caps += [Cap("←→", _("others")), Cap("esc", _("close"))]
        self.query_one(Keycaps).show(caps)

    def missing(self) -> list[str]:
        """The settings the pattern waits for."""
        return evidence_text.missing(self.pattern, self._workspace.settings)
