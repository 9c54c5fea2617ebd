"""`night`: openings in the middle of the declared sleep.

**Definition.** Of the last 14 logged nights that are over, those with an opening inside the declared sleep hours less
60 min at each edge, without a notification of its channel in the 5 min before. Flagged if there are at least 4.

**Still up, or up early.** An opening is not in the middle of somebody's sleep if signs of life lead from it back to the
evening, at most 60 min apart, or on to the morning, at most 90 min apart. It does not count.

**Asleep at another time** (a night shift, a journey whose zone was not noted, a late night). A night does not count if
a stretch without any sign of life, as long as the declared sleep less an hour,

- begins after the first of its openings, and at most half a day after the sleep; or
- ends before the last of at least two signs in the middle of the sleep, and begins at most half a day before it.

A stretch says nothing if most of the unopened nights have it too (work, a day without records), unless most of the up
to 49 logged nights before the 14 had not. A night does not count either if its morning did not come: without a sign of
life from the end of the middle to 90 min after the sleep, where most nights have one. Where four such nights would have
counted, the pattern cannot tell, and asks for the sleep hours or the zone.

**Several sleeps that alternate** (shifts). Each night is judged by the one in whose middle fewest half hours have a
sign of life. Where another one has less than twice as many it is not clear which it was, and an opened night counts as
one slept at another time.

A night belongs to the day on which the sleep begins, and is logged if that day is. Openings count by the wall clock
where they happened. Sleep of 2 h or less has no middle. Where no notifications were imported every opening counts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from tracker.analytics.patterns import pattern
from tracker.analytics.patterns.detector_input import DetectorInput, NotificationTimes, day_number
from tracker.analytics.patterns.openings import Opening, Openings
from tracker.calendar.days import SleepHours, WallClock
from tracker.domain.models import DAY, FOREVER, HOUR
from tracker.domain.record import Record
from tracker.locale import N_, _, plural

NAME = "night"
NIGHTS = 14
#: Opened nights that are flagged.
OPENED = 4
#: So many seconds at either edge of the sleep hours do not count.
EDGE = HOUR
HALF_HOUR = HOUR // 2
#: Signs of life so many seconds apart at most lead on to the morning: whoever is up early records little at first.
MORNING = 5400
#: Nights before the last ones that say what is usual, and the least of them that do.
EARLIER, LEAST_EARLIER = 49, 14
#: Sleep at another time is looked for in so many seconds before and after the middle of the declared one.
AROUND = 12 * HOUR


class Sleep(Record):
    """The middle of the declared sleep, night by night; `starts_at` is when days start, in seconds after midnight.

    `which` says for nights that may have several sleeps which one was quiet, else it is the first; `unclear` are the
    nights of which that cannot be told.
    """

    hours: SleepHours
    starts_at: int
    which: Mapping[int, int] = {}
    unclear: frozenset[int] = frozenset()

    def middle(self, number: int) -> tuple[int, int]:
        """When the middle of a night begins, in seconds of the wall clock since 1970, and its length in seconds."""
        return self.middles(number)[self.which.get(number, 0)]

    def middles(self, number: int) -> list[tuple[int, int]]:
        """(begin, length) as of `middle`, for each sleep that the night may have."""
        return [(begins + EDGE, lasts - 2 * EDGE) for begins, lasts in self.hours.nights(number, self.starts_at)]

    def as_slept(self, numbers: Iterable[int], signs: Sequence[int], zone: str) -> Sleep:
        """The sleep with the quietest one of each of these nights; `signs` of life are ascending instants."""
        if not self.hours.instead:
            return self
        offset_at = WallClock.of(zone, self.starts_at).offset
        which, unclear = {}, set()
        for number in numbers:
            lit = []
            for begins, lasts in self.middles(number):
                first = begins - offset_at(begins)
                inside = signs[bisect_left(signs, first) : bisect_left(signs, first + lasts)]
                lit.append(len({sign // HALF_HOUR for sign in inside}))
            which[number] = lit.index(min(lit))
            fewest, next_fewest, *_more = sorted(lit) if len(lit) > 1 else (0, 0)
            if fewest and next_fewest < 2 * fewest:
                unclear.add(number)
        return self._replace(which=which, unclear=frozenset(unclear))

    def is_over(self, number: int, instant: int, zone: str) -> bool:
        """Whether the middle of every sleep that the night may have is over."""
        local = instant + WallClock.of(zone, self.starts_at).offset(instant)
        return all(begins + lasts <= local for begins, lasts in self.middles(number))

    def lasts(self, number: int) -> int:
        """The length of a night's middle in seconds; 0 or less for a night that has none."""
        return self.middle(number)[1]

    def middle_around(self, opening: Opening) -> tuple[int, int]:
        """When the middle that an opening lies in begins and ends, in UTC seconds."""
        number, since = self.night(opening.start, opening.zone)
        begins = opening.start - since
        return begins, begins + self.lasts(number)

    def night(self, instant: int, zone: str) -> tuple[int, int]:
        """The number of the last night whose middle has begun, and the seconds since then."""
        local = instant + WallClock.of(zone, self.starts_at).offset(instant)
        number = (local - EDGE - self.starts_at) // DAY
        while (begins := self.middle(number)[0]) > local:
            number -= 1
        return number, local - begins


