"""Patterns: the evidence of one in sentences, with its sessions and the thresholds, which can be changed here.

The evidence says what was counted, from which sessions, and the thresholds. The raw figures, the chances and the
sources are folded under one key. On a wide screen a summary and a picture stand above two columns; on a small one all
is one text to scroll.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.containers import Horizontal

from tracker import settings
from tracker.analytics.patterns.pattern import FLAGGED, MARKS, NOT_ENOUGH, STATES, say_usual_openings
from tracker.domain.errors import TrackerError
from tracker.formatting.numbers import format_odds, format_significant, localize_numbers
from tracker.formatting.text import activity_word, as_sentence, capitalized, format_opening_count, format_sessions
from tracker.formatting.times import format_clock, format_duration, format_long_date
from tracker.locale import _, ngettext
from tracker.reports.day import spell_lines
from tracker.services import pattern_marks, queries
from tracker.settings import without_commands
from tracker.tui import layout
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import hidden_bindings, step_keys
from tracker.tui.modals.dialog import Choice, Chooser, KeycapDialog, LineDialog
from tracker.tui.modals.settings_dialog import ask_setting
from tracker.tui.screens.day_panels import shown_day
from tracker.tui.screens.patterns_panel import GLYPHS
from tracker.tui.session_text import session_summary
from tracker.tui.theme import hue
from tracker.tui.widgets import charts
from tracker.tui.widgets.key_lines import Cap, Keycaps
from tracker.tui.widgets.panel import Item, SectionLine, Sections, SnapshotPanel, Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.analytics.patterns.pattern import Cluster, Finding, Pattern
    from tracker.domain.models import Session
    from tracker.tui.screens.patterns_panel import Loader, PatternItem
    from tracker.tui.widgets.bars import ShownDay
    from tracker.workspace import Workspace


#: The kinds of lines that can be chosen.
SESSION, MORE, LIMIT, SETTING = "session", "more", "limit", "setting"

BLANK = SectionLine(layout.BLANK)

#: The number of sessions that are listed at first, and added when the user asks for more.
PAGE = 40


def _section(title: str, lines: Iterable[Content | SectionLine], beside: str = "") -> list[SectionLine]:
    """The lines below their heading, and a blank one; nothing where there are none."""
    body = [line if isinstance(line, SectionLine) else SectionLine(line) for line in lines]
    heading = SectionLine(layout.row((title, "bold $primary"), (f"  {beside}" if beside else "", "$faint")))
    return [heading, *body, BLANK] if body else []


def evidence_summary(shown: PatternItem, workspace: Workspace, width: int) -> list[SectionLine]:
    """The state and since when, what was counted, and what is usual."""
    finding = shown.finding
    evidence = as_sentence(without_commands(finding.evidence))
    lines = [*_state(shown, workspace, width), *layout.wrapped(evidence, width, "$strong")]
    said = _FIGURE.findall(finding.evidence)
    if finding.usual and not all(figure in said for figure in _FIGURE.findall(finding.usual)):
        label = _("usual") + "  "
        lines += layout.hanging((label, "$faint"), layout.wrapped(finding.usual, width - cell_len(label)))
    return [SectionLine(line) for line in lines]


_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")


def _state(shown: PatternItem, workspace: Workspace, width: int) -> list[Content]:
    """The state, the user's mark, the days; and that this is no diagnosis, on its own line where room is short."""
    glyph, style = GLYPHS[shown.state]
    finding = shown.finding
    words = [_(STATES[finding.state]), *([_("new")] if shown.new else [])]
    span = ""
    if finding.first_date and finding.last_date:
        last = workspace.near_date(min(finding.last_date, workspace.today()))
        span = f"  {workspace.near_date(finding.first_date)} – {last}"
    aside = f" · {shown.aside}" if shown.aside else ""
    state = layout.text(f"{glyph} {', '.join(words)}", f"bold {style.removeprefix('bold ')}")
    state = layout.row(state, (aside, "$foreground"), (span, "$faint"))
    observed = layout.text(_("an observation, not a diagnosis"), "italic $faint")
    if state.cell_length + observed.cell_length < width:
        return [layout.ends(state, observed, width)]
    return [layout.left(state, width), observed]


