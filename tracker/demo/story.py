"""The facts of the demo, from `story.toml`: a designer in Paris, the people she meets, the outcomes, what she wrote.

Dates are counted in days before today, so that today and this week are always full, whenever the demo is made.
"""

from __future__ import annotations

import os
import tomllib
from typing import NamedTuple

from tracker.files.file_access import read_text

HOME = "Europe/Paris"
AWAY = "America/Toronto"

#: The number of days of the demo, today included.
DAYS = 365


class DaySpan(NamedTuple):
    """Days counted back from today, both included; `first` is the earlier day and so the larger number."""

    first: int
    last: int

    def __contains__(self, ago: object) -> bool:
        """Whether the day `ago` days before today is in the span."""
        return isinstance(ago, int) and self.last <= ago <= self.first


#: A week of illness without any record.
SICK = DaySpan(300, 294)
#: Three weeks of a campaign for a workshop.
CAMPAIGN = DaySpan(160, 140)
HOLIDAY = DaySpan(112, 99)
#: A week at a festival in Montréal; the first and the last day are spent in the aeroplane, without any record.
MONTREAL = DaySpan(47, 41)
#: The person she visits there.
HOST = "Étienne"
#: Weeks in which she did not check often after a post.
CALM = (DaySpan(285, 240), DaySpan(113, 66))
#: The use of Instagram falls from the day of her resolution to a share of it on the day it has settled.
RESOLVED, SETTLED, DECLINE_TO = 72, 25, 0.45

#: Other days without any record: forgotten, not zero.
UNLOGGED = (331, 263, 231, 190, 110, 108, 107, 103, 101, 79)
#: Public holidays and days of rest (month and day).
DAYS_OFF = ("01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-24", "12-25", "12-26", "12-31")

#: Days confirmed to be without social time.
ZERO = (105, 100)


class Acquaintance(NamedTuple):
    """Somebody who is met in person: the ring, how many days ago they first met, and what it was about.

    From near to far: a ring begins when somebody of the ring before has agreed to something.
    """

    name: str
    ring: str
    met: int
    about: str


class StoryOutcome(NamedTuple):
    """An outcome: how many days ago, the time by the wall clock, the channel; `amount` in euros, 0 for none."""

    ago: int
    clock: str
    kind: str
    channel: str
    person: str
    amount: int
    note: str


class Expense(NamedTuple):
    """Money spent on a channel: how many days ago, the time by the wall clock; `amount` in euros."""

    ago: int
    clock: str
    channel: str
    amount: int
    note: str


class StoryVerdict(NamedTuple):
    """A verdict: how many days ago, the channel ("": contact in person), the computed verdict, hers, and why."""

    ago: int
    channel: str
    computed: str
    verdict: str
    why: str


_STORY = tomllib.loads(read_text(os.path.join(os.path.dirname(__file__), "story.toml")))
_SENTENCES: dict[str, dict[str, str]] = {name: table for name, table in _STORY.items() if isinstance(table, dict)}

#: What she wrote, by what it is for: posts, replies, notes … Her weekly reviews are the latest first.
TEXTS = {name: list(table) for name, table in _SENTENCES.items()}

#: Each English text of hers with its French. The year is made from the English ones, so that its records are the same
#: in both languages; then each is replaced. They are not in the catalogue, which every French command loads: a message
#: there has one translation, and what she wrote is said by nobody else.
FRENCH = {english: french for table in _SENTENCES.values() for english, french in table.items()}
FRENCH |= {row[-2]: row[-1] for name in ("people", "outcomes", "expenses", "verdicts") for row in _STORY[name]}

PEOPLE = tuple(Acquaintance(*row[:-1]) for row in _STORY["people"])
OUTCOMES = tuple(StoryOutcome(*row[:-1]) for row in _STORY["outcomes"])
EXPENSES = tuple(Expense(*row[:-1]) for row in _STORY["expenses"])
VERDICTS = tuple(StoryVerdict(*row[:-1]) for row in _STORY["verdicts"])

TODAYS_POST = "the street as a portfolio"


def level_of_instagram(ago: int) -> float:
    """The share of her usual Instagram that is left, `ago` days before today."""
    gone = min(max((RESOLVED - ago) / (RESOLVED - SETTLED), 0.0), 1.0)
    return 1.0 - (1.0 - DECLINE_TO) * gone
