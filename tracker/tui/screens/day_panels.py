"""A day on the Timer and on the Day: its social time, its totals, its highlights beyond the feed, its counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.analytics import day_slices
from tracker.formatting.money import format_optional_money
from tracker.formatting.text import (
    format_checks,
    format_result_count,
    format_sessions,
    format_simultaneous,
    format_talk_count,
    format_urge_count,
    in_quotation_marks,
)
from tracker.formatting.times import (
    format_against_budget,
    format_clock,
    format_duration,
    format_growing_duration,
    format_upcoming,
    whole_minutes,
)
from tracker.locale import _
from tracker.reports import record_wording
from tracker.reports.contacts import say_met
from tracker.reports.day import CALLED_OFF, KEPT
from tracker.tui import layout, theme
from tracker.tui.session_text import social_time
from tracker.tui.theme import hue
from tracker.tui.widgets.bars import Bar, bars, purpose_bars, purpose_title
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.day_slices import ChannelTotal
    from tracker.domain.models import Channel, Outcome, Urge
    from tracker.reports.day import Day, Part, PauseOutcome


#: What goes over its line is continued under its words.
_INDENT = 8


class DayTotals(Panel):
    """The totals of the day by channel and purpose; the border has the social time against the budget."""

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
        rows = []
        for total in used:
            style, figure = hue(total.channel), format_growing_duration(total.seconds, total.channel == self.day.runs)
            rows.append(Bar(total.title, style, ((total.seconds, style, ""),), scale, figure))
        simultaneous = format_simultaneous(day_slices.twice(self.day), width)
        note = [layout.text(simultaneous, "$faint")] if simultaneous else []
        named = [purpose for purpose in self.day.purposes if purpose.purpose]
        extra = [bar._replace(whole=scale, detail="") for bar in purpose_bars(named, self.day.grows)]
        if height >= len(rows) + len(note) + len(extra) + 1 and extra:
            lines = bars([*rows, *extra], width)
            return [*lines[: len(rows)], *note, layout.BLANK, *lines[len(rows) :]]
        return [*bars(rows[: height - len(note)], width), *note]


class DayHighlights(Panel):
    """Outcomes, contacts and urges by the clock where there is room; counted where there is not."""

    filled = False
    day: Day
    titles: dict[str, str] = {}
    zone = "UTC"

    def __init__(self, *, task: bool = False, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        #: Whether the day's task is shown here: the Timer has a line of its own for it.
        self.shows_task = task

    def show(self, day: Day, titles: dict[str, str], zone: str) -> None:
        """Set the day."""
        self.day, self.titles, self.zone, self.filled = day, titles, zone, True
        self.caption([_("Beyond the feed")], _counts(day))
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """By the clock, then the day's words."""
        day = self.day
        task = [day_line(day.task, day.task_done, width)] if self.shows_task and day.task else []
        height -= len(task)
        events = [line for _at, line in sorted(self._events(), key=lambda pair: pair[0])]
        note: list[Content] = []
        if day.note and (self.shows_task or height > 4):  # a low panel of the Timer shows what happened
            note = layout.wrapped(in_quotation_marks(day.note), width, "italic $faint", max(1, height // 3))
        available = height - len(note) - bool(note and height > 4)
        lines = fit_lines(events, width, available)
        if not lines:
            nothing = _("Nothing yet. [o] records a result, [t] a talk, [u] a resisted urge, [n] a note.")
            lines = layout.folded(layout.keyed(nothing), width)[: max(available, 0)]
        if len(lines) > available:
            latest = lines[-max(available - 1, 0) :] if available > 1 else []
            lines = [layout.text(_("… {n} earlier").format(n=len(lines) - len(latest)), "$faint"), *latest]
        gap = [layout.BLANK] if note and len(lines) + len(note) < height else []
        return [*task, *lines, *gap, *note]

    def _events(self) -> list[tuple[int, Content]]:
        return [
            *(
                (o.at, self._line(("★", "bold $good"), o.at, o.zone, outcome_text(o, self.titles)))
                for o in self.day.outcomes
            ),
            *((part.start, self._contact(part)) for part in self._talks()),
            *((urge.at, self._urge(urge)) for urge in self.day.urges),
            *(line for pause in self.day.pauses for line in self._pause(pause)),
        ]

    def _talks(self) -> list[Part]:
        """The talks, and the sessions online with which somebody crossed the bridge."""
        crossed = {crossing.session for crossing in self.day.crossings}
        talks = {part.session.id for part in self.day.contacts}
        return [part for part in self.day.parts if part.session.id in talks | crossed]

    def _line(self, sign: tuple[str, str], at: int, zone: str, *parts: layout.Part) -> Content:
        return layout.row((format_clock(at, zone), "$faint"), " ", sign, " ", *parts)

    def _contact(self, part: Part) -> Content:
        session = part.session
        ring = _(session.ring) if session.ring else ""
        rest = [
            word
            for word in (
                session.person,
                ring,
                format_growing_duration(part.end - part.start, session.end is None),
                session.note,
            )
            if word
        ]
        crossings = [crossing for crossing in self.day.crossings if crossing.session == session.id]
        bridge = f" ⇄ {say_met(crossings[0], self.titles)}" if crossings else ""
        style = hue(session.channel)
        words = [(self.titles.get(session.channel, session.channel), style), (bridge, "bold $good")]
        words.append((" " + " · ".join(rest), "$foreground"))
        return self._line((theme.TALK, style), part.start, session.zone, *words)

    def _urge(self, urge: Urge) -> Content:
        name = self.titles.get(urge.channel, urge.channel)
        rest = f" · {record_wording.say_trigger(urge.trigger)}" if urge.trigger else ""
        words = ((_("resisted urge: "), "$good"), (name, hue(urge.channel)), (rest, "$faint"))
        return self._line(("✓", "bold $good"), urge.at, urge.zone, *words)

    def _pause(self, pause: PauseOutcome) -> list[tuple[int, Content]]:
        """`14:00 ‖ pause until 16:00 kept ✓`; what was opened in it first has a line of its own, like any fact."""
        until = format_upcoming(pause.until, pause.start, pause.zone)
        ends = {KEPT: (_(" kept ✓"), "$good"), CALLED_OFF: (_(" called off"), "$faint")}
        text = layout.row(_("pause until {clock}").format(clock=until), ends.get(pause.state, ("", "")))
        lines = [(pause.start, self._line((theme.PAUSE, "bold $primary"), pause.start, pause.zone, text))]
        for opening in pause.openings[:1]:
            more = f" +{len(pause.openings) - 1}" if pause.openings[1:] else ""
            name = self.titles.get(opening.channel, opening.channel)
            text = layout.row((_("opened "), "$faint"), (name, hue(opening.channel)), more)
            lines.append((opening.at, self._line((theme.PAUSE, "$faint"), opening.at, opening.zone, text)))
        return lines


def outcome_text(outcome: Outcome, titles: dict[str, str]) -> Content:
    """`client €480 via LinkedIn · samia · carousel`."""
    money = f" {format_optional_money(outcome.amount, outcome.currency)}" if outcome.amount is not None else ""
    parts = [layout.text(_(outcome.kind), "bold $good"), layout.text(money, "bold")]
    if outcome.channel:
        name = layout.text(titles.get(outcome.channel, outcome.channel), hue(outcome.channel))
        parts += [layout.text(_(" via "), "$faint"), name]
    return layout.row(*parts, *(layout.text(f" · {word}", "$faint") for word in (outcome.person, outcome.note) if word))


def _counts(day: Day) -> list[str]:
    """`2 resisted urges`, `1 talk`, `1 result`: those that are not zero."""
    urges, talks, came = len(day.urges), len(day.contacts), len(day.outcomes)
    counts = (
        format_urge_count(urges) if urges else "",
        format_talk_count(talks) if talks else "",
        format_result_count(came) if came else "",
    )
    return [count for count in counts if count]


def fit_lines(events: list[Content], width: int, available: int) -> list[Content]:
    """The lines, the last ones whole over several as long as there is room to spare."""
    spare = available - len(events)
    lines: list[Content] = []
    for event in reversed(events):
        parts = _folded(event, width)
        fits = len(parts) - 1 <= spare
        spare -= len(parts) - 1 if fits else 0
        lines = (parts if fits else [event]) + lines
    return lines


def _folded(line: Content, width: int) -> list[Content]:
    """A line over as many as it needs, what follows under its words."""
    if line.cell_length <= width or width <= _INDENT:
        return [line]
    first, *rest = line.wrap(width)
    more = layout.BLANK.join([layout.row(part, " ") for part in rest]).wrap(width - _INDENT)
    return [first, *(layout.row(" " * _INDENT, part) for part in more)]


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
        simultaneous = format_simultaneous(day_slices.twice(self.day), width)
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
        over = layout.text(f"{theme.OVER} ", "bold $over") if left < 0 else layout.BLANK
        head = layout.row(over, (total, "bold $over" if left < 0 else "bold"))
        rest = _("{time} over budget") if left < 0 else _("{time} left")
        beside = layout.text(rest.format(time=format_duration(abs(left))), "$over" if left < 0 else "$faint")
        if head.cell_length + 2 + beside.cell_length <= width:
            head = layout.ends(head, beside, width)
        parts = [(min(day.seconds, budget), "$good", ""), (max(-left, 0), "$over", theme.OVER)]
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
    figure = (f"{theme.OVER} " if over else "") + format_growing_duration(total.seconds, runs)
    budget = total.budget_seconds if total.budget_seconds is not None else total.seconds
    parts = ((min(total.seconds, budget), style, ""), (max(total.seconds - budget, 0), "$over", theme.OVER))
    return Bar(total.title, style, parts, scale, figure, details, "bold $over" if over else "bold", budget)


def _of(budget: int | None) -> str:
    return "" if budget is None else _("of {budget}").format(budget=format_duration(budget))


#: The signs of a task by its state.
TASK_OPEN, TASK_DONE = "◇", theme.YES


def day_line(task: str, done: bool, width: int) -> Content:
    """The task as a line of the highlights of a day."""
    glyph, label = (TASK_DONE, _("Done:")) if done else (TASK_OPEN, _("Task:"))
    return layout.left(layout.row((f"{glyph} {label} ", "$good" if done else "$primary"), task), width)


def day_parts(day: Day, zone: str, check_limit: int | None) -> list[str]:
    """`39m`, `first 07:06`, `12 of 40 checks`, `4 sessions`, the clock where that was."""
    parts = day_counts(day, zone, check_limit)
    is_social = day.logged and (day.seconds or day.checks or day.sessions)
    return [format_growing_duration(day.seconds, day.grows), *parts] if is_social else parts


def day_counts(day: Day, zone: str, check_limit: int | None) -> list[str]:
    """`first 07:06`, `12 of 40 checks`, `4 sessions`; that nothing is logged yet, or nothing social."""
    if not day.logged:
        return [_("nothing logged yet")]
    if not (day.seconds or day.checks or day.sessions):
        return [_("no social time")]
    first = day.first
    parts = [_("first {clock}").format(clock=format_clock(first, day.first_zone or zone))] if first is not None else []
    return [*parts, format_checks(day.checks, check_limit), format_sessions(day.sessions)]


def purposes(day: Day) -> list[str]:
    """`Make 1h 41m`, `Relate 18m`, `No activity 4m`: the purposes with time; empty where none was said."""
    spent = [purpose for purpose in day.purposes if purpose.seconds]
    if not any(purpose.purpose for purpose in spent):
        return []
    return [f"{purpose_title(purpose)} {format_growing_duration(purpose.seconds, day.grows)}" for purpose in spent]
