"""`rising_use`: whether days take more time than they did. For information: a campaign rises as well.

**Definition.** Two comparisons of social seconds. The last 21 logged days against up to 42 before see a doubling soon.
The last 42 against up to 49 before see what needs longer: days of low use, and days that resemble each other. Flagged
if either are at least 25 % above, and above by more than 10 % with p below the chance in COMPARED (`level_shift`).
Together these chances are half more than `WRONG`: no other pattern saw as little of what was there.

Days of almost no use (at most a tenth of the median) are left out. Cube roots are compared. On a day of low use, whose
openings are few, the logarithm strays far below and the seconds far above.

A source that is absent from the first or from the last seven of the days that are compared, or whose devices changed in
between, is left out and named (`throughout`). Never flagged with fewer than 10 days in use lately or 14 before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from operator import attrgetter

from tracker.analytics.exact_statistics import level_shift, median
from tracker.analytics.patterns import pattern
from tracker.analytics.patterns.detector_input import DetectorInput, Throughout, throughout, window_openings
from tracker.calendar.days import weekday
from tracker.domain.record import Record
from tracker.formatting.numbers import format_odds, round_half_up, round_to_int
from tracker.formatting.times import format_duration
from tracker.locale import N_, _, ngettext

NAME = "rising_use"
#: The logged days compared, so many of the last ones with so many before those; and how small p has to be.
COMPARED = ((21, 42, 0.0025), (42, 49, 0.005))
LEAST_DAYS = 35
#: A rise by so much is flagged, if one by more than the smaller share is sure.
RISE, SURE = 0.25, 0.10
#: A day of at most this share of the median is one of almost no use; so many others are needed lately, and before.
LITTLE, LEAST_LATELY, LEAST_BEFORE = 0.10, 10, 14


class Comparison(Record):
    """The last days against those before: the `dates` of both, those in use, the first of the last ones, and the
    seconds by date of the sources that were there throughout. `rise` is a share, `sure` whether p is small enough."""

    dates: tuple[str, ...]
    in_use: list[str]
    since: str
    seconds: Mapping[str, int]
    sources: Throughout
    rise: float = 0.0
    p: float = 1.0
    sure: bool = False

    @property
    def lately(self) -> list[str]:
        """The last days in use."""
        return [date for date in self.in_use if date >= self.since]

    @property
    def before(self) -> list[str]:
        """The days in use before those."""
        return [date for date in self.in_use if date < self.since]


def find(log: DetectorInput) -> pattern.Finding:
    """The level of the last days against that of the days before."""
    dates = log.last(sum(COMPARED[0][:2]))
    if len(dates) < LEAST_DAYS:
        more = LEAST_DAYS - len(dates)
        return pattern.not_enough(
            NAME, dates, {"logged_days": len(dates), "days_needed": more}, pattern.more_days(more)
        )
    compared = [_compare(log, *days) for days in COMPARED]
    soon = compared[0]
    if soon.sources.none_kept:
        return pattern.not_enough(NAME, dates, {"logged_days": len(dates)}, soon.sources.needed())
    least = log.limit(NAME, "rise", RISE)
    risen = [comparison for comparison in compared if comparison.sure and comparison.rise >= least]
    shown = min(risen, key=attrgetter("p")) if risen else soon
    dates, in_use = shown.dates, shown.in_use
    if not _enough(shown):
        evidence = ngettext(
            "{count} of {days} logged days had more than a little use: too few to compare",
            "{count} of {days} logged days had more than a little use: too few to compare",
            len(in_use),
        ).format(count=len(in_use), days=len(dates))
        return pattern.finding(NAME, False, evidence, dates, {"logged_days": len(dates), "days_in_use": len(in_use)})
    took, usual = (median(shown.seconds[date] for date in days) for days in (shown.lately, shown.before))
    evidence = _("a typical day took {time} in the last {days} days of use, {usual} in the {before} before").format(
        time=format_duration(round_to_int(took)),
        days=len(shown.lately),
        usual=format_duration(round_to_int(usual)),
        before=len(shown.before),
    )
    openings = window_openings(log, shown.lately) if risen else ()
    return pattern.finding(
        NAME,
        bool(risen),
        shown.sources.said(evidence),
        dates,
        {
            "logged_days": len(dates),
            "days_in_use": len(in_use),
            "days_lately": len(shown.lately),
            "last_seconds": round_to_int(took),
            "before_seconds": round_to_int(usual),
            "rise": round_half_up(shown.rise, 4),
            "p": shown.p,
        },
        sessions=(id for opening in openings for id in opening.session_ids),
        usual=_("{time} on a typical day").format(time=format_duration(round_to_int(usual))),
        chance=_("days like yours that had risen by no more than 10% would show as much {odds}").format(
            odds=format_odds(shown.p)
        ),
        margin=shown.rise / least,
        chart=pattern.BarChart(
            _("minutes a day"),
            tuple(in_use),
            tuple(shown.seconds[date] / 60 for date in in_use),
            tuple((took if date >= shown.since else usual) / 60 for date in in_use),
            _("a typical day, before and lately"),
        ),
    )


def _compare(log: DetectorInput, lately: int, before: int, most: float) -> Comparison:
    dates = log.last(lately + before)
    since = dates[-lately:][0]
    sources = throughout(log, dates)
    by_date: Mapping[str, int] = log.seconds
    if sources.left_out:
        by_date = sum((Counter(source.seconds) for source in sources.kept), Counter[str]())
    used = [date for date in dates if by_date.get(date)]
    little = LITTLE * median(by_date[date] for date in used) if used else 0.0
    compared = Comparison(dates, [date for date in used if by_date[date] > little], since, by_date, sources)
    if not _enough(compared):
        return compared
    # Those before as if each had taken SURE more: what is tested is that the last ones took more than that.
    times: float = (1 + SURE) ** (1 / 3)
    values = [by_date[date] ** (1 / 3) * (1.0 if date >= since else times) for date in compared.in_use]
    weekends = [weekday(date) >= 5 for date in compared.in_use]
    difference, p = level_shift(values, len(compared.lately), weekends)
    usual = sum(values[: len(compared.before)]) / len(compared.before)
    rise = (1 + SURE) * (1 + difference / usual) ** 3 - 1
    return compared._replace(rise=rise, p=p, sure=p < most)


def _enough(compared: Comparison) -> bool:
    return len(compared.lately) >= LEAST_LATELY and len(compared.before) >= LEAST_BEFORE


PATTERN = pattern.Pattern(
    place=9,
    name=NAME,
    heading=N_("Rising use"),
    plain=N_(
        "Whether the last 21 or 42 logged days took more time than those before. Flagged at {rise_percent}% more "
        "or above, if chance hardly explains it."
    ),
    text=N_(
        "Whether the last 21 logged days took more time than the up to 42 before, or the last 42 more than the up to "
        "49 before, without days of almost no use. Flagged if either are at least {rise_percent}% above, and surely by "
        "more than 10%: p < 0.0025, of the longer time p < 0.005, in Student’s test of the cube roots, in which days "
        "that resemble the one before count for less, and working days and weekends may differ. A device or browser "
        "that was recorded in a part of that time only is left out, with everything else of the same source."
    ),
    thresholds=(
        pattern.Threshold(N_("p < 0.0025 that it is more than 10% above, of the longer time p < 0.005"), "O"),
        pattern.Threshold(N_("a rise of at least {percent}%"), "P", "rise", RISE, 0.05, 10),
    ),
    silent_before=N_("35 logged days"),
    source=N_("Lin et al. 2015; Zwiers & von Storch 1995 (days that resemble each other)"),
    detect=find,
    key_figure=pattern.KeyFigure("rise", N_("rise of the last days"), pattern.AS_SHARE),
    figures={
        "days_in_use": N_("days with more than a little use"),
        "days_lately": N_("the last of them"),
        "before_seconds": N_("the middle day before (s)"),
        "last_seconds": N_("the middle one of the last days (s)"),
        "rise": N_("rise, as a share of before"),
    },
    note=N_("For information: a campaign also rises."),
)
