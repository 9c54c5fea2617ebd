"""`rapid_return`: whether one goes straight back, more than before.

**Definition.** An opening is a *return* if it begins at most `within` (10 min) after the last close of that channel,
with no notification of it in the 5 min before. The share of returns among the openings of the last 14 logged days
against that of the 28 before: flagged if p < .01 and the share is at least 10 points higher.

**What was changed and why.** The two-proportion p takes openings for independent, which they are not: a busy hour
makes many returns at once, so that where days differ by ±40 % it raised up to 9 % of quiet months. p is now that of
the days: each day's share is one value, and whether the later days' are higher is a Mann–Whitney test of them. Both
figures are in docs/patterns.md.
"""

from __future__ import annotations

from tracker.locale import N_, _, ngettext
from tracker.patterns.finding import Chart, Finding, found, missing, more_days
from tracker.patterns.pattern import Pattern, Threshold
from tracker.patterns.statistics.ranks import larger
from tracker.patterns.window import Notified, placed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.patterns.log import Log
    from tracker.patterns.openings import Opening

NAME = "rapid_return"
#: Logged days compared: the last ones against those before.
LATELY, BEFORE = 14, 28
#: A return begins at most so many seconds after the close.
WITHIN = 600
P = 0.01
#: A share so much higher counts.
POINTS = 0.10
#: Openings on either side before their shares say anything.
LEAST_OPENINGS = 30


def find(log: Log) -> Finding:
    """The share of returns lately against before."""
    dates = log.last(LATELY + BEFORE)
    if len(dates) < LATELY + BEFORE:
        figures = {"logged_days": len(dates), "days_needed": LATELY + BEFORE - len(dates)}
        return missing(NAME, dates, dict(figures), more_days(LATELY + BEFORE - len(dates)))
    points = log.limit(NAME, "points", POINTS)
    openings, where = placed(log, dates)
    border = _first_of_lately(log, dates)
    days: dict[int, list[int]] = {}
    backs = _returns(openings, log)
    sessions = []
    for one, day, back in zip(openings, where.days, backs, strict=True):
        count = days.setdefault(day, [0, 0])
        count[0] += back
        count[1] += 1
        if back and day >= border:
            sessions.extend(one.session_ids)
    late = [count for day, count in days.items() if day >= border]
    early = [count for day, count in days.items() if day < border]
    (back, trials), (back_before, trials_before) = _sum(late), _sum(early)
    if min(trials, trials_before) < LEAST_OPENINGS:
        more = LEAST_OPENINGS - min(trials, trials_before)
        needs = ngettext("{n} more opening", "{n} more openings", more).format(n=more)
        return missing(NAME, dates, {"logged_days": len(dates), "openings": trials, "openings_needed": more}, needs)
    share, share_before = back / trials, back_before / trials_before
    p = larger([one / all for one, all in late], [one / all for one, all in early])
    flagged = p < P and share - share_before >= points
    return found(
        NAME,
        flagged,
        _(
            "{share} % of your {n} openings of the last 14 logged days came at most 10 min after you had closed the "
            "same channel, unasked; in the 28 days before, {before} %"
        ).format(share=round(100 * share), n=trials, before=round(100 * share_before)),
        dates,
        {
            "logged_days": len(dates),
            "openings": trials,
            "returns": back,
            "share": round(share, 4),
            "openings_before": trials_before,
            "returns_before": back_before,
            "share_before": round(share_before, 4),
            "p": p,
        },
        sessions=tuple(sessions) if flagged else (),
        usual=_("{share} % in the 28 logged days before").format(share=round(100 * share_before)),
        chance=_("days like yours in another order would differ as much with a chance of {p}").format(p=f"{p:.2g}"),
        margin=(share - share_before) / points if flagged else 0.0,
        chart=Chart(
            _("% of openings that were returns"),
            (_("28 days before"), _("last 14 days")),
            (100 * share_before, 100 * share),
        ),
    )


def _returns(openings: Sequence[Opening], log: Log) -> list[bool]:
    notified = Notified(log)
    closed: dict[str, int | None] = {}
    found = []
    for one in openings:
        last = closed.get(one.channel)
        found.append(last is not None and one.start - last <= WITHIN and not notified.before(one))
        closed[one.channel] = one.end
    return found


def _first_of_lately(log: Log, dates: Sequence[str]) -> int:
    from tracker.patterns.window import day_number

    return day_number(dates[-LATELY])


def _sum(days: Sequence[Sequence[int]]) -> tuple[int, int]:
    return sum(back for back, _all in days), sum(every for _back, every in days)


PATTERN = Pattern(
    place=3,
    name=NAME,
    heading=N_("Straight back again"),
    text=N_(
        "The share of openings at most 10 min after the last close of that channel without a notification in the "
        "5 min before: the last 14 logged days against the 28 before. Flagged if the days' shares are higher with "
        "p < 0.01 (Mann–Whitney) and the share as a whole by at least 10 points."
    ),
    thresholds=(
        Threshold(N_("p < 0.01"), "O"),
        Threshold(N_("at least {value} more, as a share of 1"), "P", "points", POINTS, 0.01, 0.9),
    ),
    silent_before=N_("42 logged days"),
    source=N_("Heitmayer & Lahlou 2021 (about every 5 min, 89 % self-initiated)"),
    detect=find,
    figures={
        "openings": N_("openings, last 14 days"),
        "openings_needed": N_("openings still needed"),
        "returns": N_("returns among them"),
        "share": N_("their share"),
        "openings_before": N_("openings, 28 days before"),
        "returns_before": N_("returns among those"),
        "share_before": N_("share of those"),
        "p": N_("chance of it"),
    },
)
