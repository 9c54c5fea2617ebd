"""Every pattern, in order: a file in `detectors/` with a PATTERN is one of them."""

from __future__ import annotations

from importlib import import_module
from os import listdir

from tracker.analytics.patterns import detectors
from tracker.analytics.patterns.detector_input import forget_windows
from tracker.analytics.patterns.detectors import check_cluster
from tracker.analytics.patterns.finding import NOT_ENOUGH, Finding
from tracker.domain.errors import TrackerError
from tracker.domain.text import quoted
from tracker.formatting.text import labelled
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from types import ModuleType

    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.pattern import Pattern, Threshold


def patterns_in(package: ModuleType) -> tuple[Pattern, ...]:
    """The PATTERN of each module of a package, by their places."""
    # What pkgutil does; importing that costs as much as ten of them.
    files = (file for folder in package.__path__ for file in listdir(folder))
    names = {file.partition(".")[0] for file in files if file.endswith((".py", ".pyc")) and not file.startswith("_")}
    patterns: list[Pattern] = [import_module(f"{package.__name__}.{name}").PATTERN for name in names]
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
