"""Today's social time: the total against the day's budget first, then each channel against its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics import totals
from tracker.formatting.durations import format_against_budget, format_duration, format_growing_duration, whole_minutes
from tracker.formatting.text import format_checks, format_simultaneous
from tracker.locale import _
from tracker.tui import layout, signs
from tracker.tui.theme import hue
from tracker.tui.widgets.bars import Bar, bars
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from tracker.analytics.totals import ChannelTotal
    from tracker.domain.models import Channel
    from tracker.reports.day import Day


class TodayPanel(Panel):
    """The bars of channels have one scale, so that ten minutes are as long on every line."""

    filled = False
    day: Day
    offered: Sequence[Channel] = ()

    def show(self, day: Day, offered: Sequence[Channel]) -> None:
        """Set the day, and the channels in use: those with a budget are listed before they are opened too."""
        self.day, self.offered, self.filled = day, offered, True
        self.say(_("Social time today"))
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """The total, then as many channels as fit."""
        head = self._total(width)
        simultaneous = format_simultaneous(totals.twice(self.day), width)
        if simultaneous and height > len(head) + 2:
            head.append(layout.text(simultaneous, "$faint"))
        channels = bars(self._channels()[: max(height - len(head), 0)], width)
        if height > len(head) + len(channels):
            head.append(layout.BLANK)
        return [*head, *layout.spread(channels, height - len(head))]

    def _total(self, width: int) -> list[Content]:
        """`▲ 2h 9m of 1h 55m    14m over budget`, above the bar of that."""
        day, budget = self.day, self.day.budget_seconds
        total = format_against_budget(day.seconds if day.logged else None, budget, day.grows)
        if budget is None:
            return [layout.text(total, "bold")]
        left = budget - whole_minutes(day.seconds)  # as the minutes beside it are shown
        over = layout.text(f"{signs.OVER} ", "bold $over") if left < 0 else layout.BLANK
        head = layout.row(over, (total, "bold $over" if left < 0 else "bold"))
        rest = _("{time} over budget") if left < 0 else _("{time} left")
        beside = layout.text(rest.format(time=format_duration(abs(left))), "$over" if left < 0 else "$faint")
        if head.cell_length + 2 + beside.cell_length <= width:
            head = layout.ends(head, beside, width)
        parts = [(min(day.seconds, budget), "$good", ""), (max(-left, 0), "$over", signs.OVER)]
        return [head, layout.stacked(parts, max(day.seconds, budget), width)]

    def _channels(self) -> list[Bar]:
        channels = self.day.channels
        shown = [
            total for total in channels if total.kind == "social" and (total.seconds or total.checks or total.sessions)
        ]
        scale = max([*(total.seconds for total in shown), *(total.budget_seconds or 0 for total in channels), 1])
        rows = [
            _channel_bar(total, scale, total.channel == self.day.runs)
            for total in sorted(shown, key=lambda total: -total.seconds)
        ]
        names = {total.channel for total in shown}
        for channel in self.offered:
            if channel.kind == "social" and channel.budget_seconds and channel.name not in names:
                of = _of(channel.budget_seconds)
                rows.append(Bar(channel.title, hue(channel.name), (), scale, "–", of, "", channel.budget_seconds))
        return _aligned(rows)


def _aligned(rows: list[Bar]) -> list[Bar]:
    """Figures flush right and details flush left, as the bars have them in one column each."""
    figure = layout.widest(row.figure for row in rows)
    detail = layout.widest(row.detail for row in rows)
    return [row._replace(figure=row.figure.rjust(figure), detail=row.detail.ljust(detail)) for row in rows]


def _channel_bar(total: ChannelTotal, scale: int, runs: bool) -> Bar:
    over = total.budget_seconds is not None and total.seconds > total.budget_seconds
    checks = format_checks(total.checks) if total.checks else ""
    details = " · ".join(part for part in (_of(total.budget_seconds), checks) if part)
    style = hue(total.channel)
    figure = (f"{signs.OVER} " if over else "") + format_growing_duration(total.seconds, runs)
    budget = total.budget_seconds if total.budget_seconds is not None else total.seconds
    parts = ((min(total.seconds, budget), style, ""), (max(total.seconds - budget, 0), "$over", signs.OVER))
    return Bar(total.title, style, parts, scale, figure, details, "bold $over" if over else "bold", budget)


def _of(budget: int | None) -> str:
    return "" if budget is None else _("of {budget}").format(budget=format_duration(budget))
