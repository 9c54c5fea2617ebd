"""Habits: one dialog for ticking, going back, adding, changing and looking at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.habits.habit_line import build_habit, read_habit, read_target, write_habit
from tracker.analytics.habits.habit_wording import say_habit, say_value
from tracker.domain.models import TrackerError
from tracker.formatting.times import format_near_date
from tracker.locale import _, language
from tracker.services import habit_keeping, queries
from tracker.tui import ink
from tracker.tui.actions import prompts
from tracker.tui.base_app import BaseApp
from tracker.tui.modals.line import LineDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content

    from tracker.domain.models import Habit


def name_habit(app: BaseApp, then: Callable[[], None], habit: Habit | None = None) -> None:
    """Ask for a new habit in one line, or for one that is there, changed."""
    title = _("Change {name}").format(name=habit.name) if habit else _("A new habit")
    app.ask(
        LineDialog(
            title,
            lambda line: _read(app, line, habit),
            value=write_habit(habit, language(), queries.channel_words(app.workspace)) if habit else "",
            example=_("Read at least 20 pages on mon, wed, fri"),
            hint=_("3 times a week · at most 60 min by social_minutes · not before 09:00 · on weekdays"),
        ),
        lambda made: _kept(app, made, habit, then),
    )


def _read(app: BaseApp, line: str, habit: Habit | None) -> tuple[Habit, Content]:
    said = read_habit(line, queries.channel_words(app.workspace))
    if said.channel:
        channel = queries.find_channel(app.workspace, said.channel)
        said = said._replace(channel=channel.name, name=said.name or channel.title)
    made = build_habit(said, habit.created if habit else app.workspace.today())
    title = prompts.title(app, made.channel) if made.channel else None
    return made, ink.row(ink.text(made.name, "bold"), ink.text(f" · {say_habit(made, title)}"))


def _kept(app: BaseApp, made: Habit, habit: Habit | None, then: Callable[[], None]) -> None:
    if habit:
        made = made._replace(id=habit.id, position=habit.position, archived=habit.archived)
        habit_keeping.change_habit(app.workspace, made, habit)
        says = _("Changed {name}")
    else:
        habit_keeping.add_habit(app.workspace, made)
        says = _("Added {name}")
    app.announce(says.format(name=made.name))
    then()


def value_of_habit(app: BaseApp, habit: Habit, date: str, then: Callable[[], None]) -> None:
    """Ask how much it was on a day; enter alone takes all that was to be done."""
    whole = habit.target if habit.kind == "at_least" and habit.target else None
    app.ask(
        LineDialog(
            _("{name} on {date}: how much?").format(
                name=habit.name, date=format_near_date(date, app.workspace.today())
            ),
            lambda line: _read_value(line, habit, whole),
            placeholder=f"{habit.target:g}" if whole else "",
            hint=_("a number; ⏎ alone: {amount}").format(amount=say_value(habit, whole)) if whole else _("a number"),
        ),
        lambda value: _valued(app, habit, date, value, then),
    )


def _valued(app: BaseApp, habit: Habit, date: str, value: float, then: Callable[[], None]) -> None:
    habit_keeping.tick(app.workspace, habit, date, value)
    app.reload()
    then()
    tell(app, habit, date, say_value(habit, value))


def tell(app: BaseApp, habit: Habit, date: str, value: str) -> None:
    """Say what is now on record of a habit, with the day where that is not today: the list shows the rest."""
    if date != app.workspace.today():
        says = _("{name} on {date}: {value}")
        date = format_near_date(date, app.workspace.today())
        app.notify(says.format(name=habit.name, date=date, value=value), timeout=4, markup=False)


def _read_value(line: str, habit: Habit, whole: float | None) -> tuple[float, Content]:
    if not line.strip():
        if whole is None:
            raise TrackerError(_("how much?"))
        return whole, ink.text(say_value(habit, whole))
    value, _unit = read_target(line)
    return value, ink.text(say_value(habit, value))
