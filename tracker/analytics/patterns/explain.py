"""`tracker patterns --explain NAME`: definition, thresholds, source, and the figures to redo the sum by hand."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from tracker.analytics.patterns.pattern import MARKS, STATES, say_value
from tracker.analytics.patterns.registry import PATTERNS, find, pattern
from tracker.analytics.patterns.sums import cluster_sums
from tracker.formatting.numbers import format_decimal, format_significant, localize_numbers
from tracker.formatting.text import as_sentence, labelled
from tracker.formatting.times import format_near_date, format_week
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.analytics.patterns.finding import Chart, Figure, Finding
    from tracker.analytics.patterns.log import Log
    from tracker.analytics.patterns.pattern import Pattern, Threshold


def explain(name: str, log: Log) -> str:
    """The whole explanation as plain text, for one log; TrackerError for a name that is no pattern's."""
    return "\n\n".join((*paragraphs(find(log, [name])[0], log), observed())) + "\n"


def paragraphs(found: Finding, log: Log) -> list[str]:
    """What it consists of, for a finding over that log; `observed` is to be the last word."""
    one = pattern(found.name)
    said = [f"{one.title} ({one.name})", *definition(one, log.thresholds), _found(one, found, log)]
    if found.chart:
        said.append(_picture(found.chart))
    return [*said, *map(localize_numbers, cluster_sums(found, log))]


def observed() -> str:
    """What a pattern is, and is not."""
    return _("An observation, not a diagnosis.")


def definition(one: Pattern, chosen: Mapping[str, float]) -> list[str]:
    """What a pattern is, a paragraph each: its words, its thresholds as they are set, what it needs, its source."""
    said = [localize_numbers(one.define(chosen))]
    if one.note:
        said.append(_(one.note))
    if one.thresholds:
        said.append("\n".join(line for limit in one.thresholds for line in _threshold(one, limit, chosen)))
    said.append(_("Says nothing before {needs}.").format(needs=_(one.silent_before)))
    if one.asks:
        said.append(_("Looks at the settings {names}.").format(names=", ".join(one.asks)))
    said.append(_("Source: {source}.").format(source=_(one.source)))
    return said


def handbook(studies: Mapping[str, str], front: str = "") -> str:
    """docs/patterns.md: every definition, how it came to be, and the tables of its study where there is one.

    `front` is what stands before all of them.
    """
    head = (
        "# The patterns\n\n"
        "Written by `python -m tests.studies`; the words are those of `tracker patterns --explain NAME`. "
        "A pattern is an observation, not a diagnosis.\n\n"
        "An *opening* is the start of a social session; sessions of one channel with a gap of at most 30 s are one. "
        "The *window* is the last 28 logged days, or however many a pattern names, of the last 13 weeks: what is older "
        "is looked at only where `--from` asks for it. A *logged day* has a record of any kind or was confirmed as "
        "zero.\n"
    )
    parts = [head, *([front] if front else [])]
    for one in PATTERNS:
        parts += [f"## {one.title} (`{one.name}`)\n", *(f"{text}\n" for text in definition(one, {}))]
        changed = history(one)
        parts += [f"{changed}\n"] if changed else []
        parts += [studies[one.name]] if one.name in studies else []
    return "\n".join(parts)


def history(one: Pattern) -> str:
    """How the definition came to be what it is, in the words of its file; empty where it was never changed."""
    words = sys.modules[one.detect.__module__].__doc__ or ""
    _definition, changed, why = words.partition("**What was changed and why.**")
    return " ".join((changed + why.partition("\n\n")[0]).split())


def how_to_change(one: Pattern, limit: Threshold, chosen: Mapping[str, float]) -> str:
    """How a threshold is changed; empty for one that is not the user's to change."""
    if not limit.key:
        return ""
    key = f"{one.name}.{limit.key}"
    return _("to change it: `tracker config {key} {value}`, from {least} to {most}").format(
        key=key,
        value=say_value(chosen.get(key, limit.value)),
        least=say_value(limit.least),
        most=say_value(limit.most),
    )


def _threshold(one: Pattern, limit: Threshold, chosen: Mapping[str, float]) -> list[str]:
    said = f"- {one.say(limit, chosen)} – {labelled(limit.mark, _(MARKS[limit.mark]))}"
    change = how_to_change(one, limit, chosen)
    return [said, f"  {change}"] if change else [said]


def _found(one: Pattern, found: Finding, log: Log) -> str:
    span = ""
    if found.first_date and found.last_date:
        span = _("Your log from {first} to {last}: ").format(
            first=format_near_date(found.first_date, None), last=format_near_date(found.last_date, None)
        )
    titles = log.worth.titles
    figures = [
        f"  {one.words(name, titles)} = {_figure(value, titles)}"
        for name, value in found.figures.items()
        if value is not None
    ]
    told = ((_("Usual for you"), found.usual), (_("By chance"), found.chance), (_("Others"), found.others))
    beside = [f"{labelled(label, words)}." for label, words in told if words]
    return "\n".join((f"{span}{_(STATES[found.state])}. {as_sentence(found.evidence)}", *figures, *beside))


def _picture(chart: Chart) -> str:
    """The picture's figures, a line for each bar."""
    labels = [_dated(label) for label in chart.labels]
    room = max(map(len, labels), default=0)
    usual = chart.usual or (None,) * len(chart.values)
    unit = _dated(chart.unit)
    head = _("{unit}, and {usual}").format(unit=unit, usual=chart.usual_is) if chart.usual else unit
    lines = [
        f"  {label:{room}}  {chart.say(value):>8}" + ("" if beside is None else f"  {chart.say(beside):>8}")
        for label, value, beside in zip(labels, chart.values, usual, strict=True)
    ]
    return "\n".join((labelled(head, "").rstrip(), *lines))


def _figure(value: Figure, titles: Mapping[str, str]) -> str:
    """To four digits, so that the sum can be redone; a channel by what it is called."""
    if not isinstance(value, int | float):
        return titles.get(value or "", value or "")
    return format_decimal(value, 1) if isinstance(value, float) and abs(value) >= 100 else format_significant(value, 4)


def _dated(text: str) -> str:
    """A text with its dates and weeks as people say them."""
    text = re.sub(r"\d{4}-W\d\d", lambda found: format_week(found[0]), text)
    return re.sub(r"\d{4}-\d\d-\d\d", lambda found: format_near_date(found[0], None), text)
