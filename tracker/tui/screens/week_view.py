"""The Week: was it worth it, and what changes? Three sentences, the verdicts, the commitments, then the figures."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import partial

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size

from tracker.analytics import day_slices
from tracker.analytics.channel_worth import WorthRow, sum_by_currency
from tracker.domain.models import RINGS
from tracker.domain.record import Record
from tracker.formatting import text as wording
from tracker.formatting import times
from tracker.formatting.numbers import format_percent
from tracker.locale import _
from tracker.reports.commitment_words import say_commitment, say_kept_and_results, say_went
from tracker.reports.commitments import CommitmentResult
from tracker.reports.patterns import PatternLook
from tracker.reports.week import Week, say_against_usual, say_busiest, say_verdicts
from tracker.reports.worth_wording import say_not_added, say_title
from tracker.services import pattern_marks, queries, reviewing
from tracker.tui import layout, theme
from tracker.tui.screens.day_panels import fit_lines, outcome_text
from tracker.tui.screens.patterns_panel import WeekPatterns, patterns_in, patterns_of
from tracker.tui.screens.view import PeriodView
from tracker.tui.widgets.bars import Bar, bars, purpose_bars
from tracker.tui.widgets.charts import heatmap
from tracker.tui.widgets.panel import Rows, SnapshotPanel
from tracker.workspace import Workspace

#: The lines of header and footer.
FRAME = 2
#: The sentences that open the Week.
SENTENCES = 3


class Group(Vertical):
    """Panels below or beside each other, which cover it."""

    BLANK = True


class ShownWeek(Record):
    """A week, and what else its panels need: today's date, the words of the channels, the hour a day begins at, the
    reader's zone and moment.
    """

    week: Week
    today: str
    titles: dict[str, str]
    letters: dict[str, str]
    first_hour: int
    zone: str
    now: int
    #: Whether it still grows.
    runs: bool = False
    #: When its review was written, or "" while it is under way; None where it was not begun.
    reviewed: str | None = None
    #: Whether the week differs now from its written review.
    changed: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether today is one of its days."""
        return self.today in self.week.dates


class WeekPanel(SnapshotPanel[ShownWeek]):
    """A panel about a week, and about what its channels are worth, which is read later, in a thread."""

    #: None while it is being read.
    worth: reviewing.WeekWorth | None = None

    def show(self, shown: ShownWeek) -> None:
        """Set the week; the worth of another week is no longer shown."""
        if self.filled and shown.week.week != self.week.week:
            self.worth = None
        super().show(shown)

    @property
    def week(self) -> Week:
        """The week that is shown."""
        return self.shown.week

    def show_worth(self, worth: reviewing.WeekWorth) -> None:
        """Set the verdicts and the commitments."""
        self.worth = worth
        self.label()
        self.refresh()


