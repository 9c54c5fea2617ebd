"""A habit written back in one line, in English or in French, so that `line` reads the same habit from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.habits.line import Said, read_habit
from tracker.analytics.habits.strength import CLOCKS
from tracker.domain.models import TrackerError

if TYPE_CHECKING:
    from collections.abc import Container

    from tracker.domain.models import Habit


class Tongue(NamedTuple):
    """The words a habit is written back with, so that the same line reads it again."""

    least: str
    most: str
    before: str
    after: str
    on: str
    week: str
    days: str
    times: str
    by: str
    weekdays: tuple[str, ...]


_TONGUES = {
    "en": Tongue(
        *("at least", "at most", "not before", "not after", "on", "a week", "in {n} days", "{n} times", "by"),
        ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    ),
    "fr": Tongue(
        *("au moins", "au plus", "pas avant", "pas après", "le", "par semaine", "en {n} jours", "{n} fois", "par"),
        ("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
    ),
}


def _name(name: str) -> str:
    """The name, in quotation marks where it would be read as something else."""
    try:
        plainly = read_habit(name) == Said(name)
    except TrackerError:
        plainly = False
    return name if plainly else f'"{name}"'


def write_habit(habit: Habit, language: str = "en", channels: Container[str] = ()) -> str:
    """The line that `read_habit`, with the same names of `channels`, reads as this habit: for changing it."""
    words = _TONGUES.get(language, _TONGUES["en"])
    # A name that is a channel's would be read as the channel.
    whole = habit.measure and not habit.channel and habit.name.casefold() in channels
    said = [f'"{habit.name}"' if whole else _name(habit.name)]
    clock = habit.measure in CLOCKS
    if habit.target is not None and clock:
        hours, minutes = divmod(int(habit.target) // 60, 60)
        said.append(f"{words.after if habit.kind == 'at_most' else words.before} {hours % 24:02}:{minutes:02}")
    elif habit.target is not None:
        said.append(
            f"{words.most if habit.kind == 'at_most' else words.least} {habit.target:g} {habit.unit or ''}".strip()
        )
    if habit.weekdays:
        said.append(f"{words.on} {', '.join(words.weekdays[day] for day in habit.weekdays)}")
    elif habit.days > 1:
        if habit.times > 1 or habit.target is None or clock:
            said.append(words.times.format(n=habit.times))
        said.append(words.week if habit.days == 7 else words.days.format(n=habit.days))
    if habit.measure and not clock:
        said.append(f"{words.by} {habit.measure} {habit.channel or ''}".strip())
    elif habit.channel:
        said.append(f"{words.by} {habit.measure} {habit.channel}")
    return " ".join(said)
