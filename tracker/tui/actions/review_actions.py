"""Looking back: reviews (begun, continued, read, amended), worth, finding by words, and the longer look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.content import Content

from tracker.analytics.day_slices import say_logged
from tracker.domain.errors import TrackerError
from tracker.domain.models import HOUR, MINUTE, Match, Review
from tracker.formatting import times
from tracker.formatting.numbers import format_percent, group_thousands, round_to_int
from tracker.formatting.text import activity_word, capitalized, format_week_count, in_quotation_marks
from tracker.locale import N_, _, ngettext
from tracker.reports.longer_look import (
    QUARTER,
    YEAR,
    LongerReport,
    WeekFigures,
    say_logged_beside_estimate,
    say_shift,
    say_verdict_result,
)
from tracker.services import finding, queries, reviewing
from tracker.tui import layout
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import END_KEYS, WEEK, hidden_bindings
from tracker.tui.modals.dialog import Page, SearchDialog, SearchRows, Sheet
from tracker.tui.theme import hue
from tracker.tui.widgets import charts
from tracker.tui.widgets.bars import Bar, bars
from tracker.tui.widgets.charts import WeekLayout, WeeklyColumns, week_chart
from tracker.tui.widgets.key_lines import Cap, Keycaps
from tracker.workspace import Workspace


def review(app: BaseApp) -> None:
    """Review the week that is shown, or the last one that is over; a written review is shown."""
    week = _review_meant(app)
    written = reviewing.written_review(app.workspace, week)
    if reviewing.is_begun(app.workspace, week):
        _go_through_week(app, week)
    elif written:
        open_review(app, written)
    elif week == app.workspace.this_week():
        message = _("Week {n} can be reviewed from {day} on")
        day = reviewing.reviewable_from(app.workspace, week)
        app.notify(message.format(n=times.week_number(week), day=day), timeout=6)
    elif not reviewing.is_reviewable(app.workspace, week):
        app.notify(_("Week {n} has no logged day: nothing to review").format(n=times.week_number(week)), timeout=6)
    else:
        _go_through_week(app, week)


def _review_meant(app: BaseApp) -> str:
    """The week to review: an earlier week that is shown, else the last one that is over.

    If this week is shown, it is this week when the last one needs no review, or was reviewed and today is the last day.
    """
    last = reviewing.week_to_review(app.workspace)
    if app.view.id != WEEK:
        return last
    if app.view.period:
        return app.view.period
    this = app.workspace.this_week()
    if reviewing.review_waits(app.workspace) or (
        reviewing.written_review(app.workspace, last) and app.workspace.today() != app.workspace.week_dates(this)[-1]
    ):
        return last
    return this


def _go_through_week(app: BaseApp, week: str, *, amends: bool = False) -> None:
    from tracker.services.open_review import OpenReview
    from tracker.tui.review.screen import ReviewScreen

    def left(written: bool) -> None:
        if written:
            app.reload()
            if review := reviewing.written_review(app.workspace, week):
                open_review(app, review)
        elif reviewing.is_begun(app.workspace, week):  # else nothing was answered
            app.announce(_("Your answers are saved. [{key}] continues the review.").format(key=app.key_of("review")))

    screen = ReviewScreen(OpenReview(app.workspace, week, amends=amends))
    app.dismiss_toasts()  # a toast would cover the steps, and show figures before they are estimated
    app.ask(screen, left)


def open_review(app: BaseApp, review: Review) -> None:
    """Read a written review, from which it can be amended (the written one is kept), or continue a draft."""
    from tracker.tui.review.writing import WrittenPage

    if review.written is None:
        _go_through_week(app, review.week)
    else:
        app.ask(WrittenPage(app.workspace, review), lambda _amend: _go_through_week(app, review.week, amends=True))


def archive(app: BaseApp) -> None:
    """Every review, to find one by its words."""
    from tracker.tui.review.writing import Archive

    app.ask(Archive(app.workspace), partial(open_review, app))


def worth(app: BaseApp) -> None:
    """What each channel is worth, up to the week that is shown, or this one."""
    from tracker.tui.review.verdict_steps import WorthPage

    shown = app.view.period if app.view.id == WEEK else None
    app.ask(WorthPage(app.workspace, shown or app.workspace.this_week()), lambda _nothing: None)


def longer(app: BaseApp) -> None:
    """The longer look: the weeks up to the one that is shown."""
    load = partial(queries.longer_look, app.workspace, app.view.period or app.workspace.this_week())
    app.push_screen(LongerLook(load, app.workspace.first_weekday(), app.workspace.settings.currency))


def find(app: BaseApp) -> None:
    """Ask for words, and open the match that is chosen."""
    dialog = FindDialog(app.workspace, app.last_search)

    def opened(match: Match) -> None:
        app.last_search = dialog.words
        _open_match(app, match)

    app.ask(dialog, opened)


def _open_match(app: BaseApp, match: Match) -> None:
    """Show the Day of a match, with its session chosen, or its result, urge or note lit.

    Of a review or a commitment it is the review it is part of.
    """
    date = match.date or app.workspace.today()
    if review := reviewing.review_with(app.workspace, match):
        open_review(app, review)
    elif match.week:
        app.show_view(WEEK)
        app.view.go(date, app.workspace)
    elif match.kind == "session":
        app.show_on_day(date, session=match.id)
    else:
        app.show_on_day(date, event=(match.kind, match.id))


# Find: everything that a person wrote, by its words, as they are typed.

#: The most matches that are listed, the best ones.
MOST = 200

_TITLES = {"urge": N_("resisted urge"), "note": N_("day note"), "commitment": N_("commitment"), "review": N_("review")}


class MatchRows(SearchRows[Match]):
    """Two lines for each match: what it is and when, then its words, with those that were looked for in bold."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(id="matches")
        self.workspace = workspace
        self.items: list[Match] = []
        self._count = 0
        self._query = finding.Query((), begun=True)
        self._titles: dict[str, str] = {}
        #: Why the list is empty.
        self._empty = ""

    def find(self, text: str) -> None:
        """List what has these words; a first Latin letter alone is not worth a search."""
        self.items, self._count, self.chosen = [], 0, 0
        text = text.strip()
        if len(text) > 1 or not text.isascii():
            self._empty = _("Nothing found.")
            try:
                self._query = finding.read_query(text)
                self.items, self._count = finding.find(self.workspace, text, limit=MOST)
                self._titles = queries.titles(self.workspace)
            except TrackerError as error:
                self._empty = capitalized(str(error))
        else:
            self._empty = _(
                "Type words to search your intentions, notes, triggers, people, results and reviews, over all years. "
                'Quotation marks find a phrase: "thank you"'
            )
        self.redraw()

    def head(self, width: int) -> list[Content]:
        """Why the list is empty."""
        return [] if self.items else layout.wrapped(self._empty, width, "$faint")

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """The kind of match at the left, its time at the right; below them its words."""
        heads = (layout.ends(self._what(match), (self._when(match), "$faint"), width) for match in self.items)
        words = (layout.row("  ", self._words(match, width - 2)) for match in self.items)
        return [[head, below] for head, below in zip(heads, words, strict=True)]

    def _when(self, match: Match) -> str:
        if match.week:
            return times.format_week(match.week)
        date = self.workspace.near_date(match.date or "")
        return date if match.at is None else f"{date} {times.format_clock(match.at, match.zone or self.workspace.zone)}"

    def _what(self, match: Match) -> Content:
        title = self._titles.get(match.channel or "", match.channel or "")
        name = layout.text(title, hue(match.channel) if match.channel else "")
        kind = activity_word(match.what) if match.kind == "session" else _(_TITLES.get(match.kind, match.what or ""))
        return layout.row(name, " " if title and kind else "", (kind, "" if title else "bold"))

    def _words(self, match: Match, width: int) -> Content:
        excerpt = finding.excerpt(" · ".join(finding.say_texts(match)), self._query, width)
        words = layout.text(excerpt, "$faint")
        for begin, end in finding.places(excerpt, self._query):
            words = words.stylize("bold $strong", begin, end)
        return layout.left(words, width)

    def show_hidden(self, above: int, below: int) -> None:
        """Show the number of matches on the border."""
        count = ngettext("{n} found", "{n} found", self._count).format(n=group_thousands(str(self._count)))
        if self._count > len(self.items):
            count = _("the best {n} of {count}").format(n=len(self.items), count=count)
        self.say_on_box(" · ".join(filter(None, (_("Find"), count if self._count else ""))), above, below)