class SessionGroup(NamedTuple):
    """The sessions of one day, or of one burst; of a burst also what was switched to after each pick-up."""

    date: str
    title: str
    sessions: Sequence[Session]
    cluster: Cluster | None = None
    #: The spell of each session; empty where none was measured.
    spells: Sequence[int | None] = ()

    @property
    def counted(self) -> int:
        """How many of the sessions the finding rests on."""
        return sum(map(self.is_counted, self.sessions))

    def is_counted(self, session: Session) -> bool:
        """Whether the finding rests on this session: it is no switch within a spell."""
        return self.cluster is None or session.id in self.cluster.sessions


def _bursts(finding: Finding, workspace: Workspace, most: int) -> Iterable[SessionGroup]:
    left = most
    for cluster in sorted(finding.events, key=lambda burst: -burst.start):
        sessions = queries.found_sessions(workspace, cluster.sessions) if left > 0 else []
        if not sessions:
            continue
        left -= len(sessions)
        date, title = workspace.near_date(cluster.date), _("{date} {start}–{end} · {openings}, {usual}")
        start, end = (format_clock(at, cluster.zone) for at in (cluster.start, cluster.end))
        openings, usual = format_opening_count(cluster.openings), say_usual_openings(cluster.expected)
        title = title.format(date=date, start=start, end=end, openings=openings, usual=usual)
        parts = {part.session.id: part for part in queries.day(workspace, cluster.date).parts}
        spells = {parts[id].spell for id in cluster.sessions if id in parts} - {None}
        switched = [part.session for id, part in parts.items() if part.spell in spells and id not in cluster.sessions]
        every = sorted((*sessions, *switched), key=lambda session: (session.start, session.id))
        spell_of_each = [parts[session.id].spell if session.id in parts else None for session in every]
        yield SessionGroup(cluster.date, title, every, cluster, spell_of_each)


def _days(finding: Finding, workspace: Workspace, most: int) -> Iterable[SessionGroup]:
    by_date: dict[str, list[Session]] = {}
    for session in queries.found_sessions(workspace, finding.sessions[-most:]):
        by_date.setdefault(workspace.day_of(session.start), []).append(session)
    for date in sorted(by_date, reverse=True):
        words = f"{workspace.near_date(date)} · {format_sessions(len(by_date[date]))}"
        yield SessionGroup(date, words, by_date[date])


def _group_heading(group: SessionGroup, width: int, *, raw: bool) -> Content:
    """A burst, with its chance where that is asked for and there is room; a day."""
    if not group.cluster:
        return layout.text(group.title, "bold")
    head = layout.text(f"⚑ {group.title}", "$flag")
    chance = layout.text(_("by chance {odds}").format(odds=format_odds(group.cluster.p)), "$faint")
    fits = raw and head.cell_length + chance.cell_length < width
    return layout.ends(head, chance, width) if fits else layout.left(head, width)


#: The smallest screen, in cells and lines, on which sessions and definition stand side by side.
WIDE, HIGH = 110, 30

#: The least lines of a picture, however small the screen.
LEAST = 6


