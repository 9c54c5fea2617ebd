"""The evidence of a pattern in sentences: what was counted, from which sessions, and the thresholds.

The raw figures, the chances and the sources are folded under one key.

On a wide screen the verdict and a picture stand above two columns; on a small one all is one text to scroll.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Horizontal

from tracker.analytics.patterns.pattern import FLAGGED, NOT_ENOUGH
from tracker.formatting.times import format_long_date
from tracker.locale import _
from tracker.services import queries
from tracker.tui import layout
from tracker.tui.actions import log_actions, pattern_actions, prompts
from tracker.tui.keys import hidden_bindings
from tracker.tui.modals import evidence_text
from tracker.tui.modals.dialog import KeycapDialog
from tracker.tui.modals.evidence_text import BLANK, LIMIT, MORE, PAGE, SESSION, SETTING
from tracker.tui.screens.view import Reloadable
from tracker.tui.widgets import charts
from tracker.tui.widgets.bars import Strip
from tracker.tui.widgets.key_lines import Cap, Keycaps
from tracker.tui.widgets.panel import Panel, SectionLine, Sections

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.analytics.patterns.pattern import Finding
    from tracker.tui.base_app import BaseApp
    from tracker.tui.screens.patterns_panel import Loader
    from tracker.tui.widgets.panel import Item, Writer
    from tracker.workspace import Workspace

#: The smallest screen, in cells and lines, on which sessions and definition stand side by side.
WIDE, HIGH = 110, 30

#: The least lines of a picture, however small the screen.
LEAST = 6


class EvidencePicture:
    """The picture of a finding: a burst on the strip of its day, or a chart. The day of a burst is read once."""

    def __init__(self, workspace: Workspace, finding: Finding) -> None:
        self._workspace, self._chart = workspace, finding.chart
        self._bursts = sorted(finding.events, key=lambda burst: burst.start)
        self._strips: dict[str, Strip] = {}
        self._burst = self._bursts[-1] if self._bursts else None

    @property
    def has_content(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self._burst or (self._chart and any(self._chart.values)))

    def show_burst_of(self, session: int | None) -> bool:
        """Draw the burst that contains this session, if any; returns whether another burst is drawn now."""
        before = self._burst
        self._burst = next((burst for burst in self._bursts if session in burst.sessions), before)
        return self._burst is not before

    def lines(self, width: int, height: int) -> list[Content]:
        """The picture in at most `height` lines."""
        if self._burst:
            head = layout.row(
                (format_long_date(self._burst.date), "bold $strong"), ("  ⚑━━ ", "$flag"), (_("the burst"), "$faint")
            )
            return [head, *self._strip(self._burst.date).lines(width, height - 1)]
        return charts.bar_chart(self._chart, width, height) if self._chart and self.has_content else []

    def height(self, most: int) -> int:
        """How many lines the picture makes use of, at most `most`."""
        if self._burst:
            lanes = len(self._strip(self._burst.date).used())
            return max(LEAST, min(most, 2 * lanes + 3 if 2 * lanes + 3 <= most else lanes + 3))
        return charts.bar_chart_height(self._chart, most) if self._chart and self.has_content else 0

    def _strip(self, date: str) -> Strip:
        if date not in self._strips:
            workspace = self._workspace
            bursts = tuple(burst for burst in self._bursts if burst.date == date)
            day, letters = queries.day(workspace, date), queries.letters(workspace)
            self._strips[date] = Strip(day, bursts, letters, workspace.zone, workspace.now())
        return self._strips[date]


class EvidenceHead(Panel):
    """The verdict, then the picture in the room that is left; only shown above two columns."""

    def __init__(self, dialog: EvidenceDialog) -> None:
        super().__init__(id="evidence-head")
        self.dialog = dialog

    def draw(self, width: int, height: int) -> list[Content]:
        """Verdict and picture."""
        verdict = [line.words for line in self.dialog.verdict(width)]
        return [*verdict, *self.dialog.picture.lines(width, height - len(verdict))]


class EvidenceDialog(KeycapDialog[None], Reloadable):
    """The evidence of one pattern at a time, out of those that `load` reads.

    Up and down choose a session, a threshold or a setting; left and right turn to the other patterns.
    """

    BINDINGS = hidden_bindings(
        ("down,j", "move(1)"),
        ("up,k", "move(-1)"),
        ("pagedown,space", "read(1)"),
        ("pageup", "read(-1)"),
        ("tab,shift+tab", "cross"),
        ("right,l", "turn(1)"),
        ("left,h", "turn(-1)"),
        ("enter", "open"),
        ("e", "edit"),
        ("v", "limit"),
        ("s", "set"),
        ("f", "figures"),
        ("N", "not_now"),
        ("X", "expected"),
        ("T", "take_back"),
        ("z", "undo"),
        ("q", "leave"),
    )

    def __init__(self, base_app: BaseApp, load: Loader, name: str, session: int | None = None) -> None:
        super().__init__()
        self.base_app, self._workspace, self._load, self._pattern_name = base_app, base_app.workspace, load, name
        #: The session that is chosen at first.
        self._first_session = session
        self._titles = queries.titles(self._workspace)
        #: How many sessions are listed.
        self._most = PAGE
        #: Whether the raw figures are shown.
        self._raw = False
        self._items = load()
        self._select()

    def _select(self) -> None:
        """Prepare the pattern `_name` out of `_items`."""
        from tracker.analytics.patterns.registry import pattern

        self.shown = next(item for item in self._items if item.finding.name == self._pattern_name)
        self.pattern = pattern(self._pattern_name)
        self.picture = EvidencePicture(self._workspace, self.shown.finding)
        self.listing = evidence_text.listing(self.shown.finding, self._workspace, self._most)

    def compose(self) -> ComposeResult:
        """The verdict above, two columns, and the keys."""
        yield EvidenceHead(self)
        with Horizontal(id="evidence-body"):
            yield Sections(id="evidence-left")
            yield Sections(id="evidence-right")
        yield Keycaps(id="evidence-keys")

    def on_mount(self) -> None:
        """Show the pattern, and choose the first session if one was given."""
        self._activate(self._columns()[0])
        self._show()
        if self._first_session is not None:
            self.call_after_refresh(self._columns()[0].go_to, (SESSION, str(self._first_session)))

    def on_resize(self, event: events.Resize) -> None:
        """Lay everything out for the new size."""
        self._show()

    @property
    def wide(self) -> bool:
        """Whether there is room for two columns."""
        return self.app.size.width >= WIDE and self.app.size.height >= HIGH

    def verdict(self, width: int) -> list[SectionLine]:
        """The first lines: state, evidence, and what is usual."""
        lines = evidence_text.verdict(self.shown, self._workspace.today(), width)
        return [*lines, *([BLANK] if self.picture.has_content else [])]

    def _show(self) -> None:
        """Fill the panels, in one column or in two."""
        head, (left, right) = self.query_one(EvidenceHead), self._columns()
        number = [item.finding.name for item in self._items].index(self._pattern_name) + 1
        title = _("{title}  {n} of {count}").format(title=self.pattern.title, n=number, count=len(self._items))
        head.display = right.display = self.wide
        if self.wide:
            # If there are sessions, they stand next to everything else.
            explained = (self._definition, lambda width: [*self._thresholds(width), *self._figures(width)])
            writers: tuple[Writer, Writer] = (
                (self._sessions, lambda width: [line for write in explained for line in write(width)])
                if self.listing.groups
                else explained
            )
            head.say(title)
            width, height = self.app.size
            verdict = len(self.verdict(width - 4))
            longest = max(len(write(width // 2 - 4)) for write in writers)
            # The picture gets what short columns leave over, or what long ones can spare.
            available = max(height - verdict - 22, height - verdict - longest - 6, LEAST)
            head.styles.height = verdict + self.picture.height(available) + 2
            head.refresh(layout=True)
            left.show(writers[0], "")
            right.show(writers[1], "")
        else:
            self._activate(left)
            left.show(self._all_sections, title)
        flagged = self.shown.state == FLAGGED
        head.set_class(flagged, "-flagged")
        left.set_class(flagged and not self.wide, "-flagged")
        self._show_keys()

    def _columns(self) -> tuple[Sections, Sections]:
        return self.query_one("#evidence-left", Sections), self.query_one("#evidence-right", Sections)

    def _all_sections(self, width: int) -> list[SectionLine]:
        picture = [SectionLine(line) for line in self.picture.lines(width, self.picture.height(LEAST + 2))]
        return [
            *self.verdict(width),
            *picture,
            *([BLANK] if picture else []),
            *self._sessions(width),
            *([] if self.listing.groups or picture else [BLANK]),
            *self._definition(width),
            *self._thresholds(width),
            *self._figures(width),
        ]

    def _sessions(self, width: int) -> list[SectionLine]:
        return evidence_text.session_lines(self.listing, self._workspace, width, raw=self._raw)

    def _definition(self, width: int) -> list[SectionLine]:
        settings = self._workspace.settings
        limits = dict(settings.patterns)
        return [
            *evidence_text.asks(self.pattern, settings, width),
            *evidence_text.definition(self.pattern, limits, width, raw=self._raw),
        ]

    def _thresholds(self, width: int) -> list[SectionLine]:
        limits = dict(self._workspace.settings.patterns)
        return evidence_text.thresholds(self.pattern, limits, width, raw=self._raw)

    def _figures(self, width: int) -> list[SectionLine]:
        """The raw figures and their source, once they are asked for."""
        if not self._raw:
            return []
        return [
            *evidence_text.figures(self.pattern, self.shown.finding, self._titles, width),
            *evidence_text.source(self.pattern, width),
        ]

    def chosen(self) -> Item | None:
        """What is chosen in the active column."""
        return self._active_column().chosen

    def _active_column(self) -> Sections:
        left, right = self._columns()
        return right if self.wide and right.active and not left.active else left

    def _other_column(self) -> Sections:
        left, right = self._columns()
        return right if self._active_column() is left else left

    def _activate(self, active: Sections) -> None:
        for column in self._columns():
            column.active = column is active
            column.set_class(column is active, "-active")
            column.refresh(layout=False)

    def action_move(self, steps: int) -> None:
        """Choose the next item, or scroll on; past the end of a column, continue in the other one."""
        if not self._active_column().move(steps) and self.wide:
            other = self._other_column()
            if (other is self._columns()[1]) == (steps > 0) and other.spans():
                self._activate(other)
                other.enter(steps)
        self._show_keys()

    def action_read(self, pages: int) -> None:
        """Scroll by pages."""
        column = self._active_column()
        column.scroll_by(pages * max(column.content_size.height - 1, 1))
        self._show_keys()

    def action_cross(self) -> None:
        """Go to the other column."""
        if self.wide:
            other = self._other_column()
            self._activate(other)
            if other.chosen is None:
                other.enter(1)
            self._show_keys()

    def action_turn(self, steps: int) -> None:
        """Go to the next pattern of the list; after the last comes the first."""
        names = [item.finding.name for item in self._items]
        self._pattern_name = names[(names.index(self._pattern_name) + steps) % len(names)]
        self._most = PAGE
        self._select()
        for column in self._columns():
            column.chosen, column.top = None, 0
        self._activate(self._columns()[0])
        self._show()

    def reloaded(self) -> None:
        """Something was changed, here or by another program: show what is now true."""
        if not self.answered and self.is_mounted:
            self._items = self._load()
            self._select()
            self._draw_chosen_burst()
            self._show()

    def on_sections_item_chosen(self, message: Sections.ItemChosen) -> None:
        """A click may choose in the other column; the burst of a chosen session is drawn."""
        message.stop()
        self._activate(message.sections)
        if self._draw_chosen_burst():
            self._show()
        self._show_keys()

    def _draw_chosen_burst(self) -> bool:
        chosen = self.chosen()
        return self.picture.show_burst_of(int(chosen[1]) if chosen and chosen[0] == SESSION else None)

    def _show_keys(self) -> None:
        """The keys that do something now."""
        chosen = self.chosen()
        kind = chosen[0] if chosen else ""
        opens = {SESSION: _("show its day"), MORE: _("show more"), LIMIT: _("change"), SETTING: _("set")}
        caps = [Cap("⏎", opens[kind])] if kind else []
        caps += [Cap("e", _("edit"))] if kind == SESSION else []
        choosing = self.wide and not kind and (self.listing.groups or self.pattern.limits())
        caps += [Cap("↑↓", _("choose"))] if choosing else []
        caps += [Cap("s", _("set"))] if self.missing() and kind != SETTING else []
        if self.shown.aside:
            caps.append(Cap("T", _("show again")))
        elif self.pattern.thresholds and self.shown.state != NOT_ENOUGH:
            caps += [Cap("N", _("mute 28 days"))] if self.shown.state == FLAGGED else []
            caps.append(Cap("X", _("expected")))  # a campaign can be announced before it begins
        caps.append(Cap("f", _("hide figures") if self._raw else _("figures")))
        caps += [Cap("v", _("threshold"))] if self.pattern.limits() and kind != LIMIT else []
        caps += [Cap("←→", _("other patterns")), Cap("esc", _("close"))]
        self.query_one(Keycaps).show(caps)

    def missing(self) -> list[str]:
        """The settings that the pattern waits for."""
        return evidence_text.missing(self.pattern, self._workspace.settings)

    def action_open(self) -> None:
        """Open the chosen session, threshold or setting, or list more sessions; with nothing chosen, close."""
        chosen = self.chosen()
        if chosen is None:
            self.answer()
        elif chosen[0] == SESSION:
            self.base_app.safely(lambda: self._day_of(int(chosen[1])))
        elif chosen[0] == LIMIT:
            pattern_actions.change_limit(self.base_app, chosen[1])
        elif chosen[0] == SETTING:
            pattern_actions.ask_setting(self.base_app, chosen[1])
        else:
            self._most += 5 * PAGE
            self.reloaded()

    def _day_of(self, id: int) -> None:
        """Show the session in its day's log; edit its fields if another dialog waits below."""
        if len(self.app.screen_stack) > 2:
            self.action_edit()
            return
        session = queries.session(self._workspace, id)
        self.answer()
        prompts.show_on_day(self.base_app, self._workspace.day_of(session.start), session.id)

    def action_edit(self) -> None:
        """Edit the fields of the chosen session, over this dialog."""
        chosen = self.chosen()
        if chosen and chosen[0] == SESSION:
            self.base_app.safely(lambda: log_actions.edit_fields(self.base_app, int(chosen[1])))

    def action_limit(self) -> None:
        """Change the only threshold, or the chosen one of several."""
        chosen = self.chosen()
        if chosen and chosen[0] == LIMIT:
            pattern_actions.change_limit(self.base_app, chosen[1])
        else:
            pattern_actions.choose_limit(self.base_app, self.pattern)

    def action_set(self) -> None:
        """Ask for the chosen setting, or for the first one that the pattern needs."""
        chosen = self.chosen()
        names = [chosen[1]] if chosen and chosen[0] == SETTING else self.missing()[:1]
        for name in names:
            pattern_actions.ask_setting(self.base_app, name)

    def action_figures(self) -> None:
        """Show the raw figures, or fold them again."""
        self._raw = not self._raw
        self._show()
        if self._raw:  # they are the last lines of their column
            column = self._columns()[1] if self.wide else self._columns()[0]
            column.show_from(column.length() - len(self._figures(column.content_size.width - 1)))

    def action_not_now(self) -> None:
        """Mute the pattern for 28 days."""
        self.base_app.safely(lambda: pattern_actions.mute(self.base_app, self._pattern_name))

    def action_expected(self) -> None:
        """Mark the pattern as expected, after asking why."""
        pattern_actions.mark_expected(self.base_app, self._pattern_name)

    def action_take_back(self) -> None:
        """Show a muted or expected pattern again."""
        self.base_app.safely(lambda: pattern_actions.show_again(self.base_app, self._pattern_name))

    def action_undo(self) -> None:
        """Undo the last change, of any kind."""
        self.base_app.safely(partial(log_actions.undo, self.base_app))

    def on_sections_item_opened(self, message: Sections.ItemOpened) -> None:
        """A second click on an item opens it."""
        message.stop()
        self.action_open()


def open_evidence(app: BaseApp, name: str, load: Loader, session: int | None = None) -> None:
    """Open the evidence of a pattern, one of those that `load` reads; a session of it may be chosen."""
    app.clear_passing_toasts()
    app.push_screen(EvidenceDialog(app, load, name, session))
