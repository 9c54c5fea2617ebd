"""The panels of the Week, except the patterns: headline, days, checks, time spent, results, worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.analytics import totals
from tracker.analytics.coverage import say_logged, too_little
from tracker.domain.models import RINGS
from tracker.formatting.durations import format_duration, format_growing_duration
from tracker.formatting.numbers import format_percent, format_signed_percent, round_to_int
from tracker.formatting.text import capitalized, format_checks, format_simultaneous
from tracker.formatting.times import format_date_range, format_near_day_and_month, format_short_weekday
from tracker.locale import _, ngettext
from tracker.tui import ink, signs
from tracker.tui.screens.day_panels import outcome_text
from tracker.tui.theme import PURPOSES, hue
from tracker.tui.widgets.bars import Bar, bars, purpose_bars
from tracker.tui.widgets.charts import heatmap
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from tracker.analytics.totals import ChannelTotal
    from tracker.analytics.worth.rows import WorthRow
    from tracker.reports.commitments import CommitmentResult
    from tracker.reports.week import Week
    from tracker.services.reviewing import WeekWorth


class WeekHeadline(Panel):
    """The week in one or two lines: how much, against what is usual, on how many days."""

    filled = False
    week: Week
    #: Whether it still grows.
    runs = False
    today = ""
    #: When its review was written, or "" while it is under way; None where it was not begun.
    reviewed: str | None = None
    #: Whether the week differs now from its written review.
    changed = False

    def show(self, week: Week, today: str, reviewed: str | None = None, changed: bool = False) -> None:
        """Set the week, and how its review stands."""
        self.week, self.today, self.reviewed, self.changed = week, today, reviewed, changed
        self.filled = True
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """Name and total at the left, comparison at the right."""
        week = self.week
        number = int(week.week.rpartition("W")[2])
        name = ink.row(
            ink.text(_("Week {n}").format(n=number), "bold $strong"),
            ink.text(f"  {format_date_range(week.dates[0], week.dates[-1], self.today)}", "$faint"),
            self._review(),
        )
        return [
            ink.ends(name, self._total(week), width),
            ink.ends(self._usual(), self._coverage(), width),
        ]

    def _total(self, week: Week) -> Content:
        """`8h 42m social · 140 checks`; that nothing was logged, where nothing is known."""
        if week.seconds is None or week.checks is None:
            return ink.text(_("not logged: unknown, not zero"), "$faint")
        total = ink.row(
            ink.text(format_growing_duration(week.seconds, self.runs), "bold $strong"), ink.text(_(" social"), "$faint")
        )
        checks = ink.text(format_checks(week.checks), "$foreground")
        return ink.row(total, ink.text(" · ", "$faint"), checks)

    def _review(self) -> Content:
        if self.reviewed is None:
            return ink.BLANK
        if not self.reviewed:
            return ink.text("  ◐ " + _("review begun"), "$flag")
        if self.changed:  # the date is on the page
            return ink.text("  ✓ " + _("changed since review"), "$foreground")
        date = format_near_day_and_month(self.reviewed, self.today)
        return ink.text("  ✓ " + _("reviewed {date}").format(date=date), "$good")

    def _usual(self) -> Content:
        week = self.week
        if week.usual_seconds is None:
            return ink.text(_("no earlier week to compare with yet"), "$faint")
        usual = format_duration(week.usual_seconds)
        over = ngettext("median of {n} week", "median of {n} weeks", week.usual_weeks).format(n=week.usual_weeks)
        if self.today in week.dates and self.today != week.dates[-1]:
            return ink.text(
                _("so far; usually {usual} in a whole week ({over})").format(usual=usual, over=over), "$faint"
            )
        too_few = too_little(week.logged_days, week.elapsed)
        if too_few:
            return ink.text(too_few, "$faint")
        if not week.usual_seconds or week.seconds is None:
            return ink.text(_("usually {usual} ({over})").format(usual=usual, over=over), "$faint")
        change = week.seconds / week.usual_seconds - 1
        if abs(change) < 0.01:
            return ink.row(ink.text(_("= as usual"), "bold $foreground"), ink.text(f"  {usual}, {over}", "$faint"))
        style = "$flag" if change > 0.05 else "$good" if change < -0.05 else "$faint"
        says = _("{percent} on your usual {usual}").format(
            percent=format_signed_percent(round_to_int(100 * change)), usual=usual
        )
        return ink.row(ink.text(says, f"bold {style}"), ink.text(f"  {over}", "$faint"))

    def _coverage(self) -> Content:
        week = self.week
        says = say_logged(week.logged_days, week.elapsed, over=week.over)
        return ink.text(says, "$faint" if week.logged_days >= week.elapsed else "$flag")


class WeekDaysPanel(Panel):
    """Seven stacked bars of one scale, the total beside each, and which colour and letter is which channel."""

    filled = False
    week: Week
    #: Whether it still grows.
    runs = False
    letters: dict[str, str] = {}
    today = ""

    def show(self, week: Week, letters: dict[str, str], today: str) -> None:
        """Set the week."""
        self.week, self.letters, self.today, self.filled = week, letters, today, True
        self.say(_("Days by channel"), "")
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """Bars above, the legend below."""
        legend = [*self._twice(width), *self._legend(width, 2 if height >= 10 else 1)]
        rows = [self._bar(index) for index in range(7)]
        room = height - len(legend)
        above = ink.spread(bars(rows, width), room)
        return [*above, *[ink.BLANK] * (room - len(above)), *legend]

    def _twice(self, width: int) -> list[Content]:
        """Why the bars are longer than the figures beside them, where they are."""
        said = format_simultaneous(totals.twice(self.week), width)
        return [ink.text(said, "$faint")] if said else []

    def _bar(self, index: int) -> Bar:
        day = self.week.days[index]
        days = self.week.days
        scale = max(
            [other.seconds or 0 for other in days] + [sum(s for _c, s in other.channels) for other in days] + [1]
        )
        parts = tuple((seconds, hue(name), self.letters.get(name, "")) for name, seconds in day.channels if seconds)
        checks = format_checks(day.checks) if day.checks else ""
        style = "bold $primary" if day.date == self.today else "$foreground"
        if day.seconds is None:
            return Bar(
                format_short_weekday(day.date),
                "$faint",
                (),
                scale,
                "" if day.date > self.today else "?",
                "",
                "$faint",
                0,
            )
        seconds = format_growing_duration(day.seconds, self.runs and day.date == self.today)
        return Bar(format_short_weekday(day.date), style, parts, scale, seconds, checks)

    def _legend(self, width: int, most: int) -> list[Content]:
        """Which letter and colour is which channel: with its time where that fits, closely packed where little does."""
        used = [total for total in self.week.channels if total.kind == "social" and (total.seconds or total.checks)]
        used.sort(key=lambda total: -total.seconds)
        lines: list[Content] = []
        for timed, pad, gap in ((True, " ", "  "), (False, " ", "  "), (False, "", " ")):
            lines = ink.packed([self._key(total, timed, pad) for total in used], gap, width)
            if len(lines) <= most:
                break
        return lines[:most]

    def _key(self, total: ChannelTotal, timed: bool, pad: str) -> Content:
        letter = self.letters.get(total.channel) or "■"
        return ink.row(
            Content.styled(f"{pad}{letter}{pad}", f"$on-ink on {hue(total.channel)}"),
            ink.text(f" {total.title}", hue(total.channel)),
            ink.text(f" {format_growing_duration(total.seconds, self.runs)}" if timed else "", "$foreground"),
        )


class ChecksPanel(Panel):
    """Hour by weekday."""

    filled = False
    week: Week
    first_hour = 0

    def show(self, week: Week, first_hour: int) -> None:
        """Set the week, and the hour a day begins at."""
        self.week, self.first_hour, self.filled = week, first_hour, True
        self.say(_("When you check"), _busiest(week))
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """The map, in the middle of the height."""
        labels = [format_short_weekday(date) for date in self.week.dates]
        return heatmap(self.week.hours, labels, width, height, self.first_hour, self.week.elapsed)


def _busiest(week: Week) -> str:
    """`66 checks, most at 14`."""
    by_hour = week.by_hour()
    if not any(by_hour):
        return _("no checks") if week.logged_days else ""
    hour = by_hour.index(max(by_hour))
    return _("most between {start}:00 and {end}:00").format(start=f"{hour:02}", end=f"{(hour + 1) % 24:02}")


class TimeSpentPanel(Panel):
    """What it was spent on: purposes, then activities."""

    filled = False
    week: Week
    #: Whether it still grows.
    runs = False

    def show(self, week: Week) -> None:
        """Set the week."""
        self.week, self.filled = week, True
        self.say(_("What for"), "")
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """As many as fit, the largest first."""
        purposes = purpose_bars(self.week.purposes, self.runs)
        total = max(sum(purpose.seconds for purpose in self.week.purposes), 1)
        activities = [
            Bar(
                activity.activity or "",
                "$foreground",
                ((activity.seconds, PURPOSES.get(activity.purpose or "", "$faint"), ""),),
                total,
                format_growing_duration(activity.seconds, self.runs),
                format_percent(activity.seconds / total),
            )
            for activity in sorted(self.week.activities, key=lambda activity: -activity.seconds)
            if activity.activity and activity.seconds
        ]
        room = height - len(purposes) - 1
        shown = activities[: max(room, 0)]
        lines = bars([*purposes, *shown], width)
        return [*lines[: len(purposes)], *([ink.BLANK] if shown else []), *lines[len(purposes) :]]


class ResultsPanel(Panel):
    """What came of it, and whom one talked to, by how near they are."""

    filled = False
    week: Week
    titles: dict[str, str] = {}

    def show(self, week: Week, titles: dict[str, str]) -> None:
        """Set the week."""
        self.week, self.titles, self.filled = week, titles, True
        urges = (
            ngettext("{n} urge resisted", "{n} urges resisted", week.urges).format(n=week.urges) if week.urges else ""
        )
        self.say(_("What came of it"), urges)
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """Rings as a line of dots each, where there is room; then the outcomes, the latest last."""
        rings = self._rings(width, height)
        room = height - len(rings)
        star = ink.text("★ ", "bold $good")
        came = [ink.row(star, outcome_text(outcome, self.titles)) for outcome in self.week.outcomes]
        if not came:
            came = [ink.text(_("no recommendation, prospect, client or income yet"), "$faint")]
        if len(came) > room:
            came = [
                ink.text(_("… {n} earlier").format(n=len(came) - room + 1), "$faint"),
                *came[len(came) - room + 1 :],
            ]
        gap = [ink.BLANK] if len(rings) + len(came) < height else []
        return [*rings, *gap, *came]

    def _rings(self, width: int, height: int) -> list[Content]:
        counts = [(_(name) if name in RINGS else _("somewhere"), n or 0) for name, n in self.week.contacts]
        if height >= len(counts) + 3:
            label = ink.widest(name for name, _n in counts) + 2
            return [
                ink.row(
                    ink.left(name, label, "$faint"),
                    ink.text(signs.TALK * min(n, width - label) if n else "–", "$good" if n else "$faint"),
                )
                for name, n in counts
            ]
        parts = [
            ink.row(ink.text(f"{name} ", "$faint"), ink.text(str(n) if n else "–", "bold $good" if n else "$faint"))
            for name, n in counts
        ]
        return ink.packed(parts, "  ", width)


#: The sign and style of a commitment that was kept, was not kept, or is not known.
RESULT_SIGNS = {True: ("✓", "bold $good"), False: ("✗", "$flag"), None: ("?", "$faint")}


class WorthPanel(Panel):
    """A line for each channel and for real contact; below them the commitments, each with its result."""

    week = ""
    shown: WeekWorth | None = None

    def show(self, week: str, shown: WeekWorth | None) -> None:
        """Set what is shown; None while it is being read."""
        self.week, self.shown = week, shown
        weeks = shown.report.weeks if shown else 0
        self.say(_("Is it worth it?"), ngettext("{n} week", "{n} weeks", weeks).format(n=weeks) if weeks else "")
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """Commitments keep their lines; the channels with the least time are left out first."""
        if self.shown is None:
            return []
        rows = self.shown.report.rows
        below = [*_other_income_lines(rows, width), *_commitment_lines(self.shown.results, width)]
        room = height - len(below)
        if len(rows) > room:  # real contact stands last
            rows = (*rows[: max(room - 1, 0)], *rows[-1:])
        if rows:
            lines = _row_lines(rows, width)
        else:
            lines = ink.wrapped(_("nothing on a social channel or in person yet"), width, "$faint")
        return [*lines, *([ink.BLANK] if below and len(lines) + len(below) < height else []), *below]


def _other_income_lines(rows: Sequence[WorthRow], width: int) -> list[Content]:
    """The income in other currencies, which is not in the lines of the channels."""
    from tracker.analytics.worth.rows import sum_by_currency
    from tracker.reports.worth_wording import say_not_added

    income = sum_by_currency(amount for row in rows for amount in row.outcomes.other_income)
    notes = map(capitalized, say_not_added(tuple(income.items())))
    return [line for note in notes for line in ink.wrapped(note, width, "$faint")]


def _commitment_lines(results: Sequence[CommitmentResult], width: int) -> list[Content]:
    """Under a heading with how many were kept, each commitment with its result at the right."""
    from tracker.reports.commitment_words import say_commitment, say_went

    if not results:
        return []
    known = [result.kept for result in results if result.kept is not None]
    kept = ngettext("{n} of {all} kept", "{n} of {all} kept", len(known)).format(n=sum(known), all=len(known))
    title = ink.text(_("What you promised for this week"), "bold $primary")
    lines = [ink.ends(title, ink.text(kept if known else "", "$faint"), width)]
    for result in results:
        sign, style = RESULT_SIGNS[result.kept]
        promise = ink.row(ink.text(f"{sign} ", style), ink.text(say_commitment(result.commitment), "$foreground"))
        lines.append(ink.ends(promise, ink.text(say_went(result), "$faint"), width))
    return lines


def _row_lines(rows: Sequence[WorthRow], width: int) -> list[Content]:
    """`LinkedIn  45.5 h  2 leads  €1,350  ? too early` in columns; the income is left out where room is short."""
    from tracker.reports.worth_columns import COLUMNS
    from tracker.reports.worth_wording import say_title
    from tracker.tui.widgets.worth_table import name_style, verdict_cell

    cells = []
    for row in rows:
        leads = ngettext("{n} lead", "{n} leads", row.leads).format(n=row.leads)
        figures = [
            ink.text(COLUMNS["hours"].cell(row)),
            ink.text(leads, "bold" if row.leads else "$faint"),
            ink.text(COLUMNS["income"].cell(row)),
        ]
        cells.append((ink.text(say_title(row), name_style(row)), *figures, ink.text(*verdict_cell(row))))
    name, *figure_widths, verdict = (max(cell.cell_length for cell in column) for column in zip(*cells, strict=True))
    while len(figure_widths) > 1 and name + verdict + 2 + sum(figure_widths) + 2 * len(figure_widths) > width:
        figure_widths.pop()
    lines = []
    for first, *middle, last in cells:
        drawn = (ink.right(cell, room + 2) for cell, room in zip(middle, figure_widths, strict=False))
        lines.append(ink.ends(ink.row(ink.left(first, name), *drawn), ink.left(last, verdict), width))
    return lines