class EvidencePicture:
    """The picture of a finding: a burst on the strip of its day, or a chart. The day of a burst is read once."""

    def __init__(self, workspace: Workspace, finding: Finding) -> None:
        self._workspace = workspace
        self._chart = finding.chart if finding.chart and any(finding.chart.values) else None
        self._bursts = sorted(finding.events, key=lambda burst: burst.start)
        self._strips: dict[str, ShownDay] = {}
        self._burst = self._bursts[-1] if self._bursts else None

    @property
    def has_content(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self._burst or self._chart)

    def show_burst_of(self, session: int | None) -> bool:
        """Draw the burst that contains this session, if any; returns whether another burst is drawn now."""
        before = self._burst
        self._burst = next((burst for burst in self._bursts if session in burst.sessions), before)
        return self._burst is not before

    def lines(self, width: int, height: int) -> list[Content]:
        """The picture in at most `height` lines."""
        if self._burst:
            date = format_long_date(self._burst.date)
            head = layout.row((date, "bold $strong"), ("  ⚑━━ ", "$flag"), (_("the burst"), "$faint"))
            return [head, *self._strip(self._burst.date).strip(width, height - 1)]
        return charts.bar_chart(self._chart, width, height) if self._chart else []

    def height(self, most: int) -> int:
        """How many lines the picture makes use of, at most `most`."""
        if self._burst:
            lanes = len(self._strip(self._burst.date).used())
            return max(LEAST, min(most, 2 * lanes + 3 if 2 * lanes + 3 <= most else lanes + 3))
        return charts.bar_chart_height(self._chart, most) if self._chart else 0

    def _strip(self, date: str) -> ShownDay:
        if date not in self._strips:
            workspace = self._workspace
            bursts = tuple(burst for burst in self._bursts if burst.date == date)
            self._strips[date] = shown_day(workspace, queries.day(workspace, date), bursts)
        return self._strips[date]


