"""The habits of the demo, three ticked in the evening and two measured from the log, and the declared pauses."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tracker.calendar.days import next_date
from tracker.calendar.durations import HOUR
from tracker.demo import story
from tracker.domain.models import Habit, Pause, Tick

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.demo.demo_day import DemoDay
    from tracker.domain.models import Session

_SEED = 20261123

#: (how many days ago it was begun, habit); the file gives the ids.
_HABITS = (
    (228, Habit(0, "Draw first", weekdays=(0, 1, 2, 3, 4))),
    (298, Habit(0, "Canal walk", times=3, days=7)),
    (118, Habit(0, "Read", "at_least", 20.0, "pages")),
    (story.RESOLVED, Habit(0, "Less feed", "at_most", 90.0, "min", "social_minutes")),
    (180, Habit(0, "Talk to someone", "at_least", 3.0, None, "contacts", days=7)),
)

#: Pauses: (days ago, hour of the start, hours, whether her sessions in it are removed). Others may be kept by chance.
_PAUSES = (
    *((68, 14, 3, True), (54, 20, 3, False), (33, 9, 4, True), (26, 14, 2, True), (24, 21, 1, False)),
    *((22, 14, 1, False), (19, 20, 2, False), (17, 14, 1, False), (12, 20, 3, False), (10, 15, 1, False)),
    *((9, 21, 2, False), (7, 14, 1, False), (5, 9, 3, True), (4, 20, 1, False), (2, 15, 2, True)),
)
_SOCIAL = ("linkedin", "instagram", "youtube", "x")


def habits(today: str) -> tuple[Habit, ...]:
    """The habits in their order, as seen from `today`."""
    return tuple(
        habit._replace(created=next_date(today, -since), position=index) for index, (since, habit) in enumerate(_HABITS)
    )


def ticks(pages: list[DemoDay]) -> list[Tick]:
    """The ticks by day; today has only those of a morning."""
    ticks: list[Tick] = []
    (draw_since, draw), (walk_since, walk), (read_since, read) = _HABITS[:3]
    for page in pages:
        random = Random(_SEED + 15_485_863 * (page.ago + 1))
        away = page.ago in story.HOLIDAY or page.ago in story.MONTREAL
        if page.ago in story.SICK or page.ago in story.UNLOGGED:
            continue
        if page.ago <= draw_since and page.weekday in draw.weekdays:
            if away:  # a day off for this habit
                ticks.append(Tick(draw.name, page.date, None, True))
            elif random.random() < (0.88 if page.ago < story.RESOLVED else 0.55) or not page.ago:
                ticks.append(Tick(draw.name, page.date, 1.0))
        if not page.ago:
            continue
        if page.ago <= walk_since and random.random() < (0.15 if away else 0.55 if page.weekday >= 5 else 0.4):
            ticks.append(Tick(walk.name, page.date, 1.0))
        if page.ago <= read_since and random.random() >= 0.22:
            count = random.randrange(40, 140) if away else random.choice((6, 10, 12, 15, 20, 22, 24, 26, 30, 34))
            ticks.append(Tick(read.name, page.date, float(count)))
    return ticks


def pauses(pages: list[DemoDay]) -> list[Pause]:
    """The declared pauses."""
    return [pause for pause, _kept in _declared(pages)]


def kept_free(sessions: Iterable[Session], pages: list[DemoDay]) -> list[Session]:
    """The sessions without the social ones in kept pauses."""
    free = [(pause.start, pause.end) for pause, is_kept in _declared(pages) if is_kept]
    return [
        session
        for session in sessions
        if session.channel not in _SOCIAL or not any(start <= session.start < end for start, end in free)
    ]


def _declared(pages: list[DemoDay]) -> list[tuple[Pause, bool]]:
    by_ago = {page.ago: page for page in pages}
    declared = []
    for ago, hour, hours, is_kept in _PAUSES:
        page = by_ago[ago]
        declared.append((Pause(0, page.at(hour * HOUR), page.at((hour + hours) * HOUR), page.zone), is_kept))
    return declared
