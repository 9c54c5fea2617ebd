"""`tracker patterns --explain NAME`: definition, thresholds, source, and the figures to redo the sum by hand."""

from __future__ import annotations

import re

from tracker.calendar.days import Wall
from tracker.calendar.zones import iso
from tracker.locale import N_, _, language
from tracker.patterns.detectors import check_cluster
from tracker.patterns.definitions import MARKS
from tracker.patterns.rates import FLOOR, HOUR, OtherDays, places
from tracker.patterns.registry import PATTERNS, find, pattern
from tracker.patterns.scan import ALPHA, SPAN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.patterns.definitions import Definition
    from tracker.patterns.finding import Cluster, Finding
    from tracker.patterns.log import Log
    from tracker.patterns.openings import Opening


#: The figures of a finding, by their names in JSON, in words.
FIGURES = {
    "logged_days": N_("logged days"),
    "days_needed": N_("logged days still needed"),
    "sessions": N_("sessions with a true duration"),
    "sessions_needed": N_("sessions still needed"),
    "brief": N_("checks among them"),
    "share": N_("share of checks"),
    "share_low": N_("share, lower end of the interval"),
    "share_high": N_("share, upper end of the interval"),
    "brief_a_day": N_("checks per logged day"),
    "check_seconds": N_("a check is shorter than (s)"),
    "openings": N_("openings"),
    "threshold_p": N_("threshold of chance"),
    "clusters": N_("bursts"),
    "days_with_clusters": N_("days with bursts"),
    "largest_openings": N_("openings of the largest"),
    "largest_seconds": N_("length of the largest (s)"),
    "largest_expected": N_("openings usual in it"),
    "least_p": N_("least chance"),
}


def explain(name: str, log: Log) -> str:
    """The whole explanation as plain text, for one log; TrackerError for a name that is no pattern's."""
    one = pattern(name)
    found = find(log, [name])[0]
    return (
        "\n\n".join((f"{one.title} ({name})", *_definition(one.definition), _found(found), *_sums(found, log))) + "\n"
    )


def handbook(studies: Mapping[str, str]) -> str:
    """docs/patterns.md: every definition, and under it the tables of its study where there is one."""
    head = (
        "# The patterns\n\n"
        "Written by `python -m tests.studies`; the words are those of `tracker patterns --explain NAME`. "
        "A pattern is an observation, not a diagnosis.\n\n"
        "An *opening* is the start of a social session; sessions of one channel with a gap of at most 30 s are one. "
        "The *window* is the last 28 logged days. A *logged day* has a record of any kind or was confirmed as zero.\n"
    )
    parts = [head]
    for one in PATTERNS:
        built = "" if one.detect else " *Not computed in this version yet.*"
        parts += [f"## {one.title} (`{one.name}`)\n", *(f"{text}\n" for text in _definition(one.definition))]
        parts += [built.strip() + "\n"] if built else []
        parts += [studies[one.name]] if one.name in studies else []
    return "\n".join(parts)


def _definition(one: Definition) -> list[str]:
    lines = [_(one.text)]
    if one.thresholds:
        lines.append("\n".join(f"- {_(limit.text)} – {limit.mark}: {_(MARKS[limit.mark])}" for limit in one.thresholds))
    lines.append(_("Says nothing before {needs}.").format(needs=_(one.silent_before)))
    lines.append(_("Source: {source}.").format(source=_(one.source)))
    return lines


def _found(found: Finding) -> str:
    span = ""
    if found.first_date and found.last_date:
        span = _("Your log from {first} to {last}: ").format(first=found.first_date, last=found.last_date)
    states = {"quiet": _("quiet"), "flagged": _("flagged"), "not enough data": _("not enough data")}
    said = f"{span}{states[found.state]}. {found.evidence}."
    figures = [
        f"  {_(FIGURES[name]) if name in FIGURES else name} = {_number(value)}"
        for name, value in found.figures.items()
        if value is not None
    ]
    return "\n".join((said, *figures, _("An observation, not a diagnosis.")))


def _sums(found: Finding, log: Log) -> list[str]:
    """Each cluster's sum, hour by hour."""
    if not found.events:
        return []
    openings = check_cluster.in_window(log)
    others = OtherDays(places(openings, log.starts_at), len(log.window))
    return [_sum(cluster, others, openings, log.starts_at) for cluster in found.events]


def _sum(cluster: Cluster, others: OtherDays, openings: Sequence[Opening], starts_at: int) -> str:
    wall = Wall.of(cluster.zone, starts_at)
    usual = others.usual(wall.day_number(cluster.peak_start))
    second, left = wall.second_of_day(cluster.peak_start), SPAN
    rates = usual.rates()
    lines = [
        _("{start}: {count} openings to {end}; strongest 30 min from {peak}, with {inside}:").format(
            start=iso(cluster.start, cluster.zone),
            count=cluster.openings,
            end=iso(cluster.end, cluster.zone)[11:19],
            peak=iso(cluster.peak_start, cluster.zone)[11:19],
            inside=cluster.peak_openings,
        )
    ]
    while left > 0:
        hour, part = second // HOUR % 24, min(left, HOUR - second % HOUR)
        counted = str(usual.hours[hour]) if usual.hours[hour] else _("no ({floor} counted)").format(floor=FLOOR)
        lines.append(
            _(
                "  {hour:02} h: {counted} openings on {days} other days = {rate:.4f} an hour, for {minutes:.2f} min"
            ).format(hour=hour, counted=counted, days=usual.days, rate=rates[hour], minutes=part / 60)
        )
        second, left = second + part, left - part
    lines.append(
        _("  Λ = {expected:.4f}; P(X ≥ {least}) = {p:.2e}, below 0.05 / {openings} = {threshold:.2e}").format(
            expected=cluster.peak_expected,
            least=cluster.peak_openings - 1,
            p=cluster.p,
            openings=len(openings),
            threshold=ALPHA / len(openings),
        )
    )
    return "\n".join((lines[0], *map(_said, lines[1:])))


def _number(value: object) -> str:
    return _said(f"{value:.4g}" if isinstance(value, float) else str(value))


def _said(text: str) -> str:
    """Numbers with the reader's decimal point."""
    return re.sub(r"(?<=\d)\.(?=\d)", ",", text) if language() == "fr" else text
