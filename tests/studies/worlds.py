"""The worlds made-up people live in: where and when, and how often they open something hour by hour."""

from __future__ import annotations

import math
from random import Random
from typing import NamedTuple

#: The month before the clocks change; UTC keeps the worlds' hours their own.
FIRST = "2026-11-02"
ZONE = "UTC"
STARTS_AT = 14_400
MIDNIGHT = 1_793_577_600  # 2026-11-02T00:00Z
DAY = 86_400
HOUR = 3600

#: Openings per clock hour, 0..23. Low: evenings and a lunch break. Middle: a working day with breaks. High: all day.
PROFILES: dict[str, tuple[float, ...]] = {
    "low use, 7 a day": (
        0.1,
        *[0.0] * 6,
        0.3,
        0.4,
        0.2,
        0.2,
        0.2,
        0.8,
        0.6,
        0.2,
        0.2,
        0.2,
        0.3,
        0.5,
        0.6,
        0.7,
        0.8,
        0.5,
        0.2,
    ),
    "middle use, 45 a day": (
        0.5,
        0.1,
        *[0.0] * 4,
        0.4,
        1.5,
        2,
        2,
        2.5,
        2.5,
        4,
        3.5,
        2.5,
        2,
        2.5,
        2.5,
        3,
        3,
        3.5,
        3,
        3,
        1,
    ),
    "high use, 150 a day": (3, 1, 0.3, *[0.1] * 3, 1.5, 5, 7, 8, 8, 8, 10, 10, 8, 8, 8, 9, 9, 9, 10, 10, 9, 8),
}


def poisson(random: Random, mean: float) -> int:
    """A Poisson count, by counting exponential gaps."""
    count, reached = -1, 0.0
    while reached <= mean:
        reached -= math.log(1.0 - random.random())
        count += 1
    return count


class World(NamedTuple):
    """A harmless life: in none of them does anything go on that a pattern is about.

    Shares are of 1, hours of the clock; an occasion begins on a day drawn for each person.
    """

    name: str
    #: Who lives it, in one sentence.
    sentence: str
    #: How days differ: "A" not at all, "B" by chance in any order, "C" as the one before, and busier at weekends.
    days: str = "C"
    #: The share of rounds with a second opening, and with one more each time; else the person's own, as on real phones.
    rounds: tuple[float, float] | None = None
    #: By how many hours the weeks are shifted, in turn, and the days from Monday on; and by how many at random.
    weeks: tuple[float, ...] = (0.0,)
    late: tuple[float, ...] = (0.0,) * 7
    irregular: float = 0.0
    #: Whether the sleep of each of those weeks is declared, else that of the first only.
    told: bool = False
    #: How much single hours differ from day to day: the variance of a multiple around 1.
    lumpy: float = 0.0
    #: Hardly anything is opened at work but at the breaks, which are among the runs; the weekdays of work.
    breaks: bool = False
    work_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    #: Runs of openings on these weekdays: seconds after midnight (0: at any hour), length in seconds, share of a day's.
    runs: tuple[tuple[int, int, float], ...] = ()
    run_days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    #: Whether the runs are replies.
    runs_reply: bool = False
    #: The weekday of the one post a week; its replies follow for two hours.
    posting_day: int | None = None
    #: The openings of a device that comes with the occasion, as a share of the first one's; whether it replaces the
    #: first one; whether both are of one source; and whether it was there from the beginning instead.
    second_device: float = 0.0
    replaces: bool = False
    one_source: bool = False
    always_two: bool = False
    #: For a week the clock is so many hours off, because its zone was not noted.
    west: float = 0.0
    #: The share of lengths that are estimated.
    estimated: float = 0.0
    #: How busy the days are from the occasion on: for so many days, so many times as busy as else. Whether they are
    #: spent in bed, and how many posts they have.
    busy: tuple[tuple[int, float], ...] = ()
    in_bed: bool = False
    launches: int = 0
    #: How busy the weeks are, in turn.
    rota: tuple[float, ...] = (1.0,)
    #: The share of evenings on which somebody else uses the device as well.
    guest: float = 0.0
    #: For a month from the occasion on the days are quiet, the evenings long, and one is up before dawn.
    fasting: bool = False
    #: From the occasion on, how often one is up in the night.
    up_at_night: float = 0.0
    #: For a fortnight from the occasion on, the share of hours of which nothing was recorded.
    lost: float = 0.0
    #: From the occasion on the hours of working days are others.
    new_job: bool = False
    #: The share of days without any opening, of days whose evening is not logged, and of days not logged at all.
    off: float = 0.0
    half: float = 0.0
    missing: float = 0.0
    #: The level goes up and down over half a year, by so much (as logs).
    season: float = 0.0
    #: Whether everything was recorded by hand, each opening for itself; and else, whether the source knows when the
    #: screen went dark.
    by_hand: bool = False
    dark: bool = False
    #: The mean number of apps used in turn in one unbroken use; 0: as few as usual.
    switching: float = 0.0