class FindDialog(SearchDialog[Match]):
    """Answers the match to open. `text` is what was looked for last."""

    def __init__(self, workspace: Workspace, text: str = "") -> None:
        super().__init__("find", _("words to find"), MatchRows(workspace), text)


# The longer look: thirteen weeks, or a year of them, and every day of that year; one page to scroll through.

#: How many weeks are shown, by the key that shows them.
SPANS = {"1": QUARTER, "2": YEAR}

#: More channels than this are one line of text.
CHANNELS = 5

#: By the least lines of the screen: the lines of the chart of all social time, and of each other chart.
HEIGHTS = {48: (6, 3), 32: (4, 2), 0: (3, 2)}

#: How many weeks' estimates are shown, the last.
ESTIMATES = 6

#: The unit of the steps between the four shades of a day, in seconds.
QUARTER_HOUR = 15 * MINUTE


class LongerLook(Page):
    """A page over the whole screen, closed by escape, enter, q or the key that opened it."""

    CLICKED = {**Page.CLICKED, "↑↓": "pagedown"}
    BINDINGS = hidden_bindings(
        ("1", f"span({QUARTER})"), ("2", f"span({YEAR})"), ("tab,left,right,h,l", "other"), *END_KEYS
    )
    OPENED_BY = "longer"

    def __init__(self, load: Callable[[], LongerReport], first_weekday: int, currency: str) -> None:
        super().__init__(_("The longer look"), self.lines)
        self.year: LongerReport | None = None
        self._load, self.first_weekday, self.currency = load, first_weekday, currency
        self.weeks = QUARTER

    def compose(self) -> ComposeResult:
        """The page, and its keys below."""
        yield Sheet(self._title, self.lines)
        yield Keycaps(self._caps(), id="longer-keys")

    def on_mount(self) -> None:
        """Show the page at once, and read the year in a thread: that takes longer than a key may."""
        self.run_worker(lambda: self.app.call_from_thread(self._show, self._load()), thread=True, exit_on_error=False)

    def _show(self, year: LongerReport) -> None:
        self.year = year
        if self.is_attached:
            self.query_one(Sheet).rewrite()

    def lines(self, width: int) -> list[Content]:
        """The whole page at a width; until the year is read, a sign that it is."""
        if self.year is None:
            return [layout.text("  …", "$faint")]
        return page(self.year, self.weeks, width, self.app.size.height, self.first_weekday, self.currency)

    def action_span(self, weeks: int) -> None:
        """Show the last `weeks` weeks, from the top."""
        self.weeks = weeks
        sheet = self.query_one(Sheet)
        sheet.top = 0
        sheet.rewrite()
        self.query_one(Keycaps).show(self._caps())

    def action_other(self) -> None:
        """Show 13 weeks instead of 52, or 52 instead of 13."""
        self.action_span(next(weeks for weeks in SPANS.values() if weeks != self.weeks))

    def _caps(self) -> list[Cap]:
        spans = []
        for key, weeks in SPANS.items():
            count, shown = format_week_count(weeks), weeks == self.weeks
            # A sign, and not the colour alone, marks which of the two is shown.
            spans.append(Cap(key, f"‹{count}›" if shown else count, "bold $primary" if shown else ""))
        return [*spans, Cap("↑↓", _("read on")), Cap("esc", _("close"))]


