"""`night`: openings in the middle of the declared sleep.

**Definition.** Of the last 14 logged nights that are over, those with an opening inside the declared sleep hours less
60 min at each edge, without a notification of its channel in the 5 min before. Flagged if there are at least 3.

A night belongs to the day on which the sleep begins, and is logged if that day is. Openings count by the wall clock
where they happened. Sleep of 2 h or less has no middle. Where no notifications were imported every opening counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.detector_input import NotificationTimes, day_number
from tracker.analytics.patterns.finding import BarChart, Finding, finding, not_enough
from tracker.analytics.patterns.openings import Openings
from tracker.analytics.patterns.pattern import KeyFigure, Pattern, Threshold
from tracker.calendar.days import WallClock
from tracker.calendar.zones import DAY
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.openings import Opening

NAME = "night"
NIGHTS = 14
#: Opened nights that are flagged.
OPENED = 3
#: So many seconds at either edge of the sleep hours do not count.
EDGE = 3600


class Sleep(NamedTuple):
    """The middle of the declared sleep: seconds after midnight it begins at, its length in seconds, the day's start."""

    begins: int
    lasts: int
    starts_at: int

    def night(self, instant: int, zone: str) -> tuple[int, bool]:
        """The number of the last night whose middle has begun, and whether the instant is still inside."""
        wall = WallClock.of(zone, self.starts_at)
        local = instant + wall.offset(instant)
        since = (local - self.begins) % DAY
        return (local - since - EDGE - self.starts_at) // DAY, since < self.lasts


def find(log: DetectorInput) -> Finding:
    """The last nights, and which of them were opened."""
    dates = log.window if log.days is None else log.last(NIGHTS + 1)
    lasts = 0
    if log.sleep:
        begins, until = log.sleep
        lasts = (until - begins) % DAY - 2 * EDGE
    if log.sleep is None or lasts <= 0:
        hours = _("your sleep hours, more than 2 h of them (`tracker config sleep 23:00-07:00`)")
        return _too_few(dates[-NIGHTS:], min(len(dates), NIGHTS), hours)
    sleep = Sleep((begins + EDGE) % DAY, lasts, log.starts_at)
    latest, still_inside = sleep.night(log.known_until, log.zone)
    nights = [date for date in dates if day_number(date) < latest + (not still_inside)][-NIGHTS:]
    if len(nights) < NIGHTS:
        return _too_few(nights, len(nights))
    by_night: dict[int, list[Opening]] = {day_number(date): [] for date in nights}
    notifications = NotificationTimes(log)
    for opening in Openings.of(log.openings).between((day_number(nights[0]) - 1) * DAY, log.now + 1):
        night, inside = sleep.night(opening.start, opening.zone)
        if inside and night in by_night and not notifications.shortly_before(opening.channel, opening.start):
            by_night[night].append(opening)
    openings = list(by_night.values())
    count, least = sum(map(bool, openings)), log.limit(NAME, "nights", OPENED)
    flagged = count >= least
    return finding(
        NAME,
        flagged,
        _("in {count} of the last {nights} logged nights something was opened in the middle of your sleep").format(
            count=count, nights=NIGHTS
        ),
        nights,
        {"nights": NIGHTS, "nights_opened": count, "openings": sum(map(len, openings))},
        sessions=tuple(id for night in openings for opening in night for id in opening.session_ids) if flagged else (),
        margin=count / least if flagged else 0.0,
        chart=BarChart(_("openings in the middle of the night"), tuple(nights), tuple(map(len, openings))),
    )


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
        "edge. Flagged if there are at least {nights} of the last 14 logged ones."
    ),
    thresholds=(
        Threshold(N_("at least {value} of 14 nights"), "P", "nights", OPENED, 1, NIGHTS),
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
