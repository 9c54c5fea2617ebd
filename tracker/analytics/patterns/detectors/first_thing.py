"""`first_thing`: whether a channel is the first thing in the day.

**Definition.** Of the last 14 logged days on which the waking is known, those whose first opening comes at most 5 min
after it. Flagged if at least 11 of the 14 do.

**When somebody woke.** At the declared time; or up to 60 min before it, if that is when anything was recorded first.
Without a declared time, at the first sign of life after at least 4 h of silence: the start or end of anything recorded,
an opening or not.

**Decisions.**
- Without a declared time a day's waking is known only if something else than openings was recorded within 15 min of
  it. Where nothing else is recorded in the morning the first sign of life is always an opening, so each day would begin
  with one by definition.
- With a declared time the day needs no opening to be known: it was logged, and nothing was opened.
- An opening more than 60 min before the declared waking is one of the night, not the first of the morning; the first
  opening is looked for from there on.
- The running day is known once 5 min have gone since its waking.

**How it was tested** (`python -m tests.studies`, 400 months of each kind, Wilson 95 % intervals; every table and the
lives meant are in docs/patterns.md). Months of 28 logged days in which it is raised; planted was: nine days of ten
begin so.

======  ===============  ===============  ===============  ==================  ===================
use     null A           null B           null C           planted, seen       at first, the worst
======  ===============  ===============  ===============  ==================  ===================
low     2.8 % (1.5–4.9)  2.2 % (1.2–4.2)  4.8 % (3.1–7.3)  95.5 % (93.0–97.1)  C: 12.2 %
middle  3.0 % (1.7–5.2)  3.0 % (1.7–5.2)  2.2 % (1.2–4.2)  95.0 % (92.4–96.7)  A: 10.8 %
high    4.0 % (2.5–6.4)  2.5 % (1.4–4.5)  2.0 % (1.0–3.9)  94.5 % (91.8–96.3)  B: 11.0 %
======  ===============  ===============  ===============  ==================  ===================

Of all kinds of people it is to be silent on, the worst raise it in 4.8 % (3.1–7.3) of months; as first defined, 12.2 %
(9.4–15.8).

**What was changed and why.** As first defined 10 of the 14 were enough: of somebody who opens something first on every
other day, up to 12 % of fortnights were flagged; 11 leave 3 to 5 %. And a record at any time of the day was enough for
an undeclared waking to be known: who records nothing else before noon was flagged in almost every fortnight, and so
were both real phones. Such mornings are unknown now, and the waking time is asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import compress, islice
from operator import sub
from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.finding import Chart, Finding, found, missing
from tracker.analytics.patterns.openings import Openings
from tracker.analytics.patterns.pattern import Headline, Pattern, Threshold
from tracker.analytics.patterns.window import in_window
from tracker.analytics.statistics.middle import median
from tracker.calendar.days import Wall, next_date
from tracker.calendar.zones import DAY
from tracker.formatting.numbers import round_half_up
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.log import Log
    from tracker.analytics.patterns.openings import Opening

NAME = "first_thing"
DAYS = 14
#: Days that begin so before it is flagged.
FIRST = 11
#: First thing: at most so many seconds after waking.
WITHIN = 300
#: Silence that is sleep, in seconds.
SILENCE = 4 * 3600
#: A waking that was not declared is one if something else than an opening was recorded so soon after it, in seconds.
SOON = 900
#: Waking may come so many seconds before its declared time.
EARLY = 3600
#: Minutes at which the picture ends.
LATE = 60


class Morning(NamedTuple):
    """When a day's waking was, and the first opening from then on, if there was any."""

    date: str
    woke: int
    opening: Opening | None

    @property
    def first_thing(self) -> bool:
        """Whether that opening came with the waking."""
        return self.opening is not None and self.opening.start - self.woke <= WITHIN


def find(log: Log) -> Finding:
    """The last mornings, and how many of them began with an opening."""
    mornings = _mornings(log._replace(openings=Openings.of(log.openings)))
    if len(mornings) < DAYS:
        return _not_enough(log, [one.date for one in mornings])
    first = [one for one in mornings if one.first_thing]
    least = log.limit(NAME, "days", FIRST)
    flagged = len(first) >= least
    dates = [one.date for one in mornings]
    return found(
        NAME,
        flagged,
        _("on {count} of the last {days} logged days the first opening came at most 5 min after waking").format(
            count=len(first), days=DAYS
        ),
        dates,
        {
            "logged_days": DAYS,
            "days_first_thing": len(first),
            "median_minutes": _middle(mornings),
            "wakes_at": log.wakes_at,
        },
        sessions=tuple(id for one in first if one.opening for id in one.opening.session_ids) if flagged else (),
        margin=len(first) / least if flagged else 0.0,
        chart=Chart(
            _("minutes from waking to the first opening, at most {most}").format(most=LATE),
            tuple(dates),
            tuple(min(_minutes(one), LATE) for one in mornings),
        ),
    )


def _minutes(morning: Morning) -> float:
    return LATE if morning.opening is None else round_half_up((morning.opening.start - morning.woke) / 60, 1)


