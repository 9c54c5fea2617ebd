"""`night`: openings in the middle of the declared sleep.

**Definition.** Of the last 14 logged nights that are over, those with an opening inside the declared sleep hours less
60 min at each edge, without a notification of its channel in the 5 min before. Flagged if there are at least 4.

Somebody who is still up, or up early, opens nothing in the middle of their sleep: an opening at most 60 min after
another sign of life does not count where such steps lead back to the evening, nor where they lead on to the morning.

Somebody who slept at another time (a night shift, a journey whose zone was not noted) is quiet at other hours of the
day after such nights. Where the opened nights have 1.5 openings or more on average in the middle of the sleep, and any
stretch as long as the whole sleep has at most half of the openings there that it has after the other nights, p < .05
(Poisson), the pattern cannot tell, and asks for the sleep hours or the zone. With 2 openings a night 0.7 of them and
p < .2 are enough. It also cannot tell where nearly every night was opened and some stretch of the day is quieter than
the sleep.

A night belongs to the day on which the sleep begins, and is logged if that day is. Openings count by the wall clock
where they happened. Sleep of 2 h or less has no middle. Where no notifications were imported every opening counts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.detector_input import NotificationTimes, day_number
from tracker.analytics.patterns.finding import BarChart, Finding, finding, not_enough
from tracker.analytics.patterns.openings import Openings
from tracker.analytics.patterns.pattern import KeyFigure, Pattern, Threshold
from tracker.analytics.statistics.distributions import poisson_sf
from tracker.calendar.days import WallClock
from tracker.calendar.sleep_hours import SleepHours
from tracker.calendar.zones import DAY
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.finding import Figure
    from tracker.analytics.patterns.openings import Opening

NAME = "night"
NIGHTS = 14
#: Opened nights that are flagged.
OPENED = 4
#: So many seconds at either edge of the sleep hours do not count.
EDGE = 3600
HOUR = 3600
#: Days after other nights that are enough to compare with.
COMPARED = 4
#: From so many openings a night on average: a stretch of the day after is quieter with at most this share of what it
#: has after other nights, and at most this chance of so few. One opening a night is a look, several may be somebody up.
QUIETER = ((2.0, 0.7, 0.2), (1.5, 0.5, 0.05))
AWAKE = QUIETER[-1][0]


class Sleep(NamedTuple):
    """The middle of the declared sleep, night by night; `starts_at` is when days start, in seconds after midnight."""

    hours: SleepHours
    starts_at: int

    def middle(self, number: int) -> tuple[int, int]:
        """When the middle of a night begins, in seconds of the wall clock since 1970, and its length in seconds."""
        begins, lasts = self.hours.night(number, self.starts_at)
        return begins + EDGE, lasts - 2 * EDGE

    def lasts(self, number: int) -> int:
        """The length of a night's middle in seconds; 0 or less for a night that has none."""
        return self.middle(number)[1]

    def night(self, instant: int, zone: str) -> tuple[int, int]:
        """The number of the last night whose middle has begun, and the seconds since then."""
        local = instant + WallClock.of(zone, self.starts_at).offset(instant)
        number = (local - EDGE - self.starts_at) // DAY
        while (begins := self.middle(number)[0]) > local:
            number -= 1
        return number, local - begins


class Night(NamedTuple):
    """The openings in the middle of the sleep, those among them that broke it unasked, and the others of the 24 hours.

    The others are seconds since the middle of the sleep began.
    """

    middle: list[Opening]
    broken: list[Opening]
    day: list[int]


def find(log: DetectorInput) -> Finding:
    """The last nights, and which of them were opened."""
    dates = log.window if log.days is None else log.last(NIGHTS + 1)
    sleep = Sleep(SleepHours(*log.sleep), log.starts_at) if log.sleep else None
    lasts = max(map(sleep.lasts, range(7))) if sleep else 0
    if sleep is None or lasts <= 0:
        hours = _("your sleep hours, more than 2 h of them (`tracker config sleep 23:00-07:00`)")
        return _too_few(dates[-NIGHTS:], min(len(dates), NIGHTS), hours)
    latest, since = sleep.night(log.known_until, log.zone)
    nights = [date for date in dates if day_number(date) < latest + (since >= sleep.lasts(latest))][-NIGHTS:]
    if len(nights) < NIGHTS:
        return _too_few(nights, len(nights))
    by_night = _nights(log, sleep, nights)
    opened = [night for night in by_night if night.broken]
    count, least = len(opened), log.limit(NAME, "nights", OPENED)
    figures: dict[str, Figure] = {
        "nights": NIGHTS,
        "nights_opened": count,
        "openings": sum(len(night.broken) for night in by_night),
    }
    # The day after the last night is still going on.
    if count >= least and _slept_elsewhere(by_night[:-1], lasts):
        needs = ngettext(
            "other sleep hours, or the zone you were in: on {n} of the last {nights} logged nights you seem to have "
            "slept at another time",
            "other sleep hours, or the zone you were in: on {n} of the last {nights} logged nights you seem to have "
            "slept at another time",
            count,
        )
        return not_enough(NAME, nights, {**figures, "nights_needed": 0}, needs.format(n=count, nights=NIGHTS))
    flagged = count >= least
    return finding(
        NAME,
        flagged,
        _("in {count} of the last {nights} logged nights something was opened in the middle of your sleep").format(
            count=count, nights=NIGHTS
        ),
        nights,
        figures,
        sessions=tuple(id for night in opened for one in night.broken for id in one.session_ids) if flagged else (),
        margin=count / least if flagged else 0.0,
        chart=BarChart(
            _("openings in the middle of the night"), tuple(nights), tuple(len(night.broken) for night in by_night)
        ),
    )


