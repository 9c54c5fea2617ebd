"""The panels of the Week, except the patterns: headline, days, checks, time spent, results, worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from tracker.analytics import totals
from tracker.analytics.coverage import say_logged, too_little
from tracker.domain.models import RINGS
from tracker.formatting.durations import format_duration, format_growing_duration
from tracker.formatting.numbers import format_percent, format_signed_percent, round_to_int
from tracker.formatting.text import capitalized, format_checks, format_simultaneous
from tracker.formatting.times import format_date_range, format_near_day_and_month, format_short_weekday
from tracker.locale import _, ngettext
from tracker.tui import layout, signs
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


class ShownWeek(NamedTuple):
    """A week, and what its panels need beside it: the words of the channels, today's date, the hour a day begins at."""

    week: Week
    today: str
    titles: dict[str, str]
    letters: dict[str, str]
    first_hour: int
    #: Whether it still grows.
    runs: bool = False
    #: When its review was written, or "" while it is under way; None where it was not begun.
    reviewed: str | None = None
    #: Whether the week differs now from its written review.
    changed: bool = False


class WeekPanel(Panel):
    """A panel about a week, which is drawn once it is set."""

    filled = False
    week: Week
    shown: ShownWeek

    def show(self, shown: ShownWeek) -> None:
        """Set the week."""
        self.shown, self.week, self.filled = shown, shown.week, True
        self.say(*self.border())
        self.refresh(layout=False)

    def border(self) -> tuple[str, str]:
        """What the border says at its left and at its right."""
        return "", ""


class WeekHeadline(WeekPanel):
    """The week in one or two lines: how much, against what is usual, on how many days."""

    def draw(self, width: int, height: int) -> list[Content]:
        """Name and total at the left, comparison at the right."""
        week = self.week
        number = int(week.week.rpartition("W")[2])
        name = layout.row(
            (_("Week {n}").format(n=number), "bold $strong"),
            (f"  {format_date_range(week.dates[0], week.dates[-1], self.shown.today)}", "$faint"),
            self._review(),
        )
        return [layout.ends(name, self._total(week), width), layout.ends(self._usual(), self._coverage(), width)]

    def _total(self, week: Week) -> Content:
        """`8h 42m social · 140 checks`; that nothing was logged, where nothing is known."""
        if week.seconds is None or week.checks is None:
            return layout.text(_("not logged: unknown, not zero"), "$faint")
        total = layout.text(format_growing_duration(week.seconds, self.shown.runs), "bold $strong")
        checks = layout.text(format_checks(week.checks), "$foreground")
        return layout.row(total, (_(" social"), "$faint"), (" · ", "$faint"), checks)

    def _review(self) -> Content:
        shown = self.shown
        if shown.reviewed is None:
            return layout.BLANK
        if not shown.reviewed:
            return layout.text("  ◐ " + _("review begun"), "$flag")
        if shown.changed:  # the date is on the page
            return layout.text("  ✓ " + _("changed since review"), "$foreground")
        date = format_near_day_and_month(shown.reviewed, shown.today)
        return layout.text("  ✓ " + _("reviewed {date}").format(date=date), "$good")

    def _usual(self) -> Content:
        week = self.week
        if week.usual_seconds is None:
            return layout.text(_("no earlier week to compare with yet"), "$faint")
        usual = format_duration(week.usual_seconds)
        over = ngettext("median of {n} week", "median of {n} weeks", week.usual_weeks).format(n=week.usual_weeks)
        if self.shown.today in week.dates[:-1]:
            return layout.text(
                _("so far; usually {usual} in a whole week ({over})").format(usual=usual, over=over), "$faint"
            )
        too_few = too_little(week.logged_days, week.elapsed)
        if too_few:
            return layout.text(too_few, "$faint")
        if not week.usual_seconds or week.seconds is None:
            return layout.text(_("usually {usual} ({over})").format(usual=usual, over=over), "$faint")
        change = week.seconds / week.usual_seconds - 1
        if abs(change) < 0.01:
            return layout.row((_("= as usual"), "bold $foreground"), (f"  {usual}, {over}", "$faint"))
        style = "$flag" if change > 0.05 else "$good" if change < -0.05 else "$faint"
        says = _("{percent} on your usual {usual}").format(
            percent=format_signed_percent(round_to_int(100 * change)), usual=usual
        )
        return layout.row((says, f"bold {style}"), (f"  {over}", "$faint"))

    def _coverage(self) -> Content:
        week = self.week
        says = say_logged(week.logged_days, week.elapsed, over=week.over)
        return layout.text(says, "$faint" if week.logged_days >= week.elapsed else "$flag")


