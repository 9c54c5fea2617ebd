"""`rising_use`: whether days take more time than they did. For information: a campaign rises as well.

**Definition.** The social seconds of the last 21 logged days against those of up to 42 logged days before, without days
of almost no use (at most a tenth of the median), on a logarithmic scale. Flagged if they are at least 25 % above, and
above by more than 10 % with p < .005 (`level_shift`: days that resemble the one before tell less; working days and
weekends may differ). Silent before 35 logged days; never flagged with fewer than 10 days in use lately or 14 before.

A source that is absent from the first or from the last seven of those days, or that got another device after the first
seven, is left out and named (`sources`).
"""

from __future__ import annotations

from collections import Counter
from math import exp
from math import log as log_of

from tracker.analytics.exact_statistics import level_shift, median
from tracker.analytics.patterns.detector_input import throughout, window_openings
from tracker.analytics.patterns.pattern import (
    AS_SHARE,
    WRONG,
    BarChart,
    Finding,
    KeyFigure,
    Pattern,
    Threshold,
    finding,
    more_days,
    not_enough,
)
from tracker.calendar.days import weekday
from tracker.domain.models import MINUTE
from tracker.formatting.numbers import format_odds, round_half_up, round_to_int
from tracker.formatting.times import format_duration
from tracker.locale import N_, _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.analytics.patterns.detector_input import DetectorInput, Throughout

NAME = "rising_use"
#: The logged days compared: the last ones with those before.
LATELY, BEFORE = 21, 42
LEAST_DAYS = 35
#: A rise by so much is flagged, if one by more than the smaller share is sure.
RISE, SURE = 0.25, 0.10
#: Added to the seconds of a day before their logarithm is taken.
LOG_OFFSET = MINUTE
#: A day of at most this share of the median is one of almost no use; so many others are needed lately, and before.
LITTLE, LEAST_LATELY, LEAST_BEFORE = 0.10, 10, 14


def find(log: DetectorInput) -> Finding:
    """The level of the last days against that of the days before."""
    dates = log.last(LATELY + BEFORE)
    if len(dates) < LEAST_DAYS:
        more = LEAST_DAYS - len(dates)
        return not_enough(NAME, dates, {"logged_days": len(dates), "days_needed": more}, more_days(more))
    sources = throughout(log, dates)
    if sources.none_kept:
        return not_enough(NAME, dates, {"logged_days": len(dates)}, sources.needed())
    by_date = _seconds(log, sources)
    in_use = _in_use(by_date, dates)
    lately = [date for date in in_use if date >= dates[-LATELY]]
    before = in_use[: len(in_use) - len(lately)]
    if len(lately) < LEAST_LATELY or len(before) < LEAST_BEFORE:
        evidence = ngettext(
            "{count} of {days} logged days had more than a little use: too few to compare",
            "{count} of {days} logged days had more than a little use: too few to compare",
            len(in_use),
        ).format(count=len(in_use), days=len(dates))
        return finding(NAME, False, evidence, dates, {"logged_days": len(dates), "days_in_use": len(in_use)})
    values = [log_of(by_date[date] + LOG_OFFSET) for date in in_use]
    weekends = [weekday(date) >= 5 for date in in_use]
    difference, p = level_shift(values, len(lately), weekends, log_of(1 + SURE))
    rise, least = exp(difference) - 1, log.limit(NAME, "rise", RISE)
    flagged = p < WRONG and rise >= least
    took, took_before = (median(by_date[date] for date in some) for some in (lately, before))
    evidence = _("a typical day took {time} in the last {days} days of use, {usual} in the {before} before").format(
        days=len(lately), time=_duration(took), before=len(before), usual=_duration(took_before)
    )
    openings = window_openings(log, dates[-LATELY:]) if flagged else None
    return finding(
        NAME,
        flagged,
        sources.said(evidence),
        dates,
        {
            "logged_days": len(dates),
            "days_in_use": len(in_use),
            "last_seconds": round_to_int(took),
            "before_seconds": round_to_int(took_before),
            "rise": round_half_up(rise, 4),
            "p": p,
        },
        sessions=tuple(id for ids in openings.session_ids for id in ids) if openings else (),
        usual=_("{time} on a typical day").format(time=_duration(took_before)),
        chance=_("days like yours that had risen by no more than 10% would show as much {odds}").format(
            odds=format_odds(p)
        ),
        margin=rise / least if flagged else 0.0,
        chart=BarChart(
            _("minutes a day"),
            tuple(in_use),
            tuple(by_date[date] / 60 for date in in_use),
            tuple((took if date in lately else took_before) / 60 for date in in_use),
            _("a typical day, before and lately"),
        ),
    )


def _seconds(log: DetectorInput, sources: Throughout) -> Mapping[str, int]:
    """The seconds by date of the sources that were there throughout."""
    if not sources.left_out:
        return log.seconds
    by_date: Counter[str] = Counter()
    for source in sources.kept:
        by_date.update(source.seconds)
    return by_date


def _in_use(by_date: Mapping[str, int], dates: Sequence[str]) -> list[str]:
    """The dates with more than a little use: more than LITTLE of the median of those with any."""
    used = [date for date in dates if by_date.get(date)]
    if not used:
        return []
    most = LITTLE * median(by_date[date] for date in used)
    return [date for date in used if by_date[date] > most]


def _duration(seconds: float) -> str:
    return format_duration(max(round_to_int(seconds), 0))


PATTERN = Pattern(
    place=9,
    name=NAME,
    heading=N_("Rising use"),
    plain=N_(
        "Whether the last 21 logged days took more time than those before. Flagged at {rise_percent}% more "
        "or above, if chance hardly explains it."
    ),
    text=N_(
        "Whether the last 21 logged days took more time than the up to 42 before, without days of almost no use. "
        "Flagged if they are at least {rise_percent}% above, and surely by more than 10%: p < 0.005 in Student’s "
        "test of the logarithms, in which days that resemble the one before count for less, and working days and "
        "weekends may differ. A device or browser that was recorded in a part of that time only is left out, "
        "with everything else of the same source."
    ),
    thresholds=(
        Threshold(N_("p < 0.005 that it is more than 10% above"), "O"),
        Threshold(N_("a rise of at least {percent}%"), "P", "rise", RISE, 0.05, 10),
    ),
    silent_before=N_("35 logged days"),
    source=N_("Lin et al. 2015; Zwiers & von Storch 1995 (days that resemble each other)"),
    detect=find,
    key_figure=KeyFigure("rise", N_("rise of the last 21 logged days"), AS_SHARE),
    figures={
        "days_in_use": N_("days with more than a little use"),
        "before_seconds": N_("the middle day before (s)"),
        "last_seconds": N_("the middle one of the last days (s)"),
        "rise": N_("rise, as a share of before"),
        "p": N_("chance of it"),
    },
    note=N_("For information: a campaign also rises."),
)
