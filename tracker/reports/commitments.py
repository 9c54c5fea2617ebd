"""How each commitment of a week went, read from the log where it can be.

A day that was not logged is unknown, never kept and never broken; a day to come is neither. Whether a commitment was
*kept* is said once nothing that is still unknown or to come could change it: three calls of three are kept on
Wednesday, at most thirty minutes a day is broken by the first day over it, and held up by a day nobody logged.

What lies before a commitment was made, for a week that ran already, is neither kept nor broken: posts, plans, pauses
and what a week's sum is made of count from that moment on, whole days from the next one on, and nights where their
middle was still to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.habits.habit_days import CLOCKS
from tracker.analytics.patterns.detector_input import day_number
from tracker.analytics.patterns.detectors.night import EDGE, Sleep
from tracker.analytics.patterns.openings import MERGE_GAP
from tracker.calendar.days import day_of, next_date
from tracker.calendar.weeks import week_dates
from tracker.domain.models import MEASURES, over_plan
from tracker.reports import pauses
from tracker.reports.gather import gather
from tracker.reports.measure import measured
from tracker.reports.reach import widest
from tracker.reports.week import first_weekday
from tracker.storage import commitments as table
from tracker.storage import session_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.domain.models import Commitment
    from tracker.reports.gather import Gathered
    from tracker.reports.slices import Slice
    from tracker.settings import Settings
    from tracker.storage import Journal

#: The activity that is a post.
PUBLISH = "publish"

_DAY = 86_400


class Result(NamedTuple):
    """How a commitment went: on `done` of `of` days (or posts, or plans), or `value` against the target of the week.

    `unknown` days are over and were not logged, `ahead` are still to come (or posts whose time is not over). `kept` is
    None while it is not settled. All but `kept` are empty for one that the log cannot tell.
    """

    commitment: Commitment
    done: int | None = None
    of: int | None = None
    value: float | None = None
    unknown: int = 0
    ahead: int = 0
    kept: bool | None = None


class _Span(NamedTuple):
    """The week that is looked at, and from where; `dates` are the days of it that a commitment is judged on."""

    journal: Journal
    settings: Settings
    week: Sequence[str]
    dates: Sequence[str]
    today: str
    zone: str
    now: int
    #: What was gathered until which day: several commitments look at the same.
    known: dict[str, Gathered]
    #: The instant the commitment was made at: what began before it does not count.
    since: int = 0

    def of(self, one: Commitment, *, whole_days: bool = False) -> _Span:
        """What is left of the week for a commitment since it was made: `whole_days` begin on the next one."""
        made = self._day(one.at)
        dates = [date for date in self.week if (date > made if whole_days else date >= made)]
        return self._replace(dates=dates, since=0 if whole_days else one.at)

    def _day(self, instant: int) -> str:
        return day_of(instant, self.zone, self.settings.day_starts_at)

    def gathered(self, more: int = 0) -> Gathered:
        """What was recorded in the week, and so many days after it."""
        return self.until(next_date(self.week[-1], more))

    def until(self, last: str) -> Gathered:
        """What was recorded from the week's first day to that one."""
        if last not in self.known:
            self.known[last] = gather(self.journal, self.settings, self.week[0], last, zone=self.zone, now=self.now)
        return self.known[last]

    @property
    def ahead(self) -> int:
        """How many of the days are not over."""
        return sum(date >= self.today for date in self.dates)


def results(journal: Journal, settings: Settings, week: str, *, zone: str, now: int) -> tuple[Result, ...]:
    """The commitments for a week and how each went, or stands, at `now`."""
    with journal.snapshot():
        found = table.of_week(journal, week)
        return results_of(journal, settings, found, week, zone=zone, now=now) if found else ()


def results_of(
    journal: Journal, settings: Settings, found: Sequence[Commitment], week: str, *, zone: str, now: int
) -> tuple[Result, ...]:
    """The same for commitments given, such as ones only being thought of, as that week would have shown them."""
    dates = week_dates(week, first_weekday(settings))
    span = _Span(journal, settings, dates, dates, day_of(now, zone, settings.day_starts_at), zone, now, {})
    return tuple(_result(span, one) for one in found)


