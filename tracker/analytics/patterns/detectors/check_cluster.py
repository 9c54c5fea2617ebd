"""`check_cluster`: bursts of openings that neither chance nor the hour of the day explains.

**Definition.** A window of 30 minutes that begins with an opening and holds k ≥ 5 openings, that first one included,
is flagged if P(X ≥ k − 1 | Λ) < 0.05 / n: X Poisson, n the openings in the window of days, and Λ = Σλₕ over the
fractions of clock hours that the 30 minutes touch, with λₕ the user's own rate in that hour on the *other* logged days,
times how much busier than those the rest of the day is (1 at least; `rates.Levels`).
The first opening only says where the 30 minutes begin, so it is not counted as evidence. Each of the n openings begins
one such window, so by Bonferroni's bound at most 5 % of months of chance raise any of them. Flagged windows that share
an opening are one cluster.

**Decisions.**
- All social channels together: the habit described (Oulasvirta et al. 2012) is a round through several apps, and a
  scan per channel would be several tests instead of one.
- An hour never used on the other days counts half an opening there (`rates.FLOOR`): the bare rule has λ = 0 and p = 0,
  calling *anything* in a fresh hour impossible. It is there for an honest p and decides little, since five openings
  are asked for anyway: without it 1 to 3.5 % of months of chance raise the pattern (200 to 400 runs a profile).
- A running day counts as a whole one on the other days' side: at most 1/27 too low a rate.
- In a window that runs over the start of a day, the hours after it are compared with a rate that still holds that next
  day's own openings: a little too high, so a little too silent.

A burst has to stand out of what is usual: eight checks do where two an hour are usual, not where ten are. The order of
the days changes nothing. The real phones: 11 clusters in 26 days (1,218 openings), 2 in 28 (553).

**How it was tested** (`python -m tests.studies`, 400 months of each kind, Wilson 95 % intervals; every table and the
lives meant are in docs/patterns.md). Months of 28 logged days in which it is raised; planted was: one burst within 30
min about 14:00: 6 checks at low use, 11 at middle, 17 at high use.

======  ===============  ===============  ====================  ===================
use     null A           null C           planted, seen         at first, the worst
======  ===============  ===============  ====================  ===================
low     1.5 % (0.7–3.2)  2.2 % (1.2–4.2)  100.0 % (99.0–100.0)  C: 7.5 %
middle  1.0 % (0.4–2.5)  3.5 % (2.1–5.8)  100.0 % (99.0–100.0)  C: 43.0 %
high    1.5 % (0.7–3.2)  2.0 % (1.0–3.9)  99.5 % (98.2–99.9)    C: 86.2 %
======  ===============  ===============  ====================  ===================

Of all kinds of people it is to be silent on, the worst raise it in 4.2 % (2.7–6.7) of months; as first defined, 86.2 %
(82.5–89.3).

**What was changed and why.** As first defined Λ knew the hour but not the day: where days vary by ±40 %, 3, 31 and 75 %
of months of people of low, middle and high use who merely have busy days raised it. Times the level of the rest of the
day it is 2 % or less, and a planted burst is found about as often. A day that is bursts from morning to evening is a
busy day to it, not a burst.
"""

from __future__ import annotations

from tracker.analytics.patterns.crowds import LEAST, SPAN
from tracker.analytics.patterns.finding import FLAGGED, NOT_ENOUGH, QUIET, Chart, Cluster, Finding
from tracker.analytics.patterns.pattern import Headline, Pattern, Threshold
from tracker.analytics.patterns.rates import HOUR, Levels, OtherDays
from tracker.analytics.patterns.scan import ALPHA, Scan
from tracker.analytics.patterns.window import placed
from tracker.analytics.statistics.poisson import poisson_tail
from tracker.calendar.days import Wall
from tracker.formatting.numbers import round_half_up, round_to_int
from tracker.locale import N_, _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.finding import Figure
    from tracker.analytics.patterns.log import Log
    from tracker.analytics.patterns.openings import Opening
    from tracker.analytics.patterns.rates import Places
    from tracker.analytics.patterns.scan import Window

NAME = "check_cluster"

#: Logged days before anything is said.
LEAST_DAYS = 14


def find(log: Log) -> Finding:
    """The clusters of the log's window, `flagged` if there is any."""
    window = log.window
    if len(window) < LEAST_DAYS:
        return _not_enough(window)
    openings, where = placed(log)
    others = OtherDays(where, len(window))
    found = _clusters(openings, _scan(log, where, others), log.starts_at)
    first, last = window[0], window[-1]
    figures = _figures(window, openings, found)
    sessions = tuple(session for cluster in found for session in cluster.sessions)
    state = FLAGGED if found else QUIET
    return Finding(
        NAME,
        state,
        _evidence(found, window, log),
        first,
        last,
        figures,
        sessions,
        found,
        usual=_("about {n} openings a day over {days} logged days").format(
            n=round_to_int(len(openings) / len(window)), days=len(window)
        ),
        chance=_("in at most 5 % of months chance alone would show even one burst"),
        margin=_margin(found, len(openings)),
        chart=_day(largest(found), where, others, log.starts_at) if found else None,
    )


