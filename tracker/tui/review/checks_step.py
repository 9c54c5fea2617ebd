"""Step 3: when you check. Every hour of every day, the first and the last check of each day, and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.numbers import format_decimal
from tracker.formatting.text import format_checks
from tracker.formatting.times import format_clock, format_short_weekday, week_number
from tracker.locale import N_, _
from tracker.reports.week import say_busiest
from tracker.tui import layout
from tracker.tui.review.step import StepPanel, heading
from tracker.tui.screens.patterns_panel import cluster_words
from tracker.tui.theme import hue
from tracker.tui.widgets.bars import Bar, bars
from tracker.tui.widgets.charts import heatmap

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.reports.week import DaySum

#: Cells of the smallest map.
SMALLEST_MAP = 28
#: Lines of the smallest map that is legible, with two lines for each day.
SMALLEST_MAP_HEIGHT = 16
#: Fewer checks in a week have no usual hour.
FEW_CHECKS = 5
#: Bursts that are shown at most, where the window is not higher than usual.
MOST_BURSTS = 3


class ChecksStep(StepPanel):
    """One sentence, a map of the hours with each day's figures next to it, the bursts, the channels."""

    name = "checks"
    word = N_("When")
    title = N_("When you check")

    def lines(self, width: int, height: int) -> list[Content]:
        """The sentence, the map, the bursts."""
        if not self.figures.week.checks:
            return layout.wrapped(self._sentence(), width, "$faint")
        head = [*layout.wrapped(self._sentence(), width, "bold $strong", 2), layout.BLANK]
        bursts = self._bursts(width, max(MOST_BURSTS, height - 30))
        channels = self._channels(width)
        below = [part for part in (bursts, channels) if part]
        while below and len(head) + SMALLEST_MAP_HEIGHT + sum(len(part) + 1 for part in below) > height:
            below.pop()
        available = height - len(head) - sum(len(part) + 1 for part in below)
        lines = [*head, *self._map(width, max(available, 8))]
        return [*lines, *(line for part in below for line in (layout.BLANK, *part))]

    def _channels(self, width: int) -> list[Content]:
        """How many of the checks were of which channel, as bars under a heading."""
        checked = sorted(
            (total for total in self.figures.week.channels if total.kind == "social" and total.checks),
            key=lambda total: -total.checks,
        )
        whole = max((total.checks for total in checked), default=1)
        rows = [
            Bar(total.title, hue(total.channel), ((total.checks, hue(total.channel), ""),), whole, str(total.checks))
            for total in checked
        ]
        return [heading(_("What you check")), *bars(rows, width)] if rows else []

    def _sentence(self) -> str:
        """`83 checks, 12 a logged day; mostly 14–15 on weekdays.`"""
        week = self.figures.week
        if not week.logged_days:
            return _("No day of this week is logged. Log it on the Day, or continue.")
        if not week.checks:
            return _("No checks in week {n}. Continue.").format(n=week_number(self.week))
        if week.checks < FEW_CHECKS:
            return f"{format_checks(week.checks)}."
        return _("{checks}, {number} a logged day; {when}.").format(
            checks=format_checks(week.checks),
            number=format_decimal(week.checks / week.logged_days, 1 if week.checks < 10 * week.logged_days else 0),
            when=say_busiest(week),
        )

    def _map(self, width: int, height: int) -> list[Content]:
        """The map and, next to each day, its first and last moment and its checks, as far as there is room."""
        week, days = self.figures.week, self.figures.week.days
        headings = [_("first"), _("last"), _("checks")]
        widths = [layout.widest([word, "00:00"]) + 2 for word in headings]
        while widths and sum(widths) > width - SMALLEST_MAP:
            del headings[0], widths[0]
        labels = [format_short_weekday(day.date) for day in days]
        first_hour = self.workspace.settings.day_starts_at // 3600
        drawn = heatmap(week.hours, labels, width - sum(widths), height - 1, first_hour, week.elapsed)
        map_width = max(line.cell_length for line in drawn)
        heads = (layout.right(word, cells) for word, cells in zip(headings, widths, strict=True))
        lines = [layout.row(" " * map_width, *heads).stylize("$faint")]
        lines_a_day = (len(drawn) - 1) // 7
        for index, line in enumerate(drawn[:-1]):
            is_middle = index % lines_a_day == (lines_a_day - 1) // 2
            figures = self._figures(days[index // lines_a_day], widths) if is_middle else None
            lines.append(line if figures is None else layout.row(layout.left(line, map_width), figures))
        return [*lines, drawn[-1]]

    def _figures(self, day: DaySum, widths: list[int]) -> Content:
        """The last `len(widths)` of first moment, last moment and checks."""
        if not day.logged:
            missing = _("not logged") if day.date <= self.workspace.today() else ""
            return layout.right(missing, sum(widths), "$faint")
        zone = self.workspace.zone
        first = format_clock(day.first, day.first_zone or zone) if day.first is not None else "–"
        last = format_clock(day.last, day.last_zone or zone) if day.last is not None else "–"
        figures = (layout.text(first), layout.text(last), layout.text(str(day.checks), "bold"))[3 - len(widths) :]
        return layout.row(*(layout.right(figure, cells) for figure, cells in zip(figures, widths, strict=True)))

    def _bursts(self, width: int, most: int) -> list[Content]:
        """The strongest bursts of the week, at most `most`, in their order."""
        dates = set(self.figures.dates)
        bursts = [event for finding in self.figures.week.patterns for event in finding.events if event.date in dates]
        strongest = sorted(bursts, key=lambda burst: burst.p)[:most]
        lines = []
        for burst in sorted(strongest, key=lambda burst: burst.start):
            clock = f"{format_short_weekday(burst.date)} {format_clock(burst.start, burst.zone)}"
            words = cluster_words(burst, self.figures.titles, clock)
            lines += layout.hanging(("⚑ ", "bold $flag"), layout.wrapped(words, width - 2, most=2))
        return lines
