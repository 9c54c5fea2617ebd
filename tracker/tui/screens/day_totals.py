"""Today against its budget: by channel, then by purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.analytics import totals
from tracker.formatting.durations import format_duration, format_growing_duration
from tracker.formatting.numbers import format_shares
from tracker.formatting.text import PURPOSE_TITLES, format_checks, format_simultaneous
from tracker.locale import _
from tracker.tui import ink
from tracker.tui.descriptions import social_time
from tracker.tui.theme import PURPOSES, hue
from tracker.tui.widgets.bars import Bar, bars
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.totals import ChannelTotal, PurposeTotal
    from tracker.domain.models import Channel
    from tracker.reports.day import Day


class TodayPanel(Panel):
    """Bars of one scale, so that ten minutes are as long on every line."""

    day: Day | None = None
    offered: Sequence[Channel] = ()

    def show(self, day: Day, offered: Sequence[Channel]) -> None:
        """Set the day, and the channels in use."""
        self.day, self.offered = day, offered
        subtitle = social_time(day)
        if day.budget_seconds and day.seconds > day.budget_seconds:
            subtitle = "▲ " + subtitle
        self.say(_("Against budget") if day.budget_seconds else _("So far today"), subtitle)
        self.set_class(bool(day.budget_seconds and day.seconds > day.budget_seconds), "-over")
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """As many channels as fit above the purposes."""
        if self.day is None:
            return []
        said = format_simultaneous(totals.twice(self.day), width)
        if said and height > 2:
            # Beside the total, which is on the border above.
            return [ink.text(said, "$faint"), *self._bars(width, height - 1)]
        return self._bars(width, height)

    def _bars(self, width: int, height: int) -> list[Content]:
        channels, purposes = self._channels(), self._purposes()
        if height < len(purposes) + min(len(channels), 4) + 1:
            return self._tight(channels, width, height)
        room = max(1, height - len(purposes) - 1)
        above = ink.spread(_lines(channels[:room], purposes, width, 0), room)
        below = ink.spread(_lines(purposes, channels[:room], width, 0), height - len(above) - 1)
        return [*above, ink.BLANK, *below]

    def _tight(self, channels: list[Bar], width: int, height: int) -> list[Content]:
        """All purposes in one bar, with its legend below."""
        assert self.day is not None
        used = [one for one in self.day.purposes if one.seconds]
        total = max(sum(one.seconds for one in used), 1)
        named = [(_(PURPOSE_TITLES[one.purpose]) if one.purpose else _("Unsaid"), one) for one in used]
        shares = format_shares([one.seconds for one in used])
        parts = [(one.seconds, _purpose_style(one), f" {share}") for one, share in zip(used, shares, strict=True)]
        legend = [ink.text(name, _purpose_style(one)) for name, one in named]
        lines = _lines(channels[: height - 3 if used else height], [], width, 0)
        if not used:
            return lines
        return [
            *lines,
            *[ink.BLANK] * (height - 2 - len(lines)),
            ink.stacked(parts, total, width),
            *ink.packed(legend, "  ", width)[:1],
        ]

    def _channels(self) -> list[Bar]:
        assert self.day is not None
        totals = {total.channel: total for total in self.day.channels}
        shown = [total for total in self.day.channels if total.kind == "social" and _counts(total)]
        rest = [
            c
            for c in self.offered
            if c.kind == "social" and c.budget_seconds and c.name not in {t.channel for t in shown}
        ]
        scale = max([*(total.seconds for total in shown), *(total.budget_seconds or 0 for total in totals.values()), 1])
        found = [
            _channel_bar(total, scale, total.channel == self.day.runs)
            for total in sorted(shown, key=lambda total: -total.seconds)
        ]
        for channel in rest:
            of = _of(channel.budget_seconds)
            found.append(Bar(channel.title, hue(channel.name), (), scale, "–", of, "", channel.budget_seconds))
        return found

    def _purposes(self) -> list[Bar]:
        assert self.day is not None
        used = [one for one in self.day.purposes if one.seconds]
        total = max(sum(one.seconds for one in used), 1)
        found = []
        for purpose, share in zip(used, format_shares([one.seconds for one in used]), strict=True):
            name = _(PURPOSE_TITLES[purpose.purpose]) if purpose.purpose else _("Unsaid")
            figure = format_growing_duration(purpose.seconds, self.day.grows)
            found.append(Bar(name, "bold", ((purpose.seconds, _purpose_style(purpose), ""),), total, figure, share))
        return found


def _purpose_style(total: PurposeTotal) -> str:
    return PURPOSES.get(total.purpose or "", "$faint")


def _lines(rows: list[Bar], beside: list[Bar], width: int, label: int) -> list[Content]:
    """Bars in the columns that `beside` needs too."""
    label = max(ink.widest(row.label for row in (*rows, *beside)), label)
    figure = ink.widest(row.figure for row in (*rows, *beside))
    detail = ink.widest(row.detail for row in (*rows, *beside))
    even = [row._replace(figure=row.figure.rjust(figure), detail=row.detail.ljust(detail)) for row in rows]
    return bars(even, width, label=label)


def _counts(total: ChannelTotal) -> bool:
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
