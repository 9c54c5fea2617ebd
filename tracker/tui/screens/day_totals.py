"""What a day came to, by channel and by purpose: today against its budgets, or any other day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.analytics import totals
from tracker.formatting.durations import format_duration, format_growing_duration
from tracker.formatting.text import format_checks, format_simultaneous
from tracker.locale import _
from tracker.tui import ink
from tracker.tui.descriptions import social_time
from tracker.tui.theme import hue
from tracker.tui.widgets.bars import Bar, bars, purpose_bars
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.totals import ChannelTotal
    from tracker.domain.models import Channel
    from tracker.reports.day import Day


class TodayPanel(Panel):
    """Bars of one scale, so that ten minutes are as long on every line."""

    filled = False
    day: Day
    offered: Sequence[Channel] = ()

    def show(self, day: Day, offered: Sequence[Channel]) -> None:
        """Set the day, and the channels in use."""
        self.day, self.offered, self.filled = day, offered, True
        subtitle = social_time(day)
        if day.budget_seconds and day.seconds > day.budget_seconds:
            subtitle = "▲ " + subtitle
        self.say(_("Against budget") if day.budget_seconds else _("So far today"), subtitle)
        self.set_class(bool(day.budget_seconds and day.seconds > day.budget_seconds), "-over")
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """As many channels as fit above the purposes."""
        said = format_simultaneous(totals.twice(self.day), width)
        if said and height > 2:
            # Beside the total, which is on the border above.
            return [ink.text(said, "$faint"), *self._bars(width, height - 1)]
        return self._bars(width, height)

    def _bars(self, width: int, height: int) -> list[Content]:
        channels, purposes = self._channels(), purpose_bars(self.day.purposes, self.day.grows)
        if height < len(purposes) + min(len(channels), 4) + 1:
            return self._tight(channels, width, height)
        room = max(1, height - len(purposes) - 1)
        above = ink.spread(_lines(channels[:room], purposes, width), room)
        below = ink.spread(_lines(purposes, channels[:room], width), height - len(above) - 1)
        return [*above, ink.BLANK, *below]

    def _tight(self, channels: list[Bar], width: int, height: int) -> list[Content]:
        """All purposes in one bar, with its legend below."""
        used = [purpose for purpose in self.day.purposes if purpose.seconds]
        bars_of_purposes = purpose_bars(used, self.day.grows)
        parts = [(bar.parts[0][0], bar.parts[0][1], f" {bar.detail}") for bar in bars_of_purposes]
        legend = [ink.text(bar.label, bar.parts[0][1]) for bar in bars_of_purposes]
        lines = _lines(channels[: height - 3 if used else height], [], width)
        if not used:
            return lines
        return [
            *lines,
            *[ink.BLANK] * (height - 2 - len(lines)),
            ink.stacked(parts, max(sum(purpose.seconds for purpose in used), 1), width),
            *ink.packed(legend, "  ", width)[:1],
        ]

    def _channels(self) -> list[Bar]:
        channels = self.day.channels
        shown = [total for total in channels if total.kind == "social" and _has_records(total)]
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
        return rows


def _lines(rows: list[Bar], beside: list[Bar], width: int) -> list[Content]:
    """Bars in the columns that `beside` needs too."""
    label = ink.widest(row.label for row in (*rows, *beside))
    figure = ink.widest(row.figure for row in (*rows, *beside))
    detail = ink.widest(row.detail for row in (*rows, *beside))
    even = [row._replace(figure=row.figure.rjust(figure), detail=row.detail.ljust(detail)) for row in rows]
    return bars(even, width, label=label)


def _has_records(total: ChannelTotal) -> bool:
    return bool(total.seconds or total.checks or total.sessions)


def _channel_bar(total: ChannelTotal, scale: int, runs: bool) -> Bar:
    over = total.budget_seconds is not None and total.seconds > total.budget_seconds
    checks = format_checks(total.checks) if total.checks else ""
    details = " · ".join(part for part in (_of(total.budget_seconds), checks) if part)
    style = hue(total.channel)
    figure = ("▲ " if over else "") + format_growing_duration(total.seconds, runs)
    budget = total.budget_seconds if total.budget_seconds is not None else total.seconds
    parts = ((min(total.seconds, budget), style, ""), (max(total.seconds - budget, 0), "$flag", "▲"))
    return Bar(total.title, style, parts, scale, figure, details, "bold $flag" if over else "bold", budget)


def _of(budget: int | None) -> str:
    return "" if budget is None else _("of {budget}").format(budget=format_duration(budget))


class DayTotals(Panel):
    """What the day came to, by channel and purpose."""

    filled = False
    day: Day

    def show(self, day: Day) -> None:
        """Set the day."""
        self.day, self.filled = day, True
        over = bool(day.budget_seconds and day.seconds > day.budget_seconds)
        self.say(_("Totals"), ("▲ " if over else "") + social_time(day))
        self.set_class(over, "-over")
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """Channels of every kind, then purposes, as many as fit."""
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
        named = [purpose for purpose in self.day.purposes if purpose.purpose]
        extra = [bar._replace(whole=scale, detail="") for bar in purpose_bars(named, self.day.grows)]
        if height >= len(rows) + len(note) + len(extra) + 1 and extra:
            lines = bars([*rows, *extra], width)
            return [*lines[: len(rows)], *note, ink.BLANK, *lines[len(rows) :]]
        return [*bars(rows[: height - len(note)], width), *note]