def clusters(log: Log) -> tuple[Cluster, ...]:
    """Every cluster of the log's window, by time; none before LEAST_DAYS logged days."""
    if len(log.window) < LEAST_DAYS:
        return ()
    openings, where = placed(log)
    others = OtherDays(where, len(log.window))
    return _clusters(openings, _scan(log, where, others), log.starts_at)


def _scan(log: Log, where: Places, others: OtherDays) -> Scan:
    return Scan(where, others, len(where.starts), levels(log, where, others))


def levels(log: Log, where: Places, others: OtherDays) -> Levels:
    """How busy the days of a log are; of the running day what there is of it up to its last opening.

    Not up to now: a burst would come and go with the clock, and `review.live`, which is asked all day long, would say
    another thing than the finding.
    """
    wall = Wall.of(log.zone, log.starts_at)
    last = min(log.now, log.openings[-1].start) if log.openings else log.now
    return Levels(where, others, (wall.day_number(log.now), wall.second_of_day(last)), log.starts_at)


def _clusters(openings: Sequence[Opening], scan: Scan, starts_at: int) -> tuple[Cluster, ...]:
    """Joins flagged windows that share an opening."""
    groups: list[list[Window]] = []
    reach = -1
    for window in scan.flagged():
        if window.first <= reach:
            groups[-1].append(window)
        else:
            groups.append([window])
        reach = window.last
    return tuple(_cluster(openings, scan, group, starts_at) for group in groups)


def _cluster(openings: Sequence[Opening], scan: Scan, group: Sequence[Window], starts_at: int) -> Cluster:
    # The strongest: least likely, then most openings, then earliest.
    peak = min(group, key=lambda window: (window.p, window.first - window.last, window.first))
    first, last = group[0].first, group[-1].last
    members = openings[first : last + 1]
    head, end = members[0], members[-1].start
    return Cluster(
        date=Wall.of(head.zone, starts_at).day(head.start),
        start=head.start,
        end=end,
        zone=head.zone,
        openings=len(members),
        expected=scan.expected(first, last, max(SPAN, end - head.start)),
        p=peak.p,
        peak_start=openings[peak.first].start,
        peak_openings=peak.last - peak.first + 1,
        peak_expected=peak.expected,
        channels=tuple(dict.fromkeys(member.channel for member in members)),
        sessions=tuple(session for member in members for session in member.session_ids),
    )


def _margin(found: Sequence[Cluster], openings: int) -> float:
    """Of the least likely cluster: its strongest half hour's openings over those that would just have been a burst."""
    if not found:
        return 0.0
    strongest = min(found, key=lambda cluster: cluster.p)
    count = LEAST
    while poisson_tail(count - 1, strongest.peak_expected) >= ALPHA / openings:
        count += 1
    return strongest.peak_openings / count


