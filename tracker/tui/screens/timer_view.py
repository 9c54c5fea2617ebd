"""The Timer: the clock, today against its budget, the day as a strip, how to start, and what today shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.patterns.finding import FLAGGED
from tracker.formatting.text import format_checks, format_sessions
from tracker.formatting.times import format_clock, format_growing_duration
from tracker.locale import _, ngettext
from tracker.services import closing_day, overruns, pausing, queries, reviewing, timekeeping, unplanned_visits
from tracker.services.pausing import is_live
from tracker.services.queries import clusters_of
from tracker.tui.keys import ways_out
from tracker.tui.screens.day_panels import DayHighlights
from tracker.tui.screens.patterns_panel import ASIDE, PatternItem, TodaysPatterns, cluster_words, patterns_today
from tracker.tui.screens.task_line import TaskLine
from tracker.tui.screens.timer_panels import RunningPanel, StartList, TodayPanel, VisitLine
from tracker.tui.screens.view import View
from tracker.tui.screens.welcome import Welcome
from tracker.tui.widgets.bars import purpose_title
from tracker.tui.widgets.log import Log
from tracker.tui.widgets.strip import DayStrip, Strip

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from tracker.reports.day import Day
    from tracker.tui.widgets.panel import Rows
    from tracker.workspace import Workspace


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
        yield TodayPanel(id="today")
        yield DayStrip(id="strip")
        yield StartList(id="start")
        yield Log(id="latest", newest_first=True)
        yield TodaysPatterns(id="patterns")
        yield DayHighlights(id="met")

    def load(self, workspace: Workspace) -> None:
        """Load today from the file."""
        empty, self._evening = queries.is_empty(workspace), closing_day.is_evening(workspace)
        self.set_class(empty, "-empty")
        if empty:
            self.query_one(Welcome).refresh(layout=False)
            return
        now, today = workspace.now(), queries.day(workspace, workspace.today())
        self._show_visit(workspace)
        self.set_class(len({part.session.channel for part in today.parts}) <= FEW, "-few")
        titles, offered, running = queries.titles(workspace), queries.offered(workspace), queries.running(workspace)
        named = self.query_one(TaskLine).show(
            closing_day.task(workspace), closing_day.unfinished_task(workspace), running
        )
        self.set_class(named, "-task")
        self.query_one(RunningPanel).show(
            *(running, titles, today, now, workspace.zone, pausing.current_pause(workspace)),
            lost=workspace.lost is not None,
            resumes=timekeeping.can_resume(workspace),
        )
        self._ask_why(workspace)
        self.query_one(TodayPanel).show(today, offered)
        panel = self.query_one(DayStrip)
        clusters = panel.strip.clusters if panel.strip else ()
        panel.show(Strip(today, clusters, queries.letters(workspace), workspace.zone, now))
        panel.caption(self._heading(today, workspace), purposes(today))
        starts = [(channel, queries.last_use(workspace, channel.name)) for channel in offered]
        self.query_one(StartList).show(starts, now, running)
        self.query_one("#latest", Log).show(today, clusters, titles, workspace.zone)
        self.query_one(DayHighlights).show(today, titles, workspace.zone)
        self.query_one(TodaysPatterns).say(_("Patterns"))

    def _show_visit(self, workspace: Workspace) -> None:
        visit, self._visit_minute = unplanned_visits.latest(workspace), workspace.now() // 60
        self.query_one(VisitLine).show(visit, queries.title(workspace, visit.session.channel) if visit else "")

    def dismiss(self, workspace: Workspace) -> bool:
        """Escape: dismiss the unplanned visit; returns whether there was one."""
        line = self.query_one(VisitLine)
        if line.visit is None:
            return False
        unplanned_visits.dismiss(workspace, line.visit)
        self._show_visit(workspace)
        return True

    def _heading(self, today: Day, workspace: Workspace) -> list[str]:
        """`Today · first 07:06 · 11 checks · 4 sessions`; in the evening how to close it, then that it is closed."""
        parts = [_("Today"), *day_counts(today, workspace.zone, workspace.settings.check_limit)]
        if today.closed:
            parts.append(_("closed ✓"))
        elif self._evening and today.logged:
            key = self.query_one(DayStrip).key_of("close")
            parts.append(_("{key} closes the day").format(key=key))
        return parts

    def load_patterns(self, workspace: Workspace) -> None:
        """The patterns as of today, and today's bursts on the strip and in the log."""
        strip, latest = self.query_one(DayStrip).strip, self.query_one("#latest", Log)
        if not strip or self.has_class("-empty"):
            return
        self.query_one(StartList).commit(_plans(workspace))
        items = patterns_today(workspace)
        clusters = clusters_of(tuple(item.finding for item in items), strip.day.date)
        self.query_one(DayStrip).show(strip._replace(clusters=clusters))
        latest.show(strip.day, clusters, latest.titles, workspace.zone)
        self.set_class(not any(item.state in (FLAGGED, ASIDE) for item in items), "-calm")
        panel = self.query_one(TodaysPatterns)
        panel.show(_today_first(items, strip.day, latest.titles, workspace.now(), panel.key_of), _("Patterns"))

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
        running = self.query_one(RunningPanel)
        if running.session:
            asks = overruns.asks_why(workspace, running.session)
            running.ask(running.key_of("why") if asks else "", running.key_of("extend"))

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


