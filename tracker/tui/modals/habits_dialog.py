"""Habits: the list of a day, in which they are ticked, added, changed and ordered, and the year of one."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from tracker.analytics import habit_wording
from tracker.analytics.habit_days import SKIPPED
from tracker.analytics.habit_line import build_habit, read_habit, read_target, write_habit
from tracker.calendar.days import next_date
from tracker.domain.errors import TrackerError
from tracker.domain.models import Habit
from tracker.locale import N_, _, language
from tracker.reports.habit_histories import HabitHistory
from tracker.services import habit_keeping, queries
from tracker.tui import layout
from tracker.tui.base_app import BaseApp
from tracker.tui.keys import hidden_bindings, step_keys
from tracker.tui.modals.dialog import LineDialog, ListDialog, Page
from tracker.tui.widgets import charts
from tracker.tui.widgets.charts import habit_sign, habit_signs, habit_strength
from tracker.tui.widgets.key_lines import Cap, Keycaps
from tracker.tui.widgets.panel import Rows, say_hidden, with_keys
from tracker.workspace import Workspace

#: The keys that are shown, with what they do.
KEYS = {
    "1-9": N_("tick"),
    "n": N_("no"),
    "x": N_("skip"),
    "←→": N_("day"),
    "⏎": N_("year"),
    "a": N_("add"),
    "e": N_("change"),
    "<>": N_("order"),
    "d": N_("archive"),
}

#: The same, before there are any habits.
FIRST_KEYS = {"1-3": N_("begin"), "a": N_("add")}


def _asks(habit: Habit) -> str:
    """`at most 60 min · every day · social time`: what a suggestion asks for. The heading says that it is measured."""
    measure = _(habit_wording.MEASURE_TITLES[habit.measure]) if habit.measure else ""
    return " · ".join(filter(None, (habit_wording.say_target(habit), habit_wording.say_rhythm(habit), measure)))


class _HabitRows(Rows):
    """Two lines for each habit: the day with the last weeks, and what it asks for. Without any habit: suggestions."""

    histories: tuple[HabitHistory, ...] = ()
    titles: dict[str, str] = {}

    def count(self) -> int:
        return len(self.histories) or len(habit_keeping.SUGGESTED_HABITS)

    def head(self, width: int) -> list[Content]:
        if self.histories:
            return []
        message = _("Three suggestions, measured from your log: nothing to tick. [a] adds your own.")
        return [*layout.folded(layout.keyed(message), width), layout.BLANK]

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        if not self.histories:
            blocks = []
            for number, (words, habit) in enumerate(habit_keeping.SUGGESTED_HABITS, 1):
                lines = [layout.text(_(words), "bold"), *layout.wrapped(_asks(habit), width - 4, "$faint")]
                blocks.append(layout.hanging(layout.row(layout.keycap(str(number)), " "), lines))
            return blocks
        name = min(layout.widest(history.habit.name for history in self.histories), width // 3) + 1
        days = max(7, min(28, width - 4 - 2 - name - 14 - 14))
        return [self._block(number, history, width, name, days) for number, history in enumerate(self.histories, 1)]

    def _block(self, number: int, history: HabitHistory, width: int, name: int, days: int) -> list[Content]:
        habit, today = history.habit, history.today
        value = habit_wording.say_value(habit, today.value)
        cap = layout.keycap(str(number) if number < 10 else None)
        head = layout.row(cap, " ", habit_sign(today.state), " ", layout.left(habit.name, name, "bold"))
        tail = layout.row(habit_signs(history.recent(days), days), " ", habit_strength(history.strength, 8))
        available = width - head.cell_length - tail.cell_length - 1
        words = [habit_wording.say_day(habit, today), value]
        answer = next((word for word in words if layout.widest([word]) <= available), "")  # else the sign tells
        known, due = history.coverage()
        asks = habit_wording.say_habit(habit, self.titles.get(habit.channel or ""))
        coverage = _("{known}/{n} days known").format(known=known, n=due) if known < due else ""
        if len(asks) + len(coverage) > width - 8:
            coverage = f"{known}/{due}" if coverage else ""
        below = layout.ends((asks, "$faint"), (coverage, "$faint"), width - 6)
        return [layout.row(head, layout.left(answer, available), " ", tail), layout.row("      ", below)]

    def show_hidden(self, above: int, below: int) -> None:
        box = self.parent
        if isinstance(box, Widget):
            box.border_subtitle = with_keys(say_hidden(above, below), _("Esc Close"), box.outer_size.width)


class HabitsDialog(ListDialog[None]):
    """Stays open while one habit after the other is ticked."""

    CLICKED = {**ListDialog.CLICKED, "1-9": "space", "1-3": "space", "←→": "left", "<>": "greater_than_sign"}
    BINDINGS = hidden_bindings(
        *step_keys("turn", "right,l,right_square_bracket", "left,h,left_square_bracket"),
        ("0,home", "turn(0)"),
        ("space", "tick"),
        ("n", "no"),
        ("x", "skip"),
        ("enter", "year"),
        ("a,plus,slash", "add"),
        ("e", "edit"),
        *step_keys("order", "greater_than_sign", "less_than_sign"),
        ("d,delete", "archive"),
        *((str(digit), f"tick({digit - 1})") for digit in range(1, 10)),
    )

    OFFERS = ("undo",)
    OPENED_BY = "habits"

    def __init__(self, workspace: Workspace, date: str) -> None:
        super().__init__()
        self._workspace, self._date = workspace, date

    def compose(self) -> ComposeResult:
        """The habits, and the keys."""
        with Vertical(id="habits-box"):
            yield _HabitRows(id="habits")
            yield Keycaps(id="habits-keys")

    def on_mount(self) -> None:
        """Read the channels' titles; the habits are read when the size is known."""
        self.query_one(_HabitRows).titles = queries.titles(self._workspace)

    def load(self) -> None:
        """Show the habits of the day as they are now."""
        rows = self.query_one(_HabitRows)
        rows.histories = habit_keeping.habits(self._workspace, self._date, waiting=True)
        rows.styles.height = min(2 * rows.count() + (0 if rows.histories else 3), self.app.size.height - 8)
        keys = KEYS if rows.histories else FIRST_KEYS
        caps = [Cap(key, _(words)) for key, words in keys.items()]
        caps += [Cap(self.key_of("undo"), _("undo"))] if rows.histories else []
        self.query_one(Keycaps).show([cap for cap in caps if cap.key])
        today = self._workspace.today()
        relative = {today: _("today"), next_date(today, -1): _("yesterday")}.get(self._date)
        date = ", ".join(filter(None, (self._workspace.near_date(self._date), relative)))
        self.query_one("#habits-box").border_title = _("Habits · {date}").format(date=date)
        rows.redraw()

    def reloaded(self) -> None:
        """Something was changed, here or by another program."""
        self.load()

    def on_resize(self) -> None:
        """Another size shows more or fewer days."""
        self.load()

    def _chosen(self) -> HabitHistory:
        """The chosen habit; TrackerError if there is none."""
        rows = self.query_one(_HabitRows)
        if not rows.histories:
            raise TrackerError(_("no habits yet; press a to add one"))
        return rows.histories[rows.chosen]

    def _ticked_by_hand(self) -> Habit:
        """The chosen habit; TrackerError if it is measured from the log."""
        habit = self._chosen().habit
        if habit.measure:
            raise TrackerError(_("{name} is measured from the log and needs no tick").format(name=habit.name))
        return habit

    def _show_change(self, answer: str | None = None) -> None:
        """Load the list and the view below again; on an earlier day a toast says the answer of the chosen habit."""
        self.base_app.reload()
        if answer is not None and self._date != self._workspace.today():
            name, date = self._chosen().habit.name, self._workspace.near_date(self._date)
            message = _("{name} on {date}: {value}").format(name=name, date=date, value=answer)
            self.base_app.notify(message, timeout=4)

    def action_turn(self, days: int) -> None:
        """Go to another day, not past today; 0 goes back to today."""
        today = self._workspace.today()
        self._date = min(next_date(self._date, days), today) if days else today
        self.load()

    def action_tick(self, index: int | None = None) -> None:
        """Tick the habit, or clear its tick; ask how much if it counts. Without habits: add a suggested one."""
        rows = self.query_one(_HabitRows)
        index = rows.chosen if index is None else index
        if index < rows.count():
            rows.choose(index)
            if not rows.histories:
                self._begin(index)
            elif self._chosen().habit.kind == "yes_no":
                self._tick_or_clear()
            else:
                self._ask_value(self._ticked_by_hand())

    def _begin(self, index: int) -> None:
        name, habit = habit_keeping.SUGGESTED_HABITS[index]
        habit_keeping.add_habit(self._workspace, habit._replace(name=_(name), created=self._workspace.today()))
        self._show_change()

    def _tick_or_clear(self) -> None:
        value = None if self._chosen().today.value else 1.0
        habit_keeping.tick(self._workspace, self._ticked_by_hand(), self._date, value)
        self._show_change(_(habit_wording.STATES["done"]) if value else _("no answer"))

    def _ask_value(self, habit: Habit) -> None:
        """Ask how much it was; enter alone takes all that was to be done."""
        target = habit.target if habit.kind == "at_least" and habit.target else None

        def read(line: str) -> tuple[float, Content]:
            if line.strip():
                value, _unit = read_target(line)
            elif target is None:
                raise TrackerError(_("how much?"))
            else:
                value = target
            return value, layout.text(habit_wording.say_value(habit, value))

        def keep(value: float) -> None:
            habit_keeping.tick(self._workspace, habit, self._date, value)
            self._show_change(habit_wording.say_value(habit, value))

        date = self._workspace.near_date(self._date)
        title, placeholder, hint = _("{name} on {date}: how much?"), "", _("a number")
        if target:
            amount = habit_wording.say_value(habit, target)
            placeholder, hint = f"{target:.12g}", _("a number; ⏎ alone: {amount}").format(amount=amount)
        line = LineDialog(title.format(name=habit.name, date=date), read, placeholder=placeholder, hint=hint)
        self.base_app.ask(line, keep)

    def action_no(self) -> None:
        """Answer no, or zero."""
        habit = self._ticked_by_hand()
        habit_keeping.tick(self._workspace, habit, self._date, 0.0)
        self._show_change(habit_wording.say_answer(habit, 0.0))

    def action_skip(self) -> None:
        """Skip the habit on that day; pressed again, clear the skip."""
        habit, date = self._chosen().habit, self._date
        if self._chosen().today.state == SKIPPED:
            habit_keeping.tick(self._workspace, habit, date, None)
            self._show_change(_("no answer"))
            return
        before = habit_keeping.say_answer_of_day(self._workspace, habit, date)
        habit_keeping.skip(self._workspace, habit, date)
        if not before:
            self._show_change(_(habit_wording.STATES[SKIPPED]))
            return
        message = _("Skipped {name}, in place of: {what} · {key} brings it back")
        if date != self._workspace.today():
            message = _("Skipped {name} on {date}, in place of: {what} · {key} brings it back")
        near_date = self._workspace.near_date(date)
        self.base_app.announce(message.format(name=habit.name, what=before, date=near_date, key=self.key_of("undo")))

    def action_year(self) -> None:
        """Open the chosen habit's year."""
        history = self._chosen()
        title = self.query_one(_HabitRows).titles.get(history.habit.channel or "")
        self.app.push_screen(HabitYear(history, title, self._workspace.first_weekday()))

    def action_add(self) -> None:
        """Add a habit, and choose it."""
        self._ask_habit()

    def action_edit(self) -> None:
        """Change the chosen habit."""
        self._ask_habit(self._chosen().habit)

    def _ask_habit(self, habit: Habit | None = None) -> None:
        """Ask in one line for a new habit, or for `habit` changed."""
        app, workspace = self.base_app, self._workspace

        def keep(typed: Habit) -> None:
            if habit:
                typed = typed._replace(id=habit.id, position=habit.position, archived=habit.archived)
                habit_keeping.change_habit(workspace, typed, habit)
            else:
                habit_keeping.add_habit(workspace, typed)
            app.announce((_("Changed {name}") if habit else _("Added {name}")).format(name=typed.name))
            self.load()
            if not habit:
                rows = self.query_one(_HabitRows)
                rows.choose(rows.count() - 1)

        title, read = _("A new habit"), partial(read_habit_line, workspace=workspace, habit=habit)
        value, example = "", _("Read at least 20 pages on mon, wed, fri")
        hint = _("3 times a week · at most 60 min by social time · not before 09:00 · on weekdays")
        if habit:
            title = _("Change {name}").format(name=habit.name)
            value = write_habit(habit, language(), queries.channel_words(workspace))
        app.ask(LineDialog(title, read, value=value, example=example, hint=hint), keep)

    def action_order(self, steps: int) -> None:
        """Put the chosen habit `steps` lines further down."""
        habit_keeping.move_habit(self._workspace, self._chosen().habit, lambda index, _count: index + steps)
        self._show_change()
        self.action_move(steps)

    def action_archive(self) -> None:
        """Archive the chosen habit."""
        habit = self._chosen().habit
        habit_keeping.change_habit(self._workspace, habit._replace(archived=True), habit)
        message = _("Archived {name}; its days stay · {key} brings it back")
        self.base_app.announce(message.format(name=habit.name, key=self.key_of("undo")))

    def action_open(self) -> None:
        """A second click on a habit ticks it; one that is measured opens its year."""
        rows = self.query_one(_HabitRows)
        if rows.histories and rows.histories[rows.chosen].habit.measure:
            self.action_year()
        else:
            self.action_tick()


