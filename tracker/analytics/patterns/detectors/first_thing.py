"""`first_thing`: whether a channel is the first thing in the day.

**Definition.** Of the last 14 logged days on which the waking is known, those whose first opening comes at most 5 min
after it. Flagged if at least 12 of the 14 do.

**When somebody woke**, with a declared time: at that time, or up to 60 min before it, when anything was recorded first.
After a night whose weekday has sleep hours of its own, the end of those is the declared time. Where sleeps alternate it
is, of the declared time and their ends, the one with the longest quiet stretch before it. Who was up in the hours
before (at work by night, on a journey whose zone was not noted) did not wake up then: the waking is not known if the 4
h before it have no stretch of 2 h in which nothing was recorded.

Without a declared time: at the first sign of life after at least 4 h of silence (the start or end of anything recorded,
an opening or not). Something else than openings must have been recorded within 15 min of it.

The running day is known once 5 min have gone since its waking.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from tracker.analytics.exact_statistics import median
from tracker.analytics.patterns import pattern
from tracker.analytics.patterns.detector_input import DetectorInput, day_number, placed_openings
from tracker.analytics.patterns.openings import Opening, Openings
from tracker.calendar.days import SleepHours, WallClock, next_date, weekday
from tracker.domain.models import DAY, FOREVER
from tracker.domain.record import Record
from tracker.formatting.numbers import round_half_up
from tracker.locale import N_, _, plural
from tracker.settings import say_wanted

NAME = "first_thing"
DAYS = 14
#: Days that begin so before it is flagged.
FIRST = 12
#: First thing: at most so many seconds after waking.
WITHIN = 300
#: Silence that is sleep, in seconds.
SILENCE = 4 * 3600
#: Whoever woke up had so many seconds of silence within the SILENCE before: one opening in the night leaves as much.
ASLEEP = 2 * 3600
#: A waking that was not declared is one if something else than an opening was recorded so soon after it, in seconds.
SOON = 900
#: Waking may come so many seconds before its declared time.
EARLY = 3600
#: Minutes at which the chart ends.
LATE = 60


class Morning(Record):
    """A day's waking (UTC seconds), and the first opening from then on, if there was any."""

    date: str
    woke: int
    opening: Opening | None

    @property
    def first_thing(self) -> bool:
        """Whether that opening came with the waking."""
        return self.opening is not None and self.opening.start - self.woke <= WITHIN

    @property
    def minutes(self) -> float:
        """Minutes from waking to the first opening; LATE without one."""
        return LATE if self.opening is None else round_half_up((self.opening.start - self.woke) / 60, 1)


def find(log: DetectorInput) -> pattern.Finding:
    """The last mornings, and how many of them began with an opening."""
    mornings, up_before = _mornings(log)
    dates = [morning.date for morning in mornings]
    if len(mornings) < DAYS:
        more = DAYS - len(mornings)
        needs = pattern.more_days(more)
        if up_before >= more:
            needs = plural(
                up_before,
                "another waking time, or the zone you were in: on {n} of {days} logged days you were up for hours "
                "before it",
                "another waking time, or the zone you were in: on {n} of {days} logged days you were up for hours "
                "before it",
                days=len(mornings) + up_before,
            )
        if log.wakes_at is None and len(log.window) >= DAYS:
            needs = plural(
                more,
                "{waking}, or {n} more day on which something else is recorded",
                "{waking}, or {n} more days on which something else is recorded",
                waking=say_wanted(("wakes_at",))[0],
            )
        return pattern.not_enough(NAME, dates, {"logged_days": len(mornings), "days_needed": more}, needs)
    first = [morning for morning in mornings if morning.first_thing]
    least = log.limit(NAME, "days", FIRST)
    minutes = [morning.minutes for morning in mornings if morning.opening]
    return pattern.finding(
        NAME,
        len(first) >= least,
        _("on {count} of the last {days} logged days you opened a channel within 5 min of waking").format(
            count=len(first), days=DAYS
        ),
        dates,
        {
            "logged_days": DAYS,
            "days_first_thing": len(first),
            "median_minutes": median(minutes) if minutes else None,
            "wakes_at": log.wakes_at,
        },
        sessions=(id for morning in first if morning.opening for id in morning.opening.session_ids),
        margin=len(first) / least,
        chart=pattern.BarChart(
            _("minutes from waking to the first opening, at most {most}").format(most=LATE),
            tuple(dates),
            tuple(min(morning.minutes, LATE) for morning in mornings),
        ),
    )


