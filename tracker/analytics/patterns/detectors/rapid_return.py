"""`rapid_return`: whether one goes straight back, more than before.

**Definition.** An opening is a *return* if it begins at most 10 min after the last close of that channel, with no
notification of it in the 5 min before, and not in the spell of that close. Who opens more often comes back
within 10 min more often by that alone. So the rate of openings in the 10 min after a close is held against the rate at
other times, the channel's own sessions left out: the rate ratio of Mantel and Haenszel over the 24 hours of the clock.
The last 14 logged days are flagged if that ratio is higher than in the 28 logged days before with p < .005
(variances of Greenland & Robins 1985), the share of returns beyond what the other times predict is at least 10 points
higher, and the days' shares of those are with p < .005 (Mann–Whitney). Silent before 42 logged days and 30 openings on
either side. The first opening of a channel in the 42 days is no return. Days with at most a tenth of the median day's
openings do not count, nor does their time. A source that is absent from the first or from the last seven of the 42
days, or that got another device after the first seven, is left out and named (`throughout`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import compress
from math import exp, sqrt

from tracker.analytics.exact_statistics import mann_whitney_u, median, norm_sf, rate_ratio
from tracker.analytics.patterns.detector_input import (
    DetectorInput,
    NotificationTimes,
    SourceSeconds,
    day_number,
    placed_openings,
    throughout,
)
from tracker.analytics.patterns.pattern import (
    AS_SHARE,
    BarChart,
    Finding,
    KeyFigure,
    Pattern,
    Threshold,
    finding,
    more_days,
    more_openings,
    not_enough,
)
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

    def ratio(self) -> tuple[float, float]:
        """The logarithm of the rate ratio, and its variance."""
        return rate_ratio([(part.soon, part.soon_seconds, part.others, part.other_seconds) for part in self.parts])


def find(log: DetectorInput) -> Finding:
    """The rate of openings soon after a close lately against before."""
    dates = log.last(LATELY + BEFORE)
    if len(dates) < LATELY + BEFORE:
        more = LATELY + BEFORE - len(dates)
        return not_enough(NAME, dates, {"logged_days": len(dates), "days_needed": more}, more_days(more))
    sources = throughout(log, dates)
    if sources.none_kept:
        return not_enough(NAME, dates, {"logged_days": len(dates)}, sources.needed())
    before, late, sessions = _count(log, dates, sources.left_out)
    if min(late.total, before.total) < LEAST_OPENINGS:
        more = LEAST_OPENINGS - min(late.total, before.total)
        figures = {"logged_days": len(dates), "openings": late.total, "openings_before": before.total}
        return not_enough(NAME, dates, {**figures, "openings_needed": more}, more_openings(more))
    (ratio, variance), (ratio_before, variance_before) = late.ratio(), before.ratio()
    p = norm_sf((ratio - ratio_before) / sqrt(variance + variance_before)) if variance + variance_before else 1.0
    p_days = mann_whitney_u(late.beyond(), before.beyond())
    points = log.limit(NAME, "points", POINTS)
    difference = round(late.share - late.expected_share - before.share + before.expected_share, 9)
    flagged = difference >= points and max(p, p_days) < P
    return finding(
        NAME,
        flagged,
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
        {
            "logged_days": len(dates),
            "openings": late.total,
            "returns": late.returns.total(),
            "share": round_half_up(late.share, 4),
            "expected_share": round_half_up(late.expected_share, 4),
            "rate_ratio": round_half_up(exp(ratio), 3),
            "openings_before": before.total,
            "returns_before": before.returns.total(),
            "share_before": round_half_up(before.share, 4),
            "expected_share_before": round_half_up(before.expected_share, 4),
            "rate_ratio_before": round_half_up(exp(ratio_before), 3),
            "p": p,
            "p_days": p_days,
        },
        sessions=sessions if flagged else (),
        usual=_("{share}% in the 28 logged days before").format(share=round_to_int(100 * before.share)),
        chance=_("days like yours in another order would differ as much {odds}").format(odds=format_odds(p_days)),
        margin=difference / points if flagged else 0.0,
        chart=BarChart(
            _("% of openings that were returns"),
            (_("28 days before"), _("last 14 days")),
            (100 * before.share, 100 * late.share),
            (100 * before.expected_share, 100 * late.expected_share),
            _("explained by how often you open it"),
        ),
    )


def _count(
    log: DetectorInput, dates: Sequence[str], left_out: Sequence[SourceSeconds]
) -> tuple[Period, Period, tuple[int, ...]]:
    """The days before, the last days, and the ids of the sessions of the last days' returns.

    Without some sources, and without days of almost no use.
    """
    openings, times = placed_openings(log, dates)
    others = {id for source in left_out for id in source.sessions}
    kept = [id not in others for id in openings.first_ids]
    a_day = Counter(compress(times.days, kept))
    little = LITTLE * median(a_day.values()) if a_day else 0.0
    used = {day for day, count in a_day.items() if count > little}
    kept = [keeps and day in used for keeps, day in zip(kept, times.days, strict=True)]
    if not all(kept):
        openings, times = openings.only(kept), times.only(kept)
    asked = NotificationTimes(log).shortly_before if log.notifications else None
    first_late_day = day_number(dates[-LATELY])
    channels = len(set(openings.channels))
    late_days = sum(day >= first_late_day for day in used)
    before, late = Period(len(used) - late_days, channels), Period(late_days, channels)
    # When each channel was last closed: the spell, the instant, the day and the part of it.
    closed: dict[str, tuple[int, int | None, int, int]] = {}
    #: The seconds soon after a close, by its day and the part of that day.
    soon_seconds: defaultdict[tuple[int, int], int] = defaultdict(int)
    sessions: list[int] = []
    first_ids = openings.first_ids
    for channel, start, end, ids, spell, day, second in zip(
        *(openings.channels, openings.starts, openings.known_ends(), openings.session_ids),
        *(map(log.switched_to.get, first_ids, first_ids), times.days, times.seconds),
        strict=False,
    ):
        period, now_part = late if day >= first_late_day else before, second // PART
        last_spell, last, last_day, last_part = closed.get(channel, (-1, None, 0, 0))
        if last is not None and start <= last:  # inside an earlier session of its channel
            longer = 0 if end is None else max(end - last, 0)
            period.parts[last_part].seconds -= longer
            closed[channel] = spell, end if end is None else last + longer, last_day, last_part
            continue
        if spell != last_spell:
            soon = last is not None and start - last <= WITHIN
            if last is not None:
                soon_seconds[last_day, last_part] += start - last if soon else WITHIN
            period.openings[day] += 1
            if asked is None or not asked(channel, start):
                if soon:
                    period.returns[day] += 1
                    period.parts[last_part].soon += 1
                    if period is late:
                        sessions += ids
                else:
                    period.parts[now_part].others += 1
        if end is not None:
            period.parts[now_part].seconds -= end - start
        closed[channel] = spell, end, day, now_part
    for (day, part), seconds in soon_seconds.items():
        period = late if day >= first_late_day else before
        period.parts[part].soon_seconds += seconds
        period.soon[day][part] = seconds
    return before, late, tuple(sessions)


PATTERN = Pattern(
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
        Threshold(N_("p < 0.005"), "O"),
        Threshold(N_("a rise of at least {percent} percentage points"), "P", "points", POINTS, 0.01, 0.9),
        Threshold(N_("at most 10 min after the last close, none asked for in the 5 min before"), "P"),
    ),
    silent_before=N_("42 logged days"),
    source=N_("Heitmayer & Lahlou 2021 (about every 5 min, 89% self-initiated)"),
    detect=find,
    key_figure=KeyFigure("share", N_("share of returns in 14 logged days"), AS_SHARE),
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
