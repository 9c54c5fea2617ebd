"""Every habit on one day: a digit ticks one or asks how much, arrows go to earlier days, enter opens its year."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical

from tracker.analytics.habits.habit_days import SKIPPED
from tracker.analytics.habits.habit_wording import STATES, say_answer
from tracker.calendar.days import next_date
from tracker.domain.models import TrackerError
from tracker.formatting.times import format_near_date
from tracker.locale import N_, _
from tracker.services import habit_keeping, queries
from tracker.tui.actions import editing, habit_prompts
from tracker.tui.modals.dialog import Dialog
from tracker.tui.modals.habit_rows import HabitRows
from tracker.tui.offers import OFFERS
from tracker.tui.widgets.keycaps import Cap, Keycaps
from tracker.tui.widgets.panel import Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from tracker.reports.habit_histories import HabitHistory
    from tracker.tui.base_app import BaseApp

#: Key, words, and what the dialog does.
KEYS = (
    ("1-9", N_("tick"), "tick"),
    ("n", N_("no"), "no"),
    ("x", N_("skip"), "skip"),
    ("←→", N_("day"), "earlier"),
    ("⏎", N_("year"), "year"),
    ("a", N_("add"), "add"),
    ("e", N_("change"), "edit"),
    ("<>", N_("order"), "down"),
    ("d", N_("archive"), "archive"),
    ("z", N_("undo"), "undo"),
)

#: The same, before there are any.
BEGIN = (("1-3", N_("begin"), "tick"), ("a", N_("add"), "add"))


class HabitsDialog(Dialog[None]):
    """Stays open while one habit after the other is ticked."""

    BINDINGS = [
        Binding("down,j", "move(1)", "Down", show=False, id="habits-down", tooltip="the next habit"),
        Binding("up,k", "move(-1)", "Up", show=False, id="habits-up", tooltip="the habit before"),
        Binding(
            "left,h,left_square_bracket", "earlier", "Before", show=False, id="habits-before", tooltip="a day back"
        ),
        Binding("right,l,right_square_bracket", "later", "After", show=False, id="habits-after", tooltip="a day on"),
        Binding("0,home", "now", "Today", show=False, id="habits-today", tooltip="back to today"),
        Binding("space", "tick", "Tick", show=False, id="habits-tick", tooltip="tick the chosen habit"),
        Binding("n", "no", "No", show=False, id="habits-no", tooltip="the chosen habit: no, or none"),
        Binding("x", "skip", "Skip", show=False, id="habits-skip", tooltip="not that day: strength stays as it was"),
        Binding("enter", "year", "Year", show=False, id="habits-year", tooltip="the chosen habit's year"),
        Binding("a,plus,slash", "add", "Add", show=False, id="habits-add", tooltip="a new habit, in one line"),
        Binding("e", "edit", "Change", show=False, id="habits-edit", tooltip="change the chosen habit"),
        Binding("less_than_sign", "up", "Up", show=False, id="habits-order-up", tooltip="put it further up"),
        Binding("greater_than_sign", "down", "Down", show=False, id="habits-order-down", tooltip="put it further down"),
        Binding(
            "d,delete", "archive", "Archive", show=False, id="habits-archive", tooltip="put it away; its days stay"
        ),
        Binding("z", "undo", "Undo", show=False, id="habits-undo", tooltip="take back the last change"),
        Binding("y,q", "leave", "Close", show=False, id="habits-close", tooltip="close"),
        *(
            Binding(str(digit), f"tick({digit - 1})", "Tick", show=False, id=f"habits-{digit}", tooltip="tick it")
            for digit in range(1, 10)
        ),
    ]

    def __init__(self, base_app: BaseApp, date: str) -> None:
        super().__init__()
        self.base_app, self._date = base_app, date

    def compose(self) -> ComposeResult:
        """The habits, and the keys."""
        with Vertical(id="habits-box"):
            yield HabitRows(id="habits")
            yield Keycaps(id="habits-keys")

    def on_mount(self) -> None:
        """What channels are called; the habits are read when the size is known."""
        self.query_one(HabitRows).titles = {one.name: one.title for one in queries.channels(self.base_app.workspace)}

    def load(self) -> None:
        """Show the day anew."""
        rows = self.query_one(HabitRows)
        rows.kept = habit_keeping.habits(self.base_app.workspace, self._date, waiting=True)
        rows.styles.height = min(2 * rows.count() + (0 if rows.kept else 3), self.app.size.height - 8)
        keys = KEYS if rows.kept else BEGIN
        self.query_one(Keycaps).show([Cap(key, _(says)) for key, says, _action in keys])
        today = self.base_app.workspace.today()
        named = {today: _("today"), next_date(today, -1): _("yesterday")}.get(self._date)
        date = format_near_date(self._date, today)
        box = self.query_one("#habits-box")
        box.border_title = _("Habits · {date}").format(date=f"{date}, {named}" if named else date)
        rows.redraw()

    def on_resize(self) -> None:
        """Another size sees more or less."""
        self.load()

    def _chosen(self) -> HabitHistory:
        """The chosen habit; TrackerError if there is none."""
        rows = self.query_one(HabitRows)
        if not rows.kept:
            raise TrackerError(_("no habit is there yet; a adds one"))
        return rows.kept[rows.chosen]

    def _change(self, change: Callable[[], object]) -> None:
        """Do it, and show what is now true, here and behind."""

        def changed() -> None:
            change()
            self.base_app.reload()
            self.load()

        self.base_app.safely(changed)

    def action_move(self, steps: int) -> None:
        """Choose another one."""
        self.query_one(HabitRows).move(steps)

    def action_earlier(self) -> None:
        """A day back."""
        self._date = next_date(self._date, -1)
        self.load()

    def action_later(self) -> None:
        """A day on, not past today."""
        self._date = min(next_date(self._date), self.base_app.workspace.today())
        self.load()

    def action_now(self) -> None:
        """Today."""
        self._date = self.base_app.workspace.today()
        self.load()

    def action_tick(self, place: int | None = None) -> None:
        """Yes, or take it back; how much, where that is the question. Without habits: begin with an offer."""
        rows = self.query_one(HabitRows)
        place = rows.chosen if place is None else place
        if place < rows.count():
            rows.choose(place)
            self.base_app.safely(self._tick if rows.kept else lambda: self._begin(place))

    def _begin(self, place: int) -> None:
        name, habit = OFFERS[place]
        made = habit._replace(name=_(name), created=self.base_app.workspace.today())
        self._change(lambda: habit_keeping.add_habit(self.base_app.workspace, made) and None)

    def _tick(self) -> None:
        one, date = self._chosen(), self._date
        if one.habit.measure:
            raise TrackerError(_("{name} is measured from the log and needs no tick").format(name=one.habit.name))
        if one.habit.kind != "yes_no":
            habit_prompts.value_of_habit(self.base_app, one.habit, date, self.load)
            return
        value = None if one.today.value else 1.0
        self._change(lambda: habit_keeping.tick(self.base_app.workspace, one.habit, date, value))
        self._tell(_(STATES["done"]) if value else _("no answer"))

    def _tell(self, answer: str) -> None:
        """Say what the chosen habit is now, where an earlier day is shown."""
        habit_prompts.tell(self.base_app, self._chosen().habit, self._date, answer)

    def action_no(self) -> None:
        """An answer too: no, or none."""

        def no() -> None:
            one = self._chosen()
            if one.habit.measure:
                raise TrackerError(_("{name} is measured from the log and needs no tick").format(name=one.habit.name))
            habit_keeping.tick(self.base_app.workspace, one.habit, self._date, 0.0)
            told.append(say_answer(one.habit, 0.0))

        told: list[str] = []
        self._change(no)
        for answer in told:
            self._tell(answer)

    def action_skip(self) -> None:
        """Not that day; again takes it back."""

        def skip() -> None:
            one = self._chosen()
            if one.today.state == SKIPPED:
                habit_keeping.tick(self.base_app.workspace, one.habit, self._date, None)
                told.append(_("no answer"))
                return
            before = habit_keeping.answer_of(self.base_app.workspace, one.habit, self._date)
            habit_keeping.skip(self.base_app.workspace, one.habit, self._date)
            if not before:
                told.append(_(STATES[SKIPPED]))
                return
            date, today = self._date, self.base_app.workspace.today()
            says = _("Skipped {name}, in place of: {what} · z brings it back")
            if date != today:
                says = _("Skipped {name} on {date}, in place of: {what} · z brings it back")
            date = format_near_date(date, today)
            self.base_app.announce(says.format(name=one.habit.name, what=before, date=date))

        told: list[str] = []
        self._change(skip)
        for answer in told:
            self._tell(answer)

    def action_year(self) -> None:
        """The chosen one's year."""

        def year() -> None:
            from tracker.tui.modals.habit_year import HabitYear
            from tracker.workspace import first_weekday

            one = self._chosen()
            title = self.query_one(HabitRows).titles.get(one.habit.channel or "")
            self.app.push_screen(HabitYear(one, title, first_weekday(self.base_app.workspace.settings)))

        self.base_app.safely(year)

    def action_add(self) -> None:
        """A new one, chosen then."""

        def added() -> None:
            self.load()
            rows = self.query_one(HabitRows)
            rows.choose(rows.count() - 1)

        habit_prompts.name_habit(self.base_app, added)

    def action_edit(self) -> None:
        """Change the chosen one."""
        self.base_app.safely(lambda: habit_prompts.name_habit(self.base_app, self.load, self._chosen().habit))

    def action_up(self) -> None:
        """Further up."""
        self._order(-1)

    def action_down(self) -> None:
        """Further down."""
        self._order(1)

    def _order(self, steps: int) -> None:
        self._change(
            lambda: habit_keeping.move_habit(
                self.base_app.workspace, self._chosen().habit, lambda place, _count: place + steps
            )
        )
        self.query_one(HabitRows).move(steps)

    def action_archive(self) -> None:
        """Put the chosen one away."""

        def archive() -> None:
            habit = self._chosen().habit
            habit_keeping.change_habit(self.base_app.workspace, habit._replace(archived=True), habit)
            self.base_app.announce(_("Archived {name}; its days stay · z brings it back").format(name=habit.name))

        self._change(archive)

    def action_undo(self) -> None:
        """Take back the last change."""
        self._change(partial(editing.undo, self.base_app))

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click ticks; what is measured opens."""
        message.stop()
        rows = self.query_one(HabitRows)
        if rows.kept and rows.kept[rows.chosen].habit.measure:
            self.action_year()
        else:
            self.action_tick()

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A key was clicked."""
        message.stop()
        action = next(action for key, _says, action in KEYS + BEGIN if key == message.key)
        getattr(self, f"action_{action}")()
