"""What is typed after `tracker habit`: a habit, a value, a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.habits import habit_line
from tracker.analytics.habits.habit_days import CLOCKS
from tracker.analytics.habits.habit_line import ParsedHabit
from tracker.calendar.words import plain, read_date
from tracker.cli.grammar import UsageError
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _
from tracker.storage import channels, habits

#: How many words the longest date has: `last monday 22 november 2026`.
_DATE_WORDS = 5

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.domain.models import Habit

_YES = ("yes", "y", "oui", "o", "done", "fait")
_NO = ("no", "n", "non")


def said(context: Context, given: Given, words: list[str]) -> ParsedHabit:
    """The habit that words and options say; an option wins over the words."""
    values = given.values
    # What `--name` says may hold any words: it is no part of the line.
    found = habit_line.read_habit(" ".join(words), _channel_words(context)) if words else ParsedHabit()
    if "name" in values:
        if found.name:
            raise UsageError(_("--name and “{name}” both name the habit").format(name=quoted(found.name)))
        found = found._replace(name=values["name"])
    if "at-least" in values and "at-most" in values:
        raise UsageError(_("--at-least and --at-most contradict each other"))
    for kind in ("at_least", "at_most"):
        if (name := kind.replace("_", "-")) in values:
            target, unit = habit_line.read_target(values[name])
            found = found._replace(kind=kind, target=target, unit=unit)
    if "measure" in values:
        found = found._replace(measure=habit_line.read_measure(values["measure"]))
    if "on" in values:
        found = found._replace(weekdays=habit_line.read_weekdays(values["on"]))
    if "times" in values:
        found = found._replace(times=_count("--times", values["times"]))
    if "in" in values:
        found = found._replace(days=_count("--in", plain(values["in"]).rstrip("daysjour ")))
    typed = values.get("channel", found.channel)
    channel = channels.find(context.journal, typed) if typed else None
    return found._replace(
        channel=channel.name if channel else None, name=found.name or (channel.title if channel else "")
    )


def _channel_words(context: Context) -> set[str]:
    """What channels are known by, in lower case."""
    known = channels.channels(context.journal)
    aliases = {text.casefold() for _channel, _what, text in channels.matches(context.journal, "alias")}
    return {word.casefold() for channel in known for word in (channel.name, channel.title)} | aliases


def _count(name: str, text: str) -> int:
    if not text.isdecimal() or len(text) > 3 or not int(text):
        raise TrackerError(_("{name} is a number such as 3, not “{text}”").format(name=name, text=quoted(text)))
    return int(text)


def habit_and_rest(context: Context, words: list[str]) -> tuple[Habit, list[str]]:
    """The habit that the first words name, as many of them as do, and the words after it."""
    names = {habit.name.casefold() for habit in habits.habits(context.journal)}
    for many in range(min(len(words), max((len(name.split()) for name in names), default=1)), 0, -1):
        name = " ".join(words[:many])
        if name.casefold() in names:
            return habits.find(context.journal, name), words[many:]
    return habits.find(context.journal, words[0]), words[1:]


def day_at_end(context: Context, words: list[str]) -> tuple[str, list[str]]:
    """The date that the last words mean, else today, and the words before it. TrackerError for one to come."""
    for place in range(max(len(words) - _DATE_WORDS, 0), len(words)):
        date = read_date(plain(" ".join(words[place:])), context.today)
        if date is not None:
            if date > context.today:
                raise TrackerError(_("{date} is still to come").format(date=date))
            return date, words[:place]
    return context.today, words


def value_of(habit: Habit, words: list[str]) -> float:
    """What a tick is worth: the words' number, else a yes, else all that was to be done."""
    text = " ".join(words)
    if habit.measure:
        raise TrackerError(_("{name} is measured from the log and needs no tick").format(name=habit.name))
    if not text:
        if habit.kind == "at_most":
            raise TrackerError(
                _("how much? `tracker habit tick {name} {n}`").format(name=habit.name, n=f"{habit.target or 0:g}")
            )
        return habit.target or 1.0
    if plain(text) in _YES + _NO:
        return float(plain(text) in _YES) * (habit.target or 1.0 if habit.kind == "at_least" else 1.0)
    value, unit = habit_line.read_target(text)
    if habit.kind == "yes_no" and value not in (0, 1):
        raise TrackerError(_("{name} is yes or no").format(name=habit.name))
    if unit == "min" and habit.unit not in habit_line.MINUTES and habit.measure not in CLOCKS:
        raise TrackerError(_("{name} is counted in {unit}").format(name=habit.name, unit=habit.unit or _("numbers")))
    return value
