"""`burstiness`: how bunched openings are. A figure only, never flagged: everybody has days and nights.

**Definition.** Over the gaps between one opening and the next in the window: Bₙ (−1 regular, 0 by chance, 1 bunched)
and the memory M, the correlation of each gap with the next. A gap over a day that was not logged is left out: its
length is unknown. Silent before 50 gaps.
"""

from __future__ import annotations

from itertools import pairwise
from math import exp

from tracker.analytics.exact_statistics import burstiness, median, memory
from tracker.analytics.patterns import pattern
from tracker.analytics.patterns.detector_input import DetectorInput, day_number, pick_ups
from tracker.formatting.numbers import round_half_up, round_to_int
from tracker.formatting.times import format_duration
from tracker.locale import N_, _

NAME = "burstiness"
LEAST_GAPS = 50
#: Where the chart of the gaps is cut, in seconds.
CUTS = (60, 300, 900, 1800, 3600, 4 * 3600)


def find(log: DetectorInput) -> pattern.Finding:
    """Burstiness and memory of the window's gaps."""
    window = log.window
    order = {day_number(date): place for place, date in enumerate(window)}
    times = pick_ups(log)[1]
    gaps = [
        next_start - start
        for (start, next_start), (day, next_day) in zip(pairwise(times.starts), pairwise(times.days), strict=True)
        if day == next_day or order[next_day] - order[day] == next_day - day
    ]
    if len(gaps) < LEAST_GAPS or not any(gaps):
        more = max(LEAST_GAPS - len(gaps), 1)
        return pattern.not_enough(
            NAME, window, {"gaps": len(gaps), "openings_needed": more}, pattern.more_openings(more)
        )
    bunched, remembered = burstiness(gaps), memory(gaps)
    mean, middle = sum(gaps) / len(gaps), median(gaps)
    labels, counts = pattern.duration_bins(gaps, CUTS)
    below_cuts = [0.0, *(1 - exp(-cut / mean) for cut in CUTS), 1.0]  # by chance gaps are exponential
    return pattern.finding(
        NAME,
        False,
        _("half of your openings come within {time} of the one before").format(
            time=format_duration(max(round_to_int(middle), 60))
        ),
        window,
        {
            "gaps": len(gaps),
            "median_gap_seconds": round_to_int(middle),
            "mean_gap_seconds": round_to_int(mean),
            "burstiness": round_half_up(bunched, 4),
            "memory": round_half_up(remembered, 4),
        },
        others=_("people who sleep at night have a burstiness above 0"),
        chance=_("openings at random, day and night, would have a burstiness and a memory of 0"),
        chart=pattern.BarChart(
            _("gaps between openings"),
            labels,
            counts,
            tuple(len(gaps) * (share - previous) for previous, share in pairwise(below_cuts)),
            _("by chance"),
        ),
    )


PATTERN = pattern.Pattern(
    place=4,
    name=NAME,
    heading=N_("How bunched your openings are"),
    plain=N_("Whether your openings come evenly or in bunches. A figure only, never flagged."),
    text=N_(
        "A figure only, never flagged: burstiness of the gaps between openings, corrected for their number, and "
        "memory, the correlation of each gap with the next."
    ),
    thresholds=(),
    silent_before=N_("50 gaps between openings"),
    source=N_("Goh & Barabási 2008; Kim & Jo 2016 (finite-size correction)"),
    detect=find,
    can_be_flagged=False,
    key_figure=pattern.KeyFigure("burstiness", N_("burstiness in 28 logged days")),
    figures={
        "gaps": N_("gaps between openings"),
        "median_gap_seconds": N_("middle gap (s)"),
        "mean_gap_seconds": N_("mean gap (s)"),
        "burstiness": N_("burstiness"),
        "memory": N_("memory"),
    },
)
