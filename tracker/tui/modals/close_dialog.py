"""The evening close: a day gone through in under a minute, one question after the other.

Enter accepts what is offered. Each answer is saved at once, so leaving half-way loses nothing.
"""

from __future__ import annotations

from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tracker.calendar.session_line import Entry
from tracker.domain.errors import TrackerError
from tracker.domain.models import Habit, Session
from tracker.formatting import times
from tracker.formatting.text import capitalized, format_checks, format_result_count, format_talk_count
from tracker.locale import N_, _
from tracker.services import closing_day, habit_keeping, queries, session_editing, timekeeping
from tracker.tui import layout, session_text
from tracker.tui.keys import hidden_bindings
from tracker.tui.modals.dialog import Dialog, SteadyInput
from tracker.tui.theme import hue
from tracker.tui.widgets.key_lines import Cap, Keycaps
from tracker.tui.widgets.panel import Panel
from tracker.workspace import Workspace

#: The largest number that can be typed for a habit.
LARGEST = 1_000_000_000

#: How an answered line of a habit looks: by its sign as well as its colour.
ANSWER_SIGNS = {"y": ("✓", "bold $good"), "n": ("✗", "$flag"), "s": ("»", "$faint"), "": ("▸", "$faint")}


class _Question:
    """One question; `title` and `placeholder` are translated when they are shown.

    `value` is what stands in its line at first; a question without a line is answered by keys alone.
    """

    title = ""
    value: str | None = None
    placeholder = ""
    #: Whether enter closes the day.
    last = False

    def __init__(self, workspace: Workspace, evening: closing_day.CloseQuestions) -> None:
        self.workspace, self.evening = workspace, evening
        self.date = evening.day.date

    def lines(self, width: int) -> list[Content]:
        return []

    def caps(self) -> list[Cap]:
        return [Cap("⏎", _("Close the day") if self.last else _("Continue"))]

    def read(self, line: str) -> Content:
        """What a line means, in words. TrackerError where it means nothing."""
        return layout.BLANK

    def accept(self, line: str) -> bool:
        """Enter: save the answer; returns whether the question is done. With a TrackerError nothing is saved."""
        return True

    def press(self, key: str) -> bool | None:
        """Any other key: like `accept`, or None for a key that this question does not use."""
        return None


class _OpenDay(_Question):
    """An earlier day is still open: close that one first?"""

    title = N_("A day is still open")
    #: Whether today was chosen instead.
    today = False

    def lines(self, width: int) -> list[Content]:
        date, figures = times.format_long_date(self.date), day_figures(self.evening)
        return [layout.text(date, "bold"), layout.text(figures, "$faint")]

    def caps(self) -> list[Cap]:
        return [Cap("⏎", _("Close it first")), Cap("t", _("Close today instead"))]

    def press(self, key: str) -> bool | None:
        self.today = key == "t"
        return True if key == "t" else None


class _Running(_Question):
    """A session has been running since that day: when did it end?"""

    title = N_("Still running")
    value = ""

    @property
    def session(self) -> Session:
        assert self.evening.running is not None
        return self.evening.running

    def lines(self, width: int) -> list[Content]:
        session, time = self.session, times.format_growing_duration(self.session.duration(self.workspace.now()))
        name = queries.title(self.workspace, session.channel), f"bold {hue(session.channel)}"
        keys = _("[Enter] stops it now. Type the time it ended, or [-] to keep it running.")
        since = _("since {clock}, {time}").format(clock=times.format_clock(session.start, session.zone), time=time)
        runs = layout.row(("● ", "bold $good"), name, f" {since}")
        return [runs, *layout.folded(layout.keyed(keys), width)]

    def caps(self) -> list[Cap]:
        return [Cap("⏎", _("Stop")), Cap("-", _("Keep running"))]

    def press(self, key: str) -> bool | None:
        return True if key == "-" else None

    def _end(self, line: str) -> int | None:
        """The end that a line means, in UTC seconds; None lets the session run."""
        session, doubt = self.session, self.evening.doubt
        if line.strip() in ("-", "–"):
            return None
        if not line.strip():
            return (doubt.likely if doubt else None) or max(self.workspace.now(), session.start)
        day = self.workspace.day_of(session.start)
        end = session_text.parse_time(line, self.workspace, session.zone, day, session.start)
        if end <= session.start:
            raise TrackerError(_("that is before its start"))
        return end

    def read(self, line: str) -> Content:
        session, end = self.session, self._end(line)
        if end is None:
            return layout.text(_("keeps running"))
        day = self.workspace.day_of(end)
        on = f"{self.workspace.near_date(day)} " if day != self.workspace.today() else ""
        when, time = f"{on}{times.format_clock(end, session.zone)}", times.format_duration(end - session.start)
        return layout.text(_("ended {when}, after {time}").format(when=when, time=time))

    def accept(self, line: str) -> bool:
        end = self._end(line)
        if end is not None:
            timekeeping.stop_session(self.workspace, self.session.id, end)
        return True