class WeekHeadline(WeekPanel):
    """Which week, and whether it was worth it: its time against the usual, the verdicts, the commitments kept."""

    _height = 0

    def label(self) -> None:
        """No words on a border: draw again, in as many lines as the sentences need."""
        height = len(self._lines(self.content_size.width or self.app.size.width - 4))
        self.refresh(layout=height != self._height)
        self._height = height

    def tick(self, now: int) -> None:
        """Show the time of day again once a minute, while the week lasts."""
        if self.filled and self.shown.goes_on and now // 60 != self.shown.now // 60:
            self.shown = self.shown._replace(now=now)
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the sentences need."""
        return len(self._lines(width)) if self.filled else 1 + SENTENCES

    def draw(self, width: int, height: int) -> list[Content]:
        """The week, then three sentences."""
        return self._lines(width)

    def _lines(self, width: int) -> list[Content]:
        sentences = layout.wrapped(say_against_usual(self.week, grows=self.shown.runs), width, "bold $strong", 2)
        if self.worth is None:
            return [self._heading(width), *sentences, *[layout.BLANK] * (SENTENCES - 1)]
        groups = [layout.text(group) for group in say_verdicts(self.worth.report)]
        verdicts = [part for line in layout.packed(groups, " · ", width) for part in layout.folded(line, width)]
        changes = say_kept_and_results(self.week, self.worth.results, self._next_review(self.worth))
        changed = layout.wrapped(changes, width, "$foreground", 2)
        return [self._heading(width), *sentences, *verdicts, *changed]

    def _next_review(self, worth: reviewing.WeekWorth) -> str:
        """What the key of the review does for a week without commitments: only what it does now."""
        if worth.review_waits:
            return _("[{key}] Review makes some").format(key=self.key_of("review"))
        return _("next review from {day} on").format(day=worth.next_review) if worth.next_review else ""

    def _heading(self, width: int) -> Content:
        """The name, dates and state of the week at the left; its checks and logged days at the right, if they fit."""
        week = self.week
        dates = f"  {times.format_date_range(week.dates[0], week.dates[-1], self.shown.today)}"
        heading = layout.row((_("Week {n}").format(n=times.week_number(week.week)), "bold $primary"), (dates, "$faint"))
        name = layout.row(heading, self._until_now() if self.shown.goes_on else "", self._review())
        logged = day_slices.say_logged(week.logged_days, week.elapsed)
        is_whole = week.logged_days >= week.elapsed
        parts = [layout.text(logged, "$faint" if is_whole else "bold $strong")]
        if week.checks is not None:
            parts.insert(0, layout.text(wording.format_checks(week.checks), "$foreground"))
        beside = (layout.join_with_dots(*parts[n:]) for n in range(len(parts)))
        fitting = (words for words in beside if name.cell_length + 2 + words.cell_length <= width)
        return layout.ends(name, next(fitting, layout.BLANK), width)

    def _until_now(self) -> Content:
        """`so far, to Monday 15:12`."""
        clock = times.format_clock(self.shown.now, self.shown.zone)
        message = _("so far, to {weekday} {clock}").format(weekday=times.format_weekday(self.shown.today), clock=clock)
        return layout.row((" · ", "$faint"), (message, "bold $strong"))

    def _review(self) -> Content:
        shown = self.shown
        if shown.reviewed is None:
            return layout.BLANK
        if not shown.reviewed:
            return layout.text("  ◐ " + _("review begun"), "$foreground")
        if shown.changed:  # the date is on the page
            return layout.text("  ✓ " + _("changed since review"), "$foreground")
        date = times.format_near_day_and_month(shown.reviewed, shown.today)
        return layout.text("  ✓ " + _("reviewed {date}").format(date=date), "$good")


class WeekDaysPanel(WeekPanel):
    """Seven stacked bars of one scale, the total beside each, and which colour and letter is which channel."""

    #: Whether the hours of the checks have a panel of their own.
    mapped = False

    def label(self) -> None:
        """What the bars are; why they are longer than the figures beside them, where they are."""
        available = self.content_size.width - 2
        self.say(
            _("Days by channel"), wording.format_simultaneous(day_slices.double_counted_seconds(self.week), available)
        )

    def on_resize(self) -> None:
        """The border has as many words as it has room for."""
        if self.filled:
            self.label()

    def draw(self, width: int, height: int) -> list[Content]:
        """Bars above, the legend and the hours of the checks below; days to come give way, and so does the legend."""
        when = self._when(width, height - 8)
        legend = self._legend(width, 2 if height >= 10 + len(when) else 1)
        below = [*legend, *when]
        days = 7 if 7 + len(below) <= height else self._begun()
        below = below if days + len(below) <= height else when  # the letters are also on the bars
        rows, available = [self._bar(index) for index in range(days)], height - len(below)
        above = layout.spread(bars(rows, width), available)
        return [*above, *[layout.BLANK] * (available - len(above)), *below]

    @property
    def heights(self) -> tuple[int, int]:
        """The least and the most lines: the days that have begun, and when one checks; all days, and the legend."""
        return self._begun() + 3, 11

    def _begun(self) -> int:
        return sum(day.date <= self.shown.today for day in self.week.days)

    def _when(self, width: int, available: int) -> list[Content]:
        """When the user checks, in a sentence; the hour alone if there is no room for the days."""
        if self.mapped or not self.week.logged_days:
            return []
        message, room = _("Checks: {when}"), max(available, 1)
        long, short = (message.format(when=say_busiest(self.week, short=short)) for short in (False, True))
        lines = layout.wrapped(long, width)
        return lines if len(lines) <= room else layout.wrapped(short, width)[:room]

    def _bar(self, index: int) -> Bar:
        days, today, letters = self.week.days, self.shown.today, self.shown.letters
        day, name = days[index], times.format_short_weekday(days[index].date)
        scale = max(1, *(max(other.seconds or 0, sum(s for _c, s in other.channels)) for other in days))
        if day.seconds is None:
            return Bar(name, "$faint", (), scale, "" if day.date > today else "?", "", "$faint", 0)
        parts = tuple((seconds, theme.hue(name), letters.get(name, "")) for name, seconds in day.channels if seconds)
        checks = wording.format_checks(day.checks) if day.checks else ""
        style = "bold $primary" if day.date == today else "$foreground"
        seconds = times.format_growing_duration(day.seconds, self.shown.runs and day.date == today)
        return Bar(name, style, parts, scale, seconds, checks)

    def _legend(self, width: int, most: int) -> list[Content]:
        """Which letter and colour is which channel: with its time where that fits, closely packed where little does."""
        used = [total for total in self.week.channels if total.kind == "social" and (total.seconds or total.checks)]
        used.sort(key=lambda total: -total.seconds)

        def packed(*, timed: bool, pad: str = " ", gap: str = "  ") -> list[Content]:
            return layout.packed([self._key(total, timed, pad) for total in used], gap, width)

        ways = packed(timed=True), packed(timed=False), packed(timed=False, pad="", gap=" ")
        return next((lines for lines in ways if len(lines) <= most), ways[-1][:most])

    def _key(self, total: day_slices.ChannelTotal, timed: bool, pad: str) -> Content:
        """The letter, with `pad` on either side of it, and the title of a channel; its time behind them if `timed`."""
        letter, colour = self.shown.letters.get(total.channel) or "■", theme.hue(total.channel)
        key = layout.row((f"{pad}{letter}{pad}", f"$on-ink on {colour}"), (f" {total.title}", colour))
        time = times.format_growing_duration(total.seconds, self.shown.runs)
        return layout.row(key, (f" {time}", "$foreground")) if timed else key


class ChecksPanel(WeekPanel):
    """Hour by weekday."""

    def label(self) -> None:
        """The busiest hour: `mostly 9–10 on weekdays`."""
        self.say(_("When you check"), say_busiest(self.week))

    def draw(self, width: int, height: int) -> list[Content]:
        """The map, in the middle of the height."""
        labels = [times.format_short_weekday(date) for date in self.week.dates]
        return heatmap(self.week.hours, labels, width, height, self.shown.first_hour, self.week.elapsed)


class TimeSpentPanel(WeekPanel):
    """The time by purpose, then by activity."""

    def label(self) -> None:
        """What the bars are."""
        self.say(_("What for"))

    def draw(self, width: int, height: int) -> list[Content]:
        """As many as fit, the largest first; where nobody said what any of it was, when that is asked."""
        if self.week.seconds and not any(purpose.purpose and purpose.seconds for purpose in self.week.purposes):
            message = _("No activities named. The review of a week asks what you were mostly doing.")
            return layout.wrapped(message, width, "$faint")
        purposes = purpose_bars(self.week.purposes, self.shown.runs)
        total = max(sum(purpose.seconds for purpose in self.week.purposes), 1)
        activities = []
        for activity in sorted(self.week.activities, key=lambda activity: -activity.seconds):
            if activity.activity and activity.seconds:
                name, share = wording.activity_word(activity.activity), format_percent(activity.seconds / total)
                parts = ((activity.seconds, theme.PURPOSES.get(activity.purpose or "", "$neutral"), ""),)
                time = times.format_growing_duration(activity.seconds, self.shown.runs)
                activities.append(Bar(name, "$foreground", parts, total, time, share))
        shown = activities[: max(height - len(purposes) - 1, 0)]
        lines = bars([*purposes, *shown], width)
        return [*lines[: len(purposes)], *([layout.BLANK] if shown else []), *lines[len(purposes) :]]


#: The width in cells from which on the channels are a table with headings.
TABLE_WIDTH = 64


class WorthPanel(WeekPanel):
    """Was it worth it, and what changes: the verdict on each channel, the commitments, the results and talks."""

    def label(self) -> None:
        """Over how many weeks it is judged."""
        weeks = self.worth.report.weeks if self.worth else 0
        self.say(_("Is it worth it?"), wording.format_week_count(weeks) if weeks else "")

    def draw(self, width: int, height: int) -> list[Content]:
        """Commitments are whole where they can be; results give way first, then the channels with the least time."""
        if self.worth is None:
            return []
        if self._is_in_a_corner():
            return self._promises(width, height)
        rows = self.worth.report.rows
        notes = _other_income_lines(rows, width)
        plans = _commitment_lines(self.worth.results, width, whole=True)
        if len(plans) + min(len(rows), 2) + len(notes) > height:
            plans = _commitment_lines(self.worth.results, width, whole=False)
        verdicts = [*_verdict_lines(rows, width, height - len(plans) - len(notes)), *notes]
        available = height - len(verdicts) - len(plans)
        results = self._results(width, available)
        parts = [part for part in (verdicts, plans, results) if part]
        gaps = height - sum(map(len, parts))
        lines = []
        for index, part in enumerate(parts):
            lines += [*([layout.BLANK] if index and gaps >= len(parts) - index else []), *part]
        return lines

    def _is_in_a_corner(self) -> bool:
        """Whether a very low screen leaves room for the commitments alone: the headline has the verdicts."""
        return bool(self.worth and self.worth.results) and self.screen.has_class("-tiny")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """In a corner as many lines as the commitments have, and one left for the patterns."""
        if not self._is_in_a_corner():
            return super().get_content_height(container, viewport, width)
        headline = self.screen.query_one(WeekHeadline).size.height
        return len(self._promises(width, max(viewport.height - FRAME - headline - 1, 1)))

    def _promises(self, width: int, height: int) -> list[Content]:
        """The commitments without a heading, whole where they have room."""
        assert self.worth
        whole, cut = (_commitment_lines(self.worth.results, width, whole=whole)[1:] for whole in (True, False))
        return whole if len(whole) <= height else cut[:height]

    def _results(self, width: int, available: int) -> list[Content]:
        """How near the people of the talks are, then the results, the latest last; above them the number of urges."""
        week, titles = self.week, self.shown.titles
        outcomes = [layout.row(("★ ", "bold $good"), outcome_text(outcome, titles)) for outcome in week.outcomes]
        rings = self._rings(width)
        urges = wording.format_urge_count(week.urges) if week.urges else ""
        head = layout.ends((_("Results"), "bold $primary"), (urges, "$faint"), width)
        if available < 2 or not (outcomes or rings or week.urges):
            return []
        rings = rings if len(rings) + bool(outcomes) < available else []
        spare = available - 1 - len(rings)
        if len(outcomes) > spare < 2:
            return []  # the headline counts them
        if len(outcomes) > spare:
            earlier = len(outcomes) - spare + 1
            outcomes = [layout.text(_("… {n} earlier").format(n=earlier), "$faint"), *outcomes[earlier:]]
        return [head, *rings, *fit_lines(outcomes, width, spare)]

    def _rings(self, width: int) -> list[Content]:
        """`☎ street 1  district 2`: the talks by how near the people are."""
        counts = [(_(name) if name in RINGS else _("ring not given"), n) for name, n in self.week.contacts if n]
        if not counts:
            return []
        parts = [layout.row((f"{name} ", "$faint"), (str(n), "bold $good")) for name, n in counts]
        return layout.hanging((f"{theme.TALK} ", "$good"), layout.packed(parts, "  ", width - 2))


def _other_income_lines(rows: Sequence[WorthRow], width: int) -> list[Content]:
    """The income in other currencies, which is not in the lines of the channels."""
    income = sum_by_currency(amount for row in rows for amount in row.outcomes.other_income)
    return layout.paragraphs(map(wording.capitalized, say_not_added(tuple(income.items()))), width, "$faint")


def _commitment_lines(results: Sequence[CommitmentResult], width: int, *, whole: bool) -> list[Content]:
    """Under a heading, each commitment with its result at the right: over two lines if `whole`, else cut to one."""
    if not results:
        return []
    lines = [layout.text(_("Commitments"), "bold $primary")]
    for result in results:
        sign, style = theme.RESULT_SIGNS[result.kept]
        words, went = say_commitment(result.commitment), say_went(result)
        promise = layout.row((f"{sign} ", style), (words, "$foreground"))
        if not whole or promise.cell_length + 1 + cell_len(went) <= width:
            fits = cell_len(went) <= width // 2  # the promise matters more than how often it was kept
            lines.append(layout.ends(promise, (went if fits else "", "$faint"), width))
            continue
        *first, last = layout.hanging((f"{sign} ", style), layout.wrapped(words, max(width - 2, 1), "$foreground", 3))
        fits = not went or last.cell_length + 2 + cell_len(went) <= width
        lines += [*first, layout.ends(last, (went, "$faint"), width)] if fits else [*first, last]
        lines += [] if fits else [layout.right(went, width, "$faint")]
    return lines


def _verdict_lines(rows: Sequence[WorthRow], width: int, available: int) -> list[Content]:
    """The channels in at most `available` lines, as a table where there is room; real contact is last, and stays."""
    if not rows:
        message = _("Nothing on a social channel or in person yet: [s] starts a timer, [/] logs past time.")
        return layout.wrapped(message, width, "$faint")
    headed = width >= TABLE_WIDTH and len(rows) < available
    most = max(available - headed, 1)
    if len(rows) > most:
        rows = (*rows[: most - 1], *rows[-1:])
    return _table_lines(rows, width) if headed else _row_lines(rows, width)


def _table_lines(rows: Sequence[WorthRow], width: int) -> list[Content]:
    """The columns of the Worth page that there is room for, without the tests: the verdict sums them up."""
    from tracker.tui.widgets.worth_table import columns_for, headings_line, row_line

    columns = columns_for(width, rows, tests=False)
    return [headings_line(columns, None), *(row_line(row, columns, chosen=False, cell=None) for row in rows)]


def _row_lines(rows: Sequence[WorthRow], width: int) -> list[Content]:
    """`LinkedIn  45.5 h  2 leads  €1,350  ? too early` in columns; the income is left out where room is short."""
    from tracker.reports.worth_columns import COLUMNS
    from tracker.tui.widgets.worth_table import name_style, verdict_cell

    cells = []
    for row in rows:
        leads = wording.format_lead_count(row.leads) if row.has_results else "–"
        hours, income = (layout.text(COLUMNS[key].cell(row)) for key in ("hours", "income"))
        figures = hours, layout.text(leads, "bold" if row.leads else "$faint"), income
        cells.append((layout.text(say_title(row), name_style(row)), *figures, layout.text(*verdict_cell(row))))
    name, *figure_widths, verdict = (max(cell.cell_length for cell in column) for column in zip(*cells, strict=True))
    name = min(name, max(width // 3, 16))
    while len(figure_widths) > 1 and name + verdict + 2 + sum(figure_widths) + 2 * len(figure_widths) > width:
        figure_widths.pop()
    # A long title leaves its hours and its verdict whole.
    name = min(name, width - verdict - 2 - sum(figure_widths) - 2 * len(figure_widths))
    lines = []
    for first, *middle, last in cells:
        drawn = (layout.right(cell, cell_width + 2) for cell, cell_width in zip(middle, figure_widths, strict=False))
        lines.append(layout.ends(layout.row(layout.left(first, name), *drawn), layout.left(last, verdict), width))
    return lines


#: From so many cells and lines of the view on, the hours of the checks are a map.
MAP_WIDTH, MAP_HEIGHT = 120, 30


class WeekView(PeriodView):
    """The third screen."""

    by_week = True

    #: What was read in a thread, of which week: shown until it is read again.
    _looks: tuple[str, dict[str, tuple[PatternLook, ...]]] = ("", {})

    def compose(self) -> ComposeResult:
        """The answer above; the time and the patterns at the left, what it was worth and what changes at the right."""
        yield WeekHeadline(id="headline")
        with Group(id="week-columns"):
            with Group(id="week-left"):
                yield WeekDaysPanel(id="days")
                yield ChecksPanel(id="checks")
                yield WeekPatterns(id="week-patterns")
            with Group(id="week-right"):
                yield WorthPanel(id="worth")
                yield TimeSpentPanel(id="spent")

    def on_resize(self, event: events.Resize) -> None:
        """The hours of the checks are a map where it can be read, else a sentence."""
        mapped = event.size.width >= MAP_WIDTH and event.size.height >= MAP_HEIGHT
        self.set_class(mapped, "-mapped")
        self.query_one(WeekDaysPanel).mapped = mapped

    def load(self, workspace: Workspace) -> None:
        """The week chosen, or this one."""
        week = queries.week(workspace, self.period or workspace.this_week())
        reviewed = reviewing.review_date(workspace, week.week)
        running = queries.running(workspace)
        kind = queries.find_channel(workspace, running.channel).kind if running else ""
        titles, letters, today = queries.titles(workspace), queries.letters(workspace), workspace.today()
        first_hour, runs = workspace.settings.day_starts_at // 3600, kind == "social" and today in week.dates
        changed = bool(reviewed and reviewing.week_changes(workspace, week))
        zone, now = workspace.zone, workspace.now()
        shown = ShownWeek(week, today, titles, letters, first_hour, zone, now, runs, reviewed, changed)
        for panel in self.query(WeekPanel):
            panel.show(shown)
        patterns = self.query_one(WeekPatterns)
        patterns.above = self.query_one(WeekDaysPanel).heights
        patterns.loader = partial(patterns_in, workspace, week.week)
        patterns.show(patterns_of(workspace, week), _("Patterns"))
        if self._looks[0] == week.week:
            self._show_looks(*self._looks)

    def tick(self, workspace: Workspace, now: int) -> None:
        """The heading of the current week says until when."""
        self.query_one(WeekHeadline).tick(now)

    def load_patterns(self, workspace: Workspace) -> None:
        """How each pattern went in five weeks, and what is worth it: in a thread, since no key waits that long."""
        headline = self.query_one(WeekHeadline)
        if headline.filled:
            self.run_worker(partial(self._look_back, workspace, headline.week.week), thread=True, exit_on_error=False)

    def _look_back(self, workspace: Workspace, week: str) -> None:
        # Lines that Textual has drawn refer to themselves: those of earlier frames make room for what is read here.
        gc.collect()
        week_worth = reviewing.week_worth(workspace, week)
        self.app.call_from_thread(self._show_worth, week, week_worth)
        looks = pattern_marks.five_weeks(workspace, week)
        self.app.call_from_thread(self._show_looks, week, looks)

    def _show_worth(self, week: str, week_worth: reviewing.WeekWorth) -> None:
        if self.is_complete and self.query_one(WeekHeadline).week.week == week:
            self.set_class(bool(week_worth.results), "-promised")
            self.query_one(WeekHeadline).show_worth(week_worth)
            self.query_one(WorthPanel).show_worth(week_worth)

    def _show_looks(self, week: str, looks: dict[str, tuple[PatternLook, ...]]) -> None:
        """Unless another week is shown by now."""
        if self.is_complete and self.query_one(WeekHeadline).week.week == week:
            self._looks = week, looks
            patterns = self.query_one(WeekPatterns)
            items = [item._replace(weeks=looks.get(item.finding.name, ())) for item in patterns.everything]
            patterns.show(items, _("Patterns, five weeks of each"))

    def rows(self) -> Rows | None:
        """The arrows move through the patterns."""
        return self.query_one(WeekPatterns)
