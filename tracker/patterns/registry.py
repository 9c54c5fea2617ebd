"""The fourteen patterns in their order, and which of them this version computes."""

from __future__ import annotations

from tracker.calendar.quoting import quoted
from tracker.locale import _
from tracker.model import TrackerError
from tracker.patterns import brief_checks, check_cluster
from tracker.patterns.definitions import DEFINITIONS, Definition
from tracker.patterns.finding import NOT_ENOUGH, Finding
from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from tracker.patterns.log import Log

    Detector = Callable[[Log], Finding]

DETECTORS: dict[str, Detector] = {
    brief_checks.NAME: brief_checks.find,
    check_cluster.NAME: check_cluster.find,
}


class Pattern(Record):
    """A pattern that can be listed; `detect` is None for one that this version does not compute yet."""

    name: str
    definition: Definition
    detect: Detector | None

    @property
    def title(self) -> str:
        """Its plain-word name in the reader's language."""
        return _(self.definition.title)


PATTERNS = tuple(Pattern(one.name, one, DETECTORS.get(one.name)) for one in DEFINITIONS)
NAMES = tuple(pattern.name for pattern in PATTERNS)


def pattern(name: str) -> Pattern:
    """The pattern of this name; TrackerError if there is none."""
    for one in PATTERNS:
        if one.name == name:
            return one
    raise TrackerError(
        _("no pattern is called “{name}”; there are {names}").format(name=quoted(name), names=", ".join(NAMES))
    )


def find(log: Log, names: Iterable[str] | None = None) -> list[Finding]:
    """One finding for each pattern (or each of `names`), in the registry's order, whatever its state."""
    wanted = PATTERNS if names is None else [pattern(name) for name in names]
    return [one.detect(log) if one.detect else _not_computed(one, log) for one in wanted]


def within(found: Iterable[Finding], dates: Sequence[str], logged: Collection[str], today: str) -> tuple[Finding, ...]:
    """Findings as these days show them; where none of the days was logged, nothing is said of them."""
    shown = []
    for one in found:
        if one.state != NOT_ENOUGH and not any(date in logged for date in dates):
            one = Finding(one.name, NOT_ENOUGH, _("none of these days was logged"), None, None, {})
        shown.append(check_cluster.within(one, dates, today) if one.name == check_cluster.NAME else one)
    return tuple(shown)


def _not_computed(one: Pattern, log: Log) -> Finding:
    evidence = _("not computed in this version yet; it will need {needs}").format(needs=_(one.definition.silent_before))
    window = log.window
    first, last = (window[0], window[-1]) if window else (None, None)
    return Finding(one.name, NOT_ENOUGH, evidence, first, last, {})
