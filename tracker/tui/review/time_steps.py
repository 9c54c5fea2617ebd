"""Steps 1 to 3 of a review, the time: how long you think it was, against your usual week, and when you check.

The estimate is asked for before any figure is shown. Step 2 also asks, once, what most of the time was that a phone or
a browser measured without an activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import NamedTuple

from textual.content import Content

from tracker.analytics.day_slices import LEAST_DAYS, say_logged, say_too_few_days
from tracker.calendar.durations import parse_estimate, read_duration
from tracker.domain.errors import TrackerError
from tracker.domain.models import WORK_PURPOSES
from tracker.formatting import text as wording
from tracker.formatting import times
from tracker.formatting.numbers import format_decimal, format_signed_percent
from tracker.locale import N_, _, ngettext
from tracker.reports.comparison import SMALL_DIFFERENCE, WeekChange, WeekComparison, say_more_than_estimated, say_most
from tracker.reports.review import UnnamedTime, say_unnamed
from tracker.reports.week import DaySum, say_busiest, say_usual
from tracker.services import data_file, queries, reviewing
from tracker.services.open_review import OpenReview, ReviewedWeek
from tracker.tui import layout
from tracker.tui.modals.dialog import Choice, Chooser, own_letters
from tracker.tui.review.step import StepPanel, heading
from tracker.tui.screens.day_panels import outcome_text, simultaneous_line
from tracker.tui.screens.patterns_panel import cluster_words
from tracker.tui.theme import PURPOSES, hue
from tracker.tui.widgets.bars import USUAL, Bar, bar_with_usual, bars
from tracker.tui.widgets.charts import heatmap
from tracker.tui.widgets.key_lines import Cap
from tracker.tui.widgets.panel import link, say_hidden

#: The characters of a duration, and how many a field takes.
DURATION_CHARACTERS = "0123456789hm.,:"
LONGEST = 8
#: Letters that are keys of the review as long as nothing is typed.
REVIEW_KEYS = "sjk"

#: Cells of a field, and of the mark before its line.
FIELD, MARK = 10, 2

#: The widest question in cells, so that it is easy to read.
WIDEST = 92

#: Blank lines between two channels, at most.
MOST_APART = 2


@dataclass
class EstimateField:
    """A field to fill in: of a channel, or (None) of all of them together, and what is typed in it."""

    channel: str | None
    title: str
    typed: str


class EstimateStep(StepPanel):
    """Fields first; after enter has shown the figures, the estimates next to what was logged."""

    name = "estimate"
    word = N_("Guess")

    def __init__(self, figures: ReviewedWeek, open_review: OpenReview) -> None:
        super().__init__(figures)
        self.open_review = open_review
        self.fields: list[EstimateField] = []
        self.chosen = 0
        #: Whether the figures are shown.
        self.shown = False
        #: Whether enter was pressed with all fields empty: pressed again, it shows the figures anyway.
        self.sure = False
        #: The id of the undo step that showed the figures: one key undoes it, as long as it is the last one.
        self._reveal: int | None = None

    def load(self) -> None:
        """Read what was estimated so far."""
        self.shown = self.open_review.shown
        saved = reviewing.estimates(self.workspace, self.week)
        typed = {name: times.format_duration(seconds).replace(" ", "") for name, seconds in saved.items()}
        self.fields = [EstimateField(None, _("All of it"), typed.get(None, ""))]
        for channel in reviewing.channels_to_estimate(self.workspace, self.week):
            self.fields.append(EstimateField(channel.name, channel.title, typed.get(channel.name, "")))
        self.chosen = min(self.chosen, len(self.fields) - 1)
        self.redraw()

    def lines(self, width: int, height: int) -> list[Content]:
        """The question with its fields, or the answer."""
        if self.shown:
            estimates = reviewing.estimates(self.workspace, self.week)
            lines = estimate_lines(self.figures.comparison, estimates, width, height)
            return [*lines, *self._earlier(width, height - len(lines))]
        asked = self._asked(min(width, WIDEST), height)
        asked += self._reminders(min(width, WIDEST), height - len(asked))
        return layout.centred(asked, width, height)

    def _asked(self, width: int, height: int) -> list[Content]:
        first, last = (self.workspace.near_date(self.figures.dates[n]) for n in (0, -1))
        question = _("How long were you on social networks from {first} to {last}?").format(first=first, last=last)
        why = _("Guess before you see any figure: 11h, 90m or 1h30. Leave a field empty if you have no idea.")
        if self.sure:
            why = _("No guess? ⏎ again shows the figures.")
        style = "bold $flag" if self.sure else "$faint"
        head = [*layout.wrapped(question, width, "bold $strong"), *layout.wrapped(why, width, style), layout.BLANK]
        available = max(height - len(head) - 1, 3)
        label = min(layout.widest(field.title for field in self.fields), width // 3) + 2
        fields = [self._field_line(index, label, width) for index in range(len(self.fields))]
        top = max(0, min(self.chosen - available + 1, len(fields) - available))
        # A blank line below the field of the whole, and below every field, each where there is room for it.
        below_first = [layout.BLANK] if not top and len(fields) < available else []
        below_each = [layout.BLANK] if 2 * len(fields) + 1 < available else []
        first_seen, *others = fields[top : top + available]
        lines = [*head, first_seen, *below_first, *below_each]
        for line in others:
            lines += [line, *below_each]
        hidden, total = say_hidden(top, max(len(fields) - top - available, 0)), self._sum()
        if hidden or total:
            lines.append(layout.text(f"  {hidden}" if hidden else "", "$faint"))
        return [*lines, *total]

    def _reminders(self, width: int, available: int) -> list[Content]:
        """What else the days were, a line each, to help to remember them; nothing where not all of it has room."""
        titles, lines = self.figures.titles, []
        for date, remembered in self.figures.reminders:
            label = layout.text(f"{times.format_short_weekday(date)}  ", "$faint")
            parts = [layout.row(("★ ", "bold $good"), outcome_text(outcome, titles)) for outcome in remembered.outcomes]
            parts += [layout.text(wording.in_quotation_marks(remembered.note))] if remembered.note else []
            lines += layout.hanging(label, [line for part in parts for line in layout.folded(part, width - 6)])
        fits = lines and len(lines) + 2 <= available
        return [layout.BLANK, heading(_("To help you remember the days")), *lines] if fits else []

    def _earlier(self, width: int, available: int) -> list[Content]:
        """The estimates of the four weeks before next to what was logged; nothing where they have no room."""
        rows = []
        for week in self.figures.five_weeks:
            estimate = reviewing.estimates(self.workspace, week.week).get(None)
            if week.week != self.week and week.seconds is not None and estimate is not None:
                name = times.format_short_week(week.week)
                rows.append(ComparedTime(None, name, estimate, week.seconds, week.known))
        if not rows or len(rows) + 4 > available:
            return []
        return [layout.BLANK, layout.BLANK, heading(_("Your guesses before")), *_table(rows, width)]

    def _field_line(self, index: int, label: int, width: int) -> Content:
        field, is_chosen = self.fields[index], index == self.chosen
        typed = layout.text(f" {field.typed}" + ("▏" if is_chosen else ""), "bold $strong" if is_chosen else "bold")
        title = layout.column(field.title, label, hue(field.channel) if field.channel else "bold $strong")
        box = layout.left(typed, FIELD).stylize("on $cursor" if is_chosen else "on $panel")
        line = layout.row(title, box, "  ", self._meaning(field))
        mark = layout.text("▌ ", "$primary") if is_chosen else layout.row("  ")
        line = line if line.cell_length <= width - MARK else layout.left(line, width - MARK)
        return link(layout.row(mark, line), "click", index)

    def _meaning(self, field: EstimateField) -> Content:
        """How a field is read, or why it cannot be."""
        if not field.typed:
            return layout.BLANK
        try:
            seconds = parse_estimate(field.typed)
        except TrackerError as error:
            is_duration = read_duration(field.typed) is not None  # then it is only too long, or has no unit
            return layout.text(str(error) if is_duration else _("a duration such as 11h, 90m, 1h30"), "$flag")
        meaning = times.format_duration(seconds)
        if field.channel is None and seconds >= 7 * 60:
            meaning = _("{time}, about {day} a day").format(time=meaning, day=times.format_duration(seconds // 7))
        return layout.row(("→ ", "$good"), (meaning, "$faint"))

    def _sum(self) -> list[Content]:
        """The sum of the channels' fields, to be compared with the whole."""
        try:
            seconds = sum(parse_estimate(field.typed) for field in self.fields if field.channel and field.typed)
        except TrackerError:
            return []
        if not seconds:
            return []
        message = _("the channels add up to {time}").format(time=times.format_duration(seconds))
        return [layout.text(f"  {message}", "$faint")]

    def caps(self) -> list[Cap]:
        """The next field; once the figures are shown, back to the fields where that was a slip."""
        if not self.shown:
            return [Cap("⇥", _("next field"))]
        return [Cap("z", _("guess again"))] if self._just_shown() else []

    def _just_shown(self) -> bool:
        return self._reveal is not None and reviewing.last_step(self.workspace) == self._reveal

    def enter_label(self) -> str:
        """Enter shows the figures, then goes to the next step."""
        return _("continue") if self.shown else _("show the time")

    def is_typing(self) -> bool:
        """While a field is filled in."""
        return not self.shown and bool(self.fields[self.chosen].typed)

    def press(self, key: str) -> bool:
        """Type into the chosen field, or choose another one. TrackerError for a letter that no duration has."""
        if self.shown:
            return key == "z" and self._hide_figures()
        self.sure = False
        if key in ("tab", "shift+tab", "up", "down"):
            return self._choose(1 if key in ("tab", "down") else -1) or key in ("up", "down")
        field = self.fields[self.chosen]
        if key == "backspace" and field.typed:
            field.typed = field.typed[:-1]
        elif key.casefold() in tuple(DURATION_CHARACTERS):
            field.typed = (field.typed + key.casefold())[:LONGEST]
        elif len(key) == 1 and key.isprintable() and (self.is_typing() or key not in REVIEW_KEYS):
            raise TrackerError(_("Type a duration such as 11h, 90m or 1h30, or leave the field empty."))
        else:
            return False
        self.redraw()
        return True

    def _hide_figures(self) -> bool:
        """Undo that the figures were shown, if nothing was done since; the estimates stay in their fields."""
        if not self._just_shown():
            return False
        data_file.undo(self.workspace)
        self._reveal = None
        self.load()
        return True

    def _choose(self, steps: int) -> bool:
        if not 0 <= self.chosen + steps < len(self.fields):
            return False
        self.chosen += steps
        self.redraw()
        return True

    def enter(self) -> bool:
        """Save the estimates and show the figures, after asking again if there are none; then the step is done."""
        if self.shown:
            return True
        if not self.sure and not any(field.typed for field in self.fields):
            self.sure = True
            self.redraw()
            return False
        self.save_answers()
        self.open_review.reveal()
        self.shown, self._reveal = True, reviewing.last_step(self.workspace)
        self.redraw()
        return False

    def reviewed(self) -> bool:
        """Whether something was estimated."""
        return bool(reviewing.estimates(self.workspace, self.week))

    def save_answers(self) -> None:
        """Save the fields that changed and can be read; TrackerError, with its field chosen, for one that cannot."""
        if self.shown:
            return
        saved = reviewing.estimates(self.workspace, self.week)
        changed: dict[str | None, int | None] = {}
        refused: TrackerError | None = None
        for index, field in enumerate(self.fields):
            try:
                seconds = parse_estimate(field.typed) if field.typed else None
            except TrackerError as error:
                self.chosen, refused = index, error
                continue
            if seconds != saved.get(field.channel):
                changed[field.channel] = seconds
        if changed:
            self.open_review.estimate(changed)
        if refused:
            self.redraw()
            raise refused

    def click(self, target: int) -> None:
        """Choose the field that was clicked."""
        self.chosen = target
        self.redraw()


