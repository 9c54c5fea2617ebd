"""`check_cluster`: bursts of openings that neither chance nor the hour of the day explains.

**Definition.** A half hour that begins with an opening and holds k ≥ 5 openings is flagged by the scan statistic of
`scan`: P(X ≥ k − 1) < 0.005 / n, or on two days below 0.07 / n, for a negative binomial count X whose mean is what is
usual at that time on comparable days, times the level of its day, and whose dispersion is the user's own. Flagged half
hours that share an opening are one cluster. All social channels together. Silent before 14 logged days.
"""

from __future__ import annotations

from tracker.analytics.patterns.detector_input import pick_ups
from tracker.analytics.patterns.finding import (
    FLAGGED,
    NOT_ENOUGH,
    QUIET,
    BarChart,
    Cluster,
    Finding,
    finding,
    say_usual_openings,
)
from tracker.analytics.patterns.openings import LEAST_IN_WINDOW, WINDOW_SECONDS
from tracker.analytics.patterns.pattern import KeyFigure, Pattern, Threshold
from tracker.analytics.patterns.scan import (
    FLOOR,
    LEAST_DAYS,
    Scan,
    alpha,
    chance,
    expected_count,
    joined_windows,
)
from tracker.analytics.patterns.sources import as_far_as_seen
from tracker.calendar.clock import iso
from tracker.calendar.days import WallClock
from tracker.domain.models import HOUR
from tracker.formatting.numbers import format_odds, format_significant, round_half_up, round_to_int
from tracker.formatting.times import format_clock, format_near_date
from tracker.locale import N_, _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.finding import Figure
    from tracker.analytics.patterns.openings import WallTimes

NAME = "check_cluster"


def find(log: DetectorInput) -> Finding:
    """The clusters of the log's window, `flagged` if there is any."""
    window = log.window
    days = len(window)
    if days < LEAST_DAYS:
        more = LEAST_DAYS - days
        evidence = ngettext(
            "{days} of the 14 logged days this needs: {more} more day",
            "{days} of the 14 logged days this needs: {more} more days",
            more,
        ).format(days=days, more=more)
        return finding(NAME, False, evidence, window, {"logged_days": days, "days_needed": more}, state=NOT_ENOUGH)
    openings, times = pick_ups(log)
    scan = Scan(log, times)
    clusters = joined_windows(openings, scan, log.starts_at)
    threshold = alpha(len({cluster.date for cluster in clusters})) / scan.openings
    evidence = _evidence(clusters, days, WallClock.of(log.zone, log.starts_at).day(log.now))
    return finding(
        NAME,
        bool(clusters),
        evidence if clusters else as_far_as_seen(log, evidence),
        window,
        {"logged_days": days, "openings": len(openings), "threshold_p": threshold, **_largest_figures(clusters)},
        sessions=tuple(session for cluster in clusters for session in cluster.sessions),
        events=clusters,
        usual=_("about {n} openings a day over {days} logged days").format(
            n=round_to_int(len(openings) / days), days=days
        ),
        chance=_("that many openings in such 30 minutes would come up {odds}").format(
            odds=format_odds(min(cluster.p for cluster in clusters))
        )
        if clusters
        else "",
        margin=_margin(clusters, threshold) if clusters else 0.0,
        chart=_day_chart(largest(clusters), times, scan, log.starts_at) if clusters else None,
    )


def _margin(clusters: Sequence[Cluster], threshold: float) -> float:
    """Of the least likely cluster: its strongest half hour's openings over those that would just have been a burst."""
    strongest = min(clusters, key=lambda cluster: cluster.p)
    count = LEAST_IN_WINDOW
    while chance(count, strongest.peak_expected, strongest.usual_days, strongest.spread) >= threshold:
        count += 1
    return strongest.peak_openings / count