class Night(Record):
    """The openings that broke the middle of the sleep unasked, and whether the sleep seems to have moved."""

    broken: list[Opening]
    moved: bool


def find(log: DetectorInput) -> pattern.Finding:
    """The last nights, and which of them were opened."""
    dates = log.window if log.days is None else log.last(NIGHTS + 1)
    sleep = Sleep(SleepHours(*log.sleep), log.starts_at) if log.sleep else None
    lasts = max(lasts for number in range(7) for _begins, lasts in sleep.middles(number)) if sleep else 0
    if sleep is None or lasts <= 0:
        hours = _("sleep hours of more than 2 h (`tracker config sleep 23:00-07:00`)")
        return _too_few(dates[-NIGHTS:], min(len(dates), NIGHTS), hours)
    nights = [date for date in dates if sleep.is_over(day_number(date), log.known_until, log.zone)][-NIGHTS:]
    if len(nights) < NIGHTS:
        return _too_few(nights, len(nights))
    earlier = [date for date in log.logged_dates if date < nights[0]][-EARLIER:]
    by_night = _nights(log, sleep, nights, earlier)
    opened = [night for night in by_night if night.broken and not night.moved]
    moved = sum(bool(night.broken) for night in by_night) - len(opened)
    count, least = len(opened), log.limit(NAME, "nights", OPENED)
    figures: dict[str, pattern.Figure] = {
        "nights": NIGHTS,
        "nights_opened": count,
        "openings": sum(len(night.broken) for night in opened),
    }
    if count < least <= count + moved:
        needs = plural(
            moved,
            "other sleep hours, or the zone you were in: on {n} of the last {nights} logged nights you seem to have "
            "slept at another time",
            "other sleep hours, or the zone you were in: on {n} of the last {nights} logged nights you seem to have "
            "slept at another time",
            nights=NIGHTS,
        )
        return pattern.not_enough(NAME, nights, {**figures, "nights_needed": 0}, needs)
    return pattern.finding(
        NAME,
        count >= least,
        _("in {count} of the last {nights} logged nights something was opened in the middle of your sleep").format(
            count=count, nights=NIGHTS
        ),
        nights,
        figures,
        sessions=(id for night in opened for opening in night.broken for id in opening.session_ids),
        margin=count / least,
        chart=pattern.BarChart(
            _("openings in the middle of the night"),
            tuple(nights),
            tuple(0 if night.moved else len(night.broken) for night in by_night),
        ),
    )


def _nights(log: DetectorInput, sleep: Sleep, dates: Sequence[str], earlier: Sequence[str]) -> list[Night]:
    """The nights of these dates, compared with each other and with those of earlier dates."""
    middles: dict[int, list[Opening]] = {day_number(date): [] for date in dates}
    before = [*map(day_number, earlier)]
    openings = Openings.of(log.openings).between((min([*before, *middles]) - 1) * DAY, log.now + 1)
    # Three runs that are almost in order: sorting them is merging them.
    signs = sorted([*log.life, *openings.starts, *(end for end in openings.ends if end < FOREVER)])
    sleep = sleep.as_slept(middles, signs, log.zone)
    spans = {number: sleep.middle(number) for number in middles}
    openings = openings.since((min(middles) - 1) * DAY)
    for place, (start, zone) in enumerate(zip(openings.starts, openings.zones, strict=True)):
        local = start + WallClock.of(zone, log.starts_at).offset(start)
        latest = (local - EDGE - log.starts_at) // DAY
        for number in (latest, latest - 1):  # one of them is the last night whose middle has begun
            begins, lasts = spans.get(number, (local, 0))
            if begins <= local < begins + lasts:
                middles[number].append(openings[place])
                break
    notifications = NotificationTimes(log)
    others = [number for number, middle in middles.items() if not middle]
    nights = []
    for number, middle in middles.items():
        broken = [
            opening
            for opening in middle
            if not notifications.shortly_before(opening.channel, opening.start) and _asleep(opening, sleep, signs)
        ]
        usual = [[(other - number) * DAY for other in some] for some in (others, before)]
        if len(before) < LEAST_EARLIER:
            usual.pop()
        moved = bool(broken) and (
            number in sleep.unclear
            or _moved(middle, sleep, signs, usual, log.now)
            or _without_morning(middle[0], sleep, signs, [away for some in usual for away in some], log.now)
        )
        nights.append(Night(broken, moved))
    return nights