def page(
    all_weeks: LongerReport, weeks: int, width: int, screen: int, first_weekday: int = 0, currency: str = "EUR"
) -> list[Content]:
    """The lines of the page at a width, for a screen of `screen` lines."""
    report = all_weeks.last(weeks)
    (time, *channels), others, logged = _time(report), _others(report), _logged(report)
    week_layout = WeekLayout.of(len(report.weeks), width, (time, *channels, *others, logged))
    high, low = next(heights for least, heights in HEIGHTS.items() if screen >= least)
    axis = _axis(report.weeks[-week_layout.weeks :], week_layout)
    lines = [*_head(report, width), layout.BLANK, *week_chart(time, week_layout, high), *axis]
    for chart in channels:
        lines += [layout.BLANK, *week_chart(chart, week_layout, low)]
    lines += [*axis, layout.BLANK]
    for chart in others:
        lines += [*week_chart(chart, week_layout, low), layout.BLANK]
    lines += [*week_chart(logged, week_layout, 1), *axis]
    if week_layout.weeks < len(report.weeks):
        message = ngettext("there is room for {n} week", "there is room for {n} weeks", week_layout.weeks)
        lines.append(layout.text(message.format(n=week_layout.weeks), "$faint"))
    lines += [layout.BLANK, *_estimates(report, width), layout.BLANK, *_verdicts(report, width, currency)]
    return [*lines, *_year(all_weeks, width, first_weekday)]


