"""Step 1: how long do you think it was? Asked before any figure is shown; then the guess next to what was logged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.coverage import LEAST_DAYS, too_little
from tracker.calendar.durations import parse_guess, read_duration
from tracker.domain.errors import TrackerError
from tracker.formatting.text import in_quotation_marks
from tracker.formatting.times import (
    format_duration,
    format_near_date,
    format_short_week,
    format_short_weekday,
    whole_minutes,
)
from tracker.locale import N_, _
from tracker.reports.review import SMALL_DIFFERENCE, say_more_than_guessed
from tracker.services import reviewing, undo
from tracker.tui import layout
from tracker.tui.review.step import StepPanel, heading
from tracker.tui.review.usual_step import coverage_line
from tracker.tui.screens.day_panels import outcome_text
from tracker.tui.theme import hue
from tracker.tui.widgets.keycaps import Cap
from tracker.tui.widgets.panel import say_hidden

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.content import Content

    from tracker.reports.comparison import WeekComparison
    from tracker.services.open_review import OpenReview
    from tracker.services.reviewed_week import ReviewedWeek

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


class Guess(NamedTuple):
    """A field to fill in: of a channel, or (None) of all of them together, and what is typed in it."""

    channel: str | None
    title: str
    typed: str


class EstimateStep(StepPanel):
    """Fields first; after enter has shown the figures, the guesses next to what was logged."""

    name = "estimate"
    word = N_("Guess")
    title = N_("How long do you think it was?")

    def __init__(self, figures: ReviewedWeek, open_review: OpenReview) -> None:
        super().__init__(figures)
        self.open_review = open_review
        self.guesses: list[Guess] = []
        self.chosen = 0
        #: Whether the figures are shown.
        self.shown = False
        #: Whether enter was pressed with nothing guessed: pressed again, it shows the figures anyway.
        self.sure = False
        #: The id of the undo step that showed the figures: one key undoes it, as long as it is the last one.
        self._reveal: int | None = None
        #: The index of the field on each line that has one.
        self._field_of_line: dict[int, int] = {}

    def load(self) -> None:
        """Read what was guessed so far."""
        guesses = reviewing.guesses(self.workspace, self.week)
        self.shown = self.open_review.shown
        asked: list[tuple[str | None, str]] = [(None, _("All of it"))]
        asked += [(channel.name, channel.title) for channel in reviewing.guessed_channels(self.workspace, self.week)]
        self.guesses = [
            Guess(name, title, format_duration(guesses[name]).replace(" ", "") if name in guesses else "")
            for name, title in asked
        ]
        self.chosen = min(self.chosen, len(self.guesses) - 1)
        self.redraw()

    def lines(self, width: int, height: int) -> list[Content]:
        """The question with its fields, or the answer."""
        if self.shown:
            guesses = reviewing.guesses(self.workspace, self.week)
            lines = estimate_lines(self.figures.comparison, guesses, width, height)
            return [*lines, *self._earlier(width, height - len(lines))]
        asked = self._asked(min(width, WIDEST), height)
        asked += self._reminders(min(width, WIDEST), height - len(asked))
        asked, above = layout.centred(asked, width, height)
        self._field_of_line = {line + above: index for line, index in self._field_of_line.items()}
        return asked

    def _asked(self, width: int, height: int) -> list[Content]:
        dates, today = self.figures.dates, self.workspace.today()
        question = _("How long were you on social networks from {first} to {last}?").format(
            first=format_near_date(dates[0], today), last=format_near_date(dates[-1], today)
        )
        why = _("Guess before you see any figure: 11h, 90m or 1h30. Leave a field empty if you have no idea.")
        if self.sure:
            why = _("No guess? ⏎ again shows the figures.")
        style = "bold $flag" if self.sure else "$faint"
        head = [*layout.wrapped(question, width, "bold $strong"), *layout.wrapped(why, width, style), layout.BLANK]
        available = max(height - len(head) - 1, 3)
        label = min(layout.widest(guess.title for guess in self.guesses), width // 3) + 2
        fields = [self._field(index, guess, label, width) for index, guess in enumerate(self.guesses)]
        top = max(0, min(self.chosen - available + 1, len(fields) - available))
        seen = fields[top : top + available]
        # A blank line below the field of the whole, and below every field, each where there is room for it.
        gap = 1 if not top and len(fields) < available else 0
        apart = 1 + (2 * len(fields) + 1 < available)
        self._field_of_line = {len(head) + apart * n + (gap if n else 0): top + n for n in range(len(seen))}
        blank = [layout.BLANK] * (apart - 1)
        others = [line for field in seen[1:] for line in (field, *blank)]
        hidden = say_hidden(top, max(len(fields) - top - available, 0))
        below = [layout.text(f"  {hidden}", "$faint")] if hidden else []
        total = self._sum()
        below = [*(below or [layout.BLANK]), *total] if total else below
        return [*head, *seen[:1], *[layout.BLANK] * gap, *blank, *others, *below]

    def _reminders(self, width: int, available: int) -> list[Content]:
        """What else the days were, a line each, to help to remember them; nothing where not all of it has room."""
        titles, lines = self.figures.titles, []
        for date, remembered in self.figures.reminders:
            label = layout.text(f"{format_short_weekday(date)}  ", "$faint")
            parts = [layout.row(("★ ", "bold $good"), outcome_text(outcome, titles)) for outcome in remembered.outcomes]
            parts += [layout.text(in_quotation_marks(remembered.note))] if remembered.note else []
            lines += layout.hanging(label, [line for part in parts for line in layout.folded(part, width - 6)])
        fits = lines and len(lines) + 2 <= available
        return [layout.BLANK, heading(_("To help you remember the days")), *lines] if fits else []

    def _earlier(self, width: int, available: int) -> list[Content]:
        """The guesses of the four weeks before next to what was logged; nothing where they have no room."""
        rows = [
            ComparedGuess(None, format_short_week(week.week), guess, week.seconds or 0, week.known)
            for week in self.figures.five_weeks
            if week.week != self.week
            and week.seconds is not None
            and (guess := reviewing.guesses(self.workspace, week.week).get(None)) is not None
        ]
        if not rows or len(rows) + 4 > available:
            return []
        return [layout.BLANK, layout.BLANK, heading(_("Your guesses before")), *_table(rows, width)]

    def _field(self, index: int, guess: Guess, label: int, width: int) -> Content:
        is_chosen = index == self.chosen
        typed = layout.text(f" {guess.typed}" + ("▏" if is_chosen else ""), "bold $strong" if is_chosen else "bold")
        line = layout.row(
            layout.column(guess.title, label, hue(guess.channel) if guess.channel else "bold $strong"),
            layout.left(typed, FIELD).stylize("on $panel" if not is_chosen else "on $cursor"),
            "  ",
            self._meaning(guess),
        )
        mark = layout.text("▌ ", "$primary") if is_chosen else layout.row("  ")
        return layout.row(mark, line if line.cell_length <= width - MARK else layout.left(line, width - MARK))

    def _meaning(self, guess: Guess) -> Content:
        """How a field is read, or why it cannot be."""
        if not guess.typed:
            return layout.BLANK
        try:
            seconds = parse_guess(guess.typed)
        except TrackerError as error:
            is_duration = read_duration(guess.typed) is not None  # then it is only too long, or has no unit
            return layout.text(str(error) if is_duration else _("a duration such as 11h, 90m, 1h30"), "$flag")
        meaning = format_duration(seconds)
        if guess.channel is None and seconds >= 7 * 60:
            meaning = _("{time}, about {day} a day").format(time=meaning, day=format_duration(seconds // 7))
        return layout.row(("→ ", "$good"), (meaning, "$faint"))

    def _sum(self) -> list[Content]:
        """The sum of the channels' fields, to be compared with the whole."""
        try:
            seconds = sum(parse_guess(guess.typed) for guess in self.guesses if guess.channel and guess.typed)
        except TrackerError:
            return []
        if not seconds:
            return []
        return [layout.text("  " + _("the channels add up to {time}").format(time=format_duration(seconds)), "$faint")]

    def caps(self) -> list[Cap]:
        """The next field; once the figures are shown, back to the fields where that was a slip."""
        if not self.shown:
            return [Cap("⇥", _("next field"))]
        return [Cap("z", _("guess again"))] if self._just_shown() else []

    def _just_shown(self) -> bool:
        return self._reveal is not None and reviewing.last_step(self.workspace) == self._reveal

    def onward(self) -> str:
        """Enter shows the figures, then goes to the next step."""
        return _("continue") if self.shown else _("show the time")

    def edits(self) -> bool:
        """While a field is filled in."""
        return not self.shown and bool(self.guesses[self.chosen].typed)

    def press(self, key: str) -> bool:
        """Type into the chosen field, or choose another one. TrackerError for a letter that no duration has."""
        if self.shown:
            return key == "z" and self._guess_again()
        self.sure = False
        if key in ("tab", "shift+tab"):
            return self._choose(1 if key == "tab" else -1)
        if key in ("up", "down"):
            self._choose(1 if key == "down" else -1)
            return True
        guess = self.guesses[self.chosen]
        if key == "backspace" and guess.typed:
            self._type(guess.typed[:-1])
        elif key.casefold() in tuple(DURATION_CHARACTERS):
            self._type((guess.typed + key.casefold())[:LONGEST])
        elif len(key) == 1 and key.isprintable() and (self.edits() or key not in REVIEW_KEYS):
            raise TrackerError(_("Type a duration such as 11h, 90m or 1h30, or leave the field empty."))
        else:
            return False
        return True

    def _guess_again(self) -> bool:
        """Undo that the figures were shown, if nothing was done since; the guesses stay in their fields."""
        if not self._just_shown():
            return False
        undo.undo(self.workspace)
        self._reveal = None
        self.load()
        return True

    def _choose(self, steps: int) -> bool:
        if not 0 <= self.chosen + steps < len(self.guesses):
            return False
        self.chosen += steps
        self.redraw()
        return True

    def _type(self, typed: str) -> None:
        self.guesses[self.chosen] = self.guesses[self.chosen]._replace(typed=typed)
        self.redraw()

    def enter(self) -> bool:
        """Save the guesses and show the figures, after asking again if nothing is guessed; then the step is done."""
        if self.shown:
            return True
        if not self.sure and not any(guess.typed for guess in self.guesses):
            self.sure = True
            self.redraw()
            return False
        self.keep()
        self.open_review.reveal()
        self.shown, self._reveal = True, reviewing.last_step(self.workspace)
        self.redraw()
        return False

    def reviewed(self) -> bool:
        """Whether something was guessed."""
        return bool(reviewing.guesses(self.workspace, self.week))

    def keep(self) -> None:
        """Save the fields that changed and can be read; TrackerError, with its field chosen, for one that cannot."""
        if self.shown:
            return
        guesses = reviewing.guesses(self.workspace, self.week)
        changed: dict[str | None, int | None] = {}
        refused: TrackerError | None = None
        for index, guess in enumerate(self.guesses):
            try:
                seconds = parse_guess(guess.typed) if guess.typed else None
            except TrackerError as error:
                self.chosen, refused = index, error
                continue
            if seconds != guesses.get(guess.channel):
                changed[guess.channel] = seconds
        if changed:
            self.open_review.guess(changed)
        if refused:
            self.redraw()
            raise refused

    def touch(self, line: int, cell: int) -> None:
        """Choose the field that was clicked."""
        if not self.shown and line in self._field_of_line:
            self.chosen = self._field_of_line[line]
            self.redraw()


