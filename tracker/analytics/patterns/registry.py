"""Every pattern, in order: a file in `detectors/` with a PATTERN is one of them. Found in a log, judged, explained.

**Judged once a week**, whatever the number of looks. Somebody who looks every evening gives chance ninety tries a
quarter. Therefore a pattern is judged on the first look of a calendar week at which it has enough data, and what that
judgement says holds until the next one: a finding that goes past its threshold in between waits for it. A flag that is
no longer supported ends at once.

Each detector's threshold is set so that one judgement of a person at the very edge of what its words call by name is
wrong with a chance of at most WRONG, of `rising_use` half more. The expected number of wrong judgements is at most the
sum of their chances, however much they depend on each other: of twelve patterns in thirteen weeks 13 · 12½ · WRONG,
which is below one a quarter. Whoever is further from the edge meets it less often; `tests/studies/quarter.py` counts by
how much.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib import import_module
from types import ModuleType

from tracker.analytics.patterns import detectors
from tracker.analytics.patterns.detector_input import DetectorInput, forget_windows
from tracker.analytics.patterns.detectors import check_cluster
from tracker.analytics.patterns.pattern import (
    FLAGGED,
    MARKS,
    NOT_ENOUGH,
    QUIET,
    STATES,
    BarChart,
    Figure,
    Finding,
    Pattern,
    Threshold,
    say_value,
)
from tracker.domain.errors import TrackerError
from tracker.domain.record import Record
from tracker.domain.text import quoted
from tracker.files.file_access import modules_in
from tracker.formatting.numbers import format_decimal, format_significant, localize_numbers
from tracker.formatting.text import as_sentence, labelled
from tracker.formatting.times import format_near_date, format_week
from tracker.locale import _


def patterns_in(package: ModuleType) -> tuple[Pattern, ...]:
    """The PATTERN of each module of a package, by their places."""
    patterns: list[Pattern] = [import_module(f"{package.__name__}.{name}").PATTERN for name in modules_in(package)]
    return tuple(sorted(patterns, key=lambda pattern: pattern.place))


PATTERNS = patterns_in(detectors)
NAMES = tuple(pattern.name for pattern in PATTERNS)
#: The thresholds a user may change, by the name they have in the settings.
LIMITS: dict[str, Threshold] = {name: limit for pattern in PATTERNS for name, limit in pattern.limits().items()}


def pattern(name: str) -> Pattern:
    """The pattern of this name. TrackerError if there is none."""
    for candidate in PATTERNS:
        if candidate.name == name:
            return candidate
    raise TrackerError(
        _("no pattern is called “{name}”; there are {names}").format(name=quoted(name), names=", ".join(NAMES))
    )


def refuse_limit(name: str, value: float) -> None:
    """Raise TrackerError for a threshold that no pattern has, or for a value outside its range."""
    limit = LIMITS.get(name)
    if limit is None:
        raise TrackerError(
            _("no pattern has a threshold “{name}”; there are: {names}").format(
                name=quoted(name), names=", ".join(LIMITS)
            )
        )
    if not limit.least <= value <= limit.most:
        raise TrackerError(
            _("{name} must be a number from {least} to {most}, not “{value}”").format(
                name=name, least=f"{limit.least:g}", most=f"{limit.most:g}", value=f"{value:g}"
            )
        )


def refuse_limits(limits: Iterable[tuple[str, float]], path: str) -> None:
    """Raise TrackerError for the first of these thresholds that is refused, naming the settings file at `path`."""
    for name, value in limits:
        try:
            refuse_limit(name, value)
        except TrackerError as error:
            raise TrackerError(labelled(path, str(error))) from None


def find(log: DetectorInput, names: Iterable[str] | None = None) -> list[Finding]:
    """One finding for each pattern (or each of `names`), in the registry's order, whatever its state.

    Where one lacks data and the log has older days that are not looked at, it says so. TrackerError for the name of no
    pattern, and for a threshold in the settings that is refused.
    """
    for name, value in log.thresholds.items():
        try:
            refuse_limit(name, value)
        except TrackerError as error:
            raise TrackerError(str(error), _("`tracker doctor` says in which settings file that is")) from None
    wanted = PATTERNS if names is None else [pattern(name) for name in names]
    try:
        findings = [pattern.detect(log) for pattern in wanted]
    finally:
        forget_windows()
    return [_mention_older_days(finding) for finding in findings] if log.older else findings


def _mention_older_days(finding: Finding) -> Finding:
    needed = [count for figure, count in finding.figures.items() if figure.endswith("_needed")]
    if finding.state != NOT_ENOUGH or (needed and not any(needed)):
        return finding  # it has enough days, and needs a setting
    evidence = _("{evidence}; what is older than 13 weeks is not looked at")
    return finding._replace(evidence=evidence.format(evidence=finding.evidence))


def within(
    findings: Iterable[Finding], dates: Sequence[str], logged: Collection[str], today: str
) -> tuple[Finding, ...]:
    """Findings as some days show them; where none of those days was logged, nothing is said of them."""
    shown = []
    for finding in findings:
        if finding.state != NOT_ENOUGH and not any(date in logged for date in dates):
            finding = Finding(finding.name, NOT_ENOUGH, _("none of these days was logged"), None, None, {})
        shown.append(check_cluster.within(finding, dates, today) if finding.name == check_cluster.NAME else finding)
    return tuple(shown)


class Judgement(Record):
    """What was judged of a pattern on the day `date`, with the thresholds the user had chosen for it (`limits`)."""

    pattern: str
    date: str
    flagged: bool
    limits: str = ""


def judge(
    findings: Iterable[Finding],
    earlier: Mapping[str, Judgement],
    thresholds: Mapping[str, float],
    today: str,
    week_begins: str,
) -> dict[str, Judgement]:
    """The judgement that holds today of each pattern that has enough data, by its name.

    `findings` are those of today, `week_begins` is the first day of today's week. An earlier judgement holds if it was
    made this week and with the same thresholds.
    """
    judgements = {}
    for finding in findings:
        if finding.state == NOT_ENOUGH:
            continue
        limits = _limits(finding.name, thresholds)
        last = earlier.get(finding.name)
        if last is None or not week_begins <= last.date <= today or last.limits != limits:
            last = Judgement(finding.name, today, finding.state == FLAGGED, limits)
        judgements[finding.name] = last
    return judgements


def _limits(pattern: str, thresholds: Mapping[str, float]) -> str:
    """The thresholds the user chose for a pattern, as a text to compare."""
    return " ".join(f"{name}={value:g}" for name, value in sorted(thresholds.items()) if name.split(".")[0] == pattern)


def as_judged(findings: Iterable[Finding], judgements: Mapping[str, Judgement], next_week: str) -> tuple[Finding, ...]:
    """The findings of today in the states that were judged: one past its threshold that was not then is quiet.

    Its evidence says so, and that it is judged again on `next_week`, the first day of the next week.
    """
    return tuple(
        _held_back(finding, next_week) if finding.state == FLAGGED and not judgements[finding.name].flagged else finding
        for finding in findings
    )


def _held_back(finding: Finding, next_week: str) -> Finding:
    evidence = _("{evidence}; past its threshold since it was last judged, judged again from {date}").format(
        evidence=finding.evidence, date=format_near_date(next_week, None)
    )
    return finding._replace(state=QUIET, evidence=evidence, margin=0.0)


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
    """How a threshold with a key is changed."""
    key = f"{pattern.name}.{limit.key}"
    return _("to change it: `tracker config {key} {value}`, from {least} to {most}").format(
        key=key, value=say_value(chosen.get(key, limit.value)), least=say_value(limit.least), most=say_value(limit.most)
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