def _asleep(opening: Opening, sleep: Sleep, signs: Sequence[int]) -> bool:
    """Whether neither the signs of life before an opening lead back to the evening, nor those after it to the morning.

    Each sign is at most EDGE seconds from the next, and in the morning MORNING.
    """
    began, ends = sleep.middle_around(opening)
    place = bisect_left(signs, opening.start)
    earliest = latest = opening.start
    while place > 0 and earliest - signs[place - 1] <= EDGE and earliest >= began:
        place -= 1
        earliest = signs[place]
    place = bisect_right(signs, opening.start if opening.end is None else opening.end)
    while place < len(signs) and signs[place] - latest <= MORNING and latest < ends:
        latest = signs[place]
        place += 1
    return earliest >= began and latest < ends


def _moved(
    middle: Sequence[Opening], sleep: Sleep, signs: Sequence[int], usual: Sequence[Sequence[int]], now: int
) -> bool:
    """Whether an unusual stretch without signs of life, long enough for the sleep, lies beside its declared middle.

    `middle` are the openings in it, `signs` are ascending, `usual` are seconds from this night to some others each: a
    stretch is unusual if it is not quiet on more than half of any of these.
    """
    opened = middle[0].start
    began, ends = sleep.middle_around(middle[0])

    def is_quiet(since: int, until: int) -> bool:
        return bisect_right(signs, since) == bisect_left(signs, until)

    several = len(middle) > 1 or not (is_quiet(began, opened) and is_quiet(middle[0].end or opened, ends))
    around = signs[bisect_left(signs, began - AROUND) : bisect_right(signs, ends + AROUND)]
    return any(
        after - before >= ends - began + EDGE
        and (before >= opened or (several and after < ends))
        and any(2 * sum(is_quiet(before + away, after + away) for away in others) <= len(others) for others in usual)
        for before, after in pairwise((*around, min(now, ends + AROUND)))
    )


def _without_morning(opened: Opening, sleep: Sleep, signs: Sequence[int], others: Sequence[int], now: int) -> bool:
    """Whether the morning left no sign of life at the usual time, where most others did; `others` are the seconds to
    them."""
    _began, ends = sleep.middle_around(opened)
    until = ends + EDGE + MORNING

    def is_lively(away: int) -> bool:
        return bisect_left(signs, ends + away) < bisect_right(signs, until + away)

    return until <= now and not is_lively(0) and 2 * sum(map(is_lively, others)) > len(others)


def _too_few(nights: Sequence[str], count: int, *needs: str) -> pattern.Finding:
    more = NIGHTS - count
    if more:
        needs = (*needs, plural(more, "{n} more logged night", "{n} more logged nights"))
    return pattern.not_enough(NAME, nights, {"nights": count, "nights_needed": more}, *needs)


PATTERN = pattern.Pattern(
    place=12,
    name=NAME,
    heading=N_("At night"),
    plain=N_(
        "Nights when you opened a channel in the middle of your sleep, without a notification. Flagged if there are "
        "{nights} or more in the last 14."
    ),
    text=N_(
        "Nights with an opening that no notification asked for inside the declared sleep hours, less 60 min at each "
        "edge. Flagged if there are at least {nights} of the last 14 logged ones. An evening that goes on into those "
        "hours, or a morning that begins in them, does not count: openings and other records at most 60 min apart, in "
        "the morning 90. Where a quiet stretch as long as your sleep less an hour comes after such an opening, or "
        "before several of them, you seem to have slept at another time, and that night does not count; nor does one "
        "after which the morning left no sign by 90 min after your sleep, where most mornings do. If too many "
        "nights are like that, it asks for your sleep hours or the zone you were in. With several sleeps that "
        "alternate (shifts) each night is judged by the one that was quietest, if it clearly was."
    ),
    thresholds=(
        pattern.Threshold(N_("at least {value} of 14 nights"), "O", "nights", OPENED, 1, NIGHTS),
        pattern.Threshold(N_("60 min at each edge of the sleep hours do not count"), "P"),
    ),
    silent_before=N_("14 nights with declared sleep hours"),
    source=N_("Rod et al. 2018"),
    detect=find,
    key_figure=pattern.KeyFigure("nights_opened", N_("nights with an opening out of 14")),
    figures={
        "nights": N_("logged nights"),
        "nights_needed": N_("logged nights still needed"),
        "nights_opened": N_("nights with an opening"),
        "openings": N_("openings in them"),
    },
    asks=("sleep",),
)