def _mornings(log: DetectorInput) -> tuple[list[Morning], int]:
    """The last DAYS logged days whose waking is known, oldest first; and on how many others somebody was up before."""
    mornings: list[Morning] = []
    up_before = 0
    openings, wall_times = placed_openings(log)
    for date in reversed(log.window):
        day_begins, day_ends = WallClock.of(log.zone, log.starts_at).bounds(date)
        # Where nothing but openings was recorded up to a day, no earlier morning can be known.
        if log.wakes_at is None and (not log.life or day_ends + DAY <= log.life[0]):
            break
        first, stop = (bisect_left(openings.starts, at) for at in (day_begins - DAY, day_ends + DAY))
        number = day_number(date)
        places = [place for place, day in enumerate(wall_times.days[first:stop], first) if day == number]
        # The clock of a day is that of its first opening, else the reader's.
        zone = openings.zones[places[0]] if places else log.zone
        times = _wakes_at(log, date)
        if not times:
            woke = _observed_waking(log, date, zone)
        else:
            starts = [openings.starts[place] for place in places]
            wakings = [_declared_waking(log, wakes_at, date, zone, starts) for wakes_at in times]
            wakings = [woke for woke in wakings if woke <= log.now] or wakings[:1]
            near = Openings.of(log.openings).between(day_begins - DAY, day_ends + DAY)
            quiet = [_quiet_before(log, near, woke) for woke in wakings]
            if max(quiet) < ASLEEP:
                up_before += 1
                continue
            woke = wakings[quiet.index(max(quiet))]
        if woke is None:
            continue
        opening = next((openings[place] for place in places if openings.starts[place] >= woke), None)
        if opening or woke + WITHIN < log.now:
            mornings.append(Morning(date, woke, opening))
            if len(mornings) == DAYS:
                break
    return mornings[::-1], up_before


def _wakes_at(log: DetectorInput, date: str) -> list[int]:
    """The declared wakings of a day: after a night whose weekday has sleep hours of its own, where those end.

    Else the declared time, and where the other sleeps end that the night may have.
    """
    if log.wakes_at is None:
        return []
    if log.sleep is None:
        return [log.wakes_at]
    hours = SleepHours(*log.sleep)
    night = weekday(next_date(date, -1))
    own = [until for day, _begins, until in hours.on if day == night]
    if not own:
        return [log.wakes_at, *(until for _begins, until in hours.instead)]
    return own if own[0] != hours.until and own[0] >= log.starts_at else [log.wakes_at]


def _declared_waking(log: DetectorInput, wakes_at: int, date: str, zone: str, starts: Sequence[int]) -> int:
    """The declared waking by the clock of the day, or the first sign of life in the hour before it.

    `starts` are those of the day's openings.
    """
    # A waking before the hour at which days start comes at a day's end, by the calendar on the next date.
    on = date if wakes_at >= log.starts_at else next_date(date)
    wakes = WallClock.of(zone, wakes_at).bounds(on)[0]
    signs = [start for start in starts if start >= wakes - EARLY][:1]
    place = bisect_left(log.life, wakes - EARLY)
    return min([wakes, *signs, *log.life[place : place + 1]])


def _quiet_before(log: DetectorInput, near: Openings, woke: int) -> int:
    """For how many seconds at once nothing was recorded, within the SILENCE before a waking."""
    since = woke - SILENCE
    life = log.life[bisect_left(log.life, since) : bisect_left(log.life, woke)]
    times = (*near.starts, *(end for end in near.ends if end < FOREVER))
    signs = sorted({since, *life, *(time for time in times if since <= time < woke), woke})
    return max(after - before for before, after in pairwise(signs))


def _observed_waking(log: DetectorInput, date: str, zone: str) -> int | None:
    """The first sign of life of the day after SILENCE; None where there is none, or nothing but openings near it."""
    begins, ends = WallClock.of(zone, log.starts_at).bounds(date)
    since = begins - SILENCE
    others = log.life[bisect_left(log.life, since) : bisect_left(log.life, ends)]
    if not others or others[-1] < begins:
        return None
    openings = Openings.of(log.openings)
    earliest, first, stop = (bisect_left(openings.starts, at) for at in (begins - DAY, since, ends))
    known_ends = (end for end in openings.ends[earliest:stop] if since < end < ends)
    # Three runs that are almost in order: sorting them is merging them.
    signs = sorted([since, *others, *openings.starts[first:stop], *known_ends])
    for previous, woke in pairwise(signs[bisect_left(signs, begins) - 1 :]):  # from the last sign before the day
        if woke - previous >= SILENCE:
            place = bisect_left(others, woke)
            return woke if place < len(others) and others[place] - woke <= SOON else None
    return None


PATTERN = pattern.Pattern(
    place=13,
    name=NAME,
    heading=N_("First thing in the day"),
    plain=N_(
        "Days that begin with an opening within 5 min of waking. Flagged if there are {days} or more in the last 14."
    ),
    text=N_(
        "Days whose first opening comes at most 5 min after waking: at the declared time, or where another declared "
        "sleep ends if it was quieter before that, up to an hour earlier if anything was recorded then, and not where "
        "you were up in the 4 h before; without a declared time, at the first sign of life after at least 4 h of "
        "silence, where something else than openings was recorded within 15 min of it. Flagged if there are at least "
        "{days} of the last 14."
    ),
    thresholds=(
        pattern.Threshold(N_("at least {value} of 14 days"), "O", "days", FIRST, 1, DAYS),
        pattern.Threshold(N_("at most 5 min after waking"), "P"),
    ),
    silent_before=N_("14 logged days on which the waking is known"),
    source=N_("product choice"),
    detect=find,
    key_figure=pattern.KeyFigure("days_first_thing", N_("days begun with an opening out of 14")),
    figures={
        "logged_days": N_("logged days whose waking is known"),
        "days_first_thing": N_("days with an opening at most 5 min after"),
        "median_minutes": N_("minutes to the first opening, the middle one"),
        "wakes_at": N_("declared waking (s after midnight)"),
    },
    asks=("wakes_at",),
)