class _Gaps(_Question):
    """Gaps in the log: what was done there?"""

    title = N_("Unlogged time: fill it in?")
    value = ""
    placeholder = N_("e.g. 1 call @samia street")

    def lines(self, width: int) -> list[Content]:
        """Each gap with its number and length, and the channels before and after it."""
        parts, zone = self.evening.day.parts, self.workspace.zone
        lines = []
        for number, gap in enumerate(self.evening.gaps, 1):
            before = max((part for part in parts if part.end <= gap.start), key=lambda part: part.end)
            after = min((part for part in parts if part.start >= gap.end), key=lambda part: part.start)
            names = [part.session.channel for part in (before, after)]
            first, last = ((queries.title(self.workspace, name), hue(name)) for name in names)
            span = f" {times.format_clock_range(gap.start, gap.end, zone)}"
            length = layout.right(times.format_duration(gap.end - gap.start), 8)
            key = layout.keycap(str(number))
            lines.append(layout.row(key, (span, "bold"), length, "   ", first, (" … ", "$faint"), last))
        return lines

    def caps(self) -> list[Cap]:
        return [Cap("⏎", _("Leave unlogged")), Cap("1", _("then what it was: fills that gap"))]

    def _read(self, line: str) -> tuple[closing_day.Gap, Entry, Content]:
        """The gap that a line is for (a first digit chooses, else the first one), the session, and its meaning."""
        first, _space, rest = line.strip().partition(" ")
        gap = self.evening.gaps[0]
        if len(first) == 1 and first.isdecimal() and 0 < int(first) <= len(self.evening.gaps):
            gap, line = self.evening.gaps[int(first) - 1], rest
        return gap, *session_text.read_entry(line, self.workspace, self.date, (gap.start, gap.end))

    def read(self, line: str) -> Content:
        return self._read(line)[2] if line.strip() else layout.text(_("unlogged time is not counted"), "$faint")

    def accept(self, line: str) -> bool:
        """Log it, and ask about the gaps that are left."""
        if not line.strip():
            return True
        gap, entry, _meaning = self._read(line)
        with self.workspace.transaction():
            evening = closing_day.close_questions(self.workspace, self.date)
            if any(part.start < gap.end and part.end > gap.start for part in evening.day.parts):
                self.evening = evening
                raise TrackerError(_("another program logged something there in the meantime; nothing was saved"))
            session_editing.add(self.workspace, **entry._asdict())
        self.evening = closing_day.close_questions(self.workspace, self.date)
        return not self.evening.gaps


class _Zero(_Question):
    """No social time on record: was there none, or is it not known?"""

    title = N_("No social time on record")

    def lines(self, width: int) -> list[Content]:
        message = _("Was there really none? A confirmed zero counts in averages; an unknown day does not.")
        if self.evening.day.logged:
            message = _("Other things were logged, so the day counts as zero. Was there really none?")
        return layout.wrapped(message, width)

    def caps(self) -> list[Cap]:
        """Two answers; enter takes the one that claims nothing new."""
        zero, unknown = _("none: count it as zero"), _("not known")
        if self.evening.day.logged:
            return [Cap("⏎ 0", zero), Cap("u", unknown)]
        return [Cap("⏎ u", unknown), Cap("0", zero)]

    def accept(self, line: str) -> bool:
        """Zero if anything was logged that day, else unknown."""
        return bool(self.press("0" if self.evening.day.logged else "u"))

    def press(self, key: str) -> bool | None:
        if key == "0":
            closing_day.confirm_zero(self.workspace, self.date)
        return True if key in ("0", "u") else None


