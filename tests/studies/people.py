"""Made-up people: whole logs of a person whose habits are known, with all that a detector may ask for.

Three kinds of life in which nothing is going on (the nulls):

A. Openings come by chance, hour by hour, at the person's own rates.
B. Rounds of openings on uneven days, and then the days in another order: bursts within days stay, the order of days is
   nobody's doing.
C. Days that resemble the one before (AR(1)), busier at weekends; openings within them by chance.

A habit is what is true of one person. The usual ones are harmless, or at the very edge of what a pattern calls by name;
a study plants a pattern by making one of them larger.
"""

from __future__ import annotations

import math
from itertools import accumulate, chain
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tests.studies.worlds import DAY, FIRST, HOUR, MIDNIGHT, PROFILES, STARTS_AT, ZONE, poisson
from tracker.analytics.patterns.detector_input import (
    DetectorInput,
    EndedPause,
    Notification,
    Planned,
    Post,
    Return,
    ReturnSummary,
    WeekEstimate,
)
from tracker.analytics.patterns.openings import Opening
from tracker.calendar.days import dates, next_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

NULLS = ("A", "B", "C")
USES = dict(zip(("low", "middle", "high"), PROFILES, strict=True))
SPANS = (14, 28, 42, 90)

#: How much days differ from each other, and what the weekend adds (as logs).
DIFFERS, WEEKEND = 0.4, 0.3
#: Null B: openings in a round on average, all within so many seconds.
ROUND, ROUND_LASTS = 2.5, 1200
#: In B and C a day has its own share of checks: by so much.
SHARES_DIFFER = 0.1
CHECK, LONGER = (3, 29), (31, 570)
CHANNELS, PARTS = ("linkedin", "instagram", "x"), (0.5, 0.8, 1.0)
#: The watch after a post, the middle of the declared sleep and the waking, as the detectors have them.
FROM, TO = 600, 7200
SLEEP = {"low": (0, 7 * HOUR), "middle": (1 * HOUR, 7 * HOUR), "high": (2 * HOUR, 6 * HOUR)}
PLANNED = {"low": 1, "middle": 2, "high": 4}
PAUSES = {"low": 0.8, "middle": 1.5, "high": 3.0}
#: Hours and break-even leads of a channel that is judged: at break-even 4 leads were to be expected.
HOURS, LEADS = 40, 4.0


class Habits(NamedTuple):
    """What is true of one person."""

    #: The share of sessions that are checks.
    checks: float = 0.60
    #: The share of days with a post.
    posts: float = 0.3
    #: Openings after a post, as a multiple of what is usual; and whether posts come on busy days.
    looks: float = 1.0
    posts_when_busy: bool = False
    #: The shares of plans overrun and of pauses broken.
    overruns: float = 0.5
    breaks: float = 0.5
    #: Felt time as a multiple of logged time, and how far single weeks are off.
    felt: float = 1.0
    doubt: float = 0.3
    #: Leads as a multiple of break-even, and how many channels there are with as many.
    earns: float = 1.0
    channels: int = 1
    #: In the last 14 days: the chance that an opening is followed by a return to its channel within 10 min.
    returns: float = 0.0
    #: How much more a day has at the end of the last 28 than at their start.
    rise: float = 0.0
    #: The chance that a day after one that is not is empty, and what the day after has, as a multiple of itself.
    quiet: float = 0.0
    rebound: float = 1.0
    #: The chance that a night is opened, and that a day begins with an opening; and whether waking is declared.
    nights: float = 0.05
    mornings: float = 0.5
    wakes: bool = True
    #: The spread of the level of days in null A: busy and quiet days, chance within them.
    uneven: float = 0.0
    #: One burst of so many checks within half an hour.
    burst: int = 0
    #: Whether nothing but openings is recorded before noon.
    late: bool = False
    #: Null C: how much a day resembles the one before, their correlation.
    resembles: float = 0.5


#: Nobody in particular.
USUAL = Habits()