def open_habits(app: BaseApp) -> None:
    """Show the habits of the day that is shown."""
    app.push_screen(HabitsDialog(app.workspace, app.shown_date()))


def read_habit_line(line: str, workspace: Workspace, habit: Habit | None = None) -> tuple[Habit, Content]:
    """The habit that a line means, new or in place of `habit`, and its meaning in words. TrackerError for none."""
    words = read_habit(line, queries.channel_words(workspace))
    if words.channel:
        channel = queries.find_channel(workspace, words.channel)
        words = words._replace(channel=channel.name, name=words.name or channel.title)
    read = build_habit(words, habit.created if habit else workspace.today())
    title = queries.title(workspace, read.channel) if read.channel else None
    return read, layout.row((read.name, "bold"), f" · {habit_wording.say_habit(read, title)}")


class HabitYear(Page):
    """A habit's year: each day by week and weekday, its strength, and the totals; `title` is its channel's."""

    def __init__(self, history: HabitHistory, title: str | None = None, first_weekday: int = 0) -> None:
        figures = [
            layout.row(_("strength"), " ", habit_strength(history.strength, 8)),
            layout.text(habit_wording.say_done_days(history.done())),
            layout.text(habit_wording.say_coverage(*history.coverage())),
        ]

        def write(width: int) -> list[Content]:
            asks = layout.wrapped(habit_wording.say_habit(history.habit, title), width, "$faint")
            lines = [*asks, *layout.packed(figures, "  ·  ", width), layout.BLANK]
            lines += [*charts.habit_grid(history.marks, width, first_weekday), layout.BLANK]
            lines += [*charts.strength_line(history.marks, width, first_weekday), layout.BLANK]
            return lines + charts.habit_legend(width)

        super().__init__(layout.title(history.habit.name), write)
