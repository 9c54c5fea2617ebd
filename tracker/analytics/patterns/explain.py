"""`tracker patterns --explain NAME`: definition, thresholds, source, and the figures to redo the calculation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.analytics.patterns.finding import STATES
from tracker.analytics.patterns.pattern import MARKS, say_value
from tracker.analytics.patterns.registry import find, pattern
from tracker.formatting.numbers import format_decimal, format_significant, localize_numbers
from tracker.formatting.text import as_sentence, labelled
from tracker.formatting.times import format_near_date, format_week
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.finding import BarChart, Figure, Finding
    from tracker.analytics.patterns.pattern import Pattern, Threshold


def explain(name: str, log: DetectorInput) -> str:
    """The whole explanation as plain text, for one log. TrackerError for the name of no pattern."""
    return "\n\n".join((*paragraphs(find(log, [name])[0], log), observed())) + "\n"


def paragraphs(finding: Finding, log: DetectorInput) -> list[str]:
    """The paragraphs of the explanation of a finding over that log; `observed` has to be the last one."""
    explained = pattern(finding.name)
    heading = f"{explained.title} ({explained.name})"
    text = [heading, *definition(explained, log.thresholds), _found(explained, finding, log)]
    if finding.chart:
        text.append(_chart(finding.chart))
    if explained.calculation:
        text += map(localize_numbers, explained.calculation(finding, log))
    return text


def observed() -> str:
    """What a pattern is, and is not."""
    return _("An observation, not a diagnosis.")


def definition(pattern: Pattern, chosen: Mapping[str, float]) -> list[str]:
    """What a pattern is, a paragraph each: its words, its thresholds as they are set, what it needs, its source."""
    text = [localize_numbers(pattern.define(chosen))]
    if pattern.note:
        text.append(_(pattern.note))
    if pattern.thresholds:
        lines = []
        for limit in pattern.thresholds:
            lines.append(f"- {pattern.say(limit, chosen)} – {_(MARKS[limit.mark])}")
            if limit.key:
                lines.append(f"  {how_to_change(pattern, limit, chosen)}")
        text.append("\n".join(lines))
    text.append(_("Needs {needs}.").format(needs=_(pattern.silent_before)))
    if pattern.asks:
        text.append(_("Looks at the settings {names}.").format(names=", ".join(pattern.asks)))
    text.append(_("Source: {source}.").format(source=_(pattern.source)))
    return text


def how_to_change(pattern: Pattern, limit: Threshold, chosen: Mapping[str, float]) -> str:
    """How a threshold is changed; empty for one that is not the user's to change."""
    if not limit.key:
        return ""
    key = f"{pattern.name}.{limit.key}"
    return _("to change it: `tracker config {key} {value}`, from {least} to {most}").format(
        key=key,
        value=say_value(chosen.get(key, limit.value)),
        least=say_value(limit.least),
        most=say_value(limit.most),
    )


def _found(pattern: Pattern, finding: Finding, log: DetectorInput) -> str:
    span = ""
    if finding.first_date and finding.last_date:
        span = _("Your log from {first} to {last}: ").format(
            first=format_near_date(finding.first_date, None), last=format_near_date(finding.last_date, None)
        )
    titles = log.worth.titles
    figures = [
        f"  {pattern.words(name, titles)} = {_figure(value, titles)}"
        for name, value in finding.figures.items()
        if value is not None
    ]
    clauses = ((_("Usual for you"), finding.usual), (_("By chance"), finding.chance), (_("Others"), finding.others))
    comparisons = [f"{labelled(label, words)}." for label, words in clauses if words]
    return "\n".join((f"{span}{_(STATES[finding.state])}. {as_sentence(finding.evidence)}", *figures, *comparisons))


def _chart(chart: BarChart) -> str:
    """The figures of a chart, a line for each bar."""
    labels = [_dated(label) for label in chart.labels]
    width = max(map(len, labels), default=0)
    usual = chart.usual or (None,) * len(chart.values)
    unit = _dated(chart.unit)
    head = _("{unit}, and {usual}").format(unit=unit, usual=chart.usual_is) if chart.usual else unit
    lines = [
        f"  {label:{width}}  {chart.say(value):>8}" + ("" if usually is None else f"  {chart.say(usually):>8}")
        for label, value, usually in zip(labels, chart.values, usual, strict=True)
    ]
    return "\n".join((labelled(head, "").rstrip(), *lines))


def _figure(value: Figure, titles: Mapping[str, str]) -> str:
    """To four digits, so that the calculation can be redone; a channel by its title."""
    if not isinstance(value, int | float):
        return titles.get(value or "", value or "")
    return format_decimal(value, 1) if isinstance(value, float) and abs(value) >= 100 else format_significant(value, 4)


def _dated(text: str) -> str:
    """A text with its ISO dates and weeks as people write them."""
    text = re.sub(r"\d{4}-W\d\d", lambda match: format_week(match[0]), text)
    return re.sub(r"\d{4}-\d\d-\d\d", lambda match: format_near_date(match[0], None), text)
