"""`burstiness`: how bunched openings are. A figure only, never flagged: everybody has days and nights.

**Definition.** Over the gaps between one opening and the next in the window: Bₙ (−1 regular, 0 chance, 1 bunched) and
the memory M, the correlation of each gap with the next. On the samples' real phones Bₙ is far above 0, as it is for
everyone who sleeps, which is why no threshold is set on it.

**Decision.** A day without a record is missing: a gap over one is of unknown length, and left out. M then takes the
gaps on either side of it for neighbours, of which there are as few as there are such days.
"""

from __future__ import annotations

from itertools import compress, islice, pairwise
from math import exp
from operator import ne, sub
from typing import TYPE_CHECKING

from tracker.analytics.patterns.finding import Chart, Finding, binned, found, missing
from tracker.analytics.patterns.pattern import Headline, Pattern
from tracker.analytics.patterns.window import day_number, placed
from tracker.analytics.statistics.gaps import burstiness, memory
from tracker.analytics.statistics.tally import Tally
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import format_decimal, round_half_up, round_to_int
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from tracker.analytics.patterns.log import Log

NAME = "burstiness"
LEAST_GAPS = 50
#: Stands for a gap whose length is not known, until it is left out.
UNKNOWN = -1
#: Where the picture of the gaps is cut, in seconds.
CUTS = (60, 300, 900, 1800, 3600, 4 * 3600)


def find(log: Log) -> Finding:
    """The two figures of the window's gaps."""
    window = log.window
    gaps = _gaps_between(log)
    if len(gaps) < LEAST_GAPS or not any(gaps):
        more = max(LEAST_GAPS - len(gaps), 1)
        needs = ngettext("{n} more opening", "{n} more openings", more).format(n=more)
        return missing(NAME, window, {"gaps": len(gaps), "openings_needed": more}, needs)
    bunched, remembered = burstiness(gaps), memory(gaps)
    mean = sum(gaps) / len(gaps)
    tally, half = Tally(gaps), len(gaps) // 2
    middle = (tally[half] + tally[half - 1 + len(gaps) % 2]) / 2
    return found(
        NAME,
        False,
        _("half of your openings come within {time} of the one before; burstiness {b}, memory {m}").format(
            time=format_duration(max(round_to_int(middle), 60)),
            b=format_decimal(bunched, 2),
            m=format_decimal(remembered, 2),
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
        chance=_("openings at random, day and night, would have 0 in both"),
        chart=_picture(tally, mean),
    )


def _gaps_between(log: Log) -> list[int]:
    """Seconds from each opening to the next, but over days that were not logged."""
    order = {day_number(date): place for place, date in enumerate(log.window)}
    _openings, where = placed(log)
    days = where.days
    gaps = list(map(sub, islice(where.starts, 1, None), where.starts))
    unknown = [
        place
        for place in compress(range(len(gaps)), map(ne, days, islice(days, 1, None)))
        if order[days[place + 1]] - order[days[place]] != days[place + 1] - days[place]
    ]
    for place in unknown:
        gaps[place] = UNKNOWN
    return [gap for gap in gaps if gap != UNKNOWN] if unknown else gaps


def _picture(gaps: Tally, mean: float) -> Chart:
    reached = [0.0, *(1 - exp(-cut / mean) for cut in CUTS), 1.0]
    return Chart(
        _("gaps between openings"),
        (*(_("< {time}").format(time=format_duration(cut)) for cut in CUTS), _("longer")),
        binned(gaps, CUTS),
        tuple(len(gaps) * (later - one) for one, later in pairwise(reached)),
        _("by chance"),
    )


PATTERN = Pattern(
    place=4,
    name=NAME,
    heading=N_("How bunched your openings are"),
    text=N_(
        "A figure only, never flagged: burstiness of the gaps between openings, corrected for their number, and "
        "memory, the correlation of each gap with the next."
    ),
    thresholds=(),
    silent_before=N_("50 gaps between openings"),
    source=N_("Goh & Barabási 2008; Kim & Jo 2016 (finite-size correction)"),
    detect=find,
    headline=Headline("burstiness", N_("burstiness in 28 logged days")),
    figures={
        "gaps": N_("gaps between openings"),
        "openings_needed": N_("openings still needed"),
        "median_gap_seconds": N_("middle gap (s)"),
        "mean_gap_seconds": N_("mean gap (s)"),
        "burstiness": N_("burstiness"),
        "memory": N_("memory"),
    },
)