class _Habits(_Question):
    """A line for the important task and for each habit without an answer.

    y, n or s answers the marked line; a number says how many.
    """

    title = N_("Habits")

    def __init__(self, workspace: Workspace, evening: closing_day.CloseQuestions) -> None:
        super().__init__(workspace, evening)
        day = evening.day
        self.task = "" if day.task_done else day.task or ""
        #: None stands for the task.
        self.asked: list[Habit | None] = [*([None] if self.task else []), *evening.habits]
        self.answers: list[str] = []
        self.typed = ""

    @property
    def habit(self) -> Habit | None:
        """The habit that is asked about; None for the task."""
        return self.asked[len(self.answers)]

    def lines(self, width: int) -> list[Content]:
        """The lines that are answered, the line that is asked, the lines to come."""
        return [self._line(index, width) for index in range(len(self.asked))]

    def _line(self, index: int, width: int) -> Content:
        habit, marked = self.asked[index], index == len(self.answers)
        answer = self.answers[index] if index < len(self.answers) else ""
        sign, style = ANSWER_SIGNS.get(answer, ANSWER_SIGNS["y"])
        wants = _("the important task") if habit is None else ""
        if habit and habit.kind != "yes_no" and habit.target is not None:
            wants = _("at least {n} {unit}") if habit.kind == "at_least" else _("at most {n} {unit}")
            wants = wants.format(n=f"{habit.target:.12g}", unit=habit.unit or "").strip()
        count = "" if answer in ANSWER_SIGNS else answer
        if marked and self.typed:
            count = f"{self.typed}▏"
        name = (habit.name if habit else self.task, "bold" if marked else "")
        line = layout.row((f" {sign} ", style), name, (f"  {wants}", "$faint"), (f"  {count}" if count else "", "bold"))
        return layout.marked(line, width) if marked else layout.row(" ", line)

    def caps(self) -> list[Cap]:
        habit = self.habit
        if habit is None:
            return [Cap("⏎", _("leave open")), Cap("y", _("done")), Cap("n", _("not done"))]
        # Of "at most so many", "no" would not say how many.
        no = [Cap("n", _("no"))] if habit.kind != "at_most" else []
        many = [Cap("0–9", habit.unit or _("how many"))] if habit.kind != "yes_no" else []
        return [Cap("⏎", _("no answer")), Cap("y", _("yes")), *no, Cap("s", _("skip today")), *many]

    def accept(self, line: str) -> bool:
        habit = self.habit
        if not self.typed or habit is None:
            return self._next("")
        try:
            value = float(self.typed)
            if value > LARGEST:
                raise ValueError
        except ValueError:
            self.typed = ""
            raise TrackerError(_("not a number")) from None
        habit_keeping.tick(self.workspace, habit, self.date, value)
        return self._next(self.typed)

    def press(self, key: str) -> bool | None:
        habit = self.habit
        if key == "backspace":
            self.typed = self.typed[:-1]
            return False
        if habit is not None and habit.kind != "yes_no" and (key.isdecimal() or (key in ".," and self.typed)):
            self.typed = (self.typed + key.replace(",", "."))[:9]
            return False
        if key not in [cap.key for cap in self.caps()]:
            return None
        if habit is None:
            if key == "y":
                closing_day.mark_task_done(self.workspace, self.date, True)
        elif key == "s":
            habit_keeping.skip(self.workspace, habit, self.date)
        else:
            habit_keeping.tick(self.workspace, habit, self.date, (habit.target or 1) if key == "y" else 0)
        return self._next(key)

    def _next(self, answer: str) -> bool:
        """Go to the next line; returns whether there is none."""
        self.answers.append(answer)
        self.typed = ""
        return len(self.answers) == len(self.asked)