def _head(report: LongerReport, width: int) -> list[Content]:
    """The span, the logged days, and how the last weeks went compared with the ones before."""
    first, last = report.weeks[0].dates[0], report.weeks[-1].dates[-1]
    last = min(last, report.days[-1][0]) if report.days else last
    logged, days = report.coverage
    span = f"{times.format_near_date(first, '')} – {times.format_near_date(last, '')}"
    covered = say_logged(logged, days, over=days == 7 * len(report.weeks))
    lines = layout.packed([layout.text(span, "bold $strong"), layout.text(covered, "$faint")], "  ·  ", width)
    shift = say_shift(report)
    return lines + (layout.wrapped(shift, width) if shift else [])


def _time(report: LongerReport) -> list[WeeklyColumns]:
    """Social time, then each channel, those on one scale."""
    names = list(report.channels)[:CHANNELS]
    most = max((week.channels.get(name, 0) for week in report.weeks for name in names), default=0) or 1
    seconds = [week.seconds for week in report.weeks]
    charts = [_with_median(_("Social time"), seconds, report.usual_seconds(), _say_duration, "$primary")]
    for name in names:
        of_channel = [None if week.seconds is None else week.channels.get(name, 0) for week in report.weeks]
        usual, title = report.usual_seconds(name), report.channels[name]
        charts.append(_with_median(title, of_channel, usual, _say_duration, hue(name), most))
    return charts


def _others(report: LongerReport) -> list[WeeklyColumns]:
    """Checks, plans, leads and talks; commitments where there were any."""
    weeks = report.weeks
    checks, usual_checks = [week.checks_a_day for week in weeks], report.usual(lambda week: week.checks_a_day)
    kept, planned = sum(week.kept for week in weeks), sum(week.planned for week in weeks)
    share = format_percent(kept / planned) if planned else "–"
    plans, details = [week.plan_kept for week in weeks], (_n_of(kept, planned),)
    charts = [
        _with_median(_("Checks a day"), checks, usual_checks, _say_whole, "$neutral"),
        WeeklyColumns(_("Plans kept"), plans, 1, "$good", share, details, lambda share: _say_whole(100 * share)),
        _added_up(_("New leads"), [week.leads for week in weeks], "$good"),
        _added_up(_("Talks"), [week.contacts for week in weeks], "$channel-teal"),
    ]
    if made := sum(week.commitments for week in weeks):
        count = _n_of(sum(week.commitments_kept for week in weeks), made)
        charts.append(WeeklyColumns(_("Commitments kept"), [week.commitment_kept for week in weeks], 1, "$good", count))
    return charts


def _logged(report: LongerReport) -> WeeklyColumns:
    """How much of each week is known: below all figures, as they rest on it."""
    days = [week.logged for week in report.weeks]
    return WeeklyColumns(_("Days logged"), days, 7, "$faint", _n_of(*report.coverage), say=str)


def _n_of(n: int, total: int) -> str:
    return _("{n} of {days}").format(n=n, days=total)


def _estimates(report: LongerReport, width: int) -> list[Content]:
    """What the user thought each week was, before its figures were shown, next to what was logged."""
    lines = [layout.text(_("Your guesses"), "bold $primary")]
    guessed = [week for week in report.weeks if week.estimate is not None and week.seconds is not None][-ESTIMATES:]
    if not guessed:
        return lines + layout.wrapped(_("No guesses yet: a review asks for one first."), width, "$faint")
    most = max(max(week.estimate or 0, week.seconds or 0) for week in guessed)
    rows = []
    for week in guessed:
        guess, spent, name = week.estimate or 0, week.seconds or 0, times.format_week(week.week)
        rows.append(Bar(name, "$faint", ((guess, "$neutral", ""),), most, times.format_duration(guess), _("guessed")))
        beside = say_logged_beside_estimate(week)
        rows.append(Bar("", "$foreground", ((spent, "$primary", ""),), most, times.format_duration(spent), beside))
    return lines + bars(rows, min(width, 100))


