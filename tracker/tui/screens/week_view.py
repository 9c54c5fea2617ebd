"""The Week: was it worth it, and what changes? Three sentences, the verdicts, the commitments, then the figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from tracker.calendar.days import next_week
from tracker.locale import _
from tracker.services import pattern_marks, queries, reviewing
from tracker.tui.screens.patterns_panel import WeekPatterns, patterns_in, patterns_of
from tracker.tui.screens.view import PeriodView
from tracker.tui.screens.week_panels import (
    ChecksPanel,
    ShownWeek,
    TimeSpentPanel,
    WeekDaysPanel,
    WeekHeadline,
    WeekPanel,
    WorthPanel,
)

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tracker.reports.patterns import PatternLook
    from tracker.services.reviewing import WeekWorth
    from tracker.tui.widgets.panel import Rows
    from tracker.workspace import Workspace


#: From so many cells and lines of the view on, the hours of the checks are a map.
MAP_WIDTH, MAP_HEIGHT = 120, 30


class WeekView(PeriodView):
    """The third screen."""

    #: What was read in a thread, of which week: shown until it is read again.
    _looks: tuple[str, dict[str, tuple[PatternLook, ...]]] = ("", {})

    def compose(self) -> ComposeResult:
        """The answer above; the time and the patterns at the left, what it was worth and what changes at the right."""
        yield WeekHeadline(id="headline")
        with Horizontal(id="week-columns"):
            with Vertical(id="week-left"):
                yield WeekDaysPanel(id="days")
                yield ChecksPanel(id="checks")
                yield WeekPatterns(id="week-patterns")
            with Vertical(id="week-right"):
                yield WorthPanel(id="worth")
                yield TimeSpentPanel(id="spent")

    def on_resize(self, event: events.Resize) -> None:
        """The hours of the checks are a map where it can be read, else a sentence."""
        mapped = event.size.width >= MAP_WIDTH and event.size.height >= MAP_HEIGHT
        self.set_class(mapped, "-mapped")
        self.query_one(WeekDaysPanel).mapped = mapped

    def load(self, workspace: Workspace) -> None:
        """The week chosen, or this one."""
        week = queries.week(workspace, self.period or workspace.this_week())
        reviewed = reviewing.review_date(workspace, week.week)
        running = queries.running(workspace)
        kind = queries.find_channel(workspace, running.channel).kind if running else ""
        shown = ShownWeek(
            *(week, workspace.today(), queries.titles(workspace), queries.letters(workspace)),
            first_hour=workspace.settings.day_starts_at // 3600,
            zone=workspace.zone,
            runs=kind == "social" and workspace.today() in week.dates,
            reviewed=reviewed,
            changed=bool(reviewed and reviewing.week_changes(workspace, week)),
        )
        self.query_one(WeekHeadline).now = workspace.now()
        for panel in self.query(WeekPanel):
            panel.show(shown)
        patterns = self.query_one(WeekPatterns)
        patterns.above = self.query_one(WeekDaysPanel).heights
        patterns.loader = partial(patterns_in, workspace, week.week)
        patterns.show(patterns_of(workspace, week), _("Patterns"))
        if self._looks[0] == week.week:
            self._show_looks(*self._looks)

    def tick(self, workspace: Workspace, now: int) -> None:
        """The heading of the current week says until when."""
        self.query_one(WeekHeadline).tick(now)

    def load_patterns(self, workspace: Workspace) -> None:
        """How each pattern went in five weeks, and what is worth it: in a thread, since no key waits that long."""
        headline = self.query_one(WeekHeadline)
        if headline.filled:
            self.run_worker(partial(self._look_back, workspace, headline.week.week), thread=True, exit_on_error=False)

    def _look_back(self, workspace: Workspace, week: str) -> None:
        week_worth = reviewing.week_worth(workspace, week)
        self.app.call_from_thread(self._show_worth, week, week_worth)
        looks = pattern_marks.five_weeks(workspace, week)
        self.app.call_from_thread(self._show_looks, week, looks)

    def _show_worth(self, week: str, week_worth: WeekWorth) -> None:
        if self.is_complete and self.query_one(WeekHeadline).week.week == week:
            self.set_class(bool(week_worth.results), "-promised")
            self.query_one(WeekHeadline).show_worth(week_worth)
            self.query_one(WorthPanel).show_worth(week_worth)

    def _show_looks(self, week: str, looks: dict[str, tuple[PatternLook, ...]]) -> None:
        """Unless another week is shown by now."""
        if self.is_complete and self.query_one(WeekHeadline).week.week == week:
            self._looks = week, looks
            patterns = self.query_one(WeekPatterns)
            items = [item._replace(weeks=looks.get(item.finding.name, ())) for item in patterns.everything]
            patterns.show(items, _("Patterns, five weeks of each"))

    def rows(self) -> Rows | None:
        """The arrows move through the patterns."""
        return self.query_one(WeekPatterns)

    def latest(self, workspace: Workspace) -> str:
        """This week."""
        return workspace.this_week()

    def after(self, period: str, steps: int) -> str:
        """The week `steps` weeks after another one."""
        return next_week(period, steps)

    def containing(self, date: str, workspace: Workspace) -> str:
        """The week of a date."""
        return workspace.week_of(date)
