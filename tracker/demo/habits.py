"""What she keeps up: three habits ticked in the evening, two that the log measures, and the pauses she declares."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tracker.calendar.days import next_date
from tracker.demo import story
from tracker.demo.diary import HOUR
from tracker.domain.models import Habit, Pause, Tick

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.demo.diary import Diary
    from tracker.domain.models import Session

_SEED = 20261123

#: Each with how many days ago it was begun; ids are given by the file.
_HABITS = (
    (228, Habit(0, "Draw first", weekdays=(0, 1, 2, 3, 4))),
    (298, Habit(0, "Canal walk", times=3, days=7)),
    (118, Habit(0, "Read", "at_least", 20.0, "pages")),
    (story.RESOLVED, Habit(0, "Less feed", "at_most", 90.0, "min", "social_minutes")),
    (180, Habit(0, "Talk to someone", "at_least", 3.0, None, "contacts", days=7)),
)
_DRAW, _WALK, _READ = (habit for _since, habit in _HABITS[:3])

#: Afternoons and evenings declared free of the networks: days ago, from what hour, for how many hours, and whether she
#: keeps it whatever the day is like. Of the others some are kept all the same.
_PAUSES = (
    *((68, 14, 3, True), (54, 20, 3, False), (33, 9, 4, True), (26, 14, 2, True), (24, 21, 1, False)),
    *((22, 14, 1, False), (19, 20, 2, False), (17, 14, 1, False), (12, 20, 3, False), (10, 15, 1, False)),
    *((9, 21, 2, False), (7, 14, 1, False), (5, 9, 3, True), (4, 20, 1, False), (2, 15, 2, True)),
)
_SOCIAL = ("linkedin", "instagram", "youtube", "x")


def habits(today: str) -> tuple[Habit, ...]:
    """Her habits, in her order, as seen from `today`."""
    return tuple(
        habit._replace(created=next_date(today, -since), position=place) for place, (since, habit) in enumerate(_HABITS)
    )


def ticks(pages: list[Diary]) -> list[Tick]:
    """What she ticked, day by day; of today only what a morning holds."""
    found: list[Tick] = []
    for page in pages:
        random = Random(_SEED + 15_485_863 * (page.ago + 1))
        away = page.ago in story.HOLIDAY or page.ago in story.MONTREAL
        if page.ago in story.SICK or page.ago in story.UNLOGGED:
            continue
        found += _drawing(page, random, away)
        if page.ago:
            found += _walking(page, random, away)
            found += _reading(page, random, away)
    return found


def _drawing(page: Diary, random: Random, away: bool) -> list[Tick]:
    """Better since the resolution; not asked of herself when she is away."""
    if page.ago > _HABITS[0][0] or page.weekday not in _DRAW.weekdays:
        return []
    if away:
        return [Tick(_DRAW.name, page.date, None, True)]
    likely = 0.88 if page.ago < story.RESOLVED else 0.55
    return [Tick(_DRAW.name, page.date, 1.0)] if random.random() < likely or not page.ago else []


def _walking(page: Diary, random: Random, away: bool) -> list[Tick]:
    likely = 0.15 if page.ago > _HABITS[1][0] or away else 0.55 if page.weekday >= 5 else 0.4
    return [Tick(_WALK.name, page.date, 1.0)] if page.ago <= _HABITS[1][0] and random.random() < likely else []


def _reading(page: Diary, random: Random, away: bool) -> list[Tick]:
    """Some evenings a few pages only, on holiday whole books."""
    if page.ago > _HABITS[2][0] or random.random() < 0.22:
        return []
    pages = random.randrange(40, 140) if away else random.choice((6, 10, 12, 15, 20, 22, 24, 26, 30, 34))
    return [Tick(_READ.name, page.date, float(pages))]


def pauses(pages: list[Diary]) -> list[Pause]:
    """Declared now and then since the resolution."""
    return [pause for pause, _kept in _declared(pages)]


def kept_free(sessions: Iterable[Session], pages: list[Diary]) -> list[Session]:
    """The sessions without those that a kept pause kept her from."""
    free = [(pause.start, pause.end) for pause, kept in _declared(pages) if kept]
    return [
        session
        for session in sessions
        if session.channel not in _SOCIAL or not any(start <= session.start < end for start, end in free)
    ]


def _declared(pages: list[Diary]) -> list[tuple[Pause, bool]]:
    found = []
    for ago, hour, hours, kept in _PAUSES:
        page = next(page for page in pages if page.ago == ago)
        found.append((Pause(0, page.at(hour * HOUR), page.at((hour + hours) * HOUR), page.zone), kept))
    return found