def _result(span: _Span, one: Commitment) -> Result:
    special = {"after_posting": _after_posting, "plan_kept": _plans_kept, "pauses_kept": _pauses_kept}
    if one.measure is None or one.target is None:
        return Result(one, kept=one.kept)
    if one.measure == "night_openings":
        return _nights(span, one)
    adds_up = one.measure in special or (one.per == "week" and one.measure not in CLOCKS)
    left = span.of(one, whole_days=not adds_up)
    if not left.dates or one.measure not in {*special, *MEASURES}:
        return Result(one)
    if one.measure in special:
        return special[one.measure](left, one)
    values = _by_ring(left, one) if one.ring else _measured(left, one)
    return _in_all(left, one, values) if adds_up else _by_day(left, one, values)


def _measured(span: _Span, one: Commitment) -> dict[str, float | None]:
    assert one.measure is not None, "asked for what is measured"
    wanted = one.measure, one.channel
    last = min(span.week[-1], span.today)
    if last < span.week[0]:
        return {}
    values = measured(span.journal, span.settings, [wanted], _since(span, span.until(last)), zone=span.zone)[wanted]
    return {date: value for date, value in values.items() if date in span.dates}


def _since(span: _Span, gathered: Gathered) -> Gathered:
    """What began since the commitment was made; which days were logged is told all the same."""
    return gathered._replace(
        slices=gathered.slices.since(span.since),
        urges=[(date, urge) for date, urge in gathered.urges if urge.at >= span.since],
    )


def _by_ring(span: _Span, one: Commitment) -> dict[str, float | None]:
    """Talks on the commitment's ring, by logged day."""
    gathered = _since(span, span.gathered())
    found: dict[str, float | None] = {date: 0.0 for date in span.dates if date in gathered.logged}
    for part in gathered.slices:
        met = gathered.channels[part.channel].kind == "in_person" and part.begins
        if met and part.date in found and session_table.get(span.journal, part.id).ring == one.ring:
            found[part.date] = (found[part.date] or 0.0) + 1
    return found


def _in_all(span: _Span, one: Commitment, values: dict[str, float | None]) -> Result:
    total = sum(value or 0.0 for value in values.values())
    unknown = sum(date < span.today and date not in values for date in span.dates)
    return _weighed(one, total, unknown, span.ahead)


def _weighed(one: Commitment, total: float, unknown: int, ahead: int) -> Result:
    """A week's sum against its target."""
    enough = one.kind == "at_least"
    settled = total >= (one.target or 0) if enough else total > (one.target or 0)
    kept = enough if settled else None if unknown or ahead else not enough
    return Result(one, value=total, unknown=unknown, ahead=ahead, kept=kept)


def _by_day(span: _Span, one: Commitment, values: dict[str, float | None]) -> Result:
    held: list[bool] = []
    unknown = ahead = 0
    for date in span.dates:
        if date > span.today:
            ahead += 1
        elif date == span.today:
            now = _settled_today(one, values.get(date))
            held += [] if now is None else [now]
            ahead += now is None
        elif date not in values:
            unknown += 1
        else:
            held.append(_holds(one, values[date]))
    return _counted(one, held, unknown, ahead)


def _counted(one: Commitment, held: Sequence[bool], unknown: int, ahead: int) -> Result:
    """So many of so many; nothing of nothing settles nothing."""
    done = sum(held)
    kept = False if done < len(held) else None if unknown or ahead or not held else True
    return Result(one, done, len(held), None, unknown, ahead, kept)


def _holds(one: Commitment, value: float | None) -> bool:
    """A logged day; one without an opening has none too early and none too late."""
    if value is None:
        return True
    return value >= (one.target or 0) if one.kind == "at_least" else value <= (one.target or 0)


def _settled_today(one: Commitment, value: float | None) -> bool | None:
    """What the rest of today cannot change any more; None where it can."""
    if value is None:
        return None
    if one.measure == "first_opening":
        return _holds(one, value)
    return _holds(one, value) if _holds(one, value) == (one.kind == "at_least") else None


