"""The Week: its days by channel, when one checks, the patterns with their evidence, and the figures so far."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Vertical

from tracker.calendar.weeks import next_week
from tracker.locale import _
from tracker.services import pattern_marks, queries, reviewing
from tracker.tui.screens.patterns_panel import PatternsPanel, patterns_in, patterns_of
from tracker.tui.screens.view import PeriodView
from tracker.tui.screens.week_panels import (
    ChecksPanel,
    ResultsPanel,
    ShownWeek,
    TimeSpentPanel,
    WeekDaysPanel,
    WeekHeadline,
    WeekPanel,
    WorthPanel,
)

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tracker.reports.patterns import PatternLook
    from tracker.services.reviewing import WeekWorth
    from tracker.tui.widgets.panel import Rows
    from tracker.workspace import Workspace


class WeekView(PeriodView):
    """The third screen."""

    def compose(self) -> ComposeResult:
        """One line above; days, checks and activities at the left; patterns and what came of it at the right."""
        yield WeekHeadline(id="headline")
        with Vertical(id="week-left"):
            yield WeekDaysPanel(id="days")
            yield ChecksPanel(id="checks")
            yield TimeSpentPanel(id="spent")
        with Vertical(id="week-right"):
            yield PatternsPanel(id="week-patterns")
            yield WorthPanel(id="worth")
            yield ResultsPanel(id="returns")

    def load(self, workspace: Workspace) -> None:
        """The week chosen, or this one."""
        week = queries.week(workspace, self.place or workspace.this_week())
        reviewed = reviewing.review_date(workspace, week.week)
        running = queries.running(workspace)
        kind = queries.find_channel(workspace, running.channel).kind if running else ""
        shown = ShownWeek(
            *(week, workspace.today(), queries.titles(workspace), queries.letters(workspace)),
            first_hour=workspace.settings.day_starts_at // 3600,
            runs=kind == "social" and workspace.today() in week.dates,
            reviewed=reviewed,
            changed=bool(reviewed and reviewing.week_changes(workspace, week)),
        )
        for panel in self.query(WeekPanel):
            panel.show(shown)
        patterns = self.query_one(PatternsPanel)
        patterns.loader = partial(patterns_in, workspace, week.week)
        patterns.show(patterns_of(workspace, week), _("Patterns"))
        worth = self.query_one(WorthPanel)
        if worth.week != week.week:
            worth.show(week.week, None)

    def load_patterns(self, workspace: Workspace) -> None:
        """How each pattern went in five weeks, and what is worth it: in a thread, since no key waits that long."""
        headline = self.query_one(WeekHeadline)
        if headline.filled:
            self.run_worker(partial(self._look_back, workspace, headline.week.week), thread=True, exit_on_error=False)

    def _look_back(self, workspace: Workspace, week: str) -> None:
        looks = pattern_marks.five_weeks(workspace, week)
        self.app.call_from_thread(self._show_looks, week, looks)
        week_worth = reviewing.week_worth(workspace, week)
        self.app.call_from_thread(self._show_worth, week, week_worth)

    def _show_worth(self, week: str, week_worth: WeekWorth) -> None:
        if self.whole and self.query_one(WorthPanel).week == week:
            self.query_one(WorthPanel).show(week, week_worth)

    def _show_looks(self, week: str, looks: dict[str, tuple[PatternLook, ...]]) -> None:
        """Unless another week is shown by now."""
        if self.whole and self.query_one(WeekHeadline).week.week == week:
            patterns = self.query_one(PatternsPanel)
            items = [item._replace(weeks=looks.get(item.finding.name, ())) for item in patterns.everything]
            patterns.show(items, _("Patterns, five weeks of each"))

    def rows(self) -> Rows | None:
        """The arrows move through the patterns."""
        return self.query_one(PatternsPanel)

    def latest(self, workspace: Workspace) -> str:
        """This week."""
        return workspace.this_week()

    def after(self, place: str, steps: int) -> str:
        """So many weeks after a week."""
        return next_week(place, steps)

    def containing(self, date: str, workspace: Workspace) -> str:
        """The week of a date."""
        return workspace.week_of(date)