class EvidenceText:
    """What the evidence of one pattern says: each part in lines of `width` cells.

    The `most` newest sessions are listed. `raw` adds the figures with their names, the chances, and the sources.
    """

    def __init__(self, workspace: Workspace, shown: PatternItem, most: int, *, raw: bool) -> None:
        from tracker.analytics.patterns.registry import pattern

        self.workspace, self.shown, self.finding, self.raw = workspace, shown, shown.finding, raw
        self.pattern = pattern(self.finding.name)
        self.picture = EvidencePicture(workspace, self.finding)
        self.titles = queries.titles(workspace)
        #: The newest sessions; one that was deleted since is left out.
        self.groups = list((_bursts if self.finding.events else _days)(self.finding, workspace, most))

    @property
    def limits(self) -> dict[str, float]:
        """The thresholds that the user has set."""
        return dict(self.workspace.settings.patterns)

    def missing(self) -> list[str]:
        """The settings that the pattern uses and that are not set, including those it can do without."""
        return [name for name in self.pattern.asks if getattr(self.workspace.settings, name) in (None, ())]

    def summary(self, width: int) -> list[SectionLine]:
        """The first lines: state, evidence, and what is usual."""
        lines = evidence_summary(self.shown, self.workspace, width)
        return [*lines, *([BLANK] if self.picture.has_content else [])]

    def whole(self, width: int) -> list[SectionLine]:
        """Everything, one below the other."""
        picture = [SectionLine(line) for line in self.picture.lines(width, self.picture.height(LEAST + 2))]
        lines = [*self.summary(width), *picture, *([BLANK] if picture else []), *self.sessions(width)]
        return [*lines, *([] if self.groups or picture else [BLANK]), *self.about(width)]

    def about(self, width: int) -> list[SectionLine]:
        """Everything but the sessions."""
        return [*self.definition(width), *self.thresholds(width)]

    def definition(self, width: int) -> list[SectionLine]:
        """The settings it waits for; then what it is, with its thresholds as they are set.

        Raw, it is defined exactly, with the data that it needs.
        """
        pattern, says = self.pattern, self.pattern.define if self.raw else self.pattern.describe
        lines = layout.wrapped(localize_numbers(says(self.limits)), width)
        needs = _("Needs {needs}.").format(needs=_(pattern.silent_before))
        for note in (*([_(pattern.note)] if pattern.note else []), needs) if self.raw else ():
            lines += layout.wrapped(note, width, "$faint")
        return [*self._asks(width), *_section(_("What it is"), lines)]

    def _asks(self, width: int) -> list[SectionLine]:
        """The settings the pattern waits for, each a key away."""
        lines = []
        for index, name in enumerate(self.missing()):
            key = layout.row(" ", layout.keycap("⏎" if index else "s"), (" " + _("set"), "$faint"))
            does = capitalized(_(settings.find(name).does))
            words = layout.wrapped(does, max(width - 2 - key.cell_length, 1), "$strong")
            first, *rest = layout.hanging(("? ", "bold $strong"), words)
            lines += [SectionLine(line, (SETTING, name)) for line in (layout.ends(first, key, width), *rest)]
        return _section(_("Settings to fill in"), lines)

    def thresholds(self, width: int) -> list[SectionLine]:
        """Those that can be changed, as they are set, to be chosen; raw, the others too, and where each comes from."""
        lines, chosen = [], self.limits
        for limit in self.pattern.thresholds:
            if not limit.key and not self.raw:
                continue
            key = f"{self.pattern.name}.{limit.key}"
            item, style = ((LIMIT, key), "$strong") if limit.key else (None, "")
            where = [_(MARKS[limit.mark])] if self.raw else []
            yours = bool(limit.key) and chosen.get(key, limit.value) != limit.value
            if yours:
                style = "bold $good"
                where.append(_("default {value}").format(value=limit.write(limit.value)))
            words = layout.wrapped(self.pattern.say(limit, chosen), width - 2, style)
            below = layout.wrapped(" · ".join(where), width - 2, "$faint") if where else []
            lines += [SectionLine(layout.row(("• " if yours else "  ", "$good"), line), item) for line in words]
            lines += [SectionLine(layout.row("  ", line), item) for line in below]
        return [*_section(_("Thresholds"), lines), *self.figures(width)]

    def figures(self, width: int) -> list[SectionLine]:
        """Raw: what chance alone would do, how others do, the figures with their names, the sources."""
        if not self.raw:
            return []
        lines: list[Content] = []
        sides = {_("chance"): self.finding.chance, _("others"): self.finding.others}
        sides = {label: words for label, words in sides.items() if words}
        label_width = layout.widest(sides) + 2
        for label, words in sides.items():
            head = layout.left(label, label_width, "$faint")
            lines += layout.hanging(head, layout.wrapped(words, width - label_width))
        rows = []
        for name, value in self.finding.figures.items():
            if value is not None:  # a number, or the name of a channel
                said = self.titles.get(value, value) if isinstance(value, str) else format_significant(value)
                rows.append((self.pattern.words(name, self.titles), said))
        value_width = layout.widest(said for _label, said in rows)
        label_width = min(layout.widest(label for label, _said in rows) + 1, width - value_width - 1)
        for label, said in rows:
            cells = layout.left(label, label_width, "$faint"), " ", layout.right(said, value_width, "bold")
            lines.append(layout.row(*cells))
        source = layout.wrapped(localize_numbers(_(self.pattern.source)), width)
        more = _("tested on days made by chance, and on days with the pattern built in: docs/patterns.md")
        source += layout.wrapped(capitalized(more), width, "$faint")
        return [*_section(_("Figures"), lines), *_section(_("Source"), source)[:-1]]

    def sessions(self, width: int) -> list[SectionLine]:
        """The groups under their headings, then how many more there are.

        Where most days have one session, each has its date.
        """
        workspace, groups = self.workspace, self.groups
        now, shown = workspace.now(), sum(group.counted for group in groups)
        names = (self.titles.get(session.channel, session.channel) for group in groups for session in group.sessions)
        name_width = max(layout.widest(names), 8)
        dated = shown < 2 * len(groups)
        date_width = layout.widest(workspace.near_date(group.date) for group in groups)
        lines = []
        for group in groups:
            date = workspace.near_date(group.date).ljust(date_width) + "  " if dated else ""
            if not dated:
                lines.append(SectionLine(_group_heading(group, width, raw=self.raw)))
            pieces = spell_lines(group.spells) or [" "] * len(group.sessions)
            for session, piece in zip(group.sessions, pieces, strict=True):
                counted = group.is_counted(session)
                switched = "" if counted else _("switched to, not counted")
                details = filter(None, (switched, activity_word(session.activity), session_summary(session)))
                clock = format_clock(session.start, session.zone)
                start = layout.row((f" {piece}", "$faint"), (date, "bold"), f"{clock} ")
                time = layout.right(format_duration(session.duration(now)), 7, "bold" if counted else "$faint")
                title = self.titles.get(session.channel, session.channel)
                name = layout.left(title, name_width + 1, hue(session.channel))
                row = layout.row(start, time, "  ", name, (" · ".join(details), "$faint"))
                lines.append(SectionLine(layout.left(row, width), (SESSION, str(session.id))))
        total = len(self.finding.sessions)
        if 0 < shown < total:
            message = ngettext("▾ {n} more before: ⏎ lists them", "▾ {n} more before: ⏎ lists them", total - shown)
            lines.append(SectionLine(layout.text(f"  {message.format(n=total - shown)}", "$primary"), (MORE, "")))
        return _section(_("Sessions behind this"), lines, str(total))