class WeekDaysPanel(WeekPanel):
    """Seven stacked bars of one scale, the total beside each, and which colour and letter is which channel."""

    def border(self) -> tuple[str, str]:
        """What the bars are."""
        return _("Days by channel"), ""

    def draw(self, width: int, height: int) -> list[Content]:
        """Bars above, the legend below."""
        legend = [*self._twice(width), *self._legend(width, 2 if height >= 10 else 1)]
        rows = [self._bar(index) for index in range(7)]
        room = height - len(legend)
        above = layout.spread(bars(rows, width), room)
        return [*above, *[layout.BLANK] * (room - len(above)), *legend]

    def _twice(self, width: int) -> list[Content]:
        """Why the bars are longer than the figures beside them, where they are."""
        said = format_simultaneous(totals.twice(self.week), width)
        return [layout.text(said, "$faint")] if said else []

    def _bar(self, index: int) -> Bar:
        days, today, letters = self.week.days, self.shown.today, self.shown.letters
        day, name = days[index], format_short_weekday(days[index].date)
        scale = max(1, *(max(other.seconds or 0, sum(s for _c, s in other.channels)) for other in days))
        if day.seconds is None:
            return Bar(name, "$faint", (), scale, "" if day.date > today else "?", "", "$faint", 0)
        parts = tuple((seconds, hue(name), letters.get(name, "")) for name, seconds in day.channels if seconds)
        checks = format_checks(day.checks) if day.checks else ""
        style = "bold $primary" if day.date == today else "$foreground"
        seconds = format_growing_duration(day.seconds, self.shown.runs and day.date == today)
        return Bar(name, style, parts, scale, seconds, checks)

    def _legend(self, width: int, most: int) -> list[Content]:
        """Which letter and colour is which channel: with its time where that fits, closely packed where little does."""
        used = [total for total in self.week.channels if total.kind == "social" and (total.seconds or total.checks)]
        used.sort(key=lambda total: -total.seconds)
        lines: list[Content] = []
        for timed, pad, gap in ((True, " ", "  "), (False, " ", "  "), (False, "", " ")):
            lines = layout.packed([self._key(total, timed, pad) for total in used], gap, width)
            if len(lines) <= most:
                break
        return lines[:most]

    def _key(self, total: ChannelTotal, timed: bool, pad: str) -> Content:
        letter = self.shown.letters.get(total.channel) or "■"
        return layout.row(
            (f"{pad}{letter}{pad}", f"$on-ink on {hue(total.channel)}"),
            (f" {total.title}", hue(total.channel)),
            (f" {format_growing_duration(total.seconds, self.shown.runs)}" if timed else "", "$foreground"),
        )


class ChecksPanel(WeekPanel):
    """Hour by weekday."""

    def border(self) -> tuple[str, str]:
        """The busiest hour: `most between 14:00 and 15:00`."""
        by_hour = self.week.by_hour()
        busiest = _("no checks") if self.week.logged_days else ""
        if any(by_hour):
            hour = by_hour.index(max(by_hour))
            busiest = _("most between {start}:00 and {end}:00").format(start=f"{hour:02}", end=f"{(hour + 1) % 24:02}")
        return _("When you check"), busiest

    def draw(self, width: int, height: int) -> list[Content]:
        """The map, in the middle of the height."""
        labels = [format_short_weekday(date) for date in self.week.dates]
        return heatmap(self.week.hours, labels, width, height, self.shown.first_hour, self.week.elapsed)


class TimeSpentPanel(WeekPanel):
    """What it was spent on: purposes, then activities."""

    def border(self) -> tuple[str, str]:
        """What the bars are."""
        return _("What for"), ""

    def draw(self, width: int, height: int) -> list[Content]:
        """As many as fit, the largest first."""
        purposes = purpose_bars(self.week.purposes, self.shown.runs)
        total = max(sum(purpose.seconds for purpose in self.week.purposes), 1)
        activities = [
            Bar(
                activity.activity or "",
                "$foreground",
                ((activity.seconds, PURPOSES.get(activity.purpose or "", "$faint"), ""),),
                total,
                format_growing_duration(activity.seconds, self.shown.runs),
                format_percent(activity.seconds / total),
            )
            for activity in sorted(self.week.activities, key=lambda activity: -activity.seconds)
            if activity.activity and activity.seconds
        ]
        room = height - len(purposes) - 1
        shown = activities[: max(room, 0)]
        lines = bars([*purposes, *shown], width)
        return [*lines[: len(purposes)], *([layout.BLANK] if shown else []), *lines[len(purposes) :]]


