"""A habit in words: what it asks for, when, and a day's value."""

from __future__ import annotations

from tracker.analytics.habit_days import CLOCKS, HabitDay, WeekProgress, adds_up
from tracker.calendar.clock import format_time_of_day
from tracker.domain.models import Habit
from tracker.formatting.numbers import localize_numbers, round_half_up, round_to_int, with_percent_sign
from tracker.formatting.text import format_day_count
from tracker.formatting.times import WEEKDAYS
from tracker.locale import N_, _, plural

MEASURE_TITLES = {
    "social_minutes": N_("social time"),
    "checks": N_("checks"),
    "first_opening": N_("first opening"),
    "last_opening": N_("last opening"),
    "contacts": N_("talks"),
    "urges_resisted": N_("resisted urges"),
    "focus_minutes": N_("focus time"),
    "plan_kept": N_("sessions on plan"),
}

#: Measures whose values are minutes.
MINUTE_MEASURES = ("social_minutes", "focus_minutes")

STATES = {
    "done": N_("done"),
    "part": N_("partly"),
    "missed": N_("missed"),
    "rest": N_("not needed"),
    "skipped": N_("skipped"),
    "unknown": N_("not known"),
    "off": N_("not due"),
    "open": N_("open"),
}

#: States of a limit, where they have other words.
_LIMITED = {"done": N_("within the limit"), "part": N_("just over the limit"), "missed": N_("over the limit")}

#: A glyph for each state, so that states differ without colours.
GLYPHS = dict(zip(STATES, "✓◐○∙»? ▸", strict=True))

#: The same where only ASCII can be drawn.
LETTERS = dict(zip(STATES, "x/o.-? _", strict=True))


def say_target(habit: Habit) -> str:
    """`at least 20 pages`, `not before 09:00`; empty for yes or no."""
    if habit.target is None:
        return ""
    return say_limit(habit.kind, habit.measure, habit.target, say_amount(habit, habit.target))


def say_limit(kind: str | None, measure: str | None, target: float, amount: str) -> str:
    """`at least 20 pages` with that `amount`; `not before 09:00` for a `measure` whose `target` is a time of day."""
    if measure in CLOCKS:
        text = _("not after {time}") if kind == "at_most" else _("not before {time}")
        return text.format(time=format_time_of_day(target))
    text = _("at most {amount}") if kind == "at_most" else _("at least {amount}")
    return text.format(amount=amount)


def say_rhythm(habit: Habit) -> str:
    """`every day`, `Mon Wed Fri`, `3 times a week`, `in 10 days`."""
    if habit.weekdays:
        return " ".join(_(WEEKDAYS[day]) for day in habit.weekdays)
    if habit.times == habit.days:
        return _("every day")
    if adds_up(habit):
        return _("a week") if habit.days == 7 else _("in {days} days").format(days=habit.days)
    if habit.days == 7:
        return plural(habit.times, "{n} time a week", "{n} times a week")
    return plural(habit.times, "{n} time in {days} days", "{n} times in {days} days", days=habit.days)


def say_measure(habit: Habit, title: str | None = None) -> str:
    """`measured: checks, Instagram`; empty for what is ticked by hand. `title` is what the channel is called."""
    if not habit.measure:
        return ""
    measure = _(MEASURE_TITLES[habit.measure])
    return _("measured: {what}").format(what=f"{measure}, {title or habit.channel}" if habit.channel else measure)


def say_habit(habit: Habit, title: str | None = None) -> str:
    """`at least 20 pages · Mon Wed Fri · measured: focus minutes`."""
    target, rhythm = say_target(habit), say_rhythm(habit)
    asked = [f"{target} {rhythm}"] if target and habit.days > 1 and adds_up(habit) else [target, rhythm]
    return " · ".join(part for part in (*asked, say_measure(habit, title)) if part)


def say_value(habit: Habit, value: float | None) -> str:
    """`34 min`, `08:52`, `80 %`; empty where there is none, or where yes and no say it all."""
    if value is None or (habit.kind == "yes_no" and not habit.measure):
        return ""
    return format_time_of_day(value) if habit.measure in CLOCKS else say_amount(habit, value)


def say_answer(habit: Habit, value: float | None) -> str:
    """What was said of a day by hand: `done`, `missed`, or how much it was."""
    state = STATES["done" if value else "missed"]  # Babel 2.17 takes words inside of `_()` for a message
    return _(state) if habit.kind == "yes_no" else say_value(habit, value)


def say_progress(habit: Habit, progress: WeekProgress) -> str:
    """`5 of 6`, `95 of 120 min`, of what a habit asks of a week; `2 days` where it asks nothing.

    What is more than that follows: `3 of 3 +1`.
    """
    if progress.asked is None:
        if adds_up(habit) and habit.days > 1:
            return say_amount(habit, progress.achieved)
        return format_day_count(int(progress.achieved))
    if not progress.asked and not progress.achieved:
        return "–"
    within = _number(habit, min(progress.achieved, progress.asked))
    asked = say_amount(habit, progress.asked) if adds_up(habit) and habit.days > 1 else str(int(progress.asked))
    text = _("{n} of {amount}").format(n=within, amount=asked)
    more = _number(habit, max(progress.achieved - progress.asked, 0))
    return text if more == "0" else f"{text} +{more}"


def say_done_days(days: int) -> str:
    """`done on 12 days`."""
    return plural(days, "done on {n} day", "done on {n} days")


def say_coverage(known: int, days: int) -> str:
    """`28 of 30 days known`: how many of a habit's days have an answer."""
    return plural(days, "{known} of {n} day known", "{known} of {n} days known", known=known)


def say_state(habit: Habit, day: HabitDay) -> str:
    """`done`, `in part`, in the reader's words; of a limit `within` it, or `over` it."""
    return _((_LIMITED if habit.kind == "at_most" else STATES).get(day.state, STATES[day.state]))


def say_day(habit: Habit, day: HabitDay) -> str:
    """`2 pages, partly`: how much it was on a day, and its state; of an open day only the amount, where it has one.

    The comma keeps a number from being read as a part of the state.
    """
    value, state = say_value(habit, day.value), say_state(habit, day)
    if value and day.state == "open":
        return value
    return f"{value}, {state}" if value else state


def say_amount(habit: Habit, value: float) -> str:
    """`20 pages`, `7.5 km`, `80 %`."""
    number = _number(habit, value)
    if habit.unit == "%":
        return with_percent_sign(number)
    return f"{number} {habit.unit}" if habit.unit else number


def _number(habit: Habit, value: float) -> str:
    # Measured minutes are rounded down, as durations are everywhere.
    if habit.measure in MINUTE_MEASURES:
        return str(int(value + 1e-9))
    if habit.measure:
        return str(round_to_int(value))
    return localize_numbers(f"{round_half_up(value, 2):.2f}".rstrip("0").removesuffix("."))  # as it was typed
