"""The evidence of a pattern: what it is, this log's figures, and the sessions it rests on."""

from __future__ import annotations

from textual.content import Content

from tracker.calendar.durations import say_duration
from tracker.locale import _
from tracker.tui import ink, words
from tracker.tui.dialogs.page import Page
from tracker.tui.screens.evidence import GLYPHS, STATES, title
from tracker.tui.theme import hue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.patterns.finding import Cluster, Finding
    from tracker.tui.desk import Desk
    from tracker.tui.screens.evidence import Shown


def evidence(shown: Shown, desk: Desk) -> Page:
    """A page about one pattern."""
    finding = shown.about
    if shown.others:
        return Page(shown.title, lambda width: _waiting(shown.others, width))

    def write(width: int) -> list[Content]:
        return [
            *_verdict(finding, width),
            ink.BLANK,
            *_definition(finding, width),
            *_figures(finding),
            *_clusters(finding, desk, width),
            ink.BLANK,
            ink.text(_("an observation, not a diagnosis"), "italic $faint"),
        ]

    return Page(title(finding.name), write)


def _waiting(findings: tuple[Finding, ...], width: int) -> list[Content]:
    lines: list[Content] = []
    for finding in findings:
        lines += [
            ink.text(f"◌ {title(finding.name)}", "bold"),
            *ink.wrapped(finding.evidence, width, "$faint"),
            ink.BLANK,
        ]
    return lines[:-1]


def _verdict(finding: Finding, width: int) -> list[Content]:
    glyph, style = GLYPHS[finding.state]
    span = ""
    if finding.first_date and finding.last_date:
        span = f"  {words.short_date(finding.first_date)} – {words.short_date(finding.last_date)}"
    head = ink.row(
        ink.text(f"{glyph} {_(STATES[finding.state])}", f"bold {style.removeprefix('bold ')}"), ink.text(span, "$faint")
    )
    return [head, *ink.wrapped(finding.evidence, width, "$strong")]


def _definition(finding: Finding, width: int) -> list[Content]:
    from tracker.patterns.pattern import MARKS
    from tracker.patterns.registry import pattern

    one = pattern(finding.name)
    lines = [ink.text(_("What it is"), "bold $primary"), *ink.wrapped(_(one.text), width)]
    for threshold in one.thresholds:
        says = f"· {one.say(threshold, {})} ({_(MARKS[threshold.mark])})"
        lines += ink.wrapped(says, width, "$faint")
    needs = _("Says nothing before {needs}.").format(needs=_(one.silent_before))
    return [*lines, *ink.wrapped(needs, width, "$faint"), *ink.wrapped(_(one.source), width, "$faint")]


def _figures(finding: Finding) -> list[Content]:
    if not finding.figures:
        return []
    label = ink.widest(finding.figures) + 2
    lines = [ink.BLANK, ink.text(_("This log's figures"), "bold $primary")]
    for name, value in finding.figures.items():
        said = "–" if value is None else f"{value:.3g}" if isinstance(value, float) else str(value)
        lines.append(ink.row(ink.left(name.replace("_", " "), label, "$faint"), ink.text(said)))
    return lines


def _clusters(finding: Finding, desk: Desk, width: int) -> list[Content]:
    lines: list[Content] = []
    for cluster in reversed(finding.events):
        lines += [ink.BLANK, *_cluster(cluster, desk, width)]
    return lines


def _cluster(cluster: Cluster, desk: Desk, width: int) -> list[Content]:
    head = _("{date}, {start} to {end}: {n} openings, usually {expected} in that time; p = {p}").format(
        date=words.near_date(cluster.date, desk.today()),
        start=words.clock(cluster.start, cluster.zone),
        end=words.clock(cluster.end, cluster.zone),
        n=cluster.openings,
        expected=f"{cluster.expected:.1f}",
        p=f"{cluster.p:.1g}",
    )
    lines = ink.wrapped(f"⚑ {head}", width, "$flag")
    for id in cluster.sessions:
        session = desk.session(id)
        time = say_duration((session.end if session.end is not None else desk.now()) - session.start)
        lines.append(
            ink.row(
                ink.text(f"  {words.clock(session.start, session.zone)} ", "$faint"),
                ink.right(time, 7),
                " ",
                ink.text(desk.title(session.channel), hue(session.channel)),
                ink.text(f"  {session.intention or session.note or ''}", "$faint"),
            )
        )
    return lines
