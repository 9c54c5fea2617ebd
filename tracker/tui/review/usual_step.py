"""Step 2: the week against the usual one, by day and by channel, by purpose and by activity.

What a phone or a browser measured has no activity: here the user is asked, once, what most of it was.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from tracker.analytics import totals
from tracker.analytics.coverage import say_logged
from tracker.domain.models import WORK_PURPOSES
from tracker.formatting.numbers import format_signed_percent
from tracker.formatting.text import PURPOSE_TITLES, activity_word, as_sentence, capitalized, format_simultaneous
from tracker.formatting.times import format_duration, format_short_weekday, whole_minutes
from tracker.locale import N_, _, ngettext
from tracker.reports.comparison import say_most
from tracker.reports.review import SMALL_DIFFERENCE
from tracker.reports.unnamed_time import say_unnamed
from tracker.services import naming_time, queries
from tracker.services.naming_time import MIXED
from tracker.tui import layout
from tracker.tui.modals.chooser import Choice, Chooser, own_letters
from tracker.tui.review.step import StepPanel, heading
from tracker.tui.theme import PURPOSES, hue
from tracker.tui.widgets.bars import USUAL, bar_with_usual
from tracker.tui.widgets.keycaps import Cap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.reports.comparison import WeekChange, WeekComparison
    from tracker.reports.unnamed_time import UnnamedTime

#: The key of the answer for time that was of several kinds, or of a kind nobody remembers.
MIXED_KEY = "-"

#: The width from which on there are two columns, and the cells between them.
TWO_COLUMNS, GAP = 70, 3


class ComparisonRow(NamedTuple):
    """One change with its colours. `less_is_good`: more than usual stands out; `has_bar`: it is drawn to scale."""

    title: str
    style: str
    change: WeekChange
    less_is_good: bool = True
    has_bar: bool = True

    @property
    def usual(self) -> int | None:
        """The usual seconds; None where there is nothing to compare with."""
        return self.change.usual if self.change.compared else None

    @property
    def figure(self) -> str:
        """The time of the week; `?` where it was not logged."""
        return format_duration(self.change.seconds) if self.change.logged else "?"

    @property
    def difference(self) -> Content:
        """`+1h 10m`, `−20m`, `=`; empty where there is nothing to compare with."""
        if self.usual is None or not self.change.logged:
            return layout.BLANK
        difference = whole_minutes(self.change.seconds) - whole_minutes(self.usual)
        if not difference:
            return layout.text("=", "$faint")
        style = "$foreground" if not self.less_is_good else "$flag" if difference > 0 else "$good"
        if abs(difference) < SMALL_DIFFERENCE:
            style = "$faint"
        return layout.text(f"{'+' if difference > 0 else '−'}{format_duration(abs(difference))}", style)


class UsualStep(StepPanel):
    """One sentence about what changed most, the total, then everything in two columns."""

    name = "usual"
    word = N_("Usual")
    title = N_("The week against your usual")

    #: The channels whose measured time has no activity yet.
    unnamed: tuple[UnnamedTime, ...] = ()

    def load(self) -> None:
        """Read what is to be asked."""
        self.unnamed = naming_time.channels_to_ask_about(self.workspace, self.week)
        self.redraw()

    def caps(self) -> list[Cap]:
        """The key that answers, where something is asked."""
        return [Cap("a", _("answer"))] if self.unnamed else []

    def press(self, key: str) -> bool:
        """Ask about the channel with most time; once that is answered, about the next."""
        if key != "a" or not self.unnamed:
            return False
        asked, *_others = self.unnamed
        title = _("{channel}, {time}: what were you mostly doing?")
        choices = own_letters(
            [
                Choice("a", activity_word(activity.name), activity.name, _(PURPOSE_TITLES[activity.purpose]))
                for activity in naming_time.answers(self.workspace)
            ]
        )
        choices.append(Choice(MIXED_KEY, _("mixed, or I don't know"), MIXED, _("not asked again")))
        title = title.format(channel=asked.channel.title, time=format_duration(asked.seconds))
        self.base_app().ask(Chooser(title, choices), partial(self._answered, asked))
        return True

    def _answered(self, asked: UnnamedTime, answer: str) -> None:
        name, activity = asked.channel.name, None if answer == MIXED else answer
        naming_time.name_time(self.workspace, self.week, name, activity)
        self.figures.refresh()
        self.load()
        self.press("a")

    def _question(self, width: int) -> list[Content]:
        """`Measured without an activity: LinkedIn 5h 52m, Reddit 1h. What were you mostly doing there? [a]`."""
        if not self.unnamed:
            return []
        question = _("What were you mostly doing there? [a] answers.")
        text = f"{as_sentence(say_unnamed(self.unnamed))} {question}"
        return [layout.BLANK, *layout.wrapped(text, width, "$foreground", 3)]

    def lines(self, width: int, height: int) -> list[Content]:
        """The sentence, the total, the parts: side by side where there is room, else one below the other."""
        comparison = self.figures.comparison
        if not comparison.logged_days:
            nothing = _("No day of this week is logged: nothing to compare. Log it on the Day, or continue.")
            return layout.wrapped(nothing, width, "$faint")
        head = layout.wrapped(as_sentence(say_most(comparison)), width, "bold $strong", 2)
        total, coverage = total_line(comparison), coverage_line(comparison)
        fits = total.cell_length + coverage.cell_length + 2 <= width
        head += [layout.ends(total, coverage, width)] if fits else [total, coverage]
        simultaneous = format_simultaneous(totals.twice(self.figures.week))
        head += [*([layout.text(simultaneous, "$faint")] if simultaneous else []), *self._question(width), layout.BLANK]
        days = [ComparisonRow(format_short_weekday(day.name or ""), "$neutral", day) for day in comparison.days]
        # A bar of the work's length would leave none to those of the networks.
        channels = [
            ComparisonRow(c.title, hue(c.name or ""), c, c.kind == "social", c.kind == "social")
            for c in comparison.channels
        ]
        spent = [change for change in comparison.purposes if change.seconds or change.usual]
        purposes = [_purpose_row(purpose, purpose.name or "") for purpose in spent]
        purpose_of = {activity.name: activity.purpose for activity in queries.activities(self.workspace)}
        activities = [_purpose_row(change, purpose_of.get(change.name or "", "")) for change in comparison.activities]
        if not any(change.name for change in spent):
            purposes, activities = [], []  # nobody said what any of it was
        if width >= TWO_COLUMNS:
            return [*head, *_columns(comparison, days, channels, purposes, activities, width, height - len(head))]
        parts = zip(_titles(), (days, channels, purposes, activities), strict=True)
        below = [
            line
            for title, rows in parts
            if rows
            for line in (heading(title), *comparison_lines(rows, width), layout.BLANK)
        ]
        return [*head, *below[:-1]]


def _titles() -> tuple[str, str, str, str]:
    """The headings of days, channels, purposes and activities."""
    return _("By day"), _("By channel"), _("What for"), _("What you did")


def _purpose_row(change: WeekChange, purpose: str) -> ComparisonRow:
    return ComparisonRow(
        capitalized(change.title), PURPOSES.get(purpose, "$neutral"), change, purpose not in WORK_PURPOSES
    )


def _columns(
    comparison: WeekComparison,
    days: list[ComparisonRow],
    channels: list[ComparisonRow],
    purposes: list[ComparisonRow],
    activities: list[ComparisonRow],
    width: int,
    height: int,
) -> list[Content]:
    """Days above purposes at the left, channels above activities at the right."""
    left = (width - GAP) // 2
    right = width - GAP - left
    spaced = height >= 2 * (max(len(days), len(channels)) + max(len(purposes), len(activities))) + 3
    by_day, by_channel, what_for, what_you_did = _titles()
    upper = _side_by_side(_block(by_day, days, left, spaced), _block(by_channel, channels, right, spaced), left)
    if comparison.usual_weeks and comparison.total.compared:
        legend = _legend(comparison.usual_weeks, left - len(by_day) - 2)
        upper[0] = layout.row(
            layout.ends(heading(by_day), legend, left), " " * GAP, heading(by_channel if channels else "")
        )
    lower = _side_by_side(
        _block(what_for, purposes, left, spaced), _block(what_you_did, activities, right, spaced), left
    )
    return [*upper, layout.BLANK, *lower] if lower else upper


def _block(title: str, rows: list[ComparisonRow], width: int, spaced: bool) -> list[Content]:
    """A heading and the rows, with blank lines between them if `spaced`."""
    lines = comparison_lines(rows, width, 9)
    return [heading(title), *(layout.spread(lines, 2 * len(lines)) if spaced else lines)] if lines else []


def _side_by_side(left: list[Content], right: list[Content], width: int) -> list[Content]:
    """Two columns, the first of `width` cells, the shorter one filled up."""
    count = max(len(left), len(right))
    left, right = left + [layout.BLANK] * (count - len(left)), right + [layout.BLANK] * (count - len(right))
    return [layout.row(layout.left(a, width), " " * GAP, b) for a, b in zip(left, right, strict=True)]


def _legend(weeks: int, available: int) -> Content:
    """What the mark is: `┃ usual, of 8 weeks`, or `┃ usual` where there is no room for more."""
    long = ngettext(" usual, of {n} week", " usual, of {n} weeks", weeks).format(n=weeks)
    usual = _("usual")
    return layout.row((USUAL, "bold $strong"), (long if len(long) < available else f" {usual}", "$faint"))


def coverage_line(comparison: WeekComparison) -> Content:
    """`7 of 7 days logged`."""
    is_over = comparison.elapsed == len(comparison.days)
    logged = say_logged(comparison.logged_days, comparison.elapsed, over=is_over)
    return layout.text(logged, "$faint" if comparison.logged_days >= comparison.elapsed else "$flag")


def total_line(comparison: WeekComparison) -> Content:
    """`10h 4m social  -18 % on your usual 12h 20m`."""
    total = comparison.total
    seconds = format_duration(total.seconds) if comparison.logged_days else "?"
    head = layout.row((seconds, "bold $strong"), (_(" social"), "$faint"))
    if total.usual is None or not comparison.logged_days:
        return head
    usual = format_duration(total.usual)
    if total.percent is None:
        return layout.row(head, ("  " + _("usually {usual}").format(usual=usual), "$faint"))
    if not total.percent:
        return layout.row(head, ("  " + _("= as usual"), "bold"), (f"  {usual}", "$faint"))
    style = "$flag" if total.percent > 5 else "$good" if total.percent < -5 else "$faint"
    change = _("{percent} on your usual {usual}").format(percent=format_signed_percent(total.percent), usual=usual)
    return layout.row(head, (f"  {change}", f"bold {style}"))


def comparison_lines(rows: Sequence[ComparisonRow], width: int, label: int = 0) -> list[Content]:
    """Title, bar, time and difference of each row in columns; all bars have one scale, and give way first.

    `label` is the least width of the titles.
    """
    if not rows:
        return []
    label = max(label, min(layout.widest(row.title for row in rows), max(width * 2 // 5, 8))) + 1
    figure = max(layout.widest(row.figure for row in rows) + 1, 8)
    more = max(layout.widest(row.difference.plain for row in rows) + 1, 9)
    length = width - label - figure - more
    if length < 5:
        length, more = max(width - label - figure, 0), 0
    longest = max([1, *(max(row.change.seconds, row.usual or 0) for row in rows if row.has_bar)])
    return [
        layout.row(
            layout.column(row.title, label, row.style),
            bar_with_usual(row.change.seconds, row.usual, longest, length, row.style.removeprefix("bold "))
            if row.has_bar
            else " " * length,
            layout.right(row.figure, figure, "bold" if row.change.logged else "$faint"),
            layout.right(row.difference, more) if more else "",
        )
        for row in rows
    ]