def _day(cluster: Cluster, where: Places, others: OtherDays, starts_at: int) -> Chart:
    """The day of a cluster, half hour by half hour of the wall clock, from when days start."""
    day = Wall.of(cluster.zone, starts_at).day_number(cluster.start)
    halves = [(starts_at // SPAN + place) % 48 for place in range(48)]
    counts = [0] * 48
    for at, second in zip(where.days, where.seconds, strict=True):
        if at == day:
            counts[second // SPAN] += 1
    rates = others.rates(day)
    return Chart(
        _("openings on {date}, by half hour").format(date=cluster.date),
        tuple(f"{half // 2:02}:{half % 2 * 30:02}" for half in halves),
        tuple(counts[half] for half in halves),
        tuple(rates[half // 2] * SPAN / HOUR for half in halves),
        _("usual at that time"),
    )


def largest(found: Sequence[Cluster]) -> Cluster:
    """The cluster with the most openings; of equals the least likely, then the earliest."""
    return min(found, key=lambda cluster: (-cluster.openings, cluster.p, cluster.start))


def say_cluster(cluster: Cluster, today: str | None = None) -> str:
    """`9 openings in 22 min on Thu 12 Nov from 14:02, usually about 1`, as said on the date `today`."""
    from tracker.formatting.times import format_clock, format_near_date

    minutes = max(1, round_to_int((cluster.end - cluster.start) / 60))
    if cluster.date == today:  # said by commands that run all day, so without a date, which needs arrow
        text, date = _("{count} openings in {minutes} min today from {clock}, {usual}"), ""
    else:
        text, date = (
            _("{count} openings in {minutes} min on {date} from {clock}, {usual}"),
            format_near_date(cluster.date, today),
        )
    return text.format(
        count=cluster.openings,
        minutes=minutes,
        date=date,
        clock=format_clock(cluster.start, cluster.zone),
        usual=_say_usual(cluster.expected),
    )


def _say_usual(expected: float) -> str:
    if expected < 0.05:
        return _("usually none")
    if expected < 0.95:
        return _("usually fewer than 1")
    return _("usually about {number}").format(number=round_to_int(expected))


def within(found: Finding, dates: Sequence[str], today: str) -> Finding:
    """The finding as some days show it: the clusters that fell on them, still judged against the whole window."""
    inside = tuple(cluster for cluster in found.events if cluster.date in dates)
    if found.state != FLAGGED or inside == found.events:
        return found
    days = int(found.figures["logged_days"] or 0)
    figures = {**found.figures, **_largest(inside)}
    if not inside:
        said = _("no burst in these days; {count} in the {days} logged days up to then").format(
            count=len(found.events), days=days
        )
        return found._replace(state=QUIET, evidence=said, figures=figures, sessions=(), events=())
    one = _("1 burst in these days: {burst}")
    many = _("{count} bursts in these days; the largest: {burst}")
    said = (one if len(inside) == 1 else many).format(count=len(inside), burst=say_cluster(largest(inside), today))
    sessions = tuple(session for cluster in inside for session in cluster.sessions)
    return found._replace(evidence=said, figures=figures, sessions=sessions, events=inside)


def _evidence(found: Sequence[Cluster], window: Sequence[str], log: Log) -> str:
    days = len(window)
    if not found:
        return ngettext(
            "no burst in {days} logged day: no half hour held far more openings than is usual for you at that time",
            "no burst in {days} logged days: no half hour held far more openings than is usual for you at that time",
            days,
        ).format(days=days)
    one = _("1 burst in {days} logged days: {burst}")
    many = _("{count} bursts in {days} logged days; the largest: {burst}")
    said = say_cluster(largest(found), Wall.of(log.zone, log.starts_at).day(log.now))
    return (one if len(found) == 1 else many).format(count=len(found), days=days, burst=said)


def _figures(window: Sequence[str], openings: Sequence[Opening], found: Sequence[Cluster]) -> dict[str, Figure]:
    return {
        "logged_days": len(window),
        "openings": len(openings),
        "threshold_p": ALPHA / max(len(openings), 1),
        **_largest(found),
    }


def _largest(found: Sequence[Cluster]) -> dict[str, Figure]:
    top = largest(found) if found else None
    return {
        "clusters": len(found),
        "days_with_clusters": len({cluster.date for cluster in found}),
        "largest_openings": top.openings if top else None,
        "largest_seconds": top.end - top.start if top else None,
        "largest_expected": round_half_up(top.expected, 3) if top else None,
        "least_p": min((cluster.p for cluster in found), default=None),
    }


def _not_enough(window: Sequence[str]) -> Finding:
    more = LEAST_DAYS - len(window)
    evidence = ngettext(
        "{days} of the 14 logged days this needs: {more} more day",
        "{days} of the 14 logged days this needs: {more} more days",
        more,
    ).format(days=len(window), more=more)
    first, last = (window[0], window[-1]) if window else (None, None)
    return Finding(NAME, NOT_ENOUGH, evidence, first, last, {"logged_days": len(window), "days_needed": more})


PATTERN = Pattern(
    place=2,
    name=NAME,
    heading=N_("Bursts of checking"),
    text=N_(
        "Five openings or more within 30 minutes, all social channels together, where your own rate at that time on "
        "the other logged days makes so many very unlikely: the chance P(X ≥ k − 1) of a Poisson count whose mean is "
        "that rate summed over the 30 minutes is below 0.05 divided by the openings in the window. If the rest of the "
        "day is busier than the other days, the rate is as many times higher. The first opening only says where the "
        "30 minutes begin. An hour never used on the other days counts as half an opening there. Flagged half hours "
        "that share an opening are one burst."
    ),
    thresholds=(
        Threshold(N_("at least 5 openings within 30 minutes"), "O"),
        Threshold(N_("chance below 0.05 / openings in the window"), "O"),
        Threshold(N_("half an opening for an hour never used on the other days"), "O"),
    ),
    silent_before=N_("14 logged days"),
    source=N_("scan statistic; Kleinberg 2003 as the alternative"),
    detect=find,
    headline=Headline("clusters", N_("bursts in 28 logged days")),
    figures={
        "openings": N_("openings"),
        "threshold_p": N_("threshold of chance"),
        "clusters": N_("bursts"),
        "days_with_clusters": N_("days with bursts"),
        "largest_openings": N_("openings of the largest"),
        "largest_seconds": N_("length of the largest (s)"),
        "largest_expected": N_("openings usual in it"),
        "least_p": N_("least chance"),
    },
)
