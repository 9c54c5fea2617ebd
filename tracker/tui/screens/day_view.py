"""The Day: its strip, its log, its habits, what it came to, and one line of the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.analytics.habit_days import DONE, OPEN
from tracker.analytics.habit_wording import say_habit, say_state, say_value
from tracker.calendar.days import next_date
from tracker.formatting.times import format_growing_duration, format_long_date
from tracker.locale import _
from tracker.services import habit_keeping, queries
from tracker.tui import layout
from tracker.tui.screens.day_panels import DayHighlights, DayTotals, day_counts, shown_day
from tracker.tui.screens.view import PeriodView
from tracker.tui.widgets.bars import DayStrip
from tracker.tui.widgets.charts import habit_sign, habit_signs, habit_strength
from tracker.tui.widgets.log import Log
from tracker.tui.widgets.panel import Rows, SnapshotPanel

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tracker.domain.models import Session
    from tracker.reports.habit_histories import HabitHistory
    from tracker.workspace import Workspace


class DayView(PeriodView):
    """The second screen."""

    #: The minute for which the habits were measured last.
    _minute = 0

    def compose(self) -> ComposeResult:
        """The strip above, the log at the left, the rest at the right."""
        yield DayStrip(id="day-strip")
        yield Log(id="log")
        yield DayTotals(id="totals")
        yield HabitsPanel(id="day-habits")
        yield DayHighlights(id="day-met", task=True)

    def load(self, workspace: Workspace) -> None:
        """The day chosen, or today."""
        today, strip, log = workspace.today(), self.query_one(DayStrip), self.query_one(Log)
        date = self.period or today
        day = queries.day(workspace, date)
        clusters = strip.shown.clusters if strip.filled and strip.shown.day.date == date else ()
        shown = shown_day(workspace, day, clusters)
        if self.follow_event is not None:
            self.query_one(DayHighlights).lit, self.follow_event = self.follow_event, None
        for panel in (DayStrip, DayTotals, DayHighlights):
            self.query_one(panel).show(shown)
        log.show(shown)
        if self.follow is not None:
            log.choose_session(self.follow)
            self.follow = None
        named = {today: _("today"), next_date(today, -1): _("yesterday")}.get(date)
        heading = list(filter(None, (format_long_date(date), named, _("closed ✓") if day.closed else "")))
        counts = day_counts(day, workspace.zone, workspace.settings.check_limit)
        if day.seconds or day.checks or day.sessions:
            counts.insert(0, format_growing_duration(day.seconds, day.grows))
        strip.caption(heading, counts if day.logged else [_("no data: not counted as zero")])

    def load_patterns(self, workspace: Workspace) -> None:
        """The habits, and the bursts of that day on the strip and in the log."""
        self._show_habits(workspace)
        strip = self.query_one(DayStrip)
        if not strip.filled or not strip.shown.day.parts:
            return
        date = strip.shown.day.date
        clusters = queries.clusters_of(queries.findings_until(workspace, date), date)
        if clusters != strip.shown.clusters:
            shown = strip.shown._replace(clusters=clusters)
            strip.show(shown)
            self.query_one(Log).show(shown)

    def _show_habits(self, workspace: Workspace) -> None:
        self._minute = workspace.now() // 60
        histories = habit_keeping.habits(workspace, self.period)
        self.query_one(HabitsPanel).show(histories)
        self.set_class(bool(histories), "-habits")

    def tick(self, workspace: Workspace, now: int) -> None:
        """Each minute: what is measured of a session that runs."""
        if now // 60 != self._minute:
            self._show_habits(workspace)

    def rows(self) -> Rows | None:
        """The arrows move through the log."""
        return self.query_one(Log)

    def session(self) -> Session | None:
        """The chosen line's."""
        part = self.query_one(Log).part()
        return part.session if part else None

    def turn(self, steps: int, workspace: Workspace) -> None:
        """Go `steps` days forward; there, no line is marked or hidden."""
        self._clear_log()
        super().turn(steps, workspace)

    def go(self, date: str, workspace: Workspace) -> None:
        """Show a date; there, no line is marked or hidden."""
        self._clear_log()
        super().go(date, workspace)

    def _clear_log(self) -> None:
        self.query_one(Log).words = ""
        self.query_one(Log).items = ()
        self.query_one(DayHighlights).lit = None


#: As many days as are shown at most, and at least.
MOST, FEWEST = 28, 7

#: Cells of today's value, and of a bar for strength, each where there is room for it.
VALUE, BAR = 12, 8


class HabitsPanel(SnapshotPanel["tuple[HabitHistory, ...]"]):
    """A line for each habit, with its days up to the one that is shown."""

    def label(self) -> None:
        """How many of those that are due are done."""
        done = sum(history.today.state == DONE for history in self.shown)
        due = sum(history.today.due for history in self.shown)
        value_text = _("{done} of {n} done").format(done=done, n=due) if due else ""
        self.say(_("Habits"), value_text if self.shown else _("y: add one"))

    def draw(self, width: int, height: int) -> list[Content]:
        """As many as fit."""
        if not self.shown:
            return self._offers(width, height)
        fitting = self.shown if len(self.shown) <= height else self.shown[: height - 1]
        name = min(layout.widest(history.habit.name for history in self.shown), max(width - FEWEST - 9, 8)) + 1
        available = width - 2 - name - 5
        value = VALUE if available - VALUE - 1 >= FEWEST else 0
        bar = BAR if available - value - BAR - 2 >= 14 else 0
        days = max(min(available - value - bar - 1, MOST), 0)
        lines = [self._line(history, width, name, value, days, bar) for history in fitting]
        if len(fitting) < len(self.shown):
            lines.append(layout.text(_("… {n} more: y").format(n=len(self.shown) - len(fitting)), "$faint"))
        return layout.spread(lines, height)

    async def on_click(self) -> None:
        """Do what the key of the habits does."""
        await self.app.run_action("do('habits')")

    def _line(self, history: HabitHistory, width: int, name: int, value: int, days: int, bar: int) -> Content:
        head = layout.row(habit_sign(history.today.state), " ", layout.left(history.habit.name, name))
        value_text = say_value(history.habit, history.today.value) or say_state(history.habit, history.today)
        value_text = value_text if layout.widest([value_text]) < value else ""
        quiet = "$faint" if history.today.state == OPEN else ""
        signs, strength = habit_signs(history.recent(days), days), habit_strength(history.strength, bar)
        tail = layout.row(signs, " " if bar else "", strength)
        spare = width - head.cell_length - tail.cell_length
        return layout.row(head, layout.left(value_text if value else "", spare, quiet), tail)

    def _offers(self, width: int, height: int) -> list[Content]:
        message = _("No habits yet. [y] adds one of these, or your own.")
        lines = layout.folded(layout.keyed(message), width)
        for name, habit in habit_keeping.SUGGESTED_HABITS:
            lines += [layout.text(_(name), "bold"), layout.left(f"  {say_habit(habit)}", width, "$faint")]
        return lines if len(lines) <= height else [line for line in lines if not line.plain.startswith("  ")]
