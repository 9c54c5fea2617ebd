"""② The week against the usual one: by day and by channel, by what it was for and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics import totals
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import format_signed_percent
from tracker.formatting.text import as_sentence, capitalized, format_simultaneous
from tracker.formatting.times import format_short_weekday
from tracker.locale import N_, _, ngettext
from tracker.reports.comparison import say_most
from tracker.services import queries
from tracker.tui import ink
from tracker.tui.review.against import Row, coverage, legend, rows
from tracker.tui.review.step import Step
from tracker.tui.theme import PURPOSES, hue

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.reports.comparison import WeekComparison

#: Purposes of which more is no worse.
MEANT = ("make", "relate")
#: Two columns from this width on.
TWO = 70
#: Cells between them.
GAP = 3


class Usual(Step):
    """One sentence of what changed most, then everything in two columns."""

    name = "usual"
    word = N_("Usual")
    title = N_("The week against your usual")

    def lines(self, width: int, height: int) -> list[Content]:
        """Sentence, total, columns."""
        found = self.facts.comparison
        head = [*ink.wrapped(as_sentence(say_most(found)), width, "bold $strong", 2)]
        head += _fitted(total(found), coverage(found), width)
        twice = format_simultaneous(totals.twice(self.facts.week))
        head += [*([ink.text(twice, "$faint")] if twice else []), ink.BLANK]
        if width >= TWO:
            return [*head, *self._columns(found, width, height - len(head))]
        parts = (self._days(found), self._channels(found), self._purposes(found), self._activities(found))
        below = [line for title, part in parts if part for line in (_title(title), *rows(part, width), ink.BLANK)]
        return [*head, *below[:-1]]

    def _columns(self, found: WeekComparison, width: int, height: int) -> list[Content]:
        """Days above purposes at the left, channels above activities at the right."""
        left, right = (width - GAP) // 2, (width - GAP) - (width - GAP) // 2
        days, purposes = self._days(found), self._purposes(found)
        channels, activities = self._channels(found), self._activities(found)
        below = max(len(purposes[1]), len(activities[1]))
        top = max(7, min(len(channels[1]), height - below - 3))
        rest = max(height - top - 3, 0)
        spaced = height >= 2 * (top + below) + 3
        upper = _beside(_block(days, left, top, spaced), _block(channels, right, top, spaced), left)
        if found.usual_weeks and found.total.compared:
            marked = ink.ends(_title(days[0]), legend(found.usual_weeks, left - len(days[0]) - 2), left)
            upper[0] = ink.row(marked, " " * GAP, _title(channels[0] if channels[1] else ""))
        lower = _beside(_block(purposes, left, rest, spaced), _block(activities, right, rest, spaced), left)
        return [*upper, ink.BLANK, *lower]

    def _days(self, found: WeekComparison) -> tuple[str, list[Row]]:
        return _("By day"), [Row(format_short_weekday(one.name or ""), "$faint", one) for one in found.days]

    def _channels(self, found: WeekComparison) -> tuple[str, list[Row]]:
        shown = [Row(one.title, hue(one.name or ""), one, one.kind == "social") for one in found.channels]
        return _("By channel"), shown

    def _purposes(self, found: WeekComparison) -> tuple[str, list[Row]]:
        shown = [
            Row(capitalized(one.title), PURPOSES.get(one.name or "", "$faint"), one, one.name not in MEANT)
            for one in found.purposes
        ]
        return _("What for"), shown

    def _activities(self, found: WeekComparison) -> tuple[str, list[Row]]:
        purposes = {one.name: one.purpose for one in queries.activities(self.workspace)}
        shown = []
        for one in found.activities:
            purpose = purposes.get(one.name or "", "")
            shown.append(Row(capitalized(one.title), PURPOSES.get(purpose, "$faint"), one, purpose not in MEANT))
        return _("What you did"), shown


def total(found: WeekComparison) -> Content:
    """`10h 4m social  -18 % on your usual 12h 20m`."""
    whole = found.total
    seconds = format_duration(whole.seconds) if found.logged_days else "?"
    head = ink.row(ink.text(seconds, "bold $strong"), ink.text(_(" social"), "$faint"))
    if whole.usual is None or not found.logged_days:
        return head
    usual = format_duration(whole.usual)
    if whole.percent is None:
        return ink.row(head, ink.text("  " + _("usually {usual}").format(usual=usual), "$faint"))
    if not whole.percent:
        return ink.row(head, ink.text("  " + _("= as usual"), "bold"), ink.text(f"  {usual}", "$faint"))
    style = "$flag" if whole.percent > 5 else "$good" if whole.percent < -5 else "$faint"
    says = _("{percent} on your usual {usual}").format(percent=format_signed_percent(whole.percent), usual=usual)
    return ink.row(head, ink.text(f"  {says}", f"bold {style}"))


def _fitted(start: Content, end: Content, width: int) -> list[Content]:
    """Both in one line, or one below the other."""
    if start.cell_length + end.cell_length + 2 <= width:
        return [ink.ends(start, end, width)]
    return [start, end]


def _title(title: str) -> Content:
    return ink.text(title, "bold $primary")


def _block(part: tuple[str, list[Row]], width: int, most: int, spaced: bool) -> list[Content]:
    """A heading and as many rows as there is room for, `spaced` by blank ones; how many are left out is said."""
    title, found = part
    if not found:
        return []
    shown = found if len(found) <= most else found[: max(most - 1, 0)]
    left = len(found) - len(shown)
    lines = rows(shown, width, 9)
    if left and most > 0:
        lines.append(ink.text(ngettext("… {n} more", "… {n} more", left).format(n=left), "$faint"))
    return [_title(title), *(ink.spread(lines, 2 * len(lines)) if spaced else lines)] if lines else []


def _beside(left: list[Content], right: list[Content], width: int) -> list[Content]:
    """Two columns, the shorter one filled up."""
    count = max(len(left), len(right))
    left, right = left + [ink.BLANK] * (count - len(left)), right + [ink.BLANK] * (count - len(right))
    return [ink.row(ink.left(a, width), " " * GAP, b) for a, b in zip(left, right, strict=True)]
