"""`broken_pause`: whether declared pauses are kept.

**Definition.** Of the window's n declared pauses that are over, k have at least one opening inside: one that begins
from the pause's first second on and before its end, on any social channel. Flagged if the lower Wilson 99 % bound of
k of n is above 0.5. Silent before 10 pauses.
"""

from __future__ import annotations

from tracker.analytics.exact_statistics import Z99, wilson_interval
from tracker.analytics.patterns import pattern
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.openings import Opening, Openings
from tracker.formatting.numbers import round_to_int
from tracker.locale import N_, _, plural

NAME = "broken_pause"
LEAST_PAUSES = 10
SHARE = 0.5
#: Where the chart of how long pauses held is cut, in seconds.
CUTS = (300, 900, 1800, 3600)


def find(log: DetectorInput) -> pattern.Finding:
    """The share of pauses with an opening inside."""
    window, days = log.window, set(log.window)
    pauses = [pause for pause in log.pauses if pause.date in days and pause.start < pause.end <= log.now]
    count = len(pauses)
    if count < LEAST_PAUSES:
        more = LEAST_PAUSES - count
        needs = plural(more, "{n} more declared pause", "{n} more declared pauses")
        return pattern.not_enough(NAME, window, {"pauses": count, "pauses_needed": more}, needs)
    openings = Openings.of(log.openings)
    held: list[int] = []  # seconds from the start of each broken pause to its first opening
    inside: dict[Opening, None] = {}  # two pauses may overlap
    for pause in pauses:
        in_pause = openings.between(pause.start, pause.end)
        if in_pause:
            held.append(in_pause.starts[0] - pause.start)
            inside |= dict.fromkeys(in_pause)
    broken = len(held)
    low, high = wilson_interval(broken, count, Z99)
    most = log.limit(NAME, "share", SHARE)
    by_start = sorted(inside, key=lambda opening: opening.start)
    labels, counts = pattern.duration_bins(held, CUTS)
    return pattern.finding(
        NAME,
        low > most,
        _("during {broken} of {n} declared pauses you opened a channel").format(broken=broken, n=count),
        window,
        {"pauses": count, "broken": broken, **pattern.share_figures(broken / count, low, high)},
        sessions=(id for opening in by_start for id in opening.session_ids),
        chance=_("judged from {n} pauses, your usual share is between {low}% and {high}%").format(
            n=count, low=round_to_int(100 * low), high=round_to_int(100 * high)
        ),
        margin=low / most,
        chart=pattern.BarChart(
            _("pauses, by the time until the first opening"), (*labels, _("no opening")), (*counts, count - broken)
        ),
    )


PATTERN = pattern.Pattern(
    place=11,
    name=NAME,
    heading=N_("Pauses not kept"),
    plain=N_(
        "How many of the pauses you declared you broke by opening a channel. Flagged if clearly more than "
        "{share_percent}%."
    ),
    text=N_(
        "Declared pauses that are over, with at least one opening inside. Flagged if the lower end of the 99% "
        "interval (Wilson) of their share is above {share_percent}%."
    ),
    thresholds=(pattern.Threshold(N_("clearly above {percent}%"), "P", "share", SHARE, 0.1, 0.95),),
    silent_before=N_("10 declared pauses"),
    source=N_("Stieger & Lewetz 2018 (59% relapsed at least once)"),
    detect=find,
    key_figure=pattern.KeyFigure("share", N_("share of pauses with an opening inside"), pattern.AS_SHARE),
    figures={
        "pauses": N_("declared pauses"),
        "pauses_needed": N_("declared pauses still needed"),
        "broken": N_("with an opening inside"),
        "share": N_("their share"),
    },
)