def _verdicts(report: LongerReport, width: int, currency: str) -> list[Content]:
    """Each verdict and its follow-up, under its channel; no line without verdicts."""
    lines: list[Content] = []
    title = None
    for result in report.verdicts:
        verdict = result.follow_up.verdict
        if result.title != title:
            title = result.title
            lines.append(layout.text(title, f"bold {hue(verdict.channel)}" if verdict.channel else "bold"))
        lines += layout.indented(2, layout.wrapped(say_verdict_result(result, currency), width - 2))
        why = layout.wrapped(in_quotation_marks(verdict.why), width - 4, "$faint") if verdict.why else []
        lines += layout.indented(4, why)
    head = [layout.text(_("Verdicts and their results"), "bold $primary")]
    return [*head, *lines, layout.BLANK] if lines else []


def _with_median(
    label: str,
    values: Sequence[float | None],
    usual: float | None,
    say: Callable[[float], str],
    style: str,
    scale: float | None = None,
) -> WeeklyColumns:
    """A figure of each week, and its median week. Without a `scale` of several charts, its greatest value too."""
    known = [value for value in values if value is not None]
    details = [_("median week")] if usual is not None else []
    if scale is None and known:
        details.append(_("most {most}").format(most=say(max(known))))
    median = "–" if usual is None else say(usual)
    short = _say_short if say is _say_duration else None
    return WeeklyColumns(label, values, scale or _top(known), style, median, details, say, short)


def _added_up(label: str, values: Sequence[int | None], style: str) -> WeeklyColumns:
    """A figure of each week, and its sum."""
    known = [value for value in values if value is not None]
    total = str(sum(known)) if known else "–"
    return WeeklyColumns(label, values, _top(known), style, total, (_("in all"),), str)


def _top(values: Iterable[float]) -> float:
    return max(values, default=0) or 1


def _say_whole(value: float) -> str:
    return str(round_to_int(value))


def _say_duration(seconds: float) -> str:
    return times.format_duration(round_to_int(seconds))


def _say_short(seconds: float) -> str:
    """`9h`, `40′`: in three cells, hours without minutes."""
    return f"{round_to_int(seconds / HOUR)}h" if seconds >= HOUR else f"{round_to_int(seconds / MINUTE)}′"


def _axis(weeks: Sequence[WeekFigures], week_layout: WeekLayout) -> list[Content]:
    """Weeks by their number where there is room, months below all."""
    lines = [charts.month_names([week.dates[0] for week in weeks], week_layout.cell)]
    if week_layout.numbered:
        numbers = "".join(times.format_short_week(week.week).ljust(week_layout.cell) for week in weeks)
        lines.insert(0, layout.text(numbers, "$faint"))
    return [layout.row(" " * week_layout.label, line) for line in lines]


def _year(report: LongerReport, width: int, first_weekday: int) -> list[Content]:
    """Every day of the year as a shade, and what the shades mean."""
    seconds_by_date = dict(report.days)
    step = _step([seconds for seconds in seconds_by_date.values() if seconds])

    def square(date: str, cell: int) -> Content:
        seconds = seconds_by_date.get(date)
        if seconds is None:
            return Content.styled(("?" if date in seconds_by_date else "").ljust(cell), "$faint")
        return _shade(-(-seconds // step), cell)

    steps = [_("up to {time}").format(time=times.format_duration(step * level)) for level in (1, 2, 3)]
    words = [_("none"), *steps, _("more")]
    legend = [layout.row(_shade(level, 1), " ", (word, "$faint")) for level, word in enumerate(words)]
    legend.append(layout.row(("?", "$faint"), " ", (_("not logged"), "$faint")))
    last = report.days[-1][0] if report.days else report.weeks[-1].dates[-1]
    head, calendar = _("Every day, by its social time"), charts.year_calendar(last, width, square, first_weekday)
    lines = [layout.text(head, "bold $primary"), layout.BLANK, *calendar, layout.BLANK]
    return lines + layout.packed(legend, "  ", width)


def _step(lengths: Sequence[int]) -> int:
    """Seconds a shade stands for: so that nine days in ten are in the first three and the longest in the fourth."""
    if not lengths:
        return QUARTER_HOUR
    high = sorted(lengths)[(len(lengths) - 1) * 9 // 10]
    return max(-(-high // (3 * QUARTER_HOUR)), 1) * QUARTER_HOUR


def _shade(level: int, cell: int) -> Content:
    if level == 0:
        return Content.styled("·".ljust(cell), "$line")
    level = min(level, 4)
    return Content.styled(layout.SHADES[level] * cell, f"$heat-{level}")
