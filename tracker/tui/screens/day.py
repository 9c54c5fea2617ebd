"""The Day: its strip, its log, what it came to, and one line of the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.analytics import totals
from tracker.calendar.days import next_date
from tracker.formatting.durations import format_growing_duration
from tracker.formatting.text import PURPOSE_TITLES, format_simultaneous
from tracker.formatting.times import format_long_date
from tracker.locale import _
from tracker.services import habit_keeping, queries
from tracker.services.queries import clusters_of
from tracker.tui import ink
from tracker.tui.descriptions import social_time
from tracker.tui.screens.habits_panel import HabitsPanel
from tracker.tui.screens.met import Met
from tracker.tui.screens.timer import day_words
from tracker.tui.screens.view import View
from tracker.tui.theme import PURPOSES, hue
from tracker.tui.widgets.bars import Bar, bars
from tracker.tui.widgets.log import Log
from tracker.tui.widgets.panel import Panel
from tracker.tui.widgets.strip import DayStrip

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tracker.domain.models import Session
    from tracker.reports.day import Day
    from tracker.tui.widgets.rows import Rows
    from tracker.workspace import Workspace


class Totals(Panel):
    """What the day came to, by channel and purpose."""

    day: Day | None = None

    def show(self, day: Day) -> None:
        """Set the day."""
        self.day = day
        over = bool(day.budget_seconds and day.seconds > day.budget_seconds)
        self.say(_("Totals"), ("▲ " if over else "") + social_time(day))
        self.set_class(over, "-over")
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """Channels of every kind, then purposes, as many as fit."""
        if self.day is None:
            return []
        used = sorted((t for t in self.day.channels if t.seconds or t.checks), key=lambda total: -total.seconds)
        scale = max([total.seconds for total in used], default=1) or 1
        rows = [
            Bar(
                total.title,
                hue(total.channel),
                ((total.seconds, hue(total.channel), ""),),
                scale,
                format_growing_duration(total.seconds, total.channel == self.day.runs),
            )
            for total in used
        ]
        said = format_simultaneous(totals.twice(self.day), width)
        note = [ink.text(said, "$faint")] if said else []
        purposes = [purpose for purpose in self.day.purposes if purpose.seconds and purpose.purpose]
        extra = [
            Bar(
                _(PURPOSE_TITLES[p.purpose]),
                "bold",
                ((p.seconds, PURPOSES[p.purpose], ""),),
                scale,
                format_growing_duration(p.seconds, self.day.grows),
            )
            for p in purposes
            if p.purpose
        ]
        if height >= len(rows) + len(note) + len(extra) + 1 and extra:
            lines = bars([*rows, *extra], width)
            return [*lines[: len(rows)], *note, ink.BLANK, *lines[len(rows) :]]
        return [*bars(rows[: height - len(note)], width), *note]


class DayView(View):
    """The second screen."""

    date: str | None = None
    #: The session to choose at the next loading: one that was just logged.
    follow: int | None = None
    #: The minute for which the habits were measured last.
    _minute = 0

    def compose(self) -> ComposeResult:
        """The strip above, the log at the left, the rest at the right."""
        yield DayStrip(id="day-strip")
        yield Log(id="log")
        yield Totals(id="totals")
        yield HabitsPanel(id="day-habits")
        yield Met(id="day-met", task=True)

    def load(self, workspace: Workspace) -> None:
        """The day chosen, or today."""
        date = self.date or workspace.today()
        day = queries.day(workspace, date)
        everything = queries.channels(workspace)
        titles = {channel.name: channel.title for channel in everything}
        letters = {channel.name: channel.letter or "" for channel in everything}
        strip = self.query_one(DayStrip)
        same = strip.day is not None and strip.day.date == date
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
        self.query_one(Totals).show(day)
        self.query_one(Met).show(day, titles, workspace.zone)

    def load_patterns(self, workspace: Workspace) -> None:
        """The habits, and the bursts of that day on the strip and in the log."""
        self._show_habits(workspace)
        strip, log = self.query_one(DayStrip), self.query_one(Log)
        if strip.day is None or not strip.day.parts:
            return
        clusters = clusters_of(queries.findings_until(workspace, strip.day.date), strip.day.date)
        if clusters != strip.clusters:
            strip.show(strip.day, clusters, strip.letters, workspace.zone, strip.now)
            log.show(strip.day, clusters, log.titles, workspace.zone)

    def _show_habits(self, workspace: Workspace) -> None:
        self._minute = workspace.now() // 60
        kept = habit_keeping.habits(workspace, self.date)
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

    @property
    def place(self) -> str | None:
        """The date, if it is not today."""
        return self.date

    @place.setter
    def place(self, place: str | None) -> None:
        self.date = place

    def turn(self, steps: int, workspace: Workspace) -> None:
        """Not past today."""
        self.go(next_date(self.date or workspace.today(), steps), workspace)

    def go(self, date: str, workspace: Workspace) -> None:
        """To a date, not past today; nothing is marked or hidden there."""
        self.date = None if date >= workspace.today() else date
        self.query_one(Log).words = ""
        self.query_one(Log).parts = ()
        self.load(workspace)
        self.call_after_refresh(self.load_patterns, workspace)

    def back(self, workspace: Workspace) -> None:
        """To today."""
        self.date = None
        self.load(workspace)
        self.call_after_refresh(self.load_patterns, workspace)