class _Note(_Question):
    """One line of own words."""

    title = N_("The day in your own words")
    placeholder = N_("one line (optional)")

    def __init__(self, workspace: Workspace, evening: closing_day.CloseQuestions) -> None:
        super().__init__(workspace, evening)
        self.value = evening.day.note or ""

    def accept(self, line: str) -> bool:
        if line.strip() != (self.evening.day.note or ""):
            try:
                closing_day.replace_note(self.workspace, self.date, line, self.evening.day.note)
            except TrackerError:
                self.evening = closing_day.close_questions(self.workspace, self.date)
                raise
        return True


class _Task(_Question):
    """The one important task of the day after."""

    placeholder = N_("e.g. proposal for Nadia")

    def __init__(self, workspace: Workspace, evening: closing_day.CloseQuestions) -> None:
        super().__init__(workspace, evening)
        assert evening.next is not None
        self.next = evening.next
        today = self.next.date == workspace.today()
        self.title = N_("The important task today") if today else N_("The important task tomorrow")
        self.value = self.next.task or ""

    def lines(self, width: int) -> list[Content]:
        """Whether this day's task is done, if it had one."""
        day = self.evening.day
        if day.task and day.task_done:
            return [layout.row(("✓ ", "bold $good"), day.task, (_("  is done"), "$faint"))]
        carried_over = layout.text(_("Not done on this day, carried over:"), "$faint")
        return [carried_over] if day.task and day.task == self.value else []

    def accept(self, line: str) -> bool:
        if line.strip() != (closing_day.task(self.workspace, self.next.date).task or ""):
            closing_day.set_task(self.workspace, line, self.next.date)
        return True


def _questions(workspace: Workspace, date: str) -> list[_Question]:
    """What there is to ask about a day."""
    evening = closing_day.close_questions(workspace, date)
    wanted = {
        _Running: evening.running,
        _Gaps: evening.gaps,
        _Zero: evening.asks_zero,
        _Habits: evening.habits or (evening.day.task and not evening.day.task_done),
        _Note: True,
        _Task: evening.next,
    }
    asked = [question(workspace, evening) for question, applies in wanted.items() if applies]
    asked[-1].last = True
    return asked


def day_figures(evening: closing_day.CloseQuestions) -> str:
    """`2h 9m of 1h 55m social · 12 checks · 2 talks · 2 results`: a day in one line."""
    day = evening.day
    if not day.logged:
        return _("not known")
    time = times.format_against_budget(day.seconds, day.budget_seconds)
    parts = [_("{time} social").format(time=time), format_checks(day.checks)]
    parts += [format_talk_count(len(day.contacts))] if day.contacts else []
    parts += [format_result_count(len(day.outcomes))] if day.outcomes else []
    return " · ".join(parts)


class _QuestionPanel(Panel):
    """The question: its title, and what it is about."""

    question: _Question | None = None

    def show(self, question: _Question) -> None:
        """Set the question; the panel is as high as it needs."""
        self.question = question
        self.refresh(layout=True)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        return len(self.draw(width, 0))

    def draw(self, width: int, height: int) -> list[Content]:
        """The title, a blank line, the lines of the question."""
        if self.question is None:
            return []
        lines = self.question.lines(width)
        return [layout.text(_(self.question.title), "bold $strong"), *([layout.BLANK, *lines] if lines else [])]


