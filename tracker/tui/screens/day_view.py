"""The Day: its strip, its log, what it came to, and one line of the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.days import next_date
from tracker.formatting.times import format_long_date
from tracker.locale import _
from tracker.services import habit_keeping, queries
from tracker.services.queries import clusters_of
from tracker.tui.screens.day_highlights import DayHighlights
from tracker.tui.screens.day_totals import DayTotals
from tracker.tui.screens.habits_panel import HabitsPanel
from tracker.tui.screens.timer_view import day_words
from tracker.tui.screens.view import PeriodView
from tracker.tui.widgets.log import Log
from tracker.tui.widgets.strip import DayStrip

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tracker.domain.models import Session
    from tracker.tui.widgets.panel import Rows
    from tracker.workspace import Workspace


class DayView(PeriodView):
    """The second screen."""

    #: The session to choose at the next loading: one that was just logged.
    follow: int | None = None
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
        date = self.place or workspace.today()
        day = queries.day(workspace, date)
        everything = queries.channels(workspace)
        titles = {channel.name: channel.title for channel in everything}
        letters = {channel.name: channel.letter or "" for channel in everything}
        strip = self.query_one(DayStrip)
        same = strip.filled and strip.day.date == date
        clusters = strip.clusters if same else ()
        strip.show(day, clusters, letters, workspace.zone, workspace.now())
        heading = format_long_date(date)
        named = {workspace.today(): _("today"), next_date(workspace.today(), -1): _("yesterday")}.get(date)
        summary = (
            day_words(day, workspace.zone, workspace.settings.check_limit)
            if day.logged
            else _("not logged: unknown, not zero")
        )
        parts = (heading, named, _("closed ✓") if day.closed else None)
        strip.say(" · ".join(part for part in parts if part), summary)
        log = self.query_one(Log)
        log.show(day, clusters, titles, workspace.zone)
        if self.follow is not None:
            log.choose_session(self.follow)
            self.follow = None
        self.query_one(DayTotals).show(day)
        self.query_one(DayHighlights).show(day, titles, workspace.zone)

    def load_patterns(self, workspace: Workspace) -> None:
        """The habits, and the bursts of that day on the strip and in the log."""
        self._show_habits(workspace)
        strip, log = self.query_one(DayStrip), self.query_one(Log)
        if not strip.filled or not strip.day.parts:
            return
        clusters = clusters_of(queries.findings_until(workspace, strip.day.date), strip.day.date)
        if clusters != strip.clusters:
            strip.show(strip.day, clusters, strip.letters, workspace.zone, strip.now)
            log.show(strip.day, clusters, log.titles, workspace.zone)

    def _show_habits(self, workspace: Workspace) -> None:
        self._minute = workspace.now() // 60
        kept = habit_keeping.habits(workspace, self.place)
        self.query_one(HabitsPanel).show(kept)
        self.set_class(bool(kept), "-habits")

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

    def latest(self, workspace: Workspace) -> str:
        """Today."""
        return workspace.today()

    def after(self, place: str, steps: int) -> str:
        """So many days after a day."""
        return next_date(place, steps)

    def containing(self, date: str, workspace: Workspace) -> str:
        """The date itself."""
        return date

    def turn(self, steps: int, workspace: Workspace) -> None:
        """Go so many days on; nothing is marked or hidden there."""
        self._clear_log()
        super().turn(steps, workspace)

    def go(self, date: str, workspace: Workspace) -> None:
        """Show a date; nothing is marked or hidden there."""
        self._clear_log()
        super().go(date, workspace)

    def _clear_log(self) -> None:
        self.query_one(Log).words = ""
        self.query_one(Log).parts = ()
