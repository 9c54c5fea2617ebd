"""③ When you check: every hour of every day, the first and the last of each, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.numbers import format_decimal
from tracker.formatting.text import format_checks
from tracker.formatting.times import format_clock, format_short_weekday
from tracker.locale import N_, _
from tracker.tui import ink
from tracker.tui.review.step import Step
from tracker.tui.screens.patterns_panel import cluster_words
from tracker.tui.widgets.heatmap import heatmap

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.reports.week import CheckingDay as DayChecks

#: Cells of the smallest map.
MAP = 28
#: As many bursts are told.
MOST = 3


class Checking(Step):
    """A map of the hours, with each day's figures beside it."""

    name = "checks"
    word = N_("When")
    title = N_("When you check")

    _wide: tuple[int, ...] = ()

    def lines(self, width: int, height: int) -> list[Content]:
        """One sentence, the map, the bursts."""
        head = [*ink.wrapped(self._sentence(), width, "bold $strong", 2), ink.BLANK]
        bursts = self._bursts(width, max(MOST, height - 30))
        room = height - len(head) - (len(bursts) + 1 if bursts else 0)
        found = [*head, *self._map(width, max(room, 8))]
        return [*found, ink.BLANK, *bursts] if bursts else found

    def _sentence(self) -> str:
        """`83 checks, 12 a day; most between 14:00 and 15:00.`"""
        week = self.facts.week
        if not week.logged_days:
            return _("No day of this week was logged.")
        if not week.checks:
            return _("No checks this week.")
        by_hour = week.by_hour()
        hour = by_hour.index(max(by_hour))
        says = format_checks(week.checks)
        return _("{checks}, {day} on a logged day; most between {start}:00 and {end}:00.").format(
            checks=says,
            day=format_decimal(week.checks / week.logged_days, 1),
            start=f"{hour:02}",
            end=f"{(hour + 1) % 24:02}",
        )

    def _map(self, width: int, height: int) -> list[Content]:
        """The map and, beside each day, its first and last moment and its checks, or what of it there is room for."""
        days = self.facts.checking
        labels = [format_short_weekday(day.date) for day in days]
        words_of = [_("first"), _("last"), _("checks")]
        cells = [ink.widest([word, "00:00"]) + 2 for word in words_of]
        while cells and sum(cells) > width - MAP:
            del words_of[0], cells[0]
        self._wide = tuple(cells)
        room = width - sum(cells)
        week, first_hour = self.facts.week, self.workspace.settings.day_starts_at // 3600
        lines = heatmap(week.hours, labels, room, height - 1, first_hour, week.elapsed)
        wide = max(line.cell_length for line in lines)
        heads = (ink.right(word, cells) for word, cells in zip(words_of, self._wide, strict=True))
        found = [ink.row(" " * wide, *heads).stylize("$faint")]
        each = (len(lines) - 1) // 7
        for place, line in enumerate(lines[:-1]):
            day = days[place // each]
            middle = place % each == (each - 1) // 2
            found.append(ink.row(ink.left(line, wide), self._figures(day)) if middle else line)
        return [*found, lines[-1]]

    def _figures(self, day: DayChecks) -> Content:
        if not day.logged:
            missing = _("not logged") if day.date <= self.workspace.today() else ""
            return ink.right(missing, sum(self._wide), "$faint")
        first = format_clock(day.first, day.first_zone or self.workspace.zone) if day.first is not None else "–"
        last = format_clock(day.last, day.last_zone or self.workspace.zone) if day.last is not None else "–"
        said = (ink.text(first), ink.text(last), ink.text(str(day.checks), "bold"))
        shown = said[len(said) - len(self._wide) :]
        return ink.row(*(ink.right(one, cells) for one, cells in zip(shown, self._wide, strict=True)))

    def _bursts(self, width: int, most: int) -> list[Content]:
        """The bursts of the week, the strongest of them."""
        inside = set(self.facts.dates)
        found = [one for finding in self.facts.week.patterns for one in finding.events if one.date in inside]
        strongest = sorted(sorted(found, key=lambda one: one.p)[:most], key=lambda one: one.start)
        lines = []
        for one in strongest:
            clock = f"{format_short_weekday(one.date)} {format_clock(one.start, one.zone)}"
            says = cluster_words(one, self.facts.titles, clock)
            first, *rest = ink.wrapped(says, width - 2, most=2)
            lines += [ink.row(ink.text("⚑ ", "bold $flag"), first), *(ink.row("  ", line) for line in rest)]
        return lines
