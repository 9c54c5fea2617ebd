"""`rapid_return`: whether one goes straight back, more than before.

**Definition.** An opening is a *return* if it begins at most 10 min after the last close of its channel. It is none if
a notification of that channel came in the 5 min before, or if it belongs to the spell of that close.

Frequent openings bring returns by themselves. So the rate of openings in the 10 min after a close is divided by the
rate at other times, without the channel's own sessions: the rate ratio of Mantel and Haenszel over the 24 hours of the
clock. The last 14 logged days are flagged against the 28 before if

- that ratio is higher, with p < .005 (variances of Greenland & Robins 1985);
- the share of returns beyond those that the other times predict is at least 10 points higher;
- the days' shares of those are higher, with p < .005 (Mann–Whitney).

Silent before 42 logged days and 30 openings on either side. The first opening of a channel in the 42 days is no return.
Days with at most a tenth of the median day's openings do not count, nor does their time. A source is left out and named
if it is absent from the first or from the last seven of the 42 days, or got another device after the first seven
(`throughout`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import compress
from math import exp, sqrt

from tracker.analytics.exact_statistics import mann_whitney_u, median, norm_sf, rate_ratio
from tracker.analytics.patterns import pattern
from tracker.analytics.patterns.detector_input import (
    DetectorInput,
    NotificationTimes,
    SourceSeconds,
    day_number,
    placed_openings,
    throughout,
)
from tracker.analytics.patterns.openings import Openings, WallTimes
from tracker.domain.models import DAY
from tracker.formatting.numbers import format_odds, round_half_up, round_to_int
from tracker.locale import N_, _

NAME = "rapid_return"
#: Logged days compared: the last ones with those before.
LATELY, BEFORE = 14, 28
#: A return begins at most so many seconds after the close.
WITHIN = 600
P = 0.005
#: A share so much higher counts.
POINTS = 0.10
#: Openings on either side before their shares say anything.
LEAST_OPENINGS = 30
#: On days with at most this share of the median day's openings nothing could be opened, soon after a close or not: a
#: week off, a phone that was not there.
LITTLE = 0.1
#: The parts of the day within which rates are compared, in seconds.
PART = 3600


class PartOfDay:
    """A part of the day over some days: openings soon after a close and the seconds in which they could come, and
    openings at other times and their seconds."""

    def __init__(self, seconds: float) -> None:
        self.soon = self.others = 0
        self.soon_seconds = 0.0
        self.seconds = seconds

    @property
    def other_seconds(self) -> float:
        """The seconds that are not soon after a close."""
        return max(self.seconds - self.soon_seconds, 1.0)

    @property
    def rate(self) -> float:
        """Openings a second at other times."""
        return self.others / self.other_seconds


class Period:
    """Some days: their parts of the day, and for each day its openings, its returns and its seconds soon after a close.

    Each channel has seconds of its own, so the parts have as many times theirs as there are channels.
    """

    def __init__(self, days: int, channels: int) -> None:
        self.parts = [PartOfDay(float(PART * days * channels)) for _part in range(DAY // PART)]
        self.openings: Counter[int] = Counter()
        self.returns: Counter[int] = Counter()
        self.soon: defaultdict[int, Counter[int]] = defaultdict(Counter)

    @property
    def total(self) -> int:
        """The number of openings."""
        return self.openings.total()

    @cached_property
    def expected(self) -> dict[int, float]:
        """The returns of each day that the openings at other times predict; asked for once everything is counted."""
        rates = [part.rate for part in self.parts]
        return {day: sum(seconds * rates[part] for part, seconds in soon.items()) for day, soon in self.soon.items()}

    @property
    def expected_share(self) -> float:
        """The share of returns that the openings at other times predict."""
        return sum(self.expected.values()) / self.total

    @property
    def share(self) -> float:
        """The share of returns."""
        return self.returns.total() / self.total

    def beyond(self) -> list[float]:
        """On each day the returns beyond those, as a share of its openings."""
        return [(self.returns[day] - self.expected.get(day, 0)) / count for day, count in self.openings.items()]

    def figures(self, suffix: str = "") -> dict[str, pattern.Figure]:
        """Its figures, with a suffix to their names."""
        return {
            f"openings{suffix}": self.total,
            f"returns{suffix}": self.returns.total(),
            f"share{suffix}": round_half_up(self.share, 4),
            f"expected_share{suffix}": round_half_up(self.expected_share, 4),
            f"rate_ratio{suffix}": round_half_up(exp(self.ratio()[0]), 3),
        }

    def ratio(self) -> tuple[float, float]:
        """The logarithm of the rate ratio, and its variance."""
        return rate_ratio([(part.soon, part.soon_seconds, part.others, part.other_seconds) for part in self.parts])


def find(log: DetectorInput) -> pattern.Finding:
    """The rate of openings soon after a close lately against before."""
    dates = log.last(LATELY + BEFORE)
    if len(dates) < LATELY + BEFORE:
        more = LATELY + BEFORE - len(dates)
        return pattern.not_enough(
            NAME, dates, {"logged_days": len(dates), "days_needed": more}, pattern.more_days(more)
        )
    sources = throughout(log, dates)
    if sources.none_kept:
        return pattern.not_enough(NAME, dates, {"logged_days": len(dates)}, sources.needed())
    before, late, sessions = _count(log, dates, sources.left_out)
    if min(late.total, before.total) < LEAST_OPENINGS:
        more = LEAST_OPENINGS - min(late.total, before.total)
        figures = {"logged_days": len(dates), "openings": late.total, "openings_before": before.total}
        return pattern.not_enough(NAME, dates, {**figures, "openings_needed": more}, pattern.more_openings(more))
    (ratio, variance), (ratio_before, variance_before) = late.ratio(), before.ratio()
    p = norm_sf((ratio - ratio_before) / sqrt(variance + variance_before)) if variance + variance_before else 1.0
    p_days = mann_whitney_u(late.beyond(), before.beyond())
    points = log.limit(NAME, "points", POINTS)
    difference = round(late.share - late.expected_share - before.share + before.expected_share, 9)
    return pattern.finding(
        NAME,
        difference >= points and max(p, p_days) < P,
        sources.said(
            _(
                "{share}% of your openings in the last 14 logged days came within 10 min of closing the same channel, "
                "{before}% in the 28 days before; how often you open it explains {expected}% and {expected_before}%"
            ).format(
                share=round_to_int(100 * late.share),
                expected=round_to_int(100 * late.expected_share),
                before=round_to_int(100 * before.share),
                expected_before=round_to_int(100 * before.expected_share),
            )
        ),
        dates,
        {"logged_days": len(dates), **late.figures(), **before.figures("_before"), "p": p, "p_days": p_days},
        sessions=sessions,
        usual=_("{share}% in the 28 logged days before").format(share=round_to_int(100 * before.share)),
        chance=_("days like yours in another order would differ as much {odds}").format(odds=format_odds(p_days)),
        margin=difference / points,
        chart=pattern.BarChart(
            _("% of openings that were returns"),
            (_("28 days before"), _("last 14 days")),
            (100 * before.share, 100 * late.share),
            (100 * before.expected_share, 100 * late.expected_share),
            _("explained by how often you open it"),
        ),
    )


def _count(
    log: DetectorInput, dates: Sequence[str], left_out: Sequence[SourceSeconds]
) -> tuple[Period, Period, list[int]]:
    """The days before, the last days, and the ids of the sessions of the last days' returns.

    Without some sources, and without days of almost no use.
    """
    openings, times, used = _in_use(log, dates, left_out)
    asked_for = NotificationTimes(log).shortly_before if log.notifications else None
    first_late_day = day_number(dates[-LATELY])
    channels = len(set(openings.channels))
    late_days = sum(day >= first_late_day for day in used)
    before, late = Period(len(used) - late_days, channels), Period(late_days, channels)
    #: Of each channel's last close: the spell, the instant (None while it is open), the day and the part of it.
    closes: dict[str, tuple[int, int | None, int, int]] = {}
    never = (-1, None, 0, 0)
    #: The seconds soon after a close, by its day and the part of that day.
    soon_seconds: defaultdict[tuple[int, int], int] = defaultdict(int)
    sessions: list[int] = []
    ids = openings.first_ids
    columns = (openings.channels, openings.starts, openings.known_ends(), ids, map(log.switched_to.get, ids, ids))
    for channel, start, end, id, spell, day, second in zip(*columns, times.days, times.seconds, strict=True):
        period, part = late if day >= first_late_day else before, second // PART
        last_spell, last, last_day, last_part = closes.get(channel, never)
        if last is not None and start <= last:  # inside an earlier session of its channel
            longer = 0 if end is None else max(end - last, 0)
            period.parts[last_part].seconds -= longer
            closes[channel] = spell, None if end is None else last + longer, last_day, last_part
            continue
        if spell != last_spell:
            soon = last is not None and start - last <= WITHIN
            if last is not None:
                soon_seconds[last_day, last_part] += start - last if soon else WITHIN
            period.openings[day] += 1
            if asked_for is None or not asked_for(channel, start):
                if soon:
                    period.returns[day] += 1
                    period.parts[last_part].soon += 1
                    if period is late:
                        sessions += openings.joined_ids.get(id, (id,))
                else:
                    period.parts[part].others += 1
        if end is not None:
            period.parts[part].seconds -= end - start
        closes[channel] = spell, end, day, part
    for (day, part), seconds in soon_seconds.items():
        period = late if day >= first_late_day else before
        period.parts[part].soon_seconds += seconds
        period.soon[day][part] = seconds
    return before, late, sessions


def _in_use(
    log: DetectorInput, dates: Sequence[str], left_out: Sequence[SourceSeconds]
) -> tuple[Openings, WallTimes, set[int]]:
    """The openings of these dates without some sources and days of almost no use, their times, and the days of use."""
    openings, times = placed_openings(log, dates)
    others = {id for source in left_out for id in source.sessions}
    kept = [id not in others for id in openings.first_ids]
    a_day = Counter(compress(times.days, kept))
    little = LITTLE * median(a_day.values()) if a_day else 0.0
    used = {day for day, count in a_day.items() if count > little}
    kept = [keeps and day in used for keeps, day in zip(kept, times.days, strict=True)]
    if all(kept):
        return openings, times, used
    return openings.only(kept), times.only(kept), used


PATTERN = pattern.Pattern(
    place=3,
    name=NAME,
    heading=N_("Quick returns"),
    plain=N_(
        "The share of your openings that come within 10 min of closing the same channel: the last 14 logged days "
        "compared with the 28 before. Flagged if it clearly rose, by {points_percent} percentage points or more."
    ),
    text=N_(
        "Openings at most 10 min after the last close of that channel, picked up again and without a notification in "
        "the 5 min before: the last 14 logged days against the 28 before. More openings bring more of these anyway, "
        "so their rate is compared with the rate at other times of the same hour of the day (Mantel–Haenszel). "
        "Flagged if that ratio rose with p < 0.005, if the returns beyond what the other times predict are at least "
        "{points_percent} points more of your openings, and if the later days’ shares of them are the higher ones "
        "with p < 0.005 (Mann–Whitney). A device or browser that was recorded in a part of that time only is left out, "
        "with everything else of the same source."
    ),
    thresholds=(
        pattern.Threshold(N_("p < 0.005"), "O"),
        pattern.Threshold(N_("a rise of at least {percent} percentage points"), "P", "points", POINTS, 0.01, 0.9),
        pattern.Threshold(N_("at most 10 min after the last close, none asked for in the 5 min before"), "P"),
    ),
    silent_before=N_("42 logged days"),
    source=N_("Heitmayer & Lahlou 2021 (about every 5 min, 89% self-initiated)"),
    detect=find,
    key_figure=pattern.KeyFigure("share", N_("share of returns in 14 logged days"), pattern.AS_SHARE),
    figures={
        "openings": N_("openings, last 14 days"),
        "returns": N_("returns among them"),
        "share": N_("their share"),
        "openings_before": N_("openings, 28 days before"),
        "returns_before": N_("returns among those"),
        "share_before": N_("share of those"),
        "expected_share": N_("share expected from how often you open it"),
        "expected_share_before": N_("share expected before"),
        "rate_ratio": N_("rate within 10 min of a close, as a multiple of that at other times"),
        "rate_ratio_before": N_("that multiple, 28 days before"),
        "p": N_("chance of it, by openings"),
        "p_days": N_("chance of it, by days"),
    },
)
