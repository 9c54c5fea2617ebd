"""`night`: openings in the middle of the declared sleep.

**Definition.** Of the last 14 logged nights that are over, those with an opening that no notification asked for inside
the declared sleep hours less 60 min at each edge. Flagged if there are at least 3.

**Decisions.**
- A night belongs to the day on which the sleep begins, and is logged if that day is: sleep from 23:00 on Thursday is
  Thursday's night, to Friday morning. What was opened there counts by the wall clock where it happened.
- *Unasked* is an opening without a notification of its channel in the 5 min before. Where no notifications were
  imported none is known, and every opening counts as unasked.
- As of a day that is past, its own night is not over: the day ends in the middle of it, and so does what is looked at.
- Sleep of 2 h or less has no middle.

**How it was tested** (`python -m tests.studies`, 400 months of each kind, Wilson 95 % intervals; every table and the
lives meant are in docs/patterns.md). Months of 28 logged days in which it is raised; planted was: every second night is
opened.

======  ===============  ===============  ===============  ==================
use     null A           null B           null C           planted, seen
======  ===============  ===============  ===============  ==================
low     1.8 % (0.9–3.6)  1.2 % (0.5–2.9)  1.8 % (0.9–3.6)  96.5 % (94.2–97.9)
middle  2.2 % (1.2–4.2)  2.5 % (1.4–4.5)  2.0 % (1.0–3.9)  98.5 % (96.8–99.3)
high    3.0 % (1.7–5.2)  1.5 % (0.7–3.2)  1.5 % (0.7–3.2)  98.8 % (97.1–99.5)
======  ===============  ===============  ===============  ==================

Of all kinds of people it is to be silent on, the worst raise it in 4.8 % (3.1–7.3) of months.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.finding import Chart, Finding, found, missing
from tracker.analytics.patterns.pattern import Headline, Pattern, Threshold
from tracker.analytics.patterns.window import Notified, day_number
from tracker.calendar.days import Wall
from tracker.calendar.zones import DAY
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.finding import Figure
    from tracker.analytics.patterns.log import Log
    from tracker.analytics.patterns.openings import Opening

NAME = "night"
NIGHTS = 14
#: Opened nights that are flagged.
OPENED = 3
#: So many seconds at either edge of the sleep hours are nobody's concern.
EDGE = 3600


class Sleep(NamedTuple):
    """The middle of the declared sleep: seconds after midnight it begins at, and how many it lasts."""

    begins: int
    lasts: int
    starts_at: int

    def night(self, instant: int, zone: str) -> tuple[int, bool]:
        """The number of the last night whose middle has begun, and whether the instant is still inside."""
        wall = Wall.of(zone, self.starts_at)
        local = instant + wall.offset(instant)
        since = (local - self.begins) % DAY
        return (local - since - EDGE - self.starts_at) // DAY, since < self.lasts


def find(log: Log) -> Finding:
    """The last nights, and which of them were opened."""
    sleep = _middle(log)
    dates = log.window if log.days is None else log.last(NIGHTS + 1)
    if sleep is None:
        return _not_enough(
            dates[-NIGHTS:],
            min(len(dates), NIGHTS),
            _("your sleep hours, more than 2 h of them (`tracker config sleep 23:00-07:00`)"),
        )
    latest, still = sleep.night(log.known_until, log.zone)
    nights = [date for date in dates if day_number(date) < latest + (not still)][-NIGHTS:]
    if len(nights) < NIGHTS:
        return _not_enough(nights, len(nights))
    by_night = _by_night(log, sleep, day_number(nights[0]))
    opened = [by_night.get(day_number(date), ()) for date in nights]
    count, least = sum(map(bool, opened)), log.limit(NAME, "nights", OPENED)
    flagged = count >= least
    figures: dict[str, Figure] = {
        "nights": NIGHTS,
        "nights_opened": count,
        "openings": sum(map(len, opened)),
    }
    return found(
        NAME,
        flagged,
        _("in {count} of the last {nights} logged nights something was opened in the middle of your sleep").format(
            count=count, nights=NIGHTS
        ),
        nights,
        figures,
        sessions=tuple(id for night in opened for one in night for id in one.session_ids) if flagged else (),
        margin=count / least if flagged else 0.0,
        chart=Chart(_("openings in the middle of the night"), tuple(nights), tuple(map(len, opened))),
    )


def _middle(log: Log) -> Sleep | None:
    if log.sleep is None:
        return None
    begins, until = log.sleep
    lasts = (until - begins) % DAY - 2 * EDGE
    return Sleep((begins + EDGE) % DAY, lasts, log.starts_at) if lasts > 0 else None


def _by_night(log: Log, sleep: Sleep, first: int) -> dict[int, list[Opening]]:
    """The unasked openings in the middle of each night, from the night of this number on."""
    notified = Notified(log)
    nights: dict[int, list[Opening]] = {}
    for one in log.openings[bisect_left(log.openings, (first - 1) * DAY, key=_start) :]:
        night, inside = sleep.night(one.start, one.zone)
        if inside and one.start <= log.now and not notified.before(one.channel, one.start):
            nights.setdefault(night, []).append(one)
    return nights


def _start(opening: Opening) -> int:
    return opening.start


def _not_enough(nights: Sequence[str], count: int, *needs: str) -> Finding:
    more = NIGHTS - count
    if more:
        needs = (*needs, ngettext("{n} more logged night", "{n} more logged nights", more).format(n=more))
    return missing(NAME, nights, {"nights": count, "nights_needed": more}, *needs)


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
    headline=Headline("nights_opened", N_("nights with an opening out of 14")),
    figures={
        "nights": N_("logged nights"),
        "nights_needed": N_("logged nights still needed"),
        "nights_opened": N_("nights with an opening"),
        "openings": N_("openings in them"),
    },
    asks=("sleep",),
)