def _after_posting(span: _Span, one: Commitment) -> Result:
    """Posts after which nothing was opened for so many minutes; what is published again is no look."""
    gathered = span.gathered(1)
    social = [part for part in gathered.slices if part.start == part.opened
              and gathered.channels[part.channel].kind == "social"]  # fmt: skip
    held: list[bool] = []
    ahead = 0
    for post in social:
        if post.activity != PUBLISH or post.lasted is None or not _counts(span, post):
            continue
        end = post.opened + post.lasted
        until = end + round(60 * (one.target or 0))
        if any(_looks(part, post, end, until) and one.channel in (None, part.channel) for part in social):
            held.append(False)
        elif until > span.now:
            ahead += 1
        else:
            held.append(True)
    return _counted(one, held, _unlogged(span, gathered), ahead + span.ahead)


def _counts(span: _Span, part: Slice) -> bool:
    """Whether an opening is one that the commitment is judged on."""
    return part.date in span.dates and part.opened >= span.since


def _looks(part: Slice, post: Slice, end: int, until: int) -> bool:
    """Whether this opening looks back at the post that ended; going on at once on its channel is the same opening."""
    begins = end + MERGE_GAP if part.channel == post.channel else end - 1
    return part.activity != PUBLISH and begins < part.start <= until


def _plans_kept(span: _Span, one: Commitment) -> Result:
    """Planned sessions that began in the week and ended in time; kept as a share of them."""
    gathered = span.gathered()
    bounds = widest(span.journal, span.week[0], span.week[-1], span.zone, span.settings.day_starts_at)
    plans = session_table.planned(span.journal, *bounds)
    held = [
        not over_plan(part.lasted or 0, plans[part.id])
        for part in gathered.slices
        if part.start == part.opened
        and _counts(span, part)
        and part.id in plans
        and part.lasted is not None
        and gathered.channels[part.channel].kind == "social"
        and one.channel in (None, part.channel)
    ]
    unknown, ahead = _unlogged(span, gathered), span.ahead
    share = 100 * sum(held) / len(held) if held else None
    settled = share is not None and not unknown and not ahead
    return Result(one, sum(held), len(held), share, unknown, ahead, share >= (one.target or 0) if settled else None)  # type: ignore[operator]


def _pauses_kept(span: _Span, one: Commitment) -> Result:
    """Pauses declared in the week that nothing was opened in; they are on record whether a day was logged or not."""
    lo, hi = widest(span.journal, span.dates[0], span.dates[-1], span.zone, span.settings.day_starts_at)
    declared = [
        pause
        for pause in pauses.in_span(span.journal, lo, hi, span.now)
        if day_of(pause.start, pause.zone, span.settings.day_starts_at) in span.dates and pause.start >= span.since
    ]
    kept = sum(pause.state == pauses.KEPT for pause in declared)
    return _weighed(one, float(kept), 0, span.ahead)


def _nights(span: _Span, one: Commitment) -> Result:
    """Openings in the middle of each night; the night belongs to the day on which sleep begins."""
    if span.settings.sleep is None:
        left = span.of(one)
        return Result(one, unknown=sum(date < span.today for date in left.dates), ahead=left.ahead)
    begins, until = span.settings.sleep
    lasts = (until - begins) % _DAY - 2 * EDGE
    night = Sleep((begins + EDGE) % _DAY, max(lasts, 0), span.settings.day_starts_at)
    begun, _inside = night.night(one.at, span.zone)
    dates = [date for date in span.week if day_number(date) > begun]
    if not dates:
        return Result(one)
    gathered = span.gathered(1)
    latest, still = night.night(span.now, span.zone)
    over = [date for date in dates if day_number(date) < latest + (not still)]
    values: dict[str, float | None] = {date: 0.0 for date in over if date in gathered.logged}
    by_number = {day_number(date): date for date in values}
    for number in _in_nights(gathered, night, one.channel):
        if number in by_number:
            date = by_number[number]
            values[date] = (values[date] or 0.0) + 1
    held = [_holds(one, value) for value in values.values()]
    return _counted(one, held, len(over) - len(values), len(dates) - len(over))


def _in_nights(gathered: Gathered, night: Sleep, channel: str | None) -> Iterator[int]:
    """The number of the night of each social opening in the middle of one."""
    for part in gathered.slices:
        social = gathered.channels[part.channel].kind == "social"
        if social and part.begins and channel in (None, part.channel):
            number, inside = night.night(part.opened, part.zone)
            if inside:
                yield number


def _unlogged(span: _Span, gathered: Gathered) -> int:
    return sum(date < span.today and date not in gathered.logged for date in span.dates)
