"""A day on the Timer and on the Day: its social time, its totals, its highlights beyond the feed, its counts."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from textual.content import Content

from tracker.analytics import day_slices
from tracker.domain.record import Record
from tracker.formatting import text as wording
from tracker.formatting import times
from tracker.locale import _
from tracker.reports import record_wording
from tracker.reports.day import CALLED_OFF, KEPT, Day, PauseOutcome
from tracker.services import queries
from tracker.tui import layout, theme
from tracker.tui.session_text import social_time
from tracker.tui.theme import hue
from tracker.tui.widgets.bars import Bar, ShownDay, bars, purpose_bars, purpose_title
from tracker.tui.widgets.panel import SnapshotPanel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.analytics.patterns.pattern import Cluster
    from tracker.domain.models import Channel, Outcome
    from tracker.reports.week import Week
    from tracker.workspace import Workspace


#: The signs of a task by its state.
TASK_OPEN, TASK_DONE = "◇", theme.YES

#: What goes over its line is continued under its words.
_INDENT = 8


def shown_day(workspace: Workspace, day: Day, clusters: tuple[Cluster, ...]) -> ShownDay:
    """A day with what its panels need besides."""
    letters, titles = queries.letters(workspace), queries.titles(workspace)
    return ShownDay(day, clusters, letters, workspace.zone, workspace.now(), titles)


class TodayPanel(SnapshotPanel[ShownDay]):
    """The social time against the budget, then by channel; all bars of channels have one scale."""

    #: The channels in use: those with a budget are listed before they are opened too.
    offered: Sequence[Channel] = ()

    def label(self) -> None:
        """What is counted."""
        self.say(_("Social time today"))

    def draw(self, width: int, height: int) -> list[Content]:
        """The total, then as many channels as fit."""
        head = self._total(width)
        if height > len(head) + 2:
            head += simultaneous_line(self.shown.day, width)
        channels = bars(self._channels()[: max(height - len(head), 0)], width)
        if height > len(head) + len(channels):
            head.append(layout.BLANK)
        return [*head, *layout.spread(channels, height - len(head))]

    def _total(self, width: int) -> list[Content]:
        """`▲ 2h 9m of 1h 55m    14m over budget`, above the bar of that."""
        day, budget = self.shown.day, self.shown.day.budget_seconds
        total = times.format_against_budget(day.seconds if day.logged else None, budget, day.grows)
        if budget is None:
            return [layout.text(total, "bold")]
        left = budget - times.whole_minutes(day.seconds)  # as the minutes beside it are shown
        over = layout.text(f"{theme.OVER} ", "bold $over") if left < 0 else layout.BLANK
        head = layout.row(over, (total, "bold $over" if left < 0 else "bold"))
        rest = _("{time} over budget") if left < 0 else _("{time} left")
        beside = layout.text(rest.format(time=times.format_duration(abs(left))), "$over" if left < 0 else "$faint")
        if head.cell_length + 2 + beside.cell_length <= width:
            head = layout.ends(head, beside, width)
        parts = [(min(day.seconds, budget), "$good", ""), (max(-left, 0), "$over", theme.OVER)]
        return [head, layout.stacked(parts, max(day.seconds, budget), width)]

    def _channels(self) -> list[Bar]:
        """The social channels of today, then those with a budget that were not opened."""
        shown = [total for total in self.shown.used() if total.kind == "social"]
        budgets = [total.budget_seconds or 0 for total in self.shown.day.channels]
        scale = max([*(total.seconds for total in shown), *budgets, 1])
        rows = []
        for total in sorted(shown, key=lambda total: -total.seconds):
            budget = total.seconds if total.budget_seconds is None else total.budget_seconds
            over, style = total.seconds > budget, hue(total.channel)
            time = times.format_growing_duration(total.seconds, total.channel == self.shown.day.runs)
            figure, figure_style = (f"{theme.OVER} {time}", "bold $over") if over else (time, "bold")
            parts = ((min(total.seconds, budget), style, ""), (max(total.seconds - budget, 0), "$over", theme.OVER))
            checks = wording.format_checks(total.checks) if total.checks else ""
            details = " · ".join(filter(None, (_of(total.budget_seconds), checks)))
            rows.append(Bar(total.title, style, parts, scale, figure, details, figure_style, budget))
        names = {total.channel for total in shown}
        for channel in self.offered:
            limit = channel.budget_seconds
            if channel.kind == "social" and limit and channel.name not in names:
                rows.append(Bar(channel.title, hue(channel.name), (), scale, "–", _of(limit), "", limit))
        detail = layout.widest(row.detail for row in rows)
        return [row._replace(detail=row.detail.ljust(detail)) for row in rows]  # these begin below each other


def _of(budget: int | None) -> str:
    return "" if budget is None else _("of {budget}").format(budget=times.format_duration(budget))


def simultaneous_line(period: Day | Week, width: int = 1000) -> list[Content]:
    """A line for time that counts for two channels, where there is any and it has room."""
    words = wording.format_simultaneous(day_slices.double_counted_seconds(period), width)
    return [layout.text(words, "$faint")] if words else []


class DayTotals(SnapshotPanel[ShownDay]):
    """The totals of the day by channel and purpose; the border has the social time against the budget."""

    def label(self) -> None:
        """`▲ 2h 9m of 1h 55m`, in another colour over the budget."""
        day = self.shown.day
        over = bool(day.budget_seconds and day.seconds > day.budget_seconds)
        self.set_class(over, "-over")
        self.say(_("Totals"), ("▲ " if over else "") + social_time(day))

    def draw(self, width: int, height: int) -> list[Content]:
        """Channels of every kind, then purposes, as many as fit."""
        day = self.shown.day
        used = sorted((t for t in day.channels if t.seconds or t.checks), key=lambda total: -total.seconds)
        scale = max([total.seconds for total in used], default=1) or 1
        rows = []
        for total in used:
            style, figure = hue(total.channel), times.format_growing_duration(total.seconds, total.channel == day.runs)
            rows.append(Bar(total.title, style, ((total.seconds, style, ""),), scale, figure))
        note = simultaneous_line(day, width)
        named = [purpose for purpose in day.purposes if purpose.purpose]
        extra = [bar._replace(whole=scale, detail="") for bar in purpose_bars(named, day.grows)]
        if height >= len(rows) + len(note) + len(extra) + 1 and extra:
            lines = bars([*rows, *extra], width)
            return [*lines[: len(rows)], *note, layout.BLANK, *lines[len(rows) :]]
        return [*bars(rows[: height - len(note)], width), *note]


class DayEvent(Record):
    """What happened beyond the feed: when, its line, and its kind and id where it can be looked for."""

    at: int
    line: Content
    id: tuple[str, int] | None


class DayHighlights(SnapshotPanel[ShownDay]):
    """Outcomes, contacts and urges by the clock where there is room; counted where there is not."""

    def __init__(self, *, task: bool = False, id: str) -> None:
        super().__init__(id=id)
        #: Whether the day's task is shown here: the Timer has a line of its own for it.
        self.shows_task = task
        #: The event (its kind and id) that was looked for, whose line is lit; of a `note`, the day's words.
        self.lit: tuple[str, int] | None = None

    def label(self) -> None:
        """As many counts as there is room for."""
        day = self.shown.day
        counts = {
            wording.format_urge_count: day.urges,
            wording.format_talk_count: day.contacts,
            wording.format_result_count: day.outcomes,
        }
        self.caption([_("Beyond the feed")], [say(len(records)) for say, records in counts.items() if records])

    def draw(self, width: int, height: int) -> list[Content]:
        """By the clock, then the day's words."""
        day = self.shown.day
        task = []
        if self.shows_task and day.task:
            sign, label = (TASK_DONE, _("Done:")) if day.task_done else (TASK_OPEN, _("Task:"))
            task = [layout.row((f"{sign} {label} ", "$good" if day.task_done else "$primary"), day.task)]
        height -= len(task)
        events = sorted(self._events(), key=attrgetter("at"))
        lit = [layout.lit(event.line) for event in events if event.id and event.id == self.lit]
        note: list[Content] = []
        if day.note and (self.shows_task or height > 4):  # a low panel of the Timer shows what happened
            is_lit = self.lit is not None and self.lit[0] == "note"
            words, cells = wording.in_quotation_marks(day.note), width - layout.lit().cell_length * is_lit
            note = layout.wrapped(words, cells, "italic $faint", max(1, height // 3))
            note = list(map(layout.lit, note)) if is_lit else note
        available = height - len(note) - bool(note and height > 4)
        lines = [lit[0] if event.id and event.id == self.lit else event.line for event in events]
        lines = fit_lines(lines, width, available)
        if not lines:
            nothing = _("Nothing yet. [o] records a result, [t] a talk, [u] a resisted urge, [n] a note.")
            lines = layout.folded(layout.keyed(nothing), width)[: max(available, 0)]
        if len(lines) > available:
            latest = lines[-max(available - 1, 0) :] if available > 1 else []
            if lit and not any(line.plain.startswith(layout.lit().plain) for line in latest):
                latest = [*lit, *latest[1:]]
            lines = [layout.text(_("… {n} earlier").format(n=len(lines) - len(latest)), "$faint"), *latest]
        gap = [layout.BLANK] if note and len(lines) + len(note) < height else []
        return [*task, *lines, *gap, *note]

    def _events(self) -> Iterator[DayEvent]:
        """Everything that happened beyond the feed."""
        day, titles = self.shown.day, self.shown.titles
        for outcome in day.outcomes:
            brought, id = outcome_text(outcome, titles), ("outcome", outcome.id)
            yield _event(("★", "bold $good"), outcome.at, outcome.zone, brought, id=id)
        # The talks, and the sessions online with which somebody crossed the bridge.
        met = {crossing.session: crossing for crossing in reversed(day.crossings)}
        talks = {part.session.id for part in day.contacts} | met.keys()
        for part in day.parts:
            session = part.session
            if session.id not in talks:
                continue
            time = times.format_growing_duration(part.end - part.start, session.end is None)
            details = filter(None, (session.person, _(session.ring) if session.ring else "", time, session.note))
            bridge = ""
            if session.id in met:
                from tracker.reports.contacts import say_met  # imported late: the first paint does without it

                bridge = f" ⇄ {say_met(met[session.id], titles)}"
            rest = f" {' · '.join(details)}"
            words = [self._channel(session.channel), (bridge, "bold $good"), (rest, "$foreground")]
            yield _event((theme.TALK, hue(session.channel)), part.start, session.zone, *words)
        for urge in day.urges:
            rest = f" · {record_wording.say_trigger(urge.trigger)}" if urge.trigger else ""
            words = [(_("resisted urge: "), "$good"), self._channel(urge.channel), (rest, "$faint")]
            yield _event(("✓", "bold $good"), urge.at, urge.zone, *words, id=("urge", urge.id))
        for pause in day.pauses:
            yield from self._pause(pause)

    def _channel(self, channel: str) -> tuple[str, str]:
        return self.shown.titles.get(channel, channel), hue(channel)

    def _pause(self, pause: PauseOutcome) -> Iterator[DayEvent]:
        """`14:00 ‖ pause until 16:00 kept ✓`; what was opened in it first has a line of its own, like any fact."""
        until = _("pause until {clock}").format(clock=times.format_upcoming(pause.until, pause.start, pause.zone))
        end = {KEPT: (_(" kept ✓"), "$good"), CALLED_OFF: (_(" called off"), "$faint")}.get(pause.state, ("", ""))
        yield _event((theme.PAUSE, "bold $primary"), pause.start, pause.zone, until, end)
        for opening in pause.openings[:1]:
            more = f" +{len(pause.openings) - 1}" if pause.openings[1:] else ""
            words = ((_("opened "), "$faint"), self._channel(opening.channel), more)
            yield _event((theme.PAUSE, "$faint"), opening.at, opening.zone, *words)


def _event(
    sign: tuple[str, str], at: int, zone: str, *words: layout.Part, id: tuple[str, int] | None = None
) -> DayEvent:
    """`14:05 ★ client €480`."""
    return DayEvent(at, layout.row((times.format_clock(at, zone), "$faint"), " ", sign, " ", *words), id)


def outcome_text(outcome: Outcome, titles: dict[str, str]) -> Content:
    """`client €480 via LinkedIn · samia · carousel`."""
    from tracker.formatting.money import format_optional_money  # most days have no result

    money = f" {format_optional_money(outcome.amount, outcome.currency)}" if outcome.amount is not None else ""
    parts = [layout.text(_(outcome.kind), "bold $good"), layout.text(money, "bold")]
    if outcome.channel:
        name = layout.text(titles.get(outcome.channel, outcome.channel), hue(outcome.channel))
        parts += [layout.text(_(" via "), "$faint"), name]
    return layout.row(*parts, *(layout.text(f" · {word}", "$faint") for word in (outcome.person, outcome.note) if word))


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


def day_counts(day: Day, zone: str, check_limit: int | None) -> list[str]:
    """`first 07:06`, `12 of 40 checks`, `4 sessions`; that nothing is logged yet, or nothing social."""
    if not day.logged:
        return [_("nothing logged yet")]
    if not (day.seconds or day.checks or day.sessions):
        return [_("no social time")]
    counts = [wording.format_checks(day.checks, check_limit), wording.format_sessions(day.sessions)]
    if day.first is not None:
        counts.insert(0, _("first {clock}").format(clock=times.format_clock(day.first, day.first_zone or zone)))
    return counts


def purposes(day: Day) -> list[str]:
    """`Make 1h 41m`, `Relate 18m`, `No activity 4m`: the purposes with time; empty where none was said."""
    spent = [purpose for purpose in day.purposes if purpose.seconds]
    if not any(purpose.purpose for purpose in spent):
        return []
    return [
        f"{purpose_title(purpose)} {times.format_growing_duration(purpose.seconds, day.grows)}" for purpose in spent
    ]
