"""`tracker habit`: add, tick, skip, look at, put in order, put away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.habits.habit_days import OFF
from tracker.analytics.habits.habit_line import build_habit
from tracker.analytics.habits.habit_wording import STATES, say_answer, say_habit, say_state, say_value
from tracker.calendar.days import weekday
from tracker.cli import habit_text, habit_words
from tracker.cli.grammar import Argument, Command, Option, UsageError, nearest
from tracker.domain.models import TrackerError
from tracker.domain.text import one_line, quoted
from tracker.locale import N_, _
from tracker.reports import habit_histories as review
from tracker.reports.renderers.json_rows import habit_day_row, habit_year_row
from tracker.storage import habits

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.domain.models import Habit, Tick
    from tracker.reports.habit_histories import HabitHistory

    Do = Callable[[Context, Given, list[str]], None]

_UP, _DOWN = ("up", "haut"), ("down", "bas")
_FIRST, _LAST = ("first", "top", "premier"), ("last", "bottom", "dernier")


def habit(context: Context, given: Given) -> None:
    """Do one thing with habits."""
    verb, *words = given.all("DO") or ["list"]
    if verb not in HABIT_VERBS:
        near = nearest(verb, list(HABIT_VERBS))
        hint = _(" (did you mean {names}?)").format(names=" / ".join(near)) if near else ""
        raise UsageError(
            _("{noun} does not know “{verb}”{hint}; it knows {verbs}").format(
                noun="habit", verb=quoted(verb), hint=hint, verbs=" ".join(HABIT_VERBS)
            )
        )
    run, takes = HABIT_VERBS[verb]
    if not words and takes and not takes.startswith("[") and not (verb == "add" and "name" in given.values):
        raise UsageError(_("this is written: tracker {words}").format(words=f"habit {verb} {takes}"))
    if words and not takes:
        raise UsageError(_("this is written: tracker {words}").format(words=f"habit {verb}"))
    if verb in _READING:
        run(context, given, words)
        return
    with context.at_once():
        run(context, given, words)


def _list(context: Context, given: Given, words: list[str]) -> None:
    every = _kept(context, archived="all" in given.flags)
    if context.json:
        context.dump([habit_day_row(one) for one in every])
    elif "names" in given.flags:
        context.say(*(one.habit.name for one in every))
    elif every:
        context.say(*habit_text.list_lines(every))
    else:
        context.say(_("no habits yet; as in: tracker habit add Walk 3 times a week"))


def _show(context: Context, given: Given, words: list[str]) -> None:
    found = _one_kept(context, _whole(context, words))
    if context.json:
        context.dump(habit_year_row(found))
    else:
        context.say(*habit_text.year_lines(found))


def _add(context: Context, given: Given, words: list[str]) -> None:
    said = habit_words.said(context, given, words)
    made = build_habit(said._replace(name=one_line(said.name) or ""), context.today)
    one = habits.add(context.journal, made, now=context.now)
    _answer(context, one, _("added {name}: {habit}").format(name=one.name, habit=say_habit(one)))


def _tick(context: Context, given: Given, words: list[str]) -> None:
    one, rest = habit_words.habit_and_rest(context, words)
    date, rest = habit_words.day_at_end(context, rest)
    habits.tick(context.journal, one.name, date, habit_words.value_of(one, rest), now=context.now)
    _answer_day(context, one, date)


def _untick(context: Context, given: Given, words: list[str]) -> None:
    one, date = _habit_and_day(context, words)
    if not habits.ticks(context.journal, date, date, one.name):
        raise TrackerError(_("{name} has no tick on {date}").format(name=one.name, date=date))
    habits.tick(context.journal, one.name, date, None, now=context.now)
    _answer_day(context, one, date)


def _skip(context: Context, given: Given, words: list[str]) -> None:
    one, date = _habit_and_day(context, words)
    before = habits.ticks(context.journal, date, date, one.name)
    habits.skip(context.journal, one.name, date, now=context.now)
    _answer_day(context, one, date, _in_place_of(one, before))


def _not_its_day(one: Habit, date: str) -> str:
    """` (not its day)`: a tick there counts where it is done, and nothing was asked."""
    off = bool(one.weekdays) and weekday(date) not in one.weekdays
    return f" ({_(STATES[OFF])})" if off else ""


def _in_place_of(one: Habit, before: list[Tick]) -> str:
    """` (in place of: done)`: the answer that a skip takes the place of; nothing where there was none."""
    if not before or before[0].skipped:
        return ""
    return _(" (in place of: {what}; `tracker undo` brings it back)").format(what=say_answer(one, before[0].value))


def _rename(context: Context, given: Given, words: list[str]) -> None:
    one, rest = habit_words.habit_and_rest(context, words)
    name = one_line(" ".join(rest))
    if not name:
        raise UsageError(_("this is written: tracker {words}").format(words="habit rename HABIT NAME"))
    new = habits.change(context.journal, one._replace(name=name), now=context.now)
    _answer(context, new, _("{old} is now {new}").format(old=one.name, new=new.name))


def _move(context: Context, given: Given, words: list[str]) -> None:
    one, rest = habit_words.habit_and_rest(context, words)
    names = [each.name for each in habits.habits(context.journal) if not each.archived]
    if one.name not in names:
        raise TrackerError(_("{name} is archived").format(name=one.name))
    place = _place(" ".join(rest).lower(), names.index(one.name), len(names))
    names.remove(one.name)
    names.insert(place, one.name)
    habits.order(context.journal, names, now=context.now)
    _answer(context, one, _("habits: {names}").format(names=", ".join(names)))


def _place(word: str, now: int, count: int) -> int:
    if word.isdecimal() and len(word) < 10 and 1 <= int(word) <= count:
        return int(word) - 1
    for words, place in ((_UP, max(now - 1, 0)), (_DOWN, min(now + 1, count - 1)), (_FIRST, 0), (_LAST, count - 1)):
        if word in words:
            return place
    raise UsageError(_("a place is 1 to {count}, up, down, first or last").format(count=count))


def _archive(archived: bool) -> Do:
    def run(context: Context, given: Given, words: list[str]) -> None:
        one = _whole(context, words)
        one = habits.change(context.journal, one._replace(archived=archived), now=context.now)
        line = _("{name} is archived; its days stay") if archived else _("{name} is back")
        _answer(context, one, line.format(name=one.name))

    return run


def _whole(context: Context, words: list[str]) -> Habit:
    """The habit that all the words name."""
    return habits.find(context.journal, " ".join(words))


def _habit_and_day(context: Context, words: list[str]) -> tuple[Habit, str]:
    one, rest = habit_words.habit_and_rest(context, words)
    date, rest = habit_words.day_at_end(context, rest)
    if rest:
        raise TrackerError(
            _("no date: “{text}”; dates are written 2026-11-22, yesterday, monday or -2").format(
                text=quoted(" ".join(rest))
            )
        )
    return one, date


def _kept(context: Context, *, archived: bool = True) -> tuple[HabitHistory, ...]:
    return review.habits(context.journal, context.settings, zone=context.zone, now=context.now, archived=archived)


def _one_kept(context: Context, one: Habit) -> HabitHistory:
    return next(kept for kept in _kept(context) if kept.habit.id == one.id)


def _answer(context: Context, one: Habit, line: str) -> None:
    if context.json:
        context.dump([habit_day_row(_one_kept(context, one))])
    else:
        context.say(line)


def _answer_day(context: Context, one: Habit, date: str, aside: str = "") -> None:
    """What is now true of that day, and where it leaves strength."""
    kept = _one_kept(context, one)
    then = kept.until(date)
    assert then is not None, "an answer begins the days of a habit"
    if context.json:
        context.dump([habit_day_row(then)])
        return
    state, value = say_state(one, then.today), say_value(one, then.today.value)
    if then.today.state != OFF:  # where it is, the state says so
        aside = _not_its_day(one, date) + aside
    context.say(
        _("{name}, {date}: {state} · strength {strength}").format(
            name=one.name,
            date=_("today") if date == context.today else date,
            state=(f"{value}, {state}" if value else state) + aside,
            strength=habit_text.say_strength(kept),
        )
    )


#: Those that write nothing.
_READING = ("list", "show")

HABIT_VERBS: dict[str, tuple[Do, str]] = {
    "list": (_list, ""),
    "show": (_show, "HABIT"),
    "add": (_add, "NAME"),
    "tick": (_tick, "HABIT [VALUE] [DATE]"),
    "untick": (_untick, "HABIT [DATE]"),
    "skip": (_skip, "HABIT [DATE]"),
    "archive": (_archive(True), "HABIT"),
    "unarchive": (_archive(False), "HABIT"),
    "rename": (_rename, "HABIT NAME"),
    "move": (_move, "HABIT N"),
}

COMMANDS = {
    "habit": Command(
        habit,
        (Argument("DO", "any", "habit"),),
        (
            Option(("--name",), "NAME", N_("a name with words that are read otherwise: --name 'At least one page'")),
            Option(("--at-least",), "N [UNIT]", N_("a number to reach: --at-least 20 pages")),
            Option(("--at-most",), "N [UNIT]", N_("a number not to pass: --at-most 60 min")),
            Option(("--measure",), "MEASURE", N_("read it from the log instead of ticking it"), "measure"),
            Option(("--channel",), "CHANNEL", N_("measure one channel's part of it"), "channel"),
            Option(("--on",), "DAYS", N_("only on these weekdays: --on mon,wed,fri"), "weekdays"),
            Option(("--times",), "N", N_("so many times: --times 3 --in 7d")),
            Option(("--in",), "DAYS", N_("in so many days; without --times, the number is for all of them")),
            Option(("--all",), None, N_("archived ones too")),
            Option(("--names",), None, N_("the names alone, one a line")),
        ),
        N_(
            "tracker habit list                       today, strength and the last days of each\n"
            "tracker habit show HABIT                 its year\n"
            "tracker habit add Walk on mon, wed, fri  also: 3 times a week, at least 20 pages\n"
            "tracker habit add Feed at most 60 min by social_minutes\n"
            "tracker habit add Slow morning not before 09:00\n"
            "tracker habit tick HABIT [VALUE] [DATE]  `tick Walk yesterday`, `tick Read 12`\n"
            "tracker habit untick HABIT [DATE]        takes a tick or a skip back\n"
            "tracker habit skip HABIT [DATE]          not that day: strength stays as it was\n"
            "tracker habit rename HABIT NAME          also: archive, unarchive\n"
            "tracker habit move HABIT N               also: up, down, first, last\n"
            "Measured: social_minutes checks first_opening last_opening contacts\n"
            "urges_resisted focus_minutes plan_kept"
        ),
    ),
}