class CloseDialog(Dialog[str]):
    """Answers the date that was closed; an empty word where it was left half-way with something answered."""

    BINDINGS = hidden_bindings(("shift+tab", "back"))

    def __init__(self, workspace: Workspace, date: str, earlier: str | None = None) -> None:
        super().__init__()
        self._workspace, self._date = workspace, date
        self._questions = _questions(workspace, date)
        if earlier:
            self._questions = [_OpenDay(workspace, closing_day.close_questions(workspace, earlier))]
        self._index = 0
        self._has_saved = False

    @property
    def _question(self) -> _Question:
        return self._questions[self._index]

    def compose(self) -> ComposeResult:
        """The day's figures so far, the question, a line for it, and the keys."""
        with Vertical(id="close-box") as box:
            box.border_subtitle = _("Esc Cancel")
            yield Static(id="close-day", markup=False)
            yield _QuestionPanel(id="close-asked")
            yield SteadyInput(id="close-line", compact=True, select_on_focus=False)
            yield Static(id="line-preview", markup=False)
            yield Keycaps(id="line-keys")

    def on_mount(self) -> None:
        """Ask the first question."""
        self._ask()

    def _ask(self) -> None:
        question, line = self._question, self.query_one(SteadyInput)
        title = _("Close the day")
        if not isinstance(question, _OpenDay):
            date = self._workspace.near_date(question.date)
            title = _("Close {date} · {n} of {count}").format(date=date, n=self._index + 1, count=len(self._questions))
        self.query_one("#close-box").border_title = title
        figures = self.query_one("#close-day", Static)
        figures.update(layout.text(day_figures(closing_day.close_questions(self._workspace, question.date)), "$faint"))
        figures.display = not isinstance(question, _OpenDay)
        line.display = question.value is not None
        line.placeholder = _(question.placeholder) if question.placeholder else ""
        line.offer(question.value or "")
        self.set_focus(line if line.display else None)
        self._show()

    def _show(self, error: TrackerError | None = None) -> None:
        """Show the question again, what the line means or an error, and the keys."""
        question = self._question
        self.query_one(_QuestionPanel).show(question)
        self.query_one(Keycaps).show(question.caps())
        preview = self.query_one("#line-preview", Static)
        try:
            if error:
                raise error
            meaning = question.read(self.query_one(Input).value)
            meaning = layout.row(("→ ", "$good"), meaning) if meaning else meaning
        except TrackerError as refused:
            meaning = layout.text(capitalized(str(refused)), "bold $flag" if error else "$flag")
        preview.update(meaning)
        preview.display = bool(meaning)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the meaning of the line."""
        event.stop()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the answer that the line is."""
        event.stop()
        self._press("enter")

    def on_key(self, event: events.Key) -> None:
        """Answers of one key, and keys typed ahead of the line's focus."""
        if self.answered or event.key in ("escape", "shift+tab"):
            return
        line = self.query_one(SteadyInput)
        if line.has_focus or (line.display and line.take_early(event)):
            return
        event.stop()
        if event.key == "enter" or not line.display:
            self._press((event.character if event.is_printable else None) or event.key)

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A key was clicked: as when it is pressed; a digit waits for the rest of its line."""
        line = self.query_one(Input)
        if message.key.startswith("⏎"):
            self._press("enter")
        elif message.key.isdecimal() and line.display:
            line.value = f"{message.key} "
            line.cursor_position = len(line.value)
            line.focus()
        else:
            self._press(message.key)

    def _press(self, key: str) -> None:
        """Save an answer; after the last of its question, ask the next question."""
        question = self._question
        try:
            done = question.accept(self.query_one(Input).value) if key == "enter" else question.press(key)
        except TrackerError as error:
            self._show(error)
            return
        if done is None:
            return
        self._has_saved = True
        if done and isinstance(question, _OpenDay):
            self._date = self._workspace.today() if question.today else question.date
            self._questions, self._index, self._has_saved = _questions(self._workspace, self._date), 0, False
        elif done and question.last:
            closing_day.close(self._workspace, self._date)
            self.answer(self._date)
            return
        elif done:
            self._index += 1
        self._ask()

    def action_back(self) -> None:
        """Go back to the last question before this one that can still be asked, read again."""
        again = {type(question): question for question in _questions(self._workspace, self._date)}
        before = [index for index in range(self._index) if type(self._questions[index]) in again]
        if before:
            self._index = before[-1]
            self._questions[self._index] = again[type(self._question)]
            self._ask()

    def answer(self, value: Any = None) -> None:
        """Close; left half-way with something saved, the answer is an empty date."""
        super().answer("" if value is None and self._has_saved else value)