def _middle(mornings: Sequence[Morning]) -> float | None:
    opened = [_minutes(one) for one in mornings if one.opening]
    return median(opened) if opened else None


def _mornings(log: Log) -> list[Morning]:
    """The last DAYS logged days whose waking is known, oldest first."""
    found: list[Morning] = []
    for date in reversed(log.window):
        if log.wakes_at is None and _before_life(log, date):
            break
        openings = _of_day(log, date)
        woke = _declared(log, date, openings) if log.wakes_at is not None else _silent(log, date, openings)
        if woke is None:
            continue
        opening = next((one for one in openings if one.start >= woke), None)
        if opening or woke + WITHIN < log.now:
            found.append(Morning(date, woke, opening))
            if len(found) == DAYS:
                break
    return found[::-1]


def _before_life(log: Log, date: str) -> bool:
    """Whether nothing but openings was recorded up to that day: no earlier morning can be known then."""
    return not log.life or Wall.of(log.zone, log.starts_at).bounds(date)[1] + DAY <= log.life[0]


def _of_day(log: Log, date: str) -> Sequence[Opening]:
    """The openings of a day, each by its own clock."""
    first, stop = Wall.of(log.zone, log.starts_at).bounds(date)
    near = Openings.of(log.openings).between(first - DAY, stop + DAY)
    return in_window(log._replace(openings=near), [date])


def _declared(log: Log, date: str, openings: Sequence[Opening]) -> int:
    """The declared waking by the clock of the day, or the first sign of life in the hour before it."""
    assert log.wakes_at is not None, "it was declared"
    # A waking before the hour at which days start comes at a day's end, by the calendar on the next date.
    on = date if log.wakes_at >= log.starts_at else next_date(date)
    wakes = Wall.of(_zone(log, openings), log.wakes_at).bounds(on)[0]
    signs = [one.start for one in openings if one.start >= wakes - EARLY][:1]
    place = bisect_left(log.life, wakes - EARLY)
    return min([wakes, *signs, *log.life[place : place + 1]])


def _silent(log: Log, date: str, openings: Sequence[Opening]) -> int | None:
    """The first sign of life of the day after SILENCE; None where there is none, or nothing but openings on the day."""
    first, stop = Wall.of(_zone(log, openings), log.starts_at).bounds(date)
    other = log.life[bisect_left(log.life, first - SILENCE) : bisect_left(log.life, stop)]
    if not other or other[-1] < first:
        return None
    signs = [first - SILENCE, *_signs(log, other, first, stop)]
    silences = map(SILENCE.__le__, map(sub, islice(signs, 1, None), signs))
    woke = next((sign for sign in compress(islice(signs, 1, None), silences) if sign >= first), None)
    if woke is None:
        return None
    beside = bisect_left(other, woke)
    return woke if beside < len(other) and other[beside] - woke <= SOON else None


def _signs(log: Log, other: Sequence[int], first: int, stop: int) -> list[int]:
    """What tells of life from SILENCE before a day until its end, in order: others, and openings' starts and ends."""
    near = Openings.of(log.openings).between(first - DAY, stop)
    signs = sorted({*other, *near.starts, *(end for end in near.ends if end is not None)})
    return signs[bisect_right(signs, first - SILENCE) : bisect_left(signs, stop)]


def _zone(log: Log, openings: Sequence[Opening]) -> str:
    """Whose clock tells the day: that of its first opening, else the reader's."""
    return openings[0].zone if openings else log.zone


def _not_enough(log: Log, dates: Sequence[str]) -> Finding:
    more = DAYS - len(dates)
    days = ngettext("{days} more logged day", "{days} more logged days", more).format(days=more)
    figures = {"logged_days": len(dates), "days_needed": more}
    if log.wakes_at is None and len(log.window) >= DAYS:
        days = ngettext(
            "the time you wake up, or {n} more day on which something else is recorded",
            "the time you wake up, or {n} more days on which something else is recorded",
            more,
        ).format(n=more)
    return missing(NAME, dates, dict(figures), days)


PATTERN = Pattern(
    place=13,
    name=NAME,
    heading=N_("First thing in the day"),
    text=N_(
        "Days whose first opening comes at most 5 min after waking: at the declared time, up to an hour earlier if "
        "anything was recorded then; without a declared time, at the first sign of life after at least 4 h of silence, "
        "where something else than openings was recorded within 15 min of it. Flagged if there are at least {days} of "
        "the last 14."
    ),
    thresholds=(
        Threshold(N_("at least {value} of 14 days"), "O", "days", FIRST, 1, DAYS),
        Threshold(N_("at most 5 min after waking"), "P"),
    ),
    silent_before=N_("14 logged days on which the waking is known"),
    source=N_("product choice"),
    detect=find,
    headline=Headline("days_first_thing", N_("days begun with an opening out of 14")),
    figures={
        "logged_days": N_("logged days whose waking is known"),
        "days_first_thing": N_("days with an opening at most 5 min after"),
        "median_minutes": N_("minutes to the first opening, the middle one"),
        "wakes_at": N_("declared waking (s after midnight)"),
    },
    asks=("wakes_at",),
)
