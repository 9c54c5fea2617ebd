"""Every pattern there is, in their order: a file in `detectors/` with a PATTERN is one of them."""

from __future__ import annotations

from importlib import import_module
from os import listdir
from typing import TYPE_CHECKING

from tracker.analytics.patterns import detectors
from tracker.analytics.patterns.detectors import check_cluster
from tracker.analytics.patterns.finding import NOT_ENOUGH, Finding
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from types import ModuleType

    from tracker.analytics.patterns.log import Log
    from tracker.analytics.patterns.pattern import Pattern, Threshold


def _place(pattern: Pattern) -> int:
    return pattern.place


def patterns_in(package: ModuleType) -> tuple[Pattern, ...]:
    """The PATTERN of each module of a package, by their places."""
    # As pkgutil would find them, whose import costs what ten of them do.
    files = (file for folder in package.__path__ for file in listdir(folder))
    names = {file.partition(".")[0] for file in files if file.endswith((".py", ".pyc")) and not file.startswith("_")}
    modules = (import_module(f"{package.__name__}.{name}") for name in names)
    return tuple(sorted((module.PATTERN for module in modules), key=_place))


PATTERNS = patterns_in(detectors)
NAMES = tuple(pattern.name for pattern in PATTERNS)
#: The thresholds a user may change, by the name they have in the settings.
LIMITS: dict[str, Threshold] = {name: limit for one in PATTERNS for name, limit in one.limits().items()}


def pattern(name: str) -> Pattern:
    """The pattern of this name; TrackerError if there is none."""
    for one in PATTERNS:
        if one.name == name:
            return one
    raise TrackerError(
        _("no pattern is called “{name}”; there are {names}").format(name=quoted(name), names=", ".join(NAMES))
    )


def refuse_limit(name: str, value: float) -> None:
    """Raise TrackerError for a threshold that no pattern has, or that it cannot be."""
    limit = LIMITS.get(name)
    if limit is None:
        raise TrackerError(
            _("no pattern has a threshold “{name}”; there are: {names}").format(
                name=quoted(name), names=", ".join(LIMITS)
            )
        )
    if not limit.least <= value <= limit.most:
        raise TrackerError(
            _("{name} is a number from {least} to {most}, not “{value}”").format(
                name=name, least=f"{limit.least:g}", most=f"{limit.most:g}", value=f"{value:g}"
            )
        )


def refuse_limits(limits: Iterable[tuple[str, float]], path: str) -> None:
    """Raise TrackerError for the first of these thresholds that cannot be, naming the settings file at `path`."""
    for name, value in limits:
        try:
            refuse_limit(name, value)
        except TrackerError as error:
            raise TrackerError(f"{path}: {error}") from None


def find(log: Log, names: Iterable[str] | None = None) -> list[Finding]:
    """One finding for each pattern (or each of `names`), in the registry's order, whatever its state.

    Where one lacks data and the log is older than what is looked at, it says so.

    Raises TrackerError for a threshold in the settings that no pattern has.
    """
    for name, value in log.thresholds.items():
        try:
            refuse_limit(name, value)
        except TrackerError as error:
            raise TrackerError(str(error), _("`tracker doctor` says in which settings file that is")) from None
    wanted = PATTERNS if names is None else [pattern(name) for name in names]
    found = [one.detect(log) for one in wanted]
    return [_lacking_old_days(one) for one in found] if log.older else found


def _lacking_old_days(found: Finding) -> Finding:
    needed = [count for figure, count in found.figures.items() if figure.endswith("_needed")]
    if found.state != NOT_ENOUGH or (needed and not any(needed)):
        return found  # it has enough of what time brings, and asks for a setting
    said = _("{evidence}; what is older than 13 weeks is not looked at")
    return found._replace(evidence=said.format(evidence=found.evidence))


def within(found: Iterable[Finding], dates: Sequence[str], logged: Collection[str], today: str) -> tuple[Finding, ...]:
    """Findings as these days show them; where none of the days was logged, nothing is said of them."""
    shown = []
    for one in found:
        if one.state != NOT_ENOUGH and not any(date in logged for date in dates):
            one = Finding(one.name, NOT_ENOUGH, _("none of these days was logged"), None, None, {})
        shown.append(check_cluster.within(one, dates, today) if one.name == check_cluster.NAME else one)
    return tuple(shown)
