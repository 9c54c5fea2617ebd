"""The Timer: an unplanned visit, the task, the clock, today against its budget, the strip, how to start, the patterns.

A file without records shows a greeting instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content

from tracker.analytics.patterns.pattern import FLAGGED
from tracker.domain.models import Channel, DayNote, Session, over_plan
from tracker.formatting.text import activity_word, in_quotation_marks
from tracker.formatting.times import format_clock, format_duration, format_upcoming
from tracker.locale import _, ngettext
from tracker.reports.day import Day, PauseOutcome
from tracker.services import closing_day, pausing, queries, reviewing, timekeeping
from tracker.tui import layout, theme
from tracker.tui.keys import say_key, ways_out
from tracker.tui.screens import day_panels
from tracker.tui.screens.patterns_panel import ASIDE, PatternItem, TodaysPatterns, cluster_words, patterns_today
from tracker.tui.screens.view import View
from tracker.tui.session_text import ago, session_reasons, usual_words
from tracker.tui.widgets.bars import DayStrip, ShownDay
from tracker.tui.widgets.log import LatestLog
from tracker.tui.widgets.panel import CORNERS, Panel, Rows, link
from tracker.workspace import Workspace

#: The digits from 0 to 9 as large figures, each three cells wide, with a blank behind it; and the colon.
_DIGITS = (
    "█▀█ ▀█  ▀▀█ ▀▀█ █ █ █▀▀ █▀▀ ▀▀█ █▀█ █▀█",
    "█ █  █  █▀▀  ▀█ ▀▀█ ▀▀█ █▀█   █ █▀█ ▀▀█",
    "▀▀▀ ▀▀▀ ▀▀▀ ▀▀▀   ▀ ▀▀▀ ▀▀▀   ▀ ▀▀▀ ▀▀▀",
)
_COLON = "▄", "▄", " "


def large_digits(figures: str, style: str) -> list[Content]:
    """`0:37:12` in three lines."""
    lines = []
    for digits, colon in zip(_DIGITS, _COLON, strict=True):
        drawn = [colon if figure == ":" else digits[4 * int(figure) :][:3] for figure in figures]
        lines.append(Content.styled(" ".join(drawn), style))
    return lines


class RunningPanel(Panel):
    """Redrawn once a second while a session runs, else once a minute.

    The sentence about the plan stands directly below the clock, whole at every size; the rest gives way.
    """

    filled = False
    shown: ShownDay
    session: Session | None = None
    pause: PauseOutcome | None = None
    now = 0
    #: Whether nothing is recorded any more, whether the space bar has something to resume, and whether why is asked.
    lost, resumes, asks = False, True, False

    def show(
        self, shown: ShownDay, session: Session | None, pause: PauseOutcome | None, *, lost: bool, resumes: bool
    ) -> None:
        """Set the day, the running session and the pause, if any."""
        self.shown, self.session, self.pause, self.lost, self.resumes = shown, session, pause, lost, resumes
        self.now, self.filled = shown.now, True
        self.set_class(session is not None, "-running")
        self._redraw()

    def ask(self, asks: bool) -> None:
        """Set whether the reason of the overrun is asked."""
        if asks != self.asks:
            self.asks = asks
            self._redraw()

    def tick(self, now: int) -> None:
        """Advance the clock: that of a session each second, everything else each minute."""
        if self.filled and (now != self.now if self.session else now // 60 != self.now // 60):
            self.now = now
            self._redraw()

    def on_resize(self) -> None:
        """Another width has room for other words on the border."""
        self._redraw()

    def _redraw(self) -> None:
        if self.filled:
            self.set_class(self._over() > 0, "-over")
            self.say(self._above(), "" if self.lost else self._below())
            self.refresh()

    def _over(self) -> int:
        """Seconds past the plan; 0 while it is not over, and without one."""
        return over_plan(self._spent(), self.session.planned_seconds) if self.session else 0

    def _spent(self) -> int:
        """Seconds since its start; none while a clock that was set back shows an earlier time."""
        return self.session.duration(self.now) if self.session else 0

    def _pause_words(self, pause: PauseOutcome) -> str:
        until = format_upcoming(pause.end, self.now, self.shown.zone)
        return _("‖ Pause until {clock}").format(clock=until)

    def _above(self) -> str:
        """The upper border: what the clock below it measures."""
        if self.lost:
            return _("⊘ Nothing is recorded")
        if self.session:
            started = format_clock(self.session.start, self.session.zone)
            return _("● Recording since {clock}").format(clock=started)
        return self._pause_words(self.pause) if self.pause else _("No timer running")

    def _below(self) -> str:
        """The lower border: a pause during a session, or the keys of a session over its plan, or the space bar."""
        available = self.outer_size.width - CORNERS
        if self.session:
            shows_keys = self._over() > 0 and not self._beside(self.content_size.width)
            keys = self._keys_past(available) if shows_keys else ""
            pause = self._pause_words(self.pause) if self.pause else ""
            both = " · ".join(filter(None, (pause, keys)))
            return both if len(both) <= available else pause or keys
        return _("space: resume last") if self.resumes and not self.pause and self.shown.day.last is not None else ""

    def draw(self, width: int, height: int) -> list[Content]:
        """The clock first, at any height."""
        if self.session:
            return self._recording(self.session, width, height)
        return self._pausing(self.pause, width) if self.pause else self._idle(width)

    def _recording(self, session: Session, width: int, height: int) -> list[Content]:
        style = "bold $over" if self._over() > 0 else "bold $good"
        lines = [*large_digits(format_duration(self._spent(), "clock"), style), *self._sentence(session, width)]
        name = (self.shown.titles.get(session.channel, session.channel), f"bold {theme.hue(session.channel)}")
        activity = f"  {activity_word(session.activity)}" if session.activity else ""
        below = [layout.row(name, activity, (f"  @{session.person}" if session.person else "", "$faint"))]
        aim = session.intention or session.note
        if aim:
            below += layout.wrapped(in_quotation_marks(aim), width, "italic $faint", 2 if height >= 9 else 1)
        if session.overrun:
            below.append(layout.text(in_quotation_marks(session.overrun), "italic $faint"))
        if aside := session_reasons(session):
            below.append(layout.text(aside, "$faint"))
        bar = [self._bar(session, width)] if session.planned_seconds else []
        if height > len(lines) + len(bar) + len(below):
            below.insert(0, layout.BLANK)
        return [*lines, *bar, *below]

    def _bar(self, session: Session, width: int) -> Content:
        """The plan filled by the time spent; past the plan, all that was spent, dense beyond the plan."""
        planned, spent = session.planned_seconds or 0, self._spent()
        plan = format_duration(planned)
        length = width - len(plan) - 1
        if not self._over():
            return layout.row(layout.bar(spent, planned, length, "$good"), " ", (plan, "$faint"))
        planned_width = max(1, min(length - 1, round(length * planned / spent)))
        line = layout.row(("█" * planned_width, "$good on $good"), ("▓" * (length - planned_width), "$over on $track"))
        return layout.row(line, " ", (plan, "$faint"))

    def _sentence(self, session: Session, width: int) -> list[Content]:
        """`▲ 12m over plan`, with the keys beside it where there is room; else they are on the border."""
        if not session.planned_seconds:
            return layout.wrapped(_("no plan: it runs until you stop it"), width, "$faint")
        over = self._over()
        if not over:
            left = format_duration(max(session.planned_seconds - self._spent(), 0))
            return layout.wrapped(_("{time} left of the plan").format(time=left), width, "$foreground")
        if beside := self._beside(width):
            return [layout.join_with_dots((self._over_words(over), "bold $over"), beside)]
        return layout.wrapped(self._over_words(over), width, "bold $over")

    def _over_words(self, over: int) -> str:
        return _("▲ {time} over plan").format(time=format_duration(over))

    def _beside(self, width: int) -> Content:
        """The keys of a session over its plan as they fit behind the sentence; blank where they do not."""
        available = width - layout.text(self._over_words(self._over())).cell_length - 3
        ways = (self._keys(_("why still here?")), self._keys(_("why?")))
        lines = (layout.join_with_dots(*(offered(*key) for key in keys)) for keys in ways)
        return next((line for line in lines if line.cell_length <= available), layout.BLANK)

    def _keys_past(self, available: int) -> str:
        keys = " · ".join(f"{key} {does}" for key, does in self._keys(_("why?")))
        return keys if len(keys) <= available else " · ".join(key for key, _does in self._keys(""))

    def _keys(self, why: str) -> list[tuple[str, str]]:
        asked = self.asks and self.session and not self.session.overrun
        return [*([(self.key_of("why"), why)] if asked else []), (self.key_of("extend"), format_duration(300))]

    def _pausing(self, pause: PauseOutcome, width: int) -> list[Content]:
        """The time left; what was opened during the pause is a line like any other."""
        left = max(pause.until - self.now, 0)
        minutes = -(-left // 60)
        opened = ""
        if pause.openings:
            first, *others = pause.openings
            title, clock = self.shown.titles.get(first.channel, first.channel), format_clock(first.at, first.zone)
            opened = _("opened {channel} {clock}").format(channel=title, clock=clock)
            opened += f" +{len(others)}" if others else ""
        return [
            *large_digits(f"{minutes // 60}:{minutes % 60:02}", "bold $good"),
            layout.text(_("left of the pause"), "$foreground"),
            layout.text(opened, "$faint"),
            layout.bar(max(0, self.now - pause.start), pause.end - pause.start, width, "$good"),
        ]

    def _idle(self, width: int) -> list[Content]:
        """The time since the last social session of today; before the first one how to begin."""
        day = self.shown.day
        if day.last is None:
            says = _("No social time today.") if day.logged else _("Nothing logged today yet.")
            how = _("[{start}] starts a session, [{check}] logs a check, [{add}] adds past time.")
            how = how.format(start=self.key_of("start"), check=self.key_of("check"), add=self.key_of("add"))
            lines = layout.folded(layout.keyed(how), width)
            return [*layout.wrapped(says, width, "bold $strong"), layout.BLANK, *lines]
        minutes = max(0, self.now - day.last) // 60
        # A check that was logged just now ends in some seconds: of it, only what is over counts as the last moment.
        channel = next((part.session.channel for part in reversed(day.parts) if part.start <= day.last <= part.end), "")
        # Of a session that is still to come by a clock that was set back, only the clock is said.
        message, title = _("since {channel}, {clock}"), self.shown.titles.get(channel, channel)
        message = message if channel else _("since {clock}")
        since = message.format(channel=title, clock=format_clock(day.last, self.shown.zone))
        clock = large_digits(f"{minutes // 60}:{minutes % 60:02}", "bold $strong")
        return [*clock, layout.text(since, "$foreground")]


#: The least cells in which an earlier intention is shown.
LEAST_INTENTION_CELLS = 12


class StartList(Panel):
    """Clicking a row starts there; its keycap shows both keys, because many letters by themselves do something else."""

    items: Sequence[tuple[Channel, queries.EarlierStart]] = ()
    running: Session | None = None
    now = 0
    plans: Sequence[str] = ()

    def show(self, items: Sequence[tuple[Channel, queries.EarlierStart]], now: int, running: Session | None) -> None:
        """Set what is offered."""
        self.items, self.now, self.running = items, now, running
        self.say(_("Start"))
        self.refresh(layout=False)

    def tick(self, now: int) -> None:
        """How long ago that was, once a minute."""
        if now // 60 != self.now // 60:
            self.now = now
            self.refresh(layout=False)

    def commit(self, plans: Sequence[str]) -> None:
        """Set this week's commitments."""
        if tuple(plans) != tuple(self.plans):
            self.plans = plans
            self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """A row each: keys, channel, what was done last and, where there is room, why and how long ago."""
        rows = self.items[:height]
        label = min(layout.widest(channel.title for channel, _usual in rows), max(9, width // 3))
        usual_width = layout.widest(usual_words(usual) for _channel, usual in rows) + 2
        lines: list[Content] = []
        for channel, usual in rows:
            keys = layout.keycap(f"{self.key_of('start')} {channel.letter}" if channel.letter else None)
            name = layout.row(keys, " ", layout.left(channel.title, label, theme.hue(channel.name)), " ")
            tail = self._when(channel, usual) if width >= 36 else layout.BLANK
            room = width - name.cell_length - (tail.cell_length + 1 if tail else 0)
            words = usual_words(usual)
            if cell_len(words) > room:  # what, without how long
                words = activity_word(usual.activity)
            head = layout.row(name, (words, "$foreground"))
            said = in_quotation_marks(usual.intention) if usual.intention else ""
            column = keys.cell_length + label + 2 + usual_width
            room = width - column - tail.cell_length - 2
            if said and room >= LEAST_INTENTION_CELLS:
                head = layout.row(layout.left(head, column), layout.left(said, room, "italic $faint"))
            lines.append(link(layout.ends(head, tail, width), "app.start_on", channel.name))
        return [*lines, *self._plans(width, height - len(lines))]

    def _when(self, channel: Channel, usual: queries.EarlierStart) -> Content:
        """That it runs, or how long ago it was started."""
        if self.running is not None and self.running.channel == channel.name:
            return layout.text(_("● now"), "$good")
        return layout.text(ago(self.now - usual.start) if usual.start is not None else "", "$faint")

    def _plans(self, width: int, available: int) -> list[Content]:
        """This week's commitments below the channels, where there is room for all of them."""
        plans = [layout.wrapped(plan, width - 2, "italic") for plan in self.plans]
        if not plans or sum(map(len, plans)) + 2 > available:
            return []
        lines = [layout.BLANK, layout.text(_("This week"), "bold $primary")]
        return lines + [line for plan in plans for line in layout.hanging((f"{theme.COMMITMENT} ", "$good"), plan)]


class VisitLine(Panel):
    """What was visited and when; then the keys: an urge resisted, the important task, dismissed."""

    visit: pausing.UnplannedVisit | None = None
    channel = ""

    def show(self, visit: pausing.UnplannedVisit | None, channel: str = "") -> None:
        """Set the visit, and what its channel is called."""
        self.visit, self.channel = visit, channel
        self.display = visit is not None
        self.refresh()

    def draw(self, width: int, height: int) -> list[Content]:
        """The keys are whole at every width."""
        if self.visit is None:
            return []
        session = self.visit.session
        clock = format_clock(session.start, session.zone)
        short = layout.row(("▸ ", "bold"), (self.channel, f"bold {theme.hue(session.channel)}"), f" {clock}")
        head = layout.row(short, " " + (_("in your pause") if self.visit.in_pause else _("in your focus hours")))
        keys = self._keys(_("resist the next urge"), _("to work"), _("dismiss"))
        if head.cell_length + keys.cell_length >= width:
            keys = self._keys(_("urge"), _("work"), _("dismiss"))
            head = head if head.cell_length + keys.cell_length < width else short
        return [layout.ends(head, keys, width)]

    def _keys(self, urge: str, task: str, dismiss: str) -> Content:
        actions = {"urge": urge, "task": task}
        parts = [link(offered(self.key_of(name), does), "app.do", name) for name, does in actions.items()]
        parts.append(link(offered(say_key("escape"), dismiss), "app.simulate_key", "escape"))
        return layout.text("   ").join(parts)


def offered(key: str, does: str) -> Content:
    """`B why?`: a key and what it does."""
    return layout.row((key, "bold $accent"), (f" {does}", "$faint"))


class Welcome(Panel):
    """Shown until something is recorded."""

    def on_mount(self) -> None:
        """Set the title, and draw again when a dialog is opened or closed."""
        self.say(_("Welcome"))
        self.app.screen_change_signal.subscribe(self, lambda _screen: self.refresh(layout=False), immediate=True)

    def draw(self, width: int, height: int) -> list[Content]:
        """The greeting, and how to begin; under a dialog the greeting alone, because the dialog has other letters."""
        column = min(width - 2, 72)
        start, check, add, enter = (self.key_of(name) for name in ("start", "check", "add", "open"))
        ways = (
            (enter, _("set up or import"), _("channels, budget, your history, the demo")),
            (start, _("start a session"), _("choose a channel, then what for")),
            (check, _("log a check"), _("a look of a few seconds at a channel")),
            (add, _("log past time"), _("e.g. linkedin create 14:00-14:25")),
        )
        label = layout.widest(title for _key, title, _how in ways) + 2
        greeting = _("Is a network worth your time? Find out from your own data.")
        lines = [
            *layout.wrapped(greeting, column, "bold $strong"),
            *layout.wrapped(_("Everything stays in one file on this machine."), column, "$faint"),
            layout.BLANK,
            layout.text(_("How do you want to begin?"), "bold"),
            *(self._way(key, title, hint, label, column) for key, title, hint in ways),
        ]
        lines = lines[:height]
        side = " " * max((width - column) // 2, 0)
        above = max((height - len(lines)) // 2, 0)
        if len(self.app.screen_stack) > 1:
            lines = lines[: -len(ways) - 2]
        return [layout.BLANK] * above + [layout.row(side, line) for line in lines]

    def _way(self, key: str, title: str, hint: str, label: int, width: int) -> Content:
        head = layout.row(layout.keycap(key), " ", layout.left(title, label, "bold"))
        available = width - head.cell_length
        return layout.row(head, (hint, "$faint")) if cell_len(hint) <= available else head


class TaskLine(Panel):
    """A click does what its key does: it starts a session on the task, or asks for one."""

    named: str | None = None
    done = False
    runs = False
    #: Whether it is yesterday's that was left over.
    yesterday = False

    def show(self, today: DayNote, left_over: str | None, running: Session | None) -> bool:
        """Set today's task, or else the one left over; returns whether there is anything to show."""
        self.named, self.done = today.task or left_over, bool(today.task) and today.task_done
        self.yesterday = not today.task and bool(left_over)
        self.runs = bool(running and self.named and running.intention == self.named)
        self.refresh(layout=False)
        return bool(self.named)

    def draw(self, width: int, height: int) -> list[Content]:
        """Its state by a glyph and a word, then what can be done about it."""
        if not self.named:
            return []
        glyph, label, style = self._state()
        head = layout.row((f"{glyph} {label} ", style), (self.named, "$faint" if self.done else "bold"))
        return [link(layout.ends(head, self._keys(), width), "app.do", "task")]

    def _state(self) -> tuple[str, str, str]:
        if self.done:
            return day_panels.TASK_DONE, _("Done:"), "$good"
        if self.runs:
            return theme.RUNS, _("Under way:"), "bold $good"
        return day_panels.TASK_OPEN, _("Yesterday's, still to do:") if self.yesterday else _("Today:"), "$primary"

    def _keys(self) -> Content:
        parts = []
        if not self.runs and not self.done:
            parts.append(offered(self.key_of("task"), _("takes it up") if self.yesterday else _("start it")))
        if not self.yesterday and not self.done:
            parts.append(offered(self.key_of("task_done"), _("mark done")))
        return layout.text("   ").join(parts)


#: So many channels need no higher strip than one line.
FEW = 2


class TimerView(View):
    """The first screen."""

    _evening = False
    #: The minute in which visits were looked for last.
    _visit_minute = 0

    def compose(self) -> ComposeResult:
        """One panel for each question."""
        yield VisitLine(id="visit")
        yield Welcome(id="welcome")
        yield TaskLine(id="task")
        yield RunningPanel(id="running")
        yield day_panels.TodayPanel(id="today")
        yield DayStrip(id="strip")
        yield StartList(id="start")
        yield LatestLog(id="latest")
        yield TodaysPatterns(id="patterns")
        yield day_panels.DayHighlights(id="met")

    def load(self, workspace: Workspace) -> None:
        """Load today from the file."""
        empty, self._evening = queries.is_empty(workspace), closing_day.is_evening(workspace)
        self.set_class(empty, "-empty")
        if empty:
            self.query_one(Welcome).refresh(layout=False)
            return
        strip, today = self.query_one(DayStrip), queries.day(workspace, workspace.today())
        shown = day_panels.shown_day(workspace, today, strip.shown.clusters if strip.filled else ())
        offered, running = queries.offered(workspace), queries.running(workspace)
        self._show_visit(workspace)
        self.set_class(len({part.session.channel for part in today.parts}) <= FEW, "-few")
        task = self.query_one(TaskLine)
        self.set_class(task.show(closing_day.task(workspace), closing_day.unfinished_task(workspace), running), "-task")
        pause, lost = pausing.current_pause(workspace), workspace.lost is not None
        resumes = timekeeping.can_resume(workspace)
        self.query_one(RunningPanel).show(shown, running, pause, lost=lost, resumes=resumes)
        self._ask_why(workspace)
        self.query_one(day_panels.TodayPanel).offered = offered
        for panel in (day_panels.TodayPanel, DayStrip, day_panels.DayHighlights):
            self.query_one(panel).show(shown)
        strip.caption(self._heading(today, workspace), day_panels.purposes(today))
        starts = [(channel, queries.last_use(workspace, channel.name)) for channel in offered]
        self.query_one(StartList).show(starts, shown.now, running)
        self.query_one(LatestLog).show(shown)
        self.query_one(TodaysPatterns).say(_("Patterns"))

    def _show_visit(self, workspace: Workspace) -> None:
        visit, self._visit_minute = pausing.unplanned_visit(workspace), workspace.now() // 60
        self.query_one(VisitLine).show(visit, queries.title(workspace, visit.session.channel) if visit else "")

    def dismiss(self, workspace: Workspace) -> bool:
        """Escape: dismiss the unplanned visit; returns whether there was one."""
        line = self.query_one(VisitLine)
        if line.visit is None:
            return False
        pausing.dismiss_visit(workspace, line.visit)
        self._show_visit(workspace)
        return True

    def _heading(self, today: Day, workspace: Workspace) -> list[str]:
        """`Today · first 07:06 · 11 checks · 4 sessions`; in the evening how to close it, then that it is closed."""
        parts = [_("Today"), *day_panels.day_counts(today, workspace.zone, workspace.settings.check_limit)]
        if today.closed:
            parts.append(_("closed ✓"))
        elif self._evening and today.logged:
            key = self.query_one(DayStrip).key_of("close")
            parts.append(_("{key} closes the day").format(key=key))
        return parts

    def load_patterns(self, workspace: Workspace) -> None:
        """The patterns as of today, and today's bursts on the strip and in the log."""
        strip = self.query_one(DayStrip)
        if not strip.filled or self.has_class("-empty"):
            return
        self.query_one(StartList).commit(_plans(workspace))
        items = patterns_today(workspace)
        clusters = queries.clusters_of(tuple(item.finding for item in items), strip.shown.day.date)
        shown = strip.shown._replace(clusters=clusters, now=workspace.now())
        strip.show(shown)
        self.query_one(LatestLog).show(shown)
        self.set_class(not any(item.state in (FLAGGED, ASIDE) for item in items), "-calm")
        panel = self.query_one(TodaysPatterns)
        panel.show(_today_first(items, shown, panel.key_of), _("Patterns"))

    def tick(self, workspace: Workspace, now: int) -> None:
        """Move the clock, ask why it still runs once it is time to, and say when the evening has come."""
        self.query_one(RunningPanel).tick(now)
        self.query_one(StartList).tick(now)
        if self.query_one(VisitLine).visit and now // 60 != self._visit_minute:
            self._show_visit(workspace)  # it is mentioned for a while
        if closing_day.is_evening(workspace) != self._evening:
            self.load(workspace)
        self._ask_why(workspace)

    def _ask_why(self, workspace: Workspace) -> None:
        panel = self.query_one(RunningPanel)
        if panel.session:
            panel.ask(timekeeping.asks_why(workspace, panel.session))

    def rows(self) -> Rows | None:
        """The arrows move through the patterns."""
        return self.query_one(TodaysPatterns)


def _plans(workspace: Workspace) -> list[str]:
    """This week's commitments in words, which are imported only if there are any."""
    planned = reviewing.commitments_of(workspace, workspace.this_week())
    if not planned:
        return []
    from tracker.reports.commitment_words import say_commitment

    return [say_commitment(commitment) for commitment in planned]


def _today_first(items: list[PatternItem], shown: ShownDay, key_of: Callable[[str], str]) -> list[PatternItem]:
    """Today's bursts first, then every other pattern; a burst that still goes on has ways out next to it."""
    first, others = [], []
    for item in items:
        bursts = [burst for burst in item.finding.events if burst.date == shown.day.date]
        if item.state != FLAGGED or not bursts:
            others.append(item)
            continue
        words = [cluster_words(burst, shown.titles, format_clock(burst.start, burst.zone)) for burst in bursts]
        if more := len(item.finding.events) - len(bursts):
            words.append(ngettext("{n} more in 28 logged days", "{n} more in 28 logged days", more).format(n=more))
        instead = ways_out(key_of) if any(pausing.is_live(burst, shown.now) for burst in bursts) else ()
        heading = _("{title}, today").format(title=item.title)
        first.append(item._replace(title=heading, shorter=item.title, words=" · ".join(words), instead=instead))
    return [*first, *others]
