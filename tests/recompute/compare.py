"""One answer beside the other: every figure of the contract that both give, and where they differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from tests.recompute import day as days
from tests.recompute import shapes
from tests.recompute.life import KINDS, PURPOSES, Life
from tests.recompute.program import Refused, opened
from tests.recompute.strength import strengths
from tests.recompute.wall import days as dates_between
from tests.recompute.wall import later, week_name, week_of
from tests.recompute.week import week
from tests.recompute.worth import REAL_CONTACT, worth

WEEKS = 13

#: The names in a figure's name.
_NAMED = re.compile(r"\bof \S+")


class Disagreement(NamedTuple):
    """A figure that differs: where it was asked, its name, and both answers."""

    asked: str
    figure: str
    ours: object
    programs: object

    @property
    def kind(self) -> str:
        """The figure without channel, date or place in a list: what is made small once."""
        return " ".join([self.asked.split()[0], *_NAMED.sub("", self.figure).split()])


class Compared(NamedTuple):
    """What was compared of one life, and what differs."""

    days: int
    weeks: int
    figures: int
    differing: tuple[Disagreement, ...]


#: What is asked: a day, a week, the worth of thirteen weeks, the strength of a habit.
ASKED = ("day", "week", "worth", "habit")


def compare(life: Life, asked: Collection[str] = ASKED) -> Compared:
    """Ask the program for every day and week of a life, its worth and its habits; hold each against ours."""
    every, logged = days.all_parts(life), days.logged_days(life)
    dates, weeks = _dates(life, every, logged), _weeks(life, every, logged)
    tally = _Tally()
    with opened(life) as program:
        for question in _questions(life, dates, weeks, every, logged):
            if question.words[0] in asked:
                asked_for = " ".join(question.words)
                try:
                    answer = program.ask(*question.words)
                except Refused as error:
                    tally.differing.append(Disagreement(asked_for, "answer", "an answer", str(error)))
                else:
                    tally.hold(asked_for, question.ours(), question.shape(answer))
    return Compared(len(dates), len(weeks), tally.figures, tuple(tally.differing))


class Question(NamedTuple):
    """What to ask the program, what we say of it, and how to bring its answer into our shape."""

    words: tuple[str, ...]
    ours: Callable[[], object]
    shape: Callable[[Any], object]


def _questions(
    life: Life, dates: list[str], weeks: list[list[str]], every: list[days.Part], logged: set[str]
) -> Iterator[Question]:
    for date in dates:
        yield Question(("day", date), partial(days.day, life, date, every, logged), shapes.day)
    for dates in weeks:
        yield Question(("week", week_name(dates)), partial(week, life, dates, every, logged), shapes.week)
    for dates in {dates[0]: dates for dates in (weeks[-1], weeks[len(weeks) // 2])}.values():
        span = dates_between(later(dates[-1], 1 - 7 * WEEKS), dates[-1])
        yield Question(("worth", week_name(dates)), partial(worth, life, span, every, logged), shapes.worth)
    for habit in life.habits:
        ours = partial(strengths, life, habit, every, logged)
        yield Question(("habit", "show", habit.name), ours, shapes.habit)


def _dates(life: Life, every: list[days.Part], logged: set[str]) -> list[str]:
    """The days of a life, from the one before its first to today: the program does not speak of days to come."""
    today = days.today(life)
    first = min([today, *(part.day for part in every), *logged, *(habit.created for habit in life.habits)])
    return dates_between(later(first, -1), today)


def _weeks(life: Life, every: list[days.Part], logged: set[str]) -> list[list[str]]:
    """The weeks these days are in."""
    weeks = {tuple(week_of(date, life.choices.first_weekday)): None for date in _dates(life, every, logged)}
    return [list(week) for week in weeks]


class _Tally:
    def __init__(self) -> None:
        self.figures = 0
        self.differing: list[Disagreement] = []

    def hold(self, asked: str, ours: Any, programs: Any, figure: str = "") -> None:
        """Compare two answers, however nested, figure by figure."""
        if isinstance(ours, Mapping) and isinstance(programs, Mapping):
            for key in {**ours, **programs}:
                name = f"{figure} of {key}" if _is_name(key) else f"{figure} {key}"
                self.hold(asked, ours.get(key, "absent"), programs.get(key, "absent"), name)
        elif isinstance(ours, list) and isinstance(programs, list) and len(ours) == len(programs):
            for number, (our, their) in enumerate(zip(ours, programs, strict=True)):
                self.hold(asked, our, their, f"{figure} of {number}")
        else:
            self.figures += 1
            if not _same(ours, programs):
                self.differing.append(Disagreement(asked, figure.strip(), ours, programs))


def _is_name(key: object) -> bool:
    """Whether a key is a channel, a date or another name, not a figure's."""
    return key is None or key in (*KINDS, *PURPOSES, REAL_CONTACT, "EUR", "USD", "JPY") or str(key)[:2] == "20"


def _same(ours: object, programs: object) -> bool:
    if isinstance(programs, shapes.Rounded):
        within = 0.5 * 10**-programs.decimals + 1e-9
        return isinstance(ours, int | float) and abs(float(ours) - programs.value) <= within
    return ours == programs
