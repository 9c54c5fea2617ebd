"""When a pattern may become flagged: it is judged once a week, whatever the number of looks.

Somebody who looks every evening gives chance ninety tries a quarter. Therefore a pattern is judged on the first look of
a calendar week at which it has enough data, and what that judgement says holds until the next one: a finding that goes
past its threshold in between waits for it. A flag that is no longer supported ends at once.

Each detector's threshold is set so that one judgement of a person at the very edge of what its words call by name is
wrong with a chance of at most WRONG. The expected number of wrong judgements is at most the sum of their chances,
however much they depend on each other: of twelve patterns in thirteen weeks 12 · 13 · WRONG, which is below one a
quarter. Whoever is further from the edge meets it less often; `tests/studies/quarter.py` counts by how much.
"""

from __future__ import annotations

from tracker.analytics.patterns.finding import FLAGGED, NOT_ENOUGH, QUIET
from tracker.domain.record import Record
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.analytics.patterns.finding import Finding

#: The chance that one judgement of one pattern is wrong, at most.
WRONG = 0.005


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
    found = {}
    for finding in findings:
        if finding.state == NOT_ENOUGH:
            continue
        limits = _limits(finding.name, thresholds)
        last = earlier.get(finding.name)
        if last is None or not week_begins <= last.date <= today or last.limits != limits:
            last = Judgement(finding.name, today, finding.state == FLAGGED, limits)
        found[finding.name] = last
    return found


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
    from tracker.formatting.times import format_near_date

    evidence = _("{evidence}; past its threshold since it was last judged, judged again from {date}").format(
        evidence=finding.evidence, date=format_near_date(next_week, None)
    )
    return finding._replace(state=QUIET, evidence=evidence, margin=0.0)
