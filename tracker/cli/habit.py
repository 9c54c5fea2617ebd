"""`tracker habit`: list, show, add, tick, skip, rename, order and archive habits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from tracker.analytics import habit_line, habit_wording
from tracker.analytics.habit_days import CLOCKS, OFF, HabitDay, week_progress
from tracker.analytics.habit_wording import STATES, say_answer, say_day, say_habit
from tracker.calendar.days import weekday
from tracker.calendar.words import plain, read_date
from tracker.cli import parser
from tracker.cli.context import Context, columns, draws_blocks, one_of
from tracker.cli.parser import Argument, Command, Option, ParsedArguments, Subcommand, UsageError
from tracker.domain.errors import TrackerError
from tracker.domain.models import Habit
from tracker.domain.text import one_line, quoted, refusal
from tracker.formatting.numbers import format_percent
from tracker.formatting.plain_text import format_table, truncate
from tracker.formatting.text import labelled
from tracker.locale import N_, _
from tracker.reports.habit_histories import HabitHistory
from tracker.reports.json_rows import habit_day_row, habit_year_row
from tracker.services import habit_keeping, queries

_UP, _DOWN = ("up", "haut"), ("down", "bas")
_FIRST, _LAST = ("first", "top", "premier"), ("last", "bottom", "dernier")
_YES = ("yes", "y", "oui", "o", "done", "fait")
_NO = ("no", "n", "non")

#: How many words the longest date has: `last monday 22 november 2026`.
_DATE_WORDS = 5


def _list(context: Context, args: ParsedArguments, words: list[str]) -> None:
    habits = habit_keeping.habits(context.workspace, archived="all" in args.flags)
    if context.json:
        context.print_json([habit_day_row(history) for history in habits])
    elif "names" in args.flags:
        context.print(*(history.habit.name for history in habits))
    elif habits:
        context.print(*list_lines(habits))
    else:
        context.print(_("no habits yet; to add one: tracker habit add Walk 3 times a week"))


def _show(context: Context, args: ParsedArguments, words: list[str]) -> None:
    history = _kept(context, _named(context, words))
    context.answer(lambda: habit_year_row(history), lambda: year_lines(history))


def _add(context: Context, args: ParsedArguments, words: list[str]) -> None:
    parsed = _read_habit(context, args, words)
    habit = habit_line.build_habit(parsed._replace(name=one_line(parsed.name) or ""), context.today)
    added = habit_keeping.add_habit(context.workspace, habit)
    _answer(context, added, _("added {name}: {habit}").format(name=added.name, habit=say_habit(added)))


def _tick(context: Context, args: ParsedArguments, words: list[str]) -> None:
    habit, rest = _take_habit(context, words)
    date, rest = _take_date(context, rest)
    habit_keeping.tick(context.workspace, habit, date, _read_value(habit, " ".join(rest)))
    _answer_day(context, habit, date)


def _untick(context: Context, args: ParsedArguments, words: list[str]) -> None:
    habit, date = _habit_and_date(context, words)
    if not habit_keeping.answer_of_day(context.workspace, habit, date):
        raise TrackerError(_("{name} is not ticked on {date}").format(name=habit.name, date=date))
    habit_keeping.tick(context.workspace, habit, date, None)
    _answer_day(context, habit, date)


def _skip(context: Context, args: ParsedArguments, words: list[str]) -> None:
    habit, date = _habit_and_date(context, words)
    before = habit_keeping.answer_of_day(context.workspace, habit, date)
    habit_keeping.skip(context.workspace, habit, date)
    aside = ""
    if before and not before.skipped:
        message = _(" (was: {what}; `tracker undo` restores it)")
        aside = message.format(what=say_answer(habit, before.value))
    _answer_day(context, habit, date, aside)


def _rename(context: Context, args: ParsedArguments, words: list[str]) -> None:
    habit, rest = _take_habit(context, words)
    name = one_line(" ".join(rest))
    if not name:
        raise parser.wrong_form("habit rename HABIT NAME")
    renamed = habit_keeping.change_habit(context.workspace, habit._replace(name=name))
    _answer(context, renamed, _("{old} is now {new}").format(old=habit.name, new=renamed.name))


def _move(context: Context, args: ParsedArguments, words: list[str]) -> None:
    habit, rest = _take_habit(context, words)
    if habit.archived:
        raise TrackerError(_("{name} is archived").format(name=habit.name))
    word = " ".join(rest).lower()
    names = habit_keeping.move_habit(context.workspace, habit, lambda index, count: _read_position(word, index, count))
    _answer(context, habit, _("habits: {names}").format(names=", ".join(names)))


def _read_position(word: str, current: int, count: int) -> int:
    """The index in the list of `count` habits that a word means for the habit at the index `current`."""
    if word.isdecimal() and len(word) < 10 and 1 <= int(word) <= count:
        return int(word) - 1
    for words, index in ((_UP, current - 1), (_DOWN, current + 1), (_FIRST, 0), (_LAST, count - 1)):
        if word in words:
            return index
    raise UsageError(_("write a position from 1 to {count}, or up, down, first, last").format(count=count))


def _archive(archived: bool, context: Context, args: ParsedArguments, words: list[str]) -> None:
    habit = habit_keeping.change_habit(context.workspace, _named(context, words)._replace(archived=archived))
    line = _("{name} is archived; its history is kept") if archived else _("{name} is active again")
    _answer(context, habit, line.format(name=habit.name))


def _kept(context: Context, habit: Habit) -> HabitHistory:
    habits = habit_keeping.habits(context.workspace, archived=True)
    return next(history for history in habits if history.habit.id == habit.id)


def _answer(context: Context, habit: Habit, line: str) -> None:
    context.answer(lambda: [habit_day_row(_kept(context, habit))], line)


def _answer_day(context: Context, habit: Habit, date: str, aside: str = "") -> None:
    """`Read, today: 12 pages, part · strength 41 %`."""
    history = _kept(context, habit)
    then = history.until(date)
    assert then is not None, "an answer begins the days of a habit"
    if context.json:
        context.print_json([habit_day_row(then)])
        return
    state, value = habit_wording.say_state(habit, then.today), habit_wording.say_value(habit, then.today.value)
    if then.today.state != OFF and habit.weekdays and weekday(date) not in habit.weekdays:
        aside = f" ({_(STATES[OFF])}){aside}"  # it counts where it is done, though nothing was asked
    message = _("{name}, {date}: {state} · strength {strength}")
    state = (f"{value}, {state}" if value else state) + aside
    date = _("today") if date == context.today else date
    context.print(message.format(name=habit.name, date=date, state=state, strength=format_percent(history.strength)))


def _read_habit(context: Context, args: ParsedArguments, words: list[str]) -> habit_line.ParsedHabit:
    """The habit that words and options describe; an option overrules the words."""
    parser.refuse_together(args, ("at-least", "at-most"))
    values = args.values
    # The name that `--name` gives may hold any words: it is no part of the line.
    parsed = habit_line.ParsedHabit()
    if words:
        parsed = habit_line.read_habit(" ".join(words), queries.channel_words(context.workspace))
    if "name" in values:
        if parsed.name:
            raise UsageError(_("the habit has two names: --name and “{name}”").format(name=quoted(parsed.name)))
        parsed = parsed._replace(name=values["name"])
    for kind, option in (("at_least", "at-least"), ("at_most", "at-most")):
        if option in values:
            target, unit = habit_line.read_target(values[option])
            parsed = parsed._replace(kind=kind, target=target, unit=unit)
    if "measure" in values:
        parsed = parsed._replace(measure=habit_line.read_measure(values["measure"]))
    if "on" in values:
        parsed = parsed._replace(weekdays=habit_line.read_weekdays(values["on"]))
    if "times" in values:
        parsed = parsed._replace(times=_read_count("--times", values["times"]))
    if "in" in values:
        parsed = parsed._replace(days=_read_count("--in", plain(values["in"]).rstrip("daysjour ")))
    word = values.get("channel", parsed.channel)
    channel = queries.find_channel(context.workspace, word) if word else None
    if channel is None:
        return parsed._replace(channel=None)
    return parsed._replace(channel=channel.name, name=parsed.name or channel.title)


def _read_count(option: str, text: str) -> int:
    if not text.isdecimal() or len(text) > 3 or not int(text):
        raise refusal(_("{name} must be a number such as 3, not “{text}”"), name=option, text=text)
    return int(text)


def _named(context: Context, words: list[str]) -> Habit:
    return habit_keeping.find_habit(context.workspace, " ".join(words))


def _take_habit(context: Context, words: list[str]) -> tuple[Habit, list[str]]:
    """The habit that the first words name, as many of them as do; and the words after it."""
    names = {habit.name.casefold() for habit in habit_keeping.all_habits(context.workspace)}
    longest = max((len(name.split()) for name in names), default=1)
    for count in range(min(len(words), longest), 0, -1):
        if " ".join(words[:count]).casefold() in names:
            return _named(context, words[:count]), words[count:]
    return _named(context, words[:1]), words[1:]


def _take_date(context: Context, words: list[str]) -> tuple[str, list[str]]:
    """The date that the last words mean, else today; and the words before it. TrackerError for one to come."""
    for index in range(max(len(words) - _DATE_WORDS, 0), len(words)):
        date = read_date(plain(" ".join(words[index:])), context.today)
        if date is not None:
            if date > context.today:
                raise TrackerError(_("{date} is in the future").format(date=date))
            return date, words[:index]
    return context.today, words


def _habit_and_date(context: Context, words: list[str]) -> tuple[Habit, str]:
    habit, rest = _take_habit(context, words)
    date, rest = _take_date(context, rest)
    if rest:
        raise refusal(_("“{text}” is not a date; write 2026-11-22, yesterday, monday or -2"), text=" ".join(rest))
    return habit, date


def _read_value(habit: Habit, text: str) -> float:
    """What a tick is worth: the typed number, 1 or 0 of a yes or no, or without words all that was to be done."""
    if habit.measure:
        raise TrackerError(_("{name} is measured from the log and needs no tick").format(name=habit.name))
    if not text:
        if habit.kind == "at_most":
            message = _("the amount is missing: `tracker habit tick {name} {n}`")
            raise TrackerError(message.format(name=habit.name, n=f"{habit.target or 0:g}"))
        return habit.target or 1.0
    if plain(text) in _YES + _NO:
        return float(plain(text) in _YES) * (habit.target or 1.0 if habit.kind == "at_least" else 1.0)
    value, unit = habit_line.read_target(text)
    if habit.kind == "yes_no" and value not in (0, 1):
        raise TrackerError(_("{name} is a yes/no habit").format(name=habit.name))
    if unit == "min" and habit.unit not in habit_line.MINUTES and habit.measure not in CLOCKS:
        raise TrackerError(_("{name} is counted in {unit}").format(name=habit.name, unit=habit.unit or _("numbers")))
    return value


_HABIT_OPTIONS = ("name", "at-least", "at-most", "measure", "channel", "on", "times", "in", "all", "names")

ACTIONS = {
    "list": Subcommand(_list, options=("all", "names"), reads=True),
    "show": Subcommand(_show, "HABIT", reads=True),
    "add": Subcommand(_add, "NAME", _HABIT_OPTIONS, instead="name"),
    "tick": Subcommand(_tick, "HABIT [VALUE] [DATE]"),
    "untick": Subcommand(_untick, "HABIT [DATE]"),
    "skip": Subcommand(_skip, "HABIT [DATE]"),
    "archive": Subcommand(partial(_archive, True), "HABIT"),
    "unarchive": Subcommand(partial(_archive, False), "HABIT"),
    "rename": Subcommand(_rename, "HABIT NAME"),
    "move": Subcommand(_move, "HABIT N"),
}

COMMANDS = {
    "habit": Command(
        one_of("habit", ACTIONS, exact=False),
        (Argument("ACTION", "any", "habit"),),
        (
            Option(("--name",), "NAME", N_("a name that would be read as a limit: --name 'At least one page'")),
            Option(("--at-least",), "N [UNIT]", N_("a number to reach: --at-least 20 pages")),
            Option(("--at-most",), "N [UNIT]", N_("a number not to exceed: --at-most 60 min")),
            Option(("--measure",), "MEASURE", N_("measure it from the log instead of ticking it"), "measure"),
            Option(("--channel",), "CHANNEL", N_("measure one channel only"), "channel"),
            Option(("--on",), "DAYS", N_("only on these weekdays: --on mon,wed,fri"), "weekdays"),
            Option(("--times",), "N", N_("number of times: --times 3 --in 7d")),
            Option(("--in",), "DAYS", N_("number of days; without --times, the number is their total")),
            parser.ALL,
            parser.NAMES,
        ),
    )
}


Row = dict[str, Any]

#: How many days a list shows.
DAYS_SHOWN = 14

#: How many columns of a name.
NAME_WIDTH = 24


def list_lines(habits: Iterable[HabitHistory]) -> list[str]:
    """Name, today, strength, the last days, and what it asks for."""
    rows = []
    for history in habits:
        habit, days = history.habit, signs(history.recent(DAYS_SHOWN), DAYS_SHOWN)
        today = say_day(habit, history.today)
        rows.append((_short_name(history), today, format_percent(history.strength), days, say_habit(habit)))
    head = (_("habit"), _("today"), _("strength"), _("last days"), "")
    return format_table([head, *rows], "<<><<", columns())


def day_lines(habits: Sequence[HabitHistory], width: int) -> list[str]:
    """One line for each habit of a day: its sign, its name, what it came to, strength."""
    rows = []
    for history in habits:
        came_to = say_day(history.habit, history.today)
        rows.append((signs([history.today]), _short_name(history), came_to, format_percent(history.strength)))
    return format_table(rows, "<<<>", width)


def week_lines(habits: Sequence[HabitHistory], dates: Sequence[str], width: int) -> list[str]:
    """One line for each habit of a week: its days, what was done of what it asks, strength."""
    rows = []
    for history in habits:
        marks = history.within(dates)
        progress = habit_wording.say_progress(history.habit, week_progress(history.habit, marks))
        rows.append((_short_name(history), signs(marks, len(dates)), progress, format_percent(history.strength)))
    return format_table(rows, "<<>>", width)


def year_lines(history: HabitHistory) -> list[str]:
    """A habit in words, its coverage, and every month's days."""
    strength = _("strength {strength}").format(strength=format_percent(history.strength))
    done, coverage = habit_wording.say_done_days(history.done()), habit_wording.say_coverage(*history.coverage())
    lines = [labelled(history.habit.name, say_habit(history.habit)), f"{strength} · {done} · {coverage}"]
    months: dict[str, list[HabitDay]] = {}
    for mark in history.recent(371):
        months.setdefault(mark.date[:7], []).append(mark)
    lines += ["", *(f"{month}  {' ' * (int(marks[0].date[8:]) - 1)}{signs(marks)}" for month, marks in months.items())]
    shown = ("done", "part", "missed", "rest", "skipped", "unknown", "open")
    return [*lines, "", " · ".join(f"{_sign(state)} {_(STATES[state])}" for state in shown)]


def signs(marks: Sequence[HabitDay], width: int = 0) -> str:
    """One sign a day, the last day at the right edge."""
    return "".join(_sign(mark.state) for mark in marks).rjust(width)


def _short_name(history: HabitHistory) -> str:
    return truncate(history.habit.name, NAME_WIDTH)


def _sign(state: str) -> str:
    return habit_wording.GLYPHS[state] if draws_blocks() else habit_wording.LETTERS[state]
