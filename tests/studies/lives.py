"""Whole lives of made-up people, as a program sees them evening by evening.

A `Life` is everything one person records over some weeks. `Life.as_of` is what a detector is given on one evening:
nothing that is logged later. The hours, levels and occasions come from a world (`worlds.World`); what is true of the
person comes from `Habits`, and may change on one day (`planted`), so that the delay of a flag can be measured.

Openings come in rounds: one picks up, and with some chance opens again within minutes. On the two real phones among
the samples the openings of a half hour vary 2.3 and 1.5 times as much as by chance (χ² over its degrees of freedom,
in the table of days by half hours); of openings at least 5 min apart it is 0.9 on both, so what is more than chance
lies in rounds. Each made-up person's rounds have a mean length between those that give 1.5 and 2.3 (`ROUNDS`).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from itertools import accumulate, compress
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from tests.studies.worlds import DAY, FIRST, HOUR, MIDNIGHT, PROFILES, STARTS_AT, ZONE, World, poisson
from tracker.analytics.patterns.detector_input import (
    RECENT,
    DetectorInput,
    EndedPause,
    Notification,
    Planned,
    Post,
    Return,
    ReturnSummary,
    SourceSeconds,
    WeekEstimate,
    device_changes,
)
from tracker.analytics.patterns.openings import Openings, spell_starts
from tracker.calendar.days import SleepHours, dates, next_date
from tracker.domain.models import FOREVER
from tracker.importers.shared_reading import uses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

USES = dict(zip(("low", "middle", "high"), PROFILES, strict=True))

#: How much days differ from each other, and what the weekend adds (as logs).
DIFFERS, WEEKEND = 0.4, 0.3
#: But in world A a day has its own share of checks, which differs by so much.
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
    #: Openings after a post, as a multiple of what is usual.
    looks: float = 1.0
    #: The shares of plans overrun and of pauses broken.
    overruns: float = 0.5
    breaks: float = 0.5
    #: Felt time as a multiple of logged time, and how far single weeks are off.
    felt: float = 1.0
    doubt: float = 0.3
    #: Leads as a multiple of break-even, and how many channels there are with as many.
    earns: float = 1.0
    channels: int = 1
    #: The chance that an opening is followed by a return to its channel within 10 min.
    returns: float = 0.0
    #: How much more every day has.
    rise: float = 0.0
    #: The chance that a day after one that is not is empty, and what the day after has, as a multiple of itself.
    quiet: float = 0.0
    rebound: float = 1.0
    #: The chance that a night is opened, and that a day begins with an opening.
    nights: float = 0.05
    mornings: float = 0.5
    #: Five days of 28 have a burst of so many checks: at any moments of half an hour, or else so many seconds apart.
    burst: int = 0
    apart: int = 0


#: The least that the patterns' words would call by name.
EDGE = Habits()
#: Nothing is near the edge.
HARMLESS = EDGE._replace(
    checks=0.45, overruns=0.3, breaks=0.3, mornings=0.25, nights=0.02, earns=3.0, doubt=0.2, posts=0.2
)
#: The share of rounds with a second opening, and of those with one more each time, on the two phones; further openings
#: follow after so many seconds: the least, and the mean beyond it.
SECOND, MORE = (0.20, 0.27), (0.27, 0.65)
BETWEEN = (5, 110.0)
#: The share of rounds after which another follows, and from when to when it begins, in seconds.
AGAIN, SOON = 0.2, (30, 600)
#: People look at the program at this second of their day's date.
EVENING = 22 * HOUR
#: The sessions of posts, and of plans, have ids from here on.
POSTS, PLANS = 10_000_000, 20_000_000


class Life(NamedTuple):
    """Everything a person records, and by day what was logged. Everything is sorted by time."""

    openings: Openings
    dates: tuple[str, ...]
    logged: tuple[bool, ...]
    notifications: tuple[Notification, ...]
    posts: tuple[Post, ...]
    plans: tuple[Planned, ...]
    estimates: tuple[WeekEstimate, ...]
    pauses: tuple[EndedPause, ...]
    life: tuple[int, ...]
    leads: tuple[tuple[int, str], ...]
    sleep: SleepHours
    wakes_at: int
    #: Social seconds by date of the first device, and of the second.
    seconds: tuple[dict[str, int], dict[str, int]]
    channels: tuple[str, ...]
    #: Sessions that are replies, and that a second device recorded, by their ids.
    replies: frozenset[int]
    second_device: frozenset[int]
    #: When each device was seen, if both are of one source.
    sights: tuple[Sequence[int], ...]
    #: Sessions that did not begin a spell, with the one that did.
    switched_to: Mapping[int, int]

    def as_of(self, day: int) -> DetectorInput:
        """What a detector is given on the evening of this day."""
        now = MIDNIGHT + day * DAY + EVENING
        first = max(day + 1 - RECENT, 0)
        logged = [*compress(self.dates[first : day + 1], self.logged[first : day + 1])]
        since = MIDNIGHT + first * DAY + STARTS_AT
        openings = self.openings.between(since, now)
        today = self.dates[day]
        by_device = [{date: seconds[date] for date in logged if seconds.get(date)} for seconds in self.seconds]
        for seconds in by_device:
            seconds.pop(today, None)
        begins, at, date_of = MIDNIGHT + day * DAY + STARTS_AT, attrgetter("at"), attrgetter("date")
        for place in range(bisect_left(openings.starts, begins), len(openings)):
            end = openings.ends[place]
            if end > now:  # it still runs
                openings.ends[place] = FOREVER
            seconds = by_device[openings.first_ids[place] in self.second_device]
            seconds[today] = seconds.get(today, 0) + min(end, now) - openings.starts[place]
        first_device, second_device = by_device
        both = {date: first_device.get(date, 0) + second_device.get(date, 0) for date in logged}
        return DetectorInput(
            openings,
            tuple(logged),
            ZONE,
            now,
            STARTS_AT,
            until=begins + DAY,
            seconds=both,
            sources=self._sources(first_device, second_device, both, since, begins + DAY),
            work=self.replies,
            switched_to=self.switched_to,
            notifications=self.notifications[
                bisect_left(self.notifications, since, key=at) : bisect_right(self.notifications, now, key=at)
            ],
            posts=tuple(post for post in self.posts if since <= post.start and post.end <= now),
            plans=self.plans[
                bisect_left(self.plans, self.dates[first], key=date_of) : bisect_left(self.plans, today, key=date_of)
            ],
            estimates=tuple(
                estimate for estimate in self.estimates if self.dates[first] <= estimate.first and estimate.last < today
            ),
            pauses=tuple(pause for pause in self.pauses if since <= pause.start and pause.end <= now),
            life=self.life[bisect_left(self.life, since) : bisect_right(self.life, now)],
            sleep=self.sleep,
            wakes_at=self.wakes_at,
            worth=self._worth(first, day, now),
        )

    def _sources(
        self, first: Mapping[str, int], second: Mapping[str, int], both: Mapping[str, int], since: int, until: int
    ) -> tuple[SourceSeconds, ...]:
        """The seconds of each source between two instants; none where there is one alone, of the same devices."""
        if not second:
            return ()
        if not self.sights:
            return SourceSeconds("phone", first), SourceSeconds("tablet", second, self.second_device)
        seen = [some[: bisect_left(some, until)] for some in self.sights]
        changes = device_changes([(some[0], some[-1]) for some in seen if some], since, until, self._date)
        return (SourceSeconds("phone", both, devices=changes),) if any(changes) else ()

    def _date(self, instant: int) -> str:
        return self.dates[(instant - MIDNIGHT - STARTS_AT) // DAY]

    def _worth(self, first: int, day: int, now: int) -> ReturnSummary:
        days = day + 1 - first
        hours = HOURS / 28 * days
        since = MIDNIGHT + first * DAY
        channels = [channel for at, channel in self.leads if since <= at <= now]
        returns = tuple(Return(name, int(hours * HOUR), channels.count(name)) for name in self.channels)
        return ReturnSummary(returns, days, LEADS / HOURS)


class Made(NamedTuple):
    """An opening before it has an id."""

    start: int
    end: int
    channel: str
    estimated: bool
    reply: bool = False
    second_device: bool = False


def life(
    random: Random,
    world: World,
    use: str,
    days: int,
    habits: Habits = HARMLESS,
    planted: Habits | None = None,
    on: int = 0,
) -> Life:
    """The life of one person in a world; from day `on` the planted habits hold."""
    return _Living(random, world, use, days, habits, planted or habits, on).life()


class _Living:
    """Draws one life day by day."""

    def __init__(
        self, random: Random, world: World, use: str, days: int, habits: Habits, planted: Habits, on: int
    ) -> None:
        self.random, self.world, self.use, self.days = random, world, use, days
        self.habits = [habits if day < on else planted for day in range(days)]
        self.rates = PROFILES[USES[use]]
        place = random.random()
        self.second, self.more = world.rounds or (low + place * (high - low) for low, high in (SECOND, MORE))
        if world.by_hand:  # nobody notes what they switch to
            self.second = self.more = 0.0
        self.round = (1 + self.second / (1 - self.more)) / (1 - AGAIN)
        if world.switching:
            self.round = world.switching / (1 - AGAIN)
        #: When the world's one occasion begins, if it has one: somewhere in the quarter.
        self.at = days - 91 + random.randrange(14, 63)
        self.levels = self._levels()
        self.shifts = [self._shift(day) for day in range(days)]
        #: Half-logged days, and the second of them after which nothing is logged.
        self.until = {day: random.uniform(7, 16) * HOUR for day in range(days) if random.random() < world.half}
        #: Hours of days of which nothing was recorded.
        self.lost = {
            (self.at + day, hour)
            for day in range(14)
            for hour in range(24)
            if world.lost and random.random() < world.lost
        }
        self.made: list[Made] = []
        self.posts: list[Post] = []
        self.signs: list[int] = []
        #: When the screen of the first device, and of the second, went dark.
        self.dark: tuple[list[int], list[int]] = ([], [])

    def life(self) -> Life:
        for day in range(self.days):
            if self.levels[day]:
                self._day(day)
        made = [opening for opening in sorted(self.made) if self._is_known(opening)]
        logged = tuple(self.random.random() >= self.world.missing for _day in range(self.days))
        begins = MIDNIGHT + STARTS_AT
        made = [
            opening for opening in made if 0 <= (day := (opening.start - begins) // DAY) < self.days and logged[day]
        ]
        all_dates = tuple(dates(FIRST, next_date(FIRST, self.days - 1)))
        ids = [*range(1, len(made) + 1)]
        opened = Openings(
            [opening.start for opening in made],
            [opening.end for opening in made],
            [opening.channel for opening in made],
            [ZONE] * len(made),
            bytearray(opening.estimated for opening in made),
            ids,
            {},
        )
        seconds: tuple[dict[str, int], dict[str, int]] = ({}, {})
        for made_opening in made:
            date = all_dates[(made_opening.start - begins) // DAY]
            seconds[made_opening.second_device][date] = (
                seconds[made_opening.second_device].get(date, 0) + made_opening.end - made_opening.start
            )
        channels = CHANNELS[: self.habits[0].channels]
        return Life(
            opened,
            all_dates,
            logged,
            tuple(Notification(opening.channel, opening.start - 60) for opening in made if self.random.random() < 0.1),
            tuple(self.posts),
            self._plans(all_dates),
            self._estimates(all_dates),
            self._pauses(opened, all_dates),
            tuple(sorted(self.signs)),
            self._leads(channels),
            self._sleep(),
            SLEEP[self.use][1],
            seconds,
            channels,
            frozenset(id for id, opening in zip(ids, made, strict=True) if opening.reply),
            frozenset(id for id, opening in zip(ids, made, strict=True) if opening.second_device),
            tuple([opening.start for opening in made if opening.second_device is second] for second in (False, True))
            if self.world.one_source
            else (),
            self._switched_to(made),
        )

    def _sleep(self) -> SleepHours:
        begins, until = SLEEP[self.use]
        others = self.world.weeks[1:] if self.world.told else ()
        later = [int(hours * HOUR) for hours in others]
        return SleepHours(begins, until, (), tuple(((begins + moved) % DAY, (until + moved) % DAY) for moved in later))

    def _switched_to(self, made: Sequence[Made]) -> Mapping[int, int]:
        """The ids, counted from 1, of what the program takes for switched to, with the one that began the spell."""
        if self.world.by_hand:
            return {}
        names = ("phone", "phone" if self.world.one_source else "tablet")
        screens: dict[str, list[tuple[int, int]]] = {}
        if self.world.dark:
            for name, dark, second in zip(names, self.dark, (False, True), strict=True):
                spans = [(opening.start, opening.end) for opening in made if opening.second_device is second]
                screens.setdefault(name, []).extend(uses(sorted(dark), sorted(spans)))
        starts, ends = [opening.start for opening in made], [opening.end for opening in made]
        sources = [names[opening.second_device] for opening in made]
        uses_of = {name: sorted(some) for name, some in screens.items()}
        return spell_starts(range(1, len(made) + 1), starts, ends, sources, uses_of)

    # Days: how busy, and by how much their hours are shifted.

    def _levels(self) -> list[float]:
        random, world = self.random, self.world
        levels = []
        logarithm = random.gauss(0.0, DIFFERS)
        for day in range(self.days):
            level = 1.0
            if world.days != "A":
                level = math.exp(logarithm - DIFFERS**2 / 2 + WEEKEND * (day % 7 >= 5))
                logarithm = logarithm * 0.5 + random.gauss(0.0, DIFFERS * math.sqrt(0.75))
            levels.append(level)
        if world.days == "B":
            random.shuffle(levels)
        phase = random.random()
        quiet_before = False
        for day in range(self.days):
            habits = self.habits[day]
            levels[day] *= math.exp(world.season * math.sin(2 * math.pi * (day / 180 + phase)))
            levels[day] *= 1 + habits.rise
            levels[day] *= self._busy(day) * world.rota[day // 7 % len(world.rota)]
            quiet = habits.quiet > random.random() and not quiet_before
            if quiet or random.random() < world.off:
                levels[day] = 0.0
            elif quiet_before:
                levels[day] *= habits.rebound
            quiet_before = quiet
        return levels

    def _busy(self, day: int) -> float:
        """How busy the world's occasion makes a day."""
        left = day - self.at
        for days, times in self.world.busy:
            if 0 <= left < days:
                return times
            left -= days
        return 1.0

    def _shift(self, day: int) -> int:
        world = self.world
        shift = world.weeks[day // 7 % len(world.weeks)] + world.late[day % 7]
        if world.west and 0 <= day - self.at < 7:
            shift += world.west
        if world.new_job and day >= self.at:
            shift -= 1
        if world.fasting and 0 <= day - self.at < 30:
            shift += 2
        return int((shift + self.random.gauss(0.0, world.irregular)) * HOUR)

    # One day, in seconds of the body's own day, which begins at 04:00 whatever the clock says.

    def _day(self, day: int) -> None:
        random, world, habits = self.random, self.world, self.habits[day]
        sleeps, wakes = SLEEP[self.use]
        begins, woke = (sleeps + HOUR - STARTS_AT) % DAY, wakes - STARTS_AT
        rates = self._hours(day)
        mean = sum(rates) * self.levels[day]
        bounds = list(accumulate(rates))
        share = habits.checks if world.days == "A" else min(max(random.gauss(habits.checks, SHARES_DIFFER), 0.0), 1.0)
        rounds = 0 if world.replaces and day >= self.at else poisson(random, mean / self.round)
        for hour in random.choices(range(24), cum_weights=bounds, k=rounds):
            self._round(day, hour * HOUR + int(random.random() * HOUR), share, (woke + 300, begins))
        if world.second_device and (day >= self.at or world.always_two):
            for hour in random.choices(
                range(24), cum_weights=bounds, k=poisson(random, world.second_device * mean / self.round)
            ):
                self._round(day, hour * HOUR + int(random.random() * HOUR), share, (woke + 300, begins), True)
        if random.random() < world.guest:
            for _round in range(poisson(random, 0.4 * mean / self.round)):
                self._round(day, 15 * HOUR + int(random.random() * 3 * HOUR), share, (woke + 300, begins))
        for at, lasts, size in world.runs:
            if day % 7 in world.run_days:
                start = at if at else random.uniform(9 * HOUR, 19 * HOUR)
                self._run(day, int(start) - STARTS_AT, lasts, self._many(size), share, world.runs_reply)
        if day % 7 == world.posting_day:
            self._post(day, 10 * HOUR - STARTS_AT + int(random.random() * HOUR), self._many(0.25), share)
        if world.launches and 0 <= day - self.at < world.busy[0][0]:
            for at in (9, 12, 16)[: world.launches]:
                self._post(day, at * HOUR - STARTS_AT, self._many(0.2), share)
        if random.random() < habits.posts and world.posting_day is None:
            self._post(day, 9 * HOUR - STARTS_AT + int(random.random() * 9 * HOUR), 0, share)
        if habits.looks > 1:
            self._look_after(day, share)
        if random.random() < habits.nights:
            self._goes_dark(day, self._add(day, begins + int(random.random() * (DAY - begins)), share))
        if random.random() < habits.mornings:
            self._goes_dark(day, self._add(day, woke + int(random.random() * 300), share))
        if habits.burst and random.random() < 5 / 28:
            start = 10 * HOUR - STARTS_AT + int(random.random() * 8 * HOUR)
            for check in range(habits.burst):
                within = check * habits.apart + random.randrange(20) if habits.apart else int(random.random() * 1800)
                self._goes_dark(day, self._add(day, start + within, 1.0))
        if day not in self.until:
            shift = MIDNIGHT + day * DAY + STARTS_AT + self.shifts[day]
            self.signs += [
                shift + woke,
                *(shift + woke + HOUR + at * 3 * HOUR + int(random.random() * HOUR) for at in range(5)),
            ]
            if day >= self.at:
                ups = poisson(random, world.up_at_night)
                self.signs += [shift + begins + int(random.random() * (DAY - begins)) for _up in range(ups)]
            if world.fasting and 0 <= day - self.at < 30:
                self.signs.append(MIDNIGHT + (day + 1) * DAY + STARTS_AT + HOUR // 2)

    def _hours(self, day: int) -> list[float]:
        """The openings of each hour of the day, from 04:00 on."""
        world = self.world
        rates = [self.rates[(hour + STARTS_AT // HOUR) % 24] for hour in range(24)]
        works = day % 7 in world.work_days
        if world.breaks and works:
            rates = [rate * (0.15 if 5 <= hour < 14 else 1.0) for hour, rate in enumerate(rates)]
        if world.new_job and day >= self.at and works:
            rates = [rate * (0.4 if 5 <= hour < 14 else 1.6) for hour, rate in enumerate(rates)]
        if world.fasting and 0 <= day - self.at < 30:  # the clock is two hours on
            rates = [rate * (0.5 if 5 <= hour < 13 else 1.5) for hour, rate in enumerate(rates)]
        if world.in_bed and 0 <= day - self.at < world.busy[0][0]:
            rates = [sum(rates) / 17 if 5 <= hour < 22 else 0.0 for hour in range(24)]
        if world.lumpy:
            rates = [rate * self.random.gammavariate(1 / world.lumpy, world.lumpy) for rate in rates]
        return rates

    def _many(self, share: float) -> int:
        """A run of this share of a usual day's openings, three at least."""
        return max(poisson(self.random, share * sum(self.rates)), 3)

    def _round(self, day: int, start: int, share: float, awake: tuple[int, int], second: bool = False) -> None:
        random = self.random
        if not awake[0] < start < awake[1]:
            return
        channel = random.choices(CHANNELS, cum_weights=PARTS)[0]
        if self.world.switching:
            end = start
            for _app in range(1 + int(random.expovariate(1 / (self.world.switching - 1)))):
                end = self._add(day, end, share, channel, False, second, switching=True) + random.randrange(9)
                channel = random.choice([name for name in CHANNELS if name != channel])
        else:
            end = self._add(day, start, share, channel, False, second)
            chance = self.second
            while random.random() < chance:
                end += BETWEEN[0] + int(random.expovariate(1 / BETWEEN[1]))
                if random.random() < 0.3:
                    channel = random.choices(CHANNELS, cum_weights=PARTS)[0]
                end = self._add(day, end, share, channel, False, second)
                chance = self.more
        self._goes_dark(day, end, second)
        if random.random() < AGAIN:
            self._round(day, end + random.randint(*SOON), share, awake, second)

    def _goes_dark(self, day: int, second: int, second_device: bool = False) -> None:
        second_device = second_device or (self.world.replaces and day >= self.at)
        self.dark[second_device].append(MIDNIGHT + day * DAY + STARTS_AT + self.shifts[day] + second)

    def _run(self, day: int, start: int, lasts: int, size: int, share: float, reply: bool) -> None:
        """Openings of one unbroken use."""
        ends = [self._add(day, start + int(self.random.random() * lasts), share, None, reply) for _one in range(size)]
        if ends:
            self._goes_dark(day, max(ends))

    def _post(self, day: int, second: int, replies: int, share: float) -> None:
        end = MIDNIGHT + STARTS_AT + day * DAY + second + self.shifts[day]
        self.posts.append(Post(end - 600, end, ZONE, POSTS + len(self.posts)))
        self._run(day, second + FROM, TO - FROM, replies, share, True)

    def _look_after(self, day: int, share: float) -> None:
        begins = MIDNIGHT + STARTS_AT + day * DAY + self.shifts[day]
        for post in self.posts[-3:]:
            second = post.end - begins
            if 0 <= second < DAY:
                usual = self.rates[((second + STARTS_AT) // HOUR + 1) % 24] * self.levels[day] * (TO - FROM) / HOUR
                for _look in range(poisson(self.random, (self.habits[day].looks - 1) * usual)):
                    at = second + FROM + int(self.random.random() * (TO - FROM))
                    self._goes_dark(day, self._add(day, at, share))

    def _add(
        self,
        day: int,
        second: int,
        share: float,
        channel: str | None = None,
        reply: bool = False,
        second_device: bool = False,
        switching: bool = False,
    ) -> int:
        """One opening; returns the second at which it ends. With the habit of returning, others follow."""
        random = self.random
        second_device = second_device or (self.world.replaces and day >= self.at)
        channel = channel or random.choices(CHANNELS, cum_weights=PARTS)[0]
        low, high = CHECK if random.random() < share else (31, 90) if switching else LONGER
        lasts = random.randint(low, high)
        begins = MIDNIGHT + STARTS_AT + day * DAY + self.shifts[day]
        estimated = random.random() < self.world.estimated
        self.made.append(Made(begins + second, begins + second + lasts, channel, estimated, reply, second_device))
        end = second + lasts
        while self.habits[day].returns > random.random():
            at = end + 31 + int(random.random() * 569)
            self.made.append(Made(begins + at, begins + at + 10, channel, False, False, second_device))
            end = at + 10
        return second + lasts

    def _is_known(self, opening: Made) -> bool:
        """Whether it was logged: of half-logged days only what comes before their hour."""
        day, second = divmod(opening.start - MIDNIGHT - STARTS_AT, DAY)
        return second < self.until.get(day, DAY) and (day, second // HOUR) not in self.lost

    # What else is recorded.

    def _plans(self, all_dates: Sequence[str]) -> tuple[Planned, ...]:
        random = self.random
        plans: list[Planned] = []
        for day, date in enumerate(all_dates):
            for _plan in range(PLANNED[self.use]):
                over = random.random() < self.habits[day].overruns
                lasted = random.randint(1141, 2400) if over else random.randint(300, 1125)
                plans.append(Planned(date, 900, lasted, PLANS + len(plans)))
        return tuple(plans)

    def _estimates(self, all_dates: Sequence[str]) -> tuple[WeekEstimate, ...]:
        openings = []
        for week in range(self.days // 7):
            habits = self.habits[7 * week + 6]
            logged = self.random.randint(3, 12) * HOUR
            felt = max(self.random.gauss(habits.felt, habits.doubt * habits.felt), 0.05) * logged
            first, last = all_dates[7 * week], all_dates[7 * week + 6]
            openings.append(WeekEstimate(f"2026-W{week + 10:02}", int(felt), logged, first, last))
        return tuple(openings)

    def _pauses(self, opened: Openings, all_dates: Sequence[str]) -> tuple[EndedPause, ...]:
        random = self.random
        openings = []
        for day, date in enumerate(all_dates):
            begins = MIDNIGHT + STARTS_AT + day * DAY
            places = range(bisect_left(opened.starts, begins), bisect_left(opened.starts, begins + DAY - HOUR) - 1)
            gaps = [place for place in places if opened.starts[place + 1] - opened.starts[place] > 120]
            for _pause in range(min(poisson(random, PAUSES[self.use]), len(gaps))):
                place = random.choice(gaps)
                start, end = opened.starts[place], opened.starts[place + 1]
                at = start + 1 + int(random.random() * (end - start - 60))
                openings.append(
                    EndedPause(date, at, end + 60 if random.random() < self.habits[day].breaks else end - 1)
                )
        return tuple(sorted(openings, key=lambda pause: pause.start))

    def _leads(self, channels: Sequence[str]) -> tuple[tuple[int, str], ...]:
        random = self.random
        return tuple(
            (MIDNIGHT + day * DAY + 12 * HOUR, channel)
            for day in range(self.days)
            for channel in channels
            for _lead in range(poisson(random, self.habits[day].earns * LEADS / 28))
        )