class ResultsPanel(WeekPanel):
    """What came of it, and whom one talked to, by how near they are."""

    def border(self) -> tuple[str, str]:
        """How many urges were resisted."""
        n = self.week.urges
        return _("What came of it"), ngettext("{n} urge resisted", "{n} urges resisted", n).format(n=n) if n else ""

    def draw(self, width: int, height: int) -> list[Content]:
        """Rings as a line of dots each, where there is room; then the outcomes, the latest last."""
        rings = self._rings(width, height)
        room = height - len(rings)
        star = layout.text("★ ", "bold $good")
        came = [layout.row(star, outcome_text(outcome, self.shown.titles)) for outcome in self.week.outcomes]
        if not came:
            came = [layout.text(_("no recommendation, prospect, client or income yet"), "$faint")]
        if len(came) > room:
            came = [
                layout.text(_("… {n} earlier").format(n=len(came) - room + 1), "$faint"),
                *came[len(came) - room + 1 :],
            ]
        gap = [layout.BLANK] if len(rings) + len(came) < height else []
        return [*rings, *gap, *came]

    def _rings(self, width: int, height: int) -> list[Content]:
        counts = [(_(name) if name in RINGS else _("somewhere"), n or 0) for name, n in self.week.contacts]
        if height >= len(counts) + 3:
            label = layout.widest(name for name, _n in counts) + 2
            return [
                layout.row(
                    layout.left(name, label, "$faint"),
                    (signs.TALK * min(n, width - label) if n else "–", "$good" if n else "$faint"),
                )
                for name, n in counts
            ]
        parts = [
            layout.row((f"{name} ", "$faint"), (str(n) if n else "–", "bold $good" if n else "$faint"))
            for name, n in counts
        ]
        return layout.packed(parts, "  ", width)


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
            lines = layout.wrapped(_("nothing on a social channel or in person yet"), width, "$faint")
        return [*lines, *([layout.BLANK] if below and len(lines) + len(below) < height else []), *below]


def _other_income_lines(rows: Sequence[WorthRow], width: int) -> list[Content]:
    """The income in other currencies, which is not in the lines of the channels."""
    from tracker.analytics.worth.rows import sum_by_currency
    from tracker.reports.worth_wording import say_not_added

    income = sum_by_currency(amount for row in rows for amount in row.outcomes.other_income)
    notes = map(capitalized, say_not_added(tuple(income.items())))
    return [line for note in notes for line in layout.wrapped(note, width, "$faint")]


def _commitment_lines(results: Sequence[CommitmentResult], width: int) -> list[Content]:
    """Under a heading with how many were kept, each commitment with its result at the right."""
    from tracker.reports.commitment_words import say_commitment, say_went

    if not results:
        return []
    known = [result.kept for result in results if result.kept is not None]
    kept = ngettext("{n} of {all} kept", "{n} of {all} kept", len(known)).format(n=sum(known), all=len(known))
    title = layout.text(_("What you promised for this week"), "bold $primary")
    lines = [layout.ends(title, (kept if known else "", "$faint"), width)]
    for result in results:
        sign, style = RESULT_SIGNS[result.kept]
        promise = layout.row((f"{sign} ", style), (say_commitment(result.commitment), "$foreground"))
        lines.append(layout.ends(promise, (say_went(result), "$faint"), width))
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
            layout.text(COLUMNS["hours"].cell(row)),
            layout.text(leads, "bold" if row.leads else "$faint"),
            layout.text(COLUMNS["income"].cell(row)),
        ]
        cells.append((layout.text(say_title(row), name_style(row)), *figures, layout.text(*verdict_cell(row))))
    name, *figure_widths, verdict = (max(cell.cell_length for cell in column) for column in zip(*cells, strict=True))
    while len(figure_widths) > 1 and name + verdict + 2 + sum(figure_widths) + 2 * len(figure_widths) > width:
        figure_widths.pop()
    lines = []
    for first, *middle, last in cells:
        drawn = (layout.right(cell, room + 2) for cell, room in zip(middle, figure_widths, strict=False))
        lines.append(layout.ends(layout.row(layout.left(first, name), *drawn), layout.left(last, verdict), width))
    return lines