def _day_chart(cluster: Cluster, times: WallTimes, scan: Scan, starts_at: int) -> BarChart:
    """The day of a cluster, half hour by half hour of the wall clock, from when days start."""
    day = WallClock.of(cluster.zone, starts_at).day_number(cluster.start)
    half_hours = [(starts_at // WINDOW_SECONDS + place) % 48 for place in range(48)]
    counts = [0] * 48
    for opening_day, second in zip(times.days, times.seconds, strict=True):
        if opening_day == day:
            counts[second // WINDOW_SECONDS] += 1
    rates = scan.others.rates(day)
    return BarChart(
        _("openings on {date}, by half hour").format(date=cluster.date),
        tuple(f"{half // 2:02}:{half % 2 * 30:02}" for half in half_hours),
        tuple(counts[half] for half in half_hours),
        tuple(rates[half // 2] * WINDOW_SECONDS / HOUR for half in half_hours),
        _("usual at that time"),
    )


def largest(clusters: Sequence[Cluster]) -> Cluster:
    """The cluster with the most openings; of equals the least likely, then the earliest."""
    return min(clusters, key=lambda cluster: (-cluster.openings, cluster.p, cluster.start))


def _largest_figures(clusters: Sequence[Cluster]) -> dict[str, Figure]:
    top = largest(clusters) if clusters else None
    return {
        "clusters": len(clusters),
        "days_with_clusters": len({cluster.date for cluster in clusters}),
        "largest_openings": top.openings if top else None,
        "largest_seconds": top.end - top.start if top else None,
        "largest_expected": round_half_up(top.expected, 3) if top else None,
        "least_p": min((cluster.p for cluster in clusters), default=None),
    }


def _evidence(clusters: Sequence[Cluster], days: int, today: str) -> str:
    if not clusters:
        return ngettext(
            "no burst in {days} logged day: no half hour held far more openings than is usual for you at that time",
            "no burst in {days} logged days: no half hour held far more openings than is usual for you at that time",
            days,
        ).format(days=days)
    one = _("1 burst in {days} logged days: {burst}")
    many = _("{count} bursts in {days} logged days; the largest: {burst}")
    burst = say_cluster(largest(clusters), today)
    return (one if len(clusters) == 1 else many).format(count=len(clusters), days=days, burst=burst)


def say_cluster(cluster: Cluster, today: str | None = None) -> str:
    """`9 openings in 22 min on Thu 12 Nov from 14:02, usually about 1`, as said on the date `today`."""

    minutes = max(1, round_to_int((cluster.end - cluster.start) / 60))
    if cluster.date == today:  # said by commands that run all day, so without a date, which needs arrow
        text, date = _("{count} openings in {minutes} min today from {clock}, {usual}"), ""
    else:
        text = _("{count} openings in {minutes} min on {date} from {clock}, {usual}")
        date = format_near_date(cluster.date, today)
    usual = say_usual_openings(cluster.expected)
    clock = format_clock(cluster.start, cluster.zone)
    return text.format(count=cluster.openings, minutes=minutes, date=date, clock=clock, usual=usual)


def within(finding: Finding, dates: Sequence[str], today: str) -> Finding:
    """The finding as some days show it: the clusters that fell on them, still judged against the whole window."""
    inside = tuple(cluster for cluster in finding.events if cluster.date in dates)
    if finding.state != FLAGGED or inside == finding.events:
        return finding
    days = int(finding.figures["logged_days"] or 0)
    figures = {**finding.figures, **_largest_figures(inside)}
    if not inside:
        evidence = _("no burst in these days; {count} in the {days} logged days up to then").format(
            count=len(finding.events), days=days
        )
        return finding._replace(state=QUIET, evidence=evidence, figures=figures, sessions=(), events=())
    one = _("1 burst in these days: {burst}")
    many = _("{count} bursts in these days; the largest: {burst}")
    burst = say_cluster(largest(inside), today)
    evidence = (one if len(inside) == 1 else many).format(count=len(inside), burst=burst)
    sessions = tuple(session for cluster in inside for session in cluster.sessions)
    return finding._replace(evidence=evidence, figures=figures, sessions=sessions, events=inside)


def calculation(finding: Finding, log: DetectorInput) -> list[str]:
    """The calculation behind each cluster of a finding over that log, a paragraph each, for a reader to redo it."""
    if not finding.events:
        return []
    scan = Scan(log, pick_ups(log)[1])
    most = float(finding.figures["threshold_p"] or 0) * scan.openings
    return ["\n".join(_calculation(cluster, scan, log, most)) for cluster in finding.events]


def _calculation(cluster: Cluster, scan: Scan, log: DetectorInput, most: float) -> Iterator[str]:
    wall = WallClock.of(cluster.zone, log.starts_at)
    yield _("{start}: {count} openings to {end}; strongest 30 min from {peak}, with {inside}:").format(
        start=iso(cluster.start, cluster.zone),
        count=cluster.openings,
        end=iso(cluster.end, cluster.zone)[11:19],
        peak=iso(cluster.peak_start, cluster.zone)[11:19],
        inside=cluster.peak_openings,
    )
    day, begins = wall.day_number(cluster.peak_start), wall.second_of_day(cluster.peak_start)
    counts, rates = scan.others.counts(day), scan.others.rates(day)
    second, left = begins, WINDOW_SECONDS
    while left > 0:  # each clock hour that the 30 minutes touch
        hour, part = second // HOUR % 24, min(left, HOUR - second % HOUR)
        counted = str(counts.hours[hour]) if counts.hours[hour] else _("no ({floor} counted)").format(floor=FLOOR)
        yield _(
            "  {hour:02} h: {counted} openings on {days} other days = {rate:.4f} an hour, for {minutes:.2f} min"
        ).format(
            hour=hour,
            counted=counted,
            days=counts.days,
            rate=round_half_up(rates[hour], 4),
            minutes=round_half_up(part / 60, 2),
        )
        second, left = second + part, left - part
    level = scan.levels.without(day, cluster.peak_openings, expected_count(rates, begins, WINDOW_SECONDS))
    if level > 1:
        yield _("  the rest of the day was {level:.2f} times as busy as the other days").format(
            level=round_half_up(level, 2)
        )
    yield _("  on comparable days, and at that level, about {expected:.4f} in those 30 minutes").format(
        expected=round_half_up(cluster.peak_expected, 4)
    )
    yield _("  your counts stray {spread:.2f} times as far as by chance").format(
        spread=round_half_up(cluster.spread, 2)
    )
    yield _("  P(X ≥ {least}) = {p:.2e}, below {most} / {openings} = {threshold:.2e}").format(
        least=cluster.peak_openings - 1,
        p=cluster.p,
        most=format_significant(most, 1),
        openings=scan.openings,
        threshold=most / scan.openings,
    )


PATTERN = Pattern(
    place=2,
    name=NAME,
    heading=N_("Bursts of checking"),
    plain=N_("Five openings or more within 30 minutes, where your other days make that very unlikely at that hour."),
    text=N_(
        "Five openings or more within 30 minutes, all social channels together, where your own log makes that very "
        "unlikely. An opening that you only switched to does not count: the screen has to go dark before it or, where "
        "that is not known, two minutes have to pass. What is usual in those 30 minutes is taken from your other days: "
        "by the hour, on the same weekday, on working days or weekends, and on the days most like this one, whichever "
        "is most. If the rest of the day is busier than the other days, as many times more are usual. How far your "
        "counts usually stray from that is measured as well, and taken to be no less than on a real phone. The chance "
        "of as many openings (negative binomial count) has to be below 0.005 divided by the openings in the window, or "
        "on two days or more below 0.07 divided by them. The first opening only says where the 30 minutes begin. An "
        "hour never used on the other days counts as half an opening there. Flagged half hours that share an opening "
        "are one burst."
    ),
    thresholds=(
        Threshold(N_("at least 5 openings within 30 minutes"), "O"),
        Threshold(
            N_("chance below 0.005 / openings in the window, or on two days below 0.07 / openings in the window"), "O"
        ),
        Threshold(N_("half an opening for an hour never used on the other days"), "O"),
    ),
    silent_before=N_("14 logged days"),
    source=N_("scan statistic; Farrington et al. 1996 (counts with their own dispersion)"),
    detect=find,
    calculation=calculation,
    key_figure=KeyFigure("clusters", N_("bursts in 28 logged days")),
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
