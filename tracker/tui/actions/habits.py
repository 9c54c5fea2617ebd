"""Habits: one dialog for ticking, going back, adding, changing and looking at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.habits.habit_line import build_habit, read_habit, read_target, write_habit
from tracker.analytics.habits.words import say_habit, say_value
from tracker.domain.models import TrackerError
from tracker.locale import _, language
from tracker.tui import ink, words
from tracker.tui.actions.asking import Asking
from tracker.tui.modals.line import LineDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content

    from tracker.domain.models import Habit


class Habits(Asking):
    """Its actions, by their names in keys.py, and what the dialog asks for."""

    def habits(self) -> None:
        """The habits on the day that is shown, or today."""
        from tracker.tui.modals.habits import HabitsDialog

        self.app.push_screen(HabitsDialog(self, self.date()))

    def name_habit(self, then: Callable[[], None], habit: Habit | None = None) -> None:
        """Ask for a new habit in one line, or for one that is there, changed."""
        title = _("Change {name}").format(name=habit.name) if habit else _("A new habit")
        self.ask(
            LineDialog(
                title,
                lambda line: self._read(line, habit),
                value=write_habit(habit, language(), self._channel_words()) if habit else "",
                example=_("Read at least 20 pages on mon, wed, fri"),
                hint=_("3 times a week · at most 60 min by social_minutes · not before 09:00 · on weekdays"),
            ),
            lambda made: self._kept(made, habit, then),
        )

    def _read(self, line: str, habit: Habit | None) -> tuple[Habit, Content]:
        said = read_habit(line, self._channel_words())
        if said.channel:
            channel = self.desk.find_channel(said.channel)
            said = said._replace(channel=channel.name, name=said.name or channel.title)
        made = build_habit(said, habit.created if habit else self.desk.today())
        title = self.title(made.channel) if made.channel else None
        return made, ink.row(ink.text(made.name, "bold"), ink.text(f" · {say_habit(made, title)}"))

    def _channel_words(self) -> set[str]:
        channels, _activities, aliases = self.desk.vocabulary()
        return {*channels, *aliases}

    def _kept(self, made: Habit, habit: Habit | None, then: Callable[[], None]) -> None:
        if habit:
            made = made._replace(id=habit.id, position=habit.position, archived=habit.archived)
            self.desk.change_habit(made, habit)
            says = _("Changed {name}")
        else:
            self.desk.add_habit(made)
            says = _("Added {name}")
        self.did(says.format(name=made.name))
        then()

    def value_of_habit(self, habit: Habit, date: str, then: Callable[[], None]) -> None:
        """Ask how much it was on a day; enter alone takes all that was to be done."""
        whole = habit.target if habit.kind == "at_least" and habit.target else None
        self.ask(
            LineDialog(
                _("{name} on {date}: how much?").format(name=habit.name, date=words.near_date(date, self.desk.today())),
                lambda line: _read_value(line, habit, whole),
                placeholder=f"{habit.target:g}" if whole else "",
                hint=_("a number; ⏎ alone: {amount}").format(amount=say_value(habit, whole))
                if whole
                else _("a number"),
            ),
            lambda value: self._valued(habit, date, value, then),
        )

    def _valued(self, habit: Habit, date: str, value: float, then: Callable[[], None]) -> None:
        self.desk.tick(habit, date, value)
        self.app.reload()
        then()
        self.tell(habit, date, say_value(habit, value))

    def tell(self, habit: Habit, date: str, value: str) -> None:
        """Say what is now on record of a habit, with the day where that is not today: the list shows the rest."""
        if date != self.desk.today():
            says = _("{name} on {date}: {value}")
            date = words.near_date(date, self.desk.today())
            self.app.notify(says.format(name=habit.name, date=date, value=value), timeout=4, markup=False)


def _read_value(line: str, habit: Habit, whole: float | None) -> tuple[float, Content]:
    if not line.strip():
        if whole is None:
            raise TrackerError(_("how much?"))
        return whole, ink.text(say_value(habit, whole))
    value, _unit = read_target(line)
    return value, ink.text(say_value(habit, value))