class ComparedTime(NamedTuple):
    """Seconds of a channel, or (None) of all together: estimated, if they were, and logged."""

    channel: str | None
    title: str
    estimated: int | None
    logged: int
    #: Whether enough days were logged to compare the two.
    comparable: bool = True

    @property
    def difference(self) -> int:
        """Seconds logged beyond the estimate, of the whole minutes that are shown, so that the sum is right."""
        return times.whole_minutes(self.logged) - times.whole_minutes(self.estimated or 0)

    @property
    def style(self) -> str:
        """The channel's colour."""
        return hue(self.channel) if self.channel else "$strong"

    def say_difference(self) -> str:
        """`2h 37m more`, `20m less`, `as guessed`; empty where nothing was estimated or too few days were logged."""
        if self.estimated is None or not self.comparable:
            return ""
        return say_more_than_estimated(self.estimated, self.logged)


def estimate_lines(
    comparison: WeekComparison, estimates: Mapping[str | None, int], width: int, height: int
) -> list[Content]:
    """One sentence, then a row for the whole and for each channel that was estimated or logged."""
    if not comparison.logged_days:
        nothing = _("No day of this week is logged: the time is unknown. Log it on the Day, or continue.")
        return layout.wrapped(nothing, width, "$faint")
    comparable = comparison.logged_days >= LEAST_DAYS
    channels = [c for c in comparison.channels if c.kind == "social" and (c.seconds or c.name in estimates)]
    named = {None, *(channel.name for channel in channels)}
    rows = [
        ComparedTime(None, _("All of it"), estimates.get(None), comparison.total.seconds, comparable),
        *(ComparedTime(c.name, c.title, estimates.get(c.name), c.seconds, comparable) for c in channels),
        *(ComparedTime(name, name or "", estimates[name], 0, comparable) for name in estimates if name not in named),
    ]
    head = layout.wrapped(_sentence(rows[0], comparison.logged_days), width, "bold $strong")
    if comparable and comparison.logged_days < comparison.elapsed:
        head.append(coverage_line(comparison))
    head.append(layout.BLANK)
    available = height - len(head)
    blocks = _bars(rows, width)
    needed = sum(map(len, blocks))
    if not comparable or needed > available:
        return [*head, *_table(rows, width)]
    gap = min((available - needed) // max(len(blocks) - 1, 1), MOST_APART)
    lines = [line for block in blocks for line in (*block, *[layout.BLANK] * gap)]
    return [*head, *lines[: len(lines) - gap]]


def _sentence(whole: ComparedTime, logged_days: int) -> str:
    """`2h 37m more than you thought: it was 13h 37m, you guessed 11h.`"""
    logged = times.format_duration(whole.logged)
    if not whole.comparable:
        return f"{say_too_few_days(logged_days)}."
    if whole.estimated is None:
        return _("It was {time}. Next time, guess first: it shows how well you judge your time.").format(time=logged)
    if abs(whole.difference) < SMALL_DIFFERENCE:
        return _("It was {time}, as you guessed.").format(time=logged)
    sentence = _("{difference} less than you thought: it was {time}, you guessed {guessed}")
    if whole.difference > 0:
        sentence = _("{difference} more than you thought: it was {time}, you guessed {guessed}")
    difference, estimated = times.format_duration(abs(whole.difference)), times.format_duration(whole.estimated)
    return f"{sentence.format(difference=difference, time=logged, guessed=estimated)}."


def _bars(rows: list[ComparedTime], width: int) -> list[list[Content]]:
    """Two lines for each row, or one where nothing was estimated; all bars have one scale."""
    label = min(max(layout.widest(row.title for row in rows), 8), width // 4) + 1
    word = max(layout.widest((_("guess"), _("logged"))), 4) + 1
    lengths = [seconds for row in rows for seconds in (row.estimated or 0, row.logged)]
    figure = layout.widest(map(times.format_duration, lengths)) + 2
    more = layout.widest(row.say_difference() for row in rows) + 2 if width >= 66 else 0
    length = width - label - word - figure - more
    longest = max(1, *lengths)

    def line(kind: str, bar: Content, seconds: int, style: str) -> Content:
        time = layout.right(times.format_duration(seconds), figure, style)
        return layout.row(layout.left(kind, word, "$faint"), layout.left(bar, length), time)

    blocks = []
    for row in rows:
        block = []
        if row.estimated is not None:
            shade = "▒" * max(round(row.estimated / longest * length), 1 if row.estimated else 0)
            block.append(line(_("guess"), layout.text(shade, row.style), row.estimated, "$foreground"))
        bar = layout.stacked([(row.logged, row.style, "")], longest, length, 0)
        difference = layout.left(f"  {row.say_difference()}", more, "$faint")
        block.append(layout.row(line(_("logged"), bar, row.logged, "bold"), difference))
        blocks.append(layout.hanging(layout.column(row.title, label, f"bold {row.style}"), block))
    return blocks


def _table(rows: list[ComparedTime], width: int) -> list[Content]:
    """One line for each row, where there is no room for bars, or where bars would compare what cannot be compared."""
    label = min(max(layout.widest(row.title for row in rows), 8), width // 3) + 1
    estimates = ["–" if row.estimated is None else times.format_duration(row.estimated) for row in rows]
    first = layout.widest((_("guess"), *estimates)) + 1
    second = layout.widest((_("logged"), *(times.format_duration(row.logged) for row in rows))) + 2
    head = layout.row(" " * label, layout.right(_("guess"), first), layout.right(_("logged"), second))
    lines = [head.stylize("$faint")]
    for row, estimate in zip(rows, estimates, strict=True):
        title, logged = layout.column(row.title, label, f"bold {row.style}"), times.format_duration(row.logged)
        figures = layout.right(estimate, first), layout.right(logged, second, "bold")
        lines.append(layout.row(title, *figures, (f"  {row.say_difference()}", "$faint")))
    return lines


#: The key of the answer for time that was of several kinds, or of a kind nobody remembers.
MIXED_KEY = "-"

#: A difference from the usual week of more than so many percent stands out.
NOTABLE_PERCENT = 5

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
        return times.format_duration(self.change.seconds) if self.change.logged else "?"

    @property
    def difference(self) -> Content:
        """`+1h 10m`, `−20m`, `=`; empty where there is nothing to compare with."""
        if self.usual is None or not self.change.logged:
            return layout.BLANK
        difference, style = times.whole_minutes(self.change.seconds) - times.whole_minutes(self.usual), "$foreground"
        if abs(difference) < SMALL_DIFFERENCE:
            style = "$faint"
        elif self.less_is_good:
            style = "$flag" if difference > 0 else "$good"
        return layout.text(times.format_duration_difference(self.change.seconds, self.usual, None), style)


class UsualStep(StepPanel):
    """One sentence about what changed most, the total, then everything in two columns."""

    name = "usual"
    word = N_("Usual")

    #: The channels whose measured time has no activity yet.
    unnamed: tuple[UnnamedTime, ...] = ()

    def load(self) -> None:
        """Read what is to be asked."""
        self.unnamed = reviewing.channels_to_ask_about(self.workspace, self.week)
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
        answers = [
            Choice("a", wording.activity_word(answer.name), answer.name, _(wording.PURPOSE_TITLES[answer.purpose]))
            for answer in reviewing.time_answers(self.workspace)
        ]
        choices = own_letters(answers)
        choices.append(Choice(MIXED_KEY, _("mixed, or I don't know"), reviewing.MIXED, _("not asked again")))
        title = title.format(channel=asked.channel.title, time=times.format_duration(asked.seconds))
        self.base_app().ask(Chooser(title, choices), partial(self._answered, asked))
        return True

    def _answered(self, asked: UnnamedTime, answer: str) -> None:
        name, activity = asked.channel.name, None if answer == reviewing.MIXED else answer
        reviewing.name_time(self.workspace, self.week, name, activity)
        self.figures.refresh()
        self.load()
        self.press("a")

    def _question(self, width: int) -> list[Content]:
        """`Measured without an activity: LinkedIn 5h 52m, Reddit 1h. What were you mostly doing there? [a]`."""
        if not self.unnamed:
            return []
        question = _("What were you mostly doing there? [a] answers.")
        text = f"{wording.as_sentence(say_unnamed(self.unnamed))} {question}"
        return [layout.BLANK, *layout.wrapped(text, width, "$foreground", 3)]

    def lines(self, width: int, height: int) -> list[Content]:
        """The sentence, the total, the parts: side by side where there is room, else one below the other."""
        comparison = self.figures.comparison
        if not comparison.logged_days:
            nothing = _("No day of this week is logged: nothing to compare. Log it on the Day, or continue.")
            return layout.wrapped(nothing, width, "$faint")
        head = layout.wrapped(wording.as_sentence(say_most(comparison)), width, "bold $strong", 2)
        total, coverage = total_line(comparison), coverage_line(comparison)
        fits = total.cell_length + coverage.cell_length + 2 <= width
        head += [layout.ends(total, coverage, width)] if fits else [total, coverage]
        head += [*simultaneous_line(self.figures.week), *self._question(width), layout.BLANK]
        parts = self._parts(comparison)
        if width >= TWO_COLUMNS:
            return [*head, *_columns(comparison, parts, width, height - len(head))]
        for title, rows in parts:
            head += [heading(title), *comparison_lines(rows, width), layout.BLANK] if rows else []
        return head[:-1]

    def _parts(self, comparison: WeekComparison) -> list[tuple[str, list[ComparisonRow]]]:
        """The headings, and their rows: days, channels, purposes and activities."""

        def purpose_row(change: WeekChange, purpose: str) -> ComparisonRow:
            style = PURPOSES.get(purpose, "$neutral")
            return ComparisonRow(wording.capitalized(change.title), style, change, purpose not in WORK_PURPOSES)

        def channel_row(change: WeekChange) -> ComparisonRow:
            is_social = change.kind == "social"
            return ComparisonRow(change.title, hue(change.name or ""), change, is_social, is_social)

        days = [ComparisonRow(times.format_short_weekday(day.name or ""), "$neutral", day) for day in comparison.days]
        # A bar of the work's length would leave none to those of the networks.
        channels = list(map(channel_row, comparison.channels))
        spent = [change for change in comparison.purposes if change.seconds or change.usual]
        purposes, activities = [], []
        if any(change.name for change in spent):  # else nobody said what any of it was
            purpose_of = {activity.name: activity.purpose for activity in queries.activities(self.workspace)}
            purposes = [purpose_row(change, change.name or "") for change in spent]
            activities = [purpose_row(c, purpose_of.get(c.name or "", "")) for c in comparison.activities]
        titles = _("By day"), _("By channel"), _("What for"), _("What you did")
        return list(zip(titles, (days, channels, purposes, activities), strict=True))


def _columns(
    comparison: WeekComparison, parts: list[tuple[str, list[ComparisonRow]]], width: int, height: int
) -> list[Content]:
    """Days above purposes at the left, channels above activities at the right; blank lines where all have room."""
    left = (width - GAP) // 2
    upper, lower = (max(len(rows) for _title, rows in parts[n : n + 2]) for n in (0, 2))
    spaced = height >= 2 * (upper + lower) + 3
    blocks = []
    for index, (title, rows) in enumerate(parts):
        lines = comparison_lines(rows, width - GAP - left if index % 2 else left, 9)
        lines = layout.spread(lines, 2 * len(lines)) if spaced else lines
        blocks.append([heading(title), *lines] if lines else [])
    if comparison.usual_weeks and comparison.total.compared:
        legend = _legend(comparison.usual_weeks, left - len(parts[0][0]) - 2)
        blocks[0][0] = layout.ends(blocks[0][0], legend, left)
    lines = []
    for pair in (blocks[:2], blocks[2:]):
        for first, second in zip_longest(*pair, fillvalue=layout.BLANK):
            lines.append(layout.row(layout.left(first, left), " " * GAP, second))
        lines.append(layout.BLANK)
    return lines[:-1] if any(blocks[2:]) else lines[:-2]


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
    seconds = times.format_duration(total.seconds) if comparison.logged_days else "?"
    head = layout.row((seconds, "bold $strong"), (_(" social"), "$faint"))
    if total.usual is None or not comparison.logged_days:
        return head
    usual = say_usual(total.usual, comparison.usual_for)
    if total.percent is None:
        return layout.row(head, ("  " + _("usually {usual}").format(usual=usual), "$faint"))
    if not total.percent:
        return layout.row(head, ("  " + _("= as usual"), "bold"), (f"  {usual}", "$faint"))
    style = "$faint"
    if abs(total.percent) > NOTABLE_PERCENT:
        style = "$flag" if total.percent > 0 else "$good"
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
    lines = []
    for row in rows:
        bar: layout.Part = " " * length
        if row.has_bar:
            bar = bar_with_usual(row.change.seconds, row.usual, longest, length, row.style.removeprefix("bold "))
        time = layout.right(row.figure, figure, "bold" if row.change.logged else "$faint")
        lines.append(
            layout.row(layout.column(row.title, label, row.style), bar, time, layout.right(row.difference, more))
        )
    return lines


#: Cells of the smallest map.
SMALLEST_MAP = 28
#: Lines of the smallest map that is legible, with two lines for each day.
SMALLEST_MAP_HEIGHT = 16
#: Fewer checks in a week have no usual hour.
FEW_CHECKS = 5
#: Bursts that are shown at most, where the window is not higher than usual.
MOST_BURSTS = 3


class ChecksStep(StepPanel):
    """One sentence, a map of the hours with each day's figures next to it, the bursts, the channels."""

    name = "checks"
    word = N_("When")

    def lines(self, width: int, height: int) -> list[Content]:
        """The sentence, the map, the bursts."""
        if not self.figures.week.checks:
            return layout.wrapped(self._sentence(), width, "$faint")
        head = [*layout.wrapped(self._sentence(), width, "bold $strong", 2), layout.BLANK]
        bursts = self._bursts(width, max(MOST_BURSTS, height - 30))
        channels = self._channels(width)
        below = [part for part in (bursts, channels) if part]
        while below and len(head) + SMALLEST_MAP_HEIGHT + sum(len(part) + 1 for part in below) > height:
            below.pop()
        available = height - len(head) - sum(len(part) + 1 for part in below)
        lines = [*head, *self._map(width, max(available, 8))]
        return [*lines, *(line for part in below for line in (layout.BLANK, *part))]

    def _channels(self, width: int) -> list[Content]:
        """How many of the checks were of which channel, as bars under a heading."""
        checked = [total for total in self.figures.week.channels if total.kind == "social" and total.checks]
        checked.sort(key=lambda total: -total.checks)
        rows = []
        for total in checked:
            style, checks = hue(total.channel), total.checks
            rows.append(Bar(total.title, style, ((checks, style, ""),), checked[0].checks, str(checks)))
        return [heading(_("What you check")), *bars(rows, width)] if rows else []

    def _sentence(self) -> str:
        """`83 checks, 12 a logged day; mostly 14–15 on weekdays.`"""
        week = self.figures.week
        if not week.logged_days:
            return _("No day of this week is logged. Log it on the Day, or continue.")
        if not week.checks:
            return _("No checks in week {n}. Continue.").format(n=times.week_number(self.week))
        if week.checks < FEW_CHECKS:
            return f"{wording.format_checks(week.checks)}."
        number = format_decimal(week.checks / week.logged_days, 1 if week.checks < 10 * week.logged_days else 0)
        message = _("{checks}, {number} a logged day; {when}.")
        return message.format(checks=wording.format_checks(week.checks), number=number, when=say_busiest(week))

    def _map(self, width: int, height: int) -> list[Content]:
        """The map and, next to each day, its first and last moment and its checks, as far as there is room."""
        week, days = self.figures.week, self.figures.week.days
        headings = [_("first"), _("last"), _("checks")]
        widths = [layout.widest([word, "00:00"]) + 2 for word in headings]
        while widths and sum(widths) > width - SMALLEST_MAP:
            del headings[0], widths[0]
        labels = [times.format_short_weekday(day.date) for day in days]
        first_hour = self.workspace.settings.day_starts_at // 3600
        drawn = heatmap(week.hours, labels, width - sum(widths), height - 1, first_hour, week.elapsed)
        map_width = max(line.cell_length for line in drawn)
        heads = (layout.right(word, cells) for word, cells in zip(headings, widths, strict=True))
        lines = [layout.row(" " * map_width, *heads).stylize("$faint")]
        lines_a_day = (len(drawn) - 1) // 7
        for index, line in enumerate(drawn[:-1]):
            is_middle = index % lines_a_day == (lines_a_day - 1) // 2
            figures = self._figures(days[index // lines_a_day], widths) if is_middle else None
            lines.append(line if figures is None else layout.row(layout.left(line, map_width), figures))
        return [*lines, drawn[-1]]

    def _figures(self, day: DaySum, widths: list[int]) -> Content:
        """The last `len(widths)` of first moment, last moment and checks."""
        if not day.logged:
            missing = _("not logged") if day.date <= self.workspace.today() else ""
            return layout.right(missing, sum(widths), "$faint")
        zone = self.workspace.zone
        first = times.format_clock(day.first, day.first_zone or zone) if day.first is not None else "–"
        last = times.format_clock(day.last, day.last_zone or zone) if day.last is not None else "–"
        figures = (layout.text(first), layout.text(last), layout.text(str(day.checks), "bold"))
        shown = figures[len(figures) - len(widths) :]
        return layout.row(*(layout.right(figure, cells) for figure, cells in zip(shown, widths, strict=True)))

    def _bursts(self, width: int, most: int) -> list[Content]:
        """The strongest bursts of the week, at most `most`, in their order."""
        dates = set(self.figures.dates)
        bursts = [event for finding in self.figures.week.patterns for event in finding.events if event.date in dates]
        strongest = sorted(bursts, key=lambda burst: burst.p)[:most]
        lines = []
        for burst in sorted(strongest, key=lambda burst: burst.start):
            clock = f"{times.format_short_weekday(burst.date)} {times.format_clock(burst.start, burst.zone)}"
            words = cluster_words(burst, self.figures.titles, clock)
            lines += layout.hanging(("⚑ ", "bold $flag"), layout.wrapped(words, width - 2, most=2))
        return lines