class EvidenceHead(SnapshotPanel[EvidenceText]):
    """The summary, then the picture in the room that is left; only shown above two columns."""

    def draw(self, width: int, height: int) -> list[Content]:
        """Summary and picture."""
        summary = [line.words for line in self.shown.summary(width)]
        return [*summary, *self.shown.picture.lines(width, height - len(summary))]


class EvidenceDialog(KeycapDialog[None]):
    """The evidence of one pattern at a time, out of those that `load` reads.

    Up and down choose a session, a threshold or a setting; left and right turn to the other patterns.
    """

    BINDINGS = hidden_bindings(
        *step_keys("move", "down,j", "up,k"),
        *step_keys("read", "pagedown,space", "pageup"),
        *step_keys("turn", "right,l", "left,h"),
        ("tab,shift+tab", "cross"),
        ("enter", "open"),
        ("v", "limit"),
        ("s", "set"),
        ("f", "figures"),
        ("q", "leave"),
    )
    OFFERS = ("edit", "mute", "expected", "show_again", "undo")

    def __init__(self, workspace: Workspace, load: Loader, name: str, session: int | None = None) -> None:
        super().__init__()
        self._workspace, self._load, self._pattern_name = workspace, load, name
        #: The session that is chosen at first.
        self._first_session = session
        #: How many sessions are listed.
        self._most = PAGE
        #: Whether the raw figures are shown.
        self._raw = False
        self._items = load()
        self._select()

    def _select(self) -> None:
        """Prepare the pattern `_pattern_name` out of `_items`."""
        self.shown = next(item for item in self._items if item.finding.name == self._pattern_name)
        self.text = EvidenceText(self._workspace, self.shown, self._most, raw=self._raw)
        self.pattern = self.text.pattern

    def compose(self) -> ComposeResult:
        """The summary above, two columns, and the keys."""
        yield EvidenceHead(id="evidence-head")
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

    def on_resize(self) -> None:
        """Lay everything out for the new size."""
        self._show()

    @property
    def wide(self) -> bool:
        """Whether there is room for two columns."""
        return self.app.size.width >= WIDE and self.app.size.height >= HIGH

    def _show(self) -> None:
        """Fill the panels, in one column or in two."""
        head, (left, right) = self.query_one(EvidenceHead), self._columns()
        number = [item.finding.name for item in self._items].index(self._pattern_name) + 1
        title = _("{title}  {n} of {count}").format(title=self.pattern.title, n=number, count=len(self._items))
        head.display = right.display = self.wide
        if self.wide:
            # If there are sessions, they stand next to everything else.
            writers: tuple[Writer, Writer] = self.text.definition, self.text.thresholds
            if self.text.groups:
                writers = self.text.sessions, self.text.about
            head.show(self.text)
            head.say(title)
            width, height = self.app.size
            summary = len(self.text.summary(width - 4))
            longest = max(len(write(width // 2 - 4)) for write in writers)
            # The picture gets what short columns leave over, or what long ones can spare.
            available = max(height - summary - 22, height - summary - longest - 6, LEAST)
            head.styles.height = summary + self.text.picture.height(available) + 2
            head.refresh(layout=True)
            left.show(writers[0], "")
            right.show(writers[1], "")
        else:
            self._activate(left)
            left.show(self.text.whole, title)
        flagged = self.shown.state == FLAGGED
        head.set_class(flagged, "-flagged")
        left.set_class(flagged and not self.wide, "-flagged")
        self._show_keys()

    def _columns(self) -> tuple[Sections, Sections]:
        return self.query_one("#evidence-left", Sections), self.query_one("#evidence-right", Sections)

    def chosen(self) -> Item:
        """What is chosen in the active column: its kind and name, which are empty where nothing is."""
        return self._active_column().chosen or ("", "")

    def _active_column(self) -> Sections:
        left, right = self._columns()
        return right if self.wide and right.active and not left.active else left

    def _activate(self, active: Sections) -> None:
        for column in self._columns():
            column.active = column is active
            column.set_class(column is active, "-active")
            column.refresh(layout=False)

    def action_move(self, steps: int) -> None:
        """Choose the next item, or scroll on; past the end of a column, continue in the other one."""
        if not self._active_column().move(steps) and self.wide:
            other = self._columns()[steps > 0]
            if other is not self._active_column() and other.spans():
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
            left, right = self._columns()
            other = right if self._active_column() is left else left
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
        return self.text.picture.show_burst_of(self.chosen_session())

    def _show_keys(self) -> None:
        """The keys that do something now."""
        kind, _name = self.chosen()
        opens = {SESSION: _("show its day"), MORE: _("show more"), LIMIT: _("change"), SETTING: _("set")}
        caps = [Cap("⏎", opens[kind])] if kind else []
        caps += [Cap(self.key_of("edit"), _("edit"))] if kind == SESSION else []
        choosing = self.wide and not kind and (self.text.groups or self.pattern.limits())
        caps += [Cap("↑↓", _("choose"))] if choosing else []
        caps += [Cap("s", _("set"))] if self.text.missing() and kind != SETTING else []
        if self.shown.aside:
            caps.append(Cap(self.key_of("show_again"), _("show again")))
        elif self.pattern.thresholds and self.shown.state != NOT_ENOUGH:
            caps += [Cap(self.key_of("mute"), _("mute 28 days"))] if self.shown.state == FLAGGED else []
            caps.append(Cap(self.key_of("expected"), _("expected")))  # a campaign can be announced before it begins
        caps.append(Cap("f", _("hide figures") if self._raw else _("figures")))
        caps += [Cap("v", _("threshold"))] if self.pattern.limits() and kind != LIMIT else []
        caps += [Cap("←→", _("other patterns")), Cap("esc", _("close"))]
        self.query_one(Keycaps).show([cap for cap in caps if cap.key])

    def action_open(self) -> None:
        """Open the chosen session, threshold or setting, or list more sessions; with nothing chosen, close."""
        kind, name = self.chosen()
        if not kind:
            self.answer()
        elif kind == SESSION:
            self._open_session(int(name))
        elif kind == LIMIT:
            change_limit(self.base_app, name)
        elif kind == SETTING:
            ask_setting(self.base_app, name)
        else:
            self._most += 5 * PAGE
            self.reloaded()

    def _open_session(self, id: int) -> None:
        """Show the session in its day's log; edit its fields if another dialog waits below."""
        if len(self.app.screen_stack) > 2:
            self.perform("edit")
            return
        session = queries.session(self._workspace, id)
        self.answer()
        self.base_app.show_on_day(self._workspace.day_of(session.start), session.id)

    def perform(self, action: str) -> None:
        """Only a session is edited, over this dialog."""
        if action != "edit" or self.chosen_session() is not None:
            super().perform(action)

    def chosen_pattern(self) -> str:
        """The pattern that is shown."""
        return self._pattern_name

    def chosen_session(self) -> int | None:
        """The session that is chosen in the active column, if any."""
        kind, name = self.chosen()
        return int(name) if kind == SESSION else None

    def action_limit(self) -> None:
        """Change the only threshold, or the chosen one of several."""
        kind, name = self.chosen()
        if kind == LIMIT:
            change_limit(self.base_app, name)
        else:
            choose_limit(self.base_app, self.pattern)

    def action_set(self) -> None:
        """Ask for the chosen setting, or for the first one that the pattern needs."""
        kind, chosen = self.chosen()
        for name in [chosen] if kind == SETTING else self.text.missing()[:1]:
            ask_setting(self.base_app, name)

    def action_figures(self) -> None:
        """Show the raw figures, or fold them again."""
        self._raw = self.text.raw = not self._raw
        self._show()
        if self._raw:  # they are the last lines of their column
            column = self._columns()[self.wide]
            column.show_from(column.length() - len(self.text.figures(column.content_size.width - 1)))

    async def on_sections_item_opened(self, message: Sections.ItemOpened) -> None:
        """A second click on an item opens it."""
        message.stop()
        await self.run_action("open")


def open_evidence(app: BaseApp, name: str, load: Loader, session: int | None = None) -> None:
    """Open the evidence of a pattern, one of those that `load` reads; a session of it may be chosen."""
    app.clear_passing_toasts()
    app.push_screen(EvidenceDialog(app.workspace, load, name, session))


def choose_limit(app: BaseApp, pattern: Pattern) -> None:
    """Change a pattern's only threshold; of several, ask which."""
    limits = pattern.limits()
    if len(limits) < 2:
        for key in limits:
            change_limit(app, key)
        return
    chosen = dict(app.workspace.settings.patterns)
    choices = [Choice(str(n), pattern.say(limit, chosen), key) for n, (key, limit) in enumerate(limits.items(), 1)]
    app.ask(Chooser(_("Change which threshold?"), choices), lambda key: change_limit(app, key))


def change_limit(app: BaseApp, key: str) -> None:
    """Ask for the value of a threshold; an empty line is the default."""
    from tracker.analytics.patterns.registry import LIMITS, pattern, refuse_limit

    limit, about = LIMITS[key], pattern(key.partition(".")[0])
    now = dict(app.workspace.settings.patterns).get(key, limit.value)
    hint = _("from {least} to {most} · empty: the default {value}").format(
        least=limit.write(limit.least), most=limit.write(limit.most), value=limit.write(limit.value)
    )

    def read(line: str) -> tuple[tuple[float | None], Content]:
        """The value, in a tuple because None, the default, is a value too; and what the pattern would say."""
        number = line.strip().replace(",", ".")
        if not number:
            return (None,), layout.text(about.say(limit, {}))
        try:
            value = float(number.rstrip("% \u202f")) / (100 if number.endswith("%") else 1)
        except ValueError:
            raise TrackerError(_("a number, such as {value}").format(value=limit.write(limit.value))) from None
        refuse_limit(key, value)
        return (None if value == limit.value else value,), layout.text(about.say(limit, {key: value}))

    def keep(answer: tuple[float | None]) -> None:
        (value,) = answer
        pattern_marks.set_threshold(app.workspace, key, value)
        message = _("{title}, default threshold: {words}") if value is None else _("{title}, your threshold: {words}")
        words = about.say(limit, {} if value is None else {key: value})
        app.announce(message.format(title=about.title, words=words))

    app.ask(LineDialog(about.title, read, value=limit.write(now), hint=hint), keep)