def _nights(log: DetectorInput, sleep: Sleep, dates: Sequence[str]) -> list[Night]:
    """The nights of these dates."""
    by_number = {day_number(date): Night([], [], []) for date in dates}
    openings = Openings.of(log.openings).between((day_number(dates[0]) - 1) * DAY, log.now + 1)
    for opening in openings:
        number, since = sleep.night(opening.start, opening.zone)
        if night := by_number.get(number):
            if since < sleep.lasts(number):
                night.middle.append(opening)
            else:
                night.day.append(since)
    signs = sorted({*log.life, *openings.starts, *(end for end in openings.ends if end is not None)})
    notifications = NotificationTimes(log)
    for night in by_number.values():
        night.broken.extend(
            opening
            for opening in night.middle
            if not notifications.shortly_before(opening.channel, opening.start) and _asleep(opening, sleep, signs)
        )
    return list(by_number.values())


def _asleep(opening: Opening, sleep: Sleep, signs: Sequence[int]) -> bool:
    """Whether neither the signs of life before an opening lead back to the evening, nor those after it to the morning.

    Each sign is at most EDGE seconds from the next.
    """
    number, since = sleep.night(opening.start, opening.zone)
    began, ends = opening.start - since, opening.start - since + sleep.lasts(number)
    place = bisect_left(signs, opening.start)
    earliest = latest = opening.start
    while place > 0 and earliest - signs[place - 1] <= EDGE and earliest >= began:
        place -= 1
        earliest = signs[place]
    place = bisect_right(signs, opening.start if opening.end is None else opening.end)
    while place < len(signs) and signs[place] - latest <= EDGE and latest < ends:
        latest = signs[place]
        place += 1
    return earliest >= began and latest < ends


def _slept_elsewhere(nights: Sequence[Night], lasts: int) -> bool:
    """Whether the days after the opened nights say that the sleep was at another time."""
    opened = [night for night in nights if night.broken]
    others = [night for night in nights if not night.middle]
    middle = sum(len(night.middle) for night in opened)
    if middle < AWAKE * len(opened):
        return False
    quieter, p = next(limits for least, *limits in QUIETER if middle >= least * len(opened))
    whole = lasts + 2 * EDGE
    for begin in range(lasts + EDGE, DAY - EDGE - whole, HOUR):
        after, usual = (
            sum(begin <= at < begin + whole for night in some for at in night.day) for some in (opened, others)
        )
        if len(others) >= COMPARED:
            expected = usual * len(opened) / len(others)
            if after <= quieter * expected and 1 - poisson_sf(after, expected) < p:
                return True
        elif after < middle:
            return True
    return False


def _too_few(nights: Sequence[str], count: int, *needs: str) -> Finding:
    more = NIGHTS - count
    if more:
        needs = (*needs, ngettext("{n} more logged night", "{n} more logged nights", more).format(n=more))
    return not_enough(NAME, nights, {"nights": count, "nights_needed": more}, *needs)


PATTERN = Pattern(
    place=12,
    name=NAME,
    heading=N_("At night"),
    text=N_(
        "Nights with an opening that no notification asked for inside the declared sleep hours, less 60 min at each "
        "edge. Flagged if there are at least {nights} of the last 14 logged ones. An evening that goes on into those "
        "hours, or a morning that begins in them, does not count: openings and other records at most 60 min apart. "
        "Where the days after such nights have a quiet stretch that other days do not have, you seem to have slept at "
        "another time: then it cannot tell, and asks for your sleep hours or the zone you were in."
    ),
    thresholds=(
        Threshold(N_("at least {value} of 14 nights"), "O", "nights", OPENED, 1, NIGHTS),
        Threshold(N_("60 min at each edge of the sleep hours do not count"), "P"),
    ),
    silent_before=N_("14 nights with declared sleep hours"),
    source=N_("Rod et al. 2018"),
    detect=find,
    key_figure=KeyFigure("nights_opened", N_("nights with an opening out of 14")),
    figures={
        "nights": N_("logged nights"),
        "nights_needed": N_("logged nights still needed"),
        "nights_opened": N_("nights with an opening"),
        "openings": N_("openings in them"),
    },
    asks=("sleep",),
)