def person(random: Random, null: str, use: str, days: int, habits: Habits = USUAL, times: bool = True) -> DetectorInput:
    """The log of one person over so many logged days; without `times` it has no more than each day's social seconds."""
    rates = PROFILES[USES[use]]
    levels = _levels(random, null, days, habits)
    found = _days(random, null, rates, levels)
    posts = _posts(random, levels, habits)
    _look_after_posts(random, found, posts, rates, levels, habits)
    _mornings_and_nights(random, found, use, habits)
    _burst(random, found, habits)
    logged = tuple(dates(FIRST, next_date(FIRST, days - 1)))
    first = MIDNIGHT + STARTS_AT
    if not times:
        lasted = _lengths(random, null, found, habits)
        return DetectorInput(
            (), logged, ZONE, first + days * DAY, STARTS_AT, seconds=dict(zip(logged, lasted, strict=True))
        )
    opened = _openings(random, null, found, habits)
    seconds: dict[str, int] = {}
    for one in opened:
        date = logged[min((one[0] - first) // DAY, days - 1)]
        seconds[date] = seconds.get(date, 0) + (one[1] or one[0]) - one[0]
    return DetectorInput(
        tuple(opened),
        logged,
        ZONE,
        first + days * DAY,
        STARTS_AT,
        seconds=seconds,
        notifications=_notifications(random, opened),
        posts=posts,
        plans=_plans(random, logged, use, habits),
        estimates=_estimates(random, days, habits),
        pauses=_pauses(random, opened, logged, use, habits),
        life=tuple(chain.from_iterable(_life(random, day, use, habits) for day in range(days))),
        sleep=SLEEP[use],
        wakes_at=SLEEP[use][1] if habits.wakes else None,
        worth=_worth(random, days, habits),
    )


def _levels(random: Random, null: str, days: int, habits: Habits) -> list[float]:
    """How busy each day is, as a multiple of the usual one."""
    if null == "A":
        levels = [1.0] * days
        if habits.uneven:
            levels = [random.gammavariate(habits.uneven**-2, habits.uneven**2) for _day in levels]
    else:
        levels = []
        logarithm = random.gauss(0.0, DIFFERS)
        for day in range(days):
            levels.append(math.exp(logarithm - DIFFERS**2 / 2 + WEEKEND * (day % 7 >= 5)))
            logarithm *= habits.resembles
            logarithm += random.gauss(0.0, DIFFERS * math.sqrt(1 - habits.resembles**2))
        if null == "B":
            random.shuffle(levels)
    for place in range(max(days - 28, 0), days):
        levels[place] *= 1 + habits.rise * (1 - (days - 1 - place) / min(days - 1, 27))
    if habits.quiet:
        empty: list[bool] = []
        for _day in levels:
            empty.append(random.random() < habits.quiet and not (empty and empty[-1]))
        after = [habits.rebound if before else 1.0 for before in (False, *empty[:-1])]
        levels = [0.0 if none else level * more for level, none, more in zip(levels, empty, after, strict=True)]
    return levels


def _days(random: Random, null: str, rates: Sequence[float], levels: Sequence[float]) -> list[list[int]]:
    """The openings of each day, in seconds from its start, in no order."""
    turned = [rates[(place + STARTS_AT // HOUR) % 24] for place in range(24)]
    bounds, a_day = list(accumulate(turned)), sum(turned)
    places, draw = range(0, DAY, HOUR), random.random
    days = []
    for level in levels:
        count = poisson(random, a_day * level / (ROUND if null == "B" else 1.0))
        starts = [at + int(draw() * HOUR) for at in random.choices(places, cum_weights=bounds, k=count)]
        if null == "B":
            for start in starts[:]:
                while draw() < 1 - 1 / ROUND:
                    starts.append(min(start + int(draw() * ROUND_LASTS), DAY - 1))
        days.append(starts)
    return days


def _posts(random: Random, levels: Sequence[float], habits: Habits) -> tuple[Post, ...]:
    """At most one a day, between 9:00 and 18:00; none on empty days."""
    middle = sorted(levels)[len(levels) // 2]
    posts = []
    for day, level in enumerate(levels):
        chance = habits.posts if not habits.posts_when_busy else 2 * habits.posts if level > middle else 0.0
        if level and random.random() < chance:
            end = MIDNIGHT + day * DAY + 9 * HOUR + int(random.random() * 9 * HOUR)
            posts.append(Post(end - 600, end, ZONE, 10_000_000 + day))
    return tuple(posts)


def _look_after_posts(
    random: Random,
    days: list[list[int]],
    posts: Sequence[Post],
    rates: Sequence[float],
    levels: Sequence[float],
    habits: Habits,
) -> None:
    if habits.looks <= 1:
        return
    for post in posts:
        day, second = divmod(post.end - MIDNIGHT - STARTS_AT, DAY)
        usual = rates[(post.end - MIDNIGHT) // HOUR % 24 + 1] * levels[day] * (TO - FROM) / HOUR
        for _look in range(poisson(random, (habits.looks - 1) * usual)):
            days[day].append(second + FROM + int(random.random() * (TO - FROM)))


def _mornings_and_nights(random: Random, days: list[list[int]], use: str, habits: Habits) -> None:
    """Asleep nothing is opened but by habit; nor is it in the first minutes awake.

    The days run from 04:00 to 04:00: the night of one is its last hours.
    """
    sleeps, wakes = SLEEP[use]
    begin, woke = (sleeps + HOUR - STARTS_AT) % DAY, wakes - STARTS_AT
    for starts in days:
        if not starts and habits.quiet:
            continue
        starts[:] = [one for one in starts if woke + 300 < one < begin]
        if random.random() < habits.nights:
            starts.append(begin + int(random.random() * (DAY - begin)))
        if random.random() < habits.mornings:
            starts.append(woke + int(random.random() * 300))


def _burst(random: Random, days: list[list[int]], habits: Habits) -> None:
    if habits.burst:
        begin = (14 - STARTS_AT // HOUR) * HOUR + random.randrange(HOUR)
        days[-1 - random.randrange(min(len(days), 28))] += [
            begin + random.randrange(1800) for _check in range(habits.burst)
        ]


def _lengths(random: Random, null: str, days: Sequence[Sequence[int]], habits: Habits) -> list[int]:
    """The social seconds of each day."""
    draw = random.random
    lasted = []
    for starts in days:
        share = _share(random, null, habits)
        checks = sum(draw() < share for _start in starts)
        ranges = ((CHECK, checks), (LONGER, len(starts) - checks))
        lasted.append(sum(low + int(draw() * (high - low + 1)) for (low, high), some in ranges for _one in range(some)))
    return lasted


def _share(random: Random, null: str, habits: Habits) -> float:
    """The share of checks on a day."""
    if null == "A":
        return habits.checks
    return min(max(habits.checks + random.gauss(0.0, SHARES_DIFFER), 0.0), 1.0)


def _openings(random: Random, null: str, days: Sequence[Sequence[int]], habits: Habits) -> list[Opening]:
    draw, add = random.random, tuple.__new__
    found: list[Opening] = []
    lately, number = len(days) - 14, 0
    for day, starts in enumerate(days):
        begin = MIDNIGHT + STARTS_AT + day * DAY
        share = _share(random, null, habits)
        channels = random.choices(CHANNELS, cum_weights=PARTS, k=len(starts))
        for start, channel in zip(starts, channels, strict=True):
            low, high = CHECK if draw() < share else LONGER
            start += begin
            end = start + low + int(draw() * (high - low + 1))
            number += 1
            found.append(add(Opening, (start, end, channel, ZONE, False, (number,))))
            if habits.returns and day >= lately:
                while draw() < habits.returns:
                    start = end + 31 + int(draw() * 569)
                    end = start + 10
                    number += 1
                    found.append(add(Opening, (start, end, channel, ZONE, False, (number,))))
    found.sort(key=itemgetter(0))
    return found


def _notifications(random: Random, opened: Sequence[Opening]) -> tuple[Notification, ...]:
    """One in ten openings answers one."""
    some = (one for one in opened if random.random() < 0.1)
    return tuple(Notification(one[2], one[0] - 60) for one in some)


def _plans(random: Random, logged: Sequence[str], use: str, habits: Habits) -> tuple[Planned, ...]:
    plans: list[Planned] = []
    for date in logged:
        for _plan in range(PLANNED[use]):
            over = random.random() < habits.overruns
            lasted = random.randint(1141, 2400) if over else random.randint(300, 1125)
            plans.append(Planned(date, 900, lasted, 20_000_000 + len(plans)))
    return tuple(plans)


def _estimates(random: Random, days: int, habits: Habits) -> tuple[WeekEstimate, ...]:
    """One a week: right on average but for the habit, and off by chance."""
    found = []
    for week in range(days // 7):
        logged = random.randint(3, 12) * HOUR
        felt = max(random.gauss(habits.felt, habits.doubt * habits.felt), 0.05) * logged
        found.append(WeekEstimate(f"2026-W{week + 10}", int(felt), logged))
    return tuple(found)


def _pauses(
    random: Random, opened: Sequence[Opening], logged: Sequence[str], use: str, habits: Habits
) -> tuple[EndedPause, ...]:
    """Pauses around an opening, or in a gap between two: broken and kept ones."""
    found = []
    first = MIDNIGHT + STARTS_AT
    for _pause in range(poisson(random, PAUSES[use] * len(logged))):
        begin, end = _gap(random, opened)
        start = begin + 1 + int(random.random() * (end - begin - 60))
        over = end + 60 if random.random() < habits.breaks else end - 1
        date = logged[min((start - first) // DAY, len(logged) - 1)]
        found.append(EndedPause(date, start, min(over, first + len(logged) * DAY)))
    return tuple(sorted(found))


def _gap(random: Random, opened: Sequence[Opening]) -> tuple[int, int]:
    """Two openings in a row that are over two minutes apart."""
    while True:
        place = int(random.random() * (len(opened) - 1))
        begin, end = opened[place][0], opened[place + 1][0]
        if end - begin > 120:
            return begin, end


def _life(random: Random, day: int, use: str, habits: Habits) -> list[int]:
    """Something else is recorded at the waking, and now and then through the day."""
    begin = MIDNIGHT + day * DAY + SLEEP[use][1]
    if habits.late:
        noon = MIDNIGHT + day * DAY + 12 * HOUR
        return [noon + at * 3 * HOUR + int(random.random() * HOUR) for at in range(4)]
    return [begin, *(begin + HOUR + at * 3 * HOUR + int(random.random() * HOUR) for at in range(5))]


def _worth(random: Random, days: int, habits: Habits) -> ReturnSummary:
    """The channels that are judged by their leads, over as many days as there are."""
    hours = HOURS * days / 28
    expected = LEADS * days / 28
    returns = tuple(
        Return(name, int(hours * HOUR), poisson(random, habits.earns * expected) if habits.earns else 0)
        for name in CHANNELS[: habits.channels]
    )
    return ReturnSummary(returns, days, expected / hours)