def _today_first(
    items: list[PatternItem], today: Day, titles: dict[str, str], now: int, key_of: Callable[[str], str]
) -> list[PatternItem]:
    """Today's bursts first, then every other pattern; a burst that still goes on has ways out next to it."""
    ranked_items = []
    for item in items:
        bursts = [burst for burst in item.finding.events if burst.date == today.date] if item.state == FLAGGED else []
        if bursts:
            words = [cluster_words(burst, titles, format_clock(burst.start, burst.zone)) for burst in bursts]
            if others := len(item.finding.events) - len(bursts):
                words.append(
                    ngettext("{n} more in 28 logged days", "{n} more in 28 logged days", others).format(n=others)
                )
            instead = ways_out(key_of) if any(is_live(burst, now) for burst in bursts) else ()
            heading = _("{title}, today").format(title=item.title)
            item = item._replace(title=heading, shorter=item.title, words=" · ".join(words), instead=instead)
        ranked_items.append((not bursts, item))
    return [item for _later, item in sorted(ranked_items, key=lambda pair: pair[0])]


def day_parts(day: Day, zone: str, check_limit: int | None) -> list[str]:
    """`39m`, `first 07:06`, `12 of 40 checks`, `4 sessions`, the clock where that was."""
    parts = day_counts(day, zone, check_limit)
    is_social = day.logged and (day.seconds or day.checks or day.sessions)
    return [format_growing_duration(day.seconds, day.grows), *parts] if is_social else parts


def day_counts(day: Day, zone: str, check_limit: int | None) -> list[str]:
    """`first 07:06`, `12 of 40 checks`, `4 sessions`; that nothing is logged yet, or nothing social."""
    if not day.logged:
        return [_("nothing logged yet")]
    if not (day.seconds or day.checks or day.sessions):
        return [_("no social time")]
    first = day.first
    parts = [_("first {clock}").format(clock=format_clock(first, day.first_zone or zone))] if first is not None else []
    return [*parts, format_checks(day.checks, check_limit), format_sessions(day.sessions)]


def purposes(day: Day) -> list[str]:
    """`Make 1h 41m`, `Relate 18m`, `No activity 4m`: the purposes with time; empty where none was said."""
    spent = [purpose for purpose in day.purposes if purpose.seconds]
    if not any(purpose.purpose for purpose in spent):
        return []
    return [f"{purpose_title(purpose)} {format_growing_duration(purpose.seconds, day.grows)}" for purpose in spent]