class ComparedGuess(NamedTuple):
    """Seconds of a channel, or (None) of all together: guessed, if they were, and logged."""

    channel: str | None
    title: str
    guessed: int | None
    logged: int
    #: Whether enough days were logged to compare the two.
    comparable: bool = True

    @property
    def difference(self) -> int:
        """Seconds logged beyond the guess, computed of the whole minutes that are shown, so that the sum is right."""
        return whole_minutes(self.logged) - whole_minutes(self.guessed or 0)

    @property
    def style(self) -> str:
        """The channel's colour."""
        return hue(self.channel) if self.channel else "$strong"

    def say_difference(self) -> str:
        """`2h 37m more`, `20m less`, `as felt`; empty where nothing was guessed or too few days were logged."""
        if self.guessed is None or not self.comparable:
            return ""
        return say_more_than_guessed(self.guessed, self.logged)


def estimate_lines(
    comparison: WeekComparison, guesses: Mapping[str | None, int], width: int, height: int
) -> list[Content]:
    """One sentence, then a row for the whole and for each channel that was guessed or logged."""
    if not comparison.logged_days:
        nothing = _("No day of this week is logged: the time is unknown. Log it on the Day, or continue.")
        return layout.wrapped(nothing, width, "$faint")
    comparable = comparison.logged_days >= LEAST_DAYS
    channels = [c for c in comparison.channels if c.kind == "social" and (c.seconds or c.name in guesses)]
    named = {None, *(channel.name for channel in channels)}
    rows = [
        ComparedGuess(None, _("All of it"), guesses.get(None), comparison.total.seconds, comparable),
        *(ComparedGuess(c.name, c.title, guesses.get(c.name), c.seconds, comparable) for c in channels),
        *(ComparedGuess(name, name or "", guesses[name], 0, comparable) for name in guesses if name not in named),
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


def _sentence(whole: ComparedGuess, logged_days: int) -> str:
    """`2h 37m more than you thought: it was 13h 37m, you guessed 11h.`"""
    logged = format_duration(whole.logged)
    if not whole.comparable:
        return f"{too_little(logged_days)}."
    if whole.guessed is None:
        return _("It was {time}. Next time, guess first: it shows how well you judge your time.").format(time=logged)
    if abs(whole.difference) < SMALL_DIFFERENCE:
        return _("It was {time}, as you guessed.").format(time=logged)
    more = _("{difference} more than you thought: it was {time}, you guessed {guessed}")
    less = _("{difference} less than you thought: it was {time}, you guessed {guessed}")
    sentence = (more if whole.difference > 0 else less).format(
        difference=format_duration(abs(whole.difference)), time=logged, guessed=format_duration(whole.guessed)
    )
    return f"{sentence}."


def _bars(rows: list[ComparedGuess], width: int) -> list[list[Content]]:
    """Two lines for each row, or one where nothing was guessed; all bars have one scale."""
    label = min(max(layout.widest(row.title for row in rows), 8), width // 4) + 1
    word = max(layout.widest((_("guess"), _("logged"))), 4) + 1
    figure = layout.widest(format_duration(seconds) for row in rows for seconds in (row.guessed or 0, row.logged)) + 2
    more = layout.widest(row.say_difference() for row in rows) + 2 if width >= 66 else 0
    length = width - label - word - figure - more
    longest = max([row.logged for row in rows] + [row.guessed or 0 for row in rows] + [1])
    blocks = []
    for row in rows:
        title, block = row.title, []
        if row.guessed is not None:
            shade = "▒" * max(round(row.guessed / longest * length), 1 if row.guessed else 0)
            block.append(
                layout.row(
                    layout.column(title, label, f"bold {row.style}"), layout.left(_("guess"), word, "$faint"),
                    layout.left(layout.text(shade, row.style), length),
                    layout.right(format_duration(row.guessed), figure, "$foreground"),
                )
            )  # fmt: skip
            title = ""
        block.append(
            layout.row(
                layout.column(title, label, f"bold {row.style}"), layout.left(_("logged"), word, "$faint"),
                layout.stacked([(row.logged, row.style, "")], longest, length, 0),
                layout.right(format_duration(row.logged), figure, "bold"),
                layout.left(f"  {row.say_difference()}", more, "$faint"),
            )
        )  # fmt: skip
        blocks.append(block)
    return blocks


def _table(rows: list[ComparedGuess], width: int) -> list[Content]:
    """One line for each row, where there is no room for bars, or where bars would compare what cannot be compared."""
    label = min(max(layout.widest(row.title for row in rows), 8), width // 3) + 1
    guessed = ["–" if row.guessed is None else format_duration(row.guessed) for row in rows]
    first = layout.widest((_("guess"), *guessed)) + 1
    second = layout.widest((_("logged"), *(format_duration(row.logged) for row in rows))) + 2
    head = layout.row(
        " " * label, layout.right(_("guess"), first, "$faint"), layout.right(_("logged"), second, "$faint")
    )
    lines = [
        layout.row(
            layout.column(row.title, label, f"bold {row.style}"),
            layout.right(guess, first),
            layout.right(format_duration(row.logged), second, "bold"),
            (f"  {row.say_difference()}", "$faint"),
        )
        for row, guess in zip(rows, guessed, strict=True)
    ]
    return [head, *lines]