WORLDS: dict[str, World] = {
    world.name: world
    for world in (
        World(
            "A",
            "Every day is as busy as any other; rounds come by chance at the person's own hours.",
            days="A",
            by_hand=True,
        ),
        World("C", "Each day resembles the one before, and weekends are busier; rounds come by chance."),
        World("B", "Long rounds of openings, on uneven days in any order.", "B", (0.6, 0.6)),
        World("shifts", "Shift work: one week by day, the next by night.", weeks=(0.0, 8.0)),
        World("told shifts", "Shift work, and both sleeps declared.", weeks=(0.0, 8.0), told=True),
        World(
            "breaks",
            "A workplace with breaks at 10:30, 13:00 and 16:00, in which the phone is taken out.",
            breaks=True,
            runs=((37_800, 900, 0.10), (46_800, 1800, 0.16), (57_600, 900, 0.10)),
            run_days=(0, 1, 2, 3, 4),
        ),
        World(
            "commute",
            "A train at 7:50 and one at 18:10, five days a week.",
            runs=((28_200, 1500, 0.14), (65_400, 1500, 0.14)),
            run_days=(0, 1, 2, 3, 4),
        ),
        World(
            "comments",
            "Comments are answered in one or two runs a day, at any hour.",
            runs=((0, 1200, 0.2), (0, 1200, 0.2)),
            runs_reply=True,
        ),
        World("posting day", "One post a week, on Tuesdays, and its replies.", posting_day=1),
        World("second device", "From some day on a second device is logged as well.", second_device=0.8),
        World("six hours west", "A week six hours west, the zone not noted.", west=6.0),
        World("browser only", "Nothing but a browser's history, 60 % of the lengths estimated.", estimated=0.6),
        World("holiday", "A week with almost no use, in the middle.", busy=((7, 0.05),)),
        World("days off", "Two days of seven without any use, on no fixed days.", off=2 / 7),
        World("uneven hours", "No two days have the same hours.", irregular=1.5, lumpy=0.6),
        World(
            "late weekends", "Later to bed and up on Fridays and Saturdays.", late=(0.0, 0.0, 0.0, 0.0, 1.0, 2.5, 1.0)
        ),
        World("season", "A slow change of level, up and down over half a year.", season=0.25),
        World("half-logged", "One day in three without its evening, one in ten not at all.", half=0.33, missing=0.1),
        World(
            "app switching", "A phone whose dark screens are known: apps alternate in one unbroken use.", switching=5.0
        ),
        World("dark screens", "A phone whose dark screens are known, used as in world C.", dark=True),
        World(
            "new job", "From some day on a new job: less by day, more in the evening, up an hour earlier.", new_job=True
        ),
        World("sick week", "A week ill in bed, with the phone.", busy=((7, 1.8),), in_bed=True),
        World(
            "launch day",
            "One day with a launch: three posts, their replies, four times as busy.",
            busy=((1, 4.0),),
            launches=3,
        ),
        World(
            "launch week",
            "A week with a launch: three posts a day, their replies, twice as busy.",
            busy=((7, 2.0),),
            launches=3,
        ),
        World(
            "on call",
            "Comments are answered one week in four, at any hour: twice as busy.",
            rota=(1.0, 1.0, 1.0, 2.0),
        ),
        World("exams", "A fortnight with a third of the use, and then as before.", busy=((14, 0.33),)),
        World(
            "part-time job",
            "A job on Tuesdays and Thursdays, with a break at 12:30.",
            breaks=True,
            work_days=(1, 3),
            runs=((45_000, 1800, 0.2),),
            run_days=(1, 3),
        ),
        World("Ramadan", "A month of quiet days, long evenings and a meal before dawn.", fasting=True),
        World(
            "newborn",
            "From some day on a baby: up twice a night, and no two days have the same hours.",
            up_at_night=2.0,
            irregular=0.7,
            lumpy=0.6,
        ),
        World("shared laptop", "A laptop that somebody else uses too, two evenings in five.", guest=0.4),
        World("lost hours", "A fortnight in which the phone recorded every second hour only.", lost=0.5),
        World(
            "desktop to phone",
            "From some day on a phone instead of a desktop, and more often.",
            second_device=1.5,
            replaces=True,
        ),
        World(
            "two screens",
            "A phone and a tablet of one source, whose dark screens are known.",
            second_device=0.6,
            one_source=True,
            always_two=True,
            dark=True,
        ),
        World(
            "tablet joins",
            "From some day on a tablet beside the phone, of the same source.",
            second_device=0.6,
            one_source=True,
            dark=True,
        ),
        World(
            "second Mac",
            "From some day on a second Mac, used as much as the first, of the same source.",
            second_device=1.0,
            one_source=True,
            dark=True,
        ),
        World(
            "second profile",
            "From some day on a second profile of the browser, 60 % of the lengths estimated.",
            second_device=0.6,
            one_source=True,
            estimated=0.6,
        ),
        World(
            "new phone",
            "From some day on a new phone in the place of the old one, of the same source.",
            second_device=1.0,
            replaces=True,
            one_source=True,
            dark=True,
        ),
        World(
            "moving about",
            "Another zone each month, not noted: six hours west, then three east.",
            weeks=(*(0.0,) * 4, *(6.0,) * 4, *(-3.0,) * 4),
        ),
    )
}
